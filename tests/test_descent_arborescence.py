"""The heaviest tree, against trying every choice of parents."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from stemmata.descent.arborescence import heaviest_parents

NODES = "abcde"
EDGES = st.dictionaries(
    st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)).filter(lambda e: e[0] != e[1]),
    st.integers(0, 9),
    max_size=12,
)


def ends(parents: dict[str, str]) -> bool:
    """No circle: from every node the line of parents ends."""
    for node in parents:
        line = {node}
        while node in parents:
            node = parents[node]
            if node in line:
                return False
            line.add(node)
    return True


def worth(parents: dict[str, str], edges: dict[tuple[str, str], int]) -> tuple[int, int]:
    """How many have a parent, then how heavy the edges are together."""
    return len(parents), sum(edges[source, copy] for copy, source in parents.items())


@given(EDGES)
def test_no_choice_of_parents_is_better(edges: dict[tuple[str, str], int]) -> None:
    found = heaviest_parents(edges)
    assert ends(found)
    into = [[None, *(s for s, c in edges if c == node)] for node in NODES]
    every = ({n: p for n, p in zip(NODES, choice, strict=True) if p} for choice in product(*into))
    assert worth(found, edges) == max(worth(parents, edges) for parents in every if ends(parents))


@given(EDGES, st.randoms())
def test_the_order_of_edges_changes_nothing(edges: dict[tuple[str, str], int], chance: object) -> None:
    listed = list(edges.items())
    chance.shuffle(listed)  # type: ignore[attr-defined]
    assert heaviest_parents(dict(listed)) == heaviest_parents(edges)


def test_thousands_of_circles_need_no_deep_recursion() -> None:
    triangles = ((f"{n:04}a", f"{n:04}b", f"{n:04}c") for n in range(2_000))
    edges = {(x, y): 1 for a, b, c in triangles for x, y in ((a, b), (b, c), (c, a))}
    assert len(heaviest_parents(edges)) == 4_000


def test_a_circle_of_three_is_opened_where_it_costs_least() -> None:
    """a, b and c each look like the copy of the next; a fourth text explains b nearly as well as c does."""
    edges = {("b", "a"): 9, ("c", "b"): 9, ("a", "c"): 9, ("o", "a"): 2, ("o", "b"): 7, ("o", "c"): 3}
    assert heaviest_parents(edges) == {"a": "b", "b": "o", "c": "a"}
