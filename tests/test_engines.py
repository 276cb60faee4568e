"""Engines: any number of parts and of workers gives the same rows."""

import errno
import os
import signal
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextvars import ContextVar
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemmata import schemas
from stemmata.engines import Broadcast, Engine, LocalEngine, Progress, check_rows, parting, spilling, telling, watching
from stemmata.engines.sizes import read_size
from stemmata.errors import FolderError, OptionError, SchemaError

PARTS = (1, 2, 7, None)
WITNESSES = ("Троя", "троя", "طروادة", "特洛伊", "Troy", "")
LEFT = pa.schema({"work": pa.string(), "line": pa.int32(), "text": pa.large_string()})
RIGHT = pa.schema({"title": pa.string(), "verse": pa.int32(), "glosses": pa.list_(pa.string())})
WORDS_BY_NUMBER = pa.dictionary(pa.int32(), pa.string())

words = st.sampled_from(WITNESSES)
lines = st.integers(1, 3)
lefts = st.lists(st.fixed_dictionaries({"work": words, "line": lines, "text": st.none() | words}), max_size=12)
rights = st.lists(
    st.fixed_dictionaries({"title": words, "verse": lines, "glosses": st.none() | st.lists(words, max_size=2)}),
    max_size=12,
)


@st.composite
def tables(draw: st.DrawFn, rows: st.SearchStrategy[list[dict[str, Any]]], schema: pa.Schema) -> pa.Table:
    """A table in several chunks, each a slice of something longer."""
    whole = pa.Table.from_pylist(draw(rows), schema=schema)
    cuts = sorted(draw(st.lists(st.integers(0, whole.num_rows), max_size=3)))
    edges = [0, *cuts, whole.num_rows]
    padded = pa.concat_tables([whole.slice(0, 1), whole]).combine_chunks()
    offset = padded.num_rows - whole.num_rows
    return pa.concat_tables([padded.slice(offset + a, b - a) for a, b in pairwise(edges)])


def lengths(part: pa.Table, extra: int = 0) -> pa.Table:
    """A function for ``map``: a row for a row."""
    length = pc.add(pc.utf8_length(part["text"]), pa.scalar(extra, pa.int64()))
    return pa.Table.from_arrays([part["work"], length], ["work", "length"])


def squares(part: pa.Table) -> pa.Table:
    """A function for ``map`` that makes something new."""
    return pa.table({"n": pc.multiply(part["n"], part["n"])})


def gloss(left: pa.Table, right: pa.Table) -> pa.Table:
    """A function for ``cogroup``: each line with all its glosses, and the glosses that have no line."""
    found: dict[tuple[str, int], list[str]] = defaultdict(list)
    for row in right.to_pylist():
        found[row["title"], row["verse"]] += row["glosses"] or ["?"]
    rows = [{**row, "glosses": found.get((row["work"], row["line"]), [])} for row in left.to_pylist()]
    placed = {(row["work"], row["line"]) for row in rows}
    rows += [
        {"work": key[0], "line": key[1], "text": None, "glosses": glosses}
        for key, glosses in found.items()
        if key not in placed
    ]
    return pa.Table.from_pylist(rows, schema=LEFT.append(RIGHT.field("glosses")))


def ordered(table: pa.Table) -> list[str]:
    return sorted(map(repr, table.to_pylist()))


@given(tables(lefts, LEFT))
def test_map_gives_the_same_rows_in_the_same_order_for_any_number_of_parts(table: pa.Table) -> None:
    whole = lengths(table, 1)
    for parts in PARTS:
        assert LocalEngine(parts=parts, workers=2).map(lengths, table, 1).equals(whole)


@given(tables(lefts, LEFT), tables(rights, RIGHT))
def test_cogroup_gives_the_same_rows_for_any_number_of_parts(left: pa.Table, right: pa.Table) -> None:
    whole = ordered(gloss(left, right))
    for parts in PARTS:
        engine = LocalEngine(parts=parts, workers=2)
        joined = engine.cogroup(gloss, left, right, ("work", "line"), ("title", "verse"))
        assert ordered(joined) == whole
        assert joined.schema == gloss(left, right).schema


