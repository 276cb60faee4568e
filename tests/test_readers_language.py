"""Language: named where the letters make it plain, else left open; with a kernel as py3langid names it."""

from __future__ import annotations

import unicodedata

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemmata.buffers import text_views
from stemmata.kernels.identification import HIGH, OPEN, cut_samples, identify
from stemmata.readers import language
from stemmata.readers.language import identify_language, identify_languages
from tests.dispatches import DISPATCHES
from tests.texts import texts

REAL = sorted({piece.text for pieces in DISPATCHES.values() for piece in pieces})


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The harbour was closed on Monday while divers looked for the anchor of the ferry."),
        ("de", "Der Hafen blieb am Montag geschlossen, weil Taucher den Anker der Fähre suchten."),
        ("pl", "W poniedziałek port był zamknięty, bo nurkowie szukali kotwicy promu."),
        ("ru", "В понедельник порт закрыли: водолазы искали якорь парома, а пассажиры ждали на берегу."),
        ("ar", "أغلق الميناء يوم الاثنين بينما كان الغواصون يبحثون عن مرساة العبارة."),
        ("zh", "星期一港口关闭了,潜水员在寻找渡轮的锚,乘客们在岸上等了整整一个下午。"),
        ("ja", "月曜日、港は閉鎖された。潜水士たちがフェリーの錨を探していたからである。"),
    ],
)
def test_a_sentence_is_enough(language: str, text: str) -> None:
    assert identify_language(text) == language


@pytest.mark.parametrize("text", ["", "Harbour", "1848, 1871 (pp. 12–15)", "12345 " * 50])
def test_under_twenty_letters_nothing_is_said(text: str) -> None:
    assert identify_language(text) is None


@pytest.mark.parametrize("text", ["xqzj wvkk prtl mnbv zzzz qqqq wwww", "GATTACAGATTACAGATTACACCGGTT"])
def test_what_is_no_language_has_none(text: str) -> None:
    assert identify_language(text) is None


def test_only_the_beginning_is_judged() -> None:
    english = "The harbour was closed on Monday while divers looked for the anchor of the ferry. " * 300
    assert identify_language(english + "Der Hafen blieb geschlossen, weil Taucher suchten. " * 2000) == "en"


# Many texts at once


