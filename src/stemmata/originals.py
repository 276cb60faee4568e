"""The bytes that a document was read from, found again where it was read; or why they are not at hand."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from hashlib import sha256
from io import BytesIO
from typing import Any, BinaryIO, NamedTuple

from stemmata.errors import SourceError
from stemmata.readers.addresses import is_address
from stemmata.readers.answers import body_of
from stemmata.readers.archives import Allowance, unpack
from stemmata.readers.captures import answer_in
from stemmata.readers.crawls import find_records, packing_of
from stemmata.readers.files import explained, read_bytes
from stemmata.readers.limits import Limits
from stemmata.readers.packed import codec_of, unpack_whole
from stemmata.readers.unpacking import find_entries

HEAD_BYTES = 1 << 16  # that tell a web archive


class Held(NamedTuple):
    """What lies at a place: bytes, and what a web archive says of how they were served."""

    data: bytes
    headers: bytes | None = None


class Original(NamedTuple):
    """What a document was read from.

    Parameters
    ----------
    data : bytes or None
        Their SHA-256 is that of the document; None where such bytes are not at hand.
    says : str
        Where they come from, or why they are not at hand.
    headers : bytes, optional
        Of a page of a web archive: the fields of its record, and the head of what the server answered.
    """

    data: bytes | None
    says: str
    headers: bytes | None = None


def find_original(row: Mapping[str, Any], limits: Limits) -> Original:
    """Return the bytes that a document was read from.

    Parameters
    ----------
    row : mapping
        A row of ``schemas.HELD_DOCUMENTS``.
    limits : Limits
        What the file, and an archive that holds it, may come to.

    Notes
    -----
    Only the digest tells: bytes that have it are the original, wherever they were found. Those of plain text in
    UTF-8, of a row and of a text that was handed over are the text that the library holds.
    """
    found = _found(row, limits)
    text = row["text"].encode()
    if found.data is None and sha256(text).hexdigest() == row["sha256"]:
        says = "; ".join(filter(None, ("the text that was held, which has its digest", found.says)))
        return Original(text, says, found.headers)
    return found if found.says else Original(None, "its table gave a digest of its own, of what lies elsewhere")


def _found(row: Mapping[str, Any], limits: Limits) -> Original:
    """Return what lies where a document was read; of what has no place of its own, neither bytes nor a word."""
    if row["path"] is None or row["row"] is not None:
        return Original(None, "")
    try:
        held = _read(row["path"], row["member"], limits)
    except SourceError as error:
        return Original(None, f"its file is not at hand: {error.what.removesuffix('.')}")
    now = sha256(held.data).hexdigest()
    if now == row["sha256"]:
        return Original(held.data, "read again from its file, which has not changed since it was added", held.headers)
    if held.headers is not None:  # of a text in another encoding, or one of several, the text has a digest of its own
        return Original(None, f"its record has SHA-256 {now}", held.headers)
    return Original(None, f"its file has changed since it was added, and has SHA-256 {now} now")


def _read(path: bytes, member: str | None, limits: Limits) -> Held:
    if is_address(path):
        raise SourceError("it was fetched from an address, which is not asked a second time.")
    if not os.path.lexists(path):
        raise SourceError("it is no longer where it was read.")
    if member is not None and os.path.isfile(path):
        try:
            with open(path, "rb") as file:  # a web archive may have any size
                if packing := packing_of(file.read(HEAD_BYTES)):
                    file.seek(0)
                    return _record(file, packing, member, limits)
        except SourceError:
            raise
        except OSError as error:
            raise explained(error, path) from error
    data = read_bytes(path, limits.bytes)
    if member is None:
        return Held(data)
    for found in _members(data, member, limits, Allowance.of(len(data), limits)):
        return found
    raise SourceError("the archive holds no such file any more.")


def _record(file: BinaryIO, packing: str, wanted: str, limits: Limits) -> Held:
    """Return what a record of a web archive holds, without the codings it was sent in."""
    for found in find_records(file, packing, limits):
        if found.name == wanted:
            if isinstance(found.record, SourceError):
                raise found.record
            about, data = found.record
            head = "".join(f"{name}: {value}\n" for name, value in about.items()).encode()
            if (answer := answer_in(about, data)) is None:
                return Held(data, head)
            served = data[: len(data) - len(answer.body)]
            return Held(body_of(answer, limits.bytes, limits.ratio), head + b"\n" + served)
    raise SourceError("the web archive holds no such record any more.")


def _members(data: bytes, wanted: str, limits: Limits, allowance: Allowance) -> Iterator[Held]:
    """Yield the file in an archive, or in archives in it, whose names then stand before its own."""
    if packing := packing_of(data):
        yield _record(BytesIO(data), packing, wanted, limits)
        return
    entries = find_entries(data, limits, allowance)
    codec = codec_of(data)
    with allowance.deeper(limits):
        if entries is not None:
            for name, held in unpack(entries, limits, allowance)[0]:
                if isinstance(held, SourceError):
                    if name == wanted:
                        raise held
                elif name == wanted:
                    yield Held(held)
                elif wanted.startswith(f"{name}/"):
                    yield from _members(held, wanted[len(name) + 1 :], limits, allowance)
        elif codec:  # the one file in it, whatever it is called
            held, _ = unpack_whole(data, codec, limits, allowance)
            _, _, within = wanted.partition("/")
            if within:
                yield from _members(held, within, limits, allowance)
            else:
                yield Held(held)