@given(tables(lefts, LEFT), tables(rights, RIGHT), st.sampled_from(PARTS))
def test_cogroup_hands_every_row_over_once_and_never_parts_a_key(
    left: pa.Table, right: pa.Table, parts: int | None
) -> None:
    """All rows of a key are in one call, on both sides, in the order in which they stood."""
    calls: list[tuple[list[dict[str, Any]], list[dict[str, Any]]]] = []

    def note(left_part: pa.Table, right_part: pa.Table) -> pa.Table:
        calls.append((left_part.to_pylist(), right_part.to_pylist()))
        return left_part

    LocalEngine(parts=parts, workers=1).cogroup(note, left, right, "work", "title")
    seen = [
        {row["work"] for row in left_rows} | {row["title"] for row in right_rows} for left_rows, right_rows in calls
    ]
    assert sum(map(len, seen)) == len(set().union(*seen))
    for side, (table, name) in enumerate(((left, "work"), (right, "title"))):
        for key in WITNESSES:
            rows = [row for call in calls for row in call[side] if row[name] == key]
            assert rows == [row for row in table.to_pylist() if row[name] == key]


def test_cogroup_keeps_the_order_of_a_table_that_is_sorted_by_the_key() -> None:
    left = pa.table({"doc": ["a", "b", "b", "c", "d"], "n": [1, 2, 3, 4, 5]})
    right = pa.table({"doc": ["d", "b"]})
    for parts in PARTS:
        assert LocalEngine(parts=parts).cogroup(lambda a, _: a, left, right, "doc", "doc").equals(left)


def test_rows_that_stand_together_are_handed_over_without_a_copy() -> None:
    left = pa.table({"doc": ["a", "b"], "n": [1, 2]})
    addresses = []

    def address(table: pa.Table) -> int:
        place: int = table["n"].chunk(0).buffers()[1].address
        return place

    def note(left_part: pa.Table, _: pa.Table) -> pa.Table:
        addresses.append(address(left_part))
        return left_part

    LocalEngine(parts=2, workers=1).cogroup(note, left, left, "doc", "doc")
    assert addresses == [address(left)] * 2


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [(pa.string(), pa.string()), (pa.string(), pa.large_string()), (WORDS_BY_NUMBER, WORDS_BY_NUMBER)],
    ids=str,
)
def test_keys_of_one_kind_meet_whatever_their_arrow_type(ours: pa.DataType, theirs: pa.DataType) -> None:
    """Each chunk of a dictionary column numbers its words anew; the words count, not the numbers."""
    left = pa.Table.from_arrays([pa.array(["b", "a"]).cast(ours)], ["key"])
    keys = pa.chunked_array([pa.array(["a"]).cast(theirs), pa.array(["b", "a"]).cast(theirs)])
    right = pa.Table.from_arrays([keys, pa.array([1, 2, 3])], ["key", "n"])

    def meet(left_part: pa.Table, right_part: pa.Table) -> pa.Table:
        assert set(left_part["key"].to_pylist()) == set(right_part["key"].to_pylist())
        return right_part.select(["n"])

    joined = LocalEngine(parts=7).cogroup(meet, left, right, "key", "key")
    assert set(joined["n"].to_pylist()) == {1, 2, 3}


def test_rows_whose_key_is_null_are_one_group_and_not_lost() -> None:
    side = pa.table({"via": pa.array([None, "a", None], pa.string()), "n": [1, 2, 3]})
    sizes = []

    def note(left_part: pa.Table, right_part: pa.Table) -> pa.Table:
        sizes.append((left_part.num_rows, right_part.num_rows))
        return left_part

    assert LocalEngine(parts=7, workers=1).cogroup(note, side, side, "via", "via").num_rows == 3
    assert sizes == [(2, 2), (1, 1)]


def test_many_key_columns_of_many_values_do_not_collide() -> None:
    """1,000 values in each of six columns: their product is past 64 bits."""
    names = ("a", "b", "c", "d", "e", "f")
    numbers = list(range(1000))
    left = pa.table({name: numbers[i:] + numbers[:i] for i, name in enumerate(names)})
    groups = []

    def note(left_part: pa.Table, right_part: pa.Table) -> pa.Table:
        groups.append(left_part.num_rows == right_part.num_rows == 1)
        return left_part

    LocalEngine(parts=1000).cogroup(note, left, left.take(numbers[::-1]), names, names)
    assert groups == [True] * 1000


