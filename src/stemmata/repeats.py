"""Passages that stand in an earlier document as well, cut out of the later text, so that one is left."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from stemmata import schemas
from stemmata.engines import Engine
from stemmata.keepers import DROPPING, KeepOptions
from stemmata.tokens import LINE, LOWERCASE, PARAGRAPH, SENTENCE, Words, read_words

CUTS = pa.schema([("doc", pa.string()), ("text", pa.large_string()), ("spans", pa.list_(schemas.STRETCH))])
HELD = pa.list_(pa.struct([("start", schemas.SPAN), ("end", schemas.SPAN)]))


def cut_repeats(
    documents: pa.Table, alignments: pa.Table, rank: NDArray[np.int64], options: KeepOptions, engine: Engine
) -> pa.Table:
    """Cut sentences out of texts that stand, word for word, edited or spun, in a document before them.

    A sentence goes if ``coverage`` of its words have their counterpart in passages of role ``reuse``, and if it and
    those beside it that go have ``cut`` words together.

    Parameters
    ----------
    documents : pyarrow.Table
        ``doc`` and ``text`` of the documents that stay.
    alignments : pyarrow.Table
        ``schemas.ALIGNMENTS``; pairs of other documents are left aside.
    rank : int64 array
        Each document's place in the order.

    Returns
    -------
    pyarrow.Table
        ``doc``, ``text`` (what is left) and ``spans`` (what was cut) of each document that something is cut from,
        sorted by ``doc``.
    """
    docs = documents.column("doc").combine_chunks()
    reuse = pc.and_(pc.equal(alignments["role"], "reuse"), pc.is_in(alignments["kind"], pa.array(DROPPING)))
    both = pc.and_(pc.is_in(alignments["a"], docs), pc.is_in(alignments["b"], docs))
    passages = alignments.filter(pc.and_(reuse, both)).combine_chunks()
    places = [rank[pc.index_in(passages[side], docs).to_numpy()] for side in ("a", "b")]
    later_a = pa.array(places[0] > places[1])
    own, other = (
        {name: pc.if_else(turned, passages[f"a{end}"], passages[f"b{end}"]) for name, end in _ENDS.items()}
        for turned in (later_a, pc.invert(later_a))
    )
    held = _held(passages["edits"].combine_chunks() if passages.num_rows else pa.array([], EDITS), later_a)
    names = {f"other_{name}": values for name, values in other.items()}
    stretches = pa.table({**own, **names, "rank": passages["rank"], "held": held})
    later = documents.select(["doc", "text"]).filter(pc.is_in(docs, stretches["doc"].combine_chunks()))
    cut = engine.cogroup(_cut_part, later, stretches, "doc", "doc", options)
    return cut.combine_chunks().sort_by("doc")


_ENDS = {"doc": "", "start": "_start", "end": "_end"}
EDITS = pa.list_(schemas.EDIT)


def _held(edits: pa.ListArray, later_a: pa.Array) -> pa.Array:
    """Return the stretches of the later side that have their counterpart, for each passage."""
    parent, flat = pc.list_parent_indices(edits).to_numpy(), pc.list_flatten(edits)
    a, b = (
        np.column_stack([pc.struct_field(flat, f"{side}_{end}").to_numpy() for end in ("start", "end")])
        for side in ("a", "b")
    )
    met = (a[:, 1] > a[:, 0]) & (b[:, 1] > b[:, 0])
    turned = later_a.to_numpy(zero_copy_only=False)[parent] if len(parent) else np.zeros(0, bool)
    spans = np.where(turned[:, None], a, b)[met]
    first = np.searchsorted(parent[met], np.arange(len(edits) + 1)).astype(np.int32)
    values = pa.StructArray.from_arrays([pa.array(spans[:, 0]), pa.array(spans[:, 1])], fields=list(HELD.value_type))
    return pa.ListArray.from_arrays(pa.array(first), values)


class _Stretch(NamedTuple):
    """A passage that a text shares with an earlier one: the other's id, both spans, and which words are held."""

    doc: str
    start: int
    end: int
    words: NDArray[np.bool_]


