"""Which search strings a copy still holds: those that ``queries`` makes, and phrases drawn at random beside them."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from benchmarks import corpora
from benchmarks.measurement import Figures, Measurement, Table, count, share
from stemmata.queries import make_queries
from stemmata.tokens import Words, read_words, words_of

QUERIES = 10
PHRASE = 8  # words of a phrase that is drawn
EACH = 10  # one in so many copies is asked about; the weights were chosen by eye on others
STRENGTHS = (0.2, 0.4, 0.6, 0.8)
_PARTS = re.compile(r'"([^"]+)"|(\S+)')
_GENITIVE = re.compile(r"['’]s\b")


class Texts:
    """Texts in which strings are looked for, by their words."""

    def __init__(self, texts: Iterable[str]) -> None:
        plain = [_GENITIVE.sub("", text) for text in texts]
        self.tokens = read_words(pa.array(plain, pa.large_string()))
        word = self.tokens.words.word
        self.order = np.argsort(word, kind="stable")
        self.word = word[self.order]

    def __len__(self) -> int:
        return len(self.tokens)

    def holding(self, query: str) -> NDArray[np.int64]:
        """Return the texts that hold all parts of a string, each exactly."""
        found = np.arange(len(self))
        for phrase, bare in _PARTS.findall(query):
            found = np.intersect1d(found, self._with(words_of(phrase or bare)))
        return found

    def _with(self, phrase: Words) -> NDArray[np.int64]:
        word = self.tokens.words.word
        low, high = (np.searchsorted(self.word, phrase.word[0], side) for side in ("left", "right"))
        at = self.order[low:high]
        for step, wanted in enumerate(phrase.word[1:], 1):
            at = at[at + step < len(word)]
            at = at[word[at + step] == wanted]
        text = np.searchsorted(self.tokens.first, at, "right") - 1
        return np.unique(text[at + len(phrase) <= self.tokens.first[text + 1]]).astype(np.int64)


def drawn(text: str, name: str) -> list[str]:
    """Return phrases drawn at random."""
    words = words_of(text)
    draw = random.Random(name)
    places = range(max(0, len(words) - PHRASE + 1))
    chosen = draw.sample(places, min(QUERIES, len(places)))
    phrases = [text[words.start[at] : words.end[at + PHRASE - 1]] for at in chosen]
    return [f'"{" ".join(phrase.replace(chr(34), " ").split())}"' for phrase in phrases]


def made(text: str, _name: str) -> list[str]:
    """Return the strings that stemmata makes."""
    return [str(query) for query in make_queries(text, "en", most=QUERIES)["query"].to_pylist()]


WAYS: dict[str, Callable[[str, str], list[str]]] = {"queries": made, f"random {PHRASE}-word phrases": drawn}


def searching(every: int = 1) -> Measurement:
    """Ask for spun copies by strings of their originals: which stand in the copy, and in how many other texts."""
    rows = {row["id"]: row for row in corpora.spun_rows()}
    copies = [row for row in rows.values() if row["kind"] == "spun"][EACH // 2 :: EACH * every]
    strangers = Texts(row["text"] for row in rows.values() if row["kind"] == "distractor")
    seeds = [file.read_text("utf-8") for file in sorted(corpora.SEEDS.glob("00*.txt"))]
    figures: Figures = {}
    table = []
    for name, way in WAYS.items():
        held: dict[float, list[bool]] = {strength: [] for strength in STRENGTHS}
        alone, strings = [], 0
        found: dict[str, bool] = {}
        for row in copies:
            copy, source = Texts([row["text"]]), rows[row["source_id"]]
            asked = way(source["text"], source["id"])
            hits = [len(copy.holding(query)) > 0 for query in asked]
            held[row["strength"]] += hits
            alone += [len(strangers.holding(query)) == 0 for query in asked]
            found[row["id"]] = any(hits)
            strings += len(asked)
        figures |= {f"{name}, held at {strength}": float(np.mean(hits)) for strength, hits in held.items()}
        figures[f"{name}, held"] = float(np.mean([hit for hits in held.values() for hit in hits]))
        figures[f"{name}, copies with one at least"] = float(np.mean([*found.values()]))
        figures[f"{name}, in no stranger"] = float(np.mean(alone))
        figures[f"{name}, a text"] = strings / len(copies)
        copy = Texts([seeds[0]])
        figures[f"{name}, seeds"] = float(sum(len(copy.holding(query)) > 0 for query in way(seeds[1], "seed")))
        table.append(_row(name, figures))
    header = ("strings", "held at .2 .4 .6 .8", "held", "copies that hold one", "in no stranger", "a text", "real pair")
    return Measurement(
        title="Search strings that survive",
        corpus="spun-news",
        part="spun copies",
        sample=f"{count(len(copies))} copies, {count(len(strangers))} distractors, and one real spun pair",
        scorer=(
            f"share of up to {QUERIES} strings of an original that its copy holds, every quoted part and word of them; "
            "share that no distractor holds"
        ),
        tables=(Table(header=header, rows=tuple(table)),),
        figures=figures,
    )


def _row(name: str, figures: dict[str, Any]) -> tuple[str, ...]:
    by_strength = " ".join(share(figures[f"{name}, held at {strength}"], 2) for strength in STRENGTHS)
    shares = [share(figures[f"{name}, {what}"], 2) for what in ("held", "copies with one at least", "in no stranger")]
    return name, by_strength, *shares, f"{figures[f'{name}, a text']:.1f}", f"{figures[f'{name}, seeds']:.0f} of 10"
