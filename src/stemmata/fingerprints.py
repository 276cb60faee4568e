"""Stage 2: the k-grams that stand for each document."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from stemmata import schemas
from stemmata.engines import Engine, LocalEngine
from stemmata.errors import check_option
from stemmata.facts import Facts
from stemmata.kernels.kgrams import winnow
from stemmata.sides import described
from stemmata.tokens import read_words
from stemmata.views import QUOTATION_WINDOW, Grams, all_grams


@dataclass(frozen=True, kw_only=True)
class FingerprintOptions:
    """How much of each view is kept.

    Parameters
    ----------
    skeleton_rate, surface_rate : int
        One k-gram in so many is kept, by its hash alone (FracMinHash), 1 to 1,000; 1 keeps all.
    floor : int
        The smallest hashes of each text's skeleton that are kept whatever the rate, 0 to 10,000.
    sample_from : int
        Documents from which a collection is sampled at all; smaller ones keep every k-gram.
    """

    skeleton_rate: int = 8
    surface_rate: int = 16
    floor: int = 64
    sample_from: int = 5_000

    def __post_init__(self) -> None:
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
        ``schemas.STATISTICS``; by default the languages' own lists.

    Returns
    -------
    pyarrow.Table
        ``schemas.FINGERPRINTS``. A text of fewer than five words has none.

    References
    ----------
    Irber et al. 2022 (FracMinHash); Schleimer, Wilkerson and Aiken 2003 (winnowing).
    """
    engine = engine or LocalEngine()
    documents = described(documents, engine)
    facts = engine.broadcast(Facts.of(statistics))
    sampled = documents.num_rows >= options.sample_from
    found = engine.map(_fingerprint_part, documents, facts, options, sampled)
    return schemas.FINGERPRINTS.check(found)


def _fingerprint_part(part: pa.Table, facts: Facts, options: FingerprintOptions, sampled: bool) -> pa.Table:
    tokens = read_words(part.column("text"))
    languages = part.column("language").to_pylist()
    docs = part.column("doc").combine_chunks()
    tables = []
    for view in schemas.VIEWS:
        grams = all_grams(tokens, languages, facts, view)
        kept = np.flatnonzero(_keep(grams, view, options, sampled))
        document = np.repeat(np.arange(len(tokens)), np.diff(grams.first))[kept]
        tables.append(
            pa.table(
                [
                    docs.take(pa.array(document)),
                    pa.array([view] * len(kept), pa.string()),
                    pa.array(grams.hash[kept]),
                    pa.array(grams.position[kept]),
                ],
                schema=schemas.FINGERPRINTS.arrow,
            )
        )
    return pa.concat_tables(tables)


def _keep(grams: Grams, view: str, options: FingerprintOptions, sampled: bool) -> NDArray[np.bool_]:
    keep = np.zeros(len(grams.hash), bool)
    if view == "quotation":
        for begin, end in zip(grams.first, grams.first[1:], strict=False):
            winnow(grams.hash, begin, end, QUOTATION_WINDOW, keep)
        return keep
    rate = options.skeleton_rate if view == "skeleton" else options.surface_rate
    if not sampled or rate == 1:
        return ~keep
    keep = grams.hash < np.uint64(2**64 // rate)
    if view == "skeleton" and options.floor:
        for begin, end in zip(grams.first, grams.first[1:], strict=False):
            if end - begin <= options.floor:
                keep[begin:end] = True
            else:
                keep[begin + np.argpartition(grams.hash[begin:end], options.floor)[: options.floor]] = True
    return keep
