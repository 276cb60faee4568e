"""What came of damaged files, added up and printed."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from tests.fuzzing.inputs import make
from tests.fuzzing.seeds import READERS

KINDS = 6  # of reasons that are told for each reader


class Sum:
    """What came of all inputs."""

    def __init__(self, seed: int, kept: Path) -> None:
        self.seed, self.kept = seed, kept
        self.counts: dict[str, Counter[str]] = {"read": Counter(), "skipped": Counter(), "seconds": Counter()}
        self.reasons: dict[str, Counter[str]] = defaultdict(Counter)
        self.slowest: dict[str, tuple[float, int]] = {}
        self.largest = (0, 0)
        self.findings = 0

    def add(self, told: dict[str, Any]) -> None:
        """Add what came of a batch, and tell its findings."""
        for name, counts in self.counts.items():
            counts.update(told.get(name, {}))
        for reader, reasons in told.get("reasons", {}).items():
            self.reasons[reader].update(reasons)
        for reader, slow in told.get("slowest", {}).items():
            self.slowest[reader] = max(self.slowest.get(reader, (0, 0)), tuple(slow))
        self.largest = max(self.largest, tuple(told.get("largest", (0, 0))))
        for kind in ("findings", "ended"):
            for number, what in told.get(kind, ()):
                self._tell(number, what, kind)

    def _tell(self, number: int, what: str, kind: str) -> None:
        self.findings += kind == "findings"
        one = make(self.seed, number)
        self.kept.mkdir(parents=True, exist_ok=True)
        path = self.kept / f"{self.seed}-{number}{one.suffix}"
        path.write_bytes(one.data)
        said = "FINDING" if kind == "findings" else "ended by a limit"
        print(f"{said}: {one.reader}, {what}")
        print(f"  python -m tests.fuzzing --seed {self.seed} --first {number} --inputs 1   ({path})")

    def say(self, seconds: float) -> None:
        """Print what came of all."""
        total = sum(self.counts["read"].values()) + sum(self.counts["skipped"].values())
        for reader in READERS:
            read, skipped, took = (self.counts[name][reader] for name in ("read", "skipped", "seconds"))
            if read or skipped:
                slow, number = self.slowest.get(reader, (0, 0))
                each = 1_000 * took / (read + skipped)
                counts = f"{read:7,} read {skipped:7,} skipped"
                print(f"{reader:9} {counts} {each:6.1f} ms each, {slow:.2f} s at most ({number})")
                for reason, count in self.reasons[reader].most_common(KINDS):
                    print(f"          {count:7,} {reason}")
        peak, number = self.largest
        rate = f"{total:,} inputs in {seconds:,.0f} s, {total / seconds:,.0f} a second"
        print(f"{rate}; most memory {peak >> 20} MiB ({number})")
        print(f"{self.findings:,} findings" if self.findings else "no findings")
