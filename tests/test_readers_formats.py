"""Formats: found by the bytes, then by the name; what cannot be read yet is named."""

import dataclasses
import inspect
import io
from importlib import import_module

import pyarrow as pa
import pyarrow.parquet
import pytest

from stemmata.errors import SourceError
from stemmata.readers import FORMATS, PLAIN, find_format
from stemmata.readers.limits import Limits
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
        (b'<?xml version="1.0"?>\n<TEI>', "application/xml"),
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


def test_bytes_go_before_names() -> None:
    assert find_format(OBJECT, "a.csv").media_type == "application/x-ndjson"
    assert find_format(b"[" + OBJECT + b"]", "a.jsonl").media_type == "application/json"


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"\x1f\x8b\x08\x00", "compressed"),
        (b"BZh91AY&SY", "compressed"),
        (b"\x28\xb5\x2f\xfd\x00", "compressed"),
        (b"\x89PNG\r\n\x1a\n", "an image"),
        (b"\xff\xd8\xff\xe0", "an image"),
        (b"{\\rtf1\\ansi", "an old office document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"),
        (b'<?xml version="1.0"?>\n<TEI>', "XML"),
    ],
)
def test_a_format_that_is_not_read_is_named_with_what_to_do(data: bytes, what: str) -> None:
    with pytest.raises(SourceError, match=f"it is {what}, which stemmata does not read") as caught:
        find_format(data, "article.txt").read(data)
    assert caught.value.mend


def test_plain_text_is_what_is_left() -> None:
    assert PLAIN not in FORMATS
    assert find_format(b"anything", "anything") is PLAIN


@pytest.mark.parametrize("data", [b" \r\n\t", "\ufeff".encode(), "\u3000\u00a0".encode(), "\n".encode("utf-16")])
def test_a_plain_text_of_white_space_is_refused(data: bytes) -> None:
    with pytest.raises(SourceError, match="white space"):
        read_plain(data)


def test_what_c_code_parses_is_isolated_and_read_by_a_function_of_a_module() -> None:
    """A worker finds a reader by its name."""
    isolated = {one.media_type for one in FORMATS if one.isolated}
    assert {"text/html", "application/pdf", "application/vnd.apache.parquet"} < isolated
    assert not isolated & {"text/csv", "application/json", "application/x-ndjson"}
    for one in FORMATS:
        if one.isolated:
            assert getattr(import_module(one.read.__module__), one.read.__qualname__) is one.read


def test_bounds_are_limits_and_keywords_of_the_reader() -> None:
    limits = {field.name for field in dataclasses.fields(Limits)}
    for one in FORMATS:
        assert set(one.bounded) <= limits
        assert {*one.bounded, *(["about"] if one.tabular else [])} <= inspect.signature(one.read).parameters.keys()
