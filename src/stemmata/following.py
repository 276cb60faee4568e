"""Follow a claim: how a sentence was worded over time, and who introduced each wording."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from stemmata import schemas
from stemmata.catalog import LIBRARY
from stemmata.collating.collation import MISSING, Codes
from stemmata.collating.lacunae import find_lacunae
from stemmata.errors import OptionError
from stemmata.genealogy.ancestors import readings
from stemmata.genealogy.entries import find_entries
from stemmata.genealogy.evidence import weigh
from stemmata.genealogy.families import tree_over
from stemmata.joined import verb_of
from stemmata.kernels.phrases import MATCH, find_phrase
from stemmata.opening import open_trace
from stemmata.tokens import Tokens, read_words, words_of
from stemmata.traced import Trace
from stemmata.tracing import trace

if TYPE_CHECKING:
    from stemmata.documents import Source
    from stemmata.engines import Engine, Listener

LEAST_WORDS = 3  # of a claim: fewer stand anywhere
FAR = 30  # places between two words in a row of which one was moved there
OPENED = ("trace", "compare")  # what wrote the folders that are opened; others are sources
ENOUGH = 0.5  # points of those of the whole claim from which a text holds it


class _Place(NamedTuple):
    """Where a document holds a claim: how well, and which of its words."""

    points: int
    start: int
    end: int


class Nearest(NamedTuple):
    """The document that comes closest to a claim that none holds.

    Parameters
    ----------
    doc : str
    wording : str
        Its words there.
    share : float
        Of the claim's words, how many it has there, 0 to 1: words that it has besides are taken off.
    """

    doc: str
    wording: str
    share: float


class Followed(NamedTuple):
    """What became of a claim.

    Parameters
    ----------
    claim : str
    wordings : pyarrow.Table
        ``schemas.WORDINGS``.
    documents : int
        How many were searched.
    nearest : Nearest, optional
        Where no document holds the claim; None if none has a word of it.
    """

    claim: str
    wordings: pa.Table
    documents: int
    nearest: Nearest | None


def follow(sources: Trace | Source | Iterable[Source], claim: str) -> pa.Table:
    """Return all wordings of a claim, the earliest first.

    The document that comes closest to the claim tells in which places of its text it stands; what the other witnesses
    read in these places are the wordings, however little they have in common with the claim. Documents that are
    collated with no other are searched by themselves.

    Parameters
    ----------
    sources : Trace, path of a run or a library, or sources
        Where to look; sources as :func:`stemmata.trace` takes them are traced first.
    claim : str
        A sentence or a part of one, three words at least.

    Returns
    -------
    pyarrow.Table
        ``schemas.WORDINGS``; empty where no document has half of the claim's words in a row.

    Raises
    ------
    OptionError
        The claim has too few words.
    """
    return follow_claim(sources, claim).wordings


def follow_claim(
    sources: Trace | Source | Iterable[Source],
    claim: str,
    *,
    engine: Engine | None = None,
    progress: Listener | None = None,
) -> Followed:
    """Follow a claim as :func:`follow` does, and say what comes closest where no document holds it."""
    phrase = words_of(claim).word
    if len(phrase) < LEAST_WORDS:
        raise OptionError(
            f"{claim[:100]!r} has fewer than {LEAST_WORDS} words: it stands anywhere.",
            where="follow",
            mend="give a sentence, or a part of one.",
        )
    return _follow(_opened(sources, engine, progress), claim, phrase)


def _opened(sources: Trace | Source | Iterable[Source], engine: Engine | None, progress: Listener | None) -> Trace:
    """Return a trace: the given one, that of a folder, or a new one."""
    if isinstance(sources, Trace):
        return sources
    given = [sources] if isinstance(sources, str | os.PathLike) else sources
    only = given[0] if isinstance(given, list | tuple) and len(given) == 1 else None
    if isinstance(only, str | os.PathLike) and verb_of(only) in (*OPENED, LIBRARY):
        return open_trace(only)
    return trace(given, engine=engine, progress=progress)


def _follow(trace: Trace, claim: str, phrase: NDArray[np.uint64]) -> Followed:
    documents = trace.documents
    docs, texts = documents["doc"].to_pylist(), documents["text"]
    tokens = read_words(texts)
    places = {doc: _Place(*find_phrase(phrase, tokens[row].word)) for row, doc in enumerate(docs)}
    found = {doc: place for doc, place in places.items() if place.points >= ENOUGH * MATCH * len(phrase)}
    dates = dict(zip(docs, schemas.dated(documents).to_pylist(), strict=True))
    held = _Held(dict(zip(docs, range(len(docs)), strict=True)), texts, tokens, dates)
    if not found:
        return Followed(claim, schemas.WORDINGS.empty(), len(docs), _nearest(places, len(phrase), held))
    collations = trace.collations
    asked = collations.filter(pc.is_in(collations["doc"], pa.array(found, pa.string())))
    groups = sorted({(row["family"], row["text"]) for row in asked.select(["family", "text"]).to_pylist()})
    stemma = trace.stemma.filter(pc.is_in(trace.stemma["family"], pc.unique(asked["family"])))
    trees: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in stemma.to_pylist():
        trees[row["family"]].append(row)
    rows: list[dict[str, Any]] = []
    for family, text in groups:
        own = collations.filter(pc.and_(pc.equal(collations["family"], family), pc.equal(collations["text"], text)))
        lists = (row.values.to_numpy() for row in own["places"])
        placed = dict(zip(own["doc"].to_pylist(), lists, strict=True))
        best = min((doc for doc in placed if doc in found), key=lambda doc: (-found[doc].points, held.age(doc), doc))
        rows += _wordings(family, placed, best, found[best], held, trees[family])
    alone: dict[str, list[str]] = defaultdict(list)
    for doc in sorted(found.keys() - set(asked["doc"].to_pylist())):
        alone[held.wording(doc, slice(found[doc].start, found[doc].end))].append(doc)
    rows += [held.row(None, wording, some, None) for wording, some in alone.items()]
    rows.sort(key=lambda row: (-len(row["docs"]), row["wording"], row["docs"]))
    rows.sort(key=lambda row: (row["first_seen"] is None, row["first_seen"] or 0))
    wordings = schemas.WORDINGS.table(row | {"n": number} for number, row in enumerate(rows, 1))
    return Followed(claim, wordings, len(docs), None)


def _nearest(places: Mapping[str, _Place], size: int, held: _Held) -> Nearest | None:
    best = min(places, key=lambda doc: (-places[doc].points, held.age(doc), doc), default=None)
    if best is None or not places[best].points:
        return None
    place = places[best]
    return Nearest(best, held.wording(best, slice(place.start, place.end)), place.points / (MATCH * size))


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

    def is_lost(self, doc: str, places: NDArray[np.int32], first: int) -> bool:
        """Say whether what a document had before the first of its later places is lost."""
        words = self.tokens[self.number[doc]]
        gaps = find_lacunae(str(self.texts[self.number[doc]].as_py()), words)
        return bool(gaps[int(np.argmax(places > first))])

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
    tree: Sequence[Mapping[str, Any]],
) -> list[dict[str, Any]]:
    """Return what the witnesses of a text read where one holds the claim."""
    inside = placed[best][at.start : at.end]
    runs = np.split(inside, np.flatnonzero(np.abs(np.diff(inside)) > FAR) + 1)
    inside = max(runs, key=len)  # not what was moved away
    first, last = int(inside.min()), int(inside.max())
    read: dict[str, str] = {}
    for doc, places in placed.items():
        own = np.flatnonzero((places >= first) & (places <= last))
        if len(own):
            whole = max(np.split(own, np.flatnonzero(np.diff(own) > 1) + 1), key=len)
            read[doc] = held.wording(doc, slice(int(whole[0]), int(whole[-1]) + 1))
        elif len(places) and places.min() < first and places.max() > last and not held.is_lost(doc, places, first):
            read[doc] = ""
    wordings = sorted(set(read.values()))
    docs = sorted(placed)
    codes = np.array([[wordings.index(read[doc]) if doc in read else MISSING] for doc in docs], np.int32)
    by = _introduced(docs, codes, tree)
    return [
        held.row(family, wording, [doc for doc in docs if read.get(doc) == wording], by.get(number))
        for number, wording in enumerate(wordings)
    ]


def _introduced(docs: list[str], codes: Codes, rows: Sequence[Mapping[str, Any]]) -> dict[int, str | None]:
    """Return by the number of a wording in which node of the tree it first stands."""
    lost = frozenset(row["doc"] for row in rows if row["role"] == "lost")
    tree = tree_over(docs, {row["doc"]: row["parent"] for row in rows}, lost)
    root = tree.names[int(np.flatnonzero(tree.parents < 0)[0])] or None
    evidence, kept = weigh(codes, np.ones(1))
    if not len(kept):
        return {0: root}
    entries = find_entries(tree.parents, readings(tree.parents, evidence), evidence.codes)
    some = {entry.reading: int(np.flatnonzero(evidence.codes[:, 0] == entry.reading)[0]) for entry in entries}
    return {int(codes[some[entry.reading], 0]): tree.names[entry.node] or None for entry in entries}
