"""A collation: what each witness reads at each place."""

from __future__ import annotations

import pyarrow as pa
import pytest

from stemmata.collating.collation import MISSING, Collation
from stemmata.errors import SchemaError

TABLE = pa.table(
    {
        "A": ["arma", "virumque", "cano", "Troiae"],
        "B": ["arma", "uirumque", "", "Troiae"],
        "C": ["arma", "virumque", "cano", None],
    }
)


def test_readings_of_a_place_are_numbered_in_order_of_their_signs() -> None:
    collation = Collation.from_table(TABLE)
    assert collation.readings == (("arma",), ("uirumque", "virumque"), ("", "cano"), ("Troiae",))
    assert collation.codes.tolist() == [[0, 1, 1, 0], [0, 0, 0, 0], [0, 1, 1, MISSING]]


def test_a_table_comes_back_from_its_collation() -> None:
    assert Collation.from_table(TABLE).to_table().equals(TABLE)


def test_what_cannot_be_read_is_missing_and_no_omission() -> None:
    damaged = TABLE.set_column(2, "C", pa.array(["arma", "virumque", "cano", "#LACUNA#"]))
    assert Collation.from_table(damaged).to_table().equals(TABLE)


def test_two_witnesses_of_one_name_are_refused() -> None:
    twice = pa.table([["arma"], ["arma"]], names=["A", "A"])
    with pytest.raises(SchemaError, match="two columns"):
        Collation.from_table(twice)


def test_numbers_are_no_readings() -> None:
    with pytest.raises(SchemaError, match="holds no readings"):
        Collation.from_table(pa.table({"A": [1, 2]}))
