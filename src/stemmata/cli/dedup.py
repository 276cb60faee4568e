"""The command that keeps one of each family of copies."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from stemmata.cli.clusters import ENGINE, MASTER, TABLES, chosen_engine, sources_of
from stemmata.cli.console import (
    EXIT_UNREAD,
    ID,
    JSON,
    LIMIT_BYTES,
    MEMORY,
    PAGES,
    STRICT,
    TEXT,
    WORKERS,
    document_options,
    printing,
    progress_on,
)


def dedup(
    sources: Annotated[
        list[str],
        typer.Argument(metavar="SOURCES…", help="Files, folders, archives, or patterns such as '**/*.jsonl'."),
    ],
    output: Annotated[
        str,
        typer.Option(
            "--output",
            "-o",
            metavar="OUT",
            help="What stays: a file whose name ends in .jsonl, .jsonl.zst or .parquet; with --engine spark a folder "
            "of Parquet. What goes, and why, is written beside it: OUT.dropped.jsonl or .parquet, or OUT.dropped.",
        ),
    ],
    text: Annotated[str | None, TEXT] = None,
    own_id: Annotated[str | None, ID] = None,
    keep: Annotated[
        str | None,
        typer.Option(
            metavar="ORDER",
            help="Which of two stays: longest, as by default; original, the source before its copies; or columns of "
            "the table, such as 'quality desc, length desc', where length is that of the text.",
        ),
    ] = None,
    annotate: Annotated[
        bool,
        typer.Option(
            "--annotate", help="Keep all rows, and add family, family_size, keep, duplicate_of, kind and reason."
        ),
    ] = False,
    prefix: Annotated[
        str, typer.Option(metavar="TEXT", help="What the names of columns that --annotate adds begin with.")
    ] = "",
    against: Annotated[
        list[str] | None,
        typer.Option(
            metavar="SOURCE",
            help="Protected texts, a library, or a folder that trace saved: drop what derives from them or holds "
            "passages of them. May be given several times. The documents are then compared with each other only where "
            "--keep or --passages ask for it.",
        ),
    ] = None,
    passages: Annotated[
        bool,
        typer.Option(
            "--passages", help="Cut sentences that stand in a document that is preferred out of the others that stay."
        ),
    ] = False,
    coverage: Annotated[
        float | None,
        typer.Option(
            metavar="SHARE", help="Drop a document if so many of its words stand in one that stays; by default 0.8."
        ),
    ] = None,
    held: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            help="Drop a document if it shares N words with a protected text; by default 20, less if short.",
        ),
    ] = None,
    ngram: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            help="Drop a document if it shares N words in a row with a protected text, whatever they say; by default "
            "13, at least 8.",
        ),
    ] = None,
    cut: Annotated[
        int | None, typer.Option(metavar="N", help="Cut passages of N words and more; by default 30.")
    ] = None,
    as_json: Annotated[bool, JSON] = False,
    strict: Annotated[bool, STRICT] = False,
    limit_bytes: Annotated[int | None, LIMIT_BYTES] = None,
    pages: Annotated[str | None, PAGES] = None,
    workers: Annotated[int | None, WORKERS] = None,
    memory: Annotated[str | None, MEMORY] = None,
    engine: Annotated[str, ENGINE] = "local",
    master: Annotated[str | None, MASTER] = None,
    tables: Annotated[str | None, TABLES] = None,
) -> None:
    """Keep one of each family of copies.

    A document goes if most of its words stand in one that stays: word for word, edited or spun. All columns of the
    rows are kept. The exit status is 0 when it is done, 1 when nothing could be read, 2 for a wrong call and 3 when it
    failed.
    """
    from rich.console import Console

    from stemmata.deduplication import dedup as deduplicate
    from stemmata.engines import Progress
    from stemmata.keepers import KeepOptions
    from stemmata.pipeline import Options
    from stemmata.report.deduplicated import render_deduplication, render_deduplication_json

    if prefix and not annotate:
        raise typer.BadParameter("no columns are added without --annotate.", param_hint="--prefix")
    if held is not None and not against:
        raise typer.BadParameter("there are no protected texts: give --against.", param_hint="--held")
    if ngram is not None and not against:
        raise typer.BadParameter("there are no protected texts: give --against.", param_hint="--ngram")
    if cut is not None and not passages:
        raise typer.BadParameter("nothing is cut without --passages.", param_hint="--cut")
    given = {"coverage": coverage, "held": held, "ngram": ngram, "cut": cut}
    rules = KeepOptions(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
    chosen = chosen_engine(engine, master, tables, workers, memory)
    with progress_on(Console(stderr=True)) as progress:
        found = deduplicate(
            sources_of(chosen, sources),
            keep=keep,
            annotate=annotate,
            against=against or None,
            passages=passages,
            prefix=prefix,
            output=output,
            rules=rules,
            options=Options(documents=document_options(limit_bytes, pages, text, own_id)),
            engine=chosen,
            progress=progress,
        )
        written: dict[str, object] = {}
        documents = found.figures()["documents"]
        if documents:
            progress(Progress("writing"))
            drops = found.write(output)
            written = {"Marked": output} if annotate else {"Kept": output, "Dropped": drops}
    with printing():
        sys.stdout.write(
            render_deduplication_json(found, written=written)
            if as_json
            else render_deduplication(found, Console(), written=written)
        )
    if not documents or (strict and found.skipped.num_rows):
        raise typer.Exit(EXIT_UNREAD)
