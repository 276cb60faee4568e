"""Measure with trees that have not seen what is measured: the package's own were grown on the labelled pairs too."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from typing import Any

from benchmarks import corpora, train_kinds
from benchmarks.corpora import Pair
from benchmarks.relating import relate
from stemmata.alignments import AlignmentOptions
from stemmata.kinds import Trees, using
from stemmata.passages.acceptance import DEFAULTS

SAID = {True: "; trees grown without the sources measured, in five folds", False: "; trees that have seen the sources"}
MISSING = "trees are grown with LightGBM, which is not installed: pip install -e '.[train]'"


@cache
def without(fold: int) -> Trees:
    """Return trees grown without the sources of one fold."""
    if find_spec("lightgbm") is None:
        raise SystemExit(MISSING)
    return train_kinds.grow([e for e in train_kinds.examples() if corpora.fold(e.source) != fold])


def relate_unseen(
    texts: dict[str, str], pairs: Sequence[Pair], options: AlignmentOptions = DEFAULTS
) -> list[dict[str, Any]]:
    """Return the relation of each pair, in the order of the pairs, by trees that have not seen its source."""
    rows: dict[int, dict[str, Any]] = {}
    for fold in range(corpora.FOLDS):
        places = [k for k, pair in enumerate(pairs) if corpora.fold(pair.source) == fold]
        with using(without(fold)):
            rows |= dict(zip(places, relate(texts, [pairs[k] for k in places], options), strict=True))
    return [rows[k] for k in range(len(pairs))]
