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

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame, SparkSession

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
        java: Any = self.session.sparkContext._jvm
        marker = java.org.apache.hadoop.fs.Path(f"{place}/{DONE}")
        files = marker.getFileSystem(self.session._jsc.hadoopConfiguration())
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
