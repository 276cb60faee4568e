"""What people correct in a collation: which words stand beside each other. A file that survives every run.

::

    witness,words,beside,its_words,note
    C,cano *Troie* qui,A,cano *Troiae* qui,
    B,*atque* litora,,,a gloss

In C, *Troie* stands at the place of A's *Troiae*; in B, *atque* stands at a place of its own. Asterisks mark the
words that are meant, of a stretch that stands once in the witness; without them all its words are. Places have no
say, for they change with every witness: a stretch that is not found tells that the text has changed.
"""

from __future__ import annotations

import heapq
import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stemmata.collating.sheets import Row, read_sheet
from stemmata.errors import SchemaError, SourceError
from stemmata.tokens import hash_words, words_of

MARK = "*"
PASSED_OVER = "mend the row by what the witness reads now, or take it out."  # what to do about a correction
Places = NDArray[np.int32]


@dataclass(frozen=True)
class Correction:
    """One correction.

    Parameters
    ----------
    witness : str
        Whose words stand elsewhere than they were set.
    words : str
        These words, as they are read there; where others are needed to find them, between asterisks.
    beside : str
        The witness whose words they stand beside; empty: each has a place of its own.
    its_words : str
        Its words, as many, and marked alike.
    note : str
        Whatever the scholar notes.
    where : str
        The file and the line.
    """

    witness: str
    words: str
    beside: str = ""
    its_words: str = ""
    note: str = ""
    where: str = ""

    def __post_init__(self) -> None:
        if bool(self.beside) != bool(self.its_words):
            lacking = "its_words" if self.beside else "beside"
            raise self._refused(f"it has nothing in {lacking!r}", "fill both 'beside' and 'its_words', or none.")
        if self.beside == self.witness:
            raise self._refused("it sets a witness beside itself", "name two witnesses.")
        own = _Stretch.of(self.words)
        its = _Stretch.of(self.its_words) if self.beside else own
        if own is None or its is None:
            marks = f"write some words, and {MARK} before and after those that are meant."
            raise self._refused("no words are marked in it, or a mark is alone", marks)
        if own.size != its.size:
            mend = "mark as many on both sides; of words that stand beside nothing, say so in a row of their own."
            raise self._refused(f"it sets {own.size} words beside {its.size}", mend)

    def _refused(self, what: str, mend: str) -> SourceError:
        return SourceError(f"the correction of {self.witness!r} cannot be used: {what}.", where=self.where, mend=mend)


class Corrected(NamedTuple):
    """Where the words of each witness stand, and which of them a correction names.

    Corrections that were passed over are rows of ``schemas.SKIPPED``.
    """

    place: list[Places]
    skipped: list[dict[str, str]]
    named: list[NDArray[np.bool_]]


class _Stretch(NamedTuple):
    """Some words in a row, by their hashes, and which of them are meant."""

    hashes: NDArray[np.uint64]
    first: int
    size: int

    @classmethod
    def of(cls, text: str) -> _Stretch | None:
        parts = text.split(MARK)
        if len(parts) not in (1, 3):
            return None
        before, meant, after = parts if len(parts) == 3 else ["", text, ""]
        hashes = [words_of(part).word for part in (before, meant, after)]
        if not len(hashes[1]):
            return None
        return cls(np.concatenate(hashes), len(hashes[0]), len(hashes[1]))

    def find(self, words: NDArray[np.uint64]) -> list[int]:
        """Return where the words that are meant begin, wherever the stretch stands."""
        begins = np.arange(max(len(words) - len(self.hashes) + 1, 0))
        for offset, hashed in enumerate(self.hashes):
            begins = begins[words[begins + offset] == hashed]
        return [int(begin) + self.first for begin in begins]


def read_corrections(path: str | os.PathLike[str]) -> tuple[Correction, ...]:
    """Read corrections: columns ``witness``, ``words``, ``beside`` and ``its_words``, and if need be ``note``.

    Raises
    ------
    MissingSource
        There is no such file.
    SourceError
        It is no such table, or a row is no correction; file and line are named.
    """
    return tuple(map(_correction, read_sheet(path, ("witness", "words", "beside", "its_words"), ("note",))))


def correct_places(
    place: Sequence[Places], words: Sequence[Sequence[str]], names: Sequence[str], corrections: Sequence[Correction]
) -> Corrected:
    """Set words where people say that they stand; nothing else moves, but places may change their order.

    Parameters
    ----------
    place : sequence of int32 arrays, one of shape (words,) for each witness
        The number of the place at which each word stands, ascending.
    words : sequence of sequences of str
        The words of each witness, as the tokeniser cuts them.
    names : sequence of str
        What the witnesses are called.
    corrections : sequence of Correction

    Returns
    -------
    Corrected
        Places are numbered from 0 without gaps, and ascend in each witness. A correction whose witness is not there,
        or whose words stand there never or more than once, is passed over, and the reason said.

    Raises
    ------
    SourceError
        Corrections contradict each other, set two words of a witness at one place, or would put a witness's words out
        of their order.
    SchemaError
        Places are not as many as words, or do not ascend.
    """
    for name, own, its in zip(names, place, words, strict=True):
        if len(own) != len(its) or (np.diff(own) <= 0).any():
            raise SchemaError(
                "places are not as many as words, or do not ascend.",
                where=f"witness {name!r}",
                mend="number each word's place.",
            )
    return _Setting(place, words, names).apply(corrections)


