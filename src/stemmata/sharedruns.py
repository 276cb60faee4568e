"""Runs of words that documents share with protected texts: every one of so many words, however common they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from stemmata import schemas
from stemmata.buffers import text_slices
from stemmata.engines import Engine
from stemmata.kernels.kgrams import kgrams
from stemmata.tokens import Tokens, among, distinct, read_keys, read_words

FEWEST = 8  # words in a row that a text must have to be looked for: fewer come together by themselves
FEW = 8  # texts that are named for a run which more of them hold
SIGNS = 0.75  # of a word that the words of a text are on average; below, its script is written without spaces
SEED = 13
CACHED = 400_000  # bytes of text whose words stay in a processor's cache
EMPTIER = 4  # bits: of 16 places of a filter one or fewer is taken

RUNS = pa.schema(
    [
        ("doc", pa.string()),
        ("start", pa.int32()),
        ("end", pa.int32()),
        ("text_doc", pa.string()),
        ("text_start", pa.int32()),
        ("text_end", pa.int32()),
        ("words", pa.int32()),
    ]
)


def find_runs(documents: pa.Table, texts: pa.Table, length: int, engine: Engine) -> pa.Table:
    """Find the runs of ``length`` words and more that stand in a document and in a protected text.

    Every one is found: all k-grams of the texts are looked up, as for GPT-3 (Brown et al. 2020, appendix C). In scripts
    without spaces a word is two signs. A text of fewer words, from 8, is found where it stands whole.

    Parameters
    ----------
    documents, texts : pyarrow.Table
        ``doc`` and ``text``.
    length : int
        Words, from 8.

    Returns
    -------
    pyarrow.Table
        A row for each run: ``doc``, ``start`` and ``end`` in code points, ``text_doc``, ``text_start``, ``text_end``,
        ``words``. Of texts that hold one k-gram the first eight are named, and the first place in each. A note says how
        many texts are too short.
    """
    texts = texts.sort_by("doc")
    words = read_words(texts["text"])
    signs, counts = _of_signs(words), np.diff(words.first)
    within = counts >= np.where(signs, 2 * FEWEST, FEWEST)
    sizes = np.where(within, np.minimum(np.where(signs, 2 * length, length), counts), 0)
    indexes = [_Index.of(words, sizes, int(n)) for n in np.unique(sizes[within])]
    shared = engine.broadcast((texts.select(["doc"]), words, signs, indexes))
    found = engine.map(_runs_part, documents.select(["doc", "text"]), shared)
    what = f"texts of fewer than {FEWEST} words, which are found only where they are the whole of a document"
    return schemas.remark(found, notes=[{"stage": "protected", "what": what, "count": int((~within).sum())}])


@dataclass(frozen=True)
class _Index:
    """The k-grams of those texts that are looked for by so many words.

    ``hash`` ascending, with ``text`` and ``place``, the text's row and the word of all with which it begins; ``filled``
    says of the first bits of a hash whether any has them.
    """

    n: int
    hash: NDArray[np.uint64]
    text: NDArray[np.int64]
    place: NDArray[np.int64]
    known: NDArray[np.uint64]
    filled: NDArray[np.bool_]

    @classmethod
    def of(cls, words: Tokens, sizes: NDArray[np.int64], n: int) -> _Index:
        hashes, begins = _grams(words.words.word, words.first, n)
        text = np.repeat(np.arange(len(sizes)), np.diff(words.first))
        place = np.flatnonzero(begins & (sizes[text] == n))
        hashes, text = hashes[place], text[place]
        order = np.lexsort((place, text, hashes))
        hashes, text, place = hashes[order], text[order], place[order]
        first = np.append(True, (hashes[1:] != hashes[:-1]) | (text[1:] != text[:-1]))[: len(hashes)]
        hashes, text, place = hashes[first], text[first], place[first]
        few = np.arange(len(hashes)) - np.searchsorted(hashes, hashes) < FEW
        hashes, text, place = hashes[few], text[few], place[few]
        filled = np.zeros(1 << (len(hashes).bit_length() + EMPTIER), np.bool_)
        filled[hashes >> _shift(filled)] = True
        return cls(n, hashes, text, place, distinct(hashes), filled)

    def hits(self, words: NDArray[np.uint64], first: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
        """Return the words with which k-grams begin that stand in a text, and these."""
        hashes, begins = _grams(words, first, self.n)
        at = np.flatnonzero(begins & self.filled[hashes >> _shift(self.filled)])
        at = at[among(hashes[at], self.known)]
        return at, hashes[at]

    def matches(self, words: NDArray[np.uint64], first: NDArray[np.int64]) -> tuple[NDArray[np.int64], ...]:
        """Return runs: the words with which they begin in documents and in texts, how many, and the texts."""
        at, hashes = self.hits(words, first)
        low, high = (np.searchsorted(self.hash, hashes, side) for side in ("left", "right"))
        often = high - low
        entry = np.repeat(low - np.cumsum(often) + often, often) + np.arange(often.sum())
        at, text, place = np.repeat(at, often), self.text[entry], self.place[entry]
        document = np.searchsorted(first, at, "right")
        order = np.lexsort((at, at - place, text, document))
        at, text, place, document = at[order], text[order], place[order], document[order]
        new = np.ones(len(at), np.bool_)
        new[1:] = (np.diff(at) != 1) | (np.diff(place) != 1) | (np.diff(text) != 0) | (np.diff(document) != 0)
        begin = np.flatnonzero(new)
        count = np.diff(np.append(begin, len(at))) + self.n - 1
        return at[begin], place[begin], count, text[begin]


def _shift(filled: NDArray[np.bool_]) -> np.uint64:
    return np.uint64(65 - len(filled).bit_length())


def _grams(words: NDArray[np.uint64], first: NDArray[np.int64], n: int) -> tuple[NDArray[np.uint64], NDArray[np.bool_]]:
    """Return a hash for each word, and which of them begin n words of one document."""
    hashes = np.zeros(len(words), np.uint64)
    kgrams(words, first, n, SEED, hashes)
    return hashes, np.arange(len(words)) + n <= np.repeat(first[1:], np.diff(first))


def _of_signs(words: Tokens) -> NDArray[np.bool_]:
    """Say of each text whether most of it is in a script without spaces."""
    sizes = np.append(0.0, np.cumsum(words.words.sizes()))[words.first]
    return np.diff(sizes) < SIGNS * np.diff(words.first)


def _runs_part(
    part: pa.Table, shared: tuple[pa.Table, Tokens, NDArray[np.bool_], Sequence[_Index]]
) -> Iterator[pa.Table]:
    yield RUNS.empty_table()
    for batch in text_slices(part, CACHED):
        keys = read_keys(batch.column("text"), flags=False)
        held = np.zeros(batch.num_rows, np.bool_)
        for index in shared[-1]:
            held[np.searchsorted(keys.first, index.hits(keys.word, keys.first)[0], "right") - 1] = True
        if held.any():
            yield _runs_of(pa.table(batch).filter(pa.array(held)), *shared)


def _runs_of(
    documents: pa.Table, texts: pa.Table, theirs: Tokens, signs: NDArray[np.bool_], indexes: Sequence[_Index]
) -> pa.Table:
    """Return the runs of documents that hold some."""
    mine = read_words(documents["text"])
    found = [index.matches(mine.words.word, mine.first) for index in indexes]
    at, place, count, text = (np.concatenate(some) for some in zip(*found, strict=True))
    columns = [
        documents["doc"].take(pa.array(np.searchsorted(mine.first, at, "right") - 1)),
        mine.words.start[at],
        mine.words.end[at + count - 1],
        texts["doc"].take(pa.array(text)),
        theirs.words.start[place],
        theirs.words.end[place + count - 1],
        np.where(signs[text], count // 2, count).astype(np.int32),
    ]
    return pa.table(columns, schema=RUNS)
