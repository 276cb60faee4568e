"""Stage 3: the documents that are worth aligning with each other."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from stemmata import schemas
from stemmata.buffers import text_slices
from stemmata.engines import Engine, LocalEngine
from stemmata.errors import SchemaError, check_option
from stemmata.estimates import estimate
from stemmata.facts import Facts
from stemmata.kernels.links import (
    common_share,
    count_links,
    crowded_documents,
    link_documents,
    pack_postings,
    shared_keys,
    tally,
)
from stemmata.recounts import COUNTED, recount
from stemmata.sides import described, known_documents, turned_pairs
from stemmata.tokens import read_keys
from stemmata.twins import first_alike
from stemmata.views import CACHED, N, surface_grams

BLOCKS = pa.schema([("start", pa.int64()), ("stop", pa.int64()), ("links", pa.int64())])
LINKED = pa.schema([("older", pa.int32()), ("younger", pa.int32()), ("weight", pa.int64())])
MOST = 2**30  # documents: a link has 30 bits for each of its two
LINKS_AT_ONCE = 8_000_000  # held at a time, 8 bytes each
ENOUGH = 5  # what a k-gram weighs that few documents share: commoner ones say less, rarer ones more
CLOSER = 2  # times the cap, where all k-grams of the documents of large families are looked at
FEW = 8  # documents that may share a k-gram of a quotation for it to say anything by itself
QUOTED = 4  # distinct k-grams of all words that a run of eight words has


@dataclass(frozen=True, kw_only=True)
class PairOptions:
    """When two documents are candidates, and when they stay.

    Parameters
    ----------
    candidate : int
        Kept k-grams that a pair must share to be looked at, 1 to 100, if eight documents have each: what fewer have
        says more, what more have less (6 for up to 4 documents, 5 up to 8, 4 up to 16, 3 up to the cap, 2 past it).
    verified : int
        Distinct k-grams of one view that it must share in full texts to stay, 1 to 1,000.
    neighbours : int
        Where more documents than the cap share a k-gram, each is linked to so many that follow it by age, and to the
        so many oldest, 1 to 1,000.
    quotations : bool
        Look for pairs, too, that share no more than a quotation of eight words which few others have; they stay
        whatever ``verified`` says. Only a
        collection that is sampled needs it for longer ones; there it makes this stage some five times as dear.
    recount : bool
        Read the texts of candidates again and count what they share. Without it no text is read: all candidates stay,
        ``shared`` is null, containment and score are estimated from the fingerprints. Of texts of 600 words the
        standard error of a containment is some .1 at the usual rates; it takes half the time.
    """

    candidate: int = 2
    verified: int = 6
    neighbours: int = 8
    quotations: bool = False
    recount: bool = True

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
        ``schemas.PAIRS``; ``shared`` and containment are exact recounts over the whole texts, unless the options say
        that they are to be estimated.
    """
    engine = engine or LocalEngine()
    documents = described(documents, engine, *schemas.DATES)
    fingerprints = replace(schemas.FINGERPRINTS, key=()).check(fingerprints).unify_dictionaries()  # in any order
    least = dict.fromkeys(COUNTED, 0) if given is not None else _least(fingerprints, options)
    if documents.num_rows >= MOST:
        raise SchemaError(
            f"{documents.num_rows:,} documents are more than the {MOST:,} that are compared at once.",
            where="table 'documents'",
            mend="compare parts of the collection.",
        )
    facts = Facts.of(statistics)
    cut = twins = 0
    if given is None:
        first, again = _twins(documents, engine)
        twins = len(first)
        a, b, weight, cut = _candidates(documents, fingerprints, again, facts, options, engine)
        a, b = np.concatenate([a, np.minimum(first, again)]), np.concatenate([b, np.maximum(first, again)])
        weight = np.concatenate([weight, np.full(twins, max(1, weight.max(initial=0)))])
        copy = None
    else:
        pairs = turned_pairs(given)
        known_documents(documents, pairs, "pairs")
        docs = documents.column("doc").combine_chunks()
        a, b = (pc.index_in(pairs.column(side), docs).to_numpy().astype(np.int64) for side in ("a", "b"))
        weight, copy = np.ones(len(a), np.int64), pairs.column("copy")
    if options.recount or given is not None:
        counts = recount(documents, a, b, weight, facts, engine, least=least)
        found = _described(counts, tuple(least), documents, copy)
        found = found.filter(_enough(found, counts.column("worth"), least))
    else:
        counts = estimate(documents, fingerprints, a, b, tuple(least))
        found = _described(counts, tuple(least), documents, copy, exact=False)
    noted = {
        "k-grams in more documents than the cap": cut,
        "candidates that share too few k-grams in their full texts": len(a) - found.num_rows,
        "exact copies, compared with the earliest of them only": twins,
    }
    notes = [{"stage": "pairs", "what": what, "count": count} for what, count in noted.items()]
    return schemas.remark(schemas.PAIRS.check(found), notes=notes)


