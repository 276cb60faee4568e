"""The same task by stemmata, on one thread: fingerprints, and pairs that are estimated or recounted in the texts."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from benchmarks.deduplication.peers import ALIKE, Pairs
from stemmata.engines import LocalEngine
from stemmata.fingerprints import FingerprintOptions, fingerprint
from stemmata.pairs import PairOptions, find_pairs

SURFACE = FingerprintOptions(views=("surface",))
DEFAULT = FingerprintOptions()


def find(documents: pa.Table, options: FingerprintOptions, statistics: pa.Table | None = None) -> Pairs:
    """Return the pairs of ``find_pairs``, as indices into the documents."""
    engine = LocalEngine(workers=1)
    fingerprints = fingerprint(documents, statistics, options=options, engine=engine)
    return indices(documents, find_pairs(documents, fingerprints, statistics, engine=engine))


def screen(documents: pa.Table) -> Pairs:
    """Return the pairs of which no text is read again, of an estimated Jaccard index of ``peers.ALIKE`` or more."""
    engine = LocalEngine(workers=1)
    fingerprints = fingerprint(documents, options=SURFACE, engine=engine)
    pairs = find_pairs(documents, fingerprints, options=PairOptions(recount=False), engine=engine)
    within = [pairs.column(f"containment_{side}").to_numpy() for side in "ab"]
    with np.errstate(divide="ignore"):
        alike = 1 / (1 / within[0] + 1 / within[1] - 1)
    return indices(documents, pairs.filter(pa.array(alike >= ALIKE)))


def indices(documents: pa.Table, pairs: pa.Table) -> Pairs:
    """Return the two sides of pairs as indices into the documents."""
    docs = documents.column("doc").combine_chunks()
    a, b = (pc.index_in(pairs.column(side), docs).to_numpy().astype(np.int64) for side in "ab")
    return a, b
