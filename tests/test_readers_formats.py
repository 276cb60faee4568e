"""Formats: found by the bytes, then by the name; what cannot be read yet is named."""

import dataclasses
import inspect
import io
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module

import pyarrow as pa
import pyarrow.parquet
import pytest

from stemmata.errors import SourceError
from stemmata.readers import EITHER, EITHER_MARKDOWN, FORMATS, LARGE_BYTES, NEVER, PLAIN, find_format
from stemmata.readers.contents import place_lines, read_as
from stemmata.readers.limits import Limits
from stemmata.readers.lines import Lines
from stemmata.readers.places import Address
from stemmata.readers.plain import read_plain

OBJECT = b'{"text": "The weir gave way."}'


def parquet() -> bytes:
    sink = io.BytesIO()
    pyarrow.parquet.write_table(pa.table({"text": ["The weir gave way."]}), sink)
    return sink.getvalue()


def stream() -> bytes:
    sink = io.BytesIO()
    with pa.ipc.new_stream(sink, pa.schema([("text", pa.string())])):
        pass
    return sink.getvalue()


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (parquet(), "application/vnd.apache.parquet"),
        (stream(), "application/vnd.apache.arrow.file"),
        (OBJECT, "application/x-ndjson"),
        (OBJECT + b"\n" + OBJECT, "application/x-ndjson"),
        (b"\n \n" + OBJECT + b"\r\n", "application/x-ndjson"),
        (OBJECT.decode().encode("utf-16"), "application/x-ndjson"),
        (OBJECT.replace(b"way", b"way" * 9999), "application/x-ndjson"),
        (b'{\n"text": "x"\n}', "application/json"),
        (b"[" + OBJECT + b"]", "application/json"),
        (b"[\n  " + OBJECT + b"]", "application/json"),
        (b"The weir gave way.", "text/plain"),
        (b"PAR1 is a gene, and ARROW1 a name.", "text/plain"),
        (b"ARROW1 is a name.", "text/plain"),
        ("яяяяя, сказала она".encode("cp1251"), "text/plain"),
        (b"[[Weir]] is a link, [{x}] is none", "text/plain"),
        (b"{curly} words", "text/plain"),
        (b'{"He said":', "application/json"),
        (b"text,doc\na,b", "text/plain"),
        (b"<p>a fragment", "text/plain"),
        (b"%PDF-1.7\n%\xe2\xe3", "application/pdf"),
        (b"<!DOCTYPE html><title>Weir</title>", "text/html"),
        (b"\xef\xbb\xbf\n<!-- saved -->\n<html lang=en>", "text/html"),
        ("<html><body>Плотина".encode("utf-16"), "text/html"),
        (b'<?xml version="1.0"?>\n<html xmlns="x">', "text/html"),
        (b'<?xml version="1.0"?>\n<TEI>', "application/tei+xml"),
        (b'<?xml version="1.0"?>\n<TEI.2>', "application/xml"),
        (b'<?xml version="1.0"?>\n<alto>', "application/alto+xml"),
        (b'<?xml version="1.0"?>\n<PcGts>', "application/vnd.prima.page+xml"),
        (b"<html><meta name='ocr-system'>", "text/vnd.hocr+html"),
    ],
)
def test_bytes_tell_the_format_whatever_the_name(data: bytes, media_type: str) -> None:
    assert find_format(data, "article.dat").media_type == media_type


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("a.csv", "text/csv"),
        ("A.CSV", "text/csv"),
        ("a.tsv", "text/tab-separated-values"),
        ("a.jsonl", "application/x-ndjson"),
        ("a.ndjson", "application/x-ndjson"),
        ("a.json", "application/json"),
        ("a.html", "text/html"),
        ("a.txt", "text/plain"),
        ("README", "text/plain"),
    ],
)
def test_names_tell_what_the_bytes_do_not(name: str, media_type: str) -> None:
    assert find_format(b"doc;text", name).media_type == media_type


@pytest.mark.parametrize("name", ["a.csv.gz", "A.CSV.BZ2", "a.csv.xz", "a.csv.zst", "a.csv.gz.gz"])
def test_what_a_name_says_of_compression_is_passed_over(name: str) -> None:
    """Browsers unpack what they load, and keep the name."""
    assert find_format(b"doc;text", name).media_type == "text/csv"


def test_bytes_go_before_names() -> None:
    assert find_format(OBJECT, "a.csv").media_type == "application/x-ndjson"
    assert find_format(b"[" + OBJECT + b"]", "a.jsonl").media_type == "application/json"


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"7z\xbc\xaf\x27\x1c\x00\x04", "a 7z archive"),
        (b"Rar!\x1a\x07\x01\x00", "a RAR archive"),
        (b"\x1f\x9d\x90\x54", "compressed"),
        (b"\x04\x22\x4d\x18\x64", "compressed"),
        (b"\x89PNG\r\n\x1a\n", "an image"),
        (b"\xff\xd8\xff\xe0", "an image"),
        (b"{\\rtf1\\ansi", "an old office document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"),
        (b'<?xml version="1.0"?>\n<catalogue>', "XML"),
        (b'<?xml version="1.0"?>\n<mets xmlns:x="y">', "METS, a list of files"),
        (b"<m:mets>", "METS, a list of files"),
    ],
)
def test_a_format_that_is_not_read_is_named_with_what_to_do(data: bytes, what: str) -> None:
    with pytest.raises(SourceError, match=f"it is {what}, which stemmata does not read") as caught:
        find_format(data, "article.txt").read(data)
    assert caught.value.mend


