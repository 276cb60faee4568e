"""The words of an accepted passage set against each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from stemmata.kernels.edits import DELETE, INSERT, SAME, edit_runs, moved_runs
from stemmata.kernels.matching import match_one_to_one
from stemmata.kernels.postings import postings
from stemmata.kernels.words import align_words, heaviest_chain
from stemmata.passages.pair import TextPair
from stemmata.passages.rectangles import Rectangle

Integer = TypeVar("Integer", np.int32, np.int64)

ALIKE, LEAST_ALIKE = 0.8, 20  # share of the longer text that is the same at both ends, and words
SHORT_TEXT = 60  # words
SAME_WORDS, SAME_WEIGHT = 0.75, 20.0  # share of the words, and their summed -ln frequency: four or five rare words


@dataclass(frozen=True)
class Wording:
    """A passage word by word; arrays are indexed by word of the whole text and hold -1 outside the passage.

    Parameters
    ----------
    path : int32 array, by word of a
        The word of b set against it, equal or not; rises along the passage.
    moved_a, moved_b : int32 arrays
        The partner of a word that stands elsewhere in the passage.
    """

    path: NDArray[np.int32]
    moved_a: NDArray[np.int32]
    moved_b: NDArray[np.int32]


def set_words(pair: TextPair, passage: Rectangle) -> Wording:
    """Align the words of a passage."""
    a, b = pair.a.ids, pair.b.ids
    bounds = passage[:4]
    first_b, places_b = postings(b, len(pair.frequency))
    partner_a, partner_b = np.full(len(a), -1, np.int32), np.full(len(b), -1, np.int32)
    context_a, context_b = np.ones(len(a)), np.ones(len(b))
    strength = np.zeros(len(a))
    match_one_to_one(
        a, b, pair.weight, pair.frequency, first_b, places_b, *bounds, partner_a, partner_b, context_a, context_b,
        strength,
    )  # fmt: skip
    chain = heaviest_chain(partner_a, strength, *bounds)
    wording = Wording(np.full(len(a), -1, np.int32), np.full(len(a), -1, np.int32), np.full(len(b), -1, np.int32))
    flags_a, flags_b = pair.a.words.flags, pair.b.words.flags
    align_words(a, b, flags_a, flags_b, pair.weight, chain, partner_a, *bounds, wording.path)
    moved_runs(a, b, pair.weight, partner_a, *bounds, wording.path, wording.moved_a, wording.moved_b)
    return wording


def match_whole_texts(pair: TextPair) -> Rectangle | None:
    """Return all of two texts as one passage where they begin and end alike, or are short and mostly the same.

    The evidence of a sentence or two is too little to tell a passage inside other text from chance, and words
    that a text repeats without end are no evidence. As wholes such texts can be told. Else None.
    """
    sizes = len(pair.a), len(pair.b)
    whole = Rectangle(0, sizes[0], 0, sizes[1], 0.0, 0.0, 0.0)
    if _alike(pair.a.ids, pair.b.ids) >= max(ALIKE * max(sizes), LEAST_ALIKE):
        return whole
    if max(sizes) > SHORT_TEXT or min(sizes) == 0:
        return None
    path = set_words(pair, whole).path
    same = np.flatnonzero(path >= 0)
    same = same[pair.a.ids[same] == pair.b.ids[path[same]]]
    enough = 2 * len(same) >= SAME_WORDS * sum(sizes) and pair.weight[pair.a.ids[same]].sum() >= SAME_WEIGHT
    return whole if enough else None


def _alike(a: NDArray[np.int32], b: NDArray[np.int32]) -> int:
    """Count the words that two texts have in common at their beginning and, besides, at their end."""
    size = min(len(a), len(b))
    head = int(np.argmin(np.append(a[:size] == b[:size], False)))
    tail = int(np.argmin(np.append(a[len(a) - size :][::-1] == b[len(b) - size :][::-1], False)))
    return min(size, head + tail)


def list_edits(pair: TextPair, wording: Wording, bounds: tuple[int, int, int, int]) -> NDArray[np.int32]:
    """Return the edits of a passage, or of a piece of it, in words.

    Parameters
    ----------
    bounds : a_from, a_to, b_from, b_to
        Words set against words outside are taken as unmatched.

    Returns
    -------
    int32 array of shape (n, 5)
        Rows (op, a_from, a_to, b_from, b_to) in the order of a; ops numbered as in ``schemas.OPS``.
    """
    a_from, a_to, b_from, b_to = bounds
    return edit_runs(
        pair.a.ids,
        pair.b.ids,
        pair.a.words.form,
        pair.b.words.form,
        _inside(wording.path, b_from, b_to),
        _inside(wording.moved_a, b_from, b_to),
        _inside(wording.moved_b, a_from, a_to),
        *bounds,
    )


def _inside(partner: NDArray[np.int32], low: int, high: int) -> NDArray[np.int32]:
    return np.where((partner >= low) & (partner < high), partner, np.int32(-1))


def mirrored(edits: NDArray[Integer]) -> NDArray[Integer]:
    """Return edits with the sides exchanged, in the order of the new first side."""
    turned = edits[:, [0, 3, 4, 1, 2]]
    turned[edits[:, 0] == INSERT, 0] = DELETE
    turned[edits[:, 0] == DELETE, 0] = INSERT
    return turned[np.lexsort((turned[:, 4], turned[:, 3], turned[:, 2], turned[:, 1]))]


def matched_words(edits: NDArray[np.int32]) -> int:
    """Count the words of a that stand in b as well: matched, restyled or moved."""
    same = np.isin(edits[:, 0], SAME)
    return int((edits[same, 2] - edits[same, 1]).sum())
