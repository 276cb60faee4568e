"""Count words and pairs of neighbouring words in documents, part by part.

The answer is the same for any parts: surroundings of pairs (``surroundings``) are a set.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from stemmata import schemas
from stemmata.buffers import text_slices, text_views
from stemmata.engines import Engine
from stemmata.kernels.kgrams import kgrams
from stemmata.kernels.tally import tally
from stemmata.kernels.texts import byte_places
from stemmata.surroundings import Counts, Surroundings, list_surroundings, merge
from stemmata.tokens import NUMBER, Tokens, among, distinct, read_words
from stemmata.wordpairs import PAIR, WORD, WORDS, written

RUN = 10  # words in a row that two texts do not share by chance
SEED = 5
FORM = np.uint64(0x9E3779B97F4A7C15)
AT_ONCE = 4_000_000  # bytes of text whose words lie in memory, for each worker
PLACES = (("place", np.uint64), ("left", np.uint32))
TYPES = (
    *(("form", np.uint64), ("word", np.uint64), ("times", np.int64)),
    *(("row", np.int64), ("start", np.int32), ("end", np.int32)),
)
FOUND = pa.schema([(name, pa.large_list(pa.from_numpy_dtype(kind))) for name, kind in (*PLACES, *TYPES)])


class Words(NamedTuple):
    """The distinct words of some texts, in no order; numbers are none.

    Parameters
    ----------
    word : uint64 array
        Their hashes.
    spelling : pyarrow.Array of string
        In small letters; of several the first in the order of code points.
    times : int64 array
        How often each stands.
    """

    word: NDArray[np.uint64]
    spelling: pa.Array
    times: NDArray[np.int64]


def count_pairs(documents: pa.Table, engine: Engine) -> tuple[Counts, Counts]:
    """Count the words that begin a pair, and the pairs, by their distinct surroundings.

    Parameters
    ----------
    documents : pyarrow.Table
        Column ``text``.

    Notes
    -----
    100 million words take some 5 GB beside the texts, at the peak: 12 bytes a word, and that three times more while
    they are sorted. About 7 million words a second and thread.
    """
    return _pairs(engine.map(_count_part, documents.select(["text"]), False, True))


def count_words(
    documents: pa.Table, engine: Engine, *, words: bool, pairs: bool
) -> tuple[Words | None, tuple[Counts, Counts] | None]:
    """Count words, or pairs as ``count_pairs``, or both: the texts are cut into words once.

    Parameters
    ----------
    documents : pyarrow.Table
        Column ``text``.
    """
    documents = documents.select(["text"]).append_column("row", pa.array(np.arange(documents.num_rows)))
    found = engine.map(_count_part, documents, words, pairs)
    return _words(found, documents.column("text")) if words else None, _pairs(found) if pairs else None


def _count_part(part: pa.Table, words: bool, pairs: bool) -> pa.Table:
    """Return one row: a list of what stands at each pair, and of the types of words and where each stands once."""
    places, types = ([tuple(np.zeros(0, kind) for _, kind in columns)] for columns in (PLACES, TYPES))
    for some in text_slices(part, AT_ONCE):
        tokens = read_words(some.column("text"))
        if pairs:
            places.append(list_surroundings(tokens.words.word, tokens.words.flags, tokens.first))
        if words:
            types.append(_types(tokens, some.column("row").to_numpy()))
    columns = [np.concatenate(column) for rows in (places, types) for column in zip(*rows, strict=True)]
    lists = [pa.LargeListArray.from_arrays([0, len(column)], pa.array(column)) for column in columns]
    return pa.Table.from_arrays(lists, schema=FOUND)


def _types(tokens: Tokens, rows: NDArray[np.int64]) -> tuple[NDArray[Any], ...]:
    """Return the words of some texts, each in each of its forms once, with how often and where it stands."""
    words = tokens.words
    spelt = words.word ^ (words.form * FORM)
    forms, times, at = tally(spelt, words.flags & NUMBER == 0)
    row = rows[np.searchsorted(tokens.first, at, "right") - 1]
    return forms, words.word[at], times, row, words.start[at], words.end[at]


def _pairs(found: pa.Table) -> tuple[Counts, Counts]:
    return merge([Surroundings(*(_values(found, name) for name, _ in PLACES))]).tally()


def _words(found: pa.Table, texts: pa.ChunkedArray) -> Words:
    """Add up what was found in the parts; a word that has several forms takes the first of their spellings."""
    form, word, times, row, start, end = (_values(found, name) for name, _ in TYPES)
    _, first, place = np.unique(form, return_index=True, return_inverse=True)
    spellings = _spelt(texts, row[first], start[first], end[first])
    times = np.bincount(place, times, len(first)).astype(np.int64)
    table = pa.table([word[first], spellings, times], ["word", "spelling", "times"])
    table = table.group_by("word").aggregate([("spelling", "min"), ("times", "sum")])
    word, times = (table.column(name).to_numpy() for name in ("word", "times_sum"))
    return Words(word, table.column("spelling_min").combine_chunks(), times)


def _spelt(
    texts: pa.ChunkedArray, row: NDArray[np.int64], start: NDArray[np.int32], end: NDArray[np.int32]
) -> pa.Array:
    """Return what stands at code points [start, end) of some texts, in small letters."""
    rows, text = np.unique(row, return_inverse=True)
    data, offsets = text_views(texts.take(pa.array(rows)))
    wanted, point = np.concatenate((text, text)), np.concatenate((start, end)).astype(np.int64)
    order = np.lexsort((point, wanted))
    places = np.empty(len(order), np.int64)
    byte_places(data, offsets, wanted[order], point[order], places)
    edges = np.empty(len(order), np.int64)
    edges[order] = places
    low, high = np.split(edges, 2)
    begins = np.append(0, np.cumsum(high - low))
    letters = data[np.repeat(low - begins[:-1], high - low) + np.arange(begins[-1])]
    words = pa.StringArray.from_buffers(len(row), pa.py_buffer(begins.astype(np.int32)), pa.py_buffer(letters))
    foreign = pc.invert(pc.string_is_ascii(words))
    others = [_small(word) for word in words.filter(foreign).to_pylist()]
    return pc.replace_with_mask(pc.ascii_lower(words), foreign, pa.array(others, pa.string()))


def _small(word: str) -> str:
    """Return a word in small letters; a sigma at its end as Greek writes it there, whatever case it had."""
    small = word.lower()
    return small[:-1] + "ς" if len(small) > 1 and small.endswith("σ") else small


def _values(found: pa.Table, name: str) -> NDArray[Any]:
    parts = [part.flatten().to_numpy() for part in found.column(name).chunks]
    return np.concatenate(parts) if len(parts) > 1 else parts[0]


def count_rows(language: str, words: Counts, pairs: Counts, least: int) -> pa.Table:
    """Return what was seen ``least`` times or more as rows of ``schemas.STATISTICS``, sorted.

    ``counted_words`` is the sum of all words, however rare.
    """
    kept = ((PAIR, pairs.seen(least)), (WORD, words.seen(least)))
    rows = [fact_rows(fact, language, written(counts.keys), counts.times) for fact, counts in kept]
    return pa.concat_tables([*rows, fact_rows(WORDS, language, pa.array([""]), words.times.sum(keepdims=True))])


def fact_rows(fact: str, language: str, words: pa.Array, values: NDArray[np.float64]) -> pa.Table:
    """Return what one fact says of some words of a language as rows of ``schemas.STATISTICS``, in their order."""
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
