"""Files of counts: they say where they come from, and one that would mislead is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from stemmata import countfiles, schemas
from stemmata.countfiles import KEY, Provenance, check_place, read_counts, read_provenance, write_counts
from stemmata.counting import count_pairs, count_rows
from stemmata.engines import LocalEngine
from stemmata.errors import FolderError, MissingSource, SourceError
from tests.prose import RUSSIAN, texts

TOLD = Provenance(
    language="ru",
    texts=40,
    words=11_000,
    pairs=3,
    least=2,
    left_out={"of unknown language": 2},
    about="Выдуманные предложения, общественное достояние",
)


def rows() -> pa.Table:
    table = pa.table({"text": pa.array(texts(RUSSIAN, 40), pa.large_string())})
    return count_rows("ru", *count_pairs(table, LocalEngine()), 2)


def changed(path: Path, **told: Any) -> Path:
    """The file, saying something else of itself."""
    table = pq.read_table(path)
    said = json.loads(table.schema.metadata[KEY]) | told
    pq.write_table(table.replace_schema_metadata({KEY: json.dumps(said)}), path)
    return path


def replaced(path: Path, change: Callable[[pa.Table], pa.Table]) -> Path:
    """The file with other rows."""
    table = pq.read_table(path)
    pq.write_table(change(table).replace_schema_metadata(table.schema.metadata), path)
    return path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return write_counts(tmp_path / "counts-ru.parquet", rows(), TOLD)


def test_what_is_written_is_read(file: Path) -> None:
    assert read_provenance(file) == TOLD
    (read,) = read_counts([str(file)])
    assert read.equals(rows())
    assert read.schema.metadata is None
    assert sorted(path.name for path in file.parent.iterdir()) == [file.name]


def test_the_same_counts_make_the_same_file(file: Path) -> None:
    """To the last byte: it can be told whether anything changed."""
    again = write_counts(file.with_name("again.parquet"), rows(), TOLD)
    assert again.read_bytes() == file.read_bytes()


def test_the_counts_that_ship_say_where_they_come_from() -> None:
    """And their words are cut as they are today: else they are to be built anew, by scripts/count_words.py."""
    shipped = Path(str(files("stemmata") / "data" / "counts-en.parquet"))
    told = read_provenance(shipped)
    assert (told.language, told.least) == ("en", 2)
    assert told.words > 19_000_000
    assert "public domain" in told.about
    (read,) = read_counts([shipped])
    assert pc.sum(pc.equal(read.column("fact"), "counted_pair")).as_py() == told.pairs


def test_a_file_that_is_not_there_is_a_wrong_call(tmp_path: Path) -> None:
    with pytest.raises(MissingSource, match="no such file of counts"):
        read_provenance(tmp_path / "counts-ru.parquet")
    with pytest.raises(MissingSource):
        read_provenance(tmp_path)


@pytest.mark.parametrize("content", [b"", b"PAR1 and nothing more PAR1", "Старый маяк не горит.".encode()])
def test_a_file_of_another_kind_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "маяк.parquet"
    path.write_bytes(content)
    with pytest.raises(SourceError, match="no file of counts") as caught:
        read_counts([path])
    assert caught.value.where == str(path)
    assert "stemmata counts build" in caught.value.mend


@pytest.mark.parametrize(
    "metadata", [None, {KEY: b"[1]"}, {KEY: b"{"}, {KEY: b'{"format": 1}'}, {KEY: b'{"format": "1"}'}]
)
def test_a_table_that_does_not_say_what_it_is_is_refused(tmp_path: Path, metadata: dict[bytes, bytes] | None) -> None:
    path = tmp_path / "table.parquet"
    pq.write_table(rows().replace_schema_metadata(metadata), path)
    with pytest.raises(SourceError, match="no file of counts"):
        read_provenance(path)


def test_a_newer_format_says_so(file: Path) -> None:
    with pytest.raises(SourceError, match="format 9; this stemmata knows up to 1") as caught:
        read_provenance(changed(file, format=9))
    assert "upgrade" in caught.value.mend


def test_words_that_were_cut_in_another_way_are_refused(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Their hashes would meet nothing, or the wrong words, in silence."""
    monkeypatch.setattr(countfiles, "CHECKED", "As a tokeniser of tomorrow cuts it.")
    with pytest.raises(SourceError, match="cut or hashed in another way") as caught:
        read_counts([file])
    assert "build the file anew" in caught.value.mend


@pytest.mark.parametrize(
    "change",
    [
        lambda table: table.slice(0, table.num_rows - 1),
        lambda table: pa.concat_tables([table, table]),
        lambda table: table.drop_columns("value"),
        lambda table: table.set_column(1, "language", pa.repeat("en", table.num_rows)),
        lambda table: table.set_column(3, "value", pa.repeat(-1.0, table.num_rows)),
        lambda table: table.set_column(3, "value", pa.repeat(float("inf"), table.num_rows)),
        lambda table: table.set_column(2, "word", pc.utf8_upper(table.column("word"))),
        lambda table: table.set_column(0, "fact", pc.replace_substring(table.column("fact"), "counted_word", "cap")),
    ],
    ids=["no sum", "twice", "no values", "language", "below zero", "endless", "capitals", "other facts"],
)
def test_rows_that_are_no_counts_are_refused(file: Path, change: Callable[[pa.Table], pa.Table]) -> None:
    with pytest.raises(SourceError, match="damaged"):
        read_counts([replaced(file, change)])


def test_another_file_is_never_overwritten(tmp_path: Path, file: Path) -> None:
    """A typing slip must not cost a text; a file of counts may be built anew, also after its format changed."""
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear editor,", "utf-8")
    for place in (letter, tmp_path):
        with pytest.raises(FolderError, match="would be overwritten"):
            check_place(place)
    with pytest.raises(FolderError, match="no folder"):
        check_place(tmp_path / "no" / "counts.parquet")
    check_place(tmp_path / "new.parquet")
    check_place(changed(file, format=9))
    assert schemas.STATISTICS.check(pq.read_table(file)).num_rows