def _least(fingerprints: pa.Table, options: PairOptions) -> dict[str, int]:
    """Return how many k-grams of each view that is held a pair must share in full texts.

    Raises
    ------
    SchemaError
        What the options ask for cannot be told from the views that are there.
    """
    held = set(pc.unique(fingerprints.column("view")).to_pylist())
    where = "table 'fingerprints', column view"
    if held and options.quotations and "quotation" not in held:
        raise SchemaError(
            "the fingerprints hold no k-grams of quotations, which are asked for.",
            where=where,
            mend="make them with all views (--quotations; in Python, FingerprintOptions.views).",
        )
    if "quotation" in held and "surface" not in held and not options.recount:
        raise SchemaError(
            "k-grams of quotations alone tell nothing of how much two texts share.",
            where=where,
            mend="keep the view 'surface' as well, or let the texts be read again (in Python, PairOptions.recount).",
        )
    least = dict.fromkeys((view for view in COUNTED if view in held or not held), options.verified)
    if "quotation" in held:  # of all words: unwinnowed, its k-grams are those of the surface
        quoted = QUOTED if options.quotations else options.verified
        least["surface"] = min(options.verified, quoted)
    return least


def _enough(counted: pa.Table, worth: pa.ChunkedArray, least: dict[str, int]) -> pa.ChunkedArray:
    """Say of each pair whether both share enough, or all."""
    shared = counted.column("shared").combine_chunks()
    enough = pc.equal(pc.min_element_wise(counted.column("containment_a"), counted.column("containment_b")), 1.0)
    for view, some in least.items():
        enough = pc.or_(enough, pc.greater_equal(pc.multiply(worth, shared.field(view)), some))
    return enough


