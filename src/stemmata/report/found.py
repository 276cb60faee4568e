"""What a watch tells: what was added, what could not be read, and which copies of one's own documents were found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.text import Text

from stemmata.report import words
from stemmata.report.blocks import printed
from stemmata.report.escape import oneline

if TYPE_CHECKING:
    from stemmata.vigil import Round


def told(find: Mapping[str, Any]) -> str:
    """Return what was found, in one sentence: who copied whom only where that can be told."""
    doc, source, manner = oneline(find["doc"]), oneline(find["source"]), words.MANNER[find["kind"]]
    if find["stands"] != "source":
        return f"{doc} and {source} share text, {manner}; which of the two came first the text cannot tell."
    lost = ", perhaps through a text that is lost" if find["via_lost"] >= words.LOST else ""
    return f"{doc} derives from {source}, {manner}{lost} ({words.sureness(find['confidence'])})."


def detailed(find: Mapping[str, Any]) -> list[str]:
    """Return what else is known of a find, in sentences."""
    said = [words.shares(find["source"], find["coverage_source"], find["coverage"])]
    if find["change"]:
        said.append(f"The gravest change of fact: {find['change']['says']}")
    return said


def render_round(told_of: Round, console: Console) -> str:
    """Return what became of a round, one line a matter; the ids of what was added are not listed."""

    def show() -> None:
        if told_of.added:
            versions = _versions(told_of.versions)
            console.print(Text(f"{words.counted(len(told_of.added), 'document')} added{versions}"), soft_wrap=True)
        for row in told_of.skipped:
            console.print(Text(f"not read: {oneline(row['uri'])}: {oneline(row['reason'])}", "dim"), soft_wrap=True)
        for find in told_of.finds:
            console.print(Text(told(find), "bold"), soft_wrap=True)
        for failure in told_of.failures:
            console.print(Text(oneline(failure), "yellow"), soft_wrap=True)

    return printed(console, show)


def _versions(count: int) -> str:
    later = "a later version" if count == 1 else "later versions"
    return f", {count:,} of them {later}" if count else ""


def render_end(size: int, ours: bool, console: Console) -> str:
    """Return what the library is left with; without a document of one's own, that nothing can be found."""

    def show() -> None:
        none = (
            "" if ours else "; none of them is marked as yours (stemmata add --ours), so that no copies are looked for"
        )
        console.print(Text(f"The library has {words.counted(size, 'document')}{none}.", "dim"), soft_wrap=True)

    return printed(console, show)
