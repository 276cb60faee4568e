"""Commands for several machines, each of which reads its own share of a pile."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stemmata.cli.console import (
    COUNTS,
    EXIT_UNREAD,
    JSON,
    LIMIT_BYTES,
    MEMORY,
    MISREAD,
    PAGES,
    STRICT,
    WORKERS,
    document_options,
    local_engine,
    printing,
    progress_on,
    statistics_options,
)

if TYPE_CHECKING:
    from stemmata.shards import Written

SOURCES = typer.Argument(
    metavar="SOURCES…", help="Files, folders, archives, addresses, or patterns such as '**/*.jsonl'."
)


def statistics(
    sources: Annotated[list[str], SOURCES],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", dir_okay=False, help="The file to write.")],
    as_json: Annotated[bool, JSON] = False,
    strict: Annotated[bool, STRICT] = False,
    limit_bytes: Annotated[int | None, LIMIT_BYTES] = None,
    pages: Annotated[str | None, PAGES] = None,
    counts: Annotated[list[str] | None, COUNTS] = None,
    misread: Annotated[float | None, MISREAD] = None,
    workers: Annotated[int | None, WORKERS] = None,
    memory: Annotated[str | None, MEMORY] = None,
) -> None:
    """Collect what is to be known of a pile.

    How many documents it has, its function words, whether capitals mark names: facts that all shards of it are to take
    as given (fingerprint --statistics). Parquet.
    """
    from rich.console import Console

    from stemmata.pipeline import Options
    from stemmata.shards import write_statistics

    own = statistics_options(counts, misread)
    with progress_on(Console(stderr=True)) as progress:
        written = write_statistics(
            sources,
            output,
            options=Options(documents=document_options(limit_bytes, pages), statistics=own),
            engine=local_engine(workers, memory),
            progress=progress,
        )
    _show(written, as_json, unread=not written.counts["documents"] or (strict and bool(written.skipped)))


def fingerprint(
    sources: Annotated[list[str], SOURCES],
    output: Annotated[
        Path,
        typer.Option("--output", "-o", metavar="FOLDER", file_okay=False, help="A folder for this shard alone."),
    ],
    shard: Annotated[
        str, typer.Option(metavar="I/N", help="Read one of N shares of the sources, from 1: 3/7. By default all.")
    ] = "1/1",
    statistics: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="What 'stemmata statistics' has written, the same for all shards. By default the lists of the "
            "languages, and all shards are sampled.",
        ),
    ] = None,
    as_json: Annotated[bool, JSON] = False,
    strict: Annotated[bool, STRICT] = False,
    limit_bytes: Annotated[int | None, LIMIT_BYTES] = None,
    pages: Annotated[str | None, PAGES] = None,
    quotations: Annotated[
        bool,
        typer.Option("--quotations", help="Let join find documents, too, that share one quotation of eight words."),
    ] = False,
    workers: Annotated[int | None, WORKERS] = None,
    memory: Annotated[str | None, MEMORY] = None,
) -> None:
    """Read a share of a pile, for join.

    Each of several machines runs it with the same sources and another number; none asks another. The paths and
    sizes of the files alone decide who reads what.
    """
    from rich.console import Console

    from stemmata.fingerprints import FingerprintOptions
    from stemmata.pipeline import Options
    from stemmata.schemas import VIEWS
    from stemmata.shards import fingerprint_shard

    own = FingerprintOptions(views=VIEWS) if quotations else FingerprintOptions()
    with progress_on(Console(stderr=True)) as progress:
        written = fingerprint_shard(
            sources,
            output,
            shard=shard,
            statistics=statistics,
            options=Options(documents=document_options(limit_bytes, pages), fingerprints=own),
            engine=local_engine(workers, memory),
            progress=progress,
        )
    whole = written.about["sketch"]["of"] == 1  # of a share nothing may be there to read: join tells, then
    unread = whole and not written.counts["documents"]
    _show(written, as_json, unread=unread or (strict and bool(written.skipped)))


def join(
    shards: Annotated[
        list[str],
        typer.Argument(metavar="SHARDS…", help="Folders that fingerprint wrote, or one that holds them all."),
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="PILE", file_okay=False, help="The folder to write.")
    ],
    as_json: Annotated[bool, JSON] = False,
    strict: Annotated[bool, STRICT] = False,
    workers: Annotated[int | None, WORKERS] = None,
    memory: Annotated[str | None, MEMORY] = None,
) -> None:
    """Join all shards of a pile.

    Finds the pairs of documents that are worth aligning, the same as one machine would, and saves them with the
    documents; 'stemmata trace PILE' and 'stemmata dedup PILE' go on from there.
    """
    from rich.console import Console

    from stemmata.joining import join_shards

    with progress_on(Console(stderr=True)) as progress:
        written = join_shards(shards, output, engine=local_engine(workers, memory), progress=progress)
    _show(written, as_json, unread=not written.counts["documents"] or (strict and bool(written.skipped)))


def _show(written: Written, as_json: bool, *, unread: bool) -> None:
    """Print what was written, and leave with its exit status."""
    from rich.console import Console

    from stemmata.report.shards import render_written, render_written_json

    with printing():
        sys.stdout.write(render_written_json(written) if as_json else render_written(written, Console()))
    if unread:
        raise typer.Exit(EXIT_UNREAD)
