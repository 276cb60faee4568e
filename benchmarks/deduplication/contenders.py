"""Who runs, on how much, and with which settings; and one run of one of them, in the process that this module is.

::

    python -m benchmarks.deduplication.contenders "stemmata, surface" 30000

prints processor seconds, peak memory and what was found, as JSON. Imports, the reading of the texts and a first run on
a few documents, which compiles, lie before the clock; where a name ends in "from Parquet" the reading lies inside.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from benchmarks.deduplication import peers
from benchmarks.deduplication.pile import KINDS, Pile, pile
from benchmarks.deduplication.processes import peak_memory, processor_seconds

FEW = 200  # documents of the run before


class Contender(NamedTuple):
    """A tool with a recipe.

    Parameters
    ----------
    load : callable
        Makes of the pile, and a number of rows, what ``find`` takes; not timed.
    find : callable
        Returns the pairs that it calls copies; timed, with the families that are made of them.
    packages : tuple of str
        Whose versions are printed; without them it is left out.
    part : int
        It runs on one in so many documents of the pile's size: the slow ones on fewer.
    settings : str
        For the table.
    """

    load: Callable[[Pile, int], Any]
    find: Callable[[Any], peers.Pairs]
    packages: tuple[str, ...]
    part: int
    settings: str


def table_of(made: Pile, rows: int) -> pa.Table:
    """Return the first rows of the pile as Arrow."""
    return made.read().slice(0, rows)


def list_of(made: Pile, rows: int) -> list[str]:
    """Return the first texts of the pile as strings."""
    texts: list[str] = table_of(made, rows).column("text").to_pylist()
    return texts


def file_of(made: Pile, rows: int) -> tuple[Path, int]:
    """Return the file itself, to be read."""
    return made.documents, rows


def frame_of(made: Pile, rows: int) -> Any:
    """Return the first rows of the pile as a polars frame."""
    import polars as pl

    return pl.from_arrow(table_of(made, rows))


def screen(documents: pa.Table) -> peers.Pairs:
    """Look at all words, and at each text once."""
    from benchmarks.deduplication import ours

    return ours.screen(documents)


def surface(documents: pa.Table) -> peers.Pairs:
    """Look at all words, and at candidates again."""
    from benchmarks.deduplication import ours

    return ours.find(documents, ours.SURFACE)


def default(documents: pa.Table) -> peers.Pairs:
    """Look as ``trace`` does."""
    from benchmarks.deduplication import ours

    return ours.find(documents, ours.DEFAULT)


def screen_read(file: tuple[Path, int]) -> peers.Pairs:
    """Read the file, and look at each text once."""
    path, rows = file
    return screen(pq.read_table(path, use_threads=False, pre_buffer=False, memory_map=True).slice(0, rows))


def polars_read(file: tuple[Path, int]) -> peers.Pairs:
    """Let polars read the file lazily."""
    import polars as pl

    path, rows = file
    return peers.polars_recipe(pl.scan_parquet(path).select("text").head(rows))


MINHASH = f"MinHash, {peers.SLOTS} slots, {peers.BANDS} bands"
SAMPLED = f"one 5-gram in {peers.RATE}, {peers.SHARED} shared"
CONTENDERS = {
    "stemmata, estimated": Contender(
        table_of, screen, ("stemmata", "numba"), 1, f"{SAMPLED}, of at most 50 or neighbours, and positions"
    ),
    "stemmata, surface": Contender(
        table_of, surface, ("stemmata", "numba"), 1, "the same, and 6 or more shared in the full texts"
    ),
    "stemmata, default": Contender(
        table_of, default, ("stemmata", "numba"), 1, "both views, and 6 or more shared in the full texts"
    ),
    "polars recipe": Contender(frame_of, peers.polars_recipe, ("polars",), 1, f"{SAMPLED}, of at most {peers.CAP}"),
    "gaoya": Contender(list_of, peers.gaoya, ("gaoya",), 2, f"{MINHASH}, its word tokeniser"),
    "rensa": Contender(list_of, peers.rensa, ("rensa",), 4, f"{MINHASH}, RMinHash in batch"),
    "datasketch": Contender(list_of, peers.datasketch, ("datasketch", "xxhash"), 8, f"{MINHASH}, generator, xxh3"),
    "text-dedup": Contender(list_of, peers.text_dedup, ("text-dedup", "xxhash"), 10, f"{MINHASH}, in-process, xxh3"),
    "datatrove": Contender(list_of, peers.datatrove, ("datatrove", "spacy"), 20, f"{MINHASH}, in-process, spaCy words"),
    "stemmata, estimated, from Parquet": Contender(
        file_of, screen_read, ("stemmata", "numba"), 1, "as above, zstd Parquet"
    ),
    "polars recipe, from Parquet": Contender(file_of, polars_read, ("polars",), 1, "as above, zstd Parquet, lazily"),
}


def missing(name: str) -> str:
    """Return the reason why a contender cannot run in this environment; empty where it can."""
    for package in CONTENDERS[name].packages:
        try:
            version(package)
        except PackageNotFoundError:
            return f"{package} is not installed"
    return ""


def run(name: str, documents: int) -> dict[str, Any]:
    """Run one contender in this process."""
    contender = CONTENDERS[name]
    made = pile(documents)
    texts = made.read().column("text")
    pa.set_cpu_count(1)
    contender.find(contender.load(made, FEW))
    data = contender.load(made, documents)
    before, begun = processor_seconds(), time.perf_counter()
    pairs = contender.find(data)
    families = join(documents, *pairs)
    seconds, wall = processor_seconds() - before, time.perf_counter() - begun
    return {
        "name": name,
        "documents": documents,
        "MB": pc.sum(pc.binary_length(texts)).as_py() / 1e6,
        "seconds": seconds,
        "wall": wall,
        "memory": peak_memory(),
        "pairs": len(pairs[0]),
        "versions": {package: version(package) for package in contender.packages},
        "found": found(made, families),
    }


def join(size: int, left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the smallest member of each document's family: everybody joins pairs in this one way."""
    root = np.arange(size)
    while len(left):
        low, high = np.minimum(root[left], root[right]), np.maximum(root[left], root[right])
        apart = low != high
        if not apart.any():
            break
        left, right = left[apart], right[apart]
        np.minimum.at(root, high[apart], low[apart])
        while (root[root] != root).any():
            root = root[root]
    return root


def found(made: Pile, families: NDArray[np.int64]) -> dict[str, float]:
    """Return the share of planted pairs of each kind that stand in one family."""
    docs = made.read().column("doc").combine_chunks()
    truth = pq.read_table(made.truth)
    a, b = (families[pc.index_in(truth.column(side), docs).to_numpy()] for side in ("source", "copy"))
    kinds = np.array(truth.column("kind").to_pylist())
    return {kind: float(np.mean((a == b)[kinds == kind])) for kind in KINDS}


if __name__ == "__main__":
    print(json.dumps(run(sys.argv[1], int(sys.argv[2]))))
