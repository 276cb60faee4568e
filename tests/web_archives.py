"""Web archives as crawlers write them, made by hand for the tests."""

from __future__ import annotations

import gzip
import uuid
from collections.abc import Sequence

DATE = "2024-05-01T12:00:00Z"
ENGLISH = (
    "The council met on Thursday evening and voted, after two hours of debate, to close the swimming baths at the end "
    "of June. The mayor said that the roof had leaked for years and that nobody would pay for a new one."
)
RUSSIAN = (
    "В четверг вечером совет собрался и после двух часов споров решил закрыть городские бани в конце июня. Мэр сказал, "
    "что крыша течёт уже много лет и что за новую никто не заплатит."
)
GREEK = "Το συμβούλιο συνεδρίασε την Πέμπτη το βράδυ και αποφάσισε να κλείσει τα δημοτικά λουτρά στο τέλος του Ιουνίου."
CHINESE = "市议会星期四晚上开会,经过两个小时的辩论,决定在六月底关闭公共浴室。市长说屋顶多年来一直漏水。"


def page(text: str, head: str = "") -> bytes:
    """A page with a menu."""
    menu = '<nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>'
    return (
        f"<!DOCTYPE html><html><head>{head}</head><body>{menu}<article><p>{text}</p></article></body></html>".encode()
    )


def answer(body: bytes, *fields: str, status: str = "200 OK", kind: str = "text/html") -> bytes:
    """What a server answered."""
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", *fields]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def record(
    data: bytes,
    address: str = "https://courier.example/baths",
    *fields: str,
    kind: str = "response",
    media_type: str | None = None,
    date: str = DATE,
    length: object = None,
    version: str = "1.0",
) -> bytes:
    """A record of WARC; its identifier follows from what it holds."""
    named = uuid.uuid5(uuid.NAMESPACE_URL, f"{kind} {address} {date}").urn
    told = f"application/http; msgtype={kind}" if media_type is None else media_type
    lines = [f"WARC/{version}", f"WARC-Type: {kind}", f"WARC-Record-ID: <{named}>", f"WARC-Target-URI: {address}"]
    lines += [f"WARC-Date: {date}", f"Content-Type: {told}", *fields]
    lines += [f"Content-Length: {len(data) if length is None else length}"]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + data + b"\r\n\r\n"


def conversion(text: str, address: str) -> bytes:
    """A record of WET."""
    return record(text.encode(), address, kind="conversion", media_type="text/plain")


def arc(records: Sequence[tuple[str, bytes]]) -> bytes:
    """An archive in the form that came before WARC."""
    block = b"1 0 Courier\nURL IP-address Archive-date Content-type Archive-length\n"
    parts = [b"filedesc://courier.arc 0.0.0.0 20010704120000 text/plain %d\n" % len(block), block, b"\n"]
    for address, data in records:
        parts += [f"{address} 192.0.2.7 20010704120501 text/html {len(data)}\n".encode(), data, b"\n"]
    return b"".join(parts)


def members(*records: bytes) -> bytes:
    """Records, each a gzip member."""
    return b"".join(gzip.compress(one, mtime=0) for one in records)
