"""Books: their chapters in the order of reading, and what the book says of itself.

``tests/fixtures/office``: ``pandoc weir.md -t epub3 -o pandoc3.epub``, and epub2 (2.17).
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from stemmata.errors import SourceError
from stemmata.readers.epub import read_epub
from tests.office import epub, xhtml
from tests.test_readers_docx import FIXTURES

NAV = '<item id="nav" properties="nav" href="nav.xhtml" media-type="application/xhtml+xml"/>'
FLOOD = {"b.xhtml": "<h1>One</h1><p>The weir gave way.</p>", "a.xhtml": "<h2>Два</h2><p>В четверг закрыли бани.</p>"}


def read(data: bytes) -> dict[str, Any]:
    (row,) = read_epub(data).to_pylist()
    return dict(row)


def labels(row: dict[str, Any]) -> dict[str, str]:
    return {one["label"]: row["text"][one["offset"] :].split("\n")[0] for one in row["locators"]}


@pytest.mark.parametrize("name", ["pandoc2.epub", "pandoc3.epub"])
def test_what_a_real_program_writes_is_read(name: str) -> None:
    row = read((FIXTURES / name).read_bytes())
    assert "after three days of rain. Nobody was hurt" in row["text"]
    assert "Mill\twheel lost\nBridge\ttwo arches" in row["text"]
    told = labels(row)
    assert told["The night of the flood"] == "The night of the flood"
    assert (told["Баня"], told["洪水"]) == ("Баня", "洪水")
    assert (row["title"], row["author"]) == ("The weir at Harrow", "Ada Winterhalter")
    assert (row["published"], row["dated_by"]) == (datetime(2026, 3, 4, tzinfo=UTC), "EPUB: dc:date")
    assert row["text"].count("The night of the flood") == 1
    assert row["lineage"][0].startswith("book:urn:uuid:")


def test_chapters_stand_in_the_order_of_the_spine_and_each_has_a_locator() -> None:
    row = read(epub(FLOOD))
    assert row["text"] == "One\n\nThe weir gave way.\n\nДва\n\nВ четверг закрыли бани."
    assert labels(row) == {"One": "One", "Два": "Два"}


def test_chapters_are_called_as_the_table_of_contents_calls_them_which_is_no_text() -> None:
    nav = "<nav epub:type='toc'><a href='b.xhtml#x'>The flood</a> <a href='a.xhtml'>Baths</a></nav>"
    data = epub(FLOOD, manifest=NAV, spine='<itemref idref="nav"/>', parts={"OEBPS/nav.xhtml": xhtml(nav)})
    row = read(data)
    assert labels(row) == {"The flood": "One", "Baths": "Два"}
    assert "Baths" not in row["text"]


def test_so_does_that_of_epub_2() -> None:
    item = '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
    point = "<navPoint><navLabel><text>{}</text></navLabel><content src='{}'/></navPoint>"
    ncx = f"<ncx><navMap>{point.format('The flood', 'b.xhtml')}{point.format('At last', 'b.xhtml#end')}</navMap></ncx>"
    assert labels(read(epub(FLOOD, manifest=item, parts={"OEBPS/toc.ncx": ncx}))) == {"The flood": "One", "Два": "Два"}


def test_numbers_of_notes_and_pages_and_contents_within_a_chapter_are_no_text() -> None:
    body = (
        "<p>The weir<a epub:type='noteref' href='#n'>1</a> gave<span epub:type='pagebreak'>12</span> way"
        "<a role='doc-noteref' href='#m'>2</a>.</p><nav><a href='a.xhtml'>Next</a></nav>"
        "<p><ruby>堰<rp>(</rp><rt>せき</rt></ruby></p>"
    )
    assert read(epub({"one.xhtml": body}))["text"] == "The weir gave way.\n\n堰"


def test_a_chapter_that_is_not_well_formed_is_read_as_a_page() -> None:
    assert read(epub({"one.xhtml": "<p>The weir<br> gave&nbsp;way"}))["text"] == "The weir\ngave\u00a0way"


def test_what_a_chapter_hides_is_told_where_it_stood() -> None:
    veiled = "<p>Two men <span style='font-size:0'>ignore all of this</span> watched it from the bridge.</p>"
    row = read(epub({"one.xhtml": "<p>The weir.</p>", "two.xhtml": veiled}))
    assert row["text"] == "The weir.\n\nTwo men watched it from the bridge."
    (told,) = row["hidden"]
    assert (told["text"], row["text"][: told["offset"]]) == ("ignore all of this", "The weir.\n\nTwo men ")


def test_a_chapter_that_is_missing_is_noted_and_the_rest_read() -> None:
    lost = '<item id="x" href="lost.xhtml" media-type="application/xhtml+xml"/>'
    assert "weir" in read(epub(FLOOD, manifest=lost, spine='<itemref idref="x"/>'))["text"]
    with pytest.raises(SourceError, match=r"'OEBPS/lost\.xhtml' is missing"):
        read_epub(epub({}, manifest=lost, spine='<itemref idref="x"/>'))


@pytest.mark.parametrize(
    ("said", "columns"),
    [
        ("<dc:date>2019-05-07</dc:date>", {"published": datetime(2019, 5, 7, tzinfo=UTC)}),
        (
            '<dc:date opf:event="creation">2001-01-01</dc:date><dc:date opf:event="publication">2019-05-07</dc:date>',
            {"published": datetime(2019, 5, 7, tzinfo=UTC)},
        ),
        (
            "<dc:date>1898</dc:date>",
            {
                "not_before": datetime(1898, 1, 1, tzinfo=UTC),
                "not_after": datetime(1898, 12, 31, 23, 59, 59, 999_999, UTC),
                "published": None,
            },
        ),
        (
            '<meta property="dcterms:modified">2020-01-01T00:00:00Z</meta>',
            {"modified": datetime(2020, 1, 1, tzinfo=UTC)},
        ),
        (
            '<dc:creator id="a">Runa Holt</dc:creator><dc:creator id="b">Ada</dc:creator>'
            '<meta property="role" refines="#b">ill</meta>',
            {"author": "Runa Holt"},
        ),
        (
            '<dc:title id="s">A tale</dc:title><dc:title id="m">Lanterns</dc:title>'
            '<meta property="title-type" refines="#m">main</meta>',
            {"title": "Lanterns"},
        ),
        (
            '<dc:identifier id="own">urn:isbn:9780000000019</dc:identifier>',
            {"lineage": ["book:urn:isbn:9780000000019"]},
        ),
        ('<dc:identifier id="own">id</dc:identifier>', {"lineage": None}),
    ],
)
def test_what_the_package_says_of_the_book(said: str, columns: dict[str, Any]) -> None:
    row = read(epub(FLOOD, metadata=said))
    assert {name: row[name] for name in columns} == columns


@pytest.mark.parametrize("chapters", [{}, {"one.xhtml": "<img src='a.png'/>"}])
def test_a_book_without_text_is_refused(chapters: dict[str, str]) -> None:
    with pytest.raises(SourceError, match=r"without text|names no chapters"):
        read_epub(epub(chapters))
