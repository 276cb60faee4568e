"""Words exchanged for others of a wrong sense: *fighter aircraft* becomes *boxer aircraft*.

A machine that swaps words one by one takes synonyms of any sense. Whether a swap fits is asked of both sides: do the
two words stand among the same words elsewhere (``wordvectors``), does the new one join its neighbours in the source
as the old one did (``wordpairs``), and is it as near to what else is said there? Asked only in passages whose words
were swapped one for one: elsewhere other words mean that something else is said.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stemmata.alterations.alteration import Alteration
from stemmata.alterations.collation import Run
from stemmata.alterations.judgement import Judgement, quote
from stemmata.alterations.marked import MarkedText
from stemmata.alterations.severity import severity
from stemmata.alterations.swaps import LONGEST, Swap, list_swaps
from stemmata.languages import Frequencies
from stemmata.tokens import among
from stemmata.wordpairs import WordPairs
from stemmata.wordvectors import Vectors, WordVectors, unit

WINDOW, NEAREST = 10, 5  # words to each side that are looked at, and how many of them count: the most alike
LEAST, MOST = -3.0, 6.0  # between which a difference of links counts
AT_ONCE = 4_096  # swaps that are measured together: 5 kB each
COMMON_ZIPF = 4.0  # logarithm of occurrences in a billion words

FIGURES = ("both known", "likeness", "links", "links, unknown", "rarity", "nearness")
WEIGHTS = np.array([2.2, -4.94, 0.09, 0.24, 1.07, 1.21])
CUT = 1.0  # log-odds from which a swap is of a wrong sense
"""Fitted by ``benchmarks/train_tortured.py``."""


@dataclass(frozen=True)
class Background:
    """What is known of the words of a language.

    Parameters
    ----------
    pairs : WordPairs
    vectors : WordVectors
    frequencies : Frequencies
    silent : uint64 array
        Function words, ascending.
    """

    pairs: WordPairs
    vectors: WordVectors
    frequencies: Frequencies
    silent: NDArray[np.uint64]


def judge_senses(
    found: list[Alteration], source: MarkedText, copy: MarkedText, swapped: list[Run], background: Background
) -> list[Alteration]:
    """Name the alterations ``tortured`` whose new words do not fit where they stand.

    Parameters
    ----------
    found : list of Alteration
    swapped : list of Run
        Passages in which words were exchanged one for one.
    """
    swaps = list(list_swaps(found, source, copy, swapped, background.vectors, background.silent))
    judged = list(found)
    for first in range(0, len(swaps), AT_ONCE):
        some = swaps[first : first + AT_ONCE]
        for swap, odds in zip(some, (measure_swaps(some, source, background) @ WEIGHTS).tolist(), strict=True):
            if odds >= CUT:
                judged[swap.place] = _tortured(found[swap.place], odds, source, copy)
    return judged


def _tortured(one: Alteration, odds: float, source: MarkedText, copy: MarkedText) -> Alteration:
    before = quote(source.text[one.source_start : one.source_end])
    after = quote(copy.text[one.copy_start : one.copy_end])
    says = f"Out of place here, or of another sense: {before} becomes {after}."
    judgement = Judgement("tortured", says, 1 / (1 + math.exp(-odds)))
    return one._replace(type="tortured", says=says, severity=severity(judgement, 1))


def measure_swaps(swaps: Sequence[Swap], source: MarkedText, background: Background) -> NDArray[np.float64]:
    """Return what speaks for a wrong sense of each swap.

    Returns
    -------
    float64 array of shape (swaps, FIGURES)
        Whether all is known of both words; the cosine of their vectors; by how much the links to their neighbours
        are worse, where both are known, and where one is not; how common the source's word is, of a pair of which
        one is not known; and by how much the new word is less like the words around.
    """
    figures = np.zeros((len(swaps), len(FIGURES)))
    if not swaps:
        return figures
    lost, gained = _padded([swap.lost for swap in swaps]), _padded([swap.gained for swap in swaps])
    before, after = background.vectors.look_up(lost), background.vectors.look_up(gained)
    known = before.any(axis=(1, 2)) & after.any(axis=(1, 2))
    links = np.clip(_lost_links(swaps, source, background), LEAST, MOST)
    figures[:, 0] = known
    figures[:, 1] = np.where(known, _likeness(before, after), 0)
    figures[:, 2] = np.where(known, links, 0)
    figures[:, 3] = np.where(known, 0, links)
    figures[:, 4] = np.where(known, 0, _zipf(lost, background.frequencies) - COMMON_ZIPF)
    nearer = _nearer(swaps, (before, after), np.concatenate([lost, gained], axis=1), source, background)
    figures[:, 5] = np.where(known, nearer, 0)
    return figures


def _padded(sides: Sequence[list[int]]) -> NDArray[np.uint64]:
    """Return the words of each side as a row; 0 for none."""
    rows = np.zeros((len(sides), LONGEST), np.uint64)
    for row, words in zip(rows, sides, strict=True):
        row[: len(words)] = words
    return rows


def _likeness(before: Vectors, after: Vectors) -> NDArray[np.float64]:
    """Return how like the new words are to the most like of the old ones, on average over those that are known."""
    cosines = np.einsum("nik,njk->nij", before, after)
    known = np.asarray(before.any(axis=2))
    cosines = np.where(known[:, :, None], cosines, -np.inf).max(axis=1)
    counted = after.any(axis=2) & np.isfinite(cosines)
    total = np.where(counted, cosines, 0).sum(axis=1, dtype=np.float64)
    means: NDArray[np.float64] = total / np.maximum(counted.sum(axis=1), 1)
    return means


def _zipf(lost: NDArray[np.uint64], frequencies: Frequencies) -> NDArray[np.float64]:
    """Return how common the rarest word of the source is: the logarithm of its occurrences in a billion words."""
    shares = np.where(lost > 0, frequencies.look_up(lost, 1e-9), 1.0)
    rarest: NDArray[np.float64] = 9 + np.log10(shares.min(axis=1))
    return rarest


def _lost_links(swaps: Sequence[Swap], source: MarkedText, background: Background) -> NDArray[np.float64]:
    """Return by how much the new words join the source's neighbours worse than the old ones did, in log-odds."""
    around = [0, *source.words.word.tolist(), 0]
    lost = np.zeros(len(swaps))
    for sign, sides in ((1, [swap.before for swap in swaps]), (-1, [swap.after for swap in swaps])):
        rows = [[around[swap.first], *side, around[swap.last + 1]] for swap, side in zip(swaps, sides, strict=True)]
        words = np.array([word for row in rows for word in row], np.uint64)
        ends = np.cumsum([len(row) for row in rows])
        links = np.append(background.pairs.links(words, background.frequencies.look_up(words, 0.0)), 0.0)
        links[ends - 1] = 0.0  # from the end of one to the beginning of the next
        lost += sign * np.add.reduceat(links, np.append(0, ends[:-1]))
    return lost


