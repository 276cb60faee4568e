"""A trace as pages show it: its documents, families and pairs looked up by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from stemmata import schemas
from stemmata.report.families import Families
from stemmata.report.family import Family
from stemmata.report.finding import Row
from stemmata.report.findings import Findings, about
from stemmata.report.lookup import Lookup
from stemmata.report.register import Register, read_register
from stemmata.tokens import read_words

if TYPE_CHECKING:
    from stemmata.traced import Trace

_AT_ONCE = 1_000  # texts whose words are held in memory together
_KEPT = 2_000  # families that are not read again


class Rows(Mapping[str, Row]):
    """The rows of the table of documents without their texts, by id, each with ``words``, their number."""

    def __init__(self, documents: pa.Table) -> None:
        words = pa.array(count_words(documents), pa.int64())
        self.table = schemas.without_texts(documents).append_column("words", words)
        self._lookup = Lookup(self.table, "doc")

    def __getitem__(self, doc: str) -> Row:
        for row in self._lookup.rows(doc):
            return row
        raise KeyError(doc)

    def __iter__(self) -> Iterator[str]:
        return iter(self.table["doc"].to_pylist())

    def __len__(self) -> int:
        return int(self.table.num_rows)


class Room:
    """What a trace holds, as pages ask for it; what takes long is done once, when it is first wanted.

    Parameters
    ----------
    trace : Trace
        Its tables are sorted by key, as every stage leaves them.

    Attributes
    ----------
    about : mapping
        How the trace was made.
    findings : Findings
        Its pairs.
    documents : Rows
        Its documents.
    family : callable
        Returns a family by its name.
    lookup : callable
        Returns a table, by its name, to be looked up by the columns that are named behind.
    """

    def __init__(self, trace: Trace) -> None:
        self.trace = trace
        self.about: Mapping[str, Any] = about(trace)
        self.findings = Findings(trace)
        self.documents = Rows(trace.documents)
        self.family = lru_cache(_KEPT)(self._read_family)
        self.lookup = lru_cache(self._look_up)

    @cached_property
    def register(self) -> Register:
        """Its families in columns."""
        return read_register(self.trace)

    @cached_property
    def standing(self) -> pa.Table:
        """Of each document, in their order: ``family``, ``parent`` and ``role``; all null where it stands alone.

        A member that its family's tree does not place is ``unresolved``.
        """
        docs = self.documents.table["doc"]
        families, stemma = self.trace.families, self.trace.stemma
        family = families["family"].take(pc.index_in(docs, families["doc"].combine_chunks()))
        placed = stemma.select(["parent", "role"]).take(pc.index_in(docs, stemma["doc"].combine_chunks()))
        role = pc.coalesce(placed["role"], pc.if_else(pc.is_valid(family), "unresolved", pa.scalar(None, pa.string())))
        return pa.table({"family": family, "parent": placed["parent"], "role": role})

    def families(self, first: int = 0, last: int | None = None) -> list[Family]:
        """Return families by their places, the largest first; by default all."""
        return [self.family(name) for name in self.register.names[first:last]]

    def _look_up(self, table: str, *key: str) -> Lookup:
        return Lookup(getattr(self.trace, table), *key)

    def _read_family(self, name: str) -> Family:
        return self._families.read(name)

    @cached_property
    def _families(self) -> Families:
        return Families(self.trace, self.register.names, self.findings, self.documents)


def count_words(documents: pa.Table) -> NDArray[np.int64]:
    """Return the number of words of each text."""
    counts = [np.zeros(0, np.int64)]
    for start in range(0, documents.num_rows, _AT_ONCE):
        counts.append(np.diff(read_words(documents.column("text").slice(start, _AT_ONCE)).first))
    return np.concatenate(counts)
