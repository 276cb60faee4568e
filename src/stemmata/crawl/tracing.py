"""A trace whose tables lie on a cluster."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.dataset as ds

from stemmata import schemas
from stemmata._version import __version__
from stemmata.crawl.columns import inward
from stemmata.crawl.counting import collect
from stemmata.crawl.parts import DESCENT
from stemmata.crawl.reading import read_collection
from stemmata.crawl.stages import Stages
from stemmata.crawl.work import Kept, Work
from stemmata.engines.spark import SparkEngine
from stemmata.errors import MissingSource, SchemaError
from stemmata.pipeline import Clock, Options
from stemmata.traced import Trace

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pyspark.sql import DataFrame

STAGES = ("pairs", "alignments", "relations", "families")


class SparkTrace(Trace):
    """What was found about a collection on a cluster.

    Its tables are the attributes of :class:`stemmata.Trace`, which bring them to the driver; :meth:`dataframe` leaves
    them where they lie. Trees and changes are worked out when one of their tables is first asked for.
    """

    def __init__(self, stages: Stages, about: Mapping[str, object]) -> None:
        super().__init__({"statistics": stages.statistics, "skipped": schemas.SKIPPED.empty()}, about=about)
        self._stages = stages
        for name in ("skipped", "notes"):
            self._tables.pop(name, None)

    def __repr__(self) -> str:
        return f"<SparkTrace: {self.place}>"

    @property
    def names(self) -> list[str]:
        """The tables that it holds, in the order of the stages."""
        return [*(schema.name for schema in schemas.TABLES), "statistics", "skipped", "notes"]

    def dataframe(self, name: str) -> DataFrame:
        """Return a table where it lies; unsorted. ``hash`` of fingerprints has the same bits as a signed number.

        Raises
        ------
        SchemaError
            There is no such table, or it lies in the driver: ``statistics``, ``skipped``, ``notes``.
        """
        if name == "documents":
            return self._narrowed(self._stages.documents.rows, "doc")
        if name == "fingerprints":
            return self._narrowed(_spread(self._stages.candidates.sketches.rows), "doc")
        if name in STAGES:
            kept: Kept = getattr(self._stages, name)
            return self._narrowed(kept.rows, *(["doc"] if name == "families" else ["a", "b"]))
        if name in DESCENT:
            return self._stages.told(name).rows
        raise SchemaError(
            f"no table '{name}' lies on the cluster.",
            where="the trace",
            mend=f"ask for one of {', '.join(schema.name for schema in schemas.TABLES)}.",
        )

    def of(self, *families: str) -> SparkTrace:
        """Return the trace of some families alone, with all documents that stand in relations of reuse with theirs.

        Its trees, readings and changes are those of the whole; nothing is worked out for others.

        Raises
        ------
        MissingSource
            There is no family of some name.
        """
        from pyspark.sql import functions as f

        rows = self._stages.families.rows.where(f.col("family").isin(*families)).select("family").distinct().collect()
        if missing := set(families) - {row["family"] for row in rows}:
            raise MissingSource(
                f"there is no family {min(missing)!r}.",
                where="the trace",
                mend="take a name of the table: trace.dataframe('families').",
            )
        return SparkTrace(replace(self._stages, chosen=tuple(sorted(families))), self.about)

    def _narrowed(self, rows: DataFrame, *sides: str) -> DataFrame:
        if not self._stages.chosen:
            return rows
        for side in sides:
            rows = rows.join(self._stages.members.select(self._stages.members["doc"].alias(side)), side, "left_semi")
        return rows

    @property
    def place(self) -> str:
        """The folder of the tables."""
        return self._stages.work.path

    def counts(self) -> dict[str, int]:
        """Return how many documents, pairs, families and members of families there are."""
        families = self.dataframe("families")
        return {
            "documents": self.dataframe("documents").count(),
            "pairs": self.dataframe("pairs").count(),
            "families": families.select("family").distinct().count(),
            "members": families.count(),
        }

    def dataset(self, name: str) -> ds.Dataset:
        """Return a table to be scanned; it is brought to the driver whole."""
        return ds.dataset(self._read(name))

    def _read(self, name: str) -> pa.Table:
        if name in self._tables:
            return self._tables[name]
        if name in ("skipped", "notes"):
            return schemas.remarks(self._stages.remarks(), name)
        schema = schemas.BY_NAME[name].arrow
        table = self.dataframe(name).select(schema.names).toArrow()
        self._tables[name] = schemas.BY_NAME[name].check(inward(table.columns, schema))
        return self._tables[name]


def trace_collection(
    sources: Sequence[Any],
    words: Sequence[str],
    *,
    metadata: Any,
    base: pa.Table | None,
    options: Options,
    engine: SparkEngine,
    clock: Clock,
) -> SparkTrace:
    """Trace a collection on a cluster as far as its families; see :func:`stemmata.trace`.

    Parameters
    ----------
    words : sequence of str
        The command line that would do the same.
    base : pyarrow.Table, optional
        Texts that were given to everybody, with ``text``.
    """
    started = datetime.now(UTC)
    work = Work(engine.session, engine.place)
    with clock.stage("documents"):
        documents = read_collection(work, sources, metadata, options.documents)
    with clock.stage("statistics"):
        statistics = collect(work, documents, options.statistics)
    stages = Stages(work, documents, statistics, options, base)
    with clock.stage("fingerprints"):
        _ = stages.candidates.sketches
    for name in STAGES:
        with clock.stage(name):
            getattr(stages, name)
    about: dict[str, object] = {
        "version": __version__,
        "verb": "trace",
        "command": " ".join(["stemmata", *words]),
        "sources": [],
        "options": options.to_dict(),
        "started": started.isoformat(),
        "seconds": clock.seconds,
    }
    return SparkTrace(stages, about)


def _spread(sketches: DataFrame) -> DataFrame:
    from pyspark.sql import functions as f

    both = f.explode(f.arrays_zip("hashes", "positions")).alias("one")
    return sketches.select("doc", "view", both).select(
        "doc", "view", f.col("one.hashes").alias("hash"), f.col("one.positions").alias("position")
    )
