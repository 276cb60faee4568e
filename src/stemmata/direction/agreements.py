"""What two of three texts share against the third: how textual critics tell copies of one text from a line of copies.

Of a text that two others derive from, each of them has lost words that the other still holds. If one of the two were
made from the other, it could hold such words by accident alone: a synonym that hits upon the word that stood there.
Runs of words are counted, for a phrase that comes back is one accident. Only what stands inside passages of all three
counts, so that headlines, and what lies beyond an excerpt, say nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stemmata.aligned import Passages
from stemmata.direction.comparison import spread
from stemmata.kernels.edits import SAME
from stemmata.tokens import Words

OUTSIDE, OTHERWISE = -2, -1
"""In place of a partner: the word lies outside the passages, or the other text reads otherwise there or lacks it."""
REUSED = ("reuse", "quoted", "reference")
LEAST = 6  # runs by which the words kept must exceed what accidents would bring back
TIMES = 2  # times as many accidents as there would be if every change of an altered word brought the old one back
AGREEING = (4, 5)  # of the words that two texts gave up, the share in whose place they agree: two rewordings agree less

Places = NDArray[np.int64]
Partners = Callable[[str, str], Places]
"""Of two documents, the place in the second of each word of the first, or OTHERWISE, or OUTSIDE."""


class Agreements(NamedTuple):
    """The words of a source and of two texts x and y that two of them share against the third.

    Parameters
    ----------
    with_x : int64 array
        Places in x of the words that the source holds and y does not.
    with_y : int64 array
        Places in y of those that the source holds and x does not.
    shared : int64 array
        Places in x of the words that y holds and the source does not.
    mirrored : int64 array
        Places in y of the same words.
    given_up : int64 array
        Places in the source of the words that neither holds.
    common : int
        How many words all three hold.
    """

    with_x: Places
    with_y: Places
    shared: Places
    mirrored: Places
    given_up: Places
    common: int


class PartnersOf:
    """Partners of words, found once for each two documents."""

    def __init__(self, words: Mapping[str, Words], pairs: Mapping[tuple[str, str], Passages]) -> None:
        self._words, self._pairs = words, pairs
        self._found: dict[tuple[str, str], Places] = {}

    def __call__(self, doc: str, other: str) -> Places:
        """Return the partners of a document's words in another, with which it has passages in common."""
        if (doc, other) not in self._found:
            passages = self._pairs[min(doc, other), max(doc, other)]
            passages = passages.mirrored() if doc > other else passages
            self._found[doc, other] = find_partners(self._words[doc], self._words[other], passages)
        return self._found[doc, other]


def find_partners(x: Words, y: Words, passages: Passages) -> Places:
    """Return for each word of x its place in y, or OTHERWISE, or OUTSIDE."""
    reused = np.array([role in REUSED for role in passages.roles], bool)
    partners = np.full(len(x), OUTSIDE, np.int64)
    partners[x.inside(passages.spans[reused, :2].tolist())] = OTHERWISE
    same = passages.edits[reused[passages.passage] & np.isin(passages.ops, SAME)]
    first, last = np.searchsorted(x.start, same[:, 0]), np.searchsorted(x.start, same[:, 1])
    y_first, y_last = np.searchsorted(y.start, same[:, 2]), np.searchsorted(y.start, same[:, 3])
    size = np.minimum(last - first, y_last - y_first)
    # passages may overlap: of several partners the last one in y, in whatever order the passages stand
    np.maximum.at(partners, spread(first, first + size), spread(y_first, y_first + size))
    return partners


def agree(source: str, x: str, y: str, partners: Partners) -> Agreements:
    """Return what two of three documents share against the third."""
    shared = _against(x, y, source, partners)
    in_x, in_y = partners(source, x), partners(source, y)
    return Agreements(
        with_x=_against(x, source, y, partners),
        with_y=_against(y, source, x, partners),
        shared=shared,
        mirrored=np.sort(partners(x, y)[shared]),
        given_up=np.flatnonzero((in_x == OTHERWISE) & (in_y == OTHERWISE)),
        common=int(np.count_nonzero((in_x >= 0) & (in_y >= 0))),
    )


def _against(one: str, other: str, third: str, partners: Partners) -> Places:
    """Return the places in one text of words that another holds, and a third, whose passages reach there, does not."""
    places = np.flatnonzero((partners(one, other) >= 0) & (partners(one, third) == OTHERWISE))
    over = partners(one, other)[places]
    kept: Places = places[(partners(other, one)[over] == places) & (partners(other, third)[over] == OTHERWISE)]
    return kept


def is_apart(g: Agreements) -> bool:
    """Say whether neither of x and y was made from the other."""
    return not may_derive_y(g) and not may_derive_x(g)


def may_derive_y(g: Agreements) -> bool:
    """Say whether y may have been made from x: what it has of the source beyond x may be accidents."""
    return not _exceeds(g.with_y, g, len(g.with_x))


def may_derive_x(g: Agreements) -> bool:
    """Say whether x may have been made from y."""
    return not _exceeds(g.with_x, g, len(g.with_y))


def _exceeds(kept: Places, g: Agreements, changed: int) -> bool:
    """Say whether more words of the source were kept than a copy of the other text would hold by accident.

    Such a copy has ``changed`` of the words that the other has from the source, and left the ``common`` ones. It
    would have changed altered words at the same rate, and hit upon the source's word with no more of them than all.
    """
    return (count_runs(kept) - LEAST) * g.common >= TIMES * _runs_shared(g) * changed and g.common > 0


def agree_beyond_chance(g: Agreements) -> bool:
    """Say whether x and y left the source together more often than two that reword it each for itself."""
    part, whole = AGREEING
    runs = _runs_shared(g)
    return (
        runs >= LEAST
        and whole * runs >= part * count_runs(g.given_up)
        and whole * len(g.shared) >= part * len(g.given_up)
    )


def count_runs(places: Places) -> int:
    """Return how many runs ascending places make."""
    return int(np.count_nonzero(np.diff(places) > 1)) + 1 if len(places) else 0


def list_runs(places: Places) -> list[tuple[int, int]]:
    """Return the runs that ascending places make, each as [first, last)."""
    runs = np.split(places, np.flatnonzero(np.diff(places) > 1) + 1)
    return [(int(run[0]), int(run[-1]) + 1) for run in runs if len(run)]


def _runs_shared(g: Agreements) -> int:
    """Return how many runs the words make that x and y share: in the text in which they are fewer."""
    return min(count_runs(g.shared), count_runs(g.mirrored))
