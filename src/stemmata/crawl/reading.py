"""Documents of a collection on a cluster: out of a table of Spark's, or read by the driver and sent there."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from stemmata import schemas
from stemmata.crawl.columns import to_spark
from stemmata.crawl.files import is_files, list_files, opens, read_files
from stemmata.crawl.parts import ALONE
from stemmata.crawl.piles import REMARKED, Rows, each, remarking, unremarked
from stemmata.crawl.work import Kept, Work
from stemmata.documents import DocumentOptions, called_columns, read_documents
from stemmata.engines import LocalEngine
from stemmata.engines.parting import edges_by_bytes
from stemmata.errors import ClashError, MissingSource, SchemaError, SourceError
from stemmata.readers.addresses import shown
from stemmata.readers.walking import find_files

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

MEMORY = "1GB"  # of the driver, for tables that it reads
BYTES = 64_000_000  # that are sent at a time
IDS = ("doc", "id")
LINES = re.compile(r"\.(jsonl|ndjson|json)(\.(gz|bz2|zst))?$", re.IGNORECASE)
STAMPED = ("uri", "path", "size", "address")
SENT = pa.schema([*schemas.DOCUMENTS.arrow, pa.field(REMARKED, pa.string())])


def read_collection(work: Work, sources: Sequence[Any], metadata: Any, options: DocumentOptions) -> Kept:
    """Return ``schemas.DOCUMENTS`` of one table of Spark's, of files at addresses, or of what the driver reads.

    Addresses that Spark opens (``s3a://…``, ``hdfs://…``, ``file:///…``) are read by the executors, unless metadata are
    given for them. Paths are the driver's own; so are addresses of the web, and whatever stands beside one of those.

    Raises
    ------
    SchemaError
        The table has no column of texts, or of ids, or a row without one.
    SourceError
        It is one source of several, or metadata are given beside it. Further as ``read_documents``.
    MissingSource
        Spark does not find what lies at an address.
    ClashError
        Two documents have one id.
    """
    from pyspark.sql import DataFrame

    frames = [source for source in sources if isinstance(source, DataFrame)]
    if frames and (len(sources) > 1 or metadata is not None):
        raise SourceError(
            "a table of Spark's is traced by itself, without other sources and without metadata.",
            where="sources",
            mend="lay tables under each other (union), and join what is known of their documents to them (join).",
        )
    if frames and is_files(frames[0]):
        return _apart(read_files(work, frames[0], (), options), "the files")
    if frames:
        kept = _read_there(work, frames[0], options)
        return _apart(kept, f"the table, column {id_column(frames[0], options)}")
    if metadata is None and all(isinstance(source, str) and opens(work.session, source) for source in sources):
        return _apart(read_files(work, list_files(work.session, sources), sources, options), "the files")
    return _read_here(work, sources, metadata, options)


def _apart(documents: Kept, where: str) -> Kept:
    """Return documents no two of which have one id."""
    from pyspark.sql import functions as f

    twice = documents.rows.groupBy("doc").count().where(f.col("count") > 1).orderBy("doc").first()
    if twice is not None:
        raise ClashError(
            f"{twice['count']} documents have the id {twice['doc']!r}.", where=where, mend="give each an id of its own."
        )
    return documents


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
    bare = unremarked(documents)
    edges = edges_by_bytes(bare, None, BYTES)
    parts = [bare.slice(start, end - start) for start, end in pairwise(edges)]
    for part in [*parts, remarking(documents, SENT)]:
        yield to_spark(work.session, part, SENT)


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
    return work.keep("documents", lambda: each(function, Rows(frame, schema), schemas.DOCUMENTS.arrow), *made_of)


def open_table(session: SparkSession, sources: Sequence[str]) -> DataFrame:
    """Return the table that Spark reads of files or folders: of JSON Lines by their names, else of Parquet.

    Raises
    ------
    SourceError
        Some are the one and some the other.
    MissingSource
        Spark does not read them.
    """
    from pyspark.errors import PySparkException

    kinds = {"json" if LINES.search(source) else "parquet" for source in sources}
    where = ", ".join(map(shown, sources[:5]))
    if len(kinds) > 1:
        mend = "give files of one kind."
        raise SourceError("some sources are JSON Lines and others are not.", where=where, mend=mend)
    try:
        return session.read.format(kinds.pop()).load([*sources])
    except PySparkException as error:
        raise MissingSource(
            f"Spark does not read what was given: {str(error).splitlines()[0]}",
            where=where,
            mend="give Parquet, or JSON Lines whose names end in .jsonl; of other files trace takes addresses.",
        ) from error


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
