"""The figures of ``stemmata.direction`` as a textbook would give them: word by word, with lists and loops."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from typing import NamedTuple


class Segment(NamedTuple):
    """The words of x, and of y, between two matches."""

    x: list[str]
    y: list[str]


def rows(x: list[str], y: list[str]) -> Iterator[tuple[str, int, int, int, int]]:
    """Edits in words: segments of equal length are substituted word by word, others as one."""
    for tag, i, j, k, m in SequenceMatcher(None, x, y, autojunk=False).get_opcodes():
        if tag == "replace" and j - i == m - k:
            yield from (("substitute", i + n, i + n + 1, k + n, k + n + 1) for n in range(j - i))
        else:
            yield {"equal": "match", "replace": "substitute"}.get(tag, tag), i, j, k, m


def segments(x: list[str], y: list[str]) -> list[Segment]:
    """What lies between two matches."""
    opcodes = SequenceMatcher(None, x, y, autojunk=False).get_opcodes()
    return [Segment(x[i:j], y[k:m]) for tag, i, j, k, m in opcodes if tag != "equal"]


def spoken(word: str) -> bool:
    """Whether a word is no number."""
    return not word.isdigit() and word not in ("two", "ten")


def swaps(parts: list[Segment]) -> list[tuple[str, str]]:
    """Words in each other's place, in segments of up to three a side."""
    even = [part for part in parts if len(part.x) == len(part.y) <= 3]
    pairs = [pair for part in even for pair in zip(part.x, part.y, strict=True)]
    return [(p, q) for p, q in pairs if p != q and spoken(p) and spoken(q)]


def own(parts: list[Segment]) -> tuple[list[str], list[str]]:
    """Words of one side alone."""
    return [w for part in parts for w in part.x if spoken(w)], [w for part in parts for w in part.y if spoken(w)]


def rarer_swaps(parts: list[Segment], zipf: Mapping[str, float]) -> float:
    """Sum of clipped differences over sqrt(n + 4)."""
    differences = [max(-3.0, min(3.0, zipf.get(p, 0.0) - zipf.get(q, 0.0))) for p, q in swaps(parts)]
    return sum(differences) / math.sqrt(len(differences) + 4)


def difference_of_means(x: list[float], y: list[float]) -> float:
    """Mean of x less mean of y, shrunk where one has few; 0 where one has none."""
    n = min(len(x), len(y))
    return (sum(x) / len(x) - sum(y) / len(y)) * math.sqrt(n / (n + 8)) if n else 0.0


def unknown_words(parts: list[Segment], zipf: Mapping[str, float]) -> float:
    """Unknown words of y less those of x, over the root of all words of one side alone, and 4."""
    x, y = own(parts)
    return (sum(w not in zipf for w in y) - sum(w not in zipf for w in x)) / math.sqrt(len(x) + len(y) + 4)


def swap_share(parts: list[Segment]) -> float:
    """Words in swaps over words in segments."""
    changed = sum(len(part.x) + len(part.y) for part in parts)
    return 2 * len(swaps(parts)) / changed if changed else 0.0


def longest(x: list[str], y: list[str]) -> float:
    """Longest matched block over the shorter text."""
    blocks = SequenceMatcher(None, x, y, autojunk=False).get_matching_blocks()
    return max(block.size for block in blocks) / min(len(x), len(y))


def common(x: list[str], y: list[str]) -> float:
    """Matched words over the shorter text."""
    blocks = SequenceMatcher(None, x, y, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / min(len(x), len(y))
