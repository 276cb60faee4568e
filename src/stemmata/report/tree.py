"""A family's tree laid out for a drawing: the root on the left, what derives from it to the right.

Each leaf has a line of its own, and each parent stands amid its children. A node's label stands to its right,
and the branches to its children begin where the label ends, so that nothing is written over a branch. An outline
gives each node a line of its own, below its parent and indented: for trees of many lines, in which parents would
be far from their children, and for narrow pages. Copies of one kind without copies of their own, where they are
many, become one node that counts them.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

ROW = 37.0  # height of a line in pixels: a label, and a note below it
DOT = 6.0  # radius of a node

_CROWD = 30  # lines from which a tree becomes an outline
_BUNDLE, _SHOWN = 6, 3  # more equal leaves than this are bundled; so many of them are shown all the same
_LABEL, _NOTE, _WIDE = 7.9, 6.4, 1.9  # widths of a sign in pixels; East Asian signs are wider by this factor
_TEXT = 15.0  # from a node's centre to its label
_GAP = 66.0  # between the end of a label and the next column
_INDENT = 30.0  # of an outline, from a parent to its children
_MARGIN, _BRACKET = 12.0, 34.0


@dataclass(frozen=True, kw_only=True)
class Node:
    """A member of a family.

    Parameters
    ----------
    doc, parent : str
        Its name, and that of the member from which it derives; None at a root.
    label, note, flag : str
        What is written at it: its name as shown, a few words on it, and what must be noticed.
    kind, severity : str
        The kind of reuse of its parent, and the severity of what the flag says; empty where there is none.
    confidence : float
        Of the branch to its parent, 0 to 1.
    role : str
        As in the table of the stemma.
    others : tuple of str
        Further members on which it draws.
    """

    doc: str
    parent: str | None
    label: str
    note: str = ""
    flag: str = ""
    kind: str = ""
    severity: str = ""
    confidence: float = 1.0
    role: str = "copy"
    others: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a node stands; a node that stands for several names them."""

    node: Node
    x: float
    y: float
    width: float
    bundled: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Branch:
    """A line from a member to one that derives from it."""

    source: Node
    copy: Node
    outline: str


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """A tree as drawn, in pixels.

    Parameters
    ----------
    width, height : float
        Of the whole.
    places : tuple of Place
        The nodes from top to bottom within each subtree, each before its children.
    branches, arcs : tuple of Branch
        Lines from parents, and from further texts that were drawn on.
    trunks : tuple of str
        In an outline, what the branches of one parent have in common.
    outlined : bool
        Whether it is an outline.
    bracket : str
        The outline that joins several roots; empty where there is one.
    """

    width: float
    height: float
    places: tuple[Place, ...]
    branches: tuple[Branch, ...]
    arcs: tuple[Branch, ...]
    trunks: tuple[str, ...]
    bracket: str
    outlined: bool

    @property
    def kinds(self) -> set[str]:
        """The kinds of its branches."""
        return {branch.copy.kind for branch in self.branches}


def draw_tree(members: Sequence[Node], *, outlined: bool = False) -> Drawing:
    """Lay out a tree, or several roots with what derives from them.

    Parameters
    ----------
    members : sequence of Node
        In any order of descent; children stand below one another in the order given.
    outlined : bool
        Draw an outline, however few they are.
    """
    known = {node.doc for node in members}
    rooted = [node if node.parent in known else replace(node, parent=None) for node in members]
    children, bundles = _bundled(rooted)
    order = list(_descend(children))
    outlined = outlined or sum(node.doc not in children for node, _ in order) > _CROWD
    widths = {node.doc: _width(node) for node, _ in order}
    roots = [node for node, depth in order if not depth]
    first = _MARGIN + DOT + (_BRACKET if len(roots) > 1 else 0)
    if outlined:
        columns = [first + _INDENT * depth for depth in range(1 + max(depth for _, depth in order))]
        heights = {node.doc: ROW * (line + 0.5) for line, (node, _) in enumerate(order)}
    else:
        columns = _columns(order, children, widths, first)
        heights = _heights(order, children)
    places = tuple(
        Place(
            node=node,
            x=columns[depth],
            y=heights[node.doc],
            width=widths[node.doc],
            bundled=bundles[node.doc][1] if node.doc in bundles else (),
        )
        for node, depth in order
    )
    at = {place.node.doc: place for place in places}
    return Drawing(
        width=round(max(place.x + _TEXT + place.width for place in places) + _MARGIN, 1),
        height=round(max(heights.values()) + ROW * 0.75, 1),
        places=places,
        branches=tuple(_branch(at[p.node.parent], p, outlined) for p in places if p.node.parent is not None),
        arcs=tuple(_arc(at[other], p) for p in places for other in p.node.others if other in at),
        trunks=tuple(_trunk(at[p], at[c[-1].doc]) for p, c in children.items() if p is not None) if outlined else (),
        bracket=_bracket([at[root.doc] for root in roots]) if len(roots) > 1 else "",
        outlined=outlined,
    )


Children = dict[str | None, list[Node]]


