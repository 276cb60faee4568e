"""Words that one place lost and another gained: a clause moved, and not left out here and put in there."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from math import ceil
from typing import NamedTuple

from stemmata.alterations.collation import Collation, Run
from stemmata.alterations.judgement import Piece
from stemmata.alterations.marked import MarkedText, triples

LONG, KNOWN = 6, 0.6  # words of a stretch, and share of its runs of three words, that stand in the other text too
FEW, NEARBY = 3, 40  # shorter runs must be equal, and stand within so many words of each other
UNEVEN = 3  # how many times longer a side is that counts as lost or gained

Key = int | tuple[int, ...]


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
    counts = Counter(word for words in (*lost.values(), *gained.values()) for word in set(words))
    by_key: dict[Key, list[int]] = defaultdict(list)
    for k, words in gained.items():
        for key in _keys(words, pieces[k].run[0], counts, share):
            by_key[key].append(k)
    matches = set()
    for k, words in lost.items():
        near = (-NEARBY, 0, NEARBY) if len(words) < FEW else (0,)
        keys = {key for step in near for key in _keys(words, pieces[k].run[0] + step, counts, share)}
        for other in {o for key in keys for o in by_key.get(key, ())} - {k}:
            distance = abs(pieces[k].run[0] - pieces[other].run[0])
            alike = _alike(words, gained[other], distance, share)
            if alike:
                matches.add((-alike, distance, k, other))
    taken: set[int] = set()
    moved: list[Run] = []
    left: list[Piece] = []
    for _, _, k, other in sorted(matches):
        if k in taken or other in taken:
            continue
        taken |= {k, other}
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


def _leaves(run: Run, side: int) -> bool:
    """Say whether this side has words that the other lacks."""
    here, there = run[side + 1] - run[side], run[3 - side] - run[2 - side]
    return here > UNEVEN * there


def _words(text: MarkedText, first: int, last: int) -> list[int]:
    words: list[int] = text.words.word[first:last].tolist()
    return words


def _keys(words: list[int], place: int, counts: Counter[int], share: float) -> Sequence[Key]:
    """Return what two runs must have one of in common to be alike: short ones all words, others a rare one.

    Short ones also stand in one stretch of ``NEARBY`` words or in neighbouring ones, else every *that* of a long text
    would be held against every other. Runs with a share of their words in common share one of their rarest, whatever
    share the others are.
    """
    if len(words) < FEW:
        return [(place // NEARBY, *words)]
    rarest = sorted(set(words), key=lambda word: (counts[word], word))
    return rarest[: len(rarest) - ceil(share * len(rarest)) + 1]


def _alike(a: list[int], b: list[int], distance: int, share: float) -> float:
    """Return the share of the longer run that both have; 0 where that is too little."""
    if min(len(a), len(b)) < FEW:
        return float(a == b and distance <= NEARBY)
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
