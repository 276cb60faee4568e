"""The statistics of a collection on a cluster: of all of it, or of as much as one machine counts."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pyarrow as pa

from stemmata import schemas
from stemmata.crawl.columns import inward, outward, portable, spark_schema
from stemmata.crawl.piles import Rows, each
from stemmata.crawl.work import Kept, Work
from stemmata.engines import LocalEngine
from stemmata.sampling import drawn, text_hashes
from stemmata.statistics import StatisticsOptions, collect_statistics, of_sample

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

ENOUGH = 400_000_000  # bytes of text that the driver counts
TEXTS = schemas.DOCUMENTS.only("doc", "text", "language", "site").arrow


def collect(work: Work, documents: Kept, options: StatisticsOptions) -> pa.Table:
    """Return ``schemas.STATISTICS``.

    Above some 400 MB of text they are those of a sample, which texts' own hashes draw: the same whatever the order.
    """
    kept = work.keep("statistics", lambda: _counted(documents.rows, options), documents, options)
    schema = schemas.STATISTICS.arrow
    return schemas.STATISTICS.check(inward(kept.rows.select(schema.names).toArrow().columns, schema))


def _counted(documents: DataFrame, options: StatisticsOptions) -> DataFrame:
    from pyspark.sql import functions as f

    size = documents.agg(f.count("*"), f.sum(f.octet_length("text"))).first()
    count, held = (size[0], size[1] or 0) if size else (0, 0)
    share = min(1.0, ENOUGH / max(1, held))
    some = each(partial(_draw, share=share), Rows(documents, TEXTS), TEXTS).select(TEXTS.names).toArrow()
    texts = inward(some.columns, TEXTS)
    found = of_sample(collect_statistics(texts, options=options, engine=LocalEngine()), count, share)
    schema = found.schema
    return documents.sparkSession.createDataFrame(outward(found, portable(schema)), spark_schema(schema)).coalesce(1)


def _draw(documents: pa.Table, *, share: float) -> pa.Table:
    return documents.filter(pa.array(drawn(text_hashes(documents.column("text")), share)))
