"""The command that shows a run, a library, or files that are dropped, in the browser."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from stemmata.cli.console import EXIT_INTERRUPTED


def serve(
    place: Annotated[
        Path | None,
        typer.Argument(metavar="RUN|LIBRARY", show_default=False, help="A folder; without one, files are dropped."),
    ] = None,
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Where to listen; others than this machine then need the token.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65_535, help="0: any that is free.")] = 8_000,
    token: Annotated[
        str,
        typer.Option(metavar="TEXT", help="What whoever asks must know; made by itself where it is needed."),
    ] = "",
    allow_decisions: Annotated[
        bool, typer.Option("--allow-decisions", help="Let whoever reaches it decide about documents of the library.")
    ] = False,
    anonymise: Annotated[
        bool, typer.Option("--anonymise", help="Let documents, sites and authors go by numbers on all pages.")
    ] = False,
    limit_upload: Annotated[
        str, typer.Option(metavar="SIZE", help="How much may be dropped at once, such as 500MB.")
    ] = "100MB",
    workers: Annotated[int, typer.Option(metavar="N", min=1, help="Piles at a time; others wait.")] = 1,
) -> None:
    """Show a run or a library in the browser, and answer programs over HTTP.

    Without a folder, files are dropped into a page, traced, and what was found is shown. The address is printed;
    Ctrl-C ends it.
    """
    from stemmata.engines.sizes import read_size
    from stemmata.server.serving import Wanted
    from stemmata.server.serving import serve as serve_room

    wanted = Wanted(
        place=place,
        host=host,
        port=port,
        token=token,
        decides=allow_decisions,
        limit=read_size(limit_upload, "limit-upload"),
        workers=workers,
        nameless=anonymise,
    )
    try:
        serve_room(wanted)
    except SystemExit as leaving:  # that somebody ends it is its end, and no failure
        if leaving.code != EXIT_INTERRUPTED:
            raise