def test_plain_text_is_what_is_left() -> None:
    assert PLAIN not in FORMATS
    assert find_format(b"anything", "anything") is PLAIN


def test_comments_without_end_are_looked_at_once() -> None:
    """A pattern that tried them in every combination would not come back."""
    data = b"<!---->" * 450 + b"The weir gave way."
    assert find_format(data, "weir").media_type == "text/plain"
    assert find_format(b"<!---->" * 450 + b"<html>", "weir").media_type == "text/html"


@pytest.mark.parametrize("name", ["notes.txt", "NOTES.TEXT", "notes.md"])
@pytest.mark.parametrize(
    ("data", "media_types", "texts"),
    [
        (b'{"mill": "Harrow"} is what the card said.\n', ["text/plain"], None),
        (b'{"text": "The weir."}\nThat was the whole card.\n', ["text/plain"], None),
        (b'[{"text": "The weir."}] and no more.\n', ["text/plain"], None),
        (b'{"text": "The weir."}\n\n{"text": "The mill."}', ["application/x-ndjson"] * 2, ["The weir.", "The mill."]),
        (b'[{"text": "The weir."},\n{"text": "The mill."}]', ["application/json"] * 2, ["The weir.", "The mill."]),
        (b'{\n"text": "The weir."}', ["application/json"], ["The weir."]),
    ],
)
def test_what_is_named_as_text_is_json_only_if_all_of_it_is(
    name: str, data: bytes, media_types: list[str], texts: list[str] | None
) -> None:
    kind = find_format(data, name)
    rows = kind.read(data)
    text = data.decode()
    if name.endswith(".md"):
        media_types = [one.replace("plain", "markdown") for one in media_types]
        text = text.strip()
    assert [own or kind.media_type for own in rows["media_type"].to_pylist()] == media_types
    assert rows["text"].to_pylist() == (texts or [text])


def test_large_files_of_any_format_are_read_in_a_process_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small ones are not: to start a process takes longer."""
    asked: list[str] = []

    def read_isolated(reader: Callable[[bytes], pa.Table], data: bytes, *, seconds: float) -> pa.Table:
        asked.append(f"{reader.__name__} within {seconds:g} seconds")
        return reader(data)

    monkeypatch.setattr("stemmata.readers.contents.read_isolated", read_isolated)
    for name in ("weir.txt", "weir.csv", "weir.jsonl"):
        row = b'{"text": "The weir gave way."}\n' if name.endswith("l") else b"text\n"
        for data in (row, row + b" " * LARGE_BYTES):
            with suppress(SourceError):
                read_as(find_format(data, name), data, Limits(seconds=7))
    readers = ("read_plain", "read_delimited", "read_json_lines")
    assert asked == [f"{reader} within 7 seconds" for reader in readers]
    with pytest.raises(SourceError, match="it is an image"):
        read_as(find_format(b"GIF89a", ""), b"GIF89a" * LARGE_BYTES, Limits())


def test_json_lines_of_very_many_lines_are_read_in_a_process_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Others are read here up to some megabytes; of two letters each, they would take a thread for many seconds."""
    asked: list[int] = []

    def read_isolated(reader: Callable[..., pa.Table], data: bytes, **keywords: object) -> pa.Table:
        asked.append(len(data))
        return reader(data, first=keywords["first"], encoding=keywords["encoding"])

    monkeypatch.setattr("stemmata.readers.contents.read_isolated", read_isolated)
    monkeypatch.setattr("stemmata.readers.contents.MANY_LINES", 10)
    line = b'{"text": "%b"}\n' % (b"weir " * 30_000)
    few, many = line * 10, line * 11
    read = list(place_lines([Lines(1, few), Lines(11, many)], Address("a", "a"), Limits()))
    assert [table.num_rows for table in read] == [10, 11]
    assert asked == [len(many)]


@pytest.mark.parametrize("data", [b" \r\n\t", "\ufeff".encode(), "\u3000\u00a0".encode(), "\n".encode("utf-16")])
def test_a_plain_text_of_white_space_is_refused(data: bytes) -> None:
    with pytest.raises(SourceError, match="white space"):
        read_plain(data)


def test_what_c_code_parses_is_isolated_and_read_by_a_function_of_a_module() -> None:
    """A worker finds a reader by its name."""
    isolated = {one.media_type for one in FORMATS if not one.isolated_from}
    assert {"text/html", "application/pdf", "application/vnd.apache.parquet"} < isolated
    assert not isolated & {"text/csv", "application/json", "application/x-ndjson"}
    for one in (*FORMATS, PLAIN, EITHER, EITHER_MARKDOWN):
        if one.isolated_from < NEVER:
            assert getattr(import_module(one.read.__module__), one.read.__qualname__) is one.read


def test_bounds_are_limits_and_keywords_of_the_reader() -> None:
    limits = {field.name for field in dataclasses.fields(Limits)}
    for one in FORMATS:
        assert set(one.bounded) <= limits
        assert {*one.bounded, *(["about"] if one.tabular else [])} <= inspect.signature(one.read).parameters.keys()
