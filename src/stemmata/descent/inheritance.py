"""Where an alteration entered: a reading is followed up the tree as long as the parent holds it too."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from stemmata.aligned import Passages
from stemmata.kernels.edits import MOVE, SAME

Row = Mapping[str, Any]
Span = tuple[int, int]


class Entry(NamedTuple):
    """Where an alteration entered, and how many documents carry it."""

    introduced_by: str
    carried_by: int


def find_entries(
    changes: Sequence[Row], parents: Mapping[str, str], pairs: Mapping[tuple[str, str], Passages]
) -> list[Entry]:
    """Return for each change where it entered, and how many documents carry it.

    Parameters
    ----------
    changes : sequence of mappings
        Rows of ``schemas.CHANGES`` whose copy derives from their source, straight or through others.
    parents : mapping of str to str
        The tree.
    pairs : mapping
        Passages of each pair of parent and copy.
    """

    @cache
    def edge(copy: str) -> Edge:
        return Edge.of(pairs, copy, parents[copy])

    straight: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    disguised = set()  # where a parent has the same words, and does not disguise them
    for row in changes:
        if parents.get(row["copy"]) == row["source"]:
            straight[row["copy"]].append((row["copy_start"], row["copy_end"], row["n"]))
            if row["type"] == "disguised":
                disguised.add((row["copy"], row["copy_start"], row["copy_end"]))
    for spans in straight.values():
        spans.sort()
    keys: list[tuple[str, Hashable]] = []
    carriers: dict[tuple[str, Hashable], set[str]] = defaultdict(set)
    for row in changes:
        room = len(row["before"]) // 2
        doc, span = row["copy"], (row["copy_start"], row["copy_end"])
        while parents[doc] != row["source"] and (above := edge(doc).follow(span, room)):
            if row["type"] == "disguised" and (doc, *span) in disguised:
                break
            doc, span = parents[doc], above
        own = parents[row["copy"]] == row["source"]
        keys.append((doc, row["n"] if own else _meeting(straight[doc], span)))
        carriers[keys[-1]].add(row["copy"])
    return [Entry(key[0], len(carriers[key] | {key[0]})) for key in keys]


def _meeting(spans: Sequence[tuple[int, int, int]], span: Span) -> Hashable:
    """Return the number of the change whose place meets a span, of several the first; the span itself if none does."""
    start, end = span
    at = bisect_left(spans, (start, end, 0))
    for first, last, n in spans[max(0, at - 1) : at + 2]:
        if (first, last) == span or (first < end and start < last):
            return n
    return span


class Edge(NamedTuple):
    """What a copy has from its parent: runs of characters that stand in both, in the order of the copy.

    Parameters
    ----------
    copy, parent : int64 arrays of shape (n, 2)
        From and to, of each run.
    """

    copy: NDArray[np.int64]
    parent: NDArray[np.int64]

    @classmethod
    def of(cls, pairs: Mapping[tuple[str, str], Passages], copy: str, parent: str) -> Edge:
        """Read an edge from the passages of its pair."""
        none = np.zeros((0, 2), np.int64)
        passages = pairs.get((min(copy, parent), max(copy, parent)))
        if passages is None:
            return cls(none, none)
        if copy > parent:
            passages = passages.mirrored()
        rows = passages.edits[np.isin(passages.ops, [op for op in SAME if op != MOVE])]
        rows = rows[np.argsort(rows[:, 0], kind="stable")]
        return cls(rows[:, :2], rows[:, 2:])

    def follow(self, span: Span, room: int) -> Span | None:
        """Return where a reading of the copy stands in the parent, or None where the parent reads otherwise.

        An empty span is a place where something is missing: the parent must have less than ``room`` characters there.
        """
        start, end = span
        if start == end:
            return self._gap(start, room)
        row = int(np.searchsorted(self.copy[:, 0], start, side="right")) - 1
        if row < 0:
            return None
        first = self._place(row, start)
        while row + 1 < len(self.copy) and self.copy[row, 1] < end and self._follows(row):
            row += 1
        return (first, self._place(row, end)) if self.copy[row, 0] <= end <= self.copy[row, 1] else None

    def _gap(self, at: int, room: int) -> Span | None:
        after = int(np.searchsorted(self.copy[:, 1], at, side="left"))
        before = int(np.searchsorted(self.copy[:, 0], at, side="right")) - 1
        if before < 0 and after >= len(self.copy):
            return None
        left = self._place(before, min(at, int(self.copy[before, 1]))) if before >= 0 else 0
        right = self._place(after, max(at, int(self.copy[after, 0]))) if after < len(self.copy) else left
        return None if abs(right - left) >= max(room, 1) else (left, left)

    def _place(self, row: int, at: int) -> int:
        """Return the parent's place over against a place in a run of the copy."""
        return int(min(self.parent[row, 0] + at - self.copy[row, 0], self.parent[row, 1]))

    def _follows(self, row: int) -> bool:
        """Say whether a run and the next are parted by white space alone, in both texts."""
        return bool(
            self.copy[row + 1, 0] - self.copy[row, 1] <= 2 and 0 <= self.parent[row + 1, 0] - self.parent[row, 1] <= 2
        )
