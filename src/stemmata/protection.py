"""Which documents hold text that must not be in a collection, such as the questions of a benchmark."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from stemmata import schemas
from stemmata.engines import Engine
from stemmata.keepers import KeepOptions
from stemmata.tokens import read_words

FEW = 8  # documents that may share a k-gram of a quotation for one of it to say anything; and texts looked at for each
ENOUGH = 2  # kept k-grams of one view that a document shares with a protected text
QUOTED, FRAMED = 4, 6  # distinct k-grams, of all words or of the skeleton, that they share in full
NO_COPY = ("none", "template")
NOBODYS = ("base", "furniture")


def cross_pairs(fingerprints: pa.Table, prefix: str) -> pa.Table:
    """Return the pairs of a document and a protected text that share enough kept k-grams.

    However many documents share one: a text that is copied often must be found in each. Of protected texts that share
    one, the first eight are looked at for each document.

    Parameters
    ----------
    fingerprints : pyarrow.Table
        ``schemas.FINGERPRINTS`` of both.
    prefix : str
        What the ids of the protected texts, and no others, begin with.

    Returns
    -------
    pyarrow.Table
        Columns ``a`` and ``b``, a < b.
    """
    columns = [fingerprints.column("view").cast(pa.string()), fingerprints.column("hash")]
    columns.append(fingerprints.column("doc").cast(pa.string()))
    kept = pa.table(columns, ["view", "hash", "doc"]).group_by(["view", "hash", "doc"]).aggregate([])
    theirs = pc.starts_with(kept.column("doc"), prefix)
    key = ["view", "hash"]
    texts = kept.filter(theirs).sort_by([("view", "ascending"), ("hash", "ascending"), ("doc", "ascending")])
    texts = texts.filter(pa.array(_place_in_run(texts) < FEW)).rename_columns([*key, "text"])
    pile = kept.filter(pc.and_(pc.invert(theirs), pc.is_in(kept.column("hash"), texts.column("hash").combine_chunks())))
    often = pile.group_by(key).aggregate([("doc", "count")])
    met = pile.join(often, key, use_threads=False).join(texts, key, join_type="inner", use_threads=False)
    met = met.append_column(
        "telling", pc.and_(pc.equal(met["view"], "quotation"), pc.less_equal(met["doc_count"], FEW))
    )
    counts = met.group_by(["doc", "text", "view"]).aggregate([("hash", "count"), ("telling", "any")])
    enough = counts.filter(pc.or_(pc.greater_equal(counts["hash_count"], ENOUGH), counts["telling_any"]))
    pairs = enough.group_by(["doc", "text"]).aggregate([])
    return in_order(pairs.column("doc"), pairs.column("text"))


def same_texts(documents: pa.Table, groups: NDArray[np.int64], prefix: str) -> pa.Table:
    """Return the decisions on documents whose whole text, white space aside, is a protected one.

    Parameters
    ----------
    groups : int64 array
        The same number for the same text.
    """
    docs = documents["doc"].combine_chunks()
    theirs = pc.starts_with(docs, prefix).to_numpy(zero_copy_only=False)
    held, at = np.unique(groups[theirs], return_index=True)
    rows = np.flatnonzero(~theirs & np.isin(groups, held))
    texts = np.flatnonzero(theirs)[at[np.searchsorted(held, groups[rows])]]
    names = docs.take(pa.array(texts)).to_pylist()
    length = pc.utf8_length(documents["text"]).to_numpy()
    said = []
    for doc, row, text, name in zip(docs.take(pa.array(rows)).to_pylist(), rows, texts, names, strict=True):
        name = name.removeprefix(prefix)
        span = {"start": 0, "end": length[row], "doc": name, "doc_start": 0, "doc_end": length[text]}
        why = {"kind": "exact", "coverage": 1.0, "reason": f"the same text as a protected one, {name}"}
        said.append({"doc": doc, "family_size": 1, "keep": False, **why, "spans": [span]})
    return schemas.DECISIONS.table(said)


def in_order(one: pa.ChunkedArray, other: pa.ChunkedArray) -> pa.Table:
    """Return pairs with a < b, sorted."""
    turned = pc.greater(one, other)
    pairs = pa.table([pc.if_else(turned, other, one), pc.if_else(turned, one, other)], ["a", "b"])
    return pairs.sort_by([("a", "ascending"), ("b", "ascending")])


def verified(pairs: pa.Table) -> pa.Table:
    """Return those of ``schemas.PAIRS`` that share a run of words, or a frame of them."""
    shared = pairs.column("shared")
    quoted = pc.greater_equal(pc.struct_field(shared, "surface"), QUOTED)
    return pairs.filter(pc.or_(quoted, pc.greater_equal(pc.struct_field(shared, "skeleton"), FRAMED)))


def find_held(
    documents: pa.Table, alignments: pa.Table, runs: pa.Table, prefix: str, options: KeepOptions, engine: Engine
) -> pa.Table:
    """Return the documents that hold enough words of a protected text, or a run of them, and where.

    Parameters
    ----------
    documents : pyarrow.Table
        ``doc`` and ``text`` of both.
    alignments : pyarrow.Table
        ``schemas.ALIGNMENTS`` of pairs of the two. What is quoted counts; lines that everybody has, and what
        recurs in forms, do not.
    runs : pyarrow.Table
        In the schema ``sharedruns.RUNS``: what each holds suffices, whatever the words are.
    prefix : str
        As in :func:`cross_pairs`; in what is returned ids stand without it.

    Returns
    -------
    pyarrow.Table
        ``schemas.DECISIONS``: a row for each document that holds one, with the text that it holds most of in
        ``reason``; ``family`` is null.
    """
    mine = pc.invert(
        pc.or_(pc.is_in(alignments["kind"], pa.array(NO_COPY)), pc.is_in(alignments["role"], pa.array(NOBODYS)))
    )
    alignments = alignments.filter(mine)
    a_is = pc.starts_with(alignments["a"], prefix)
    here = {name: pc.if_else(a_is, alignments[f"b{end}"], alignments[f"a{end}"]) for name, end in _ENDS.items()}
    there = {
        f"text_{name}": pc.if_else(a_is, alignments[f"a{end}"], alignments[f"b{end}"]) for name, end in _ENDS.items()
    }
    held = pa.table({**here, **there, "words": alignments["matched"], "kind": alignments["kind"]})
    held = held.append_column("run", pa.array(np.zeros(held.num_rows, bool)))
    more = runs.append_column("kind", pa.array(["verbatim"] * runs.num_rows, pa.string()))
    more = more.append_column("run", pa.array(np.ones(runs.num_rows, bool)))
    held = pa.concat_tables([held, more.select(held.column_names)], promote_options="permissive")
    sizes = _sizes(documents, held, engine)
    rows: dict[str, list[dict[str, Any]]] = {}
    for row in held.to_pylist():  # of the few documents that hold something
        rows.setdefault(row["doc"], []).append(row)
    return schemas.DECISIONS.table(
        filter(None, (_decide(doc, some, sizes, prefix, options) for doc, some in rows.items()))
    )


_ENDS = {"doc": "", "start": "_start", "end": "_end"}


def _sizes(documents: pa.Table, held: pa.Table, engine: Engine) -> dict[str, int]:
    some = pa.concat_arrays([pa.array([], pa.string()), *held["doc"].chunks, *held["text_doc"].chunks])
    counted = engine.map(_count_words, documents.select(["doc", "text"]).filter(pc.is_in(documents["doc"], some)))
    return dict(zip(counted["doc"].to_pylist(), counted["words"].to_pylist(), strict=True))


def _count_words(part: pa.Table) -> pa.Table:
    sizes = np.diff(read_words(part.column("text")).first)
    return pa.table([part.column("doc"), pa.array(sizes, pa.int64())], ["doc", "words"])


def _decide(
    doc: str, rows: list[dict[str, Any]], sizes: Mapping[str, int], prefix: str, options: KeepOptions
) -> dict[str, Any] | None:
    """Return the decision on a document by all passages that it shares with protected texts; None to let it be."""
    running = {row["text_doc"] for row in rows if row["run"]}
    rows = [row for row in rows if not (row["run"] and _within_another(row, rows))]
    words: dict[str, int] = {}
    for row in rows:
        words[row["text_doc"]] = words.get(row["text_doc"], 0) + row["words"]
    enough = {
        text: count
        for text, count in words.items()
        if text in running or count >= min(options.held, max(1.0, options.coverage * min(sizes[doc], sizes[text])))
    }
    if not enough:
        return None
    most = min(enough, key=lambda text: (-enough[text], text))
    name = most.removeprefix(prefix)
    kinds: dict[str, int] = {}
    for row in rows:
        if row["text_doc"] == most:
            kinds[row["kind"]] = kinds.get(row["kind"], 0) + row["words"]
    spans = [
        {"start": r["start"], "end": r["end"], "words": r["words"], "doc": r["text_doc"].removeprefix(prefix),
         "doc_start": r["text_start"], "doc_end": r["text_end"]}
        for r in rows
        if r["text_doc"] in enough
    ]  # fmt: skip
    return {
        "doc": doc,
        "family_size": 1,
        "keep": False,
        "kind": min(kinds, key=lambda kind: (-kinds[kind], kind)),
        "coverage": min(1.0, enough[most] / max(1, sizes[doc])),
        "reason": f"holds {enough[most]} words of a protected text, {name}, which has {sizes[most]}",
        "spans": sorted(spans, key=lambda span: (span["start"], span["end"], span["doc"], span["doc_start"])),
    }


def _within_another(run: Mapping[str, Any], rows: list[dict[str, Any]]) -> bool:
    """Tell whether a run stands in a passage that was aligned with the same text."""
    return any(
        not row["run"]
        and row["text_doc"] == run["text_doc"]
        and row["start"] <= run["start"]
        and run["end"] <= row["end"]
        for row in rows
    )


def _place_in_run(table: pa.Table) -> NDArray[np.int64]:
    """Return the place of each row among those of its view and hash, from 0; they stand together."""
    if not table.num_rows:
        return np.zeros(0, np.int64)
    view = table.column("view").combine_chunks().dictionary_encode().indices.to_numpy()
    key = table.column("hash").to_numpy()
    new = np.concatenate([[True], (key[1:] != key[:-1]) | (view[1:] != view[:-1])])
    begins = np.flatnonzero(new)
    return np.arange(len(key)) - np.repeat(begins, np.diff(np.append(begins, len(key))))