def _nearer(
    swaps: Sequence[Swap],
    sides: tuple[Vectors, Vectors],
    own: NDArray[np.uint64],
    source: MarkedText,
    background: Background,
) -> NDArray[np.float64]:
    """Return by how much the old words are more like the words around than the new ones are, by the nearest five."""
    words = source.words.word
    starts = np.array([[swap.first] * WINDOW + [swap.last] * WINDOW for swap in swaps])
    places = starts + np.concatenate([np.arange(-WINDOW, 0), np.arange(WINDOW)])
    inside = (places >= 0) & (places < len(words))
    places = np.where(inside, places, 0)
    around = words[places]
    vectors = background.vectors.look_up(words)
    spoken = vectors.any(axis=1) & ~among(words, background.silent)
    inside &= spoken[places] & ~(around[:, :, None] == own[:, None, :]).any(axis=2)
    near = [_nearest(np.einsum("nwk,nk->nw", vectors[places], unit(side.sum(axis=1))), inside) for side in sides]
    return near[0] - near[1]


def _nearest(likeness: Vectors, inside: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return the mean of the five largest of each row where ``inside`` holds; 0 where there are none."""
    ordered = -np.sort(-np.where(inside, likeness, -np.inf), axis=1)[:, :NEAREST]
    held = np.isfinite(ordered)
    total = np.where(held, ordered, 0).sum(axis=1, dtype=np.float64)
    means: NDArray[np.float64] = total / np.maximum(held.sum(axis=1), 1)
    return means