class _Setting:
    """Words, and the places at which they stand; places have numbers that say nothing about their order."""

    def __init__(self, place: Sequence[Places], words: Sequence[Sequence[str]], names: Sequence[str]) -> None:
        self.words = words
        self.names = list(names)
        self.hashes: dict[int, NDArray[np.uint64]] = {}
        known = np.unique(np.concatenate([np.zeros(0, np.int32), *place]))
        self.at = [np.searchsorted(known, own).astype(np.int64) for own in place]
        self.rank = [(number, 0) for number in range(len(known))]  # in which order places stood
        self.moved: dict[tuple[int, int], Correction] = {}

    def apply(self, corrections: Sequence[Correction]) -> Corrected:
        skipped = []
        held = []
        for one in corrections:
            own = self._find(one.witness, one.words)
            its = self._find(one.beside, one.its_words) if one.beside else None
            if amiss := next((found for found in (own, its) if isinstance(found, str)), None):
                skipped.append({"uri": one.where, "reason": amiss, "mend": PASSED_OVER})
                continue
            assert isinstance(own, tuple)
            witness, begin, count = own
            for k in range(count):
                self._move((witness, begin + k), one, (its[0], its[1] + k) if isinstance(its, tuple) else None)
                if isinstance(its, tuple):
                    held.append(((witness, begin + k), (its[0], its[1] + k), one))
        for word, other, one in held:
            if self._at(word) != self._at(other):
                raise self._contradiction(one, self.moved[other])
        self._refuse_doubled()
        named = [np.zeros(len(own), bool) for own in self.at]
        for witness, number in (*self.moved, *(other for _, other, _ in held)):
            named[witness][number] = True
        return Corrected(self._numbered(), skipped, named)

    def _find(self, name: str, text: str) -> tuple[int, int, int] | str:
        """Return the witness, its first word that is meant, and how many are; or why there are none."""
        if name not in self.names:
            return f"there is no witness {name[:60]!r}."
        witness = self.names.index(name)
        if witness not in self.hashes:
            self.hashes[witness] = hash_words(self.words[witness])
        stretch = _Stretch.of(text)
        assert stretch is not None  # else there would be no such correction
        found = stretch.find(self.hashes[witness])
        if len(found) == 1:
            return witness, found[0], stretch.size
        times = (
            f"stands {len(found)} times in it; more words around it would tell which" if found else "is not read in it"
        )
        return f"the correction no longer fits {name!r}: {text[:80]!r} {times}."

    def _at(self, word: tuple[int, int]) -> int:
        return int(self.at[word[0]][word[1]])

    def _move(self, word: tuple[int, int], one: Correction, other: tuple[int, int] | None) -> None:
        if word in self.moved:
            raise self._contradiction(self.moved[word], one)
        self.moved[word] = one
        if other is None:
            self.rank.append((self.rank[self._at(word)][0], len(self.rank)))
        self.at[word[0]][word[1]] = len(self.rank) - 1 if other is None else self._at(other)

    def _contradiction(self, one: Correction, other: Correction) -> SourceError:
        return SourceError(
            f"two corrections of {one.witness!r} and {other.witness!r} contradict each other: {one.words[:60]!r}, "
            f"{other.words[:60]!r}.",
            where=f"{one.where} and {other.where}",
            mend="set each word once; what is set beside a word that is moved itself comes in a later row than that.",
        )

    def _refuse_doubled(self) -> None:
        for witness, number in sorted(self.moved):
            at = self.at[witness]
            (both,) = np.nonzero(at == at[number])
            if len(both) > 1:
                one, other = (self.words[witness][int(word)] for word in both[:2])
                raise SourceError(
                    f"{one!r} and {other!r} of {self.names[witness]!r} would stand at one place.",
                    where=self.moved[witness, number].where,
                    mend="say in a further row where the other one stands, or that it stands beside nothing.",
                )

    def _numbered(self) -> list[Places]:
        """Return the places in an order that every witness keeps: as they stood, where that is one."""
        steps = [np.column_stack([own[:-1], own[1:]]) for own in self.at if len(own) > 1]
        edges = np.unique(np.concatenate([np.zeros((0, 2), np.int64), *steps]), axis=0)
        waits = np.bincount(edges[:, 1], minlength=len(self.rank))
        first = np.searchsorted(edges[:, 0], np.arange(len(self.rank) + 1))
        used = np.unique(np.concatenate([np.zeros(0, np.int64), *self.at])).tolist()
        ready = [(self.rank[at], at) for at in used if not waits[at]]
        heapq.heapify(ready)
        number = np.full(len(self.rank), -1, np.int32)
        done = 0
        while ready:
            _, at = heapq.heappop(ready)
            number[at] = done
            done += 1
            for after in edges[first[at] : first[at + 1], 1].tolist():
                waits[after] -= 1
                if not waits[after]:
                    heapq.heappush(ready, (self.rank[after], after))
        if done < len(used):
            raise self._out_of_order(number)
        return [number[own] for own in self.at]

    def _out_of_order(self, number: Places) -> SourceError:
        """Return what is wrong where places go in a circle: those without a number."""
        to_blame = [one for (witness, word), one in self.moved.items() if number[self.at[witness][word]] < 0]
        some = list(dict.fromkeys(to_blame))[:3]
        return SourceError(
            f"the corrections would put words out of their order, near {some[0].words[:60]!r} of {some[0].witness!r}.",
            where=" or ".join(one.where for one in some),
            mend="say in further rows where the words between stand now, or move all of them in one row.",
        )


def _correction(row: Row) -> Correction:
    return Correction(**{name: value.strip() for name, value in row.said.items()}, where=row.where)
