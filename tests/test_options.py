"""Options: frozen, keyword-only, checked when they are made, and none of them dead."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest

import stemmata as st
from stemmata.errors import OptionError
from stemmata.pipeline import STAGES, Options

SOURCE = Path(st.__file__).parent
STAGE_OPTIONS = [(f.name, type(getattr(Options(), f.name))) for f in dataclasses.fields(Options)]
EVERY_OPTION = [(kind, f) for _, kind in STAGE_OPTIONS for f in dataclasses.fields(kind)]
NUMBERS = [(kind, f) for kind, f in EVERY_OPTION if type(getattr(kind(), f.name)) in (int, float)]


def test_every_stage_has_its_options() -> None:
    assert {name for name, _ in STAGE_OPTIONS} == {"documents", *(stage.name for stage in STAGES)}


@pytest.mark.parametrize("kind", [kind for _, kind in STAGE_OPTIONS])
def test_options_cannot_be_changed_or_given_by_place(kind: Any) -> None:
    """Frozen, so that a run is what its record says; keyword-only, so that a call can be read."""
    options = kind()
    for field in dataclasses.fields(kind):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(options, field.name, None)
        with pytest.raises(TypeError):
            kind(getattr(options, field.name))


@pytest.mark.parametrize(("kind", "field"), NUMBERS, ids=lambda v: getattr(v, "name", getattr(v, "__name__", "")))
def test_a_number_out_of_its_range_is_refused_with_the_range(kind: Any, field: Any) -> None:
    """The error names the option, its range and what was given."""
    for wrong in (-(10**18), 10**18, float("nan"), "many", True):
        with pytest.raises(OptionError, match=field.name) as caught:
            kind(**{field.name: wrong})
        assert caught.value.mend


@pytest.mark.parametrize(("kind", "field"), EVERY_OPTION, ids=lambda v: getattr(v, "name", getattr(v, "__name__", "")))
def test_every_option_is_read_somewhere(kind: Any, field: Any) -> None:
    """No option that does nothing: each is read outside the class that declares it."""
    used = [
        path.name
        for path in SOURCE.rglob("*.py")
        if f"options.{field.name}" in (text := path.read_text(encoding="utf-8")) and kind.__name__ in text
    ]
    assert used


def test_the_record_of_options_is_plain() -> None:
    """``to_dict`` is what a run's folder keeps."""
    record = Options().to_dict()
    assert record["alignments"]["tries"] == 40
    assert set(record) == {name for name, _ in STAGE_OPTIONS}
