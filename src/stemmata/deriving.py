"""The tables that are made of what a library holds: made anew only where something was added or removed.

Work is done in units, each by itself. What a pair is follows from its two texts and the frozen statistics: it is a
unit until one of the two is removed. Families, who copied whom, trees and changes follow from the documents that pairs
of reuse join, a component: it is a unit as long as it has the same pairs. Only the pairs themselves are found among all
documents each time, for how much a k-gram says depends on how many have it.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from stemmata import schemas
from stemmata._version import __version__
from stemmata.alignments import align
from stemmata.catalog import Origin, digest
from stemmata.direction.thirds import FIRST
from stemmata.directions import judge_pairs, revise_verdicts
from stemmata.engines import Engine
from stemmata.fingerprints import name_kept
from stemmata.holdings import Holdings
from stemmata.kernels.components import components
from stemmata.pairs import find_pairs
from stemmata.pipeline import Clock, Options, run
from stemmata.relations import classify
from stemmata.ruled import rule_copies, rule_relations
from stemmata.rulings import Rulings
from stemmata.sketches import check_value
from stemmata.workings import Workings

STAGES = (
    "pairs",
    "alignments",
    "relations",
    "families",
    "collations",
    "directions",
    "stemma",
    "readings",
    "changes",
)
AT_ONCE = 1_000  # pairs of a batch: so many are worked on again if one of them goes after a cap has cut something
SECONDS = 60.0  # of work that is lost at most where it is interrupted


def derive(holdings: Holdings, rulings: Rulings, options: Options, engine: Engine, clock: Clock) -> dict[str, pa.Table]:
    """Return all tables that are made of what a library holds; what had to be made is saved in its folder.

    Parameters
    ----------
    rulings : Rulings
        What people decided: it goes before what the stages find, and they go on from it.

    Returns
    -------
    dict of str to pyarrow.Table
        Those of ``STAGES``, ``documents``, ``statistics`` and ``notes``.

    Raises
    ------
    LockedError, FolderError
        As :meth:`stemmata.folder.Folder.change`.

    Notes
    -----
    Interrupted, it goes on where it was a minute before.
    """
    with clock.stage("documents"):
        held = holdings.documents(engine)
    numbers = held["number"].to_numpy()
    documents, statistics = schemas.DOCUMENTS.conform(held), holdings.statistics
    told = options.to_dict()
    origin = Origin(
        sha256(np.sort(numbers).tobytes() + rulings.digest.encode()).hexdigest(),
        digest({"version": __version__, "hashes": check_value()} | {name: told[name] for name in STAGES}),
        holdings.facts.digest,
    )
    work = Workings(holdings.folder, origin)
    if not work.is_done:
        known = _Known(documents, statistics, rulings, options, engine, clock)
        with clock.stage("pairs"):
            holdings.verify("postings")
            kept = name_kept(holdings.postings.kept(numbers.astype(np.int64)), held["doc"].combine_chunks())
            pairs = find_pairs(documents, kept, statistics, options=options.pairs, engine=engine)
            pairs = rule_copies(_with_ruled(pairs, kept, known), rulings)
        unit = _pair_units(pairs, documents["doc"].combine_chunks(), numbers, rulings)
        _relate(work, pairs.append_column("unit", unit), known)
        _trace(work, pairs.append_column("unit", unit), known)
        work.finish(pairs)
    return {"documents": documents, "statistics": statistics} | work.tables()


@dataclass(frozen=True)
class _Known:
    """What all work is done with."""

    documents: pa.Table
    statistics: pa.Table
    rulings: Rulings
    options: Options
    engine: Engine
    clock: Clock

    def of(self, pairs: pa.Table) -> pa.Table:
        """Return the documents of some pairs."""
        docs = pa.concat_arrays([*pairs["a"].chunks, *pairs["b"].chunks])
        return self.documents.filter(pc.is_in(self.documents["doc"], docs))

    def ruled(self, documents: pa.Table) -> dict[str, list[tuple[str, str]]]:
        """Return which of some documents are known to be of one family, and which not."""
        ids = set(documents["doc"].to_pylist())
        listed = {"together": self.rulings.together(), "apart": self.rulings.apart()}
        return {name: [pair for pair in pairs if ids.issuperset(pair)] for name, pairs in listed.items()}


def _relate(work: Workings, pairs: pa.Table, known: _Known) -> None:
    """Align and name the pairs that are new; those of no reuse are then done with, their direction as well."""
    done = work.keep("pair", pairs["unit"].combine_chunks())
    todo = pairs.filter(pc.invert(pc.is_in(pairs["unit"], done)))
    for some in _saving(work, [todo.slice(start, AT_ONCE) for start in range(0, todo.num_rows, AT_ONCE)]):
        own, documents = schemas.PAIRS.conform(some), known.of(some)
        given = {"statistics": known.statistics, "engine": known.engine}
        with known.clock.stage("alignments"):
            found = align(documents, own, options=known.options.alignments, **given)
        with known.clock.stage("relations"):
            named = classify(documents, own, found, options=known.options.relations, **given)
            named = rule_relations(named, known.rulings)
        with known.clock.stage("directions"):
            told = judge_pairs(documents, own, found, named, options=known.options.directions, **given)
        alone = told.filter(pc.invert(_join(named, known.rulings)))  # rows stand as those of relations do
        tables = {"alignments": found, "relations": named, "verdicts": told}
        tables["directions"] = alone.select(schemas.DIRECTIONS.arrow.names)
        unit = dict(zip(_keys(some), some["unit"].to_pylist(), strict=True))
        tables = {name: _in_units(table, [unit[key] for key in _keys(table)]) for name, table in tables.items()}
        work.add("pair", some["unit"].combine_chunks(), tables, schemas.remarks([found, named, told], "notes"))


def _trace(work: Workings, pairs: pa.Table, known: _Known) -> None:
    """Find families, directions, trees and changes of the components that are new or have other pairs."""
    related = work.rows("relations")
    related = related.filter(_join(related, known.rulings)).sort_by([("a", "ascending"), ("b", "ascending")])
    component = _components(related, known.documents["doc"].combine_chunks(), known.rulings)
    done = work.keep("component", component)
    rows = np.flatnonzero(pc.invert(pc.is_in(component, done)).to_numpy(zero_copy_only=False))
    passages, verdicts = (_Grouped.of(work.rows(name)) for name in ("alignments", "verdicts"))
    for some in _saving(work, _batches(component, rows)):
        relations, at = related.take(pa.array(some)), component.take(pa.array(some))
        own = pairs.filter(pc.is_in(pairs["unit"], relations["unit"].combine_chunks()))
        documents, units = known.of(own), relations["unit"].to_pylist()
        made = {
            "statistics": known.statistics,
            "fingerprints": schemas.FINGERPRINTS.empty(),
            "pairs": schemas.PAIRS.conform(own),
            "alignments": schemas.ALIGNMENTS.check(passages.of_units(units)),
            "relations": schemas.RELATIONS.check(relations),
        }
        with known.clock.stage("directions"):
            told = verdicts.of_units(units).select(FIRST.names)  # in the order of the pairs, as those are
            made["directions"] = revise_verdicts(
                told, documents, made["alignments"], made["relations"], engine=known.engine
            )
        tables = run(documents, known.options, known.engine, made=made, **known.ruled(documents), clock=known.clock)
        unit = dict(zip(relations["a"].to_pylist(), at.to_pylist(), strict=True))
        unit |= dict(zip(relations["b"].to_pylist(), at.to_pylist(), strict=True))
        families = {row["family"]: unit[row["doc"]] for row in tables["families"].select(["family", "doc"]).to_pylist()}
        listed = {
            "families": [unit[doc] for doc in tables["families"]["doc"].to_pylist()],
            "collations": [unit[doc] for doc in tables["collations"]["doc"].to_pylist()],
            "directions": [unit[doc] for doc in tables["directions"]["a"].to_pylist()],
            "stemma": [families[family] for family in tables["stemma"]["family"].to_pylist()],
            "readings": [families[family] for family in tables["readings"]["family"].to_pylist()],
            "changes": [unit[doc] for doc in tables["changes"]["source"].to_pylist()],
        }
        own_rows = {name: _in_units(tables[name], units) for name, units in listed.items()}
        work.add("component", pc.unique(at), own_rows, tables["notes"])


def _join(relations: pa.Table, rulings: Rulings) -> pa.Array:
    """Say of each relation whether it makes its documents one component."""
    together = set(rulings.together())
    told = pa.array([pair in together for pair in _keys(relations)] if together else [False] * relations.num_rows)
    return pc.or_(pc.not_equal(relations["kind"], "none"), told.cast(pa.bool_()))


def _saving(work: Workings, batches: list[Any]) -> Iterator[Any]:
    """Yield batches, and save what was worked out about them now and then."""
    begun = time.monotonic()
    for batch in batches:
        yield batch
        if time.monotonic() - begun > SECONDS:
            work.save()
            begun = time.monotonic()


def _with_ruled(pairs: pa.Table, kept: pa.Table, known: _Known) -> pa.Table:
    """Return pairs with those of which somebody decided something."""
    found = {*_keys(pairs)}
    ids = set(known.documents["doc"].to_pylist())
    more = [pair for pair in known.rulings.pairs() if pair not in found and ids.issuperset(pair)]
    if not more:
        return pairs
    given = pa.table({"a": [a for a, _ in more], "b": [b for _, b in more]})
    ruled = find_pairs(
        known.documents, kept, known.statistics, given=given, options=known.options.pairs, engine=known.engine
    )
    both = pa.concat_tables([pairs.replace_schema_metadata(None), ruled.replace_schema_metadata(None)])
    return schemas.PAIRS.check(both).replace_schema_metadata(pairs.schema.metadata)


def _pair_units(pairs: pa.Table, docs: pa.Array, numbers: NDArray[np.uint32], rulings: Rulings) -> pa.Array:
    """Return the name of each pair: the numbers of its documents, which stay whatever they are called.

    Behind them, the digest of what was decided about it.
    """
    known = pa.array(numbers).cast(pa.string())
    sides = [known.take(pc.index_in(pairs[side], docs).combine_chunks()) for side in ("a", "b")]
    ruled = pa.array(
        [rulings.about(a, b) for a, b in _keys(pairs)] if rulings.listed else [""] * len(pairs), pa.string()
    )
    return pc.binary_join_element_wise(*sides, ruled, ":")


def _components(related: pa.Table, docs: pa.Array, rulings: Rulings) -> pa.Array:
    """Return for each pair the name of its component: the digest of all its pairs' names, and of who is kept apart."""
    a, b = (pc.index_in(related[side], docs).to_numpy().astype(np.int64) for side in ("a", "b"))
    roots = components(len(docs), a, b)
    apart = _apart(rulings.apart(), docs, roots)
    root = roots[a]
    order = np.argsort(root, kind="stable")
    edges = np.flatnonzero(np.diff(root[order], prepend=-1))
    names = np.array(related["unit"].to_pylist(), object)
    found = np.empty(len(root), object)
    for some in np.split(order, edges[1:]) if len(order) else []:
        own = apart.get(int(root[some[0]]), [])
        found[some] = sha256(" ".join([*sorted(names[some]), *own]).encode()).hexdigest()[:32]
    return pa.array(found, pa.string())


