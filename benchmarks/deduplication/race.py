"""Stemmata beside other deduplicators: one machine, one run, one thread, each contender in processes of its own."""

from __future__ import annotations

import os
from typing import Any

from benchmarks.deduplication import ceiling
from benchmarks.deduplication.contenders import CONTENDERS, missing
from benchmarks.deduplication.pile import pile
from benchmarks.deduplication.processes import in_a_process, processor_name
from benchmarks.measurement import Figures, Measurement, Table, count, share

ROUNDS = 3
DOCUMENT = 3_400  # bytes
INSTALL = "pip install -e '.[peers]'"
OURS = ("stemmata, estimated", "stemmata, surface", "stemmata, default")


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
            size = documents // CONTENDERS[name].part
            done = in_a_process("contenders", name, str(size), python=pythons.get(name))
            runs[name].append(done)
            print(f"round {number + 1}  {name:32} {_says(done)}", flush=True)
    best = {name: min(done, key=lambda one: float(one["seconds"])) for name, done in runs.items()}
    speeds = {name: one["MB"] / one["seconds"] for name, one in best.items()}
    figures: Figures = {}
    for name, speed in speeds.items():
        figures[f"{name}, MB/s"] = speed
        figures |= {f"{name}, times slower than {own}": speeds[own] / speed for own in OURS if own in speeds}
        figures |= {f"{name}, found {kind}": rate for kind, rate in best[name]["found"].items()}
    if "polars recipe, from Parquet" in speeds and "stemmata, estimated, from Parquet" in speeds:
        figures["from Parquet, times polars"] = (
            speeds["stemmata, estimated, from Parquet"] / speeds["polars recipe, from Parquet"]
        )
    tables = [_speeds(best, speeds), _recalls(best)]
    if reason := ceiling.unavailable():
        print(f"the limit of C left out: {reason}", flush=True)
    elif OURS[0] in speeds:
        limits = ceiling.limit(documents)
        figures |= {f"C, {stage}, MB/s": speed for stage, speed in limits.items()}
        figures["share of the limit of C"] = speeds[OURS[0]] / limits["both"]
        tables.append(_limits(limits, speeds[OURS[0]]))
    largest = max((one for one in best.values()), key=lambda one: int(one["documents"]))
    return Measurement(
        title="Beside other deduplicators",
        corpus="gutenberg-throughput",
        part="books cut into documents of 3.4 kB, licences and all, with 8 % planted copies",
        sample=f"{count(largest['documents'])} documents, {largest['MB']:.0f} MB; slow tools on fewer, as listed",
        scorer=(
            f"texts in memory to families of copies; processor time, one thread, the better of {rounds} rounds;"
            f" imports, loading and a first run on 200 documents not counted; {os.uname().machine}, {processor_name()}"
        ),
        tables=tuple(tables),
        figures=figures,
    )


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


def _limits(limits: dict[str, float], speed: float) -> Table:
    vectors = "AVX-512" if ceiling.wide() else "AVX2"
    names = {
        "tok-simd": f"words found {64 if ceiling.wide() else 32} bytes at a time ({vectors}) and hashed",
        "shingle5-fold": "their hashes folded by fives",
        "both": "one after the other: the limit",
    }
    rows = [(names[stage], f"{limit:.0f}", f"{speed / limit:.2f}") for stage, limit in limits.items()]
    return Table(
        header=("a C program, the same texts", "MB/s", f"share that {OURS[0]} reaches"),
        rows=tuple(rows),
        caption="Beside a C program that keeps no positions, joins nothing and knows ASCII only:",
    )
