"""``read_documents``: any source becomes rows of one table, and what does not is explained."""

import hashlib
import itertools
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemmata import catalog, schemas
from stemmata.documents import DocumentOptions, Source, Text, read_documents, read_placed_documents
from stemmata.engines import LocalEngine
from stemmata.errors import ClashError, MissingSource, OptionError, SourceError
from stemmata.readers import isolation

ENGLISH = "The council met on Thursday and voted to close the swimming baths at the end of June.\n"
RUSSIAN = "В четверг совет собрался и решил закрыть городские бани в конце июня.\n"
ARABIC = "اجتمع المجلس يوم الخميس وقرر إغلاق الحمامات العامة في نهاية يونيو.\n"
CHINESE = "市议会星期四开会,决定在六月底关闭公共浴室,居民们对此感到十分惋惜。\n"
BINARY = "it is binary: it holds NULs or many control characters."
IN_ENGLISH = DocumentOptions(language="en")  # spares the tests the detector


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def write(name: str, content: str | bytes) -> str:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return name


def read(*sources: Source, **options: Any) -> pa.Table:
    return read_documents(list(sources), options=DocumentOptions(**{"language": "en", **options}))


def texts(table: pa.Table) -> dict[str, str]:
    return {row["doc"]: row["text"] for row in table.select(["doc", "text"]).to_pylist()}


def skipped(table: pa.Table) -> dict[str, str]:
    rows = schemas.remarks([table], "skipped").to_pylist()
    assert all(row["mend"] for row in rows)
    return {row["uri"]: row["reason"] for row in rows}


def notes(table: pa.Table) -> dict[str, int]:
    rows = schemas.remarks([table], "notes").to_pylist()
    assert {row["stage"] for row in rows} <= {"documents"}
    return {row["what"]: row["count"] for row in rows}


# What a source may be


def test_a_file_of_text_is_a_document_named_after_it() -> None:
    table = read_documents(write("baths.txt", ENGLISH))
    row = table.to_pylist()[0]
    assert table.schema.equals(schemas.DOCUMENTS.arrow)
    assert (row["doc"], row["text"], row["language"]) == ("baths.txt", ENGLISH, "en")
    assert row["media_type"] == "text/plain"
    assert row["sha256"] == hashlib.sha256(ENGLISH.encode()).hexdigest()
    assert row["title"] is row["published"] is row["locators"] is None
    assert not skipped(table)
    assert not notes(table)


def test_paths_may_be_strings_or_paths_one_or_several() -> None:
    write("a.txt", ENGLISH)
    assert texts(read_documents("a.txt")) == texts(read_documents(Path("a.txt"))) == {"a.txt": ENGLISH}
    for several in (["a.txt"], ("a.txt",), {"a.txt"}, iter(["a.txt"])):
        assert texts(read_documents(several)) == {"a.txt": ENGLISH}


def test_a_text_at_hand_is_a_document() -> None:
    text = Text(
        ARABIC,
        doc="baths",
        title="Closed",
        ours=True,
        published="2024-06-06",
        lineage=["rsid-7"],
        locators=[(0, "fol. 1r")],
        language="ar",
    )
    row = read_documents(text).to_pylist()[0]
    assert (row["doc"], row["text"], row["title"], row["ours"], row["language"]) == (
        "baths",
        ARABIC,
        "Closed",
        True,
        "ar",
    )
    assert row["published"] == datetime(2024, 6, 6, tzinfo=UTC)
    assert row["lineage"] == ["rsid-7"]
    assert row["locators"] == [{"offset": 0, "label": "fol. 1r"}]
    assert row["sha256"] == hashlib.sha256(ARABIC.encode()).hexdigest()
    assert row["media_type"] == "text/plain"


def test_a_text_takes_every_column_of_documents_but_those_that_are_found_out() -> None:
    fields = set(Text.__dataclass_fields__) - {"_"}
    columns = {column.name for column in schemas.DOCUMENTS.columns}
    assert columns - fields == {"media_type", "sha256", "hidden", "whole"}
    assert fields <= columns


@pytest.mark.parametrize(("text", "doc"), [(None, "a"), (b"bytes", "a"), ("text", None), ("text", 7), ("text", " ")])
def test_a_text_needs_a_text_and_an_id(text: Any, doc: Any) -> None:
    with pytest.raises(SourceError):
        Text(text, doc=doc)