def _bundled(members: Sequence[Node]) -> tuple[Children, dict[str, tuple[Node, tuple[str, ...]]]]:
    """Return the children of each node, those of roots under None; many equal leaves become a node of their own."""
    parents = {node.parent for node in members}
    touched = {other for node in members for other in node.others}
    children: Children = defaultdict(list)
    equal: dict[tuple[str, str], list[Node]] = defaultdict(list)
    for node in members:
        children[node.parent].append(node)
        plain = node.role == "copy" and not node.flag and not node.others
        if plain and node.parent is not None and node.doc not in parents and node.doc not in touched:
            equal[node.parent, node.kind].append(node)
    bundles = {}
    for (parent, kind), leaves in equal.items():
        if len(leaves) > _BUNDLE:
            left = leaves[_SHOWN:]
            gone = {node.doc for node in left}
            sure = min(node.confidence for node in left)
            label = f"+ {len(left):,} {kind} copies".replace("  ", " ")
            bundle = Node(doc=f"{parent}\0{kind}", parent=parent, label=label, kind=kind, confidence=sure)
            bundles[bundle.doc] = (bundle, tuple(node.doc for node in left))
            children[parent] = [*(node for node in children[parent] if node.doc not in gone), bundle]
    return dict(children), bundles


def _descend(children: Children) -> Iterator[tuple[Node, int]]:
    """Yield each node before its children, with its depth."""
    waiting = [(node, 0) for node in reversed(children.get(None, []))]
    while waiting:
        node, depth = waiting.pop()
        yield node, depth
        waiting += [(child, depth + 1) for child in reversed(children.get(node.doc, []))]


def _width(node: Node) -> float:
    note = " · ".join(filter(None, (node.note, node.flag)))
    return round(max(_measure(node.label, _LABEL), _measure(note, _NOTE)), 1)


def _measure(text: str, sign: float) -> float:
    return sum(sign * (_WIDE if unicodedata.east_asian_width(char) in "WF" else 1) for char in text)


def _columns(
    order: Sequence[tuple[Node, int]], children: Children, widths: dict[str, float], first: float
) -> list[float]:
    """Return where each depth stands: right of the longest label that has branches."""
    widest = [0.0] * (1 + max(depth for _, depth in order))
    for node, depth in order:
        if node.doc in children:
            widest[depth] = max(widest[depth], widths[node.doc])
    columns = [first]
    for width in widest[:-1]:
        columns.append(round(columns[-1] + _TEXT + width + _GAP, 1))
    return columns


def _heights(order: Sequence[tuple[Node, int]], children: Children) -> dict[str, float]:
    """Give each leaf a line, with a little air around subtrees, and set each parent amid its children."""
    heights: dict[str, float] = {}
    line, air = ROW / 2, 0.0
    for place, (node, depth) in enumerate(order):
        if place and depth < order[place - 1][1]:
            air = ROW * 0.3  # a subtree has ended
        if node.doc not in children:
            line += air
            heights[node.doc], air = line, 0.0
            line += ROW
    for node, _ in reversed(order):
        if node.doc in children:
            below = children[node.doc]
            heights[node.doc] = (heights[below[0].doc] + heights[below[-1].doc]) / 2
    return {doc: round(height, 1) for doc, height in heights.items()}


def _branch(source: Place, copy: Place, outlined: bool) -> Branch:
    """Draw from the end of the parent's label, level at both ends; in an outline, from the parent's trunk."""
    if outlined:
        turn = f"M{source.x:.1f},{copy.y - 8:.1f} Q{source.x:.1f},{copy.y:.1f} {source.x + 8:.1f},{copy.y:.1f}"
        return Branch(source=source.node, copy=copy.node, outline=f"{turn} H{copy.x - DOT - 2:.1f}")
    bend, end = copy.x - _GAP + 10, copy.x - DOT - 3
    middle = (bend + end) / 2
    level = f"M{source.x + _TEXT + source.width + 7:.1f},{source.y:.1f} H{bend:.1f}"
    curve = f"C{middle:.1f},{source.y:.1f} {middle:.1f},{copy.y:.1f} {end:.1f},{copy.y:.1f}"
    return Branch(source=source.node, copy=copy.node, outline=f"{level} {curve}")


def _trunk(source: Place, last: Place) -> str:
    return f"M{source.x:.1f},{source.y + DOT + 3:.1f} V{last.y - 8:.1f}"


def _arc(other: Place, copy: Place) -> Branch:
    """Draw from node to node, leaving and arriving upright."""
    down = 1 if copy.y >= other.y else -1
    start, end = other.y + down * (DOT + 3), copy.y - down * (DOT + 3)
    middle = (start + end) / 2
    curve = f"C{other.x - 14:.1f},{middle:.1f} {copy.x - 22:.1f},{middle:.1f} {copy.x:.1f},{end:.1f}"
    return Branch(source=other.node, copy=copy.node, outline=f"M{other.x:.1f},{start:.1f} {curve}")


def _bracket(roots: Sequence[Place]) -> str:
    spine, end = _MARGIN, roots[0].x - DOT - 4
    inner = "".join(f" M{spine:.1f},{root.y:.1f} H{end:.1f}" for root in roots[1:-1])
    return f"M{end:.1f},{roots[0].y:.1f} H{spine:.1f} V{roots[-1].y:.1f} H{end:.1f}{inner}"
