"""Collation: which words of witnesses share a place, against traditions whose places are known.

CollateX is measured beside where it is installed (``pip install collatex``). Each witness's text is joined of the cells
of its column and collated anew. Of all pairs of words of two witnesses that stand in one row, recall is the share that
is put in one place again; precision is the share of pairs in one place that stand in one row. Of a cell of several
words the first counts.
"""

from __future__ import annotations

import csv
import importlib
import json
import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from benchmarks import corpora
from benchmarks.measurement import Figures, Measurement, Table, share
from stemmata.collating.collation import LACUNA
from stemmata.collating.places import align_witnesses
from stemmata.collating.spelling import read_spelling
from stemmata.tokens import Tokens, read_words

Rows: TypeAlias = "list[NDArray[np.int64]]"
SPUN = (("spun star", 0.02, 0.3, 0.9), ("slips, copies of copies", 0.02, 0.1, 0.7))  # edits a word; exchanges of these
SIZE = 40  # witnesses of a made tradition
PEER = 9  # witnesses of a tradition that is given to CollateX, which takes minutes for more


class Tradition(NamedTuple):
    """Witnesses whose places are known: for each the true row of each word, -1 where it does not count."""

    texts: list[str]
    tokens: Tokens
    rows: Rows


def collating(every: int = 1) -> Measurement:
    """Pairs of words that share a place: recall and precision, ours and those of CollateX."""
    groups = {
        "simulated copying": [read(path) for path in simulated()[::every]],
        "Florilegium": [read(corpora.DATA / "stemma-traditions" / "florilegium" / "collation.csv")],
        **{name: [spun(*rates, tree="copies" in name)] for name, *rates in SPUN},
    }
    ways: dict[str, Callable[[Tradition], Rows]] = {"stemmata": places_of}
    if installed():
        ways["CollateX"] = peer_places
    figures: Figures = {}
    rows = []
    for group, traditions in groups.items():
        for way, collate in ways.items():
            some = traditions if way == "stemmata" else [one for one in traditions if len(one.texts) <= PEER]
            if not some:
                continue
            scores = np.mean([agreement(one.rows, collate(one)) for one in some], axis=0)
            for name, figure in zip(("recall", "precision"), scores.tolist(), strict=True):
                figures[f"{group}, {way}, {name}"] = figure
            rows.append((group, f"{way} ({len(some)})", *(share(figure, 4) for figure in scores.tolist())))
    return Measurement(
        title="Collation",
        corpus="stemmatology, stemma-traditions, and traditions made of them",
        part="",
        sample=f"{sum(map(len, groups.values()))} traditions",
        scorer=f"pairs of words of two witnesses in one place; CollateX on traditions of {PEER} witnesses at most",
        tables=(Table(header=("tradition", "by (traditions)", "recall", "precision"), rows=tuple(rows)),),
        figures=figures,
    )


def simulated() -> list[Path]:
    return sorted((corpora.DATA / "stemmatology" / "simulated").glob("*/collation.csv"))


def read(path: Path) -> Tradition:
    """Read a table of cells, and join those of each witness to its text."""
    with path.open(encoding="utf-8", newline="") as stream:
        _, *cells = csv.reader(stream)
    columns = [
        [(cell, row) for row, cell in enumerate(column) if cell and cell != LACUNA]
        for column in zip(*cells, strict=True)
    ]
    return tradition(columns)


def tradition(columns: Sequence[Sequence[tuple[str, int]]]) -> Tradition:
    """Make a tradition of what stands in which row, by witness."""
    texts = [" ".join(cell for cell, _ in column) for column in columns]
    tokens = read_words(pa.array(texts, pa.large_string()))
    rows = []
    for witness, column in enumerate(columns):
        begins = np.cumsum([0, *(len(cell) + 1 for cell, _ in column)])[:-1]
        cell = np.searchsorted(begins, tokens[witness].start, "right") - 1
        row = np.array([row for _, row in column], np.int64)[cell]
        row[1:][cell[1:] == cell[:-1]] = -1
        rows.append(row)
    return Tradition(texts, tokens, rows)


def spun(low: float, high: float, exchanged: float, *, tree: bool) -> Tradition:
    """Copy a text of 600 words, exchanging, dropping and putting in words at rates of each copy's own."""
    rng = random.Random(4)
    base, *others = (read(path) for path in simulated()[:4])
    words = base.texts[0].split()[:600]
    vocabulary = [word for other in others for word in other.texts[0].split()]
    pool = [list(zip(words, range(len(words)), strict=True))]
    row = len(words)
    while len(pool) < SIZE:
        copy: list[tuple[str, int]] = []
        rate = rng.uniform(low, high)
        for word, place in rng.choice(pool) if tree else pool[0]:
            chance = rng.random() / rate
            if chance < exchanged:
                copy.append((rng.choice(vocabulary), place))
            elif chance >= (1 + exchanged) / 2:  # between the two it is dropped
                copy.append((word, place))
                if chance < 1:
                    copy.append((rng.choice(vocabulary), row))
                    row += 1
        pool.append(copy)
    return tradition(pool)


def places_of(one: Tradition) -> Rows:
    """Collate a tradition."""
    words = [one.tokens[witness].word for witness in range(len(one.texts))]
    return [place.astype(np.int64) for place in align_witnesses(words, read_spelling(one.texts, one.tokens)).place]


def installed() -> bool:
    """Say whether CollateX is."""
    try:
        importlib.import_module("collatex")
    except ImportError:
        return False
    return True


def peer_places(one: Tradition) -> Rows:
    """Collate a tradition with CollateX, on the same folded words; near matches are settled as well."""
    collatex: Any = importlib.import_module("collatex")
    witnesses = []
    for witness in range(len(one.texts)):
        words = one.tokens[witness]
        spans = zip(words.start.tolist(), words.end.tolist(), words.word.tolist(), strict=True)
        read = [
            {"t": one.texts[witness][start:end], "n": str(word), "at": at}
            for at, (start, end, word) in enumerate(spans)
        ]
        witnesses.append({"id": f"w{witness}", "tokens": read})
    table = json.loads(collatex.collate({"witnesses": witnesses}, segmentation=False, output="json"))
    places = []
    for witness in range(len(one.texts)):
        place = np.full(len(one.rows[witness]), -1, np.int64)
        for column, cell in enumerate(table["table"][table["witnesses"].index(f"w{witness}")]):
            for token in cell or ():
                place[token["at"]] = column
        places.append(place)
    return places


def agreement(true: Rows, found: Rows) -> tuple[float, float]:
    """Return recall and precision of the pairs of words that share a place."""
    row, place = np.concatenate(true), np.concatenate(found)
    row, place = row[row >= 0], place[row >= 0]
    both = _pairs(row * (int(place.max()) + 1) + place)
    return both / _pairs(row), both / _pairs(place)


def _pairs(values: NDArray[np.int64]) -> int:
    counts = np.unique(values, return_counts=True)[1]
    return int((counts * (counts - 1) // 2).sum())