def make_frame(kind: str) -> Any:
    columns = {"id": ["x", None], "text": [ENGLISH, CHINESE], "site": ["Gazette", "Courier"], "likes": [1, 2]}
    makers: dict[str, Callable[[dict[str, Any]], Any]] = {
        "arrow": pa.table,
        "batch": pa.RecordBatch.from_pydict,
        "pandas": pd.DataFrame,
        "polars": pl.DataFrame,
    }
    return makers[kind](columns)


@pytest.mark.parametrize("kind", ["arrow", "batch", "pandas", "polars"])
def test_each_row_of_a_table_at_hand_is_a_document(kind: str) -> None:
    table = read_documents(make_frame(kind))
    assert texts(table) == {"x": ENGLISH, "table#2": CHINESE}
    assert set(table["language"].to_pylist()) == {"en", "zh"}
    assert table["sha256"].to_pylist()[1] == hashlib.sha256(ENGLISH.encode()).hexdigest()
    assert table.equals(read_documents([make_frame(kind)]))


def test_each_row_of_a_table_in_a_file_is_a_document() -> None:
    lines = "".join(json.dumps({"text": text}) + "\n" for text in (ENGLISH, RUSSIAN))
    table = read(write("far/news.jsonl", lines), write("more.csv", f'doc,text\nc7,"{CHINESE}"\n'))
    assert texts(table) == {"c7": CHINESE, "news.jsonl#1": ENGLISH, "news.jsonl#2": RUSSIAN}
    assert table["media_type"].to_pylist() == ["text/csv", "application/x-ndjson", "application/x-ndjson"]
    assert table["sha256"].to_pylist()[1] == hashlib.sha256(ENGLISH.encode()).hexdigest()


def test_sources_of_all_kinds_may_be_mixed() -> None:
    pyarrow.parquet.write_table(pa.table({"doc": ["p"], "text": [RUSSIAN]}), "p.parquet")
    table = read("p.parquet", write("a.txt", ENGLISH), Text(ARABIC, doc="t"), pl.DataFrame({"text": [CHINESE]}))
    assert texts(table) == {"a.txt": ENGLISH, "p": RUSSIAN, "t": ARABIC, "table#1": CHINESE}


def test_documents_that_were_read_can_be_read_again() -> None:
    once = read_documents([write("a.txt", "\ufeff" + ENGLISH), Text(ARABIC, doc="t", published="2024-06-06")])
    assert read_documents(once).equals(once)


@pytest.mark.parametrize("source", [7, None, b"a.txt", {"text": ["a"]}, ["a.txt", 3.5], [["a.txt"]]])
def test_what_cannot_be_a_source_is_refused(source: Any) -> None:
    write("a.txt", ENGLISH)
    with pytest.raises(SourceError, match="a source cannot be of"):
        read_documents(source)


def test_no_source_is_no_input() -> None:
    with pytest.raises(SourceError, match="no source"):
        read_documents([])


# The text is what stood there


def test_line_ends_and_odd_white_space_stay_and_the_mark_goes() -> None:
    text = "one\r\ntwo\rthree\n\n\tfour\u2028\u00a0five \x0c\r\n"
    assert texts(read(write("a.txt", b"\xef\xbb\xbf" + text.encode()))) == {"a.txt": text}


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Die Bäder schließen – „endgültig“, sagt der Rat.\n", "cp1252"),
        (RUSSIAN, "cp1251"),
        (ARABIC, "utf-16"),
        (CHINESE, "gb18030"),
        (ENGLISH, "utf-16-le"),
    ],
)
def test_encodings_are_found_out(text: str, encoding: str) -> None:
    data = text.encode(encoding)
    table = read(write("a.txt", data))
    assert texts(table) == {"a.txt": text}
    assert table["sha256"].to_pylist() == [hashlib.sha256(data).hexdigest()]


def test_bytes_that_are_not_valid_are_replaced_and_counted_over_all_files() -> None:
    a, b = write("a.txt", RUSSIAN.encode() + b"\xff"), write("b.txt", ARABIC.encode() + b"\xc3(\xff")
    table = read(a, b)
    assert texts(table) == {"a.txt": RUSSIAN + "\ufffd", "b.txt": ARABIC + "\ufffd(\ufffd"}
    assert notes(table) == {"bytes that are not valid utf-8, replaced": 3}


