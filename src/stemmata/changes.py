"""Stage 9: what the copy changed, alteration by alteration."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from stemmata import schemas
from stemmata.aligned import Passages, counted, read_passages
from stemmata.alterations.alteration import Alteration, list_alterations
from stemmata.alterations.collation import Collation, Run
from stemmata.alterations.cues import lexicon
from stemmata.alterations.edges import bounds, widen
from stemmata.alterations.loose import judge_loosely
from stemmata.alterations.marked import MarkedText
from stemmata.alterations.names import find_names
from stemmata.alterations.recognised import (
    COLUMN,
    SHAPE,
    Marks,
    check_pipeline,
    pipeline_name,
    recognise_names,
    recognised_words,
)
from stemmata.alterations.severity import HIDDEN
from stemmata.alterations.tortured import Background, judge_senses
from stemmata.alterations.unseen import hidden_by_page, list_unseen
from stemmata.descent.inheritance import find_entries
from stemmata.descent.places import line_above, list_pairs, read_places
from stemmata.engines import Engine, LocalEngine
from stemmata.errors import check_option
from stemmata.facts import Facts
from stemmata.kernels.edits import MATCH, MOVE, RESTYLE, SUBSTITUTE
from stemmata.languages import function_words
from stemmata.passages.acceptance import DEFAULTS, AlignmentOptions
from stemmata.passages.aligner import align_part
from stemmata.passages.roles import Boilerplate
from stemmata.sides import Sides, described, known_documents, over_pairs, passages_of, read_sides, turned_pairs
from stemmata.tokens import among
from stemmata.wordvectors import word_vectors

COMMON = 150  # words of a language that carry no content by themselves
ALIGNED = schemas.ALIGNMENTS.only("a", "b", "rank", "a_start", "a_end", "b_start", "b_end", "kind", "role", "edits")
BY_OP = ((MATCH, RESTYLE), (MOVE,), (SUBSTITUTE,))  # words that stand in both, that moved, and that were exchanged
UNEXAMINED = ("base", "furniture")  # roles of passages in which nobody altered anything
SPUN = "spun"  # kind of passages in which words were exchanged one for one
Hidden: TypeAlias = dict[str, list[dict[str, Any]]]  # the column of that name, by document
RETOLD = ("paraphrased", "summarised", "translated")  # kinds of passages in which words meet by accident


@dataclass(frozen=True, kw_only=True)
class ChangeOptions:
    """What counts as left out, as moved, and as a name.

    Parameters
    ----------
    omission : int
        Words from which a run that one side lacks is an omission or addition even without a clause's
        boundaries, 1 to 1,000; shorter ones without a cue are wording.
    moved : float
        Share of its words that a run must have in common with another for it to have moved there, 0.5 to 1.
    names : str
        ``shape``: names are told by their capitals. Or an installed spaCy pipeline that reads the documents of its
        language as well (the others are noted): a package such as ``en_core_web_sm``, or the path of a folder; it
        takes ``pip install 'stemmata[spacy]'``. What it recognises comes on top, so that names are known where
        capitals say nothing, and one that it overlooks is still told by its capital.
    """

    omission: int = 5
    moved: float = 0.6
    names: str = SHAPE

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", pipeline_name(self.names))
        check_option(self, "omission", 1, 1_000)
        check_option(self, "moved", 0.5, 1)


def list_changes(
    documents: pa.Table,
    alignments: pa.Table,
    directions: pa.Table,
    stemma: pa.Table | None = None,
    *,
    statistics: pa.Table | None = None,
    base: pa.Table | None = None,
    aligning: AlignmentOptions = DEFAULTS,
    options: ChangeOptions = ChangeOptions(),
    engine: Engine | None = None,
) -> pa.Table:
    """List what the copy altered in what it took from its source: each alteration typed, with its place.

    Parameters
    ----------
    documents : pyarrow.Table
        ``schemas.DOCUMENTS``; columns ``doc`` and ``text`` suffice, ``language`` turns the cue words on, and what
        stands in ``hidden`` is listed.
    alignments : pyarrow.Table
        ``schemas.ALIGNMENTS``; ``matched`` and ``identity`` are not needed.
    directions : pyarrow.Table
        ``schemas.DIRECTIONS``; columns ``a``, ``b`` and ``source`` suffice. Where no source is named, a stands for it
        and ``oriented`` is false.
    stemma : pyarrow.Table, optional
        ``schemas.STEMMA``; columns ``family``, ``doc``, ``parent`` and ``other_parents`` suffice. Of a family with a
        tree, each member is listed against its parents and against the root above it; such a pair that was never
        aligned is aligned now. Members above which no member stands are listed against each other.
    statistics, base, aligning : optional
        With which such pairs are aligned: ``schemas.STATISTICS``, base texts and options as for ``align``.

    Returns
    -------
    pyarrow.Table
        ``schemas.CHANGES``. ``before`` and ``after`` are the texts' own slices. Signs between words do not
        count: other quotation marks or commas are no change. ``introduced_by`` is the member in which an alteration
        first stands, as its reading is followed up the tree; it is null where the direction is unknown.

    Raises
    ------
    SchemaError
        The alignments name a document that is not there.
    OptionError
        ``options.names`` names a pipeline that cannot be used.

    Notes
    -----
    Two words against two are aligned anew within each run that differs, so that *Feb. 10* meets *10 February*
    and *doesn't* meets *does not*; then rules decide in order (:mod:`stemmata.alterations.rules`). Cue words
    are known for English, and begun for German, French and Spanish; elsewhere only what needs no word list is
    told apart. Whole sentences between two passages that follow each other in both texts are left out, or put
    in, where the other text has nothing there but page furniture. In passages of kind ``spun``, words that do not
    fit where they stand are ``tortured`` (:mod:`stemmata.alterations.tortured`); English only.
    """
    engine = engine or LocalEngine()
    check_pipeline(options.names)
    documents = described(documents, engine, "site", "hidden")
    alignments = ALIGNED.check(alignments)
    directions = schemas.DIRECTIONS.only("a", "b", "source").check(directions)
    known_documents(documents, alignments, "alignments")
    places = {} if stemma is None else read_places(stemma)
    pairs = list_pairs(counted(alignments), directions, places)
    known_documents(documents, pairs, "stemma")
    absent = pairs.select(["a", "b"]).join(alignments.select(["a", "b"]), ["a", "b"], join_type="left anti")
    facts = Facts.of(statistics)
    known = engine.broadcast(facts), engine.broadcast(Boilerplate.of(facts, base if absent.num_rows else None))
    missing = turned_pairs(absent)
    more = over_pairs(align_part, documents, missing, engine, *known, aligning, columns=["site"])
    alignments = ALIGNED.check(pa.concat_tables([alignments, more.select(alignments.column_names)]))
    named = recognise_names(documents, pairs, options.names, engine)
    found = schemas.CHANGES.check(
        over_pairs(
            _list_part,
            named,
            pairs,
            engine,
            facts,
            hidden_by_page(documents),
            options,
            columns=[COLUMN],
            alignments=alignments,
        )
    )
    found = _with_entries(found, alignments, {doc: place.parent for doc, place in places.items() if place.parent})
    met = more.select(["a", "b"]).group_by(["a", "b"]).aggregate([]).num_rows
    note = {"stage": "changes", "what": "pairs of a tree without a passage in common", "count": absent.num_rows - met}
    return schemas.remark(found, notes=[*schemas.remarks([more, named], "notes").to_pylist(), note])


def _with_entries(changes: pa.Table, alignments: pa.Table, parents: dict[str, str]) -> pa.Table:
    """Say of each change that follows the tree where it entered, and how many carry it."""
    above = {doc: set(line_above(doc, parents)) for doc in parents}
    rows = changes.select(["source", "copy", "n", "type", "before", "copy_start", "copy_end"]).to_pylist()
    at = [k for k, row in enumerate(rows) if row["source"] in above.get(row["copy"], ())]
    if not at:
        return changes
    edges = pa.Table.from_pylist([{"a": min(edge), "b": max(edge)} for edge in sorted(parents.items())])
    entries = find_entries([rows[k] for k in at], parents, read_passages(passages_of(alignments, edges)))
    columns = {name: changes.column(name).to_pylist() for name in ("introduced_by", "inherited", "carried_by")}
    for k, entry in zip(at, entries, strict=True):
        columns["introduced_by"][k] = entry.introduced_by
        columns["inherited"][k] = entry.introduced_by != rows[k]["copy"]
        columns["carried_by"][k] = entry.carried_by
    for name, values in columns.items():
        field = schemas.CHANGES.arrow.field(name)
        changes = changes.set_column(changes.column_names.index(name), field, pa.array(values, field.type))
    return changes


def _list_part(part: pa.Table, alignments: pa.Table, facts: Facts, hidden: Hidden, options: ChangeOptions) -> pa.Table:
    passages = read_passages(alignments)
    keys = part.select(["a", "b", "source", "oriented"]).to_pylist()
    rows: list[dict[str, Any]] = []
    for sides in read_sides(part):
        key = keys[sides.row]
        if (key["a"], key["b"]) in passages:
            marks = recognised_words(part, sides)
            rows += _rows(key, sides, marks, passages[key["a"], key["b"]], facts, hidden, options)
    return schemas.CHANGES.table(rows)


def _rows(
    key: dict[str, Any],
    sides: Sides,
    recognised: Marks,
    passages: Passages,
    facts: Facts,
    hidden: Hidden,
    options: ChangeOptions,
) -> Iterator[dict[str, Any]]:
    forward = key["source"] == "a"
    source, copy = _mark(sides, recognised, forward, named=facts.names(sides.language))
    names = {"source": key["a" if forward else "b"], "copy": key["b" if forward else "a"]}
    by_op = [
        [_in_words(source, copy, passages.inside(row, *ops), forward) for ops in BY_OP]
        for row in range(len(passages.kinds))
    ]
    wholes = _in_words(source, copy, passages.spans, forward)
    matched = [bounds(kept + moved, whole) for (kept, moved, _), whole in zip(by_op, wholes, strict=True)]
    wholes = widen(wholes, matched, source, copy)
    collated, furniture, retold, spun = [], [], [], []
    for row, whole in enumerate(wholes):
        if passages.roles[row] in UNEXAMINED:
            furniture.append(whole)
            continue
        collated.append(Collation.of(whole[:2], whole[2:], *by_op[row]))
        if passages.kinds[row] in RETOLD:
            retold.append(whole)
        elif passages.kinds[row] == SPUN:
            spun.append(whole)
    collated.sort(key=lambda collation: (collation.source, collation.copy))
    found = list_alterations(source, copy, collated, furniture, omission=options.omission, moved=options.moved)
    background = _background(sides, facts) if spun else None
    found = judge_senses(found, source, copy, spun, background) if background else found
    of_pages = hidden.get(names["source"], []), hidden.get(names["copy"], [])
    for unseen in list_unseen(source, copy, of_pages, collated):
        insort(found, Alteration(*unseen.source, *unseen.copy, "disguised", unseen.says, HIDDEN))
    for n, altered in enumerate(found, 1):
        one = judge_loosely(altered, source, copy) if retold and _inside(altered, retold, source, copy) else altered
        yield names | {
            "n": n,
            "type": one.type,
            "before": source.text[one.source_start : one.source_end],
            "after": copy.text[one.copy_start : one.copy_end],
            "source_start": one.source_start,
            "source_end": one.source_end,
            "copy_start": one.copy_start,
            "copy_end": one.copy_end,
            "factual": one.type in schemas.FACTUAL_TYPES,
            "severity": one.severity,
            "says": one.says,
            "oriented": key["oriented"],
            "introduced_by": names["copy"] if key["oriented"] else None,
            "inherited": False,
            "carried_by": 1,
        }


def _inside(one: Alteration, passages: list[Run], source: MarkedText, copy: MarkedText) -> bool:
    """Say whether an alteration lies in one of some passages, of words."""
    here = source.words.within(one.source_start, one.source_end), copy.words.within(one.copy_start, one.copy_end)
    return any(
        run.source_first <= here[0].start and here[0].stop <= run.source_last
        if one.source_end > one.source_start
        else run.copy_first <= here[1].start and here[1].stop <= run.copy_last
        for run in passages
    )


def _background(sides: Sides, facts: Facts) -> Background | None:
    """Return what is known of the words of a pair's language; None where that is too little."""
    vectors = word_vectors(sides.language)
    if not vectors:
        return None
    return Background(
        facts.word_pairs(sides.language, sides.texts),
        vectors,
        facts.frequencies(sides.language),
        facts.function_words(sides.language),
    )


@cache
def _common(language: str | None) -> NDArray[np.uint64]:
    return function_words(language, COMMON)


def _mark(sides: Sides, recognised: Marks, forward: bool, *, named: bool) -> tuple[MarkedText, MarkedText]:
    """Return source and copy with their names and commonest words marked."""
    common = _common(sides.language)
    abbreviated = lexicon(sides.language).abbreviated
    names = find_names((sides.a, sides.b), common, abbreviated, recognised, names=named)
    a, b = (
        MarkedText(text, words, sides.language, *marks, among(words.word, common))
        for text, words, marks in zip((sides.a_text, sides.b_text), (sides.a, sides.b), names, strict=True)
    )
    return (a, b) if forward else (b, a)


def _in_words(source: MarkedText, copy: MarkedText, spans: NDArray[np.int64], forward: bool) -> list[Run]:
    """Return spans of a and b as words of source and copy."""
    ours, theirs = (spans[:, :2], spans[:, 2:]) if forward else (spans[:, 2:], spans[:, :2])
    edges = np.searchsorted(source.words.start, ours), np.searchsorted(copy.words.start, theirs)
    return [Run(*row) for row in np.concatenate(edges, axis=1).tolist()]
