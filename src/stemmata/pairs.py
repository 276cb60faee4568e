"""Stage 3: the documents that are worth aligning with each other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from stemmata import schemas
from stemmata.engines import Engine, LocalEngine
from stemmata.errors import check_option
from stemmata.facts import Facts
from stemmata.kernels.links import link_groups
from stemmata.sides import described, known_documents, over_pairs, turned_pairs
from stemmata.tokens import distinct, read_words
from stemmata.twins import digest_words
from stemmata.views import Grams, all_grams

FOUND = pa.schema([("a", pa.string()), ("b", pa.string())])


@dataclass(frozen=True, kw_only=True)
class PairOptions:
    """When two documents are candidates, and when they stay.

    Parameters
    ----------
    candidate : int
        Kept k-grams that a pair must share to be looked at, 1 to 100.
    verified : int
        Distinct k-grams of one view that it must share in full texts to stay, 1 to 1,000.
    neighbours : int
        Documents to which a posting is linked where more share its k-gram than the cap, 1 to 1,000.
    """

    candidate: int = 2
    verified: int = 6
    neighbours: int = 8

    def __post_init__(self) -> None:
        check_option(self, "candidate", 1, 100)
        check_option(self, "verified", 1, 1_000)
        check_option(self, "neighbours", 1, 1_000)


def find_pairs(
    documents: pa.Table,
    fingerprints: pa.Table,
    statistics: pa.Table | None = None,
    *,
    given: pa.Table | None = None,
    options: PairOptions = PairOptions(),
    engine: Engine | None = None,
) -> pa.Table:
    """Find the pairs that share more k-grams than chance, and recount what they share.

    Of documents with the same words only the earliest dated, of equals the smallest id, is compared with others;
    the rest are paired with it.

    Parameters
    ----------
    documents, fingerprints, statistics : pyarrow.Table
        As the stages before leave them; ``statistics`` may be left out.
    given : pyarrow.Table, optional
        Columns ``a``, ``b`` and ``copy``: pairs of the caller's own. They stay whatever they share, and no
        others are looked for.

    Returns
    -------
    pyarrow.Table
        ``schemas.PAIRS``; ``shared`` and containment are exact recounts over the whole texts.
    """
    engine = engine or LocalEngine()
    documents = described(documents, engine, *schemas.DATES)
    fingerprints = schemas.FINGERPRINTS.check(fingerprints)
    facts = Facts.of(statistics)
    cut, twins = 0, FOUND.empty_table()
    if given is None:
        twins = _twins(documents, engine)
        others = pc.invert(pc.is_in(fingerprints.column("doc"), twins.column("b").combine_chunks()))
        pairs, cut = _candidates(fingerprints.filter(others), facts, options, engine)
        pairs = schemas.PAIRS.only("a", "b", "copy").check(pa.concat_tables([pairs, _in_order(twins)]))
    else:
        pairs = turned_pairs(given)
        known_documents(documents, pairs, "pairs")
    recounted = over_pairs(_recount, documents, pairs, engine, engine.broadcast(facts), documents.num_rows)
    counted = schemas.PAIRS.check(recounted)
    if given is None:
        shared = [pc.struct_field(counted.column("shared"), view) for view in ("skeleton", "surface")]
        enough = pc.greater_equal(pc.max_element_wise(*shared), options.verified)
        same = pc.equal(pc.min_element_wise(counted.column("containment_a"), counted.column("containment_b")), 1.0)
        counted = counted.filter(pc.or_(enough, same))
    return schemas.remark(
        schemas.PAIRS.sort(counted),
        notes=[
            {"stage": "pairs", "what": "k-grams in more documents than the cap", "count": cut},
            {
                "stage": "pairs",
                "what": "exact copies, compared with the earliest of them only",
                "count": twins.num_rows,
            },
        ],
    )


def _twins(documents: pa.Table, engine: Engine) -> pa.Table:
    """Return each document beside the earliest of those with its words, unless it is that itself."""
    dated = pc.coalesce(*(documents.column(name) for name in schemas.DATES))
    known = pa.table(
        [documents.column("doc"), dated, digest_words(documents, engine).column("words")], ["doc", "date", "words"]
    )
    known = known.filter(pc.is_valid(known.column("words")))
    known = known.sort_by([("words", "ascending"), ("date", "ascending"), ("doc", "ascending")])
    words, docs = known.column("words").to_pylist(), known.column("doc").to_pylist()
    rows, head = [], 0
    for row in range(1, len(docs)):
        head = head if words[row] == words[head] else row
        if row != head:
            rows.append({"a": docs[head], "b": docs[row]})
    return pa.Table.from_pylist(rows, schema=FOUND)


def _in_order(twins: pa.Table) -> pa.Table:
    a, b = twins.column("a"), twins.column("b")
    turned = pc.greater(a, b)
    copy = pa.nulls(twins.num_rows, pa.string())
    return pa.table([pc.if_else(turned, b, a), pc.if_else(turned, a, b), copy], ["a", "b", "copy"])


def _candidates(fingerprints: pa.Table, facts: Facts, options: PairOptions, engine: Engine) -> tuple[pa.Table, int]:
    """Return pairs that share enough kept k-grams of skeleton and surface, and the k-grams past the cap."""
    kept = fingerprints.filter(pc.not_equal(fingerprints.column("view"), "quotation"))
    kept = kept.select(["doc", "view", "hash"]).group_by(["doc", "view", "hash"]).aggregate([])
    none = kept.slice(0, 0)
    key = ("view", "hash")
    met = engine.cogroup(_meet, kept, none, key, key, facts.cap, options.neighbours)
    cut = sum(row["count"] for row in schemas.remarks([met], "notes").to_pylist())
    counts = met.group_by(["a", "b"]).aggregate([([], "count_all")])
    enough = counts.filter(pc.greater_equal(counts.column("count_all"), options.candidate))
    pairs = enough.select(["a", "b"]).append_column("copy", pa.nulls(enough.num_rows, pa.string()))
    return pairs.sort_by([("a", "ascending"), ("b", "ascending")]), cut


def _meet(part: pa.Table, _: pa.Table, cap: int, neighbours: int) -> pa.Table:
    """Pair the documents that share a k-gram; all rows of one k-gram are here."""
    part = part.sort_by([("view", "ascending"), ("hash", "ascending"), ("doc", "ascending")]).combine_chunks()
    docs = part.column("doc").combine_chunks().dictionary_encode() if part.num_rows else None
    if docs is None:
        return FOUND.empty_table()
    names = docs.dictionary
    rank = pc.rank(names, sort_keys="ascending").to_numpy().astype(np.int32) - 1  # codes in the order of ids
    member = rank[docs.indices.to_numpy()]
    view = np.array([schemas.VIEWS.index(v) for v in part.column("view").to_pylist()])
    key = part.column("hash").to_numpy()
    new = np.flatnonzero(np.concatenate([[True], (key[1:] != key[:-1]) | (view[1:] != view[:-1])]))
    first = np.append(new, len(key)).astype(np.int64)
    left, right, _group = link_groups(first, member, cap, neighbours)
    ordered = names.take(pc.array_sort_indices(names))
    size = np.diff(first)
    found = pa.table([ordered.take(pa.array(left)), ordered.take(pa.array(right))], schema=FOUND)
    over = int(np.count_nonzero(size > cap))
    return schemas.remark(found, notes=[{"stage": "pairs", "what": "cap", "count": over}])


def _recount(part: pa.Table, facts: Facts, documents: int) -> pa.Table:
    """Count what each pair shares, from the texts themselves."""
    shared: dict[str, list[int]] = {view: [] for view in schemas.VIEWS}
    within: dict[str, list[list[float]]] = {"a": [], "b": []}
    score = np.zeros(part.num_rows)
    sides = {
        side: (read_words(part.column(f"{side}_text")), part.column(f"{side}_language").to_pylist())
        for side in ("a", "b")
    }
    for view in schemas.VIEWS:
        a, b = (all_grams(tokens, languages, facts, view) for tokens, languages in sides.values())
        for row in range(part.num_rows):
            in_a, in_b = _distinct(a, row), _distinct(b, row)
            common = len(np.intersect1d(in_a, in_b, assume_unique=True))
            shared[view].append(common)
            if view != "quotation" and common:
                score[row] += common * np.log((documents + 1) / 2.5) * np.sqrt(common / min(len(in_a), len(in_b)))
            for side, grams in (("a", in_a), ("b", in_b)):
                within[side].append([common / len(grams) if len(grams) else 0.0])
    struct = pa.StructArray.from_arrays(
        [pa.array(shared[view], pa.int32()) for view in schemas.VIEWS], fields=list(schemas.SHARED)
    )
    containment = {
        side: np.reshape(values, (len(schemas.VIEWS), part.num_rows)).max(axis=0) for side, values in within.items()
    }
    return pa.table(
        [
            part.column("a"),
            part.column("b"),
            struct,
            pa.array(containment["a"]),
            pa.array(containment["b"]),
            pa.array(score),
            part.column("copy"),
        ],
        schema=schemas.PAIRS.arrow,
    )


def _distinct(grams: Grams, document: int) -> NDArray[np.uint64]:
    return distinct(grams.hash[grams.first[document] : grams.first[document + 1]])
