"""The stages as far as families, of a collection that lies on a cluster: each a table that is written once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, reduce
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from stemmata import schemas
from stemmata.alignments import align
from stemmata.crawl.cells import beside, find_homes, part_pairs
from stemmata.crawl.linking import BALANCE, CROWDED, count_sharers, link_postings
from stemmata.crawl.piles import BY, Rows, each, gather
from stemmata.crawl.work import Kept, Work
from stemmata.engines import LocalEngine
from stemmata.facts import Facts
from stemmata.fingerprints import fingerprint
from stemmata.meeting import CLOSER, ENOUGH, FEW, all_grams
from stemmata.pairs import count_pairs, least_shared
from stemmata.pipeline import Options
from stemmata.recounts import COUNTED
from stemmata.relations import classify
from stemmata.twins import LEAST, hash_texts

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame

ALONE = LocalEngine(parts=1, workers=1)  # an executor has its own threads, one a core
MASKED = 24  # bits of a hash that give way to the number of a document in memory; of larger collections none
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
GRAMS = pa.schema([("hash", pa.uint64()), ("number", pa.int64())])
PAIR = pa.schema([("a", pa.string()), ("b", pa.string())])
TEXTS = schemas.DOCUMENTS.only("doc", "text", "language", "site").arrow
NUMBERED = pa.schema([("text", pa.large_string()), ("number", pa.int64())])
CLOSEST = 2**40  # weighs the link of two documents with one text


@dataclass(frozen=True)
class Stages:
    """The tables of a collection, each made when it is first asked for.

    Parameters
    ----------
    work : Work
        Where they lie.
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
        described = self.work.keep("described", lambda: each(_describe, rows, INDEX), self.documents)
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
        sketch = _Sketch(self.statistics, self.options)
        made_of = self.documents, self.facts.digest, self.options.fingerprints
        return self.work.keep("sketches", lambda: each(sketch, rows, SKETCHES), *made_of)

    @cached_property
    def met(self) -> Kept:
        """What shared kept k-grams of the usual views say of any two documents, as ``link_postings`` tells it."""
        cap, neighbours = self.facts.cap, self.options.pairs.neighbours
        made_of = self.sketches, self.twins, self.options.pairs
        return self.work.keep("met", lambda: link_postings(self._postings(*COUNTED), cap, neighbours), *made_of)

    @cached_property
    def links(self) -> Kept:
        """``older``, ``younger`` and ``weight`` of documents that are looked at together."""
        return self.work.keep("links", self._links, self.met, self.options.pairs)

    @cached_property
    def candidates(self) -> Kept:
        """``a``, ``b`` and the cell of each pair that is looked at."""
        return self.work.keep("candidates", self._candidates, self.links)

    @cached_property
    def pairs(self) -> Kept:
        """``schemas.PAIRS``."""
        made_of = self.candidates, self.facts.digest, self.options.pairs
        tables = {"candidates": Rows(self.candidates.rows, PAIR)}
        return self._of_cells("pairs", _Count, self.candidates.rows, tables, made_of)

    @cached_property
    def alignments(self) -> Kept:
        """``schemas.ALIGNMENTS``."""
        made_of = self.pairs, self.facts.digest, self.options.alignments
        return self._of_cells("alignments", _Align, self._celled, {"pairs": Rows(self._celled, PAIR)}, made_of)

    @cached_property
    def relations(self) -> Kept:
        """``schemas.RELATIONS``."""
        made_of = self.alignments, self.facts.digest, self.options.relations
        passages = self.alignments.rows.join(self.candidates.rows, ["a", "b"])
        tables = {"pairs": Rows(self._celled, PAIR), "alignments": Rows(passages, schemas.ALIGNMENTS.arrow)}
        return self._of_cells("relations", _Classify, self._celled, tables, made_of)

    @property
    def _celled(self) -> DataFrame:
        return self.pairs.rows.select("a", "b").join(self.candidates.rows, ["a", "b"])

    def _of_cells(
        self,
        name: str,
        stage: Callable[[pa.Table, Options], Callable[..., pa.Table]],
        pairs: DataFrame,
        tables: dict[str, Rows],
        made_of: tuple[object, ...],
    ) -> Kept:
        def make() -> DataFrame:
            texts = Rows(beside(self.documents.rows, pairs, *TEXTS.names), TEXTS)
            function = stage(self.statistics, self.options)
            return gather(function, {"documents": texts, **tables}, schemas.BY_NAME[name].arrow)

        return self.work.keep(name, make, *made_of)

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

        bits = self.index.frame.count().bit_length()
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
        texts = Rows(self.documents.rows.select("doc", "text").join(f.broadcast(crowd), "doc"), NUMBERED)
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

    def _candidates(self) -> DataFrame:
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


def _describe(documents: pa.Table) -> pa.Table:
    hashed = hash_texts(documents)
    sizes = pc.binary_length(documents.column("text"))
    columns = [documents.column("doc"), schemas.dated(documents), sizes, *hashed.columns]
    return pa.table(columns, INDEX.names).cast(INDEX)


@dataclass(frozen=True)
class _Stage:
    """A stage on a few piles; what it knows travels with it."""

    statistics: pa.Table
    options: Options


class _Sketch(_Stage):
    def __call__(self, documents: pa.Table) -> pa.Table:
        made = fingerprint(documents, self.statistics, options=self.options.fingerprints, engine=ALONE)
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


class _Count(_Stage):
    def __call__(self, documents: pa.Table, candidates: pa.Table) -> pa.Table:
        documents = _once(documents)
        docs = documents.column("doc").combine_chunks()
        a, b = (pc.index_in(candidates.column(side), docs).to_numpy().astype(np.int64) for side in ("a", "b"))
        least = least_shared(self.options.fingerprints.views, self.options.pairs)
        weight = np.ones(len(a), np.int64)
        return count_pairs(documents, a, b, weight, Facts.of(self.statistics), ALONE, least=least)


class _Align(_Stage):
    def __call__(self, documents: pa.Table, pairs: pa.Table) -> pa.Table:
        return align(_once(documents), _uncopied(pairs), self.statistics, options=self.options.alignments, engine=ALONE)


class _Classify(_Stage):
    def __call__(self, documents: pa.Table, pairs: pa.Table, alignments: pa.Table) -> pa.Table:
        taken = _once(documents), _uncopied(pairs), alignments
        return classify(*taken, statistics=self.statistics, options=self.options.relations, engine=ALONE)


def _uncopied(pairs: pa.Table) -> pa.Table:
    return pairs.append_column("copy", pa.nulls(pairs.num_rows, pa.string()))


def _once(documents: pa.Table) -> pa.Table:
    """Return documents by their ids; one that belongs to several piles is there for each of them."""
    docs = documents.column("doc").to_numpy(zero_copy_only=False).astype(object)
    return documents.take(pa.array(np.unique(docs, return_index=True)[1]))