def _cut_part(texts: pa.Table, stretches: pa.Table, options: KeepOptions) -> pa.Table:
    tokens = read_words(texts.column("text"))
    rows: dict[str, list[dict[str, object]]] = {}
    order = [("doc", "ascending"), ("other_doc", "ascending"), ("rank", "ascending")]
    for row in stretches.sort_by(order).to_pylist():
        rows.setdefault(row["doc"], []).append(row)
    found = []
    for at, (doc, text) in enumerate(zip(texts["doc"].to_pylist(), texts["text"].to_pylist(), strict=True)):
        words = tokens[at]
        shared = [
            _Stretch(str(r["other_doc"]), r["other_start"], r["other_end"], words.inside(_spans(r)))  # type: ignore[arg-type]
            for r in rows.get(doc, [])
        ]
        cuts = _cuts(words, shared, options)
        if cuts:
            spans = [_span(text, words, low, high, shared) for low, high in cuts]
            found.append({"doc": doc, "text": _without(text, spans), "spans": spans})
    return pa.Table.from_pylist(found, schema=CUTS)


def _spans(row: dict[str, object]) -> list[tuple[int, int]]:
    return [(one["start"], one["end"]) for one in row["held"]]  # type: ignore[attr-defined]


def _cuts(words: Words, shared: list[_Stretch], options: KeepOptions) -> list[tuple[int, int]]:
    """Return runs of words, of whole sentences, that stand elsewhere."""
    if not shared:
        return []
    held = np.any([stretch.words for stretch in shared], axis=0)
    flags = words.flags
    begins = (flags & (SENTENCE | PARAGRAPH) != 0) | ((flags & LINE != 0) & (flags & LOWERCASE == 0))
    begins[:1] = True
    first = np.flatnonzero(begins)
    edges = np.append(first, len(words))
    goes = np.add.reduceat(held, first, dtype=np.int64) >= options.coverage * np.diff(edges)
    change = np.flatnonzero(np.diff(np.concatenate([[False], goes, [False]]).astype(np.int8)))
    runs = [(int(edges[low]), int(edges[high])) for low, high in change.reshape(-1, 2)]
    return [(low, high) for low, high in runs if high - low >= options.cut]


def _span(text: str, words: Words, low: int, high: int, shared: list[_Stretch]) -> dict[str, object]:
    """Return what is cut for words [low, high), with the document that holds most of them."""
    most = max(shared, key=lambda stretch: np.count_nonzero(stretch.words[low:high]))  # of equals the first
    start, end = _edge(text, words, low), _edge(text, words, high)
    if start and "\n" in text[_bare(text, end) : end] and "\n" not in text[_bare(text, start) : start]:
        start, end = _bare(text, start), _bare(text, end)  # a paragraph that is cut at its end still ends
    return {
        "start": start,
        "end": end,
        "words": high - low,
        "doc": most.doc,
        "doc_start": most.start,
        "doc_end": most.end,
    }


def _edge(text: str, words: Words, word: int) -> int:
    """Return where the sentence that begins with a word begins: before its opening quote or bracket."""
    if word == len(words):
        return len(text)
    at, least = int(words.start[word]), int(words.end[word - 1]) if word else 0
    while at > least and _opens(text, at - 1, least):
        at -= 1
    return at if word else 0


def _opens(text: str, at: int, least: int) -> bool:
    kind = unicodedata.category(text[at])
    return kind in ("Ps", "Pi") or (text[at] in "\"'*#-" and (at == least or text[at - 1].isspace()))


def _bare(text: str, at: int) -> int:
    """Return where the white space before a place begins."""
    while at and text[at - 1].isspace():
        at -= 1
    return at


def _without(text: str, spans: list[dict[str, object]]) -> str:
    kept, at = [], 0
    for span in spans:
        kept.append(text[at : int(str(span["start"]))])
        at = int(str(span["end"]))
    return "".join([*kept, text[at:]])
