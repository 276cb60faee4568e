"""Stage 9: the family tree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from stemmata import schemas
from stemmata.aligned import read_passages
from stemmata.collating.frames import NAMED, find_frames
from stemmata.collating.members import LEAST_COVERAGE, MOST_CELLS, MOST_WORDS, collate_members, collation_of, each_text
from stemmata.descent.candidates import Leanings, first_of, lean
from stemmata.descent.parents import (
    Evidence,
    Sources,
    below_twins,
    between,
    choose_parents,
    derives,
    find_lost,
    further_parents,
)
from stemmata.engines import Engine, LocalEngine
from stemmata.errors import SchemaError, check_option
from stemmata.genealogy.branches import Branches, branch_copies, lost_name
from stemmata.readers.language import SAMPLE_CHARACTERS, identify_language
from stemmata.sides import known_documents

UNDIRECTED = ("unknown", "contained")
MOST = 0.97  # what one pair says about which of several texts came first
EVEN = 0.5  # that of two equal texts, of which one derives from a third, the other derives from the one
ALIGNED = ("a", "b", "rank", "a_start", "a_end", "b_start", "b_end", "role", "kind", "edits")
WITNESSES = 3  # of which a tree can be drawn by what they read; of two only a direction can tell


@dataclass(frozen=True, kw_only=True)
class StemmaOptions:
    """Which directions may become edges.

    Parameters
    ----------
    least_confidence : float
        Confidence that a direction needs to be an edge of the tree, 0.5 to 1.
    """

    least_confidence: float = 0.65

    def __post_init__(self) -> None:
        check_option(self, "least_confidence", 0.5, 1)


def build_stemma(
    documents: pa.Table,
    alignments: pa.Table,
    relations: pa.Table,
    families: pa.Table,
    directions: pa.Table | None = None,
    collations: pa.Table | None = None,
    *,
    options: StemmaOptions = StemmaOptions(),
    engine: Engine | None = None,
) -> pa.Table:
    """Draw the tree of each family.

    Members that are witnesses of one text are placed by what they read: of all trees the one is taken in which it costs
    least to make each text of the one above it, given what directions of pairs say; a lost copy is put above a text
    whose copies do not have what it has alone (``genealogy.copying``, ``genealogy.absent``).

    All others, and the first of each such tree, are placed by directed pairs. Each takes the source that explains most
    of it: of two sources the one that holds its readings where they differ, and of equals the one that more members
    derive from. The parents of a family are chosen together, so that no circle arises (Edmonds 1967). Two texts with
    the verdict ``common_source`` get no edge. Members without a source are roots. One root is the ``original``; several
    are ``unresolved``, each with its share of the chance to be the first, by the directions of all pairs of them
    (``descent.candidates``): rewrites of one source, which tell no chain, stay a star. A member with the same text as
    one that has a parent, and none itself, stands below that one.
    Where two copies share sentences that the root lacks, the text from which they have them is lost: it stands above
    them, and may stand above the root, which then is ``unresolved``.

    Parameters
    ----------
    documents, alignments, relations, families, directions : pyarrow.Table
        As the stages before leave them. Without ``directions`` only witnesses of one text have parents.
    collations : pyarrow.Table, optional
        ``schemas.COLLATIONS``; without it witnesses are set beside each other here.

    Returns
    -------
    pyarrow.Table
        ``schemas.STEMMA``.

    Raises
    ------
    SchemaError
        A family, or a collation, names a document that is not there, or they contradict each other.
    """
    engine = engine or LocalEngine()
    beside = [name for name in (*NAMED, "language", *schemas.DATES) if name in documents.column_names]
    documents = schemas.DOCUMENTS.only("doc", "text", *beside).check(documents)
    known_documents(documents, families, "families", ("doc",))
    alignments = schemas.ALIGNMENTS.only(*ALIGNED).check(alignments)
    families = schemas.FAMILIES.only("family", "doc", "exact_of").check(families)
    needed = schemas.DIRECTIONS.only("a", "b", "verdict", "source", "copy", "likelier", "confidence")
    directed = needed.empty() if directions is None else needed.check(directions)
    if collations is None:
        relations = schemas.RELATIONS.only("a", "b", "kind", "coverage_a", "coverage_b").check(relations)
        limits = LEAST_COVERAGE, MOST_WORDS, MOST_CELLS
        collations = collate_members(documents, relations, families, engine, *limits)
    evidence = Evidence(read_passages(alignments), documents)
    family_of: dict[str, str] = {}
    members: dict[str, dict[str, str]] = defaultdict(dict)
    for row in families.to_pylist():
        if row["doc"] in family_of:
            raise SchemaError(
                f"{row['doc']!r} is in two families.", where="table 'families', column doc", mend="leave it in one."
            )
        family_of[row["doc"]] = row["family"]
        members[row["family"]][row["doc"]] = row["exact_of"] or row["doc"]
    sources: dict[str, dict[str, float]] = defaultdict(dict)
    undirected: dict[str, list[tuple[str, str]]] = defaultdict(list)
    told = directed.to_pylist()
    leanings = lean(((row["a"], row["b"], row["likelier"], row["confidence"]) for row in told), MOST)
    for row in told:
        if row["verdict"] == "copy":
            if row["confidence"] >= options.least_confidence and row["copy"] in family_of:
                sources[row["copy"]][row["source"]] = row["confidence"]
        elif row["verdict"] in UNDIRECTED and row["a"] in family_of and family_of[row["a"]] == family_of.get(row["b"]):
            undirected[family_of[row["a"]]].append((row["a"], row["b"]))
    collations = _known_collations(schemas.COLLATIONS.check(collations), documents, family_of)
    taken = {family: _numbers_taken(family, members[family]) for family in members}
    branches = _branches(documents, collations, sources, taken)
    rows = [
        row
        for family, texts in members.items()
        for row in _tree(
            _Family(family, texts, branches[family], undirected[family], leanings, taken[family]), sources, evidence
        )
    ]
    return schemas.STEMMA.table(rows)


def _known_collations(collations: pa.Table, documents: pa.Table, family_of: Mapping[str, str]) -> pa.Table:
    """Return collations of members of families, as the families are.

    Raises
    ------
    SchemaError
        They name a document that is not there, or another family than its own.
    """
    known_documents(documents, collations, "collations", ("doc",))
    for family, doc in zip(collations["family"].to_pylist(), collations["doc"].to_pylist(), strict=True):
        if family_of.get(doc) != family:
            raise SchemaError(
                f"{doc!r} is no member of the family {family!r}.",
                where="table 'collations', columns family and doc",
                mend="collate the families as they are (collate).",
            )
    return collations


def _numbers_taken(family: str, docs: Iterable[str]) -> int:
    """Return the largest number of a document that is called as lost copies of its family are."""
    before, *_ = lost_name(family, 0).rpartition("/")
    numbers = [doc.rpartition("/")[2] for doc in docs if doc.startswith(f"{before}/")]
    return max((int(number) for number in numbers if number.isdecimal()), default=0)


def _branches(
    documents: pa.Table, collations: pa.Table, sources: Sources, taken: Mapping[str, int]
) -> Mapping[str, list[Branches]]:
    """Return for each family the trees of its texts."""
    found: dict[str, list[Branches]] = defaultdict(list)
    for family, witnesses in _texts(documents, collations):
        collation = collation_of(witnesses)
        docs = set(collation.witnesses)
        known = {
            (source, doc): sure
            for doc in collation.witnesses
            for source, sure in sources.get(doc, {}).items()
            if source in docs
        }
        drawn = branch_copies(
            collation,
            family,
            first_lost=1 + taken[family] + sum(len(other.lost) for other in found[family]),
            language=_language(witnesses),
            directed=known,
            frames=find_frames(witnesses, collation.codes.shape[1]),
        )
        found[family].append(drawn)
    return found


def _texts(documents: pa.Table, collations: pa.Table) -> Iterator[tuple[str, pa.Table]]:
    """Yield the witnesses of each text of each family, those of a date first, the earliest before the others."""
    dates = schemas.dated(documents) if set(schemas.DATES) <= set(documents.column_names) else None
    at = pc.index_in(collations["doc"], documents["doc"].combine_chunks()).combine_chunks()
    table = collations.append_column("body", documents["text"].take(at))
    date = pa.nulls(len(at), schemas.TIME) if dates is None else dates.take(at)
    table = table.append_column("date", date)
    for name in (*NAMED, "language"):
        if name in documents.column_names:
            table = table.append_column(name, documents[name].take(at))
    order = [(name, "ascending") for name in ("family", "text", "date", "doc")]
    for family, _, witnesses in each_text(table.sort_by(order)):
        if witnesses.num_rows >= WITNESSES:
            yield family, witnesses


def _language(witnesses: pa.Table) -> str | None:
    """Return the language that most witnesses are in."""
    if "language" in witnesses.column_names:
        told = [language for language in witnesses["language"].to_pylist() if language]
        return max(sorted(set(told)), key=told.count, default=None)
    longest = max(witnesses["body"].to_pylist(), key=lambda text: (len(text), text))
    return identify_language(longest[:SAMPLE_CHARACTERS])


class _Family(NamedTuple):
    """A family: of whose members ``texts`` tells which are the same, and what is known of them."""

    name: str
    texts: dict[str, str]
    branches: list[Branches]
    undirected: list[tuple[str, str]]
    leanings: Leanings
    taken: int


def _tree(family: _Family, sources: Sources, evidence: Evidence) -> list[dict[str, Any]]:
    """Return the rows of one family."""
    texts = family.texts
    docs = list(texts)
    lost_names = [name for one in family.branches for name in one.lost]
    placed = {doc: above for one in family.branches for doc, above in one.parents.items()}
    sure = {doc: sureness for one in family.branches for doc, sureness in one.sure.items()}
    others = {doc: list(more) for one in family.branches for doc, more in one.others.items()}
    inside = {doc: number for number, one in enumerate(family.branches) for doc in one.parents}
    own = {
        doc: {
            source: sureness
            for source, sureness in sources.get(doc, {}).items()
            if source in texts and (doc not in inside or inside[doc] != inside.get(source))
        }
        for doc in docs
        if placed.get(doc) is None
    }
    own = between(own, [pair for pair in family.undirected if set(pair) <= own.keys()], evidence)
    fixed = {doc: above for doc, above in placed.items() if above is not None}
    parent = choose_parents(own, evidence, fixed)
    sure |= {doc: own[doc][source] for doc, source in parent.items() if doc in own}
    for doc, twin in below_twins(texts, parent).items():
        parent[doc], sure[doc] = twin, EVEN
    roots = [doc for doc in (*docs, *lost_names) if doc not in parent]
    resolved = len(roots) == 1 and bool(parent)
    role = {doc: "copy" if doc in parent else "original" if resolved else "unresolved" for doc in docs}
    role |= dict.fromkeys(lost_names, "lost")
    first = sorted(doc for doc, source in parent.items() if source == roots[0])
    lost = find_lost(roots[0], first, evidence) if resolved and roots[0] in texts else None
    if not resolved:
        sure |= first_of(roots, family.leanings)
    elif roots[0] not in sure:
        sure[roots[0]] = min(sure[doc] for doc in first)
    if lost:
        name = lost_name(family.name, family.taken + len(lost_names) + 1)
        parent |= dict.fromkeys(lost.copies, name)
        sure |= dict.fromkeys(lost.copies, lost.confidence) | {roots[0]: 1 - lost.confidence, name: lost.confidence}
        role |= {roots[0]: "unresolved", name: "lost"}
    for doc in docs:
        further = {source: of for source, of in sources.get(doc, {}).items() if not derives(source, doc, parent)}
        more = further_parents(doc, parent.get(doc, ""), further, evidence)
        others[doc] = sorted({*others.get(doc, ()), *more})
    return [
        {
            "family": family.name,
            "doc": doc,
            "parent": parent.get(doc),
            "role": role[doc],
            "other_parents": others.get(doc, []),
            "confidence": sure[doc],
        }
        for doc in role
    ]
