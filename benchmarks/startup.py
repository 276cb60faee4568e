"""How long a first verdict takes: cold (kernels compile) and warm, as whole processes.

::

    python -m benchmarks.startup            five warm runs and one cold, on the sample pair
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence

from benchmarks.corpora import ROOT

PAIR = [str(ROOT / "examples" / name) for name in ("ferry.txt", "ferry-spun.txt")]


def main(arguments: Sequence[str] | None = None) -> int:
    """Time the processes and print seconds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("pair", nargs="*", default=PAIR, help="two documents; by default the sample pair")
    chosen = parser.parse_args(arguments)
    compare = ["compare", *chosen.pair]
    with tempfile.TemporaryDirectory() as cache:
        cold = _seconds(compare, cache)
        warm = [_seconds(compare, cache) for _ in range(chosen.runs)]
        helped = [_seconds(["--help"], cache) for _ in range(chosen.runs)]
    print(f"cold verdict   {cold:6.2f} s")
    print(f"warm verdict   {min(warm):6.2f} s best, {statistics.median(warm):.2f} s median")
    print(f"--help         {1000 * min(helped):6.0f} ms best, {1000 * statistics.median(helped):.0f} ms median")
    return 0


def _seconds(words: list[str], cache: str) -> float:
    begun = time.perf_counter()
    environment = {k: v for k, v in os.environ.items() if k != "NUMBA_CACHE_DIR"} | {"XDG_CACHE_HOME": cache}
    subprocess.run([sys.executable, "-m", "stemmata", *words], check=True, capture_output=True, env=environment)
    return time.perf_counter() - begun


if __name__ == "__main__":
    raise SystemExit(main())