@pytest.fixture
def by_kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have even the first texts of the process identified by the kernel."""
    monkeypatch.setattr(language, "_few", iter(()))


def by_py3langid(text: str) -> str | None:
    """What py3langid itself says of the sample, held to the same bounds."""
    sample = text[: language.SAMPLE_CHARACTERS]
    if sum(map(str.isalpha, sample)) < language.FEWEST_LETTERS:
        return None
    code, share = language._identifier().classify(sample)
    return code if share >= language.LEAST_SHARE and len(code) == 2 else None


def identified(given_texts: list[str]) -> list[str | None]:
    found: list[str | None] = identify_languages(pa.chunked_array([given_texts], pa.large_string())).to_pylist()
    return found


def decided(given_texts: list[str]) -> int:
    """How many texts the kernel decides by itself, of those that it may judge as they stand."""
    data, offsets = text_views(pa.array(given_texts, pa.large_string()))
    found = np.empty(len(given_texts), np.int64)
    identify(data, offsets[:-1], offsets[1:], *language._automaton(), *language._weights(), 0.6, found)
    return int((found != OPEN).sum())


@pytest.mark.usefixtures("by_kernel")
def test_of_real_texts_the_kernel_says_what_py3langid_says() -> None:
    """Whole, in capitals, composed and decomposed, and in pieces of all lengths, in fifteen languages and more."""
    pieces = [text[start : start + 25 * length] for text in REAL for length in (1, 2, 4, 9) for start in (0, 60)]
    forms = [change(text) for text in REAL for change in (str.upper, str.title, decomposed, composed)]
    mixed = [one[:400] + other[:400] for one, other in zip(REAL, reversed(REAL), strict=True)]
    given_texts = [*REAL, *pieces, *forms, *mixed]
    assert identified(given_texts) == [by_py3langid(text) for text in given_texts]


def composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


@pytest.mark.usefixtures("by_kernel")
@given(st.lists(st.one_of(texts, st.text(max_size=60), st.sampled_from(REAL).map(lambda text: text[:50])), max_size=6))
def test_of_any_texts_it_says_that(given_texts: list[str]) -> None:
    given_texts = [*given_texts, "".join(given_texts), " ".join(given_texts) * 7]
    expected = [by_py3langid(text) for text in given_texts]
    assert identified(given_texts) == expected
    assert [identify_language(text) for text in given_texts] == expected


@pytest.mark.usefixtures("by_kernel")
@pytest.mark.parametrize("sign", ["e", "\u00e9", "\u2013", "\u4e2d", "\U0001f680"])
def test_the_sample_ends_where_py3langid_would_end_it(sign: str) -> None:
    """Behind 20,000 code points, however many bytes these have."""
    around = [(sign * count + " The harbour was closed on Monday while divers looked for it.") for count in range(3)]
    long = [(text + " ") * (language.SAMPLE_CHARACTERS // len(text)) for text in around]
    given_texts = [text + "Der Hafen blieb geschlossen, weil Taucher suchten. " * 2_000 for text in long]
    assert identified(given_texts) == [by_py3langid(text) for text in given_texts] == ["en"] * 3


@pytest.mark.usefixtures("by_kernel")
def test_chunks_and_slices_are_columns_like_others() -> None:
    column = pa.chunked_array([REAL[:3], [], REAL[3:], [""]], pa.string()).slice(1)
    assert identify_languages(column).to_pylist() == [by_py3langid(text) for text in [*REAL[1:], ""]]
    assert identify_languages(pa.chunked_array([], pa.large_string())).to_pylist() == []


def test_the_kernel_decides_nearly_all_real_texts_by_itself() -> None:
    """What it leaves open takes a thousand times as long."""
    given_texts = [composed(text) for text in REAL]
    assert decided(given_texts) >= 0.99 * len(given_texts)


def test_the_first_texts_of_a_process_need_no_kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    """To lay out the model for it takes as long as to ask py3langid of so many texts."""
    monkeypatch.setattr(language, "_few", iter(range(2)))
    monkeypatch.setattr(language, "_automaton", lambda: pytest.fail("the kernel was asked"))
    assert identified(REAL[:2]) == [by_py3langid(text) for text in REAL[:2]]
    with pytest.raises(pytest.fail.Exception):
        identified(REAL[:1])


def test_only_texts_without_anything_to_compose_are_judged_as_they_stand() -> None:
    """No sign below U+0300, no dash or quotation mark is composed with what stands before or behind it."""
    pairs = [unicodedata.decomposition(chr(point)).split() for point in range(0x110000)]
    second = {int(pair[1], 16) for pair in pairs if len(pair) == 2 and not pair[0].startswith("<")}
    judged = [*range(0x300), *range(0x2010, 0x2027)]
    assert not second.intersection(judged)
    assert all(unicodedata.normalize("NFC", chr(point)) == chr(point) for point in judged)
    assert not any(unicodedata.combining(chr(point)) for point in judged)
    given_texts = ["a" * 20 + chr(point) for point in range(0x80, 0x3000) if not 0xD800 <= point < 0xE000]
    data, offsets = text_views(pa.array(given_texts, pa.large_string()))
    ends, plain = np.empty(len(given_texts), np.int64), np.empty(len(given_texts), np.bool_)
    cut_samples(data, offsets, 1_000, 20, ends, plain)
    assert {ord(text[-1]) for text, one in zip(given_texts, plain, strict=True) if one} == {
        point for point in judged if point >= 0x80
    }
    assert chr(0x300).encode()[0] == HIGH


def test_capitals_alone_and_too_few_letters_are_no_texts_as_they_stand() -> None:
    given_texts = ["A" * 30, "a" * 19, "a" * 20, "A" * 19 + "z", "é" * 30, ""]
    data, offsets = text_views(pa.array(given_texts, pa.large_string()))
    ends, plain = np.empty(len(given_texts), np.int64), np.empty(len(given_texts), np.bool_)
    cut_samples(data, offsets, 1_000, 20, ends, plain)
    assert plain.tolist() == [False, False, True, True, False, False]
    assert ends.tolist() == offsets[1:].tolist()


def test_an_automaton_that_remembers_more_is_found_out() -> None:
    """Parts of a text are gone through at once, each from some bytes before: else they would begin elsewhere."""
    moves = np.zeros((2, 256), np.uint32)
    moves[:] = [[1], [0]]  # two rows in turn, whatever the byte: even and odd places
    moves[:, ord("x")] += 2  # and feature 1 at each x
    weights = np.array([[0, 0], [9, 0]] * 2, np.uint8)
    found = np.empty(2, np.int64)
    data = np.frombuffer(b"x" * 24 + b"x" * 27, np.uint8)
    arguments = (moves.ravel(), 0, 2, 2**46 + 1, weights, 1.0, np.zeros(2, np.float32), np.arange(2), 0.6, found)
    identify(data, np.array([0, 24]), np.array([24, 51]), *arguments)
    assert found.tolist() == [0, 0]  # parts of six bytes begin alike
    identify(data, np.array([0, 0]), np.array([28, 51]), *arguments)
    assert found.tolist() == [OPEN, 0]
