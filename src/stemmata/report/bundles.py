"""Copies that are much alike, or that are very many, as one node of a drawing that counts them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from stemmata.report.drawing import Node
from stemmata.report.timeline import Span, spanned

LINES = 400  # nodes of a drawing; more are not looked at one by one

_ALIKE, _SHOWN = 6, 3  # more equal leaves than this are bundled; so many of them are shown all the same

_GRAVEST = ("grave", "notable", "minor", "")


Children = dict[str | None, list[Node]]


@dataclass(frozen=True, kw_only=True)
class Bundles:
    """A tree in which some nodes stand for several members.

    Parameters
    ----------
    children : dict
        The children of each node, those of roots under None.
    held : dict
        For each node that stands for several, their names.
    """

    children: Children
    held: dict[str, tuple[str, ...]]


def bundle(members: Sequence[Node]) -> Bundles:
    """Return a tree of at most about ``LINES`` nodes.

    Leaves of one parent and kind, about which there is nothing else to say, become one node where there are more
    than six; three of them are shown all the same. If too many nodes are left, the smallest branches of each parent
    become one node, as small as that can be.

    Parameters
    ----------
    members : sequence of Node
        The parent of each is one of them, or None.
    """
    children: Children = defaultdict(list)
    for node in members:
        children[node.parent].append(node)
    held: dict[str, tuple[str, ...]] = {}
    _alike(members, children, held)
    _small(children, held, {node.doc: node for node in members})
    return Bundles(children={parent: nodes for parent, nodes in children.items() if nodes}, held=held)


def descend(children: Children) -> Iterator[tuple[Node, int]]:
    """Yield each node before its children, with its depth."""
    waiting = [(node, 0) for node in reversed(children.get(None, []))]
    while waiting:
        node, depth = waiting.pop()
        yield node, depth
        waiting += [(child, depth + 1) for child in reversed(children.get(node.doc, []))]


def _alike(members: Sequence[Node], children: Children, held: dict[str, tuple[str, ...]]) -> None:
    touched = {other for node in members for other in node.others}
    equal: dict[tuple[str, str], list[Node]] = defaultdict(list)
    for node in members:
        plain = node.role == "copy" and not (node.flag or node.warning or node.others)
        if plain and node.parent is not None and not children.get(node.doc) and node.doc not in touched:
            equal[node.parent, node.kind].append(node)
    for (parent, kind), leaves in equal.items():
        if len(leaves) > _ALIKE:
            left = leaves[_SHOWN:]
            gone = {node.doc for node in left}
            one = replace(_one(f"{parent}\0{kind}", left, [node.kind for node in left]), note="")
            held[one.doc] = tuple(node.doc for node in left)
            children[parent] = [*(node for node in children[parent] if node.doc not in gone), one]


def _small(children: Children, held: dict[str, tuple[str, ...]], known: dict[str, Node]) -> None:
    """Turn the smallest branches of each parent into one node, where a drawing would have too many lines."""
    order = [node for node, _ in descend(children)]
    if len(order) <= LINES:
        return
    sizes = _sizes(order)
    kept = _kept(order, sizes)
    for parent in [None, *(node.doc for node in order if node.doc in kept)]:
        left = [node for node in children.get(parent, []) if node.doc not in kept]
        docs = tuple(doc for node in left for doc in _members(node.doc, children, held))
        if len(docs) > 1:
            one = _one(f"{parent or ''}\0\0", [known[doc] for doc in docs], [known[doc].kind for doc in docs])
            one = replace(one, parent=parent, confidence=min(node.confidence for node in left))
            if parent is None:
                one = replace(one, label=f"+ {len(docs):,} texts", role="unresolved", kind="")
            held[one.doc] = docs
            children[parent] = [*(node for node in children[parent] if node.doc in kept), one]
    for node in order:
        if node.doc not in kept:
            children.pop(node.doc, None)
            held.pop(node.doc, None)


def _sizes(order: Sequence[Node]) -> dict[str, int]:
    """Return how many nodes each branch has, the one at which it begins included."""
    sizes = dict.fromkeys((node.doc for node in order), 1)
    for node in reversed(order):
        if node.parent is not None:
            sizes[node.parent] += sizes[node.doc]
    return sizes


def _kept(order: Sequence[Node], sizes: dict[str, int]) -> set[str]:
    """Return the nodes that are shown by themselves: those of all branches larger than the least size that will do.

    Of the branches of just that size the first are shown as well, while there is room.
    """

    def lines(size: int) -> int:
        large = sum(sizes[node.doc] > size for node in order)
        whole = {node.doc for node in order if sizes[node.doc] > size} | {None}
        return large + len({node.parent for node in order if sizes[node.doc] <= size and node.parent in whole})

    size = _least(sorted(set(sizes.values())), lambda size: lines(size) <= LINES)
    kept = {node.doc for node in order if sizes[node.doc] > size}
    room = LINES - lines(size)
    above = frozenset(kept)
    for node in order:
        if sizes[node.doc] < size and node.parent in kept and node.parent not in above:
            kept.add(node.doc)
        elif sizes[node.doc] == size <= room and (node.parent is None or node.parent in above):
            kept.add(node.doc)
            room -= size
    return kept


def _least(sizes: Sequence[int], fits: Callable[[int], bool]) -> int:
    low, high = 0, len(sizes) - 1
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if fits(sizes[middle]) else (middle + 1, high)
    return sizes[low]


def _members(doc: str, children: Children, held: dict[str, tuple[str, ...]]) -> list[str]:
    """Return the members of a branch, those in bundles included."""
    found: list[str] = []
    waiting = [doc]
    while waiting:
        doc = waiting.pop()
        found += held.get(doc, (doc,))
        waiting += [child.doc for child in reversed(children.get(doc, []))]
    return found


def _one(doc: str, nodes: Sequence[Node], kinds: Collection[str]) -> Node:
    """Return the node that stands for several."""
    tally = sorted(Counter(filter(None, kinds)).items(), key=lambda item: (-item[1], item[0]))
    kind = tally[0][0] if len(set(kinds)) == 1 and tally else ""
    flagged = sum(bool(node.flag) for node in nodes)
    spans = [node.span for node in nodes if node.span]
    return Node(
        doc=doc,
        parent=nodes[0].parent,
        label=f"+ {len(nodes):,} {kind} copies".replace("  ", " "),
        note="" if kind else ", ".join(f"{count:,} {kind}" for kind, count in tally),
        flag=f"{flagged:,} with facts altered" if flagged else "",
        severity=min((node.severity for node in nodes if node.flag), key=_GRAVEST.index, default=""),
        kind=kind,
        confidence=min(node.confidence for node in nodes),
        span=_span(spans) if spans else None,
    )


def _span(spans: Sequence[Span]) -> Span:
    """Return the date in the middle of several, and from when to when they reach."""
    first, last = spanned(spans)
    return Span(moment=sorted(span.moment for span in spans)[len(spans) // 2], first=first, last=last)
