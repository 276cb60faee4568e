"""Which documents hang together, by links that no machine holds: in rounds, each written before the next is begun.

Large-star hangs the larger neighbours of each document by the smallest document that it or they know of; small-star
does so with the smaller ones. Both leave what hangs together together, and after a logarithmic number of rounds, as
measured, every document hangs by the smallest of all that it hangs together with.

References
----------
Kiveris, Lattanzi, Mirrokni, Rastogi and Vassilvitskii 2014 (Connected Components in MapReduce and Beyond).
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from stemmata.crawl.work import Kept, Work

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


def hang_together(work: Work, name: str, edges: DataFrame, made_of: Kept) -> Kept:
    """Return ``number`` and ``first`` of each document that has a link: the smallest that it hangs together with.

    Parameters
    ----------
    name : str
        What the rounds are called in the folder.
    edges : pyspark.sql.DataFrame
        ``one`` and ``other``, numbers of documents.
    made_of : Kept
        What the edges follow from.
    """
    from pyspark.sql import functions as f

    def begin() -> DataFrame:
        larger, smaller = f.greatest("one", "other").alias("one"), f.least("one", "other").alias("other")
        return edges.where(f.col("one") != f.col("other")).select(larger, smaller).distinct()

    found = work.keep(f"{name}_0", begin, made_of)
    told = _told(found.frame)
    number = 0
    while True:
        number += 1
        found = work.keep(f"{name}_{number}", partial(_star, found.frame), found)
        if (now := _told(found.frame)) == told:
            break
        told = now

    def finish() -> DataFrame:
        first = found.frame.select(f.col("other").alias("number"), f.col("other").alias("first")).distinct()
        return found.frame.select(f.col("one").alias("number"), f.col("other").alias("first")).union(first)

    return work.keep(name, finish, found)


def _star(edges: DataFrame) -> DataFrame:
    return _small_star(_large_star(edges))


def _large_star(edges: DataFrame) -> DataFrame:
    from pyspark.sql import functions as f

    both = edges.union(edges.select(f.col("other"), f.col("one"))).toDF("one", "other")
    smallest = both.groupBy("one").agg(f.least(f.min("other"), f.col("one")).alias("smallest"))
    larger = both.where(f.col("other") > f.col("one")).join(smallest, "one")
    return larger.select(f.col("other").alias("one"), f.col("smallest").alias("other")).distinct()


def _small_star(edges: DataFrame) -> DataFrame:
    """Return the edges, larger number first, with all smaller neighbours of a document hung by the smallest."""
    from pyspark.sql import functions as f

    smallest = edges.groupBy("one").agg(f.min("other").alias("smallest"))
    rest = edges.join(smallest, "one").where(f.col("other") != f.col("smallest"))
    hung = rest.select(f.col("other").alias("one"), f.col("smallest").alias("other"))
    return hung.union(smallest.select("one", f.col("smallest").alias("other"))).distinct()


def _told(edges: DataFrame) -> tuple[int, int]:
    """Return what tells one set of edges from another: how many there are, and the sum of their digests."""
    from pyspark.sql import functions as f

    digest = f.sum(f.xxhash64("one", "other").cast("decimal(38,0)"))
    row = edges.agg(f.count("*"), digest).first()
    return (row[0], int(row[1] or 0)) if row else (0, 0)
