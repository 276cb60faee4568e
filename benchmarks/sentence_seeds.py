"""The published kind of system, for comparison: alignment from pairs of like sentences.

Written after Miguel Sanchez-Perez, Grigori Sidorov and Alexander Gelbukh, "A winning approach to text alignment for
text reuse detection at PAN 2014" (CLEF 2014 working notes): sentences as tf-isf vectors, seeds by cosine and Dice,
clusters of seeds with few sentences between them, made again with fewer where their two sides are unlike, the
likelier of two that overlap, nothing short; and a setting of its own for pairs that look like summaries.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks.corpora import PanPair, Passage

COSINE, DICE = 0.33, 0.33  # of two sentences, from which they are a seed
ALIKE = 0.34  # cosine of the two sides of a cluster
GAP, LEAST_GAP = 4, 2  # sentences from one seed of a cluster to the next
SUMMARY_GAP = 50  # this and the next were chosen on ``train``
SUMMARISED = 2  # times as long the source side must be for a pair to be a summary
SHORTEST = 150  # characters of a passage, on either side
FEWEST = 3  # words of a sentence; a shorter one belongs to the next

SENTENCE = re.compile(r"\S.*?(?:[.!?]+[\"'”’)\]]*(?=\s)|\n\s*\n|$)", re.S)
WORD = re.compile(r"\w+")
ENDINGS = re.compile(r"(?:ations?|ings?|edly|ed|ely|ly|es|s|e)$")

Matrix = NDArray[np.float64]


class Sentences(NamedTuple):
    """The sentences of a text: bounds in code points, words in stems."""

    bounds: list[tuple[int, int]]
    words: list[list[str]]


class Cluster(NamedTuple):
    """Sentences of the copy and the source, both ends inclusive, and how alike they are."""

    a_first: int
    a_last: int
    b_first: int
    b_last: int
    alike: float


def find_by_sentences(texts: dict[str, str], pairs: Sequence[PanPair]) -> dict[tuple[str, str], list[Passage]]:
    """Return the passages of each pair that has any."""
    read = {doc: split(texts[doc]) for p in pairs for doc in (p.copy, p.source)}
    found = {(p.copy, p.source): align_sentences(read[p.copy], read[p.source]) for p in pairs}
    return {key: passages for key, passages in found.items() if passages}


def split(text: str) -> Sentences:
    """Return the sentences of a text, short ones joined to the next."""
    bounds: list[tuple[int, int]] = []
    words: list[list[str]] = []
    start, held = None, list[str]()
    for found in SENTENCE.finditer(text):
        start = found.start() if start is None else start
        held += [_stem(word) for word in WORD.findall(found[0].lower())]
        if len(held) >= FEWEST:
            bounds.append((start, found.end()))
            words.append(held)
            start, held = None, []
    return Sentences(bounds, words)


def _stem(word: str) -> str:
    stem = ENDINGS.sub("", word)
    return stem if len(stem) > 2 else word


def align_sentences(a: Sentences, b: Sentences) -> list[Passage]:
    """Return the passages that a copy and its source share."""
    if not a.words or not b.words:
        return []
    in_a, in_b = _vectors(a, b)
    seeds = _seeds(in_a, in_b)
    clusters = _without_overlaps(_clusters(seeds, in_a, in_b, GAP))
    wide = _without_overlaps(_clusters(seeds, in_a, in_b, SUMMARY_GAP))
    passages, summary = ([p for c in some if _long(p := _passage(c, a, b))] for some in (clusters, wide))
    in_source, in_copy = sum(p.b_end - p.b_start for p in summary), sum(p.a_end - p.a_start for p in summary)
    return summary if in_source > SUMMARISED * in_copy else passages


def _vectors(a: Sentences, b: Sentences) -> tuple[Matrix, Matrix]:
    """Return a row for each sentence: how often it has each word, times the word's rarity among all sentences."""
    words = {word: column for column, word in enumerate(dict.fromkeys(w for s in a.words + b.words for w in s))}
    counts = np.zeros((len(a.words) + len(b.words), len(words)))
    rows = np.repeat(np.arange(len(counts)), [len(s) for s in a.words + b.words])
    columns = np.array([words[w] for s in a.words + b.words for w in s])
    np.add.at(counts, (rows, columns), 1)
    vectors = counts * np.log(len(counts) / np.count_nonzero(counts, axis=0))
    return vectors[: len(a.words)], vectors[len(a.words) :]


def _seeds(in_a: Matrix, in_b: Matrix) -> NDArray[np.int64]:
    """Return rows (sentence of the copy, sentence of the source) that are alike by both measures."""
    product = in_a @ in_b.T
    lengths = np.linalg.norm(in_a, axis=1)[:, None] * np.linalg.norm(in_b, axis=1)
    held_a, held_b = (in_a > 0).astype(float), (in_b > 0).astype(float)
    common, sizes = held_a @ held_b.T, held_a.sum(axis=1)[:, None] + held_b.sum(axis=1)
    return np.argwhere((product > COSINE * lengths) & (2 * common > DICE * sizes))


def _clusters(seeds: NDArray[np.int64], in_a: Matrix, in_b: Matrix, gap: int) -> Iterator[Cluster]:
    """Yield clusters whose sides are alike; what is not is clustered anew with a smaller gap."""
    for some in _grouped(seeds, gap):
        (a_first, b_first), (a_last, b_last) = some.min(axis=0).tolist(), some.max(axis=0).tolist()
        alike = _cosine(in_a[a_first : a_last + 1].sum(axis=0), in_b[b_first : b_last + 1].sum(axis=0))
        if alike >= ALIKE:
            yield Cluster(a_first, a_last, b_first, b_last, alike)
        elif gap > LEAST_GAP:
            yield from _clusters(some, in_a, in_b, gap - 1)


def _grouped(seeds: NDArray[np.int64], gap: int) -> Iterator[NDArray[np.int64]]:
    """Yield seeds in groups that no gap parts, on one side after the other until both hold."""
    for side in (0, 1):
        ordered = seeds[np.argsort(seeds[:, side], kind="stable")]
        parted = np.flatnonzero(np.diff(ordered[:, side]) > gap) + 1
        if len(parted):
            for some in np.split(ordered, parted):
                yield from _grouped(some, gap)
            return
    if len(seeds):
        yield seeds


def _cosine(a: Matrix, b: Matrix) -> float:
    lengths = np.linalg.norm(a) * np.linalg.norm(b)
    return float(a @ b / lengths) if lengths else 0.0


def _without_overlaps(clusters: Iterator[Cluster]) -> list[Cluster]:
    """Return the likelier of those that overlap in the copy."""
    kept: list[Cluster] = []
    for c in sorted(clusters, key=lambda c: (-c.alike, c)):
        if not any(c.a_first <= other.a_last and other.a_first <= c.a_last for other in kept):
            kept.append(c)
    return sorted(kept)


def _passage(c: Cluster, a: Sentences, b: Sentences) -> Passage:
    return Passage(a.bounds[c.a_first][0], a.bounds[c.a_last][1], b.bounds[c.b_first][0], b.bounds[c.b_last][1])


def _long(p: Passage) -> bool:
    return min(p.a_end - p.a_start, p.b_end - p.b_start) >= SHORTEST
