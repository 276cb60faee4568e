"""Stemmata in the formats of other programs come back with the same members and branches, whatever their names."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pyarrow as pa
import pytest
from benchmarks import corpora
from benchmarks.scorers import scorer
from hypothesis import assume, given
from hypothesis import strategies as st

from stemmata import schemas
from stemmata.collating.collation import Collation
from stemmata.errors import SchemaError
from stemmata.interchange.formats import Given, render
from stemmata.interchange.lineage import Lineage

GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"
GEXF = "{http://gexf.net/1.3}"
HOSTILE = (
    'a "b" c',
    "it's",
    "two\nlines",
    "return\rand tab\t",
    "]]>",
    "</data><!--",
    "&amp;&#10;",
    "C:\\new\\",
    "\\",
    "[&confidence=1]",
    "(a,b)c;",
    "a -> b; // no",
    "#7",
    "7",
    "_",
    "\0\x1b[31m",
    "\ufffe\uffff",
    "\u2028\u202e",
    "😀𐌰",
    "document 1",
)
NAMES = st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8))
SAID = {"n": "\n", "\\": "\\", '"': '"'}  # behind a backslash in a label of DOT
Graph = tuple[list[str], list[tuple[str, str, bool]]]  # nodes; edges, and whether they come from second parents


@st.composite
def stemmata_tables(draw: st.DrawFn) -> pa.Table:
    """Some families, any of whose members may draw on others, or on what is in no family."""
    docs = draw(st.lists(NAMES, min_size=1, max_size=7, unique=True))
    rows: list[dict[str, Any]] = []
    for doc in docs[:-1] or docs:
        above = [row for row in rows if draw(st.booleans())][-1:]
        others = [] if doc == docs[-1] else draw(st.lists(st.sampled_from(docs), max_size=2))
        parent = above[0]["doc"] if above else None
        rows.append(
            {
                "family": above[0]["family"] if above else f"f{len(rows)}",
                "doc": doc,
                "parent": parent,
                "role": draw(st.sampled_from(["copy", "lost"])) if above else "original",
                "other_parents": sorted(set(others) - {doc, parent}),
                "confidence": draw(st.floats(0, 1)),
            }
        )
    return schemas.STEMMA.table(rows)


def graph_of(stemma: pa.Table, shown: Callable[[str], str], second: bool = True) -> Graph:
    """What a format must hold of a table, with names as it shows them."""
    rows = stemma.to_pylist()
    edges = [(shown(row["parent"]), shown(row["doc"]), False) for row in rows if row["parent"] is not None]
    others = [(other, row["doc"]) for row in rows for other in row["other_parents"]] if second else []
    nodes = {row["doc"] for row in rows} | {other for other, _ in others}
    return sorted(map(shown, nodes)), sorted([*edges, *((shown(a), shown(b), True) for a, b in others)])


def oneline(name: str) -> str:
    """A name with pictures of what no label may hold."""
    name = re.sub(r"[\x00-\x1f]", lambda sign: chr(0x2400 + ord(sign[0])), name).replace("\x7f", "␡")
    return re.sub("[\x80-\x9f\u2028\u2029]", "�", name)


def in_xml(name: str) -> str:
    """A name with pictures of what XML 1.0 may not hold; tabs and line ends stay."""
    name = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", lambda sign: chr(0x2400 + ord(sign[0])), name)
    return re.sub("[\ufffe\uffff]", "�", name.replace("\x7f", "␡"))


def in_dot(name: str) -> str:
    return "\n".join(map(oneline, name.split("\n")))


def read_dot(text: str) -> Graph:
    """Read the lines of our graphs: a node or an edge a line, names in quotes, attributes behind them."""
    quoted = r'"((?:[^"\\]|\\.)*)"'
    names: dict[str, str] = {}
    edges = []
    for line in text.splitlines():
        if found := re.fullmatch(rf"\s*{quoted} -> {quoted}(.*);", line):
            edges.append((found[1], found[2], "dashed" in found[3]))
        elif found := re.fullmatch(rf"\s*{quoted} (\[.*\]);", line):
            label = re.search(rf"label={quoted}", found[2])
            name = re.sub(r"\\(.)", lambda sign: SAID[sign[1]], label[1]).replace("&amp;", "&") if label else found[1]
            assert found[1] not in names
            names[found[1]] = name
        else:
            assert re.fullmatch(r'\s*(digraph stemma \{|subgraph \w+ \{|node \[shape=box\];|label="\w+";|\})', line)
    return sorted(names.values()), sorted((names[a], names[b], second) for a, b, second in edges)


def read_newick(text: str) -> Graph:
    """Read one tree; a node without a label is none."""
    tokens = re.findall(r"'(?:[^']|'')*'|\[[^\]]*\]|[(),;]|[^'\[\](),;]+", text)
    assert "".join(tokens) == text
    nodes: list[str] = []
    edges: list[tuple[str, str, bool]] = []
    below: list[str] = []  # the nodes that stand beside one another where we read
    children: list[str] = []  # those that have just been closed
    above: list[list[str]] = []
    for token in tokens:
        if token == "(":
            above.append(below)
            below = []
        elif token == ")":
            children, below = below, above.pop()
        elif token in ",;":
            children = []
        elif not token.startswith("["):
            label = token[1:-1].replace("''", "'") if token.startswith("'") else token
            nodes.append(label)
            edges += [(label, child, False) for child in children]
            below.append(label)
    assert not above
    assert text.endswith(";")
    return nodes, edges


def merged(graphs: list[Graph]) -> Graph:
    return sorted(node for nodes, _ in graphs for node in nodes), sorted(edge for _, edges in graphs for edge in edges)


@given(stemmata_tables())
def test_dot_holds_any_names(stemma: pa.Table) -> None:
    assert read_dot(render(".dot", Given(stemma=stemma))) == graph_of(stemma, in_dot)


@given(stemmata_tables())
def test_graphml_holds_any_names(stemma: pa.Table) -> None:
    graph = ElementTree.fromstring(render(".graphml", Given(stemma=stemma)))[-1]
    names, edges = {}, []
    for node in graph.iter(f"{GRAPHML}node"):
        names[node.attrib["id"]] = {data.attrib["key"]: data.text or "" for data in node}["node_doc"]
    for edge in graph.iter(f"{GRAPHML}edge"):
        second = {data.attrib["key"]: data.text for data in edge}["edge_second"] == "true"
        edges.append((names[edge.attrib["source"]], names[edge.attrib["target"]], second))
    assert (sorted(names.values()), sorted(edges)) == graph_of(stemma, in_xml)


@given(stemmata_tables())
def test_gexf_holds_any_names(stemma: pa.Table) -> None:
    root = ElementTree.fromstring(render(".gexf", Given(stemma=stemma)))
    names = {node.attrib["id"]: node.attrib["label"] for node in root.iter(f"{GEXF}node")}
    edges = []
    for edge in root.iter(f"{GEXF}edge"):
        said = {value.attrib["for"]: value.attrib["value"] for value in edge.iter(f"{GEXF}attvalue")}
        edges.append((names[edge.attrib["source"]], names[edge.attrib["target"]], said["second"] == "true"))
    assert (sorted(names.values()), sorted(edges)) == graph_of(stemma, in_xml)


@given(stemmata_tables())
def test_json_holds_any_names_as_they_are(stemma: pa.Table) -> None:
    text = render(".json", Given(stemma=stemma))
    assert text.isascii()
    rows = [
        {"family": family["family"]} | {name: member[name] for name in stemma.column_names if name != "family"}
        for family in json.loads(text)["families"]
        for member in family["members"]
    ]
    assert schemas.STEMMA.table(rows).equals(stemma)


@given(stemmata_tables())
def test_newick_holds_any_names_a_family_a_line(stemma: pa.Table) -> None:
    lines = render(".nwk", Given(stemma=stemma)).split("\n")
    docs = {row["doc"] for row in stemma.to_pylist()} | {o for row in stemma.to_pylist() for o in row["other_parents"]}
    assume(len(set(map(oneline, docs))) == len(docs))
    assert merged([read_newick(line) for line in lines[:-1]]) == graph_of(stemma, oneline, second=False)
    assert len(lines) - 1 == len(set(stemma["family"].to_pylist()))


def in_nexus(name: str) -> str:
    return f"#{oneline(name)}" if name.isdigit() else oneline(name)


@given(stemmata_tables())
def test_nexus_holds_any_names_that_differ_not_in_case_alone(stemma: pa.Table) -> None:
    docs = {row["doc"] for row in stemma.to_pylist()} | {o for row in stemma.to_pylist() for o in row["other_parents"]}
    assume(len({in_nexus(doc).casefold() for doc in docs}) == len(docs))
    text = render(".nex", Given(stemma=stemma))
    trees = [line.partition(" = [&R] ")[2] for line in text.split("\n") if line.startswith("  TREE ")]
    assert merged([read_newick(tree) for tree in trees]) == graph_of(stemma, in_nexus, second=False)


def rows(*members: tuple[str, str | None], family: str = "f") -> pa.Table:
    return schemas.STEMMA.table(
        {"family": family, "doc": doc, "parent": parent, "role": "copy" if parent else "original", "confidence": 1.0}
        for doc, parent in members
    )


def test_sigla_that_differ_in_case_alone_stay_two_taxa() -> None:
    """NEXUS does not tell them apart."""
    text = render(".nex", Given(stemma=rows(("A", None), ("a", "A"))))
    assert "TREE familyf = [&R] ('a (2)'[&confidence=1])A[&confidence=1];" in text


def test_a_chain_of_thousands_of_copies_is_no_deeper_than_memory() -> None:
    chain = rows(("d0", None), *((f"d{n}", f"d{n - 1}") for n in range(1, 5_000)))
    assert render(".nwk", Given(stemma=chain)).startswith("(" * 4_999 + "d4999")


def test_a_collation_in_nexus_has_a_state_for_each_reading_an_omission_too() -> None:
    collation = Collation.of(["A", "B", "C"], [["arma", "", None], ["cano", "cano", "canto"]])
    text = render(".nex", Given(stemma=rows(("A", None), ("B", "A"), ("C", "A")), collation=collation))
    assert "    1 place1 / '(omitted)' arma,\n    2 place2 / cano canto\n" in text
    assert "    A 10\n    B 00\n    C ?1\n" in text


def test_readings_beyond_the_symbols_of_nexus_are_told() -> None:
    """Those that fewest witnesses have."""
    names = [f"w{n}" for n in range(41)]
    readings = [f"r{n:02}" for n in range(40)]
    collation = Collation.of(names, [[*readings, "r39"]])
    text = render(".nex", Given(stemma=rows(*((name, None) for name in names)), collation=collation))
    assert "[place1 has 40 readings; the rarest 4 are ?]" in text
    matrix = dict(line.split() for line in text.split("MATRIX\n")[1].split("  ;")[0].splitlines())
    assert [name for name in names if matrix[name] == "?"] == ["w35", "w36", "w37", "w38"]
    assert matrix["w39"] == matrix["w40"] == "Z"


@pytest.mark.parametrize(
    ("members", "fault"),
    [
        (rows(("a", "b"), ("b", "a")), "derives from itself"),
        (rows(("a", "a")), "derives from itself"),
        (rows(("a", "gone")), "is not in its family"),
        (pa.concat_tables([rows(("a", None)), rows(("a", None), family="g")]), "is in two families"),
    ],
)
def test_what_is_no_tree_is_refused(members: pa.Table, fault: str) -> None:
    with pytest.raises(SchemaError, match=fault):
        Lineage.of(members)


TRUE = sorted(corpora.DATA.glob("stemma*/**/stemma.dot"))


@pytest.mark.skipif(not TRUE, reason=f"no stemmata at {corpora.DATA}")
def test_a_true_stemma_scores_full_marks_against_its_dot(tmp_path: Path) -> None:
    """With its lost copies and second exemplars."""
    tool = scorer("average_sign")
    for place in TRUE:
        true = tool.read(str(place))
        table = schemas.STEMMA.table(
            {
                "family": "f",
                "doc": doc,
                "parent": (true.parents[doc] or [None])[0],
                "other_parents": true.parents[doc][1:],
                "role": "lost" if doc in true.lost else "copy" if true.parents[doc] else "original",
                "confidence": 1.0,
            }
            for doc in true.nodes
        )
        path = tmp_path / "ours.dot"
        path.write_text(render(path, Given(stemma=table)), "utf-8")
        ours = tool.read(str(path))
        assert ours.lost == true.lost
        assert ours.edges.keys() == true.edges.keys()
        assert tool.compare(true, ours, [node for node in true.nodes if node not in true.lost])["average_sign"] == 100
