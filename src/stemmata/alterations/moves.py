"""Words that one place lost and another gained: a clause moved, and not left out here and put in there."""

from __future__ import annotations

import heapq
import math
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from math import ceil
from typing import NamedTuple

from stemmata.alterations.collation import Collation, Run
from stemmata.alterations.judgement import Piece
from stemmata.alterations.marked import MarkedText, triples

LONG, KNOWN = 6, 0.6  # words of a stretch, and share of its runs of three words, that stand in the other text too
FEW, NEARBY = 3, 40  # shorter runs must be equal, and stand within so many words of each other
UNEVEN = 3  # how many times longer a side is that counts as lost or gained

CANDIDATES = 24  # runs to either side that share a rare word and are held against one


class Moves(NamedTuple):
    """The pieces that remain, and what moved."""

    pieces: list[Piece]
    moved: list[Run]


def pair_moves(pieces: list[Piece], source: MarkedText, copy: MarkedText, share: float) -> Moves:
    """Find the pieces that the source lost and the copy gained elsewhere.

    Parameters
    ----------
    share : float
        Share of the longer run's words that must stand in the other, 0 to 1.

    Notes
    -----
    The best match first; words beside it that the other place lacks stay pieces of their own.
    """
    lost = {k: _words(source, *p.run[:2]) for k, p in enumerate(pieces) if _leaves(p.run, 0)}
    gained = {k: _words(copy, *p.run[2:]) for k, p in enumerate(pieces) if _leaves(p.run, 2)}
    places = [piece.run[0] for piece in pieces]
    pairs = list(_equal(lost, gained, places))
    taken = {k for pair in pairs for k in pair}
    for k, other in _like(
        {k: words for k, words in lost.items() if k not in taken and len(words) >= FEW},
        {k: words for k, words in gained.items() if k not in taken and len(words) >= FEW},
        places,
        share,
    ):
        if k not in taken and other not in taken:
            taken |= {k, other}
            pairs.append((k, other))
    moved: list[Run] = []
    left: list[Piece] = []
    for k, other in pairs:
        common = set(lost[k]) & set(gained[other])
        s0, s1 = _trim(lost[k], common, pieces[k].run[0])
        c0, c1 = _trim(gained[other], common, pieces[other].run[2])
        moved.append(Run(s0, s1, c0, c1))
        left += _rest(pieces[k].run, s0, s1, 0) + _rest(pieces[other].run, c0, c1, 2)
    return Moves([p for k, p in enumerate(pieces) if k not in taken] + left, moved)


def moved_passages(passages: list[Collation]) -> list[Run]:
    """Return the passages that stand in another order in the copy: all but the heaviest chain in one order.

    Parameters
    ----------
    passages : list of Collation
        In the order of the source.
    """
    weights: list[int] = []
    befores: list[int] = []
    for k, passage in enumerate(passages):
        best = max((j for j in range(k) if passages[j].copy < passage.copy), key=lambda j: weights[j], default=-1)
        befores.append(best)
        weights.append(passage.source[1] - passage.source[0] + (weights[best] if best >= 0 else 0))
    chain = set()
    k = max(range(len(weights)), key=lambda j: weights[j], default=-1)
    while k >= 0:
        chain.add(k)
        k = befores[k]
    return [Run(*p.source, *p.copy) for k, p in enumerate(passages) if k not in chain]


def stands_elsewhere(run: Run, source: MarkedText, copy: MarkedText) -> bool:
    """Say whether the words that one side alone has in a place stand in another place of the other text.

    So do sentences that moved into a longer new passage, where no piece is their like.
    """
    leaves = run[1] - run[0] > run[3] - run[2]
    text, other = (source, copy) if leaves else (copy, source)
    first, last = run[:2] if leaves else run[2:]
    if last - first < LONG:
        return False
    here = triples(text.words.word[first:last].tolist())
    return sum(triple in other.triples for triple in here) >= KNOWN * len(here)


