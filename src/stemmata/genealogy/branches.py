"""The tree of the witnesses of one text, by their names."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from stemmata.collating.collation import MISSING, OMISSION, Codes, Collation
from stemmata.genealogy.drawing import Genealogy, draw_genealogy
from stemmata.genealogy.evidence import telling_codes
from stemmata.languages import frequencies
from stemmata.tokens import read_words

RAREST = 1e-7  # share of running text of a word that no list knows
CERTAIN = 12.0  # log-odds at most of one pair


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


def branch(
    collation: Collation,
    family: str,
    *,
    first_lost: int = 1,
    language: str | None = None,
    directed: Mapping[tuple[str, str], float] | None = None,
    cut: bool = True,
    possible: bool = False,
) -> Branches:
    """Return the tree of a collation's witnesses.

    Parameters
    ----------
    family : str
        After which lost copies are called: ``lost:<family>/<n>``.
    first_lost : int
        The first of these numbers.
    language : str, optional
        By whose frequencies of words the older of two readings is told.
    directed : mapping of (str, str) to float
        How sure it is that the first of two witnesses is the source, and the second the copy: 0.5 to 1.
    cut : bool
        Whether a text that begins later or ends earlier than others was cut by whoever copied it, and its copies are cut
        as well; else it is damaged since.
    possible : bool
        Name second parents that are possible, not only those that are likely.
    """
    number = {name: row for row, name in enumerate(collation.witnesses)}
    codes = telling_codes(collation)
    if cut:
        codes = np.hstack([codes, _cut_codes(codes), _moved_codes(collation)])
    known = [(number[a], number[b], _odds(sure)) for (a, b), sure in (directed or {}).items()]
    drawn = draw_genealogy(codes, older=_older(collation, codes.shape[1], language), directed=known)
    order = _from_root(drawn.parents)
    absent = [node for node in order if node >= len(collation.witnesses)]
    lost = {node: f"lost:{family}/{number}" for number, node in enumerate(absent, first_lost)}
    name = [lost.get(node) or collation.witnesses[node] for node in range(len(order))]
    return _named(name, order, drawn, tuple(lost.values()), possible=possible)


def _odds(sure: float) -> float:
    return CERTAIN if sure >= 1 else min(CERTAIN, math.log(sure / (1 - sure)))


def _cut_codes(codes: Codes) -> Codes:
    """Return a column for each place at which some witness begins or ends: who does so, and who has more."""
    there = codes != MISSING
    some = there.any(1)
    columns = []
    for edge in (there.argmax(1), there[:, ::-1].argmax(1)):
        for place in np.unique(edge[some]).tolist():
            column = np.where(edge == place, 0, np.where(edge < place, 1, MISSING))
            columns.append(np.where(some, column, MISSING))
    found: Codes = np.array(columns, np.int32).reshape(-1, len(codes)).T
    return found


def _moved_codes(collation: Collation) -> Codes:
    """Return a column for each passage that some witness has elsewhere: who has it there, and who in its place."""
    moved, codes = collation.moved, collation.codes
    begins = moved.copy()
    begins[:, 1:] &= ~moved[:, :-1]
    places = np.flatnonzero(begins.any(0))
    return np.where(codes[:, places] == MISSING, MISSING, np.where(moved[:, places], 0, 1)).astype(np.int32)


def _older(collation: Collation, places: int, language: str | None) -> NDArray[np.float64] | None:
    """Return how frequent each reading is, as a power of ten; nan for an omission, 0 of what is no reading."""
    known = frequencies(language)
    if not len(known.words):
        return None
    flat = [reading for here in collation.readings for reading in here]
    tokens = read_words(pa.array(flat, pa.large_string()))
    first, words = tokens.first[:-1], tokens.words.word
    share = np.full(len(flat), RAREST)
    worded = np.diff(tokens.first) > 0
    share[worded] = known.look_up(words[first[worded]], RAREST)
    height = np.log10(share)
    height[[reading == OMISSION for reading in flat]] = np.nan
    counts = np.array([len(here) for here in collation.readings], np.int64)
    older = np.zeros((places, max(2, counts.max(initial=0))))
    place = np.repeat(np.arange(len(counts)), counts)
    within = np.arange(len(flat)) - np.repeat(np.cumsum(counts) - counts, counts)
    older[place, within] = height
    return older


def _named(
    name: Sequence[str], order: Sequence[int], drawn: Genealogy, lost: tuple[str, ...], *, possible: bool
) -> Branches:
    open_nodes = _between([root.node for root in drawn.roots], drawn.parents)
    parents: dict[str, str | None] = {}
    for node in order:
        above = int(drawn.parents[node])
        parents[name[node]] = None if above < 0 or (node in open_nodes and above in open_nodes) else name[above]
    sure = {name[node]: float(drawn.support[node]) for node in order}
    for node in open_nodes:
        sure[name[node]] = 1 / len(open_nodes)
    others: dict[str, list[str]] = {}
    for second in drawn.others:
        if possible or second.verdict == "likely":
            others.setdefault(name[second.node], []).append(name[second.parent])
    return Branches(parents, sure, lost, others)


def _from_root(parents: NDArray[np.int32]) -> list[int]:
    """Return the nodes of a tree, each after its parent."""
    children: dict[int, list[int]] = {}
    for node, above in enumerate(parents.tolist()):
        children.setdefault(above, []).append(node)
    order, waiting = [], list(reversed(children[-1]))
    while waiting:
        node = waiting.pop()
        order.append(node)
        waiting += reversed(children.get(node, []))
    return order


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
