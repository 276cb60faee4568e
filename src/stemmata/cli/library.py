"""Commands for a library: documents that are kept, to which others are added."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stemmata.cli.console import (
    ANONYMISE,
    EXIT_UNREAD,
    JSON,
    LIMIT_BYTES,
    MEMORY,
    PAGES,
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
SOURCES = typer.Argument(
    metavar="SOURCES…", help="Files, folders, archives, addresses, or patterns such as '**/*.html'."
)
_ADDING = "Broken off. What was added stays, and nothing is half added: run it again to go on."
_FINDING = "Broken off. A find writes nothing: run it again."
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
        str | None,
        typer.Option(metavar="FILE", help="A table of what is known of the documents, by doc, path or glob."),
    ] = None,
    ours: Annotated[
        bool, typer.Option("--ours", help="Mark as your own what does not say otherwise: see 'stemmata watch'.")
    ] = False,
    as_json: Annotated[bool, JSON] = False,
    strict: Annotated[bool, STRICT] = False,
    limit_bytes: Annotated[int | None, LIMIT_BYTES] = None,
    pages: Annotated[str | None, PAGES] = None,
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
        held = open_library(
            library, workers, memory, limit_bytes, pages, expect=expect, statistics=statistics, made=False
        )
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
    anonymise: Annotated[bool, ANONYMISE] = False,
    as_json: Annotated[bool, JSON] = False,
    limit_bytes: Annotated[int | None, LIMIT_BYTES] = None,
    pages: Annotated[str | None, PAGES] = None,
    workers: Annotated[int | None, WORKERS] = None,
) -> None:
    """Find where a text comes from, and who copied it.

    The documents that share most with it, best first, with the kind of reuse and its direction; and how much of the
    text stands in any of them. The text itself is not added.
    """
    from rich.console import Console

    from stemmata.report.library import render_found, render_found_json

    if anonymise and not output:
        raise typer.BadParameter("it is about the report: name a file with -o.", param_hint="--anonymise")
    if output and not output.resolve().parent.is_dir():
        raise typer.BadParameter(f"there is no folder '{output.parent}' to write it into.", param_hint="-o")
    if output and os.path.realpath(output) == os.path.realpath(source):
        raise typer.BadParameter(f"'{output}' is the text itself, and would be overwritten.", param_hint="-o")
    with breaking_off(_FINDING), progress_on(Console(stderr=True)) as progress:
        found = open_library(library, workers, None, limit_bytes, pages).find(source, most=most, progress=progress)
    if output:
        (found.anonymise() if anonymise else found).report(output)
    with printing():
        sys.stdout.write(render_found_json(found) if as_json else render_found(found, Console(), report=output))


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

    held = open_library(library)
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

    held = open_library(library)
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


def compact(
    library: Annotated[str, LIBRARY],
    workers: Annotated[int | None, WORKERS] = None,
    memory: Annotated[str | None, MEMORY] = None,
) -> None:
    """Write the files of a library anew, as one.

    Nothing of documents that were removed is left in the folder. Postings that are damaged are made anew of the
    documents, all of which are then fingerprinted again.
    """
    held = open_library(library, workers, memory)
    held.compact()
    _say(held, "It was written anew, as one file.")


def check(library: Annotated[str, LIBRARY]) -> None:
    """Verify a library.

    Every file by its digest, and that the register, the documents and the postings agree. Exits 3, and says how to
    mend it, where something is wrong.
    """
    held = open_library(library)
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
        held = open_library(library, workers, memory)
        held.rebuild(expect=expect, progress=progress)
    _say(held, "Its statistics were collected anew.")


def open_library(
    path: str,
    workers: int | None = None,
    memory: str | None = None,
    limit_bytes: int | None = None,
    pages: str | None = None,
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

    held = Library(path, expect=expect, statistics=statistics, engine=local_engine(workers, memory))
    held.reading = document_options(limit_bytes, pages, otherwise=held.reading)
    return held


def _say(library: Library, said: str) -> None:
    from rich.console import Console

    from stemmata.report.library import render_state

    with printing():
        sys.stdout.write(render_state(said, len(library), Console()))
