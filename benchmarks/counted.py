"""What counts of word pairs are worth to the direction of spun copies: those that ship, and a collection's own.

::

    python -m benchmarks.counted               all spun copies of spun-news
    python -m benchmarks.counted --every 8     every eighth
    python -m benchmarks.counted --write       all, and the table put into docs/counts.md

Files are made of texts of spun-news that are neither copies nor sources of those judged. Collections are the whole of
it, 1.6 million words, of which a third are copies by one spinner; and all texts that are no copies, or a part of them,
with the copies of a fifth of their families, which are judged in it: one text in eleven is then a copy. Weights were
fitted without the family, in five folds, with the counts that ship.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from functools import partial

import numpy as np

from benchmarks import corpora
from benchmarks.corpora import Pair
from benchmarks.directing import Aligned, align_pairs, chances, describe, fit, log_odds
from benchmarks.measurement import Figures, Measurement, Table, count, share
from benchmarks.relating import documents_of
from benchmarks.train_direction import measured
from benchmarks.writing import between_markers, block
from stemmata.counting import count_pairs
from stemmata.engines import LocalEngine
from stemmata.statistics import StatisticsOptions, collect_statistics
from stemmata.tokens import words_of
from stemmata.wordpairs import NOTHING, WordPairs, parse_counts, word_pairs

PAGE = corpora.ROOT / "docs" / "counts.md"
OPTIONS = StatisticsOptions(own_pairs=1_000)
WAYS = {"own": "its own", "both": "its own and those that ship"}
PARTS = (0.1, 0.3, 1.0)
SURE = (0.65, 0.75, 0.9)
HEALTH = "medquad"
NONE = "none"
Background = Callable[[Pair], WordPairs]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=1, help="take every n-th pair")
    parser.add_argument("--write", action="store_true", help="put the table into docs/counts.md; needs all pairs")
    chosen = parser.parse_args()
    if chosen.write and chosen.every > 1:
        parser.error("--write needs all pairs: leave --every out")
    if not corpora.DATA.is_dir():
        raise SystemExit(corpora.MISSING)
    measurement = counted(chosen.every)
    print(measurement.tables[0].markdown())
    if chosen.write:
        text = between_markers(PAGE.read_text("utf-8"), "counted", block(measurement, "python -m benchmarks.counted"))
        PAGE.write_text(text, "utf-8")


def counted(every: int = 1, parts: Sequence[float] = PARTS) -> Measurement:
    """Share of spun copies whose source is told, by the counts that they are judged by."""
    texts, pairs = corpora.spun_news()
    chosen = [p for p in pairs if p.truth == "spun"][::every]
    by_fold = [[p for p in chosen if corpora.fold(p.source) == fold] for fold in range(corpora.FOLDS)]
    aligned = [align_pairs("spun-news spun", texts, group) for group in by_fold]
    shipped = word_pairs("en")
    figures: Figures = {}
    rows = [(NONE, "", *_told(NONE, aligned, [lambda _: NOTHING] * len(aligned), figures))]
    rows.append(("those that ship", "", *_told("shipped", aligned, [lambda _: shipped] * len(aligned), figures)))
    for part in parts:
        piles = [_others(texts, pairs, part, fold) for fold in range(corpora.FOLDS)]
        files = [count_pairs(documents_of(pile), LocalEngine()) for pile in piles]
        for least in (1, 2):
            seen = [WordPairs(*(counts.seen(least) for counts in file)) for file in files]
            told = _told(f"file {part}, {least}", aligned, [partial(_all, counts) for counts in seen], figures)
            rows.append((f"a file of other texts, least {least}", _size(piles[0]), *told))
    for some in (None, *parts):
        piles = [_collected(texts, pairs, some, fold) for fold in range(corpora.FOLDS)]
        owns = [parse_counts(collect_statistics(documents_of(pile), options=OPTIONS), "en") for pile in piles]
        what = "a third are copies" if some is None else "few are copies"
        for way, more in (("own", NOTHING), ("both", shipped)):
            backgrounds = [partial(_less, own.plus(more), pile) for own, pile in zip(owns, piles, strict=True)]
            told = _told(f"{way}, {'all' if some is None else some}", aligned, backgrounds, figures)
            rows.append((f"{WAYS[way]}, {what}", _size(piles[0]), *told))
    header = ("counts", "words", *(f"≥ {share(sure, 2)}" for sure in SURE), "right", "health pages, ≥ .9")
    return Measurement(
        title="Direction of spun copies by counts of word pairs",
        corpus="spun-news",
        part="spun copies",
        sample=f"{count(len(chosen))} pairs",
        scorer="the true source named or not; weights fitted without the family, in five folds",
        tables=(Table(header=header, rows=tuple(rows)),),
        figures=figures,
    )


def _others(texts: dict[str, str], pairs: Sequence[Pair], part: float, fold: int) -> dict[str, str]:
    """Return a part of what is no copy, and no source of a fold."""
    judged = {doc for p in pairs for doc in (p.copy, p.source) if doc == p.copy or corpora.fold(doc) == fold}
    return {doc: text for doc, text in texts.items() if doc not in judged and corpora.digest(doc) % 1000 < 1000 * part}


def _size(pile: dict[str, str]) -> str:
    return count(round(sum(len(words_of(text)) for text in pile.values()), -3))


def _all(counts: WordPairs, _pair: Pair) -> WordPairs:
    return counts


def _collected(texts: dict[str, str], pairs: Sequence[Pair], part: float | None, fold: int) -> dict[str, str]:
    """Return a collection: all, or a part of what is no copy with that part of the copies of a fold."""
    if part is None:
        return texts
    source = {p.copy: p.source for p in pairs}
    chosen = {doc for doc in texts if corpora.digest(source.get(doc, doc)) % 1000 < 1000 * part}
    return {doc: texts[doc] for doc in chosen if doc not in source or corpora.fold(source[doc]) == fold}


def _less(counts: WordPairs, pile: dict[str, str], pair: Pair) -> WordPairs:
    """Return counts less what the two texts of a pair put in."""
    return counts.without([words_of(pile[doc]) for doc in (pair.copy, pair.source) if doc in pile])


def _told(name: str, aligned: Sequence[Aligned], backgrounds: Sequence[Background], figures: Figures) -> Iterator[str]:
    """Yield the share of pairs whose source is told from each confidence on, and of all told those that are right."""
    examples = measured()
    odds = []
    for fold, (held, background) in enumerate(zip(aligned, backgrounds, strict=True)):
        weights = fit([e for e in examples if e.fold != fold], counted=name != NONE)
        odds.append(log_odds(list(describe(held, background)), weights))
    chance = chances(np.concatenate(odds))
    decided = np.maximum(chance, 1 - chance)
    for sure in SURE:
        figures[f"{name} >= {sure}"] = float((decided >= sure).mean())
        yield share(figures[f"{name} >= {sure}"])
    figures[f"{name} right"] = float((chance[decided >= SURE[0]] > 0.5).mean())
    yield share(figures[f"{name} right"])
    health = np.array([p.domain == HEALTH for held in aligned for p in held.pairs])
    figures[f"{name} health"] = float((decided[health] >= SURE[-1]).mean())
    yield share(figures[f"{name} health"])


if __name__ == "__main__":
    main()
