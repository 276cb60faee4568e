"""Texts that were copied by hand: collations whose true tree is known, and others that are grown here."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks import corpora
from benchmarks.scorers import scorer
from stemmata.collating.collation import LACUNA, MISSING, Collation
from stemmata.genealogy.evidence import telling_codes
from stemmata.genealogy.older import likely_older
from stemmata.languages import frequencies

_SECOND = re.compile(r'"?([^"\s]+)"? -> "?([^"\s]+)"? \[[^\]]*dashed')
BEFORE_CORRECTION = "(a.c.)"  # a witness as it was before its corrector

PLACES = 500
SHARES_LOST = 0.6, 0.25  # of copies that were copied again, and of the others
LATE = 12  # the last copies, of which
OFTEN = 0.6  # most new ones are made
SPREAD = 0.6  # of the logarithm of a copyist's slips
SAME_SLIP = 0.35  # slips that others make at that place too,
SAME = 3  # of so many kinds
OMITTED = 0.5  # copies that leave a run of words out,
RUN = 13  # of so many at most
DAMAGED = 0.1  # surviving copies of which a part is lost
RATES = 0.004, 0.01, 0.02, 0.04
COPIES = 16, 26, 40, 66


class Tradition(NamedTuple):
    """Witnesses, what they read, and the tree by which they were copied.

    ``second`` are edges of the tree that lead from second exemplars.
    """

    name: str
    witnesses: tuple[str, ...]
    codes: NDArray[np.int32]
    older: NDArray[np.float64]
    true: Any
    second: frozenset[tuple[str, str]]


def simulated() -> Iterator[Tradition]:
    """Yield the traditions that were simulated on English texts."""
    for folder in sorted((corpora.DATA / "stemmatology" / "simulated").glob("s*")):
        yield _read(folder, "en")


def florilegium() -> Tradition:
    """Return a Greek florilegium, with the tree that its editors drew."""
    return _read(corpora.DATA / "stemma-traditions" / "florilegium", None)


def _read(folder: Path, language: str | None) -> Tradition:
    with (folder / "collation.csv").open(encoding="utf-8", newline="") as stream:
        names, *lines = csv.reader(stream)
    columns = [k for k, name in enumerate(names) if BEFORE_CORRECTION not in name]
    rows = [[None if row[k] == LACUNA else row[k].strip() for k in columns] for row in lines]
    collation = Collation.of([names[k] for k in columns], rows)
    stemma = folder / "stemma.dot"
    older = likely_older(collation, frequencies(language, "large"))
    second = frozenset(_SECOND.findall(stemma.read_text("utf-8")))
    true = scorer("average_sign").read(stemma)
    return Tradition(folder.name, collation.witnesses, telling_codes(collation), older, true, second)


def grown(seed: int) -> Tradition:
    """Return a tradition of readings without words: a tree of copies, of which many are lost, and their slips.

    A place invites slips or does not, a copyist slips often or seldom, and some slips are made twice.
    """
    random = np.random.default_rng(seed)
    copies = int(random.choice(COPIES))
    parent = [-1]
    for v in range(1, copies):
        late = random.random() < OFTEN
        parent.append(int(random.integers(max(0, v - LATE) if late else 0, v)))
    ease = random.random(PLACES) ** 3
    rate = float(random.choice(RATES)) / ease.mean()
    codes = np.zeros((copies, PLACES), np.int32)
    for v in range(1, copies):
        codes[v] = codes[parent[v]]
        slips = np.flatnonzero(random.random(PLACES) < ease * rate * np.exp(random.normal(0, SPREAD)))
        same = random.random(len(slips)) < SAME_SLIP
        codes[v, slips] = np.where(same, random.integers(2, 2 + SAME, len(slips)), 1 + SAME + v)
        if random.random() < OMITTED:
            start = int(random.integers(PLACES))
            codes[v, start : start + int(random.integers(2, RUN))] = 1
    lost = np.array([random.random() < SHARES_LOST[v not in parent] for v in range(copies)])
    stemma = scorer("average_sign").Stemma()
    for v in reversed(range(copies)):
        if lost[v] and not any(parent[u] == v and f"c{u}" in stemma.nodes for u in range(v + 1, copies)):
            continue  # nothing that survives came of it
        stemma.nodes.setdefault(f"c{v}")
        if parent[v] >= 0:
            stemma.add_edge(f"c{parent[v]}", f"c{v}")
    stemma.lost = {f"c{v}" for v in np.flatnonzero(lost)} & set(stemma.nodes)
    stemma.index()
    kept = np.flatnonzero(~lost)
    codes = codes[kept]
    again = (codes[:, 1:] == 1) & (codes[:, :-1] == 1)
    codes[:, 1:][again] = MISSING
    for own in codes:
        if random.random() < DAMAGED:
            start = int(random.integers(PLACES // 2))
            own[start : start + PLACES // 4] = MISSING
    older = np.zeros((PLACES, int(codes.max()) + 1))
    older[:, 1] = np.nan
    return Tradition(f"grown {seed}", tuple(f"c{v}" for v in kept), codes, older, stemma, frozenset())
