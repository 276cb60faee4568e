"""Texts that were recognised from pictures with errors, and their words read as the known ones that they look like.

A text is such a one where many of its words are unknown and look like known ones. Where one text of a pair is, both are
read so: what is unknown in both by right then stays alike. Of languages without a list of words none is, nor is what
is called a text of a language and lacks its commonest words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from stemmata.kernels.lexicons import LONGEST, Lexicon, count_unknown, fill_slots, take_out_of_all
from stemmata.kernels.lookalikes import FAR, FARTHER, match_alike, shared_letters
from stemmata.kernels.misreadings import mend_words
from stemmata.languages import FUNCTION_WORDS, frequencies, function_words, listed_words
from stemmata.once import once
from stemmata.tokens import LOWERCASE, Keys, Tokens, Words, among, letter_tables, read_words

LOOKED_AT = 128  # words of a text, at least, by which it is told whether it is worth a closer look
SUSPECT = 1.75  # unknown words for each that must look like a known one
JUDGED = 200  # words that are looked at more closely
FRAMED = 0.1  # share of function words, of which texts have some two fifths, and misread ones half of that
SLOTS = 2  # for each known word, at least
ALIKE = (  # groups of letters and digits that look alike; one may be of several
    *("ceo", "ao", "as", "oes", "il1jtf", "hbk", "hn", "nur", "pn", "vy", "gqy9", "sf5", "xz", "o0", "b68", "z2"),
)
RUNS = ("mrn", "dcl", "wvv", "hli", "uii", "nri", "mni")  # a letter, and two that look like it
ASCII = 128


class Side(Protocol):
    """A text of a pair."""

    @property
    def text(self) -> str:
        """What it says."""

    @property
    def words(self) -> Words:
        """Its words."""

    @property
    def ids(self) -> NDArray[np.int32]:
        """Their types, as numbers that both sides share."""


class Anew(NamedTuple):
    """A text's words, read anew.

    Parameters
    ----------
    words : Words
        Where a space was overlooked there are more than in the text, where one was seen too many, fewer.
    place : int32 array
        The word of the text at which each begins.
    share : float
        How many of the text's words are read in another way, 0 to 1.
    """

    words: Words
    place: NDArray[np.int32]
    share: float


def read_anew(text: str, words: Words, language: str | None) -> Anew:
    """Read a text's words as the known ones that they look like.

    Parameters
    ----------
    text : str
    words : Words
        From ``tokens``.
    language : str or None
        ISO 639-1 code.
    """
    lexicon = _lexicon(language)
    if not (len(words) and len(lexicon.word)):
        return Anew(words, np.arange(len(words), dtype=np.int32), 0.0)
    room = 2 * len(words)
    start, end, place = (np.empty(room, np.int32) for _ in range(3))
    word = np.empty(room, np.uint64)
    count, changed = mend_words(
        _points(text), words.start, words.end, words.word, words.flags, lexicon, start, end, word, place
    )
    start, end, place, word = start[:count], end[:count], place[:count], word[:count]
    flags, form = words.flags[place], words.form[place]
    flags[1:][place[1:] == place[:-1]] = LOWERCASE  # the second of two that stand as one
    other = (start != words.start[place]) | (end != words.end[place])
    form[other] = ~word[other].astype(np.uint32)  # it stands otherwise than the word as which it is read
    return Anew(Words(start, end, word, form, flags), place, changed / len(words))


class Chosen(NamedTuple):
    """Some texts of a column, of which none is copied before it is asked for."""

    column: pa.Array | pa.ChunkedArray
    rows: NDArray[np.int64]

    def take(self, which: NDArray[np.int64]) -> tuple[Tokens, list[str]]:
        """Return the words of some of them, and the texts."""
        texts = self.column.take(pa.array(self.rows[which]))
        return read_words(texts), texts.to_pylist()


def find_misread(texts: Chosen, languages: Sequence[str | None], keys: Keys, least: float) -> NDArray[np.bool_]:
    """Say of each text whether it seems to be recognised from a picture with errors.

    Parameters
    ----------
    languages : sequence of str or None
        One for each.
    keys : Keys
        Their words.
    least : float
        The share of its words that must look like other ones, which are known, 0 to 1. With 0 all are told to be so,
        with 1 none.
    """
    if least in (0, 1):
        return np.full(len(languages), least == 0)
    found, spoken = np.zeros(len(languages), np.bool_), np.array([language or "" for language in languages])
    for language in sorted(set(spoken.tolist()) - {""}):
        share, known = np.zeros(len(spoken)), _known(language)
        if len(known.word):
            count_unknown(keys.word, keys.first, LOOKED_AT, known.word, known.slots, share)
            found |= (spoken == language) & (share >= SUSPECT * least)
    rows = np.flatnonzero(found)
    tokens, some = texts.take(rows)
    for number, row in enumerate(rows.tolist()):
        words, language = tokens[number][:JUDGED], languages[row]
        framed = among(words.word, function_words(language, FUNCTION_WORDS)).mean() >= FRAMED
        found[row] = framed and read_anew(some[number], words, language).share >= least
    return found


def keys_anew(
    texts: Chosen, languages: Sequence[str | None], which: NDArray[np.bool_] | None = None
) -> tuple[Keys, NDArray[np.int32]]:
    """Return the words of texts, read anew, as ``tokens.read_keys`` does, and their ``Anew.place``.

    Of those that are not among ``which`` there are none.
    """
    rows = np.arange(len(languages)) if which is None else np.flatnonzero(which)
    tokens, some = texts.take(rows)
    read = [read_anew(some[number], tokens[number], languages[row]) for number, row in enumerate(rows.tolist())]
    sizes = np.zeros(len(languages) + 1, np.int64)
    sizes[1 + rows] = [len(anew.words) for anew in read]
    word = np.concatenate([np.zeros(0, np.uint64), *(anew.words.word for anew in read)])
    flags = np.concatenate([np.zeros(0, np.uint8), *(anew.words.flags for anew in read)])
    place = np.concatenate([np.zeros(0, np.int32), *(anew.place for anew in read)])
    return Keys(np.cumsum(sizes), word, flags), place


def is_misread(text: str, words: Words, language: str | None, least: float) -> bool:
    """Say whether ``find_misread`` would say it of a text."""
    texts = Chosen(pa.array([text], pa.large_string()), np.zeros(1, np.int64))
    keys = Keys(np.array([0, len(words)]), words.word, words.flags)
    return bool(find_misread(texts, [language], keys, least)[0])


def same_in_place(
    a: Side, b: Side, path: NDArray[np.int32], language: str | None, farther: float = FARTHER
) -> NDArray[np.int32]:
    """Return the word types of a, with those of b for words that are set against them and look like them.

    Parameters
    ----------
    a, b : Side
    path : int32 array, by word of a
        The word of b set against each; -1: none.
    farther : float
        Cost for each letter up to which words are the same of which one is unknown: much in texts full of errors.
    """
    lexicon = _lexicon(language)
    ids: NDArray[np.int32] = a.ids.copy()
    sides = [(_points(one.text), one.words.start, one.words.end, one.words.flags, one.words.word) for one in (a, b)]
    match_alike(*sides[0], ids, *sides[1], b.ids, path, farther, lexicon)
    return ids


def exchanged_alike(a: Side, b: Side, path: NDArray[np.int32], language: str | None) -> float:
    """Return the share of the words set against other ones that are no words, on either side, and look like those.

    Spinners exchange words for words, and those who word a text anew do. Of languages without a list it is 0.

    Parameters
    ----------
    a, b, path, language :
        As in ``same_in_place``.
    """
    places, known = np.flatnonzero(path >= 0), frequencies(language)
    places = places[a.ids[places] != b.ids[path[places]]]
    if not len(places) or not len(known.words):
        return 0.0
    shares = known.look_up(a.words.word[places], 0.0), known.look_up(b.words.word[path[places]], 0.0)
    strange = np.minimum(*shares) == 0
    same = same_in_place(a, b, path, None, FAR)[places] != a.ids[places] if strange.any() else strange
    return float((strange & same).mean())


def alike(a: str, b: str) -> float:
    """Return how much of their letters two passages have in common, in order, 0 to 1."""
    lower, _, properties = letter_tables()
    return float(shared_letters(_points(a), _points(b), lower, properties))


class _Known(NamedTuple):
    """The words that a language's list knows, ready to be looked up."""

    word: NDArray[np.uint64]
    slots: NDArray[np.int32]

    @classmethod
    def of(cls, word: NDArray[np.uint64]) -> _Known:
        slots = np.zeros(1 << max(1, int(SLOTS * len(word)).bit_length()), np.int32)
        fill_slots(word, slots)
        return cls(word, slots)


