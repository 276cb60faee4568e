"""Counts for languages that have none: a file of them, or a large collection, lets words be asked whether they fit."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

import stemmata as st
from stemmata import counts, schemas
from stemmata.statistics import StatisticsOptions, collect_statistics
from tests.directed import assert_adds_up, judge, reasons
from tests.prose import GERMAN, LATIN, RUSSIAN, swapped, texts

WORSE = "swapped words fit their places worse in the copy"
UNASKED = "how well words fit their places was not looked at"
UNLISTED = "how rare the words are was not looked at"
PROSE = {"de": GERMAN, "ru": RUSSIAN, "la": LATIN}


def collected(language: str, *made: str) -> pa.Table:
    return schemas.DOCUMENTS.table(
        {"doc": f"{k:03}", "text": text, "language": language, "sha256": f"{k:064x}"} for k, text in enumerate(made)
    )


def mirrored(a: str, b: str, language: str, statistics: pa.Table | None) -> dict[str, float]:
    """The reasons for the true source, which is a; exchanging the texts changes nothing else."""
    one = judge(a, b, language=language, statistics=statistics)
    other = judge(b, a, language=language, statistics=statistics)
    assert (one["source"], other["source"]) in (("a", "b"), (None, None))
    assert (one["confidence"], reasons(one)) == (other["confidence"], reasons(other)) or not one["source"]
    assert_adds_up(one)
    return reasons(one) | {"confidence": one["confidence"]}


@pytest.mark.parametrize("language", ["de", "ru", "la"])
def test_a_file_of_counts_lets_another_language_speak(
    language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without it nobody asks whether words fit; Latin has no list of frequencies either, and takes them from it."""
    monkeypatch.setattr(counts, "LEAST_WORDS", 20_000)
    *background, source = texts(PROSE[language], 121)
    given = pa.table({"text": background, "language": [language] * len(background)})
    file = st.build_counts(given, tmp_path / "counts", language=language).path
    copy = swapped(source, language)
    documents = collected(language, source, copy)
    before = mirrored(source, copy, language, None)
    facts = collect_statistics(documents, options=StatisticsOptions(counts=(str(file),)))
    after = mirrored(source, copy, language, facts)
    assert WORSE not in before
    assert any(reason.startswith(UNASKED) for reason in before)
    assert any(reason.startswith(UNLISTED) for reason in before) == (language == "la")
    assert after[WORSE] > 0.5
    assert after["confidence"] > before["confidence"]
    assert not any(reason.startswith((UNASKED, UNLISTED)) for reason in after)


def test_a_large_collection_speaks_for_its_language() -> None:
    """From so many words on its own pairs are counted."""
    *others, source = texts(RUSSIAN, 121)
    copy = swapped(source, "ru")
    documents = collected("ru", *others, source, copy)
    large, small = (
        collect_statistics(documents, options=StatisticsOptions(own_pairs=words)) for words in (20_000, 10**6)
    )
    assert mirrored(source, copy, "ru", large)[WORSE] > 0.5
    assert WORSE not in mirrored(source, copy, "ru", small)


def test_two_texts_do_not_speak_for_themselves() -> None:
    """A collection of nothing else has counted them, and knows only what they say: nothing fits, or does not."""
    source = texts(RUSSIAN, 1, length=200)[0]
    copy = swapped(source, "ru")
    facts = collect_statistics(collected("ru", source, copy), options=StatisticsOptions(own_pairs=1_000))
    found = mirrored(source, copy, "ru", facts)
    assert not any(reason.startswith(UNASKED) for reason in found), "they were counted"
    assert not [reason for reason in found if "fit" in reason or "smoothly" in reason]
