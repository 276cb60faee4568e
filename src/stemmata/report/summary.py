"""The terminal's answer about a pile: how many families there are, and what deserves a look."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from stemmata.report import grouped, words
from stemmata.report.blocks import block, ending, printed
from stemmata.report.carried import Alteration
from stemmata.report.escape import arrow, oneline
from stemmata.report.family import Edge, Family
from stemmata.report.pile import Pile, explain, headline, remark
from stemmata.report.room import Room

if TYPE_CHECKING:
    from stemmata.traced import Trace

_FINDINGS = 3  # matters of fact of one family
_FAMILIES = 12  # as many as fit on a screen; the report has all of them
_READING = 40  # code points of a changed reading


def render_summary(trace: Trace, console: Console, *, report: Path | None = None, saved: Path | None = None) -> str:
    """Return what a run found, for a person to read.

    Parameters
    ----------
    trace : Trace
        The result of tracing a pile.
    console : rich.console.Console
        Where it will be shown; its width and colours are kept to.
    report, saved : Path, optional
        Where the page and the tables were written, to be named at the end.
    """
    room = Room(trace)
    pile, families = Pile(room), room.families(0, _FAMILIES)

    def show() -> None:
        console.print()
        console.print(Padding(Text(headline(pile), "bold"), (0, 2), expand=False))
        says = [remark(pile)] if families else explain(pile, room.about["options"])
        for line in filter(None, says):
            console.print(Padding(Text(line), (0, 2), expand=False))
        console.print()
        block(console, "Families" if families else "", _families(families, len(pile.register)))
        block(console, "", ending(trace, {"Saved": saved, "Report": report}))

    return printed(console, show)


def _families(families: Sequence[Family], every: int) -> Iterable[tuple[Text, ...]]:
    for family in families:
        line = Text(oneline(family.title, 80), "bold")
        original = family.original
        line.append("\noriginal ", "dim").append(*_original(original.doc if original else None))
        if original and original.confidence is not None:
            line.append(f" ({words.sureness(original.confidence)})", "dim")
        elif family.star:
            line.append(f"; a star: none of {len(family.roots):,} texts shows that it was made from another", "dim")
        if lost := words.lost(family.via_lost):
            line.append(f"\n{lost}", "dim")
        kinds = ", ".join(f"{count:,} {kind}" for kind, count in family.kinds)
        line.append(f"\n{kinds}", "dim")
        if family.disguised_edges:
            line.append(f"\n{words.disguised_pairs(family.disguised_edges)}", "yellow")
        for edge, altered in family.findings[:_FINDINGS]:
            line.append("\n").append(_finding(edge, altered))
        if more := [altered.change for _, altered in family.findings[_FINDINGS:]]:
            line.append(f"\nand {words.counted(len(more), 'further matter')} of fact: {grouped.levels(more)}", "dim")
        if apart := [
            grouped.counted(group.name, len(group.changes)) for group in grouped.told_apart(family.introduced)
        ]:
            line.append(f"\n{words.joined(apart)}", "dim")
        yield Text(f"{len(family.documents):,}", "cyan"), line
    if every > len(families):
        yield Text(""), Text(f"and {every - len(families):,} more, none larger", "dim")


def _finding(edge: Edge, altered: Alteration) -> Text:
    """Say what was altered, with which copy it entered, and how many carry it on."""
    change, severity = altered.change, words.severity(altered.change)
    line = Text.assemble((severity, words.STYLES_OF_LEVELS[severity]), f" {change.type}: ")
    if edge.oriented:
        where = "a lost copy" if edge.copy.lost else oneline(edge.copy.doc, 60)
        line.append(_readings(change.before, change.after)).append(f" in {where}", "dim")
    else:
        sides = (edge.source.doc, change.before), (edge.copy.doc, change.after)
        line.append(" against ".join(f"{_quoted(reading)} in {oneline(doc, 60)}" for doc, reading in sides))
    return line.append(f", carried on by {altered.carried:,}", "dim") if altered.carried else line


def _original(doc: str | None) -> tuple[str, str]:
    return (oneline(doc, 100), "cyan") if doc else ("not told, or not here", "dim")


def _readings(before: str, after: str) -> str:
    if before and after:
        return arrow(_quoted(before), _quoted(after))
    return f"left out {_quoted(before)}" if before else f"added {_quoted(after)}"


def _quoted(reading: str) -> str:
    return f"“{oneline(reading, _READING)}”" if reading else "nothing"
