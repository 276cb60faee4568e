"""Tables of a run on a cluster: each written once, as Parquet, and read from there; so a run goes on where it ended."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from stemmata import schemas
from stemmata._version import __version__
from stemmata.crawl.piles import REMARKED
from stemmata.errors import FolderError

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame, SparkSession

WHOLE = "_SUCCESS"  # a file that Spark lays beside those of a table of its own
DONE = "_DONE"  # a file beside those of a table, made when all of them are there; Spark passes over such names


@dataclass(frozen=True)
class Kept:
    """A table that was written, and the digest of what it was made of."""

    frame: DataFrame
    digest: str

    @property
    def rows(self) -> DataFrame:
        """The table, without what was remarked on it."""
        if REMARKED not in self.frame.columns:
            return self.frame
        return self.frame.where(self.frame[REMARKED].isNull()).drop(REMARKED)

    @property
    def remarks(self) -> pa.Table:
        """A table without rows, with which travels what was remarked on this one."""
        said = self.frame.where(self.frame[REMARKED].isNotNull()).select(REMARKED).collect()
        told = [json.loads(row[0]) for row in said]
        skipped, notes = ([row for one in told for row in one[side]] for side in ("skipped", "notes"))
        return schemas.remark(pa.table({}), skipped=skipped, notes=notes)


@dataclass(frozen=True)
class Work:
    """The folder of a run, on any file system that Spark writes.

    Parameters
    ----------
    session : pyspark.sql.SparkSession
    path : str
        A path or an address.
    """

    session: SparkSession
    path: str

    def keep(self, name: str, make: Callable[[], DataFrame | Iterable[DataFrame]], *made_of: object) -> Kept:
        """Return a table, written if it is not there yet.

        Parameters
        ----------
        make : callable
            Returns what to write, as one or as several that follow one another; not called where that was written
            before.
        *made_of : values, or kept tables
            All that decides its rows.
        """
        from pyspark.sql import DataFrame

        told = [__version__, name, *(one.digest if isinstance(one, Kept) else one for one in made_of)]
        digest = hashlib.sha256(json.dumps(told, default=repr).encode()).hexdigest()[:16]
        place = f"{self.path}/{name}-{digest}"
        files, marker = _path(self.session, f"{place}/{DONE}")
        if files.exists(marker):
            return Kept(self.session.read.parquet(place), digest)
        made = make()
        mode = "overwrite"
        for frame in [made] if isinstance(made, DataFrame) else made:
            frame.write.mode(mode).parquet(place)
            mode = "append"
        files.create(marker).close()
        return Kept(self.session.read.schema(frame.schema).parquet(place), digest)

    def rank(self, name: str, make: Callable[[], DataFrame], order: list[Column], *made_of: object) -> Kept:
        """Keep rows in an order in which no two are equal, with a column ``number``: their places in it, from 0."""
        from pyspark.sql import functions as f

        def make_sorted() -> DataFrame:
            return make().repartitionByRange(*order).sortWithinPartitions(*order)

        kept = self.keep(name, make_sorted, *made_of)
        placed = kept.frame.select("*", "_metadata.file_name", "_metadata.row_index")
        sizes = {row["file_name"]: row["count"] for row in placed.groupBy("file_name").count().collect()}
        begins, begin = [], 0
        for file in sorted(sizes):
            begins.append((file, begin))
            begin += sizes[file]
        starts = self.session.createDataFrame(begins, "file_name string, begin long")
        number = (f.col("begin") + f.col("row_index")).alias("number")
        numbered = placed.join(f.broadcast(starts), "file_name").select(*kept.frame.columns, number)
        return Kept(numbered, kept.digest)


def refuse_others(session: SparkSession, place: str) -> None:
    """Refuse to write where something is that is no table of Spark's.

    Raises
    ------
    FolderError
    """
    files, folder = _path(session, place)
    whole = _path(session, f"{place}/{WHOLE}")[1]
    if files.exists(folder) and not files.exists(whole) and (files.isFile(folder) or files.listStatus(folder)):
        raise FolderError(
            "something is there that no table replaces.", where=place, mend="name a folder that is not there, or empty."
        )


def _path(session: SparkSession, place: str) -> tuple[Any, Any]:
    """Return a place as Hadoop has it, and the file system that it is on."""
    java: Any = session.sparkContext._jvm
    path = java.org.apache.hadoop.fs.Path(place)
    return path.getFileSystem(session._jsc.hadoopConfiguration()), path
