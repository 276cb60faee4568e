"""A million short documents under a hard limit of memory.

::

    python -m benchmarks.deduplication.load 1000000

finds the copies among so many documents, from a Parquet file, and prints what it took as JSON.
"""

from __future__ import annotations

import json
import random
import re
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from benchmarks import corpora
from benchmarks.deduplication.contenders import join
from benchmarks.deduplication.ours import indices
from benchmarks.deduplication.pile import SEED, WORD, exchange
from benchmarks.deduplication.processes import in_a_process, peak_memory, processor_seconds
from benchmarks.measurement import Measurement, Table, count, share
from stemmata.engines import LocalEngine
from stemmata.fingerprints import fingerprint
from stemmata.pairs import find_pairs

DOCUMENTS = 1_000_000
LIMIT = 4_000_000_000  # bytes of data that the process may hold, everything counted
MEMORY = "2GB"  # what the engine is told to use
SHORTEST, LONGEST = 40, 80  # words
COPIES = 0.02  # of all documents
JACCARD = 0.5  # of a copy with its source
ENOUGH = 8  # sentences read for each document
SENTENCE = re.compile(r"(?<=[.!?])\s+")


def load(documents: int = DOCUMENTS) -> Measurement:
    """Find planted near-copies among short documents in a process that cannot hold more than the limit."""
    path = short_documents(documents)
    one = in_a_process("load", str(documents), str(path), before=_limited)
    figures = {
        "found": one["found"],
        "pairs with a text that is no copy, a document": one["others"] / documents,
        "peak memory, GB": one["memory"] / 1e9,
        "seconds": one["seconds"],
        "wall seconds": one["wall"],
    }
    rows = (
        ("planted copies found", share(one["found"])),
        ("pairs found", count(one["pairs"])),
        ("documents in families of two or more", count(one["families"])),
        ("processor time", f"{one['seconds']:.0f} s"),
        ("time", f"{one['wall']:.0f} s"),
        ("peak memory", f"{one['memory'] / 1e9:.2f} GB"),
    )
    return Measurement(
        title="A million short documents",
        corpus="gutenberg-throughput",
        part=f"sentences of the books, put together by chance to {SHORTEST} to {LONGEST} words",
        sample=(
            f"{count(documents)} documents, {one['MB']:.0f} MB, of which {count(round(COPIES * documents))} are copies"
            f" with words exchanged (Jaccard index {JACCARD})"
        ),
        scorer=f"one process, one thread, held to {LIMIT / 1e9:.0f} GB of data by the system; engine told {MEMORY}",
        tables=(Table(header=("figure", "value"), rows=rows),),
        figures=figures,
    )


def short_documents(documents: int) -> Path:
    """Return a Parquet file of short documents, made when first asked for; copies are called ``copy/<source>``."""
    path = Path(tempfile.gettempdir()) / "stemmata-benchmarks" / f"short-{documents}.parquet"
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        draw = random.Random(SEED)
        copies = round(COPIES * documents)
        texts = _recombined(documents - copies, draw)
        words = WORD.findall(" ".join(texts[:1_000]))
        sources = draw.sample(range(len(texts)), copies)
        docs = [f"{k:07}" for k in range(len(texts))] + [f"copy/{k:07}" for k in sources]
        texts += [exchange(texts[k], JACCARD, words, draw) for k in sources]
        order = np.random.default_rng(SEED).permutation(documents)
        columns = [pa.array(docs), pa.array(texts, pa.large_string()), pa.array(["en"] * documents)]
        table = pa.table(columns, ["doc", "text", "language"]).take(order)
        pq.write_table(table, path, compression="zstd", row_group_size=50_000)
    return path


def _recombined(documents: int, draw: random.Random) -> list[str]:
    """Return documents of whole sentences in an order drawn by chance; none stands twice before all stood once."""
    met: dict[str, None] = {}  # each sentence once: licences stand in every book
    for book in corpora.read_jsonl(corpora.DATA / "gutenberg-throughput" / "books.jsonl.zst"):
        met |= dict.fromkeys(" ".join(one.split()) for one in SENTENCE.split(book["text"]))
        if len(met) > ENOUGH * documents:
            break
    sentences = list(met)
    texts: list[str] = []
    while len(texts) < documents:
        draw.shuffle(sentences)
        words: list[str] = []
        for sentence in sentences:
            words += sentence.split()
            if len(words) >= SHORTEST:
                texts.append(" ".join(words[:LONGEST]))
                words = []
                if len(texts) == documents:
                    break
    return texts


def measure(documents: int, path: Path) -> dict[str, Any]:
    """Measure in this process."""
    engine = LocalEngine(workers=1, memory=MEMORY)
    before, begun = processor_seconds(), time.perf_counter()
    table = pq.read_table(path, use_threads=False)
    pairs = find_pairs(table, fingerprint(table, engine=engine), engine=engine)
    families = join(documents, *indices(table, pairs))
    seconds, wall = processor_seconds() - before, time.perf_counter() - begun
    a, b = pairs.column("a"), pairs.column("b")
    planted = pc.equal(b, pc.binary_join_element_wise("copy", a, "/"))
    return {
        "MB": pc.sum(pc.binary_length(table.column("text"))).as_py() / 1e6,
        "found": pc.sum(planted).as_py() / round(COPIES * documents),
        "others": pairs.num_rows - pc.sum(planted).as_py(),
        "pairs": pairs.num_rows,
        "families": int(np.count_nonzero(np.bincount(families, minlength=documents)[families] > 1)),
        "seconds": seconds,
        "wall": wall,
        "memory": peak_memory(),
    }


def _limited() -> None:
    resource.setrlimit(resource.RLIMIT_DATA, (LIMIT, LIMIT))


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]), Path(sys.argv[2]))))
