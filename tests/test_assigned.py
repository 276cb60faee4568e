"""Words from a text that was given to everybody."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemmata.assigned import SHORTEST, base_grams, base_stretches
from stemmata.errors import SchemaError
from stemmata.tokens import words_of
from tests.texts import texts
from tests.witnesses import WITNESSES

TASK = "Describe the old bridge of Velma in five hundred words and explain who built it and why it was closed."


def stretches(text: str, *base: str) -> list[str]:
    words = words_of(text)
    found = base_stretches(words, base_grams(pa.array(base, pa.large_string())))
    return [text[words.start[s.start] : words.end[s.stop - 1]] for s in found]


def test_what_stands_in_the_base_text_is_found() -> None:
    assert stretches(f"My essay. {TASK} It was built in 1896.", TASK) == [TASK.rstrip(".")]


def test_two_words_of_ones_own_stay_within_a_stretch() -> None:
    changed = TASK.replace("five hundred", "nine thousand")
    assert stretches(changed, TASK) == [TASK.rstrip(".").replace("five hundred", "nine thousand")]
    parted = stretches(TASK.replace("explain", "tell me in turn"), TASK)
    assert parted == [
        "Describe the old bridge of Velma in five hundred words and",
        "who built it and why it was closed",
    ]


def test_fewer_than_eight_words_are_anybodys() -> None:
    words = TASK.split()
    assert SHORTEST == 8
    assert stretches(" ".join(words[:7]), TASK) == []
    assert stretches(" ".join(words[:8]), TASK) == [" ".join(words[:8])]


def test_of_several_base_texts_each_counts() -> None:
    other = "Write in full sentences, and name every source that you have used at the end of the essay."
    assert stretches(f"{other} {TASK}", TASK, other) == [f"{other} {TASK}".rstrip(".")]
    assert stretches(other, TASK) == []


@pytest.mark.parametrize("language", sorted(WITNESSES))
def test_every_script(language: str) -> None:
    """A paragraph that was given, in a text of other paragraphs."""
    given_out = WITNESSES[language].text.strip().split("\n\n")[1]
    (found,) = stretches(f"{WITNESSES[language].stranger}\n\n{given_out}", given_out)
    assert found in given_out
    assert len(found) >= len(given_out) - 2


@given(texts, st.lists(texts, max_size=3))
def test_stretches_rise_and_lie_in_the_text(text: str, base: list[str]) -> None:
    words = words_of(text)
    end = 0
    given_out = [one for one in (text, *base) if len(words_of(one)) >= SHORTEST]
    for stretch in base_stretches(words, base_grams(pa.array(given_out, pa.large_string()))):
        assert end <= stretch.start <= stretch.stop - SHORTEST
        end = stretch.stop
    assert end == (len(words) if len(words) >= SHORTEST else 0)


def test_a_base_text_that_could_never_be_told_is_refused() -> None:
    with pytest.raises(SchemaError, match="a base text has 3 words; only stretches of 8"):
        base_grams(pa.array([TASK, "Write an essay."], pa.large_string()))
