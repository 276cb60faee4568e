"""The terminal's answer: the verdict first, then what speaks for it and what was altered."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from stemmata.report import grouped, words
from stemmata.report.blocks import block, ending, printed
from stemmata.report.escape import arrow, oneline, visible
from stemmata.report.finding import Change, Finding, Row, Witness
from stemmata.report.findings import find

if TYPE_CHECKING:
    from stemmata.traced import Trace

_REASONS = 3  # as many as a reader weighs at a glance; the report has all of them
_CHANGES = 8
_APART = 12  # words out of place, or disguises
_EXAMPLES = 3
_HIDDEN = 3
_READING = 60  # code points of a changed reading
_AROUND = 28  # and of the text on either side of it
_SPACE = re.compile(r"\s+")


def render_verdict(
    trace: Trace,
    console: Console,
    *,
    types: Collection[str] = (),
    report: Path | None = None,
    saved: Path | None = None,
) -> str:
    """Return what a comparison found, for a person to read.

    Parameters
    ----------
    trace : Trace
        The result of comparing two documents.
    console : rich.console.Console
        Where it will be shown; its width and colours are kept to.
    types : collection of str
        Types of changes that are listed, all of them; by default the gravest, and what the others come to.
    report, saved : Path, optional
        Where the page and the tables were written, to be named at the end.
    """
    return printed(console, lambda: _print(trace, console, types, {"Saved": saved, "Report": report}))


def _print(trace: Trace, console: Console, types: Collection[str], written: Mapping[str, Path | None]) -> None:
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
            block(console, _changes_title(finding, types), _chosen(finding, types) if types else _changes(finding))
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
        if finding.oriented and (lost := words.lost(direction["via_lost"])):
            yield Text(""), Text(lost)
    for said in words.disguises(finding):
        yield Text("Disguised", "yellow"), _sentence(said, "")
    hidden = words.unseen(finding, "copy", "source")
    for change in hidden[:_HIDDEN] if finding.oriented else []:
        yield Text(""), Text(oneline(change.says), "dim")
    if finding.oriented and len(hidden) > _HIDDEN:
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


def _changes_title(finding: Finding, types: Collection[str]) -> str:
    title = "What was changed" if finding.oriented else f"What differs, {_name(finding.source)} first"
    chosen = [change for change in finding.changes if change.type in types]
    if not types or len(chosen) == len(finding.changes):
        return f"{title}: {grouped.summed(finding.changes)}"
    of_all = f"{len(chosen) or 'none'} of {words.counted(len(finding.changes), 'change')}"
    return f"{title}, of type {words.joined(types, 'or')}: {of_all}"


def _changes(finding: Finding) -> Iterable[tuple[Text, ...]]:
    """Yield the gravest matters of fact, what is told apart in a few lines, and style in one."""
    listed, left = grouped.first(finding.factual, _CHANGES)
    for change in listed:
        yield _told(change)
    if left:
        yield (
            Text(""),
            Text(""),
            Text(f"and {len(left):,} more: {grouped.levels(left)}; --changes all lists them", "dim"),
        )
    for group in grouped.told_apart(finding.changes):
        shown, more = grouped.first(grouped.swaps(group.changes), _APART)
        line = Text(" · ", "dim").join(map(_swap, shown))
        if more:
            line.append(f" · and {sum(len(swap.places) for swap in more):,} more", "dim")
        yield Text(f"{len(group.changes):,}"), Text(group.name), line
    if style := grouped.style(finding.changes):
        yield Text(f"{len(style):,}", "dim"), Text("style", "dim"), Text(f"{grouped.styled(style)}; not judged", "dim")


def _swap(swap: grouped.Swap) -> Text:
    line = Text.assemble(*_readings(swap.change))
    return line.append(f" ×{len(swap.places):,}", "dim") if len(swap.places) > 1 else line


def _chosen(finding: Finding, types: Collection[str]) -> Iterable[tuple[Text, ...]]:
    """Yield every change of the types that were asked for, amid the words around it."""
    changes = grouped.of_types(finding.changes, types)
    for change in changes:
        level, type_, line = _told(change)
        yield level, type_, line.append("\n").append(_around(finding, change))
    if not changes:
        kinds = (f"{count:,} {type_}" for type_, count in grouped.tallied(finding.changes))
        yield Text(""), Text("none", "dim"), Text(f"the others are: {words.joined(kinds)}", "dim")


def _around(finding: Finding, change: Change) -> Text:
    """Return a change amid the words around it: of the copy, or of the source where it was left out."""
    text, (start, end) = (finding.copy.text, change.copy) if change.after else (finding.source.text, change.source)
    ahead = _SPACE.sub(" ", visible(text[max(0, start - 4 * _AROUND) : start]))
    behind = _SPACE.sub(" ", visible(text[end : end + 4 * _AROUND]))
    if len(ahead) > _AROUND:
        ahead = "…" + ahead[-_AROUND:].split(" ", 1)[-1]
    if len(behind) > _AROUND:
        behind = behind[:_AROUND].rsplit(" ", 1)[0] + "…"
    return Text.assemble((ahead.lstrip(), "dim"), oneline(text[start:end], _READING), (behind.rstrip(), "dim"))


def _told(change: Change) -> tuple[Text, ...]:
    """Return a change as a row; what says no more than its readings is said of facts, and of disguises, alone."""
    severity = words.severity(change) if change.factual else ""
    line = Text.assemble(*_readings(change))
    if change.factual or (change.type == "disguised" and (change.before or change.after)):
        line.append(f"\n{oneline(change.says)}", "dim")
    return Text(severity, words.STYLES_OF_LEVELS.get(severity, "")), Text(change.type), line


def _readings(change: Change) -> list[str | tuple[str, str]]:
    before, after = oneline(change.before, _READING), oneline(change.after, _READING)
    if before and after:
        return [arrow(f"“{before}”", f"“{after}”")]
    if not before and not after:
        return [oneline(change.says)]
    return [("left out ", "dim"), f"“{before}”"] if before else [("added ", "dim"), f"“{after}”"]


def _rest(trace: Trace, finding: Finding | None, written: Mapping[str, Path | None]) -> Iterable[tuple[Text, ...]]:
    if finding and (beside := words.beside(finding)):
        passages = (f"{words.counted(count, 'passage')} of {words.NATURES[nature]}" for nature, count in beside)
        yield Text("Not counted", "dim"), Text(f"{words.joined(passages)}, in both texts")
    yield from ending(trace, written)