def _apart(pairs: list[tuple[str, str]], docs: pa.Array, roots: NDArray[np.int64]) -> dict[int, list[str]]:
    """Return by the root of a component which of its documents are kept apart."""
    at = [pc.index_in(pa.array([pair[side] for pair in pairs], pa.string()), docs).to_pylist() for side in (0, 1)]
    found: dict[int, list[str]] = {}
    for pair, one, other in zip(pairs, *at, strict=True):
        if one is not None and other is not None and roots[one] == roots[other]:
            found.setdefault(int(roots[one]), []).append("|".join(pair))
    return found


def _batches(component: pa.Array, rows: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """Return rows of pairs in batches of whole components, in the order of their first pairs."""
    if not len(rows):
        return []
    names = component.take(pa.array(rows))
    code = names.dictionary_encode().indices.to_numpy()  # by the first row of each
    order = np.argsort(code, kind="stable")
    sizes = np.bincount(code)
    batch = ((np.cumsum(sizes) - sizes) // AT_ONCE)[code[order]]
    return [np.sort(rows[some]) for some in np.split(order, np.flatnonzero(np.diff(batch)) + 1)]


class _Grouped:
    """Rows of a table, to be had by their units."""

    def __init__(self, table: pa.Table, of: dict[str, NDArray[np.int64]]) -> None:
        self._table = table
        self._of = of

    @classmethod
    def of(cls, table: pa.Table) -> _Grouped:
        """Return the rows of a table by its column ``unit``."""
        coded = table["unit"].combine_chunks().dictionary_encode()
        code = coded.indices.to_numpy()
        order = np.argsort(code, kind="stable")
        parts = np.split(order, np.flatnonzero(np.diff(code[order])) + 1) if len(order) else []
        return cls(table, dict(zip(coded.dictionary.to_pylist(), parts, strict=True)))

    def of_units(self, units: list[str]) -> pa.Table:
        """Return the rows of some units; of one that has none, none."""
        found = [self._of[unit] for unit in units if unit in self._of]
        return self._table.take(pa.array(np.concatenate([np.zeros(0, np.int64), *found])))


def _keys(table: pa.Table) -> list[tuple[str, str]]:
    return list(zip(table["a"].to_pylist(), table["b"].to_pylist(), strict=True))


def _in_units(table: pa.Table, units: list[str]) -> pa.Table:
    return table.append_column("unit", pa.array(units, pa.string()))
