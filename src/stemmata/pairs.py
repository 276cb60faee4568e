"""Stage 3: the documents that are worth aligning with each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

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
from stemmata.twins import digest_texts
from stemmata.views import Grams, all_grams

MET = pa.schema([("older", pa.int32()), ("younger", pa.int32()), ("count", pa.int64())])
FEW = 8  # documents that may share a k-gram of a quotation for it to say anything by itself
QUOTED = 4  # distinct k-grams of all words that a run of eight words has
TWINS = pa.schema([("first", pa.string()), ("again", pa.string())])
Values: TypeAlias = "pa.Array | pa.ChunkedArray"


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
        Where more documents than the cap share a k-gram, each is linked to so many that follow it by age, and to the
        so many oldest, 1 to 1,000.
    quotations : bool
        Look for pairs, too, that share no more than a quotation of eight words which few others have; they stay
        whatever ``verified`` says. Only a
        collection that is sampled needs it for longer ones; there it makes this stage some five times as dear.
    """

    candidate: int = 2
    verified: int = 6
    neighbours: int = 8
    quotations: bool = False

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

    Of documents with the same text, white space aside, only the earliest dated, of equals the smallest id, is
    compared with others; the rest are paired with it.

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
    cut, few, twins = 0, 0, TWINS.empty_table()
    if given is None:
        twins = _twins(documents, engine)
        others = pc.invert(pc.is_in(fingerprints.column("doc"), twins.column("again").combine_chunks()))
        found, cut = _candidates(documents, fingerprints.filter(others), facts, options, engine)
        again = _in_order(twins.column("first"), twins.column("again"))
        pairs = schemas.PAIRS.only("a", "b", "copy").check(pa.concat_tables([found, again]))
    else:
        pairs = turned_pairs(given)
        known_documents(documents, pairs, "pairs")
    recounted = over_pairs(_recount, documents, pairs, engine, engine.broadcast(facts), documents.num_rows)
    counted = schemas.PAIRS.check(recounted)
    if given is None:
        shared = [pc.struct_field(counted.column("shared"), view) for view in ("skeleton", "surface")]
        enough = pc.greater_equal(pc.max_element_wise(*shared), options.verified)
        same = pc.equal(pc.min_element_wise(counted.column("containment_a"), counted.column("containment_b")), 1.0)
        stay = pc.or_(enough, same)
        if options.quotations:
            stay = pc.or_(stay, pc.greater_equal(pc.struct_field(counted.column("shared"), "surface"), QUOTED))
        few = counted.num_rows - pc.sum(stay).as_py() if counted.num_rows else 0
        counted = counted.filter(stay)
    counts = {
        "k-grams in more documents than the cap": cut,
        "candidates that share too few k-grams in their full texts": few,
        "exact copies, compared with the earliest of them only": twins.num_rows,
    }
    notes = [{"stage": "pairs", "what": what, "count": count} for what, count in counts.items()]
    return schemas.remark(schemas.PAIRS.sort(counted), notes=notes)


def _twins(documents: pa.Table, engine: Engine) -> pa.Table:
    """Return each document beside the earliest of those with its text, unless it is that itself."""
    dated = schemas.dated(documents)
    digests = digest_texts(documents, engine).column("digest")
    known = pa.table([documents.column("doc"), dated, digests], ["doc", "date", "digest"])
    known = known.filter(pc.is_valid(known.column("digest")))
    known = known.sort_by([("digest", "ascending"), ("date", "ascending"), ("doc", "ascending")])
    digest, docs = known.column("digest").to_pylist(), known.column("doc").to_pylist()
    rows, head = [], 0
    for row in range(1, len(docs)):
        head = head if digest[row] == digest[head] else row
        if row != head:
            rows.append({"first": docs[head], "again": docs[row]})
    return pa.Table.from_pylist(rows, schema=TWINS)


