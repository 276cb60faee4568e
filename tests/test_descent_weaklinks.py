"""Weak links: where a graph comes apart, against removing one node after another."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from stemmata.descent.weaklinks import Graph, Link, _articulations, _parts, mixing_links

EDGES = st.sets(st.tuples(st.integers(0, 8), st.integers(0, 8)).filter(lambda e: e[0] < e[1]), max_size=16)


def graph_of(edges: set[tuple[int, int]]) -> Graph:
    graph: Graph = {}
    for a, b in edges:
        graph.setdefault(str(a), {})[str(b)] = []
        graph.setdefault(str(b), {})[str(a)] = []
    return graph


@given(EDGES)
def test_an_articulation_is_a_node_without_which_its_neighbours_come_apart(edges: set[tuple[int, int]]) -> None:
    graph = graph_of(edges)
    assert _articulations(graph) == [node for node in sorted(graph) if len(_parts(graph, node)) > 1]


def test_a_chain_of_thousands_needs_no_deep_recursion() -> None:
    graph = graph_of({(n, n + 1) for n in range(5_000)})
    assert len(_articulations(graph)) == 4_999


def test_two_equal_pages_that_mix_are_one_knot() -> None:
    """Both hold both families; neither would come apart if only one of them were taken away."""
    whole = [Link(a, b, 0.9, 0.9, whole=True) for a, b in (("m", "n"), ("x", "xx"), ("y", "yy"))]
    parts = [
        Link(a, b, s, 0.5, whole=False) for a in "mn" for b, s in (("x", 0.6), ("xx", 0.6), ("y", 0.3), ("yy", 0.3))
    ]
    assert mixing_links([*whole, *parts], {}) == {(a, b) for a in "mn" for b in ("y", "yy")}
