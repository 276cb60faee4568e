"""Language: named where the letters make it plain, else left open."""

import pytest

from stemmata.readers.language import identify_language


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
