"""Which archive bytes are, if they are one."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from copy import copy
from functools import partial
from typing import BinaryIO, cast

import pyarrow as pa

from stemmata.readers import packed
from stemmata.readers.archives import Allowance, Entry
from stemmata.readers.limits import Limits
from stemmata.readers.tar import Tar, looks_like_tar
from stemmata.readers.zip import list_zip, looks_like_zip


def find_entries(data: bytes, limits: Limits, allowance: Allowance) -> Iterable[Entry] | None:
    """Return what is in an archive; nothing, where the bytes are none.

    Raises
    ------
    SourceError
        As :func:`stemmata.readers.zip.list_zip`.
    """
    if looks_like_zip(data):
        return list_zip(data, limits, allowance)
    if looks_like_tar(data):
        return Tar(partial(io.BytesIO, data))
    codec = packed.codec_of(data)
    if codec and looks_like_tar(packed.head(data, codec)):
        return Tar(partial(_unpacked, data, codec, copy(allowance)))
    return None


def _unpacked(data: bytes, codec: str, allowance: Allowance) -> BinaryIO:
    """Return a packed archive as a file, which holds no more than may come out of it.

    What is packed together may be many times alike: how much it swells is not measured but by what may come out.
    """
    return cast(BinaryIO, packed.as_file(_spent(packed.chunks(pa.BufferReader(data), codec), copy(allowance))))


def _spent(chunks: Iterable[bytes], allowance: Allowance) -> Iterator[bytes]:
    for chunk in chunks:
        allowance.spend(len(chunk))
        yield chunk
