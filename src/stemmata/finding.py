"""Find the sources and the copies of a text in a library."""

from __future__ import annotations

import os
import shlex
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from stemmata import schemas
from stemmata._version import __version__
from stemmata.engines import Engine
from stemmata.facts import Facts
from stemmata.fingerprints import fingerprint
from stemmata.holdings import Holdings
from stemmata.meeting import ENOUGH
from stemmata.pairs import find_pairs
from stemmata.pipeline import Clock, Options
from stemmata.postings import Postings
from stemmata.protection import NOBODYS
from stemmata.queries import make_queries
from stemmata.readers.addresses import shown
from stemmata.ruled import run_ruled
from stemmata.rulings import Rulings
from stemmata.tokens import Words, words_of
from stemmata.traced import Trace, place_page
from stemmata.views import N

ASKED = "asked:"  # before the id of a text, where a match has it
TIES = 4  # times as many candidates, where many are alike
CANDIDATES = 5  # times as many are recounted as are aligned: a sample does not tell the best ones exactly
COPIES = 0.15  # share of a text's k-grams from which a document is no stranger: spun copies have a fourth or more


class Held(Protocol):
    """Documents among which matches are found: those of a library, or those of a run."""

    @property
    def place(self) -> str:
        """What they are called together."""

    @property
    def statistics(self) -> pa.Table:
        """``schemas.STATISTICS``, by which their texts were sampled."""

    @property
    def facts(self) -> Facts:
        """The statistics, ready to be asked."""

    @property
    def postings(self) -> Postings:
        """Their k-grams."""

    def __len__(self) -> int: ...

    def take(self, numbers: Iterable[int]) -> pa.Table:
        """Return at least ``schemas.DOCUMENTS`` of some of them, by number."""

    def named(self, doc: str) -> pa.Table | None:
        """Return ``schemas.DOCUMENTS`` of the one with an id; None if there is none."""


@dataclass(frozen=True)
class Found:
    """What was found of a text.

    Parameters
    ----------
    doc : str
        What the text is called in all tables: its id, or where a match has that, ``asked:`` and its id.
    matches : pyarrow.Table
        ``schemas.MATCHES``, the best first.
    coverage : pyarrow.Table
        ``schemas.COVERAGE``: what of the text stands in any of them.
    trace : Trace
        The text and its matches: relations, alignments, directions and changes, for a report.
    candidates : int
        How many documents of the library share enough k-grams to be looked at; those that share most were.
    size : int
        How many documents the library has.
    words : int
        Of the text.
    held : bool
        Whether the library holds the text itself, under its id; it is then no match.
    held_as : tuple of str
        Ids of other documents with this very text; they are matches, as far as so many are wanted.
    dismissed : int
        How many documents that share text with it a person dismissed; they are no matches.
    among : str
        What was looked through: a ``"library"`` or a ``"run"``.
    """

    doc: str
    matches: pa.Table
    coverage: pa.Table
    trace: Trace
    candidates: int
    size: int
    words: int
    held: bool
    held_as: tuple[str, ...]
    dismissed: int = 0
    among: str = "library"

    @property
    def is_short(self) -> bool:
        """Whether the text has too few words for a k-gram, so that nothing can be found of it."""
        return self.words < N

    @property
    def is_renamed(self) -> bool:
        """Whether a match has the id of the text."""
        return self.doc.startswith(ASKED)

    def _repr_html_(self) -> str:
        from stemmata.report.notebook import render_found

        return render_found(self)

    def anonymise(self) -> Found:
        """Return a find in which documents, sites, authors and groups go by numbers: see :meth:`Trace.anonymise`."""
        from stemmata.pseudonyms import numbered

        names = numbered(self.trace.documents["doc"].to_pylist(), "document")
        matches = schemas.MATCHES.table({**row, "doc": names[row["doc"]]} for row in self.matches.to_pylist())
        held_as = tuple(names.get(doc, "a document") for doc in self.held_as)
        return replace(self, doc=names[self.doc], matches=matches, trace=self.trace.anonymise(), held_as=held_as)

    def report(self, path: str | os.PathLike[str]) -> Path:
        """Write the page: what was asked and the answer, then all that :meth:`Trace.report` shows; return its path.

        Raises
        ------
        FolderError
            As :meth:`Trace.report`.
        """
        from stemmata.report.answer_page import render_answer

        return place_page(path, lambda: render_answer(self))


