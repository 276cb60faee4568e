"""Write ``src/stemmata/data/unicode.npz``: what the tokeniser knows about each code point.

The tables are shipped, not computed at start-up, so that every Python version folds alike. Run with the
Python whose Unicode version is to be pinned::

    python scripts/build_unicode_tables.py
"""

from __future__ import annotations

import unicodedata
from pathlib import Path

import numpy as np

from stemmata.kernels import gaps as g
from stemmata.kernels import tokenise as t

PLANES = 0x20000
TARGET = Path(__file__).parent.parent / "src" / "stemmata" / "data" / "unicode.npz"

APOSTROPHES = "'\u2019\u02bc\uff07"
ENDERS = ".!?\u2026\u3002\uff01\uff1f\uff0e\u061f\u06d4\u0964\u0965"
CJK_ENDERS = "\u3002\uff01\uff1f\uff0e"
CLOSERS = "\"')]}\u201d\u2019\u00bb\u203a\u300d\u300f\uff09\uff3d"
OPENERS = "\u201c\u2018\u00ab\u201e\u201a\u2039\u300c\u300e"
HIDDEN = [0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x180E, *range(0x200E, 0x2010), *range(0x202A, 0x202F)]
HIDDEN += [*range(0x2061, 0x2065), *range(0x2066, 0x2070), 0x061C, *range(0xFFF9, 0xFFFC)]
HIDDEN += [0x034F, *range(0xFE00, 0xFE10), *range(0x180B, 0x180E), 0x180F, 0x17B4, 0x17B5]  # joiner, selectors, vowels
HIDDEN += [0x115F, 0x1160, 0x3164, 0xFFA0, *range(0x1BCA0, 0x1BCA4), *range(0x1D173, 0x1D17B)]  # fillers, formats
HIDDEN += [*range(0x0334, 0x0339), *range(0x20D0, 0x20F1)]  # marks that strike a letter out, or stand round it
# Letters that mathematics and wide type have a second time.
STYLED = ((0x1D400, 0x1D7CB), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A))
# Marks that readers leave out or type differently; other scripts' marks are vowels and stay.
LOOSE_MARKS = (
    (0x0300, 0x036F),
    (0x0483, 0x0489),
    (0x0591, 0x05C7),
    (0x0610, 0x061A),
    (0x064B, 0x065F),
    (0x0670, 0x0670),
    (0x06D6, 0x06ED),
    (0x1AB0, 0x1AFF),
    (0x1DC0, 0x1DFF),
    (0x20D0, 0x20FF),
    (0xFE00, 0xFE0F),
    (0xFE20, 0xFE2F),
)
# Scripts written without spaces: one token a code point.
UNSPACED = (
    (0x0E00, 0x0E4E),  # Thai
    (0x0E80, 0x0EDF),  # Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x2E80, 0x2FDF),  # CJK radicals
    (0x3005, 0x3007),
    (0x3041, 0x30FF),  # kana
    (0x3105, 0x312F),  # bopomofo
    (0x31F0, 0x31FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0xFF66, 0xFF9F),
)
STRIPPED_SCRIPTS = ("LATIN", "GREEK", "CYRILLIC", "HEBREW", "ARABIC")
# Letters drawn alike: code point -> the Latin letter, folded. Used only in a word that mixes scripts, or stands among
# Latin words.
LOOK_ALIKES = dict(
    zip(
        "АВЕЅІЈКМНОРСТУХаеорсухѕіјһԁԛԝɡӀӏѴѵҮүкΑΒΕΖΗΙΚΜΝΟΡΤΥΧονρικαυϲϳ",
        "abesijkmhopctyxaeopcyxsijhdqwgllvvyykabezhikmnoptyxovpikaucj",
        strict=True,
    )
)
# The other way round, for Latin letters in a word of another script: Cyrillic, and Greek.
CYRILLIC = dict(zip("aceopxysijhdqwABCEHIJKMOPSTXY", "асеорхуѕіјһԁԛԝАВСЕНІЈКМОРЅТХУ", strict=True))
GREEK = dict(zip("ovpaikuxABEZHIKMNOPTYX", "ονραικυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", strict=True))


