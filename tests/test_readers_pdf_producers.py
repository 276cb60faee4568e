"""PDF files of real programs: the same article comes back from each, paragraph by paragraph.

``fixtures/pdf/make.sh`` says how they were made, out of ``ferry.html``, ``ferry.fodt`` and ``ferry.tex`` beside it.
"""

import html
import re
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from stemmata import schemas
from stemmata.readers.pdf import read_pdf

FIXTURES = Path(__file__).parent / "fixtures" / "pdf"
PARAGRAPHS = [
    html.unescape(said) for said in re.findall(r"<(?:h1|p)\b[^>]*>(.*?)<", (FIXTURES / "ferry.html").read_text("utf-8"))
]
PRODUCERS = ("chromium", "ghostscript", "libreoffice", "managed", "pdftex", "resaved", "weasyprint")
HEADS = {"chromium": 4, "libreoffice": 4, "pdftex": 4, "resaved": 4}  # lines: above and below on each of two pages
DIVIDED = {"chromium": 1, "libreoffice": 8, "pdftex": 5, "resaved": 5}  # words


def row(name: str) -> dict[str, Any]:
    (only,) = read_pdf((FIXTURES / f"{name}.pdf").read_bytes()).to_pylist()
    return dict(only)


@pytest.mark.parametrize("name", PRODUCERS)
def test_an_article_comes_back_paragraph_by_paragraph(name: str) -> None:
    """Nothing but the article: no running heads, no page numbers, no hyphens of the lines, nothing hidden."""
    found = row(name)
    assert found["text"].split("\n\n") == PARAGRAPHS
    assert found["title"] == PARAGRAPHS[0]
    assert found["hidden"] is None


@pytest.mark.parametrize("name", PRODUCERS)
def test_the_second_page_begins_where_it_does_in_the_file(name: str) -> None:
    """Its first word is that which pdfium finds first on the page, behind the running head."""
    found = row(name)
    first, second = found["locators"]
    assert (first["label"], second["label"]) == ("p. 1", "p. 2")
    with pypdfium2.PdfDocument(FIXTURES / f"{name}.pdf") as document:
        shown = document[1].get_textpage().get_text_range()
    begins = found["text"][second["offset"] :].split()[:4]
    assert " ".join(begins) in " ".join(shown.split())
    assert second["offset"] not in (0, len(found["text"]))


@pytest.mark.parametrize("name", HEADS)
def test_running_heads_and_page_numbers_of_programs_are_left_out_and_counted(name: str) -> None:
    """A browser prints the day and the title above, the address and the number of the page below."""
    notes = schemas.remarks([read_pdf((FIXTURES / f"{name}.pdf").read_bytes())], "notes").to_pylist()
    assert [note["count"] for note in notes] == [HEADS[name]]


@pytest.mark.parametrize("name", DIVIDED)
def test_words_that_programs_divided_are_there_to_be_made_whole(name: str) -> None:
    """Else the tests above would say nothing of hyphens."""
    with pypdfium2.PdfDocument(FIXTURES / f"{name}.pdf") as document:
        shown = "".join(page.get_textpage().get_text_range() for page in document)
    assert len(re.findall("\\w[\ufffe\x02]\\w", shown)) == DIVIDED[name]


def test_a_ligature_of_which_ghostscript_turns_the_bytes_round_is_letters() -> None:
    """It writes U+6600 U+6C00 for the two letters of “fl”, in files that are all over the web."""
    with pypdfium2.PdfDocument(FIXTURES / "ghostscript.pdf") as document:
        assert "\u6600\u6c00our" in document[0].get_textpage().get_text_range()
    assert "bakery’s flour." in row("ghostscript")["text"]


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("chromium", set()),
        ("weasyprint", set()),
        ("libreoffice", {"pdf-id", "pdf-version"}),
        ("pdftex", {"pdf-id", "pdf-version"}),
        ("ghostscript", {"pdf-id", "pdf-version", "xmp-document"}),
        ("managed", {"xmp-document", "xmp-instance", "xmp-derived-from", "xmp-history"}),
    ],
)
def test_which_identifiers_programs_write(name: str, kinds: set[str]) -> None:
    found = row(name)["lineage"] or []
    assert {one.partition(":")[0] for one in found} == kinds


def test_a_file_that_is_saved_again_keeps_its_first_id() -> None:
    """At first both are the same; qpdf changed the second."""
    first, later = (row(name)["lineage"] for name in ("pdftex", "resaved"))
    assert first[0] == later[0]
    assert first[0].partition(":")[2] == first[1].partition(":")[2]
    assert first[1] != later[1]


def test_when_a_file_was_changed_is_told_beside_when_it_was_made() -> None:
    found = row("pdftex")
    assert found["modified"] == found["published"] is not None
    assert row("libreoffice")["modified"] is None
