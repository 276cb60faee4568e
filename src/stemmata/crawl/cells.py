"""Which pairs are looked at together, so that a text travels to few executors, and no pile outgrows one.

Each document has a home: the oldest of those that lead on from it by its strongest link. Pairs whose documents have
the same two homes make a cell. A home of many megabytes is cut into blocks by age; since links of large groups go to
neighbours by age and to the oldest, most blocks meet themselves, the next and the first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from stemmata.crawl.piles import BY

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

STEPS = 3  # each doubles how far home lies
BLOCK = 16_000_000  # bytes of text


def find_homes(links: DataFrame, index: DataFrame) -> DataFrame:
    """Return ``number``, ``home`` and ``block`` of each document that stands in a pair.

    Parameters
    ----------
    links : pyspark.sql.DataFrame
        ``older``, ``younger`` and ``weight``.
    index : pyspark.sql.DataFrame
        ``number`` and ``bytes`` of all documents.
    """
    from pyspark.sql import Window
    from pyspark.sql import functions as f

    led = links.groupBy(f.col("younger").alias("number")).agg(
        f.min(f.struct(-f.col("weight"), f.col("older")))["older"].alias("home")
    )
    first = links.select(f.col("older").alias("number")).distinct().join(led, "number", "left_anti")
    homes = led.union(first.select("number", f.col("number").alias("home")))
    for _ in range(STEPS):
        further = homes.select(f.col("number").alias("home"), f.col("home").alias("further"))
        homes = homes.join(further, "home").select("number", f.col("further").alias("home"))
    by_age = Window.partitionBy("home").orderBy("number").rowsBetween(Window.unboundedPreceding, -1)
    before = f.coalesce(f.sum("bytes").over(by_age), f.lit(0))
    block = f.floor(before / BLOCK).alias("block")
    return homes.join(index.select("number", "bytes"), "number").select("number", "home", block)


def part_pairs(links: DataFrame, homes: DataFrame) -> DataFrame:
    """Return links with a column ``pile``: the cell of each."""
    from pyspark.sql import functions as f

    def side(name: str) -> DataFrame:
        return homes.select(*(f.col(one).alias(f"{name}_{one}") for one in homes.columns))

    both = links.join(side("older"), f.col("older") == f.col("older_number"))
    both = both.join(side("younger"), f.col("younger") == f.col("younger_number"))
    cell = f.xxhash64("older_home", "older_block", "younger_home", "younger_block")
    return both.select(*links.columns, cell.alias(BY))


def beside(documents: DataFrame, pairs: DataFrame, *columns: str) -> DataFrame:
    """Return the documents of each cell, with its ``pile``.

    Parameters
    ----------
    documents : pyspark.sql.DataFrame
        With ``doc``.
    pairs : pyspark.sql.DataFrame
        ``a``, ``b`` and ``pile``.
    *columns : str
        Of documents, that are taken.
    """
    from pyspark.sql import functions as f

    needed = pairs.select(BY, f.explode(f.array("a", "b")).alias("doc")).distinct()
    return needed.join(documents.select(*columns), "doc")
