"""What an executor does: a stage on as many piles as it is handed at a time."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from stemmata import schemas
from stemmata.alignments import align
from stemmata.engines import LocalEngine
from stemmata.engines.streams import read_stream, write_stream
from stemmata.facts import Facts
from stemmata.families import group_families
from stemmata.fingerprints import fingerprint
from stemmata.pairs import count_pairs, least_shared
from stemmata.pipeline import Options, run
from stemmata.relations import classify
from stemmata.twins import hash_texts

ALONE = LocalEngine(parts=1, workers=1)  # an executor has threads of its own, one a core
INDEX = pa.schema(
    [
        ("doc", pa.string()),
        ("date", schemas.TIME),
        ("bytes", pa.int64()),
        ("one", pa.uint64()),
        ("other", pa.uint64()),
        ("length", pa.int64()),
    ]
)
SKETCHES = pa.schema(
    [("doc", pa.string()), ("view", pa.string()), ("hashes", pa.list_(pa.int64())), ("positions", pa.list_(pa.int32()))]
)
DESCENT = ("collations", "directions", "stemma", "readings", "changes")
TOLD = pa.schema([("name", pa.string()), ("rows", pa.binary())])  # a table, as a stream of Arrow


def describe(documents: pa.Table) -> pa.Table:
    """Return ``INDEX``: what linking asks of documents."""
    hashed = hash_texts(documents)
    sizes = pc.binary_length(documents.column("text"))
    columns = [documents.column("doc"), schemas.dated(documents), sizes, *hashed.columns]
    return pa.table(columns, INDEX.names).cast(INDEX)


def sketch(documents: pa.Table, *, statistics: pa.Table, options: Options) -> pa.Table:
    """Return the fingerprints of documents, those of a view in one row: ``SKETCHES``."""
    made = fingerprint(documents, statistics, options=options.fingerprints, engine=ALONE)
    doc, view = (made.column(name).combine_chunks() for name in ("doc", "view"))
    if not made.num_rows:
        return SKETCHES.empty_table().replace_schema_metadata(made.schema.metadata)
    code = doc.indices.to_numpy().astype(np.int64) * len(view.dictionary) + view.indices.to_numpy()
    begins = np.flatnonzero(np.diff(code, prepend=-1))
    offsets = pa.array(np.append(begins, len(code)).astype(np.int32))
    hashes, positions = (
        made.column("hash").combine_chunks().view(pa.int64()),
        made.column("position").combine_chunks(),
    )
    lists = [pa.ListArray.from_arrays(offsets, values) for values in (hashes, positions)]
    first = pa.array(begins)
    columns = [doc.take(first).cast(pa.string()), view.take(first).cast(pa.string()), *lists]
    return pa.table(columns, schema=SKETCHES).replace_schema_metadata(made.schema.metadata)


def count(documents: pa.Table, candidates: pa.Table, *, statistics: pa.Table, options: Options) -> pa.Table:
    """Return ``schemas.PAIRS`` of candidates that share enough."""
    documents = once(documents)
    docs = documents.column("doc").combine_chunks()
    a, b = (pc.index_in(candidates.column(side), docs).to_numpy().astype(np.int64) for side in ("a", "b"))
    least = least_shared(options.fingerprints.views, options.pairs)
    weight = np.ones(len(a), np.int64)
    return count_pairs(documents, a, b, weight, Facts.of(statistics), ALONE, least=least)


def line_up(
    documents: pa.Table, pairs: pa.Table, *, statistics: pa.Table, options: Options, base: pa.Table | None
) -> pa.Table:
    """Return ``schemas.ALIGNMENTS``."""
    taken = once(documents), _uncopied(pairs), statistics
    return align(*taken, base=base, options=options.alignments, engine=ALONE)


def name_kinds(
    documents: pa.Table, pairs: pa.Table, alignments: pa.Table, *, statistics: pa.Table, options: Options
) -> pa.Table:
    """Return ``schemas.RELATIONS``."""
    taken = once(documents), _uncopied(pairs), alignments
    return classify(*taken, statistics=statistics, options=options.relations, engine=ALONE)


def group(documents: pa.Table, relations: pa.Table, *, options: Options) -> pa.Table:
    """Return ``schemas.FAMILIES`` of relations that join."""
    return group_families(relations, once(documents), options=options.families, engine=ALONE)


def descend(
    documents: pa.Table,
    relations: pa.Table,
    alignments: pa.Table,
    families: pa.Table,
    *,
    statistics: pa.Table,
    options: Options,
    base: pa.Table | None,
) -> pa.Table:
    """Return all tables of ``DESCENT``, of documents that stand in no relation of reuse with others, as ``TOLD``."""
    made = {
        "statistics": statistics,
        "fingerprints": schemas.FINGERPRINTS.empty(),
        "pairs": _uncopied(relations.select(["a", "b"])),
        "alignments": alignments,
        "relations": relations,
        "families": families,
    }
    found = run(once(documents), options, ALONE, made=made, base=base)
    told = pa.table([pa.array(DESCENT), pa.array([write_stream(found[name]) for name in DESCENT])], schema=TOLD)
    notes = [note for note in found["notes"].to_pylist() if note["stage"] in DESCENT]
    return schemas.remark(told, notes=notes)


def unpack(told: pa.Table, *, name: str) -> pa.Table:
    """Return the rows of one table out of ``TOLD``."""
    some = told.filter(pc.equal(told.column("name"), name)).column("rows").to_pylist()
    tables = [read_stream(rows) for rows in some]
    return pa.concat_tables([schemas.BY_NAME[name].empty(), *tables])


def _uncopied(pairs: pa.Table) -> pa.Table:
    return pairs.append_column("copy", pa.nulls(pairs.num_rows, pa.string()))


def once(documents: pa.Table) -> pa.Table:
    """Return documents by their ids; one that belongs to several piles is there for each of them."""
    docs = documents.column("doc").to_numpy(zero_copy_only=False).astype(object)
    return documents.take(pa.array(np.unique(docs, return_index=True)[1]))