def _equal(lost: dict[int, list[int]], gained: dict[int, list[int]], places: list[int]) -> Iterator[tuple[int, int]]:
    """Yield the runs with all words in common, the nearest first; short ones have them in one order, and near."""
    alike: dict[tuple[int, ...], list[tuple[int, int, bool]]] = defaultdict(list)
    for runs, leaves in ((lost, True), (gained, False)):
        for k, words in runs.items():
            alike[tuple(words if len(words) < FEW else sorted(words))].append((places[k], k, leaves))
    for equal, standing in alike.items():
        yield from _nearest(sorted(standing), NEARBY if len(equal) < FEW else math.inf)


def _nearest(standing: list[tuple[int, int, bool]], farthest: float) -> Iterator[tuple[int, int]]:
    """Yield a lost run with the gained one nearest to it, the nearest first: neighbours, or all between are taken."""
    after = [*range(1, len(standing)), -1]
    before = list(range(-1, len(standing) - 1))
    heap: list[tuple[int, int, int, int, int]] = []

    def meet(i: int, j: int) -> None:
        if i < 0 or j < 0 or standing[i][2] == standing[j][2]:
            return
        (left, k, leaves), (right, other, _) = standing[i], standing[j]
        if right - left <= farthest:
            heapq.heappush(heap, (right - left, *((k, other) if leaves else (other, k)), i, j))

    for i, j in enumerate(after):
        meet(i, j)
    taken: set[int] = set()
    while heap:
        _, k, other, i, j = heapq.heappop(heap)
        if i in taken or j in taken:
            continue
        taken |= {i, j}
        yield k, other
        low, high = before[i], after[j]
        if low >= 0:
            after[low] = high
        if high >= 0:
            before[high] = low
        meet(low, high)


def _like(
    lost: dict[int, list[int]], gained: dict[int, list[int]], places: list[int], share: float
) -> Iterator[tuple[int, int]]:
    """Yield the runs with so many words in common, the most first, then the nearest; a run may come several times.

    Of many runs that share a rare word the nearest are looked at.
    """
    counts = Counter(word for words in (*lost.values(), *gained.values()) for word in set(words))
    by_word: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for k, words in gained.items():
        for word in _rarest(words, counts, share):
            by_word[word].append((places[k], k))
    for standing in by_word.values():
        standing.sort()
    matches = set()
    for k, words in lost.items():
        for other in {other for word in _rarest(words, counts, share) for other in _near(by_word, word, places[k])}:
            alike = _alike(words, gained[other], share)
            if alike:
                matches.add((-alike, abs(places[k] - places[other]), k, other))
    yield from (match[2:] for match in sorted(matches))


def _near(by_word: dict[int, list[tuple[int, int]]], word: int, place: int) -> list[int]:
    standing = by_word.get(word, [])
    at = bisect_left(standing, (place, 0))
    return [k for _, k in standing[max(0, at - CANDIDATES) : at + CANDIDATES]]


def _leaves(run: Run, side: int) -> bool:
    """Say whether this side has words that the other lacks."""
    here, there = run[side + 1] - run[side], run[3 - side] - run[2 - side]
    return here > UNEVEN * there


def _words(text: MarkedText, first: int, last: int) -> list[int]:
    words: list[int] = text.words.word[first:last].tolist()
    return words


def _rarest(words: list[int], counts: Counter[int], share: float) -> list[int]:
    """Return words of which two runs have one in common, if they have this share of their words in common."""
    rarest = sorted(set(words), key=lambda word: (counts[word], word))
    return rarest[: len(rarest) - ceil(share * len(rarest)) + 1]


def _alike(a: list[int], b: list[int], share: float) -> float:
    """Return the share of the longer run that both have; 0 where that is too little."""
    both = (Counter(a) & Counter(b)).total() / max(len(a), len(b))
    return both if both >= share else 0.0


def _trim(words: list[int], common: Iterable[int], first: int) -> tuple[int, int]:
    held = [k for k, word in enumerate(words) if word in common]
    return first + held[0], first + held[-1] + 1


def _rest(run: Run, first: int, last: int, side: int) -> list[Piece]:
    """Return what is left of a piece when words [first, last) of one side have gone: before them, and after."""
    low, high = run[side], run[side + 1]
    other = (run[2 - side], run[3 - side])
    parts = []
    if first > low or other[1] > other[0]:
        parts.append((low, first, *other))
    if high > last:
        parts.append((last, high, other[1], other[1]))
    return [Piece(Run(*part) if side == 0 else Run(*part[2:], *part[:2])) for part in parts]
