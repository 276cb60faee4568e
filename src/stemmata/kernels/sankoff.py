"""The fewest changes along any tree, and what its lost nodes read then (Hartigan 1973; Sankoff 1975 with unit costs).

A tree is ``parent``, the node above each (-1 at the root, GONE where there is none), and ``order``, its nodes, each
after its parent. Nodes from 0 are witnesses, whose ``codes`` are given (negative: missing); the others are lost and
may read anything. ``states`` is how many readings a place has, 64 at most.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stemmata.kernels import inlined, kernel

GONE = -2
Nodes = NDArray[np.int32]
Codes = NDArray[np.int32]
Weights = NDArray[np.int32]


@kernel
def sort_down(parent: Nodes) -> Nodes:
    """Return the nodes of a tree, each after its parent, those of one parent by number."""
    n = len(parent)
    first = np.zeros(n + 1, np.int32)
    size = 0
    root = -1
    for v in range(n):
        if parent[v] >= 0:
            first[parent[v] + 1] += 1
        if parent[v] == -1:
            root = v
        size += parent[v] != GONE
    for v in range(n):
        first[v + 1] += first[v]
    children, filled = np.empty(n, np.int32), first[:-1].copy()
    for v in range(n):
        if parent[v] >= 0:
            children[filled[parent[v]]] = v
            filled[parent[v]] += 1
    order = np.empty(size, np.int32)
    order[0] = root
    end = 1
    for i in range(size):
        for k in range(first[order[i]], first[order[i] + 1]):
            order[end] = children[k]
            end += 1
    return order


@inlined
def most_states(states: NDArray[np.int32]) -> int:
    """Return how many readings a place has at most."""
    return states.max() if len(states) else 1


@inlined
def commonest(votes: NDArray[np.int32], states: int) -> np.uint64:
    """Return the set, a bit for each, of the readings with most votes."""
    most = votes[0]
    for x in range(1, states):
        most = max(most, votes[x])
    found = np.uint64(0)
    for x in range(states):
        if votes[x] == most:
            found |= np.uint64(1) << np.uint64(x)
    return found


@kernel
def count_votes(
    parent: Nodes,
    order: Nodes,
    codes: Codes,
    place: int,
    states: int,
    votes: NDArray[np.int32],
    best: NDArray[np.uint64],
) -> int:
    """Set how many children vote for each reading of a node, and the readings that cost least; return the changes."""
    one = np.uint64(1)
    changes = 0
    for v in order:
        votes[v, :states] = 0
    for i in range(len(order) - 1, -1, -1):
        v = order[i]
        if v < len(codes) and codes[v, place] >= 0:
            best[v] = one << np.uint64(codes[v, place])
        else:
            best[v] = commonest(votes[v], states)
        p = parent[v]
        if p >= 0:
            for x in range(states):
                votes[p, x] += (best[v] >> np.uint64(x)) & one
            changes += 1
        x = 0
        while (best[v] >> np.uint64(x)) & one == 0:
            x += 1
        changes -= votes[v, x]
    return changes


@kernel
def count_changes(parent: Nodes, order: Nodes, codes: Codes, states: NDArray[np.int32], weight: Weights) -> np.int64:
    """Return the weight of the fewest changes along a tree."""
    votes = np.empty((len(parent), most_states(states)), np.int32)
    best = np.empty(len(parent), np.uint64)
    total = np.int64(0)
    for j in range(len(states)):
        total += weight[j] * count_votes(parent, order, codes, j, states[j], votes, best)
    return total


@kernel
def fit_below(parent: Nodes, order: Nodes, codes: Codes, states: NDArray[np.int32]) -> NDArray[np.uint64]:
    """Return for each node and place the readings, a bit for each, that cost least in the tree from there down."""
    votes = np.empty((len(parent), most_states(states)), np.int32)
    best = np.empty(len(parent), np.uint64)
    fits = np.zeros((len(parent), len(states)), np.uint64)
    for j in range(len(states)):
        count_votes(parent, order, codes, j, states[j], votes, best)
        for v in order:
            fits[v, j] = best[v]
    return fits


@kernel
def price_merges(
    parent: Nodes, order: Nodes, codes: Codes, states: NDArray[np.int32], weight: Weights
) -> NDArray[np.int64]:
    """Return what it costs to make each node one with its parent, where one of the two is lost."""
    votes = np.empty((len(parent), most_states(states)), np.int32)
    best, above = np.empty(len(parent), np.uint64), np.empty(len(parent), np.uint64)
    rest = np.empty(most_states(states), np.int32)
    cost = np.zeros(len(parent), np.int64)
    one = np.uint64(1)
    for j in range(len(states)):
        k = states[j]
        count_votes(parent, order, codes, j, k, votes, best)
        for i in range(len(order)):
            v = order[i]
            p = parent[v]
            if p < 0:
                continue
            own = codes[v, j] if v < len(codes) else -1
            held = codes[p, j] if p < len(codes) else -1
            if held >= 0:  # the parent reads what it reads
                above[v] = one << np.uint64(held)
                merged, apart = votes[v, held], 0
                for x in range(k):
                    apart = max(apart, votes[v, x] - (x != held))
                if own < 0:
                    cost[v] += weight[j] * (apart - merged)
            else:
                for x in range(k):
                    rest[x] = votes[p, x] - ((best[v] >> np.uint64(x)) & one)
                above[v] = commonest(rest, k)
                most, own_most, merged = 0, 0, 0
                for x in range(k):
                    most = max(most, rest[x])
                    own_most = max(own_most, votes[v, x])
                    merged = max(merged, rest[x] + votes[v, x])
                if own >= 0:  # the parent would read what v reads
                    cost[v] += weight[j] * (max(most - 1, rest[own]) - rest[own])
                else:
                    apart = most + own_most - ((above[v] & best[v]) == 0)
                    cost[v] += weight[j] * (apart - merged)
            if own < 0:  # what the rest of the tree says is one vote more
                for x in range(k):
                    votes[v, x] += (above[v] >> np.uint64(x)) & one
    return cost


@kernel
def read_lost(parent: Nodes, order: Nodes, codes: Codes, states: NDArray[np.int32], share: NDArray[np.int32]) -> Codes:
    """Return what all nodes read when changes are fewest; on a tie as the parent, then as most, by ``share``."""
    votes = np.empty((len(parent), most_states(states)), np.int32)
    best = np.empty(len(parent), np.uint64)
    read = np.full((len(parent), len(states)), -1, np.int32)
    one = np.uint64(1)
    for j in range(len(states)):
        k = states[j]
        count_votes(parent, order, codes, j, k, votes, best)
        for v in order:
            p = parent[v]
            if v < len(codes) and codes[v, j] >= 0:
                read[v, j] = codes[v, j]
                continue
            most = votes[v, :k].max()
            if p >= 0 and votes[v, read[p, j]] >= most - 1:
                read[v, j] = read[p, j]
                continue
            found = -1
            for x in range(k):
                if (best[v] >> np.uint64(x)) & one and (found < 0 or share[j, x] > share[j, found]):
                    found = x
            read[v, j] = found
    return read
