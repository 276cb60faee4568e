"""Ways to damage bytes; each takes them and the draw, and what it does follows from these alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random
from typing import TypeAlias

from tests.fuzzing import tokens

Damage: TypeAlias = Callable[[bytes, Random, bytes], bytes]  # the last: another seed

MOST_BYTES = 60_000  # that most damages leave, so that many files are read in a second
LONGEST_BYTES = 1_500_000  # that a few do
LONG = 0.02  # how often
DIGITS = re.compile(rb"\d+")
PIECES = re.compile(rb"<[^<>]{1,80}>|[A-Za-z_:-]{2,30}\s*[=:]|/[A-Z][A-Za-z]{1,20}|\n[^\n]{1,60}(?=\n)")
ENCODINGS = (
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "utf-7",
    "cp1251",
    "cp1252",
    "gb18030",
    "shift_jis",
    "iso2022_jp",
    "koi8-r",
    "cp037",
)
SHORT = (b" ", b"a", b"(", b"<", b"\t", b"0", b"'", b"\xd7\x90")
DEPTHS = (3, 60, 400, 1_100, 2_100, 20_000)


def _place(data: bytes, draw: Random) -> int:
    """Return a place in the bytes, now and then one near their beginning or end."""
    where = draw.random()
    most = len(data)
    if where < 0.25:
        most = min(most, 400)
    place = draw.randint(0, most)
    return len(data) - place if where > 0.85 else place


def _stretch(data: bytes, draw: Random, most: int = 2_000) -> tuple[int, int]:
    begin = _place(data, draw)
    return begin, min(len(data), begin + draw.choice((1, 4, 30, draw.randint(1, most))))


def _most(draw: Random) -> int:
    return LONGEST_BYTES if draw.random() < LONG else MOST_BYTES


def flip(data: bytes, draw: Random, other: bytes) -> bytes:  # noqa: ARG001
    changed = bytearray(data)
    for _ in range(draw.choice((1, 1, 2, 4, 16, 64))):
        place = _place(data, draw)
        if place < len(changed):
            changed[place] = draw.choice((changed[place] ^ 1 << draw.randrange(8), draw.randrange(256), 0, 255, 32, 60))
    return bytes(changed)


def cut(data: bytes, draw: Random, other: bytes) -> bytes:  # noqa: ARG001
    return data[: _place(data, draw)]


def take_out(data: bytes, draw: Random, other: bytes) -> bytes:  # noqa: ARG001
    begin, end = _stretch(data, draw)
    return data[:begin] + data[end:]


def repeat(data: bytes, draw: Random, other: bytes) -> bytes:  # noqa: ARG001
    begin, end = _stretch(data, draw)
    times = min(draw.choice((2, 5, 50, 3_000)), 1 + _most(draw) // max(1, end - begin))
    return data[:begin] + data[begin:end] * times + data[end:]


def move(data: bytes, draw: Random, other: bytes) -> bytes:  # noqa: ARG001
    (begin, end), place = _stretch(data, draw), _place(data, draw)
    held, rest = data[begin:end], data[:begin] + data[end:]
    return rest[:place] + held + rest[place:]


def splice(data: bytes, draw: Random, other: bytes) -> bytes:
    if draw.random() < 0.5:
        return data[: _place(data, draw)] + other[_place(other, draw) :]
    (begin, end), place = _stretch(other, draw), _place(data, draw)
    return data[:place] + other[begin:end] + data[place:]


def renumber(data: bytes, draw: Random, other: bytes) -> bytes:  # noqa: ARG001
    """Replace numbers that are written in digits."""
    found = list(DIGITS.finditer(data[:MOST_BYTES]))
    for one in sorted(draw.sample(found, min(len(found), draw.choice((1, 1, 2, 6)))), key=lambda one: -one.start()):
        near = str(int(one[0][:18]) + draw.choice((-1, 1)))
        number = draw.choice((*tokens.NUMBERS, near)).encode()
        data = data[: one.start()] + number + data[one.end() :]
    return data


def rewrite(data: bytes, draw: Random, other: bytes) -> bytes:  # noqa: ARG001
    """Replace numbers that are written in bytes."""
    for _ in range(draw.choice((1, 1, 2, 5))):
        size, place = draw.choice((1, 2, 4, 8)), _place(data, draw)
        number = draw.choice(tokens.INTEGERS) & (1 << 8 * size) - 1
        data = data[:place] + number.to_bytes(size, draw.choice(("little", "big"))) + data[place + size :]
    return data


def insert(data: bytes, draw: Random, other: bytes) -> bytes:
    """Put in pieces of the format's syntax, or of the file's own."""
    words, _ = tokens.of(data)
    own = PIECES.findall(draw.choice((data, other))[:MOST_BYTES]) or tokens.ANY
    for _ in range(draw.choice((1, 1, 2, 5, 12))):
        place = _place(data, draw)
        if draw.random() < 0.6:  # where something begins or ends
            near = max(data.find(sign, place, place + 200) for sign in (b">", b"<", b"\n", b" "))
            place = place if near < 0 else near + draw.randrange(2)
        data = data[:place] + draw.choice(draw.choice((words, words, tokens.ANY, own))) + data[place:]
    return data


def pile(data: bytes, draw: Random, other: bytes) -> bytes:  # noqa: ARG001
    """Put in one piece very often."""
    word, most = draw.choice(draw.choice((tokens.of(data)[0], tokens.ANY, SHORT))), _most(draw)
    times = draw.choice((10, 200, 5_000, 30_000)) if most == MOST_BYTES else most
    place = _place(data, draw)
    return data[:place] + word * min(times, 1 + most // len(word)) + data[place:]


def nest(data: bytes, draw: Random, other: bytes) -> bytes:  # noqa: ARG001
    begins, ends = draw.choice(tokens.of(data)[1])
    (begin, end), deep = _stretch(data, draw), min(draw.choice(DEPTHS), 1 + _most(draw) // len(begins))
    return data[:begin] + begins * deep + data[begin:end] + ends * draw.choice((deep, deep, deep - 1, 0)) + data[end:]


def unline(data: bytes, draw: Random, other: bytes) -> bytes:  # noqa: ARG001
    """Make lines endless, or ends of lines other ones."""
    return data.replace(b"\n", draw.choice((b"", b" ", b"\r", b"\r\n", b"\n\n", b"\0", b"\x0b", b"\xe2\x80\xa9")))


def nul(data: bytes, draw: Random, other: bytes) -> bytes:  # noqa: ARG001
    if draw.random() < 0.3:
        return data.replace(b" ", b"\0")
    for _ in range(draw.choice((1, 3))):
        place = _place(data, draw)
        data = data[:place] + bytes(draw.choice((1, 1, 2, 600))) + data[place:]
    return data


def recode(data: bytes, draw: Random, other: bytes) -> bytes:  # noqa: ARG001
    """Write all or a part in another encoding, at times with halves of characters in it."""
    begin, end = (0, len(data)) if draw.random() < 0.5 else _stretch(data, draw)
    text, encoding = data[begin:end].decode("utf-8", "replace"), draw.choice(ENCODINGS)
    if draw.random() < 0.3:
        place = draw.randint(0, len(text))
        text = text[:place] + draw.choice(("\ud800", "\udc00", "\udfff\ud800")) + text[place:]
    errors = "surrogatepass" if encoding.startswith(("utf-16", "utf-32")) else "replace"
    return data[:begin] + text.encode(encoding, errors) + data[end:]


WAYS: tuple[Damage, ...] = (
    flip,
    cut,
    take_out,
    repeat,
    move,
    splice,
    renumber,
    insert,
    insert,
    pile,
    nest,
    unline,
    recode,
)
OF_BYTES = (*WAYS, flip, rewrite, rewrite, nul)


def damage(data: bytes, draw: Random, other: bytes) -> bytes:
    """Damage bytes in one way or in several."""
    for _ in range(draw.choice((1, 1, 1, 2, 2, 3, 5))):
        ways = OF_BYTES if b"\0" in data[:400] or draw.random() < 0.1 else WAYS
        damaged = draw.choice(ways)(data, draw, other)
        data = damaged[: 2 * LONGEST_BYTES]
    return data
