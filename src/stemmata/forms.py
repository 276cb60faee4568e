"""Forms: wording that recurs in a collection with other names and numbers in it, told by counting.

Notices of dividends, terms of bonds, a central bank's daily note: two of them share nearly all their words and none
was copied from the other. A pair of texts cannot know that; the collection does. A *slot* is a name or a number, or
several in a row, between two words on either side; where many documents fill the same slot each in its own way, the
words round it are a form.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from stemmata.engines import Engine
from stemmata.tokens import CAPITAL, FIRST, NUMBER, PARAGRAPH, SENTENCE, Words, among, read_words

AROUND = 2  # words on either side of a slot; one of the four may be a slot again
FEWEST = 4  # fillings, and documents, that make a form
RARE = 5_000  # a larger collection asks for one more per so many documents: what is merely idiom recurs as well
MOSTLY = 0.7  # share of the documents with a slot that fill it in one way, above which it is one text and its copies
HEADLINE = 0.6  # share of capitals in a sentence from which they mark no names
FILLED, OUTSIDE = np.uint64(1), np.uint64(2)  # stand among words for a slot, and for what lies outside the text
SPREAD = np.uint64(0x9E3779B97F4A7C15)
SLOTS = pa.schema([("document", pa.int64()), ("slot", pa.uint64()), ("filling", pa.uint64())])


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


def find_forms(documents: pa.Table, names: Callable[[str | None], bool], engine: Engine) -> NDArray[np.uint64]:
    """Return the slots that are filled in many ways, as the distinct hashes of ``find_slots``, ascending.

    Parameters
    ----------
    documents : pyarrow.Table
        Columns ``text`` and ``language``.
    names : callable
        Whether a capital inside a sentence marks a name in a language, as ``names_fill``.

    Returns
    -------
    uint64 array
        A slot counts where at least 4 documents, and one in 5,000 of those that have slots, fill it in as many ways,
        and not seven tenths of them in one way: what one text says, and some of its copies altered, is no form.

    Notes
    -----
    24 bytes a slot, one to about eight words. The answer does not depend on the order of the documents.
    """
    languages = documents.column("language").to_pylist()
    named = {language: names_fill(language, names) for language in set(languages)}
    numbered = pa.array(np.arange(documents.num_rows))
    capitals = pa.array([named[language] for language in languages], pa.bool_())
    texts = pa.table({"document": numbered, "text": documents.column("text"), "names": capitals})
    rows = engine.map(_slots_part, texts)
    document, slot, filling = (rows.column(name).to_numpy() for name in SLOTS.names)
    fewest = max(FEWEST, -(-len(np.unique(document)) // RARE))
    forms, times = np.unique(slot, return_counts=True)
    often = among(slot, forms[times >= fewest])
    held, _ = _counted(slot[often], filling[often], document[often])  # of each document, however often it says so
    (filled, _), alike = _counted(*held[:2])
    kinds, ways = np.unique(filled, return_counts=True)
    (holding, _), _ = _counted(held[0], held[2])
    holders = np.unique(holding, return_counts=True)[1]
    most = np.zeros(len(kinds), np.int64)
    np.maximum.at(most, np.searchsorted(kinds, filled), alike)
    found: NDArray[np.uint64] = kinds[(ways >= fewest) & (holders >= fewest) & (most <= MOSTLY * holders)]
    return found


def names_fill(language: str | None, names: Callable[[str | None], bool]) -> bool:
    """Say whether names fill slots in a language; where it is not known only numbers do."""
    return language is not None and names(language)


def _counted(*columns: NDArray[Any]) -> tuple[list[NDArray[Any]], NDArray[np.int64]]:
    """Return the distinct rows of some columns, in order, and how often each stands there."""
    order = np.lexsort(columns[::-1])
    columns = tuple(column[order] for column in columns)
    new = np.zeros(len(order), bool)
    new[:1] = True
    for column in columns:
        new[1:] |= column[1:] != column[:-1]
    first = np.flatnonzero(new)
    return [column[first] for column in columns], np.diff(np.append(first, len(order)))


def _slots_part(part: pa.Table) -> pa.Table:
    tokens = read_words(part.column("text"))
    rows = zip(part.column("document").to_pylist(), part.column("names").to_pylist(), strict=True)
    found = []
    for k, (document, names) in enumerate(rows):
        slots = find_slots(tokens[k], find_facts(tokens[k], names=names))
        found.append(pa.table([np.full(len(slots.slot), document), slots.slot, slots.filling], schema=SLOTS))
    return pa.concat_tables(found) if found else SLOTS.empty_table()


def find_slots(words: Words, fact: NDArray[np.bool_]) -> Slots:
    """Return the slots of a text.

    Parameters
    ----------
    fact : bool array, by word
        As ``find_facts``.
    """
    begins = begins_slot(words, fact)
    kept = np.flatnonzero(~fact | begins)  # a word, or the first of a slot
    symbols = np.pad(np.where(fact, FILLED, words.word)[kept], AROUND, constant_values=OUTSIDE)
    at = np.flatnonzero(begins[kept]) + AROUND
    around = [symbols[at + step] for step in range(-AROUND, AROUND + 1) if step]
    at = at[sum((beside != FILLED).astype(int) for beside in around) >= 2 * AROUND - 1]
    slot = np.zeros(len(at), np.uint64)
    for step in range(-AROUND, AROUND + 1):
        slot = _mixed(slot, symbols[at + step])
    edges = np.append(kept, len(words))  # where each symbol begins, and the one before ends
    at -= AROUND
    through = np.append(np.uint64(0), np.cumsum(_mixed(words.word, SPREAD)))
    filling = through[edges[at + 1]] - through[edges[at]]
    first, last = np.maximum(at - AROUND, 0), np.minimum(at + AROUND + 1, len(kept))
    return Slots(slot, filling, edges[first], edges[last])


def find_facts(words: Words, *, names: bool) -> NDArray[np.bool_]:
    """Mark numbers and, where ``names`` says that capitals tell them, names.

    Of the first word of a sentence a capital says nothing, but where a name follows; nor does any capital in a sentence
    that has mostly capitals, as headlines and some tables have.
    """
    fact: NDArray[np.bool_] = words.flags & NUMBER != 0
    if names and len(words):
        capital = words.flags & CAPITAL != 0
        sentence = sentence_of(words)
        spoken = np.bincount(sentence, ~fact)
        capital &= (np.bincount(sentence, capital & ~fact) <= HEADLINE * spoken)[sentence]
        name = capital & (words.flags & FIRST == 0)
        fact |= name | (capital & np.append(name[1:], False))
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


def _mixed(hashes: NDArray[np.uint64], more: NDArray[np.uint64] | np.uint64) -> NDArray[np.uint64]:
    mixed: NDArray[np.uint64] = ((hashes ^ (hashes >> np.uint64(29))) + more) * SPREAD
    return mixed
