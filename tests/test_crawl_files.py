"""Files that executors read: the documents, the ids and the reasons that one machine has."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

import stemmata as st
from stemmata import schemas
from stemmata.crawl.files import place_of
from stemmata.crawl.reading import read_collection
from stemmata.crawl.work import Kept, Work
from stemmata.documents import DocumentOptions
from stemmata.engines.spark import SparkEngine
from stemmata.errors import ClashError, MissingSource, SchemaError, SourceError
from tests.articles import FERRY, FERRY_SPUN, ORCHARD
from tests.web_archives import ENGLISH, RUSSIAN, answer, members, page, record

BATHS = "https://courier.example/baths"


def _lines(*rows: Mapping[str, str]) -> str:
    return "\n".join(map(json.dumps, rows))


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """One of each, some of which would be called alike, and two that cannot be read."""
    folder = tmp_path / "archive"
    (folder / "old").mkdir(parents=True)
    (folder / "ferry.txt").write_text(FERRY, "utf-8")
    (folder / "old" / "gesponnen é.txt").write_text(FERRY_SPUN, "utf-8")
    (folder / "one.jsonl").write_text(_lines({"id": "7", "text": ORCHARD}, {"id": "8", "text": f"{FERRY} x"}), "utf-8")
    (folder / "two.jsonl").write_text(_lines({"id": "7", "text": f"{ORCHARD} y"}, {"text": "A word, or two."}), "utf-8")
    pages = [record(answer(page(text)), BATHS, date=date) for text, date in ((ENGLISH, "2024-05-01T12:00:00Z"),)]
    again = [record(answer(page(f"{ENGLISH} Or not.")), BATHS, date="2024-06-01T12:00:00Z")]
    (folder / "may.warc.gz").write_bytes(members(*pages, record(answer(page(RUSSIAN)), "https://a.example/")))
    (folder / "june.warc.gz").write_bytes(members(*again))
    with zipfile.ZipFile(folder / "pile.zip", "w") as pile:
        pile.writestr("in/a.txt", ORCHARD)
        pile.writestr("b.csv", "text\nSome words of no great matter here.\n")
    (folder / "odd.bin").write_bytes(b"\0\1\2")
    (folder / "empty.txt").touch()
    return folder


def _told(kept: Kept, name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = schemas.remarks([kept.remarks], name).to_pylist()
    return rows


def test_executors_read_what_one_machine_reads(spark: Any, archive: Path, tmp_path: Path) -> None:
    kept = read_collection(Work(spark, str(tmp_path / "tables")), [archive.as_uri()], None, DocumentOptions())
    there, here = kept.rows.toArrow().sort_by("doc"), st.read_documents(archive)
    assert {"ferry.txt", "old/gesponnen é.txt", "one.jsonl:7", "two.jsonl:7", "8"} <= set(here["doc"].to_pylist())
    assert {BATHS, f"{BATHS} (2024-06-01T12:00:00Z)", "pile.zip/in/a.txt"} <= set(here["doc"].to_pylist())
    assert there.select(here.column_names).cast(here.schema.remove_metadata()).to_pylist() == here.to_pylist()
    skipped = [row for row in schemas.remarks([here], "skipped").to_pylist() if row["reason"] != "it is empty."]
    assert [{**row, "uri": row["uri"].removeprefix("file://")} for row in _told(kept, "skipped")] == skipped
    notes = {row["what"]: row["count"] for row in _told(kept, "notes")}
    assert notes.pop("files without a byte, left out") == 1
    assert notes == {row["what"]: row["count"] for row in schemas.remarks([here], "notes").to_pylist()}


def test_files_that_spark_has_listed_are_called_by_their_addresses(spark: Any, archive: Path, tmp_path: Path) -> None:
    files = spark.read.format("binaryFile").load(f"{archive}/*.txt")
    kept = read_collection(Work(spark, str(tmp_path / "tables")), [files], None, DocumentOptions())
    assert [row["doc"] for row in kept.rows.select("doc").collect()] == [(archive / "ferry.txt").as_uri()]


@pytest.mark.parametrize(
    ("path", "root", "name", "inside"),
    [
        ("s3a://bucket/crawl/may/a.html", "s3a://bucket/crawl", "may/a.html", "may/a.html/"),
        ("s3a://bucket/crawl/may/a.html", "s3a://bucket/crawl/*/*.html", "may/a.html", "may/a.html/"),
        ("s3a://bucket/crawl/may/a.html", "s3a://bucket/crawl/may/a.html", "a.html", ""),
        ("file:/crawl/a.html", "file:///crawl/", "a.html", "a.html/"),
        ("hdfs://host:9000/a.html", "hdfs://host:9000/b", "hdfs://host:9000/a.html", "hdfs://host:9000/a.html/"),
    ],
)
def test_a_file_is_called_by_its_path_within_what_was_given(path: str, root: str, name: str, inside: str) -> None:
    place = place_of(path, (root,))
    assert (place.name, place.inside) == (name, inside)


def test_an_address_that_leads_nowhere_is_named(spark: Any, tmp_path: Path) -> None:
    with pytest.raises(MissingSource, match="Spark does not read") as told:
        st.trace((tmp_path / "nowhere").as_uri(), engine=SparkEngine(spark, str(tmp_path / "tables")))
    assert str(told.value.where).endswith("nowhere")


def test_a_table_without_ids_or_with_one_twice_is_refused(spark: Any, tmp_path: Path) -> None:
    engine = SparkEngine(spark, str(tmp_path))
    with pytest.raises(SchemaError, match="no column of ids"):
        st.trace(spark.createDataFrame([(FERRY,)], "text string"), engine=engine)
    with pytest.raises(SchemaError, match="1 rows have no id"):
        st.trace(spark.createDataFrame([("a", FERRY), (None, FERRY)], "doc string, text string"), engine=engine)
    with pytest.raises(ClashError, match="2 documents have the id 'a'"):
        st.trace(spark.createDataFrame([("a", FERRY), ("a", "word")], "doc string, text string"), engine=engine)
    with pytest.raises(SchemaError, match="no column of texts"):
        st.trace(spark.createDataFrame([("a",)], "doc string"), engine=engine)


def test_a_table_of_the_cluster_is_the_only_source(spark: Any, tmp_path: Path) -> None:
    frame = spark.createDataFrame([("a", FERRY)], "doc string, text string")
    for others, metadata in (([st.Text(FERRY, doc="b")], None), ([], pa.table({"doc": ["a"], "site": ["A"]}))):
        with pytest.raises(SourceError, match="by itself"):
            st.trace([frame, *others], metadata=metadata, engine=SparkEngine(spark, str(tmp_path)))
