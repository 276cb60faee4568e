"""Words counted in a dictionary, text by text."""

from __future__ import annotations

from collections.abc import Iterable

from stemmata.tokens import NUMBER, words_of


def counted(texts: Iterable[str]) -> dict[int, tuple[str, int]]:
    """By hash: the first spelling in small letters, and how often the word stands."""
    found: dict[int, tuple[str, int]] = {}
    for text in texts:
        words = words_of(text)
        for k in range(len(words)):
            if not words.flags[k] & NUMBER:
                spelling = small(text[words.start[k] : words.end[k]])
                first, times = found.get(int(words.word[k]), (spelling, 0))
                found[int(words.word[k])] = min(first, spelling), times + 1
    return found


def small(word: str) -> str:
    """In small letters; a sigma at the end of a word is a final one."""
    letters = word.lower()
    return letters[:-1] + "ς" if letters.endswith("σ") and len(letters) > 1 else letters
