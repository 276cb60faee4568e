"""Where the members of a tree stand on an axis of time: at their dates, without one between their neighbours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from stemmata.report.bundles import Children
from stemmata.report.drawing import Node
from stemmata.report.timeline import APART, Scale, spanned

LEAST = 12.0  # pixels from a text to one that derives from it, so that the line between them can be seen
ASTRAY = 84.0  # pixels by which a node may stand beside its date for that; where it is more, dates do not tell much

_STEP = 30.0  # to an undated node from the one neighbour that has a date
_BEYOND = 240.0  # pixels that undated nodes may stand right of the axis


def is_datable(members: Sequence[Node], children: Children) -> bool:
    """Say whether half of the members have dates, the line of each root among them, and the dates lie apart.

    Parameters
    ----------
    members : sequence of Node
        All members, bundled or not; of lost copies no date can be known, and they are not counted.
    children : dict
        The children of each; a root's line is the root and its children.
    """
    here = [node for node in members if node.role != "lost"]
    spans = [node.span for node in here if node.span]
    if not spans or 2 * len(spans) < len(here):
        return False
    lines = [(root, *children.get(root.doc, [])) for root in children.get(None, [])]
    first, last = spanned(spans)
    return last - first >= APART and all(any(node.span for node in line) for line in lines)


def stand(order: Sequence[Node], children: Children, scale: Scale) -> dict[str, float] | None:
    """Return where each node stands, in pixels; None where a node would stand too far from its date.

    A copy stands right of its source, if only just. One that is dated before its source stands left of it.

    Parameters
    ----------
    order : sequence of Node
        All nodes, each before its children.
    children : dict
        The children of each.
    scale : Scale
        The axis.
    """
    dates = {node.doc: scale.at(node.span.moment) for node in order if node.span}
    ceilings, links = _ceilings(order, children, dates)
    xs: dict[str, float] = {}
    spans = {node.doc: node.span for node in order}
    for node in order:
        doc = node.doc
        source = None if node.parent is None else xs[node.parent]
        own, above = node.span, None if node.parent is None else spans[node.parent]
        if own is None:
            xs[doc] = _between(source, ceilings[doc], links[doc], scale)
        elif source is None:
            xs[doc] = dates[doc]
        elif (above and own.before(above)) or dates[doc] < source - ASTRAY / 2:
            xs[doc] = min(dates[doc], source - LEAST)
        else:
            xs[doc] = max(dates[doc], source + LEAST)
    astray = any(abs(xs[doc] - x) > ASTRAY for doc, x in dates.items())
    return None if astray or max(xs.values()) > scale.start + scale.width + _BEYOND else xs


def _ceilings(
    order: Sequence[Node], children: Children, dates: Mapping[str, float]
) -> tuple[dict[str, float | None], dict[str, int]]:
    """Return for each node where the first dated one below it stands, None if there is none, and the steps to it."""
    ceilings: dict[str, float | None] = {}
    links: dict[str, int] = {}
    for node in reversed(order):
        doc = node.doc
        if doc in dates:
            ceilings[doc], links[doc] = dates[doc], 0
            continue
        below = [child.doc for child in children.get(doc, []) if ceilings[child.doc] is not None]
        ceilings[doc] = min((x for child in below if (x := ceilings[child]) is not None), default=None)
        links[doc] = 1 + max((links[child] for child in below), default=0)
    return ceilings, links


def _between(source: float | None, ceiling: float | None, links: int, scale: Scale) -> float:
    """Return where an undated node stands: an even step on the way to what is dated below it."""
    if source is None:
        return (scale.start if ceiling is None else ceiling) - _STEP * min(links, 3)
    return source + (_STEP if ceiling is None else max((ceiling - source) / (links + 1), LEAST))
