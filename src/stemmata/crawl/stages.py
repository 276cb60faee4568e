"""The stages of a collection that lies on a cluster: each a table that is written once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING

import pyarrow as pa

from stemmata import schemas
from stemmata.crawl.candidates import Candidates
from stemmata.crawl.cells import beside
from stemmata.crawl.parts import TOLD, count, descend, group, line_up, name_kinds, unpack
from stemmata.crawl.piles import BY, Rows, each, gather
from stemmata.crawl.stars import hang_together
from stemmata.crawl.work import Kept, Work
from stemmata.directions import NO_REUSE
from stemmata.families import JOINING
from stemmata.pairs import CUT, TOO_FEW, TWINS
from stemmata.pipeline import Options

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame

PAIR = pa.schema([("a", pa.string()), ("b", pa.string())])
TEXTS = schemas.DOCUMENTS.only("doc", "text", "language", "site").arrow


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
    base : pyarrow.Table, optional
        Texts that were given to everybody, with ``text`` and ``sha256``: what stands in them is no reuse.
    chosen : tuple of str
        Families; of others no trees are drawn. Where there are none, of all.
    """

    work: Work
    documents: Kept
    statistics: pa.Table
    options: Options
    base: pa.Table | None = None
    chosen: tuple[str, ...] = ()

    @cached_property
    def candidates(self) -> Candidates:
        """Which pairs are looked at."""
        return Candidates(self.work, self.documents, self.statistics, self.options)

    @cached_property
    def pairs(self) -> Kept:
        """``schemas.PAIRS``."""
        made_of = self.candidates.pairs, self.candidates.facts.digest, self.options.pairs
        tables = {"candidates": Rows(self.candidates.pairs.rows, PAIR)}
        return self._of_cells("pairs", count, self.candidates.pairs.rows, tables, made_of)

    @cached_property
    def alignments(self) -> Kept:
        """``schemas.ALIGNMENTS``."""
        made_of = self.pairs, self.candidates.facts.digest, self.options.alignments, self._given
        tables = {"pairs": Rows(self._celled, PAIR)}
        return self._of_cells("alignments", partial(line_up, base=self.base), self._celled, tables, made_of)

    @cached_property
    def relations(self) -> Kept:
        """``schemas.RELATIONS``."""
        made_of = self.alignments, self.candidates.facts.digest, self.options.relations
        passages = self.alignments.rows.join(self.candidates.pairs.rows, ["a", "b"])
        tables = {"pairs": Rows(self._celled, PAIR), "alignments": Rows(passages, schemas.ALIGNMENTS.arrow)}
        return self._of_cells("relations", name_kinds, self._celled, tables, made_of)

    @property
    def _given(self) -> list[str]:
        return [] if self.base is None else self.base.column("sha256").to_pylist()

    @property
    def _celled(self) -> DataFrame:
        return self.pairs.rows.select("a", "b").join(self.candidates.pairs.rows, ["a", "b"])

    @cached_property
    def families(self) -> Kept:
        """``schemas.FAMILIES``."""
        from pyspark.sql import functions as f

        joining = _joining(self.options.families.least_coverage)
        hang = self._hang("joined", joining)

        def make() -> DataFrame:
            members = self._named(hang)
            relations = self.relations.rows.where(joining).join(members.select(f.col("doc").alias("a"), BY), "a")
            documents = schemas.DOCUMENTS.only("doc", "text", "sha256", *schemas.DATES).arrow
            tables = {
                "documents": Rows(members.join(self.documents.rows, "doc"), documents),
                "relations": Rows(relations, schemas.RELATIONS.arrow),
            }
            return gather(partial(group, options=self.options), tables, schemas.FAMILIES.arrow)

        return self.work.keep("families", make, hang, self.options.families)

    @cached_property
    def kin(self) -> Kept:
        """Which documents stand in relations of reuse with one another, directly or through others."""
        from pyspark.sql import functions as f

        return self._hang("kin", ~f.col("kind").isin(*NO_REUSE))

    @cached_property
    def descent(self) -> Kept:
        """The tables of ``DESCENT``, packed as executors made them."""
        facts = self.candidates.facts.digest
        made_of = self.families, self.kin, self.alignments, facts, self.options, self._given, self.chosen
        return self.work.keep("descent", self._descend, *made_of)

    @cached_property
    def members(self) -> DataFrame:
        """``doc`` and ``pile`` of the documents of which trees are drawn: those that are kin to chosen families."""
        from pyspark.sql import functions as f

        named = self._named(self.kin)
        if not self.chosen:
            return named
        asked = self.families.rows.where(f.col("family").isin(*self.chosen)).select("doc")
        return named.join(named.join(asked, "doc").select(BY).distinct(), BY, "left_semi")

    @property
    def noted(self) -> pa.Table:
        """A table without rows, with which travels what was cut where pairs were looked for."""
        noted = {
            CUT: self.candidates.cut,
            TOO_FEW: self.candidates.pairs.rows.count() - self.pairs.rows.count(),
            TWINS: self.candidates.twins.rows.count(),
        }
        notes = [{"stage": "pairs", "what": what, "count": count} for what, count in noted.items()]
        return schemas.remark(pa.table({}), notes=notes)

    def remarks(self) -> list[pa.Table]:
        """Return tables without rows, with which travels what was remarked so far."""
        made = [self.documents, self.candidates.sketches, self.pairs, self.alignments, self.relations, self.families]
        made += [self.descent] if "descent" in self.__dict__ else []
        return [*(one.remarks for one in made), self.noted]

    def told(self, name: str) -> Kept:
        """Return a table of ``DESCENT``."""
        schema = schemas.BY_NAME[name].arrow
        return self.work.keep(
            name, lambda: each(partial(unpack, name=name), Rows(self.descent.rows, TOLD), schema), self.descent
        )

    def _descend(self) -> DataFrame:
        from pyspark.sql import functions as f

        members = self.members
        relations = self.relations.rows.join(self.candidates.pairs.rows.withColumnRenamed(BY, "cell"), ["a", "b"])
        for side in ("a", "b"):
            own = members.select(f.col("doc").alias(side), f.col(BY).alias(f"{side}_kin"))
            relations = relations.join(own, side, "inner" if self.chosen else "left")
        pile = f.when(f.col("a_kin") == f.col("b_kin"), f.col("a_kin")).otherwise(f.col("cell"))
        relations = relations.withColumn(BY, pile)
        piled, every = relations.select("a", "b", BY), schemas.DOCUMENTS.arrow
        tables = {
            "documents": Rows(beside(self.documents.rows, piled, *every.names), every),
            "relations": Rows(relations, schemas.RELATIONS.arrow),
            "alignments": Rows(self.alignments.rows.join(piled, ["a", "b"]), schemas.ALIGNMENTS.arrow),
            "families": Rows(self.families.rows.join(members, "doc"), schemas.FAMILIES.arrow),
        }
        return gather(partial(self._knowing(descend), base=self.base), tables, TOLD)

    def _knowing(self, stage: Callable[..., pa.Table]) -> Callable[..., pa.Table]:
        return partial(stage, statistics=self.statistics, options=self.options)

    def _hang(self, name: str, related: Column) -> Kept:
        """Return which documents hang together by some relations."""
        from pyspark.sql import functions as f

        edges = self.relations.rows.where(related).select("a", "b")
        for side, end in (("a", "one"), ("b", "other")):
            own = self.candidates.index.rows.select(f.col("doc").alias(side), f.col("number").alias(end))
            edges = edges.join(own, side)
        return hang_together(self.work, name, edges, self.relations)

    def _named(self, hang: Kept) -> DataFrame:
        """Return ``doc`` and ``pile`` of documents that hang together."""
        from pyspark.sql import functions as f

        named = hang.rows.join(self.candidates.index.rows, "number")
        return named.select("doc", f.col("first").alias(BY))

    def _of_cells(
        self,
        name: str,
        stage: Callable[..., pa.Table],
        pairs: DataFrame,
        tables: dict[str, Rows],
        made_of: tuple[object, ...],
    ) -> Kept:
        def make() -> DataFrame:
            texts = Rows(beside(self.documents.rows, pairs, *TEXTS.names), TEXTS)
            function = self._knowing(stage)
            return gather(function, {"documents": texts, **tables}, schemas.BY_NAME[name].arrow)

        return self.work.keep(name, make, *made_of)


def _joining(least: float) -> Column:
    """Say of relations whether they join two documents to a family, as ``families`` does."""
    from pyspark.sql import functions as f

    most = f.greatest("coverage_a", "coverage_b")
    return f.col("kind").isin(*JOINING) & (f.col("extent").isin("whole", "excerpt") | (most >= least))