@pytest.mark.parametrize("parts", PARTS)
def test_empty_tables_make_one_call_so_that_the_result_has_columns(parts: int | None) -> None:
    calls = []

    def note(part: pa.Table, _: pa.Table | None = None) -> pa.Table:
        calls.append(part.num_rows)
        return part.select(["work"]).append_column("new", pa.array([], pa.int8()))

    engine = LocalEngine(parts=parts)
    assert engine.map(note, LEFT.empty_table()).column_names == ["work", "new"]
    assert engine.cogroup(note, LEFT.empty_table(), RIGHT.empty_table(), "work", "title").num_rows == 0
    assert calls == [0, 0]


@pytest.mark.parametrize("parts", PARTS)
def test_remarks_of_the_parts_are_added_up(parts: int | None) -> None:
    """What a stage skips or cuts reads the same however the table was parted."""

    def read(part: pa.Table) -> pa.Table:
        empty = [row["work"] for row in part.to_pylist() if not row["text"]]
        return schemas.remark(
            part,
            skipped=[{"uri": uri, "reason": "empty", "mend": "give it text"} for uri in empty],
            notes=[{"stage": "documents", "what": "empty", "count": len(empty)}],
        )

    rows = [{"work": f"letter {n}", "line": n, "text": "" if n % 2 else "χαῖρε"} for n in range(6)]
    table = pa.Table.from_pylist(rows, schema=LEFT)
    engine = LocalEngine(parts=parts)
    for result in (
        engine.map(read, table),
        engine.cogroup(lambda a, _: read(a), table, table, "work", "work"),
    ):
        assert schemas.remarks([result], "skipped")["uri"].to_pylist() == ["letter 1", "letter 3", "letter 5"]
        assert schemas.remarks([result], "notes").to_pylist() == [{"stage": "documents", "what": "empty", "count": 3}]


@pytest.mark.parametrize("parts", PARTS)
def test_remarks_of_the_input_stay_with_the_input(parts: int | None) -> None:
    """A table's own remarks are collected from it once, not once more for each part of a later stage."""
    table = schemas.remark(
        pa.table({"doc": ["a", "b", "c"]}), notes=[{"stage": "documents", "what": "cap", "count": 5}]
    )
    engine = LocalEngine(parts=parts)
    for result in (
        engine.map(lambda part: part, table),
        engine.cogroup(lambda _, b: b, table, table, "doc", "doc"),
    ):
        assert schemas.remarks([table, result], "notes")["count"].to_pylist() == [5]


def test_a_broadcast_value_reaches_the_function_unwrapped() -> None:
    engine: Engine = LocalEngine(parts=2)
    table = pa.table({"work": ["Iliad", "Odyssey"], "text": ["μῆνιν", "ἄνδρα"]})
    handle = engine.broadcast(10)
    assert handle == Broadcast(10)
    assert engine.map(lengths, table, handle)["length"].to_pylist() == [15, 15]
    joined = engine.cogroup(lambda a, _, extra: lengths(a, extra), table, table, "work", "work", handle)
    assert joined["length"].to_pylist() == [15, 15]


def test_an_error_in_a_part_reaches_the_caller_unchanged() -> None:
    """The very object is raised, and of several errors always that of the first part."""
    errors = [SchemaError(f"part {n} is damaged.", where=f"row {n}", mend="mend it.") for n in range(4)]
    late = threading.Event()

    def fail(part: pa.Table) -> pa.Table:
        number = part["n"][0].as_py()
        if number == 1:
            late.wait(10)
        if number > 1:
            late.set()
        if number:
            raise errors[number]
        return part

    with pytest.raises(SchemaError) as caught:
        LocalEngine(parts=4, workers=4).map(fail, pa.table({"n": [0, 1, 2, 3]}))
    assert caught.value is errors[1]


def test_after_an_error_no_further_part_is_begun() -> None:
    begun = []

    def fail(part: pa.Table) -> pa.Table:
        begun.append(part.num_rows)
        raise SchemaError("it is damaged.")

    with pytest.raises(SchemaError):
        LocalEngine(parts=1000, workers=1).map(fail, pa.table({"n": list(range(1000))}))
    assert len(begun) == 1


def test_parts_run_side_by_side() -> None:
    """Two parts that wait for each other end only when both are under way."""
    meet = threading.Barrier(2)

    def wait(part: pa.Table) -> pa.Table:
        meet.wait(30)
        return part

    table = pa.table({"n": [1, 2]})
    assert LocalEngine(workers=2).map(wait, table).equals(table)


