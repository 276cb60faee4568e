"""A second opinion on a tree: lost copies and edges by turns, each the likeliest given the other."""

from __future__ import annotations

import numpy as np

from stemmata.genealogy.ancestors import Parents, packed
from stemmata.genealogy.evidence import UNIT, Evidence
from stemmata.kernels.beliefs import believe
from stemmata.kernels.disagreement import span
from stemmata.kernels.merging import drop_idle, merge_lost
from stemmata.kernels.sankoff import GONE, count_changes, sort_down

TURNS = 20
FIRST_RATE = 0.02
LEAST_RATE, MOST_RATE = 0.001, 0.3  # at which an edge changes a reading


def likeliest_tree(parent: Parents, evidence: Evidence) -> Parents:
    """Return the tree of structural expectation maximisation (Friedman et al. 2002, Roos and Zou 2011).

    By turns the readings of lost copies are believed by the tree, and all nodes are spanned by a tree along which the
    fewest readings are believed to change; lost copies that then part nobody go.

    Parameters
    ----------
    parent : int32 array
        The tree to begin with, which hangs by a witness.
    evidence : Evidence

    Returns
    -------
    int32 array
        The parent of each node of the likeliest tree that was seen, numbered without gaps.
    """
    n = len(evidence.codes)
    weight = evidence.weight / UNIT
    parent = parent.copy()
    merge_lost(parent, evidence.codes, evidence.states, evidence.weight, 0, 0, 1)
    rate, best, chosen = FIRST_RATE, -np.inf, parent
    for _ in range(TURNS):
        nodes = np.flatnonzero(parent != GONE)
        belief = np.zeros((len(parent), len(evidence.states), int(evidence.states.max())), np.float32)
        likelihood = believe(parent, sort_down(parent), evidence.codes, evidence.states, weight, rate, belief)
        if likelihood > best:
            best, chosen = likelihood, parent
        rows = (belief[nodes] * np.sqrt(weight)[:, None]).reshape(len(nodes), -1).astype(np.float64)
        apart = np.round(weight.sum() - rows @ rows.T, 6)
        above = span(apart)
        tree = np.full(len(parent), GONE, np.int32)
        tree[nodes] = np.where(above < 0, -1, nodes[above])
        drop_idle(tree, n)
        if (tree == parent).all():
            break
        parent = tree
        changes = count_changes(parent, sort_down(parent), evidence.codes, evidence.states, evidence.weight) / UNIT
        rate = float(np.clip(changes / ((parent >= 0).sum() * weight.sum()), LEAST_RATE, MOST_RATE))
    return packed(chosen)
