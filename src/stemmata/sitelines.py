"""Lines that a site puts on many of its pages, told by counting: what ``furniture`` knows by its wording, for any site.

A line counts where documents hold it whose texts are otherwise their own. An article that one site carries five
times puts all its lines on five pages, and none of them is furniture: most words of those pages stand in lines that
pages share.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from stemmata.kernels.lines import distinct_within
from stemmata.kernels.lines import hash_lines as lines_kernel
from stemmata.recurring import recurring
from stemmata.sampling import drawn, text_hashes
from stemmata.tokens import Keys, Words, among

FEWEST = 4  # documents of a site that hold a line
SHARE = 0.2  # of the documents of its site
ENOUGH = 50  # documents that suffice however large the site is: a section has furniture of its own
OWN = 0.5  # share of a document's words outside such lines that makes its text its own
LONGEST = 60  # words; a longer line is a paragraph that several articles share
MOST = 5_000  # pages of a site that are looked at


def number_sites(sites: pa.ChunkedArray, hashes: NDArray[np.uint64]) -> NDArray[np.int32]:
    """Return a number of the site of each document whose lines are looked at; -1 for those that are left out.

    Parameters
    ----------
    sites : pyarrow.ChunkedArray of string
        Of each document; null or empty where it has none.
    hashes : uint64 array, by document
        ``text_hashes``.

    Notes
    -----
    Left out are documents without a site, those of sites that have fewer than four, and of a site that has more than
    5,000 those that are not ``drawn`` where the share of 5,000 is.
    """
    known = pc.fill_null(sites, "").combine_chunks().dictionary_encode()
    site: NDArray[np.int32] = known.indices.to_numpy().astype(np.int32)
    counts = np.bincount(site, minlength=len(known.dictionary))
    named = pc.greater(pc.binary_length(known.dictionary), 0).to_numpy(zero_copy_only=False)
    site[~((counts >= FEWEST) & named)[site]] = -1
    for large in np.flatnonzero((counts > MOST) & named).tolist():
        site[(site == large) & ~drawn(hashes, MOST / counts[large])] = -1
    return site


def gather_lines(
    keys: Keys, seeds: NDArray[np.uint64]
) -> tuple[NDArray[np.int32], NDArray[np.uint64], NDArray[np.int32]]:
    """Return how many distinct lines each of some texts has, the lines of all, and how many words each line has.

    Parameters
    ----------
    seeds : uint64 array, by text
        ``text_hashes`` of their sites.
    """
    begins, lines = hash_lines(keys, seeds)
    first = np.searchsorted(begins[:-1], keys.first)
    kept = np.empty(len(lines), bool)
    distinct_within(lines, first, kept)
    sizes = np.diff(np.append(0, np.cumsum(kept))[first])
    return sizes.astype(np.int32), lines[kept], np.diff(begins)[kept].astype(np.int32)


def find_site_lines(gathered: pa.Table) -> NDArray[np.uint64]:
    """Return the lines that sites put on their pages, as the distinct hashes of ``hash_lines``, ascending.

    Parameters
    ----------
    gathered : pyarrow.Table
        A row a page, in any order: ``number``, of its site, and lists of equal length: ``line`` and ``words``, as
        ``gather_lines``. All pages of a site that are looked at must be there.

    Returns
    -------
    uint64 array
        A line of at most 60 words is one where it stands in at least 4 pages of one site, and in a fifth of
        them or in 50, that have half of their words in other lines.

    Notes
    -----
    Most lines stand once: they are first counted by some bits of their hashes, and the rest is looked at closely.
    """
    gathered = gathered.combine_chunks()
    site = gathered.column("number").to_numpy()
    if not len(site):
        return np.zeros(0, np.uint64)
    line, words = (gathered.column(name).chunk(0).flatten().to_numpy() for name in ("line", "words"))
    document = np.repeat(np.arange(len(site)), np.diff(gathered.column("line").chunk(0).offsets))
    total = np.bincount(document, words, len(site))
    (often,) = recurring([line], FEWEST)
    line, words, document = line[often], words[often], document[often]
    least = np.maximum(FEWEST, np.minimum(ENOUGH, np.ceil(SHARE * np.bincount(site))))
    kinds, kind = np.unique(line, return_inverse=True)
    needed = np.zeros(len(kinds))
    needed[kind] = least[site[document]]
    common = np.bincount(kind, minlength=len(kinds)) >= needed
    shared = np.bincount(document, words * common[kind], len(site))
    own = shared <= (1 - OWN) * total
    held = np.bincount(kind, own[document], len(kinds)) >= needed
    longest = np.zeros(len(kinds), np.int32)
    longest[kind] = words
    found: NDArray[np.uint64] = kinds[common & held & (longest <= LONGEST)]
    return found


def hash_lines(keys: Keys, seeds: NDArray[np.uint64]) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
    """Return where the lines of some texts begin, in words, with the end; and a hash of each line's words and site.

    Parameters
    ----------
    seeds : uint64 array, by text
        As ``gather_lines``.
    """
    begins, lines = np.empty(len(keys.word) + 1, np.int64), np.empty(len(keys.word), np.uint64)
    count = lines_kernel(keys.word, keys.flags, keys.first, seeds, begins, lines)
    begins[count] = len(keys.word)
    return begins[: count + 1], lines[:count]


def site_stretches(words: Words, site: str, lines: NDArray[np.uint64]) -> list[slice]:
    """Return the words of each line that is among those of ``find_site_lines``."""
    keys = Keys(np.array((0, len(words))), words.word, words.flags)
    begins, hashes = hash_lines(keys, text_hashes(pa.array([site], pa.large_string())))
    return [slice(int(begins[k]), int(begins[k + 1])) for k in np.flatnonzero(among(hashes, lines))]