def find_matches(
    holdings: Held,
    asked: pa.Table,
    *,
    most: int,
    among: NDArray[np.int64] | None = None,
    rulings: Rulings | None = None,
    source: object = None,
    within: str = "library",
    options: Options,
    engine: Engine,
    clock: Clock,
) -> Found:
    """Find what a text derives from, and what derives from it.

    Parameters
    ----------
    asked : pyarrow.Table
        ``schemas.DOCUMENTS``, one row. A document of the library with its id and its text is the text itself, and no
        match.
    most : int
        How many matches are wanted.
    among : int64 array, optional
        Numbers of the documents that may be matches; by default all.
    rulings : Rulings, optional
        What people decided. It holds of a text that is a document of the library, and of no other under its id: what
        they dismissed is no match, and a note says so.
    source : object, optional
        The text as the caller named it: a path stands in the command that is recorded.
    within : str
        What the documents are: a ``"library"`` or a ``"run"``.

    Notes
    -----
    Kept k-grams of the text are looked up in the postings; documents that share enough of them are recounted from
    their whole texts, as pairs of a trace are, and the ``most`` that share most are aligned.
    """
    started = datetime.now(UTC)
    facts = holdings.facts
    with clock.stage("fingerprints"):
        kept = fingerprint(asked, holdings.statistics, options=options.fingerprints, engine=engine)
        met = holdings.postings.meet(kept["hash"].to_numpy(), facts.cap)
    with clock.stage("pairs"):
        enough = met.weight >= options.pairs.candidate * ENOUGH
        if among is not None:
            enough &= np.isin(met.number, among)
        number, weight = met.number[enough], met.weight[enough]
        best = number[_best(weight, CANDIDATES * most)]
        looked = schemas.DOCUMENTS.conform(holdings.take(best))
        rulings = rulings if rulings and rulings.listed and _held(holdings, asked) else Rulings()
        gone = pc.is_in(looked["doc"], pa.array(sorted(rulings.dismissed(asked["doc"][0].as_py())), pa.string()))
        asked, looked, is_held = _apart(asked, looked.filter(pc.invert(gone)))
        is_held = is_held or (not len(met.number) and _held(holdings, asked))  # of too few words to be met itself
        held_as = tuple(looked.filter(pc.equal(looked["text"], asked["text"][0]))["doc"].to_pylist())
        words = words_of(asked["text"][0].as_py())
        documents = schemas.DOCUMENTS.check(pa.concat_tables([asked, looked]))
        doc = asked["doc"][0].as_py()
        given = pa.table({"a": pa.array([doc] * looked.num_rows, pa.string()), "b": looked["doc"]})
        pairs = _staying(find_pairs(documents, kept, holdings.statistics, given=given, engine=engine), most, options)
    ids = pa.concat_arrays([pa.array([doc], pa.string()), *pairs["a"].chunks, *pairs["b"].chunks])
    documents = documents.filter(pc.is_in(documents["doc"], ids))
    made = {"statistics": holdings.statistics, "fingerprints": schemas.FINGERPRINTS.empty(), "pairs": pairs}
    tables = run_ruled(documents, rulings, options, engine, made=made, clock=clock)
    dismissed = pc.sum(gone).as_py() or 0
    if dismissed:
        note = {"stage": "find", "what": "documents that a person dismissed, left out", "count": dismissed}
        tables["notes"] = schemas.NOTES.table([*tables["notes"].to_pylist(), note])
    about = {
        "version": __version__,
        "verb": "find",
        "command": _command(holdings, source, most),
        "sources": [holdings.place],
        "options": options.to_dict(),
        "started": started.isoformat(),
        "seconds": clock.seconds,
    }
    trace = Trace(tables, about=about)
    matches = _matches(doc, tables)
    coverage = _coverage(doc, words, tables["alignments"], set(matches["doc"].to_pylist()))
    size = len(holdings)
    return Found(doc, matches, coverage, trace, len(number), size, len(words), is_held, held_as, dismissed, within)


def find_queries(holdings: Holdings, asked: pa.Table, *, most: int, options: Options, engine: Engine) -> pa.Table:
    """Make search strings of a text, without what stands in documents that are no copies of it as well.

    Parameters
    ----------
    asked : pyarrow.Table
        ``schemas.DOCUMENTS``, one row.
    most : int
        How many are wanted.

    Returns
    -------
    pyarrow.Table
        ``schemas.QUERIES``.
    """
    kept = fingerprint(asked, holdings.statistics, options=options.fingerprints, engine=engine)
    hashes, position = kept["hash"].to_numpy(), kept["position"].to_numpy().astype(np.int64)
    order = np.argsort(position, kind="stable")
    elsewhere = position[order], holdings.postings.count(hashes, COPIES)[order]
    text, language = asked["text"][0].as_py(), asked["language"][0].as_py()
    return make_queries(text, language, facts=holdings.facts, elsewhere=elsewhere, most=most)


def _best(weight: NDArray[np.int64], most: int) -> NDArray[np.int64]:
    """Return the places of the largest weights, and of all that equal the last, as far as four times as many go.

    What is of one weight is told apart later, by whole texts and ids: not by the order in which documents were added.
    """
    order = np.argsort(-weight, kind="stable")
    if len(order) <= most:
        return order
    within = int(np.searchsorted(-weight[order], -weight[order[most - 1]], "right"))
    return order[: min(within, TIES * most)]


