"""Families read from the tables of a run, with the order of their members and the edges between them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from stemmata.report.carried import Alteration, Carried
from stemmata.report.family import NO_DOCUMENT, Edge, Family, Member, dated
from stemmata.report.finding import Row
from stemmata.report.findings import Findings
from stemmata.report.lookup import Lookup

if TYPE_CHECKING:
    from stemmata.traced import Trace


class Families:
    """The families of a trace, read one at a time.

    Parameters
    ----------
    names : sequence of str
        Of all families, the largest first.
    documents : mapping
        The rows of the table of documents, by id, without their texts.
    """

    def __init__(self, trace: Trace, names: Sequence[str], findings: Findings, documents: Mapping[str, Row]) -> None:
        self._findings, self._documents = findings, documents
        self._members, self._placed = Lookup(trace.families, "family"), Lookup(trace.stemma, "family")
        self._numbers = {name: number for number, name in enumerate(names, 1)}

    def read(self, name: str) -> Family:
        """Return the family of a name.

        Raises
        ------
        KeyError
            There is none.
        """
        number, members = self._numbers[name], self._members.rows(name)
        placed = self._placed.rows(name) or [
            {**row, "parent": None, "role": "unresolved", "confidence": 0.0} for row in members
        ]
        at, belongs = f"family{number}", {row["doc"]: row for row in members}
        rows = {row["doc"]: self._documents.get(row["doc"], NO_DOCUMENT) for row in placed}
        people = {
            row["doc"]: Member(
                doc=row["doc"],
                at=f"{at}-m{place}",
                row=rows[row["doc"]],
                parent=row["parent"],
                role=row["role"],
                confidence=row["confidence"],
                others=tuple(row.get("other_parents") or ()),
                exact_of=belongs.get(row["doc"], {}).get("exact_of"),
            )
            for place, row in enumerate(in_tree_order(placed, rows), 1)
        }
        carried = Carried(people, self._findings)
        edges = [
            _edge(f"{at}-e{place}-", people, source, copy, oriented, self._findings, carried)
            for place, (source, copy, oriented) in enumerate(_joined(people, belongs, self._findings), 1)
        ]
        keeper = next((row["doc"] for row in members if row["keeper"]), members[0]["doc"])
        return Family(
            name=name, number=number, members=tuple(people.values()), edges=tuple(edges), keeper=people[keeper]
        )


def in_tree_order(placed: Sequence[Row], documents: Mapping[str, Row]) -> list[Row]:
    """Return each member before those that derive from it; of siblings the earliest first."""

    def age(row: Row) -> tuple[bool, str, str]:
        date = dated(documents.get(row["doc"], {}))
        return date is None, date.isoformat() if date else "", row["doc"]

    known = {row["doc"] for row in placed}
    children: dict[str | None, list[Row]] = defaultdict(list)
    for row in sorted(placed, key=age, reverse=True):
        children[row["parent"] if row["parent"] in known else None].append(row)
    ordered, waiting = [], children[None]
    while waiting:
        row = waiting.pop()
        ordered.append(row)
        waiting += children[row["doc"]]
    return ordered


def _joined(
    people: Mapping[str, Member], belongs: Mapping[str, Row], findings: Findings
) -> Iterator[tuple[str, str, bool]]:
    """Yield the edges of the tree, then the pairs that it leaves open, as source, copy and whether it is directed.

    Open are roots, and copies of a lost text: among them those pairs whose changes were listed, and each one's
    strongest link.
    """
    for doc, member in people.items():
        if member.parent is not None and member.parent in people:
            yield member.parent, doc, True
    tops = {doc for doc, member in people.items() if not member.lost and _top(member, people)}
    listed = {(doc, other) for doc in tops for other in findings.copies(doc) & tops}
    linked = {(doc, via) for doc in tops if (via := belongs.get(doc, {}).get("via")) in tops}
    for a, b in sorted({(min(pair), max(pair)) for pair in listed | linked if pair[0] != pair[1]}):
        yield (b, a, False) if (b, a) in listed else (a, b, False)


def _top(member: Member, people: Mapping[str, Member]) -> bool:
    """Say whether no document of the pile stands above a member."""
    return member.parent is None or member.parent not in people or people[member.parent].lost


def _edge(
    at: str,
    people: Mapping[str, Member],
    source: str,
    copy: str,
    oriented: bool,
    findings: Findings,
    carried: Carried,
) -> Edge:
    base = carried.base(source)
    found = (
        carried.introduced(base, copy) if oriented else [Alteration(change=c) for c in findings.changes(source, copy)]
    )
    verdict = findings.direction(source, copy) or {}
    factual = [altered for altered in found if altered.change.factual]
    return Edge(
        at=at,
        source=people[source],
        copy=people[copy],
        base=people[base],
        oriented=oriented,
        relation=None if people[source].lost else findings.relation(source, copy),
        changes=tuple(sorted(factual, key=lambda altered: (-altered.change.severity, altered.change.n))),
        inherited=tuple(carried.inherited(copy) if oriented else ()),
        wording=tuple(altered.change for altered in found if not altered.change.factual),
        aligned=not people[base].lost and not people[copy].lost and findings.aligned(base, copy),
        via_lost=(verdict.get("via_lost") or 0.0) if verdict.get("source") == source else 0.0,
    )
