"""Which part of a text comes from which other, and how many others hold each part; each word counts once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from stemmata import schemas
from stemmata.exclusions import SHORT, count_as
from stemmata.report.finding import Row, Span
from stemmata.report.room import Room
from stemmata.tokens import Words, read_words

_COLUMNS = ("a", "b", "rank", "a_start", "a_end", "b_start", "b_end", "identity", "kind", "role")
_MOST = 300  # stretches that are told apart where others hold a text; what lies closer is one


@dataclass(frozen=True, kw_only=True)
class Shared:
    """A passage that a text shares with another.

    Parameters
    ----------
    other : str
        The other text.
    rank, kind, role, identity
        As the table of alignments has them.
    span : tuple of int
        Where it stands in the text.
    words : slice
        Which words these are.
    counts : bool
        Whether it counts as reuse, as the relation of the two counts.
    """

    other: str
    rank: int
    kind: str
    role: str
    identity: float
    span: Span
    words: slice
    counts: bool


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """Words in a row that stand in one passage.

    Parameters
    ----------
    start, end : int
        Code points into the text.
    words : int
        How many there are.
    shared : Shared
        The passage.
    source : int
        The number of the source, from 0.
    """

    start: int
    end: int
    words: int
    shared: Shared
    source: int


@dataclass(frozen=True, kw_only=True)
class Held:
    """Words in a row that equally many other texts hold.

    Parameters
    ----------
    start, end : int
        Code points into the text.
    words, others : int
        How many words there are, and how many other texts hold them; of words in many stretches the most.
    longest : Shared, optional
        The longest passage over its first word; none where no other text holds it.
    """

    start: int
    end: int
    words: int
    others: int
    longest: Shared | None


def passages_of(room: Room, doc: str, words: Words) -> list[Shared]:
    """Return the passages that a text shares with all others, but for mere wording, in no order."""
    table = room.trace.alignments.select(_COLUMNS)
    found = table.filter(pc.or_(pc.equal(table["a"], doc), pc.equal(table["b"], doc)))
    rows = found.filter(pc.not_equal(found["kind"], "none")).to_pylist()
    exclude = room.about["options"].get("relations", {}).get("exclude", ())
    short = any(map(SHORT.fullmatch, exclude))
    others = _words(room, {row["b"] if row["a"] == doc else row["a"] for row in rows}) if short else {}
    return [_shared(row, doc, words, others, exclude) for row in rows]


def _words(room: Room, docs: Collection[str]) -> Mapping[str, Words]:
    """Return the words of several documents."""
    documents = room.trace.documents.select(["doc", "text"])
    held = documents.filter(pc.is_in(documents["doc"], pa.array(docs, pa.string())))
    tokens = read_words(held["text"])
    return {doc: tokens[at] for at, doc in enumerate(held["doc"].to_pylist())}


def _shared(row: Row, doc: str, words: Words, others: Mapping[str, Words], exclude: Collection[str]) -> Shared:
    side, other = ("a", "b") if row["a"] == doc else ("b", "a")
    span = row[f"{side}_start"], row[f"{side}_end"]
    inside = words.within(*span)
    size = inside.stop - inside.start
    if row[other] in others:
        theirs = others[row[other]].within(row[f"{other}_start"], row[f"{other}_end"])
        size = min(size, theirs.stop - theirs.start)
    return Shared(
        other=row[other],
        **{name: row[name] for name in ("rank", "kind", "role", "identity")},
        span=span,
        words=inside,
        counts=count_as(row["role"], size, exclude) == "reuse",
    )


def from_sources(passages: Sequence[Shared], sources: Sequence[str], words: Words) -> list[Stretch]:
    """Return which words stand in passages with the sources, in the order of the text.

    A word that stands in several passages is told of one: of those that count before those that do not, then of the
    first source, the first role and the closest kind.
    """
    number = {doc: at for at, doc in enumerate(sources)}
    known = [one for one in passages if one.other in number]
    known.sort(key=lambda one: (not one.counts, number[one.other], _role(one.role), _kind(one.kind), one.rank))
    owner = np.full(len(words), -1, np.int64)
    for at, one in reversed(list(enumerate(known))):
        owner[one.words] = at
    return [
        Stretch(
            start=int(words.start[low]),
            end=int(words.end[high - 1]),
            words=high - low,
            shared=known[owner[low]],
            source=number[known[owner[low]].other],
        )
        for low, high in _runs(owner)
        if owner[low] >= 0
    ]


def coverage(stretches: Sequence[Stretch], size: int) -> list[dict[str, Any]]:
    """Return how many words come from each source, by role and kind, and their share of all: what counts first."""
    counts: Counter[tuple[int, str, str, str, bool]] = Counter()
    for one in stretches:
        shared = one.shared
        counts[one.source, shared.other, shared.role, shared.kind, shared.counts] += one.words
    ordered = sorted(
        counts.items(), key=lambda item: (not item[0][4], item[0][0], _role(item[0][2]), _kind(item[0][3]))
    )
    return [
        {"source": doc, "role": role, "kind": kind, "counts": counted, "words": number, "share": number / max(1, size)}
        for (_, doc, role, kind, counted), number in ordered
    ]


def held_by_others(passages: Sequence[Shared], words: Words) -> list[Held]:
    """Return how many other texts hold each word in passages that count, as stretches in the order of the text."""
    counted = [one for one in passages if one.counts and one.words.start < one.words.stop]
    number = {doc: at for at, doc in enumerate({one.other: None for one in counted})}
    line = len(words) + 1  # a line of words for each other text, end to end
    first = np.array([one.words.start + line * number[one.other] for one in counted], np.int64)
    last = np.array([one.words.stop + line * number[one.other] for one in counted], np.int64)
    order = np.argsort(first, kind="stable")
    first, last = first[order], np.maximum.accumulate(last[order])
    begins = np.ones(len(first), bool)
    begins[1:] = first[1:] > last[:-1]
    ends = np.append(begins[1:], True)[: len(first)]
    steps = np.zeros(line, np.int64)
    np.add.at(steps, first[begins] % line, 1)
    np.add.at(steps, last[ends] % line, -1)
    others = np.cumsum(steps)[: len(words)]
    starts, stops = (np.array([getattr(one.words, end) for one in counted], np.int64) for end in ("start", "stop"))
    found = []
    for low, high in _fewer(list(_runs(others)), len(words)):
        over = np.flatnonzero((starts < high) & (stops > low))
        longest = counted[over[np.argmax((stops - starts)[over])]] if len(over) else None
        most = int(others[low:high].max())
        start, end = int(words.start[low]), int(words.end[high - 1])
        found.append(Held(start=start, end=end, words=high - low, others=most, longest=longest))
    return found


def _runs(values: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Yield where equal values in a row begin and end."""
    edges = [0, *(np.flatnonzero(np.diff(values)) + 1).tolist(), len(values)]
    return ((low, high) for low, high in pairwise(edges) if low < high)


def _fewer(runs: list[tuple[int, int]], size: int) -> list[tuple[int, int]]:
    """Return runs; where there are too many to be seen, even parts in their stead."""
    if len(runs) <= _MOST:
        return runs
    edges = np.linspace(0, size, _MOST + 1).astype(int).tolist()
    return [(low, high) for low, high in pairwise(edges) if low < high]


def _role(role: str) -> int:
    return schemas.ROLES.index(role)


def _kind(kind: str) -> int:
    return schemas.KINDS.index(kind)
