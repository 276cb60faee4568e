"""Large files of lines: cut at line ends into blocks, whose lines keep the numbers that they have in the file."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from stemmata.errors import SourceError

BLOCK_BYTES = 2 << 20  # what is parsed at a time, if no line is longer
LINE = b"\n"


class Lines(NamedTuple):
    """Some lines of a file, one after another: the number of the first, from 1, and their bytes."""

    first: int
    data: bytes


class Survey(NamedTuple):
    """What a block of a file holds: how many line ends, where the last line ends (-1: nowhere), and whether UTF-8."""

    ends: int
    last: int
    valid: bool


class Piece(NamedTuple):
    """Whole lines of a file: from and to of their bytes, and the number of the first."""

    begin: int
    end: int
    first: int


def survey(path: str | bytes, begin: int, end: int) -> Survey:
    """Look through the bytes of a file from ``begin`` to ``end``."""
    from stemmata.kernels.utf8 import count_lines

    data = b"".join(_range(path, begin, end))
    last = data.rfind(LINE)
    ends = count_lines(np.frombuffer(data, np.uint8))
    return Survey(ends, begin + last + 1 if last >= 0 else -1, data.isascii() or _is_utf8(data))


def cut(surveys: Sequence[Survey], size: int) -> list[Piece]:
    """Return the pieces of a file of ``size`` bytes, given all its blocks in order; cuts stand at line ends."""
    pieces, begin, first, ends = [], 0, 1, 0
    for one in surveys:
        ends += one.ends
        if one.last > begin:
            pieces.append(Piece(begin, one.last, first))
            begin, first, ends = one.last, first + ends, 0
    if begin < size:
        pieces.append(Piece(begin, size, first))
    return pieces


def read_blocks(path: str | bytes, piece: Piece, limit: int) -> Iterator[Lines | SourceError]:
    """Yield the lines of a piece of a file, together if it is no larger than two blocks; see :func:`blocks`."""
    if piece.end - piece.begin > 2 * BLOCK_BYTES:
        return blocks(_range(path, piece.begin, piece.end), limit, piece.first)
    return _within(Lines(piece.first, b"".join(_range(path, piece.begin, piece.end, 2 * BLOCK_BYTES))), limit)


def first_lines(path: str | bytes, size: int, limit: int) -> list[bytes]:
    """Return the lines that end in the first ``size`` bytes of a file; else the first, as far as ``limit``."""
    with open(path, "rb") as file:
        head = file.read(size)
        if LINE not in head:
            return [head + file.readline(max(0, limit - len(head)))]
    return head[: head.rfind(LINE)].split(LINE)


def blocks(chunks: Iterable[bytes], limit: int, first: int = 1) -> Iterator[Lines | SourceError]:
    """Yield the lines of a stream of bytes, some at a time, and for each line over the limit that it is not read.

    Parameters
    ----------
    chunks : iterable of bytes
        One after another; lines begin and end anywhere in them. Where they break off with a ``SourceError``, it
        is yielded behind the lines that have come.
    limit : int
        The most bytes of a line.
    first : int
        The number of the first line.
    """
    held: list[bytes] = []  # put together only where a line ends: one may come in thousands of chunks
    size, ended = 0, False  # bytes that are held, and whether a line ends in them
    over = 0  # bytes so far of a line that is left out
    broken: SourceError | None = None
    try:
        for chunk in chunks:
            if over:
                end = chunk.find(LINE)
                over += len(chunk) if end < 0 else end
                if end < 0:
                    continue
                yield _too_long(first, over, limit)
                chunk, over, first = chunk[end + 1 :], 0, first + 1
            held.append(chunk)
            size += len(chunk)
            ended = ended or LINE in chunk
            if ended and size >= BLOCK_BYTES:
                whole = b"".join(held)
                cut_at = whole.rfind(LINE) + 1
                yield from _within(Lines(first, whole[:cut_at]), limit)
                first += whole.count(LINE, 0, cut_at)
                held, size, ended = [whole[cut_at:]], len(whole) - cut_at, False
            if size > limit and not ended:
                held, size, over = [], 0, size
    except SourceError as error:
        broken = error
    if over:
        yield _too_long(first, over, limit)
    elif size:
        yield from _within(Lines(first, b"".join(held)), limit)
    if broken:
        yield broken


def _within(lines: Lines, limit: int) -> Iterator[Lines | SourceError]:
    """Yield lines without those over the limit."""
    if len(lines.data) <= limit:
        yield lines
        return
    for number, line in enumerate(lines.data.split(LINE), lines.first):
        if len(line) > limit:
            yield _too_long(number, len(line), limit)
        elif line:
            yield Lines(number, line)


def _too_long(line: int, size: int, limit: int) -> SourceError:
    return SourceError(
        f"line {line} has {size:,} bytes, and the limit is {limit:,}.",
        where=f"#{line}",
        mend="split its text, or raise the limit (limit_bytes, --limit-bytes).",
    )


def _range(path: str | bytes, begin: int, end: int, most: int = BLOCK_BYTES) -> Iterator[bytes]:
    with open(path, "rb") as file:
        file.seek(begin)
        while begin < end and (chunk := file.read(min(most, end - begin))):
            begin += len(chunk)
            yield chunk


def _is_utf8(data: bytes) -> bool:
    """Tell whether the bytes are UTF-8, but for a character that is cut at either end."""
    from stemmata.kernels.utf8 import INVALID, is_utf8

    start = 0
    while start < min(3, len(data)) and data[start] & 0xC0 == 0x80:
        start += 1
    return is_utf8(np.frombuffer(data, np.uint8)[start:]) != INVALID


def size_of(path: str | bytes) -> int:
    """Return the bytes of an ordinary file; 0 of what is none, or cannot be looked at."""
    try:
        return os.path.getsize(path) if os.path.isfile(path) else 0
    except OSError:
        return 0
