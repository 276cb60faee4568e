"""What the signs of a drawn tree mean, as far as they occur in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from stemmata.report.drawing import Drawing


@dataclass(frozen=True, kw_only=True)
class Sign:
    """A sign of a drawing.

    Parameters
    ----------
    shape : str
        How it is drawn: ``line``, ``arc``, ``unresolved``, ``bar``, or the shape of a node.
    kind : str
        The kind of reuse that it shows; empty where it shows none.
    says : str
        What it means.
    """

    shape: str
    says: str
    kind: str = ""

    @property
    def long(self) -> bool:
        """Whether it is a line, not a node."""
        return self.shape in ("line", "arc", "unresolved", "bar")


def signs(drawing: Drawing) -> list[Sign]:
    """Return the signs of a drawing, the kinds of its branches first."""
    return [*(Sign(shape="line", says=kind, kind=kind) for kind in drawing.kinds), *_nodes(drawing), *_others(drawing)]


def _nodes(drawing: Drawing) -> Iterator[Sign]:
    roles = {place.node.role for place in drawing.places}
    if "original" in roles:
        yield Sign(shape="first", says="original")
    if "unresolved" in roles:
        yield Sign(shape="open", says="perhaps the original")
    if "lost" in roles:
        yield Sign(shape="lost", says="a copy that is not here")
    if any(place.bundled for place in drawing.places):
        alike = all(place.node.kind for place in drawing.places if place.bundled)
        yield Sign(shape="stack", says="several like copies" if alike else "several copies, with those made of them")
    if any(place.undated for place in drawing.places):
        yield Sign(shape="undated", says="without a date: it stands between its neighbours")


def _others(drawing: Drawing) -> Iterator[Sign]:
    if any(place.bar for place in drawing.places):
        yield Sign(shape="bar", says="dated between")
    if any(branch.copy.role == "unresolved" for branch in drawing.branches):
        yield Sign(shape="unresolved", says="perhaps derives from")
    if drawing.arcs:
        yield Sign(shape="arc", says="also draws on")
