"""How likely each node of a tree has each reading, when a reading changes as often along every edge (Pearl 1988)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stemmata.kernels import kernel


@kernel
def believe(
    parent: NDArray[np.int32],
    order: NDArray[np.int32],
    codes: NDArray[np.int32],
    states: NDArray[np.int32],
    weight: NDArray[np.float64],
    rate: float,
    belief: NDArray[np.float32],
) -> float:
    """Set ``belief`` (nodes, places, readings), the probability of each; return the log-likelihood of the codes.

    ``order`` names the nodes of the tree, each after its ``parent``. At ``rate`` an edge changes the reading of a
    place, to each other one alike. A negative code is missing; nodes past ``codes`` are lost.
    """
    most = states.max()
    inside, told = np.empty((len(parent), most)), np.empty((len(parent), most))
    likelihood = 0.0
    for j in range(len(states)):
        k = states[j]
        other = rate / (k - 1) if k > 1 else 0.0
        same = 1.0 - rate - other  # what staying counts above changing to any one reading
        for v in order:
            inside[v, :k] = 1.0
            if v < len(codes) and codes[v, j] >= 0:
                inside[v, :k] = 0.0
                inside[v, codes[v, j]] = 1.0
        for i in range(len(order) - 1, -1, -1):
            v = order[i]
            total = inside[v, :k].sum()
            likelihood += weight[j] * np.log(total)
            for x in range(k):
                inside[v, x] /= total
            if parent[v] >= 0:
                for x in range(k):
                    told[v, x] = other + same * inside[v, x]
                    inside[parent[v], x] *= told[v, x]
        likelihood -= weight[j] * np.log(k)
        for v in order:
            p = parent[v]
            if p < 0:
                for x in range(k):
                    belief[v, j, x] = inside[v, x]
                continue
            total = 0.0
            for x in range(k):
                total += belief[p, j, x] / told[v, x]
            norm = 0.0
            for x in range(k):
                known = inside[v, x] * (other * total + same * belief[p, j, x] / told[v, x])
                belief[v, j, x] = known
                norm += known
            for x in range(k):
                belief[v, j, x] /= norm
    return likelihood
