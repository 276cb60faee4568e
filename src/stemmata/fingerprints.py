"""Stage 2: the k-grams that stand for each document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from stemmata import schemas
from stemmata.buffers import text_slices
from stemmata.engines import Engine, LocalEngine
from stemmata.errors import OptionError, check_option
from stemmata.facts import Facts
from stemmata.kernels.gathering import gather_kept, merge_kept
from stemmata.kernels.kgrams import EVERY, bound_kept, winnow
from stemmata.misreadings import Chosen, find_misread, keys_anew
from stemmata.sides import described
from stemmata.tokens import Keys, read_keys
from stemmata.views import CACHED, Frame, Grams, N, surface_grams, surface_sample

QUOTATION_WINDOW = 4  # N + window - 1 = 8 words
KEPT = pa.schema([("row", pa.int32()), ("view", pa.int8()), ("hash", pa.uint64()), ("position", pa.int32())])
MISREAD = "texts with many unknown words, as character recognition leaves them, compared by the words they look like"
ORDERED = tuple(sorted(schemas.VIEWS))  # the order of rows


@dataclass(frozen=True, kw_only=True)
class FingerprintOptions:
    """Which views are kept, and how much of each.

    Parameters
    ----------
    views : tuple of str
        Some of ``schemas.VIEWS``, at least one. ``quotation`` costs as much as the others together, and only
        ``PairOptions.quotations`` asks for it.
    skeleton_rate, surface_rate : int
        One k-gram in so many is kept, by its hash alone (FracMinHash), 1 to 1,000; 1 keeps all.
    floor : int
        The smallest hashes of each text's skeleton that are kept whatever the rate, 0 to 10,000.
    sample_from : int
        Documents from which a collection is sampled at all; smaller ones keep every k-gram. How many it has its
        statistics say.
    """

    views: tuple[str, ...] = ("skeleton", "surface")
    skeleton_rate: int = 8
    surface_rate: int = 16
    floor: int = 64
    sample_from: int = 5_000

    def __post_init__(self) -> None:
        object.__setattr__(self, "views", (self.views,) if isinstance(self.views, str) else tuple(self.views))
        if not self.views or not set(self.views) <= set(schemas.VIEWS):
            raise OptionError(
                f"views is {self.views!r}.",
                where="option views",
                mend=f"give one or more of {', '.join(schemas.VIEWS)}.",
            )
        check_option(self, "skeleton_rate", 1, 1_000)
        check_option(self, "surface_rate", 1, 1_000)
        check_option(self, "floor", 0, 10_000)
        check_option(self, "sample_from", 0, 10**12)


def fingerprint(
    documents: pa.Table,
    statistics: pa.Table | None = None,
    *,
    options: FingerprintOptions = FingerprintOptions(),
    engine: Engine | None = None,
) -> pa.Table:
    """Choose the k-grams that stand for each document.

    Parameters
    ----------
    documents : pyarrow.Table
        ``schemas.DOCUMENTS``.
    statistics : pyarrow.Table, optional
        ``schemas.STATISTICS`` of the whole collection, of which the documents may be a part; by default the languages'
        own lists.

    Returns
    -------
    pyarrow.Table
        ``schemas.FINGERPRINTS``, 17 bytes a row. A text of fewer than five words has none.

    Notes
    -----
    Where ``statistics`` say that some texts of a language have no capitals (``caseless``), all texts of it also keep
    the k-grams of their skeleton without names, so that a lower-cased copy meets its original.

    References
    ----------
    Irber et al. 2022 (FracMinHash); Schleimer, Wilkerson and Aiken 2003 (winnowing).
    """
    engine = engine or LocalEngine()
    documents = described(documents, engine)
    facts = Facts.of(statistics)
    frame = Frame(facts, pc.unique(documents.column("language")).to_pylist())
    numbered = documents.select(["text", "language"]).append_column(
        "row", pa.array(np.arange(documents.num_rows, dtype=np.int32))
    )
    sampled = facts.documents(documents.num_rows) >= options.sample_from  # of parts of one collection, all or none
    found = engine.map(_fingerprint_part, numbered, engine.broadcast(frame), options, sampled)
    named = name_kept(found, documents.column("doc").combine_chunks())
    return named.combine_chunks().replace_schema_metadata(found.schema.metadata)


def name_kept(kept: pa.Table, docs: pa.Array) -> pa.Table:
    """Return ``schemas.FINGERPRINTS`` of rows in the schema ``KEPT``: documents and views by their names."""
    arrow = schemas.FINGERPRINTS.arrow
    columns = [
        pa.chunked_array(
            [pa.DictionaryArray.from_arrays(chunk, values) for chunk in kept.column(name).chunks],
            arrow.field(column).type,
        )
        for name, column, values in (("row", "doc", docs), ("view", "view", pa.array(ORDERED)))
    ]
    return pa.Table.from_arrays([*columns, kept.column("hash"), kept.column("position")], schema=arrow)


def _fingerprint_part(part: pa.Table, frame: Frame, options: FingerprintOptions, sampled: bool) -> pa.Table:
    sketched = [_sketch(batch, frame, options, sampled) for batch in text_slices(part, CACHED)]
    note = {"stage": "fingerprints", "what": MISREAD, "count": sum(count for _, count in sketched)}
    return schemas.remark(pa.Table.from_batches([batch for batch, _ in sketched], KEPT), notes=[note])


def _sketch(batch: pa.Table, frame: Frame, options: FingerprintOptions, sampled: bool) -> tuple[pa.RecordBatch, int]:
    """Keep the k-grams of a few documents, in the order of document, view and position; and count those misread."""
    keys = read_keys(batch.column("text"), flags="skeleton" in options.views)
    languages = batch.column("language").to_pylist()
    views = [view for view in ORDERED if view in options.views]
    kept = [_view(view, keys, languages, frame, options, sampled) for view in views]
    texts = Chosen(batch.column("text"), np.arange(batch.num_rows))
    misread = find_misread(texts, languages, keys, frame.facts.misread)
    if misread.any():
        again, place = keys_anew(texts, languages, misread)
        place += np.repeat(keys.first[:-1], np.diff(again.first)).astype(np.int32)
        for number, view in enumerate(views):
            more = _view(view, again, languages, frame, options, sampled)
            kept[number] = _merged(kept[number], more.at(place), misread)
    sizes = np.stack([sizes for _, _, sizes in kept], axis=1)
    begins = (np.cumsum(sizes) - sizes.ravel()).reshape(sizes.shape).T
    rows = int(sizes.sum())
    hashes, positions = np.empty(rows, np.uint64), np.empty(rows, np.int32)
    for (grams, bound, _), begin in zip(kept, begins, strict=True):
        gather_kept(*grams, N, bound, keys.first, np.ascontiguousarray(begin), hashes, positions)
    by_view = np.tile(np.array([ORDERED.index(view) for view in views], np.int8), batch.num_rows)
    return pa.record_batch(
        [
            pa.array(np.repeat(batch.column("row").to_numpy(), sizes.sum(axis=1))),
            pa.array(np.repeat(by_view, sizes.ravel())),
            pa.array(hashes),
            pa.array(positions),
        ],
        schema=KEPT,
    ), int(misread.sum())


class _Kept(NamedTuple):
    """The k-grams of a view, the largest hash that each document keeps, and how many it keeps."""

    grams: Grams
    bound: NDArray[np.uint64]
    sizes: NDArray[np.int64]

    def at(self, place: NDArray[np.int32]) -> _Kept:
        """Return it with other places: of each word that it counts."""
        places = np.take(place, self.grams.places, mode="clip")  # what lies between documents is of none
        return self._replace(grams=self.grams._replace(places=places))


def _view(
    view: str, keys: Keys, languages: list[str | None], frame: Frame, options: FingerprintOptions, sampled: bool
) -> _Kept:
    if view == "surface":
        grams = surface_sample(keys, _below(options.surface_rate if sampled else 1))
        return _Kept(grams, np.full(len(languages), EVERY), np.diff(grams.first) - N + 1)
    if view == "quotation":
        texts = len(languages)
        kept = _Kept(surface_grams(keys, view), np.empty(texts, np.uint64), np.empty(texts, np.int64))
        winnow(kept.grams.hash, kept.grams.first, N, QUOTATION_WINDOW, kept.bound, kept.sizes)
        return kept
    rate, floor = (options.skeleton_rate, options.floor) if sampled else (1, 0)
    kept = _sampled(frame.skeletons(keys, languages).grams, rate, floor)
    mixed = frame.mixed(languages)
    if not mixed.any():
        return kept
    return _merged(kept, _sampled(frame.skeletons(keys, languages, names=False).grams, rate, floor), mixed)


def _merged(kept: _Kept, more: _Kept, also: NDArray[np.bool_]) -> _Kept:
    """Return what each document keeps, with what those in ``also`` keep besides."""
    both = Grams(*merge_kept(*kept.grams, kept.bound, *more.grams, more.bound, also, N))
    return _Kept(both, np.full(len(also), EVERY), np.diff(both.first) - N + 1)


def _sampled(grams: Grams, rate: int, floor: int) -> _Kept:
    documents = len(grams.first) - 1
    kept = _Kept(grams, np.empty(documents, np.uint64), np.empty(documents, np.int64))
    bound_kept(grams.hash, grams.first, N, np.uint64(_below(rate)), floor, kept.bound, kept.sizes)
    return kept


def _below(rate: int) -> int:
    """Return the largest hash that is kept of one in so many."""
    return 2**64 // rate - 1
