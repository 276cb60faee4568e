"""The wording that terminal, page and JSON share: one place for what a verdict says.

A verdict speaks of derivation, never of intent or guilt.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from stemmata.alterations.unseen import is_hidden
from stemmata.redaction import WITHHELD
from stemmata.report.escape import oneline
from stemmata.report.finding import NEVER_COUNTED, Change, Finding, Passage, Witness
from stemmata.rulings import FEATURE
from stemmata.tokens import DISGUISED

Sentence = tuple[tuple[str, bool], ...]
"""Parts of a sentence, in order; true marks the name of a document."""

NOTHING_READ = "There is no verdict: no two documents could be compared."

KINDS = {
    "verbatim": "the same words in the same order",
    "edited": "the same text, with edits",
    "spun": "words swapped one for one, as a machine does it",
    "paraphrased": "the same content in other words",
    "summarised": "the same content, condensed",
    "translated": "the same content in another language",
    "template": "the same form, filled with other facts",
    "none": "no reuse of one text by the other",
}
EXTENTS = {
    "whole": "all of one text has its counterpart in the other",
    "excerpt": "one text is a part of the other",
    "partial": "passages within text that is otherwise each one's own",
}
ROLES = {
    "reuse": "reused text",
    "quoted": "quotation",
    "reference": "reference",
    "base": "base text",
    "furniture": "page furniture",
}
NATURES = ROLES | {"wording": "wording in common"}
MOVED = "stands elsewhere in the other text"
_LEFT_OUT = {"quoted": "quotations", "reference": "references", "short": "short passages"}
STYLES = {
    "wording": "other words for the same",
    "restyled": "the same value in another form",
    "moved": "moved to another place",
}
STYLES_OF_LEVELS = {"grave": "bold red", "notable": "yellow", "minor": "dim"}  # on a terminal
SEVERITIES = (("grave", 0.7), ("notable", 0.4), ("minor", 0.0))
LIMITS = (
    "A direction is an inference from the two texts and from what they say of themselves. It is not a proof.",
    "Both texts may descend from a third that is not here; how likely that is, is said where it can be told.",
    "Shared text says nothing about permission, and nothing about what anyone meant to do.",
    "Free retelling can escape notice, and translation is not looked for: that nothing was found does not "
    "mean that nothing is there.",
)

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LIKELY = 0.65  # below this a kind is uncertain, and the sentence says only that the text was reworded
_SURE = 0.9  # from here a direction is called strong, and the sentence stands without a proviso
LOST = 0.5  # from here the sentence speaks of a source that is not here
_UNTOLD = 0.5  # at or below this nothing speaks for "none" either
_ALL = 0.995  # a coverage from which nothing worth a word lies outside
_TOO_SHORT = "Whether {source} and {copy} share anything cannot be told: there are too few words"
_PROVISO = ", as far as the text can tell"
_OPEN = "the text cannot tell"
_BESIDES = ", with text added or left out"
_PLAINLY = {"the caller says so": "you said so (--copy)"}
_DENIED = "without the caller's word "
_WHOLE = {
    "verbatim": "a verbatim copy",
    "edited": "an edited copy",
    "spun": "a spun copy",
    "paraphrased": "a paraphrase",
    "summarised": "a summary",
    "translated": "a translation",
    "reworded": "a reworded copy",
}
_EXCERPT = {
    "verbatim": "a verbatim excerpt",
    "edited": "an edited excerpt",
    "spun": "a spun excerpt",
    "paraphrased": "a paraphrase of a part",
    "summarised": "a summary of a part",
    "translated": "a translation of a part",
    "reworded": "a reworded excerpt",
}
MANNER = {
    "verbatim": "word for word",
    "edited": "with edits",
    "spun": "with its words swapped one for one",
    "paraphrased": "in other words",
    "summarised": "condensed",
    "translated": "in another language",
    "reworded": "reworded",
}
_UNDIRECTED = {
    "verbatim": "{source} and {copy} hold the same text{besides}; which came first the text cannot tell",
    "edited": "{source} and {copy} are two versions of one text; which came first the text cannot tell",
    "spun": "One of {source} and {copy} is a spun copy of the other; which one the text cannot tell",
    "paraphrased": "{source} and {copy} say the same in other words; which came first the text cannot tell",
    "summarised": "One of {source} and {copy} is a summary of the other; which one the text cannot tell",
    "translated": "One of {source} and {copy} is a translation of the other; which one the text cannot tell",
    "reworded": "{source} and {copy} are two versions of one text, reworded; which came first the text cannot tell",
}


def verdict(finding: Finding) -> Sentence:
    """Return the verdict on a pair in one plain sentence."""
    source, copy = _sides(finding)
    names = {"source": source.doc, "copy": copy.doc}
    outer, inner = ("copy", "source") if _source_inside(finding) else ("source", "copy")
    names |= {"outer": names[outer], "inner": names[inner]}
    template = _template(finding).replace("{besides}", _besides(finding))
    if finding.direction["verdict"] == WITHHELD:
        template = template.replace(_OPEN, "is not said here")
    pieces = re.split(r"\{(\w+)\}", template + ".")
    parts = ((oneline(names[p], 80), True) if i % 2 else (p, False) for i, p in enumerate(pieces))
    return tuple(part for part in parts if part[0])


def plain(sentence: Sentence) -> str:
    """Return a sentence as one string."""
    return "".join(text for text, _ in sentence)


def decided(finding: Finding) -> str:
    """Say what a person decided about a pair, before which the machine's word gave way; empty where nobody did."""
    said = [one["says"] for one in finding.relation["evidence"] if one["feature"] == FEATURE]
    return f"A person decided: {oneline(said[0], 400)}." if said else ""


