"""What a verdict says, in every case that the tables can hold."""

from __future__ import annotations

import re
from typing import Any

import pytest

from stemmata import schemas
from stemmata.report import grouped, words
from stemmata.report.findings import find
from stemmata.traced import Trace
from tests.test_report_example import example, pair

TEXTS = {"x": "Rain fell all night.", "y": "Rain fell all night long."}
PASSAGE = {"a_start": 0, "a_end": 4, "b_start": 0, "b_end": 4}


def sentence(trace: Trace) -> str:
    finding = find(trace)
    assert finding is not None
    return words.plain(words.verdict(finding))


def related(
    kind: str,
    extent: str | None,
    verdict: str = "unknown",
    *,
    sure: float = 0.99,
    coverage: tuple[float, float] = (0.9, 0.4),
    **direction: Any,
) -> Trace:
    """Return the trace of x and y, of which x is nearly all reused."""
    if verdict == "copy":
        direction = {"source": "y", "copy": "x", "confidence": 0.95} | direction
    return pair(
        TEXTS,
        relation={
            "kind": kind,
            "extent": extent,
            "confidence": sure,
            "coverage_a": coverage[0],
            "coverage_b": coverage[1],
        },
        direction={"verdict": verdict, **direction},
    )


@pytest.mark.parametrize(
    ("trace", "says"),
    [
        (related("spun", "whole", "copy"), "x is a spun copy of y."),
        (related("verbatim", "whole", "copy", coverage=(1.0, 0.996)), "x is a verbatim copy of y."),
        (related("verbatim", "whole", "copy"), "x is a verbatim copy of y, with text added or left out."),
        (related("paraphrased", "whole", "copy"), "x is a paraphrase of y."),
        (related("edited", "excerpt", "copy"), "x is an edited excerpt of y."),
        (related("summarised", "excerpt", "copy"), "x is a summary of a part of y."),
        (
            related("edited", "excerpt", "copy", source="x", copy="y"),
            "y takes in the whole of x, with edits.",
        ),
        (related("verbatim", "partial", "copy"), "x takes passages from y, word for word."),
        (
            related("spun", "whole", "copy", confidence=0.8),
            "x is a spun copy of y, as far as the text can tell.",
        ),
        (
            related("spun", "whole", "copy", via_lost=0.7),
            "x derives from the text that y also carries, as a spun copy.",
        ),
        (
            related("verbatim", "partial", "copy", via_lost=0.5),
            "x takes passages from the text that y also carries, word for word.",
        ),
        (
            related("verbatim", "whole", coverage=(1.0, 1.0)),
            "x and y hold the same text; which came first the text cannot tell.",
        ),
        (
            related("verbatim", "whole", coverage=(1.0, 0.99)),
            "x and y hold the same text, with text added or left out; which came first the text cannot tell.",
        ),
        (
            related("spun", "whole"),
            "One of x and y is a spun copy of the other; which one the text cannot tell.",
        ),
        (
            related("edited", "partial"),
            "x and y share passages, with edits; which of the two had them first the text cannot tell.",
        ),
        (
            related("verbatim", "excerpt", "contained"),
            "The whole of x stands in y, word for word; whether it is an excerpt or an earlier, "
            "shorter version the text cannot tell.",
        ),
        (
            related("edited", "whole", "common_source"),
            "x and y both derive from a third text; neither was made from the other.",
        ),
        (
            related("template", None),
            "x and y share a form and fill it with other facts; whether one is a copy with altered facts is not told.",
        ),
        (pair(TEXTS), "x and y have nothing in common."),
        (
            pair(TEXTS, passages=[{**PASSAGE, "role": "furniture"}, {**PASSAGE, "role": "quoted"}]),
            "x and y share nothing but page furniture and quotation.",
        ),
        (
            pair(TEXTS, passages=[PASSAGE]),
            "x and y share a few words, too few to call either a copy of the other.",
        ),
    ],
)
def test_verdict_is_one_plain_sentence(trace: Trace, says: str) -> None:
    assert sentence(trace) == says


