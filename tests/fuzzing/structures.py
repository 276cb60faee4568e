"""Damage that leaves a file well-formed: to trees of XML, to values of JSON, to columns of tables."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable
from decimal import Decimal
from random import Random
from typing import Any

import pyarrow as pa
from lxml import etree

from tests.fuzzing import bundles, tokens
from tests.fuzzing.mutations import ENCODINGS

MOST_TIMES = 2_000
TEXTS = (
    "",
    " ",
    "\n",
    "-",
    "\u00ad",
    "\u202e",
    "0",
    "x" * 3_000,
    "a\tb",
    "Wehr-",
    "-1",
    "1e9",
    "\ufffd",
    "مرحبا",
    "𐏿",
    "]]>",
    "&amp;",
    "\u200b",
)
VALUES: tuple[Any, ...] = (
    *(
        None,
        True,
        False,
        0,
        -1,
        1,
        2**31,
        2**63,
        -(2**63),
        10**18,
        10**400,
        0.1,
        1e308,
        float("nan"),
        float("inf"),
        "",
        " ",
        "\n",
        "x",
    ),
    *(
        "\ud800",
        "\udfff\ud800",
        "\0",
        "2021-05-03",
        "9999-12-31T23:59:59-14:00",
        "0001-01-01T00:00:00+14:00",
        "en",
        "English",
        [],
        {},
        [None],
        [[]],
    ),
    *(
        [{"offset": 5, "label": "a"}, {"offset": 1, "label": "b"}],
        [[2**62, "x"]],
        [{"offset": -1, "what": "w", "text": "t"}],
        {"text": "x"},
        ["a", 1],
    ),
    *([{"offset": True, "what": None, "text": "t"}], "x" * 50_000, [0] * 3_000),
)
COLUMNS = (
    "text doc id title author site group siglum ours published date modified first_seen not_before lineage language "
)
COLUMNS += "locators hidden sha256 media_type dated_by canonical attribution row uri own"
ODD = b"\xff\xfe", b"\xed\xa0\x80", b"a\0b", b"", b"The weir gave way."
ARRAYS: tuple[Callable[[], pa.Array[Any]], ...] = (
    lambda: pa.nulls(3),
    lambda: pa.array(["a", None, "x" * 5_000], pa.large_string()),
    lambda: pa.array(ODD[:3], pa.binary()).view(pa.string()),
    lambda: pa.array(ODD[2:], pa.large_binary()),
    lambda: pa.array(["a", "b", None], pa.string_view()),
    lambda: pa.array(["a", "b", "a"]).dictionary_encode(),
    lambda: pa.DictionaryArray.from_arrays(pa.array([0, 5, -1], pa.int8()), pa.array(["a"]), safe=False),
    lambda: pa.array([b"abc", None, b"abd"], pa.binary(3)),
    lambda: pa.array([-(2**63), 2**63 - 1, None], pa.timestamp("s")),
    lambda: pa.array([-(2**63), 2**63 - 1, 0], pa.timestamp("ns", "Europe/Berlin")),
    lambda: pa.array([2**62, 0, None], pa.timestamp("us", "Mars/Olympus")),
    lambda: pa.array([2**31 - 1, -(2**31), 0], pa.date32()),
    lambda: pa.array([2**40, None, 1], pa.date64()),
    lambda: pa.array([1, 2, 3], pa.duration("s")),
    lambda: pa.array([1, 2, None], pa.time64("ns")),
    lambda: pa.array([Decimal("1.5"), None, Decimal(10) ** 30], pa.decimal128(38, 2)),
    lambda: pa.array([0, 1, 2**64 - 1], pa.uint64()),
    lambda: pa.array([float("nan"), float("inf"), 1e300]),
    lambda: pa.array([True, None, False]),
    lambda: pa.array([["a"], [], None], pa.list_(pa.string())),
    lambda: pa.array([["a", None], [], None], pa.large_list(pa.large_string())),
    lambda: pa.array([[{"offset": 9, "label": "z"}, {"offset": 0, "label": None}], [None], None]),
    lambda: pa.array([[{"offset": 2**63 - 1, "what": "w", "text": "t"}], [], None]),
    lambda: pa.array([{"a": 1}, None, {"a": 2}]),
    lambda: pa.array([[("k", 1)], [], None], pa.map_(pa.string(), pa.int64())),
    lambda: pa.RunEndEncodedArray.from_arrays([1, 3], ["a", "b"]),
    lambda: pa.UnionArray.from_sparse(pa.array([0, 1, 0], pa.int8()), [pa.array([1, 2, 3]), pa.array(["a", "b", "c"])]),
)  # fmt: skip


def reform(data: bytes, draw: Random) -> bytes | None:
    """Return a file that is as well-formed as it was, and says something else; None of what has no such form."""
    if data.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"<") and b"<html" not in data[:4_096].lower():
        return _trees(data, draw)
    if data.lstrip().startswith((b"{", b"[")):
        return _values(data, draw)
    return None


def table(reader: str, draw: Random) -> bytes:
    """Return a table with columns of odd types under names that are known."""
    names = draw.sample(COLUMNS.split(), draw.randint(1, 6))
    if draw.random() < 0.8:
        names[0] = "text"
    arrays = [
        draw.choice(ARRAYS)() if name != "text" or draw.random() < 0.25 else pa.array(["The weir", "В четверг", None])
        for name in names
    ]
    held = pa.Table.from_batches(
        [pa.RecordBatch.from_arrays(arrays, names)] * draw.choice((0, 1, 1, 2)),
        pa.schema(list(zip(names, (one.type for one in arrays), strict=True))),
    )
    if reader == "arrow":
        return bundles.ipc(held, stream=draw.random() < 0.5)
    try:
        held.validate(full=True)  # else whoever writes it may crash
        return bundles.parquet(
            held, compression=draw.choice(("none", "snappy", "zstd")), row_group_size=draw.choice((1, 2, 9))
        )
    except pa.ArrowException:  # Parquet knows fewer types
        return bundles.ipc(held)


def _trees(data: bytes, draw: Random) -> bytes | None:
    try:
        tree = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.XMLSyntaxError, ValueError):
        return None
    for _ in range(draw.choice((1, 2, 3, 8))):
        all_of = [one for one in tree.iter() if isinstance(one.tag, str)]
        draw.choice(TREE_WAYS)(draw.choice(all_of), draw.choice(all_of), draw)
        if sum(1 for _ in tree.iter()) > 30_000:
            break
    if draw.random() < 0.2:
        encoding = draw.choice(("utf-16", "iso8859-1", "gb18030", "us-ascii"))
        return bytes(etree.tostring(tree, encoding=encoding, xml_declaration=True))
    head = draw.choice((b"", b"", b'<?xml version="1.0"?>', b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"<!-- a -->\n"))
    return head + bytes(etree.tostring(tree, encoding="utf-8"))


def _text(draw: Random) -> str:
    return draw.choice(TEXTS) * draw.choice((1, 1, 1, 2, 300))


def _say(one: Any, other: Any, draw: Random) -> None:  # noqa: ARG001
    one.text = draw.choice((_text(draw), None, (one.text or "")[: draw.randrange(40)]))


def _follow(one: Any, other: Any, draw: Random) -> None:
    if one.getparent() is not None:
        one.tail = draw.choice((_text(draw), other.text, None))


def _name(one: Any, other: Any, draw: Random) -> None:  # noqa: ARG001
    one.tag = other.tag


def _attribute(one: Any, other: Any, draw: Random) -> None:
    names = list(one.attrib) or list(other.attrib) or ["n"]
    value = draw.choice((*tokens.NUMBERS, _text(draw), *(other.attrib.values() or ("",))))
    one.set(draw.choice(names), re.sub("[\x00-\x1f]", "", value))


def _bare(one: Any, other: Any, draw: Random) -> None:  # noqa: ARG001
    for name in list(one.attrib):
        if draw.random() < 0.6:
            del one.attrib[name]


def _drop(one: Any, other: Any, draw: Random) -> None:  # noqa: ARG001
    if one.getparent() is not None:
        one.getparent().remove(one)


def _copy(one: Any, other: Any, draw: Random) -> None:
    held = copy.deepcopy(one)
    if sum(1 for _ in held.iter()) < 300:
        other.insert(draw.randint(0, len(other)), held)


def _often(one: Any, other: Any, draw: Random) -> None:  # noqa: ARG001
    size = sum(1 for _ in one.iter())
    if one.getparent() is not None:
        for _ in range(min(draw.choice((3, 40, MOST_TIMES)), MOST_TIMES * 5 // size)):
            one.addnext(copy.deepcopy(one))


def _wrap(one: Any, other: Any, draw: Random) -> None:
    """Put an element into itself, as deep as may be."""
    names = draw.choice(((one.tag,), (one.tag, other.tag)))
    inner = one
    for level in range(draw.choice((2, 30, 240, 900, 1_500))):
        inner = etree.SubElement(inner, names[level % len(names)], dict(one.attrib))
    inner.text = "The weir"


TREE_WAYS = (_say, _say, _follow, _name, _attribute, _attribute, _bare, _drop, _drop, _copy, _copy, _often, _wrap)


def _values(data: bytes, draw: Random) -> bytes | None:
    try:
        text = data.decode()
        lines = (
            [json.loads(line) for line in text.splitlines() if line.strip()]
            if text.startswith('{"')
            else json.loads(text)
        )
    except ValueError:
        return None
    rows = lines if isinstance(lines, list) else [lines]
    for _ in range(draw.choice((1, 2, 4))):
        row = draw.choice(rows)
        if isinstance(row, dict):
            _put(row, draw)
        elif rows:
            rows[draw.randrange(len(rows))] = draw.choice(VALUES)
    if draw.random() < 0.2:
        rows += [copy.copy(draw.choice(rows)) for _ in range(draw.choice((1, 300)))]
    said = [json.dumps(row, ensure_ascii=draw.random() < 0.5) for row in rows]
    whole = "\n".join(said) if text.startswith('{"') else json.dumps(rows if isinstance(lines, list) else rows[0])
    if draw.random() < 0.1:
        return whole.encode(draw.choice(ENCODINGS), "replace")
    return whole.encode(errors=draw.choice(("surrogatepass", "replace")))


def _put(row: dict[str, Any], draw: Random) -> None:
    name = draw.choice((*row, *COLUMNS.split(), "\ud800", "", "x" * 9_000))
    if draw.random() < 0.2:
        row.pop(name, None)
    elif draw.random() < 0.03:
        row |= {f"c{n}": n for n in range(1_000)}
    else:
        row[name] = draw.choice(VALUES)
