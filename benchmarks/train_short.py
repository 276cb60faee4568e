"""Fit the model that tells short reuse from chance, names and formulas, and print its constants.

::

    python -m benchmarks.train_short                 fit
    python -m benchmarks.train_short --figures test  what the constants in the package give, at several thresholds

The constants go into ``stemmata/passages/short.py``. Logistic regression on what ``short.measure_runs`` gives.
Reuse: passages of 8 to 30 words cut from third texts, planted into the unrelated pairs of PAN13 ``train`` and into
pairs of short texts, two in five with a word or two changed. No reuse: whatever is found in the same pairs without
them, and in half of the pairs on one subject or of one house; the figures are of the other half.
"""

from __future__ import annotations

import argparse
import re
from functools import cache
from itertools import combinations
from typing import NamedTuple

import numpy as np

from benchmarks import corpora
from benchmarks.corpora import Labelled
from benchmarks.logistic import Matrix, fit
from stemmata.languages import frequencies
from stemmata.passages.pair import TextPair, prepare
from stemmata.passages.short import find_short, measure_runs
from stemmata.tokens import words_of

WORDS = (8, 12, 15, 20, 30)
THRESHOLDS = (-2.0, -1.0, 0.0, 1.0)
CHARACTERS_A_WORD = 12  # at most, on the average of a passage
SHORT_HOSTS = 1_200  # pairs of short texts that get a planted passage
LONG_RUN = 15  # words: a run as long is shared text, whatever the pair is called; it is left out
WIRE = 0.3  # weight of a run between two wire stories: a desk does reuse its phrases
RIDGE = 2e-4  # planted passages are never formulas or lists: without it those would weigh without end
SENTENCE = re.compile(r"[.!?][\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-Z])")
SPACE = re.compile(r"\s+")
Span = tuple[int, int]


class Host(NamedTuple):
    """Two texts that have nothing to do with each other; the key is what every choice hangs on."""

    key: str
    a: str
    b: str


class Planted(NamedTuple):
    """A host with a passage planted on both sides, and where it stands: code points of a and of b."""

    pair: TextPair
    in_a: Span
    in_b: Span

    def held(self, words: tuple[int, int, int, int]) -> bool:
        """Say whether words [a_from, a_to) and [b_from, b_to) cover half of it, on both sides."""
        spans = self.pair.a.span(*words[:2]), self.pair.b.span(*words[2:])
        return all(
            2 * (min(end, high) - max(start, low)) >= high - low
            for (start, end), (low, high) in zip(spans, (self.in_a, self.in_b), strict=True)
        )