@once
def _known(language: str | None) -> _Known:
    return _Known.of(frequencies(language).words)


@once
def _lexicon(language: str | None) -> Lexicon:
    return make_lexicon(*listed_words(language))


def make_lexicon(names: Sequence[str], word: NDArray[np.uint64], shares: NDArray[np.float64]) -> Lexicon:
    """Return some words, the commonest first, with their hashes and shares, ready to be found by what looks like them.

    Words of more letters than ``kernels.lexicons.LONGEST`` are left out.
    """
    short = np.array([len(name) <= LONGEST for name in names], np.bool_)
    names = [name for name in names if len(name) <= LONGEST]
    word, shares = word[short], shares[short]
    points = _points("".join(names))
    first = np.concatenate([[0], np.cumsum([len(name) for name in names])]).astype(np.int64)
    keys, entry = take_out_of_all(points, first)
    order = np.argsort(keys, kind="stable")
    keys, entry = keys[order], entry[order]
    heads = np.searchsorted(keys, np.arange(1 << 16, dtype=np.uint64) << np.uint64(48))
    shapes = np.zeros(ASCII, np.uint32)
    for number, group in enumerate(ALIKE):
        shapes[[ord(letter) for letter in group]] |= np.uint32(1 << number)
    runs = np.array([[ord(letter) for letter in run] for run in RUNS], np.uint32)
    heads = np.append(heads, len(keys)).astype(np.int64)
    slots, cost = _Known.of(word).slots, -np.log(shares)
    lower, fold, _ = letter_tables()
    return Lexicon(points, first, word, cost, slots, keys, entry, heads, lower, fold, shapes, runs)


def _points(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le"), np.uint32)
