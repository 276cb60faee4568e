"""Stage 7: the members of a family beside each other, word by word."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

from stemmata import schemas
from stemmata.collating.members import LEAST_COVERAGE, MOST_CELLS, MOST_WORDS, collate_members
from stemmata.engines import Engine, LocalEngine, check_rows
from stemmata.errors import check_option
from stemmata.sides import known_documents


@dataclass(frozen=True, kw_only=True)
class CollationOptions:
    """Which members are set beside each other.

    Parameters
    ----------
    least_coverage : float
        Share of the shorter of two texts that must be reused, 0 to 1, for them to be two witnesses of one text.
    most_words : int
        Words of all witnesses of one text together; larger ones are left out, with a note.
    most_cells : int
        Witnesses of one text times its places, likewise: some thousand pages that have a few words in common, and each
        a text of its own beside them, would fill memory.
    """

    least_coverage: float = LEAST_COVERAGE
    most_words: int = MOST_WORDS
    most_cells: int = MOST_CELLS

    def __post_init__(self) -> None:
        check_option(self, "least_coverage", 0, 1)
        check_option(self, "most_words", 1, 1_000_000_000)
        check_option(self, "most_cells", 1, 10_000_000_000)


def collate(
    documents: pa.Table,
    relations: pa.Table,
    families: pa.Table,
    *,
    options: CollationOptions = CollationOptions(),
    engine: Engine | None = None,
) -> pa.Table:
    """Give each word of a family's members its place, so that words of one origin stand in one place.

    Members that share most of the shorter text, in kinds of reuse that leave words in their order (``verbatim``,
    ``edited``, ``spun``), are witnesses of one text; a family may have several, and members that are of none. Places
    follow from folded words alone: neither case nor punctuation, nor the order or the names of witnesses, alters them.

    Parameters
    ----------
    documents, relations, families : pyarrow.Table
        As the stages before leave them; of documents ``doc`` and ``text`` suffice.

    Returns
    -------
    pyarrow.Table
        ``schemas.COLLATIONS``.
    """
    engine = engine or LocalEngine()
    documents = check_rows(schemas.DOCUMENTS.only("doc", "text"), documents, engine)
    relations = schemas.RELATIONS.only("a", "b", "kind", "coverage_a", "coverage_b").check(relations)
    families = schemas.FAMILIES.only("family", "doc", "exact_of").check(families)
    known_documents(documents, families, "families", ("doc",))
    return collate_members(
        documents,
        relations,
        families,
        engine,
        options.least_coverage,
        options.most_words,
        options.most_cells,
    )
