"""Links that must not be followed: a page put together from two families makes them no family.

Texts that hold each other whole are one knot. A knot may mix groups if it shares one part with one knot and, with
another that the first has nothing to do with, a part that cannot be the same. Such knots are put aside; what the others
make by themselves are groups; then each goes to its groups, or, if it mixes them, to the one that it has most of.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

ROOM = 1.05  # shares of one text that two others cover add up to no more than this where they are apart
GROUP = 2  # documents that make a group
WHOLE = 0.95  # share from which a text is held whole: it may as well be an excerpt


class Link(NamedTuple):
    """A relation of reuse: two documents, the share of each that the other holds, and whether each is held whole."""

    a: str
    b: str
    coverage_a: float
    coverage_b: float
    whole: bool


class Seen(NamedTuple):
    """The links of two knots as one of them sees it: its own largest share, and the other's."""

    own: float
    other: float


Graph = dict[str, dict[str, Seen]]


def mixing_links(links: Sequence[Link], dates: Mapping[str, datetime | None]) -> set[tuple[str, str]]:
    """Return the links (a, b) of texts that mix groups to all groups but the one that they have most of.

    Parameters
    ----------
    links : sequence of Link
        Relations that would join their documents.
    dates : mapping of str to datetime or None
        How old each document is; a text that is older than a group is not put together from it.
    """
    knots = _Groups({doc for link in links for doc in (link.a, link.b)}, dates)
    for link in links:
        if link.whole:
            knots.join(link.a, link.b)
    graph: Graph = defaultdict(dict)
    for link in links:
        a, b = knots.of(link.a), knots.of(link.b)
        if a != b:
            own, other = graph[a].get(b, Seen(0.0, 0.0))
            graph[a][b] = Seen(max(own, link.coverage_a), max(other, link.coverage_b))
            graph[b][a] = Seen(graph[a][b].other, graph[a][b].own)
    perhaps = {knot for knot in graph if _may_mix(graph[knot], graph)}
    groups = _Groups((), dates)
    for knot in graph:
        if knot not in perhaps:
            groups.add(knot, knots)
    for link in links:
        a, b = knots.of(link.a), knots.of(link.b)
        if a in groups and b in groups:
            groups.join(a, b)
    cut = {pair for knot in sorted(perhaps) for pair in _settle(knot, graph[knot], groups, knots)}
    return {(link.a, link.b) for link in links if (knots.of(link.a), knots.of(link.b)) in cut}


def _settle(knot: str, near: Mapping[str, Seen], groups: _Groups, knots: _Groups) -> Iterator[tuple[str, str]]:
    """Put a knot into its groups, and yield those of its links, both ways round, that are not followed."""
    met: dict[str, list[str]] = defaultdict(list)
    for other in sorted(near):
        if other in groups:
            met[groups.of(other)].append(other)
    groups.add(knot, knots)
    share = {name: max(near[other].own for other in others) for name, others in met.items()}
    best, *rest = sorted(met, key=lambda name: (-share[name], name)) or [knot]
    for name in rest:
        apart = share[best] + share[name] <= ROOM and min(groups.size(best), groups.size(name)) >= GROUP
        if apart and _put_together([near[other] for other in met[name]], groups.oldest(knot), groups.oldest(name)):
            yield from ((one, other) for near_by in met[name] for one, other in ((knot, near_by), (near_by, knot)))
        else:
            groups.join(knot, name)
    groups.join(knot, best)


def _may_mix(near: Mapping[str, Seen], graph: Graph) -> bool:
    """Say whether a knot shares parts that cannot be the same with two others that do not know each other."""
    shares = sorted((seen.own, other) for other, seen in near.items())
    for place, (most, one) in enumerate(shares):
        for least, other in shares[:place]:
            if most + least > ROOM:
                break
            if other not in graph[one]:
                return True
    return False


def _put_together(seen: Sequence[Seen], own: datetime | None, oldest: datetime | None) -> bool:
    """Say whether a knot took from a group, and not the group its parts from the knot."""
    return own > oldest if own and oldest else all(one.other < WHOLE for one in seen)


class _Groups:
    """Documents that hang together; each group is called by one of them."""

    def __init__(self, docs: Iterable[str], dates: Mapping[str, datetime | None]) -> None:
        self._dates = dates
        self._root: dict[str, str] = {doc: doc for doc in docs}
        self._members: dict[str, list[str]] = {doc: [doc] for doc in self._root}

    def __contains__(self, doc: str) -> bool:
        return doc in self._root

    def add(self, knot: str, knots: _Groups) -> None:
        """Begin a group with the documents of a knot."""
        self._root[knot] = knot
        self._members[knot] = list(knots._members[knot])

    def of(self, doc: str) -> str:
        """Return the name of a document's group."""
        while self._root[doc] != doc:
            self._root[doc] = self._root[self._root[doc]]
            doc = self._root[doc]
        return doc

    def size(self, doc: str) -> int:
        """Return how many documents the group of one has."""
        return len(self._members[self.of(doc)])

    def oldest(self, doc: str) -> datetime | None:
        """Return the date of the oldest document in the group of one."""
        return min((date for one in self._members[self.of(doc)] if (date := self._dates.get(one))), default=None)

    def join(self, one: str, other: str) -> None:
        """Make two groups one."""
        keep, drop = sorted((self.of(one), self.of(other)))
        if keep != drop:
            self._root[drop] = keep
            self._members[keep] += self._members.pop(drop)
