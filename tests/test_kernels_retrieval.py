"""Skeletons, links between documents, what pairs share, and texts without their white space."""

from __future__ import annotations

from itertools import accumulate

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from stemmata.buffers import text_views
from stemmata.facts import Facts
from stemmata.kernels import links as kernels
from stemmata.kernels.overlaps import count_distinct, count_shared
from stemmata.kernels.samples import compare_samples, order_samples
from stemmata.kernels.whitespace import byte_kinds, hash_bare
from stemmata.languages import function_words
from stemmata.tokens import read_keys, read_words
from stemmata.views import NOT_NAMES, Frame
from tests.oracles import grams as oracle
from tests.oracles.skeletons import skeleton

WORDS = (
    "the",
    "of",
    "The",
    "OF",
    "Ada",
    "ada",
    "ADA",
    "reed",
    "Reed",
    "12",
    "два",
    "Нева",
    "нева",
    "и",
    "Salz",
    "渡",
    "船",
)
SIGNS = (" ", " ", " ", ". ", "! ", "\n\n")
TEXTS = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(SIGNS)), max_size=30).map(
    lambda pairs: "".join(word + sign for word, sign in pairs)
)
BITS = 4


@given(st.lists(st.tuples(TEXTS, st.sampled_from([None, "en", "de", "ru", "ja"])), max_size=4), st.booleans())
def test_a_skeleton_is_function_words_names_and_numbers(documents: list[tuple[str, str | None]], names: bool) -> None:
    """In every script, of empty texts and of one word too; German nouns are no names."""
    column = pa.array([text for text, _ in documents], pa.large_string())
    tokens = read_words(column)
    languages = [language for _, language in documents]
    facts = Facts()
    found = Frame(facts, languages).skeletons(read_keys(column), languages, names=names)
    for document, language in enumerate(languages):
        words = tokens[document]
        lists = facts.function_words(language), function_words(language, NOT_NAMES)
        function, common = (set(one.tolist()) for one in lists)
        named = names and facts.names(language)
        taken, caseless = skeleton(words.word.tolist(), words.flags.tolist(), function, common, named)
        own = slice(found.grams.first[document], found.grams.first[document + 1])
        assert (found.grams.places[own] - tokens.first[document]).tolist() == taken
        assert found.caseless[document] == caseless


def keys(groups: list[list[int]]) -> list[int]:
    """Postings of groups of documents, as they are packed."""
    return sorted(group << BITS | member for group, members in enumerate(groups) for member in members)


GROUPS = st.lists(st.lists(st.integers(0, 15), max_size=12), max_size=6)


@given(GROUPS)
def test_what_two_documents_share_is_left_and_each_document_once(groups: list[list[int]]) -> None:
    packed = np.array(keys(groups), np.uint64)
    count = kernels.shared_keys(packed, BITS)
    assert packed[:count].tolist() == keys([sorted(set(group)) if len(set(group)) > 1 else [] for group in groups])


@given(
    GROUPS.map(lambda groups: [sorted(set(g)) for g in groups]),
    st.integers(2, 6),
    st.integers(0, 3),
    st.integers(1, 16),
)
def test_small_groups_are_linked_pair_by_pair_and_large_ones_in_a_chain_and_to_the_first(
    groups: list[list[int]], cap: int, neighbours: int, step: int
) -> None:
    """Whatever blocks of documents are linked at a time."""
    packed = np.array(keys(groups), np.uint64)
    count = np.zeros(16, np.int64)
    assert kernels.count_links(packed, BITS, cap, neighbours, count) == sum(len(group) > cap for group in groups)
    found = []
    for start in range(0, 16, step):
        pairs = np.zeros(count[start : start + step].sum(), np.uint64)
        kernels.link_documents(packed, BITS, cap, neighbours, start, start + step, pairs)
        found += pairs.tolist()
    expected = oracle.links(groups, cap, neighbours)
    assert sorted(found) == sorted(older << 33 | younger << 3 | weight for older, younger, weight in expected)
    balance, crowded = np.zeros(16, np.int64), np.zeros(16, np.bool_)
    kernels.weigh_crowds(packed, BITS, cap, balance, crowded)
    assert set(np.flatnonzero(crowded & (balance >= 0)).tolist()) == oracle.crowded(groups, cap)


@given(GROUPS)
def test_who_has_what_most_have_and_little_else_is_nearest_to_all(groups: list[list[int]]) -> None:
    packed = np.array(keys(groups), np.uint64)
    expected = oracle.common_share([sorted(set(group)) for group in groups], 16)
    assert kernels.common_share(packed, BITS, 16).tolist() == expected


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(4, 6), st.integers(2, 6)), max_size=30), st.integers(1, 12))
def test_links_of_a_pair_are_weighed_together(links: list[tuple[int, int, int]], least: int) -> None:
    pairs = np.array(sorted(older << 33 | younger << 3 | weight for older, younger, weight in links), np.uint64)
    sums = np.zeros(len(pairs), np.int64)
    count = kernels.tally(pairs, least, sums)
    expected: dict[int, int] = {}
    for older, younger, weight in sorted(links):
        expected[older << 30 | younger] = expected.get(older << 30 | younger, 0) + weight
    heavy = {pair: total for pair, total in expected.items() if total >= least}
    assert dict(zip(pairs[:count].tolist(), sums[:count].tolist(), strict=True)) == heavy


def test_a_key_says_the_more_the_fewer_documents_have_it() -> None:
    weights = [oracle.weight(documents, 50) for documents in (2, 4, 5, 8, 9, 16, 17, 50, 51, 10**6)]
    assert weights == [6, 6, 5, 5, 4, 4, 3, 3, 2, 2]


