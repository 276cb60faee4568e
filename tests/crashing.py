"""Kill a process that changes a library at random moments, and look at what is left of it.

``python -m tests.crashing --moments 200`` says how many kills there were and in what they fell; it ends with 1 where
an acknowledged document was lost, one was there by half, ``check`` found a fault, or the library came out other than
without kills.
"""

from __future__ import annotations

import argparse
import itertools
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from stemmata import schemas
from stemmata.documents import Text
from stemmata.errors import MissingSource
from stemmata.library import Library

STEPS = 46
LONGEST = 1.0  # seconds from the first change of a process to its end


class Step(NamedTuple):
    """A change: what is done, and with which documents."""

    verb: str
    docs: tuple[str, ...]


def steps(count: int = STEPS) -> list[Step]:
    """Additions enough for files to be merged, twice over the same level; removals, traces, and all files as one."""
    listed = []
    for number in range(count):
        if number % 9 == 8:
            listed.append(Step("remove", (f"{number - 3}-1",)))
        elif number % 11 == 10:
            listed.append(Step("trace", ()))
        elif number % 20 == 19:
            listed.append(Step("compact", ()))
        else:
            listed.append(Step("add", tuple(f"{number}-{k}" for k in range(3))))
    return listed


def text(doc: str) -> Text:
    """A text of its own words for each step, a copy of it with some exchanged, and one that nobody copied."""
    number, _, kind = doc.partition("-")
    draw = random.Random(f"{number} {kind == '2'}")
    words = ["".join(draw.choices("abdeiklmnoprstu", k=draw.randint(3, 8))) for _ in range(90)]
    if kind == "1":
        words[10::20] = ["sooner", "or", "later", "again"]
    return Text(" ".join(words) + ".", doc=doc)


def take(library: Library, step: Step) -> None:
    """Make one change; one that was made before is left as it is."""
    if step.verb == "add":
        library.add([text(doc) for doc in step.docs])
    elif step.verb == "remove":
        with suppress(MissingSource):
            library.remove(step.docs)
    elif step.verb == "compact":
        library.compact()
    else:
        library.trace()


def work(path: str, first: int, count: int) -> None:
    """Make the changes from one on, and say which is done."""
    with tempfile.TemporaryDirectory() as elsewhere:  # kills are to fall in changes, not in the loading of kernels
        warm = Library(elsewhere + "/warm")
        take(warm, steps()[0])
        take(warm, Step("trace", ()))
    library = Library(path)
    print("ready", flush=True)
    for number, step in enumerate(steps(count)[first:], first):
        take(library, step)
        print("done", number, flush=True)


def expected(done: int) -> set[str]:
    """Return the documents that are there once so many changes were acknowledged."""
    there: set[str] = set()
    for step in steps()[:done]:
        if step.verb == "add":
            there |= set(step.docs)
        elif step.verb == "remove":
            there -= set(step.docs)
    return there


def faults(path: Path, done: int) -> Iterator[str]:
    """Yield what is wrong with a library of which so many changes were acknowledged, and the next may be made."""
    library = Library(path)
    if len(library):
        library.check()
    there = set(library.documents["doc"].to_pylist()) if len(library) else set()
    before, after = expected(done), expected(done + 1)
    if there not in (before, after):
        yield f"after change {done}: {sorted(before - there)} lost, {sorted(there - after)} strange"


def interrupted(path: Path, draw: random.Random, count: int) -> tuple[Counter[str], list[str]]:
    """Make all changes with kills between; return in what these fell, and what was wrong after them."""
    done, kills = 0, Counter[str]()
    found: list[str] = []
    while done < count:
        command = [sys.executable, "-m", "tests.crashing", "--work", str(path)]
        command += ["--first", str(done), "--changes", str(count)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            begun = process.stdout.readline()
            time.sleep(draw.uniform(0, LONGEST))
            process.send_signal(signal.SIGKILL)
            lines = [begun, *process.stdout.read().splitlines()]
        acknowledged = [int(line.split()[1]) for line in lines if line.startswith("done")]
        done = max([done, *(number + 1 for number in acknowledged)])
        if done < count:
            kills[steps()[done].verb] += 1
            found += faults(path, done)
    return kills, found


def tables(path: Path) -> dict[str, list[dict[str, object]]]:
    """Return all tables, as they are compared."""
    trace = Library(path).trace()
    return {name: getattr(trace, name).to_pylist() for name in schemas.BY_NAME if name != "fingerprints"}


def crash(folder: Path, moments: int, seed: int, count: int = STEPS) -> tuple[Counter[str], list[str]]:
    """Kill so many times, or a few more, and return in what, and what was wrong."""
    draw = random.Random(seed)
    library = Library(folder / "whole")
    for step in steps(count):
        take(library, step)
    whole = tables(folder / "whole")
    kills: Counter[str] = Counter()
    found: list[str] = []
    for number in itertools.count():
        path = folder / str(number)
        some, wrong = interrupted(path, draw, count)
        now = tables(path)
        kills += some
        found += [*wrong, *(f"{path.name}: table '{name}' is another" for name in whole if now[name] != whole[name])]
        if kills.total() >= moments:
            break
    return kills, found


def main() -> int:
    """Parse, kill, and say how it went."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--moments", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--changes", type=int, default=STEPS)
    parser.add_argument("--work", help=argparse.SUPPRESS)
    parser.add_argument("--first", type=int, default=0, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.work:
        work(asked.work, asked.first, asked.changes)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        kills, found = crash(Path(folder), asked.moments, asked.seed, asked.changes)
    print(f"{kills.total()} kills: {', '.join(f'{count} in {verb}' for verb, count in sorted(kills.items()))}")
    print("\n".join(found) or "nothing was lost, nothing is there by half, and all tables are as without kills")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
