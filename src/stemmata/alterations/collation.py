"""A passage word against word: which words are partners, and the runs on either side that have none."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stemmata.alterations.marked import MarkedText
from stemmata.alterations.values import Value, compare_values

NEAR = 10  # words round an alteration in which values and cues are looked for
NONE = -1
STRETCH = 4  # words from which a run that moved is read like one that stands in its place
NOWHERE = (NONE, NONE)

Units = dict[tuple[int, int], Value | None]


class Run(NamedTuple):
    """Words [source_first, source_last) of the source where the copy has [copy_first, copy_last)."""

    source_first: int
    source_last: int
    copy_first: int
    copy_last: int


@dataclass(frozen=True)
class Collation:
    """A passage: words [first, last) of both texts, and who is whose partner.

    Parameters
    ----------
    source, copy : (int, int)
        The words of the two texts.
    to_copy, to_source : int64 arrays, by word of the passage
        The partner, as a word of the whole text; -1 for none.
    moved : list of Run
        Partners that stand in another place.
    replaced : list of Run
        Words without a partner that the aligner set against each other.
    """

    source: tuple[int, int]
    copy: tuple[int, int]
    to_copy: NDArray[np.int64]
    to_source: NDArray[np.int64]
    moved: list[Run]
    replaced: list[Run]

    @classmethod
    def of(
        cls, source: tuple[int, int], copy: tuple[int, int], kept: list[Run], moved: list[Run], replaced: list[Run]
    ) -> Collation:
        """Return a passage in which the words of ``kept`` and ``moved`` are partners, one by one."""
        to_copy = np.full(source[1] - source[0], NONE, np.int64)
        to_source = np.full(copy[1] - copy[0], NONE, np.int64)
        for run in (*kept, *moved):
            i, j = run.source_first - source[0], run.copy_first - copy[0]
            size = run.source_last - run.source_first
            to_copy[i : i + size] = np.arange(run.copy_first, run.copy_last)
            to_source[j : j + size] = np.arange(run.source_first, run.source_last)
        return cls(source, copy, to_copy, to_source, moved, replaced)

    @property
    def partners(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The words of the source that have a partner, and their partners."""
        held = np.flatnonzero(self.to_copy >= 0)
        return held + self.source[0], self.to_copy[held]

    def runs(self) -> list[Run]:
        """Return the runs without a partner, in the order of the source.

        A run of the source and one of the copy belong together where the aligner set words of theirs against
        each other, else where they have a neighbour in common.
        """
        copies = _free(self.to_source, self.copy, self.source)
        beginnings = [first for first, *_ in copies]
        by_left = {left: (first, last) for first, last, left, _ in copies}
        by_right = {right: (first, last) for first, last, _, right in copies}
        places = ((run.source_first, bisect_right(beginnings, run.copy_first) - 1) for run in self.replaced)
        against = {first: (copies[place][0], copies[place][1]) for first, place in places}
        found, taken = [], set()
        for first, last, left, _ in _free(self.to_copy, self.source, self.copy):
            near = [against[k] for k in range(first, last) if k in against]
            near += [by_left.get(first - 1, NOWHERE), by_right.get(last, NOWHERE)]
            partner = next((run for run in near if run not in taken and run != NOWHERE), (left + 1, left + 1))
            taken.add(partner)
            found.append(Run(first, last, *partner))
        found += [Run(left + 1, left + 1, *run) for *run, left, _ in copies if tuple(run) not in taken]
        return sorted(found)

    def near(
        self, found: list[Run], source: MarkedText, copy: MarkedText
    ) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Say which words of the two texts lie near the runs found; a changed currency or percent sign is one."""
        i, j = self.partners
        signed = source.signs[i] != copy.signs[j]
        runs = np.array(found, np.int64).reshape(-1, 4)
        return (
            _around(runs[:, 0], runs[:, 1], i[signed], len(source.words)),
            _around(runs[:, 2], runs[:, 3], j[signed], len(copy.words)),
        )

    def part(self, source: MarkedText, copy: MarkedText) -> bool:
        """Part the partners inside values and phrases that do not stand on the other side as they are here.

        Say whether there were any. The run that is left holds them whole: *Feb. 10* against *10 February*, not a
        lost *Feb.*
        """
        ours, theirs = _units(source, self.source), _units(copy, self.copy)
        to_copy, to_source = self.to_copy.tolist(), self.to_source.tolist()
        loose = {*_loose(ours, theirs, to_copy, self.source[0])}
        partners = (to_source[j - self.copy[0]] for j in _loose(theirs, ours, to_source, self.copy[0]))
        loose |= {i for i in partners if i != NONE}
        short = (run for run in self.moved if run.source_last - run.source_first < STRETCH)
        loose -= {word for run in short for word in range(run.source_first, run.source_last)}
        for i in loose:
            j = self.to_copy[i - self.source[0]]
            if j >= 0:
                self.to_copy[i - self.source[0]] = self.to_source[j - self.copy[0]] = NONE
        return bool(loose)


def _free(partner: NDArray[np.int64], own: tuple[int, int], other: tuple[int, int]) -> list[list[int]]:
    """Return the runs without a partner, and the partners of the words before and after; beyond the ends of all."""
    framed = np.concatenate([[other[0] - 1], partner, [other[1]]])
    free = framed == NONE
    free[[0, -1]] = False
    first, last = np.flatnonzero(free[1:] != free[:-1]).reshape(-1, 2).T
    runs: list[list[int]] = np.stack([own[0] + first, own[0] + last, framed[first], framed[last + 1]], axis=1).tolist()
    return runs


def _around(
    first: NDArray[np.int64], last: NDArray[np.int64], single: NDArray[np.int64], size: int
) -> NDArray[np.bool_]:
    edges = np.zeros(size + 1, np.int64)
    np.add.at(edges, np.maximum(np.concatenate([first, single]) - NEAR, 0), 1)
    np.add.at(edges, np.minimum(np.concatenate([last, single]) + NEAR, size), -1)
    return np.cumsum(edges)[:-1] > 0


def _units(text: MarkedText, words: tuple[int, int]) -> Units:
    """Return values, and phrases of more than one word, by the words that they cover."""
    phrases: Units = {(cue.first, cue.last): None for cue in text.cues if cue.last > cue.first + 1}
    phrases |= {(placed.first, placed.last): placed.value for placed in text.values}
    return {place: value for place, value in phrases.items() if words[0] <= place[0] and place[1] <= words[1]}


def _loose(ours: Units, theirs: Units, partners: list[int], low: int) -> Iterator[int]:
    for (first, last), value in ours.items():
        held = partners[first - low : last - low]
        place = (held[0], held[0] + last - first)
        if held[0] >= 0 and held == list(range(*place)):
            if last == first + 1 and place not in theirs:
                continue
            if place in theirs:
                other = theirs[place]
                if value is None or other is None or compare_values(value, other) is None:
                    continue
        yield from range(first, last)
