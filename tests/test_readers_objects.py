"""JSON Lines read by a kernel: the same rows and remarks as without it, whatever the lines are."""

from __future__ import annotations

import json
import random
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemmata.errors import SourceError
from stemmata.kernels.utf8 import CUT_OFF, INVALID, VALID, count_lines, is_utf8
from stemmata.readers import jsonlines, objects
from stemmata.readers.called import ITSELF
from stemmata.readers.jsonlines import read_json_lines
from stemmata.readers.objects import read_objects
from tests.texts import texts

NAMES = ("text", "text", "id", "doc", "title", "date", "ours", "language", "lineage", "url", "", "te\\xt", "название")
PLAIN = '{"id": "a", "text": "The ferry ran aground at dawn."}'

values: st.SearchStrategy[Any] = st.recursive(
    st.one_of(texts, st.text(max_size=90), st.none(), st.booleans(), st.integers(), st.floats(allow_nan=True)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=4,
)
dates = st.sampled_from(["2024-03-01", "2024-03-01T12:00:00Z", "never", ""])
objects_: st.SearchStrategy[dict[str, Any]] = st.dictionaries(st.sampled_from(NAMES), values | dates, max_size=6)
plain: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {"text": texts | st.text(max_size=300)},
    optional={
        "id": st.integers(-(10**19), 10**19) | st.text(max_size=5),
        "title": texts | st.none(),
        "date": dates,
        "ours": st.booleans() | st.none(),
        "tags": values,
    },
)
separators = st.sampled_from([(", ", ": "), (",", ":"), (" ,\t", "\r:  ")])
ends = st.sampled_from(["\n", "\n", "\r\n", "\n\n", " \n\t\n", "\n\x0b\n", " ", ""])


@st.composite
def lines(draw: st.DrawFn, records: st.SearchStrategy[dict[str, Any]] = plain | objects_) -> bytes:
    """Objects, most of them one a line."""
    parts = []
    for record in draw(st.lists(records, max_size=5)):
        ascii_ = draw(st.booleans())
        parts += [json.dumps(record, ensure_ascii=ascii_, separators=draw(separators)), draw(ends)]
    return "".join(parts).encode("utf-8", "surrogatepass")


def read(data: bytes, first: int, called: dict[str, str]) -> Any:
    """The rows and all remarks on them, or why there are none."""
    try:
        table = read_json_lines(data, first=first, called=called, encoding="utf-8")
    except SourceError as error:
        return error.what, error.mend
    return table.to_pylist(), table.schema.metadata


