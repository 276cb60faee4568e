"""One of each family of copies, of a table that lies on a cluster."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from stemmata import schemas
from stemmata._version import __version__
from stemmata.crawl.candidates import Candidates
from stemmata.crawl.columns import inward
from stemmata.crawl.counting import collect
from stemmata.crawl.parts import ALONE, once
from stemmata.crawl.piles import BY, Rows, gather
from stemmata.crawl.reading import id_column, read_collection, text_column
from stemmata.crawl.stages import Stages
from stemmata.crawl.stars import hang_together
from stemmata.crawl.work import Kept, Work, refuse_others
from stemmata.deduplicated import GONE, Deduplication
from stemmata.engines.spark import SparkEngine
from stemmata.keepers import KeepOptions, order_documents
from stemmata.pipeline import Clock, Options
from stemmata.preferences import named_columns
from stemmata.sifting import Sieve

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

LEFT = "stemmata_left"  # of a text, beside the columns of the user
CUT = "cut"  # the column of what is left of a text out of which passages are cut
CHOSEN = pa.schema([*schemas.DECISIONS.arrow, pa.field(CUT, pa.large_string())])
AGAIN = pa.schema([("doc", pa.string()), ("head", pa.string())])
PAIR = pa.schema([("a", pa.string()), ("b", pa.string())])


class SparkDeduplication(Deduplication):
    """Which rows of a table on a cluster stay, and why the others do not.

    The attributes of :class:`stemmata.deduplicated.Deduplication` bring tables to the driver; :meth:`dataframe` leaves
    them where they lie.

    Parameters
    ----------
    told : pyspark.sql.DataFrame
        ``CHOSEN``, a row for each document.
    rows : pyspark.sql.DataFrame
        The user's table.
    columns : tuple of str
        Which of its columns hold ids, and texts.
    added : tuple of str, optional
        With which columns of the decisions all rows are kept.
    prefix : str
        What the names of these begin with.
    remarked : sequence of pyarrow.Table
        With which travels what was remarked.
    about : dict
        How it was found.
    """

    def __init__(
        self,
        told: DataFrame,
        rows: DataFrame,
        columns: tuple[str, str],
        added: tuple[str, ...] | None,
        prefix: str,
        remarked: Sequence[pa.Table],
        about: dict[str, Any],
    ) -> None:
        self.skipped, self.notes = (schemas.remarks(remarked, side) for side in ("skipped", "notes"))
        self.about = about
        self._told, self._rows, self._columns, self._added, self._prefix = told, rows, columns, added, prefix

    def __repr__(self) -> str:
        return f"<SparkDeduplication: columns {', '.join(self._rows.columns)}>"

    @cached_property
    def decisions(self) -> pa.Table:
        """``schemas.DECISIONS``, brought to the driver."""
        schema = schemas.DECISIONS.arrow
        return schemas.DECISIONS.check(inward(self._told.select(schema.names).toArrow().columns, schema))

    def figures(self) -> dict[str, Any]:
        """Return how many documents and families there are, how many stay, and how many go, by kind."""
        from pyspark.sql import functions as f

        why = f.when(f.col("duplicate_of").isNull(), "protected").otherwise(f.coalesce("kind", f.lit("cut")))
        told = self._told.groupBy("keep", f.when(~f.col("keep"), why).alias("why"))
        rows = told.agg(f.count("*").alias("documents"), f.count("spans").alias("cut")).collect()
        families = self._told.agg(f.count_distinct("family")).first()
        gone = {row["why"]: row["documents"] for row in rows if not row["keep"]}
        kept = sum(row["documents"] for row in rows if row["keep"])
        return {
            "documents": kept + sum(gone.values()),
            "families": families[0] if families else 0,
            "kept": kept,
            "dropped": sum(gone.values()),
            "dropped_by_kind": {kind: gone[kind] for kind in GONE if kind in gone},
            "cut": sum(row["cut"] for row in rows if row["keep"]),
        }

    def examples(self, count: int) -> pa.Table:
        """Return decisions on a few documents that go, or of which something is cut, if possible of several kinds."""
        from pyspark.sql import Window
        from pyspark.sql import functions as f

        told = self._told.where(f.col("reason").isNotNull())
        turn = f.row_number().over(Window.partitionBy("kind").orderBy("doc"))
        few = told.withColumn("turn", turn).where(f.col("turn") <= count).orderBy(f.col("turn") > 1, "doc").limit(count)
        schema = schemas.DECISIONS.arrow
        return inward(few.select(schema.names).toArrow().columns, schema)

    @property
    def annotated(self) -> bool:
        """Whether all rows are kept, and marked."""
        return self._added is not None

    def dataframe(self) -> DataFrame:
        """Return the rows that stay, with all columns of the table; with ``annotate``, all rows, and columns added.

        Rows without text go; with ``annotate`` they stay, and nothing is said of them.
        """
        from pyspark.sql import functions as f

        own_id, text = self._columns
        told = self._told.withColumnRenamed("doc", own_id)
        if self._added is not None:
            added = [f.col(name).alias(self._prefix + name) for name in self._added]
            return self._rows.join(told.select(own_id, *added), own_id, "left")
        kept = self._rows.join(told.where(f.col("keep")).select(own_id, f.col(CUT).alias(LEFT)), own_id)
        return kept.withColumn(text, f.coalesce(LEFT, text)).select(self._rows.columns)

    def table(self) -> pa.Table:
        """Return these rows, brought to the driver."""
        return self.dataframe().toArrow()

    def write(self, path: str | os.PathLike[str]) -> str | None:  # type: ignore[override]  # Path knows no addresses
        """Write these rows as Parquet; beside them, in a folder that ends in ``.dropped``, what went, and why.

        Parameters
        ----------
        path : str
            A folder, or an address of one, that Spark writes. A table that Spark has written there is replaced.

        Returns
        -------
        str or None
            The folder of reasons. None with ``annotate``.

        Raises
        ------
        FolderError
            Something else is there.
        """
        refuse_output(self._rows.sparkSession, path, self.annotated)
        place, drops = _places(path, self.annotated)
        self.dataframe().write.mode("overwrite").parquet(place)
        if drops is not None:
            told = self._told.where(self._told["reason"].isNotNull()).drop(CUT)
            told.write.mode("overwrite").parquet(drops)
        return drops


def refuse_output(session: SparkSession, path: str | os.PathLike[str], annotate: bool) -> None:
    """Refuse to write rows, and reasons, where something is that is no table of Spark's.

    Raises
    ------
    FolderError
    """
    for place in filter(None, _places(path, annotate)):
        refuse_others(session, place)


def _places(path: str | os.PathLike[str], annotate: bool) -> tuple[str, str | None]:
    place = os.fspath(path).rstrip("/")
    return place, None if annotate else f"{place}.dropped"


def dedup_collection(
    frame: DataFrame,
    *,
    rules: KeepOptions,
    options: Options,
    engine: SparkEngine,
    clock: Clock,
    added: tuple[str, ...] | None,
    passages: bool,
    prefix: str,
) -> SparkDeduplication:
    """Decide which rows of a table stay; see :func:`stemmata.dedup`."""
    started, work = datetime.now(UTC), Work(engine.session, engine.place)
    with clock.stage("documents"):
        documents = read_collection(work, [frame], None, options.documents)
    own_id, text = id_column(frame, options.documents), text_column(frame, options.documents)
    named = named_columns(rules.prefer)
    columns = None
    if named:
        columns = frame.select(frame[own_id].alias("doc"), *named)
    choice = _Choice(work, documents, columns, rules, options)
    with clock.stage("statistics"):
        again = choice.again()
        heads = choice.heads(again)
        stages = Stages(work, heads, collect(work, heads, options.statistics), options)
    with clock.stage("fingerprints"):
        _ = stages.candidates.sketches
    with clock.stage("pairs"):
        _ = stages.pairs
    with clock.stage("keepers"):
        chosen = choice.chosen(again, stages, passages)
    remarked = [documents.remarks, stages.candidates.sketches.remarks, stages.noted, chosen.remarks]
    about = {
        "version": __version__,
        "rules": asdict(rules),
        "options": options.to_dict(),
        "started": started.isoformat(),
        "seconds": clock.seconds,
    }
    return SparkDeduplication(choice.all(chosen), frame, (own_id, text), added, prefix, remarked, about)


@dataclass(frozen=True)
class _Choice:
    work: Work
    documents: Kept
    columns: DataFrame | None
    rules: KeepOptions
    options: Options

    def again(self) -> Kept:
        """Return documents whose text another one has as well that is preferred, and that one."""
        from pyspark.sql import functions as f

        index = self._index.rows
        groups = index.groupBy("one", "other").agg(f.min("number").alias(BY), f.count("*").alias("size"))
        members = index.join(groups.where(f.col("size") > 1), ["one", "other"]).select("doc", BY)
        function = partial(find_heads, rules=self.rules)

        def make() -> DataFrame:
            return gather(function, self._of(members, "doc", "text", *schemas.DATES), AGAIN)

        return self.work.keep("again", make, self._index, self.rules)

    def heads(self, again: Kept) -> Kept:
        """Return the documents without those."""
        rest = again.rows.select("doc")
        return self.work.keep("heads", lambda: self.documents.rows.join(rest, "doc", "left_anti"), again)

    def chosen(self, again: Kept, stages: Stages, passages: bool) -> Kept:
        """Return ``CHOSEN``: decisions on documents that stand in a pair, or have a text that another one has."""
        from pyspark.sql import functions as f

        numbers = self._index.rows.select("doc", "number")
        pairs = stages.pairs.rows.select("a", "b").union(again.rows.select("doc", "head"))
        edges = pairs
        for side, end in (("a", "one"), ("b", "other")):
            edges = edges.join(numbers.select(f.col("doc").alias(side), f.col("number").alias(end)), side)
        hang = hang_together(self.work, "alike", edges, stages.pairs)
        members = hang.rows.join(numbers, "number").select("doc", f.col("first").alias(BY))

        def make() -> DataFrame:
            tables = self._of(members, *schemas.DOCUMENTS.arrow.names)
            own = members.select(f.col("doc").alias("a"), BY)
            tables["pairs"] = Rows(stages.pairs.rows.select("a", "b").join(own, "a"), PAIR)
            told = {"statistics": stages.statistics, "options": self.options, "rules": self.rules}
            return gather(partial(choose, **told, passages=passages), tables, CHOSEN)

        return self.work.keep("chosen", make, hang, again, self.rules, self.options, passages)

    def all(self, chosen: Kept) -> DataFrame:
        """Return decisions on all documents."""
        from pyspark.sql import functions as f

        rest = self.documents.rows.select("doc").join(chosen.rows.select("doc"), "doc", "left_anti")
        alone = {"keep": f.lit(True), "family_size": f.lit(1)}
        columns = [
            alone.get(field.name, f.col("doc") if field.name == "doc" else f.lit(None))
            .cast(field.dataType)
            .alias(field.name)
            for field in chosen.rows.schema
        ]
        return chosen.rows.union(rest.select(columns))

    @property
    def _index(self) -> Kept:
        return Candidates(self.work, self.documents, schemas.STATISTICS.empty(), self.options).index

    def _of(self, members: DataFrame, *names: str) -> dict[str, Rows]:
        """Return the documents of piles, and the columns by which they are preferred."""
        from pyspark.sql.pandas.types import to_arrow_schema

        schema = pa.schema([*schemas.DOCUMENTS.only(*names).arrow, pa.field(BY, pa.int64())])
        documents = self.documents.rows.select(*names).join(members, "doc")
        tables = {"documents": Rows(documents, schema)}
        if self.columns is not None:
            own = to_arrow_schema(self.columns.schema, timezone="UTC")
            tables["columns"] = Rows(self.columns.join(members, "doc"), own)
        return tables


def find_heads(documents: pa.Table, columns: pa.Table | None = None, *, rules: KeepOptions) -> pa.Table:
    """Return ``AGAIN`` of documents each of which is in one pile with those that have its text."""
    documents = documents.sort_by("doc")
    pile = documents.column(BY)
    rank = order_documents(documents.drop_columns(BY), columns, rules)
    ranked = pa.table([pile, pa.array(rank), documents.column("doc")], ["pile", "rank", "doc"])
    first = ranked.group_by("pile").aggregate([("rank", "min")])
    both = ranked.join(first, "pile").combine_chunks()
    by_rank = ranked.sort_by("rank").column("doc")
    head = by_rank.take(both.column("rank_min"))
    again = pc.not_equal(both.column("rank"), both.column("rank_min"))
    return pa.table([both.column("doc"), head], schema=AGAIN).filter(again)


def choose(
    documents: pa.Table,
    pairs: pa.Table,
    columns: pa.Table | None = None,
    *,
    statistics: pa.Table,
    options: Options,
    rules: KeepOptions,
    passages: bool,
) -> pa.Table:
    """Return ``CHOSEN``."""
    known = pairs.append_column("copy", pa.nulls(pairs.num_rows, pa.string()))
    sieve = Sieve(rules, options, ALONE, Clock(), made={"pairs": known, "statistics": statistics})
    decisions, texts = sieve.choose(schemas.DOCUMENTS.check(once(documents)), columns, passages)
    left = pa.array([texts.get(doc) for doc in decisions.column("doc").to_pylist()], pa.large_string())
    notes: list[dict[str, Any]] = schemas.remarks(sieve.remarked, "notes").to_pylist()
    return schemas.remark(decisions.append_column(CUT, left).cast(CHOSEN), notes=notes)
