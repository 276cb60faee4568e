"""What other tools make of the same task, each by the fastest way that we found; each is imported when it runs.

Every function takes the texts and returns the pairs that it calls similar, as two arrays of indices: those whose
estimated Jaccard index of lower-cased word 5-grams is ``ALIKE`` or more, unless its description says otherwise.
"""

from __future__ import annotations

import re
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Pairs: TypeAlias = tuple[NDArray[np.int64], NDArray[np.int64]]

ALIKE = 0.5
N = 5
BANDS, ROWS = 16, 8
SLOTS = BANDS * ROWS  # half of the pairs of J .71 share a band
RATE, CAP, SHARED = 16, 64, 2
ODD = 0x9E3779B97F4A7C15
WORD = re.compile(rb"[a-z0-9\x80-\xff]+")  # on bytes, twice as fast as on characters


def polars_recipe(documents: Any) -> Pairs:
    """Words by a regular expression, hashed and mixed by fives, one in 16 kept, joined with itself on the hash.

    ``documents`` is a frame or a lazy frame with a column ``text``. Hashes of more than 64 documents are left out.
    """
    import polars as pl

    word = pl.col("word").hash(1)
    gram = word
    for k in range(1, N):
        gram = gram * ODD + word.shift(-k)
    last = pl.col("doc").shift(1 - N)
    grams = (
        documents.lazy()
        .select(
            pl.int_range(pl.len(), dtype=pl.UInt32).alias("doc"),
            pl.col("text").str.to_lowercase().str.extract_all(r"\w+").alias("word"),
        )
        .explode("word")
        .select("doc", last.alias("last"), gram.hash(2).alias("gram"))
        .filter((pl.col("last") == pl.col("doc")) & (pl.col("gram") % RATE == 0))
        .select("doc", "gram")
        .unique()
        .collect(engine="streaming")
    )
    kept = grams.lazy().group_by("doc").agg(pl.len().alias("kept"))
    few = grams.lazy().group_by("gram").len().filter(pl.col("len").is_between(2, CAP))
    shared = grams.lazy().join(few, on="gram", how="semi")
    union = pl.col("kept") + pl.col("kept_b") - pl.col("len")
    pairs = (
        shared.join(shared, on="gram", suffix="_b")
        .filter(pl.col("doc") < pl.col("doc_b"))
        .group_by("doc", "doc_b")
        .len()
        .filter(pl.col("len") >= SHARED)
        .join(kept, on="doc")
        .join(kept.rename({"doc": "doc_b", "kept": "kept_b"}), on="doc_b")
        .filter(pl.col("len") >= ALIKE * union)
        .collect(engine="streaming")
    )
    return pairs["doc"].to_numpy().astype(np.int64), pairs["doc_b"].to_numpy().astype(np.int64)


def gaoya(texts: list[str]) -> Pairs:
    """Its own word tokeniser and shingles in Rust; every text is put in, then asked for."""
    from gaoya.minhash import MinHashStringIndex

    index = MinHashStringIndex(32, ALIKE, BANDS, ROWS, None, "word", True, (N, N), "vec")
    index.par_bulk_insert_docs(list(range(len(texts))), texts)
    return _pairs((a, b) for a, found in enumerate(index.par_bulk_query(texts)) for b in found if a < b)


def rensa(texts: list[str]) -> Pairs:
    """All digests in one matrix from sets of shingles; bands by sorting; similarity by comparing digests."""
    from rensa import RMinHash

    digests = RMinHash.digest_matrix_from_token_sets((_shingles(text) for text in texts), SLOTS, 1).to_rows()
    return _alike(np.array(digests, np.uint32))


def datasketch(texts: list[str]) -> Pairs:
    """``MinHash.generator`` with xxh3, several times faster than its sha1; each text is asked for, then put in."""
    from datasketch import MinHash, MinHashLSH
    from xxhash import xxh3_64_intdigest

    def low_half(shingle: bytes) -> int:
        return int(xxh3_64_intdigest(shingle) & 0xFFFFFFFF)

    index = MinHashLSH(num_perm=SLOTS, params=(BANDS, ROWS))
    sketches: list[Any] = []
    found: list[tuple[int, int]] = []
    shingles = (_shingles(text) for text in texts)
    for number, sketch in enumerate(MinHash.generator(shingles, num_perm=SLOTS, hashfunc=low_half, scheme="affine32")):
        found += [(other, number) for other in index.query(sketch) if sketches[other].jaccard(sketch) >= ALIKE]
        index.insert(number, sketch)
        sketches.append(sketch)
    return _pairs(found)


