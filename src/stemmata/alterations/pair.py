"""All alterations of one pair: its passages laid word against word, examined, and what pages hide."""

from __future__ import annotations

from bisect import insort
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from stemmata.aligned import Passages
from stemmata.alterations.alteration import Alteration, list_alterations
from stemmata.alterations.collation import Collation, Run
from stemmata.alterations.cues import lexicon
from stemmata.alterations.edges import bounds, widen
from stemmata.alterations.loose import judge_loosely
from stemmata.alterations.marked import MarkedText
from stemmata.alterations.misread import perhaps_misread
from stemmata.alterations.names import find_names
from stemmata.alterations.recognised import Marks
from stemmata.alterations.severity import HIDDEN
from stemmata.alterations.tortured import Background, judge_senses
from stemmata.alterations.unseen import list_unseen
from stemmata.facts import Facts
from stemmata.kernels.edits import MATCH, MOVE, RESTYLE, SUBSTITUTE
from stemmata.languages import function_words
from stemmata.sides import Sides
from stemmata.tokens import among
from stemmata.wordvectors import word_vectors

COMMON = 150  # words of a language that carry no content by themselves
BY_OP = ((MATCH, RESTYLE), (MOVE,), (SUBSTITUTE,))  # words that stand in both, that moved, and that were exchanged
UNEXAMINED = ("base", "furniture")  # roles of passages in which nobody altered anything
SPUN = "spun"  # kind of passages in which words were exchanged one for one
RETOLD = ("paraphrased", "summarised", "translated")  # kinds of passages in which words meet by accident


class Listed(NamedTuple):
    """The alterations of a pair in the order of the source, and the two texts."""

    source: MarkedText
    copy: MarkedText
    found: list[Alteration]


class _Laid(NamedTuple):
    """Passages word against word in the order of the source; and, in words, those of some roles and kinds."""

    passages: list[Collation]
    furniture: list[Run]
    retold: list[Run]
    spun: list[Run]


def list_pair(
    sides: Sides,
    passages: Passages,
    facts: Facts,
    *,
    forward: bool,
    recognised: Marks,
    hidden: tuple[list[dict[str, Any]], list[dict[str, Any]]],
    omission: int,
    moved: float,
) -> Listed:
    """Return what the copy altered.

    Parameters
    ----------
    sides, passages
        The pair.
    facts : Facts
    forward : bool
        Whether a is the source.
    recognised : Marks
        Words that a pipeline took for names.
    hidden : two lists of mappings
        What source and copy hide from their readers, as in the column of ``documents``.
    omission, moved
        As in ``ChangeOptions``.
    """
    source, copy = _mark(sides, recognised, forward, named=facts.names(sides.language))
    laid = _lay(source, copy, passages, forward)
    found = list_alterations(source, copy, laid.passages, laid.furniture, omission=omission, moved=moved)
    if laid.spun and not sides.misread and (background := _background(sides, facts)):
        found = judge_senses(found, source, copy, laid.spun, background)
    for unseen in list_unseen(source, copy, hidden, laid.passages):
        insort(found, Alteration(*unseen.source, *unseen.copy, "disguised", unseen.says, HIDDEN))
    if laid.retold:
        found = [judge_loosely(one, source, copy) if _inside(one, laid.retold, source, copy) else one for one in found]
    if sides.misread:
        found = [perhaps_misread(one) for one in found]
    return Listed(source, copy, found)


def _lay(source: MarkedText, copy: MarkedText, passages: Passages, forward: bool) -> _Laid:
    """Lay the passages word against word, as far as their sentences go."""
    by_op = [
        [_in_words(source, copy, passages.inside(row, *ops), forward) for ops in BY_OP]
        for row in range(len(passages.kinds))
    ]
    wholes = _in_words(source, copy, passages.spans, forward)
    matched = [bounds(kept + moved, whole) for (kept, moved, _), whole in zip(by_op, wholes, strict=True)]
    laid = _Laid([], [], [], [])
    for row, whole in enumerate(widen(wholes, matched, source, copy)):
        if passages.roles[row] in UNEXAMINED:
            laid.furniture.append(whole)
            continue
        laid.passages.append(Collation.of(whole[:2], whole[2:], *by_op[row]))
        if passages.kinds[row] in RETOLD:
            laid.retold.append(whole)
        elif passages.kinds[row] == SPUN:
            laid.spun.append(whole)
    laid.passages.sort(key=lambda collation: (collation.source, collation.copy))
    return laid


def _inside(one: Alteration, passages: list[Run], source: MarkedText, copy: MarkedText) -> bool:
    """Say whether an alteration lies in one of some passages, of words."""
    here = source.words.within(one.source_start, one.source_end), copy.words.within(one.copy_start, one.copy_end)
    return any(
        run.source_first <= here[0].start and here[0].stop <= run.source_last
        if one.source_end > one.source_start
        else run.copy_first <= here[1].start and here[1].stop <= run.copy_last
        for run in passages
    )


def _background(sides: Sides, facts: Facts) -> Background | None:
    """Return what is known of the words of a pair's language; None where that is too little."""
    vectors = word_vectors(sides.language)
    if not vectors:
        return None
    return Background(
        facts.word_pairs(sides.language, sides.texts),
        vectors,
        facts.frequencies(sides.language),
        facts.function_words(sides.language),
    )


@cache
def _common(language: str | None) -> NDArray[np.uint64]:
    return function_words(language, COMMON)


def _mark(sides: Sides, recognised: Marks, forward: bool, *, named: bool) -> tuple[MarkedText, MarkedText]:
    """Return source and copy with their names and commonest words marked."""
    common = _common(sides.language)
    abbreviated = lexicon(sides.language).abbreviated
    names = find_names((sides.a, sides.b), common, abbreviated, recognised, names=named)
    a, b = (
        MarkedText(text, words, sides.language, *marks, among(words.word, common))
        for text, words, marks in zip((sides.a_text, sides.b_text), (sides.a, sides.b), names, strict=True)
    )
    return (a, b) if forward else (b, a)


def _in_words(source: MarkedText, copy: MarkedText, spans: NDArray[np.int64], forward: bool) -> list[Run]:
    """Return spans of a and b as words of source and copy."""
    ours, theirs = (spans[:, :2], spans[:, 2:]) if forward else (spans[:, 2:], spans[:, :2])
    edges = np.searchsorted(source.words.start, ours), np.searchsorted(copy.words.start, theirs)
    return [Run(*row) for row in np.concatenate(edges, axis=1).tolist()]
