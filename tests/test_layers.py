"""A collation by kinds of variant: what differs in what, and that nothing is counted twice."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemmata.collating.collation import MISSING, Collation
from stemmata.collating.layers import KINDS, Layers, check_weights, is_near, layer, read_weights
from stemmata.collating.normalising import ABBREVIATION, Rule, Rules
from stemmata.errors import OptionError, SchemaError

NAMES = ["A", "B", "C", "D"]
U_AND_V = Rules((Rule("v", "u"), Rule("q̃", "que", ABBREVIATION)))


def told(*row: str | None, rules: Rules | None = None, near: float = 0.2) -> list[tuple[str, list[int]]]:
    """The columns of one place."""
    layers = layer(Collation.of(NAMES[: len(row)], [row]), rules, near=near)
    return list(zip(layers.kinds, layers.codes.T.tolist(), strict=True))


def apart(codes: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """How much each two witnesses differ."""
    one, other = codes[:, None], codes[None]
    differ = (one != other) & (one != MISSING) & (other != MISSING)
    return np.asarray((differ * weights).sum(-1))


def test_two_readings_differ_in_the_first_kind_in_which_they_do() -> None:
    assert told("Arma,", "arma", "viros", "Arma") == [
        ("word", [0, 0, 1, 0]),
        ("case", [0, 1, MISSING, 0]),
        ("punctuation", [1, MISSING, MISSING, 0]),
    ]


def test_who_has_nothing_differs_by_an_omission_from_all_others() -> None:
    assert told("cano", "", "canit", None) == [
        ("omission", [1, 0, 1, MISSING]),
        ("word", [1, MISSING, 0, MISSING]),
    ]


def test_rules_say_what_is_spelling_and_what_abbreviation() -> None:
    rows = ("virumque", "uirumque", "virumq̃", "armaque")
    assert told(*rows, rules=U_AND_V, near=0) == [
        ("word", [1, 1, 1, 0]),
        ("spelling", [1, 0, 1, MISSING]),
        ("abbreviation", [0, MISSING, 1, MISSING]),
    ]


def test_accents_that_the_tokeniser_folds_are_spelling() -> None:
    assert told("ἅγιος", "ἁγιος", "θεός") == [("word", [1, 1, 0]), ("spelling", [1, 0, MISSING])]


def test_words_of_few_different_letters_are_spelling_also_by_way_of_others() -> None:
    assert told("soote", "swote", "sowte", "cold") == [
        ("word", [1, 1, 1, 0]),
        ("spelling", [0, 2, 1, MISSING]),
    ]
    assert [kind for kind, _ in told("soote", "swote", near=0)] == ["word"]


@pytest.mark.parametrize(
    ("a", "b", "near"),
    [("soote", "swote", True), ("amor", "amat", False), ("hora", "mora", False), ("dominus", "dominum", True),
     ("dominus", "domino", False), ("מלך", "מלכ", False), ("a" * 51, "a" * 51, False), ("", "", True)],
)  # fmt: skip
def test_a_fifth_of_the_letters_may_differ(a: str, b: str, near: bool) -> None:
    assert is_near(a, b, 0.2) is is_near(b, a, 0.2) is near


def test_signs_that_are_no_words_are_told_apart() -> None:
    assert told("⁊", "&", "et") == [("word", [2, 0, 1])]


def test_what_moved_is_one_column_for_a_run_and_comes_on_top() -> None:
    rows = [["arma", "arma"], ["virum", "virum"], ["cano", "canit"], ["", "qui"]]
    collation = Collation.of(["A", "B"], rows)
    collation.moved[1, 1:3] = True
    collation.moved[0, 3] = True  # of nothing: nothing can have moved
    layers = layer(collation)
    assert list(zip(layers.kinds, layers.place.tolist(), layers.codes.T.tolist(), strict=True)) == [
        ("moved", 1, [0, 1]),
        ("word", 2, [1, 0]),
        ("omission", 3, [0, 1]),
    ]


def test_weights_are_those_of_the_kinds_and_what_counts_nothing_is_left_out() -> None:
    collation = Collation.of(NAMES, [["Arma,", "arma", "viros", "Arma"], ["cano", "cano", "", "canit"]])
    layers = layer(collation, weights={"punctuation": 0.2, "case": 0})
    assert list(zip(layers.kinds, layers.weights.tolist(), layers.place.tolist(), strict=True)) == [
        ("word", 1.0, 0),
        ("punctuation", 0.2, 0),
        ("omission", 1.0, 1),
        ("word", 1.0, 1),
    ]


def test_what_does_not_tell_is_left_out_where_the_caller_says_so() -> None:
    collation = Collation.of(NAMES[:2], [["arma", "viros"], ["cano", ""]])
    codes = collation.codes.copy()
    codes[1, 1] = MISSING
    assert layer(collation, codes=codes).kinds == ("word",)
    with pytest.raises(SchemaError, match="shape"):
        layer(collation, codes=codes[:, :1])


READINGS = st.sampled_from(
    [
        "",
        None,
        "arma",
        "Arma",
        "Arma,",
        "arma.",
        "vir",
        "uir",
        "viros",
        "soote",
        "swote",
        "ſoote",
        "q̃",
        "⁊",
        "&",
        " ",
        "מלך",
    ]
)


@given(
    st.lists(st.lists(READINGS, min_size=4, max_size=4), max_size=6),
    st.sampled_from([None, U_AND_V]),
    st.sampled_from([0.0, 0.2, 1.0]),
)
def test_with_equal_weights_witnesses_differ_as_often_as_in_the_plain_codes(
    rows: list[list[str | None]], rules: Rules | None, near: float
) -> None:
    collation = Collation.of(NAMES, rows)
    layers = layer(collation, rules, near=near)
    assert np.array_equal(apart(layers.codes, layers.weights), apart(collation.codes, np.ones(len(rows))))


@given(st.lists(st.lists(READINGS, min_size=4, max_size=4), max_size=4), st.permutations(range(4)))
def test_columns_do_not_depend_on_the_order_of_witnesses(rows: list[list[str | None]], order: list[int]) -> None:
    def columns(layers: Layers) -> list[tuple[str, int, list[int]]]:
        return list(zip(layers.kinds, layers.place.tolist(), layers.codes.T.tolist(), strict=True))

    plain = layer(Collation.of(NAMES, rows))
    turned = layer(Collation.of([NAMES[n] for n in order], [[row[n] for n in order] for row in rows]))
    assert columns(turned) == columns(plain._replace(codes=plain.codes[order]))


def test_a_collation_without_variants_has_no_columns() -> None:
    layers = layer(Collation.of(NAMES[:2], [["arma", "arma"], ["cano", None]]))
    assert (layers.codes.shape, layers.weights.shape, layers.place.shape, layers.kinds) == ((2, 0), (0,), (0,), ())


@pytest.mark.parametrize(
    ("weights", "what"),
    [
        ({"colour": 1.0}, "no kind of variant 'colour'"),
        ({"case": -0.1}, "between 0 and 10"),
        ({"case": 10.5}, "between 0 and 10"),
        ({"case": float("nan")}, "between 0 and 10"),
        ({"case": True}, "between 0 and 10"),
        ({"case": "1"}, "between 0 and 10"),
    ],
)
def test_other_weights_are_refused(weights: dict[str, float], what: str) -> None:
    with pytest.raises(OptionError, match=what) as caught:
        check_weights(weights)
    assert caught.value.mend


def test_a_kind_weighs_one_where_nothing_is_said() -> None:
    assert check_weights({"spelling": 2}) == dict.fromkeys(KINDS, 1.0) | {"spelling": 2.0}


@pytest.mark.parametrize("near", [-0.1, 1.1, float("nan")])
def test_a_share_of_letters_lies_between_none_and_all(near: float) -> None:
    with pytest.raises(OptionError, match="near"):
        layer(Collation.of(["A"], [["arma"]]), near=near)


def test_weights_are_read_from_a_list() -> None:
    assert read_weights("punctuation=0.2, case = 0.5") == {"punctuation": 0.2, "case": 0.5}
    assert read_weights("") == {}


@pytest.mark.parametrize(
    "listed", ["case", "case=", "case=much", "case=nan", "case=1,case=2", "=1", "words=1", "case=11"]
)
def test_lists_that_give_no_weights_are_refused(listed: str) -> None:
    with pytest.raises(OptionError):
        read_weights(listed)
