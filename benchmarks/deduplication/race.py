"""Stemmata beside other deduplicators: one machine, one run, one thread, each contender in processes of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

from benchmarks import corpora
from benchmarks.deduplication.contenders import CONTENDERS, missing
from benchmarks.deduplication.pile import pile
from benchmarks.measurement import Figures, Measurement, Table, count, share

ROUNDS = 2
DOCUMENT = 3_400  # bytes
ONE_THREAD = dict.fromkeys(
    (
        "MKL_NUM_THREADS",
        "NUMBA_NUM_THREADS",
        "OMP_NUM_THREADS",
        "OPENBLAS_NUM_THREADS",
        "POLARS_MAX_THREADS",
        "RAYON_NUM_THREADS",
    ),
    "1",
)
INSTALL = "pip install -e '.[peers]'"
OURS = ("stemmata, surface", "stemmata, default")


def race(
    documents: int, only: list[str] | None = None, pythons: dict[str, str] | None = None, rounds: int = ROUNDS
) -> Measurement:
    """Run every contender that is installed, all once, then all again; the round that cost it least counts.

    Parameters
    ----------
    documents : int
        Of the largest pile; slow contenders run on a part of it.
    only : list of str, optional
        Contenders; by default all.
    pythons : dict of str to str, optional
        The Python of another environment, for contenders that cannot live in this one.
    """
    pythons = pythons or {}
    chosen = [name for name in CONTENDERS if not only or name in only]
    absent = {name: missing(name) for name in chosen if name not in pythons}
    for name, reason in absent.items():
        if reason:
            print(f"{name} left out: {reason} ({INSTALL})", flush=True)
    chosen = [name for name in chosen if not absent.get(name)]
    for name in chosen:
        pile(documents // CONTENDERS[name].part)  # made here, so that no contender makes it
    runs: dict[str, list[dict[str, Any]]] = {name: [] for name in chosen}
    for number in range(rounds):
        for name in chosen:
            done = _in_a_process(name, documents // CONTENDERS[name].part, pythons.get(name, sys.executable))
            runs[name].append(done)
            print(f"round {number + 1}  {name:32} {_says(done)}", flush=True)
    best = {name: min(done, key=lambda one: float(one["seconds"])) for name, done in runs.items()}
    speeds = {name: one["MB"] / one["seconds"] for name, one in best.items()}
    figures: Figures = {}
    for name, speed in speeds.items():
        figures[f"{name}, MB/s"] = speed
        figures |= {f"{name}, times slower than {own}": speeds[own] / speed for own in OURS if own in speeds}
        figures |= {f"{name}, found {kind}": rate for kind, rate in best[name]["found"].items()}
    if "polars recipe, from Parquet" in speeds and "stemmata, surface, from Parquet" in speeds:
        figures["from Parquet, times polars"] = (
            speeds["stemmata, surface, from Parquet"] / speeds["polars recipe, from Parquet"]
        )
    largest = max((one for one in best.values()), key=lambda one: int(one["documents"]))
    return Measurement(
        title="Beside other deduplicators",
        corpus="gutenberg-throughput",
        part="books cut into documents of 3.4 kB, licences and all, with 8 % planted copies",
        sample=f"{count(largest['documents'])} documents, {largest['MB']:.0f} MB; slow tools on fewer, as listed",
        scorer=(
            f"texts in memory to families of copies; processor time, one thread, the better of {rounds} rounds;"
            f" imports, loading and a first run on 200 documents not counted; {os.uname().machine}, {_processor_name()}"
        ),
        tables=(_speeds(best, speeds), _recalls(best)),
        figures=figures,
    )


def _in_a_process(name: str, documents: int, python: str) -> dict[str, Any]:
    environment = os.environ | ONE_THREAD | {"STEMMATA_DATA": str(corpora.DATA)}
    words = [python, "-m", "benchmarks.deduplication.contenders", name, str(documents)]
    done = subprocess.run(words, capture_output=True, text=True, check=False, cwd=corpora.ROOT, env=environment)
    if done.returncode:
        raise SystemExit(f"{name} failed:\n{done.stderr[-3000:]}")
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def _says(done: dict[str, Any]) -> str:
    return (
        f"{done['MB']:6.1f} MB in {done['seconds']:7.2f} s ({done['wall']:.2f} s of wall time),"
        f" {done['MB'] / done['seconds']:7.1f} MB/s, {done['memory'] / 1e6:6.0f} MB, {done['pairs']:,} pairs"
    )


def _speeds(best: dict[str, dict[str, Any]], speeds: dict[str, float]) -> Table:
    rows = []
    for name, one in best.items():
        slower = [f"{speeds[own] / speeds[name]:.1f}" if own in speeds else "" for own in OURS]
        versions = ", ".join(f"{package} {number}" for package, number in one["versions"].items())
        rows.append(
            (
                name,
                f"{CONTENDERS[name].settings} ({versions})",
                count(one["documents"]),
                f"{speeds[name]:.1f}",
                count(round(one["documents"] / one["seconds"])),
                *slower,
                f"{one['memory'] / 1e9:.2f} GB",
            )
        )
    header = ("tool", "settings", "documents", "MB/s", "documents/s")
    slower_header = tuple(f"times slower than {own}" for own in OURS)
    return Table(header=(*header, *slower_header, "peak memory"), rows=tuple(rows))


def _recalls(best: dict[str, dict[str, Any]]) -> Table:
    kinds = list(next(iter(best.values()))["found"])
    rows = tuple((name, *(share(one["found"][kind]) for kind in kinds)) for name, one in best.items())
    return Table(
        header=("tool", *kinds), rows=rows, caption="Planted copies that stand in one family with their source:"
    )


def _processor_name() -> str:
    with open("/proc/cpuinfo") as stream:
        return next((line.partition(":")[2].strip() for line in stream if line.startswith("model name")), "")
