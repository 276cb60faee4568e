"""How like the true tree is the tree that is drawn of a collation, by several methods."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.measurement import Figures, Measurement, Table, count, share
from benchmarks.scorers import scorer
from benchmarks.traditions import Tradition, florilegium, grown, simulated
from stemmata.genealogy.ancestors import hang_down
from stemmata.genealogy.distances import distances, neighbour_joining
from stemmata.genealogy.drawing import Genealogy, draw_genealogy
from stemmata.genealogy.evidence import Evidence, distinct, weigh
from stemmata.genealogy.expectation import likeliest_tree
from stemmata.genealogy.parsimony import shortest_tree
from stemmata.kernels.disagreement import span

Parents = Sequence[int]
GROWN = range(1000, 1024)  # seeds; whoever changes the method looks at others
OURS = "stemmata"
LEVELS = (0.0, 0.6, 0.8, 0.95)
NEAREST = "minimum spanning tree"


def average_linkage(evidence: Evidence) -> Parents:
    """Return the tree that joins the two groups of witnesses that differ least on average, again and again (UPGMA)."""
    n = len(evidence.codes)
    apart = distances(evidence)
    groups = {v: [v] for v in range(n)}
    parent = [-1] * (2 * n - 1)
    for fresh in range(n, 2 * n - 1):
        pairs = [(float(apart[np.ix_(groups[a], groups[b])].mean()), a, b) for a in groups for b in groups if a < b]
        _, a, b = min(pairs)
        parent[a] = parent[b] = fresh
        groups[fresh] = groups.pop(a) + groups.pop(b)
    return parent


METHODS: dict[str, Callable[[Evidence], Parents]] = {
    "average linkage (UPGMA)": average_linkage,
    "neighbour joining": lambda evidence: _list(hang_down(neighbour_joining(distances(evidence)))),
    NEAREST: lambda evidence: _list(span(distances(evidence))),
    "parsimony": lambda evidence: _list(hang_down(shortest_tree(evidence))),
    "structural EM": lambda evidence: _list(likeliest_tree(hang_down(shortest_tree(evidence)), evidence)),
}


def stemmas(every: int = 1) -> Measurement:
    """Draw the trees of traditions whose true trees are known."""
    development = list(simulated())[::every]
    fresh = [grown(seed) for seed in GROWN[::every]]
    sets = {"simulated": development, "grown": fresh, "florilegium": [florilegium()]}
    drawn = {t.name: draw_genealogy(t.codes, older=t.older) for tradition in sets.values() for t in tradition}
    figures: Figures = {}
    for name, traditions in sets.items():
        for method, draw in METHODS.items():
            likeness = [_likeness(t, _witness_tree(t, draw)) for t in traditions]
            figures[f"{method}, {name}"] = float(np.mean(likeness)) / 100
        figures |= _ours(name, traditions, drawn)
    edges = [edge for t in (*development, *fresh) for edge in _edges(t, drawn[t.name])]
    levels = []
    for low, high in zip(LEVELS, (*LEVELS[1:], 1.01), strict=True):
        right = [held for support, held in edges if low <= support < high]
        figures[f"edges with support from {low}"] = len(right)
        figures[f"right, support from {low}"] = float(np.mean(right)) if right else 1.0
        till = f"{share(low, 2)} – {share(min(high, 1.0), 2)}"
        levels.append((till, count(len(right)), share(figures[f"right, support from {low}"], 2)))
    return Measurement(
        title="Trees of witnesses",
        corpus="stemmatology (simulated), the florilegium of stemma-traditions, and traditions grown here",
        part="the first two were looked at as the method was chosen, these grown ones were not",
        sample=", ".join(f"{len(traditions)} {name}" for name, traditions in sets.items()),
        scorer=(
            "average sign similarity over triples of witnesses; agreement on which of two is nearer the root; an edge"
            " with two witnesses or more on either side is right where the true tree, second exemplars aside, has it"
        ),
        tables=(_methods(figures), _details(figures), Table(header=("support", "edges", "right"), rows=tuple(levels))),
        figures=figures,
    )


def _ours(name: str, traditions: Sequence[Tradition], drawn: dict[str, Genealogy]) -> Figures:
    """Return what our own trees of a set of traditions are like."""
    scores = [scorer("average_sign").compare(t.true, _stemma(t, drawn[t.name].parents), _known(t)) for t in traditions]
    decided = [score for t, score in zip(traditions, scores, strict=True) if drawn[t.name].decided]
    told = [(t, other) for t in traditions for other in drawn[t.name].others]
    return {
        f"{OURS}, {name}": float(np.mean([score["average_sign"] for score in scores])) / 100,
        f"{name}, nearer the root": float(np.mean([score["orientation"] for score in scores])) / 100,
        f"{name}, root decided": len(decided) / len(traditions),
        f"{name}, nearer the root where decided": float(np.mean([s["orientation"] for s in decided] or [np.nan])) / 100,
        f"{name}, first parting right": float(np.mean([score["root"] for score in scores])),
        f"{name}, lost copies": sum(len(t.true.lost) for t in traditions),
        f"{name}, lost copies drawn": sum(len(drawn[t.name].readings) for t in traditions),
        f"{name}, second exemplars": sum(len(t.second) for t in traditions),
        f"{name}, second exemplars told": len(told),
        f"{name}, second exemplars told of the right copy": sum(_mixed(t, other.node) for t, other in told),
    }


def _methods(figures: Figures) -> Table:
    sets = ("simulated", "florilegium", "grown")
    rows = [(method, *(f"{100 * figures[f'{method}, {name}']:.1f}" for name in sets)) for method in (*METHODS, OURS)]
    header = ("average sign similarity, percent", *sets)
    return Table(header=header, rows=tuple(rows))


def _details(figures: Figures) -> Table:
    sets = ("simulated", "florilegium", "grown")
    shares = (
        "nearer the root",
        "root decided",
        "nearer the root where decided",
        "first parting right",
    )
    counts = (
        "lost copies",
        "lost copies drawn",
        "second exemplars",
        "second exemplars told",
        "second exemplars told of the right copy",
    )
    rows = [(what, *(_share(figures[f"{name}, {what}"]) for name in sets)) for what in shares]
    rows += [(what, *(count(int(figures[f"{name}, {what}"])) for name in sets)) for what in counts]
    return Table(header=("our own trees", *sets), rows=tuple(rows))


def _share(value: float) -> str:
    return "" if np.isnan(value) else share(value, 2)


def _list(parent: NDArray[Any]) -> Parents:
    return [int(p) for p in parent]


def _witness_tree(tradition: Tradition, draw: Callable[[Evidence], Parents]) -> Parents:
    """Return the tree of all witnesses that a method draws of those that read differently."""
    first, number = distinct(tradition.codes)
    parent = draw(weigh(tradition.codes[first], np.ones(tradition.codes.shape[1]))[0])
    n = len(tradition.witnesses)
    node = [*_list(first), *range(n, n + len(parent) - len(first))]
    above = [int(first[k]) for k in number] + [-1] * (len(parent) - len(first))
    for v, p in zip(node, parent, strict=True):
        above[v] = node[p] if p >= 0 else -1
    return above


def _names(tradition: Tradition, parents: Iterable[int]) -> list[str]:
    return [*tradition.witnesses, *(f"?{k}" for k, _ in enumerate(parents))]


def _stemma(tradition: Tradition, parents: Iterable[int]) -> Any:
    """Return a tree as the scorer takes it."""
    parents = list(parents)
    stemma = scorer("average_sign").Stemma()
    names = _names(tradition, parents)
    for name, p in zip(names, parents, strict=False):
        stemma.nodes.setdefault(name)
        if p >= 0:
            stemma.add_edge(names[p], name)
    stemma.lost = {name for name in stemma.nodes if name.startswith("?")}
    stemma.index()
    return stemma


def _known(tradition: Tradition) -> list[str]:
    return [name for name in tradition.true.nodes if name not in tradition.true.lost]


def _likeness(tradition: Tradition, parents: Parents) -> float:
    stemma = _stemma(tradition, parents)
    return float(scorer("average_sign").average_sign(tradition.true, stemma, _known(tradition)))


def _edges(tradition: Tradition, drawn: Genealogy) -> list[tuple[float, bool]]:
    """Return the support of each edge with two witnesses or more on either side, and whether the true tree has it."""
    everyone = frozenset(tradition.witnesses)
    true = set()
    for witnesses in _below(tradition.true.nodes, tradition.true.edges.keys() - tradition.second, everyone).values():
        true |= {witnesses, everyone - witnesses}
    parents = drawn.parents.tolist()
    names = _names(tradition, parents)[: len(parents)]
    edges = {(names[p], name) for name, p in zip(names, parents, strict=True) if p >= 0}
    below = _below(names, edges, everyone)
    return [
        (float(support), below[name] in true)
        for name, p, support in zip(names, parents, drawn.support, strict=True)
        if p >= 0 and min(len(below[name]), len(everyone - below[name])) > 1
    ]


def _below(nodes: Iterable[str], edges: Iterable[tuple[str, str]], kept: frozenset[str]) -> dict[str, frozenset[str]]:
    """Return the witnesses at and below each node of a tree."""
    children: dict[str, list[str]] = {node: [] for node in nodes}
    for a, b in edges:
        children[a].append(b)
    found: dict[str, frozenset[str]] = {}

    def look(node: str) -> frozenset[str]:
        if node not in found:
            found[node] = (frozenset({node}) & kept).union(*map(look, children[node]))
        return found[node]

    for node in children:
        look(node)
    return found


def _mixed(tradition: Tradition, witness: int) -> bool:
    """Say whether a witness, or a lost copy right above it, was copied from a second exemplar."""
    name = tradition.witnesses[witness]
    mixed = {copy for _, copy in tradition.second}
    return name in mixed or any(a in mixed & tradition.true.lost and b == name for a, b in tradition.true.edges)
