"""What is known of each family of a trace, in columns: to count, filter and order many without reading each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from stemmata import schemas
from stemmata.report.family import DATES, NOT_ALTERED

if TYPE_CHECKING:
    from stemmata.traced import Trace

KINDS = tuple(kind for kind in schemas.KINDS if kind != "none")
ROOTS = ("named", "lost", "open")
NO_DATE = np.datetime64("NaT", "us")


@dataclass(frozen=True, kw_only=True)
class Register:
    """Families in columns, the largest first.

    Parameters
    ----------
    names : list of str
        As the table of families has them.
    size : int array
        Documents.
    root : array of str
        ``named``: the original is told; ``lost``: it is not here; ``open``: it could not be told.
    severity : float array
        Of the gravest matter of fact that was altered on the way, 0 to 1; 0 where none was.
    differs : bool array
        Whether texts differ in matters of fact and none of them is known to be the source.
    first, last : datetime64 array
        The first and the last date, UTC; NaT where none is known.
    kinds : int array, families × ``KINDS``
        How many members stand to their source in each way; of several that no tree places all but one, to the member
        that is closest.
    home : mapping of str to int
        The place of the family to which each document belongs.
    """

    names: list[str]
    size: NDArray[np.int64]
    root: NDArray[np.str_]
    severity: NDArray[np.float64]
    differs: NDArray[np.bool_]
    first: NDArray[np.datetime64]
    last: NDArray[np.datetime64]
    kinds: NDArray[np.int64]
    home: Mapping[str, int]

    def __len__(self) -> int:
        return len(self.names)

    @property
    def altered(self) -> int:
        """How many families have a matter of fact altered on the way."""
        return int((self.severity > 0).sum())


def dates_of(documents: pa.Table) -> pa.ChunkedArray:
    """Return of each document when it was published, else what else is known; null where nothing is."""
    return pc.coalesce(*(documents.column(name) for name in DATES))


def read_register(trace: Trace) -> Register:
    """Return the register of a trace."""
    members = trace.families.select(["family", "doc", "via"])
    sizes = members.group_by("family").aggregate([("doc", "count")])
    sizes = sizes.sort_by([("doc_count", "descending"), ("family", "ascending")])
    names: list[str] = sizes["family"].to_pylist()
    tree = _Tree(trace.stemma, {name: number for number, name in enumerate(names)})
    docs, via = members["doc"].to_pylist(), members["via"].to_pylist()
    at = pc.index_in(members["family"], sizes["family"].combine_chunks()).to_numpy()
    home = dict(zip(docs, at.tolist(), strict=True))
    first, last = _dates(trace.documents, members["doc"], at, len(names))
    severity, differs = _altered(trace.changes, tree, home, len(names))
    loose = _loose(docs, home, tree)
    beside = ((doc, tree.above(doc) or (other if doc in loose else None)) for doc, other in zip(docs, via, strict=True))
    edges = [(home[doc], doc, other) for doc, other in beside if other is not None]
    return Register(
        names=names,
        size=sizes["doc_count"].to_numpy(),
        root=np.array([tree.root(number) for number in range(len(names))], "U5"),
        severity=severity,
        differs=differs,
        first=first,
        last=last,
        kinds=_kinds(trace.relations, edges, len(names)),
        home=home,
    )


class _Tree:
    """Who stands below whom, in all families."""

    def __init__(self, stemma: pa.Table, numbers: Mapping[str, int]) -> None:
        self.parent: dict[str, str | None] = {}
        self.lost: set[str] = set()
        self._roots: dict[int, set[str]] = defaultdict(set)
        columns = (stemma[name].to_pylist() for name in ("family", "doc", "parent", "role"))
        for family, doc, parent, role in zip(*columns, strict=True):
            self.parent[doc] = parent
            if role == "lost":
                self.lost.add(doc)
            if parent is None:
                self._roots[numbers.get(family, -1)].add(role)

    def root(self, family: int) -> str:
        """Return one of ``ROOTS``."""
        roles = self._roots[family]
        return "named" if "original" in roles else "lost" if roles == {"lost"} else "open"

    def above(self, doc: str) -> str | None:
        """Return the document from which another derives; None where it is lost, or not told."""
        parent = self.parent.get(doc)
        return None if parent in self.lost else parent

    def top(self, doc: str) -> str:
        """Return the member from which a document goes back in the end."""
        while (parent := self.parent.get(doc)) is not None:
            doc = parent
        return doc

    def is_edge(self, source: str, copy: str) -> bool:
        """Say whether changes from the one to the other are those of an edge."""
        parent = self.parent.get(copy)
        return parent is not None and source == (self.top(copy) if parent in self.lost else parent)


def _loose(docs: Sequence[str], home: Mapping[str, int], tree: _Tree) -> set[str]:
    """Return the members that have no source here, but for one of each family."""
    seen: set[int] = set()
    found = set()
    for doc in docs:
        if tree.above(doc) is None:
            if home[doc] in seen:
                found.add(doc)
            seen.add(home[doc])
    return found


def _altered(
    changes: pa.Table, tree: _Tree, home: Mapping[str, int], families: int
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return the gravest alteration of each family, and whether it only differs in matters of fact."""
    severity = np.zeros(families)
    directed, open_ = np.zeros(families, bool), np.zeros(families, bool)
    for row in _factual(changes):
        family = home.get(row["copy"], -1)
        if family < 0 or home.get(row["source"]) != family:
            continue
        entered = row["introduced_by"] in tree.lost and row["source"] == tree.top(row["copy"])
        if entered if row["inherited"] else tree.is_edge(row["source"], row["copy"]):
            directed[family] = True
            if row["type"] not in NOT_ALTERED:
                severity[family] = max(severity[family], row["severity"])
        elif tree.above(row["source"]) is None and tree.above(row["copy"]) is None:
            open_[family] = True
    return severity, open_ & ~directed