def test_one_word_is_a_document_and_three_megabytes_on_one_line_are() -> None:
    long = RUSSIAN.strip() * 25_000
    assert texts(read(write("a.txt", "Baths"), write("b.txt", long))) == {"a.txt": "Baths", "b.txt": long}


def test_lone_surrogates_become_replacement_characters() -> None:
    table = read(Text("so\ud800", doc="\udcffa", title="\ud800"))
    row = table.to_pylist()[0]
    assert (row["doc"], row["text"], row["title"]) == ("\ufffda", "so\ufffd", "\ufffd")
    assert notes(table) == {"characters that are not valid Unicode, replaced": 3}


writable = st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("\n\r\t\x0b\x0c"), max_size=200)


@given(writable, st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_any_text_comes_back_from_a_file(text: str, encoding: str) -> None:
    text = f"a{text}"
    with TemporaryDirectory() as folder:
        path = Path(folder, "a.txt")
        path.write_bytes(text.encode(encoding))
        assert texts(read(path)) == {"a.txt": text}


@given(st.lists(st.text().filter(lambda text: text.strip()), min_size=1, max_size=5))
def test_any_text_comes_back_from_json_lines(lines: list[str]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, "a.jsonl")
        path.write_text("".join(json.dumps({"doc": f"{n}", "text": line}) + "\n" for n, line in enumerate(lines)))
        assert list(texts(read(path)).values()) == lines


def test_the_line_that_names_another_source_is_found_in_plain_texts_too() -> None:
    line = "This article first appeared in the Harrow Gazette."
    table = read(write("a.txt", f"{ENGLISH}\n{line}\n"), write("b.txt", ENGLISH))
    assert table["attribution"].to_pylist() == [line, None]


# Ids


def test_two_files_of_one_name_are_called_by_their_paths_as_given() -> None:
    table = read(write("one/a.txt", ENGLISH), Path(write("two/a.txt", RUSSIAN)), write("two/b.txt", ARABIC))
    assert texts(table) == {"one/a.txt": ENGLISH, "two/a.txt": RUSSIAN, "b.txt": ARABIC}


def test_rows_of_two_tables_of_one_name_are_told_apart_too() -> None:
    table = read(write("one/a.csv", "text\nfirst\n"), write("two/a.csv", "text\nsecond\n"))
    assert texts(table) == {"one/a.csv#1": "first", "two/a.csv#1": "second"}


def test_a_path_as_given_may_be_the_name_of_another_file() -> None:
    write("one/two/a.txt", ENGLISH)
    sources: list[Source] = ["one", write("two/a.txt", RUSSIAN), write("three/a.txt", ARABIC)]
    for order in itertools.permutations(sources):
        assert texts(read(*order)) == {"one/two/a.txt": ENGLISH, "two/a.txt": RUSSIAN, "three/a.txt": ARABIC}


def test_a_file_may_be_called_like_a_row() -> None:
    """What nothing else tells apart gets a number."""
    write("pile/x.csv", "text\nfirst\nsecond\n")
    write("pile/x.csv#1", ENGLISH)
    write("pile/x.csv#3", RUSSIAN)
    assert texts(read("pile")) == {
        "pile/x.csv#1": "first",
        "pile/x.csv#2": "second",
        "pile/x.csv#1 (2)": ENGLISH,
        "x.csv#3": RUSSIAN,
    }


def test_a_file_yields_to_an_id_of_the_users() -> None:
    write("pile/a.txt", ENGLISH)
    write("b.txt", RUSSIAN)
    sources: list[Source] = ["pile", "b.txt", Text("own", doc="a.txt"), Text("own", doc="b.txt")]
    for order in itertools.permutations(sources):
        assert texts(read(*order)) == {"a.txt": "own", "pile/a.txt": ENGLISH, "b.txt": "own", "b.txt (2)": RUSSIAN}


def test_an_id_does_not_depend_on_whether_another_file_can_be_read() -> None:
    write("one/a.txt", ENGLISH)
    write("two/a.txt", "")
    assert texts(read("one", "two")) == {"one/a.txt": ENGLISH}


def test_the_folder_of_a_run_does_not_become_a_part_of_the_pile() -> None:
    """Reading again what one has worked on gives the same, and says what was left out."""
    write("a.txt", ENGLISH)
    before = read(".")
    Path("run").mkdir()
    catalog.make(Path("run"))
    write("run/report.txt", RUSSIAN)
    assert read(".").equals(before)
    assert notes(read(".")) == {"folders of earlier runs, left out": 1}


def test_equal_files_under_two_names_are_both_read() -> None:
    table = read(write("a.txt", ENGLISH), write("b.txt", ENGLISH))
    assert texts(table) == {"a.txt": ENGLISH, "b.txt": ENGLISH}
    assert len(set(table["sha256"].to_pylist())) == 1


@pytest.mark.parametrize("again", ["a.txt", "./a.txt", "sub/../a.txt", "{cwd}/a.txt"])
def test_a_file_that_is_given_twice_is_an_error_that_names_both(again: str) -> None:
    write("sub/other.txt", RUSSIAN)
    again = again.format(cwd=os.getcwd())
    for sources in ([write("a.txt", ENGLISH), again], [again, "a.txt"]):
        with pytest.raises(ClashError, match="given twice") as caught:
            read_documents(sources)
        assert sorted(caught.value.where.split(" and ")) == sorted(["a.txt", again])


def test_tables_without_ids_are_told_apart_by_what_they_hold() -> None:
    """In any order the same ids; two tables of the same texts are a clash."""
    a, b = pa.table({"text": [ENGLISH]}), pa.table({"text": [RUSSIAN]})
    assert read_documents([a, b]).equals(read_documents([b, a]))
    assert len(set(read_documents([a, b]).column("doc").to_pylist())) == 2
    with pytest.raises(ClashError):
        read_documents([a, a.slice(0)])


@pytest.mark.parametrize(
    ("sources", "doc", "where"),
    [
        ([Text("a", doc="x"), Text("b", doc="x")], "x", "Text(doc='x') and Text(doc='x')"),
        (["rows.csv", Text("c", doc="k")], "k", "Text(doc='k') and rows.csv#2"),
        ([pa.table({"id": [1, 1], "text": ["a", "b"]})], "1", "table#1 and table#2"),
    ],
)
def test_two_documents_of_one_id_are_an_error_that_names_both_places(
    sources: list[Source], doc: str, where: str
) -> None:
    write("a.txt", ENGLISH)
    write("rows.csv", "doc,text\nj,one\nk,two\n")
    for order in itertools.permutations(sources):
        with pytest.raises(ClashError) as caught:
            read_documents(order, options=IN_ENGLISH)
        assert repr(doc) in caught.value.what
        assert caught.value.where == where


@pytest.mark.parametrize("parts", [1, 2, 7])
def test_neither_the_order_of_the_sources_nor_the_engine_changes_the_result(parts: int) -> None:
    sources: list[Any] = [
        write("a.txt", ENGLISH),
        write("one/b.txt", RUSSIAN.encode() + b"\xff"),
        write("two/b.txt", ARABIC.encode() + b"\xff"),
        write("empty.txt", ""),
        write("rows.jsonl", '{"text": "first"}\n{\n{"text": " "}\n'),
        Text(CHINESE, doc="t", published="some day"),
        pa.table({"text": ["row", ""]}),
    ]
    expected = read_documents(sources)
    engine = LocalEngine(parts=parts, workers=2)
    for order in (sources[::-1], sources[3:] + sources[:3]):
        assert read_documents(order, engine=engine).equals(expected, check_metadata=True)


# What is not read


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("empty.txt", b"", "it is empty."),
        ("empty.csv", b"", "it is empty."),
        ("blank.txt", b" \n\t\r\n", "it holds nothing but white space."),
        (
            "nul.txt",
            b"some words\x00 and more words",
            BINARY,
        ),
        ("noise.dat", bytes(range(1, 256)) * 4, BINARY),
        ("paper.txt", b"%PDF-1.4\n1 0 obj", "it is damaged or cut off: its pages cannot be found."),
        ("letter.txt", b"{\\rtf1\\ansi Dear", "it is an old office document, which stemmata does not read."),
        ("pack.txt", b"PK\x03\x04 and no more", "its zip archive is damaged: File is not a zip file."),
        ("names.csv", b"id,text\n", "it has no rows."),
        ("none.json", b"[]", "it has no rows."),
        ("body.csv", b"id,body\n1,x\n", "it has no column 'text'; its columns: 'id', 'body'."),
        ("long.txt", b"x" * 101, "it has 101 bytes, and the limit is 100."),
    ],
)
def test_a_file_that_is_not_read_is_skipped_with_the_reason(name: str, data: bytes, reason: str) -> None:
    write("good.txt", ENGLISH)
    limit = 100
    table = read("good.txt", write(name, data), limit_bytes=limit if name == "long.txt" else 10_000)
    assert skipped(table) == {name: reason}
    assert texts(table) == {"good.txt": ENGLISH}
    alone = read(name, limit_bytes=limit if name == "long.txt" else 10_000)
    assert (alone.num_rows, skipped(alone)) == (0, {name: reason})
    assert alone.schema.equals(schemas.DOCUMENTS.arrow)


