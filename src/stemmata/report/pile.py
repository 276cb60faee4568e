"""What came in, what it came to, and, where nothing is related, why."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from stemmata import schemas
from stemmata.collating.corrections import PASSED_OVER
from stemmata.report import words
from stemmata.report.family import Family, dated
from stemmata.report.finding import Row
from stemmata.tokens import read_words

if TYPE_CHECKING:
    from stemmata.tracing import Trace

SHORT = 25  # words below which a text is too short for its passages to be told from chance

UNMATCHED = "it matches no document."  # the reason of a row of metadata that was not used
_READ_AT_ONCE = 1_000  # texts whose words are held in memory together
_LISTED = 6  # values of one column that are worth a line of their own
_CLOSEST = 10


@dataclass(frozen=True, kw_only=True)
class Pile:
    """The documents of a run.

    Parameters
    ----------
    rows : mapping
        Their rows without texts, by id, each with ``words``, their number.
    skipped : sequence of mappings
        Inputs that were not read.
    families : sequence of Family
        What they came to.
    compared, related, alike : int
        Pairs that were aligned, those of them that are related, and those that only fill the same form.
    """

    rows: Mapping[str, Row]
    skipped: Sequence[Row]
    families: Sequence[Family]
    compared: int
    related: int
    alike: int

    @cached_property
    def members(self) -> set[str]:
        """The documents that belong to a family."""
        return {member.doc for family in self.families for member in family.documents}

    @cached_property
    def loners(self) -> list[Row]:
        """The documents that belong to none."""
        return [row for doc, row in self.rows.items() if doc not in self.members]

    @property
    def short(self) -> list[Row]:
        """The documents that are too short for their passages to be told from chance."""
        return [row for row in self.rows.values() if row["words"] < SHORT]

    @property
    def dates(self) -> list[datetime]:
        """The first and the last date; none where none is known."""
        dates = sorted(date for row in self.rows.values() if (date := dated(row)))
        return [dates[0], dates[-1]] if dates else []

    def tally(self, column: str) -> list[tuple[str, int]]:
        """Return how many documents have each value of a column, the commonest first; rare ones are summed up."""
        counts = Counter(row[column] for row in self.rows.values() if row[column])
        ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        if rest := ordered[_LISTED:]:
            ordered[_LISTED:] = [
                (f"{len(rest):,} other {column.replace('media_', '')}s", sum(count for _, count in rest))
            ]
        unknown = len(self.rows) - counts.total()
        return [*ordered, ("not known", unknown)] if counts and unknown else ordered

    def count(self, column: str) -> int:
        """Return how many values of a column there are."""
        return len({row[column] for row in self.rows.values() if row[column]})

    @property
    def refusals(self) -> list[tuple[str, str, list[str]]]:
        """The reasons for which inputs were not read: reason, mend and inputs; the commonest first."""
        grouped: dict[tuple[str, str], list[str]] = defaultdict(list)
        for row in self.skipped:
            grouped[row["reason"], row["mend"]].append(row["uri"])
        return sorted(((*key, uris) for key, uris in grouped.items()), key=lambda group: (-len(group[2]), *group))


def read_rows(documents: pa.Table) -> dict[str, Row]:
    """Return the rows of documents without their texts, by id, each with ``words``."""
    rows = schemas.without_texts(documents).to_pylist()
    counts: list[int] = []
    for start in range(0, len(rows), _READ_AT_ONCE):
        counts += np.diff(read_words(documents.column("text").slice(start, _READ_AT_ONCE)).first).tolist()
    return {row["doc"]: row | {"words": count} for row, count in zip(rows, counts, strict=True)}


def read_pile(trace: Trace, rows: Mapping[str, Row], families: Sequence[Family]) -> Pile:
    """Return the pile of a run."""
    kinds = Counter(trace.relations.column("kind").to_pylist())
    return Pile(
        rows=rows,
        skipped=trace.skipped.to_pylist(),
        families=families,
        compared=kinds.total(),
        related=kinds.total() - kinds["none"] - kinds["template"],
        alike=kinds["template"],
    )


def headline(pile: Pile) -> str:
    """Say in one sentence what was found."""
    documents, members = len(pile.rows), len(pile.members)
    files = sum(row["reason"] != UNMATCHED and row["mend"] != PASSED_OVER for row in pile.skipped)
    unread = f"{_were(files, 'file')} not read" if files else ""
    if not documents:
        return f"Nothing could be read: {unread}." if unread else "Nothing was there to read."
    if documents == 1:
        return f"There is nothing to compare: only one document was read{_and(unread)}."
    if not pile.families:
        none = "belongs to a family" if pile.related else "derives from another"
        return f"None of the {documents:,} documents {none}{_and(unread)}."
    whole = "Both" if documents == 2 else f"All {documents:,}"
    size = whole if members == documents else f"{members:,} of {documents:,}"
    alone = documents - members
    parts = [
        f"{size} documents belong to {_families(len(pile.families))}",
        f"{alone:,} {'stands' if alone == 1 else 'stand'} alone" if alone else "",
        unread,
    ]
    return "; ".join(filter(None, parts)) + "."


def remark(pile: Pile) -> str:
    """Say what in the families deserves a look: facts that were altered, and roots that could not be told."""
    altered = [
        max(one.change.severity for edge in family.edges if edge.oriented for one in edge.altered)
        for family in pile.families
        if any(edge.oriented and edge.altered for edge in family.edges)
    ]
    grave = sum(severity >= 0.7 for severity in altered)
    differing = sum(family.gravest is not None and not family.gravest[0].oriented for family in pile.families)
    open_roots = sum(family.original is None for family in pile.families)
    sentences = []
    if altered:
        gravely = f", in {grave:,} gravely" if 0 < grave < len(altered) else ", gravely" if grave else ""
        sentences.append(f"In {_families(len(altered))} a matter of fact was altered on the way{gravely}.")
    elif pile.families and not differing:
        sentences.append("No matter of fact was found to be altered on the way.")
    if differing:
        sentences.append(
            f"In {_families(differing)} texts differ in matters of fact, and which of them came first is open."
        )
    if open_roots:
        sentences.append(f"The original of {_families(open_roots)} could not be told, or is not here.")
    return " ".join(sentences)


def explain(pile: Pile, options: Mapping[str, Any]) -> list[str]:
    """Say why nothing matched."""
    if len(pile.rows) < 2:
        return []
    said = []
    least = options.get("pairs", {}).get("verified")
    if not pile.compared:
        runs = f"{least:,} runs" if least else "enough runs"
        said.append(f"No two documents share {runs} of five words, or of five function words, names and figures.")
    else:
        looked = f"{_were(pile.compared, 'pair')} aligned word by word"
        if pile.related:
            why = "the documents share passages, but no two of them enough to make a family"
        elif pile.alike == pile.compared:
            why = "the documents share a form, and fill it with other facts"
        else:
            why = "the documents share too little" + (", or only a form" if pile.alike else "")
        said.append(f"{looked}; {why}.")
    if short := len(pile.short):
        said.append(
            f"{words.counted(short, 'document')} of fewer than {SHORT} words {'is' if short == 1 else 'are'} too short "
            "for what they share to be told from chance."
        )
    return said


def closest(trace: Trace) -> list[Row]:
    """Return the pairs that share most, though they are not related, without their evidence; no look-alikes."""
    relations = trace.relations.filter(pc.not_equal(trace.relations.column("kind"), "template"))
    rows = relations.drop_columns(["evidence"]).to_pylist()
    return heapq.nsmallest(_CLOSEST, rows, key=lambda r: (-max(r["coverage_a"], r["coverage_b"]), r["a"], r["b"]))


def outside(trace: Trace, families: Sequence[Family]) -> tuple[list[Row], list[Row]]:
    """Return the pairs that are in no family together, those that share most first, without their evidence.

    Look-alikes, which share a form only, come first, then those that share passages.
    """
    home = {member.doc: family.at for family in families for member in family.documents}
    relations = trace.relations.drop_columns(["evidence"])
    relations = relations.filter(pc.not_equal(relations.column("kind"), "none"))
    rows = [row for row in relations.to_pylist() if home.get(row["a"], row["a"]) != home.get(row["b"], row["b"])]
    rows.sort(key=lambda row: (-max(row["coverage_a"], row["coverage_b"]), row["a"], row["b"]))
    return [row for row in rows if row["kind"] == "template"], [row for row in rows if row["kind"] != "template"]


def _families(count: int) -> str:
    return "one family" if count == 1 else f"{count:,} families"


def _were(count: int, noun: str) -> str:
    return f"{words.counted(count, noun)} {'was' if count == 1 else 'were'}"


def _and(clause: str) -> str:
    return f"; {clause}" if clause else ""
