"""Text from documents is hostile: what a terminal or a page would obey is made visible instead.

Escape sequences could repaint a terminal, and direction overrides let a line read otherwise than it stands
in the file. Markup needs no care here: the terminal prints ``rich.text.Text``, which holds none, and the
page's templates escape everything.
"""

from __future__ import annotations

import re

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
LRM = "\N{LEFT-TO-RIGHT MARK}"

_LONE_RETURN = re.compile(r"\r(?!\n)")
_SHOWN = {code: chr(0x2400 + code) for code in range(0x20)}  # the pictures of control signs: ESC is ␛
_SHOWN |= {0x7F: "\N{SYMBOL FOR DELETE}", 0x09: "\t", 0x0A: "\n", 0x0D: " "}
_SHOWN |= dict.fromkeys(range(0x80, 0xA0), REPLACEMENT)  # a second set of control signs
_SHOWN |= dict.fromkeys((0x0B, 0x0C, 0x85, 0x2028, 0x2029), "\n")  # other line, paragraph and page ends
_SHOWN |= dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)), REPLACEMENT)  # direction overrides
_SHOWN |= dict.fromkeys(range(0xD800, 0xE000), REPLACEMENT)  # halves of signs, which no encoding takes
_SHOWN |= dict.fromkeys(range(0xE0000, 0xE0080), REPLACEMENT)  # tags: text that no one sees
_SHOWN |= dict.fromkeys((0xFFFE, 0xFFFF), REPLACEMENT)  # no signs at all, which XML refuses
_MARKS = 16  # on one letter; no script needs more, and a browser takes minutes to lay out very many
_MARK = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200f\u2060\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\U000e0100-\U000e01ef"
)
_HEAP = re.compile(f"[{_MARK}]{{{_MARKS + 1},}}")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")


def visible(text: str) -> str:
    """Return ``text`` with what cannot be seen, or would be obeyed, made visible.

    One code point comes out for each that went in, so spans into ``text`` hold for the result. Line ends of
    every sort become newlines; marks that scripts need (joiners, left-to-right marks) stay, unless they are heaped up.
    """
    if not text.isascii():
        text = _HEAP.sub(lambda heap: heap[0][:_MARKS] + REPLACEMENT * (len(heap[0]) - _MARKS), text)
    return _LONE_RETURN.sub("\n", text).translate(_SHOWN)


def oneline(text: str, limit: int = 0) -> str:
    """Return ``text``, visible, on one line, cut to ``limit`` code points with an ellipsis (0: whole)."""
    # A cut before the split: a document may be one line of 50 MB, and only its beginning is shown.
    line = " ".join(visible(text[: 8 * limit] if limit else text).split())
    return line if not limit or len(line) <= limit else line[: limit - 1].rstrip() + "…"


def runs_leftward(text: str) -> bool:
    """Say whether more letters of a text run from right to left than from left to right."""
    leftward = len(_RIGHT_TO_LEFT.findall(text))
    return leftward > 0 and 2 * leftward > sum(map(str.isalpha, text))


def arrow(before: str, after: str) -> str:
    """Join two readings as *before → after*, in this order even where both run from right to left."""
    mark = LRM if _RIGHT_TO_LEFT.search(before + after) else ""
    return f"{before}{mark} → {mark}{after}"