def test_rows_without_text_are_skipped_by_their_number() -> None:
    write("rows.jsonl", '{"text": "one"}\n{"text": null}\n{"text": " \\n"}\n{"title": "x"}\n{"text": 7}\n')
    table = read("rows.jsonl", pa.table({"text": [None, "two", ""]}), Text("\u3000", doc="t"))
    assert texts(table) == {"rows.jsonl#1": "one", "table#2": "two"}
    rows = ["Text(doc='t')", *(f"rows.jsonl#{n}" for n in (2, 3, 4, 5)), "table#1", "table#3"]
    assert skipped(table) == dict.fromkeys(rows, "it has no text.")


def test_a_hundred_rows_without_text_are_named_and_the_others_counted() -> None:
    name = write("far/rows.jsonl", '{"text": "one"}\n' + '{"text": ""}\n' * 1_300 + "x\n" * 101)
    told = schemas.remarks([read(name, *(Text(" ", doc=f"t{n}") for n in range(150)))], "skipped").to_pylist()
    assert sum(row["uri"].startswith("Text") for row in told) == 150
    assert len(told) == 150 + 2 * 101
    assert {row["reason"] for row in told if row["uri"] == name} == {
        "1,200 more of its rows are not read: 1,200 that have no text.",
        "1 more of its rows are not read: 1 that are not JSON.",
    }


