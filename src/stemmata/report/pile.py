"""What came in, what it came to, and, where nothing is related, why."""

from __future__ import annotations

import heapq
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from stemmata.collating.corrections import PASSED_OVER
from stemmata.report import words
from stemmata.report.finding import Row
from stemmata.report.register import dates_of
from stemmata.report.room import Room

if TYPE_CHECKING:
    from stemmata.traced import Trace

GRAVE = dict(words.SEVERITIES)["grave"]
SHORT = 25  # words below which a text is too short for its passages to be told from chance

UNMATCHED = "it matches no document."  # the reason of a row of metadata that was not used
_PART = re.compile(r"#\d+$")  # at the end of what is told of a row, an entry or a record
_LISTED = 6  # values of one column that are worth a line of their own
_CLOSEST = 10


class Pile:
    """The documents of a run, and what they came to.

    Parameters
    ----------
    room : Room
        The run.

    Attributes
    ----------
    documents : pyarrow.Table
        Without texts, with ``words``, their number.
    skipped : sequence of mappings
        Inputs that were not read.
    register : Register
        Its families.
    compared, related, alike : int
        Pairs that were aligned, those of them that are related, and those that only fill the same form.
    """

    def __init__(self, room: Room) -> None:
        trace = room.trace
        kinds = _counted(trace.relations, "kind")
        self.documents = room.documents.table
        self.skipped: Sequence[Row] = trace.skipped.to_pylist()
        self.register = room.register
        self.compared = kinds.total()
        self.related = kinds.total() - kinds["none"] - kinds["template"]
        self.alike = kinds["template"]
        self._counts = cache(self._count)

    @property
    def size(self) -> int:
        """How many documents there are."""
        return int(self.documents.num_rows)

    @cached_property
    def words(self) -> int:
        """How many words they have together."""
        return int(pc.sum(self.documents["words"]).as_py() or 0)

    @property
    def members(self) -> int:
        """How many documents belong to a family."""
        return len(self.register.home)

    @cached_property
    def alone(self) -> pa.Table:
        """The documents that belong to none."""
        members = pa.array(self.register.home, pa.string())
        return self.documents.filter(pc.invert(pc.is_in(self.documents["doc"], members)))

    @cached_property
    def short(self) -> int:
        """How many documents are too short for their passages to be told from chance."""
        return int(pc.sum(pc.less(self.documents["words"], SHORT)).as_py() or 0)

    @cached_property
    def dates(self) -> list[datetime]:
        """The first and the last date; none where none is known."""
        ends = pc.min_max(dates_of(self.documents)).as_py()
        return [] if ends["min"] is None else [ends["min"], ends["max"]]

    def tally(self, column: str) -> list[tuple[str, int]]:
        """Return how many documents have each value of a column, the commonest first; rare ones are summed up."""
        counts = self._counts(column)
        ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        if rest := ordered[_LISTED:]:
            ordered[_LISTED:] = [
                (f"{len(rest):,} other {column.replace('media_', '')}s", sum(count for _, count in rest))
            ]
        unknown = self.size - counts.total()
        return [*ordered, ("not known", unknown)] if counts and unknown else ordered

    def count(self, column: str) -> int:
        """Return how many values of a column there are."""
        return len(self._counts(column))

    def _count(self, column: str) -> Counter[str]:
        return Counter({value: count for value, count in _counted(self.documents, column).items() if value})

    @property
    def refusals(self) -> list[tuple[str, str, list[str]]]:
        """The reasons for which inputs were not read: reason, mend and inputs; the commonest first."""
        grouped: dict[tuple[str, str], list[str]] = defaultdict(list)
        for row in self.skipped:
            grouped[row["reason"], row["mend"]].append(row["uri"])
        return sorted(((*key, uris) for key, uris in grouped.items()), key=lambda group: (-len(group[2]), *group))


def _counted(table: pa.Table, column: str) -> Counter[str | None]:
    counts = table[column].value_counts()
    return Counter(dict(zip(counts.field("values").to_pylist(), counts.field("counts").to_pylist(), strict=True)))


def headline(pile: Pile) -> str:
    """Say in one sentence what was found."""
    documents, members = pile.size, pile.members
    unread = _unread([row for row in pile.skipped if row["reason"] != UNMATCHED and row["mend"] != PASSED_OVER])
    if not documents:
        return f"Nothing could be read: {unread}." if unread else "Nothing was there to read."
    if documents == 1:
        return f"There is nothing to compare: only one document was read{_and(unread)}."
    if not pile.register:
        none = "belongs to a family" if pile.related else "derives from another"
        return f"None of the {documents:,} documents {none}{_and(unread)}."
    whole = "Both" if documents == 2 else f"All {documents:,}"
    size = whole if members == documents else f"{members:,} of {documents:,}"
    alone = documents - members
    parts = [
        f"{size} documents belong to {_families(len(pile.register))}",
        f"{alone:,} {'stands' if alone == 1 else 'stand'} alone" if alone else "",
        unread,
    ]
    return "; ".join(filter(None, parts)) + "."


def remark(pile: Pile) -> str:
    """Say what in the families deserves a look: facts that were altered, and roots that could not be told."""
    altered = pile.register.altered
    grave = int((pile.register.severity >= GRAVE).sum())
    differing = int(pile.register.differs.sum())
    open_roots = int((pile.register.root != "named").sum())
    sentences = []
    if altered:
        gravely = f", in {grave:,} gravely" if 0 < grave < altered else ", gravely" if grave else ""
        sentences.append(f"In {_families(altered)} a matter of fact was altered on the way{gravely}.")
    elif pile.register and not differing:
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
    if pile.size < 2:
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
    if short := pile.short:
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


def outside(trace: Trace, home: Mapping[str, int]) -> tuple[list[Row], list[Row]]:
    """Return the pairs that are in no family together, those that share most first, without their evidence.

    Look-alikes, which share a form only, come first, then those that share passages.

    Parameters
    ----------
    home : mapping
        The family of each document that belongs to one.
    """
    relations = trace.relations.drop_columns(["evidence"])
    relations = relations.filter(pc.not_equal(relations.column("kind"), "none"))
    rows = [row for row in relations.to_pylist() if home.get(row["a"], row["a"]) != home.get(row["b"], row["b"])]
    rows.sort(key=lambda row: (-max(row["coverage_a"], row["coverage_b"]), row["a"], row["b"]))
    return [row for row in rows if row["kind"] == "template"], [row for row in rows if row["kind"] != "template"]


def _families(count: int) -> str:
    return "one family" if count == 1 else f"{count:,} families"


def _unread(skipped: Sequence[Row]) -> str:
    """Say how much was not read: files, and what of files is told by its number, such as rows of tables."""
    parts = sum(bool(_PART.search(row["uri"])) for row in skipped)
    files = len(skipped) - parts
    counted = [words.counted(files, "file")] if files else []
    counted += [words.counted(parts, "part") + (" of a file" if parts == 1 else " of files")] if parts else []
    return f"{' and '.join(counted)} {'was' if len(skipped) == 1 else 'were'} not read" if skipped else ""


def _were(count: int, noun: str) -> str:
    return f"{words.counted(count, noun)} {'was' if count == 1 else 'were'}"


def _and(clause: str) -> str:
    return f"; {clause}" if clause else ""
