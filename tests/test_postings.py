"""Postings: rows by hash, in several files, that are looked into, merged, and turned back into fingerprints."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from stemmata import schemas
from stemmata.fingerprints import ORDERED
from stemmata.kernels.lookups import weigh_met
from stemmata.postings import POSTINGS, Postings, in_batches, merge_postings, sort_postings
from tests.oracles import lookups as oracle
from tests.oracles.lookups import Row

FIRST, LAST = 0, 2**64 - 1
HASHES = st.sampled_from([FIRST, 1, 2**63 - 1, 2**63, LAST - 1, LAST]) | st.integers(FIRST, LAST)
ROWS = st.tuples(HASHES, st.integers(0, 9), st.integers(0, 40), st.integers(0, len(ORDERED) - 1))
FILES = st.lists(
    st.lists(ROWS, max_size=12).map(lambda rows: sorted(rows, key=lambda row: row[0])), min_size=1, max_size=4
)
REMOVED = st.sets(st.integers(0, 9), max_size=4).map(sorted)
EQUAL = [[(LAST, 0, k, 0) for k in range(7)], [], [(FIRST, 1, 0, 1)], [(FIRST, 2, 3, 0), (LAST, 2, 0, 0)]]


def batches(rows: list[Row], at_once: int) -> list[pa.RecordBatch]:
    """The rows as a file holds them, so many in a batch."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("stemmata.postings.ROWS_AT_ONCE", at_once)
        table = pa.table([pa.array(column, field.type) for column, field in columns(rows)], schema=POSTINGS)
        return [batch for part in in_batches(table) for batch in part.to_batches()]


def columns(rows: list[Row]) -> list[tuple[list[int], pa.Field]]:
    return [([row[at] for row in rows], field) for at, field in enumerate(POSTINGS)]


def listed(tables: list[pa.Table]) -> list[Row]:
    return [tuple(row.values()) for table in tables for row in table.to_pylist()]


def uint32(numbers: list[int]) -> np.ndarray[tuple[int], np.dtype[np.uint32]]:
    return np.array(numbers, np.uint32)


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 30)), max_size=60).map(sorted), st.integers(1, 20))
def test_a_k_gram_weighs_by_how_many_have_it_and_once_a_document(met: list[tuple[int, int]], cap: int) -> None:
    weight = np.full(len(met), -1, np.int64)
    weigh_met(np.array([k for k, _ in met], np.int64), np.array([n for _, n in met], np.int64), cap, weight)
    for at, (key, number) in enumerate(met):
        having = {other for one, other in met if one == key}
        again = at > 0 and met[at - 1] == (key, number)
        assert weight[at] == (0 if again else oracle.weight(len(having) + 1, cap))


@example(EQUAL, [0], [LAST, FIRST], 1, 2)
@example([[]], [], [FIRST, LAST], 1, 1)
@given(FILES, REMOVED, st.lists(HASHES, max_size=8), st.integers(1, 12), st.integers(1, 5))
def test_documents_are_met_by_the_k_grams_that_they_share(
    files: list[list[Row]], removed: list[int], others: list[int], cap: int, at_once: int
) -> None:
    """Whatever lies in whichever file or batch; of removed documents nothing is seen."""
    hashes = others + [row[0] for file in files for row in file[::2]]
    postings = Postings([batches(file, at_once) for file in files], uint32(removed))
    met = postings.meet(np.array(hashes, np.uint64), cap)
    expected = oracle.meet([row for file in files for row in file], removed, hashes, cap)
    assert dict(zip(met.number.tolist(), met.weight.tolist(), strict=True)) == expected
    assert met.number.tolist() == sorted(expected)


@example(EQUAL, [], 1)
@example(EQUAL, [0, 1, 2], 2)
@example([[]], [], 1)
@example([[(LAST, 3, 0, 0)]], [], 1)
@given(FILES, REMOVED, st.integers(1, 5))
def test_merged_files_are_all_their_rows_by_hash_and_then_by_file(
    files: list[list[Row]], removed: list[int], at_once: int
) -> None:
    """However few rows are merged at a time: equal hashes stay in the order of their files."""
    parts = [batches(file, at_once) for file in files]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("stemmata.postings.ROWS_AT_ONCE", at_once)
        merged = [*merge_postings(parts, uint32(removed))]
    assert listed(merged) == oracle.merge(files, removed)
    assert merged[0].schema.equals(POSTINGS)
    assert merged[0].num_rows == 0


@given(FILES, REMOVED, st.integers(1, 5))
def test_a_document_gets_its_rows_back(files: list[list[Row]], removed: list[int], at_once: int) -> None:
    """Numbers that are asked for in any order; a row says the place of its document among them."""
    asked = [number for number in (7, 2, 9, 0, 4) if number not in removed]
    kept = Postings([batches(file, at_once) for file in files], uint32(removed)).kept(np.array(asked, np.int64))
    found = [(row["hash"], asked[row["row"]], row["position"], row["view"]) for row in kept.to_pylist()]
    assert found == [row for file in files for row in file if row[1] in asked]


@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(schemas.VIEWS), HASHES, st.integers(0, 40)), max_size=20))
def test_fingerprints_become_postings_by_hash_and_of_one_hash_by_number_and_then_in_their_order(
    rows: list[tuple[int, str, int, int]],
) -> None:
    """Whichever of the documents has the lower number."""
    numbers = uint32([40, 5, 3, 41])
    docs, views = ("a", "б", "ج", "丁"), schemas.VIEWS
    doc = pa.DictionaryArray.from_arrays(pa.array([row[0] for row in rows], pa.int32()), pa.array(docs))
    view = pa.DictionaryArray.from_arrays(pa.array([views.index(row[1]) for row in rows], pa.int8()), pa.array(views))
    hashes, positions = pa.array([row[2] for row in rows], pa.uint64()), pa.array([row[3] for row in rows], pa.int32())
    prints = pa.table([doc, view, hashes, positions], names=["doc", "view", "hash", "position"])
    expected = [(kept, int(numbers[doc]), position, ORDERED.index(view)) for doc, view, kept, position in rows]
    assert listed([sort_postings(prints, numbers)]) == sorted(expected, key=lambda row: row[:2])
