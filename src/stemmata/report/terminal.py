"""The terminal's answer: the verdict first, then what speaks for it and what was altered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from stemmata.report import words
from stemmata.report.blocks import block, ending, printed
from stemmata.report.escape import arrow, oneline
from stemmata.report.finding import Change, Finding, Row, Witness
from stemmata.report.findings import find

if TYPE_CHECKING:
    from stemmata.tracing import Trace

_REASONS = 3  # as many as a reader weighs at a glance; the report has all of them
_CHANGES = 8
_EXAMPLES = 3
_HIDDEN = 3
_READING = 60  # code points of a changed reading
_STYLES = {"grave": "bold red", "notable": "yellow", "minor": "dim"}


def render_verdict(trace: Trace, console: Console, *, report: Path | None = None, saved: Path | None = None) -> str:
    """Return what a comparison found, for a person to read.

    Parameters
    ----------
    trace : Trace
        The result of comparing two documents.
    console : rich.console.Console
        Where it will be shown; its width and colours are kept to.
    report, saved : Path, optional
        Where the page and the tables were written, to be named at the end.
    """
    return printed(console, lambda: _print(trace, console, {"Saved": saved, "Report": report}))


def _print(trace: Trace, console: Console, written: Mapping[str, Path | None]) -> None:
    finding = find(trace)
    sentence = words.verdict(finding) if finding else ((words.NOTHING_READ, False),)
    console.print()
    console.print(Padding(_sentence(sentence, "bold"), (0, 2), expand=False))
    console.print()
    if finding:
        block(console, "", _facts(finding))
        if finding.passages:
            block(console, "Coverage", _bars(finding, console))
        if finding.relation["kind"] != "none" and not finding.oriented:
            console.print(Padding(_sentence(words.sides(finding), "dim"), (0, 2), expand=False))
            console.print()
        if finding.relation["kind"] != "none" and finding.direction["evidence"]:
            block(console, "Why this direction" if finding.oriented else "Which came first", _reasons(finding))
        if finding.changes:
            block(console, _changes_title(finding), _changes(finding))
    block(console, "", _rest(trace, finding, written))


def _sentence(sentence: words.Sentence, style: str) -> Text:
    return Text.assemble(*((text, f"{style} cyan" if name else style) for text, name in sentence))


def _facts(finding: Finding) -> Iterable[tuple[Text, ...]]:
    relation, direction = finding.relation, finding.direction
    kind = f"{relation['kind']}: {words.KINDS[relation['kind']]} ({words.sureness(relation['confidence'])})"
    yield Text("Kind", "dim"), Text(kind)
    if relation["kind"] == "none":
        for evidence in relation["evidence"]:
            yield Text("Why", "dim"), Text(evidence["says"])
        return
    if relation["extent"]:
        yield Text("Extent", "dim"), Text(f"{relation['extent']}: {words.EXTENTS[relation['extent']]}")
    if finding.reused:
        yield Text("Shared", "dim"), Text(words.passages(finding))
    if relation["kind"] != "template":
        way = _sentence(words.arrows(finding), "")
        sure = f" ({words.sureness(direction['confidence'])})" if finding.oriented else ""
        yield Text("Direction", "dim"), way.append(sure)
        if finding.oriented and (direction["via_lost"] or 0.0) >= words.LOST:
            lost = f"The source itself is probably not here ({words.percent(direction['via_lost'])})."
            yield Text(""), Text(lost)
    for said in words.disguises(finding):
        yield Text("Disguised", "yellow"), _sentence(said, "")
    hidden = words.unseen(finding, "copy", "source")
    for change in hidden[:_HIDDEN]:
        yield Text(""), Text(oneline(change.says), "dim")
    if len(hidden) > _HIDDEN:
        yield Text(""), Text(f"and {len(hidden) - _HIDDEN:,} more", "dim")


def _bars(finding: Finding, console: Console) -> Iterable[tuple[Text, ...]]:
    full, rest = ("#", "-") if console.options.ascii_only else ("█", "░")
    witnesses = (finding.source, finding.copy)
    names = min(max(len(_name(witness)) for witness in witnesses), console.width // 3)
    shares = [f"{words.coverage(finding, w)} of {words.counted(len(w.words), 'word')}" for w in witnesses]
    room = max(34, 12 + max(map(len, shares)))  # margins, and room for the share
    width = max(8, min(40, console.width - names - room))
    for witness, share in zip(witnesses, shares, strict=True):
        done = round(width * witness.coverage)
        bar = Text(full * done, "cyan").append(rest * (width - done), "dim")
        yield Text(_name(witness)), bar, Text(share)


def _name(witness: Witness) -> str:
    return oneline(witness.doc, 60)


def _reasons(finding: Finding) -> Iterable[tuple[Text, ...]]:
    reasons = finding.weighed
    for reason in reasons[:_REASONS]:
        yield Text(words.points(reason["points"]), "bold" if reason["points"] > 0 else "dim"), _said(reason)
    if left := reasons[_REASONS:]:
        total = sum(reason["points"] for reason in left)
        yield Text(words.points(total), "dim"), Text(f"{words.counted(len(left), 'further reason')}", "dim")
    for remark in finding.remarks:
        yield Text(""), _said(remark)


def _said(reason: Row) -> Text:
    examples = [oneline(example, _READING) for example in reason["examples"][:_EXAMPLES]]
    line = Text(words.reason(reason["reason"]))
    return line.append("\n" + " · ".join(examples), "dim") if examples else line


def _changes_title(finding: Finding) -> str:
    factual = len(finding.factual)
    title = "What was changed" if finding.oriented else f"What differs, {_name(finding.source)} first"
    return f"{title}: {words.counted(factual, 'matter')} of fact, {len(finding.wording):,} of wording"


def _changes(finding: Finding) -> Iterable[tuple[Text, ...]]:
    factual = finding.factual
    for change in factual[:_CHANGES]:
        severity = words.severity(change)
        line = Text.assemble(*_readings(change)).append(f"\n{oneline(change.says)}", "dim")
        yield Text(severity, _STYLES[severity]), Text(change.type), line
    if len(factual) > _CHANGES:
        yield Text(""), Text(""), Text(f"and {len(factual) - _CHANGES:,} more", "dim")
    if finding.wording:
        counts = ", ".join(f"{count:,} {kind}" for kind, count in words.tally(finding.wording))
        yield Text("wording", "dim"), Text("not judged", "dim"), Text(counts, "dim")


def _readings(change: Change) -> list[str | tuple[str, str]]:
    before, after = oneline(change.before, _READING), oneline(change.after, _READING)
    if before and after:
        return [arrow(f"“{before}”", f"“{after}”")]
    return [("left out ", "dim"), f"“{before}”"] if before else [("added ", "dim"), f"“{after}”"]


def _rest(trace: Trace, finding: Finding | None, written: Mapping[str, Path | None]) -> Iterable[tuple[Text, ...]]:
    if finding and (beside := words.beside(finding)):
        passages = (f"{words.counted(count, 'passage')} of {words.NATURES[nature]}" for nature, count in beside)
        yield Text("Not counted", "dim"), Text(f"{words.joined(passages)}, in both texts")
    yield from ending(trace, written)
