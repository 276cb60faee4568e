"""Stage 9: what the copy changed, alteration by alteration."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

import pyarrow as pa

from stemmata import schemas
from stemmata.aligned import counted, read_passages
from stemmata.alterations.pair import Listed, list_pair
from stemmata.alterations.recognised import (
    COLUMN,
    SHAPE,
    check_pipeline,
    pipeline_name,
    recognise_names,
    recognised_words,
)
from stemmata.alterations.unseen import hidden_by_page
from stemmata.descent.inheritance import find_entries
from stemmata.descent.places import line_above, list_pairs, read_places
from stemmata.engines import Engine, LocalEngine
from stemmata.errors import check_option
from stemmata.facts import Facts
from stemmata.passages.acceptance import DEFAULTS, AlignmentOptions
from stemmata.passages.aligner import align_part
from stemmata.passages.roles import Boilerplate
from stemmata.sides import described, known_documents, over_pairs, passages_of, read_sides, turned_pairs

ALIGNED = schemas.ALIGNMENTS.only("a", "b", "rank", "a_start", "a_end", "b_start", "b_end", "kind", "role", "edits")
Hidden: TypeAlias = dict[str, list[dict[str, Any]]]  # the column of that name, by document


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
    documents = described(documents, engine, "site", "hidden").replace_schema_metadata(None)  # told by who read them
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
    for sides in read_sides(part, facts.misread):
        key = keys[sides.row]
        if (key["a"], key["b"]) not in passages:
            continue
        forward = key["source"] == "a"
        names = {"source": key["a" if forward else "b"], "copy": key["b" if forward else "a"]}
        listed = list_pair(
            sides,
            passages[key["a"], key["b"]],
            facts,
            forward=forward,
            recognised=recognised_words(part, sides),
            hidden=(hidden.get(names["source"], []), hidden.get(names["copy"], [])),
            omission=options.omission,
            moved=options.moved,
        )
        rows += _rows(key, names, listed)
    return schemas.CHANGES.table(rows)


def _rows(key: dict[str, Any], names: dict[str, str], listed: Listed) -> Iterator[dict[str, Any]]:
    for n, one in enumerate(listed.found, 1):
        yield names | {
            "n": n,
            "type": one.type,
            "before": listed.source.text[one.source_start : one.source_end],
            "after": listed.copy.text[one.copy_start : one.copy_end],
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
