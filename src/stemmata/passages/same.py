"""Pairs of which one text was recognised from a picture with errors: words that look alike are the same ones."""

from __future__ import annotations

from dataclasses import replace

from stemmata.misreadings import alike, exchanged_alike, same_in_place
from stemmata.passages.acceptance import SHORT_RIGHT, AlignmentOptions
from stemmata.passages.candidates import WEAK
from stemmata.passages.pair import TextPair
from stemmata.passages.passage import Passage
from stemmata.passages.rectangles import Rectangle, find_rectangles
from stemmata.passages.wording import set_words

VERBATIM = "verbatim"
REWORDED = ("spun", "paraphrased", "summarised")
MOSTLY = 0.7  # share of letters from which a passage is the same, read otherwise
NEARLY, EXCHANGED = 0.85, 0.33  # of texts with few errors, and of the exchanged words how many must be misread ones


def same_in_passages(pair: TextPair, language: str | None, options: AlignmentOptions) -> TextPair:
    """Return a pair in which words are of one type that are set against each other in a passage and look alike."""
    for rectangle in find_rectangles(pair, WEAK, options.tries, reused=True).rectangles:
        path = set_words(pair, rectangle).path
        pair = replace(pair, a=replace(pair.a, ids=same_in_place(pair.a, pair.b, path, language)))
    return pair


def as_worded(pair: TextPair, passage: Passage) -> Passage:
    """Return a passage as ``edited`` where its letters are mostly the same, whatever its words seemed to be.

    Words that cannot be read look like others; nobody who words a text anew keeps so many letters in their places.
    And words that look like one another may be others.
    """
    if passage.kind not in (*REWORDED, VERBATIM):
        return passage
    share = _letters(pair, passage)
    edited = share < 1 if passage.kind == VERBATIM else share >= MOSTLY
    return passage._replace(kind="edited", confidence=SHORT_RIGHT) if edited else passage


def as_read(pair: TextPair, piece: Rectangle, passage: Passage, language: str | None) -> Passage:
    """Return a passage of two texts that are not misread on the whole as ``edited`` where its exchanged words are.

    One wrong letter in fifty, on both sides, is a fifth of the words.
    """
    if passage.kind not in REWORDED or _letters(pair, passage) < NEARLY:
        return passage
    misread = exchanged_alike(pair.a, pair.b, set_words(pair, piece).path, language) >= EXCHANGED
    return passage._replace(kind="edited", confidence=SHORT_RIGHT) if misread else passage


def _letters(pair: TextPair, passage: Passage) -> float:
    """Return how much of their letters both sides of a passage have in common, 0 to 1."""
    (a_start, a_end), (b_start, b_end) = passage.x, passage.y
    return alike(pair.a.text[a_start:a_end], pair.b.text[b_start:b_end])
