"""First verdicts, each from a pair alone, revised by what third texts tell.

Two texts that derive from a third, and have each kept words of it that the other lacks, derive neither from the
other. And a copy that departs from its source together with a third text, which was made neither from the copy nor
stands between the two, has that from a text that is not here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, combinations, groupby
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from stemmata import schemas
from stemmata.aligned import Passages, read_passages
from stemmata.direction.agreements import (
    LEAST,
    Agreements,
    PartnersOf,
    Places,
    agree,
    agree_beyond_chance,
    count_runs,
    is_apart,
    list_runs,
    may_derive_x,
)
from stemmata.direction.thirds import choose_thirds
from stemmata.direction.verdict import shortened
from stemmata.engines import Engine
from stemmata.sides import BYTES_AT_ONCE, batches, passages_of
from stemmata.tokens import Words, read_words

BETWEEN = 0.6  # that the source is lost where copy and third text depart from it together; set by judgement
EXAMPLES = 3  # of each sort
SHARE = 8  # of the texts that are laid beside a pair elsewhere: here up to a dozen others lie beside it too
FEW = 4  # words of a reading that is an example
APART = "neither derives from the other: each keeps words of {third} (c) that the other changed or left out"
TOGETHER = "the copy departs from the source together with {third} (c): both may have that from a text that is not here"
NOTHING = "–"

Row = dict[str, Any]


@dataclass(frozen=True)
class Witnesses:
    """The texts and passages that some verdicts need.

    Parameters
    ----------
    texts, words : mapping
        By document.
    pairs : mapping
        Passages by pair.
    """

    texts: Mapping[str, str]
    words: Mapping[str, Words]
    pairs: Mapping[tuple[str, str], Passages]

    @classmethod
    def of(cls, asked: pa.Table, documents: pa.Table, alignments: pa.Table) -> Witnesses:
        """Gather what the rows of a table ``ASKED`` need."""
        keys = set()
        for row in asked.select(["a", "b", "sources", "near"]).to_pylist():
            for third in chain(row["sources"], row["near"]):
                keys |= {(min(two), max(two)) for two in combinations((row["a"], row["b"], third), 2)}
        pairs = pa.table([pa.array(side, pa.string()) for side in zip(*sorted(keys), strict=True)], ["a", "b"])
        docs = pa.array(sorted({doc for key in keys for doc in key}), pa.string())
        rows = documents.select(["doc", "text"]).filter(pc.is_in(documents.column("doc"), docs))
        names, tokens = rows.column("doc").to_pylist(), read_words(rows.column("text"))
        texts = dict(zip(names, rows.column("text").to_pylist(), strict=True))
        words = {name: tokens[place] for place, name in enumerate(names)}
        return cls(texts, words, read_passages(passages_of(alignments, pairs)))


def ask_thirds(
    found: pa.Table, documents: pa.Table, alignments: pa.Table, related: pa.Table, engine: Engine
) -> pa.Table:
    """Return verdicts revised by what third texts tell.

    Parameters
    ----------
    found : pyarrow.Table
        ``FIRST``, one row a pair, sorted by key.
    documents, alignments : pyarrow.Table
        As the stages before leave them.
    related : pyarrow.Table
        The pairs ``a``, ``b`` that reuse text; no others are asked.

    Returns
    -------
    pyarrow.Table
        Rows of ``schemas.DIRECTIONS``, not sorted.
    """
    asked = choose_thirds(found, documents, alignments, related)
    if not asked.num_rows:
        return found
    keys = set(_keys(asked))
    alone = pa.array([key not in keys for key in _keys(found)], pa.bool_())
    revised = [found.select(schemas.DIRECTIONS.arrow.names).filter(alone)]
    for start, end in batches(documents, asked, BYTES_AT_ONCE // SHARE):
        some = asked.slice(start, end - start)
        revised.append(engine.map(_revise_part, some, engine.broadcast(Witnesses.of(some, documents, alignments))))
    return pa.concat_tables(part.replace_schema_metadata(None) for part in revised)


def _keys(table: pa.Table) -> Iterator[tuple[str, str]]:
    return zip(*(table.column(side).to_pylist() for side in ("a", "b")), strict=True)


def _revise_part(part: pa.Table, witnesses: Witnesses) -> pa.Table:
    rows = []
    for _, same_a in groupby(part.to_pylist(), key=lambda row: row["a"]):
        hearing = _Hearing(witnesses)  # partners of one text at a time are held
        rows += [hearing.revise(row) for row in same_a]
    return schemas.DIRECTIONS.table(rows)


def _quoted(doc: str) -> str:
    return f"“{shortened(doc)}”"


class _Hearing:
    def __init__(self, witnesses: Witnesses) -> None:
        self._witnesses = witnesses
        self._partners = PartnersOf(witnesses.words, witnesses.pairs)

    def revise(self, row: Row) -> Row:
        """Return the row of one pair as third texts leave it."""
        a, b = row["a"], row["b"]
        apart = {third: g for third in row["sources"] if is_apart(g := agree(third, a, b, self._partners))}
        if apart:
            third = max(apart, key=lambda c: min(count_runs(apart[c].with_x), count_runs(apart[c].with_y)))
            reason = {
                "reason": APART.format(third=_quoted(third)),
                "points": 0.0,
                "examples": self._examples("c and a: %s | b: %s", apart[third].with_x, a, b)
                + self._examples("c and b: %s | a: %s", apart[third].with_y, b, a),
            }
            nobody = dict.fromkeys(("source", "copy", "likelier"))
            return row | nobody | {"verdict": "common_source", "via_lost": 0.0, "confidence": 0.5, "evidence": [reason]}
        together = self._together(row) if row["near"] else {}
        if not together:
            return row
        third = max(together, key=lambda c: count_runs(together[c].shared))
        reason = {
            "reason": TOGETHER.format(third=_quoted(third)),
            "points": 0.0,
            "examples": self._examples(
                "the copy and c: %s | the source: %s", together[third].shared, row["copy"], row["source"]
            ),
        }
        return row | {"evidence": [*row["evidence"], reason], "via_lost": 1 - (1 - row["via_lost"]) * (1 - BETWEEN)}

    def _together(self, row: Row) -> dict[str, Agreements]:
        """Return the third texts with which the copy departs from the source; none if one of them may be its source."""
        found = {}
        for third in row["near"]:
            g = agree(row["source"], row["copy"], third, self._partners)
            if count_runs(g.shared) >= LEAST and may_derive_x(g):
                return {}
            if is_apart(g) and agree_beyond_chance(g):
                found[third] = g
        return found

    def _examples(self, template: str, places: Places, doc: str, other: str) -> list[str]:
        """Return readings of a document with what another has in their place: exchanges word for word go first."""
        partners = self._partners(doc, other)
        found = []
        for first, last in list_runs(places):
            if last - first <= FEW and first > 0 and last < len(partners):
                low, high = int(partners[first - 1]) + 1, int(partners[last])
                if 0 < low <= high <= low + FEW:
                    shown = template % (self._reading(doc, first, last), self._reading(other, low, high))
                    found.append((low == high, abs(last - first - high + low), first, shown))
        return list(dict.fromkeys(shown for *_, shown in sorted(found)))[:EXAMPLES]

    def _reading(self, doc: str, first: int, last: int) -> str:
        """Return words [first, last) on one line, as they stand."""
        words = self._witnesses.words[doc]
        if first >= last:
            return NOTHING
        return shortened(self._witnesses.texts[doc][words.start[first] : words.end[last - 1]])
