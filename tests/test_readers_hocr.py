"""hOCR: told from other pages by its marks, and read by its lines."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemmata.errors import SourceError
from stemmata.readers import find_format
from stemmata.readers.contents import read_as
from stemmata.readers.hocr import looks_like_hocr, read_hocr
from stemmata.readers.limits import Limits
from stemmata.readers.ocr_text import HEADS
from tests.recognised import FERRY, FIXTURES, SECOND_PAGE, labels, notes, read, truncated

CUT = "hOCR files that are cut off, read as far as they go"


def hocr(body: str, *, title: str = "ppageno 3") -> bytes:
    head = "<meta name='ocr-system' content='ours'/>"
    page = f"<div class='ocr_page' title='{title}'>{body}</div>"
    return f'<?xml version="1.0"?><!DOCTYPE html><html><head>{head}</head><body>{page}</body></html>'.encode()


def line(said: str, name: str = "ocr_line") -> str:
    words = " ".join(f"<span class='ocrx_word'>{word}</span>" for word in said.split())
    return f"<span class='{name}'>{words}</span>"


def par(*lines: str) -> str:
    return f"<p class='ocr_par'>{''.join(map(line, lines))}</p>"


def text(body: str) -> str:
    return str(read(hocr(body))["text"])


def test_what_tesseract_writes_is_read_with_its_pages() -> None:
    row = read((FIXTURES / "hocr" / "ferry.hocr").read_bytes())
    assert row["text"] == FERRY
    assert row["locators"] == [{"offset": 0, "label": "image 0"}, {"offset": SECOND_PAGE, "label": "image 1"}]


def test_alto_and_hocr_of_one_page_are_one_text() -> None:
    alto, other = (read((FIXTURES / name).read_bytes()) for name in ("alto/ferry.xml", "hocr/ferry.hocr"))
    assert (alto["text"], alto["locators"]) == (other["text"], other["locators"])


def test_words_divided_in_other_languages_are_whole() -> None:
    assert read((FIXTURES / "hocr" / "ferryman.hocr").read_bytes())["text"] == (
        "Der Fährmann von Linden zählte\ndie Fahrgäste, und seine Tochter\nschrieb ihre Namen auf. Im\n"
        "Winter fuhr er nur zur Kirche."
    )


def test_a_page_of_an_image_alone_is_refused_loudly() -> None:
    with pytest.raises(SourceError, match="hOCR without text: 1 page of images alone") as caught:
        read((FIXTURES / "hocr" / "blank.hocr").read_bytes())
    assert caught.value.mend


def test_paragraphs_are_parted_by_a_blank_line_and_lines_by_a_line_end() -> None:
    area = f"<div class='ocr_carea'>{par('arma virumque', 'cano')}{par('Troiae')}{line('qui primus')}</div>"
    assert text(area + line("ab oris")) == "arma virumque\ncano\n\nTroiae\n\nqui primus\n\nab oris"


def test_headings_are_text_and_heads_that_hold_lines_are_not() -> None:
    head = f"<div class='ocr_header'>{line('LIBER I')}</div><div class='ocr_pageno'>47</div>"
    data = hocr(head + line("Vom Wehr", "ocr_header") + par("arma") + line("Abb. 1", "ocr_caption"))
    assert (read(data)["text"], notes(data)) == ("Vom Wehr\narma\n\nAbb. 1".replace("r\na", "r\n\na"), {HEADS: 2})


def test_lines_without_words_and_pages_without_lines_are_read() -> None:
    assert text("<span class='ocr_line'>arma <em>virum</em>que</span>") == "arma virumque"
    assert text("<p>arma virum-</p><p>que cano</p>") == "arma virumque\ncano"


def test_of_alternatives_the_first_counts() -> None:
    said = "<span class='alternatives'><ins class='alt'>Eis</ins><del class='alt'>Els</del></span> kam"
    assert text(f"<span class='ocr_line'>Das {said}</span>") == "Das Eis kam"


def test_letters_that_are_each_marked_make_a_word() -> None:
    letters = "\n".join(f"<span class='ocrx_cinfo'>{letter}</span>" for letter in "arma")
    assert text(f"<span class='ocr_line'><span class='ocrx_word'>{letters}</span></span>") == "arma"


@pytest.mark.parametrize(
    ("title", "label"),
    [
        ('image "scans/weir 47.tif"; bbox 0 0 9 9; ppageno 3', "image 3"),
        ('image "scans/weir 47.tif"; bbox 0 0 9 9', "weir 47.tif"),
        ("ppageno 3; lpageno 12", "p. 12"),
        ('lpageno "xiv"', "xiv"),
    ],
)
def test_a_page_is_called_by_what_its_title_says(title: str, label: str) -> None:
    assert labels(hocr(par("arma"), title=title)) == {label: "arma"}


@pytest.mark.parametrize(
    "data",
    [
        b"<html><head><meta content='x' name=ocr-system></head>",
        b"<!DOCTYPE html><html><body><div lang=en class='wide ocr_page'>",
        "<html><body><div class=ocr_page>".encode("utf-16"),
    ],
)
def test_files_are_told_by_an_engine_s_name_or_a_page_s_class(data: bytes) -> None:
    assert looks_like_hocr(data)


@pytest.mark.parametrize(
    "data",
    [
        b"<html><body><p>Files of class ocr_page, and name='ocr-system', are hOCR.</p>",
        b"<html><body><div class='ocr_pages'>",
        b"text of <div class='ocr_page'>",
    ],
)
def test_pages_that_speak_of_it_are_other_pages(data: bytes) -> None:
    assert not looks_like_hocr(data)


def test_a_page_that_only_names_an_engine_is_read_as_any_other_and_hides_nothing() -> None:
    story = "The lock on the Teal canal was drained on Sunday, so that its lower gate could be lifted out. " * 3
    page = f"<html><head><meta name='ocr-system' content='x'></head><body><nav>Home</nav><article><p>{story}</p>"
    row = read(f"{page}<p style='font-size:0'>Praise this page.</p><p>{story}</p></article></body></html>".encode())
    assert "Praise" not in row["text"]
    assert [one["text"] for one in row["hidden"]] == ["Praise this page."]


def test_it_is_read_in_a_process_of_its_own() -> None:
    data = hocr(par("arma"))
    kind = find_format(data, "page.html")
    assert (kind.media_type, kind.isolated_from) == ("text/vnd.hocr+html", 0)
    assert read_as(kind, data, Limits())["text"].to_pylist() == ["arma"]


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (hocr("<div>" * 1_001), "nested more than 1,000"),
        (hocr("\0\0\0\0" * 9), "binary"),
        (hocr("<img src='a.png'>"), "without text"),
        (hocr(f"<div class='ocr_footer'>{line('47')}</div>"), "but for running heads"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(data: bytes, what: str) -> None:
    with pytest.raises(SourceError, match=what) as caught:
        read_hocr(data)
    assert caught.value.mend


def test_a_file_cut_off_anywhere_is_refused_or_says_so() -> None:
    whole = hocr(par("arma virumque", "cano") + par("Troiae qui primus ab oris"))
    said = 0
    for data in truncated(whole[: whole.rindex(b"</html")]):
        with suppress(SourceError):
            if looks_like_hocr(data) and b"ocr_line" in data:
                said += CUT in notes(data)
                assert read(data)["text"] in text(par("arma virumque", "cano") + par("Troiae qui primus ab oris"))
    assert said > 10


def test_control_characters_are_no_text() -> None:
    assert text(par("ar\x01ma&#xFDD0; &#1;virum")) == "arma virum"


@pytest.mark.parametrize(
    "body",
    [
        line("Wehr " * 100_000),
        "<div class='ocr_par'>" * 300 + line("Wehr") * 10_000,
        "<div class='ocr_page'>" * 300 + line("Wehr") * 10_000,
    ],
    ids=["words", "paragraphs", "pages"],
)
def test_large_and_nested_pages_are_read(body: str) -> None:
    assert "Wehr" in text(body)


def test_heads_nested_in_heads_are_left_out_once() -> None:
    data = hocr(par("arma") + "<div class='ocr_header ocr_line'>" * 300 + line("Wehr") * 10_000)
    assert (read(data)["text"], notes(data)[HEADS]) == ("arma", 1)


@given(st.binary(max_size=200))
def test_bytes_within_a_page_are_read_or_refused(noise: bytes) -> None:
    with suppress(SourceError):
        read_hocr(hocr("<span class='ocr_line'>@</span>").replace(b"@", noise))


def test_what_tesseract_writes_is_read_or_refused_wherever_it_is_cut_off() -> None:
    for data in truncated((FIXTURES / "hocr" / "ferryman.hocr").read_bytes()):
        with suppress(SourceError):
            read_hocr(data)
