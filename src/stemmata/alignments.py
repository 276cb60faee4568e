"""Stage 4: line up the texts of each pair, passage by passage and word by word."""

from __future__ import annotations

import pyarrow as pa

from stemmata import schemas
from stemmata.engines import Engine, LocalEngine
from stemmata.facts import Facts
from stemmata.passages.acceptance import DEFAULTS, AlignmentOptions
from stemmata.passages.aligner import align_part
from stemmata.passages.roles import Boilerplate
from stemmata.sides import described, known_documents, over_pairs, turned_pairs

__all__ = ["AlignmentOptions", "align"]


def align(
    documents: pa.Table,
    pairs: pa.Table,
    statistics: pa.Table | None = None,
    *,
    base: pa.Table | None = None,
    options: AlignmentOptions = DEFAULTS,
    engine: Engine | None = None,
) -> pa.Table:
    """Find the passages that the two texts of each pair share, and set their words against each other.

    Parameters
    ----------
    documents : pyarrow.Table
        ``schemas.DOCUMENTS``; columns ``doc`` and ``text`` suffice, ``language`` helps, and ``site``: lines that a
        site puts on many pages are no reuse, where ``statistics`` know them.
    pairs : pyarrow.Table
        Columns ``a``, ``b`` and, where the copy is known, ``copy`` ("a", "b" or null). A pair given with
        a > b is turned round.
    statistics : pyarrow.Table, optional
        ``schemas.STATISTICS``; by default the languages' own lists, and nothing that recurs in a collection.
    base : pyarrow.Table, optional
        Texts that were given to everybody, in a column ``text``, such as an assignment: what stands in them has the
        role ``base``.

    Returns
    -------
    pyarrow.Table
        ``schemas.ALIGNMENTS``; a pair without a passage has no row.

    Raises
    ------
    SchemaError
        A pair names a document that is not there, or is given twice; or ``base`` has no texts.

    Notes
    -----
    The answer does not depend on ids or on which text is called a: where the copy is unknown the texts are
    put in order by what they say. About 1 ms a pair of 500 words, and 60 bytes a word.
    """
    engine = engine or LocalEngine()
    documents = described(documents, engine, "site")
    pairs = turned_pairs(pairs)
    known_documents(documents, pairs, "pairs")
    facts = Facts.of(statistics)
    known = engine.broadcast(facts), engine.broadcast(Boilerplate.of(facts, base))
    found = over_pairs(align_part, documents, pairs, engine, *known, options, columns=["site"])
    return schemas.ALIGNMENTS.check(found)
