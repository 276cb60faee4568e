"""What is told apart in languages that have no cue lists yet."""

from __future__ import annotations

import pytest

from tests.test_changes import AFTER, BEFORE, changed


@pytest.mark.parametrize(
    ("language", "source", "copy", "expected"),
    [
        (
            "ru",
            "Паром через залив ходит каждое лето с тех пор, как кончилась война, и город платит за него почти всё. "
            "Капитан Марнов берёт на борт 120 человек и двух лошадей, если море спокойно и ветер не с юга.",
            ("120", "210"),
            [("number", "120", "210")],
        ),
        (
            "de",
            "Die Fähre zur Insel fährt seit dem Krieg jeden Sommer, und die Stadt bezahlt fast alles davon. "
            "Eine Karte kostet im Hafenbüro 12,50 € und gilt auch im Winter, wenn der Kapitän nicht fährt.",
            ("12,50 €", "15,20 €"),
            [("number", "12,50 €", "15,20 €")],
        ),
        (
            "fr",
            "Le bac vers l'île circule chaque été depuis la fin de la guerre, et la ville en paie presque tout. "
            "Le premier capitaine fut Ilse Marnow, qui tenait la barre par tous les temps avec son vieux chien.",
            ("Ilse Marnow", "Greta Petrov"),
            [("name", "Ilse Marnow", "Greta Petrov")],
        ),
        (
            "ar",
            "تعمل العبارة إلى الجزيرة كل صيف منذ نهاية الحرب، وتدفع البلدة معظم تكاليفها من الضرائب المحلية. "
            "قال القبطان إن السفينة تحمل 120 شخصا وحصانين إذا كان البحر هادئا والريح من الشمال.",
            ("120", "210"),
            [("number", "120", "210")],
        ),
        (
            "zh",
            "战争结束以来,开往小岛的渡轮每年夏天都运行,镇政府支付其中的大部分费用,居民只付很少的钱。"
            "船长说这艘船从前可以载很多货物,现在只能载一百二十人和两匹马,只要海面平静而且风不是从南边吹来,他随时都可以开船。",
            ("两匹马", "三匹马"),
            [("wording", "两", "三")],
        ),
    ],
)
def test_what_needs_no_word_list_is_told_in_any_language(
    language: str, source: str, copy: tuple[str, str], expected: list[tuple[str, str, str]]
) -> None:
    """Figures, and names where nouns have no capital; number words of other languages are not known yet."""
    rows = changed(source, source.replace(*copy), language)
    assert [(row["type"], row["before"], row["after"]) for row in rows] == expected


def test_english_cue_words_are_silent_in_other_languages() -> None:
    """*not* and *all* mean nothing where the text is not English."""
    for language in ("nl", None):
        rows = changed(BEFORE + "Some did not sail." + AFTER, BEFORE + "All did sail." + AFTER, language)
        assert {row["type"] for row in rows} == {"wording"}
