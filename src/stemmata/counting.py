"""Count words and pairs of neighbouring words in documents, part by part.

The answer is the same for any parts: surroundings of pairs (``surroundings``) are a set.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from stemmata import schemas
from stemmata.engines import Engine
from stemmata.kernels.kgrams import kgrams
from stemmata.surroundings import Counts, Surroundings, find_surroundings, merge
from stemmata.tokens import Tokens, among, distinct, read_words
from stemmata.wordpairs import PAIR, WORD, WORDS, in_sample, written

RUN = 10  # words in a row that two texts do not share by chance
SEED = 5
PLACES = pa.schema([("place", pa.uint64()), ("word", pa.uint32())])


def count_pairs(documents: pa.Table, engine: Engine, share: float = 1.0) -> tuple[Counts, Counts]:
    """Count the words that begin a pair, and the pairs, by their distinct surroundings.

    Parameters
    ----------
    documents : pyarrow.Table
        Column ``text``.
    engine : Engine
    share : float
        Of the texts that are counted, 0 to 1: those that ``in_sample`` draws.

    Notes
    -----
    100 million words of news take some 6 GB beside the texts, at the peak: half as many surroundings, 12 bytes each,
    and four times that while the parts are merged. About 1.5 million words a second and thread.
    """
    found = engine.map(_find_part, documents.select(["text"]), share)
    columns = (found.column(name).to_numpy() for name in PLACES.names)
    return merge([Surroundings(*columns)]).tally()


def _find_part(part: pa.Table, share: float) -> pa.Table:
    texts = part.column("text")
    if share < 1:
        texts = texts.filter(pa.array([in_sample(text, share) for text in texts.to_pylist()], pa.bool_()))
    tokens = read_words(texts)
    found = find_surroundings(tokens.words.word, tokens.words.flags, tokens.first)
    return pa.table([found.places, found.words], schema=PLACES)


def count_rows(language: str, words: Counts, pairs: Counts, least: int) -> pa.Table:
    """Return what was seen ``least`` times or more as rows of ``schemas.STATISTICS``, sorted.

    ``counted_words`` is the sum of all words, however rare.
    """
    kept = ((PAIR, pairs.seen(least)), (WORD, words.seen(least)))
    rows = [_rows(fact, language, written(counts.keys), counts.times) for fact, counts in kept]
    return pa.concat_tables([*rows, _rows(WORDS, language, pa.array([""]), words.times.sum(keepdims=True))])


def _rows(fact: str, language: str, words: pa.Array, values: NDArray[np.float64]) -> pa.Table:
    constant = (pa.repeat(pa.scalar(value, pa.string()), len(words)) for value in (fact, language))
    return pa.Table.from_arrays([*constant, words, pa.array(values)], schema=schemas.STATISTICS.arrow)


def find_runs(texts: pa.ChunkedArray) -> NDArray[np.uint64]:
    """Return the hashes of all runs of ten words in some texts, distinct and ascending."""
    hashes, whole = _runs(read_words(texts))
    return distinct(hashes[whole])


def examine_texts(documents: pa.Table, runs: NDArray[np.uint64], engine: Engine) -> pa.Table:
    """Return for each document its ``words``, and whether it ``shares`` one of the runs of ``find_runs``."""
    return engine.map(_examine_part, documents.select(["text"]), engine.broadcast(runs))


def _examine_part(part: pa.Table, runs: NDArray[np.uint64]) -> pa.Table:
    tokens = read_words(part.column("text"))
    hashes, whole = _runs(tokens)
    document = np.repeat(np.arange(len(tokens)), np.diff(tokens.first))
    shares = np.bincount(document, among(hashes, runs) & whole, len(tokens)) > 0
    return pa.table({"words": np.diff(tokens.first), "shares": shares})


def _runs(tokens: Tokens) -> tuple[NDArray[np.uint64], NDArray[np.bool_]]:
    """Return the hash of the run that begins at each word, and whether the text is long enough for one there."""
    hashes = np.zeros(len(tokens.words), np.uint64)
    kgrams(tokens.words.word, tokens.first, RUN, SEED, hashes)
    left = np.repeat(tokens.first[1:], np.diff(tokens.first)) - np.arange(len(hashes))
    return hashes, left >= RUN
