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
    opened: list[tuple[list[Arc], dict[int, int], list[int]]] = []
    while True:
        best: dict[int, int] = {}
        for k, (_, head, weight) in enumerate(arcs):
            if head and (head not in best or weight > arcs[best[head]][2]):
                best[head] = k
        circle = _circles({head: arcs[k][0] for head, k in best.items()})
        if not circle:
            break
        code: dict[tuple[bool, int], int] = {}  # a circle becomes one node; node 0 is the first to get a number
        knot = [code.setdefault((node in circle, circle.get(node, node)), len(code)) for node in range(size)]
        lifted, back = [], []
        for k, (tail, head, weight) in enumerate(arcs):
            if knot[tail] != knot[head]:
                loss = arcs[best[head]][2] if head in circle else 0  # what the circle gives up to be entered here
                lifted.append((knot[tail], knot[head], weight - loss))
                back.append(k)
        opened.append((arcs, {node: best[node] for node in circle}, back))
        size, arcs = len(code), lifted
    chosen = list(best.values())
    for arcs, into, back in reversed(opened):
        into |= {arcs[back[k]][1]: back[k] for k in chosen}
        chosen = list(into.values())
    return chosen


def _circles(parent: Mapping[int, int]) -> dict[int, int]:
    """Return the nodes that lie on circles among parents, each with the smallest number on its circle."""
    done: set[int] = set()
    circle: dict[int, int] = {}
    for start in sorted(parent):
        line: dict[int, None] = {}
        node = start
        while node in parent and node not in done:
            done.add(node)
            line[node] = None
            node = parent[node]
        if node in line:
            on = list(line)[list(line).index(node) :]
            circle |= dict.fromkeys(on, min(on))
    return circle