def test_parts_see_the_context_of_their_caller() -> None:
    """On every thread, and no longer than the caller does; what a part sets, the caller does not see."""
    asked = ContextVar("asked", default=0)

    def answer(part: pa.Table) -> pa.Table:
        seen = asked.get()
        asked.set(part["n"][0].as_py())
        return pa.table({"seen": [seen]})

    table, engine = pa.table({"n": [6, 7, 8, 9]}), LocalEngine(parts=4, workers=4)
    token = asked.set(5)
    assert min(engine.map(answer, table)["seen"].to_pylist()) == asked.get() == 5
    asked.reset(token)
    assert min(engine.map(answer, table)["seen"].to_pylist()) == 0


@pytest.mark.skipif(os.name != "posix", reason="sends the signal of Ctrl-C")
def test_ctrl_c_does_not_wait_for_the_parts_under_way() -> None:
    program = """
import signal, time, pyarrow as pa
from stemmata.engines import LocalEngine
signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever started the tests may have it ignored
def slow(part):
    print("begun", flush=True)
    time.sleep(600)
    return part
LocalEngine(workers=2).map(slow, pa.table({"n": [1, 2, 3, 4]}))
"""
    process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    process.send_signal(signal.SIGINT)
    _, error = process.communicate(timeout=60)
    assert b"KeyboardInterrupt" in error
    assert process.returncode


def test_sides_without_a_common_key_are_named() -> None:
    left, right = pa.table({"a": ["x"]}), pa.table({"doc": [1]})
    for left_on, right_on in (("a", "doc"), ("a", "absent"), (("a", "a"), "doc")):
        with pytest.raises(SchemaError, match="no key in common") as caught:
            LocalEngine().cogroup(lambda a, _: a, left, right, left_on, right_on)
        assert "columns a" in caught.value.where
        assert caught.value.mend


@pytest.mark.parametrize("engine", [{"parts": 0}, {"workers": 0}], ids=str)
def test_an_engine_refuses_to_have_no_parts_or_no_workers(engine: dict[str, Any]) -> None:
    (name,) = engine
    with pytest.raises(OptionError, match=f"{name} must lie between 1"):
        LocalEngine(**engine)


# Larger than memory


@given(tables(lefts, LEFT), st.sampled_from([1, 40, 400, 4_000, "1kB"]))
def test_any_memory_limit_gives_the_same_rows_in_the_same_order(table: pa.Table, memory: int | str) -> None:
    """With a limit of a byte every row is a part, and all results go to disk."""
    bounded = LocalEngine(workers=2, memory=memory)
    assert bounded.map(lengths, table, 1).equals(lengths(table, 1))
    assert bounded.concat([table, table]).equals(pa.concat_tables([table, table]))


@given(tables(lefts, LEFT), tables(rights, RIGHT), st.sampled_from([1, 400, 4_000]))
def test_cogroup_never_parts_a_key_whatever_the_memory(left: pa.Table, right: pa.Table, memory: int) -> None:
    joined = LocalEngine(workers=2, memory=memory).cogroup(gloss, left, right, ("work", "line"), ("title", "verse"))
    assert ordered(joined) == ordered(gloss(left, right))


@given(
    st.lists(st.text("ἀγλαός", max_size=30), max_size=40),
    st.integers(1, 120),
    st.sampled_from([1, 3, 65_536]),
    st.booleans(),
)
def test_a_table_is_cut_before_the_row_that_would_be_too_much(
    texts: list[str], most: int, at_once: int, weighed: bool
) -> None:
    """By the bytes of its texts, or by weights of the caller's; a row that is too much alone is a part."""
    table = pa.table({"text": pa.array(texts, pa.string())})
    sizes = [len(text.encode()) for text in texts]
    expected, held = [0], 0
    for row, size in enumerate(sizes):
        if held + size > most and row > expected[-1]:
            expected.append(row)
            held = 0
        held += size
    expected += [len(texts)] if texts else []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parting, "ROWS_AT_ONCE", at_once)
        weights = np.array(sizes, np.int64) if weighed else None
        assert parting.edges_by_bytes(table, weights, most) == expected


def test_rows_are_weighed_by_what_they_hold() -> None:
    table = pa.table({"text": ["μῆνιν", None], "line": [1, 2], "glosses": [["a", "b", "c"], []]})
    sizes = parting.row_bytes(table)
    assert sizes[0] > sizes[1] >= 8


