"""Witnesses of one text set beside each other: which words share a place."""

from __future__ import annotations

import random

import numpy as np
import pyarrow as pa
import pytest

from stemmata.collating.collation import MISSING, Collation
from stemmata.collating.places import Places, align_witnesses
from stemmata.collating.reading import read_collation
from stemmata.collating.spelling import read_spelling
from stemmata.tokens import Tokens, read_words

TALE = (
    "The harbour master of Linden kept seven lanterns burning through the winter of the great frost. Every evening "
    "he walked the length of the quay, trimmed each wick and wrote the hour into a ledger bound in green cloth. "
    "Nobody had asked him to do so. When the ice broke in March, the first ship to come in was the Halcyon, whose "
    "captain swore that she had followed those lights for eleven nights. The town council paid for the oil at last, "
    "and a small brass plate was fixed to the wall where the seventh lantern used to hang."
)
FIRST, SECOND, THIRD, FOURTH, FIFTH = (sentence.strip() + "." for sentence in TALE.strip(".").split(". "))


def tokens_of(texts: list[str]) -> Tokens:
    return read_words(pa.array(texts, pa.large_string()))


def aligned(*texts: str) -> Places:
    tokens = tokens_of(list(texts))
    return align_witnesses([tokens[i].word for i in range(len(texts))], read_spelling(texts, tokens))


def collated(*texts: str) -> Collation:
    tokens = tokens_of(list(texts))
    return read_collation([f"w{i}" for i in range(len(texts))], texts, tokens, aligned(*texts))


def table(*texts: str) -> list[str]:
    """What each witness reads, place by place: "." for an omission, "?" where nobody can know."""
    collation = collated(*texts)
    return [
        " ".join(
            "?" if code == MISSING else readings[code] or "."
            for code, readings in zip(row, collation.readings, strict=True)
        )
        for row in collation.codes
    ]


def copies(rng: random.Random, count: int) -> list[str]:
    """Copies of copies of the tale, with slips of all sorts, an excerpt, a moved sentence, and one of nothing."""
    pool = [TALE.split()]
    while len(pool) < count:
        words = list(rng.choice(pool))
        for _ in range(rng.randint(1, 9)):
            at = rng.randrange(len(words))
            words[at : at + rng.randint(0, 3)] = rng.choices(["gale", "quay", "the", "oil", "tar"], k=rng.randint(0, 3))
        pool.append(words)
    return [" ".join(words) for words in pool] + [f"{SECOND} {THIRD}", f"{FIRST} {THIRD} {SECOND} {FIFTH}", "", TALE]


def test_equal_words_share_a_place_and_what_one_leaves_out_is_empty() -> None:
    assert table("the old grey harbour wall", "the grey harbour wall", "the old grey harbour") == [
        "the old grey harbour wall",
        "the . grey harbour wall",
        "the old grey harbour ?",
    ]


def test_a_word_put_in_place_of_another_shares_its_place() -> None:
    places = aligned("a fighter aircraft flew over the town", "a boxer aircraft flew over the town")
    assert [place.tolist() for place in places.place] == [list(range(7))] * 2


def test_words_put_in_at_one_spot_share_a_place() -> None:
    assert table("a cold night at sea", "a very cold night at sea", "a quite cold night at sea") == [
        "a . cold night at sea",
        "a very cold night at sea",
        "a quite cold night at sea",
    ]


def test_words_spelt_alike_prefer_each_other() -> None:
    assert table("come vpon bread again", "come lightly upon bread again", "come vpon bread again") == [
        "come . vpon bread again",
        "come lightly upon bread again",
        "come . vpon bread again",
    ]
    assert table("a sail of gray hung", "a sail of pale grey linen hung")[0] == "a sail of . gray . hung"
    assert table("a sail of gray hung", "a sail of grey pale linen hung")[0] == "a sail of gray . . hung"


def test_case_and_signs_do_not_change_places() -> None:
    texts = copies(random.Random(1), 8)
    shouted = [text.upper().replace(",", " -- ").replace(" ", "  ") for text in texts]
    for plain, loud in zip(aligned(*texts).place, aligned(*shouted).place, strict=True):
        assert plain.tolist() == loud.tolist()


@pytest.mark.parametrize("seed", range(20))
def test_order_and_names_of_witnesses_do_not_matter(seed: int) -> None:
    texts = copies(random.Random(7), 12)
    before = aligned(*texts)
    order = list(range(len(texts)))
    random.Random(seed).shuffle(order)
    after = aligned(*(texts[i] for i in order))
    assert before.count == after.count
    for new, old in enumerate(order):
        assert after.place[new].tolist() == before.place[old].tolist()
        assert after.moved[new].tolist() == before.moved[old].tolist()


@pytest.mark.parametrize("seed", range(10))
def test_places_rise_and_no_witness_has_two_words_in_one(seed: int) -> None:
    texts = copies(random.Random(seed), 15)
    places = aligned(*texts)
    used = set()
    for place, moved in zip(places.place, places.moved, strict=True):
        assert (np.diff(place[moved == 0]) > 0).all()
        assert len(set(place.tolist())) == len(place)
        assert (moved[moved > 0] == place[moved > 0] + 1).all()
        used |= set(place.tolist())
    assert used == set(range(places.count))


def test_a_passage_that_stands_elsewhere_is_marked_as_moved() -> None:
    places = aligned(TALE, f"{FIRST} {SECOND} {FOURTH} {THIRD} {FIFTH}", TALE.replace("green", "red"))
    assert places.count == len(tokens_of([TALE])[0])
    third = len(tokens_of([f"{FIRST} {SECOND} {FOURTH}"])[0])
    assert np.flatnonzero(places.moved[1]).tolist() == list(range(third, third + 7))
    assert not places.moved[0].any()
    assert not places.moved[2].any()
    assert collated(TALE, f"{FIRST} {SECOND} {FOURTH} {THIRD} {FIFTH}").moved.sum() == 7