def _template(finding: Finding) -> str:
    kind, verdict = finding.relation["kind"], finding.direction["verdict"]
    if kind == "none":
        if any(one["feature"] == FEATURE for one in finding.relation["evidence"][:1]):
            return "A person decided that neither of {source} and {copy} was made from the other"
        short = finding.relation["confidence"] <= _UNTOLD
        return _TOO_SHORT if short else _nothing(finding.passages)
    if kind == "template":
        return (
            "{source} and {copy} share a form and fill it with other facts; "
            "whether one is a copy with altered facts is not told"
        )
    if verdict == "copy":
        sure = finding.direction["confidence"] >= _SURE
        return _derivation(finding) + ("" if sure else _PROVISO)
    if verdict == "common_source":
        return "{source} and {copy} both derive from a third text; neither was made from the other"
    manner = _manner(finding)
    if finding.relation["extent"] == "excerpt" or verdict == "contained":
        return (
            f"The whole of {{inner}} stands in {{outer}}, {MANNER[manner]}; "
            "whether it is an excerpt or an earlier, shorter version the text cannot tell"
        )
    if finding.relation["extent"] == "partial":
        return (
            f"{{source}} and {{copy}} share passages, {MANNER[manner]}; "
            "which of the two had them first the text cannot tell"
        )
    return _UNDIRECTED[manner]


def _derivation(finding: Finding) -> str:
    """Say what the copy is; where the source itself is probably lost, of a text that both carry."""
    manner, extent = _manner(finding), finding.relation["extent"]
    lost = (finding.direction["via_lost"] or 0.0) >= LOST
    source = "the text that {source} also carries" if lost else "{source}"
    if extent == "partial":
        return f"{{copy}} takes passages from {source}, {MANNER[manner]}"
    if extent == "excerpt" and _source_inside(finding):
        return f"{{copy}} takes in the whole of {source}, {MANNER[manner]}"
    noun = (_EXCERPT if extent == "excerpt" else _WHOLE)[manner]
    if lost:
        return f"{{copy}} derives from {source}, as {noun}{{besides}}"
    return f"{{copy}} is {noun} of {source}{{besides}}"


def _manner(finding: Finding) -> str:
    """Return the kind, or only that the text was reworded where the kind is uncertain: no one is accused of it."""
    kind: str = finding.relation["kind"]
    return kind if kind == "verbatim" or finding.relation["confidence"] >= _LIKELY else "reworded"


def _besides(finding: Finding) -> str:
    """Return the proviso of a whole text, taken word for word, beside which one of the two holds more."""
    if (finding.relation["kind"], finding.relation["extent"]) != ("verbatim", "whole"):
        return ""
    return _BESIDES if min(finding.source.coverage, finding.copy.coverage) < _ALL else ""


def _nothing(passages: Iterable[Passage]) -> str:
    natures = {passage.nature for passage in passages}
    if not natures:
        return "{source} and {copy} have nothing in common"
    if "reuse" in natures:
        return "{source} and {copy} share a few words, too few to call either a copy of the other"
    named = NATURES | {"wording": "wording that comes with their subject"}
    return f"{{source}} and {{copy}} share nothing but {joined(named[nature] for nature in sorted(natures))}"


