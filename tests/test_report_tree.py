"""Trees laid out: where each node and branch lies."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import pytest

from stemmata.report.tree import ROW, Drawing, Node, Place, draw_tree


def node(doc: str, parent: str | None = None, kind: str = "edited", others: Sequence[str] = ()) -> Node:
    role, kind = ("copy", kind) if parent else ("original", "")
    return Node(doc=doc, parent=parent, label=doc, kind=kind, role=role, others=tuple(others))


FAMILY = [
    node("gazette"),
    node("spun", "gazette", "spun"),
    node("farm", "spun", "edited"),
    node("mirror", "spun", "verbatim"),
    node("repost", "gazette", "verbatim"),
]


def sketch(drawing: Drawing) -> list[str]:
    """Write the nodes where they lie: half a line of the drawing is a line, eight pixels are a sign."""
    lines: dict[int, str] = {}
    for place in drawing.places:
        line = round(2 * place.y / ROW)
        lines[line] = f"{lines.get(line, ''):<{round(place.x / 8)}}o {place.node.label}"
    return [lines.get(i, "") for i in range(1, max(lines) + 1)]


def places(drawing: Drawing) -> dict[str, Place]:
    return {place.node.doc: place for place in drawing.places}


def test_a_small_family_looks_as_one_would_draw_it() -> None:
    """The root stands left, children right of it; a parent amid its children, each leaf on a line of its own."""
    assert sketch(draw_tree(FAMILY)) == [
        "                                 o farm",
        "                   o spun",
        "                                 o mirror",
        "  o gazette",
        "",
        "                   o repost",
    ]


def test_an_outline_gives_each_node_a_line() -> None:
    """Children stand below their parent, indented; trunks run down from a parent to the last of them."""
    drawing = draw_tree(FAMILY, outlined=True)
    assert [line for line in sketch(drawing) if line] == [
        "  o gazette",
        "      o spun",
        "          o farm",
        "          o mirror",
        "      o repost",
    ]
    assert drawing.trunks == ("M18.0,27.5 V158.5", "M48.0,64.5 V121.5")


def test_branches_run_from_the_end_of_a_label_to_a_node() -> None:
    """They begin right of the parent's label and end left of the child, at their heights."""
    drawing = draw_tree(FAMILY)
    at = places(drawing)
    assert [(branch.source.doc, branch.copy.doc) for branch in drawing.branches] == [
        ("gazette", "spun"),
        ("spun", "farm"),
        ("spun", "mirror"),
        ("gazette", "repost"),
    ]
    for branch in drawing.branches:
        start, level, *_, end, height = map(float, re.findall(r"[\d.]+", branch.outline))
        source, copy = at[branch.source.doc], at[branch.copy.doc]
        assert source.x + source.width < start < end < copy.x
        assert (level, height) == (source.y, copy.y)


def test_many_equal_leaves_become_one_node() -> None:
    """Three of them are shown, the others are counted and named; what differs in any way stays."""
    leaves = [node(f"repost{i}", "gazette", "verbatim") for i in range(40)]
    flagged = replace(leaves[20], flag="1 fact altered", severity="grave")
    drawing = draw_tree([node("gazette"), *leaves[:20], flagged, *leaves[21:], node("farm", "repost30")])
    (bundle,) = (place for place in drawing.places if place.bundled)
    assert bundle.node.label == "+ 35 verbatim copies"
    shown = {"gazette", "farm", "repost0", "repost1", "repost2", "repost20", "repost30"}
    assert {place.node.doc for place in drawing.places if not place.bundled} == shown
    assert set(bundle.bundled) == {leaf.doc for leaf in leaves} - shown


def test_six_equal_leaves_are_all_shown() -> None:
    drawing = draw_tree([node("gazette"), *(node(f"repost{i}", "gazette", "verbatim") for i in range(6))])
    assert not [place for place in drawing.places if place.bundled]


def test_several_roots_are_joined_by_a_bracket() -> None:
    """No text stands left of them, since none is known to have come first."""
    roots = [replace(node(doc), role="unresolved") for doc in ("a", "b", "c")]
    drawing = draw_tree([*roots, node("d", "a")])
    at = places(drawing)
    assert re.findall(r"[HV]([\d.]+)", drawing.bracket)[1] == str(at["c"].y)
    assert f",{at['b'].y} H" in drawing.bracket
    assert draw_tree(FAMILY).bracket == ""


def test_further_sources_are_joined_by_arcs() -> None:
    """An arc is drawn only where both ends are; a text of another family has no place here."""
    drawing = draw_tree([*FAMILY[:-1], node("repost", "gazette", others=("farm", "stranger"))])
    assert [(arc.source.doc, arc.copy.doc) for arc in drawing.arcs] == [("farm", "repost")]


def test_a_parent_that_is_not_among_the_members_makes_a_root() -> None:
    assert [place.x for place in draw_tree([node("farm", "stranger")]).places] == [18.0]


def test_wide_signs_take_more_room() -> None:
    """A label in Chinese is wider than one of as many Latin letters."""
    latin, chinese = (draw_tree([node(doc)]).places[0].width for doc in ("farm", "茶馆重开"))
    assert chinese > 1.5 * latin


def grown(size: int, seed: int) -> list[Node]:
    """Grow a family by letting each new member copy one at random."""
    chance = random.Random(seed)
    members = [node("d0")]
    for i in range(1, size):
        parent = chance.choice(members).doc
        members.append(node(f"d{i}", parent, chance.choice(["verbatim", "spun", "edited", "paraphrased"])))
    return members


@pytest.mark.parametrize("size", [1, 2, 12, 60, 300])
def test_no_label_is_written_over_another(size: int) -> None:
    """However large the family is, labels are apart, and all lies within the drawing."""
    drawing = draw_tree(grown(size, size))
    for one, other in combinations(drawing.places, 2):
        apart = abs(one.y - other.y) >= ROW - 0.2
        assert apart or one.x + one.width < other.x or other.x + other.width < one.x
    assert all(0 < p.y < drawing.height and p.x + p.width < drawing.width for p in drawing.places)


def test_large_families_become_outlines() -> None:
    assert [draw_tree(grown(size, 1)).outlined for size in (12, 300)] == [False, True]


def test_a_chain_of_a_thousand_copies_is_drawn() -> None:
    """Depth is no limit."""
    chain = [node("d0"), *(node(f"d{i}", f"d{i - 1}") for i in range(1, 1_000))]
    assert len(draw_tree(chain).places) == 1_000
