"""What was added to a library, taken out of it or found in it, for a terminal and for programs."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from stemmata.report import answer, words
from stemmata.report.blocks import aside, block, printed
from stemmata.report.escape import oneline

if TYPE_CHECKING:
    from stemmata.finding import Found
    from stemmata.library import Addition
    from stemmata.rulings import Ruling, Rulings

_LISTED = 8  # documents, one by one


def render_addition(added: Addition, size: int, console: Console) -> str:
    """Return what became of what was to be added, for a person to read.

    Parameters
    ----------
    size : int
        How many documents the library has now.
    """

    def show() -> None:
        _headline(console, _added(added))
        block(console, "", _counts(added, size))
        block(console, "", aside(added.skipped.to_pylist(), added.notes.to_pylist()))

    return printed(console, show)


def render_addition_json(added: Addition, size: int) -> str:
    """Return the same as one JSON document, in ASCII, with the ids of all documents that were added."""
    document = {
        "added": added.docs,
        "versions": added.versions,
        "held": added.held,
        "documents": size,
        "skipped": added.skipped.to_pylist(),
        "notes": added.notes.to_pylist(),
        "seconds": added.seconds,
    }
    return json.dumps(document, indent=1) + "\n"


def render_removal(docs: Sequence[str], size: int, compacted: bool, console: Console) -> str:
    """Return what was taken out, for a person to read."""

    def show() -> None:
        _headline(console, f"{words.counted(len(docs), 'document')} removed.")
        block(console, "", _listed("Removed", docs))
        where = (
            "none of it is left in its files" if compacted else "'stemmata compact' takes it out of the files as well"
        )
        block(console, "", [(Text("Library", "dim"), Text(f"{words.counted(size, 'document')}; {where}"))])

    return printed(console, show)


def render_rulings(rulings: Rulings, held: Collection[str], console: Console) -> str:
    """Return all that people decided, for a person to read; what holds no more, or names no document that is held, so.

    Parameters
    ----------
    held : collection of str
        The ids of all documents of the library.
    """
    listed = rulings.marked(held)

    def show() -> None:
        _headline(console, f"{words.counted(len(listed), 'decision')}." if listed else "Nobody has decided anything.")
        block(console, "", map(_ruled, listed, rulings.ends))

    return printed(console, show)


def render_ruling(ruling: Ruling, replaced: Sequence[Ruling], console: Console) -> str:
    """Return what a person has just decided, and what holds no more by it."""
    title = "Withdrawn" if ruling.verb == "withdraw" else "Replaced"
    none = [(Text(title, "dim"), Text("nothing: nothing that was decided about it held"))]

    def show() -> None:
        _headline(console, "1 decision.")
        block(console, "", [_ruled(ruling)])
        rows = [(Text(title, "dim"), Text(oneline(one.says))) for one in replaced]
        block(console, "", rows or (none if ruling.verb == "withdraw" else []))

    return printed(console, show)


def render_state(said: str, size: int, console: Console) -> str:
    """Return what was done to a library, and how many documents it has."""

    def show() -> None:
        _headline(console, said)
        block(console, "", [(Text("Library", "dim"), Text(words.counted(size, "document")))])

    return printed(console, show)


def render_found(found: Found, console: Console, *, report: Path | None) -> str:
    """Return where a text comes from and who copied it, for a person to read.

    Parameters
    ----------
    report : Path, optional
        Where the page was written.
    """

    def show() -> None:
        _headline(console, answer.headline(found))
        block(console, "", [(Text(title, "dim"), Text(said)) for title, said in answer.remarks(found)])
        block(console, "Matches", _matches(found))
        block(console, f"Coverage, {answer.together(found)}", _coverage(found))
        block(console, "", aside((), found.trace.notes.to_pylist()))
        block(console, "", [(Text("Report", "dim"), Text(oneline(str(report)), "bold"))] if report else [])

    return printed(console, show)


def render_found_json(found: Found) -> str:
    """Return the same as one JSON document, in ASCII: matches and coverage, and the passages and reasons of each."""
    trace = found.trace
    tables = ("alignments", "relations", "directions", "changes", "notes")
    document: dict[str, Any] = {
        "doc": found.doc,
        "words": found.words,
        "held": found.held,
        "held_as": found.held_as,
        "candidates": found.candidates,
        "matches": found.matches.to_pylist(),
        "coverage": found.coverage.to_pylist(),
        **{name: getattr(trace, name).to_pylist() for name in tables},
        "about": dict(trace.about),
    }
    return json.dumps(document, indent=1) + "\n"


def _headline(console: Console, said: str) -> None:
    console.print()
    console.print(Padding(Text(said, "bold"), (0, 2), expand=False))
    console.print()


def _added(added: Addition) -> str:
    if added.docs:
        return f"{words.counted(len(added.docs), 'document')} added."
    if added.held:
        return "Nothing was added: all of it is held already."
    return "Nothing was added: nothing could be read."


def _counts(added: Addition, size: int) -> Iterable[tuple[Text, ...]]:
    if added.versions:
        is_one = "is a later version" if added.versions == 1 else "are later versions"
        yield Text("Versions", "dim"), Text(f"{added.versions:,} of them {is_one} of what was held")
    if added.held:
        yield Text("Held", "dim"), Text(f"{words.counted(added.held, 'document')} already, with the same text")
    yield Text("Library", "dim"), Text(words.counted(size, "document"))


def _listed(title: str, docs: Sequence[str]) -> Iterable[tuple[Text, ...]]:
    for doc in docs[:_LISTED]:
        yield Text(title, "dim"), Text(oneline(doc))
    if len(docs) > _LISTED:
        yield Text(title, "dim"), Text(f"and {len(docs) - _LISTED:,} more", "dim")


def _ruled(one: Ruling, end: str = "") -> tuple[Text, ...]:
    value = f" {oneline(one.value)}" if one.value else ""
    said = Text(f"{oneline(one.a)}{' and ' if one.b else ''}{oneline(one.b)}")
    if end:
        said.append(f" ({end})", "yellow")
    said.append(f"\n{oneline(one.by)}, {oneline(one.when[:10])}{': ' if one.note else ''}{oneline(one.note)}", "dim")
    return Text(f"{one.verb}{value}", "dim" if end else "cyan"), said


def _matches(found: Found) -> Iterable[tuple[Text, ...]]:
    for match, said, decided in answer.verdicts(found):
        shares = words.shares(found.doc, match["coverage"], match["coverage_doc"])
        line = Text(words.plain(said)).append(f"\n{shares}", "dim")
        yield Text(oneline(match["doc"]), "cyan"), line.append(f"\n{decided}" if decided else "", "yellow")


def _coverage(found: Found) -> Iterable[tuple[Text, ...]]:
    for row in found.coverage.to_pylist():
        what = f"{row['kind']} {words.ROLES[row['role']]}"
        yield Text(words.percent(row["share"]), "bold"), Text(f"{what}, {words.counted(row['words'], 'word')}")
