"""The records of web archives (WARC 1.0 and 1.1, ARC 1), one after another from a stream of bytes.

Written here rather than taken from a library: reading must go on behind whatever is amiss, say where that is, and hold
no more than one record's bytes, none of those that are over the limit.

References
----------
ISO 28500:2017, the WARC file format. Burner and Kahle, Arc File Format, Internet Archive, 1996.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from stemmata.errors import SourceError

HEADER_BYTES = 1 << 16  # of one record: what is longer is no header
REWOUND_BYTES = 1 << 18  # of a record whose length is wrong, that are looked through for the next one
PASSED_BYTES = 1 << 13  # that are kept while the next record is looked for
WARC = re.compile(rb"WARC/\d\.\d[ \t]*\r?\n")
ARC = re.compile(  # address, IP address, time, media type, length; ARC 2 has more between the last two
    rb"([a-z][a-z0-9+.-]{1,20}:\S{0,4000}) (\S{1,60}) (\d{8,14}) ([^\r\n]{0,400}?) ?(\d{1,18})\r?\n"
)
NEXT = re.compile(
    rb"\n(?=WARC/\d\.\d[ \t]*\r?\n|(?:https?|ftp)://\S{1,4000} [0-9a-f.:]{3,45} \d{14} [^\r\n]{0,400}\d\r?\n)"
)
BLANK = b"\r\n"
END = b"\r\n\r\n"
FIELD = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
MEND = "fetch or write the archive anew."
KEPT = ("response", "resource", "conversion")


class Record(NamedTuple):
    """One record: what its header says, names in lower case, and what it holds.

    Of records of other types than those that are ``KEPT``, ``data`` is empty.
    """

    fields: Mapping[str, str]
    data: bytes

    @property
    def type(self) -> str:
        """Its type, in lower case."""
        return self.fields.get("warc-type", "").lower()

    @property
    def id(self) -> str:
        """Its identifier, without brackets; empty where it has none."""
        return self.fields.get("warc-record-id", "").strip("<> ")


@dataclass
class Stream:
    """Bytes that come in chunks, of which no more are held than are asked for."""

    chunks: Iterator[bytes]
    held: bytes = b""

    def fill(self, size: int) -> bytes:
        """Hold so many bytes if there are as many, and return what is held."""
        if len(self.held) < size:
            parts, found = [self.held], len(self.held)
            while found < size and (chunk := next(self.chunks, b"")):
                parts.append(chunk)
                found += len(chunk)
            self.held = b"".join(parts)
        return self.held

    def take(self, size: int) -> bytes:
        """Return the next bytes, at most so many."""
        self.fill(size)
        taken, self.held = self.held[:size], self.held[size:]
        return taken

    def drop(self, size: int) -> int:
        """Pass over bytes, and return how many there were."""
        left = size
        while left > 0 and (self.held or self.fill(1)):
            cut = min(left, len(self.held))
            self.held = self.held[cut:]
            left -= cut
        return size - left

    def pass_blank(self) -> bool:
        """Pass over line ends, and tell whether anything comes after them."""
        while self.held or self.fill(1):
            self.held = self.held.lstrip(BLANK)
            if self.held:
                return True
        return False

    def pass_on(self) -> bool:
        """Pass over everything before the next line that begins a record; tell whether there is one."""
        before = b""
        while self.held or self.fill(1):
            self.fill(PASSED_BYTES)
            whole = before + self.held
            if found := NEXT.search(whole):
                self.held = whole[found.end() :]
                return True
            before, self.held = whole[-PASSED_BYTES:], b""
        return False


def read_records(chunks: Iterable[bytes], limit: int) -> Iterator[Record | SourceError]:
    """Yield the records of a stream; of one that is malformed or over the limit, why it is not read.

    Parameters
    ----------
    chunks : iterable of bytes
        One after another, each with something in it.
    limit : int
        The most bytes that a record may hold.

    Raises
    ------
    SourceError
        What the chunks raise.
    """
    stream = Stream(iter(chunks))
    while stream.pass_blank():
        stream.fill(HEADER_BYTES)  # outside of what follows: what the chunks raise is no fault of a header
        try:
            fields, size = _header(stream)
        except SourceError as error:
            yield error
            stream.pass_on()
            continue
        record = Record(fields, b"")
        wanted = record.type in KEPT
        if wanted and size <= limit:
            record = Record(fields, stream.take(size))
        found = len(record.data) or stream.drop(size)
        if (amiss := _amiss(record, size, found)) or (amiss := _behind(record, stream)):
            if len(record.data) <= REWOUND_BYTES:
                stream.held = record.data + stream.held
            yield amiss
            stream.pass_on()
        elif wanted and size > limit:
            mend = "raise the limit (limit_bytes, --limit-bytes)."
            yield SourceError(f"it has {size:,} bytes, and the limit is {limit:,}.", where=record.id, mend=mend)
        else:
            yield record


def _amiss(record: Record, size: int, found: int) -> SourceError | None:
    if found == size:
        return None
    return SourceError(f"it says that it has {size:,} bytes, and {found:,} are there.", where=record.id, mend=MEND)


def _behind(record: Record, stream: Stream) -> SourceError | None:
    """Return what is amiss where a record is followed neither by two line ends, nor by a record, nor by the end."""
    if stream.fill(len(END)).startswith(END) or not stream.pass_blank() or begins_record(stream.fill(HEADER_BYTES)):
        return None
    return SourceError("it is longer than it says, or shorter.", where=record.id, mend=MEND)


def begins_record(data: bytes) -> bool:
    """Tell whether bytes begin as a record of WARC or ARC does."""
    return bool(WARC.match(data) or ARC.match(data))


def _header(stream: Stream) -> tuple[dict[str, str], int]:
    """Take the header of a record, which is held, and return its fields and how many bytes come behind it."""
    head = stream.held
    if found := WARC.match(head):
        end = min((at for at in (head.find(END), head.find(b"\n\n")) if at >= 0), default=-1)
        if end < 0:
            raise SourceError(f"the header of a record has no end within {HEADER_BYTES:,} bytes.", mend=MEND)
        fields = parse_fields(head[found.end() : end])
        stream.held = head[end:].removeprefix(END if head.startswith(b"\r\n", end) else b"\n\n")
    elif found := ARC.match(head):
        stream.held = head[found.end() :]
        fields = _arc_fields(*(part.decode("utf-8", "replace") for part in found.groups()))
    else:
        raise SourceError("what stands here does not begin as a record does.", mend=MEND)
    size = fields.get("content-length", "")
    if not (size.isascii() and size.isdigit() and len(size) <= 18):
        raise SourceError("a record does not say how many bytes it has.", where=_id(fields), mend=MEND)
    return fields, int(size)


def _id(fields: Mapping[str, str]) -> str:
    return Record(fields, b"").id


def _arc_fields(address: str, host: str, time: str, kind: str, size: str) -> dict[str, str]:
    date = time.ljust(14, "0")
    return {
        "warc-type": "filedesc" if address.startswith("filedesc:") else "response",
        "warc-target-uri": address,
        "warc-ip-address": host,
        "warc-date": f"{date[:4]}-{date[4:6]}-{date[6:8]}T{date[8:10]}:{date[10:12]}:{date[12:14]}Z",
        "content-type": "application/http" if address.startswith(("http:", "https:")) else kind,
        "content-length": size,
    }


def parse_fields(data: bytes) -> dict[str, str]:
    """Return the fields of a header by their names in lower case, of two of one name the first; folded lines as one."""
    fields: dict[str, str] = {}
    last = ""
    for line in data.decode("utf-8", "replace").splitlines():
        if line[:1] in (" ", "\t"):
            if last:
                fields[last] += " " + line.strip()
            continue
        name, colon, value = line.partition(":")
        last = name.strip().lower() if colon and FIELD.fullmatch(name.strip()) else ""
        if last in fields:
            last = ""
        elif last:
            fields[last] = value.strip()
    return fields
