"""Grow the trees that tell the kind of reuse of a passage, or that it is none, and print how they do.

::

    python -m benchmarks.train_kinds            out of fold, by data set; then with whole data sets left out
    python -m benchmarks.train_kinds --write    grow them on everything, into src/stemmata/data/kinds.json

Each candidate passage of a labelled pair is an example; in PAN13 (part ``train``) it has the kind of the case that it
lies on, elsewhere that of its pair; a rewrite that changes next to nothing is left out. A piece of every third copy
stands, besides, in a text that has nothing to do with it. All kinds weigh the same, and
within a kind all data sets, small ones less.
Needs the extra ``train`` (LightGBM).
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from benchmarks import corpora
from stemmata import kinds
from stemmata.facts import Facts
from stemmata.kinds import MODELLED, Trees
from stemmata.languages import function_words
from stemmata.measures import FRAME_WORDS
from stemmata.passages.acceptance import DEFAULTS
from stemmata.passages.candidates import Candidate, find_candidates
from stemmata.passages.pair import prepare
from stemmata.tokens import Words, read_words, words_of

WRITTEN = corpora.ROOT / "src" / "stemmata" / "data" / "kinds.json"
MOST = 2_500  # pairs of one data set
SMALL = 60  # examples below which a data set weighs less than another of its kind
OVERLAP = 0.5  # share of a candidate that must lie on a case, on both sides, to be an example of it
EXCERPTED, EVERY = ("edited",), 3  # kinds, and of how many copies one, that give an excerpt too
SMALLEST, LARGEST = 40, 200  # words of an excerpt
SLACK = 5  # words of the stranger that a candidate may take in
SETTINGS = {
    "objective": "multiclass", "num_class": len(MODELLED), "learning_rate": 0.1, "max_depth": 2, "num_leaves": 4,
    "min_data_in_leaf": 20, "lambda_l2": 1.0, "deterministic": True, "force_row_wise": True, "num_threads": 1,
    "seed": 0, "verbose": -1,
}  # fmt: skip
ROUNDS = 200
KIND = {
    "spun": "spun", "excerpt-spun": "spun", "mix-spun": "spun", "edited": "edited", "paraphrased": "paraphrased",
    "none": "none", "identical": "edited", "update": "edited", "excerpt": "edited", "rewrite": "paraphrased",
    "same-event": "none", "template": "template", "unrelated": "none",
    "02": "edited", "03": "paraphrased", "04": "paraphrased", "05": "summarised",
}  # fmt: skip


class Example(NamedTuple):
    """A candidate passage: its figures, its kind, its data set, and the source that it belongs to."""

    figures: list[float]
    kind: str
    corpus: str
    source: str


def main() -> None:
    """Cross-validate and print, or grow and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args()
    if not corpora.DATA.is_dir():
        raise SystemExit(corpora.MISSING)
    held = examples()
    if chosen.write:
        write(grow(held))
        return
    folds = np.array([corpora.fold(e.source) for e in held])
    grown = [grow([e for e in held if corpora.fold(e.source) != fold]) for fold in range(corpora.FOLDS)]
    _report("out of fold", held, [_weigh(e, grown[k]) for e, k in zip(held, folds, strict=True)])
    for corpus in sorted({e.corpus for e in held}):
        without, only = [e for e in held if e.corpus != corpus], [e for e in held if e.corpus == corpus]
        trees = grow(without)
        _report(f"without {corpus}", only, [_weigh(e, trees) for e in only])


def _weigh(example: Example, trees: Trees) -> NDArray[np.float64]:
    with kinds.using(trees):
        return kinds.weigh(example.figures)


def grow(held: Sequence[Example]) -> Trees:
    """Return trees grown on some examples."""
    import lightgbm

    data = lightgbm.Dataset(
        np.array([e.figures for e in held]),
        label=np.array([MODELLED.index(e.kind) for e in held]),
        weight=_weights(held),
    )
    model = lightgbm.train(SETTINGS, data, ROUNDS).dump_model()
    rows = [_flat(tree["tree_structure"]) for tree in model["tree_info"]]
    return _rounded(rows)


def write(trees: Trees) -> None:
    """Write trees as the package reads them, one line each."""
    rows = np.concatenate([trees.figure, trees.threshold, trees.points], axis=2).reshape(-1, 10)
    lines = ",\n".join(json.dumps([*map(int, row[:3]), *map(float, row[3:])]) for row in rows.tolist())
    head = json.dumps({"kinds": MODELLED, "figures": kinds.FIGURES, "grown by": "benchmarks/train_kinds.py"}, indent=1)
    WRITTEN.write_text(f'{head[:-2]},\n "trees": [\n{lines}\n]}}\n', "utf-8")


def _flat(node: dict[str, Any]) -> list[float]:
    """Return a tree as three figures, three thresholds and four points; a question left out is always answered yes."""
    first, ways = _question(node)
    (yes, yes_ways), (no, no_ways) = (_question(way) for way in ways)
    leaves = [way["leaf_value"] for way in (*yes_ways, *no_ways)]
    asked = (first, yes, no)
    return [*(figure for figure, _ in asked), *(threshold for _, threshold in asked), *leaves]


def _question(node: dict[str, Any]) -> tuple[tuple[int, float], tuple[dict[str, Any], dict[str, Any]]]:
    if "leaf_value" in node:
        return (0, 1e9), (node, node)
    return (node["split_feature"], node["threshold"]), (node["left_child"], node["right_child"])


def _rounded(rows: list[list[float]]) -> Trees:
    table = np.array([[float(f"{value:.5g}") for value in row] for row in rows]).reshape(-1, len(MODELLED), 10)
    return Trees(table[..., :3].astype(np.intp), table[..., 3:6], table[..., 6:])


