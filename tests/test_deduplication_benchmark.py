"""The pile that deduplicators are measured on: what is planted is what it says; families are joined alike for all."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from benchmarks import corpora
from benchmarks.deduplication import ceiling, contenders, load, peers, pile, race, recall
from benchmarks.deduplication.ours import indices
from benchmarks.deduplication.pile import KINDS

DOCUMENTS = 500
WORDS = [
    first + last for first in ("lan", "har", "peb", "lad", "orch", "thim") for last in ("tern", "bour", "ble", "ard")
]
needs_data = pytest.mark.skipif(not corpora.DATA.is_dir(), reason=f"no benchmark data at {corpora.DATA}")


def prose(count: int = 1) -> list[str]:
    """Long texts of words in an order drawn by chance: no five in a row stand in two of them."""
    draw = random.Random(5)
    return [" ".join(draw.choices(WORDS, k=12 * 50)) for _ in range(count)]


@pytest.mark.parametrize("jaccard", pile.JACCARD)
def test_exchanged_words_leave_the_overlap_that_was_asked_for(jaccard: float) -> None:
    text = prose()[0]
    copy = pile.exchange(text, jaccard, WORDS, random.Random(1))
    assert pile.overlap(text, copy)[0] == pytest.approx(jaccard, abs=0.08)


def test_half_of_a_text_beside_a_foreign_one_holds_half_of_its_five_grams() -> None:
    source, foreign = prose(2)
    _, in_source, in_copy = pile.overlap(source, pile.halves(source, foreign, random.Random(1)))
    assert in_source == pytest.approx(0.5, abs=0.05)
    assert in_copy == pytest.approx(0.5, abs=0.15)


def test_the_overlap_counts_distinct_five_grams_of_words_in_any_case() -> None:
    assert pile.overlap("One two three four five six.", "one TWO three, four five seven") == (1 / 3, 1 / 2, 1 / 2)


def test_families_are_what_pairs_connect_whatever_their_order() -> None:
    left, right = np.array([4, 2, 0, 6]), np.array([1, 4, 3, 7])
    assert contenders.join(8, left, right).tolist() == [0, 1, 1, 0, 1, 5, 6, 6]
    assert contenders.join(8, right[::-1], left[::-1]).tolist() == [0, 1, 1, 0, 1, 5, 6, 6]


def test_merges_kept_are_the_joins_that_smaller_families_still_hold() -> None:
    complete = np.array([0, 0, 0, 3, 3, 5])
    assert recall.merges_kept(complete, complete) == 1
    assert recall.merges_kept(complete, np.arange(6)) == 0
    assert recall.merges_kept(complete, np.array([0, 0, 2, 3, 3, 5])) == pytest.approx(2 / 3)
    assert recall.merges_kept(complete, np.array([0, 0, 0, 0, 0, 0])) == 1


def test_a_tool_that_is_not_installed_is_left_out_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    absent = contenders.CONTENDERS["gaoya"]._replace(packages=("no-such-package",))
    monkeypatch.setitem(contenders.CONTENDERS, "gaoya", absent)
    assert contenders.missing("gaoya") == "no-such-package is not installed"
    assert contenders.missing("stemmata, surface") == ""


def test_the_polars_recipe_finds_a_copy_and_no_stranger() -> None:
    polars = pytest.importorskip("polars")
    first, second, third = prose(3)
    copy = pile.exchange(first, 0.9, WORDS, random.Random(1))
    a, b = peers.polars_recipe(polars.DataFrame({"text": [first, second, copy, third]}))
    assert (a.tolist(), b.tolist()) == ([0], [2])


def test_digests_that_share_a_band_and_enough_slots_are_pairs() -> None:
    digests = np.random.default_rng(1).integers(0, 2**32, (4, peers.SLOTS), dtype=np.uint32)
    digests[2] = digests[0]
    digests[3, :8] = digests[1, :8]  # one band, and few slots
    a, b = peers._alike(digests)
    assert (a.tolist(), b.tolist()) == ([0], [2])


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> pile.Pile:
    """A pile of five hundred documents."""
    folder: Path = tmp_path_factory.mktemp("pile")
    made = pile.Pile(folder / "pile.parquet", folder / "truth.parquet")
    table, truth = pile.plant(DOCUMENTS)
    pq.write_table(table, made.documents)
    pq.write_table(truth, made.truth)
    return made


@needs_data
def test_a_pile_holds_each_planted_pair_once_and_is_the_same_each_time(planted: pile.Pile) -> None:
    table, truth = planted.read(), pq.read_table(planted.truth)
    docs = table.column("doc").to_pylist()
    assert len(set(docs)) == DOCUMENTS
    assert truth.num_rows == 40
    assert {*truth.column("source").to_pylist(), *truth.column("copy").to_pylist()} <= set(docs)
    again, _ = pile.plant(DOCUMENTS)
    assert again.equals(table)


@needs_data
def test_planted_copies_are_found_by_both_views_and_by_all_words_alone(planted: pile.Pile) -> None:
    """A floor: on this small pile nothing is sampled, and nothing may be missed."""
    table = planted.read()
    for options in recall.VIEWS.values():
        _, pairs = recall.find(table, options, None)
        members = contenders.join(DOCUMENTS, *indices(table, pairs))
        assert set(recall.found_pairs(planted, table, pairs, members).values()) == {1.0}
        assert set(contenders.found(planted, members)) == set(KINDS)


@needs_data
def test_short_documents_are_short_and_their_copies_name_their_sources(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path))
    rows = pq.read_table(load.short_documents(500)).to_pylist()
    held = {row["doc"]: row["text"] for row in rows}
    copies = [doc for doc in held if doc.startswith("copy/")]
    assert (len(held), len(copies)) == (500, 10)
    for doc in copies:
        assert 0.3 < pile.overlap(held[doc.removeprefix("copy/")], held[doc])[0] < 0.8
    assert all(load.SHORTEST <= len(text.split()) <= load.LONGEST for text in held.values())


@needs_data
def test_the_limit_of_c_finds_the_same_words_by_vectors_as_byte_by_byte(
    planted: pile.Pile, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``limit`` refuses where they differ."""
    if reason := ceiling.unavailable():
        pytest.skip(reason)
    monkeypatch.setattr(ceiling, "pile", lambda _: planted)
    speeds = ceiling.limit(DOCUMENTS)
    assert 0 < speeds["both"] < speeds["tok-simd"]


def test_the_table_of_the_race_says_how_much_slower_each_is() -> None:
    one = {"documents": 10, "seconds": 2.0, "memory": 1e9, "versions": {"polars": "1"}}
    table = race._speeds(
        {"polars recipe": one, "stemmata, surface": one | {"seconds": 0.5}},
        {"polars recipe": 5.0, "stemmata, surface": 20.0},
    )
    assert [row[6] for row in table.rows] == ["4.0", "1.0"]
    assert isinstance(recall.capped(7), pa.Table)
