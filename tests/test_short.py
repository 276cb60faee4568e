"""Short reuse: a quotation is found in texts that share nothing else; idioms, names, dates and lists are not."""

from __future__ import annotations

import numpy as np
import pytest

from stemmata.languages import frequencies
from stemmata.passages.pair import TextPair, prepare
from stemmata.passages.rectangles import Rectangle, find_rectangles
from stemmata.passages.short import find_short, measure_runs
from stemmata.tokens import words_of
from tests.witnesses import WITNESSES

ACCEPT = -1.0
QUOTED = {
    "en": "Whoever mends the net by lamplight will curse it at dawn.",
    "ru": "Кто чинит сеть при лампе, тот проклянёт её на рассвете у причала.",
    "ar": "من يصلح الشبكة في ضوء المصباح يلعنها عند الفجر قرب المرسى القديم.",
    "zh": "谁在灯下补渔网，天亮时就会在码头上骂它，还要骂那盏灯。",
    "de": "Wer das Netz bei Lampenlicht flickt, verflucht es im Morgengrauen am Steg.",
}
GERMAN = (
    """Der alte Bahnhof von Wiesenau bekommt ein neues Dach. Die Gemeinde hat den Auftrag im Frühjahr vergeben, doch
die Lieferung der Ziegel verzögert sich. Bis zum Herbst sollen die Gerüste wieder verschwinden.

Pendler warten so lange unter einer Plane. Eine Sprecherin bat um Geduld und versprach zusätzliche Bänke.""",
    """Im Moor nördlich der Stadt brüten wieder Kraniche. Freiwillige zählten in diesem Jahr vierzehn Paare, doppelt
so viele wie zuvor. Der Wasserstand ist gestiegen, seit zwei Gräben geschlossen wurden.

Bauern aus den Nachbardörfern fürchten um ihre Wiesen. Ein Gutachten soll klären, wer den Schaden ersetzt.""",
)


def strangers(language: str) -> tuple[str, str]:
    """Two articles that have nothing to do with each other."""
    return GERMAN if language == "de" else (WITNESSES[language].text, WITNESSES[language].stranger)


def pair_of(a: str, b: str, language: str = "en") -> TextPair:
    return prepare(a, words_of(a), b, words_of(b), frequencies(language))


def inserted(text: str, sentence: str) -> str:
    """The text with a sentence at the end of its first paragraph."""
    head, space, tail = text.partition("\n\n")
    return f"{head} {sentence}{space}{tail}"


def shared(a: str, b: str, language: str = "en", accept: float = ACCEPT) -> list[tuple[str, str]]:
    """What is found, as it stands on either side."""
    pair = pair_of(a, b, language)
    return [
        (a[slice(*pair.a.span(p.a_from, p.a_to))], b[slice(*pair.b.span(p.b_from, p.b_to))])
        for p in find_short(pair, [], accept, names=language != "de").rectangles
    ]


@pytest.mark.parametrize("language", QUOTED)
def test_a_quoted_sentence_is_found_in_two_otherwise_different_texts(language: str) -> None:
    """It is found whole, and nothing else."""
    a, b = (inserted(text, QUOTED[language]) for text in strangers(language))
    assert shared(a, b, language) == [(QUOTED[language], QUOTED[language])]


@pytest.mark.parametrize("language", ["en", "ru", "ar", "de"])
def test_the_aligner_of_whole_passages_refuses_such_a_sentence(language: str) -> None:
    """In Chinese it would not: there each sign is a word, and these are enough."""
    a, b = (inserted(text, QUOTED[language]) for text in strangers(language))
    assert find_rectangles(pair_of(a, b, language), 0.3, 40, reused=False).rectangles == []


@pytest.mark.parametrize("language", QUOTED)
def test_texts_that_share_nothing_have_no_passage(language: str) -> None:
    assert shared(*strangers(language), language, accept=-20) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "At the end of the day, this was the first time in years.",
        "For the first time in the history of the United States of America.",
        "On the one hand and on the other hand it is not.",
        "On Friday, 4 November 1912, at 7 p.m.",
        "Oslo, Bergen, Stavanger, Trondheim, Tromso, Bodo, Narvik and Alta.",
        "The Minister of Foreign Affairs of the Kingdom of Norway.",
    ],
    ids=["idiom", "formula", "function words", "date", "places", "title"],
)
def test_what_stands_in_many_texts_is_not_reuse(sentence: str) -> None:
    a, b = (inserted(text, sentence) for text in strangers("en"))
    assert shared(a, b) == []


def test_the_same_items_of_a_list_are_not_reuse() -> None:
    listed = "\n\nFlour\nSalt\nWarm Water\nDried Yeast\nBrown Sugar\nOlive Oil\nRye Flakes\nCaraway Seed\n\n"
    a, b = strangers("en")
    assert shared(a + listed, b + listed) == []


