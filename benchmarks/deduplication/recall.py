"""Which planted copies are found, what the cap costs, and whether the real pair stands out among ninety thousand.

::

    python -m benchmarks.deduplication.recall 30000

prints the rates on a pile of so many documents, as JSON.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from benchmarks import corpora
from benchmarks.deduplication.contenders import join
from benchmarks.deduplication.ours import DEFAULT, SURFACE, indices
from benchmarks.deduplication.pile import EXACT, KINDS, Pile, pile
from benchmarks.deduplication.processes import in_a_process
from benchmarks.measurement import Figures, Measurement, Table, count, share
from stemmata import schemas
from stemmata.engines import LocalEngine
from stemmata.fingerprints import FingerprintOptions, fingerprint
from stemmata.pairs import PairOptions, find_pairs

VIEWS = {"surface alone": SURFACE, "both views": DEFAULT}
UNCAPPED = "surface alone, without a cap"
NO_CAP = 10**9
CANDIDATES = PairOptions(verified=1)
VERIFIED = PairOptions()
ENGINE = LocalEngine(workers=1)


def recall(documents: int) -> Measurement:
    """Count the planted pairs that are found, and what the cap on documents with a k-gram costs families."""
    result = in_a_process("recall", str(documents))
    figures: Figures = result["figures"]
    rows = [
        (f"{views}, {step}", *(share(figures[f"{views}, {step}, {kind}"]) for kind in KINDS))
        for views in VIEWS
        for step in ("candidates", "verified")
    ]
    kept = [
        (name, count(int(figures[f"{name}, families"])), share(figures[f"{name}, merges kept"], 4))
        for name in (*VIEWS, UNCAPPED)
    ]
    return Measurement(
        title="Planted copies found",
        corpus="gutenberg-throughput",
        part="books cut into documents of 3.4 kB, licences and all, with 8 % planted copies",
        sample=f"{count(documents)} documents, {count(result['planted'])} planted copies",
        scorer="share of planted pairs among the pairs of `find_pairs`, exact copies in one family with their source",
        tables=(
            Table(header=("pairs", *KINDS), rows=tuple(rows)),
            Table(
                header=("families by", "families", "merges kept"),
                rows=tuple(kept),
                caption=(
                    "What links past the cap (50 documents a k-gram) cost families; a document by itself is one, too."
                    " Kept of the merges of all words without a cap:"
                ),
            ),
        ),
        figures=figures,
    )


def seeds(documents: int) -> Measurement:
    """Look for the real pair, an article and its spun copy, among documents that have nothing to do with it."""
    result = in_a_process("recall", str(documents), "seeds")
    rows = tuple((what, count(int(number))) for what, number in result["figures"].items())
    return Measurement(
        title="The real pair in a large pile",
        corpus="the real pair and gutenberg-throughput",
        part="books cut into documents of 3.4 kB",
        sample=f"{count(documents)} documents and the two",
        scorer="pairs of `find_pairs`, options by default",
        tables=(Table(header=("pairs", "number"), rows=rows),),
        figures=result["figures"],
    )


def measure_recall(documents: int) -> dict[str, Any]:
    """Measure in this process."""
    made = pile(documents)
    table = made.read()
    figures: Figures = {}
    families = {UNCAPPED: join(documents, *indices(table, find(table, SURFACE, NO_CAP)[1]))}
    for views, options in VIEWS.items():
        fingerprints, pairs = find(table, options, None)
        members = families[views] = join(documents, *indices(table, pairs))
        candidates = find_pairs(table, fingerprints, options=CANDIDATES, engine=ENGINE)
        for step, met in (("candidates", candidates), ("verified", pairs)):
            rates = found_pairs(made, table, met, members)
            figures |= {f"{views}, {step}, {kind}": rate for kind, rate in rates.items()}
    for name, members in families.items():
        figures[f"{name}, families"] = float(len(np.unique(members)))
        figures[f"{name}, merges kept"] = merges_kept(families[UNCAPPED], members)
    return {"figures": figures, "planted": pq.read_metadata(made.truth).num_rows}


def find(table: pa.Table, options: FingerprintOptions, cap: int | None) -> tuple[pa.Table, pa.Table]:
    """Return the fingerprints and the pairs of a pile, by default or with a cap of one's own."""
    statistics = capped(cap)
    fingerprints = fingerprint(table, statistics, options=options, engine=ENGINE)
    return fingerprints, find_pairs(table, fingerprints, statistics, options=VERIFIED, engine=ENGINE)


def merges_kept(complete: NDArray[np.int64], members: NDArray[np.int64]) -> float:
    """Return the share of the joins of ``complete`` families that others hold; each member but one is a join."""
    pieces = len(np.unique(complete * len(members) + members))
    return (len(members) - pieces) / (len(members) - len(np.unique(complete)))


def found_pairs(made: Pile, table: pa.Table, pairs: pa.Table, members: NDArray[np.int64]) -> Figures:
    """Return the share of planted pairs that are among ``pairs``, by kind; exact copies by their families."""
    docs, truth = table.column("doc").combine_chunks(), pq.read_table(made.truth)
    size = table.num_rows
    one, other = (pc.index_in(truth.column(side), docs).to_numpy().astype(np.int64) for side in ("source", "copy"))
    a, b = indices(table, pairs)
    wanted, met = (np.minimum(x, y) * size + np.maximum(x, y) for x, y in ((one, other), (a, b)))
    kinds = np.array(truth.column("kind").to_pylist())
    found = np.where(kinds == EXACT, members[one] == members[other], np.isin(wanted, met))
    return {kind: float(np.mean(found[kinds == kind])) for kind in KINDS}


def measure_seeds(documents: int) -> dict[str, Any]:
    """Measure in this process."""
    texts = {path.stem: path.read_bytes().decode() for path in sorted(corpora.SEEDS.glob("*.txt"))}
    columns = [list(texts), list(texts.values()), ["en"] * len(texts)]
    table = pile(documents).read()
    real = pa.table([pa.array(c, f.type) for c, f in zip(columns, table.schema, strict=True)], schema=table.schema)
    both = pa.concat_tables([table, real]).combine_chunks()
    pairs = find_pairs(both, fingerprint(both, engine=ENGINE), engine=ENGINE)
    ours = [pc.is_in(pairs.column(side), pa.array(list(texts))).to_numpy() for side in "ab"]
    together = int(np.count_nonzero(ours[0] & ours[1]))
    others = int(np.count_nonzero(ours[0] ^ ours[1]))
    return {"figures": {"of the two with each other": float(together), "of one of them with another": float(others)}}


def capped(cap: int | None) -> pa.Table | None:
    """Return statistics that say nothing but the cap; without one, none."""
    if cap is None:
        return None
    return schemas.STATISTICS.table([{"fact": "cap", "language": "", "word": "", "value": float(cap)}])


if __name__ == "__main__":
    measure = measure_seeds if sys.argv[2:] == ["seeds"] else measure_recall
    print(json.dumps(measure(int(sys.argv[1]))))
