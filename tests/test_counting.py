"""Counting: in parts as in one, and without what shares ten words in a row with a text that is judged."""

from __future__ import annotations

from itertools import pairwise

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemmata import schemas
from stemmata.counting import count_pairs, count_rows, count_words, examine_texts, find_runs
from stemmata.engines import LocalEngine
from stemmata.sampling import drawn, in_sample, text_hashes
from stemmata.tokens import words_of
from stemmata.wordpairs import parse_counts
from tests.oracles import counting as oracle_words
from tests.oracles import surroundings as oracle
from tests.prose import GERMAN, RUSSIAN, texts
from tests.test_surroundings import by_word, key

FEW = ["a", "b", "c"]


def column(*texts: str) -> pa.Table:
    return pa.table({"text": pa.array(texts, pa.large_string())})


def some(table: pa.Table, share: float) -> pa.Table:
    """The texts that are drawn."""
    return table.filter(pa.array(drawn(text_hashes(table.column("text")), share)))


@pytest.mark.parametrize("parts", [2, 7])
@pytest.mark.parametrize("share", [1.0, 0.5])
def test_counts_do_not_depend_on_parts_or_order(parts: int, share: float) -> None:
    """Nor does the sample: a text's own hash draws it."""
    made = [*texts(GERMAN, 20), *texts(RUSSIAN, 20), *texts(GERMAN, 3)]
    whole = count_pairs(some(column(*made), share), LocalEngine(parts=1))
    again = count_pairs(some(column(*made[::-1]), share), LocalEngine(parts=parts))
    for one, other in zip(whole, again, strict=True):
        assert by_word(one) == by_word(other)
        assert len(one.keys)


def test_no_text_has_no_pairs() -> None:
    words, pairs = count_pairs(column(), LocalEngine())
    assert len(words.keys) == len(pairs.keys) == 0
    assert count_rows("de", words, pairs, 1).to_pylist() == [
        {"fact": "counted_words", "language": "de", "word": "", "value": 0}
    ]


def test_a_sample_is_a_part_of_the_texts_and_grows_with_its_share() -> None:
    """Whoever has the text can tell whether it was counted."""
    made = texts(RUSSIAN, 100)
    assert some(column(*made), 0.5).column("text").to_pylist() == [text for text in made if in_sample(text, 0.5)]
    samples = [{text for text in made if in_sample(text, share)} for share in (0, 0.2, 0.5, 0.9, 1)]
    assert all(one <= other for one, other in pairwise(samples))
    assert samples[0] == set()
    assert samples[4] == set(made)
    assert 30 <= len(samples[2]) <= 70


@given(st.lists(st.text("aAbΣσς'éİß7 界😀\n", max_size=30), max_size=6), st.integers(1, 4), st.booleans())
def test_words_are_counted_as_a_dictionary_counts_them(texts: list[str], parts: int, pairs: bool) -> None:
    """Under their hashes, with the first of their spellings in small letters, numbers aside; in any parts and order."""
    for made in (texts, texts[::-1]):
        words, counted = count_words(column(*made), LocalEngine(parts=parts), words=True, pairs=pairs)
        assert words is not None
        rows = zip(words.word.tolist(), words.spelling.to_pylist(), words.times.tolist(), strict=True)
        assert {word: (spelling, times) for word, spelling, times in rows} == oracle_words.counted(texts)
        assert (counted is not None) == pairs


def test_rows_are_those_of_the_table_of_statistics() -> None:
    """Sorted, each once; what was seen too seldom is in the sum of words alone."""
    words, pairs = count_pairs(column("the lamp went out", "when the lamp burnt", "a lamp"), LocalEngine())
    rows = count_rows("en", words, pairs, 2)
    assert schemas.STATISTICS.check(rows).equals(rows)
    assert [row["value"] for row in rows.to_pylist()] == [2, 2, 2, 7]
    counted = parse_counts(rows, "en")
    assert by_word(counted.pairs) == {key("the", "lamp"): 2}
    assert by_word(counted.words) == {key("the"): 2, key("lamp"): 2}
    assert not parse_counts(rows, "de")


@given(
    st.lists(st.lists(st.sampled_from(FEW), max_size=30), max_size=4),
    st.lists(st.lists(st.sampled_from(FEW), max_size=30), max_size=3),
    st.integers(1, 3),
)
def test_a_shared_run_is_found_as_the_textbook_finds_it(
    texts: list[list[str]], judged: list[list[str]], parts: int
) -> None:
    """Ten words in a row, in one text; not across two."""
    table = column(*map(" ".join, texts))
    runs = find_runs(column(*map(" ".join, judged)).column("text"))
    found = examine_texts(table, runs, LocalEngine(parts=parts)).to_pylist()
    assert [row["shares"] for row in found] == [oracle.shares_run(text, judged, 10) for text in texts]
    assert [row["words"] for row in found] == [len(text) for text in texts]


def test_case_and_marks_do_not_hide_a_run() -> None:
    """Words are those of all stages: folded."""
    judged = column("Der Wärter sah am Abend das kleine Boot hinter der Mole und schwieg.")
    copied = column("„DER WARTER sah, am Abend: das kleine Boot hinter der Mole“", "Der Wärter sah am Abend das Meer.")
    found = examine_texts(copied, find_runs(judged.column("text")), LocalEngine())
    assert found.column("shares").to_pylist() == [True, False]
    assert len(words_of(copied.column("text")[0].as_py())) == 11
