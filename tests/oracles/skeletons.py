"""The frame of a text, word by word, by the definition."""

from __future__ import annotations

from collections.abc import Collection, Sequence

CAPITAL, LOWERCASE, NUMBER, FIRST = 1, 2, 4, 128


def skeleton(
    words: Sequence[int], flags: Sequence[int], function: Collection[int], common: Collection[int], named: bool
) -> tuple[list[int], bool]:
    """Return where the words of the skeleton stand, and whether capitals mark no names though they might."""
    inside = [flag for flag in flags if flag & (CAPITAL | LOWERCASE) and not flag & FIRST]
    capitals = sum(flag & CAPITAL for flag in inside)
    names = named and 0 < capitals < 0.9 * len(inside)
    marked = list(zip(words, flags, strict=True))
    proper = {word for word, flag in marked if names and flag & CAPITAL and not flag & FIRST and word not in common}
    taken = [
        i
        for i, (word, flag) in enumerate(marked)
        if word in function or flag & NUMBER or (flag & CAPITAL and word in proper)
    ]
    return taken, named and not names
