"""What other formats cannot hold: control signs, white space in attributes, names that only look alike.

Text from documents is hostile: a name may hold quotes, line ends, or what ends an element. Formats say how to
write most of it. What a format has no way to write at all becomes a picture of the sign (ESC is ␛), or U+FFFD.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from html import escape

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

_PICTURES = {code: chr(0x2400 + code) for code in range(0x20)} | {0x7F: "\N{SYMBOL FOR DELETE}"}
_PLAIN = _PICTURES | dict.fromkeys((*range(0x80, 0xA0), *range(0xD800, 0xE000), 0x2028, 0x2029), REPLACEMENT)
_LINES = {code: shown for code, shown in _PICTURES.items() if chr(code) not in "\t\n\r"}
_XML = _LINES | dict.fromkeys((*range(0xD800, 0xE000), 0xFFFE, 0xFFFF), REPLACEMENT)
_KEPT = {ord(sign): f"&#{ord(sign)};" for sign in "\t\n\r"}  # else a parser makes blanks of them
_UNSPACED = re.compile(  # Thai, Lao, Burmese, Khmer, kana, Chinese signs
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]\\Z"
)


def plain(text: str) -> str:
    """Return ``text`` on one line, with pictures of control signs."""
    return text.translate(_PLAIN)


def lined(text: str) -> str:
    """Return ``text`` with pictures of control signs; tabs and line ends stay."""
    return text.translate(_LINES)


def xml_text(text: str) -> str:
    """Return ``text`` as the content of an element."""
    return escape(text.translate(_XML), quote=False).replace("\r", "&#13;")


def xml_attribute(text: str) -> str:
    """Return ``text`` as the value of an attribute, in double quotes."""
    return f'"{escape(text.translate(_XML)).translate(_KEPT)}"'


def number(value: float) -> str:
    """Return a share in at most four digits after the point."""
    return f"{round(value, 4):g}"


def apart(
    names: Iterable[str], write: Callable[[str], str], *, fold: bool = False, mark: str = " ({})"
) -> dict[str, str]:
    """Return how each name is written, two that would be written alike told apart by a number.

    Parameters
    ----------
    names : iterable of str
        All different.
    write : callable
        Writes one name.
    fold : bool
        Whether small and capital letters are the same to whoever reads it.
    mark : str
        How the number is written.
    """
    written: dict[str, str] = {}
    taken: set[str] = set()
    for name in names:
        label, n = write(name), 1
        while (key := label.casefold() if fold else label) in taken:
            n += 1
            label = write(name) + mark.format(n)
        taken.add(key)
        written[name] = label
    return written


def spaced(reading: str) -> str:
    """Return a reading with the blank that parts it from the next.

    None follows an omission, a reading that ends in white space, or one in a script without spaces.
    """
    return reading if not reading or reading[-1].isspace() or _UNSPACED.search(reading) else f"{reading} "
