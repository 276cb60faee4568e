"""Write ``src/stemmata/data/vectors-en.parquet``: which words stand among the same words in press releases.

The texts are those of ``scripts/count_words.py``, and what is left out is the same. A word and its surroundings count
once, however often they are repeated. It takes the texts, the benchmark data, 6 GB of memory, and six minutes::

    python -m scripts.count_neighbours 'GrimmerSenatePressReleases/raw/**/*.txt'
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from benchmarks import corpora
from numpy.typing import NDArray

from scripts.count_words import ABOUT
from stemmata.counting import examine_texts, find_runs
from stemmata.documents import read_documents
from stemmata.engines import LocalEngine
from stemmata.kernels import kernel
from stemmata.kernels.kgrams import kgrams
from stemmata.languages import function_words
from stemmata.surroundings import word_keys
from stemmata.tokens import NUMBER, Tokens, among, read_words
from stemmata.wordvectors import SIZE, write_vectors

TARGET = Path(__file__).resolve().parent.parent / "src" / "stemmata" / "data" / "vectors-en.parquet"
LANGUAGE = "en"
FUNCTION_WORDS = 60  # of the commonest words, which stand among all others
WORDS, NEIGHBOURS = 40_000, 5_000  # the commonest that have a vector, and that are counted beside them
REACH = 3  # words to each side that are near: fewer tell what can be exchanged, more what is spoken of
AROUND, SEED = 5, 5  # words that make a surroundings
SPARE, ROUNDS = 16, 4  # of the factorisation
SMOOTHED = 0.75  # power of a neighbour's frequency: rare ones would weigh too much

Matrix = NDArray[np.float32]


def main(arguments: Sequence[str] | None = None) -> int:
    """Count, factorise and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", nargs="+", help="the texts: a pattern, a folder, or a table")
    parser.add_argument("-o", "--output", type=Path, default=TARGET)
    chosen = parser.parse_args(arguments)
    if not corpora.DATA.is_dir():
        raise SystemExit(corpora.MISSING)
    engine = LocalEngine()
    documents = read_documents(chosen.sources, engine=engine)
    texts = documents.filter(pc.equal(documents.column("language"), LANGUAGE))
    judged = pa.chunked_array([pa.array([row["text"] for row in corpora.spun_rows()], pa.large_string())])
    texts = texts.filter(pc.invert(examine_texts(texts, find_runs(judged), engine).column("shares")))
    tokens = read_words(texts.column("text"))
    words, ids = number_words(tokens)
    counts = count_near(ids, tokens.first, first_seen(tokens), REACH, WORDS, NEIGHBOURS)
    about = {
        "about": ABOUT,
        "words": len(ids),
        "texts": texts.num_rows,
        "reach": REACH,
        "neighbours": NEIGHBOURS,
    }
    write_vectors(chosen.output, word_keys(words), factorise(weigh(counts)), about)
    print(f"{len(words):,} words of {len(ids):,} in {texts.num_rows:,} texts; {chosen.output}")
    return 0


def number_words(tokens: Tokens) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
    """Return the commonest words that carry content, and each word of the texts as its place among them, or -1."""
    types, place, counts = np.unique(tokens.words.word, return_inverse=True, return_counts=True)
    silent = among(types, function_words(LANGUAGE, FUNCTION_WORDS))
    silent[place[tokens.words.flags & NUMBER != 0]] = True
    order = np.lexsort((types, np.where(silent, 1, -counts)))[:WORDS]
    order = order[~silent[order]]
    ids = np.full(len(types), -1, np.int32)
    ids[order] = np.arange(len(order))
    return types[order], ids[place]


def first_seen(tokens: Tokens) -> NDArray[np.bool_]:
    """Say which words stand in surroundings that were not seen before: two words to each side."""
    hashes = np.zeros(len(tokens.words), np.uint64)
    kgrams(tokens.words.word, tokens.first, AROUND, SEED, hashes)
    left = np.repeat(tokens.first[1:], np.diff(tokens.first)) - np.arange(len(hashes))
    begins = np.flatnonzero(left >= AROUND)
    _, first = np.unique(hashes[begins], return_index=True)
    seen = np.zeros(len(hashes), bool)
    seen[begins[first] + AROUND // 2] = True
    return seen


@kernel
def count_near(
    ids: NDArray[np.int32],
    first: NDArray[np.int64],
    counted: NDArray[np.bool_],
    reach: int,
    words: int,
    neighbours: int,
) -> Matrix:
    """Count how often each of the commonest neighbours stands within ``reach`` words of each word."""
    near = np.zeros((words, neighbours), np.float32)
    for document in range(len(first) - 1):
        begin, end = first[document], first[document + 1]
        for i in range(begin, end):
            if ids[i] < 0 or not counted[i]:
                continue
            for k in range(max(begin, i - reach), min(end, i + reach + 1)):
                if k != i and 0 <= ids[k] < neighbours:
                    near[ids[i], ids[k]] += 1
    return near


def weigh(counts: Matrix) -> Matrix:
    """Return positive pointwise mutual information; what was seen seldom weighs less, by n / (n + 1)."""
    words = counts.sum(axis=1, keepdims=True)
    neighbours = counts.sum(axis=0, keepdims=True) ** np.float32(SMOOTHED)
    chance = words * (neighbours / neighbours.sum())
    found: Matrix = np.log(np.maximum(counts, 1e-9) / (chance + 1e-9))
    weights: Matrix = np.maximum(found, 0) * (counts / (counts + 1))
    return weights


def factorise(weights: Matrix) -> NDArray[np.float64]:
    """Return the first left singular vectors times the square roots of their values, by subspace iteration.

    Halko, Martinsson and Tropp, "Finding structure with randomness", SIAM Review 53:2, 2011, section 4.5.
    """
    start = np.random.default_rng(0).standard_normal((weights.shape[1], SIZE + SPARE)).astype(np.float32)
    space = weights @ start
    for _ in range(ROUNDS):
        basis, _ = np.linalg.qr(space)
        space = weights @ (weights.T @ basis)
    basis, _ = np.linalg.qr(space)
    left, values, _ = np.linalg.svd(basis.T @ weights, full_matrices=False)
    found: NDArray[np.float64] = ((basis @ left)[:, :SIZE] * np.sqrt(values[:SIZE])).astype(np.float64)
    return found


if __name__ == "__main__":
    raise SystemExit(main())
