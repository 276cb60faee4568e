"""The figures of ``stemmata.direction`` as a textbook would give them: word by word, with lists and loops."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from itertools import pairwise
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


Counts = Mapping[tuple[str, str], int]


def link(left: str, right: str, pairs: Counts, shares: Mapping[str, float]) -> float:
    """How much likelier a word is after another than anywhere; 0 where a frequency is unknown."""
    if left not in shares or right not in shares:
        return 0.0
    after = sum(count for (first, _), count in pairs.items() if first == left)
    together = (pairs.get((left, right), 0) + 50 * shares[right]) / (after + 50)
    return math.log(together / shares[right])


def fit(words: list[str], place: int, pairs: Counts, shares: Mapping[str, float]) -> float:
    """How well a word fits between its neighbours."""
    before = link(words[place - 1], words[place], pairs, shares) if place else 0.0
    after = link(words[place], words[place + 1], pairs, shares) if place + 1 < len(words) else 0.0
    return before + after


def placed(x: list[str], y: list[str]) -> Iterator[tuple[range, range]]:
    """Where each segment stands on both sides."""
    for tag, i, j, k, m in SequenceMatcher(None, x, y, autojunk=False).get_opcodes():
        if tag != "equal":
            yield range(i, j), range(k, m)


def swapped_fits(x: list[str], y: list[str], pairs: Counts, shares: Mapping[str, float]) -> list[float]:
    """By how much each swapped word of x fits its place better than that of y."""
    found = []
    for i, k in placed(x, y):
        if len(i) == len(k) <= 3:
            for p, q in zip(i, k, strict=True):
                if spoken(x[p]) and spoken(y[q]):
                    found.append(fit(x, p, pairs, shares) - fit(y, q, pairs, shares))
    return found


def worse_swaps(x: list[str], y: list[str], pairs: Counts, shares: Mapping[str, float]) -> float:
    """Sum of clipped differences, and of the means of short segments that are no swaps, over sqrt(n + 4)."""
    swapped = [max(-5.0, min(5.0, one)) for one in swapped_fits(x, y, pairs, shares)]
    short = []
    for i, k in placed(x, y):
        if len(i) != len(k) and min(len(i), len(k)) >= 1 and max(len(i), len(k)) <= 4:
            means = [mean_link(side, place, pairs, shares) for side, place in ((x, i), (y, k))]
            short.append(max(-3.0, min(3.0, 1.5 * (means[0] - means[1]))))
    return (sum(swapped) + sum(short)) / math.sqrt(len(swapped) + len(short) + 4)


def mean_link(words: list[str], places: range, pairs: Counts, shares: Mapping[str, float]) -> float:
    """Mean of the links of a run, with those to the words around it; one that has no neighbour counts as 0."""
    links = []
    for right in range(places[0], places[-1] + 2):
        inside = 0 < right < len(words)
        links.append(link(words[right - 1], words[right], pairs, shares) if inside else 0.0)
    return sum(links) / len(links)


def more_misfits(x: list[str], y: list[str], pairs: Counts, shares: Mapping[str, float]) -> float:
    """Swaps that fit clearly worse in y less those that fit clearly better, over sqrt(n + 4)."""
    swapped = swapped_fits(x, y, pairs, shares)
    return (sum(one > 0.7 for one in swapped) - sum(one < -0.7 for one in swapped)) / math.sqrt(len(swapped) + 4)


def rougher(x: list[str], y: list[str], pairs: Counts, shares: Mapping[str, float]) -> float:
    """Difference of the mean links, shrunk where there are few."""
    links = [[link(p, q, pairs, shares) for p, q in pairwise(words)] for words in (x, y)]
    n = min(map(len, links))
    if not n:
        return 0.0
    means = [sum(side) / len(side) for side in links]
    return (means[0] - means[1]) * 3 * math.sqrt(n / (n + 60))
