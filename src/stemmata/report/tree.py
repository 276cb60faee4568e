"""A family's tree laid out for a drawing: the root on the left, what derives from it to the right.

Where dates are known, each node stands at its date, on a line of its own, below its parent. Else each leaf has a
line, and each parent stands amid its children; or, in trees of many lines or many generations, and for narrow pages,
each node has a line, below its parent and indented. A node's label stands to its right, and to the right of every
branch that passes its line, so that nothing is written over a branch. Copies that are much alike, and branches of
trees that are very large, become one node that counts them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from stemmata.report.bundles import Bundles, Children, bundle, descend
from stemmata.report.drawing import Axis, Branch, Drawing, Node, Place
from stemmata.report.timed import is_datable, stand
from stemmata.report.timeline import Scale, spanned

ROW, COMPACT = 37.0, 23.0  # height of a line in pixels: a label, and a note below it or beside it
DOT = 6.0  # radius of a node
TEXT = 15.0  # from a node's centre to its label

_CROWD = 30  # lines from which a tree becomes an outline
_WIDEST = 2_400.0  # pixels from which it does
_LABEL, _NOTE = 8.6, 7.0  # widths of a sign in pixels
_BESIDE = 10.0  # from a label to a note beside it
_GAP = 66.0  # between the end of a label and the next column
_INDENT, _SLIGHT, _NARROWEST = 30.0, 18.0, 10.0  # of an outline, from a parent to its children; on a narrow page
_GENERATIONS = 24  # from more than these an outline is indented less, and not at all below an only child
_MARGIN, _BRACKET = 12.0, 34.0
_BEND, _CLEAR = 8.0, 10.0  # radius of a turn; from a trunk to a label
_SLIM = frozenset(" .,:;'|!()[]{}/ijlfrtI-·")
_BROAD = frozenset("mwMW@%&—…")
_AXIS, _HALF = 30.0, 28.0  # height of the words of an axis, and room for half of the first of them
_PAGE, _SHORTEST, _LONGEST = 1_110.0, 460.0, 820.0  # an axis and its labels fill a page, if they can
_TALL = 700.0  # pixels from which the words of an axis stand below as well

Order = Sequence[tuple[Node, int]]


def draw_tree(members: Sequence[Node], *, outlined: bool = False, dated: bool = True) -> Drawing:
    """Lay out a tree, or several roots with what derives from them.

    Parameters
    ----------
    members : sequence of Node
        In any order of descent; children stand below one another in the order given.
    outlined : bool
        Draw an outline, however few they are.
    dated : bool
        Let nodes stand at their dates, if half of the members and the line of each root have one.
    """
    known = {node.doc for node in members}
    rooted = [node if node.parent in known else replace(node, parent=None) for node in members]
    made = bundle(rooted)
    order = list(descend(made.children))
    timed = _on_axis(rooted, made, order) if dated and not outlined else None
    if timed:
        return timed
    leaves = sum(node.doc not in made.children for node, _ in order)
    if outlined or leaves > _CROWD:
        return _outline(made, order, compact=not outlined)
    return _spread(made, order) or _outline(made, order, compact=True)


def measure(text: str, sign: float = _LABEL) -> float:
    """Return how wide a text is at most in the usual fonts, in pixels, if its signs are so wide on average."""
    return sign * sum(map(_share, text))


def _share(char: str) -> float:
    """Return how wide a sign is beside the average."""
    if unicodedata.combining(char):
        return 0.0
    if unicodedata.east_asian_width(char) in "WF":
        return 1.9
    if char in _SLIM:
        return 0.7
    return 1.75 if char in _BROAD else 1.3 if char.isupper() else 1.05


def _widths(order: Order, compact: bool) -> dict[str, float]:
    """Return how wide label and note are, one below the other or beside it."""
    widths = {}
    for node, _ in order:
        label = measure(node.label)
        note = measure(" · ".join(filter(None, (node.note, node.warning, node.flag))), _NOTE)
        widths[node.doc] = round(label + (_BESIDE + note if note else 0) if compact else max(label, note), 1)
    return widths


def _first(order: Order) -> float:
    """Return where roots stand: right of the bracket that joins them."""
    return _MARGIN + DOT + (_BRACKET if sum(not depth for _, depth in order) > 1 else 0)


def _spread(made: Bundles, order: Order) -> Drawing | None:
    """Give each leaf a line, and each depth a column; return None where that would be too wide."""
    widths = _widths(order, compact=False)
    columns = _columns(order, made.children, widths)
    if columns[-1] > _WIDEST:
        return None
    heights = _heights(order, made.children)
    places = [
        Place(
            node=node,
            x=columns[depth],
            y=heights[node.doc],
            text=columns[depth] + TEXT,
            width=widths[node.doc],
            bundled=made.held.get(node.doc, ()),
        )
        for node, depth in order
    ]
    at = {place.node.doc: place for place in places}
    branches = [_curve(at[place.node.parent], place) for place in places if place.node.parent is not None]
    return _drawing(places, branches, height=max(heights.values()) + ROW * 0.75)


def _outline(made: Bundles, order: Order, compact: bool) -> Drawing:
    """Give each node a line, indented; of very many generations only children stand straight below their parents."""
    row, widths, first = COMPACT if compact else ROW, _widths(order, compact), _first(order)
    deep = max(depth for _, depth in order) > _GENERATIONS
    straight = {nodes[0].doc for doc, nodes in made.children.items() if deep and doc and len(nodes) == 1}
    steps: dict[str, int] = {}
    for node, _ in order:
        steps[node.doc] = 0 if node.parent is None else steps[node.parent] + (node.doc not in straight)
    most = _INDENT if compact else _SLIGHT
    indent = min(most, max(_NARROWEST, most * _GENERATIONS / max(1, *steps.values(), 1)))
    places = [
        Place(
            node=node,
            x=(x := round(first + indent * steps[node.doc], 1)),
            y=round(row * (line + 0.5), 1),
            text=x + TEXT,
            width=widths[node.doc],
            bundled=made.held.get(node.doc, ()),
        )
        for line, (node, _) in enumerate(order)
    ]
    return _lined(made, places, row, compact, straight)


def _on_axis(members: Sequence[Node], made: Bundles, order: Order) -> Drawing | None:
    """Give each node a line, and let it stand at its date; return None where dates do not tell the nodes apart."""
    spans = [node.span for node in members if node.span]
    if not is_datable(members, made.children):
        return None
    compact = len(order) > _CROWD
    row, widths = COMPACT if compact else ROW, _widths(order, compact)
    room = _PAGE - TEXT - max(widths.values())
    first, last = spanned(spans)
    scale = Scale(first=first, last=last, start=_first(order) + _HALF, width=min(max(room, _SHORTEST), _LONGEST))
    xs = stand([node for node, _ in order], made.children, scale)
    if xs is None:
        return None
    shift = max(0.0, _first(order) - min(xs.values()))
    scale, xs = scale.moved(shift), {doc: round(x + shift, 1) for doc, x in xs.items()}
    walls = _walls([node for node, _ in order], made.children, xs)
    places = []
    for line, (node, _) in enumerate(order):
        between = node.span.uncertain if node.span else None
        bar = (round(scale.at(between[0]), 1), round(scale.at(between[1]), 1)) if between else None
        places.append(
            Place(
                node=node,
                x=xs[node.doc],
                y=round(_AXIS + row * (line + 0.5), 1),
                text=round(max(xs[node.doc] + TEXT, walls[node.doc] + _CLEAR, bar[1] + _CLEAR if bar else 0.0), 1),
                width=widths[node.doc],
                bundled=made.held.get(node.doc, ()),
                bar=bar,
                undated=node.span is None and node.role != "lost",
            )
        )
    bottom = places[-1].y + row / 2
    tall = bottom > _TALL
    axis = Axis(scale=scale, ticks=tuple(scale.ticks), top=_AXIS, bottom=bottom, words=(14.0, bottom + 18)[: 1 + tall])
    return _lined(made, places, row, compact, set(), axis)


def _lined(
    made: Bundles, places: Sequence[Place], row: float, compact: bool, straight: set[str], axis: Axis | None = None
) -> Drawing:
    """Join nodes of which each has a line of its own: a trunk runs down from a parent, and branches leave it."""
    at = {place.node.doc: place for place in places}
    branches = [
        (_down if place.node.doc in straight else _turn)(at[place.node.parent], place)
        for place in places
        if place.node.parent is not None
    ]
    trunks = [
        f"M{at[doc].x:.1f},{at[doc].y + DOT + 3:.1f} V{at[nodes[-1].doc].y - _BEND:.1f}"
        for doc, nodes in made.children.items()
        if doc is not None and nodes[-1].doc not in straight
    ]
    height = (max(axis.words[-1], axis.bottom) if axis else places[-1].y + row / 2) + 0.25 * ROW
    return _drawing(places, branches, height, trunks=tuple(trunks), outlined=axis is None, compact=compact, axis=axis)


def _drawing(
    places: Sequence[Place],
    branches: Sequence[Branch],
    height: float,
    trunks: tuple[str, ...] = (),
    outlined: bool = False,
    compact: bool = False,
    axis: Axis | None = None,
) -> Drawing:
    at = {doc: place for place in places for doc in (place.node.doc, *place.bundled)}
    joined = {(at[o].node.doc, p.node.doc): (at[o], p) for p in places for o in p.node.others if o in at}
    roots = [place for place in places if place.node.parent is None]
    width = max(place.text + place.width for place in places)
    if axis:
        width = max(width, axis.scale.start + axis.scale.width + 2 * _BRACKET)
    return Drawing(
        width=round(width + _MARGIN, 1),
        height=round(height, 1),
        places=tuple(places),
        branches=tuple(branches),
        arcs=tuple(_arc(source, copy) for source, copy in joined.values() if source is not copy),
        trunks=trunks,
        bracket=_bracket(roots) if len(roots) > 1 else "",
        outlined=outlined,
        compact=compact,
        axis=axis,
    )


def _columns(order: Order, children: Children, widths: dict[str, float]) -> list[float]:
    """Return where each depth stands: right of the longest label that has branches."""
    widest = [0.0] * (1 + max(depth for _, depth in order))
    for node, depth in order:
        if node.doc in children:
            widest[depth] = max(widest[depth], widths[node.doc])
    columns = [_first(order)]
    for width in widest[:-1]:
        columns.append(round(columns[-1] + TEXT + width + _GAP, 1))
    return columns


def _heights(order: Order, children: Children) -> dict[str, float]:
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


def _walls(order: Sequence[Node], children: Children, xs: dict[str, float]) -> dict[str, float]:
    """Return for each node how far right a trunk passes its line: of its parent, or of one further up."""
    line = {node.doc: number for number, node in enumerate(order)}
    ends = {doc: line[nodes[-1].doc] for doc, nodes in children.items() if doc is not None}
    walls: dict[str, float] = {}
    open_: list[Node] = []
    for number, node in enumerate(order):
        open_ = [above for above in open_ if ends[above.doc] >= number]
        walls[node.doc] = max((xs[above.doc] for above in open_), default=0.0)
        if node.doc in ends:
            open_.append(node)
    return walls


def _curve(source: Place, copy: Place) -> Branch:
    """Draw from the end of the parent's label, level at both ends."""
    bend, end = copy.x - _GAP + 10, copy.x - DOT - 3
    middle = (bend + end) / 2
    level = f"M{source.text + source.width + 7:.1f},{source.y:.1f} H{bend:.1f}"
    curve = f"C{middle:.1f},{source.y:.1f} {middle:.1f},{copy.y:.1f} {end:.1f},{copy.y:.1f}"
    return Branch(source=source.node, copy=copy.node, outline=f"{level} {curve}")


def _turn(source: Place, copy: Place) -> Branch:
    """Draw from the parent's trunk to a node right of it, or left, where it is dated before its parent."""
    side = 1 if copy.x > source.x else -1
    bend = min(_BEND, abs(copy.x - source.x) - DOT - 1)
    turn = f"M{source.x:.1f},{copy.y - _BEND:.1f} V{copy.y - bend:.1f} Q{source.x:.1f},{copy.y:.1f}"
    turn = f"{turn} {source.x + side * bend:.1f},{copy.y:.1f} H{copy.x - side * (DOT + 1):.1f}"
    return Branch(source=source.node, copy=copy.node, outline=turn)


def _down(source: Place, copy: Place) -> Branch:
    """Draw straight down to an only child."""
    line = f"M{source.x:.1f},{source.y + DOT + 2:.1f} V{copy.y - DOT - 2:.1f}"
    return Branch(source=source.node, copy=copy.node, outline=line)


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