def _weights(held: Sequence[Example]) -> NDArray[np.float64]:
    counts = Counter((e.kind, e.corpus) for e in held)
    weights = np.array([1 / max(SMALL, counts[e.kind, e.corpus]) for e in held])
    kind = np.array([MODELLED.index(e.kind) for e in held])
    sums = np.bincount(kind, weights, len(MODELLED))
    balanced: NDArray[np.float64] = weights / sums[kind] * len(held) / np.count_nonzero(sums)
    return balanced


@cache
def examples() -> list[Example]:
    """Return all examples, in a fixed order."""
    found = list(_pan13())
    for labelled in (
        corpora.l2r(), corpora.l2r_strangers(), corpora.gpt35(), corpora.raidar(), corpora.spun_news(),
        corpora.spun_news_strangers(), corpora.wikipedia_versions(), corpora.reuters_pairs(high=False),
    ):  # fmt: skip
        found += _of_pairs(*labelled)
    return found


def _of_pairs(texts: dict[str, str], pairs: list[corpora.Pair]) -> Iterator[Example]:
    chosen = [
        p for p in corpora.choose(pairs, MOST) if p.truth in KIND and texts[p.copy].strip() and texts[p.source].strip()
    ]
    words = words_by_doc({doc: texts[doc] for p in chosen for doc in (p.copy, p.source)})
    for k, p in enumerate(chosen):
        x, y = sorted((p.copy, p.source), key=lambda doc: (len(words[doc]), texts[doc]))
        if not np.array_equal(words[x].word, words[y].word):
            for candidate in _candidates(texts[x], words[x], texts[y], words[y], reused=False):
                if _shows(KIND[p.truth], candidate):
                    yield Example(candidate.figures, KIND[p.truth], p.corpus, p.source)
        if KIND[p.truth] in EXCERPTED and corpora.digest(p.copy) % EVERY == 0:
            yield from _excerpted(texts, words, p, chosen[(k + len(chosen) // 2) % len(chosen)].source)


def _shows(kind: str, candidate: Candidate) -> bool:
    return kind != "paraphrased" or not kinds.slightly_changed(candidate.features)


def _excerpted(texts: dict[str, str], words: dict[str, Words], pair: corpora.Pair, stranger: str) -> Iterator[Example]:
    """Yield examples from a piece of the copy that stands after a stranger's text."""
    copy, size = words[pair.copy], corpora.digest(f"{pair.copy} size") % (LARGEST - SMALLEST) + SMALLEST
    start = corpora.digest(f"{pair.copy} start") % max(1, len(copy) - size)
    piece = texts[pair.copy][copy.start[start] : copy.end[min(len(copy), start + size) - 1]] if len(copy) else ""
    host = f"{texts[stranger]}\n\n{piece}"
    held = words_of(host)
    for candidate in _candidates(host, held, texts[pair.source], words[pair.source], reused=True):
        r = candidate.rectangle
        if r.a_from >= len(words[stranger]) - SLACK and _shows(KIND[pair.truth], candidate):
            yield Example(candidate.figures, KIND[pair.truth], pair.corpus, pair.source)


def _pan13() -> Iterator[Example]:
    texts, pairs = corpora.pan13("train")
    words = words_by_doc(texts)
    for p in pairs:
        a, b = words[p.copy], words[p.source]
        cases = [(a.within(t.a_start, t.a_end), b.within(t.b_start, t.b_end)) for t in p.truth]
        for candidate in _candidates(texts[p.copy], a, texts[p.source], b, reused=True):
            r = candidate.rectangle
            shares = [(_overlap(r.a_from, r.a_to, x), _overlap(r.b_from, r.b_to, y)) for x, y in cases]
            if any(min(share) > OVERLAP for share in shares):
                yield Example(candidate.figures, KIND[p.part[:2]], f"pan13 {p.part[:2]}", p.source)
            elif not any(min(share) > 0 for share in shares):
                yield Example(candidate.figures, "none", f"pan13 {p.part[:2]}", p.source)


def _overlap(first: int, last: int, case: slice) -> float:
    shared = max(0, min(last, int(case.stop)) - max(first, int(case.start)))
    return shared / max(1, last - first)


def _candidates(a_text: str, a: Words, b_text: str, b: Words, *, reused: bool) -> list[Candidate]:
    pair = prepare(a_text, a, b_text, b, Facts().frequencies("en"))
    frame = function_words("en", FRAME_WORDS)
    return find_candidates(pair, frame, DEFAULTS.tries, reused=reused, names=True)[0]


def words_by_doc(texts: dict[str, str]) -> dict[str, Words]:
    """Return the words of each text."""
    tokens = read_words(pa.array(list(texts.values()), pa.large_string()))
    return {doc: tokens[k] for k, doc in enumerate(texts)}


def _report(title: str, held: Sequence[Example], weighed: list[NDArray[np.float64]]) -> None:
    """Print what the passages of each data set are taken for."""
    print(f"\n{title}")
    named: dict[tuple[str, str], Counter[str]] = {}
    for example, shares in zip(held, weighed, strict=True):
        named.setdefault((example.kind, example.corpus), Counter())[MODELLED[int(shares.argmax())]] += 1
    for (kind, corpus), counts in sorted(named.items()):
        shown = "  ".join(f"{name} {count / counts.total():.2f}" for name, count in counts.most_common(4))
        print(f"  {kind:12} {corpus:34} {counts.total():5}  {shown}")


if __name__ == "__main__":
    main()
