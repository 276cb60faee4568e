"""Read damaged files by the hundred thousand, and tell what came of them; see :mod:`tests.fuzzing`.

``python -m tests.fuzzing --inputs 200000`` ends with 1 where one ended the run, took too long or too much memory, came
to nothing without a reason, or to rows that are not as they should be. Each such input is kept in a file, and told
with the command that makes it again.
"""

from __future__ import annotations

import argparse
import faulthandler
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Timer
from typing import Any

from stemmata.readers.isolation import reading
from tests.fuzzing.inputs import Input, make
from tests.fuzzing.reading import SECONDS, TIMES, Reading
from tests.fuzzing.seeds import READERS
from tests.fuzzing.telling import Sum

BATCH = 128
PATIENCE_SECONDS = SECONDS * TIMES + 60  # without a word from the process that reads; then it hangs


def numbers(first: int, count: int, readers: Sequence[str]) -> list[int]:
    """Return the next inputs that are for some readers, from one on."""
    found = (number for number in range(first, sys.maxsize) if READERS[number % len(READERS)] in readers)
    return [number for number, _ in zip(found, range(count), strict=False)]


def work(seed: int, wanted: Sequence[int]) -> None:
    """Read inputs, and say which is next, and what came of each batch."""
    faulthandler.enable()
    with tempfile.TemporaryDirectory() as folder, reading():
        os.chdir(folder)
        ours = Reading(lambda number: print(json.dumps({"at": number}), flush=True))
        for begin in range(0, len(wanted), BATCH):
            batch = wanted[begin : begin + BATCH]
            ours.read([make(seed, number) for number in batch])
            print(json.dumps({"done": batch[-1], "told": vars(ours.told)}), flush=True)
            ours.told = type(ours.told)()
        os.chdir("/")


def watch(seed: int, wanted: list[int], until: float) -> Iterator[dict[str, Any]]:
    """Have inputs read in another process, and yield what came of each batch; one that ends it is a finding."""
    while wanted and time.monotonic() < until:
        command = [sys.executable, "-m", "tests.fuzzing", "--work", "--seed", str(seed)]
        at, done = -1, -1
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(json.dumps(wanted))
            process.stdin.close()
            timer = Timer(PATIENCE_SECONDS, process.kill)
            timer.start()
            for line in process.stdout:
                timer.cancel()
                said = json.loads(line)
                at = said.get("at", at)
                if "done" in said:
                    done = said["done"]
                    yield said["told"]
                    if time.monotonic() > until:
                        process.kill()
                        break
                timer = Timer(PATIENCE_SECONDS, process.kill)
                timer.start()
            timer.cancel()
        wanted = wanted[wanted.index(done) + 1 :] if done in wanted else wanted
        if wanted and time.monotonic() < until:
            if at not in wanted:
                raise SystemExit(f"the process that reads ends with {process.returncode} before it reads")
            yield {"findings": [(at, f"the process that reads it ends with {process.returncode}")]}
            wanted = [number for number in wanted if number != at]


def read_one(path: Path) -> list[dict[str, Any]]:
    """Read one file, and return what came of it."""
    data = path.read_bytes()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        ours = Reading(lambda _: None)
        ours.read([Input(0, "plain", path.suffix, data)])
        os.chdir("/")
    return [vars(ours.told)]


def main() -> int:
    """Parse, watch, and say how it went."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=2_000, help="how many")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--first", type=int, default=0, help="the number of the first")
    parser.add_argument(
        "--reader", choices=READERS, action="append", help="only of this one; may be given several times"
    )
    parser.add_argument("--seconds", type=float, default=float("inf"), help="stop after so many")
    parser.add_argument("--one", type=Path, help="a file that is read instead")
    parser.add_argument(
        "--keep", type=Path, default=Path(tempfile.gettempdir()) / "fuzzing", help="a folder for inputs that are told"
    )
    parser.add_argument("--work", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.work:
        work(asked.seed, json.load(sys.stdin))
        return 0
    begun = time.monotonic()
    if asked.one:
        (told,) = read_one(asked.one)
        print(json.dumps(told, indent=1))
        return 1 if told["findings"] else 0
    total = Sum(asked.seed, asked.keep)
    for told in watch(asked.seed, numbers(asked.first, asked.inputs, asked.reader or READERS), begun + asked.seconds):
        total.add(told)
    total.say(time.monotonic() - begun)
    return 1 if total.findings else 0


if __name__ == "__main__":
    sys.exit(main())
