"""Trees laid out: where each node and branch lies."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemmata.report.bundles import LINES
from stemmata.report.drawing import Drawing, Node, Place
from stemmata.report.timed import ASTRAY
from stemmata.report.timeline import Span
from stemmata.report.tree import COMPACT, DOT, ROW, draw_tree


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
        "                                  o farm",
        "                    o spun",
        "                                  o mirror",
        "  o gazette",
        "",
        "                    o repost",
    ]


def test_an_outline_gives_each_node_a_line() -> None:
    """Children stand below their parent, indented; trunks run down from a parent to the last of them."""
    drawing = draw_tree(FAMILY, outlined=True)
    assert [line for line in sketch(drawing) if line] == [
        "  o gazette",
        "    o spun",
        "       o farm",
        "       o mirror",
        "    o repost",
    ]
    assert drawing.trunks == ("M18.0,27.5 V158.5", "M36.0,64.5 V121.5")


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


def boxes_apart(drawing: Drawing) -> None:
    """Labels with their notes lie apart, right of every node, bar and trunk on their lines, and within the drawing."""
    lines: dict[float, list[Place]] = {}
    for place in drawing.places:
        lines.setdefault(place.y, []).append(place)
        assert place.x + DOT < place.text
        assert not place.bar or place.bar[1] < place.text
        assert place.text + place.width < drawing.width
    heights = sorted(lines)
    least = COMPACT if drawing.compact else ROW if drawing.trunks else 0
    assert all(below - above >= least - 0.2 for above, below in pairwise(heights))
    assert 0 < heights[0] <= heights[-1] < drawing.height
    for one, other in combinations(drawing.places, 2):
        apart = abs(one.y - other.y) >= (COMPACT if drawing.compact else ROW) - 0.2
        assert apart or one.text + one.width < other.x or other.text + other.width < one.x
    for trunk in drawing.trunks:
        x, top, bottom = map(float, re.findall(r"[\d.]+", trunk))
        assert not [p for p in drawing.places if top < p.y < bottom + 8 and p.text <= x <= p.text + p.width]


@pytest.mark.parametrize("size", [1, 2, 12, 60, 300])
def test_no_label_is_written_over_another(size: int) -> None:
    """However large the family is, labels are apart, and all lies within the drawing."""
    boxes_apart(draw_tree(grown(size, size)))


@given(st.integers(1, 70), st.integers(0, 2**16), st.floats(0, 0.6), st.sampled_from([0.01, 1, 400, 200_000]))
def test_labels_are_apart_on_an_axis_as_well(size: int, seed: int, undated: float, days: float) -> None:
    """Of trees grown at random over minutes to centuries, with odd dates, uncertain ones, and some without a date."""
    boxes_apart(draw_tree(dated(size, seed, undated, days)))


@given(st.integers(2, 70), st.integers(0, 2**16), st.sampled_from([0.01, 1, 400, 200_000]))
def test_nodes_stand_at_their_dates(size: int, seed: int, days: float) -> None:
    """Or a little right of a source that is as old; one that is dated before its source is left of it."""
    drawing = draw_tree(dated(size, seed, 0.2, days))
    if not drawing.axis:
        return
    at = places(drawing)
    for place in drawing.places:
        span, source = place.node.span, at.get(place.node.parent or "")
        assert place.undated == (span is None)
        assert span is None or abs(place.x - drawing.axis.scale.at(span.moment)) <= ASTRAY + 0.1
        if span and source and source.node.span:
            assert (place.x < source.x) >= span.before(source.node.span)
    labels = drawing.axis.ticks
    assert len(labels) > 1
    assert all(later.x - earlier.x > 80 for earlier, later in pairwise(labels))


def dated(size: int, seed: int, undated: float, days: float) -> list[Node]:
    """Grow a family in which most copies are younger than their sources."""
    chance = random.Random(seed)
    born: dict[str, datetime] = {}
    made = []
    for member in grown(size, seed):
        source = born.get(member.parent or "", datetime(1200, 1, 1, tzinfo=UTC))
        age = timedelta(days=days * chance.choice([0, 0.01, 0.3, 1, -0.2]) * chance.random())
        born[member.doc] = moment = source + age
        wide = timedelta(days=days * chance.choice([0, 0, 0.2]))
        span = Span(moment=moment, first=moment - wide, last=moment + wide)
        made.append(replace(member, span=None if chance.random() < undated else span, note="edited · 3 Mar 1200"))
    return made


def test_large_families_become_outlines() -> None:
    assert [draw_tree(grown(size, 1)).outlined for size in (12, 300)] == [False, True]


def test_a_chain_of_two_thousand_copies_is_drawn() -> None:
    """Depth is no limit: copies of copies stand straight below one another, and the last of very many are counted."""
    chain = [node("d0"), *(node(f"d{i}", f"d{i - 1}") for i in range(1, 2_000))]
    drawing = draw_tree(chain)
    assert len(drawing.places) == LINES
    assert sum(len(place.bundled) or 1 for place in drawing.places) == 2_000
    assert {place.x for place in drawing.places} == {18.0}
    assert not drawing.trunks


def test_the_smallest_branches_of_very_large_trees_are_summed_up() -> None:
    """Each member is shown or named by one node; what is flagged among them is counted."""
    members = [replace(one, flag="2 facts altered", severity="notable") for one in grown(1_500, 3)]
    drawing = draw_tree(members)
    held = [place for place in drawing.places if place.bundled]
    docs = [doc for place in drawing.places for doc in place.bundled or (place.node.doc,)]
    assert sorted(docs) == sorted(member.doc for member in members)
    assert len(drawing.places) <= LINES
    assert all(place.node.flag == f"{len(place.bundled)} with facts altered" for place in held)
    assert {place.node.severity for place in held} == {"notable"}


def test_many_texts_of_which_none_is_known_to_be_first_are_summed_up() -> None:
    drawing = draw_tree([replace(node(f"d{i}"), role="unresolved") for i in range(900)])
    assert drawing.places[-1].node.label == "+ 501 texts"
    assert drawing.bracket
