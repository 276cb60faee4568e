"""Follow a claim: how a sentence was worded over time, and who introduced each wording."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from stemmata import schemas
from stemmata.collating.collation import MISSING, Codes
from stemmata.errors import OptionError
from stemmata.genealogy.ancestors import readings
from stemmata.genealogy.entries import find_entries
from stemmata.genealogy.evidence import weigh
from stemmata.genealogy.families import tree_over
from stemmata.kernels.phrases import MATCH, find_phrase
from stemmata.tokens import Tokens, read_words, words_of
from stemmata.tracing import Trace

LEAST_WORDS = 3  # of a claim: fewer stand anywhere
ENOUGH = 0.5  # points of those of the whole claim from which a text holds it


class _Place(NamedTuple):
    """Where a document holds a claim: how well, and which of its words."""

    points: int
    start: int
    end: int


def follow(trace: Trace, claim: str) -> pa.Table:
    """Return all wordings of a claim in the documents of a trace, the earliest first.

    The document that comes closest to the claim tells in which places of its text it stands; what the other witnesses
    read in these places are the wordings, however little they have in common with the claim. Documents that are
    collated with no other are searched by themselves.

    Parameters
    ----------
    claim : str
        A sentence or a part of one, three words at least.

    Returns
    -------
    pyarrow.Table
        ``schemas.WORDINGS``.

    Raises
    ------
    OptionError
        The claim has too few words.
    """
    phrase = words_of(claim).word
    if len(phrase) < LEAST_WORDS:
        raise OptionError(
            f"{claim!r} has fewer than {LEAST_WORDS} words: it stands anywhere.",
            where="follow",
            mend="give a sentence, or a part of one.",
        )
    documents, collations = trace.documents, trace.collations
    docs, texts = documents["doc"].to_pylist(), documents["text"]
    tokens = read_words(texts)
    found = {}
    for row, doc in enumerate(docs):
        place = _Place(*find_phrase(phrase, tokens[row].word))
        if place.points >= ENOUGH * MATCH * len(phrase):
            found[doc] = place
    dates = dict(zip(docs, schemas.dated(documents).to_pylist(), strict=True))
    held = _Held(dict(zip(docs, range(len(docs)), strict=True)), texts, tokens, dates)
    groups: dict[tuple[str, int], dict[str, NDArray[np.int32]]] = defaultdict(dict)
    for row in collations.to_pylist():
        groups[row["family"], row["text"]][row["doc"]] = np.array(row["places"], np.int32)
    rows: list[dict[str, Any]] = []
    collated: set[str] = set()
    for (family, _), placed in groups.items():
        collated |= placed.keys()
        if near := [doc for doc in placed if doc in found]:
            best = min(near, key=lambda doc: (-found[doc].points, held.age(doc), doc))
            rows += _wordings(family, placed, best, found[best], held, trace.stemma)
    alone: dict[str, list[str]] = defaultdict(list)
    for doc in found.keys() - collated:
        alone[held.wording(doc, slice(found[doc].start, found[doc].end))].append(doc)
    rows += [held.row(None, wording, some, None) for wording, some in alone.items()]
    rows.sort(key=lambda row: (row["first_seen"] is None, row["first_seen"] or 0, -len(row["docs"]), row["wording"]))
    return schemas.WORDINGS.table(row | {"n": number} for number, row in enumerate(rows, 1))


class _Held(NamedTuple):
    """The documents of a trace, by their ids."""

    number: dict[str, int]
    texts: pa.ChunkedArray
    tokens: Tokens
    dates: dict[str, Any]

    def age(self, doc: str) -> tuple[bool, Any]:
        """Return what sorts documents by date, those without one last."""
        return self.dates[doc] is None, self.dates[doc] or 0

    def wording(self, doc: str, some: slice) -> str:
        """Return words of a document as they stand, white space aside."""
        words = self.tokens[self.number[doc]][some]
        if not len(words):
            return ""
        text = str(self.texts[self.number[doc]].as_py())
        return " ".join(text[int(words.start[0]) : int(words.end[-1])].split())

    def row(self, family: str | None, wording: str, docs: Sequence[str], by: str | None) -> dict[str, Any]:
        """Return a row of ``schemas.WORDINGS``, but for its number."""
        seen = min((self.dates[doc] for doc in docs if self.dates[doc] is not None), default=None)
        told = {"family": family, "wording": wording, "docs": sorted(docs)}
        return told | {"first_seen": seen, "introduced_by": by}


def _wordings(
    family: str,
    placed: dict[str, NDArray[np.int32]],
    best: str,
    at: _Place,
    held: _Held,
    stemma: pa.Table,
) -> list[dict[str, Any]]:
    """Return what the witnesses of a text read where one holds the claim."""
    inside = placed[best][at.start : at.end]
    first, last = int(inside.min()), int(inside.max())
    read: dict[str, str] = {}
    for doc, places in placed.items():
        own = np.flatnonzero((places >= first) & (places <= last))
        if len(own):
            whole = max(np.split(own, np.flatnonzero(np.diff(own) > 1) + 1), key=len)  # not what was moved away
            read[doc] = held.wording(doc, slice(int(whole[0]), int(whole[-1]) + 1))
        elif len(places) and places.min() < first and places.max() > last:
            read[doc] = ""
    wordings = sorted(set(read.values()))
    docs = sorted(placed)
    codes = np.array([[wordings.index(read[doc]) if doc in read else MISSING] for doc in docs], np.int32)
    by = _introduced(family, docs, codes, stemma)
    return [
        held.row(family, wording, [doc for doc in docs if read.get(doc) == wording], by.get(number))
        for number, wording in enumerate(wordings)
    ]


def _introduced(family: str, docs: list[str], codes: Codes, stemma: pa.Table) -> dict[int, str | None]:
    rows = [row for row in stemma.to_pylist() if row["family"] == family]
    lost = frozenset(row["doc"] for row in rows if row["role"] == "lost")
    tree = tree_over(docs, {row["doc"]: row["parent"] for row in rows}, lost)
    root = tree.names[int(np.flatnonzero(tree.parents < 0)[0])] or None
    evidence, kept = weigh(codes, np.ones(1))
    if not len(kept):
        return {0: root}
    entries = find_entries(tree.parents, readings(tree.parents, evidence), evidence.codes)
    some = {entry.reading: int(np.flatnonzero(evidence.codes[:, 0] == entry.reading)[0]) for entry in entries}
    return {int(codes[some[entry.reading], 0]): tree.names[entry.node] or None for entry in entries}