def _source_inside(finding: Finding) -> bool:
    source, copy = _sides(finding)
    return source.coverage > copy.coverage


def _sides(finding: Finding) -> tuple[Witness, Witness]:
    """Return source and copy as the verdict has them: a tree, which weighs more, may have them the other way round."""
    turned = finding.direction["source"] == finding.copy.doc
    return (finding.copy, finding.source) if turned else (finding.source, finding.copy)


def arrows(finding: Finding) -> Sentence:
    """Return the direction, shortly: *source → copy*, or why there is none."""
    source, copy = (oneline(side.doc, 60) for side in _sides(finding))
    match finding.direction["verdict"]:
        case "copy":
            return ((source, True), (" → ", False), (copy, True))
        case "common_source":
            return (("both from a third text", False),)
        case "contained":
            return (("not known: one text lies within the other", False),)
        case verdict if verdict == WITHHELD:
            return (("left out", False),)
        case _:
            return (("not known", False),)


def disguises(finding: Finding) -> list[Sentence]:
    """Say of each text how many of its words are disguised, and how much it hides, where the other does not."""
    said: list[Sentence] = []
    for side in ("copy", "source"):
        witness: Witness = getattr(finding, side)
        veiled, hidden = 0, len(unseen(finding, side))
        for change in finding.changes:
            if change.type == "disguised" and change.before and change.after:
                within = witness.words.within(*getattr(change, side))
                veiled += int((witness.words.flags[within] & DISGUISED != 0).sum())
        told = []
        if veiled:
            told.append(f"{_many(veiled, 'word', 'words')} written with look-alike letters or hidden signs")
        if hidden:
            told.append(f"{_many(hidden, 'stretch', 'stretches')} of text hidden from readers")
        if told:
            said.append(((oneline(witness.doc, 60), True), (f" has {joined(told)}.", False)))
    return said


def unseen(finding: Finding, *sides: str) -> list[Change]:
    """Return the changes that tell of stretches which one of some sides hides from its readers."""
    disguised = (change for change in finding.changes if change.type == "disguised")
    return [change for change in disguised if any(is_hidden(change.says, side) for side in sides)]


def _many(number: int, one: str, more: str) -> str:
    return f"{number:,} {one if number == 1 else more}"


def disguised_pairs(count: int) -> str:
    """Say that so many pairs of a family differ in look-alike letters or hidden text."""
    return f"disguised: look-alike letters or hidden text in {counted(count, 'pair')}"


def sides(finding: Finding) -> Sentence:
    """Say which text is a and which is b, as reasons and changes speak of them where there is no source."""
    source, copy = oneline(finding.source.doc, 60), oneline(finding.copy.doc, 60)
    run = "; changes run from a to b" if finding.changes else ""
    return (
        ("By the order of their names a is ", False),
        (source, True),
        (", b is ", False),
        (copy, True),
        (f"{run}.", False),
    )


def needed(options: Mapping[str, Any]) -> str:
    """Say how sure a direction must be to be named, by the options of a run; nothing if they do not hold it."""
    limits = options.get("directions", {})
    if not {"decide", "decide_uncounted", "decide_rewritten"} <= set(limits):
        return ""
    usual, uncounted, rewritten = (percent(limits[f"decide{of}"]) for of in ("", "_uncounted", "_rewritten"))
    return (
        f"A direction needs at least {usual}, or {uncounted} where no word pairs of the language were counted; where "
        f"only the texts speak and words were not swapped one for one, at least {rewritten}. Length alone decides "
        "nothing."
    )


def reason(says: str) -> str:
    """Return a reason on one line, as a reader is told it."""
    return oneline(_PLAINLY.get(says, says.replace(_DENIED, "without your word ")))


def sureness(probability: float) -> str:
    """Return a probability in words and percent."""
    if probability >= 0.99:
        words = "practically certain"
    elif probability >= _SURE:
        words = "very likely"
    else:
        words = "likely" if probability >= _LIKELY else "uncertain"
    return f"{words}, {percent(probability)}"


def star(texts: int) -> str:
    """Say that no tree can be drawn of some texts."""
    return (
        f"A star: {counted(texts, 'text')} go back to one source, and none shows that it was made from another. "
        "Which of them is the source, or whether it is here at all, could not be told."
    )


