"""What two documents share, estimated from their fingerprints: no text is read again."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from stemmata.kernels.samples import compare_samples, order_samples
from stemmata.recounts import COUNTS


def estimate(
    documents: pa.Table, fingerprints: pa.Table, a: NDArray[np.int64], b: NDArray[np.int64], views: tuple[str, ...]
) -> pa.Table:
    """Count the kept k-grams that pairs of documents share, and those that each could share.

    Parameters
    ----------
    documents : pyarrow.Table
        Column ``doc``.
    fingerprints : pyarrow.Table
        ``schemas.FINGERPRINTS``, in any order, with one dictionary.
    a, b : int64 arrays
        Rows of ``documents``, a < b; each pair once.
    views : tuple of str
        Which of ``COUNTED`` are counted; the columns of the other are null.

    Returns
    -------
    pyarrow.Table
        ``recounts.COUNTS``, by a and b. All numbers are of kept k-grams, each once, up to the largest hash that both
        sides keep; their ratio estimates the containment.

    References
    ----------
    Irber et al. 2022: containment from FracMinHash; Broder 1997: from the smallest hashes, as a floor keeps them.
    """
    order = np.lexsort((b, a))
    a, b = a[order], b[order]
    doc, view = (fingerprints.column(name).combine_chunks() for name in ("doc", "view"))
    known = pc.fill_null(pc.index_in(doc.dictionary, documents.column("doc").combine_chunks()), -1).to_numpy()
    row = known.astype(np.int64)[doc.indices.to_numpy()] if len(known) else np.zeros(0, np.int64)
    hashes = fingerprints.column("hash").to_numpy()
    wanted = np.zeros(documents.num_rows, np.bool_)
    wanted[a] = wanted[b] = True
    columns: dict[str, NDArray[np.int64]] = {"a": a, "b": b}
    for name in views:
        code = view.dictionary.index(name).as_py()
        own = np.flatnonzero((view.indices.to_numpy() == code) & (row >= 0))
        own = own[wanted[row[own]]]
        own = own[np.argsort(row[own], kind="stable")]
        first = np.searchsorted(row[own], np.arange(documents.num_rows + 1))
        samples, ends = hashes[own], np.empty(documents.num_rows, np.int64)
        order_samples(samples, first, ends)
        counts = np.empty((3, len(a)), np.int64)
        compare_samples(samples, first, ends, a, b, *counts)
        columns |= dict(zip((f"shared_{name}", f"a_{name}", f"b_{name}"), counts, strict=True))
    absent = pa.nulls(len(a), pa.int64())
    return pa.table([columns.get(name, absent) for name in COUNTS.names], schema=COUNTS)
