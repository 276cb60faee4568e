"""A family as its page shows it: its members in the order of the tree, and what each edge changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from stemmata.report.carried import Alteration
from stemmata.report.finding import Change, Row

DATES = ("published", "not_before", "first_seen", "modified")  # the first that is known
NOT_ALTERED = ("omission", "addition")  # matters of fact that say nothing else than the source
_STANDS_OUT = 1.25  # times its even share that a root must be likelier, to be told
NO_DOCUMENT: Row = dict.fromkeys(("title", "site", "language", "media_type", *DATES))  # of a lost copy


@dataclass(frozen=True, kw_only=True)
class Member:
    """A document of a family, or a copy that the tree needs and the pile lacks.

    Parameters
    ----------
    at : str
        Its anchor on the page.
    row : mapping
        Its row of the table of documents, all null for a lost copy.
    parent, role, confidence, others
        Its place in the tree.
    exact_of : str, optional
        The member with the same text.
    """

    doc: str
    at: str
    row: Row
    parent: str | None
    role: str
    confidence: float
    others: tuple[str, ...] = ()
    exact_of: str | None = None

    @property
    def lost(self) -> bool:
        """Whether it is not in the pile."""
        return self.role == "lost"

    @property
    def date(self) -> datetime | None:
        """The date that it gives, or that is known of it."""
        return dated(self.row)


@dataclass(frozen=True, kw_only=True)
class Edge:
    """A copy and its source; or two members that are related, where no direction could be told.

    Parameters
    ----------
    at : str
        The prefix of its anchors on the page.
    source, copy : Member
        The parent and the child.
    base : Member
        The text with which the copy is compared: the source, or the root where the source is lost.
    oriented : bool
        Whether the tree says that the one derives from the other.
    relation : mapping, optional
        The row of relations; None where the two were never compared.
    changes : tuple of Alteration
        Matters of fact that the copy introduced, the gravest first.
    inherited : tuple of Change
        Matters of fact that it took over; each is told where it entered.
    wording : tuple of Change
        Its other wording, with words out of place and disguises.
    aligned : bool
        Whether passages of base and copy are known, so that they can be read side by side.
    via_lost : float
        That the source itself is not in the pile, 0 to 1; 0 where the pair was not asked.
    """

    at: str
    source: Member
    copy: Member
    base: Member
    oriented: bool
    relation: Row | None
    changes: tuple[Alteration, ...]
    inherited: tuple[Change, ...]
    wording: tuple[Change, ...]
    aligned: bool
    via_lost: float = 0.0

    @property
    def kind(self) -> str:
        """The kind of reuse; empty where it is not known."""
        if self.relation is None:
            return "verbatim" if self.same else ""
        return str(self.relation["kind"])

    @property
    def same(self) -> bool:
        """Whether the two have the same text."""
        one, other = (member.exact_of or member.doc for member in (self.source, self.copy))
        return one == other and not self.source.lost

    @property
    def extent(self) -> str:
        """Its extent; empty where it is not known."""
        return str((self.relation and self.relation["extent"]) or "")

    def coverage(self, doc: str) -> float | None:
        """Return the share of the words of one of the two that the other has as well; None where it is not known."""
        if self.relation is None:
            return None
        return float(self.relation["coverage_a" if self.relation["a"] == doc else "coverage_b"])

    @property
    def known(self) -> bool:
        """Whether what was altered is known: that the two texts were laid beside each other, or are the same."""
        return self.aligned or bool(self.relation) or self.same

    @property
    def siblings(self) -> bool:
        """Whether the tree says that both derive from one lost copy."""
        return not self.oriented and self.source.parent is not None and self.source.parent == self.copy.parent

    @property
    def altered(self) -> tuple[Alteration, ...]:
        """The changes that say something else; what was only left out or put in is none of them."""
        return tuple(one for one in self.changes if one.change.type not in NOT_ALTERED)

    @property
    def severity(self) -> float:
        """The severity of the gravest change, 0 where there is none."""
        return max((altered.change.severity for altered in self.changes), default=0.0)


@dataclass(frozen=True, kw_only=True)
class Family:
    """A family; its edges stand in the order of the tree, then those that no tree directs.

    Parameters
    ----------
    name : str
        As the table of families has it.
    number : int
        Its place among all, from 1: the largest first.
    """

    name: str
    number: int
    members: tuple[Member, ...]
    edges: tuple[Edge, ...]
    keeper: Member

    @property
    def at(self) -> str:
        """Its anchor on the page."""
        return f"family{self.number}"

    @cached_property
    def documents(self) -> list[Member]:
        """The members that are in the pile."""
        return [member for member in self.members if not member.lost]

    @cached_property
    def roots(self) -> list[Member]:
        """The members that derive from no other."""
        return [member for member in self.members if member.parent is None]

    @property
    def original(self) -> Member | None:
        """The document from which all others derive; None where it could not be told or is lost."""
        return self.roots[0] if self.roots[0].role == "original" else None

    @property
    def star(self) -> bool:
        """Whether three texts or more go back to one source, and of none is it told that it was made from another."""
        return len(self.roots) > 2 and len(self.roots) == len(self.members)

    @property
    def likeliest(self) -> Member | None:
        """Of several roots the one that is likeliest the original; None where none stands out."""
        best = max(self.roots, key=lambda member: member.confidence)
        stands_out = best.confidence * len(self.roots) >= _STANDS_OUT
        return best if stands_out and len(self.roots) > 1 and not best.lost else None

    @property
    def via_lost(self) -> float:
        """That the original itself is not in the pile, 0 to 1, by the copy that speaks least for it."""
        from_it = [edge for edge in self.edges if edge.oriented and edge.source is self.original and not edge.same]
        return min((edge.via_lost for edge in from_it), default=0.0)

    @property
    def title(self) -> str:
        """What the family is called: the first headline from the root on, else the name of the original or keeper."""
        return str(next((m.row["title"] for m in self.members if m.row["title"]), (self.original or self.keeper).doc))

    @cached_property
    def people(self) -> Mapping[str, Member]:
        """The members by name."""
        return {member.doc: member for member in self.members}

    @cached_property
    def into(self) -> Mapping[str, Edge]:
        """The edge by which each member derives from another."""
        return {edge.copy.doc: edge for edge in self.edges if edge.oriented}

    @cached_property
    def beside(self) -> Mapping[str, Edge]:
        """The closest relation of each member that no tree places."""
        undirected = [edge for edge in reversed(self.edges) if not edge.oriented]
        return {side.doc: edge for edge in undirected for side in (edge.source, edge.copy)}

    @property
    def kinds(self) -> list[tuple[str, int]]:
        """How many copies there are of each kind, the commonest first.

        Of members that no tree places, all but one count by their closest relation.
        """
        copies = [edge.kind for edge in self.into.values()]
        loose = [self.beside[m.doc].kind for m in self.members if m.doc in self.beside][1:]
        counts = Counter(filter(None, copies + loose))
        return sorted(counts.items(), key=lambda item: (-item[1], item[0]))

    @property
    def introduced(self) -> list[Change]:
        """All changes of all edges, each once: where it entered."""
        return [change for edge in self.edges for change in (*(one.change for one in edge.changes), *edge.wording)]

    @property
    def disguised_edges(self) -> int:
        """How many edges have words in look-alike letters, or text that no reader sees."""
        return sum(any(change.type == "disguised" for change in edge.wording) for edge in self.edges)

    @cached_property
    def findings(self) -> list[tuple[Edge, Alteration]]:
        """Every matter of fact once, with the edge on which it entered, the gravest first.

        Of equals that which most documents carry on, then that in the truest copy. Differences between texts of
        which none is known to be the source come last.
        """
        every = ((edge, altered) for edge in self.edges for altered in edge.changes)
        return sorted(every, key=_weight, reverse=True)

    @property
    def gravest(self) -> tuple[Edge, Alteration] | None:
        """The first of the findings; None where there is none."""
        return self.findings[0] if self.findings else None

    def distinct(self, column: str) -> list[str]:
        """Return the values of a column of its documents, sorted."""
        return sorted({str(member.row[column]) for member in self.documents if member.row[column]})

    def told(self, limit: int) -> tuple[list[Edge], list[Edge]]:
        """Return the edges with matters of fact, and those with other wording only, in the order of the tree.

        Of more than ``limit`` edges of a sort the gravest, and those with most changes, are taken.
        """
        factual = [edge for edge in self.edges if edge.changes]
        worded = [edge for edge in self.edges if edge.wording and not edge.changes]
        first = sorted(factual, key=lambda edge: (-edge.severity, -len(edge.changes)))[:limit]
        most = sorted(worded, key=lambda edge: -len(edge.wording))[:limit]
        at = {edge.at for edge in (*first, *most)}
        return [edge for edge in factual if edge.at in at], [edge for edge in worded if edge.at in at]

    @property
    def dates(self) -> list[datetime]:
        """The first and the last date; one where they are the same day, none where none is known."""
        dates = sorted(member.date for member in self.documents if member.date)
        return [dates[0], *dates[-1:]] if dates and dates[0].date() != dates[-1].date() else dates[:1]


def _weight(finding: tuple[Edge, Alteration]) -> tuple[bool, float, int, int]:
    edge, altered = finding
    return edge.oriented, altered.change.severity, altered.carried, -len(edge.changes)


def dated(row: Row) -> datetime | None:
    """Return the date of a document: when it was published, else what else is known."""
    return next((row[name] for name in DATES if row.get(name)), None)