def lost(via_lost: float | None) -> str:
    """Say that the source itself is probably not here; empty where that is less than likely, or not known."""
    return f"The source itself is probably not here ({percent(via_lost)})." if via_lost and via_lost >= LOST else ""


def percent(share: float) -> str:
    """Return a share in whole percent; 0 and 100 are kept for none and all."""
    if math.isnan(share):
        return "unknown"
    if 0 < share < 0.01:
        return "under 1%"
    return f"{min(round(100 * share), 100 if share >= 1 else 99)}%"


def shares(of: str, coverage: float, other: float) -> str:
    """Say of a document how much of a text it holds, and how much of it that text holds."""
    return f"It holds {percent(coverage)} of {oneline(of, 80)}, which holds {percent(other)} of it."


def points(value: float) -> str:
    """Return log-odds with their sign, to two decimals."""
    rounded = round(value, 2)
    return f"{rounded:+.2f}".replace("-", "−") if rounded else "0.00"


def severity(change: Change) -> str:
    """Return what people see of a severity: grave, notable or minor."""
    return next(name for name, least in SEVERITIES if change.severity >= least)


def counted(number: int, noun: str) -> str:
    """Return *1 passage*, *1,016 passages*, *2 copies*, *2 stretches*."""
    return f"{number:,} {noun if number == 1 else _plural(noun)}"


def _plural(noun: str) -> str:
    if noun.endswith(("ch", "sh", "s", "x")):
        return f"{noun}es"
    return f"{noun[:-1]}ies" if noun.endswith("y") and noun[-2] not in "aeiou" else f"{noun}s"


def joined(words: Iterable[str], by: str = "and") -> str:
    """Return *x*, *x and y*, or *x, y and z*."""
    *most, last = words
    return f"{', '.join(most)} {by} {last}" if most else last


def tally(changes: Iterable[Change]) -> list[tuple[str, int]]:
    """Return how many changes there are of each type, the commonest first."""
    counts = Counter(change.type for change in changes)
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def passages(finding: Finding) -> str:
    """Return how many passages count as reuse, of which kinds where there are several, and how many of them moved."""
    kinds = Counter(passage.kind for passage in finding.reused)
    said = counted(kinds.total(), "passage")
    if len(kinds) > 1:
        said += f": {', '.join(f'{number:,} {kind}' for kind, number in kinds.most_common())}"
    if moved := sum(passage.moved for passage in finding.reused):
        said += f"; {moved:,} moved: {MOVED if moved == 1 else MOVED.replace('stands', 'stand')}"
    return said + ("; those that are too short do not count" if "short" in finding.left_out else "")


def marks(passage: Passage) -> list[str]:
    """Return what a passage is called where it is not simply reused text in its place."""
    called = [] if passage.nature == "reuse" else [NATURES[passage.nature]]
    if passage.nature in NEVER_COUNTED:
        return called
    return called + ["template"] * (passage.kind == "template") + ["moved"] * passage.moved


def beside(finding: Finding) -> list[tuple[str, int]]:
    """Return how many passages have each nature that does not count: what both texts hold without copying."""
    uncounted = {*NEVER_COUNTED, *finding.left_out}
    counts = Counter(passage.nature for passage in finding.passages if passage.nature in uncounted)
    return sorted(counts.items())


def coverage(finding: Finding, witness: Witness) -> str:
    """Return *41%*, or *41% (47% with quotations)* where what was left out would make a difference."""
    counted = percent(witness.coverage)
    others = [_LEFT_OUT[role] for role in finding.left_out if role in _LEFT_OUT]
    with_others = percent(finding.shared(witness)) if others else counted
    return counted if with_others == counted else f"{counted} ({with_others} with {joined(others)})"


def day(date: datetime | None) -> str:
    """Return *5 Mar 2024*, in UTC; nothing where no date is known."""
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}" if date else ""


def clipped(name: str, limit: int) -> str:
    """Return a name on one line, cut in its middle where it is too long: both ends of a path tell something."""
    line = oneline(name)
    if len(line) <= limit:
        return line
    last = len(line) - line.rfind("/")  # from the last part of a path, if it leaves room for the first
    tail = line[-last:] if last <= 0.65 * limit else line[-(limit // 2) :]
    return f"{line[: limit - len(tail) - 1]}…{tail}"