def text_dedup(texts: list[str]) -> Pairs:
    """Its own ``embed_func``, and hash tables as its command fills them; what shares a band is similar."""
    from text_dedup.minhash import embed_func
    from text_dedup.utils import xxh3_32hash

    draw = np.random.RandomState(1)
    most, prime = np.uint32(2**32 - 1), np.uint32(2**32 - 5)
    settings = {
        "num_perm": SLOTS,
        "ngram_size": N,
        "min_length": N,
        "hashranges": [(band * ROWS, (band + 1) * ROWS) for band in range(BANDS)],
        "permutations": tuple(draw.randint(least, prime, SLOTS, np.uint32) for least in (1, 0)),
        "hash_func": xxh3_32hash,
        "dtype": np.uint32,
        "max_hash": most,
        "modulo_prime": prime,
    }
    tables: list[dict[bytes, list[int]]] = [defaultdict(list) for _ in range(BANDS)]
    for number, text in enumerate(texts):
        for table, band in zip(tables, embed_func(text, number, **settings)["__signatures__"], strict=True):
            table[band].append(number)
    buckets = [bucket for table in tables for bucket in table.values()]
    return _pairs((bucket[0], other) for bucket in buckets for other in bucket[1:])


def datatrove(texts: list[str]) -> Pairs:
    """Its signatures, buckets and clusters, one after another in this process; what shares a band is similar.

    English words by its own tokeniser, which is spaCy's.
    """
    from datatrove.data import Document
    from datatrove.pipeline.dedup import MinhashConfig, MinhashDedupBuckets, MinhashDedupCluster, MinhashDedupSignature

    config = MinhashConfig(n_grams=N, num_buckets=BANDS, hashes_per_bucket=ROWS)
    documents = (Document(text, str(number)) for number, text in enumerate(texts))
    with tempfile.TemporaryDirectory() as folder:
        signatures, buckets, clusters = (f"{folder}/{name}" for name in ("signatures", "buckets", "clusters"))
        MinhashDedupSignature(signatures, config).run(documents, 0, 1)
        for band in range(BANDS):
            MinhashDedupBuckets(signatures, buckets, config=config).run(None, band, BANDS)
        MinhashDedupCluster(buckets, clusters, config, save_cluster_id=True).run(None, 0, 1)
        members = Path(clusters, "000000.clusters")  # not there where nothing is alike
        rows = np.fromfile(members, "<u4").reshape(-1, 2) if members.exists() else np.zeros((0, 2), np.uint32)
    document, cluster = rows.astype(np.int64).T
    _, first, number = np.unique(cluster, return_index=True, return_inverse=True)
    return document[first][number], document


def _shingles(text: str) -> set[bytes]:
    words = WORD.findall(text.lower().encode())
    return {b" ".join(words[k : k + N]) for k in range(len(words) - N + 1)}


def _pairs(found: Iterable[tuple[int, int]]) -> Pairs:
    both = np.array(list(found), np.int64).reshape(-1, 2)
    return both[:, 0], both[:, 1]


def _alike(digests: NDArray[np.uint32]) -> Pairs:
    """Return the pairs that share a band and enough slots."""
    keys = []
    for band in range(BANDS):
        rows = np.ascontiguousarray(digests[:, band * ROWS : (band + 1) * ROWS])
        key = rows.view(f"V{4 * ROWS}").ravel()
        order = np.argsort(key, kind="stable")
        new = np.flatnonzero(np.concatenate([[True], key[order][1:] != key[order][:-1]]))
        for begin, end in zip(new, [*new[1:], len(order)], strict=True):
            if end - begin > 1:
                a, b = np.triu_indices(end - begin, 1)
                keys.append(order[begin:end][a] << 32 | order[begin:end][b])
    both = np.unique(np.concatenate(keys)) if keys else np.zeros(0, np.int64)
    a, b = both >> 32, both & 0xFFFFFFFF
    alike = np.array([np.count_nonzero(digests[x] == digests[y]) for x, y in zip(a, b, strict=True)]) >= ALIKE * SLOTS
    return a[alike], b[alike]