def main() -> None:
    """Fit and print, or print figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--figures", choices=("train", "test"))
    chosen = parser.parse_args()
    if not corpora.DATA.is_dir():
        raise SystemExit(corpora.MISSING)
    if chosen.figures:
        print_figures(chosen.figures)
    else:
        print_constants()


def print_constants() -> None:
    """Fit the model and print what goes into the package."""
    pan = unrelated("train")
    other = {name: [host for host in hosts if training(host)] for name, hosts in quiet().items()}
    short = [host for name in sorted(other) if name.startswith(("L2R", "Spun")) for host in other[name]]
    short = short[:: max(1, len(short) // SHORT_HOSTS)]
    hosts = [(host, turn) for host in pan for turn in range(2)] + [(host, 0) for host in short]
    reused = [figures for host, turn in hosts if (figures := _reused(host, turn)) is not None]
    chance, weights = [], []
    for name, pairs in {"PAN13": pan, **other}.items():
        for host in pairs:
            runs = measure_runs(ready(host.a, host.b), [], names=True)
            found = runs.figures[runs.words[:, 1] - runs.words[:, 0] < LONG_RUN]
            chance.append(found)
            weights += [WIRE if name.startswith("Reuters") else 1.0] * len(found)
    solution = _fit(np.array(reused), np.concatenate(chance), np.array(weights))
    print(f"{len(reused)} planted, {len(weights)} by chance")
    print("BY_SURPRISE, BY_UNLIKE, BY_REPEAT, BY_BREAK, CONSTANT =", ", ".join(f"{value:.3f}" for value in solution))


def print_figures(part: str) -> None:
    """Print the share of planted passages found, by words, and of unrelated pairs with a passage."""
    print(f"{'log-odds above':50}" + "".join(f"{accept:8.1f}" for accept in THRESHOLDS))
    pan = unrelated(part)
    for first in (True, False):
        for words in WORDS:
            planted = [p for host in pan if (p := plant(host, part, words, first=first))]
            met = [[any(p.held(r[:4]) for r in _found(p.pair, accept)) for p in planted] for accept in THRESHOLDS]
            what = "from a sentence's start" if first else "from anywhere"
            print(f"{f'{words} words {what}, of {len(planted)}':50}" + "".join(f"{np.mean(m):8.4f}" for m in met))
    other = {name: [host for host in hosts if not training(host)] for name, hosts in quiet().items()}
    for name, hosts in {f"PAN13 01 {part}": pan, **other}.items():
        pairs = [ready(host.a, host.b) for host in hosts]
        false = [[bool(_found(pair, accept)) for pair in pairs] for accept in THRESHOLDS]
        print(f"{f'{name}, of {len(hosts)}':50}" + "".join(f"{np.mean(f):8.4f}" for f in false))


def _found(pair: TextPair, accept: float) -> list[tuple[int, int, int, int]]:
    return [(r.a_from, r.a_to, r.b_from, r.b_to) for r in find_short(pair, [], accept, names=True).rectangles]


def ready(a: str, b: str) -> TextPair:
    """Return an English pair, prepared."""
    return prepare(a, words_of(a), b, words_of(b), frequencies("en"))


@cache
def unrelated(part: str) -> list[Host]:
    """Return the pairs of PAN13 that share no passage."""
    texts, pairs = corpora.pan13(part)
    return [Host(f"{p.copy} {p.source}", texts[p.copy], texts[p.source]) for p in pairs if p.part.startswith("01")]


@cache
def quiet() -> dict[str, list[Host]]:
    """Return pairs on one subject, or of one house, none of which is labelled as a copy."""
    texts, answers = corpora.clough()
    non = [pair for pair in answers if pair.truth == "non"]
    pairs = [(p.copy, q.copy) for p, q in combinations(non, 2) if p.source == q.source]
    stories = {row["id"]: row["text"] for row in corpora.reuters() if len(row["text"].split()) > 3}
    labels = sorted(corpora.reuters_labels().items())
    return {
        "Clough, non and the source": _strangers(corpora.clough(), "clough non"),
        "Clough, two of non": [Host(f"{a} {b}", texts[a], texts[b]) for a, b in pairs],
        "GPT-3.5 from the title, and the article": _strangers(corpora.gpt35(), "gpt35 generated, human"),
        "Spun news, original and distractor": _strangers(corpora.spun_news_strangers(), "spun-news distractor"),
        "L2R, two human texts": _strangers(corpora.l2r_strangers(), "l2r, two humans"),
    } | {
        f"Reuters, {label}": [
            Host(f"{a} {b}", stories[a], stories[b])
            for (a, b), named in labels
            if named == label and a in stories and b in stories
        ]
        for label in ("unrelated", "same-event", "template")
    }


def _strangers(labelled: Labelled, corpus: str) -> list[Host]:
    texts, pairs = labelled
    return [Host(f"{p.copy} {p.source}", texts[p.copy], texts[p.source]) for p in pairs if p.corpus == corpus]


def training(host: Host) -> bool:
    """Say whether a pair belongs to the half that the model is fitted on."""
    return choice(2, host.key, "half") == 0


@cache
def donors(part: str) -> list[str]:
    """Return the texts that planted passages are cut from: all sources of PAN13."""
    texts, _ = corpora.pan13(part)
    return [texts[name] for name in sorted(texts) if name.startswith("src/")]


def plant(host: Host, part: str, words: int, *, first: bool, within: bool = False, changes: int = 0) -> Planted | None:
    """Plant words of a third text where a sentence begins, on both sides; None where there is no room.

    Parameters
    ----------
    first : bool
        Whether the words begin with a sentence, else anywhere.
    within : bool
        Whether b has them anywhere, between quotation marks.
    changes : int
        Words of b that are replaced, or get another after them.
    """
    key = f"{host.key} {words} {first}"
    texts = donors(part)
    donor = texts[choice(len(texts), key, "donor")]
    starts = [m.end() for m in (SENTENCE if first else SPACE).finditer(donor)]
    starts = [start for start in starts if len(donor) - start > CHARACTERS_A_WORD * words]
    if donor in (host.a, host.b) or not starts:
        return None
    start = starts[choice(len(starts), key, "cut")]
    pieces = re.findall(r"\S+\s*", donor[start : start + 10 * CHARACTERS_A_WORD * words])[:words]
    if len(pieces) < words:
        return None
    passage = "".join(pieces).rstrip()
    for k in range(changes):
        at = 1 + choice(words - 2, key, "place", k)
        kept = pieces[at] * choice(2, key, "kind", k)
        pieces[at] = f"{kept}{donor.split()[choice(50, key, 'word', k)]} "
    changed = "".join(pieces).rstrip()
    a = _put(host.a, passage, SENTENCE, f"{key} a")
    b = _put(host.b, f"“{changed}”" if within else changed, SPACE if within else SENTENCE, f"{key} b")
    return Planted(ready(a[0], b[0]), a[1], b[1]) if a and b else None


def _put(text: str, passage: str, where: re.Pattern[str], key: str) -> tuple[str, Span] | None:
    places = [m.end() for m in where.finditer(text)]
    if not places:
        return None
    at = places[choice(len(places), key)]
    return f"{text[:at]}{passage} {text[at:]}", (at, at + len(passage))


def choice(count: int, *key: object) -> int:
    """Return one of 0 … count - 1, the same for a key on every machine."""
    return corpora.digest(" ".join(map(str, key))) % count


def _reused(host: Host, turn: int) -> Matrix | None:
    """Return the figures of the best run in a passage planted into a host; None where there is none."""
    planted = plant(
        host,
        "train",
        8 + choice(23, host.key, turn, "words"),
        first=choice(2, host.key, turn, "first") == 0,
        within=choice(2, host.key, turn, "within") == 0,
        changes=max(0, choice(5, host.key, turn, "changes") - 2),
    )
    if planted is None:
        return None
    runs = measure_runs(planted.pair, [], names=True)
    inside = [k for k, words in enumerate(runs.words.tolist()) if planted.held(tuple(words))]
    return runs.figures[max(inside, key=lambda k: float(runs.evidence[k]))] if inside else None


def _fit(ours: Matrix, theirs: Matrix, weights: Matrix) -> Matrix:
    """Return weights and constant, both classes weighing the same."""
    wanted = np.concatenate([np.ones(len(ours)), np.zeros(len(theirs))])
    weight = np.concatenate([np.full(len(ours), 1 / len(ours)), weights / weights.sum()])
    return fit(np.concatenate([ours, theirs]), wanted, weight, RIDGE)


if __name__ == "__main__":
    main()