def _command(holdings: Held, source: object, most: int) -> str:
    """Return the command that finds the same; none for a text that no command can name."""
    if not isinstance(source, str | os.PathLike):
        return ""
    return shlex.join(["stemmata", "find", holdings.place, shown(source), "--most", str(most)])


def _held(holdings: Held, asked: pa.Table) -> bool:
    """Say whether a text is a document of the library, with its id and its text."""
    own = holdings.named(asked["doc"][0].as_py())
    return own is not None and bool(pc.equal(own["text"][0], asked["text"][0]).as_py())


def _apart(asked: pa.Table, looked: pa.Table) -> tuple[pa.Table, pa.Table, bool]:
    """Return the text under an id of its own, the documents that are not the text itself, and whether one was."""
    doc, text = asked["doc"][0].as_py(), asked["text"][0].as_py()
    same = pc.and_(pc.equal(looked["doc"], doc), pc.equal(looked["text"], text))
    looked = looked.filter(pc.invert(same))
    taken = set(looked["doc"].to_pylist())
    while doc in taken:
        doc = ASKED + doc
    at = asked.column_names.index("doc")
    asked = asked.set_column(at, asked.schema.field("doc"), pa.array([doc], pa.string()))
    return asked, looked, bool(pc.any(same).as_py())


def _staying(pairs: pa.Table, most: int, options: Options) -> pa.Table:
    """Return the pairs that share most, of those that share enough."""
    shared = pairs["shared"].combine_chunks()
    counts = [pc.fill_null(shared.field(view), 0) for view in ("skeleton", "surface")]
    contained = pc.max_element_wise(pairs["containment_a"], pairs["containment_b"])
    enough = pc.or_(pc.greater_equal(pc.max_element_wise(*counts), options.pairs.verified), pc.equal(contained, 1.0))
    stay = pairs.filter(enough)
    order = pc.sort_indices(stay, [("score", "descending"), ("a", "ascending"), ("b", "ascending")])
    return schemas.PAIRS.check(stay.take(order[:most]))


def _matches(doc: str, tables: Mapping[str, pa.Table]) -> pa.Table:
    verdicts = {(row["a"], row["b"]): row for row in tables["directions"].to_pylist()}
    shared: Counter[str] = Counter()
    for row in tables["alignments"].select(["a", "b", "kind", "role", "matched"]).to_pylist():
        if row["kind"] != "none" and row["role"] not in NOBODYS:
            shared[row["b"] if row["a"] == doc else row["a"]] += row["matched"]
    rows: list[dict[str, Any]] = []
    for relation in tables["relations"].to_pylist():
        if relation["kind"] == "none":
            continue
        own, other = ("a", "b") if relation["a"] == doc else ("b", "a")
        told = verdicts.get((relation["a"], relation["b"]))
        stands, confidence, lost = "unknown", 0.5, 0.0
        if told is not None:
            stands = told["verdict"]
            if stands == "copy":
                stands = "source" if told["copy"] == doc else "copy"
            confidence, lost = told["confidence"], told["via_lost"]
        rows.append(
            {
                "doc": relation[other],
                "stands": stands,
                "confidence": confidence,
                "via_lost": lost,
                "kind": relation["kind"],
                "extent": relation["extent"],
                "coverage": relation[f"coverage_{own}"],
                "coverage_doc": relation[f"coverage_{other}"],
            }
        )
    rows.sort(key=lambda row: (-shared[row["doc"]], -row["coverage"], -row["coverage_doc"], row["doc"]))
    return schemas.MATCHES.table(row | {"rank": rank} for rank, row in enumerate(rows, 1))


def _coverage(doc: str, words: Words, alignments: pa.Table, matches: Collection[str]) -> pa.Table:
    """Return what of the text stands in matches: each word once, for the first role and closest kind that it has."""
    labels = [(role, kind) for role in schemas.ROLES for kind in schemas.KINDS if kind != "none"]
    label = np.full(len(words), len(labels), np.int64)
    columns = ["a", "b", "role", "kind", "a_start", "a_end", "b_start", "b_end"]
    for row in alignments.select(columns).to_pylist():
        side, other = ("a", "b") if row["a"] == doc else ("b", "a")
        if row["kind"] == "none" or row[other] not in matches:
            continue
        part = words.within(row[f"{side}_start"], row[f"{side}_end"])
        label[part] = np.minimum(label[part], labels.index((row["role"], row["kind"])))
    counts = np.bincount(label, minlength=len(labels) + 1)[: len(labels)]
    return schemas.COVERAGE.table(
        {"role": role, "kind": kind, "words": int(count), "share": count / len(words)}
        for (role, kind), count in zip(labels, counts, strict=True)
        if count
    )
