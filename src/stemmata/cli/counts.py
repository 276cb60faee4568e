"""The command that counts words and pairs of words."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from stemmata.cli.console import (
    JSON,
    LIMIT_BYTES,
    PAGES,
    document_options,
    printing,
    progress_on,
)


def build_counts(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCES…", help="Files, folders, archives, addresses, or patterns such as '**/*.html'."
        ),
    ],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", dir_okay=False, help="The file to write.")],
    language: Annotated[str, typer.Option(metavar="CODE", help="Of the texts, as ISO 639-1 has it: en, de, ru.")],
    leave_out: Annotated[
        list[str] | None,
        typer.Option(
            metavar="SOURCE",
            help="Texts that will be judged: what shares ten words in a row with them is not counted; may be given "
            "several times.",
        ),
    ] = None,
    least: Annotated[
        int | None,
        typer.Option(
            metavar="N", help="Keep what was seen so often, or more; by default once, twice from 10,000,000 words on."
        ),
    ] = None,
    about: Annotated[
        str, typer.Option(metavar="TEXT", help="Where the texts come from, and on what terms; kept in the file.")
    ] = "",
    as_json: Annotated[bool, JSON] = False,
    limit_bytes: Annotated[int | None, LIMIT_BYTES] = None,
    pages: Annotated[str | None, PAGES] = None,
) -> None:
    """Count words and pairs of neighbouring words.

    Only counts are kept, no texts. How well words fit their places tells who swapped them; give the file to compare
    and trace with --counts. At least 100,000 words are needed, and a million or more are better.
    """
    from rich.console import Console

    from stemmata.counts import build_counts as build
    from stemmata.report.counts import render_counts, render_counts_json

    with progress_on(Console(stderr=True)) as progress:
        built = build(
            sources,
            output,
            language=language,
            leave_out=leave_out or None,
            least=least,
            about=about,
            options=document_options(limit_bytes, pages),
            progress=progress,
        )
    with printing():
        sys.stdout.write(render_counts_json(built) if as_json else render_counts(built, Console()))
