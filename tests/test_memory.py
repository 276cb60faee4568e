"""Larger than memory: what a pile takes under a budget, measured."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

SIZE = 80_000_000  # bytes of texts
SMALL = 3_000_000  # enough to be read in pieces, as the large pile is
PROGRAM = """
import sys, threading, time
import pyarrow as pa, pyarrow.compute as pc
from stemmata.documents import DocumentOptions, read_documents
from stemmata.engines import LocalEngine

def held():
    lines = open("/proc/self/status").read().splitlines()
    return 1024 * int(next(line for line in lines if line.startswith("RssAnon")).split()[1])

def watch():
    global peak
    while True:
        peak = max(peak, held())
        time.sleep(0.005)

def shout(part):
    return part.set_column(1, "text", pc.utf8_upper(part["text"]))

small, large, memory = sys.argv[1:]
options = DocumentOptions(language="en")
engine = LocalEngine(workers=2, memory=memory or None)
shout(read_documents(small, options=options))  # loads what is loaded once
start = peak = held()
threading.Thread(target=watch, daemon=True).start()
documents = read_documents(large, options=options, engine=engine)
loud = engine.map(shout, documents)
assert documents.num_rows == loud.num_rows > 10_000
assert loud["text"][-1].as_py().endswith(" LAST")
print(peak - start)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="asks Linux what a process takes")
def test_under_a_budget_a_pile_and_its_copy_take_less_than_the_pile(tmp_path: Path) -> None:
    """Without one both are held: more than twice its size."""
    sentence = "The council met on Thursday and voted to close the swimming baths at the end of June. " * 40
    for name, size in (("large", SIZE), ("small", SMALL)):
        rows = size // len(sentence)
        with (tmp_path / f"{name}.jsonl").open("w") as file:
            for n in range(rows):
                text = f"{n} {sentence}{'last' if n == rows - 1 else ''}"
                file.write(json.dumps({"id": f"{n:07}", "text": text}) + "\n")
    taken = {}
    for memory in ("100MB", ""):
        called = [sys.executable, "-c", PROGRAM, *map(str, sorted(tmp_path.glob("*.jsonl"), reverse=True)), memory]
        done = subprocess.run(called, capture_output=True, text=True, check=False)
        assert not done.returncode, done.stderr
        taken[memory] = int(done.stdout)
    assert taken["100MB"] < SIZE < 2 * SIZE < taken[""]
