"""What a find answers, in words: for the terminal and for the page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from stemmata.report import words
from stemmata.report.escape import oneline
from stemmata.report.finding import Row
from stemmata.report.findings import Findings

if TYPE_CHECKING:
    from stemmata.finding import Found

STANDS = ("source", "copy")


def headline(found: Found) -> str:
    """Say where a text comes from, and who copied it; and whether the source itself is here."""
    matches = found.matches.to_pylist()
    doc = oneline(found.doc)
    if not matches:
        others = words.counted(found.size - found.held, "other document" if found.held else "document")
        but = f", but for {words.counted(found.dismissed, 'document')} that a person dismissed" * bool(found.dismissed)
        return f"{doc} shares no text with the {others} of the {found.among}, as far as can be told{but}."
    named = {stands: [oneline(match["doc"]) for match in matches if match["stands"] == stands] for stands in STANDS}
    open_ = len(matches) - sum(map(len, named.values()))
    parts = []
    if sources := named["source"]:
        others = f", or from {_others(len(sources) - 1)}" if len(sources) > 1 else ""
        parts.append(f"derives from {sources[0]}{others}")
    if copies := named["copy"]:
        others = f" and {words.counted(len(copies) - 1, 'other')}" if len(copies) > 1 else ""
        parts.append(f"was copied by {copies[0]}{others}")
    if open_:
        parts.append(f"shares text with {words.counted(open_, 'document')}, and it is open who copied whom")
    told = "source" if named["source"] else "copy"
    lost = words.lost(min((match["via_lost"] for match in matches if match["stands"] == told), default=0.0))
    return f"{doc} {'; it '.join(parts)}. {lost}".rstrip()


def _others(count: int) -> str:
    return "another that carries the text" if count == 1 else f"one of {count:,} others that carry the text"


def remarks(found: Found) -> Iterable[tuple[str, str]]:
    """Yield, each under a title, whether the library holds the text, and what keeps it from being found."""
    if found.held:
        yield "Held", f"the {found.among} holds this text itself, under this id; it is no match of its own"
    elif found.is_renamed:
        told = f"{oneline(found.doc)} is the text that was asked about; the {found.among} holds another under its id"
        yield "Note", told
    if found.held_as:
        also = " also" if found.held else ""
        yield "Held", f"the {found.among}{also} holds this text as {words.joined(map(oneline, found.held_as))}"
    if found.is_short:
        yield "Note", "it has too few words for any document to be found"


def together(found: Found) -> str:
    """Say how much of a text stands in all matches together."""
    share = sum(found.coverage["share"].to_pylist())
    return f"in all matches together: {words.percent(share)} of its {words.counted(found.words, 'word')}"


def verdicts(found: Found) -> Iterable[tuple[Row, words.Sentence, str]]:
    """Yield each match with the verdict on it and the text, and what a person decided, if anything."""
    findings = Findings(found.trace)
    for match in found.matches.to_pylist():
        one, other = (match["doc"], found.doc) if match["stands"] != "copy" else (found.doc, match["doc"])
        finding = findings.pair(one, other)
        yield match, words.verdict(finding), words.decided(finding)
