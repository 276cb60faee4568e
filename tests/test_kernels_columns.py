"""Kernels of what is asked of whole columns of texts: capitals, lines, types, pairs, bytes, and a sort."""

from __future__ import annotations

from itertools import accumulate

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from stemmata.buffers import text_views
from stemmata.kernels.capitals import count_capitals
from stemmata.kernels.gaps import FIRST, LINE, PARAGRAPH
from stemmata.kernels.lines import distinct_within, hash_lines
from stemmata.kernels.neighbours import list_neighbours
from stemmata.kernels.ordering import least_of_each, sort_with
from stemmata.kernels.tally import add_up, tally
from stemmata.kernels.texts import byte_places, hash_texts
from stemmata.kernels.tokenise import CAPITAL, LOWERCASE, NUMBER
from stemmata.recurring import recurring
from stemmata.surroundings import pair_keys
from tests.oracles import columns as oracle

HASHES = st.sampled_from([0, 1, 2, 2**32, 2**56 + 1, 2**63, 2**64 - 1]) | st.integers(0, 2**64 - 1)


def laid(texts: list[list[int]]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Texts laid end to end, and where each begins."""
    return np.array([one for text in texts for one in text], np.uint64), np.array([0, *accumulate(map(len, texts))])


@given(st.lists(st.lists(st.sampled_from([0, CAPITAL, LOWERCASE, CAPITAL | FIRST, FIRST, NUMBER]), max_size=8)))
def test_capitals_count_where_they_say_something(texts: list[list[int]]) -> None:
    words, first = laid(texts)
    flags = words.astype(np.uint8)
    cased, capital = np.zeros(len(texts), np.int64), np.zeros(len(texts), np.int64)
    count_capitals(flags, first, cased, capital)
    found = list(zip(cased.tolist(), capital.tolist(), strict=True))
    assert found == oracle.count_capitals(texts, CAPITAL, LOWERCASE, FIRST)


@given(st.lists(st.lists(st.tuples(st.integers(1, 3), st.booleans()), max_size=9), max_size=5), st.integers(0, 2))
def test_equal_lines_of_one_site_have_equal_hashes_and_others_do_not(
    texts: list[list[tuple[int, bool]]], sites: int
) -> None:
    words, first = laid([[word for word, _ in text] for text in texts])
    flags = np.array([LINE if begins else PARAGRAPH for text in texts for _, begins in text], np.uint8)
    seeds = np.array([k % (sites + 1) << 40 for k in range(len(texts))], np.uint64)
    begins, hashes = np.empty(len(words), np.int64), np.empty(len(words), np.uint64)
    count = hash_lines(words, flags, first, seeds, begins, hashes)
    expected = oracle.lines(texts)
    named = [(k % (sites + 1), line) for k, lines in enumerate(expected) for line in lines]
    sizes = [len(line) for lines in expected for line in lines]
    assert count == len(named)
    assert np.diff([*begins[:count], len(words)]).tolist() == sizes
    assert len({*zip(named, hashes[:count].tolist(), strict=True)}) == len({*named}) == len({*hashes[:count].tolist()})


@given(st.lists(st.lists(HASHES, max_size=12), max_size=5))
def test_the_first_of_each_kind_in_a_group_is_marked(groups: list[list[int]]) -> None:
    keys, first = laid(groups)
    kept = np.zeros(len(keys), bool)
    distinct_within(keys, first, kept)
    assert kept.tolist() == oracle.distinct_within(groups)


@given(st.lists(st.tuples(HASHES, st.booleans())))
def test_keys_are_tallied_as_a_dictionary_does(rows: list[tuple[int, bool]]) -> None:
    keys, counted = [key for key, _ in rows], [is_counted for _, is_counted in rows]
    found = tally(np.array(keys, np.uint64), np.array(counted, bool))
    assert list(zip(*(column.tolist() for column in found), strict=True)) == oracle.tally(keys, counted)


def test_a_tally_grows() -> None:
    """Past its first room of two thousand types, and with keys whose high bits are all the same."""
    keys = np.tile(np.arange(50_000, dtype=np.uint64), 2)
    types, times, places = tally(keys, np.ones(len(keys), bool))
    assert types.tolist() == places.tolist() == list(range(50_000))
    assert set(times.tolist()) == {2}


@given(st.lists(HASHES, max_size=30), st.integers(50, 63))
def test_counters_are_named_by_the_high_bits(keys: list[int], shift: int) -> None:
    counters = np.zeros(1 << (64 - shift), np.int32)
    add_up(np.array(keys, np.uint64), np.uint64(shift), counters)
    for number in range(len(counters)):
        assert counters[number] == sum(key >> shift == number for key in keys)


@given(st.lists(st.lists(HASHES, max_size=12), max_size=4), st.integers(1, 3))
def test_what_stands_often_enough_is_never_left_out(parts: list[list[int]], least: int) -> None:
    """Whatever else is kept with it."""
    columns = [np.array(part, np.uint64) for part in parts]
    every = [key for part in parts for key in part]
    for part, kept in zip(parts, recurring(columns, least), strict=True):
        assert {k for k, key in enumerate(part) if every.count(key) >= least} <= {*kept.tolist()}


def test_what_stands_once_is_mostly_left_out() -> None:
    keys = np.random.default_rng(1).integers(0, 2**63, 100_000).astype(np.uint64) * np.uint64(2)
    keys[:10] = keys[10]
    (kept,) = recurring([keys], 4)
    assert {*range(11)} <= {*kept.tolist()}
    assert len(kept) < 200


@given(st.lists(st.text(max_size=20) | st.sampled_from(["a", "a" * 8, "a" * 16, "a\0", ""])))
def test_equal_texts_have_equal_hashes_and_others_do_not(texts: list[str]) -> None:
    """Wherever they lie, and though one is the other with more of the same."""
    for made in (texts, ["x" * 7, *texts]):
        data, offsets = text_views(pa.array(made, pa.large_string()))
        hashes = np.zeros(len(made), np.uint64)
        hash_texts(data, offsets, hashes)
        by_text = dict(zip(made, hashes.tolist(), strict=True))
        assert [by_text[text] for text in made] == hashes.tolist()
        assert len({*by_text.values()}) == len(by_text)


def test_hashes_of_texts_are_spread_evenly() -> None:
    """Samples are drawn by them, and a text that is one letter longer may be drawn or not."""
    data, offsets = text_views(pa.array([f"{k}" for k in range(4_000)], pa.large_string()))
    hashes = np.zeros(4_000, np.uint64)
    hash_texts(data, offsets, hashes)
    assert np.abs(np.bincount(hashes >> np.uint64(61), minlength=8) / 500 - 1).max() < 0.2


@given(st.lists(st.text("aé界😀", max_size=8), min_size=1, max_size=4), st.data())
def test_code_points_are_found_among_the_bytes(texts: list[str], data: st.DataObject) -> None:
    choose = st.integers(0, len(texts) - 1).flatmap(lambda k: st.tuples(st.just(k), st.integers(0, len(texts[k]))))
    wanted = sorted(data.draw(st.lists(choose, max_size=10)))
    letters, offsets = text_views(pa.array(texts, pa.large_string()))
    text, point = (np.array([row[k] for row in wanted], np.int64) for k in (0, 1))
    places = np.zeros(len(wanted), np.int64)
    byte_places(letters, offsets, text, point, places)
    assert places.tolist() == oracle.byte_places(texts, wanted)


@given(st.lists(st.tuples(HASHES, st.integers(0, 2**32 - 1)), max_size=80))
def test_values_are_sorted_with_their_keys(rows: list[tuple[int, int]]) -> None:
    """And what has one key stays in order; then one of each is kept, with the least value."""
    keys, values = np.array([key for key, _ in rows], np.uint64), np.array([value for _, value in rows], np.uint32)
    ordered = sort_with(keys, values)
    expected = sorted(rows, key=lambda row: row[0])
    assert list(zip(*(column.tolist() for column in ordered), strict=True)) == expected
    least = {key: min(value for other, value in rows if other == key) for key, _ in expected}
    assert list(zip(*(column.tolist() for column in least_of_each(*ordered)), strict=True)) == list(least.items())


@given(st.lists(st.lists(st.tuples(HASHES, st.sampled_from([False, False, True])), max_size=8), max_size=4))
def test_pairs_of_neighbours_stand_in_their_surroundings(texts: list[list[tuple[int, bool]]]) -> None:
    words, first = laid([[word for word, _ in text] for text in texts])
    flags = np.array([NUMBER if number else 0 for text in texts for _, number in text], np.uint8)
    places, lefts = list_neighbours(words, flags, first)
    expected = oracle.neighbours(texts, lambda left, right: int(pair_keys(np.array([left, right], np.uint64))[0]))
    assert list(zip(places.tolist(), lefts.tolist(), strict=True)) == expected