POSTINGS = st.lists(st.tuples(st.integers(0, 2**64 - 1), st.integers(0, 4), st.integers(0, 2)), max_size=20)


@given(POSTINGS, st.lists(st.integers(-1, 15), min_size=5, max_size=5), st.lists(st.booleans(), min_size=3, max_size=3))
def test_postings_are_packed_with_the_age_of_their_document(
    postings: list[tuple[int, int, int]], age: list[int], wanted: list[bool]
) -> None:
    columns = [[posting[k] for posting in postings] for k in range(3)]
    hashes, document, view = (np.array(c, t) for c, t in zip(columns, (np.uint64, np.int32, np.int8), strict=True))
    packed = np.zeros(len(postings) + 1, np.uint64)
    count = kernels.pack_postings(hashes, document, np.array(age, np.int32), view, np.array(wanted), BITS, packed)
    kept = [(value >> BITS << BITS) + age[doc] for value, doc, view in postings if wanted[view] and age[doc] >= 0]
    assert packed[:count].tolist() == kept


@given(
    st.lists(
        st.lists(st.integers(0, 2**33), max_size=9) | st.lists(st.integers(0, 6), max_size=9), min_size=1, max_size=5
    ),
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=12),
    st.integers(1, 3),
)
def test_what_pairs_share_is_counted_once(documents: list[list[int]], drawn: list[tuple[int, int]], n: int) -> None:
    """Hashes that differ in the lowest bit alone are one: no one can tell them from chance."""
    pairs = [(x % len(documents), y % len(documents)) for x, y in drawn]
    flat = [2 * value + 1 for values in documents for value in [*values, *[0] * (n - 1)]]
    first = np.array([0, *accumulate(len(values) + n - 1 for values in documents)], np.int64)
    hashes = np.array(flat, np.uint64)
    left, right = (np.array([pair[side] for pair in pairs], np.int64) for side in (0, 1))
    shared, held = np.full(len(pairs), -1, np.int64), np.zeros(len(pairs), np.bool_)
    count_shared(hashes, first, n, left, right, shared, held)
    sets = [set(values) for values in documents]
    assert shared.tolist() == [len(sets[x] & sets[y]) for x, y in pairs]
    assert held.tolist() == [bool(sets[y]) and sets[y] <= sets[x] for x, y in pairs]
    counts = np.zeros(len(documents), np.int64)
    count_distinct(hashes, first, n, np.ones(len(documents), np.bool_), counts)
    assert counts.tolist() == [len(own) for own in sets]


@given(
    st.lists(st.lists(st.integers(0, 12), max_size=12), min_size=1, max_size=5),
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=12),
)
def test_of_two_samples_what_is_past_the_largest_of_either_says_nothing(
    documents: list[list[int]], drawn: list[tuple[int, int]]
) -> None:
    pairs = [(x % len(documents), y % len(documents)) for x, y in drawn]
    first = np.array([0, *accumulate(map(len, documents))], np.int64)
    hashes = np.array([value for values in documents for value in values], np.uint64)
    ends = np.zeros(len(documents), np.int64)
    order_samples(hashes, first, ends)
    held = [hashes[low:high].tolist() for low, high in zip(first, ends, strict=False)]
    assert held == [sorted(set(values)) for values in documents]
    left, right = (np.array([pair[side] for pair in pairs], np.int64) for side in (0, 1))
    counts = np.zeros((3, len(pairs)), np.int64)
    compare_samples(hashes, first, ends, left, right, *counts)
    for (x, y), found in zip(pairs, counts.T.tolist(), strict=True):
        bound = min(max(documents[x], default=-1), max(documents[y], default=-1))
        one, other = ({value for value in documents[side] if value <= bound} for side in (x, y))
        assert found == [len(one & other), len(one), len(other)]


SPACES = " \t\n\x0b\x0c\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2003\u200a\u2028\u2029\u202f\u205f\u3000"
ALIKE = "aÂ\u0080\u1681\u1690\u200b\u2010\u202e\u2060\u3001あ😀"  # begin as white space does, or are nothing


def hashed(column: pa.Array, most: int = 2**40) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Digests and lengths without white space."""
    data, offsets = text_views(column)
    digest, length = np.zeros((2, len(column)), np.uint64), np.zeros(len(column), np.int64)
    hash_bare(data, offsets[:-1], offsets[1:], byte_kinds(), most, digest, length)
    return digest, length


@given(st.lists(st.text(st.sampled_from(SPACES + ALIKE)) | st.text(), max_size=6), st.integers(0, 2))
def test_texts_are_told_apart_by_all_but_their_white_space(texts: list[str], cut: int) -> None:
    column = pa.array(texts, pa.large_string())[cut:]
    digest, length = hashed(column)
    bare = ["".join(text.split()) for text in column.to_pylist()]
    assert length.tolist() == [len(text) for text in bare]
    found = [tuple(pair) for pair in digest.T.tolist()]
    assert len({*zip(bare, found, strict=True)}) == len({*bare}) == len({*found})


def test_a_long_text_is_hashed_as_a_short_one_is() -> None:
    texts = pa.array(["x y" * 5_000, "xy" * 5_000, "xy" * 4_999 + "xz"], pa.large_string())
    digest, length = hashed(texts)
    assert digest[:, 0].tolist() == digest[:, 1].tolist() != digest[:, 2].tolist()
    assert length.tolist() == [10_000] * 3


def test_no_more_than_a_beginning_is_looked_at_where_that_is_enough() -> None:
    texts = pa.array(["The sea\nrose.", "Thesea fell.", "The se", "The lake rose."], pa.large_string())
    digest, length = hashed(texts, 5)
    one, other, short, unlike = digest.T.tolist()
    assert one == other == short != unlike
    assert length.tolist() == [5] * 4