def _candidates(
    documents: pa.Table, fingerprints: pa.Table, facts: Facts, options: PairOptions, engine: Engine
) -> tuple[pa.Table, int]:
    """Return pairs that share enough kept k-grams, and the k-grams past the cap."""
    docs = _by_age(documents)
    quoted = pc.equal(fingerprints.column("view"), "quotation")
    kept = fingerprints.filter(pc.invert(quoted))
    if options.quotations:
        kept = pa.concat_tables([kept, _rare(fingerprints.filter(quoted))])
    age = pc.index_in(kept.column("doc"), docs).cast(pa.int32())
    kept = pa.table([kept.column("view"), kept.column("hash"), age], ["view", "hash", "age"])
    kept = kept.group_by(["view", "hash", "age"]).aggregate([])
    key = ("view", "hash")
    met = engine.cogroup(_meet, kept, kept.slice(0, 0), key, key, facts.cap, options.neighbours)
    cut = sum(row["count"] for row in schemas.remarks([met], "notes").to_pylist())
    counts = met.group_by(["older", "younger"]).aggregate([("count", "sum")])
    enough = counts.filter(pc.greater_equal(counts.column("count_sum"), options.candidate))
    return _in_order(docs.take(enough.column("older")), docs.take(enough.column("younger"))), cut


def _rare(quotations: pa.Table) -> pa.Table:
    """Return the k-grams of quotations that few documents share, twice over: one of them is enough."""
    counts = quotations.select(["doc", "hash"]).group_by("hash").aggregate([("doc", "count_distinct")])
    few = counts.filter(pc.less_equal(counts.column("doc_count_distinct"), FEW)).column("hash")
    rare = quotations.filter(pc.is_in(quotations.column("hash"), few.combine_chunks()))
    again = rare.set_column(rare.column_names.index("view"), "view", pa.array(["again"] * rare.num_rows, pa.string()))
    return pa.concat_tables([rare, again.cast(rare.schema)])


def _by_age(documents: pa.Table) -> pa.Array:
    """Return the ids, the earliest dated first; of equals the longest text, then the smallest id."""
    dated = schemas.dated(documents)
    length = pc.utf8_length(documents.column("text"))
    known = pa.table([documents.column("doc"), dated, length], ["doc", "date", "length"])
    order = [("date", "ascending"), ("length", "descending"), ("doc", "ascending")]
    return known.sort_by(order).column("doc").combine_chunks()


def _in_order(one: Values, other: Values) -> pa.Table:
    """Return pairs with a < b."""
    turned = pc.greater(one, other)
    a, b = pc.if_else(turned, other, one), pc.if_else(turned, one, other)
    return pa.table([a, b, pa.nulls(len(one), pa.string())], ["a", "b", "copy"])


def _meet(part: pa.Table, _: pa.Table, cap: int, neighbours: int) -> pa.Table:
    """Pair the documents that share a k-gram, with how many they share; all rows of one k-gram are here."""
    if not part.num_rows:
        return MET.empty_table()
    part = part.sort_by([("view", "ascending"), ("hash", "ascending"), ("age", "ascending")]).combine_chunks()
    view, key = (
        part.column("view").combine_chunks().dictionary_encode().indices.to_numpy(),
        part.column("hash").to_numpy(),
    )
    new = np.flatnonzero(np.concatenate([[True], (key[1:] != key[:-1]) | (view[1:] != view[:-1])]))
    first = np.append(new, len(key)).astype(np.int64)
    older, younger, _group = link_groups(first, part.column("age").to_numpy(), cap, neighbours)
    pairs, count = np.unique(older.astype(np.int64) << 32 | younger, return_counts=True)
    found = [pa.array((pairs >> 32).astype(np.int32)), pa.array((pairs & 0xFFFFFFFF).astype(np.int32)), pa.array(count)]
    over = int(np.count_nonzero(np.diff(first) > cap))
    return schemas.remark(pa.table(found, schema=MET), notes=[{"stage": "pairs", "what": "cap", "count": over}])


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
