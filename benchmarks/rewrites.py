"""Texts rewritten by language models: how many are recognised as derived, and at what price in false alarms."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from math import log, sqrt

from benchmarks import corpora
from benchmarks.corpora import Labelled, Pair
from benchmarks.folds import SAID, relate_unseen
from benchmarks.measurement import Figures, Measurement, Table, count, share
from benchmarks.relating import NOT_REUSE, relate
from stemmata.passages.acceptance import DEFAULTS, AlignmentOptions
from stemmata.tokens import words_of

MOST = {"l2r": 2400, "raidar": 2400}  # pairs of a data set; others whole
MOST_STRANGERS = 600
RARE = 0.05  # words of more documents say little of a subject
STRICTER = (0.8, 0.85, 0.9)  # values of the option ``reuse`` above its default
RUN = 8  # equal words in a row by which a stranger is taken for a copy that nobody labelled


def rewrites(every: int = 1, *, unseen: bool = False) -> Measurement:
    """Share of model rewrites recognised as derived, by model and domain, and of strangers on the same subject."""
    texts: dict[str, str] = {}
    derived: list[Pair] = []
    strangers: list[Pair] = []
    for held, pairs in (
        corpora.l2r(),
        corpora.raidar(),
        corpora.gpt35(),
        corpora.l2r_strangers(),
        corpora.clough(),
        near(),
    ):
        texts |= held
        for name, some in _by(pairs, "corpus").items():
            if name in DERIVED:
                derived += corpora.choose(some, MOST.get(name, len(some)))
            elif some[0].truth in ("none", "non"):
                strangers += corpora.choose(some, MOST_STRANGERS)
    derived, strangers = derived[::every], strangers[::every]
    found = _found(texts, derived + strangers, DEFAULTS, unseen=unseen)
    plain = [p for p in derived if p.truth == "paraphrased"]
    figures: Figures = {"recognised": _share(plain, found), "false alarms": _share(strangers, found)}
    figures |= {f"recognised, {name}": _share(some, found) for name, some in _by(derived, "corpus").items()}
    figures |= {f"false alarms, {name}": _share(some, found) for name, some in _by(strangers, "corpus").items()}
    strictly = {
        reuse: _found(texts, derived + strangers, AlignmentOptions(reuse=reuse), unseen=unseen) for reuse in STRICTER
    }
    return Measurement(
        title="Model rewrites",
        corpus="L2R, RAIDAR, gpt35; strangers: L2R, gpt35, spun-news, Clough and Stevenson",
        part="L2R without program text; RAIDAR: rewrites of the root; gpt35: English",
        sample=f"{count(len(derived))} rewrites and {count(len(strangers))} strangers, chosen by hash",
        scorer=f"relation neither none nor template, copy not given{SAID[unseen]}",
        tables=(
            _by_model(derived, found),
            _by_domain(plain, found),
            _alarms(strangers, found),
            _prices(derived, strangers, {DEFAULTS.reuse: found} | strictly),
        ),
        figures=figures,
    )


DERIVED = ("l2r", "raidar", "raidar opposite", "gpt35")


def _found(texts: dict[str, str], pairs: Sequence[Pair], options: AlignmentOptions, *, unseen: bool) -> set[Pair]:
    """Return the pairs that are called reuse."""
    rows = (relate_unseen if unseen else relate)(texts, pairs, options)
    return {pair for pair, row in zip(pairs, rows, strict=True) if row["kind"] not in NOT_REUSE}


def near() -> Labelled:
    """Return each original of spun-news beside the stranger of its domain that is nearest in subject; truth: none.

    Nearest by cosine of TF-IDF. A stranger that shares eight words in a row is passed over: offices and health
    sites repeat whole sentences of their own, and those are copies.
    """
    texts, _ = corpora.spun_news()
    rows = corpora.spun_rows()
    words = {
        row["id"]: words_of(row["text"]).word.tolist() for row in rows if row["kind"] in ("original", "distractor")
    }
    held = Counter(word for some in words.values() for word in set(some))
    rarity = {word: log(len(words) / n) for word, n in held.items() if 1 < n <= RARE * len(words)}
    vectors = {
        doc: _unit({w: n * rarity[w] for w, n in Counter(some).items() if w in rarity}) for doc, some in words.items()
    }
    postings: dict[tuple[str, int], list[tuple[str, float]]] = defaultdict(list)
    for row in rows:
        if row["kind"] == "distractor":
            for word, weight in vectors[row["id"]].items():
                postings[row["domain"], word].append((row["id"], weight))
    pairs = []
    for row in rows:
        if row["kind"] == "original":
            cosine: dict[str, float] = defaultdict(float)
            for word, weight in vectors[row["id"]].items():
                for other, its in postings[row["domain"], word]:
                    cosine[other] += weight * its
            runs = _runs(words[row["id"]])
            ranked = sorted(cosine, key=lambda doc: (-cosine[doc], doc))
            nearest = next(doc for doc in ranked if runs.isdisjoint(_runs(words[doc])))
            pairs.append(Pair(nearest, row["id"], "none", "spun-news, nearest distractor", "", row["domain"]))
    return texts, pairs


def _unit(vector: dict[int, float]) -> dict[int, float]:
    length = sqrt(sum(weight * weight for weight in vector.values())) or 1.0
    return {word: weight / length for word, weight in vector.items()}


def _runs(words: Sequence[int]) -> set[tuple[int, ...]]:
    return {tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}


def _by(pairs: Sequence[Pair], *names: str) -> dict[str, list[Pair]]:
    groups: dict[str, list[Pair]] = {}
    for pair in pairs:
        groups.setdefault(", ".join(getattr(pair, name) for name in names), []).append(pair)
    return groups


def _share(pairs: Sequence[Pair], found: set[Pair]) -> float:
    return sum(pair in found for pair in pairs) / len(pairs)


def _rows(groups: dict[str, list[Pair]], found: set[Pair]) -> tuple[tuple[str, ...], ...]:
    return tuple((name, count(len(some)), share(_share(some, found), 2)) for name, some in groups.items())


def _by_model(derived: Sequence[Pair], found: set[Pair]) -> Table:
    rows = _rows(_by(derived, "corpus", "model"), found)
    return Table(header=("data set, model", "pairs", "recognised"), rows=rows, caption="By model:")


def _by_domain(derived: Sequence[Pair], found: set[Pair]) -> Table:
    groups = dict(sorted(_by(derived, "corpus", "domain").items()))
    return Table(header=("data set, domain", "pairs", "recognised"), rows=_rows(groups, found), caption="By domain:")


def _prices(derived: Sequence[Pair], strangers: Sequence[Pair], found: Mapping[float, set[Pair]]) -> Table:
    """Return what is recognised, and at what price, where passages must be likelier reuse to count."""
    groups = _by(derived, "corpus")
    rows = tuple(
        (
            f"{reuse:g}",
            *(share(_share(some, held)) for some in groups.values()),
            share(_share(strangers, held)),
        )
        for reuse, held in found.items()
    )
    header = ("option `reuse`", *groups, "false alarms")
    return Table(header=header, rows=rows, caption="What is recognised, and its price:")


def _alarms(strangers: Sequence[Pair], found: set[Pair]) -> Table:
    rows = (
        *_rows(_by(strangers, "corpus"), found),
        ("**all**", count(len(strangers)), share(_share(strangers, found))),
    )
    return Table(header=("same subject, not derived", "pairs", "false alarms"), rows=rows, caption="False alarms:")