def test_bad_rows_are_named_by_file_and_line() -> None:
    table = read(write("far/rows.jsonl", '{"text": "one"}\nnot JSON\n{"text": "three"}\n'))
    assert texts(table) == {"rows.jsonl#1": "one", "rows.jsonl#3": "three"}
    assert list(skipped(table)) == ["far/rows.jsonl#2"]
    assert skipped(table)["far/rows.jsonl#2"].startswith("line 2 is not JSON")


def test_a_table_at_hand_that_holds_no_texts_is_skipped() -> None:
    assert skipped(read(pd.DataFrame({"body": ["x"]}))) == {"table": "it has no column 'text'; its columns: 'body'."}
    assert skipped(read(pa.table({"text": pa.array([], pa.string())}))) == {"table": "it has no rows."}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_pipes_and_devices_are_never_opened() -> None:
    os.mkfifo("pipe")
    reason = "it is a device, a pipe or a socket."
    assert skipped(read("pipe", "/dev/zero")) == {"pipe": reason, "/dev/zero": reason}


def test_a_link_given_by_name_is_read() -> None:
    write("a.txt", ENGLISH)
    os.symlink("a.txt", "b.txt")
    assert texts(read("a.txt", "b.txt")) == {"a.txt": ENGLISH, "b.txt": ENGLISH}


def test_a_file_that_may_not_be_read_is_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    write("secret.txt", ENGLISH)

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("builtins.open", refuse)  # file modes do not bind root
    assert skipped(read("secret.txt")) == {"secret.txt": "it cannot be opened: Permission denied."}


def test_links_in_a_circle_are_skipped() -> None:
    os.symlink("b.txt", "a.txt")
    os.symlink("a.txt", "b.txt")
    assert skipped(read("a.txt")) == {"a.txt": "it is a link that leads back to itself."}


