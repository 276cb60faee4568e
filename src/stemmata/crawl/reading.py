"""Documents of a collection on a cluster: out of a table of Spark's, or read by the driver and sent there."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from stemmata import schemas
from stemmata.crawl.columns import outward, portable, spark_schema
from stemmata.crawl.parts import ALONE
from stemmata.crawl.piles import REMARKED, Rows, each
from stemmata.crawl.work import Kept, Work
from stemmata.documents import DocumentOptions, called_columns, read_documents
from stemmata.engines import LocalEngine
from stemmata.engines.parting import edges_by_bytes
from stemmata.errors import ClashError, SchemaError, SourceError
from stemmata.readers.walking import find_files

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

MEMORY = "1GB"  # of the driver, for tables that it reads
BYTES = 64_000_000  # that are sent at a time
IDS = ("doc", "id")
STAMPED = ("uri", "path", "size", "address")
SENT = pa.schema([*schemas.DOCUMENTS.arrow, pa.field(REMARKED, pa.string())])


def read_collection(work: Work, sources: Sequence[Any], metadata: Any, options: DocumentOptions) -> Kept:
    """Return ``schemas.DOCUMENTS`` of one table of Spark's, or of anything that ``read_documents`` reads.

    Raises
    ------
    SchemaError
        The table has no column of texts, or of ids, or a row without one.
    SourceError
        It is one source of several, or metadata are given beside it. Further as ``read_documents``.
    ClashError
        Two rows have one id.
    """
    from pyspark.sql import DataFrame

    frames = [source for source in sources if isinstance(source, DataFrame)]
    if not frames:
        return _read_here(work, sources, metadata, options)
    if len(sources) > 1 or metadata is not None:
        raise SourceError(
            "a table of Spark's is traced by itself, without other sources and without metadata.",
            where="sources",
            mend="lay tables under each other (union), and join what is known of their documents to them (join).",
        )
    return _read_there(work, frames[0], options)


def _read_here(work: Work, sources: Sequence[Any], metadata: Any, options: DocumentOptions) -> Kept:
    """Let the driver read: in bounded memory, and sent to the cluster some at a time."""
    read = partial(read_documents, sources, metadata=metadata, options=options, engine=LocalEngine(memory=MEMORY))
    paths = [source for source in (*sources, *([] if metadata is None else [metadata])) if isinstance(source, str)]
    if len(paths) == len(sources) + (metadata is not None):
        return work.keep("documents", lambda: _sent(work, read()), _stamps(paths), options)
    documents = read()  # of what is at hand only its texts tell what it is
    told = documents.select(["doc", "sha256"]).to_pylist()
    return work.keep("documents", lambda: _sent(work, documents), told, options)


def _stamps(paths: Sequence[str]) -> list[tuple[str, int, int]]:
    """Return all files that paths lead to, with their sizes and times."""
    files = find_files(dict(enumerate(paths)))
    found = []
    for uri, path, size, address in zip(*(files[name].to_pylist() for name in STAMPED), strict=True):
        found.append((uri, size, 0 if address else os.stat(path).st_mtime_ns))
    return sorted(found)


def _sent(work: Work, documents: pa.Table) -> Iterator[DataFrame]:
    remarked = {side: schemas.remarks([documents], side).to_pylist() for side in ("skipped", "notes")}
    bare = documents.replace_schema_metadata(None).append_column(REMARKED, pa.nulls(documents.num_rows, pa.string()))
    alone = {field.name: pa.nulls(1, field.type) for field in SENT} | {REMARKED: pa.array([json.dumps(remarked)])}
    edges = edges_by_bytes(bare, None, BYTES)
    parts = [bare.slice(start, end - start) for start, end in pairwise(edges)]
    schema = spark_schema(SENT)
    for part in [*parts, pa.table(alone, schema=SENT)]:
        yield work.session.createDataFrame(outward(part, portable(SENT)), schema)


def _read_there(work: Work, frame: DataFrame, options: DocumentOptions) -> Kept:
    from pyspark.sql import functions as f
    from pyspark.sql.pandas.types import to_arrow_schema

    text, own_id = text_column(frame, options), id_column(frame, options)
    known = [name for name in frame.columns if name in (text, own_id, *schemas.DOCUMENTS.arrow.names)]
    frame = frame.select(*known)
    counted = frame.agg(
        f.count("*"), f.count(own_id), f.sum(f.xxhash64(*(f.col(name) for name in known)).cast("decimal(38,0)"))
    ).first()
    assert counted is not None
    if counted[0] != counted[1]:
        raise SchemaError(
            f"{counted[0] - counted[1]:,} rows have no id.",
            where=f"the table, column {own_id}",
            mend="give each row an id of its own: rows of a table on a cluster have no numbers.",
        )
    schema = to_arrow_schema(frame.schema, timezone="UTC")
    function = partial(_read_rows, options=options)
    made_of = "rows", counted[0], str(counted[2]), known, options
    kept = work.keep("documents", lambda: each(function, Rows(frame, schema), schemas.DOCUMENTS.arrow), *made_of)
    twice = kept.rows.groupBy("doc").count().where(f.col("count") > 1).orderBy("doc").first()
    if twice is not None:
        raise ClashError(
            f"{twice['count']} rows have the id {twice['doc']!r}.",
            where=f"the table, column {own_id}",
            mend="give each row an id of its own.",
        )
    return kept


def text_column(frame: DataFrame, options: DocumentOptions) -> str:
    """Return the column of a table of Spark's that holds the texts.

    Raises
    ------
    SchemaError
        It is not there.
    """
    return _there(frame, called_columns(options).get("text", "text"), "texts")


def id_column(frame: DataFrame, options: DocumentOptions) -> str:
    """Return the column that holds the ids.

    Raises
    ------
    SchemaError
        There is none.
    """
    name = called_columns(options).get("doc") or next((name for name in IDS if name in frame.columns), IDS[0])
    return _there(frame, name, "ids")


def _there(frame: DataFrame, name: str, what: str) -> str:
    if name not in frame.columns:
        raise SchemaError(
            f"there is no column of {what}: '{name}' is absent.",
            where=f"the table, columns {', '.join(frame.columns[:10])}",
            mend=f"rename the column of {what} to '{name}', or name it (options of the stage 'documents').",
        )
    return name


def _read_rows(rows: pa.Table, *, options: DocumentOptions) -> pa.Table:
    return read_documents(rows, options=options, engine=ALONE)
