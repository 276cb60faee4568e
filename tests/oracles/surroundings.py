"""Pairs of words and their surroundings as a textbook would find them: with loops over words and sets of tuples."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

Place = tuple[str, str, str, str]


def is_number(word: str) -> bool:
    """Whether a word is a number, in digits or, up to twelve, in letters."""
    return word.isdigit() or word in ("two", "ten")


def surroundings(texts: Iterable[list[str]]) -> set[Place]:
    """The word before a pair, the pair, the word after it; empty past a text's ends. A number is in no pair."""
    found = set()
    for text in texts:
        padded = ["", *text, ""]
        for before, left, right, after in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
            if not is_number(left) and not is_number(right):
                found.add((before, left, right, after))
    return found


def pairs(places: Iterable[Place]) -> Counter[tuple[str, str]]:
    """How often each pair was seen."""
    return Counter((left, right) for _, left, right, _ in places)


def words(places: Iterable[Place]) -> Counter[str]:
    """How often each word began a pair."""
    return Counter(left for _, left, _, _ in places)


def shares_run(text: list[str], others: Iterable[list[str]], size: int) -> bool:
    """Whether a text and one of the others have so many words in a row in common."""
    runs = {tuple(other[i : i + size]) for other in others for i in range(len(other) - size + 1)}
    return any(tuple(text[i : i + size]) in runs for i in range(len(text) - size + 1))
