"""What a drawing of a family's tree is made of: nodes, lines between them, and where they lie."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from stemmata.report.timeline import Scale, Span, Tick


@dataclass(frozen=True, kw_only=True)
class Node:
    """A member of a family.

    Parameters
    ----------
    doc, parent : str
        Its name, and that of the member from which it derives; None at a root.
    label, note, warning, flag : str
        What is written at it: its name as shown, a few words on it, what is odd about its
        date, and what must be noticed.
    kind, severity : str
        The kind of reuse of its parent, and the severity of what the flag says; empty where there is none.
    confidence : float
        Of the branch to its parent, 0 to 1.
    role : str
        As in the table of the stemma.
    others : tuple of str
        Further members on which it draws.
    span : Span, optional
        When it came to be; None where that is not known.
    """

    doc: str
    parent: str | None
    label: str
    note: str = ""
    warning: str = ""
    flag: str = ""
    kind: str = ""
    severity: str = ""
    confidence: float = 1.0
    role: str = "copy"
    others: tuple[str, ...] = ()
    span: Span | None = None


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a node stands; a node that stands for several names them.

    Parameters
    ----------
    node : Node
        What stands there.
    x, y : float
        Its centre.
    text, width : float
        Where its label begins, and how wide label and note are.
    bundled : tuple of str
        The members for which it stands; empty where it is one.
    bar : tuple of float, optional
        From where to where its date may lie.
    undated : bool
        Whether it stands on an axis without a date of its own.
    """

    node: Node
    x: float
    y: float
    text: float
    width: float
    bundled: tuple[str, ...] = ()
    bar: tuple[float, float] | None = None
    undated: bool = False


@dataclass(frozen=True, kw_only=True)
class Branch:
    """A line from a member to one that derives from it."""

    source: Node
    copy: Node
    outline: str

    @property
    def opacity(self) -> float:
        """How surely it is drawn: never so faintly that it could be missed."""
        return round(0.35 + 0.65 * min(max(self.copy.confidence, 0.0), 1.0), 2)


@dataclass(frozen=True, kw_only=True)
class Axis:
    """A scale of time behind a drawing: its ticks, from where to where they reach, and where their words stand."""

    scale: Scale
    ticks: tuple[Tick, ...]
    top: float
    bottom: float
    words: tuple[float, ...]


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
        Where each node has a line of its own, what the branches of one parent have in common.
    bracket : str
        The outline that joins several roots; empty where there is one.
    outlined : bool
        Whether each node has a line of its own, indented.
    compact : bool
        Whether notes stand beside the labels, not below.
    axis : Axis, optional
        The dates at which nodes stand.
    """

    width: float
    height: float
    places: tuple[Place, ...]
    branches: tuple[Branch, ...]
    arcs: tuple[Branch, ...]
    trunks: tuple[str, ...]
    bracket: str
    outlined: bool
    compact: bool = False
    axis: Axis | None = None

    @property
    def kinds(self) -> Mapping[str, int]:
        """The kinds of its branches, and how many copies each stands for, the commonest first."""
        held = {place.node.doc: len(place.bundled) or 1 for place in self.places}
        counts: Counter[str] = Counter()
        for branch in self.branches:
            counts[branch.copy.kind] += held[branch.copy.doc]
        return dict(sorted(((k, n) for k, n in counts.items() if k), key=lambda item: (-item[1], item[0])))
