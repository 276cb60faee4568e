"""Which words stand among the same words: vectors from counts of word pairs in a background.

Words that stand near each other were counted, each pair weighed by how much oftener it was seen than by chance
(positive pointwise mutual information), and the table of weights factorised: a word is its 64 coordinates (Levy,
Goldberg and Dagan, "Improving distributional similarity with lessons learned from word embeddings", 2015). English
ships with the package (``data/vectors-en.parquet``, by ``scripts/count_neighbours.py``); no other language has any.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from stemmata.once import once
from stemmata.shipped import shipped
from stemmata.surroundings import Hashes, word_keys

SIZE = 64
LARGEST = 127
SCHEMA = pa.schema([("word", pa.uint32()), ("vector", pa.binary(SIZE))])
ABOUT = b"stemmata"

Vectors = NDArray[np.float32]


@dataclass(frozen=True)
class WordVectors:
    """The vectors of a language.

    Parameters
    ----------
    words : uint32 array of shape (n,)
        Keys of words (``surroundings.word_keys``), ascending.
    vectors : int8 array of shape (n, 64)
        Coordinates, the largest of each word at ±127: only the direction of a vector says something.
    """

    words: Hashes
    vectors: NDArray[np.int8] = field(repr=False)

    def __bool__(self) -> bool:
        return len(self.words) > 0

    def known(self, words: NDArray[np.uint64]) -> NDArray[np.bool_]:
        """Say which words have a vector."""
        return self._find(words)[1]

    def look_up(self, words: NDArray[np.uint64]) -> Vectors:
        """Return the vectors of words, each of length 1; zeros for a word without one.

        Parameters
        ----------
        words : uint64 array of any shape

        Returns
        -------
        float32 array of that shape and 64 coordinates
        """
        if not self:
            return np.zeros((*words.shape, SIZE), np.float32)
        place, known = self._find(words)
        return unit(np.where(known[..., None], self.vectors[place], 0).astype(np.float32))

    def _find(self, words: NDArray[np.uint64]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """Return where words stand, and whether they do."""
        if not self:
            return np.zeros(words.shape, np.int64), np.zeros(words.shape, bool)
        keys = word_keys(words)
        place = np.minimum(np.searchsorted(self.words, keys), len(self.words) - 1)
        return place, self.words[place] == keys


def unit(vectors: Vectors) -> Vectors:
    """Return vectors at length 1; zeros stay zeros."""
    length = np.sqrt(np.einsum("...i,...i->...", vectors, vectors))[..., None]
    directions: Vectors = np.divide(vectors, length, out=np.zeros_like(vectors), where=length > 0)
    return directions


def write_vectors(path: Path, words: Hashes, vectors: NDArray[np.float64], about: Mapping[str, object]) -> None:
    """Write vectors of 64 coordinates, rounded to 8 bits; ``about`` says what was counted."""
    largest = np.abs(vectors).max(axis=1, keepdims=True)
    rounded = np.rint(vectors * (LARGEST / np.where(largest > 0, largest, 1))).astype(np.int8)
    order = np.argsort(words)
    held = pa.FixedSizeBinaryArray.from_buffers(
        pa.binary(SIZE), len(order), [None, pa.py_buffer(np.ascontiguousarray(rounded[order]))]
    )
    table = pa.Table.from_arrays(
        [pa.array(words[order]), held], schema=SCHEMA.with_metadata({ABOUT: json.dumps(about)})
    )
    pq.write_table(table, path, compression="zstd", compression_level=19, use_dictionary=False)


def read_vectors(path: Path) -> WordVectors:
    """Return what ``write_vectors`` wrote."""
    table = pq.read_table(path, schema=SCHEMA).combine_chunks()
    words = table.column("word").combine_chunks()
    held = table.column("vector").combine_chunks()
    vectors = np.frombuffer(held.buffers()[1], np.int8).reshape(-1, SIZE)
    return WordVectors(words.to_numpy(), vectors[held.offset : held.offset + len(held)])


@once
def word_vectors(language: str | None) -> WordVectors:
    """Return the vectors that ship with the package; of a language without any, none."""
    with shipped("vectors", language) as path:
        return read_vectors(path) if path else NOTHING


NOTHING = WordVectors(np.zeros(0, np.uint32), np.zeros((0, SIZE), np.int8))
