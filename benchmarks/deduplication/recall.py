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
from stemmata.fingerprints import fingerprint
from stemmata.pairs import PairOptions, find_pairs

VIEWS = {"surface alone": SURFACE, "both views": DEFAULT}
NO_CAP = 10**9
CANDIDATES = PairOptions(verified=1)
VERIFIED = PairOptions()
ENGINE = LocalEngine(workers=1)


def recall(documents: int) -> Measurement:
    """Count the planted pairs that are found, among candidates and after verification, and families with and without a cap."""
    result = in_a_process("recall", str(documents))
    figures: Figures = result["figures"]
    rows = [
        (f"{views}, {step}", *(share(figures[f"{views}, {step}, {kind}"]) for kind in KINDS))
        for views in VIEWS
        for step in ("candidates", "verified")
    ]
    capped = [
        (views, *(count(int(figures[f"{views}, {name}"])) for name in ("families", "families without a cap")))
        + (share(figures[f"{views}, merges kept"]),)
        for views in VIEWS
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
                header=("views", "families", "without a cap", "merges kept"),
                rows=tuple(capped),
                caption="Documents less families are the merges; those that the cap of 50 documents a k-gram keeps:",
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
    for views, options in VIEWS.items():
        families = {}
        for name, cap in (("families", None), ("families without a cap", NO_CAP)):
            fingerprints = fingerprint(table, capped(cap), options=options, engine=ENGINE)
            pairs = find_pairs(table, fingerprints, capped(cap), options=VERIFIED, engine=ENGINE)
            members = join(documents, *indices(table, pairs))
            families[name] = len(np.unique(members))
            if cap is None:
                candidates = find_pairs(table, fingerprints, options=CANDIDATES, engine=ENGINE)
                for step, met in (("candidates", candidates), ("verified", pairs)):
                    rates = found_pairs(made, table, met, members)
                    figures |= {f"{views}, {step}, {kind}": rate for kind, rate in rates.items()}
        figures |= {f"{views}, {name}": float(number) for name, number in families.items()}
        merges = [documents - families[name] for name in families]
        figures[f"{views}, merges kept"] = merges[0] / merges[1]
    return {"figures": figures, "planted": pq.read_metadata(made.truth).num_rows}


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
