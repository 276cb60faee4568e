"""Weak links: pages that mix families, alone and several of them."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from stemmata.descent.weaklinks import Link, mixing_links

FAMILIES = [Link("x", "xx", 0.9, 0.9, whole=True), Link("y", "yy", 0.9, 0.9, whole=True)]


def shared(doc: str, share_x: float, share_y: float) -> list[Link]:
    """A page that holds a part of each of two families of two."""
    return [
        Link(doc, near, share, 0.5, whole=False)
        for near, share in (("x", share_x), ("xx", share_x), ("y", share_y), ("yy", share_y))
    ]


def test_a_page_that_mixes_two_families_is_left_with_one() -> None:
    assert mixing_links([*FAMILIES, *shared("m", 0.6, 0.3)], {}) == {("m", "y"), ("m", "yy")}


def test_two_pages_that_mix_the_same_families_join_them_no_more_than_one() -> None:
    """Whether they are the same page or each holds other parts."""
    for between in (Link("m", "n", 1.0, 1.0, whole=True), Link("m", "n", 0.4, 0.5, whole=False)):
        links = [*FAMILIES, *shared("m", 0.6, 0.3), *shared("n", 0.5, 0.4), between]
        assert mixing_links(links, {}) == {(doc, near) for doc in "mn" for near in ("y", "yy")}


def test_a_text_with_excerpts_of_its_own_mixes_nothing() -> None:
    """Its excerpts have nothing to do with each other, and lie whole in it."""
    parts = [Link(*pair, 1.0, 0.3, whole=False) for pair in (("e", "o"), ("ee", "o"), ("f", "o"), ("ff", "o"))]
    same = [Link("e", "ee", 1.0, 1.0, whole=True), Link("f", "ff", 1.0, 1.0, whole=True)]
    assert mixing_links([*parts, *same], {}) == set()


def test_a_late_copy_of_a_text_with_excerpts_mixes_nothing() -> None:
    """It is as old as the text itself: the two are one."""
    day = [datetime(2026, 3, day, tzinfo=UTC) for day in range(1, 10)]
    of_text = [Link(part, "o", 1.0, 0.3, whole=False) for part in ("e", "ee", "f", "ff")]
    of_copy = [Link("copy", part, 0.3, 1.0, whole=False) for part in ("e", "ee", "f", "ff")]
    same = [Link(*pair, 1.0, 1.0, whole=True) for pair in (("e", "ee"), ("f", "ff"), ("copy", "o"))]
    dates = {"o": day[0], "e": day[1], "ee": day[2], "f": day[1], "ff": day[2], "copy": day[8]}
    assert mixing_links([*of_text, *of_copy, *same], dates) == set()


def test_a_chain_of_thousands_is_no_matter_of_minutes() -> None:
    links = [Link(f"d{n:05}", f"d{n + 1:05}", 0.5, 0.5, whole=False) for n in range(20_000)]
    assert len(mixing_links(links, {})) <= len(links)


@given(
    st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef"), st.floats(0, 1), st.floats(0, 1))),
    st.randoms(),
)
def test_only_given_links_are_left_and_their_order_does_not_matter(rows, chance) -> None:  # type: ignore[no-untyped-def]
    unique = {(a, b): Link(a, b, one, other, min(one, other) > 0.7) for a, b, one, other in rows if a < b}
    links = list(unique.values())
    left = mixing_links(links, {})
    assert left <= set(unique)
    chance.shuffle(links)
    assert mixing_links(links, {}) == left
