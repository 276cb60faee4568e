"""Changes as people read them: in groups, ranked, and summed up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemmata import schemas
from stemmata.report import grouped
from stemmata.report.finding import Change
from stemmata.schemas import FACTUAL_TYPES


def change(n: int, type_: str, severity: float = 0.0, before: str = "fighter", after: str = "boxer") -> Change:
    return Change(
        n=n,
        type=type_,
        before=before,
        after=after,
        source=(n, n + 1),
        copy=(n, n + 1),
        factual=type_ in FACTUAL_TYPES,
        severity=severity,
        says="So.",
        inherited=False,
        introduced_by=None,
        carried_by=1,
    )


def numbers(changes: object) -> list[int]:
    return [one.n for one in changes]  # type: ignore[attr-defined]


MIXED = [
    change(1, "wording"),
    change(2, "hedge", 0.5),
    change(3, "tortured", 0.3),
    change(4, "number", 0.88),
    change(5, "moved", 0.2),
    change(6, "name", 0.8),
    change(7, "number", 0.88),
    change(8, "disguised", 0.35),
    change(9, "tortured", 0.3, "troops", "soldiers"),
    change(10, "addition", 0.3),
]


def test_facts_stand_by_level_the_gravest_first_and_equals_in_the_order_of_the_source() -> None:
    groups = grouped.by_level(MIXED)
    assert [(group.name, numbers(group.changes)) for group in groups] == [
        ("grave", [4, 7, 6]),
        ("notable", [2]),
        ("minor", [10]),
    ]


def test_a_level_without_changes_is_left_out() -> None:
    assert [group.name for group in grouped.by_level(MIXED[:2])] == ["notable"]


def test_wrong_senses_and_disguises_are_told_apart_from_style() -> None:
    """However grave they are, they are no matter of fact; nor do they vanish in the line of style."""
    apart = grouped.told_apart(MIXED)
    assert [(group.name, numbers(group.changes)) for group in apart] == [("tortured", [3, 9]), ("disguised", [8])]
    assert numbers(grouped.style(MIXED)) == [1, 5]


kinds = st.tuples(st.sampled_from(grouped.TYPES), st.floats(0, 1))


@given(st.lists(kinds, max_size=30))
def test_every_change_stands_in_one_group(drawn: list[tuple[str, float]]) -> None:
    """Nothing is dropped, nothing told twice; what comes first is as grave as what follows, or graver."""
    changes = [change(n, type_, severity) for n, (type_, severity) in enumerate(drawn)]
    read = grouped.of_types(changes, grouped.TYPES)
    assert sorted(numbers(read)) == numbers(changes)
    facts = [one for one in read if one.factual]
    assert read[: len(facts)] == facts == sorted(facts, key=lambda one: (-one.severity, one.n))
    parts = [grouped.TYPES.index(one.type) for one in read[len(facts) :] if one.type in grouped.APART]
    assert parts == sorted(parts)


@given(st.lists(kinds, max_size=30), st.sets(st.sampled_from(grouped.TYPES)))
def test_a_choice_of_types_is_the_whole_without_the_others(drawn: list[tuple[str, float]], types: set[str]) -> None:
    """Choosing neither reorders nor cuts."""
    changes = [change(n, type_, severity) for n, (type_, severity) in enumerate(drawn)]
    whole = grouped.of_types(changes, grouped.TYPES)
    assert grouped.of_types(changes, types) == [one for one in whole if one.type in types]


def test_types_are_those_of_the_tables() -> None:
    assert sorted(grouped.TYPES) == sorted(FACTUAL_TYPES + schemas.STYLE_TYPES)
    assert set(grouped.TITLES) == set(grouped.GLOSSES) == set(grouped.APART)


def test_the_same_words_swapped_are_one_swap_the_commonest_first() -> None:
    """Whatever their capitals and blanks; the readings shown are those of the first place."""
    changes = [
        change(1, "tortured", before="bout", after="spell"),
        change(2, "tortured", before="Troops", after="Soldiers"),
        change(3, "tortured", before="troops", after="soldiers"),
        change(4, "tortured", before="troops", after="people"),
    ]
    swaps = grouped.swaps(changes)
    assert [numbers(swap.places) for swap in swaps] == [[2, 3], [1], [4]]
    assert swaps[0].change.before == "Troops"


@pytest.mark.parametrize(
    ("size", "limit", "shown"),
    [(0, 6, 0), (6, 6, 6), (8, 6, 8), (9, 6, 6), (40, 6, 6)],
    ids=["none", "as many", "a few more", "too many", "many"],
)
def test_a_fold_that_would_hide_a_few_is_none(size: int, limit: int, shown: int) -> None:
    """To open it costs a reader more than to read them."""
    first, folded = grouped.first(list(range(size)), limit)
    assert [*first, *folded] == list(range(size))
    assert len(first) == shown


def test_what_a_list_leaves_out_is_counted_in_changes() -> None:
    """A swap that is not listed counts with all its places."""
    changes = [change(n, "tortured", before=f"word{n // 2}") for n in range(40)]
    (one,) = grouped.listed_apart(changes, 6, 10)
    assert (len(one.first), len(one.folded), one.left) == (6, 4, 20)
    assert len(one.places) + one.left == len(one.group.changes) == 40


def test_parts_are_summed_up_in_words() -> None:
    assert grouped.summed(MIXED) == "5 matters of fact, 2 words out of place, 1 disguise, 2 of style"
    assert grouped.summed(MIXED[:1]) == "no matter of fact, 1 of style"
    assert grouped.summed([change(1, "number", 0.9)]) == "1 matter of fact"
    assert grouped.levels(MIXED) == "3 grave, 1 notable, 1 minor"


def test_style_is_counted_by_what_was_done() -> None:
    """Every type of style has a word for it."""
    changes = [change(n, type_) for n, type_ in enumerate(["wording", "moved", "wording", "restyled", "wording"])]
    assert grouped.styled(changes) == "3 reworded, 1 moved and 1 restyled"
    for type_ in set(schemas.STYLE_TYPES) - set(grouped.APART):
        assert grouped.styled([change(1, type_)]).startswith("1 ")


def test_types_are_tallied_facts_first_then_what_is_told_apart_then_style() -> None:
    assert grouped.tallied(MIXED) == [
        ("number", 2),
        ("addition", 1),
        ("hedge", 1),
        ("name", 1),
        ("tortured", 2),
        ("disguised", 1),
        ("moved", 1),
        ("wording", 1),
    ]
