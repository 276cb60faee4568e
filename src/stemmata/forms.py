"""Forms: wording that recurs in a collection with other names and numbers in it, told by counting.

Notices of dividends, terms of bonds, a central bank's daily note: two of them share nearly all their words and none
was copied from the other. A pair of texts cannot know that; the collection does. A *slot* is a name or a number, or
several in a row, between two words on either side; where many documents fill the same slot each in its own way, the
words round it are a form.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from stemmata.kernels import slots
from stemmata.kernels.tally import tally
from stemmata.recurring import recurring
from stemmata.tokens import PARAGRAPH, SENTENCE, Keys, Words, among

FEWEST = 4  # fillings, and documents, that make a form
RARE = 5_000  # a larger collection asks for one more per so many documents: what is merely idiom recurs as well
MOSTLY = 0.7  # share of the documents with a slot that fill it in one way, above which it is one text and its copies
MORE = np.uint64(0xBF58476D1CE4E5B9)
NOTHING = (np.zeros(0, np.uint64),) * 3


class Slots(NamedTuple):
    """The slots of a text, in order.

    Parameters
    ----------
    slot, filling : uint64 arrays
        Hashes of the words around, and of what stands in it.
    first, last : int arrays
        Its words with those around, half-open.
    """

    slot: NDArray[np.uint64]
    filling: NDArray[np.uint64]
    first: NDArray[np.int64]
    last: NDArray[np.int64]


def find_forms(gathered: pa.Table) -> NDArray[np.uint64]:
    """Return the slots that are filled in many ways, as the distinct hashes of ``find_slots``, ascending.

    Parameters
    ----------
    gathered : pyarrow.Table
        A row a document, in any order, with lists of equal length: ``slot`` and ``filling``, as ``gather_slots``.

    Returns
    -------
    uint64 array
        A slot counts where at least 4 documents, and one in 5,000 of those that have slots, fill it in as many ways,
        and not seven tenths of them in one way: what one text says, and some of its copies altered, is no form.

    Notes
    -----
    Most slots stand once: they are first counted by some bits of their hashes, and the rest is looked at closely. The
    answer does not depend on the order of the documents.
    """
    chunks = list(zip(*(gathered.column(name).chunks for name in ("slot", "filling")), strict=True))
    sizes = [np.diff(slot.offsets) for slot, _ in chunks]
    fewest = max(FEWEST, -(-sum(int(np.count_nonzero(size)) for size in sizes) // RARE))
    often = recurring([slot.flatten().to_numpy() for slot, _ in chunks], fewest)
    kept = []
    before = np.uint64(0)
    for chunk, size, places in zip(chunks, sizes, often, strict=True):
        slot, filling = (column.flatten().to_numpy()[places] for column in chunk)
        kept.append((slot, filling, before + np.repeat(np.arange(len(size), dtype=np.uint64), size)[places]))
        before += np.uint64(len(size))
    slot, filling, document = (np.concatenate(columns) for columns in zip(NOTHING, *kept, strict=True))
    _, once = _counted(_mixed(_mixed(slot, filling), document))  # of each document, however often it says so
    slot, filling, document = slot[once], filling[once], document[once]
    alike, way = _counted(_mixed(slot, filling))
    filled = slot[way]
    kinds, place, ways = np.unique(filled, return_inverse=True, return_counts=True)
    _, holding = _counted(_mixed(slot, document))
    holders = np.bincount(np.searchsorted(kinds, slot[holding]), minlength=len(kinds))
    most = np.zeros(len(kinds), np.int64)
    np.maximum.at(most, place, alike)
    found: NDArray[np.uint64] = kinds[(ways >= fewest) & (holders >= fewest) & (most <= MOSTLY * holders)]
    return found


def names_fill(language: str | None, names: Callable[[str | None], bool]) -> bool:
    """Say whether names fill slots in a language; where it is not known only numbers do."""
    return language is not None and names(language)


def _counted(keys: NDArray[np.uint64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return of each distinct key how often it stands, and where first."""
    _, times, places = tally(keys, np.ones(len(keys), bool))
    return times, places


def _mixed(hashes: NDArray[np.uint64], more: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return one hash for two: with 64 bits, ten million pairs have no two alike but by a chance of one in 300,000."""
    mixed: NDArray[np.uint64] = (hashes ^ (hashes >> np.uint64(29))) * slots.SPREAD
    mixed += (more ^ (more >> np.uint64(31))) * MORE
    return mixed


def gather_slots(
    keys: Keys, names: NDArray[np.bool_]
) -> tuple[NDArray[np.int32], NDArray[np.uint64], NDArray[np.uint64]]:
    """Return how many slots each of some texts has, and the slots and fillings of all.

    Parameters
    ----------
    names : bool array, by text
        As ``names_fill``.
    """
    fact = np.empty(len(keys.word), bool)
    slots.mark_facts(keys.flags, keys.first, names, fact)
    slot, filling, _, _, sizes = slots.find_slots(keys.word, keys.flags, keys.first, fact)
    return sizes, slot, filling


def find_slots(words: Words, fact: NDArray[np.bool_]) -> Slots:
    """Return the slots of a text.

    Parameters
    ----------
    fact : bool array, by word
        As ``find_facts``.
    """
    return Slots(*slots.find_slots(words.word, words.flags, np.array((0, len(words))), fact)[:4])


def find_facts(words: Words, *, names: bool) -> NDArray[np.bool_]:
    """Mark numbers and, where ``names`` says that capitals tell them, names.

    Of the first word of a sentence a capital says nothing, but where a name follows; nor does any capital in a sentence
    that has mostly capitals, as headlines and some tables have.
    """
    fact = np.empty(len(words), bool)
    slots.mark_facts(words.flags, np.array((0, len(words))), np.array([names]), fact)
    return fact


def begins_slot(words: Words, fact: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Mark the first word of each slot: a run of names and numbers, which a sentence's end parts."""
    parted = np.append(True, ~fact[:-1])[: len(fact)] | (words.flags & (SENTENCE | PARAGRAPH) != 0)
    begins: NDArray[np.bool_] = fact & parted
    return begins


def form_sentences(words: Words, fact: NDArray[np.bool_], forms: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Mark the words of each sentence that holds a slot of ``find_forms``; ``fact`` as ``find_facts``."""
    slots = find_slots(words, fact)
    held = among(slots.slot, forms)
    sentence = sentence_of(words)
    marked = np.zeros(int(sentence[-1]) + 2 if len(words) else 1, np.int64)
    np.add.at(marked, sentence[slots.first[held]], 1)
    np.add.at(marked, sentence[slots.last[held] - 1] + 1, -1)
    found: NDArray[np.bool_] = (np.cumsum(marked) > 0)[sentence]
    return found


def sentence_of(words: Words) -> NDArray[np.int64]:
    """Return the number of the sentence that each word stands in."""
    begins = words.flags & (SENTENCE | PARAGRAPH) != 0
    if len(begins):
        begins[0] = False
    numbers: NDArray[np.int64] = np.cumsum(begins)
    return numbers