@pytest.mark.parametrize(
    ("trace", "says"),
    [
        (related("spun", "whole", "copy", sure=0.5), "x is a reworded copy of y."),
        (related("paraphrased", "excerpt", "copy", sure=0.6), "x is a reworded excerpt of y."),
        (related("spun", "partial", "copy", sure=0.5), "x takes passages from y, reworded."),
        (
            related("spun", "whole", "copy", sure=0.5, via_lost=0.8),
            "x derives from the text that y also carries, as a reworded copy.",
        ),
        (
            related("spun", "whole", sure=0.64),
            "x and y are two versions of one text, reworded; which came first the text cannot tell.",
        ),
        (
            related("spun", "excerpt", "contained", sure=0.5),
            "The whole of x stands in y, reworded; whether it is an excerpt or an earlier, "
            "shorter version the text cannot tell.",
        ),
        (related("spun", "whole", "copy", sure=0.65), "x is a spun copy of y."),
    ],
)
def test_uncertain_kind_is_no_accusation(trace: Trace, says: str) -> None:
    """Where the kind is uncertain the sentence says only that the text was reworded."""
    assert sentence(trace) == says


@pytest.mark.parametrize("kind", schemas.KINDS)
@pytest.mark.parametrize("extent", schemas.EXTENTS)
@pytest.mark.parametrize("verdict", schemas.VERDICTS)
def test_every_verdict_has_words_for_it(kind: str, extent: str, verdict: str) -> None:
    """Whatever the tables allow is said in a sentence that names both texts."""
    said = sentence(related(kind, extent, verdict))
    assert sorted(re.findall(r"\b[xy]\b", said)) == ["x", "y"]
    assert said.endswith(".")


def test_glosses_cover_every_name_that_the_tables_use() -> None:
    assert set(words.KINDS) == set(schemas.KINDS)
    assert set(words.EXTENTS) == set(schemas.EXTENTS)
    assert set(words.ROLES) == set(schemas.ROLES)
    assert set(words.STYLES) | set(grouped.APART) == set(schemas.STYLE_TYPES)


def test_names_are_told_apart_from_the_words_around_them() -> None:
    """Terminal and page set the names off; a name that looks like markup stays a name."""
    finding = find(related("spun", "whole", "copy"))
    assert finding is not None
    assert [text for text, name in words.verdict(finding) if name] == ["x", "y"]


@pytest.mark.parametrize(
    ("share", "says"),
    [
        (0.0, "0%"),
        (0.004, "under 1%"),
        (0.5, "50%"),
        (0.9996, "99%"),
        (1.0, "100%"),
        (float("nan"), "unknown"),
    ],
)
def test_none_and_all_are_said_of_nothing_less(share: float, says: str) -> None:
    assert words.percent(share) == says


@pytest.mark.parametrize(
    ("probability", "says"),
    [
        (0.55, "uncertain, 55%"),
        (0.65, "likely, 65%"),
        (0.93, "very likely, 93%"),
        (1.0, "practically certain, 100%"),
    ],
)
def test_confidence_is_said_in_words_and_percent(probability: float, says: str) -> None:
    assert words.sureness(probability) == says


@pytest.mark.parametrize(
    ("role", "features", "says"),
    [
        ("quoted", ["left_out_quoted"], ["25% (75% with quotations)", "25% (50% with quotations)"]),
        ("reference", ["left_out_reference", "left_out_short"], ["25% (75% with references and short passages)"]),
        ("base", ["left_out_base"], ["25%", "25%"]),
        ("quoted", [], ["25%", "25%"]),
    ],
)
def test_coverage_is_given_with_what_was_left_out(role: str, features: list[str], says: list[str]) -> None:
    """Where it would make a difference; base text never counts, and what counts already is not said again."""
    spans = {"a_start": 5, "a_end": 14, "b_start": 5, "b_end": 9}
    trace = pair(
        {"a": "Rain fell all night.", "b": "Rain fell once again."},
        relation={
            "kind": "edited",
            "extent": "partial",
            "coverage_a": 0.25,
            "coverage_b": 0.25,
            "evidence": [{"feature": name, "value": 0.25, "says": name} for name in features],
        },
        passages=[PASSAGE, {**spans, "role": role}],
    )
    finding = find(trace)
    assert finding is not None
    witnesses = (finding.source, finding.copy)
    assert [words.coverage(finding, witness) for witness in witnesses][: len(says)] == says
    assert words.beside(finding) == ([(role, 1)] if features else [])


def test_points_carry_their_sign() -> None:
    assert [words.points(value) for value in (1.624, -0.256, -0.001)] == ["+1.62", "−0.26", "0.00"]


def test_changes_are_counted_by_type_the_commonest_first() -> None:
    finding = find(example())
    assert finding is not None
    others = [change for change in finding.changes if not change.factual]
    assert words.tally(others) == [("wording", 2), ("moved", 1), ("restyled", 1), ("tortured", 1)]
    assert words.beside(finding) == [("furniture", 1)]
