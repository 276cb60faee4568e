"""Commands about what was found: families in the formats of other programs, and claims that are followed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from stemmata.cli.console import EXIT_UNREAD, JSON, MEMORY, WORKERS, local_engine, printing, progress_on
from stemmata.cli.library import open_library


def export(
    source: Annotated[
        str, typer.Argument(metavar="RUN_OR_LIBRARY", help="The folder of a run, or of a library, which is traced.")
    ],
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            "-o",
            metavar="PATH",
            help="A file, whose end says the format: .svg, .dot, .nwk, .nex, .graphml, .gexf and .json for trees, "
            ".csv, .tsv, .collatex.json and .tei.xml for what witnesses read. Of a library also a folder: all tables "
            "and the report.",
        ),
    ],
    family: Annotated[
        str | None,
        typer.Option(metavar="FAMILY", help="Its id. By default the only one, or all where the format holds several."),
    ] = None,
    workers: Annotated[int | None, WORKERS] = None,
    memory: Annotated[str | None, MEMORY] = None,
) -> None:
    """Write families in the formats of other programs; of a library also all tables.

    Into a folder go Parquet files, as 'stemmata trace -o RUN' saves them. What of a library was traced before, and has
    not changed, is not traced again.
    """
    from rich.console import Console

    from stemmata.catalog import LIBRARY
    from stemmata.exporting import export_trace, is_file
    from stemmata.joined import verb_of
    from stemmata.opening import open_trace
    from stemmata.report.exported import render_exported
    from stemmata.report.summary import render_summary

    held = verb_of(source) == LIBRARY
    if not is_file(output):
        if not held:
            raise typer.BadParameter("all tables of a run lie in its folder; name a file: tree.svg.", param_hint="-o")
        if family is not None:
            raise typer.BadParameter("a folder holds all families: leave it out.", param_hint="--family")
        with progress_on(Console(stderr=True)) as progress:
            found = open_library(source, workers, memory).export(output, progress=progress)
        report = found.report(output / "report.html")
        with printing():
            sys.stdout.write(render_summary(found, Console(), report=report, saved=output))
        return
    with progress_on(Console(stderr=True)) as progress:
        found = open_library(source, workers, memory).trace(progress=progress) if held else open_trace(source)
    written = export_trace(found, output, family)
    with printing():
        sys.stdout.write(render_exported(written, Console()))


def follow(
    claim: Annotated[str, typer.Argument(metavar="CLAIM", help="A sentence, or a part of one: three words or more.")],
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCES…", help="The folder of a run or of a library; or files and folders, which are traced."
        ),
    ],
    as_json: Annotated[bool, JSON] = False,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", dir_okay=False, help="Write all wordings as a table: CSV."),
    ] = None,
    workers: Annotated[int | None, WORKERS] = None,
    memory: Annotated[str | None, MEMORY] = None,
) -> None:
    """Follow a claim: how it was worded over time, and who introduced each wording.

    Where one witness of a text holds the claim, what all others read there is listed, also where they left it out. The
    exit status is 1 where no document was there to be read.
    """
    from rich.console import Console

    from stemmata.catalog import refuse_within
    from stemmata.following import follow_claim
    from stemmata.placing import place_file
    from stemmata.report.wordings import render_wordings, render_wordings_csv, render_wordings_json

    if output:
        refuse_within(output)
    with progress_on(Console(stderr=True)) as progress:
        followed = follow_claim(sources, claim, engine=local_engine(workers, memory), progress=progress)
    if output:
        text = render_wordings_csv(followed)
        place_file(output, lambda fresh: fresh.write_text(text, encoding="utf-8", newline=""), "the table")
    with printing():
        sys.stdout.write(render_wordings_json(followed) if as_json else render_wordings(followed, Console()))
    if not followed.documents:
        raise typer.Exit(EXIT_UNREAD)
