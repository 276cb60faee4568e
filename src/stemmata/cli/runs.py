"""Commands for a run: over two texts, over a pile, and over the sample newsroom."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from stemmata.cli.clusters import ENGINE, MASTER, TABLES, chosen_engine
from stemmata.cli.console import (
    ANONYMISE,
    COUNTS,
    EXIT_UNREAD,
    ID,
    JSON,
    LIMIT_BYTES,
    MEMORY,
    MISREAD,
    PAGES,
    STRICT,
    TEXT,
    WORKERS,
    document_options,
    local_engine,
    printing,
    progress_on,
    statistics_options,
)

if TYPE_CHECKING:
    from stemmata.engines import LocalEngine
    from stemmata.pipeline import Options
    from stemmata.traced import Trace

EXCLUDE = typer.Option(
    metavar="LIST",
    help="What does not count as reuse: quotes, references, short:N (passages under N words), with commas between "
    "them; or none. By default quotes,references.",
)
BASE = typer.Option(
    metavar="FILE", help="A text that was given to everybody, such as an assignment; may be given several times."
)
NAMES = typer.Option(
    metavar="PIPELINE",
    help="Let an installed spaCy pipeline, such as en_core_web_sm, or one in a folder find names as well. By default "
    "their capitals tell them.",
)
TEXT_ONLY = typer.Option(
    "--text-only", help="Judge who copied whom by the texts alone: not by dates, addresses and references."
)
CHANGES = typer.Option(
    metavar="LIST",
    help="Show all changes of these types and no others, with commas between them, such as number,name; or all. By "
    "default the gravest, and how many are style. Of fact: number, unit, percent, date, name, quote, attribution, "
    "negation, hedge, quantifier, comparison, causal, omission, addition. Of style: tortured (words out of place), "
    "disguised, wording, restyled, moved.",
)


def compare(
    a: Annotated[str, typer.Argument(metavar="A", help="A file that holds one text.")],
    b: Annotated[str, typer.Argument(metavar="B", help="Another.")],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", dir_okay=False, help="Write the report: one HTML page."),
    ] = None,
    as_json: Annotated[bool, JSON] = False,
    copy: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="The file that is known to be the copy; a or b: the first or second."),
    ] = None,
    save: Annotated[
        Path | None, typer.Option(metavar="RUN", file_okay=False, help="Save all tables into a folder.")
    ] = None,
    strict: Annotated[bool, STRICT] = False,
    limit_bytes: Annotated[
        int | None,
        typer.Option(metavar="N", help="Refuse longer files; by default 100,000,000 bytes."),
    ] = None,
    pages: Annotated[str | None, PAGES] = None,
    exclude: Annotated[str | None, EXCLUDE] = None,
    base: Annotated[list[str] | None, BASE] = None,
    counts: Annotated[list[str] | None, COUNTS] = None,
    misread: Annotated[float | None, MISREAD] = None,
    names: Annotated[str | None, NAMES] = None,
    text_only: Annotated[bool, TEXT_ONLY] = False,
    changes: Annotated[str | None, CHANGES] = None,
    anonymise: Annotated[bool, ANONYMISE] = False,
) -> None:
    """Compare two texts.

    Is one made from the other, which one, and what was changed? The exit status is 0 when they were compared,
    1 when they could not be read, 2 for a wrong call and 3 when it failed.
    """
    known = None if copy is None else _known_copy(copy, a, b)
    if anonymise and not output:
        raise typer.BadParameter("it is about the report: name a file with -o.", param_hint="--anonymise")
    if output and not output.resolve().parent.is_dir():
        raise typer.BadParameter(f"there is no folder '{output.parent}' to write it into.", param_hint="-o")
    if output and any(_same_file(output, name) for name in (a, b)):
        raise typer.BadParameter(f"'{output}' is one of the two texts, and would be overwritten.", param_hint="-o")
    types = () if changes is None else _types(changes)
    if types and as_json:
        raise typer.BadParameter("the JSON document holds all of them: leave it out.", param_hint="--changes")

    from rich.console import Console

    from stemmata.folder import Folder
    from stemmata.tracing import compare as compare_texts

    options = _options(limit_bytes, pages, exclude, counts=counts, misread=misread, names=names, text_only=text_only)
    if save:
        Folder.check_place(save)
    with progress_on(Console(stderr=True)) as progress:
        trace = compare_texts(a, b, copy=known, base=base or None, options=options, progress=progress)
    if save:
        trace.save(save)
    if output:
        (trace.anonymise() if anonymise else trace).report(output)
    from stemmata.report.json import render_json
    from stemmata.report.terminal import render_verdict

    with printing():  # to render for a console touches it already
        sys.stdout.write(
            render_json(trace) if as_json else render_verdict(trace, Console(), types=types, report=output, saved=save)
        )
    if not trace.relations.num_rows or (strict and trace.skipped.num_rows):
        raise typer.Exit(EXIT_UNREAD)


def trace(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCES…", help="Files, folders, archives, addresses, or patterns such as '**/*.html'."
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="RUN", file_okay=False, help="Save all tables and the report into a folder."
        ),
    ] = None,
    metadata: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="A table of what is known of the documents, by doc, path or glob."),
    ] = None,
    text: Annotated[str | None, TEXT] = None,
    own_id: Annotated[str | None, ID] = None,
    plan: Annotated[bool, typer.Option("--plan", help="Read a sample, say what the run would cost, and stop.")] = False,
    as_json: Annotated[bool, JSON] = False,
    strict: Annotated[bool, STRICT] = False,
    limit_bytes: Annotated[int | None, LIMIT_BYTES] = None,
    pages: Annotated[str | None, PAGES] = None,
    quotations: Annotated[
        bool, typer.Option("--quotations", help="Look for documents, too, that share one quotation of eight words.")
    ] = False,
    exclude: Annotated[str | None, EXCLUDE] = None,
    base: Annotated[list[str] | None, BASE] = None,
    counts: Annotated[list[str] | None, COUNTS] = None,
    misread: Annotated[float | None, MISREAD] = None,
    names: Annotated[str | None, NAMES] = None,
    text_only: Annotated[bool, TEXT_ONLY] = False,
    witnesses: Annotated[
        bool, typer.Option("--witnesses", help="All sources are witnesses of one work: collate them, draw their tree.")
    ] = False,
    normalise: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", dir_okay=False, help="With --witnesses: a table of rules that make spellings equal."
        ),
    ] = None,
    corrections: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", dir_okay=False, help="With --witnesses: a table of words that stand beside each other."
        ),
    ] = None,
    weights: Annotated[
        str | None,
        typer.Option(
            metavar="LIST",
            help="With --witnesses: what kinds of variants count for the tree, 0 to 10, such as "
            "'punctuation=0.2,case=0.5'; by default 1. Kinds: omission, word, spelling, abbreviation, case, "
            "punctuation, moved.",
        ),
    ] = None,
    possible: Annotated[
        bool,
        typer.Option("--all", help="With --witnesses: name further exemplars that are possible, not only likely ones."),
    ] = False,
    anonymise: Annotated[bool, ANONYMISE] = False,
    engine: Annotated[str, ENGINE] = "local",
    master: Annotated[str | None, MASTER] = None,
    tables: Annotated[str | None, TABLES] = None,
    workers: Annotated[int | None, WORKERS] = None,
    memory: Annotated[str | None, MEMORY] = None,
) -> None:
    """Trace a pile of documents.

    Which texts derive from which, which is the original, and what did each copy change? The exit status is 0 when
    they were traced, 1 when nothing could be read, 2 for a wrong call and 3 when it failed.
    """
    from rich.console import Console

    from stemmata.collating.layers import read_weights
    from stemmata.folder import Folder
    from stemmata.tracing import trace as trace_pile
    from stemmata.witnesses import trace_witnesses

    if witnesses:
        _refuse_reuse({"--quotations": quotations, "--exclude": exclude, "--base": base, "--text-only": text_only})
    else:
        about = {
            "--normalise": normalise,
            "--corrections": corrections,
            "--weights": weights,
            "--all": possible or None,
        }
        _refuse_witnesses(about)
    if plan:
        refused: dict[str, object] = {
            "-o": output,
            "--metadata": metadata,
            "--base": base,
            "--counts": counts,
            "--json": as_json,
        }
        refused |= {"--names": names, "--strict": strict, "--witnesses": witnesses}
        for option, given in refused.items():
            if given:
                raise typer.BadParameter("a plan is shown, and no more: leave it out.", param_hint=option)
    options = _options(
        limit_bytes,
        pages,
        exclude,
        quotations=quotations,
        counts=counts,
        misread=misread,
        names=names,
        text_only=text_only,
        text=text,
        own_id=own_id,
    )
    if engine != "local" and (plan or witnesses):
        asked = "--plan" if plan else "--witnesses"
        raise typer.BadParameter("it is done on this machine alone.", param_hint=asked)
    if plan:
        _show_plan(sources, options, local_engine(workers, memory))
        return
    if anonymise and not output:
        raise typer.BadParameter("it is about the report: name a folder with -o.", param_hint="--anonymise")
    if output:
        Folder.check_place(output)
    chosen = chosen_engine(engine, master, tables, workers, memory)
    with progress_on(Console(stderr=True)) as progress:
        if witnesses:
            found = trace_witnesses(
                sources,
                metadata=metadata,
                normalise=normalise,
                corrections=corrections,
                weights=read_weights(weights or ""),
                possible_parents=possible,
                options=options,
                engine=chosen,
                progress=progress,
            )
        else:
            found = trace_pile(
                sources, metadata=metadata, base=base or None, options=options, engine=chosen, progress=progress
            )
    if engine == "spark" and not (output or as_json):
        _show_spread(found, strict)
        return
    _show(found, output, as_json, anonymise)
    if not found.documents.num_rows or (strict and found.skipped.num_rows):
        raise typer.Exit(EXIT_UNREAD)


def demo(
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FOLDER", file_okay=False, help="Where to put it.")
    ] = Path("stemmata-demo"),
) -> None:
    """Trace a sample newsroom that comes with stemmata.

    Its 74 documents are written into FOLDER/newsroom, what was found into FOLDER/run. How each was made is known,
    so the last lines say how much of it was found.
    """
    from rich.console import Console

    from stemmata.demo import score, unpack
    from stemmata.folder import Folder
    from stemmata.report.score import render_score
    from stemmata.tracing import trace as trace_pile

    Folder.check_place(output / "run")
    newsroom, metadata = unpack(output)
    with progress_on(Console(stderr=True)) as progress:
        found = trace_pile(newsroom, metadata=metadata, progress=progress)
    _show(found, output / "run", as_json=False)
    with printing():
        sys.stdout.write(render_score(score(found.families, found.stemma), Console()))


def _show_plan(sources: list[str], options: Options, engine: LocalEngine) -> None:
    """Say what a run would cost."""
    from rich.console import Console

    from stemmata.planning import plan_run
    from stemmata.report.plan import render_plan

    with progress_on(Console(stderr=True)) as progress:
        plan = plan_run(sources, options=options, engine=engine, progress=progress)
    with printing():
        sys.stdout.write(render_plan(plan, Console()))
    if not plan.documents and not plan.only_listed:
        raise typer.Exit(EXIT_UNREAD)


def _show_spread(found: Any, strict: bool) -> None:
    """Print the figures of a trace whose tables stay on a cluster."""
    from rich.console import Console

    from stemmata.report.spread import render_spread

    counts = found.counts()
    with printing():
        sys.stdout.write(render_spread(counts, found.place, found.skipped, found.notes, Console()))
    if not counts["documents"] or (strict and found.skipped.num_rows):
        raise typer.Exit(EXIT_UNREAD)


def _show(found: Trace, run: Path | None, as_json: bool, anonymise: bool = False) -> None:
    """Save a run with its report, and print what was found."""
    from rich.console import Console

    from stemmata.report.json import render_json
    from stemmata.report.summary import render_summary

    report = None
    if run:
        found.save(run)
        report = (found.anonymise() if anonymise else found).report(run / "report.html")
    with printing():
        sys.stdout.write(render_json(found) if as_json else render_summary(found, Console(), report=report, saved=run))


def _options(
    limit_bytes: int | None,
    pages: str | None,
    exclude: str | None,
    *,
    quotations: bool = False,
    counts: list[str] | None = None,
    misread: float | None = None,
    names: str | None = None,
    text_only: bool = False,
    text: str | None = None,
    own_id: str | None = None,
) -> Options:
    """Return the options that a command line has."""
    from stemmata.changes import ChangeOptions
    from stemmata.directions import DirectionOptions
    from stemmata.fingerprints import FingerprintOptions
    from stemmata.pairs import PairOptions
    from stemmata.pipeline import Options
    from stemmata.relations import RelationOptions
    from stemmata.schemas import VIEWS

    listed = () if exclude == "none" else tuple(part.strip() for part in (exclude or "").split(","))
    return Options(
        documents=document_options(limit_bytes, pages, text, own_id),
        statistics=statistics_options(counts, misread),
        fingerprints=FingerprintOptions(views=VIEWS) if quotations else FingerprintOptions(),
        pairs=PairOptions(quotations=quotations),
        relations=RelationOptions() if exclude is None else RelationOptions(exclude=listed),
        directions=DirectionOptions(text_only=text_only),
        changes=ChangeOptions() if names is None else ChangeOptions(names=names),
    )


def _refuse_reuse(given: Mapping[str, object]) -> None:
    """Refuse options that are about reuse where all sources are witnesses of one work."""
    for option, value in given.items():
        if value:
            raise typer.BadParameter("of witnesses nobody asks what they reuse: leave it out.", param_hint=option)


def _refuse_witnesses(given: Mapping[str, object]) -> None:
    """Refuse options that are about witnesses where sources are a pile."""
    for option, value in given.items():
        if value is not None:
            raise typer.BadParameter("it is about witnesses of one work: add --witnesses.", param_hint=option)


def _known_copy(name: str, a: str, b: str) -> str:
    """Return the side that ``--copy`` names: as it was given, by its file name, or by its letter."""
    for known_as in ((a, b), (Path(a).name, Path(b).name), ("a", "b"), ("A", "B")):
        sides = [side for side, known in zip("ab", known_as, strict=True) if known == name]
        if len(sides) == 1:
            return sides[0]
        if sides:
            raise typer.BadParameter(f"'{name}' names both; say a or b.", param_hint="--copy")
    raise typer.BadParameter(f"'{name}' is neither a, which is {a}, nor b, which is {b}.", param_hint="--copy")


def _types(listed: str) -> tuple[str, ...]:
    """Return the types of changes that ``--changes`` names."""
    from stemmata.report.grouped import TYPES

    if listed == "all":
        return TYPES
    types = tuple(dict.fromkeys(part.strip() for part in listed.split(",")))
    for type_ in types:
        if type_ not in TYPES:
            raise typer.BadParameter(
                f"'{type_}' is no type of change: {', '.join(TYPES)}; or all.", param_hint="--changes"
            )
    return types


def _same_file(one: Path, other: str) -> bool:
    with suppress(OSError):
        return one.samefile(other)
    return False
