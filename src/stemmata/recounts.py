"""What two documents share, counted from their whole texts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from stemmata.buffers import chosen_slices
from stemmata.engines import Engine
from stemmata.facts import Facts
from stemmata.kernels.components import bounded_components, cut_blocks
from stemmata.kernels.overlaps import count_distinct, count_shared
from stemmata.misreadings import Chosen, find_misread, keys_anew
from stemmata.tokens import Keys, read_keys
from stemmata.views import CACHED, Frame, Grams, N, surface_grams

BYTES_AT_ONCE = 16_000_000  # of text whose k-grams are held at a time
WORTH = 2  # what a k-gram is worth where texts are recognised with errors: most that they share are lost
COUNTED = ("skeleton", "surface")
ROWS = pa.schema([("a", pa.int64()), ("b", pa.int64())])
COUNTS = pa.schema(
    [
        *ROWS,
        ("worth", pa.int64()),
        *(pa.field(f"{name}_{view}", pa.int64()) for view in COUNTED for name in ("shared", "a", "b")),
    ]
)


def recount(
    documents: pa.Table,
    a: NDArray[np.int64],
    b: NDArray[np.int64],
    weight: NDArray[np.int64],
    facts: Facts,
    engine: Engine,
    *,
    least: dict[str, int],
) -> pa.Table:
    """Count the distinct k-grams of pairs of documents, and those that they share.

    Parameters
    ----------
    documents : pyarrow.Table
        Columns ``text`` and ``language``.
    a, b : int64 arrays
        Rows of ``documents``, a < b; each pair once.
    weight : int64 array
        How much is said for each pair. Documents that share much are read together.
    least : dict of str to int
        Which of ``COUNTED`` are counted, at least one; the columns of the other are null. Pairs stay that share so many
        k-grams of one view, and pairs of which one has all k-grams of the other.

    Returns
    -------
    pyarrow.Table
        Columns ``a`` and ``b``, ascending, ``worth``: how many of ``least`` each shared k-gram is worth, and
        ``shared_…``, ``a_…`` and ``b_…`` of the views ``COUNTED``.

    Notes
    -----
    Of a pair of which one text has no capitals that could mark names, the skeletons are compared without names; where
    one seems to be recognised from a picture with errors, both are read anew (``misreadings``).
    """
    sizes = pc.binary_length(documents.column("text")).to_numpy().astype(np.int64)
    strongest = np.lexsort((b, a, -weight))
    group = bounded_components(a[strongest], b[strongest], sizes, BYTES_AT_ONCE // 2)
    order = np.lexsort((b, a, group[b], group[a]))
    pairs = pa.table([a[order], b[order]], schema=ROWS)
    frame = Frame(facts, pc.unique(documents.column("language")).to_pylist())
    texts = engine.broadcast(documents.select(["text", "language"]))
    shared = texts, engine.broadcast(frame), engine.broadcast(sizes)
    return engine.map(_recount_part, pairs, *shared, least).sort_by([("a", "ascending"), ("b", "ascending")])


def _recount_part(
    part: pa.Table, documents: pa.Table, frame: Frame, sizes: NDArray[np.int64], least: dict[str, int]
) -> pa.Table:
    a, b = (np.ascontiguousarray(part.column(side).to_numpy()) for side in ("a", "b"))
    block = np.zeros(len(a), np.int64)
    cut_blocks(a, b, sizes, BYTES_AT_ONCE, block)
    edges = [0, *(np.flatnonzero(np.diff(block)) + 1).tolist(), len(a)]
    blocks = [_recount_block(documents, a[low:high], b[low:high], frame, least) for low, high in pairwise(edges)]
    return pa.concat_tables(blocks)


def _recount_block(
    documents: pa.Table, a: NDArray[np.int64], b: NDArray[np.int64], frame: Frame, least: dict[str, int]
) -> pa.Table:
    rows, place = np.unique(np.concatenate([a, b]), return_inverse=True)
    left, right = np.split(place, 2)
    grams: dict[str, list[Grams]] = {view: [] for view in least}
    bare, misread = [np.zeros(0, np.bool_)], [np.zeros(0, np.bool_)]
    for texts, keys, languages in _read(documents, rows, flags="skeleton" in least):
        misread.append(find_misread(texts, languages, keys, frame.facts.misread))
        if "skeleton" in least:
            found = frame.skeletons(keys, languages)
            grams["skeleton"].append(found.grams)
            bare.append(found.caseless)
        if "surface" in least:
            grams["surface"].append(surface_grams(keys))
    counts = {view: _Counts.of(parts, left, right) for view, parts in grams.items()}
    again: list[tuple[str, NDArray[np.int64], _Counts]] = []
    unlike = np.flatnonzero(_either(bare, left, right, np.not_equal)) if "skeleton" in least else np.zeros(0, np.int64)
    if len(unlike):
        some, place = np.unique(np.concatenate([a[unlike], b[unlike]]), return_inverse=True)
        frames = [frame.skeletons(keys, languages, names=False).grams for _, keys, languages in _read(documents, some)]
        again.append(("skeleton", unlike, _Counts.of(frames, *np.split(place, 2))))
    odd = np.flatnonzero(_either(misread, left, right, np.logical_or))
    if len(odd):
        some, place = np.unique(np.concatenate([a[odd], b[odd]]), return_inverse=True)
        anew = [(keys_anew(texts, languages)[0], languages) for texts, _, languages in _read(documents, some)]
        for view in least:
            parts = [frame.skeletons(*one).grams if view == "skeleton" else surface_grams(one[0]) for one in anew]
            again.append((view, odd, _Counts.of(parts, *np.split(place, 2))))
    for view, pairs, other in again:
        counts[view].shared[pairs], counts[view].all[pairs] = other.shared, other.all
    worth = np.ones(len(a), np.int64)
    worth[odd] = WORTH
    enough = np.any([one.all | (worth * one.shared >= least[view]) for view, one in counts.items()], axis=0)
    stay = np.flatnonzero(enough)
    columns = {"a": a[stay], "b": b[stay], "worth": worth[stay]}
    for view, one in counts.items():
        sizes = one.distinct(stay)
        for _, pairs, other in (each for each in again if each[0] == view):
            among = np.isin(stay, pairs)
            sizes[:, among] = other.distinct(np.searchsorted(pairs, stay[among]))
        columns |= {f"shared_{view}": one.shared[stay], f"a_{view}": sizes[0], f"b_{view}": sizes[1]}
    empty = pa.nulls(len(stay), pa.int64())
    return pa.table([columns.get(name, empty) for name in COUNTS.names], schema=COUNTS)


def _either(
    parts: list[NDArray[np.bool_]], left: NDArray[np.int64], right: NDArray[np.int64], how: np.ufunc
) -> NDArray[np.bool_]:
    """Return what is so of each pair by what is so of its documents."""
    each = np.concatenate(parts)
    found: NDArray[np.bool_] = how(each[left], each[right])
    return found


class _Counts(NamedTuple):
    """Some documents' k-grams of one view, and what pairs of them share."""

    hash: NDArray[np.uint64]
    first: NDArray[np.int64]
    left: NDArray[np.int64]
    right: NDArray[np.int64]
    shared: NDArray[np.int64]
    all: NDArray[np.bool_]  # whether the left one has all that the right one has

    @classmethod
    def of(cls, parts: list[Grams], left: NDArray[np.int64], right: NDArray[np.int64]) -> _Counts:
        sizes = np.concatenate([np.zeros(1, np.int64), *(np.diff(part.first) for part in parts)])
        hashes = np.concatenate([np.zeros(0, np.uint64), *(part.hash for part in parts)])
        counts = cls(
            hashes, np.cumsum(sizes), left, right, np.empty(len(left), np.int64), np.empty(len(left), np.bool_)
        )
        count_shared(hashes, counts.first, N, left, right, counts.shared, counts.all)
        return counts

    def distinct(self, pairs: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return how many distinct k-grams both documents of some pairs have; shape (2, pairs)."""
        left, right = self.left[pairs], self.right[pairs]
        wanted = np.zeros(len(self.first) - 1, np.bool_)
        wanted[left] = wanted[right] = True
        counts = np.zeros(len(wanted), np.int64)
        count_distinct(self.hash, self.first, N, wanted, counts)
        return np.stack([counts[left], counts[right]])


def _read(
    documents: pa.Table, rows: NDArray[np.int64], *, flags: bool = True
) -> Iterator[tuple[Chosen, Keys, list[str | None]]]:
    """Yield texts, their words and their languages, some at a time."""
    for batch, some in chosen_slices(documents, rows, CACHED):
        keys = read_keys(batch.column("text"), some, flags=flags)
        yield Chosen(batch.column("text"), some), keys, batch.column("language").take(pa.array(some)).to_pylist()
