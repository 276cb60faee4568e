"""Stage 9: what the copy changed, alteration by alteration."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from stemmata import schemas
from stemmata.alterations.alteration import Alteration, list_alterations
from stemmata.alterations.collation import Collation, Run
from stemmata.alterations.cues import lexicon
from stemmata.alterations.loose import judge_loosely
from stemmata.alterations.marked import MarkedText
from stemmata.alterations.names import find_names
from stemmata.engines import Engine, LocalEngine
from stemmata.errors import check_option
from stemmata.languages import function_words
from stemmata.sides import Sides, described, known_documents, over_pairs, read_sides
from stemmata.tokens import among

COMMON = 150  # words of a language that carry no content by themselves
ALIGNED = schemas.ALIGNMENTS.only("a", "b", "rank", "a_start", "a_end", "b_start", "b_end", "kind", "role", "edits")
RETOLD = ("paraphrased", "summarised", "translated")  # kinds of passages in which words meet by accident


@dataclass(frozen=True, kw_only=True)
class ChangeOptions:
    """What counts as left out, and as moved.

    Parameters
    ----------
    omission : int
        Words from which a run that one side lacks is an omission or addition even without a clause's
        boundaries, 1 to 1,000; shorter ones without a cue are wording.
    moved : float
        Share of its words that a run must have in common with another for it to have moved there, 0.5 to 1.
    """

    omission: int = 5
    moved: float = 0.6

    def __post_init__(self) -> None:
        check_option(self, "omission", 1, 1_000)
        check_option(self, "moved", 0.5, 1)


def list_changes(
    documents: pa.Table,
    alignments: pa.Table,
    directions: pa.Table,
    stemma: pa.Table | None = None,
    *,
    options: ChangeOptions = ChangeOptions(),
    engine: Engine | None = None,
) -> pa.Table:
    """List what the copy altered in what it took from its source: each alteration typed, with its place.

    Parameters
    ----------
    documents : pyarrow.Table
        ``schemas.DOCUMENTS``; columns ``doc`` and ``text`` suffice, ``language`` turns the cue words on.
    alignments : pyarrow.Table
        ``schemas.ALIGNMENTS``; ``matched`` and ``identity`` are not needed.
    directions : pyarrow.Table
        ``schemas.DIRECTIONS``; columns ``a``, ``b`` and ``source`` suffice. Where no source is named, a stands for it
        and ``oriented`` is false.
    stemma : pyarrow.Table, optional
        ``schemas.STEMMA``; columns ``family``, ``doc``, ``parent`` and ``role`` suffice. Of a family with a tree, only
        the pairs of parent and child are listed. Pairs that no tree settles, since a member's place is unresolved or
        its parent lost, are listed all the same.

    Returns
    -------
    pyarrow.Table
        ``schemas.CHANGES``. ``before`` and ``after`` are the texts' own slices. Signs between words do not
        count: other quotation marks or commas are no change.

    Raises
    ------
    SchemaError
        The alignments name a document that is not there.

    Notes
    -----
    Two words against two are aligned anew within each run that differs, so that *Feb. 10* meets *10 February*
    and *doesn't* meets *does not*; then rules decide in order (:mod:`stemmata.alterations.rules`). Cue words
    are known for English; elsewhere only what needs no word list is told apart. Whole sentences between two
    passages that follow each other in both texts are left out, or put in, where the other text has nothing
    there but page furniture. Words of a wrong sense (``tortured``) are listed as ``wording``: to tell them
    takes counts of word pairs.
    """
    engine = engine or LocalEngine()
    documents = described(documents, engine)
    alignments = ALIGNED.check(alignments)
    directions = schemas.DIRECTIONS.only("a", "b", "source").check(directions)
    if stemma is not None:
        stemma = schemas.STEMMA.only("family", "doc", "parent", "role").check(stemma)
    reused = pc.is_in(alignments.column("role"), pa.array(["reuse", "quoted", "furniture"]))
    alignments = alignments.filter(reused)
    pairs = _listed(alignments, directions, stemma)
    known_documents(documents, pairs, "alignments")
    found = over_pairs(_list_part, documents, pairs, engine, options, alignments=alignments)
    return schemas.CHANGES.check(found)


def _listed(alignments: pa.Table, directions: pa.Table, stemma: pa.Table | None) -> pa.Table:
    """Return the pairs that are listed, with the side that is the source, null where direction is unknown."""
    verdicts = {(r["a"], r["b"]): r["source"] for r in directions.to_pylist()}
    place = {row["doc"]: row for row in stemma.to_pylist()} if stemma is not None else {}
    rows = []
    for row in alignments.select(["a", "b"]).group_by(["a", "b"]).aggregate([]).to_pylist():
        if _on_tree(place.get(row["a"]), place.get(row["b"])):
            source = verdicts.get((row["a"], row["b"]))
            rows.append(row | {"source": "b" if source == row["b"] else "a", "oriented": source is not None})
    columns = [("a", pa.string()), ("b", pa.string()), ("source", pa.string()), ("oriented", pa.bool_())]
    return pa.Table.from_pylist(rows, schema=pa.schema(columns))


def _on_tree(a: dict[str, Any] | None, b: dict[str, Any] | None) -> bool:
    """Say whether a pair is an edge of the tree, or none that the tree settles."""
    if a is None or b is None or a["family"] != b["family"] or "unresolved" in (a["role"], b["role"]):
        return True
    lost = a["parent"] == b["parent"] and (a["parent"] or "").startswith("lost:")
    return lost or a["parent"] == b["doc"] or b["parent"] == a["doc"]


class Passages(NamedTuple):
    """The passages of a part of the table: spans of each, and the spans of the words that stand in both."""

    spans: NDArray[np.int64]
    furniture: NDArray[np.bool_]
    retold: NDArray[np.bool_]
    first: NDArray[np.int64]
    ops: NDArray[np.str_]
    edits: NDArray[np.int64]


def _read_passages(alignments: pa.Table) -> Passages:
    spans = np.column_stack([alignments.column(c).to_numpy() for c in ("a_start", "a_end", "b_start", "b_end")])
    listed = alignments.column("edits").combine_chunks()
    edits = listed.flatten()
    lengths = pc.list_value_length(listed).to_numpy(zero_copy_only=False)
    return Passages(
        spans,
        pc.equal(alignments.column("role"), "furniture").to_numpy(),
        pc.is_in(alignments.column("kind"), pa.array(RETOLD)).to_numpy(),
        np.concatenate([[0], np.cumsum(lengths)]),
        edits.field("op").to_numpy(zero_copy_only=False),
        np.column_stack([edits.field(c).to_numpy() for c in ("a_start", "a_end", "b_start", "b_end")]),
    )


def _list_part(part: pa.Table, alignments: pa.Table, options: ChangeOptions) -> pa.Table:
    rows_of: dict[tuple[str, str], list[int]] = defaultdict(list)
    for k, row in enumerate(alignments.select(["a", "b"]).to_pylist()):
        rows_of[row["a"], row["b"]].append(k)
    passages = _read_passages(alignments)
    keys = part.select(["a", "b", "source", "oriented"]).to_pylist()
    rows: list[dict[str, Any]] = []
    for sides in read_sides(part):
        key = keys[sides.row]
        rows += _rows(key, sides, passages, rows_of[key["a"], key["b"]], options)
    return schemas.CHANGES.table(rows)


def _rows(
    key: dict[str, Any], sides: Sides, passages: Passages, which: list[int], options: ChangeOptions
) -> Iterator[dict[str, Any]]:
    forward = key["source"] == "a"
    source, copy = _mark(sides, forward)
    names = {"source": key["a" if forward else "b"], "copy": key["b" if forward else "a"]}
    collated, furniture, retold = [], [], []
    for k in which:
        spans = passages.spans[k : k + 1]
        edits = slice(passages.first[k], passages.first[k + 1])
        whole = _in_words(source, copy, spans, forward)[0]
        if passages.furniture[k]:
            furniture.append(whole)
            continue
        by_op = (
            _in_words(source, copy, passages.edits[edits][np.isin(passages.ops[edits], ops)], forward)
            for ops in (("match", "restyle"), ("move",), ("substitute",))
        )
        collated.append(Collation.of(whole[:2], whole[2:], *by_op))
        if passages.retold[k]:
            retold.append(whole)
    collated.sort(key=lambda collation: (collation.source, collation.copy))
    found = list_alterations(source, copy, collated, furniture, omission=options.omission, moved=options.moved)
    for n, altered in enumerate(found, 1):
        one = judge_loosely(altered, source, copy) if _inside(altered, retold, source, copy) else altered
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


@cache
def _common(language: str | None) -> NDArray[np.uint64]:
    return function_words(language, COMMON)


def _mark(sides: Sides, forward: bool) -> tuple[MarkedText, MarkedText]:
    """Return source and copy with their names and commonest words marked."""
    common = _common(sides.language)
    names = find_names((sides.a, sides.b), sides.language, common, lexicon(sides.language).abbreviated)
    a, b = (
        MarkedText(text, words, sides.language, *named, among(words.word, common))
        for text, words, named in zip((sides.a_text, sides.b_text), (sides.a, sides.b), names, strict=True)
    )
    return (a, b) if forward else (b, a)


def _in_words(source: MarkedText, copy: MarkedText, spans: NDArray[np.int64], forward: bool) -> list[Run]:
    """Return spans of a and b as words of source and copy."""
    ours, theirs = (spans[:, :2], spans[:, 2:]) if forward else (spans[:, 2:], spans[:, :2])
    edges = np.searchsorted(source.words.start, ours), np.searchsorted(copy.words.start, theirs)
    return [Run(*row) for row in np.concatenate(edges, axis=1).tolist()]
