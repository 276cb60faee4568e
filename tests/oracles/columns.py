"""Kernels that look at many texts at once, as a reader would do it: text by text, with lists and dictionaries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence


def count_capitals(texts: Sequence[Sequence[int]], capital: int, lower: int, first: int) -> list[tuple[int, int, int]]:
    """Of each text, words whose case says something, those with a capital, and all with one; a word is its flags."""
    found = []
    for text in texts:
        said = [flags for flags in text if not flags & first]
        found.append(
            (
                sum(bool(flags & (capital | lower)) for flags in said),
                sum(bool(flags & capital) for flags in said),
                sum(bool(flags & capital) for flags in text),
            )
        )
    return found


def tally(keys: Sequence[int], counted: Sequence[bool]) -> list[tuple[int, int, int]]:
    """Each key that is counted, how often it stands, and where first; in that order."""
    places = [k for k, is_counted in enumerate(counted) if is_counted]
    times = Counter(keys[k] for k in places)
    firsts: dict[int, int] = {}
    for k in places:
        firsts.setdefault(keys[k], k)
    return [(key, times[key], place) for key, place in firsts.items()]


def lines(texts: Sequence[Sequence[tuple[int, bool]]]) -> list[list[tuple[int, ...]]]:
    """The lines of each text: words, and whether a line begins with them."""
    found = []
    for text in texts:
        own: list[list[int]] = []
        for word, begins in text:
            if begins or not own:
                own.append([])
            own[-1].append(word)
        found.append([tuple(line) for line in own])
    return found


def distinct_within(groups: Sequence[Sequence[int]]) -> list[bool]:
    """Whether each key is the first of its kind in its group."""
    return [key not in group[:k] for group in groups for k, key in enumerate(group)]


def byte_places(texts: Sequence[str], wanted: Sequence[tuple[int, int]]) -> list[int]:
    """At which byte of all texts, laid end to end, each code point begins, or its text ends."""
    before = [len("".join(texts[:k]).encode()) for k in range(len(texts))]
    return [before[text] + len(texts[text][:point].encode()) for text, point in wanted]


def neighbours(texts: Sequence[Sequence[tuple[int, bool]]], mixed: Callable[[int, int], int]) -> list[tuple[int, int]]:
    """The place and the left word's upper half of each pair without a number; of words and whether they are numbers."""
    found = []
    for text in texts:
        around = [0, *(word for word, _ in text), 0]
        for k in range(len(text) - 1):
            if not text[k][1] and not text[k + 1][1]:
                before, left, right, after = around[k : k + 4]
                found.append(((mixed(left, right) << 32) | mixed(before, after), left >> 32))
    return found