def test_a_moved_passage_may_be_reworded_and_longer() -> None:
    reworded = SECOND.replace("evening", "night").replace("ledger", "book")
    places = aligned(TALE, f"{FIRST} {THIRD} {FOURTH} {reworded} {FIFTH}")
    before = len(tokens_of([f"{FIRST} {THIRD} {FOURTH}"])[0])
    assert places.count == len(tokens_of([TALE])[0])
    assert np.flatnonzero(places.moved[1]).tolist() == list(range(before, before + len(tokens_of([SECOND])[0])))


def test_what_a_page_puts_around_a_text_has_places_of_its_own() -> None:
    above = "Home News Weather Sports Archive Search Login Subscribe today for more stories like this one each week"
    below = "Share this on your favourite network, leave a comment below and read our other stories about shipping."
    places = aligned(TALE, f"{above}. {TALE} {below}", TALE.replace("oil", "tar"))
    begin, words = len(tokens_of([above])[0]), len(tokens_of([TALE])[0])
    assert places.place[0].tolist() == list(range(begin, begin + words))
    assert places.place[2].tolist() == places.place[0].tolist()
    assert places.count == words + begin + len(tokens_of([below])[0])


def test_an_excerpt_is_set_against_its_own_passage_and_is_missing_elsewhere() -> None:
    collation = collated(TALE, f"{SECOND} {THIRD}", TALE.replace("ledger", "book"))
    words = len(tokens_of([TALE])[0])
    begin, length = len(tokens_of([FIRST])[0]), len(tokens_of([f"{SECOND} {THIRD}"])[0])
    known = np.flatnonzero(collation.codes[1] != MISSING)
    assert collation.codes.shape == (3, words)
    assert known.tolist() == list(range(begin, begin + length))


def test_a_repeated_paragraph_does_not_lead_astray() -> None:
    refrain = "Trim the wick and mind the flame, for the night is long and the sea is wide."
    full = " ".join((refrain, FIRST, refrain, SECOND, refrain, FIFTH, refrain))
    short = " ".join((refrain, FIRST, SECOND, refrain, FIFTH, refrain))
    places = aligned(full, short)
    skipped = len(tokens_of([f"{refrain} {FIRST}"])[0])
    missing = sorted(set(range(places.count)) - set(places.place[1].tolist()))
    assert places.count == len(tokens_of([full])[0])
    assert missing == list(range(skipped, skipped + len(tokens_of([refrain])[0])))


@pytest.mark.parametrize(
    ("texts", "count"),
    [
        ([], 0),
        ([""], 0),
        (["", ""], 0),
        (["one lamp", ""], 2),
        (["one lamp"], 2),
        (["one lamp", "One lamp."], 2),
        (["la " * 300, "la " * 200], 300),
    ],
)
def test_few_and_empty_witnesses(texts: list[str], count: int) -> None:
    assert aligned(*texts).count == count
    assert collated(*texts).codes.shape == (len(texts), count)


def test_texts_that_share_nothing_share_no_place() -> None:
    here, there = "Nobody had asked him " * 20, "lanterns burning through winter " * 20
    assert aligned(here, there).count == 160


def test_a_text_of_a_hundred_thousand_words_is_set_against_another() -> None:
    """Neither memory nor time grow with the square of the length, whatever the two have in common."""
    rng = random.Random(3)
    words = ["".join(rng.choices("aeioulnrst", k=4)) for _ in range(100_000)]
    other = [word for word in words if rng.random() > 0.02]
    places = aligned(" ".join(words), " ".join(other))
    assert places.count == len(words)
    assert aligned(" ".join(words[:60_000]), "x" + " x".join(words[40_000:])).count > 60_000


def test_signs_belong_to_the_word_before_them_but_for_those_that_open_the_next() -> None:
    collation = collated('"Come in," he said: “Sit (if you can)  — down.”\n\n***')
    assert [readings[0] for readings in collation.readings] == [
        '"Come', "in,\"", "he", "said:", "“Sit", "(if", "you", "can) —", "down.” ***",
    ]  # fmt: skip
    assert [readings[0] for readings in collated("well-known（他说“好”）").readings] == [
        "well-", "known", "（他", "说", "“好”）",
    ]  # fmt: skip


def test_a_span_holds_its_reading() -> None:
    texts = copies(random.Random(5), 6)
    collation = collated(*texts)
    assert collation.spans is not None
    for text, row, spans in zip(texts, collation.codes, collation.spans, strict=True):
        for code, readings, (start, end) in zip(row.tolist(), collation.readings, spans.tolist(), strict=True):
            if code == MISSING or not readings[code]:
                assert (start, end) == (-1, -1)
            else:
                assert " ".join(text[start:end].split()) == readings[code]


def test_spelling_and_signs_are_readings_of_their_own() -> None:
    assert collated("cano, Troiae", "cano Troiae", "CANO, Troiae").readings == (("CANO,", "cano", "cano,"), ("Troiae",))


def test_of_a_long_gap_the_first_place_alone_is_an_omission() -> None:
    gap = f"{SECOND} {THIRD} {FOURTH}"
    codes = collated(TALE, f"{FIRST} {FIFTH}", TALE.replace("captain", "master")).codes[1]
    begin = len(tokens_of([FIRST])[0])
    end = begin + len(tokens_of([gap])[0])
    assert codes[begin] != MISSING
    assert (codes[begin + 1 : end] == MISSING).all()
    assert (codes[end:] != MISSING).all()
