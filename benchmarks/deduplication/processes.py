"""Measurements in processes of their own, on one thread, one after another."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks import corpora

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


def in_a_process(
    module: str, *words: str, python: str | None = None, before: Callable[[], None] | None = None
) -> dict[str, Any]:
    """Run a module of this package by a Python, this one by default, and return the JSON of its last line.

    ``before`` is called in the new process before the module is run.

    Raises
    ------
    SystemExit
        It failed.
    """
    command = [python or sys.executable, "-m", f"benchmarks.deduplication.{module}", *words]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        cwd=corpora.ROOT,
        env=os.environ | ONE_THREAD | {"STEMMATA_DATA": str(corpora.DATA)},
        preexec_fn=before,
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(words)} failed:\n{done.stderr[-3000:]}")
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def processor_seconds() -> float:
    """Return the seconds of the processor that this process and its children have used, in all threads."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def peak_memory() -> int:
    """Return the most memory that this process has held, in bytes; what ``resource`` says is its parent's too."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return 1024 * next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))


def processor_name() -> str:
    """Return what this machine's processor is called."""
    with open("/proc/cpuinfo") as stream:
        return next((line.partition(":")[2].strip() for line in stream if line.startswith("model name")), "")
