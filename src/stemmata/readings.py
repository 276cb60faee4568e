"""Stage 10: what the members of a family read, place by place, and who introduced it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from stemmata import schemas
from stemmata.collating.collation import MISSING, Codes, Collation
from stemmata.collating.members import collation_of, each_text
from stemmata.engines import Engine, LocalEngine, check_rows, sort_rows
from stemmata.genealogy.ancestors import readings as ancestral_readings
from stemmata.genealogy.entries import find_entries
from stemmata.genealogy.evidence import weigh
from stemmata.genealogy.families import Tree, refuse_circles, tree_over
from stemmata.sides import known_documents

NEVER = np.iinfo(np.int64).max  # in place of a date that nobody knows


@dataclass(frozen=True, kw_only=True)
class ReadingOptions:
    """Which places are listed.

    Parameters
    ----------
    agreed : bool
        List those where all read the same as well: with them, the rows of a text are all of it.
    """

    agreed: bool = True


def list_readings(
    documents: pa.Table,
    collations: pa.Table,
    stemma: pa.Table | None = None,
    *,
    options: ReadingOptions = ReadingOptions(),
    engine: Engine | None = None,
) -> pa.Table:
    """List what the members of each family read at each place, and where each reading entered the tree.

    A reading is a word as it stands, with the signs about it. Places at which all read the same stand in one row. What
    a lost copy read is what asks for the fewest changes along the tree (Hartigan 1973); a reading that arose more than
    once is said to be introduced by the one from which most members have it.

    Parameters
    ----------
    documents, collations, stemma : pyarrow.Table
        As the stages before leave them. Without ``stemma`` nobody is said to have introduced anything.

    Returns
    -------
    pyarrow.Table
        ``schemas.READINGS``.
    """
    engine = engine or LocalEngine()
    documents = check_rows(schemas.DOCUMENTS.only("doc", "text", *schemas.DATES), documents, engine)
    collations = check_rows(schemas.COLLATIONS, collations, engine)
    known_documents(documents, collations, "collations", ("doc",))
    needed = schemas.STEMMA.only("family", "doc", "parent", "role")
    tree = needed.empty() if stemma is None else needed.check(stemma)
    facts = pa.table({"doc": documents["doc"], "body": documents["text"], "date": schemas.dated(documents)})
    held = engine.cogroup(_beside, collations, facts, "doc", "doc")
    held = sort_rows(held, ("family", "text", "doc"), engine)
    found = engine.cogroup(_read_part, held, tree, "family", "family", options)
    return schemas.READINGS.check(sort_rows(found, schemas.READINGS.key, engine))


def _beside(collations: pa.Table, facts: pa.Table) -> pa.Table:
    at = pc.index_in(collations["doc"], facts["doc"].combine_chunks()).combine_chunks()
    for name in ("body", "date"):
        collations = collations.append_column(name, facts[name].take(at))
    return collations


def _read_part(held: pa.Table, stemma: pa.Table, options: ReadingOptions) -> pa.Table:
    parents: dict[str, dict[str, str | None]] = {}
    lost: dict[str, set[str]] = {}
    for row in stemma.to_pylist():
        parents.setdefault(row["family"], {})[row["doc"]] = row["parent"]
        if row["role"] == "lost":
            lost.setdefault(row["family"], set()).add(row["doc"])
    for above in parents.values():
        refuse_circles(above)
    tables = [schemas.READINGS.empty()]
    for family, number, rows in each_text(held):
        own = collation_of(rows)
        tree = None
        if family in parents:
            tree = tree_over(own.witnesses, parents[family], frozenset(lost.get(family, ())))
        dates = pc.fill_null(rows["date"].cast(pa.int64()), NEVER).to_numpy()
        found = _rows(family, number, own, dates, tree)
        if not options.agreed:
            many = found["place"].value_counts()
            several = pc.struct_field(many, "values").filter(pc.greater(pc.struct_field(many, "counts"), 1))
            found = found.filter(pc.is_in(found["place"], several))
        tables.append(found)
    return pa.concat_tables(tables)


def _rows(family: str, number: int, own: Collation, dates: NDArray[np.int64], tree: Tree | None) -> pa.Table:
    """Return the readings of one text."""
    codes = own.codes
    begins = _begins(codes)
    last = np.append(begins[1:], codes.shape[1])
    kept = codes[:, begins]
    place, witness = np.nonzero(kept.T != MISSING)
    reading = kept[witness, place]
    order = np.lexsort((witness, reading, place))
    place, witness, reading = place[order], witness[order], reading[order]
    edges = np.flatnonzero((np.diff(place, prepend=-1) != 0) | (np.diff(reading, prepend=-1) != 0))
    first = witness[edges]
    at, form = place[edges], reading[edges]
    seen = np.minimum.reduceat(dates[witness], edges) if len(edges) else np.zeros(0, np.int64)
    entered = _entered(tree, codes)
    keys = list(zip(begins[at].tolist(), form.tolist(), strict=True))
    told = [entered.get(key, (None, 0)) for key in keys]
    spans = zip(first.tolist(), begins[at].tolist(), last[at].tolist(), strict=True)
    names = pa.array(own.witnesses, pa.string()).take(pa.array(witness))
    offsets = pa.array(np.append(edges, len(witness)).astype(np.int32))
    size = len(edges)
    columns = {
        "family": pa.repeat(pa.scalar(family), size),
        "text": pa.repeat(pa.scalar(number), size),
        "place": pa.array(begins[at] + 1),
        "words": pa.array(last[at] - begins[at]),
        "reading": pa.array([_wording(own, *span) for span in spans], pa.large_string()),
        "docs": pa.ListArray.from_arrays(offsets, names),
        "first_seen": pa.array(seen, mask=seen == NEVER).cast(schemas.TIME),
        "introduced_by": pa.array([name for name, _ in told], pa.string()),
        "times": pa.array([times for _, times in told]),
    }
    return pa.table(columns).cast(schemas.READINGS.arrow)


def _wording(own: Collation, witness: int, start: int, end: int) -> str:
    """Return what a witness reads at places in a row; signs that touch one another in its text stand so."""
    words = [own.readings[place][own.codes[witness, place]] for place in range(start, end)]
    if own.spans is None or len(words) == 1:
        return " ".join(words)
    spans = own.spans[witness, start:end]
    touching = (spans[1:, 0] == spans[:-1, 1]).tolist()
    return str(words[0]) + "".join(
        f"{'' if near else ' '}{word}" for near, word in zip(touching, words[1:], strict=True)
    )


def _begins(codes: Codes) -> NDArray[np.int64]:
    """Return the places at which rows begin: those where all read the same as before are of the row before."""
    there = codes != MISSING
    agreed = np.where(there, codes, np.iinfo(np.int32).max).min(0) == codes.max(0)
    same = (there[:, 1:] == there[:, :-1]).all(0) & agreed[1:] & agreed[:-1]
    empty = ~there.any(0)
    starts = np.append([True], ~same) & ~empty
    return np.flatnonzero(starts)


def _entered(tree: Tree | None, codes: Codes) -> dict[tuple[int, int], tuple[str | None, int]]:
    """Return by place and reading where it entered the tree, and how often it arose."""
    if tree is None or not codes.shape[1]:
        return {}
    found: dict[tuple[int, int], tuple[str | None, int]] = {}
    evidence, kept = weigh(codes, np.ones(codes.shape[1]))
    entries = (
        find_entries(tree.parents, ancestral_readings(tree.parents, evidence), evidence.codes) if len(kept) else ()
    )
    for entry in entries:
        place = int(kept[entry.place])
        some = int(np.flatnonzero(evidence.codes[:, entry.place] == entry.reading)[0])
        code = int(codes[some, place])
        found[place, code] = _bearer(tree, codes[:, place] == code, int(entry.node)), entry.times
    root = int(np.flatnonzero(tree.parents < 0)[0])
    agreed = np.setdiff1d(np.arange(codes.shape[1]), kept)
    for place in agreed.tolist():
        code = int(codes[:, place].max())
        found[place, code] = _bearer(tree, codes[:, place] == code, root), 1
    return found


def _bearer(tree: Tree, has: NDArray[np.bool_], node: int) -> str | None:
    """Return who first bears a reading that entered at a node.

    A witness that lacks the place altogether, as an excerpt does, bears nothing: the only one that has it without
    having it from another that does; of several, nobody knows which.
    """
    if node >= len(has) or has[node]:
        return tree.names[node] or None
    first = [int(one) for one in np.flatnonzero(has) if not _from_another(tree, has, int(one))]
    return tree.names[first[0]] if len(first) == 1 else None


def _from_another(tree: Tree, has: NDArray[np.bool_], node: int) -> bool:
    """Say whether a witness above one that has a reading has it as well."""
    while (node := int(tree.parents[node])) >= 0:
        if node < len(has) and has[node]:
            return True
    return False
