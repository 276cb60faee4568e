"""Shards: several machines read a pile, each its share, and one joins what they found; the rows are those of one machine."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import stemmata as st
from stemmata import schemas
from stemmata.__main__ import main
from stemmata.documents import DocumentOptions
from stemmata.errors import ClashError, FormatError, MissingSource, OptionError, SourceError
from stemmata.fingerprints import FingerprintOptions
from stemmata.joining import join_shards
from stemmata.pairs import PairOptions
from stemmata.readers.lines import BLOCK_BYTES
from stemmata.readers.shares import Share
from stemmata.shards import fingerprint_shard, read_statistics, write_statistics
from tests.articles import FERRY, FERRY_SPUN, ORCHARD
from tests.prose import GERMAN, RUSSIAN, swapped, texts

HEAD, TAIL = FERRY[: FERRY.index("Read also")], FERRY[FERRY.index("Not everyone") :]
PILE = {
    "a/ferry.txt": FERRY,
    "a/spun.txt": FERRY_SPUN,
    "a/lower.txt": FERRY_SPUN.lower(),  # of a language with capitals: both skeletons are kept of all
    "b/again.txt": FERRY.replace("\n", "\r\n"),
    "b/excerpt.txt": HEAD,
    "b/orchard.txt": ORCHARD,
    "b/mixed.txt": f"{ORCHARD}\n\n{TAIL}",
    "b/word.txt": "word",
    "b/empty.txt": "",
    "c/boot.txt": texts(GERMAN, 2)[0],
    "c/boot-neu.txt": swapped(texts(GERMAN, 2)[0], "de"),
    "c/лодка.txt": texts(RUSSIAN, 1)[0],
}
SAMPLED = st.Options(fingerprints=FingerprintOptions(sample_from=2))
SMALL = st.Options()


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def pile() -> str:
    """Files of several lengths in three folders; one of them is empty, and is skipped."""
    for name, text in PILE.items():
        path = Path("pile", name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    write_lines("pile/rows.jsonl", [{"text": FERRY.replace("1,200", "2,100")}, {"text": " "}, {"text": ORCHARD}])
    return "pile"


def write_lines(path: str, rows: Sequence[dict[str, Any]]) -> None:
    Path(path).write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")


def shards(sources: str | Sequence[str], of: int, **more: Any) -> list[str]:
    """Folders of all shards, each made for itself."""
    folder = next(f"shards{n}" for n in count() if not Path(f"shards{n}").exists())
    folders = [f"{folder}/{number}" for number in range(1, of + 1)]
    for number, own in enumerate(folders, 1):
        fingerprint_shard(sources, own, shard=f"{number}/{of}", **more)
    return folders


def at_once(sources: str | Sequence[str], options: st.Options, statistics: pa.Table | None) -> dict[str, pa.Table]:
    """The tables that one machine makes."""
    documents = st.read_documents(sources, options=options.documents)
    kept = st.fingerprint(documents, statistics, options=options.fingerprints)
    pairs = st.find_pairs(documents, kept, statistics, options=options.pairs)
    tables = {"documents": documents, "fingerprints": kept, "pairs": pairs}
    return tables | {side: schemas.remarks(tables.values(), side) for side in ("skipped", "notes")}


def as_rows(table: pa.Table) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = table.to_pylist()
    return rows


@pytest.mark.parametrize("options", [SMALL, SAMPLED], ids=["whole", "sampled"])
@pytest.mark.parametrize("of", [1, 2, 3, 7, 40])
def test_any_number_of_shards_gives_the_rows_of_one_machine(of: int, options: st.Options, pile: str) -> None:
    """Also more shards than files, of which some are empty; and whatever order they are given in."""
    write_statistics(pile, "facts.parquet", options=options)
    folders = shards(pile, of, statistics="facts.parquet", options=options)
    random.Random(of).shuffle(folders)
    joined = join_shards(folders, "joined")
    found, known = st.open("joined"), at_once(pile, options, read_statistics("facts.parquet"))
    for name, table in known.items():
        assert as_rows(getattr(found, name)) == as_rows(table), name
    assert joined.counts == {"shards": of, "documents": 13, "pairs": found.pairs.num_rows}
    assert {row["uri"] for row in found.skipped.to_pylist()} == {"pile/b/empty.txt", "pile/rows.jsonl#2"}
    pairs = {(row["a"], row["b"]) for row in found.pairs.to_pylist()}
    assert {("a/ferry.txt", "a/spun.txt"), ("c/boot-neu.txt", "c/boot.txt")} <= pairs
    if of == 1:
        assert (known["fingerprints"].num_rows < 3_000) == (options is SAMPLED)
