"""From the bytes of a file to placed rows, whatever the file is, and whatever is in it."""

from __future__ import annotations

import pyarrow as pa

from stemmata import schemas
from stemmata.errors import SourceError
from stemmata.readers import Format, find_format
from stemmata.readers.archives import Allowance, looks_like_zip, unpack
from stemmata.readers.files import read_bytes
from stemmata.readers.isolation import Reading, read_isolated
from stemmata.readers.limits import Limits
from stemmata.readers.places import PLACED, Address, join, place, skip


def read_file(path: str | bytes, at: Address, limits: Limits, run: Reading) -> pa.Table:
    """Return what a file holds, in the schema ``places.PLACED``; no rows where it cannot be read, and why.

    Parameters
    ----------
    path : str or bytes
        Where it lies.
    at : Address
        The place that its rows say they come from.
    limits : Limits
        What its reader stops at.
    run : Reading
        Once it is over, no further file of an archive is read.
    """
    try:
        data = read_bytes(path, limits.bytes)
    except SourceError as error:
        return skip(at.uri, error)
    return _read(data, at, limits, Allowance.of(len(data), limits), run)


def read_as(kind: Format, data: bytes, limits: Limits, **keywords: object) -> pa.Table:
    """Return what the reader of a format returns, held to the limits.

    Raises
    ------
    SourceError
        The reader refuses the bytes; or, in a process of its own, crashes or takes too long.
    """
    bounds = {name: getattr(limits, name) for name in kind.bounded}
    if len(data) >= kind.isolated_from:
        return read_isolated(kind.read, data, seconds=limits.seconds, **bounds, **keywords)
    return kind.read(data, **bounds, **keywords)


def _read(data: bytes, at: Address, limits: Limits, allowance: Allowance, run: Reading) -> pa.Table:
    try:
        if looks_like_zip(data):
            return _read_archive(data, at, limits, allowance, run)
        kind = find_format(data, at.uri)
        return place(read_as(kind, data, limits), kind.media_type, at)
    except SourceError as error:
        return skip(at.uri, error)


def _read_archive(data: bytes, at: Address, limits: Limits, allowance: Allowance, run: Reading) -> pa.Table:
    if allowance.levels < 0:
        mend = "unpack it and give the folder, or raise limit_depth."
        raise SourceError(f"it is an archive that lies over {limits.levels} archives deep.", mend=mend)
    members, notes = unpack(data, limits, allowance)
    allowance.levels -= 1
    parts = [schemas.remark(PLACED.empty_table(), notes=notes)]
    for name, held in members:
        if run.over:
            break
        where = at.of(name) if name else at
        if isinstance(held, SourceError):
            parts.append(skip(where.uri, held))
        else:
            parts.append(_read(held, where, limits, allowance, run))
    allowance.levels += 1
    return join(parts)
