"""Lines that a site puts on many of its pages, told by counting."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pytest
from numpy.typing import NDArray

from stemmata import sitelines, survey
from stemmata.engines import LocalEngine
from stemmata.facts import Facts
from stemmata.sampling import text_hashes
from stemmata.sitelines import FEWEST, LONGEST, number_sites, site_stretches
from stemmata.statistics import collect_statistics
from stemmata.tokens import words_of
from tests.texts import pseudo_text

WORDS = [root + ending for root in ("salt", "reed", "mill", "barn") for ending in ("a", "en", "ig", "or", "um", "wick")]
TOP, FOOT = "Home News Sport Weather", "Gazette of the Islands, Harbour Street 5"


def article(seed: int) -> str:
    """Sixty words of its own, in four lines."""
    words = pseudo_text(random.Random(seed), WORDS, 60).split(" ")
    return "\n".join(" ".join(words[k : k + 15]) for k in range(0, 60, 15))


def page(seed: int, *, top: str = TOP, foot: str = FOOT) -> str:
    return f"{top}\n{article(seed)}\n\n{foot}"


def site_lines(documents: pa.Table, *, parts: int = 1) -> NDArray[np.uint64]:
    """The lines of sites in a collection, by its statistics."""
    rows = {"doc": [f"{k:04}" for k in range(documents.num_rows)], "language": [None] * documents.num_rows}
    for name, values in rows.items():
        documents = documents.append_column(name, pa.array(values, pa.string()))
    return Facts.of(collect_statistics(documents, engine=LocalEngine(parts=parts, workers=1))).hashes("site_line")


def furniture(pages: Sequence[tuple[str, str | None]], *, parts: int = 1) -> list[list[str]]:
    """The lines of each page that its site puts on many."""
    documents = pa.table(
        {"text": [text for text, _ in pages], "site": pa.array([site for _, site in pages], pa.string())}
    )
    lines = site_lines(documents, parts=parts)
    found = []
    for text, site in pages:
        words = words_of(text)
        stretches = site_stretches(words, site or "", lines)
        found.append([text[words.start[s.start] : words.end[s.stop - 1]] for s in stretches])
    return found


@pytest.mark.parametrize("parts", [1, 3])
def test_lines_on_most_pages_of_a_site_are_furniture(parts: int) -> None:
    assert furniture([(page(k), "gazette.example") for k in range(6)], parts=parts) == [[TOP, FOOT]] * 6


def test_case_and_white_space_do_not_count() -> None:
    pages = [
        (page(k, foot=FOOT if k % 2 else f"  {FOOT.upper().replace(' ', '   ')} "), "gazette.example") for k in range(6)
    ]
    assert [len(lines) for lines in furniture(pages)] == [2] * 6


@pytest.mark.parametrize("script", ["Сегодня в газете", "اقرأ أيضا في الجريدة", "本报今日要闻"])
def test_every_script_has_lines(script: str) -> None:
    pages = [(page(k, foot=script), "gazette.example") for k in range(5)]
    assert furniture(pages) == [[TOP, script]] * 5


def test_three_pages_are_not_many() -> None:
    assert FEWEST == 4
    assert furniture([(page(k), "gazette.example") for k in range(3)]) == [[]] * 3


def test_a_line_needs_a_fifth_of_the_pages_of_its_site() -> None:
    """Four of twenty-four pages may share a sentence; five of twenty-four a line of their section."""
    pages = [
        (page(k, top=("Sport" if k < 5 else "Fairs" if k < 9 else f"Page {k}")), "gazette.example") for k in range(24)
    ]
    found = furniture(pages)
    assert found[0] == ["Sport", FOOT]
    assert found[6] == [FOOT]


def test_an_article_that_a_site_carries_many_times_is_no_furniture() -> None:
    """Its pages have no text of their own; what other pages hold as well is furniture there too."""
    again = [(f"{TOP}\n{article(99)}", "gazette.example")] * 5
    assert furniture([*again, *((page(k), "gazette.example") for k in range(5))])[:5] == [[TOP]] * 5
    assert furniture(again) == [[]] * 5


def test_a_long_line_is_a_paragraph() -> None:
    foot = " ".join(["word"] * LONGEST)
    pages = [(f"{page(k)}\n{article(k + 50)}\n{article(k + 80)}", "gazette.example") for k in range(5)]
    assert furniture([(f"{text}\n{foot}", site) for text, site in pages]) == [[TOP, FOOT, foot]] * 5
    assert furniture([(f"{text}\n{foot} more", site) for text, site in pages]) == [[TOP, FOOT]] * 5


def test_sites_are_counted_apart_and_documents_without_one_not_at_all() -> None:
    some = [(page(k), site) for k, site in enumerate(["a.example", "b.example", None, ""] * 3)]
    assert furniture(some) == [[]] * 12
    assert furniture([]) == []


def test_the_order_of_the_documents_does_not_count() -> None:
    pages = [(page(k), "gazette.example") for k in range(6)] + [(page(k, foot="Other"), "b.example") for k in range(9)]
    documents = pa.table({"text": [text for text, _ in pages], "site": [site for _, site in pages]})
    turned = documents.take(list(range(len(pages)))[::-1])
    assert site_lines(documents).tolist() == site_lines(turned, parts=4).tolist()


def test_where_pages_are_many_whole_sites_are_compared_some_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = [(page(k), f"{'abcde'[k % 5]}.example") for k in range(30)] + [(article(50), None)]
    documents = pa.table({"text": [text for text, _ in pages], "site": pa.array([site for _, site in pages])})
    whole = site_lines(documents)
    assert len(whole) == 10
    monkeypatch.setattr(survey, "PAGES_AT_ONCE", 3_000)
    assert site_lines(documents, parts=3).tolist() == whole.tolist()


def test_of_a_large_site_some_pages_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """Drawn by their texts' hashes: their order does not count."""
    pages = [(page(k), "gazette.example") for k in range(60)]
    monkeypatch.setattr(sitelines, "MOST", 15)
    assert furniture(pages) == furniture(pages[::-1])[::-1] == [[TOP, FOOT]] * 60
    numbers = number_sites(pa.chunked_array([[site for _, site in pages]]), text_hashes(pa.array(t for t, _ in pages)))
    assert 5 <= np.count_nonzero(numbers >= 0) <= 30
