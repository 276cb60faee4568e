"""Input k of a seed of the draw: always the same bytes."""

from __future__ import annotations

from functools import cache
from random import Random
from typing import NamedTuple

import pyarrow as pa

from tests.fuzzing import bundles, mutations, structures
from tests.fuzzing.layers import take_apart
from tests.fuzzing.seeds import READERS, SEEDS
from tests.web_archives import conversion, members

INTO = 0.8  # how often the damage is done to what a file holds, where it holds anything
FORMED = 0.5  # how often what has a form is left well-formed
RENAMED = 0.03  # how often a file is called as one of another format is
LARGE = 0.004  # how often it has over two megabytes, from which on files are read in pieces
LARGE_BYTES = 2_300_000
WITHIN = 4  # how deep files are taken apart


class Input(NamedTuple):
    """A damaged file: its number, for which reader it was sound, how its name ends, and its bytes."""

    number: int
    reader: str
    suffix: str
    data: bytes


def make(seed: int, number: int, readers: tuple[str, ...] = READERS) -> Input:
    """Return one input; the readers take turns."""
    reader = readers[number % len(readers)]
    draw = Random(f"{seed} {reader} {number}")
    suffix, data = draw.choice(SEEDS[reader])
    _, other = draw.choice(SEEDS[reader] if draw.random() < 0.7 else SEEDS[draw.choice(READERS)])
    data, other = (one.replace(b"k@-", b"k%d-" % number) for one in (data, other))
    if draw.random() < LARGE:
        data = _large(reader, data)
    if reader in ("parquet", "arrow") and draw.random() < FORMED:
        damaged = structures.table(reader, draw)
    else:
        damaged = _damaged(data, draw, other, WITHIN)
    if draw.random() < RENAMED:
        suffix = draw.choice(SEEDS[draw.choice(READERS)]).suffix
    return Input(number, reader, suffix, damaged)


def _damaged(data: bytes, draw: Random, other: bytes, deep: int) -> bytes:
    held = take_apart(data) if deep and draw.random() < INTO else None
    if held is None or not held.parts:
        formed = structures.reform(data, draw) if draw.random() < FORMED else None
        return mutations.damage(data, draw, other) if formed is None else formed
    parts, others = list(held.parts), take_apart(other)
    for at in draw.sample(range(len(parts)), min(len(parts), draw.choice((1, 1, 2)))):
        another = draw.choice(others.parts) if others and others.parts else other
        parts[at] = bytes(3_000_000) if draw.random() < 0.005 else _damaged(parts[at], draw, another, deep - 1)
    return held.join(parts, draw)


def _large(reader: str, data: bytes) -> bytes:
    if reader in ("parquet", "arrow"):
        return _large_table(reader, data)
    if reader == "warc":
        return data + _large_archive(data)
    return data * (LARGE_BYTES // len(data) + 1)


@cache
def _large_archive(data: bytes) -> bytes:
    """Return records that can stand behind others, packed as they are."""
    texts = [Random(n).randbytes(100_000).hex() for n in range(LARGE_BYTES // 100_000 + 1)]
    records = [conversion(text, f"https://courier.example/more/{n}") for n, text in enumerate(texts)]
    if data.startswith(b"\x1f\x8b"):
        return members(*records)
    return b"".join(map(bundles.zstd, records) if data.startswith((b"\x28\xb5", b"\x5d\x2a")) else records)


@cache
def _large_table(reader: str, data: bytes) -> bytes:
    texts = [Random(n).randbytes(10_000).hex() for n in range(LARGE_BYTES // 20_000 + 1)]
    table = pa.table({"text": texts, "title": [text[:9] for text in texts]})
    if reader == "parquet":
        return bundles.parquet(table, row_group_size=10, compression="none")
    return bundles.ipc(table, stream=not data.startswith(b"ARROW1"))
