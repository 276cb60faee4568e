"""What was kept and what was dropped, for a terminal and for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from stemmata.report import words
from stemmata.report.blocks import aside, block, printed
from stemmata.report.escape import oneline

if TYPE_CHECKING:
    from stemmata.deduplicated import Deduplication

SAID = {  # of each of ``deduplicated.GONE``
    "exact": "the same text, white space aside",
    "verbatim": "the same words",
    "edited": "with edits",
    "spun": "words swapped one for one",
    "protected": "holds text of a protected document",
    "cut": "nothing was left after cuts",
}
_EXAMPLES = 3


def render_deduplication(found: Deduplication, console: Console, *, written: Mapping[str, object]) -> str:
    """Return what stays and what does not, for a person to read.

    Parameters
    ----------
    found : Deduplication
        The decisions.
    console : rich.console.Console
        Where it will be shown; its width and colours are kept to.
    written : mapping of str to path
        What was written where, to be named at the end.
    """
    told = found.figures()

    def show() -> None:
        console.print()
        console.print(Padding(Text(_headline(told, found.annotated), "bold"), (0, 2), expand=False))
        console.print()
        block(console, "", _figures(told, "Marked" if found.annotated else "Dropped"))
        block(console, "Examples", _examples(found))
        block(console, "", aside(found.skipped.to_pylist(), found.notes.to_pylist()))
        block(console, "", _ending(found, written))

    return printed(console, show)


def render_deduplication_json(found: Deduplication, *, written: Mapping[str, object]) -> str:
    """Return the figures, what was skipped and noted, and what was written where, as one JSON document in ASCII."""
    about = dict(found.about)
    document = {
        "version": about.pop("version"),
        **found.figures(),
        "written": {what.lower(): str(path) for what, path in written.items() if path},
        "skipped": found.skipped.to_pylist(),
        "notes": found.notes.to_pylist(),
        "about": about,
    }
    return json.dumps(document, indent=1) + "\n"


def _headline(told: Mapping[str, Any], annotated: bool) -> str:
    if not told["documents"]:
        return "Nothing could be read."
    kept, dropped = told["kept"], told["dropped"]
    stay, go = "stays" if 1 in (kept, told["documents"]) else "stay", "goes" if dropped == 1 else "go"
    if annotated:
        go = "is marked to go" if dropped == 1 else "are marked to go"
    return f"{kept:,} of {words.counted(told['documents'], 'document')} {stay}, {dropped:,} {go}."


def _figures(told: Mapping[str, Any], gone: str) -> Iterable[tuple[Text, ...]]:
    if told["families"]:
        many = f"{told['families']:,}, of documents that could stand for each other"
        yield Text("Families", "dim"), Text(many)
    for kind, count in told["dropped_by_kind"].items():
        yield Text(f"{gone}, {kind}", "dim"), Text(f"{count:,}: {SAID[kind]}")
    if told["cut"]:
        yield (
            Text("Cut", "dim"),
            Text(f"{words.counted(told['cut'], 'document')} without passages that stand elsewhere"),
        )


def _examples(found: Deduplication) -> Iterable[tuple[Text, ...]]:
    for row in found.examples(_EXAMPLES).select(["doc", "reason"]).to_pylist():
        yield Text(words.clipped(row["doc"], 40), "cyan"), Text(oneline(row["reason"], 300))


def _ending(found: Deduplication, written: Mapping[str, object]) -> Iterable[tuple[Text, ...]]:
    for what, path in written.items():
        if path:
            yield Text(what, "dim"), Text(oneline(str(path)), "bold")
    yield Text("Time", "dim"), Text(f"{sum(found.about['seconds'].values()):,.1f} s")
