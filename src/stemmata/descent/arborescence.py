"""The heaviest tree over directed edges (Chu and Liu 1965, Edmonds 1967)."""

from __future__ import annotations

from collections.abc import Mapping

Arc = tuple[int, int, int]
"""From a node to a node, with a weight."""


def heaviest_parents(edges: Mapping[tuple[str, str], int]) -> dict[str, str]:
    """Return a parent for every node that can have one without a circle; of such choices the heaviest.

    As few nodes as possible are left without a parent. Of equally heavy choices the answer is one, whatever the order.

    Parameters
    ----------
    edges : mapping of (source, copy) to int
        Weights from 0; whole numbers, so that no rounding decides.
    """
    nodes = sorted({node for edge in edges for node in edge})
    number = {node: k for k, node in enumerate(nodes, 1)}
    more = 1 + sum(edges.values())  # than all edges together: node 0, above all others, is nobody's choice
    arcs = [(number[source], number[copy], more + weight) for (source, copy), weight in sorted(edges.items())]
    arcs = [(0, node, 0) for node in number.values()] + [arc for arc in arcs if arc[0] != arc[1]]
    chosen = (arcs[k] for k in _heaviest(len(nodes) + 1, arcs))
    return {nodes[head - 1]: nodes[tail - 1] for tail, head, _ in chosen if tail}


def _heaviest(size: int, arcs: list[Arc]) -> list[int]:
    """Return one arc into each node but node 0, without a circle, all of them together the heaviest."""
    best: dict[int, int] = {}
    for k, (_, head, weight) in enumerate(arcs):
        if head and (head not in best or weight > arcs[best[head]][2]):
            best[head] = k
    circle = _circle({head: arcs[k][0] for head, k in best.items()})
    if not circle:
        return list(best.values())
    joined = dict(zip((node for node in range(size) if node not in circle), range(size), strict=False))
    knot = len(joined)
    lifted, back = [], []
    for k, (tail, head, weight) in enumerate(arcs):
        if tail not in circle or head not in circle:
            loss = arcs[best[head]][2] if head in circle else 0  # what the circle gives up to be entered here
            lifted.append((joined.get(tail, knot), joined.get(head, knot), weight - loss))
            back.append(k)
    chosen = {node: best[node] for node in circle}
    for k in _heaviest(knot + 1, lifted):
        chosen[arcs[back[k]][1]] = back[k]
    return list(chosen.values())


def _circle(parent: Mapping[int, int]) -> set[int]:
    """Return the nodes of one circle among parents, if there is one."""
    done: set[int] = set()
    for start in sorted(parent):
        line, node = [], start
        while node in parent and node not in done:
            done.add(node)
            line.append(node)
            node = parent[node]
        if node in line:
            return set(line[line.index(node) :])
    return set()
