"""Links that must not be followed: a page put together from two families makes them no family.

Texts that hold each other whole are one knot. A knot on which two groups hang that have nothing to do with each
other mixes them, if what it shares with the one and what it shares with the other cannot be the same words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, TypeAlias

ROOM = 1.05  # shares of one text that two groups cover add up to no more than this where they are apart
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
    """A link as one of its two knots sees it: its own share, the other's, and the link."""

    own: float
    other: float
    link: Link


Graph: TypeAlias = "dict[str, dict[str, list[Seen]]]"  # of knots, each called by its smallest id


def mixing_links(links: Sequence[Link], dates: Mapping[str, datetime | None]) -> set[tuple[str, str]]:
    """Return the links (a, b) of texts that mix groups to all groups but the one that gave them most.

    Parameters
    ----------
    links : sequence of Link
        Relations that would join their documents.
    dates : mapping of str to datetime or None
        How old each document is; a text that is older than a group is not put together from it.
    """
    knot = _knots(links)
    graph: Graph = defaultdict(lambda: defaultdict(list))
    for link in links:
        one, other = knot[link.a], knot[link.b]
        if one != other:
            graph[one][other].append(Seen(link.coverage_a, link.coverage_b, link))
            graph[other][one].append(Seen(link.coverage_b, link.coverage_a, link))
    members: dict[str, list[str]] = defaultdict(list)
    for doc, name in knot.items():
        members[name].append(doc)
    left = set()
    for middle in _articulations(graph):
        groups = [part for part in _parts(graph, middle) if sum(len(members[name]) for name in part) >= GROUP]
        links_to = {part[0]: [seen for name in part for seen in graph[middle].get(name, ())] for part in groups}
        share = {first: max(seen.own for seen in seens) for first, seens in links_to.items()}
        groups.sort(key=lambda part: (-share[part[0]], part[0]))
        for part in groups[1:]:
            apart = share[part[0]] + share[groups[0][0]] <= ROOM
            docs = [doc for name in part for doc in members[name]]
            if apart and _put_together(members[middle], docs, links_to[part[0]], dates):
                left |= {(seen.link.a, seen.link.b) for seen in links_to[part[0]]}
                for name in part:
                    graph[middle].pop(name, None)
                    graph[name].pop(middle, None)
    return left


def _knots(links: Sequence[Link]) -> dict[str, str]:
    """Return for each document the smallest id among those that hold each other whole."""
    root: dict[str, str] = {}

    def find(doc: str) -> str:
        while root.setdefault(doc, doc) != doc:
            root[doc] = root[root[doc]]
            doc = root[doc]
        return doc

    for link in links:
        one, other = find(link.a), find(link.b)
        if link.whole:
            root[max(one, other)] = min(one, other)
    return {doc: find(doc) for doc in sorted(root)}


def _put_together(
    middle: Sequence[str], group: Sequence[str], seens: Sequence[Seen], dates: Mapping[str, datetime | None]
) -> bool:
    """Say whether the middle took from the group, and not the group its parts from the middle."""
    ours, theirs = ([date for doc in docs if (date := dates.get(doc))] for docs in (middle, group))
    if ours and theirs:
        return min(ours) > min(theirs)
    return all(seen.other < WHOLE for seen in seens)


def _parts(graph: Graph, middle: str) -> list[list[str]]:
    """Return the knots that hang together when ``middle`` is taken away, as far as they hang on it."""
    seen = {middle}
    parts = []
    for first in sorted(graph[middle]):
        if first in seen:
            continue
        seen.add(first)
        part = [first]
        for one in part:
            new = sorted(set(graph[one]) - seen)
            seen |= set(new)
            part += new
        parts.append(part)
    return parts


def _articulations(graph: Graph) -> list[str]:
    """Return the nodes without which others would hang together no more (Hopcroft and Tarjan 1973), in order."""
    order: dict[str, int] = {}
    lowest: dict[str, int] = {}
    found = set()
    for root in sorted(graph):
        if root in order:
            continue
        order[root] = lowest[root] = len(order)
        stack: list[tuple[str, str | None, Iterator[str]]] = [(root, None, iter(sorted(graph[root])))]
        branches = 0
        while stack:
            node, parent, rest = stack[-1]
            for near in rest:
                if near not in order:
                    order[near] = lowest[near] = len(order)
                    stack.append((near, node, iter(sorted(graph[near]))))
                    break
                if near != parent:
                    lowest[node] = min(lowest[node], order[near])
            else:
                stack.pop()
                if parent is not None:
                    lowest[parent] = min(lowest[parent], lowest[node])
                    branches += parent == root
                    if parent != root and lowest[node] >= order[parent]:
                        found.add(parent)
        if branches > 1:
            found.add(root)
    return sorted(found)
