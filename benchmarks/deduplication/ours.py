"""The same task by stemmata, on one thread: fingerprints, pairs that are recounted in the full texts, components."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from benchmarks.deduplication.peers import Pairs
from stemmata.engines import LocalEngine
from stemmata.fingerprints import FingerprintOptions, fingerprint
from stemmata.pairs import find_pairs

SURFACE = FingerprintOptions(views=("surface",))
DEFAULT = FingerprintOptions()


def find(documents: pa.Table, options: FingerprintOptions, statistics: pa.Table | None = None) -> Pairs:
    """Return the pairs of ``find_pairs``, as indices into the documents."""
    engine = LocalEngine(workers=1)
    fingerprints = fingerprint(documents, statistics, options=options, engine=engine)
    return indices(documents, find_pairs(documents, fingerprints, statistics, engine=engine))


def indices(documents: pa.Table, pairs: pa.Table) -> Pairs:
    """Return the two sides of pairs as indices into the documents."""
    docs = documents.column("doc").combine_chunks()
    a, b = (pc.index_in(pairs.column(side), docs).to_numpy().astype(np.int64) for side in "ab")
    return a, b
