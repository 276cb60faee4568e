"""What two documents share, counted from their whole texts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from stemmata.engines import Engine
from stemmata.facts import Facts
from stemmata.kernels.components import bounded_components, cut_blocks
from stemmata.kernels.overlaps import count_shared
from stemmata.tokens import Tokens, read_words
from stemmata.views import N, Frame, Grams, in_cache, surface_grams

BYTES_AT_ONCE = 16_000_000  # of text whose k-grams are held at a time
COUNTED = ("skeleton", "surface")
ROWS = pa.schema([("a", pa.int64()), ("b", pa.int64())])
COUNTS = pa.schema(
    [
        *ROWS,
        *(pa.field(f"{name}_{view}", pa.int64()) for view in COUNTED for name in ("shared", "a", "b")),
    ]
)


def recount(
    documents: pa.Table, a: NDArray[np.int64], b: NDArray[np.int64], weight: NDArray[np.int64], facts: Facts, engine: Engine
) -> pa.Table:
    """Count the distinct k-grams of pairs of documents, and those that they share.

    Parameters
    ----------
    documents : pyarrow.Table
        Columns ``text`` and ``language``.
    a, b : int64 arrays
        Rows of ``documents``; each pair once.
    weight : int64 array
        How much is said for each pair. Documents that share much are read together.

    Returns
    -------
    pyarrow.Table
        Columns ``a`` and ``b``, ascending, and of the views ``skeleton`` and ``surface`` ``shared_…``, ``a_…``, ``b_…``.

    Notes
    -----
    Of a pair of which one text has no capitals that could mark names, the skeletons are compared without names.
    """
    sizes = pc.binary_length(documents.column("text")).to_numpy().astype(np.int64)
    strongest = np.lexsort((b, a, -weight))
    group = bounded_components(a[strongest], b[strongest], sizes, BYTES_AT_ONCE // 2)
    order = np.lexsort((b, a, group[b], group[a]))
    pairs = pa.table([a[order], b[order]], schema=ROWS)
    frame = Frame(facts, pc.unique(documents.column("language")).to_pylist())
    texts = engine.broadcast(documents.select(["text", "language"]))
    found = engine.map(_recount_part, pairs, texts, engine.broadcast(frame), engine.broadcast(sizes))
    return found.sort_by([("a", "ascending"), ("b", "ascending")])


def _recount_part(part: pa.Table, documents: pa.Table, frame: Frame, sizes: NDArray[np.int64]) -> pa.Table:
    a, b = (np.ascontiguousarray(part.column(side).to_numpy()) for side in ("a", "b"))
    block = np.zeros(len(a), np.int64)
    cut_blocks(a, b, sizes, BYTES_AT_ONCE, block)
    edges = [0, *(np.flatnonzero(np.diff(block)) + 1).tolist(), len(a)]
    counts = np.zeros((len(COUNTS) - 2, len(a)), np.int64)
    for start, end in pairwise(edges):
        _recount_block(documents, a[start:end], b[start:end], frame, counts[:, start:end])
    return pa.table([a, b, *counts], schema=COUNTS)


def _recount_block(
    documents: pa.Table, a: NDArray[np.int64], b: NDArray[np.int64], frame: Frame, counts: NDArray[np.int64]
) -> None:
    rows, place = np.unique(np.concatenate([a, b]), return_inverse=True)
    left, right = np.split(place, 2)
    skeletons, caseless, surfaces = [], [], []
    for tokens, languages in _read(documents, rows):
        found = frame.skeletons(tokens, languages)
        skeletons.append(found.grams)
        caseless.append(found.caseless)
        surfaces.append(surface_grams(tokens))
    _count(_joined(skeletons), left, right, counts[:3])
    _count(_joined(surfaces), left, right, counts[3:])
    bare = np.concatenate([np.zeros(0, np.bool_), *caseless])
    unlike = np.flatnonzero(bare[left] != bare[right])
    if len(unlike):
        rows, place = np.unique(np.concatenate([a[unlike], b[unlike]]), return_inverse=True)
        left, right = np.split(place, 2)
        again = [frame.skeletons(*one, names=False).grams for one in _read(documents, rows)]
        recounted = np.zeros((3, len(unlike)), np.int64)
        _count(_joined(again), left, right, recounted)
        counts[:3, unlike] = recounted


def _read(documents: pa.Table, rows: NDArray[np.int64]) -> Iterator[tuple[Tokens, list[str | None]]]:
    for batch in in_cache(documents.take(rows)):
        yield read_words(batch.column("text")), batch.column("language").to_pylist()


def _joined(parts: list[Grams]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Return the hashes of all parts, and where documents begin in them."""
    sizes = np.concatenate([np.zeros(1, np.int64), *(np.diff(part.first) for part in parts)])
    return np.concatenate([np.zeros(0, np.uint64), *(part.hash for part in parts)]), np.cumsum(sizes)


def _count(
    grams: tuple[NDArray[np.uint64], NDArray[np.int64]],
    left: NDArray[np.int64],
    right: NDArray[np.int64],
    counts: NDArray[np.int64],
) -> None:
    hashes, first = grams
    distinct = np.empty(len(first) - 1, np.int64)
    shared = np.empty(len(left), np.int64)
    count_shared(hashes, first, N, left, right, distinct, shared)
    counts[0], counts[1], counts[2] = shared, distinct[left], distinct[right]
