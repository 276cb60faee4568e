"""Texts that were recognised from pictures with errors are compared by the words that they look like."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pytest
from benchmarks.ocr import recognise
from hypothesis import example, given
from hypothesis import strategies as st
from numpy.typing import NDArray

from stemmata import Text, compare, trace
from stemmata.kernels.lexicons import count_left, take_out
from stemmata.kernels.lookalikes import make_room, nearest_word
from stemmata.misreadings import (
    ALIKE,
    Chosen,
    alike,
    exchanged_alike,
    find_misread,
    keys_anew,
    make_lexicon,
    read_anew,
)
from stemmata.pipeline import Options
from stemmata.statistics import StatisticsOptions
from stemmata.tokens import Words, hash_words, read_keys, words_of
from tests.oracles import misreadings as oracle

CLEAN = (
    "The keeper of the lighthouse wrote that the lamp had gone out at midnight, and that the wind had carried the "
    "boat past the rocks before anybody in the village could be woken. In the morning the fishermen found nothing "
    "but an oar on the beach, and they brought it to the old church, where it is shown to visitors to this day."
)
SCANNED = (
    "Tbe kceper of tbe lightbouse wrote tliat thc 1amp liad gone ont at midnigbt, aud tbat the wiud had carried thc "
    "boat past tbe roeks bcfore anybodyin the viliage conld be wokcn. ln tbe rnorning the fishermcn found uothing "
    "bnt an oar ou the beacli, and tbey brought it to tbe old cliurch, wbere it is sbown to visitors t o this d ay."
)
OTHERS = (
    "Nobody had told the council of the bridge, which an engineer from the capital had planned for the railway ten "
    "years earlier. When the first train crossed the river the mayor was asleep, and the band played without him.",
    "A recipe for bread needs little: flour, water, salt and time. My grandmother baked on Saturdays, before the sun "
    "rose, and sold what we could not eat to the neighbours, who paid with eggs and with the news of the street.",
)


class OneSide(NamedTuple):
    """A text whose words are numbered by what they are, as those of another one are."""

    text: str
    words: Words
    ids: NDArray[np.int32]


def one_side(text: str) -> OneSide:
    words = words_of(text)
    return OneSide(text, words, (words.word & np.uint64(0x7FFFFFFF)).astype(np.int32))


def read(text: str, language: str | None = "en") -> list[str]:
    """How a text's words are read, as far as they are words of this list."""
    known = dict(zip(hash_words(KNOWN).tolist(), KNOWN, strict=True))
    return [known.get(word, "?") for word in read_anew(text, words_of(text), language).words.word.tolist()]


KNOWN = ("the", "lamp", "had", "gone", "out", "and", "in", "modern", "village", "of", "morning", "be", "this", "wrote")


@pytest.mark.parametrize(
    ("seen", "meant"),
    [
        ("Tbe 1amp liad gone ont", ["the", "lamp", "had", "gone", "out"]),
        ("andthe lamp", ["and", "the", "lamp"]),
        ("a nd tbe la rnp", ["and", "the", "lamp"]),
        ("rnodern", ["modern"]),
        ("modem", ["?"]),  # a word, if another one
        ("viliage", ["village"]),
    ],
)
def test_a_word_is_read_as_the_known_one_that_it_looks_like(seen: str, meant: list[str]) -> None:
    """Letters that look alike are exchanged, two are taken for one, spaces are overlooked or seen where none are."""
    assert read(seen) == meant


def test_where_a_word_stands_is_kept() -> None:
    text = "Andthe vil lage"
    anew = read_anew(text, words_of(text), "en")
    words = anew.words
    assert [text[start:end] for start, end in zip(words.start, words.end, strict=True)] == ["And", "the", "vil lage"]
    assert anew.place.tolist() == [0, 0, 1]
    assert anew.share == 1  # of the three words as they stand


def test_numbers_names_and_words_of_languages_without_a_list_stay() -> None:
    text = "In 1987 Grzegorzewska sailed"
    assert read_anew(text, words_of(text), "en").words.word.tolist() == words_of(text).word.tolist()
    assert read_anew("tbe lamp", words_of("tbe lamp"), None).share == 0
    assert read_anew("tbe lamp", words_of("tbe lamp"), "eo").share == 0
    assert not len(read_anew("", words_of(""), "en").words)


def chosen(texts: Iterable[str]) -> Chosen:
    column = pa.array(texts, pa.large_string())
    return Chosen(column, np.arange(len(column)))


@pytest.mark.parametrize(("least", "told"), [(0.08, [False, True, False]), (0, [True] * 3), (1, [False] * 3)])
def test_what_is_misread_is_told_by_its_words(least: float, told: list[bool]) -> None:
    """Russian written as Russian is unknown to the English list, and looks like nothing in it."""
    texts = (CLEAN, SCANNED, "Маяк погас в полночь, и ветер пронёс лодку мимо скал, прежде чем кто-либо проснулся.")
    keys = read_keys(pa.array(texts, pa.large_string()))
    assert find_misread(chosen(texts), ["en"] * 3, keys, least).tolist() == told