@given(tables(lefts, LEFT), st.data())
def test_rows_are_taken_from_many_chunks_in_any_order(table: pa.Table, data: st.DataObject) -> None:
    numbers = data.draw(st.lists(st.integers(0, table.num_rows - 1), max_size=20)) if table.num_rows else []
    rows = np.array(numbers, np.int64)
    assert parting.Rows(table).take(rows).equals(table.take(pa.array(rows)))


def test_what_is_larger_than_its_share_lies_on_disk_and_nowhere_else() -> None:
    """Nothing is held: of the memory that Arrow takes for a million numbers, nothing is left."""
    table = pa.table({"n": np.arange(1_000_000)})
    before = pa.total_allocated_bytes()
    held = LocalEngine(workers=2).map(squares, table)
    assert pa.total_allocated_bytes() - before > 7_000_000
    spilled = LocalEngine(workers=2, memory="32MB").map(squares, table)
    assert spilled.equals(held)
    del held
    assert pa.total_allocated_bytes() - before < 1_000_000


def test_a_generator_is_taken_table_by_table_and_never_held() -> None:
    most = 0

    def write(part: pa.Table) -> Iterator[pa.Table]:
        nonlocal most
        before = pa.total_allocated_bytes()
        for n in part["n"].to_pylist():
            yield pa.table({"n": [n], "text": ["ἀοιδή " * 100_000]}).replace_schema_metadata(None)
            most = max(most, pa.total_allocated_bytes() - before)

    table = pa.table({"n": list(range(20))})
    written = LocalEngine(parts=2, workers=1, memory="10MB").map(write, table)
    assert written["n"].to_pylist() == list(range(20))
    assert most < 5_000_000 < written.nbytes


def test_parts_that_are_large_together_wait_for_each_other() -> None:
    """Of rows that are each as large as all that may be at work, one is at a time."""
    busy, seen = 0, []
    lock = threading.Lock()

    def note(part: pa.Table) -> pa.Table:
        nonlocal busy
        with lock:
            busy += 1
            seen.append(busy)
        time.sleep(0.01)
        with lock:
            busy -= 1
        return part

    table = pa.table({"text": ["x" * 50_000] * 8})
    LocalEngine(workers=4, memory=32 * 50_000).map(note, table)
    assert seen == [1] * 8


@pytest.mark.skipif(not hasattr(os, "O_TMPFILE"), reason="files without names")
def test_no_file_is_left_behind_nor_seen_while_rows_lie_in_it(tmp_path: Path) -> None:
    """Whatever ends the process: a file without a name is the system's to remove."""
    table = pa.table({"n": np.arange(100_000)})
    spilled = LocalEngine(workers=1, memory=1_000_000, spill=tmp_path).map(squares, table)
    assert list(tmp_path.iterdir()) == []
    assert spilled["n"][-1].as_py() == 99_999**2


def test_a_disk_that_is_full_is_named_with_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(spilling, "TemporaryFile", refuse)
    with pytest.raises(FolderError, match="No space left") as caught:
        LocalEngine(workers=1, memory=1_000, spill=tmp_path).map(squares, pa.table({"n": np.arange(1_000)}))
    assert caught.value.where == str(tmp_path)
    assert "spill" in caught.value.mend


@pytest.mark.parametrize(
    ("memory", "size"), [("2GB", 2 * 10**9), ("500 mb", 5 * 10**8), ("1.5GiB", 3 << 29), ("1024", 1024), (7, 7)]
)
def test_memory_is_given_as_people_write_it(memory: int | str, size: int) -> None:
    assert read_size(memory, "memory") == size


@pytest.mark.parametrize("memory", ["", "GB", "2 buckets", "-1GB", 0, 1.5, True, "1e9", "9999999TB"])
def test_what_is_no_amount_of_memory_is_refused_when_the_engine_is_made(memory: Any) -> None:
    with pytest.raises(OptionError, match="memory must be an amount of bytes"):
        LocalEngine(memory=memory)


def test_a_spill_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match="spill must be a folder"):
        LocalEngine(spill=tmp_path / "absent")