@pytest.mark.parametrize("path", ["nowhere.txt", "a.txt/b.txt", "", "a\x00b", "words " * 2000, "broken link"])
def test_a_file_that_is_not_there_is_an_error_also_among_others(path: str) -> None:
    write("a.txt", ENGLISH)
    os.symlink("gone.txt", "broken link")
    for source in (path, ["a.txt", path]):
        with pytest.raises(MissingSource, match="not there") as caught:
            read_documents(source)
        assert caught.value.where == (path[:200] or "''")
        assert "Text(" in caught.value.mend


def test_all_that_is_missing_is_named_at_once() -> None:
    with pytest.raises(MissingSource, match="2 sources are not there") as caught:
        read_documents(["y.txt", "x.txt"])
    assert caught.value.where == "x.txt, y.txt"


def test_names_of_files_that_are_no_unicode_are_read() -> None:
    path = os.fsdecode(b"caf\xe9.txt")
    try:
        write(path, ENGLISH)
    except OSError:
        pytest.skip("this file system knows only Unicode")
    other = write(os.fsdecode(b"caf\xe8.txt"), RUSSIAN)
    literal = write("caf%E8.txt", CHINESE)
    assert texts(read(path, other)) == {"caf%E9.txt": ENGLISH, "caf%E8.txt": RUSSIAN}
    for order in ((other, literal), (literal, other)):
        assert len(texts(read(*order))) == 2
        assert read(*order).equals(read(other, literal))


# Options


def test_the_limit_is_on_bytes_and_counts_before_the_file_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    write("a.txt", RUSSIAN)
    size = len(RUSSIAN.encode())
    assert texts(read("a.txt", limit_bytes=size)) == {"a.txt": RUSSIAN}
    monkeypatch.setattr("stemmata.readers.files.open", None, raising=False)
    assert list(skipped(read("a.txt", limit_bytes=size - 1))) == ["a.txt"]


def test_a_language_is_the_options_else_the_documents_else_found_out() -> None:
    sources = [Text(RUSSIAN, doc="a"), Text(RUSSIAN, doc="b", language="uk"), Text("Бани", doc="c")]
    assert read_documents(sources)["language"].to_pylist() == ["ru", "uk", None]
    forced = read_documents(sources, options=DocumentOptions(language="bg"))
    assert forced["language"].to_pylist() == ["bg"] * 3


def test_what_letters_tell_goes_before_what_a_page_declares_and_behind_what_a_row_says() -> None:
    """A page has its language from a template, a row of a table from somebody who knows."""
    for name, text, language in (("a", RUSSIAN, "en"), ("b", "42 : 17", "el")):
        write(f"{name}.html", f'<!DOCTYPE html><html lang="{language}"><body><p>{text}</p></body></html>')
    write("rows.jsonl", json.dumps({"text": RUSSIAN, "language": "uk"}) + "\n" + json.dumps({"text": RUSSIAN}))
    write("said.csv", "doc,language\na.html,bg\n")
    languages = read("a.html", "b.html", "rows.jsonl", language=None)["language"].to_pylist()
    assert languages == ["ru", "el", "uk", "ru"]
    told = read_documents(["a.html", "b.html"], metadata="said.csv")
    assert told["language"].to_pylist() == ["bg", "el"]


def test_the_detector_is_not_loaded_where_the_language_is_known() -> None:
    program = (
        "import sys\n"
        "from stemmata.documents import DocumentOptions, Text, read_documents\n"
        f"read_documents(Text({ENGLISH!r}, doc='a', language='en'))\n"
        f"read_documents(Text({ENGLISH!r}, doc='a'), options=DocumentOptions(language='en'))\n"
        "print([name for name in sys.modules if 'langid' in name])"
    )
    paths = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=paths)
    assert ran.stdout == "[]\n"


@pytest.mark.parametrize(
    "options",
    [
        {"limit_bytes": 0},
        {"limit_bytes": 2**31},
        {"limit_pages": 0},
        {"limit_nesting": 2_001},
        {"limit_depth": -1},
        {"limit_ratio": 0.5},
        {"limit_files": 0},
        {"limit_seconds": 0},
        {"language": "english"},
        {"language": "EN"},
    ],
)
def test_options_out_of_their_range_are_refused(options: dict[str, Any]) -> None:
    with pytest.raises(OptionError, match=next(iter(options))):
        DocumentOptions(**options)


