"""Files on any file system that Spark reads, read where they are needed: each travels to an executor as its bytes.

They come as a table of Spark's own format ``binaryFile``. An executor lays each into a file of its own and reads that
as one machine does. Ids are given there too; only documents that would be called alike are brought together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import takewhile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from stemmata import schemas
from stemmata.crawl.columns import to_spark
from stemmata.crawl.parts import ALONE
from stemmata.crawl.piles import BY, REMARKED, Rows, each, gather, remarking
from stemmata.crawl.work import Kept, Work
from stemmata.documents import DocumentOptions, in_languages, limits_of
from stemmata.errors import MissingSource
from stemmata.readers.addresses import WEB, is_address, last_name, redact, scheme
from stemmata.readers.files import legible
from stemmata.readers.isolation import reading
from stemmata.readers.limits import Limits
from stemmata.readers.naming import name_documents
from stemmata.readers.patterns import MAGIC
from stemmata.readers.places import PLACED, Address, join
from stemmata.readers.reading import read_copy

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

SENT = pa.schema([("path", pa.string()), ("content", pa.large_binary())])
STAMPED = ("path", "modificationTime", "length")
READ = pa.schema([field for field in PLACED if field.name != "declared"])
READ_AND_SAID = pa.schema([*READ, (REMARKED, pa.string())])
CALLED = "called"  # the column of what a document would be called if no other were called so
LARGEST = 1_000_000_000  # bytes of a file: it travels as one value, of which Spark holds several
LARGE = f"the file is larger than {LARGEST:,} bytes, which an executor would be sent at once."
EMPTY = "files without a byte, left out"
SMALLER = "cut it; of Parquet or JSON Lines give the table that Spark reads of it (spark.read)."


def opens(session: SparkSession, source: str) -> bool:
    """Tell whether a source is an address on a file system that Spark knows; one of the web is none."""
    from py4j.protocol import Py4JJavaError

    if not is_address(source) or scheme(source) in WEB:
        return False
    java: Any = session.sparkContext._jvm
    try:
        java.org.apache.hadoop.fs.FileSystem.getFileSystemClass(scheme(source), session._jsc.hadoopConfiguration())
    except Py4JJavaError:
        return False
    return True


def list_files(session: SparkSession, addresses: Sequence[str]) -> DataFrame:
    """Return the files that addresses stand for, and all below them, as Spark's ``binaryFile`` has them.

    Raises
    ------
    MissingSource
        Spark finds nothing there, or does not know such addresses.
    """
    from pyspark.errors import PySparkException

    try:
        return session.read.format("binaryFile").option("recursiveFileLookup", "true").load([*addresses])
    except PySparkException as error:
        raise MissingSource(
            f"Spark does not read what was given: {str(error).splitlines()[0]}",
            where=", ".join(map(redact, addresses[:5])),
            mend="check the addresses, and that Spark has what opens them (s3a://, not s3://, outside of EMR).",
        ) from error


def is_files(frame: DataFrame) -> bool:
    """Tell whether a table of Spark's is one of files."""
    return {*STAMPED, "content"} <= {*frame.columns}


def read_files(work: Work, files: DataFrame, roots: Sequence[str], options: DocumentOptions) -> Kept:
    """Return ``schemas.DOCUMENTS`` of files.

    Parameters
    ----------
    files : pyspark.sql.DataFrame
        As Spark's ``binaryFile`` has them.
    roots : sequence of str
        Addresses to which they belong: of a file, of a folder, or a pattern. A file is called by its name, one below a
        folder by its path within, one that belongs to none of these by its address.
    """
    from pyspark.sql import functions as f

    stamp = files.agg(f.count("*"), f.sum(f.xxhash64(*STAMPED).cast("decimal(38,0)"))).first()
    counted, told = (stamp[0], str(stamp[1])) if stamp else (0, "")
    function = partial(_read, limits=limits_of(options), roots=tuple(roots), options=options)

    def read() -> Iterator[DataFrame]:
        yield each(function, Rows(files.where(f.col("length") <= LARGEST), SENT), READ)
        large = files.where(f.col("length") > LARGEST).select("path").orderBy("path").collect()
        skipped = [{"uri": redact(_whole(row["path"])), "reason": LARGE, "mend": SMALLER} for row in large]
        empty = len(files.inputFiles()) - counted if roots else 0  # which Spark passes over
        notes = [{"stage": "documents", "what": EMPTY, "count": empty}]
        said = schemas.remark(pa.table({}), skipped=skipped, notes=notes)
        yield to_spark(work.session, remarking(said, READ_AND_SAID), READ_AND_SAID)

    kept = work.keep("read", read, counted, told, [*roots], options)
    return work.keep("documents", lambda: _named(kept), kept)


def _read(files: pa.Table, *, limits: Limits, roots: tuple[str, ...], options: DocumentOptions) -> pa.Table:
    """Return ``READ`` of some files."""
    tables = [PLACED.empty_table()]
    with reading() as run, TemporaryDirectory() as folder:
        copy = Path(folder, "file")
        for path, content in zip(files.column("path").to_pylist(), files.column("content"), strict=True):
            copy.write_bytes(content.as_buffer())
            tables += read_copy(str(copy), place_of(path, roots), limits, run)
    rows = join(tables)
    return in_languages(rows, options.language, ALONE).replace_schema_metadata(rows.schema.metadata)


def place_of(path: str, roots: Sequence[str]) -> Address:
    """Return the place of a file, as it is told: see :func:`read_files`."""
    whole = _whole(path)
    uri = redact(whole)
    name, inside = uri, f"{uri}/"
    for root in sorted(map(_whole, roots), key=len):
        folder = "/".join(takewhile(lambda part: not MAGIC & {*part}, root.split("/"))).rstrip("/") + "/"
        if whole == root:
            name, inside = last_name(whole), ""
        elif whole.startswith(folder):
            name = legible(whole.removeprefix(folder))
            inside = f"{name}/"
    return Address(uri, name, inside, 0, uri.encode())


def _whole(path: str) -> str:
    """Return an address with all its slashes: Hadoop writes file:///a as file:/a."""
    kind, colon, rest = path.partition(":")
    return f"{kind}://{rest}" if colon and not rest.startswith("//") else path


def _named(read: Kept) -> DataFrame:
    """Return the documents by their ids; see :func:`stemmata.readers.naming.name_documents`."""
    from pyspark.sql import functions as f

    number = f.when(f.col("row").isNotNull(), f.concat(f.lit("#"), f.col("row").cast("string"))).otherwise("")
    rows = read.rows.withColumn(CALLED, f.coalesce("doc", f.concat("name", number)))
    alike = rows.groupBy(CALLED).count().where("count > 1").select(CALLED, f.xxhash64(CALLED).alias(BY))
    made = schemas.DOCUMENTS.arrow
    told_apart = gather(_tell_apart, {"rows": Rows(rows.join(alike, CALLED), READ)}, made)
    alone = rows.join(alike, CALLED, "left_anti").withColumn("doc", f.col(CALLED))
    remarked = read.frame.where(f.col(REMARKED).isNotNull())
    return (
        alone.select(*made.names, f.lit(None).cast("string").alias(REMARKED))
        .unionByName(remarked.select(*made.names, REMARKED))
        .unionByName(told_apart)
    )


def _tell_apart(rows: pa.Table) -> pa.Table:
    """Return documents of which some would be called alike; those that would are all there."""
    named = name_documents(rows, rows.select(["name", "uri"]))
    return schemas.DOCUMENTS.conform(named).replace_schema_metadata(named.schema.metadata)
