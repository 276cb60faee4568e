"""Lost copies that are not worth their price are made one with a neighbour."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stemmata.kernels import inlined, kernel
from stemmata.kernels.sankoff import GONE, Codes, Nodes, Weights, price_merges, sort_down


@inlined
def merge(parent: Nodes, v: int, witnesses: int) -> None:
    """Make a node one with its parent; a witness stays, and of two lost copies the upper."""
    p = parent[v]
    kept, dropped = (v, p) if v < witnesses <= p else (p, v)
    for u in range(len(parent)):
        if parent[u] == dropped:
            parent[u] = kept
    if kept == v:
        parent[v] = parent[p]
    parent[dropped] = GONE


@kernel
def merge_lost(
    parent: Nodes, codes: Codes, states: NDArray[np.int32], weight: Weights, price: int, doubt: int, at_once: int
) -> int:
    """Merge lost copies while each merge costs at most ``price``, the cheapest first; return how many were merged.

    A witness of which a part is missing might read anything there: what it costs where it can be read counts for the
    rest as well, and ``doubt`` beside it, as if that much had changed. ``at_once`` merges that touch no node in common
    are done before all are reckoned anew. The root is a witness.
    """
    known = np.empty(len(codes))
    for w in range(len(codes)):
        known[w] = (weight * (codes[w] >= 0)).sum() / max(weight.sum(), 1)
    merged = 0
    touched = np.empty(len(parent), np.bool_)
    while True:
        order = sort_down(parent)
        cost = price_merges(parent, order, codes, states, weight).astype(np.float64)
        for v in range(len(parent)):
            w = v if v < len(codes) else parent[v]
            if 0 <= w < len(codes):
                cost[v] = (cost[v] + doubt * (1 - known[w])) / known[w] if known[w] > 0 else np.inf
        rank = np.argsort(cost, kind="mergesort")
        touched[:] = False
        done = 0
        for v in rank:
            if cost[v] > price or done == at_once:
                break
            p = parent[v]
            if p < 0 or (v < len(codes) and p < len(codes)) or touched[v] or touched[p]:
                continue
            touched[v] = touched[p] = True
            merge(parent, v, len(codes))
            done += 1
        merged += done
        if not done:
            return merged


@kernel
def drop_idle(parent: Nodes, witnesses: int) -> None:
    """Take out the lost copies with fewer than two children below a parent: they tell nobody apart."""
    children = np.zeros(len(parent), np.int64)
    for v in range(len(parent)):
        if parent[v] >= 0:
            children[parent[v]] += 1
    again = True
    while again:
        again = False
        for v in range(witnesses, len(parent)):
            if parent[v] >= 0 and children[v] < 2:
                p = parent[v]
                children[p] += children[v] - 1
                for u in range(len(parent)):
                    if parent[u] == v:
                        parent[u] = p
                parent[v] = GONE
                again = True