def test_a_sentence_may_be_changed_a_little() -> None:
    a, b = strangers("en")
    for changed in ("Whoever mends the nets by lamplight will curse it at dawn.", QUOTED["en"].replace(" will", "")):
        assert shared(inserted(a, QUOTED["en"]), inserted(b, changed)) == [(QUOTED["en"], changed)]


def test_eight_words_are_the_fewest() -> None:
    """However sure; a sign of a script without spaces is half a word."""
    a, b = strangers("en")
    for sentence, found in (("Herons mend tattered nets beneath crooked lamps.", 0), (QUOTED["en"], 1)):
        assert len(shared(inserted(a, sentence), inserted(b, sentence), accept=-20)) == found
    c, d = strangers("zh")
    for sentence, found in (("灯下补渔网，码头骂灯。", 0), (QUOTED["zh"], 1)):
        assert len(shared(inserted(c, sentence), inserted(d, sentence), "zh", accept=-20)) == found


def test_a_higher_threshold_finds_less() -> None:
    a, b = (inserted(text, QUOTED["en"]) for text in strangers("en"))
    assert [len(shared(a, b, accept=accept)) for accept in (-20, 0, 20)] == [1, 1, 0]


def test_a_passage_that_was_accepted_before_is_left_alone() -> None:
    """Nothing is found inside it on either side."""
    a, b = (inserted(text, QUOTED["en"]) for text in strangers("en"))
    pair = pair_of(a, b)
    (found,) = find_short(pair, [], ACCEPT, names=True).rectangles
    elsewhere = Rectangle(0, 5, found.b_from, found.b_to, 0.0, 0.0, 0.0)
    assert find_short(pair, [found], -20, names=True).rectangles == []
    assert find_short(pair, [elsewhere], -20, names=True).rectangles == []


def test_a_passage_is_found_once_though_one_text_repeats_it() -> None:
    a, b = strangers("en")
    again = inserted(b, QUOTED["en"]) + QUOTED["en"]
    assert shared(inserted(a, QUOTED["en"]), again) == [(QUOTED["en"], QUOTED["en"])]


@pytest.mark.parametrize("language", QUOTED)
def test_mirrored_input_gives_mirrored_passages(language: str) -> None:
    a, b = (inserted(text, QUOTED[language]) for text in strangers(language))
    assert shared(b, a, language) == [(y, x) for x, y in shared(a, b, language)]


def test_a_passage_says_how_much_of_it_is_equal() -> None:
    a, b = (inserted(text, QUOTED["en"]) for text in strangers("en"))
    (found,) = find_short(pair_of(a, b), [], ACCEPT, names=True).rectangles
    assert found.a_to - found.a_from == 11
    assert found.q == 1.0
    assert found.score > 50


def test_capitals_mark_no_names_where_every_noun_has_one() -> None:
    """A German sentence weighs as much as the same words in small letters."""
    a, b = GERMAN
    capitals, small = (
        measure_runs(pair_of(inserted(a, sentence), inserted(b, sentence), "de"), [], names=False)
        for sentence in (QUOTED["de"], QUOTED["de"].lower())
    )
    assert capitals.evidence == pytest.approx(small.evidence, rel=0.02)


def test_texts_that_repeat_one_word_give_nothing_and_say_what_was_passed() -> None:
    """In bounded time, with and without a sentence in their midst."""
    bomb = "lamp " * 50_000
    assert shared(bomb, bomb) == []
    text = f"{bomb}. {QUOTED['en']} {bomb}"
    found = find_short(pair_of(text, bomb), [], ACCEPT, names=True)
    assert (found.rectangles, found.untried) == ([], 1)


@pytest.mark.parametrize("text", ["", "lamp", "One two three."])
def test_texts_of_a_few_words_have_no_short_passage(text: str) -> None:
    for other in ("", text, WITNESSES["en"].text):
        assert shared(text, other) == shared(other, text) == []


def test_figures_are_what_the_model_weighs() -> None:
    """Surprise, differing words, repeats, line breaks."""
    first, second = "Whoever mends the net by lamplight", "will curse it at dawn."
    a, b = strangers("en")
    runs = measure_runs(
        pair_of(inserted(a, f"{first}\nWill {second[5:]}"), inserted(b, f"{first} {second}")), [], names=True
    )
    assert runs.figures[:, 1:].tolist() == [[0.0, 0.0, 0.5]]
    pair = pair_of(a, b)
    assert runs.figures[0, 0] < runs.evidence[0] - np.log(len(pair.a) * len(pair.b))
