"""Tables as files: whole, or of one family; for programs exactly, for spreadsheets without formulas."""

from __future__ import annotations

import csv
import io

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import stemmata as st
from stemmata import schemas
from stemmata.errors import MissingSource, OptionError
from stemmata.report.room import Room
from stemmata.room import downloads


@pytest.fixture(scope="module")
def room(newsroom: st.Trace) -> Room:
    return Room(newsroom)


def written(table: pa.Table, format_: str) -> bytes:
    return b"".join(downloads.write(table, format_))


@pytest.mark.parametrize("name", schemas.BY_NAME)
def test_parquet_holds_the_table_to_the_last_bit(room: Room, name: str) -> None:
    table = downloads.choose(room, name)
    assert pq.read_table(io.BytesIO(written(table, "parquet"))).equals(table)


@pytest.mark.parametrize("name", ["documents", "relations", "changes", "skipped"])
def test_csv_has_a_line_for_each_row(room: Room, name: str) -> None:
    table = downloads.choose(room, name)
    csv.field_size_limit(10_000_000)
    rows = [*csv.reader(io.StringIO(written(table, "csv").decode(), newline=""))]
    assert rows[0] == table.column_names
    assert len(rows) == table.num_rows + 1


def test_many_rows_are_sent_in_pieces() -> None:
    table = pa.table({"doc": [f"{n}.txt" for n in range(3 * downloads.ROWS)]})
    for format_ in downloads.FORMATS:
        assert len([piece for piece in downloads.write(table, format_) if piece]) > 3
    assert pq.read_table(io.BytesIO(written(table, "parquet"))).equals(table)


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_spreadsheet_finds_no_formula(text: str) -> None:
    (_, (cell,)) = csv.reader(io.StringIO(written(pa.table({"text": [text]}), "csv").decode(), newline=""))
    assert cell == f"'{text}"


def test_what_is_no_text_stands_as_it_is() -> None:
    table = pa.table({"n": [-1, None], "share": [0.5, 1.0], "flag": [True, False], "docs": [["a", "=b"], []]})
    assert written(table, "csv").decode().splitlines()[1:] == ['-1,0.5,true,"[""a"", ""=b""]"', ",1.0,false,[]"]


@pytest.mark.parametrize("name", ["documents", "relations", "alignments", "families", "stemma", "changes", "readings"])
def test_a_family_has_its_own_rows(room: Room, name: str) -> None:
    """All families together with nothing twice; pairs across families are in none."""
    parts = [downloads.choose(room, name, family) for family in room.register.names]
    whole = getattr(room.trace, name)
    assert all(0 < part.num_rows < whole.num_rows for part in parts)
    keys = [tuple(row.values()) for part in parts for row in part.select(schemas.BY_NAME[name].key).to_pylist()]
    assert len(set(keys)) == len(keys)
    sides = [side for side in ("doc", "a", "b", "source", "copy") if side in whole.column_names]
    homes = [{room.register.home.get(row[side]) for side in sides} for row in whole.to_pylist()]
    inside = sum(len(home) == 1 and None not in home for home in homes)
    assert len(keys) == (inside if sides and name != "stemma" else whole.num_rows)


def test_what_is_not_there_is_said(room: Room) -> None:
    with pytest.raises(MissingSource, match="there is no table 'secrets'"):
        downloads.choose(room, "secrets")
    with pytest.raises(MissingSource, match="there is no family 'x'"):
        downloads.choose(room, "relations", "x")
    with pytest.raises(OptionError, match="not of families"):
        downloads.choose(room, "notes", room.register.names[0])
