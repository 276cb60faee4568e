"""Which third texts are asked about a pair: sources that both have, and neighbours of the copy.

A family of hundreds has millions of triples. Of each text only the sources and neighbours are looked at that share
most words with it, and of those a few are asked about each pair. What they are called plays no part: of texts that
share as many words their digests decide, and of texts that are the same one is asked.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from heapq import nsmallest
from itertools import chain
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from stemmata import schemas
from stemmata.aligned import counted
from stemmata.direction.agreements import REUSED

NEAREST = 16  # sources, and neighbours, of each text that are looked at
THIRDS = 4  # common sources that are asked about each pair; of neighbours of the copy twice as many
FIRST = schemas.DIRECTIONS.arrow.append(pa.field("stated", pa.bool_())).append(pa.field("referred", pa.bool_()))
"""First verdicts. ``stated``: caller, dates or references decide; ``referred``: the copy refers to its source."""
DOCS = pa.list_(pa.string())
ASKED = pa.schema([*FIRST, pa.field("sources", DOCS), pa.field("near", DOCS)])
"""First verdicts with the texts that are asked about them: sources of both, and neighbours of the copy."""

Key = tuple[str, str]


def choose_thirds(found: pa.Table, documents: pa.Table, alignments: pa.Table, related: pa.Table) -> pa.Table:
    """Return the verdicts about which third texts are asked, with those texts.

    Parameters
    ----------
    found : pyarrow.Table
        ``FIRST``, sorted by key.
    documents, alignments : pyarrow.Table
        As the stages before leave them.
    related : pyarrow.Table
        The pairs ``a``, ``b`` that reuse text.

    Returns
    -------
    pyarrow.Table
        ``ASKED``; verdicts about which there is none to ask are left out.
    """
    words = _shared_words(alignments, related)
    choice = _Choice(words, _digests(documents, {doc for pair in words for doc in pair}))
    rows = found.select(["a", "b", "source", "copy", "stated", "referred"]).to_pylist()
    sources = _sources(rows, choice)
    above = {doc: _above(doc, sources) for doc in sources}
    near = choice.neighbours()
    stated = {(row["source"], row["copy"]) for row in rows if row["stated"]}
    kept: list[int] = []
    chosen: dict[str, list[list[str]]] = {"sources": [], "near": []}
    for place, row in enumerate(rows):
        a, b, copy = row["a"], row["b"], row["copy"]
        if (a, b) not in words:
            continue
        common = () if row["stated"] else above.get(a, {}).keys() & above.get(b, {}).keys()
        around = () if copy is None or row["referred"] else (c for c in near[copy] if (copy, c) not in stated)
        asked = {"sources": choice.best(a, b, common, THIRDS), "near": choice.best(a, b, around, 2 * THIRDS)}
        if any(asked.values()):
            kept.append(place)
            for name, docs in asked.items():
                chosen[name].append(docs)
    columns = found.take(pa.array(kept, pa.int64())).select(FIRST.names).columns
    return pa.Table.from_arrays([*columns, *(pa.array(docs, DOCS) for docs in chosen.values())], schema=ASKED)


class _Choice:
    """Who shares how many words with whom.

    Parameters
    ----------
    words : mapping
        How many words match in the passages of each pair.
    digests : mapping of str to bytes
        Of each document's text.
    """

    def __init__(self, words: Mapping[Key, int], digests: Mapping[str, bytes]) -> None:
        self._words, self._digests = words, digests

    def best(self, a: str, b: str, docs: Iterable[str], most: int) -> list[str]:
        """Return those of some documents that share most words with both texts of a pair, the same texts but once."""
        told = {self._digests[a], self._digests[b]}
        if len(told) == 1:
            return []
        fit = (c for c in docs if self._shared(a, c) and self._shared(b, c) and self._digests[c] not in told)
        distinct: dict[bytes, str] = {}
        for doc in sorted(fit, key=self._rank(a, b)):
            distinct.setdefault(self._digests[doc], doc)
        return list(distinct.values())[:most]

    def nearest(self, doc: str, docs: Iterable[str], most: int) -> list[str]:
        """Return those of some documents that share most words with a text."""
        return nsmallest(most, docs, key=self._rank(doc))

    def neighbours(self) -> dict[str, list[str]]:
        """Return for each document those that share most words with it."""
        beside: dict[str, list[str]] = defaultdict(list)
        for a, b in self._words:
            beside[a].append(b)
            beside[b].append(a)
        return {doc: self.nearest(doc, docs, NEAREST) for doc, docs in beside.items()}

    def _rank(self, *docs: str) -> Callable[[str], tuple[int, bytes, str]]:
        return lambda c: (-sum(self._shared(doc, c) for doc in docs), self._digests.get(c, b""), c)

    def _shared(self, one: str, other: str) -> int:
        return self._words.get((min(one, other), max(one, other)), 0)


def _sources(rows: Sequence[Mapping[str, Any]], choice: _Choice) -> dict[str, list[str]]:
    """Return the sources of each text: those that share most words with it, and those that most texts derive from."""
    derived = Counter(row["source"] for row in rows if row["source"] is not None)
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        if row["source"] is not None:
            found[row["copy"]].append(row["source"])
    for doc, docs in found.items():
        ranked = choice.nearest(doc, docs, len(docs))
        by_words, others = ranked[: NEAREST // 2], ranked[NEAREST // 2 :]
        found[doc] = by_words + sorted(others, key=lambda source: -derived[source])[: NEAREST // 2]
    return found


def _above(doc: str, sources: Mapping[str, Sequence[str]]) -> dict[str, None]:
    """Return the sources of a text, and theirs; not those that derive from it in turn."""
    further = chain.from_iterable(sources.get(source, ()) for source in sources[doc])
    return {c: None for c in chain(sources[doc], further) if c != doc and doc not in sources.get(c, ())}


def _shared_words(alignments: pa.Table, related: pa.Table) -> dict[Key, int]:
    """Return how many words match in the passages of each pair that reuses text."""
    rows = counted(alignments).select(["a", "b", "role", "matched"])
    rows = rows.filter(pc.is_in(rows.column("role"), pa.array(REUSED)))
    rows = rows.join(related.select(["a", "b"]), ["a", "b"], join_type="inner", use_threads=False)
    sums = rows.group_by(["a", "b"]).aggregate([("matched", "sum")]).to_pylist()
    return {(row["a"], row["b"]): row["matched_sum"] for row in sums if row["matched_sum"]}


def _digests(documents: pa.Table, docs: Iterable[str]) -> dict[str, bytes]:
    """Return a digest of each text."""
    held = pc.is_in(documents.column("doc"), pa.array(sorted(docs), pa.string()))
    rows = documents.select(["doc", "text"]).filter(held)
    pairs = zip(rows.column("doc").to_pylist(), rows.column("text").to_pylist(), strict=True)
    return {doc: hashlib.sha256(text.encode()).digest() for doc, text in pairs}