def both(data: bytes, first: int = 1, called: dict[str, str] | None = None) -> tuple[Any, Any]:
    """What is read with the kernel, and what without."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jsonlines, "FEWEST_BYTES", 0)
        found = read(data, first, called or {})
        patch.setattr(jsonlines, "read_objects", lambda *_: None)
        return found, read(data, first, called or {})


@given(lines(), st.integers(1, 10**6))
def test_rows_are_those_that_are_read_without_it(data: bytes, first: int) -> None:
    found, expected = both(data, first)
    assert repr(found) == repr(expected)  # of a NaN, too


@given(lines(plain), st.data())
def test_a_byte_that_is_changed_is_met_alike(data: bytes, draws: st.DataObject) -> None:
    """Cut off, doubled, or another one put in its place."""
    at = draws.draw(st.integers(0, max(0, len(data) - 1)))
    other = draws.draw(
        st.sampled_from([b"", b'"', b"\\", b"{", b"}", b"[", b",", b":", b"\n", b"\0", b"\xff", b"1", b" "])
    )
    for changed in (data[:at], data[:at] + other + data[at + 1 :], data[:at] + other + data[at:]):
        found, expected = both(changed)
        assert repr(found) == repr(expected)


@given(lines(), st.sampled_from([{"text": "title"}, {"doc": "url"}, {"text": "body", "doc": "text"}]))
def test_columns_may_be_called_otherwise(data: bytes, called: dict[str, str]) -> None:
    found, expected = both(data, 1, called)
    assert repr(found) == repr(expected)


READ = [
    PLAIN,
    f"\n \r\n{PLAIN}\n\n{PLAIN}",
    '{"text": "a\\"b\\\\c\\/d\\b\\f\\n\\r\\t\\u00e9\\u4e2d\\ud83d\\ude80"}',
    '{"text": "' + "é中🚀" * 50 + '\\n"}',
    '{"text": "x", "id": 7, "n": -1.5e+10, "tags": [[], {}, [{"a": [1, "\\u00e9"], "b": null}], true]}',
    '{"text": "x", "id": null}\n{"id": "007", "text": "y"}\n{"text": null}',
    '{"text": "x", "ours": true, "date": "2024-03-01"}\n{"text": "y", "ours": false}',
    '{"text": "x", ' + ", ".join(f'"n{n}": {n}' for n in range(100)) + "}",
]
LEFT = [
    "",
    "[]",
    '{"text": "x"} {"text": "y"}',
    '{"text": "x"\n}',
    '{"text": "x",}',
    '{"text": "x", "text": "y"}',
    '{"te\\u0078t": "x"}',
    '{"text": "\\ud83d"}',
    '{"text": "\\u0000"}',
    '{"text": "\\x"}',
    '{"text": "a\tb"}',
    '{"text": 7}',
    '{"text": "x", "date": 7}',
    '{"text": "x", "id": -0}',
    '{"text": "x", "id": 1.0}',
    '{"text": "x", "id": 12345678901234567890}',
    '{"text": "x", "id": 1}\n{"text": "y", "id": "1"}',
    '{"text": "x", "lineage": ["a"]}',
    '{"text": "x", "n": 01}',
    '{"text": "x", "n": NaN}',
    '{"text": "x", "n": [1,]}',
    '{"text": "x", "n": [1}',
    '{"text": "x", "n": ' + "[" * 70 + "]" * 70 + "}",
    '{"title": "x"}',
    "\x0b\n" + PLAIN,
]


@pytest.mark.parametrize("text", READ)
def test_what_is_plain_is_read(text: str) -> None:
    assert read_objects(text.encode(), 1, ITSELF) is not None
    found, expected = both(text.encode())
    assert found == expected


@pytest.mark.parametrize("text", LEFT)
def test_what_is_not_is_left_to_others(text: str) -> None:
    assert read_objects(text.encode(), 1, ITSELF) is None
    found, expected = both(text.encode())
    assert found == expected


def test_bytes_that_are_not_utf8_and_a_byte_order_mark_are_met_as_before() -> None:
    assert read_objects(PLAIN.encode().replace(b"dawn", b"d\xe4wn"), 1, ITSELF) is None
    for data in (PLAIN.encode().replace(b"dawn", b"d\xe4wn"), b"\xef\xbb\xbf" + PLAIN.encode()):
        found, expected = both(data)
        assert found == expected


def test_short_lines_are_more_than_there_is_room_for_at_first() -> None:
    data = b'{"text":"x"}\n' * 5_000
    table = read_objects(data, 3, ITSELF)
    assert table is not None
    assert table["row"].to_pylist() == list(range(3, 5_003))


def test_strings_of_all_lengths_end_where_they_end() -> None:
    """Sixty-four bytes are looked at at a time, and fewer at the end of the data."""
    for length in range(140):
        for tail in ("", "\\n", "é", '\\"'):
            data = json.dumps({"text": "x" * length}).replace('"}', f'{tail}"}}').encode()
            table = read_objects(data, 1, ITSELF)
            assert table is not None
            assert table["text"].to_pylist() == [json.loads(data)["text"]]


def test_texts_take_no_more_room_than_they_need() -> None:
    """Escapes are up to three times as long as what they stand for."""
    data = json.dumps({"text": "Бани закрыты. " * 1_000}).encode()
    table = read_objects(data, 1, ITSELF)
    assert table is not None
    assert table["text"].get_total_buffer_size() < 30_000


# UTF-8


def by_python(data: bytes) -> int:
    try:
        data.decode()
    except UnicodeDecodeError as error:
        cut_off = error.reason == "unexpected end of data" and error.end == len(data)
        return CUT_OFF if cut_off else INVALID
    return VALID


@given(st.binary(max_size=12), st.text(max_size=80), st.integers(0, 4), st.integers(0, 70))
def test_utf8_is_what_python_says_it_is(odd: bytes, text: str, cut: int, at: int) -> None:
    whole = text.encode("utf-8", "surrogatepass")
    for data in (odd, whole, whole[: len(whole) - cut], b"x" * at + whole[cut:], b"x" * at + whole + odd + b"y" * 64):
        assert is_utf8(np.frombuffer(data, np.uint8)) == by_python(data)


def test_every_pair_of_bytes_is_judged_as_python_judges_it() -> None:
    """At the beginning, across 64 bytes, and at the end; the first two bytes decide nearly all."""
    rest = (b"", b"\x80", b"\x80\x80", b"z")
    for first in range(0x80, 0x100):
        for second in (0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC2, 0xE1, 0xF1, 0xFF):
            for start in (0, 61, 62, 63, 64):
                data = b"x" * start + bytes([first, second]) + rest[(first + second) % 4]
                assert is_utf8(np.frombuffer(data, np.uint8)) == by_python(data)


def test_line_ends_are_counted() -> None:
    data = bytes(random.Random(7).choices(b"\n\nab\r", k=10_000))
    assert count_lines(np.frombuffer(data, np.uint8)) == data.count(b"\n")


def test_a_column_of_nothing_but_null_is_one_of_its_kind() -> None:
    table = objects.read_objects(b'{"text": "x", "ours": null, "lineage": null, "date": null}', 1, ITSELF)
    assert table is not None
    assert table.equals(read_json_lines(b'{"text": "x"}'))
    assert table["lineage"].type == pa.list_(pa.string())
