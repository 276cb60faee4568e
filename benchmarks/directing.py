"""What the texts of pairs with a known source say of their direction: figures, and how they are fitted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from benchmarks import corpora
from benchmarks.logistic import fit_positive
from benchmarks.relating import NOT_REUSE, documents_in, pairs_of
from stemmata.aligned import read_passages
from stemmata.alignments import align
from stemmata.direction.comparison import compare_sides
from stemmata.direction.reasons import TEMPERATURE, TEXT_MOST
from stemmata.direction.text import COUNTS, ENGLISH, FREQUENCIES, RULES, Figure, measure_figures
from stemmata.direction.weights import Weights
from stemmata.languages import frequencies
from stemmata.relations import classify
from stemmata.tokens import words_of
from stemmata.wordpairs import word_pairs

RIDGE = 0.02
FITTED = [(rule.name, gate) for rule in RULES for gate in rule.gates]
UNCOUNTED = np.array([rule.needs != COUNTS for rule in RULES for _ in rule.gates])
AVAILABLE = frozenset((ENGLISH, FREQUENCIES, COUNTS))
Matrix = NDArray[np.float64]


class Example(NamedTuple):
    """A pair with a known source: what speaks for it in the texts.

    Parameters
    ----------
    corpus, copy, source : str
    fold : int
        0 to 4, by family.
    habits : float
        Log-odds of the reasons whose weights are set by hand.
    figures : sequence of float
        In the order of ``FITTED``; positive where they speak for the true source.
    """

    corpus: str
    copy: str
    source: str
    fold: int
    habits: float
    figures: Sequence[float]


class Aligned(NamedTuple):
    """Pairs of one data set with what the stages before ``directions`` make of them."""

    corpus: str
    pairs: Sequence[corpora.Pair]
    documents: pa.Table
    table: pa.Table
    alignments: pa.Table
    relations: pa.Table


def align_sets(every: int = 1) -> Iterator[Aligned]:
    """Align the pairs of each data set of ``corpora.directed``."""
    texts, pairs = corpora.directed()
    for corpus, group in groupby(pairs, key=lambda p: p.corpus):
        some = list(group)[::every]
        documents, table = documents_in(texts, some), pairs_of(some)
        alignments = align(documents, table)
        yield Aligned(corpus, some, documents, table, alignments, classify(documents, table, alignments))


def describe(held: Aligned) -> Iterator[Example]:
    """Yield the figures of each pair of a data set; a pair in which no reuse was found has none."""
    texts = dict(zip(held.documents["doc"].to_pylist(), held.documents["text"].to_pylist(), strict=True))
    words = {doc: words_of(text) for doc, text in texts.items()}
    passages = read_passages(held.alignments)
    relations = {(row["a"], row["b"]): row for row in held.relations.to_pylist()}
    for p in held.pairs:
        key = (min(p.copy, p.source), max(p.copy, p.source))
        relation = relations[key]
        found: list[Figure] = []
        if key in passages and relation["kind"] not in NOT_REUSE:
            turned = passages[key] if key[0] == p.source else passages[key].mirrored()
            comparison = compare_sides(
                (texts[p.source], words[p.source]),
                (texts[p.copy], words[p.copy]),
                turned,
                extent=relation["extent"],
                names=True,
                frequencies=frequencies("en", "large"),
                pairs=word_pairs("en"),
            )
            found = measure_figures(comparison, relation["kind"], AVAILABLE)
        behind = {(figure.rule.name, gate): value for figure in found for gate, value in figure.behind.items()}
        habits = sum(figure.log_odds({}) for figure in found if not figure.rule.gates)
        figures = [round(behind.get(key, 0.0), 3) for key in FITTED]
        fold = corpora.fold(corpora.family(p.source))
        yield Example(held.corpus, p.copy, p.source, fold, round(habits, 3), figures)


def fit(examples: Sequence[Example], *, counted: bool = True) -> Matrix:
    """Return the weights of ``FITTED``; each data set weighs by the square root of its size."""
    corpus = np.array([e.corpus for e in examples])
    _, place, sizes = np.unique(corpus, return_inverse=True, return_counts=True)
    weight = 1 / np.sqrt(sizes[place])
    kept = UNCOUNTED | counted
    fitted = np.zeros(len(FITTED))
    fitted[kept] = fit_positive(_figures(examples)[:, kept], _habits(examples), weight / weight.sum(), RIDGE)
    return fitted


def log_odds(examples: Sequence[Example], weights: Matrix) -> Matrix:
    """Return the log-odds of the true source, before the temperature."""
    odds: Matrix = _habits(examples) + _figures(examples) @ weights
    return odds


def chances(odds: Matrix, temperature: float = TEMPERATURE) -> Matrix:
    """Return the probabilities of the true source that text alone claims."""
    chance: Matrix = np.clip(1 / (1 + np.exp(-odds / temperature)), 1 - TEXT_MOST, TEXT_MOST)
    return chance


def apart(examples: Sequence[Example], by: Callable[[Example], object], *, counted: bool = True) -> Matrix:
    """Return the log-odds of each example by weights that were fitted without all that share its ``by``."""
    groups = np.array([str(by(e)) for e in examples])
    odds = np.zeros(len(examples))
    for group in np.unique(groups):
        inside = groups == group
        weights = fit([e for e, held in zip(examples, inside, strict=True) if not held], counted=counted)
        odds[inside] = log_odds([e for e, held in zip(examples, inside, strict=True) if held], weights)
    return odds


def kind_of(example: Example) -> str:
    """Return the kind that is left out as one: the data set, whatever its parts."""
    return example.corpus.partition(",")[0].replace("wikipedia-versions", "wikipedia")


def named(weights: Matrix) -> Weights:
    """Return weights as the package reads them."""
    found: dict[str, dict[str, float]] = {}
    for (rule, gate), weight in zip(FITTED, weights.tolist(), strict=True):
        found.setdefault(rule, {})[gate] = round(weight, 3)
    return found


def _figures(examples: Sequence[Example]) -> Matrix:
    return np.array([e.figures for e in examples]).reshape(len(examples), len(FITTED))


def _habits(examples: Sequence[Example]) -> Matrix:
    return np.array([e.habits for e in examples])
