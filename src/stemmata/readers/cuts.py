"""Where files of many gzip members are cut, so that several workers, or machines, share one.

What looks like a member may lie within one: a web archive may hold web archives. So each piece ends where the members
that follow one another from its beginning have led to, and there the next begins.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa

from stemmata.engines import Engine
from stemmata.readers.members import NOWHERE, first_member, walk

BLOCKS = pa.schema([("path", pa.binary()), ("begin", pa.int64()), ("end", pa.int64())])
CUTS = pa.schema([("first", pa.int64()), ("next", pa.int64())])
CUT_BYTES = 8 << 20  # as they are packed, that are read in one go


def cut_members(sizes: Mapping[bytes, int], ratio: int, engine: Engine) -> dict[bytes, list[tuple[int, int]]]:
    """Return from where to where the members of each piece begin, by file.

    Parameters
    ----------
    sizes : mapping
        The bytes of each file, by its path.
    ratio : int
        How many times its packed size a member may have once unpacked; as it is read with.
    engine : Engine
        Where to go through the files, which takes a small part of the time that their reading takes.
    """
    blocks: list[dict[str, Any]] = [
        {"path": path, "begin": begin, "end": min(begin + CUT_BYTES, size)}
        for path, size in sizes.items()
        for begin in range(0, size, CUT_BYTES)
    ]
    if not blocks:
        return {}
    weights = np.array([block["end"] - block["begin"] for block in blocks], np.int64)
    table = pa.Table.from_pylist(blocks, schema=BLOCKS)
    edges: dict[bytes, list[int]] = {path: [0] for path in sizes}
    for block, one in zip(blocks, engine.map(_cut, table, ratio, weights=weights).to_pylist(), strict=True):
        begin = edges[block["path"]][-1]
        if begin < block["end"]:
            led = one["next"] if one["first"] == begin else _led(block["path"], begin, block["end"], ratio)
            edges[block["path"]].append(min(led, sizes[block["path"]]))
    return {path: list(pairwise(places)) for path, places in edges.items()}


def _cut(part: pa.Table, ratio: int) -> pa.Table:
    """Return of each block where the first member begins, and where those from there on lead beyond it."""
    rows = []
    for block in part.to_pylist():
        try:
            with open(block["path"], "rb") as file:
                first = first_member(file, block["begin"], block["end"], ratio)
        except OSError:
            first = -1
        led = -1 if first < 0 else _led(block["path"], first, block["end"], ratio)
        rows.append({"first": first, "next": led})
    return pa.Table.from_pylist(rows, schema=CUTS)


def _led(path: bytes, begin: int, end: int, ratio: int) -> int:
    """Return where members lead; where the file cannot be read, beyond it: whoever reads that piece says why."""
    try:
        with open(path, "rb") as file:
            return walk(file, begin, end, ratio)
    except OSError:
        return NOWHERE