def test_only_the_texts_asked_for_are_read_anew() -> None:
    texts = (CLEAN, "tbe lamp")
    keys, place = keys_anew(chosen(texts), ["en", "en"], np.array([False, True]))
    assert keys.first.tolist() == [0, 0, 2]
    assert keys.word.tolist() == hash_words(["the", "lamp"]).tolist()
    assert place.tolist() == [0, 1]


def pile(misread: float) -> list[tuple[str, str]]:
    sources = [Text(text, doc=f"text {n}", language="en") for n, text in enumerate((CLEAN, SCANNED, *OTHERS))]
    options = Options(statistics=StatisticsOptions(misread=misread))
    return [(row["a"], row["b"]) for row in trace(sources, options=options).relations.to_pylist()]


def test_a_scan_is_found_beside_what_it_is_a_scan_of() -> None:
    """By no five words in a row, as they stand, would the two be found."""
    assert pile(0.08) == [("text 0", "text 1")]
    assert pile(1) == []


@pytest.mark.parametrize("seed", "def")
def test_few_errors_of_recognition_are_no_exchange_of_words(seed: str) -> None:
    """One wrong letter in fifty on both sides: too few for a text to be a scan, and a fifth of the words differ."""
    sides = (recognise(" ".join((CLEAN, *OTHERS)), 0.02, seed + side) for side in "xy")
    found = compare(*(Text(text, doc=doc, language="en") for doc, text in zip("ab", sides, strict=True)))
    assert [row["kind"] for row in found.alignments.to_pylist()] == ["edited"]


def test_words_that_are_exchanged_for_words_are() -> None:
    spun = CLEAN.replace("keeper", "custodian").replace("lamp", "light").replace("wind", "tbe")
    a, b = (one_side(text) for text in (CLEAN, spun))
    path = np.arange(len(a.ids), dtype=np.int32)
    assert exchanged_alike(a, b, path, "en") == 0
    scan = one_side(CLEAN.replace("the ", "tbe ").replace("rocks", "stones"))
    misread = CLEAN.split().count("the")
    assert exchanged_alike(a, scan, path, "en") == pytest.approx(misread / (misread + 1))
    assert exchanged_alike(a, scan, path, None) == 0


def test_errors_of_recognition_are_no_rewording_and_nothing_grave() -> None:
    """Neither side is said to be first by them, and a note tells what was done."""
    scan = SCANNED.replace("oar", "ear").replace("the old church", "the new church")
    found = compare(Text(CLEAN, doc="clean", language="en"), Text(scan, doc="scan", language="en"))
    (relation,) = found.relations.to_pylist()
    assert relation["kind"] == "edited"
    (direction,) = found.directions.to_pylist()
    assert direction["verdict"] == "unknown"
    assert any("recognised from a picture" in reason["reason"] for reason in direction["evidence"])
    assert max((change["severity"] for change in found.changes.to_pylist()), default=0) < 0.7
    assert any("character recognition" in note["what"] for note in found.notes.to_pylist())


WORDS = ("the", "lamp", "lump", "lighthouse", "light", "house", "morning", "mourning", "rn", "a", "i")
COSTS = {word: 3.0 + number for number, word in enumerate(WORDS)}
SMALL = make_lexicon(list(WORDS), hash_words(WORDS), np.exp([-cost for cost in COSTS.values()]))


@given(st.text("lamputhegiosrn", min_size=1, max_size=12), st.floats(4, 40))
@example("lighthonse", 40.0)
@example("1amp", 40.0)
def test_the_nearest_word_is_what_trying_all_finds(letters: str, most: float) -> None:
    """Of changes by which words are out of step by more than two letters neither speaks: they cost too much."""
    points = np.array([ord(letter) for letter in letters], np.uint32)
    found, cost = nearest_word(points, most, True, SMALL, make_room(len(WORDS)))
    word, least = oracle.nearest(letters, most, COSTS, ALIKE)
    assert (None if found < 0 else WORDS[found]) == word
    assert cost == pytest.approx(least)


@given(st.text("abc", min_size=1, max_size=9), st.booleans())
def test_letters_are_taken_out_in_every_way(word: str, deep: bool) -> None:
    points = np.array([ord(letter) for letter in word], np.uint32)
    keys = np.empty(count_left(len(word)), np.uint64)
    count = take_out(points, keys, deep)
    assert len(set(keys[:count].tolist())) == len(oracle.left(word, deep))


@given(st.text("ab c.", max_size=30), st.text("ab c.", max_size=30))
@example("Тhe lamp", "the lamp")
@example("", "")
def test_letters_in_common_are_those_of_the_fewest_edits(a: str, b: str) -> None:
    assert alike(a, b) == pytest.approx(oracle.alike(a, b))
