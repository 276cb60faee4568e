"""Lines that a site puts on many of its pages, told by counting: what ``furniture`` knows by its wording, for any site.

A line counts where documents hold it whose texts are otherwise their own. An article that one site carries five
times puts all its lines on five pages, and none of them is furniture: most words of those pages stand in lines that
pages share.
"""

from __future__ import annotations

import hashlib

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from stemmata.engines import Engine
from stemmata.tokens import LINE, Words, among, read_words

FEWEST = 4  # documents of a site that hold a line
SHARE = 0.2  # of the documents of its site
ENOUGH = 50  # documents that suffice however large the site is: a section has furniture of its own
OWN = 0.5  # share of a document's words outside such lines that makes its text its own
LONGEST = 60  # words; a longer line is a paragraph that several articles share
STEP = np.uint64(0x9E3779B97F4A7C15)
SPREAD = np.uint64(0xBF58476D1CE4E5B9)
LINES = pa.schema([("document", pa.int64()), ("line", pa.uint64()), ("words", pa.int32())])


def find_site_lines(documents: pa.Table, engine: Engine) -> NDArray[np.uint64]:
    """Return the lines that sites put on their pages, as the distinct hashes of ``hash_lines``, ascending.

    Parameters
    ----------
    documents : pyarrow.Table
        Columns ``text`` and ``site``; documents without a site are left out.

    Returns
    -------
    uint64 array
        A line of at most 60 words is one where it stands in at least 4 documents of one site, and in a fifth of
        them or in 50, that have half of their words in other lines.

    Notes
    -----
    20 bytes a line. The answer does not depend on the order of the documents.
    """
    sites = pc.fill_null(documents.column("site"), "")
    counts = {row["values"]: row["counts"] for row in pc.value_counts(sites).to_pylist()}
    large = sorted(site for site, count in counts.items() if site and count >= FEWEST)
    if not large:
        return np.zeros(0, np.uint64)
    chosen = pc.is_in(sites, pa.array(large, pa.string()))
    pages = pa.table({"text": documents.column("text"), "site": sites}).filter(chosen)
    pages = pages.append_column("document", pa.array(np.arange(pages.num_rows)))
    lines = engine.map(_lines_part, pages)
    document, line, words = (lines.column(name).to_numpy() for name in LINES.names)
    least = np.array([max(FEWEST, min(ENOUGH, np.ceil(SHARE * counts[site]))) for site in large])
    site = pc.index_in(pages.column("site"), pa.array(large, pa.string())).to_numpy()
    kinds, kind = np.unique(line, return_inverse=True)
    needed = np.zeros(len(kinds))
    needed[kind] = least[site[document]]
    common = np.bincount(kind, minlength=len(kinds)) >= needed
    shared = np.bincount(document, words * common[kind], pages.num_rows)
    own = shared <= (1 - OWN) * np.bincount(document, words, pages.num_rows)
    held = np.bincount(kind, own[document], len(kinds)) >= needed
    longest = np.zeros(len(kinds), np.int32)
    longest[kind] = words
    found: NDArray[np.uint64] = kinds[common & held & (longest <= LONGEST)]
    return found


def _lines_part(part: pa.Table) -> pa.Table:
    """Return the distinct lines of each page, and how many words each has."""
    tokens = read_words(part.column("text"))
    found = []
    rows = zip(part.column("document").to_pylist(), part.column("site").to_pylist(), strict=True)
    for k, (document, site) in enumerate(rows):
        begins, lines = hash_lines(tokens[k], site)
        lines, first = np.unique(lines, return_index=True)
        words = np.diff(begins)[first].astype(np.int32)
        found.append(pa.table([np.full(len(lines), document), lines, words], schema=LINES))
    return pa.concat_tables(found) if found else LINES.empty_table()


def hash_lines(words: Words, site: str) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
    """Return where lines begin, in words, with the text's end; and a hash of each line's words and of the site."""
    if not len(words):
        return np.zeros(1, np.int64), np.zeros(0, np.uint64)
    starts = words.flags & LINE != 0
    starts[0] = True
    begins = np.flatnonzero(starts)
    place = np.arange(len(words)) - begins[np.cumsum(starts) - 1]
    mixed = (words.word ^ (place.astype(np.uint64) * STEP)) * SPREAD
    mixed ^= mixed >> np.uint64(31)
    lines = np.add.reduceat(mixed * STEP, begins) ^ _site_hash(site)
    return np.append(begins, len(words)), lines


def site_stretches(words: Words, site: str, lines: NDArray[np.uint64]) -> list[slice]:
    """Return the words of each line that is among those of ``find_site_lines``."""
    begins, hashes = hash_lines(words, site)
    return [slice(int(begins[k]), int(begins[k + 1])) for k in np.flatnonzero(among(hashes, lines))]


def _site_hash(site: str) -> np.uint64:
    return np.uint64(int.from_bytes(hashlib.blake2b(site.encode(), digest_size=8).digest(), "little"))
