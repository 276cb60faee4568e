"""Short passages planted into unrelated pairs: from which length they are found, and at what price."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import count as counting
from typing import NamedTuple

from benchmarks import corpora
from benchmarks.corpora import Pair, PanPair, digest
from benchmarks.measurement import Figures, Measurement, Table, count, share
from benchmarks.pan13 import NONE_THERE
from benchmarks.relating import documents_in, pairs_of
from stemmata.alignments import align

LENGTHS = (8, 12, 15, 20, 30)  # words
HALF = 0.5  # share of a planted passage that must be found, on both sides
SENTENCE = re.compile(r"(?<=[.!?]\s)[A-Z][\w ,;'’-]+\.(?=\s+[A-Z])", re.A)
WORD = re.compile(r"[\w'’-]+")
BOUNDARY = re.compile(r"(?<=[.!?]\s)(?=[A-Z])")

Span = tuple[int, int]


class Planting(NamedTuple):
    """A pair of texts that both hold a passage, and where each holds it, in code points."""

    copy: str
    source: str
    in_copy: Span
    in_source: Span


def short_reuse(every: int = 1, part: str = "test") -> Measurement:
    """Share of planted sentences that are found, by length, and of pairs without one that get a passage."""
    texts, pairs = corpora.pan13(part)
    hosts = [p for p in pairs if p.part == NONE_THERE][::every]
    figures: Figures = {}
    for edited, after in ((False, ""), (True, ", a word replaced")):
        for words in LENGTHS:
            planted = [planting(texts, p, words, sentences(part), edited) for p in hosts]
            figures[f"found, {words} words{after}"] = sum(_found(planted)) / len(hosts)
    alone = [Planting(texts[p.copy], texts[p.source], (0, 0), (0, 0)) for p in hosts]
    figures["pairs with a false passage"] = sum(bool(spans) for spans in _passages(alone)) / len(hosts)
    rows = [
        (f"{words} words", *(share(figures[f"found, {words} words{after}"]) for after in ("", ", a word replaced")))
        for words in LENGTHS
    ]
    rows.append(("**pairs with a passage where none was planted**", share(figures["pairs with a false passage"]), ""))
    return Measurement(
        title="Short reuse",
        corpus="PAN 2013 text alignment, 01-no-plagiarism",
        part=f"part `{part}`",
        sample=f"{count(len(hosts))} pairs, a sentence of a third text planted into both texts of each, placed by hash",
        scorer="a sentence is found by a passage that holds half of it on both sides; copy not given",
        tables=(Table(header=("sentence of", "found, verbatim", "found, one word replaced"), rows=tuple(rows)),),
        figures=figures,
    )


@cache
def sentences(part: str) -> dict[int, list[str]]:
    """Return plain sentences of the texts of a part by their length in words, in the order of their hashes."""
    texts, _ = corpora.pan13(part)
    pool = {sentence for text in texts.values() for sentence in SENTENCE.findall(text)}
    by_length: dict[int, list[str]] = {words: [] for words in LENGTHS}
    for sentence in sorted(pool, key=digest):
        by_length.get(len(WORD.findall(sentence)), []).append(sentence)
    return by_length


def planting(
    texts: dict[str, str], pair: PanPair, words: int, pool: dict[int, list[str]], edited: bool = False
) -> Planting:
    """Put a sentence that neither text of a pair holds into both; where edited, the copy has one word of another."""
    seed, copy, source = f"{pair.copy} {pair.source} {words}", texts[pair.copy], texts[pair.source]
    some = pool[words]
    drawn = (some[(digest(seed) + step) % len(some)] for step in counting())
    strange: Iterator[str] = (sentence for sentence in drawn if sentence not in copy and sentence not in source)
    sentence = next(strange)
    changed = _one_replaced(sentence, next(strange)) if edited else sentence
    in_copy, in_source = (_boundary(text, f"{seed} {side}") for side, text in (("copy", copy), ("source", source)))
    return Planting(
        f"{copy[:in_copy]}{changed} {copy[in_copy:]}",
        f"{source[:in_source]}{sentence} {source[in_source:]}",
        (in_copy, in_copy + len(changed)),
        (in_source, in_source + len(sentence)),
    )


def _one_replaced(sentence: str, other: str) -> str:
    """Return the sentence with its longest word exchanged for that of the other."""
    longest, put = (max(WORD.finditer(text), key=lambda word: len(word[0])) for text in (sentence, other))
    return f"{sentence[: longest.start()]}{put[0]}{sentence[longest.end() :]}"


def _boundary(text: str, seed: str) -> int:
    places = [found.start() for found in BOUNDARY.finditer(text)] or [0]
    return places[digest(seed) % len(places)]


def _found(planted: Sequence[Planting]) -> list[bool]:
    return [
        any(_half(p.in_copy, in_copy) and _half(p.in_source, in_source) for in_copy, in_source in spans)
        for p, spans in zip(planted, _passages(planted), strict=True)
    ]


def _half(span: Span, found: Span) -> bool:
    return min(span[1], found[1]) - max(span[0], found[0]) >= HALF * (span[1] - span[0])


def _passages(planted: Sequence[Planting]) -> list[list[tuple[Span, Span]]]:
    """Return the spans in copy and source of every passage of each pair."""
    pairs = [Pair(f"{row:06}/copy", f"{row:06}/source", "") for row in range(len(planted))]
    texts = {
        name: text for pair, p in zip(pairs, planted, strict=True) for name, text in zip(pair, p[:2], strict=False)
    }
    spans: dict[str, list[tuple[Span, Span]]] = {p.copy: [] for p in pairs}
    for row in align(documents_in(texts, pairs), pairs_of(pairs)).to_pylist():  # "copy" < "source": a is the copy
        spans[row["a"]].append(((row["a_start"], row["a_end"]), (row["b_start"], row["b_end"])))
    return list(spans.values())
