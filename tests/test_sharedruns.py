"""Runs of words shared with protected texts: every one is found, compared with an obvious twin."""

from __future__ import annotations

import random

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import stemmata
from stemmata import schemas
from stemmata.engines import LocalEngine
from stemmata.keepers import KeepOptions
from stemmata.sharedruns import FEWEST, find_runs
from tests.articles import FERRY, ORCHARD

VOCABULARY = sorted({word for word in (FERRY + ORCHARD).lower().split() if word.isalpha()})


def table(texts: list[str], prefix: str) -> pa.Table:
    return pa.table({"doc": [f"{prefix}{n:03}" for n in range(len(texts))], "text": pa.array(texts, pa.large_string())})


def words(rng: random.Random, count: int) -> list[str]:
    return [rng.choice(VOCABULARY) for _ in range(count)]


def planted(length: int, cases: int) -> tuple[pa.Table, pa.Table]:
    """Documents of 300 words of which each has ``length`` in a row of a protected text; and the texts."""
    rng = random.Random(length)
    texts, documents = [], []
    for _ in range(cases):
        text = words(rng, rng.randrange(length, 200))
        at = rng.randrange(len(text) - length + 1)
        page = words(rng, 300)
        place = rng.randrange(301)
        documents.append(" ".join(page[:place] + text[at : at + length] + page[place:]))
        texts.append(" ".join(text))
    return table(documents, "d"), table(texts, "t")


@pytest.mark.parametrize("length", [13, 14, 20, 50])
def test_every_document_that_shares_a_run_of_13_words_with_a_protected_text_goes(length: int) -> None:
    documents, texts = planted(length, 150)
    found = stemmata.dedup(documents, against=texts).decisions
    assert not any(found["keep"].to_pylist())
    for row in found.to_pylist():
        assert row["doc"].replace("d", "t") in {span["doc"] for span in row["spans"]}


def test_fewer_words_in_a_row_are_found_where_they_are_asked_for() -> None:
    documents, texts = planted(8, 100)
    found = stemmata.dedup(documents, against=texts, rules=KeepOptions(ngram=8))
    assert not any(found.decisions["keep"].to_pylist())


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from(["a", "b", "c"]), max_size=40), max_size=4),
    st.lists(st.lists(st.sampled_from(["a", "b", "c"]), min_size=1, max_size=40), min_size=1, max_size=4),
    st.integers(8, 15),
)
def test_the_documents_found_are_those_that_hold_a_run_of_some_text(
    documents: list[list[str]], texts: list[list[str]], length: int
) -> None:
    expected = set()
    for number, document in enumerate(documents):
        for text in texts:
            n = min(length, len(text))
            grams = {tuple(text[at : at + n]) for at in range(len(text) - n + 1)}
            held = any(tuple(document[at : at + n]) in grams for at in range(len(document) - n + 1))
            if n >= FEWEST and held:
                expected.add(f"d{number:03}")
    pile, kept = (table([" ".join(one) for one in some], p) for some, p in ((documents, "d"), (texts, "t")))
    found = find_runs(pile, kept, length, LocalEngine(workers=1, parts=2))
    assert set(found["doc"].to_pylist()) == expected


def test_a_run_says_where_it_stands_in_both() -> None:
    sentence = FERRY.split("\n\n")[2]
    page = ORCHARD + "\n\n" + sentence
    (run,) = find_runs(table([page], "d"), table([FERRY], "t"), 13, LocalEngine()).to_pylist()
    assert page[run["start"] : run["end"]] == FERRY[run["text_start"] : run["text_end"]]
    assert page[run["start"] : run["end"]].rstrip(".”") in sentence
    assert run["words"] >= 13


def test_two_signs_are_a_word_in_scripts_without_spaces() -> None:
    text = "春眠不觉晓处处闻啼鸟夜来风雨声花落知多少白日依山尽黄河入海流欲穷千里目更上一层楼"
    texts = table([text], "t")
    pile = table(["甲乙丙丁" + text[:26] + "戊己", "甲乙丙丁" + text[:25] + "戊己"], "d")
    found = find_runs(pile, texts, 13, LocalEngine())
    assert found.select(["doc", "words"]).to_pylist() == [{"doc": "d000", "words": 13}]


def test_a_protected_text_of_fewer_words_is_found_whole_and_one_of_fewer_than_8_is_noted() -> None:
    question = "Which harbour did the last steam ferry leave"
    pile = {
        "page": f"{ORCHARD} {question}?",
        "part": f"{ORCHARD} {question.removesuffix(' leave')}?",
        "tiny": "Who left?",
    }
    documents = pa.table({"doc": [*pile], "text": [*pile.values()]})
    texts = pa.table({"doc": ["q1", "q2"], "text": [question, "Who left?"]})
    found = stemmata.dedup(documents, against=texts)
    assert found.decisions.filter(found.decisions["keep"])["doc"].to_pylist() == ["part"]
    (note,) = [row for row in found.notes.to_pylist() if row["stage"] == "protected"]
    assert "fewer than 8 words" in note["what"]
    assert note["count"] == 1
    assert schemas.remarks([find_runs(documents, texts.slice(0, 1), 13, LocalEngine())], "notes").num_rows == 0


def test_runs_do_not_depend_on_parts_or_workers() -> None:
    documents, texts = planted(13, 40)
    one, many = (find_runs(documents, texts, 13, LocalEngine(workers=n, parts=3 * n)) for n in (1, 4))
    assert one.equals(many)
    assert one.num_rows >= 40