@given(st.permutations(range(30)), st.sampled_from([None, 1, 2_000]))
def test_a_large_table_is_checked_and_sorted_as_a_small_one(order: list[int], memory: int | None) -> None:
    texts = schemas.Schema("texts", "a text", ("doc",), schemas.DOCUMENTS.only("doc", "text", "title").columns)
    table = pa.table({"text": [f"text {n}" for n in order], "doc": [f"{n:02}" for n in order]})
    table = schemas.remark(table, notes=[{"stage": "documents", "what": "cap", "count": 5}])
    engine = LocalEngine(workers=2, memory=memory)
    found = check_rows(texts, table, engine)
    assert found.equals(texts.check(table))
    assert found.schema.metadata == table.schema.metadata
    twice = pa.concat_tables([table, table])
    with pytest.raises(SchemaError, match="stands 2 times"):
        check_rows(texts, twice, engine)


def test_a_table_that_is_in_order_is_not_copied() -> None:
    table = pa.table({"doc": ["a", "b"], "text": pa.array(["x", "y"], pa.large_string()), "sha256": ["", ""]})
    both = pa.concat_tables([table, table.set_column(0, "doc", pa.array(["c", "d"]))])
    schema = schemas.DOCUMENTS.only("doc", "text", "sha256")
    for found in (schema.check(both), schema.sort(both), check_rows(schema, both, LocalEngine())):
        assert [chunk.buffers()[2].address for chunk in found["text"].chunks] == [
            chunk.buffers()[2].address for chunk in both["text"].chunks
        ]


# How far it is


@pytest.mark.parametrize("memory", [None, 1_000])
def test_whoever_watches_hears_how_many_rows_are_done(memory: int | None) -> None:
    told: list[Progress] = []
    table = pa.table({"doc": ["a", "b", "c", "d"], "text": ["x" * 100] * 4})
    with watching("fingerprints", told.append):
        LocalEngine(parts=4, workers=2, memory=memory).map(lambda part: part, table)
    assert [(one.stage, one.done, one.total, one.unit) for one in told] == [
        ("fingerprints", n, 4, "documents") for n in (1, 2, 3, 4)
    ]
    LocalEngine(parts=4).map(lambda part: part, table)
    assert len(told) == 4, "after the stage nobody listens"


def test_of_files_the_bytes_are_told() -> None:
    told: list[Progress] = []
    with watching("documents", told.append):
        LocalEngine(parts=2, workers=1).map(
            lambda part: part, pa.table({"path": ["a", "b"]}), amounts=np.array([10, 30], np.int64)
        )
    assert [(one.done, one.total, one.unit) for one in told] == [(10, 40, "bytes"), (40, 40, "bytes")]


def test_what_is_told_as_a_whole_is_not_told_again_in_pieces() -> None:
    told: list[Progress] = []
    table = pa.table({"a": ["x", "y"], "b": ["y", "z"]})
    with watching("alignments", told.append), telling(2, "pairs") as tell:
        for row in range(2):
            LocalEngine(workers=1).map(lambda part: part, table.slice(row, 1))
            tell(1)
    assert [(one.done, one.total, one.unit) for one in told] == [(1, 2, "pairs"), (2, 2, "pairs")]


@pytest.mark.parametrize(
    ("progress", "said"),
    [
        (Progress("pairs"), "pairs"),
        (Progress("pairs", 0, 9, "rows"), "pairs 0 of 9 rows"),
        (
            Progress("fingerprints", 41_200, 90_000, "documents", 13.29),
            "fingerprints 41,200 of 90,000 documents · 3,100/s · 16 s left",
        ),
        (Progress("alignments", 3, 9_003, "pairs", 2.0), "alignments 3 of 9,003 pairs · 1.5/s · 100 min left"),
        (
            Progress("documents", 412_000_000, 1_200_000_000, "bytes", 10.0),
            "documents 412 MB of 1.2 GB · 41.2 MB/s · 19 s left",
        ),
    ],
    ids=str,
)
def test_progress_is_one_line_for_people(progress: Progress, said: str) -> None:
    assert str(progress) == said


def test_after_an_error_the_calls_under_way_are_waited_for() -> None:
    """Else the interpreter could end under a thread that is in C++, and the process would be aborted."""
    done = threading.Event()

    def work(part: pa.Table) -> pa.Table:
        if part["n"][0].as_py() == 0:
            begun.wait(60)
            raise SchemaError("it fails.")
        begun.set()
        time.sleep(0.2)
        done.set()
        return part

    begun = threading.Event()
    with pytest.raises(SchemaError, match="it fails"):
        LocalEngine(parts=2, workers=2).map(work, pa.table({"n": [0, 1]}))
    assert done.is_set()
