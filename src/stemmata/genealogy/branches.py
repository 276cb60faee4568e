"""The tree of the witnesses of one text, by their names."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from stemmata.collating.collation import Collation
from stemmata.collating.frames import Frames
from stemmata.collating.weighing import Weighed
from stemmata.genealogy.copies import draw_copies
from stemmata.genealogy.drawing import Genealogy, draw_genealogy
from stemmata.genealogy.evidence import telling_codes
from stemmata.genealogy.older import likely_older
from stemmata.kernels.sankoff import sort_down
from stemmata.languages import frequencies

CERTAIN = 12.0  # log-odds at most of one pair
ALWAYS = (-math.inf, math.inf)  # when a witness may have been written of which nothing is known


@dataclass(frozen=True)
class Branches:
    """A tree of witnesses.

    Parameters
    ----------
    parents : mapping of str to str or None
        Of each witness and each lost copy; None at a root. Where the root is not decided, all that may be it, and all
        on the way between them, are roots.
    sure : mapping of str to float
        How sure the edge above each is; at a root, that it is the root.
    lost : tuple of str
        The lost copies, in the order of the tree.
    others : mapping of str to list of str
        Witnesses, and lost copies, from which a witness was copied as well.
    """

    parents: Mapping[str, str | None]
    sure: Mapping[str, float]
    lost: tuple[str, ...] = ()
    others: Mapping[str, Sequence[str]] = field(default_factory=dict)


def lost_name(family: str, number: int) -> str:
    """Return what a lost copy is called."""
    return f"lost:{family}/{number}"


def branch(
    collation: Collation,
    family: str,
    *,
    first_lost: int = 1,
    weighed: Weighed | None = None,
    language: str | None = None,
    directed: Mapping[tuple[str, str], float] | None = None,
    dates: Mapping[str, tuple[float, float]] | None = None,
    possible: bool = False,
) -> Branches:
    """Return the tree of a collation's witnesses.

    Parameters
    ----------
    family : str
        After which lost copies are called: ``lost:<family>/<n>``.
    first_lost : int
        The first of these numbers.
    weighed : Weighed, optional
        The collation's telling codes, with what a change counts at each place; without it 1.
    language : str, optional
        By whose frequencies of words the older of two readings is told.
    directed : mapping of (str, str) to float
        How sure it is that the first of two witnesses is the source, and the second the copy: 0.5 to 1.
    dates : mapping of str to (float, float)
        Before and after which a witness cannot have been written, on any scale: none derives from one that is younger.
    possible : bool
        Name second parents that are possible, not only those that are likely.
    """
    known = [(*pair, odds) for pair, odds in _by_number(collation, directed or {}).items()]
    older = likely_older(collation, frequencies(language))
    codes, weights = telling_codes(collation), None
    if weighed is not None:
        codes, weights = weighed.codes, weighed.weights
        older = np.where(weighed.moved[:, None], 0.0, older[weighed.place])
    spans = np.array([(dates or {}).get(name, ALWAYS) for name in collation.witnesses])
    drawn = draw_genealogy(codes, weights, older=older, directed=known, dates=spans)
    return _named(collation, drawn, family, first_lost, possible=possible)


def branch_copies(
    collation: Collation,
    family: str,
    *,
    first_lost: int = 1,
    language: str | None = None,
    directed: Mapping[tuple[str, str], float] | None = None,
    frames: Frames | None = None,
) -> Branches:
    """Return the tree of a collation's witnesses where most copies are there, as on the web; else as :func:`branch`.

    Parameters
    ----------
    frames : Frames, optional
        What belongs to pages, not to the text.
    """
    known = _by_number(collation, directed or {})
    drawn = draw_copies(collation, likely_older(collation, frequencies(language)), known, frames)
    return _named(collation, drawn, family, first_lost, possible=False)


def _by_number(collation: Collation, directed: Mapping[tuple[str, str], float]) -> dict[tuple[int, int], float]:
    """Return log-odds by the numbers of source and copy."""
    number = {name: row for row, name in enumerate(collation.witnesses)}
    return {(number[a], number[b]): _odds(sure) for (a, b), sure in directed.items()}


def _odds(sure: float) -> float:
    return CERTAIN if sure >= 1 else min(CERTAIN, math.log(sure / (1 - sure)))


def _named(collation: Collation, drawn: Genealogy, family: str, first_lost: int, *, possible: bool) -> Branches:
    order = sort_down(drawn.parents).tolist()
    absent = [node for node in order if node >= len(collation.witnesses)]
    lost = {node: lost_name(family, number) for number, node in enumerate(absent, first_lost)}
    name = [lost.get(node) or collation.witnesses[node] for node in range(len(order))]
    open_nodes = _between([root.node for root in drawn.roots], drawn.parents)
    parents: dict[str, str | None] = {}
    for node in order:
        above = int(drawn.parents[node])
        parents[name[node]] = None if above < 0 or (node in open_nodes and above in open_nodes) else name[above]
    sure = {name[node]: float(drawn.support[node]) for node in order}
    if len(open_nodes) > 1:
        sure |= {name[node]: 1 / len(open_nodes) for node in open_nodes}
    others: dict[str, list[str]] = {}
    for second in drawn.others:
        if possible or second.verdict == "likely":
            others.setdefault(name[second.node], []).append(name[second.parent])
    return Branches(parents, sure, tuple(lost.values()), others)


def _between(nodes: Sequence[int], parents: NDArray[np.int32]) -> set[int]:
    """Return some nodes and all on the ways between them."""
    lines = []
    for node in nodes:
        line = [node]
        while parents[line[-1]] >= 0:
            line.append(int(parents[line[-1]]))
        lines.append(line[::-1])
    shared = 0
    while all(len(line) > shared and line[shared] == lines[0][shared] for line in lines):
        shared += 1
    return {node for line in lines for node in line[shared - 1 :]}
