"""How long a pair takes: on PAN13, on books from 10 kB to 1 MB, and to list what articles of 1,000 words changed.

::

    python -m benchmarks.speed                      all; some minutes
    python -m benchmarks.speed --only pairs         the pairs of PAN13
    python -m benchmarks.speed --only listing       what copies of 1,000 words changed
    python -m benchmarks.speed --write              all, and the tables put into docs/quality.md

Figures depend on the machine, which must run Linux. Each book is measured in a process of its own, after a short pair
has loaded the kernels; memory is what the process needs beyond what it held by then.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from benchmarks import corpora
from benchmarks.corpora import Pair, read_jsonl
from benchmarks.measurement import Figures, Measurement, Table, count
from benchmarks.relating import PAIRS, documents_in, documents_of, pairs_of
from benchmarks.writing import write
from stemmata.alignments import align
from stemmata.changes import list_changes
from stemmata.directions import find_directions
from stemmata.relations import classify

SIZES = (10_000, 30_000, 100_000, 300_000, 1_000_000)  # characters
SEED = 7
REPLACED = 50  # every so many words, one
ROUNDS = 3  # the fastest counts
HEAD = 20_000  # characters left out: every book begins with the same licence
SHORT = 5_000  # characters of the pair before, which compiles
ARTICLES, ARTICLE = 40, 1_000  # articles, and words of each
EDITS = (10, 30, 60)  # words of an article that are exchanged
LISTINGS = 7  # rounds of listing changes
MACHINE = f"{os.cpu_count()} cores, {platform.machine()}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print and, where asked, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", choices=list(MEASUREMENTS), default=list(MEASUREMENTS))
    parser.add_argument("--write", action="store_true", help="put the tables into docs/quality.md")
    parser.add_argument("--pair", action="store_true", help="measure the two texts given as JSON on standard input")
    chosen = parser.parse_args(arguments)
    if chosen.pair:
        print(json.dumps(measure_pair(json.load(sys.stdin))))
        return 0
    if not corpora.DATA.is_dir():
        raise SystemExit(corpora.MISSING)
    for name in chosen.only:
        measurement = MEASUREMENTS[name]()
        print(f"\n{name}: {measurement.title}, {measurement.sample}")
        for table in measurement.tables:
            print(table.markdown())
        if chosen.write:
            write({name: measurement}, "benchmarks.speed")
    return 0


def pairs() -> Measurement:
    """Time all pairs of PAN13's test part in one call of ``align``, which prepares the texts itself."""
    texts, listed = corpora.pan13("test")
    labelled = [Pair(p.copy, p.source, "") for p in listed]
    documents, table = documents_in(texts, labelled), pairs_of(labelled)
    align(documents, table.slice(0, 50))
    seconds, processor = zip(*(_timed(lambda: align(documents, table)) for _ in range(ROUNDS)), strict=True)
    figures = {
        "ms a pair, all cores": 1000 * min(seconds) / len(listed),
        "ms a pair, processor time": 1000 * min(processor) / len(listed),
    }
    characters = sum(len(texts[p.copy]) + len(texts[p.source]) for p in listed) / len(listed)
    return Measurement(
        title="A pair of PAN13, both texts prepared",
        corpus="PAN 2013 text alignment",
        part="part `test`",
        sample=f"{count(len(listed))} pairs of {count(round(characters))} characters on average, both texts together",
        scorer=f"fastest of {ROUNDS} rounds after a first call; {MACHINE}",
        tables=(Table(header=("figure", "value"), rows=tuple((k, f"{v:.2f}") for k, v in figures.items())),),
        figures=figures,
    )


def listing() -> Measurement:
    """Time ``list_changes`` on copies of articles with words exchanged, and on spun copies of the same length."""
    kinds = {f"{edits} words exchanged": _exchanged(edits) for edits in EDITS} | {"spun": _spun()}
    figures: Figures = {}
    rows = []
    for kind, copies in kinds.items():
        found = _listed(copies)
        figures |= {f"{kind}, {name}": value for name, value in found.items()}
        rows.append((kind, *(f"{value:.1f}" for value in found.values())))
    return Measurement(
        title="What the copy changed, listed",
        corpus="spun-news",
        part=f"originals and spun copies of about {count(ARTICLE)} words",
        sample=f"up to {ARTICLES} pairs of a kind",
        scorer=f"``list_changes`` alone, all pairs in one call, fastest of {LISTINGS} rounds after a first; {MACHINE}",
        tables=(Table(header=("copies", *found), rows=tuple(rows)),),
        figures=figures,
    )


def _listed(copies: list[tuple[str, str]]) -> Figures:
    """Time ``list_changes`` on pairs of a copy and its source."""
    names = [f"{k:02}" for k in range(len(copies))]
    sides = {f"{k}c": copy for k, (copy, _) in zip(names, copies, strict=True)}
    sides |= {f"{k}s": source for k, (_, source) in zip(names, copies, strict=True)}
    documents = documents_of(sides)
    table = pa.Table.from_pylist([{"a": f"{k}c", "b": f"{k}s", "copy": "a"} for k in names], schema=PAIRS)
    alignments = align(documents, table)
    directions = find_directions(documents, table, alignments, classify(documents, table, alignments))
    rows = list_changes(documents, alignments, directions).num_rows
    rounds = [_timed(lambda: list_changes(documents, alignments, directions)) for _ in range(LISTINGS)]
    seconds, processor = zip(*rounds, strict=True)
    return {
        "ms a pair, all cores": 1000 * min(seconds) / len(names),
        "ms a pair, processor time": 1000 * min(processor) / len(names),
        "changes a pair": rows / len(names),
    }


