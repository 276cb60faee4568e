"""Commands that look for copies: in a folder, and elsewhere."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from stemmata.cli.console import (
    JSON,
    LIMIT_BYTES,
    PAGES,
    WORKERS,
    breaking_off,
    printing,
    progress_on,
)
from stemmata.cli.library import LIBRARY, open_library

_WATCHING = "Broken off. What was added and told stays: start it again to go on."
_ENDING = b"\nIt ends after the files at work; Ctrl-C again ends it at once, and nothing is lost.\n"


def watch(
    library: Annotated[str, LIBRARY],
    folder: Annotated[str, typer.Argument(metavar="FOLDER", help="The folder to watch, with all folders in it.")],
    every: Annotated[float, typer.Option(metavar="SECONDS", help="Between two looks.")] = 10.0,
    once: Annotated[
        bool, typer.Option("--once", help="Look, wait one interval if anything is new, take it, and end: for cron.")
    ] = False,
    jsonl: Annotated[
        Path | None, typer.Option("--jsonl", metavar="FILE", help="Append each find as a line of JSON.")
    ] = None,
    atom: Annotated[
        Path | None, typer.Option("--atom", metavar="FILE", help="Write a feed of the last 100 finds.")
    ] = None,
    on_find: Annotated[
        str | None,
        typer.Option(
            metavar="COMMAND", help="Call it, without a shell, with each find as a line of JSON on its input."
        ),
    ] = None,
    limit_bytes: Annotated[int | None, LIMIT_BYTES] = None,
    pages: Annotated[str | None, PAGES] = None,
    workers: Annotated[int | None, WORKERS] = None,
) -> None:
    """Add what appears in a folder, and tell of copies of your own documents.

    A file is taken once its size and time have stayed for one interval; a file that changed is a later version. Finds
    are new documents that derive, or may derive, from one that is marked as yours (add --ours). Ctrl-C ends it;
    whoever starts it again goes on from there.
    """
    import signal
    from threading import Event

    from rich.console import Console

    from stemmata.report.found import render_end, render_round

    stop, before = Event(), signal.getsignal(signal.SIGINT)

    def end(*_: object) -> None:
        stop.set()
        signal.signal(signal.SIGINT, before)  # whoever asks twice does not want to wait
        if sys.stderr.isatty():
            os.write(sys.stderr.fileno(), _ENDING)

    held = open_library(library, workers, None, limit_bytes, pages)
    rounds = held.watch(folder, every=every, once=once, jsonl=jsonl, atom=atom, on_find=on_find, stop=stop)
    signal.signal(signal.SIGINT, end)
    try:
        with breaking_off(_WATCHING):
            for one in rounds:
                with printing():
                    sys.stdout.write(render_round(one, Console()))
    finally:
        signal.signal(signal.SIGINT, before)
    with printing():
        sys.stdout.write(render_end(len(held), held.has_ours, Console()))


def queries(
    library: Annotated[str, LIBRARY],
    doc: Annotated[str, typer.Argument(metavar="DOC", help="The id of a document of it; or a file that holds one.")],
    most: Annotated[int, typer.Option(metavar="N", help="How many strings are wanted, at most.")] = 10,
    as_json: Annotated[bool, JSON] = False,
    limit_bytes: Annotated[int | None, LIMIT_BYTES] = None,
    pages: Annotated[str | None, PAGES] = None,
) -> None:
    """Make search strings that find copies of a text.

    For search engines and archives: names and numbers that stand close together and quotations, which are left as
    they are where words were swapped. One line each, to be pasted as it stands.
    """
    from rich.console import Console

    from stemmata.report.queries import render_queries, render_queries_json

    with progress_on(Console(stderr=True)):
        made = open_library(library, limit_bytes=limit_bytes, pages=pages).queries(doc, most=most)
    with printing():
        sys.stdout.write(render_queries_json(doc, made) if as_json else render_queries(doc, made, Console(), most=most))