def _twins(documents: pa.Table, engine: Engine) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the rows of documents beside the earliest of those with their text, but for the earliest themselves."""
    group = first_alike(documents, engine)
    by_date = pc.sort_indices(pa.table([schemas.dated(documents)], ["date"]), [("date", "ascending")]).to_numpy()
    earliest = np.empty(len(group), np.int64)
    earliest[group[by_date[::-1]]] = by_date[::-1]
    first = earliest[group]
    again = np.flatnonzero(first != np.arange(len(group)))
    return first[again], again


def _candidates(
    documents: pa.Table,
    fingerprints: pa.Table,
    again: NDArray[np.int64],
    facts: Facts,
    options: PairOptions,
    engine: Engine,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], int]:
    """Return the rows of pairs that share enough k-grams, and how much that is; and the kept k-grams past the cap.

    Copies of copies in a large family share nearly all that a sample keeps of them with all others. What tells whose
    copies they are is in a few words, so that all their k-grams are looked at; and all are linked to those that hold
    most of what is common, from which most derive.
    """
    order = _by_age(documents)
    age = np.empty(len(order), np.int32)
    age[order] = np.arange(len(order))
    age[again] = -1
    postings = _Postings.of(fingerprints, documents.column("doc"), age)
    keys, least = postings.keys(COUNTED), options.candidate * ENOUGH
    found, cut = _meet(keys, len(order), facts.cap, options.neighbours, least, engine)
    met = [found]
    crowded = order[crowded_documents(keys, postings.bits, facts.cap, len(order))]
    if len(crowded):
        texts = documents.select(["text"]).append_column("age", pa.array(age)).take(np.sort(crowded))
        whole = engine.map(_all_keys, texts, postings.bits).column("key").to_numpy().copy()
        whole.sort()
        central = _by_centre(whole, postings.bits, documents, order)
        whole = _renumbered(whole[: shared_keys(whole, postings.bits)], postings.bits, central)
        linked, _ = _meet(whole, len(order), CLOSER * facts.cap, options.neighbours, least, engine)
        met.append(_numbered_as_before(linked, central))
    if options.quotations:
        met.append(_meet(postings.keys(("quotation",)), len(order), FEW, 0, 1, engine)[0])
    if len(met) > 1:
        added = pa.concat_tables(met).group_by(["older", "younger"], use_threads=False).aggregate([("weight", "sum")])
        found = added.rename_columns(LINKED.names)
    older, younger = (order[found.column(side).to_numpy()] for side in ("older", "younger"))
    return np.minimum(older, younger), np.maximum(older, younger), found.column("weight").to_numpy(), cut


def _all_keys(part: pa.Table, bits: int) -> pa.Table:
    """Return all k-grams of some documents, over all words, each packed with its document."""
    found = [np.zeros(0, np.uint64)]
    low = np.uint64((1 << bits) - 1)
    for batch in text_slices(part, CACHED):
        grams = surface_grams(read_keys(batch.column("text")))
        sizes = np.diff(grams.first)
        document = np.repeat(batch.column("age").to_numpy().astype(np.uint64), sizes)
        whole = np.arange(len(grams.hash)) + N <= np.repeat(grams.first[1:], sizes)
        found.append(((grams.hash & ~low) | document)[whole])
    return pa.table({"key": np.concatenate(found)})


@dataclass(frozen=True)
class _Postings:
    """Kept k-grams as flat arrays: hash, view, document as a number, and the age of each document."""

    hash: NDArray[np.uint64]
    view: NDArray[np.int8]
    document: NDArray[np.int32]
    views: list[str]
    age: NDArray[np.int32]
    bits: int

    @classmethod
    def of(cls, fingerprints: pa.Table, docs: pa.ChunkedArray, age: NDArray[np.int32]) -> _Postings:
        """Take a table apart; documents that are not among ``docs`` have an age of -1."""
        doc, view = (fingerprints.column(name).combine_chunks() for name in ("doc", "view"))
        row = pc.fill_null(pc.index_in(doc.dictionary, docs.combine_chunks()), -1).to_numpy()
        return cls(
            fingerprints.column("hash").to_numpy(),
            view.indices.to_numpy(),
            doc.indices.to_numpy(),
            view.dictionary.to_pylist(),
            np.where(row < 0, -1, age[row]).astype(np.int32),
            max(1, len(age).bit_length()),
        )

    def keys(self, views: tuple[str, ...]) -> NDArray[np.uint64]:
        """Return the hashes of some views that several documents share, ascending, each packed with its document."""
        wanted = np.array([view in views for view in self.views] or [False])
        keys = np.empty(len(self.hash) + 1, np.uint64)
        keys = keys[: pack_postings(self.hash, self.document, self.age, self.view, wanted, self.bits, keys)]
        keys.sort()
        return keys[: shared_keys(keys, self.bits)]


def _meet(
    keys: NDArray[np.uint64], documents: int, cap: int, neighbours: int, least: int, engine: Engine
) -> tuple[pa.Table, int]:
    """Return pairs whose links weigh enough, and how many k-grams are past the cap."""
    bits = max(1, documents.bit_length())
    links = np.zeros(documents, np.int64)
    cut = count_links(keys, bits, cap, neighbours, links)
    before = np.cumsum(links) - links
    edges = np.flatnonzero(np.diff(before // LINKS_AT_ONCE, prepend=-1))
    sizes = np.add.reduceat(links, edges) if len(edges) else links
    blocks = pa.table([edges, np.append(edges[1:], documents)[: len(edges)], sizes], schema=BLOCKS)
    return engine.map(_link_part, blocks, engine.broadcast(keys), bits, cap, neighbours, least), int(cut)


def _by_centre(keys: NDArray[np.uint64], bits: int, documents: pa.Table, order: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the numbers of the documents by date, and of one date those first that are nearest to what most have.

    Parameters
    ----------
    keys : uint64 array
        K-grams, packed with the numbers of their documents: places in ``order``.
    order : int64 array
        The rows of the documents by age.
    """
    known = pa.table([schemas.dated(documents).take(order), common_share(keys, bits, len(order))], ["date", "share"])
    ranked = pc.sort_indices(known, [("date", "ascending"), ("share", "descending")])
    numbers: NDArray[np.int64] = ranked.to_numpy().astype(np.int64)
    return numbers


