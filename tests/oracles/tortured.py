"""What speaks for a wrong sense of one exchanged word, with dicts of words and loops."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

Vector = Sequence[float]
Link = Callable[[str, str], float]


def cosine(a: Vector, b: Vector) -> float:
    """The cosine of two vectors; 0 where one is nothing but zeros."""
    length = math.hypot(*a) * math.hypot(*b)
    return sum(x * y for x, y in zip(a, b, strict=True)) / length if length else 0.0


def added(words: Sequence[str], vectors: Mapping[str, Vector], size: int) -> list[float]:
    """The sum of the words' vectors, each at length 1; zeros for none."""
    total = [0.0] * size
    for word in words:
        length = math.hypot(*vectors.get(word, [0.0]))
        for k, value in enumerate(vectors.get(word, [])):
            total[k] += value / length if length else 0.0
    return total


def links(words: Sequence[str], link: Link) -> float:
    """The sum of the links of neighbours; nothing links to the end of a text."""
    return sum(link(a, b) for a, b in pairwise(words) if a and b)


def figures(
    text: Sequence[str],
    first: int,
    last: int,
    lost: Sequence[str],
    after: Sequence[str],
    gained: Sequence[str],
    vectors: Mapping[str, Vector],
    link: Link,
    zipf: Callable[[str], float],
    silent: Sequence[str],
    size: int,
) -> list[float]:
    """The figures of an exchange of words [first, last) of a text for others: six, in the order of ``FIGURES``."""
    ours, theirs = added(lost, vectors, size), added(gained, vectors, size)
    known = any(ours) and any(theirs)
    left = text[first - 1] if first else ""
    right = text[last] if last < len(text) else ""
    worse = links([left, *text[first:last], right], link) - links([left, *after, right], link)
    worse = min(max(worse, -3.0), 6.0)
    if not known:
        return [0.0, 0.0, 0.0, worse, min(zipf(word) for word in lost) - 4, 0.0]
    around = [*text[max(0, first - 10) : first], *text[last : last + 10]]
    around = [word for word in around if any(vectors.get(word, [])) and word not in (*silent, *lost, *gained)]
    means = []
    for side in (ours, theirs):
        best = sorted((cosine(vectors[word], side) for word in around), reverse=True)[:5]
        means.append(sum(best) / len(best) if best else 0.0)
    some = [vectors[word] for word in lost if any(vectors.get(word, []))]
    alike = [max(cosine(vectors[word], one) for one in some) for word in gained if any(vectors.get(word, []))]
    return [1.0, sum(alike) / len(alike), worse, 0.0, 0.0, means[0] - means[1]]
