"""Encodings: a text is read as it was written, or it is said what could not be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemmata.errors import SourceError
from stemmata.readers.encoding import SIGNS, decode, decode_as, glance, well_formed

LATIN = "The old bridge over the Mornach was closed on Tuesday; the mayor blamed the flood.\n"
FRENCH = "Le vieux pont, fermé mardi, « ne tiendra pas l’été », a déclaré la mairie ; coût : 300 000 €.\n"
GERMAN = "Die alte Brücke wurde am Dienstag gesperrt, weil das Hochwasser die Pfeiler unterspült hat.\n"
POLISH = "Wieś zamknęła most we wtorek, bo powódź podmyła filary; źródła milczą, a łódź już płynie.\n"
CZECH = "Starý most přes řeku zavřeli v úterý, protože povodeň podemlela pilíře; šťastní rybáři čekají.\n"
RUSSIAN = "Старый мост закрыли во вторник: паводок подмыл опоры, и жители едут в объезд.\n"
GREEK = "Η παλιά γέφυρα έκλεισε την Τρίτη, επειδή η πλημμύρα έσκαψε τα βάθρα της.\n"
HEBREW = "הגשר הישן נסגר ביום שלישי משום שהשיטפון פגע בעמודיו.\n"
ARABIC = "أغلق الجسر القديم يوم الثلاثاء بعد أن جرف الفيضان دعائمه.\n"
CHINESE = "老桥星期二关闭了,因为洪水冲坏了桥墩,村民只好绕路回家。\n"
JAPANESE = "古い橋は火曜日に閉鎖された。洪水で橋脚が削られたためである。\n"
KOREAN = "낡은 다리는 화요일에 폐쇄되었다. 홍수가 교각을 깎아 냈기 때문이다.\n"
THAI = "สะพานเก่าปิดเมื่อวันอังคาร เพราะน้ำท่วมกัดเซาะตอม่อ\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (FRENCH, "cp1252"),
        (GERMAN, "latin-1"),
        (POLISH, "cp1250"),
        (POLISH, "iso8859-2"),
        (CZECH, "cp1250"),
        (CZECH, "iso8859-2"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (RUSSIAN, "cp866"),
        (GREEK, "cp1253"),
        (HEBREW, "cp1255"),
        (ARABIC, "cp1256"),
        (CHINESE, "gb18030"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc_jp"),
        (JAPANESE, "iso2022_jp"),
        (KOREAN, "euc_kr"),
        (THAI, "cp874"),
    ],
)
def test_legacy_encodings_are_guessed_from_the_letters(text: str, encoding: str) -> None:
    decoded = decode((text * 3).encode(encoding))
    assert decoded.text == text * 3
    assert decoded.replaced == 0


def test_one_word_in_a_legacy_encoding_is_enough() -> None:
    assert decode("café".encode("cp1252")).text == "café"
    assert decode("Привет".encode("cp1251")).text == "Привет"


def test_the_quotes_and_dashes_of_windows_need_no_letters_beside_them() -> None:
    for text in ("The mayor wouldn’t answer.", "“Closed” – until May…", "Bridge™"):
        assert decode(text.encode("cp1252")).text == text


@pytest.mark.parametrize("page", range(1250, 1259))
def test_the_quotes_and_dashes_are_the_same_in_all_code_pages_of_windows(page: int) -> None:
    assert SIGNS.decode(f"cp{page}") == "„…‘’“”•–—™\u00a0"


def test_a_guess_is_noted_and_utf8_is_not() -> None:
    noted = {str(note["what"]): note["count"] for note in decode(RUSSIAN.encode("cp1251")).notes}
    assert noted["files that are not UTF-8, read as cp1251 by guess"] == 1
    assert all(note["count"] == 0 for note in decode(RUSSIAN.encode()).notes)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("text", [LATIN, RUSSIAN, ARABIC, CHINESE])
def test_a_byte_order_mark_decides_and_is_dropped(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize(("mark", "encoding"), [(b"\xfe\xff", "utf-16-be"), (b"\x00\x00\xfe\xff", "utf-32-be")])
def test_byte_order_marks_of_the_other_order_are_known(mark: bytes, encoding: str) -> None:
    assert decode(mark + ARABIC.encode(encoding)).text == ARABIC


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [LATIN, POLISH, RUSSIAN, GREEK, HEBREW, ARABIC, "Hi"])
def test_utf16_without_a_mark_is_known_by_its_nuls(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)).text == text


def test_broken_bytes_do_not_turn_utf8_into_a_code_page() -> None:
    data = RUSSIAN.encode() + b"\xff\xfe" + FRENCH.encode() + b"\xd0"
    decoded = decode(data)
    assert decoded.text == RUSSIAN + "\ufffd\ufffd" + FRENCH + "\ufffd"
    assert (decoded.encoding, decoded.replaced) == ("utf-8", 3)
    assert {
        "stage": "documents",
        "what": "bytes that are not valid utf-8, replaced",
        "count": 3,
    } in decoded.notes


def test_one_letter_far_away_may_show_that_a_text_is_utf8() -> None:
    text = "é" + LATIN * 5000
    assert decode(text.encode() + b"\xff").text == text + "\ufffd"


def test_a_replacement_character_that_was_there_is_not_counted() -> None:
    assert decode("Lücke: \ufffd".encode()).replaced == 0
    assert decode("Lücke: \ufffd".encode() + b"\xff").replaced == 1


def test_a_single_stray_byte_is_replaced_rather_than_made_a_letter_of_some_code_page() -> None:
    assert decode(LATIN.encode() + b"\x81").text == LATIN + "\ufffd"


def test_utf16_that_is_cut_off_keeps_what_is_whole() -> None:
    decoded = decode(ARABIC.encode("utf-16")[:-1])
    assert decoded.text == ARABIC[:-1] + "\ufffd"
    assert decoded.replaced == 1


def test_a_legacy_text_is_found_behind_much_ascii() -> None:
    text = LATIN.replace("\n", " ") * 4000 + RUSSIAN * 3
    assert decode(text.encode("cp1251")).text == text


def test_a_utf8_text_may_have_its_one_letter_where_the_sample_of_the_detectors_ends() -> None:
    text = "a" * 199_999 + "é" + "b" * 10
    assert decode(text.encode()).text == text


@pytest.mark.parametrize(
    "data",
    [
        b"hello\x00world!",
        bytes(range(256)),
        b"\x01\x02\x03\x04 plain \x05\x06",
        b"\x00" * 50,
        "a\x00b".encode("utf-16"),
    ],
)
def test_binary_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(SourceError, match="binary") as caught:
        decode(data)
    assert "UTF-8" in caught.value.mend


def test_the_colours_of_a_terminal_do_not_make_a_text_binary() -> None:
    text = "\x1b[31merror\x1b[0m in line 3\n"
    assert decode(text.encode()).text == text


@given(st.text(st.characters(exclude_categories=("Cs", "Cc"))))
def test_any_text_comes_back_from_utf8_and_utf16(text: str) -> None:
    for encoding in ("utf-8-sig", "utf-16"):
        assert decode(text.encode(encoding)).text == text


@given(st.text())
def test_lone_surrogates_are_replaced_and_nothing_else(text: str) -> None:
    assert well_formed(text) == (text, 0)
    assert well_formed(f"{text}\ud83d") == (f"{text}\ufffd", 1)
    assert well_formed(f"\udc00{text}\ud83d\ude00") == (f"\ufffd{text}\U0001f600", 1)


def test_a_glance_sees_markup_in_any_unicode_encoding() -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1251"):
        assert glance(f"<html>{RUSSIAN}".encode(encoding)).startswith("<html>")


def test_decoding_under_a_name_counts_what_does_not_fit() -> None:
    assert decode_as("a\ufffdé".encode() + b"\xff", "utf-8") == ("a\ufffdé\ufffd", 1)
    assert decode_as(b"a\x81", "cp1252") == ("a\ufffd", 1)
    assert decode_as(b"a", "utf-8") == ("a", 0)
