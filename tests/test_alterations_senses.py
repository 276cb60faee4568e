"""What cue words do to a statement, by the rules themselves."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from stemmata.alterations.collation import Run
from stemmata.alterations.cues import _forms, _listed
from stemmata.alterations.judgement import Case, Piece, Side
from stemmata.alterations.pair import COMMON
from stemmata.alterations.rules import judge
from stemmata.alterations.tongues import TONGUES
from stemmata.languages import function_words
from tests.marked import marked

SWAPPED = {"omission": "addition", "addition": "omission"}
CUES = {
    language: sorted({form for listed, _ in _listed(language, tongue) for form in _forms(listed, tongue)})
    for language, tongue in TONGUES.items()
}


def told(source: str, copy: str, language: str) -> str:
    """Return the type of a piece that is all of two texts between two words."""
    sides = [marked(f"xyzzy {text} plugh", language, function_words(language, COMMON)) for text in (source, copy)]
    run = Run(1, len(sides[0].words) - 1, 1, len(sides[1].words) - 1)
    return judge(Case(Piece(run), Side(sides[0], *run[:2]), Side(sides[1], *run[2:]), 5)).type


@given(st.sampled_from(sorted(TONGUES)).flatmap(
    lambda language: st.tuples(
        st.just(language), *[st.lists(st.sampled_from([*CUES[language], "boat"]), max_size=3).map(" ".join)] * 2
    )
))  # fmt: skip
def test_what_changes_does_not_hang_on_which_text_is_the_source(texts: tuple[str, str, str]) -> None:
    """Whatever cue words stand against each other; what one way leaves out, the other puts in."""
    language, one, other = texts
    there, back = told(one, other, language), told(other, one, language)
    assert back == SWAPPED.get(there, there)


def test_a_word_of_quantity_is_lost_and_gained_alike() -> None:
    """Against an article, which is as long."""
    assert told("all", "the", "en") == told("the", "all", "en") == "quantifier"