def _exchanged(edits: int) -> list[tuple[str, str]]:
    """Return copies of long releases with words exchanged for others of the collection, and the releases."""
    draw = random.Random(SEED)
    texts = [r["text"] for r in corpora.spun_rows() if r["kind"] == "original" and _long(r)][:ARTICLES]
    words = [word for text in texts for word in text.split() if word.isalpha()]
    copies = []
    for text in texts:
        parts = text.split(" ")
        for at in draw.sample(range(len(parts)), edits):
            parts[at] = draw.choice(words)
        copies.append((" ".join(parts), text))
    return copies


def _spun() -> list[tuple[str, str]]:
    """Return long spun copies and their sources."""
    rows = corpora.spun_rows()
    texts = {r["id"]: r["text"] for r in rows}
    spun = [r for r in rows if r["kind"] == "spun" and r["source_id"] in texts and _long(r)][:ARTICLES]
    return [(r["text"], texts[r["source_id"]]) for r in spun]


def _long(row: dict[str, Any]) -> bool:
    return 0.9 * ARTICLE <= len(row["text"].split()) <= 1.2 * ARTICLE


def books() -> Measurement:
    """Time a book against an edited copy of itself and against another book, by length."""
    figures: Figures = {}
    rows = []
    first, other = long_books(HEAD + max(SIZES))
    for size in SIZES:
        source, stranger = (text[HEAD : HEAD + size] for text in (first, other))
        row = [f"{count(size // 1000)} kB"]
        for kind, copy in (("edited copy", edited(source, stranger)), ("other book", stranger)):
            found = _in_a_process({"copy": copy, "source": source})
            figures |= {f"{kind}, {size // 1000} kB, {name}": value for name, value in found.items()}
            row += [f"{found['seconds']:.2f} s", f"{found['MB']:.0f} MB", count(int(found["passages"]))]
        rows.append(tuple(row))
    columns = ("edited copy", "memory", "passages", "other book", "memory", "passages")
    return Measurement(
        title="Growth with length",
        corpus="Project Gutenberg books",
        part="the first two that are long enough",
        sample="a book cut to a length and a copy with words replaced, a paragraph moved, foreign ones put in; another",
        scorer=f"a process for each pair, after a first short one; {MACHINE}",
        tables=(Table(header=("length of each text", *columns), rows=tuple(rows)),),
        figures=figures,
    )


def long_books(size: int) -> list[str]:
    """Return the first two books, of different authors, that hold so many characters."""
    rows = read_jsonl(corpora.DATA / "gutenberg-throughput" / "books.jsonl.zst")
    first = next(row for row in rows if len(row["text"]) >= size)
    other = next(row for row in rows if len(row["text"]) >= size and row["author"] != first["author"])
    return [first["text"], other["text"]]


def _in_a_process(texts: dict[str, str]) -> Figures:
    words = [sys.executable, "-m", "benchmarks.speed", "--pair"]
    done = subprocess.run(words, input=json.dumps(texts), check=True, capture_output=True, text=True, cwd=corpora.ROOT)
    figures: Figures = json.loads(done.stdout)
    return figures


def measure_pair(texts: dict[str, str]) -> Figures:
    """Align two texts in this process; memory is the peak beyond what a short pair before left."""
    table = pa.Table.from_pylist([{"a": "copy", "b": "source", "copy": None}], schema=PAIRS)
    align(documents_of({name: text[:SHORT] for name, text in texts.items()}), table)
    Path("/proc/self/clear_refs").write_text("5")  # the peak is now what is held
    before = _peak()
    found: list[pa.Table] = []
    seconds, _ = _timed(lambda: found.append(align(documents_of(texts), table)))
    return {"seconds": seconds, "MB": (_peak() - before) / 1024, "passages": float(found[0].num_rows)}


def _peak() -> int:
    """Return the most memory that this process has held, in kB; what ``resource`` says is its parent's too."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))


def edited(text: str, foreign: str) -> str:
    """Return a copy: every 50th word exchanged for another of the text, a paragraph moved, four foreign ones put in."""
    draw = random.Random(SEED)
    paragraphs = text.split("\n\n")
    words = text.split()
    for place, paragraph in enumerate(paragraphs):
        parts = paragraph.split(" ")
        for at in range(draw.randrange(REPLACED), len(parts), REPLACED):
            parts[at] = draw.choice(words)
        paragraphs[place] = " ".join(parts)
    paragraphs.insert(draw.randrange(len(paragraphs)), paragraphs.pop(draw.randrange(len(paragraphs))))
    strange = [paragraph for paragraph in foreign.split("\n\n") if len(paragraph) > 200]
    for paragraph in strange[:4]:
        paragraphs.insert(draw.randrange(len(paragraphs)), paragraph)
    return "\n\n".join(paragraphs)


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    """Return the seconds that work takes, and those of the processor."""
    begun, used = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - begun, time.process_time() - used


MEASUREMENTS: dict[str, Callable[[], Measurement]] = {"pairs": pairs, "listing": listing, "books": books}

if __name__ == "__main__":
    raise SystemExit(main())