def inside(point: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    """Say whether a code point lies in one of the closed ranges."""
    return any(low <= point <= high for low, high in ranges)


def properties(point: int) -> int:
    """Class and properties of a code point, as the bits named in ``kernels/tokenise.py``."""
    sign = chr(point)
    category = unicodedata.category(sign)
    name = unicodedata.name(sign, "")
    bits = 0
    if point in HIDDEN:
        return t.IGNORED | t.HIDDEN
    if point == 0xAD or inside(point, LOOSE_MARKS):
        return int(t.IGNORED)
    if category == "Nd":
        bits = t.DIGIT
    elif category in ("Mn", "Mc", "Me"):
        bits = t.EXTENDER
    elif (category[0] == "L" or category == "Nl") and sign not in APOSTROPHES:
        bits = t.SINGLE if inside(point, UNSPACED) else t.LETTER
        if inside(point, STYLED):
            bits |= t.HIDDEN
    if category in ("Lu", "Lt"):
        bits |= t.UPPER
    elif category == "Ll":
        bits |= t.LOWER
    if name.startswith("LATIN"):
        bits |= t.LATIN
    elif name.startswith(("CYRILLIC", "GREEK")):
        bits |= t.CYRILLIC_GREEK
    for signs, bit in (
        (ENDERS, g.ENDER),
        (CJK_ENDERS, g.CLOSED),
        (CLOSERS, g.CLOSER),
        (OPENERS, g.OPENER),
        (APOSTROPHES, t.APOSTROPHE),
        (":\uff1a", g.COLON),
    ):
        if sign in signs:
            bits |= bit
    if sign in "\n\x0b\x0c\x85\u2028\u2029":
        bits |= g.NEWLINE
    if sign.isspace():
        bits |= g.SPACE
    return int(bits)


def folded(point: int) -> str:
    """Return a code point without case, compatibility form and loose marks; digits become ASCII digits."""
    sign = chr(point)
    if unicodedata.category(sign) == "Nd":
        return str(unicodedata.digit(sign))
    if 0xAC00 <= point <= 0xD7A3 or 0xD800 <= point <= 0xDFFF:
        return sign
    name = unicodedata.name(sign, "")
    if name.startswith(STRIPPED_SCRIPTS) or unicodedata.decomposition(sign).startswith("<"):
        plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", sign).casefold())
        return "".join(c for c in plain if not inside(ord(c), LOOSE_MARKS)) or sign
    return unicodedata.normalize("NFKC", sign.casefold())


def main() -> None:
    """Build and write the tables."""
    bits = np.zeros(PLANES, np.uint16)
    fold = np.zeros(PLANES, np.uint32)
    lower = np.zeros(PLANES, np.uint32)
    expansions: list[int] = []
    for point in range(PLANES):
        bits[point] = properties(point)
        small = chr(point).lower()
        lower[point] = ord(small) if len(small) == 1 else point
        points = [ord(c) for c in folded(point)]
        if len(points) == 1:
            fold[point] = points[0]
        else:
            fold[point] = t.EXPANDED | len(expansions)
            expansions += [len(points), *points]
    alike = sorted((ord(sign), ord(letter)) for sign, letter in LOOK_ALIKES.items())
    counterparts = np.zeros((2, 128), np.uint32)
    for row, letters in enumerate((CYRILLIC, GREEK)):
        for letter, sign in letters.items():
            counterparts[row, ord(letter)] = ord(sign)
    TARGET.parent.mkdir(exist_ok=True)
    np.savez_compressed(
        TARGET,
        properties=bits,
        fold=fold,
        lower=lower,
        expansions=np.array(expansions, np.uint32),
        look_alikes=np.array(alike, np.uint32),
        counterparts=counterparts,
        unicode_version=np.array(unicodedata.unidata_version),
    )
    print(f"{TARGET.name}: Unicode {unicodedata.unidata_version}, {TARGET.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
