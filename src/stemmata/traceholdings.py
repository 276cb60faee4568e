"""The documents of a run as a find asks for them: by number, and by the k-grams that they share with a text."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from stemmata.facts import Facts
from stemmata.postings import Postings, sort_postings

NONE_REMOVED = np.zeros(0, np.uint32)


class TraceHoldings:
    """What a run traced, as :class:`stemmata.holdings.Holdings` tells of a library; numbers are places of rows.

    Parameters
    ----------
    documents, fingerprints, statistics : pyarrow.Table
        As the run has them.
    place : str
        What the run is called.
    """

    def __init__(self, documents: pa.Table, fingerprints: pa.Table, statistics: pa.Table, place: str) -> None:
        self.statistics = statistics
        self.place = place
        self._documents = documents
        self._fingerprints = fingerprints

    def __len__(self) -> int:
        return int(self._documents.num_rows)

    @cached_property
    def facts(self) -> Facts:
        """The statistics, ready to be asked."""
        return Facts.of(self.statistics)

    @cached_property
    def postings(self) -> Postings:
        """The kept k-grams of all documents; sorted when they are first asked for."""
        kept = self._fingerprints.unify_dictionaries().combine_chunks()
        if not kept.num_rows:
            return Postings([], NONE_REMOVED)
        names = kept["doc"].combine_chunks().dictionary
        numbers = pc.index_in(names, self._documents["doc"].combine_chunks()).to_numpy(zero_copy_only=False)
        return Postings([sort_postings(kept, numbers.astype(np.uint32)).to_batches()], NONE_REMOVED)

    def take(self, numbers: Iterable[int]) -> pa.Table:
        """Return ``schemas.DOCUMENTS`` of some documents, by number."""
        wanted: NDArray[np.int64] = np.unique(np.fromiter(numbers, np.int64))
        return self._documents.take(pa.array(wanted))

    def named(self, doc: str) -> pa.Table | None:
        """Return ``schemas.DOCUMENTS`` of the document with an id, one row; None if there is none."""
        at = pc.index(self._documents["doc"], doc).as_py()
        return None if at < 0 else self._documents.slice(at, 1)