def _factual(changes: pa.Table) -> Iterator[dict[str, Any]]:
    names = ["source", "copy", "type", "severity", "inherited", "introduced_by"]
    factual = changes.select([*names, "factual"]).filter(changes["factual"]).select(names)
    for batch in factual.to_batches(max_chunksize=50_000):
        yield from batch.to_pylist()


def _dates(
    documents: pa.Table, docs: pa.ChunkedArray, at: NDArray[np.int64], families: int
) -> tuple[NDArray[np.datetime64], NDArray[np.datetime64]]:
    dates = dates_of(documents).take(pc.index_in(docs, documents["doc"].combine_chunks()))
    table = pa.table({"at": at, "date": dates}).group_by("at").aggregate([("date", "min"), ("date", "max")])
    found = []
    for name in ("date_min", "date_max"):
        column = np.full(families, NO_DATE)
        column[table["at"].to_numpy()] = table[name].cast(pa.timestamp("us")).to_numpy()
        found.append(column)
    return found[0], found[1]


def _kinds(relations: pa.Table, edges: Sequence[tuple[int, str, str]], families: int) -> NDArray[np.int64]:
    pairs = {"a": [min(edge[1:]) for edge in edges], "b": [max(edge[1:]) for edge in edges]}
    wanted = pa.table({"at": pa.array([edge[0] for edge in edges], pa.int64()), **_strings(pairs)})
    known = relations.select(["a", "b", "kind"])
    counts = wanted.join(known, ["a", "b"], join_type="inner").group_by(["at", "kind"]).aggregate([("a", "count")])
    found = np.zeros((families, len(KINDS)), np.int64)
    for row in counts.to_pylist():
        if row["kind"] in KINDS:
            found[row["at"], KINDS.index(row["kind"])] = row["a_count"]
    return found


def _strings(columns: Mapping[str, list[str]]) -> dict[str, pa.Array]:
    return {name: pa.array(values, pa.string()) for name, values in columns.items()}
