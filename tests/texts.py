"""Texts made by rule: what Hypothesis draws from, and a text with its summary."""

from __future__ import annotations

import random
from itertools import pairwise
from unicodedata import category, ucd_3_2_0

from hypothesis import strategies as st

SIGNS = (
    "abcxyzABCéÉßŁøİıﬁǅ"  # Latin, with letters that fold into two
    "абвгёЙЖсорᴀѣ"  # Cyrillic
    "αβγΐΣςώᾳ"  # Greek
    "ابتثجحةىيئ\u064b\u064f\u0640"  # Arabic, with vowel signs
    "בגשׁ"  # Hebrew
    "कखग\u0915\u093c\u093f\u094d\u0958"  # Devanagari, with vowels and a letter in two forms
    "กขคงไเ\u0e31\u0e48"  # Thai
    "中文書店々〇ひカﾊ"  # Chinese and kana
    "한국어\u1112\u1161"  # Hangul, whole and in parts
    "👍🏽👩\u200d🚀🇬🇷☂\ufe0f"  # emoji
    "𝐀𝔘𐌰\U00020b9f"  # letters beyond the first plane
    "\u0301\u0308\u0323\u20e3"  # combining marks
    "\u00ad\u200b\u200c\u200e\u2060\ufeff\u202e"  # signs that do not show
    "\U000e0041\U000e007f"  # tags
    "'’\"“”„«»‘()[]「」"  # quotes
    ".,!?…:;。！？،؟।-–_/&@#%$"
    " \t\u00a0\u3000\n\r\x0b\u2028"
    "012³½٠١२５Ⅷ"  # digits of several scripts, and what only looks like one
)
WORDS = ("ten", "Two", "TWELVE", "don't", "don’t", "1,000", "3.14", "10.", "café", "straße", "STRASSE", "pаypal")
PHRASES = ("\r\n\r\n", ". ", "… ", ' "', "co-operate", "U.S.", "e\u0301", "Она", "一九三二")

# Letters of Unicode 3.2 are letters in every later version: what a test draws does not depend on Python's.
letters_of_old = st.characters(exclude_categories=("Cs", "Cn")).filter(
    lambda sign: category(sign) == ucd_3_2_0.category(sign)
)
signs: st.SearchStrategy[str] = st.sampled_from(SIGNS) | st.sampled_from(WORDS + PHRASES) | letters_of_old
texts = st.lists(signs, max_size=30).map("".join)


@st.composite
def edited(draw: st.DrawFn, types: int, longest: int = 40) -> tuple[list[int], list[int]]:
    """Two texts of word types: pieces of one text, changed, left out, repeated and put in another order."""
    a = draw(st.lists(st.integers(0, types - 1), min_size=2, max_size=longest))
    b: list[int] = []
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(a) - 1))
        piece = a[start : draw(st.integers(start + 1, len(a)))]
        for _ in range(draw(st.integers(0, 2))):
            place = draw(st.integers(0, len(piece)))
            piece = [
                *piece[:place],
                *draw(st.lists(st.integers(0, types - 1), max_size=2)),
                *piece[place + draw(st.integers(0, 2)) :],
            ]
        b += piece
    return a, b or a[:1]


@st.composite
def reordered(draw: st.DrawFn, types: int) -> tuple[list[int], list[int]]:
    """A text of distinct words, and its parts in another order with a few words changed."""
    a = list(draw(st.permutations(range(types))))
    cuts = sorted(draw(st.sets(st.integers(1, types - 1), min_size=1, max_size=3)))
    parts = draw(st.permutations([a[i:j] for i, j in pairwise([0, *cuts, types])]))
    b = [word for part in parts for word in part]
    for place in draw(st.lists(st.integers(0, types - 1), max_size=3)):
        b[place : place + 1] = draw(st.lists(st.integers(0, types - 1), max_size=2))
    return a, b


def pseudo_text(rng: random.Random, words: list[str], count: int) -> str:
    """Sentences of ten words drawn from a list."""
    drawn = rng.choices(words, k=count)
    return " ".join(word + "." * (k % 10 == 9) for k, word in enumerate(drawn))


def summarised() -> tuple[str, str, str]:
    """A text, sixty words that condense it, and a longer text that holds those."""
    rng = random.Random(11)
    ours, theirs = ([root + x + y for x in "aeiou" for y in "bdfghklmnprstvwxyz"] for root in ("salt", "reed"))
    source = pseudo_text(rng, theirs, 500)
    summary = pseudo_text(rng, sorted(set(theirs)), 60)
    return source, summary, f"{pseudo_text(rng, ours, 120)} {summary} {pseudo_text(rng, ours, 130)}"
