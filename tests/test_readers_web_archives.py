"""Web archives: pages by their addresses, in any packing; what is malformed costs itself.

The fixtures were written by warcio: ``PYTHONPATH=. python tests/fixtures/warc/make.py``.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import zlib
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import brotli
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stemmata import schemas
from stemmata.documents import DocumentOptions, read_documents, read_placed_documents, read_share
from stemmata.engines import LocalEngine
from stemmata.errors import SourceError
from stemmata.readers import crawls, cuts, members, packed, pieces, records
from stemmata.readers.answers import body_of, parse_answer
from stemmata.readers.archives import Spent
from stemmata.readers.captures import read_captures
from stemmata.readers.crawls import Found, find_records, packing_of
from stemmata.readers.isolation import Reading
from stemmata.readers.limits import Limits
from stemmata.readers.members import Members, first_member, walk
from stemmata.readers.places import Address
from stemmata.readers.records import Record, parse_fields, read_records
from stemmata.readers.shares import Share
from tests import web_archives as made
from tests.office import docx, paragraph, run
from tests.office import packed as packed_parts
from tests.web_archives import CHINESE, ENGLISH, GREEK, RUSSIAN, answer, conversion, page, record

FIXTURES = Path(__file__).parent / "fixtures" / "warc"
BATHS = "https://courier.example/baths"
TEXTS = (ENGLISH, RUSSIAN, CHINESE, GREEK)


def read(path: Path, *, engine: LocalEngine | None = None, **options: Any) -> pa.Table:
    return read_documents(path, options=DocumentOptions(**options), engine=engine or LocalEngine(workers=2))


def skipped(table: pa.Table) -> list[tuple[str, str]]:
    rows = schemas.remarks([table], "skipped").to_pylist()
    return sorted((Path(row["uri"]).name, row["reason"]) for row in rows)


def notes(table: pa.Table) -> dict[str, int]:
    return {row["what"]: row["count"] for row in schemas.remarks([table], "notes").to_pylist()}


def found(data: bytes, limits: Limits | None = None) -> list[Found]:
    packing = packing_of(data)
    assert packing is not None
    return list(find_records(io.BytesIO(data), packing, limits or Limits()))


def texts(data: bytes, limits: Limits | None = None) -> list[str]:
    """What the records hold that can be read; of the others, why not."""
    read = [one.record for one in found(data, limits)]
    return [one.what if isinstance(one, SourceError) else one.data.decode("utf-8", "replace") for one in read]


def captured(data: bytes, **about: str) -> dict[str, Any]:
    """What comes of one record, read in this process."""
    said = {"warc-type": "response", "content-type": "application/http", "warc-target-uri": BATHS, "warc-date": ""}
    limits = {"bytes": 10_000_000, "ratio": 200, "pages": 10, "depth": 100, "files": 1_000, "profile": "main"}
    rows = read_captures(data, sizes=[len(data)], about=[{**said, **about}], limits=limits)
    out: dict[str, Any] = rows.to_pylist()[0] if rows.num_rows else {}
    return out | {"skipped": skipped(rows), "notes": notes(rows)}


def test_a_page_has_the_address_the_time_and_the_host_of_its_record() -> None:
    table = read(FIXTURES / "courier.warc.gz")
    rows = {row["doc"]: row for row in table.to_pylist()}
    assert {doc: row["text"] for doc, row in rows.items()} == {
        BATHS: ENGLISH,
        "https://vestnik.example/bani": RUSSIAN,
        "https://efimerida.example/": GREEK,
        "https://courier.example/notes.txt": CHINESE,
    }
    assert {row["first_seen"] for row in rows.values()} == {datetime(2024, 5, 1, 12, tzinfo=UTC)}
    assert (rows[BATHS]["canonical"], rows[BATHS]["site"]) == ("https://courier.example/2024/baths", "The Courier")
    greek = rows["https://efimerida.example/"]
    assert (greek["canonical"], greek["site"]) == ("https://efimerida.example/", "efimerida.example")
    assert [row["media_type"] for row in rows.values()] == ["text/html", "text/plain", "text/html", "text/html"]
    assert skipped(table) == []


def test_what_is_no_page_is_counted() -> None:
    left = "records of web archives that are no documents, left out"
    assert notes(read(FIXTURES / "courier.warc.gz")) == {
        **{f"{left}: {kind}": 1 for kind in ("metadata", "request", "revisit", "warcinfo")},
        "answers in web archives with another status than 200, left out": 1,
        "records of web archives that hold no page or text, left out: image/png": 1,
    }


def test_texts_that_others_took_from_pages_are_read_as_they_are() -> None:
    table = read(FIXTURES / "courier.warc.wet.gz")
    assert table["text"].to_pylist() == [ENGLISH, CHINESE, RUSSIAN]
    assert table["media_type"].to_pylist() == ["text/plain"] * 3
    assert table["site"].to_pylist() == ["courier.example", "ribao.example", "vestnik.example"]


RECORDS = [conversion(f"{text} {number}", f"https://courier.example/{number}") for number, text in enumerate(TEXTS)]


def with_dictionary(data: Sequence[bytes]) -> bytes:
    stream_io = pytest.importorskip("fastwarc.stream_io", reason="only FastWARC packs with a dictionary")
    if not hasattr(stream_io, "ZstdWriter"):
        pytest.skip("this FastWARC packs with no dictionary")
    dictionary = stream_io.zstd_train_dictionary_from_samples(
        [one + b"%d" % n for one in data for n in range(40)], 2048
    )
    out = io.BytesIO()
    with stream_io.ZstdWriter(out, dictionary=dictionary) as writer:
        for one in data:
            writer.write(one)
    return out.getvalue()


PACKED = {
    "plain.warc": b"".join,
    "members.warc.gz": lambda some: made.members(*some),
    "one.warc.gz": lambda some: gzip.compress(b"".join(some)),
    "frames.warc.zst": lambda some: b"".join(pa.compress(one, "zstd", asbytes=True) for one in some),
    "one.warc.zst": lambda some: pa.compress(b"".join(some), "zstd", asbytes=True),
    "dictionary.warc.zst": with_dictionary,
}


@pytest.mark.parametrize("name", PACKED)
def test_any_packing_gives_the_same_rows(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(PACKED[name](RECORDS))
    table = read(path)
    assert table["text"].to_pylist() == [f"{text} {number}" for number, text in enumerate(TEXTS)]
    assert skipped(table) == []


def test_without_what_unpacks_dictionaries_it_is_said_that_nothing_was_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.warc.zst").write_bytes(packed_with_nothing := b"\x5d\x2a\x4d\x18\x04\0\0\0abcd")
    assert packing_of(packed_with_nothing) == crawls.ZSTD_WITH
    monkeypatch.setitem(__import__("sys").modules, "fastwarc.stream_io", None)
    ((name, reason),) = skipped(read(tmp_path / "a.warc.zst"))
    assert name == "a.warc.zst"
    assert "with a dictionary, and NOTHING of it is read" in reason


def test_archives_from_before_warc_are_read(tmp_path: Path) -> None:
    path = tmp_path / "old.arc.gz"
    pages = [
        ("http://courier.example/baths", answer(page(ENGLISH))),
        ("dns:courier.example", b"20010704 192.0.2.7"),
        ("metadata://gnu.org/software/wget/warc/wget_arguments.txt", b'"-q" "--warc-file=old"'),
    ]
    path.write_bytes(gzip.compress(made.arc(pages)))
    table = read(path)
    assert table.select(["doc", "text", "first_seen"]).to_pylist() == [
        {
            "doc": "http://courier.example/baths",
            "text": ENGLISH,
            "first_seen": datetime(2001, 7, 4, 12, 5, 1, tzinfo=UTC),
        }
    ]
    left = "records of web archives that are no documents, left out"
    assert notes(table) == {f"{left}: {what}": 1 for what in ("dns", "filedesc", "metadata")}


def test_an_address_that_was_fetched_again_has_the_time_behind_it(tmp_path: Path) -> None:
    dates = ("2025-01-02T03:04:05Z", "2024-05-01T12:00:00Z", "2025-01-02T03:04:05Z")
    some = [
        record(f"{text} at {date}".encode(), BATHS, kind="resource", media_type="text/plain", date=date)
        for text, date in zip(TEXTS, dates, strict=False)
    ]
    for name, data in (("a.warc", some[0] + some[1]), ("b.warc", some[2])):
        (tmp_path / name).write_bytes(data)
    ids = [f"{BATHS}", f"{BATHS} (2025-01-02T03:04:05Z)", f"{BATHS} (2025-01-02T03:04:05Z) (2)"]
    expected = dict(zip(ids, (some_text(1, dates), some_text(0, dates), some_text(2, dates)), strict=True))
    for order in (["a.warc", "b.warc"], ["b.warc", "a.warc"]):
        table = read_documents([tmp_path / name for name in order])
        assert dict(zip(table["doc"].to_pylist(), table["text"].to_pylist(), strict=True)) == expected


def some_text(number: int, dates: Sequence[str]) -> str:
    return f"{TEXTS[number]} at {dates[number]}"


def test_an_id_of_the_users_own_goes_before_an_address(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(conversion(ENGLISH, BATHS))
    (tmp_path / "rows.jsonl").write_text(json.dumps({"id": BATHS, "text": CHINESE}))
    table = read_documents([tmp_path / "a.warc", tmp_path / "rows.jsonl"])
    assert table["doc"].to_pylist() == [BATHS, f"{BATHS} ({made.DATE})"]
    assert table["text"].to_pylist() == [CHINESE, ENGLISH]


def test_a_document_says_which_record_of_which_file_it_was(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(made.members(*RECORDS))
    (row, *_) = read_placed_documents(path).to_pylist()
    assert row["path"] == str(path).encode()
    assert row["member"].startswith("urn:uuid:")
    assert row["uri"] == f"{path.as_posix()}#{row['member']}"
    assert row["row"] is None


def test_an_archive_within_a_zip_archive_is_read(tmp_path: Path) -> None:
    import zipfile

    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("crawl/a.warc.gz", made.members(*RECORDS))
    assert read(tmp_path / "a.zip")["doc"].to_pylist() == [f"https://courier.example/{n}" for n in range(4)]


# answers


def test_the_server_names_the_encoding_of_a_page_that_does_not() -> None:
    cyrillic = page("Баня.").decode().encode("iso8859-5")
    assert captured(answer(cyrillic, kind="text/html; charset=ISO-8859-5"))["text"] == "Баня."
    assert captured(answer(page(RUSSIAN), kind="text/html; charset=latin-1"))["text"] == RUSSIAN  # UTF-8 is surer


CODED = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": lambda data: pa.compress(data, "zstd", asbytes=True),
    "identity": lambda data: data,
}


@pytest.mark.parametrize("coding", CODED)
def test_codings_of_answers_are_undone(coding: str) -> None:
    body = page(RUSSIAN)
    assert captured(answer(CODED[coding](body), f"Content-Encoding: {coding}"))["text"] == RUSSIAN
    assert captured(answer(body, f"Content-Encoding: {coding}"))["text"] == RUSSIAN  # undone by the crawler
    cut = CODED[coding](body)[:-9]
    if coding != "identity":
        ((_, reason),) = captured(answer(cut, f"Content-Encoding: {coding}"))["skipped"]
        assert reason.startswith(f"its coding ({coding}) is damaged")


def test_deflate_without_its_header_is_undone() -> None:
    raw = zlib.compress(page(GREEK))[2:-4]
    assert captured(answer(raw, "Content-Encoding: deflate"))["text"] == GREEK


def test_codings_one_over_the_other_are_undone_from_the_last() -> None:
    body = brotli.compress(gzip.compress(page(GREEK)))
    assert captured(answer(body, "Content-Encoding: gzip, br"))["text"] == GREEK


def test_a_coding_that_is_not_known_is_named() -> None:
    ((_, reason),) = captured(answer(b"abcabc", "Content-Encoding: aes128gcm"))["skipped"]
    assert reason == "it is coded in a way that stemmata does not read ('aes128gcm')."


def test_parts_are_put_together_and_what_is_no_part_is_left() -> None:
    body = page(ENGLISH)
    parts = b"5;a=b\r\n" + body[:5] + b"\r\n%X\r\n" % len(body[5:]) + body[5:] + b"\r\n0\r\n\r\n"
    assert body_of(parse_answer(answer(parts, "Transfer-Encoding: chunked")), 10_000, 200) == body
    assert body_of(parse_answer(answer(body, "Transfer-Encoding: chunked")), 10_000, 200) == body
    with pytest.raises(SourceError, match="shorter than it says"):
        body_of(parse_answer(answer(parts[:-40], "Transfer-Encoding: chunked")), 10_000, 200)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_an_answer_that_swells_is_a_bomb(coding: str) -> None:
    bomb = CODED[coding](b"<html>" + b" " * 50_000_000)
    ((_, reason),) = captured(answer(bomb, f"Content-Encoding: {coding}"))["skipped"]
    assert "unpacks to over" in reason


@pytest.mark.parametrize(
    ("media_type", "data", "expected"),
    [
        ("text/plain", b'{"text": "a"}', "text/plain"),
        ("text/plain", b"Ordinary words.", "text/plain"),
        ("", b"Ordinary words.", "text/plain"),
        ("text/html", b"<p>Ordinary words in a piece of a page.</p>", "text/html"),
        ("application/octet-stream", b"<html><p>Ordinary words of a page.</p></html>", "text/html"),
        ("text/css", b"p { color: red }", None),
        ("application/json", b'{"text": "a"}', None),
        ("application/rss+xml", b"<?xml version='1.0'?><rss/>", None),
        ("application/x-unknown", b"Ordinary words.", None),
        ("text/html", b" \n ", None),
    ],
)
def test_the_bytes_then_the_media_type_tell_what_is_read(media_type: str, data: bytes, expected: str | None) -> None:
    one = captured(data, **{"warc-type": "resource", "content-type": media_type})
    assert one.get("media_type") == expected
    assert (sum(one["notes"].values()), one["skipped"]) == (int(expected is None), [])


# what is malformed

FIRST, SECOND, THIRD = (conversion(text, f"https://courier.example/{text[:3]}") for text in (ENGLISH, GREEK, CHINESE))
LIES = {
    "too long": record(GREEK.encode(), BATHS, kind="conversion", media_type="text/plain", length=400),
    "far too long": record(GREEK.encode(), BATHS, kind="conversion", media_type="text/plain", length=90_000_000_000),
    "too short": record(GREEK.encode(), BATHS, kind="conversion", media_type="text/plain", length=30),
    "negative": record(GREEK.encode(), BATHS, kind="conversion", media_type="text/plain", length=-1),
    "endless": record(GREEK.encode(), BATHS, kind="conversion", media_type="text/plain", length="9" * 5_000),
    "no number": record(GREEK.encode(), BATHS, kind="conversion", media_type="text/plain", length="²"),
    "long header": record(GREEK.encode(), BATHS, "X-Long: " + os.urandom(500_000).hex(), kind="conversion"),
    "many fields": record(
        GREEK.encode(), BATHS, *[f"X-{os.urandom(4).hex()}: a" for _ in range(50_000)], kind="conversion"
    ),
    "no header": b"no record at all\r\n\r\n",
}


@pytest.mark.parametrize("lie", LIES)
@pytest.mark.parametrize("packed", [False, True])
def test_a_malformed_record_costs_itself(lie: str, packed: bool) -> None:
    some = (FIRST, LIES[lie], THIRD)
    first, reason, *third = texts(made.members(*some) if packed else b"".join(some))
    assert first == ENGLISH
    assert reason not in TEXTS
    if lie == "far too long" and not packed:
        assert third == []  # whatever follows may be what it holds
    else:
        assert third == [CHINESE]


def test_a_record_over_the_limit_is_skipped_and_not_held() -> None:
    some = [FIRST, conversion("a" * 50_000, BATHS), THIRD]
    for data in (b"".join(some), made.members(*some)):
        assert texts(data, Limits(bytes=1_000)) == [ENGLISH, "it has 50,000 bytes, and the limit is 1,000.", CHINESE]


DAMAGES = {
    "cut": gzip.compress(SECOND)[:-30],
    "garbled": gzip.compress(SECOND)[:40] + b"\xff" * 40 + gzip.compress(SECOND)[80:],
    "wrong digest": gzip.compress(SECOND)[:-8] + b"abcdefgh",
    "between members": gzip.compress(SECOND)[:0] + b"what is this" * 40,
    "half a magic": b"\x1f\x8b",
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_member_costs_itself(damage: str) -> None:
    first, reason, third = texts(gzip.compress(FIRST) + DAMAGES[damage] + gzip.compress(THIRD))
    assert (first, third) == (ENGLISH, CHINESE)
    assert reason.startswith("its gzip member")


SIZES = (1_000, 100_000, 200_000, 2_000_000, 1_000, 200_000, 3_000)
FILLED: dict[str, Callable[[Random, int], bytes]] = {
    "noise": lambda draw, size: draw.randbytes(size),
    "digits": lambda draw, size: draw.randbytes(size // 2).hex().encode(),
    "repetitive": lambda draw, size: b"".join(draw.randbytes(99).hex().encode() * 9 for _ in range(size // 1_000)),
}
HURT: dict[str, Callable[[bytes, int], bytes]] = {
    "turned": lambda member, half: member[:half] + bytes([member[half] ^ 255]) + member[half + 1 :],
    "cut": lambda member, half: member[:half],
    "wrong digest": lambda member, _: member[:-8] + b"abcdefgh",
    "garbled early": lambda member, _: member[:400] + b"\xff" * 30 + member[430:],
}


@pytest.mark.parametrize("damage", HURT)
@pytest.mark.parametrize("filled", FILLED)
def test_all_but_a_damaged_member_are_read_whatever_their_sizes(damage: str, filled: str) -> None:
    draw = Random(7)
    held = [FILLED[filled](draw, size) for size in SIZES]
    packed_there = [gzip.compress(record(one, BATHS, kind="conversion"), mtime=0) for one in held]
    for hurt in (1, 2, 3, 5):
        some = [*packed_there]
        some[hurt] = HURT[damage](some[hurt], len(some[hurt]) // 2)
        read_there = [one.record.data for one in found(b"".join(some)) if isinstance(one.record, Record)]
        assert [one for one in held if one not in read_there] == [held[hurt]]


@pytest.mark.parametrize("limit", [50_000, 150_000, 1_000_000])
def test_what_follows_a_record_over_the_limit_is_read(limit: int) -> None:
    held = [FILLED["noise"](Random(7), size) for size in SIZES]
    data = made.members(*(record(one, BATHS, kind="conversion") for one in held))
    read_there = [one.record for one in found(data, Limits(bytes=limit))]
    assert [one.data for one in read_there if isinstance(one, Record)] == [one for one in held if len(one) <= limit]


def test_a_member_that_swells_is_a_bomb_and_the_next_is_read() -> None:
    bomb = gzip.compress(record(b"a" * 60_000_000, BATHS, kind="conversion", media_type="text/plain"))
    assert texts(gzip.compress(FIRST) + bomb + gzip.compress(THIRD)) == [
        ENGLISH,
        "it unpacks to over 200 times its packed size.",
        CHINESE,
    ]


def test_zstandard_that_is_damaged_or_swells_gives_what_stands_before() -> None:
    much = conversion(os.urandom(100_000).hex(), BATHS)
    frames = [pa.compress(one, "zstd", asbytes=True) for one in (FIRST, SECOND, much)]
    *read, reason = texts(b"".join(frames)[:-20])
    assert read == [ENGLISH, GREEK]
    assert reason.startswith("from here on: it cannot be unpacked")
    bomb = pa.compress(record(b"a" * 60_000_000, BATHS, kind="conversion"), "zstd", asbytes=True)
    assert texts(frames[0] + bomb)[-1].startswith("from here on: it unpacks to over 200 times")


def test_nuls_between_and_behind_members_are_nothing() -> None:
    assert texts(gzip.compress(FIRST) + bytes(3_000) + gzip.compress(THIRD) + bytes(100_000)) == [ENGLISH, CHINESE]


def test_what_is_malformed_is_skipped_by_the_records_name(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(made.members(FIRST, LIES["too short"]) + DAMAGES["cut"] + gzip.compress(THIRD))
    table = read(path)
    assert table["text"].to_pylist() == sorted([ENGLISH, CHINESE])
    place = len(made.members(FIRST, LIES["too short"]))
    named, numbered = sorted(skipped(table), reverse=True)
    assert named[0].startswith("a.warc.gz#urn:uuid:")
    assert numbered[0] == f"a.warc.gz#{place}"


def test_of_a_file_of_damage_alone_reading_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crawls, "MOST_AMISS", 20)
    data = gzip.compress(FIRST) + DAMAGES["wrong digest"] * 500 + gzip.compress(THIRD)
    at = Address("a.warc.gz", "a.warc.gz")
    some = find_records(io.BytesIO(data), "gzip", Limits())
    (*_, table) = crawls.place_records(some, at, Limits(), Reading())
    reasons = [reason for _, reason in skipped(table)]
    assert len(reasons) == 22
    assert "over 20 records are damaged: from here on nothing is read." in reasons


@pytest.mark.usefixtures("linear")
def test_members_that_lie_in_one_another_take_no_time_without_bounds() -> None:
    """Each of many members begins within the one before, and all go wrong at the same far place."""
    begin = gzip.compress(b"")[:10]
    parts, end = [], 60_000
    for at in range(0, end - 100, 60):
        left = end - at - 15 - 60
        parts.append(
            (
                begin + b"\0" + left.to_bytes(2, "little") + (left ^ 0xFFFF).to_bytes(2, "little") + b"WARC/1.0\r\n"
            ).ljust(60)
        )
    data = gzip.compress(FIRST) + b"".join(parts) + b"\xff" * 400_000 + gzip.compress(THIRD)
    read = texts(data)
    assert (read[0], read[-1]) == (ENGLISH, CHINESE)


def test_what_an_archive_in_an_archive_may_unpack_to_is_bounded(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(
        made.members(*[conversion(f"{ENGLISH} {n}" * 9, f"https://courier.example/{n}") for n in range(20)])
    )
    table = read(path, limit_bytes=path.stat().st_size, limit_ratio=1)
    assert any("unpacks to over" in reason for _, reason in skipped(table)) or table.num_rows == 20
    rows = b'{"text": "The weir gave way."}\n' * 4_000
    (tmp_path / "rows.jsonl.gz").write_bytes(gzip.compress(rows))
    ((name, reason),) = skipped(read(tmp_path / "rows.jsonl.gz", limit_bytes=3_000))
    assert (name, reason.startswith("it unpacks to over 30,000 bytes")) == ("rows.jsonl.gz", True)


@pytest.mark.parametrize("pack", [gzip.compress, bytes, lambda one: pa.compress(one, "zstd", asbytes=True)])
def test_once_an_archive_may_unpack_to_no_more_nothing_else_is_tried(pack: Any) -> None:
    data = b"".join(pack(conversion(ENGLISH, f"https://courier.example/{n}")) for n in range(3_000))
    packing = packing_of(data)
    assert packing is not None
    told: list[int] = []

    def spend(size: int) -> None:
        told.append(size)
        if sum(told) > 200_000:
            raise Spent("it unpacks to over 200,000 bytes.", "the limits")

    *_, last = find_records(io.BytesIO(data), packing, Limits(), spend=spend)
    assert isinstance(last.record, SourceError)
    assert last.record.what == "it unpacks to over 200,000 bytes: the rest of it is not read."
    assert sum(told[:-1]) <= 200_000


def test_a_word_document_that_was_fetched_is_read_and_a_zip_archive_is_noted() -> None:
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    row = captured(answer(docx(paragraph(run(ENGLISH))), kind=kind))
    assert (row["text"], row["media_type"], row["canonical"]) == (ENGLISH, kind, BATHS)
    zipped = packed_parts({"a.txt": ENGLISH})
    assert captured(answer(zipped, kind="application/zip"))["notes"] == {
        "records of web archives that hold no page or text, left out: other": 1
    }


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                [FIRST, SECOND, THIRD, *list(LIES.values())[:6], b"WARC/1.0\r\n", b"\r\n\r\n", b"filedesc://a"]
            ),
            st.binary(max_size=60),
        ),
        max_size=8,
    ),
    st.sampled_from([10, 1_000, 10_000_000]),
    st.integers(1, 5_000),
)
def test_any_stream_gives_records_and_reasons(parts: Sequence[bytes], limit: int, size: int) -> None:
    data = b"".join(parts)
    chunks = [data[start : start + size] for start in range(0, len(data), size)]
    read = list(read_records(chunks, limit))
    assert all(isinstance(one, SourceError) or len(one.data) <= limit for one in read)
    assert [one if isinstance(one, Record) else one.what for one in read] == [
        one if isinstance(one, Record) else one.what for one in read_records([data] if data else [], limit)
    ]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.sampled_from([gzip.compress(FIRST, mtime=0), *DAMAGES.values(), b"\x1f\x8b\x08" * 9, b"\0" * 9]),
            st.binary(max_size=60),
        ),
        max_size=8,
    )
)
def test_any_file_of_members_ends(parts: Sequence[bytes]) -> None:
    data = b"".join(parts)
    for packing in (crawls.GZIP, crawls.PLAIN, crawls.ZSTD, crawls.ZSTD_WITH):
        for one in find_records(io.BytesIO(data), packing, Limits()):
            assert isinstance(one.record, Record | SourceError)


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(
        [answer(page(GREEK)), answer(gzip.compress(page(GREEK)), "Content-Encoding: gzip"), b"HTTP/1.1 200\r\n\r\n"]
    ),
    st.sampled_from(["", "chunked", "gzip", "br", "deflate", "zstd"]),
    st.binary(max_size=40),
    st.integers(0, 400),
)
def test_any_answer_gives_a_page_or_a_reason(data: bytes, coding: str, put: bytes, at: int) -> None:
    data = data.replace(
        b"200", b"200 OK\r\nTransfer-Encoding: %s\r\nContent-Encoding: %s" % (coding.encode(), coding.encode())
    )
    captured(data[:at] + put + data[at:])


def test_fields_are_read_with_folded_lines_and_the_first_of_two() -> None:
    data = b"A: one\r\n two\r\nB:\xff\r\nno field\r\n more\r\nA: three\r\n four\r\nbad name : x"
    assert parse_fields(data) == {"a": "one two", "b": "\ufffd"}


# large files


@pytest.fixture
def _small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "BLOCK_BYTES", 1_000)
    monkeypatch.setattr(packed, "BLOCK_BYTES", 1_000)
    monkeypatch.setattr(cuts, "CUT_BYTES", 2_000)
    for module, name, size in (
        (members, "RAW_BYTES", 700),
        (members, "FEED_BYTES", 300),
        (members, "TRIED_BYTES", 200),
    ):
        monkeypatch.setattr(module, name, size)
    monkeypatch.setattr(crawls, "BATCH", 5)


def many(count: int) -> list[bytes]:
    """Records of texts, one of them an archive that holds archives, which look like members of the outer one."""
    some = [conversion(f"{TEXTS[n % 4]} {n}", f"https://courier.example/{n}") for n in range(count)]
    within = made.members(*[conversion(f"within {n}", f"https://inner.example/{n}") for n in range(30)])
    some.insert(
        count // 2, record(within, "https://courier.example/a.warc.gz", kind="resource", media_type="application/warc")
    )
    some.insert(count // 3, LIES["too short"])
    return some


@pytest.mark.usefixtures("_small_pieces")
@pytest.mark.parametrize("name", [name for name in PACKED if name != "dictionary.warc.zst"])
def test_rows_are_the_same_for_any_number_of_workers(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(PACKED[name](many(60)))
    one, three, whole = (
        read_placed_documents(path, engine=LocalEngine(workers=workers, parts=parts), options=options)
        for workers, parts, options in (
            (1, 1, DocumentOptions()),
            (3, 50, DocumentOptions()),
            (1, 1, DocumentOptions(limit_bytes=10_000_000)),
        )
    )
    assert one.num_rows == 60
    assert not any("inner" in doc for doc in one["doc"].to_pylist())
    assert one.equals(three)
    assert one.equals(whole)
    assert skipped(one) == skipped(three)
    assert len(skipped(one)) == 1
    assert notes(one) == notes(three)


def test_a_large_file_is_cut_where_members_of_its_own_begin(tmp_path: Path) -> None:
    stored = [gzip.compress(one, 0, mtime=0) for one in many(60)]  # so that members within stand there as they are
    path = tmp_path / "a.warc.gz"
    path.write_bytes(b"".join(stored))
    true = {sum(map(len, stored[:n])) for n in range(len(stored) + 1)}
    edges = set()
    for size in (500, 3_000, 10_000):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(cuts, "CUT_BYTES", size)
            spans = cuts.cut_members({str(path).encode(): path.stat().st_size}, 200, LocalEngine())[str(path).encode()]
        assert [begin for begin, _ in spans[1:]] == [end for _, end in spans[:-1]]
        assert (spans[0][0], spans[-1][1]) == (0, path.stat().st_size)
        edges |= {edge for span in spans for edge in span}
    assert edges <= true
    with path.open("rb") as file:
        inner = [at for at in range(0, path.stat().st_size, 100) if first_member(file, at, NOWHERE, 200) not in true]
        assert inner  # what looks like a member is not always one
        assert walk(file, 0, 1, 200) == len(stored[0])


NOWHERE = members.NOWHERE


@pytest.mark.usefixtures("_small_pieces")
def test_shares_of_an_archive_hold_each_page_once(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(made.members(*many(40)))
    shares = [read_share(path, Share(number, 3)).documents["doc"].to_pylist() for number in (1, 2, 3)]
    assert all(shares)
    assert sorted(doc for share in shares for doc in share) == sorted(f"https://courier.example/{n}" for n in range(40))


def test_a_reader_that_fails_on_one_page_costs_that_page(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def fail(_: object, data: bytes, *, sizes: Sequence[int], **keywords: Any) -> pa.Table:
        asked.append(len(sizes))
        if GREEK.encode() in data:
            raise SourceError("it crashed its reader (SIGSEGV).", mend="report this.")
        del keywords["seconds"]
        return read_captures(data, sizes=sizes, **keywords)

    monkeypatch.setattr(crawls, "read_isolated", fail)
    some = made.members(FIRST, SECOND, THIRD)
    at = Address("a.warc.gz", "a.warc.gz")
    tables = list(crawls.place_records(find_records(io.BytesIO(some), "gzip", Limits()), at, Limits(), Reading()))
    assert [text for table in tables for text in table["text"].to_pylist()] == [ENGLISH, CHINESE]
    ((_, reason),) = [row for table in tables for row in skipped(table)]
    assert reason == "it crashed its reader (SIGSEGV)."
    assert asked == [3, 1, 1, 1]


def test_no_more_is_held_than_a_record_may_have() -> None:
    """A stream much larger than its records is read in the memory of some."""
    import tracemalloc

    one = record(b"x" * 100_000, BATHS, kind="conversion", media_type="text/plain")

    def chunks(count: int) -> Iterable[bytes]:
        return (one for _ in range(count))

    tracemalloc.start()
    assert sum(1 for _ in read_records(chunks(2_000), 200_000)) == 2_000
    assert sum(isinstance(found, SourceError) for found in read_records(chunks(2_000), 50_000)) == 2_000
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 3_000_000


def test_a_member_begins_where_the_last_one_ended() -> None:
    data = made.members(FIRST, SECOND)
    some = Members(io.BytesIO(data), 0, 200)
    assert some.begins()
    assert b"".join(some.unpack()) == FIRST
    assert some.at == len(made.members(FIRST))
    assert records.begins_record(b"".join(some.unpack()))
    assert not some.begins()


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
@pytest.mark.parametrize("times", [1, 9_000])
def test_an_archive_without_a_page_is_skipped_with_the_reason(
    name: str, times: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether it is read whole or, as a large one, as a stream."""
    monkeypatch.chdir(tmp_path)
    some = record(b"GET / HTTP/1.1\r\n\r\n", kind="request") * times
    Path(name).write_bytes(gzip.compress(some, 0) if name.endswith("gz") else some)
    table = read_documents(name)
    assert table.num_rows == 0
    (told,) = schemas.remarks([table], "skipped").to_pylist()
    assert (told["uri"], told["reason"]) == (
        name,
        "it is a web archive without pages or texts; what its records hold is noted.",
    )
    (note,) = schemas.remarks([table], "notes").to_pylist()
    assert note["count"] == times
