"""Errors tell what is wrong, where, and how to mend it."""

from __future__ import annotations

import inspect
from dataclasses import dataclass

import pytest

from stemmata import errors
from stemmata.errors import OptionError, StemmataError, cause, check_option

ALL = [kind for _, kind in inspect.getmembers(errors, inspect.isclass)]


def test_an_error_shows_its_three_parts_and_keeps_them() -> None:
    error = StemmataError("the page is torn.", where="page 3", mend="give another scan.")
    assert str(error) == "the page is torn.\n  where: page 3\n  mend:  give another scan."
    assert (error.what, error.where, error.mend) == ("the page is torn.", "page 3", "give another scan.")


def test_parts_that_are_not_known_are_not_shown() -> None:
    assert str(StemmataError("the page is torn.")) == "the page is torn."
    assert str(StemmataError("the page is torn.", mend="glue it.")) == "the page is torn.\n  mend:  glue it."


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.__name__)
def test_every_error_descends_from_ours_and_is_drawn_in_the_tree(kind: type) -> None:
    assert issubclass(kind, StemmataError)
    assert kind.__name__ in (errors.__doc__ or "")
    assert str(kind("it failed.", where="here")) == "it failed.\n  where: here"


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("SourceError", OSError),
        ("MissingSource", FileNotFoundError),
        ("ClashError", ValueError),
        ("SchemaError", ValueError),
        ("OptionError", ValueError),
        ("FolderError", OSError),
        ("FormatError", OSError),
    ],
)
def test_a_caller_may_catch_the_built_in(ours: str, theirs: type[Exception]) -> None:
    assert issubclass(getattr(errors, ours), theirs)


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (ValueError("This is not a Parquet file."), "This is not a Parquet file"),
        (OSError("torn\n in two. . "), "torn in two"),
        (ValueError(""), "ValueError"),
        (ValueError("don't know what type: \x0e \u202egnp.x"), "don't know what type: \ufffd \ufffdgnp.x"),
        (StemmataError("the page is torn.", where="page 3"), "the page is torn"),
    ],
)
def test_what_others_say_ends_a_sentence_of_ours_with_one_full_stop(error: Exception, says: str) -> None:
    assert cause(error) == says


@dataclass(frozen=True)
class Press:
    sheets: float


@pytest.mark.parametrize("sheets", [1, 500, 2.5])
def test_an_option_inside_its_range_passes(sheets: float) -> None:
    check_option(Press(sheets), "sheets", 1, 500)


@pytest.mark.parametrize("sheets", [0, 500.1, float("inf"), float("nan")])
def test_an_option_outside_its_range_is_named_with_it(sheets: float) -> None:
    with pytest.raises(OptionError) as caught:
        check_option(Press(sheets), "sheets", 1, 500)
    assert caught.value.what == f"sheets must lie between 1 and 500, and is {sheets!r}."
    assert caught.value.where == "option sheets"
    assert "between 1 and 500" in caught.value.mend
