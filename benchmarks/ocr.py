"""Passages planted into texts whose letters are then recognised wrongly: what of that is still found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from random import Random
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from benchmarks.corpora import DATA, Pair, digest, read_jsonl
from benchmarks.measurement import Figures, Measurement, Table, count, share
from benchmarks.relating import documents_of, pairs_of
from stemmata.alignments import align
from stemmata.fingerprints import fingerprint
from stemmata.languages import frequencies
from stemmata.pairs import find_pairs
from stemmata.tokens import NUMBER, read_words

RATES = (0.0, 0.02, 0.05, 0.1, 0.2)  # of characters, on both sides
LENGTHS = (20, 60, 150)  # words
HOST_WORDS = 600
TRIALS, BOOKS = 120, 600
STRANGERS = "unrelated pairs a text"
SHOWN = ("found", "recall", "precision", "as worded", "pairs", STRANGERS)
HALF = 0.5  # share of a planted passage that must be found, on both sides
ALIKE = (  # first what is named most often, then what else letters and signs are taken for
    "m rn, c e, e c, l 1, h b, b h, s f, f s, r i, n u, u n, a o, o 0, i l, t f, d cl, g q, q g, y v, v y, w vv, "
    "p n, k h, j i, x z, z x, . :, ; i, ' `, - ~"
)
CONFUSED = dict(pair.split(" ") for pair in ALIKE.split(", "))
PARTING = 0.1  # of the errors: a space where none is; dropped ones come by themselves, as spaces are characters
BOUNDARY = re.compile(r"(?<=[.!?] )(?=[A-Z])")

Span = tuple[int, int]


class Trial(NamedTuple):
    """Two texts with a passage that both hold, each in three pieces: before it, it, after it."""

    copy: tuple[str, str, str]
    source: tuple[str, str, str]


class Planted(NamedTuple):
    """Two texts as they were recognised, and where each holds the passage, in code points."""

    copy: str
    source: str
    in_copy: Span
    in_source: Span


def ocr(every: int = 1) -> Measurement:
    """Share of planted passages and of their pairs that are found, by length and by share of wrong characters."""
    figures: Figures = {}
    rows = []
    for rate in RATES:
        cells: dict[str, list[str]] = {name: [] for name in SHOWN}
        for words in LENGTHS:
            planted = [_recognised(trial, rate, f"{words} {n}") for n, trial in enumerate(trials(words)[::every])]
            measured = _passages(planted) | _pairs(planted)
            figures |= {f"{name}, {words} words, {rate:.0%} wrong": value for name, value in measured.items()}
            for name, cell in cells.items():
                cell.append(share(measured[name], 2) if name in measured else "–")
        alone = [p.copy for p in planted] + [p.source for p in planted]
        unknown = {size: _unknown(alone, size) for size in ("small", "large")}
        figures |= {f"unknown, {size}, {rate:.0%} wrong": value for size, value in unknown.items()}
        cells["unknown"] = [share(value, 2) for value in unknown.values()]
        rows.append((f"{rate:.0%}", *map(" ".join, cells.values())))
    passages = ("passages found", "recall", "precision", "named verbatim or edited", "pairs found", STRANGERS)
    header = ("wrong characters", *passages, "unknown words, of lists of 30,000 / 300,000")
    return Measurement(
        title="Texts with wrong characters",
        corpus="gutenberg-throughput",
        part="",
        sample=(
            f"{count(len(trials(LENGTHS[0])[::every]))} pairs of {HOST_WORDS} words of two authors, a passage "
            f"of a third of {', '.join(map(str, LENGTHS))} words in both, both recognised wrongly, each in its own way"
        ),
        scorer=(
            "a passage is found by one that holds half of it on both sides; recall and precision in characters of one "
            "side; pairs found by `find_pairs` with all texts in one pile; copy not given"
        ),
        tables=(Table(header=header, rows=tuple(rows)),),
        figures=figures,
    )


@cache
def _books() -> list[tuple[str, str]]:
    """Return an author and a stretch of text from the middle of each of some books, in the order of their hashes."""
    rows = islice(read_jsonl(DATA / "gutenberg-throughput" / "books.jsonl.zst"), BOOKS)
    middles = [
        (row["author"], row["id"], " ".join(row["text"][len(row["text"]) // 2 :][:20_000].split())) for row in rows
    ]
    fit = [row for row in middles if len(row[2]) > 8_000 and row[2].isascii() and "gutenberg" not in row[2].lower()]
    return [(author, text) for author, doc, text in sorted(fit, key=lambda row: digest(str(row[1])))]


@cache
def trials(words: int) -> list[Trial]:
    """Return pairs of texts of two authors that both hold a passage of a third."""
    found: list[Trial] = []
    books = _books()
    while len(found) < TRIALS:
        some: list[tuple[str, str]] = []
        for book in books:
            if len(some) < 3 and all(book[0] != author for author, _ in some):
                some.append(book)
        if len(some) < 3:
            break
        books = [book for book in books if book not in some]
        copy, source, third = (text for _, text in some)
        passage, seed = _cut(third, words), len(found)
        found.append(Trial(_around(copy, passage, f"copy {seed}"), _around(source, passage, f"source {seed}")))
    return found


def _cut(text: str, words: int) -> str:
    """Return so many words of a text, from the beginning of a sentence if one begins early."""
    begins = BOUNDARY.search(text, 0, 4_000)
    return " ".join(text[begins.start() if begins else 0 :].split(" ")[:words])


def _around(host: str, passage: str, seed: str) -> tuple[str, str, str]:
    text = _cut(host, HOST_WORDS)
    places = [found.start() for found in BOUNDARY.finditer(text)] or [0]
    at = places[digest(seed) % len(places)]
    return text[:at], f"{passage} ", text[at:]


def _recognised(trial: Trial, rate: float, seed: str) -> Planted:
    sides, spans = [], []
    for side, pieces in (("copy", trial.copy), ("source", trial.source)):
        before, passage, after = (recognise(piece, rate, f"{seed} {side} {n}") for n, piece in enumerate(pieces))
        sides.append(before + passage + after)
        spans.append((len(before), len(before) + len(passage)))
    return Planted(sides[0], sides[1], spans[0], spans[1])


def recognise(text: str, rate: float, seed: str) -> str:
    """Return a text of which a share of the characters is recognised wrongly.

    Each by itself: a letter becomes one that looks like it, or a space is seen before it; a space is overlooked.
    """
    drawn = Random(f"{seed} {rate}")

    def read(sign: str) -> str:
        if drawn.random() >= rate:
            return sign
        if sign == " ":
            return ""
        if drawn.random() < PARTING:
            return f" {sign}"
        seen = CONFUSED.get(sign.lower(), sign)
        return seen.capitalize() if sign.isupper() else seen

    return "".join(map(read, text))


def _passages(planted: list[Planted]) -> Figures:
    """Return what ``align`` finds of the passages, and how much of what it finds is theirs."""
    pairs = [Pair(f"{row:06}/copy", f"{row:06}/source", "") for row in range(len(planted))]
    known = dict(zip((pair.copy for pair in pairs), planted, strict=True))
    worded = told = 0
    met: dict[str, list[tuple[Span, Span]]] = {doc: [] for doc in known}
    for row in align(documents_of(_texts(planted)), pairs_of(pairs)).to_pylist():  # "copy" < "source": a is the copy
        met[row["a"]].append(((row["a_start"], row["a_end"]), (row["b_start"], row["b_end"])))
        told += 1
        worded += row["kind"] in ("verbatim", "edited")
    found = right = wrong = whole = strange = 0
    for doc, spans in met.items():
        p = known[doc]
        found += any(_half(p.in_copy, one) and _half(p.in_source, other) for one, other in spans)
        strange += any(not (_common(p.in_copy, one) and _common(p.in_source, other)) for one, other in spans)
        said = np.zeros(len(p.copy), bool)
        for (start, end), _ in spans:
            said[start:end] = True
        right += int(said[slice(*p.in_copy)].sum())
        wrong += int(said.sum() - said[slice(*p.in_copy)].sum())
        whole += p.in_copy[1] - p.in_copy[0]
    return {
        "found": found / len(planted),
        "recall": right / whole,
        "pairs with a false passage": strange / len(planted),
    } | ({"precision": right / (right + wrong), "as worded": worded / told} if right + wrong else {})


def _pairs(planted: list[Planted]) -> Figures:
    """Return how many of the pairs are found in a pile of all texts, and how many others are for each text."""
    documents = documents_of(_texts(planted))
    rows = find_pairs(documents, fingerprint(documents)).select(["a", "b"]).to_pylist()
    true = sum(row["a"].partition("/")[0] == row["b"].partition("/")[0] for row in rows)
    return {"pairs": true / len(planted), STRANGERS: (len(rows) - true) / (2 * len(planted))}


def _texts(planted: list[Planted]) -> dict[str, str]:
    sides: Iterator[tuple[str, str]] = (
        (f"{row:06}/{side}", text)
        for row, p in enumerate(planted)
        for side, text in (("copy", p.copy), ("source", p.source))
    )
    return dict(sides)


def _unknown(texts: list[str], size: str) -> float:
    """Return the share of words, numbers aside, that a list of English words does not have."""
    words = read_words(pa.array(texts, pa.large_string())).words
    hashes = words.word[words.flags & NUMBER == 0]
    return float(np.mean(frequencies("en", size).look_up(hashes, 0.0) == 0))


def _common(span: Span, found: Span) -> int:
    return max(min(span[1], found[1]) - max(span[0], found[0]), 0)


def _half(span: Span, found: Span) -> bool:
    return _common(span, found) >= HALF * (span[1] - span[0])
