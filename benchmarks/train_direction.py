"""Fit the weights of the reasons for a direction, and print how they do.

::

    python -m benchmarks.train_direction             out of fold, by kind of copy; then with whole kinds left out
    python -m benchmarks.train_direction --write     fit on everything, into src/stemmata/data/direction.json
    python -m benchmarks.train_direction --measure   first measure the figures anew, into benchmarks/direction.parquet

The figures of all pairs lie in ``benchmarks/direction.parquet``: to fit needs no texts, to measure needs the benchmark
data. Logistic loss, ridge .02, weights from 0, folds by family.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks import corpora
from benchmarks.directing import FITTED, Example, Matrix, align_sets, apart, chances, describe, fit, kind_of, named
from stemmata.direction.reasons import TEMPERATURE

WRITTEN = corpora.ROOT / "src" / "stemmata" / "data" / "direction.json"
MEASURED = corpora.ROOT / "benchmarks" / "direction.parquet"
KNOWN = ("corpus", "copy", "source", "fold", "habits")
TEMPERATURES = np.arange(0.8, 2.05, 0.1)


def main() -> None:
    """Measure, cross-validate and print, or fit and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--measure", action="store_true")
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args()
    if chosen.measure:
        if not corpora.DATA.is_dir():
            raise SystemExit(corpora.MISSING)
        keep([example for held in align_sets() for example in describe(held)])
    examples = measured()
    if chosen.write:
        about = {"fitted by": "benchmarks/train_direction.py", "pairs": len(examples)}
        fitted = {"weights": named(fit(examples)), "uncounted": named(fit(examples, counted=False))}
        text = json.dumps(about | fitted, indent=1)
        WRITTEN.write_text(f"{text}\n", "utf-8")
        return
    _report("out of fold", examples, apart(examples, lambda e: e.fold))
    left_out = apart(examples, kind_of)
    _report("without the kind", examples, left_out)
    losses = [_loss(examples, left_out, temperature) for temperature in TEMPERATURES]
    best = TEMPERATURES[int(np.argmin(losses))]
    print(f"\ntemperature: {best:.1f} is best without the kind, {TEMPERATURE} is used")
    for rule, weights in named(fit(examples)).items():
        print(f"  {rule:20} {weights}")


def keep(examples: Sequence[Example]) -> None:
    """Write the figures of examples."""
    columns: dict[str, Any] = {name: [getattr(e, name) for e in examples] for name in KNOWN}
    figures = np.array([e.figures for e in examples])
    columns |= {f"{rule} {gate}": figures[:, k].astype(np.float32) for k, (rule, gate) in enumerate(FITTED)}
    pq.write_table(pa.table(columns), MEASURED, compression="zstd", compression_level=19)


def measured() -> list[Example]:
    """Read the figures of examples."""
    table = pq.read_table(MEASURED)
    figures = np.column_stack([table[f"{rule} {gate}"].to_numpy().astype(float) for rule, gate in FITTED])
    rows = zip(*(table[name].to_pylist() for name in KNOWN), figures.tolist(), strict=True)
    return [Example(*row) for row in rows]


def _loss(examples: Sequence[Example], odds: Matrix, temperature: float) -> float:
    """Return the mean log loss, all kinds weighing the same."""
    losses = -np.log(chances(odds, temperature))
    kinds = np.array([kind_of(e) for e in examples])
    return float(np.mean([losses[kinds == kind].mean() for kind in np.unique(kinds)]))


def _report(title: str, examples: Sequence[Example], odds: Matrix) -> None:
    """Print how many pairs of each kind are decided, and how many of those are right."""
    print(f"\n{title}{'':28} pairs  >= .65  right   >= .9  right")
    chance = chances(odds)
    sure = np.maximum(chance, 1 - chance)
    corpus = np.array([e.corpus for e in examples])
    for name in corpora.DIRECTED:
        here = corpus == name
        cells = [f"{here.sum():5}"]
        for least in (0.65, 0.9):
            decided = here & (sure >= least)
            right = f"{(chance[decided] > 0.5).mean():.3f}" if decided.any() else "-"
            cells.append(f"{decided.sum() / here.sum():6.3f} {right:>6}")
        print(f"  {name:28} {'  '.join(cells)}")


if __name__ == "__main__":
    main()
