"""Which copies are found at all: the sketches of spun-news beside each other, at one rate of unrelated finds."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from benchmarks import corpora
from benchmarks.measurement import Figures, Measurement, Table, count, share
from benchmarks.relating import documents_of
from stemmata.fingerprints import FingerprintOptions, fingerprint
from stemmata.pairs import PairOptions, find_pairs
from stemmata.tokens import read_words

UNRELATED = 0.01  # texts a query: the rate at which a score's threshold is set
REUSE = 6  # word 5-grams that a text shares with a query's source: then it is no unrelated find
CAP = 50  # texts with a hash, past which it says nothing
EVERYTHING = FingerprintOptions(skeleton_rate=1, surface_rate=1, floor=0)
SAMPLED = FingerprintOptions(sample_from=0)
RATE, FLOOR = 8, 64  # of word 3-grams
SLOTS, BANDS, ALIKE = 128, 32, 0.5
SHORT, STRONG = 100, 0.8  # words of the source and strength of the hardest spun copies
MIX = np.uint64(0x9E3779B97F4A7C15)
BLOCK = 2_000  # words of the vocabulary in a matrix at once


class Hashes(NamedTuple):
    """Distinct hashes of texts: ``hash[first[i]:first[i + 1]]`` are those of text i, ascending."""

    hash: NDArray[np.uint64]
    first: NDArray[np.int64]

    def owners(self) -> NDArray[np.int64]:
        """Return the text of each hash."""
        return np.repeat(np.arange(len(self.first) - 1), np.diff(self.first))


class Scores(NamedTuple):
    """Scores of pairs of a query and a text, by their indices; pairs that are not there share nothing."""

    query: NDArray[np.int64]
    text: NDArray[np.int64]
    score: NDArray[np.float64]


class Task(NamedTuple):
    """Queries and the texts among which their sources stand.

    Parameters
    ----------
    texts, queries : lists of rows of spun-news
    sources : list of dict of int to float
        Of each query the texts that it was made from, and what each counts; together 1.
    reuse : int64 array
        Query and text in one number (query times texts, plus text), where the text shares much with a source: they
        are no unrelated finds.
    """

    texts: list[dict[str, Any]]
    queries: list[dict[str, Any]]
    sources: list[dict[int, float]]
    reuse: NDArray[np.int64]


def retrieval(every: int = 1, sketches: tuple[str, ...] = ()) -> Measurement:
    """Look for copies of press releases and health pages among originals and others of their kind.

    By some ``sketches``, by default all.
    """
    asked = task(every)
    figures: Figures = {}
    rows = []
    for name in sketches or SKETCHES:
        find, threshold = SKETCHES[name]
        found, unrelated = _rates(asked, find(asked), threshold)
        figures |= {f"{name}, {kind}": rate for kind, rate in found.items()}
        figures[f"{name}, unrelated a query"] = unrelated
        spun = " ".join(share(found[f"spun {strength}"], 2) for strength in (0.2, 0.4, 0.6, 0.8))
        others = [share(found[kind], 2) for kind in ("excerpt-spun", "mix-spun", "edited", "100 words at .8")]
        rows.append((name, spun, *others, share(found["all"]), f"{unrelated:.3f}"))
    header = ("sketch", "spun .2 .4 .6 .8", "excerpt", "mix", "edited", "100 words at .8", "all", "unrelated a query")
    return Measurement(
        title="Which copies are found",
        corpus="spun-news",
        part="",
        sample=f"{count(len(asked.queries))} queries, {count(len(asked.texts))} originals and distractors",
        scorer=(
            f"share of queries whose source is found; scores at {UNRELATED} unrelated texts a query, texts that share"
            f" {REUSE} or more word 5-grams with the source left out; a second source counts half"
        ),
        tables=(Table(header=header, rows=tuple(rows)),),
        figures=figures,
    )


@cache
def task(every: int = 1) -> Task:
    """Return the queries, of which one in ``every`` is asked, and what they are looked for in."""
    rows = corpora.spun_rows()
    texts = [row for row in rows if row["kind"] in ("original", "distractor")]
    queries = [row for row in rows if row["kind"] not in ("original", "distractor")][::every]
    place = {row["id"]: number for number, row in enumerate(texts)}
    sources = []
    for row in queries:
        named = [place[row[name]] for name in ("source_id", "source_id2") if row.get(name) in place]
        sources.append({source: 1 / len(named) for source in named})
    grams = surface_hashes(texts)
    wanted = sorted({source for named in sources for source in named})
    both = shared(_chosen(grams, wanted), grams)
    alike: dict[int, list[int]] = {source: [source] for source in wanted}
    for source, text in zip(both.query[both.score >= REUSE], both.text[both.score >= REUSE], strict=True):
        alike[wanted[source]].append(int(text))
    reuse = [
        query * len(texts) + text for query, named in enumerate(sources) for source in named for text in alike[source]
    ]
    return Task(texts, queries, sources, np.unique(np.array(reuse, np.int64)))


def shared(queries: Hashes, texts: Hashes, cap: int | None = None, *, weighed: bool = False) -> Scores:
    """Count the hashes that queries share with texts.

    Parameters
    ----------
    cap : int, optional
        Texts with a hash past which it is left out.
    weighed : bool
        Score by the rarity of what is shared and its share of the smaller set: the sum over shared hashes of
        ``log((texts + 1) / (texts with it + .5))``, times the square root of shared / the fewer kept.
    """
    size = len(texts.first) - 1
    order = np.argsort(texts.hash, kind="stable")
    hashes, owners = texts.hash[order], texts.owners()[order]
    low, high = (np.searchsorted(hashes, queries.hash, side) for side in ("left", "right"))
    times = high - low
    held = times > 0 if cap is None else (times > 0) & (times <= cap)
    low, times, query = low[held], times[held], queries.owners()[held]
    at = np.repeat(low - np.cumsum(times) + times, times) + np.arange(times.sum())
    key = np.repeat(query, times) * size + owners[at]
    rarity = np.repeat(np.log((size + 1) / (times + 0.5)), times)
    order = np.argsort(key, kind="stable")
    pairs, begin, common = np.unique(key[order], return_index=True, return_counts=True)
    query, text = pairs // size, pairs % size
    if not weighed or not len(pairs):
        return Scores(query, text, common.astype(float))
    fewer = np.minimum(np.diff(queries.first)[query], np.diff(texts.first)[text])
    return Scores(query, text, np.add.reduceat(rarity[order], begin) * np.sqrt(common / fewer))


def _rates(asked: Task, scores: Scores, threshold: float | None) -> tuple[Figures, float]:
    """Return the share of sources found by kind of query, and unrelated texts a query.

    Without a ``threshold`` it is set so that ``UNRELATED`` texts a query are found.
    """
    related = np.isin(scores.query * len(asked.texts) + scores.text, asked.reuse)
    unrelated = np.sort(scores.score[~related])[::-1]
    allowed = int(UNRELATED * len(asked.queries))
    if threshold is None:
        threshold = float(np.nextafter(unrelated[allowed], np.inf)) if len(unrelated) > allowed else 0.0
    hits = np.zeros(len(asked.queries))
    hit = related & (scores.score >= threshold)
    for query, text in zip(scores.query[hit].tolist(), scores.text[hit].tolist(), strict=True):
        hits[query] += asked.sources[query].get(text, 0)
    kinds: dict[str, list[float]] = {}
    for row, sources, found in zip(asked.queries, asked.sources, hits.tolist(), strict=True):
        for kind in _kinds(row, asked.texts[min(sources)]["text"]):
            kinds.setdefault(kind, []).append(found)
    rates = {kind: float(np.mean(values)) for kind, values in kinds.items()}
    return rates, float(np.count_nonzero(unrelated >= threshold)) / len(asked.queries)


def _kinds(query: dict[str, Any], source: str) -> list[str]:
    """Return the columns of the table that a query counts in."""
    if query["kind"] != "spun":
        return [query["kind"], "all"]
    short = query["strength"] == STRONG and len(source.split()) <= SHORT
    return [f"spun {query['strength']}", *(["100 words at .8"] if short else []), "all"]


def _chosen(hashes: Hashes, texts: list[int]) -> Hashes:
    """Return the hashes of some of the texts."""
    sizes = np.diff(hashes.first)[texts]
    parts = [hashes.hash[hashes.first[text] : hashes.first[text + 1]] for text in texts]
    return Hashes(np.concatenate(parts), np.concatenate([[0], np.cumsum(sizes)]))


def _gathered(owner: NDArray[np.int64], hashes: NDArray[np.uint64], size: int) -> Hashes:
    """Return hashes by their owners, each once."""
    order = np.lexsort((hashes, owner))
    owner, hashes = owner[order], hashes[order]
    new = np.concatenate([[True], (owner[1:] != owner[:-1]) | (hashes[1:] != hashes[:-1])])
    return Hashes(hashes[new], np.concatenate([[0], np.cumsum(np.bincount(owner[new], minlength=size))]))


def kept(rows: list[dict[str, Any]], options: FingerprintOptions, view: str) -> Hashes:
    """Return what ``fingerprint`` keeps of one view."""
    documents = documents_of({row["id"]: row["text"] for row in rows})
    fingerprints = fingerprint(documents, options=options)
    fingerprints = fingerprints.filter(pc.equal(fingerprints.column("view").cast(pa.string()), view))
    doc = fingerprints.column("doc").cast(pa.string())
    owner = pc.index_in(doc, documents.column("doc").combine_chunks()).to_numpy().astype(np.int64)
    return _gathered(owner, fingerprints.column("hash").to_numpy(), len(rows))


def surface_hashes(rows: list[dict[str, Any]]) -> Hashes:
    """Return all word 5-grams."""
    return kept(rows, EVERYTHING, "surface")


def triples(rows: list[dict[str, Any]]) -> Hashes:
    """Return all word 3-grams, by a hash of our own: no view of stemmata has them."""
    tokens = read_words(pa.array([row["text"] for row in rows], pa.large_string()))
    word = tokens.words.word
    hashes = _mixed(_mixed(_mixed(word[:-2]) ^ word[1:-1]) ^ word[2:])
    owner = np.repeat(np.arange(len(tokens)), np.diff(tokens.first))
    whole = owner[:-2] == owner[2:]
    return _gathered(owner[:-2][whole], hashes[whole], len(rows))


def _mixed(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return well-spread numbers for numbers (SplitMix64)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def _sampled(hashes: Hashes) -> Hashes:
    """Keep one hash in ``RATE``, and the ``FLOOR`` smallest of each text: they come in ascending order."""
    owner = hashes.owners()
    rank = np.arange(len(owner)) - hashes.first[owner]
    keep = (hashes.hash < np.uint64(2**64 // RATE)) | (rank < FLOOR)
    return Hashes(
        hashes.hash[keep], np.concatenate([[0], np.cumsum(np.bincount(owner[keep], minlength=len(hashes.first) - 1))])
    )


def _by(sketch: Callable[[list[dict[str, Any]]], Hashes]) -> Callable[[Task], Scores]:
    """Return a search that scores what sketches share."""
    return lambda asked: shared(sketch(asked.queries), sketch(asked.texts), CAP, weighed=True)


def minhash(asked: Task) -> Scores:
    """MinHash-LSH of word 3-grams: pairs that share a band, scored by their estimated Jaccard index."""
    queries, texts = (_signatures(triples(rows)) for rows in (asked.queries, asked.texts))
    rows = SLOTS // BANDS
    pairs = []
    for band in range(BANDS):
        keys = [
            np.ascontiguousarray(s[:, band * rows : (band + 1) * rows]).view(f"V{8 * rows}").ravel()
            for s in (queries, texts)
        ]
        _, number = np.unique(np.concatenate(keys), return_inverse=True)
        one, other = (
            _gathered(np.arange(len(n)), n.astype(np.uint64), len(n)) for n in np.split(number, [len(queries)])
        )
        both = shared(one, other)
        pairs.append(both.query * len(texts) + both.text)
    met = np.unique(np.concatenate(pairs))
    query, text = met // len(texts), met % len(texts)
    return Scores(query, text, np.mean(queries[query] == texts[text], axis=1))


def _signatures(hashes: Hashes) -> NDArray[np.uint64]:
    """Return the smallest hash of each text in each of ``SLOTS`` orders."""
    slots = [
        np.minimum.reduceat(_mixed(hashes.hash ^ _mixed(np.array([slot], np.uint64) * MIX + MIX)), hashes.first[:-1])
        for slot in range(SLOTS)
    ]
    return np.stack(slots, axis=1)


def tfidf(asked: Task) -> Scores:
    """Cosine of vectors of words, weighed by ``1 + log(times)`` and ``log(texts / texts with the word)``."""
    rows = asked.queries + asked.texts
    tokens = read_words(pa.array([row["text"] for row in rows], pa.large_string()))
    owner = np.repeat(np.arange(len(rows)), np.diff(tokens.first))
    _, word = np.unique(tokens.words.word, return_inverse=True)
    cells, times = np.unique(word * len(rows) + owner, return_counts=True)
    word, owner = cells // len(rows), cells % len(rows)
    held = np.bincount(word[owner >= len(asked.queries)], minlength=word.max() + 1)
    weight = (1 + np.log(times)) * np.log(len(asked.texts) / np.maximum(held, 1))[word]
    weight /= np.sqrt(np.bincount(owner, weight**2, len(rows)))[owner]
    cosine = np.zeros((len(asked.queries), len(asked.texts)), np.float32)
    for least in range(0, word.max() + 1, BLOCK):
        here = slice(*np.searchsorted(word, [least, least + BLOCK]))
        block = np.zeros((len(rows), BLOCK), np.float32)
        block[owner[here], word[here] - least] = weight[here]
        cosine += block[: len(asked.queries)] @ block[len(asked.queries) :].T
    query, text = np.nonzero(cosine > np.float32(0.1))
    return Scores(query, text, cosine[query, text].astype(float))


def _pairs(verified: int) -> Callable[[Task], Scores]:
    """Return the search of a whole pile, queries and texts together, as it is by default."""

    def find(asked: Task) -> Scores:
        documents = documents_of({row["id"]: row["text"] for row in asked.queries + asked.texts})
        fingerprints = fingerprint(documents, options=SAMPLED)
        pairs = find_pairs(documents, fingerprints, options=PairOptions(verified=verified))
        sides = [pc.index_in(pairs.column(side), documents.column("doc").combine_chunks()).to_numpy() for side in "ab"]
        query, text = np.minimum(*sides).astype(np.int64), np.maximum(*sides).astype(np.int64) - len(asked.queries)
        across = (query < len(asked.queries)) & (text >= 0)
        return Scores(query[across], text[across], np.ones(np.count_nonzero(across)))

    return find


SKETCHES: dict[str, tuple[Callable[[Task], Scores], float | None]] = {
    "skeleton, all": (_by(lambda rows: kept(rows, EVERYTHING, "skeleton")), None),
    "skeleton, 1 in 8, 64 at least": (_by(lambda rows: kept(rows, SAMPLED, "skeleton")), None),
    "surface 5-grams, all": (_by(surface_hashes), None),
    "surface 3-grams, 1 in 8, 64 at least": (_by(lambda rows: _sampled(triples(rows))), None),
    "MinHash-LSH, 128 slots, 3-grams, J .5": (minhash, ALIKE),
    "TF-IDF cosine": (tfidf, None),
    "default: candidates": (_pairs(1), 1.0),
    "default: verified": (_pairs(REUSE), 1.0),
}