def _renumbered(keys: NDArray[np.uint64], bits: int, numbers: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Return keys, ascending, whose documents are called after their places in ``numbers``."""
    place = np.empty(len(numbers), np.uint64)
    place[numbers] = np.arange(len(numbers), dtype=np.uint64)
    low = np.uint64((1 << bits) - 1)
    turned: NDArray[np.uint64] = (keys & ~low) | place[(keys & low).astype(np.int64)]
    turned.sort()
    return turned


def _numbered_as_before(linked: pa.Table, numbers: NDArray[np.int64]) -> pa.Table:
    """Return links of documents that were renumbered by their numbers."""
    one, other = (numbers[linked.column(side).to_numpy()].astype(np.int32) for side in ("older", "younger"))
    return pa.table([np.minimum(one, other), np.maximum(one, other), linked.column("weight")], schema=LINKED)


def _link_part(part: pa.Table, keys: NDArray[np.uint64], bits: int, cap: int, neighbours: int, least: int) -> pa.Table:
    """Link the documents of some blocks with younger ones."""
    tables = [LINKED.empty_table()]
    for block in part.to_pylist():
        pairs = np.empty(block["links"], np.uint64)
        link_documents(keys, bits, cap, neighbours, block["start"], block["stop"], pairs)
        pairs.sort()
        weight = np.empty(len(pairs), np.int64)
        count = tally(pairs, least, weight)
        older, younger = pairs[:count] >> np.uint64(30), pairs[:count] & np.uint64(2**30 - 1)
        tables.append(pa.table([older.astype(np.int32), younger.astype(np.int32), weight[:count]], schema=LINKED))
    return pa.concat_tables(tables)


def _by_age(documents: pa.Table) -> NDArray[np.int64]:
    """Return the rows, the earliest dated first; of equals the longest text in bytes, then the smallest id."""
    known = pa.table([schemas.dated(documents), pc.binary_length(documents.column("text"))], ["date", "length"])
    order = [("date", "ascending"), ("length", "descending")]  # a stable sort, and rows stand by their ids
    rows: NDArray[np.int64] = pc.sort_indices(known, order).to_numpy().astype(np.int64)
    return rows


def _described(
    counts: pa.Table,
    views: tuple[str, ...],
    documents: pa.Table,
    copy: pa.ChunkedArray | None,
    *,
    exact: bool = True,
) -> pa.Table:
    """Return rows of ``schemas.PAIRS``, sorted."""
    shared, in_a, in_b = (
        np.stack([counts.column(f"{name}_{view}").to_numpy() for view in views]) for name in ("shared", "a", "b")
    )
    with np.errstate(invalid="ignore", divide="ignore"):
        parts = shared * np.log((documents.num_rows + 1) / 2.5) * np.sqrt(shared / np.minimum(in_a, in_b))
        within = [np.where(size > 0, shared / size, 0.0).max(axis=0) for size in (in_a, in_b)]
    skeleton, surface = (counts.column(f"shared_{view}").combine_chunks().cast(pa.int32()) for view in COUNTED)
    known = pa.StructArray.from_arrays([skeleton, surface, surface], fields=list(schemas.SHARED))
    docs = documents.column("doc")
    return pa.table(
        [
            docs.take(counts.column("a")),
            docs.take(counts.column("b")),
            known if exact else pa.nulls(counts.num_rows, schemas.SHARED),
            *within,
            np.where(shared > 0, parts, 0.0).sum(axis=0),
            pa.nulls(counts.num_rows, pa.string()) if copy is None else copy,
        ],
        schema=schemas.PAIRS.arrow,
    )
