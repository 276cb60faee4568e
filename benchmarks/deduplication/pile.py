"""A pile of real prose with planted copies: books cut at paragraphs, their licences left in, and the truth beside it.

Of the planted copies a seventh each has words exchanged so that a Jaccard index of word 5-grams of .9, .8, .5, .3 or
.2 remains, is half of its source beside as much of a foreign text, or is exact.
"""

from __future__ import annotations

import random
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks import corpora

SEED = 7
LEAST = 2_950  # characters after which a document ends with its paragraph: 3.4 kB on average
SHORTEST = 1_500  # characters of a text that is copied
LICENCE = 20_000  # characters at either end of a book that may be its licence; nothing is copied from there
PLANTED = 0.08  # of all documents
N = 5
JACCARD = (0.9, 0.8, 0.5, 0.3, 0.2)
HALF, EXACT = "half", "exact"
KINDS = (*(f"J {value}" for value in JACCARD), HALF, EXACT)
BLANK = re.compile(r"(?:\r?\n[ \t]*){2,}")
WORD = re.compile(r"[^\W_]+")
TRUTH = pa.schema(
    [
        ("source", pa.string()),
        ("copy", pa.string()),
        ("kind", pa.string()),
        ("jaccard", pa.float64()),
        ("in_source", pa.float64()),
        ("in_copy", pa.float64()),
    ]
)


class Pile(NamedTuple):
    """Two Parquet files: ``doc, text, language`` of the documents, and the planted pairs (``TRUTH``)."""

    documents: Path
    truth: Path

    def read(self) -> pa.Table:
        """Return the documents, in one chunk."""
        return pq.read_table(self.documents).combine_chunks()


class Piece(NamedTuple):
    """A document cut out of a book; ``own``: it lies far enough from the licence to be copied."""

    doc: str
    text: str
    own: bool


def pile(documents: int) -> Pile:
    """Return a pile of so many documents, made when it is first asked for.

    Raises
    ------
    SystemExit
        The books do not yield so many.
    """
    folder = Path(tempfile.gettempdir()) / "stemmata-benchmarks"
    made = Pile(folder / f"pile-{documents}.parquet", folder / f"pile-{documents}-truth.parquet")
    if not (made.documents.exists() and made.truth.exists()):
        folder.mkdir(exist_ok=True)
        table, truth = plant(documents)
        pq.write_table(truth, made.truth)
        pq.write_table(table, made.documents, compression="zstd", row_group_size=10_000)
    return made


def plant(documents: int) -> tuple[pa.Table, pa.Table]:
    """Return the documents, in an order drawn by chance and numbered in it, and the truth about the planted ones."""
    draw = random.Random(SEED)
    copies = round(documents * PLANTED)
    fillers = -(-copies // len(KINDS))
    pieces = []
    for piece in cut_books():
        pieces.append(piece)
        if len(pieces) == documents - copies + fillers:
            break
    else:
        raise SystemExit(f"the books yield {len(pieces):,} documents: ask for fewer than {documents:,}")
    able = [k for k, piece in enumerate(pieces) if piece.own and len(piece.text) >= SHORTEST]
    drawn = draw.sample(able, copies + fillers)
    foreign = [pieces[k].text for k in drawn[copies:]]  # stand in the pile only as halves of copies
    words = [word for text in foreign for word in WORD.findall(text)]
    rows = [(piece.doc, piece.text) for k, piece in enumerate(pieces) if k not in set(drawn[copies:])]
    truth = []
    for number, k in enumerate(drawn[:copies]):
        source, kind, copy = pieces[k], KINDS[number % len(KINDS)], f"copy/{number:06}"
        if kind == HALF:
            text = halves(source.text, foreign[number // len(KINDS)], draw)
        elif kind == EXACT:
            text = source.text
        else:
            text = exchange(source.text, float(kind.split()[1]), words, draw)
        rows.append((copy, text))
        truth.append(dict(zip(TRUTH.names, (source.doc, copy, kind, *overlap(source.text, text)), strict=True)))
    draw.shuffle(rows)
    ids = {doc: f"{place:07}" for place, (doc, _) in enumerate(rows)}  # in their order, and saying nothing
    truth = [one | {side: ids[one[side]] for side in ("source", "copy")} for one in truth]
    texts = pa.array([text for _, text in rows], pa.large_string())
    languages = pa.array(["en"] * len(rows), pa.string())
    table = pa.table([pa.array(list(ids.values())), texts, languages], ["doc", "text", "language"])
    return table, pa.Table.from_pylist(truth, schema=TRUTH)


def cut_books() -> Iterator[Piece]:
    """Yield the documents of all books, each some whole paragraphs."""
    for book in corpora.read_jsonl(corpora.DATA / "gutenberg-throughput" / "books.jsonl.zst"):
        begin, number = 0, 0
        text = book["text"]
        for end in [*(found.end() for found in BLANK.finditer(text)), len(text)]:
            if end - begin >= LEAST or end == len(text):
                if text[begin:end].strip():
                    own = begin >= LICENCE and end <= len(text) - LICENCE
                    yield Piece(f"{book['id']}/{number:04}", text[begin:end], own)
                begin, number = end, number + 1


def exchange(text: str, jaccard: float, words: list[str], draw: random.Random) -> str:
    """Return the text with so many words exchanged, here and there, that this Jaccard index of 5-grams is expected."""
    survive = 2 * jaccard / (1 + jaccard)  # share of 5-grams that both texts hold
    places = list(WORD.finditer(text))
    chosen = draw.sample(places, round(len(places) * (1 - survive ** (1 / N))))
    parts, begin = [], 0
    for found in sorted(chosen, key=re.Match.start):
        parts += [text[begin : found.start()], draw.choice(words)]
        begin = found.end()
    return "".join([*parts, text[begin:]])


def halves(source: str, foreign: str, draw: random.Random) -> str:
    """Return one half of the source, and as much of a foreign text after or before it."""
    places = [found.start() for found in WORD.finditer(source)]
    middle = places[len(places) // 2]
    taken = source[:middle] if draw.random() < 0.5 else source[middle:]
    other = " ".join(foreign.split(" ")[: taken.count(" ")])
    return "\r\n\r\n".join((taken.strip(), other.strip()) if draw.random() < 0.5 else (other.strip(), taken.strip()))


def overlap(source: str, copy: str) -> tuple[float, float, float]:
    """Return the Jaccard index of two texts' distinct word 5-grams, and how many of each text's the other holds."""
    a, b = shingles(source), shingles(copy)
    both = len(a & b)
    return both / len(a | b), both / len(a), both / len(b)


def shingles(text: str) -> set[tuple[str, ...]]:
    """Return the distinct 5-grams of lower-cased words."""
    words = WORD.findall(text.lower())
    return set(zip(*(words[k:] for k in range(N)), strict=False))
