"""Which documents of a collection on a cluster are looked at together."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, partial, reduce
from typing import TYPE_CHECKING

import pyarrow as pa

from stemmata import schemas
from stemmata.crawl.cells import find_homes, part_pairs
from stemmata.crawl.linking import BALANCE, CROWDED, CUT, count_sharers, link_postings
from stemmata.crawl.parts import INDEX, SKETCHES, describe, sketch
from stemmata.crawl.piles import BY, Rows, each
from stemmata.crawl.work import Kept, Work
from stemmata.facts import Facts
from stemmata.meeting import CLOSER, ENOUGH, FEW, all_grams
from stemmata.pipeline import Options
from stemmata.recounts import COUNTED
from stemmata.twins import LEAST

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame

MASKED = 24  # bits of a hash that give way to the number of a document in memory; of larger collections none
GRAMS = pa.schema([("hash", pa.uint64()), ("number", pa.int64())])
NUMBERED = pa.schema([("text", pa.large_string()), ("number", pa.int64())])
CLOSEST = 2**40  # weighs the link of two documents with one text


@dataclass(frozen=True)
class Candidates:
    """Pairs of documents that share enough kept k-grams, step by step, each made when it is first asked for.

    Parameters
    ----------
    work : Work
        Where the tables lie.
    documents : Kept
        ``schemas.DOCUMENTS``.
    statistics : pyarrow.Table
        ``schemas.STATISTICS``.
    options : Options
    """

    work: Work
    documents: Kept
    statistics: pa.Table
    options: Options

    @cached_property
    def facts(self) -> Facts:
        """The statistics, to be asked."""
        return Facts.of(self.statistics)

    @cached_property
    def index(self) -> Kept:
        """What linking asks of each document, and its number: the earliest dated first, as ``meeting`` has them."""
        from pyspark.sql import functions as f

        schema = schemas.DOCUMENTS.only("doc", "text", *schemas.DATES).arrow
        rows = Rows(self.documents.rows, schema)
        described = self.work.keep("described", lambda: each(describe, rows, INDEX), self.documents)
        order = [f.col("date").asc_nulls_last(), f.col("bytes").desc(), f.col("doc").asc()]
        return self.work.rank("index", lambda: described.rows, order, described)

    @cached_property
    def twins(self) -> Kept:
        """``first`` and ``again``: numbers of the earliest of documents with one text, and of each of the others."""
        return self.work.keep("twins", self._twins, self.index)

    @cached_property
    def sketches(self) -> Kept:
        """The fingerprints of each document and view in one row."""
        rows = Rows(self.documents.rows, schemas.DOCUMENTS.only("doc", "text", "language").arrow)
        function = partial(sketch, statistics=self.statistics, options=self.options)
        made_of = self.documents, self.facts.digest, self.options.fingerprints
        return self.work.keep("sketches", lambda: each(function, rows, SKETCHES), *made_of)

    @cached_property
    def met(self) -> Kept:
        """What shared kept k-grams of the usual views say of any two documents, as ``link_postings`` tells it."""
        cap, neighbours = self.facts.cap, self.options.pairs.neighbours
        made_of = self.sketches, self.twins, self.options.pairs
        return self.work.keep("met", lambda: link_postings(self._postings(*COUNTED), cap, neighbours), *made_of)

    @property
    def cut(self) -> int:
        """How many k-grams more documents have than the cap."""
        from pyspark.sql import functions as f

        told = self.met.rows.where(f.col("younger") == CUT).agg(f.sum("weight")).first()
        return (told[0] or 0) if told else 0

    @cached_property
    def links(self) -> Kept:
        """``older``, ``younger`` and ``weight`` of documents that are looked at together."""
        return self.work.keep("links", self._links, self.met, self.options.pairs)

    @cached_property
    def pairs(self) -> Kept:
        """``a``, ``b`` and the cell of each pair that is looked at."""
        return self.work.keep("candidates", self._pairs, self.links)

    @cached_property
    def _count(self) -> int:
        return self.index.rows.count()

    def _twins(self) -> DataFrame:
        from pyspark.sql import functions as f

        long = self.index.rows.where(f.col("length") >= LEAST)
        earliest = f.min(f.struct(f.col("date").isNull(), "date", "doc", "number"))["number"].alias("first")
        groups = long.groupBy("one", "other").agg(earliest, f.count("*").alias("size")).where(f.col("size") > 1)
        both = long.join(groups, ["one", "other"]).where(f.col("first") != f.col("number"))
        return both.select("first", f.col("number").alias("again"))

    def _postings(self, *views: str) -> DataFrame:
        from pyspark.sql import functions as f

        again = self.twins.rows.select(f.col("again").alias("number"))
        known = self.index.rows.select("doc", "number").join(again, "number", "left_anti")
        kept = self.sketches.rows.where(f.col("view").isin(*views)).join(known, "doc")
        return self._keyed(kept.select(f.explode("hashes").alias("hash"), "number"))

    def _keyed(self, grams: DataFrame) -> DataFrame:
        """Return postings, with as many bits of a hash as there are in memory, where it gives way to a number."""
        from pyspark.sql import functions as f

        bits = self._count.bit_length()
        key = f.col("hash") if bits > MASKED else f.col("hash").bitwiseAND(-(1 << bits))
        return grams.select(key.alias("key"), "number")

    def _links(self) -> DataFrame:
        from pyspark.sql import functions as f

        least = self.options.pairs.candidate * ENOUGH
        enough = (f.col("younger") >= 0) & (f.col("weight") >= least)
        some = [self.met.rows.where(enough), self._closer(enough)]
        if self.options.pairs.quotations:
            some.append(link_postings(self._postings("quotation"), FEW, 0).where(f.col("younger") >= 0))
        every = (
            reduce(lambda one, other: one.union(other), some)
            .groupBy("older", "younger")
            .agg(f.sum("weight").alias("weight"))
        )
        sides = f.least("first", "again").alias("older"), f.greatest("first", "again").alias("younger")
        return every.union(self.twins.rows.select(*sides, f.lit(CLOSEST).alias("weight")))

    def _closer(self, enough: Column) -> DataFrame:
        """Return the links of large families, by all k-grams of their documents."""
        from pyspark.sql import functions as f

        def of(what: int, told: Column) -> DataFrame:
            return self.met.rows.where((f.col("younger") == what) & told).select(f.col("older").alias("number"))

        crowd = of(BALANCE, f.col("weight") >= 0).join(of(CROWDED, f.col("weight") > 0), "number")
        crowd = crowd.join(self.index.rows, "number").select("doc", "date", "number")
        texts = Rows(self.documents.rows.select("doc", "text").join(crowd, "doc"), NUMBERED)
        grams = self.work.keep("grams", lambda: each(all_grams, texts, GRAMS), self.met)
        order = [f.col("date").asc_nulls_last(), f.col("share").desc(), f.col("age").asc()]
        central = self.work.rank("central", lambda: self._by_centre(crowd, grams), order, grams)
        place = central.rows.select(f.col("age").alias("number"), f.col("number").alias("place"))
        postings = self._keyed(grams.rows).join(place, "number").select("key", f.col("place").alias("number"))
        linked = link_postings(postings, CLOSER * self.facts.cap, self.options.pairs.neighbours).where(enough)
        return _renumbered(linked, central.rows)

    def _by_centre(self, crowd: DataFrame, grams: Kept) -> DataFrame:
        """Return ``age``, ``date`` and ``share``: how near each document is to what most have."""
        from pyspark.sql import functions as f

        sizes = (
            count_sharers(self._keyed(grams.rows))
            .groupBy("number")
            .agg(f.sort_array(f.collect_list("size")).alias("sizes"))
        )
        most = "sizes[int((size(sizes) - 1) * 7 div 8)]"
        share = f.expr(f"aggregate(sizes, 0L, (sum, one) -> sum + 2 * least(one, {most}) - {most})")
        known = crowd.join(sizes, "number", "left")
        return known.select(f.col("number").alias("age"), "date", f.coalesce(share, f.lit(0)).alias("share"))

    def _pairs(self) -> DataFrame:
        from pyspark.sql import functions as f

        named = self.index.rows.select("doc", "number")
        parted = part_pairs(self.links.rows, find_homes(self.links.rows, self.index.rows))
        for side in ("older", "younger"):
            parted = parted.join(named.select(f.col("doc").alias(f"{side}_doc"), f.col("number").alias(side)), side)
        a, b = (end("older_doc", "younger_doc").alias(name) for end, name in ((f.least, "a"), (f.greatest, "b")))
        return parted.select(a, b, BY)


def _renumbered(links: DataFrame, central: DataFrame) -> DataFrame:
    from pyspark.sql import functions as f

    for side in ("older", "younger"):
        own = central.select(f.col("number").alias(side), f.col("age").alias(f"{side}_age"))
        links = links.join(own, side)
    older, younger = f.least("older_age", "younger_age"), f.greatest("older_age", "younger_age")
    return links.select(older.alias("older"), younger.alias("younger"), "weight")
