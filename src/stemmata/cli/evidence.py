"""Commands for packs of evidence."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from stemmata.cli.console import (
    EXIT_UNREAD,
    printing,
    progress_on,
)
from stemmata.cli.library import LIBRARY, open_library


def evidence(
    library: Annotated[str, LIBRARY],
    a: Annotated[str, typer.Argument(metavar="A", help="The id of a document.")],
    b: Annotated[str, typer.Argument(metavar="B", help="That of another.")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="PACK", dir_okay=False, help="The .zip to write.")],
    redact_others: Annotated[
        bool,
        typer.Option("--redact-others", help="Black out text that the two do not share, and leave out the inputs."),
    ] = False,
    no_direction: Annotated[
        bool, typer.Option("--no-direction", help="Say nothing about who copied whom, in any file.")
    ] = False,
    paths: Annotated[
        bool, typer.Option("--paths", help="Name the files that they were read from by their whole paths.")
    ] = False,
) -> None:
    """Pack evidence on two documents, to be handed over.

    Both inputs byte for byte, their texts, a summary on one page, the report, and all of it for programs; a list of
    digests, and the request for a time stamp. No other document of the library is named.
    """
    from rich.console import Console

    from stemmata.report.evidence import render_evidence

    with progress_on(Console(stderr=True)) as progress:
        held = open_library(library)
        made = held.evidence(
            a, b, output, redact_others=redact_others, direction=not no_direction, paths=paths, progress=progress
        )
    with printing():
        sys.stdout.write(render_evidence(made, Console()))


def verify(
    pack: Annotated[Path, typer.Argument(metavar="PACK", help="The .zip that evidence wrote.")],
) -> None:
    """Verify a pack of evidence.

    That no file was altered, added or taken away, and that its request for a time stamp is its own. The exit status is
    0 when all is as it was made, 1 when something differs, 2 for a wrong call and 3 when it cannot be read.
    """
    from rich.console import Console

    from stemmata.packing import verify_pack
    from stemmata.report.evidence import render_check

    checked = verify_pack(pack)
    with printing():
        sys.stdout.write(render_check(checked, pack, Console()))
    if checked.differs:
        raise typer.Exit(EXIT_UNREAD)
