"""Stage 3: the documents that are worth aligning with each other."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from stemmata import schemas
from stemmata.engines import Engine, LocalEngine
from stemmata.errors import SchemaError, check_option
from stemmata.estimates import estimate
from stemmata.facts import Facts
from stemmata.meeting import MOST, candidates
from stemmata.recounts import COUNTED, recount
from stemmata.sides import described, known_documents, turned_pairs
from stemmata.twins import first_alike

CUT = "k-grams in more documents than the cap"
TOO_FEW = "candidates that share too few k-grams in their full texts"
TWINS = "exact copies, compared with the earliest of them only"
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
    held = pc.unique(fingerprints.column("view")).to_pylist()
    least = dict.fromkeys(COUNTED, 0) if given is not None else least_shared(held, options)
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
        a, b, weight, cut = candidates(
            documents,
            fingerprints,
            again,
            facts,
            engine,
            least=options.candidate,
            neighbours=options.neighbours,
            quotations=options.quotations,
        )
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
        found = count_pairs(documents, a, b, weight, facts, engine, least=least, copy=copy)
    else:
        counts = estimate(documents, fingerprints, a, b, tuple(least))
        found = _described(counts, tuple(least), documents, facts, copy, exact=False)
    noted = {
        CUT: cut,
        TOO_FEW: len(a) - found.num_rows,
        TWINS: twins,
    }
    notes = [{"stage": "pairs", "what": what, "count": count} for what, count in noted.items()]
    return schemas.remark(schemas.PAIRS.check(found), notes=notes)


def count_pairs(
    documents: pa.Table,
    a: NDArray[np.int64],
    b: NDArray[np.int64],
    weight: NDArray[np.int64],
    facts: Facts,
    engine: Engine,
    *,
    least: dict[str, int],
    copy: pa.ChunkedArray | None = None,
) -> pa.Table:
    """Return ``schemas.PAIRS`` of candidates that share enough in their full texts, as :func:`recounts.recount` has it.

    Parameters
    ----------
    least : dict of str to int
        As :func:`least_shared` returns it.
    copy : pyarrow.ChunkedArray, optional
        Of each pair, if no pair is to be left out.
    """
    counts = recount(documents, a, b, weight, facts, engine, least=least)
    found = _described(counts, tuple(least), documents, facts, copy)
    return found.filter(_enough(found, counts.column("worth"), least))


def least_shared(views: Collection[str], options: PairOptions) -> dict[str, int]:
    """Return how many k-grams of each view that is held a pair must share in full texts.

    Raises
    ------
    SchemaError
        What the options ask for cannot be told from the views that are there.
    """
    held = set(views)
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


def _described(
    counts: pa.Table,
    views: tuple[str, ...],
    documents: pa.Table,
    facts: Facts,
    copy: pa.ChunkedArray | None,
    *,
    exact: bool = True,
) -> pa.Table:
    """Return rows of ``schemas.PAIRS``, sorted."""
    shared, in_a, in_b = (
        np.stack([counts.column(f"{name}_{view}").to_numpy() for view in views]) for name in ("shared", "a", "b")
    )
    with np.errstate(invalid="ignore", divide="ignore"):
        parts = (
            shared * np.log((facts.documents(documents.num_rows) + 1) / 2.5) * np.sqrt(shared / np.minimum(in_a, in_b))
        )
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