# Workers, and what is left when nobody waits


def test_many_small_files_take_no_more_memory_than_their_texts_need() -> None:
    """Tables of one row each are put together, in their order, with what was remarked on them."""
    for number in range(300):
        write(f"{number:03}.txt", b"\0" if number % 3 == 0 else "Flut am Wehr: für alle".encode("latin-1"))
    write("200 large.txt", "Dry. " * 20_000)
    table = read_documents(".", engine=LocalEngine(workers=1, parts=1))
    assert table["doc"].to_pylist() == sorted(table["doc"].to_pylist())
    assert table.num_rows == 201
    assert table["text"].num_chunks < 20
    assert len(skipped(table)) == 100
    notes = schemas.remarks([table], "notes").to_pylist()
    assert sum(row["count"] for row in notes if "by guess" in row["what"]) == 200


def test_small_texts_are_read_without_another_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolation, "_take", lambda: pytest.fail("a process was asked"))
    write("a.txt", ENGLISH)
    with zipfile.ZipFile("b.zip", "w") as archive:
        archive.writestr("b.txt", RUSSIAN)
    assert texts(read("a.txt", "b.zip")) == {"a.txt": ENGLISH, "b.txt": RUSSIAN}


def test_processes_are_given_back_when_all_is_read() -> None:
    write("a.html", f"<!doctype html><title>Baths</title><article><p>{ENGLISH * 4}</p></article>")
    assert read("a.html").num_rows == 1
    assert not isolation._all


def test_after_ctrl_c_no_thread_reads_on() -> None:
    class Interrupted(LocalEngine):
        """Ctrl-C comes while its threads have their parts before them."""

        def map(self, function: Callable[..., Any], table: pa.Table, *shared: object, **_: Any) -> pa.Table:
            parts.append(partial(function, table, *shared))
            raise KeyboardInterrupt

    parts: list[Callable[[], Any]] = []
    write("a.txt", ENGLISH)
    with pytest.raises(KeyboardInterrupt):
        read_documents("a.txt", engine=Interrupted())
    assert [sum(table.num_rows for table in part()) for part in parts] == [0]


def test_each_document_says_where_it_stands() -> None:
    """So that a second pass over the sources finds its row again, with columns that documents do not have."""
    write("pile/rows.jsonl", '{"id": "x", "text": "one"}\n\n{"text": "two"}\n')
    write("pile/page.txt", ENGLISH)
    with zipfile.ZipFile("pile/press.zip", "w") as archive:
        archive.writestr("in/rows.csv", "text\nthree\nfour\n")
    at_hand = pa.table({"doc": ["y"], "text": ["five"]})
    placed = read_placed_documents(["pile", at_hand, Text(RUSSIAN, doc="z")], options=IN_ENGLISH)
    assert placed.schema.equals(schemas.PLACED_DOCUMENTS.arrow)
    rows = {row["doc"]: row for row in placed.to_pylist()}
    columns = ("source", "uri", "path", "member", "row")
    assert {doc: tuple(row[column] for column in columns) for doc, row in rows.items()} == {
        "page.txt": (0, "pile/page.txt", b"pile/page.txt", None, None),
        "press.zip/in/rows.csv#1": (0, "pile/press.zip/in/rows.csv", b"pile/press.zip", "in/rows.csv", 1),
        "press.zip/in/rows.csv#2": (0, "pile/press.zip/in/rows.csv", b"pile/press.zip", "in/rows.csv", 2),
        "rows.jsonl#3": (0, "pile/rows.jsonl", b"pile/rows.jsonl", None, 3),
        "x": (0, "pile/rows.jsonl", b"pile/rows.jsonl", None, 1),
        "y": (1, "table", None, None, 1),
        "z": (2, "Text(doc='z')", None, None, None),
    }
    assert placed.select(schemas.DOCUMENTS.arrow.names).equals(
        read_documents(["pile", at_hand, Text(RUSSIAN, doc="z")], options=IN_ENGLISH)
    )
