"""Commands for a library: documents that are kept, to which others are added."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stemmata.cli.console import (
    EXIT_UNREAD,
    JSON,
    LIMIT_BYTES,
    MEMORY,
    STRICT,
    WORKERS,
    breaking_off,
    document_options,
    local_engine,
    printing,
    progress_on,
)

if TYPE_CHECKING:
    from stemmata.library import Library

LIBRARY = typer.Argument(metavar="LIBRARY", help="The folder of the library.")
SOURCES = typer.Argument(metavar="SOURCES…", help="Files, folders, zip archives, or patterns such as '**/*.html'.")
_ADDING = "Broken off. What was added stays, and nothing is half added: run it again to go on."
_FINDING = "Broken off. A find writes nothing: run it again."
_WATCHING = "Broken off. What was added and told stays: start it again to go on."
_ENDING = b"\nIt ends after the files at work; Ctrl-C again ends it at once, and nothing is lost.\n"
EXPECT = typer.Option(
    metavar="N",
    help="About how many documents it will hold: under 5,000 all k-grams are kept, else a sample. By default 100,000.",
)


def add(
    library: Annotated[str, LIBRARY],
    sources: Annotated[list[str], SOURCES],
    expect: Annotated[int | None, EXPECT] = None,
    statistics: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="What 'stemmata statistics' has written of a pile like it; by default the lists of the languages. "
            "Asked when the library is made.",
        ),
    ] = None,
    metadata: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", dir_okay=False, help="A table of what is known of the documents, by doc, path or glob."
        ),
    ] = None,
    ours: Annotated[
        bool, typer.Option("--ours", help="Mark as your own what does not say otherwise: see 'stemmata watch'.")
    ] = False,
    as_json: Annotated[bool, JSON] = False,
    strict: Annotated[bool, STRICT] = False,
    limit_bytes: Annotated[int | None, LIMIT_BYTES] = None,
    workers: Annotated[int | None, WORKERS] = None,
    memory: Annotated[str | None, MEMORY] = None,
) -> None:
    """Add documents to a library.

    The first makes it. A document that is held already, with the same text, is passed over; with another text it is
    a later version of it, and called ID@2. In however many steps and whatever order documents are added, the library
    comes out the same.
    """
    from rich.console import Console

    from stemmata.report.library import render_addition, render_addition_json

    with breaking_off(_ADDING), progress_on(Console(stderr=True)) as progress:
        held = _library(library, workers, memory, limit_bytes, expect=expect, statistics=statistics, made=False)
        added = held.add(sources, metadata=metadata, ours=ours, progress=progress)
    with printing():
        sys.stdout.write(
            render_addition_json(added, len(held)) if as_json else render_addition(added, len(held), Console())
        )
    if not (added.docs or added.held) or (strict and added.skipped.num_rows):
        raise typer.Exit(EXIT_UNREAD)


def find(
    library: Annotated[str, LIBRARY],
    source: Annotated[
        str,
        typer.Argument(metavar="SOURCE", help="A file that holds one text; or the id of a document of the library."),
    ],
    most: Annotated[int, typer.Option(metavar="N", help="How many documents are wanted, at most.")] = 10,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", dir_okay=False, help="Write the report: one HTML page."),
    ] = None,
    as_json: Annotated[bool, JSON] = False,
    limit_bytes: Annotated[int | None, LIMIT_BYTES] = None,
    workers: Annotated[int | None, WORKERS] = None,
) -> None:
    """Find where a text comes from, and who copied it.

    The documents that share most with it, best first, with the kind of reuse and its direction; and how much of the
    text stands in any of them. The text itself is not added.
    """
    from rich.console import Console

    from stemmata.report.library import render_found, render_found_json

    if output and not output.resolve().parent.is_dir():
        raise typer.BadParameter(f"there is no folder '{output.parent}' to write it into.", param_hint="-o")
    if output and os.path.realpath(output) == os.path.realpath(source):
        raise typer.BadParameter(f"'{output}' is the text itself, and would be overwritten.", param_hint="-o")
    with breaking_off(_FINDING), progress_on(Console(stderr=True)) as progress:
        found = _library(library, workers, None, limit_bytes).find(source, most=most, progress=progress)
    if output:
        found.report(output)
    with printing():
        sys.stdout.write(render_found_json(found) if as_json else render_found(found, Console(), report=output))


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

    held = _library(library, workers, None, limit_bytes)
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
) -> None:
    """Make search strings that find copies of a text.

    For search engines and archives: names and numbers that stand close together and quotations, which are left as
    they are where words were swapped. One line each, to be pasted as it stands.
    """
    from rich.console import Console

    from stemmata.report.queries import render_queries, render_queries_json

    with progress_on(Console(stderr=True)):
        made = _library(library, None, None, limit_bytes).queries(doc, most=most)
    with printing():
        sys.stdout.write(render_queries_json(doc, made) if as_json else render_queries(doc, made, Console(), most=most))


def remove(
    library: Annotated[str, LIBRARY],
    docs: Annotated[list[str], typer.Argument(metavar="ID…", help="Of a document, for all its versions; or of one.")],
    at_once: Annotated[
        bool, typer.Option("--compact", help="Take their texts out of the files as well, which are written anew.")
    ] = False,
) -> None:
    """Take documents out of a library.

    They are found no more. Their texts lie in its files until these are written anew: --compact, or 'stemmata
    compact' later.
    """
    from rich.console import Console

    from stemmata.report.library import render_removal

    held = _library(library, None, None, None)
    removed = held.remove(docs)
    if at_once:
        held.compact()
    with printing():
        sys.stdout.write(render_removal(removed, len(held), at_once, Console()))


def decide(
    library: Annotated[str, LIBRARY],
    verb: Annotated[
        str | None,
        typer.Argument(
            metavar="VERB",
            help="confirm (the relation of A and B is as the machine says), dismiss (it is no reuse), relabel (it is "
            "of --kind), same or not-same (of one family), root (A is the original of its family), note, or withdraw "
            "(what was decided about them). Without one, all decisions are listed.",
        ),
    ] = None,
    docs: Annotated[list[str] | None, typer.Argument(metavar="A B", help="Ids of documents.")] = None,
    kind: Annotated[str, typer.Option(metavar="KIND", help="Of relabel: verbatim, edited, spun, …")] = "",
    copy: Annotated[str, typer.Option(metavar="ID", help="Of confirm: the one of the two that is the copy.")] = "",
    by: Annotated[str, typer.Option(metavar="NAME", help="Who decides; by default the user of the system.")] = "",
    note: Annotated[str, typer.Option(metavar="TEXT", help="Why.")] = "",
) -> None:
    """Write down what a person decides.

    It lies in LIBRARY/decisions.csv, survives every run, and goes before what the machine says; the evidence then says
    who decided, and what the machine had said.
    """
    from rich.console import Console

    from stemmata.report.library import render_ruling, render_rulings

    held = _library(library, None, None, None)
    before = held.decisions
    if verb is None:
        ids = held.ids if before.listed else ()
        with printing():
            sys.stdout.write(render_rulings(before, ids, Console()))
        return
    if len(docs or ()) not in (1, 2):
        raise typer.BadParameter("name one document, or two.", param_hint="A B")
    if (kind and verb != "relabel") or (copy and verb != "confirm"):
        raise typer.BadParameter(f"it does not belong to '{verb}'.", param_hint="--kind" if kind else "--copy")
    made = held.decide(verb, *(docs or ()), value=kind or copy, by=by, note=note)
    with printing():
        sys.stdout.write(render_ruling(made, before.replaced(made), Console()))


def compact(library: Annotated[str, LIBRARY]) -> None:
    """Write the files of a library anew, as one.

    Nothing of documents that were removed is left in the folder.
    """
    held = _library(library, None, None, None)
    held.compact()
    _say(held, "It was written anew, as one file.")


def check(library: Annotated[str, LIBRARY]) -> None:
    """Verify a library.

    Every file by its digest, and that the register, the documents and the postings agree. Exits 3, and says how to
    mend it, where something is wrong.
    """
    held = _library(library, None, None, None)
    held.check()
    _say(held, "All files are as they were written.")


def rebuild(
    library: Annotated[str, LIBRARY],
    expect: Annotated[int | None, EXPECT] = None,
    workers: Annotated[int | None, WORKERS] = None,
    memory: Annotated[str | None, MEMORY] = None,
) -> None:
    """Collect the statistics of a library anew.

    Function words, names and how texts are sampled, from the documents that it holds by now; all of them are then
    fingerprinted again.
    """
    from rich.console import Console

    with progress_on(Console(stderr=True)) as progress:
        held = _library(library, workers, memory, None)
        held.rebuild(expect=expect, progress=progress)
    _say(held, "Its statistics were collected anew.")


def export(
    library: Annotated[str, LIBRARY],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="RUN", file_okay=False, help="The folder to write.")
    ],
    workers: Annotated[int | None, WORKERS] = None,
    memory: Annotated[str | None, MEMORY] = None,
) -> None:
    """Trace a library, and save all tables and the report.

    Parquet files, as 'stemmata trace -o RUN' saves them. What was traced before, and has not changed, is not traced
    again.
    """
    from rich.console import Console

    from stemmata.report.summary import render_summary

    with progress_on(Console(stderr=True)) as progress:
        found = _library(library, workers, memory, None).export(output, progress=progress)
    report = found.report(output / "report.html")
    with printing():
        sys.stdout.write(render_summary(found, Console(), report=report, saved=output))


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
        held = _library(library, None, None, None)
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


def _library(
    path: str,
    workers: int | None,
    memory: str | None,
    limit_bytes: int | None,
    *,
    expect: int | None = None,
    statistics: str | None = None,
    made: bool = True,
) -> Library:
    """Return a library, which must be there, unless it may be made."""
    from stemmata.catalog import is_run
    from stemmata.founding import no_library
    from stemmata.library import Library

    if made and not is_run(path):
        raise no_library(Path(path))

    reading = None if limit_bytes is None else document_options(limit_bytes)
    return Library(path, expect=expect, statistics=statistics, reading=reading, engine=local_engine(workers, memory))


def _say(library: Library, said: str) -> None:
    from rich.console import Console

    from stemmata.report.library import render_state

    with printing():
        sys.stdout.write(render_state(said, len(library), Console()))
