"""PAGE XML: regions in their reading order, and the reading that counts of each line."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemmata.errors import SourceError
from stemmata.readers import find_format
from stemmata.readers.contents import read_as
from stemmata.readers.limits import Limits
from stemmata.readers.ocr_text import HEADS
from stemmata.readers.pagexml import looks_like_page, read_page
from stemmata.readers.xmltree import UNKNOWN
from tests.recognised import FIXTURES, labels, notes, read, truncated

SPACE = 'xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2013-07-15"'


def pcgts(regions: str, order: str = "", attributes: str = 'imageFilename="7.tif"') -> bytes:
    said = f"<ReadingOrder>{order}</ReadingOrder>" if order else ""
    return f'<?xml version="1.0"?><PcGts {SPACE}><Page {attributes}>{said}{regions}</Page></PcGts>'.encode()


def region(*lines: str, attributes: str = "") -> str:
    return f"<TextRegion {attributes}>{''.join(map(line, lines))}</TextRegion>"


def line(said: str) -> str:
    return f"<TextLine>{said if said.startswith('<') else equivalent(said)}</TextLine>"


def equivalent(said: str, attributes: str = "") -> str:
    return f"<TextEquiv {attributes}><Unicode>{said}</Unicode></TextEquiv>"


def text(*regions: str) -> str:
    return str(read(pcgts("".join(regions)))["text"])


def test_a_page_as_the_schema_has_it_is_read_in_its_order() -> None:
    data = (FIXTURES / "page" / "weir.xml").read_bytes()
    row = read(data)
    assert row["text"] == (
        "Vom Wehr\n\nDas Wehr von Linden brach am Sonntag,\nals das Eis kam, und die Mühle\nstand still.\n\nanno 1784"
    )
    assert (row["locators"], notes(data)) == ([{"offset": 0, "label": "weir_047.tif"}], {HEADS: 1})


@pytest.mark.parametrize(
    ("readings", "read_so"),
    [
        ([("Els", 'index="1"'), ("Eis", 'index="0"')], "Eis"),
        ([("Els", 'index="0" conf="0.2"'), ("Eis", 'index="1" conf="0.9"')], "Els"),
        ([("Els", 'conf="0.2"'), ("Eis", 'conf="0.9"')], "Eis"),
        ([("Els", 'conf="nan"'), ("Eis", 'conf="0.1"')], "Eis"),
        ([("Eis", ""), ("Els", "")], "Eis"),
        ([("", 'index="0"'), ("Eis", 'index="1"')], "Eis"),
        ([("Eis", 'index="x"'), ("Els", 'index="inf"')], "Eis"),
    ],
)
def test_of_several_readings_one_counts(readings: list[tuple[str, str]], read_so: str) -> None:
    assert text(region("".join(equivalent(said, attributes) for said, attributes in readings))) == read_so


def test_words_count_only_where_the_line_says_nothing_and_glyphs_where_words_do_not() -> None:
    words = f"<Word>{equivalent('arma')}</Word><Word>{equivalent('virum')}</Word>"
    glyphs = "".join(f"<Glyph>{equivalent(letter)}</Glyph>" for letter in "cano")
    assert text(region(words + equivalent("Arma uirum"))) == "Arma uirum"
    assert text(region(words + f"<Word>{glyphs}</Word>" + equivalent(" "))) == "arma virum cano"


def test_a_region_without_lines_says_what_it_says() -> None:
    assert text(f"<TextRegion>{equivalent('arma&#10;virumque')}</TextRegion>") == "arma\nvirumque"
    assert text(f"<TextRegion>{line('cano')}{equivalent('arma')}</TextRegion>") == "cano"


def test_regions_in_regions_and_cells_of_tables_are_read_once_where_these_stand() -> None:
    inner = f"<TextRegion id='b'>{line('in it')}</TextRegion>"
    outer = f"<TextRegion id='a'>{line('outer')}{inner}</TextRegion>"
    table = f"<TableRegion id='t'><TableCell>{line('cell')}</TableCell>{region('another')}</TableRegion>"
    order = '<RegionRefIndexed index="1" regionRef="a"/><RegionRefIndexed index="0" regionRef="t"/>'
    order = f"<OrderedGroup>{order}</OrderedGroup>"
    assert read(pcgts(outer + table, order))["text"] == "cell\n\nanother\n\nouter\n\nin it"


def test_groups_lie_in_groups_and_an_index_goes_before_the_place_in_the_file() -> None:
    regions = "".join(region(name, attributes=f'id="{name}"') for name in "abcd")
    inner = (
        '<UnorderedGroupIndexed index="0"><RegionRef regionRef="d"/><RegionRef regionRef="b"/></UnorderedGroupIndexed>'
    )
    order = (
        f'<OrderedGroup><RegionRefIndexed index="9" regionRef="c"/>{inner}<RegionRefIndexed index="x"/></OrderedGroup>'
    )
    assert read(pcgts(regions, order))["text"] == "d\n\nb\n\nc\n\na"


@pytest.mark.parametrize(
    "attributes",
    [
        *('type="header"', 'type="footer"', 'type="page-number"', 'type="catch-word"', 'type="signature-mark"'),
        *(
            'custom="readingOrder {index:0;} structure {type:page-number;}"',
            'custom="structure {type:RunningTitleZone;}"',
        ),
    ],
)
def test_running_heads_and_the_like_are_no_text(attributes: str) -> None:
    data = pcgts(region("LIBER I", attributes=attributes) + region("arma"))
    assert (read(data)["text"], notes(data)) == ("arma", {HEADS: 1})


@pytest.mark.parametrize("kind", ["heading", "caption", "marginalia", "footnote", "drop-capital", "other", ""])
def test_all_else_that_is_written_is_text(kind: str) -> None:
    assert text(region("arma", attributes=f'type="{kind}"')) == "arma"


def test_letters_from_right_to_left_come_as_they_are_read() -> None:
    assert text(region("בראשית ברא", "אלהים את")) == "בראשית ברא\nאלהים את"


def test_a_page_is_called_by_its_image() -> None:
    assert labels(pcgts(region("arma"), attributes='imageFilename="a\\b/12r.jpg"')) == {"12r.jpg": "arma"}
    assert read(pcgts(region("arma"), attributes=""))["locators"] is None


def test_files_are_told_by_their_root() -> None:
    assert looks_like_page(b"<!-- a --><pc:PcGts xmlns:pc='x'/>")
    assert not looks_like_page(b"<PcGtsX/>")
    data = pcgts(region("arma"))
    kind = find_format(data, "7.xml")
    assert (kind.media_type, kind.isolated_from) == ("application/vnd.prima.page+xml", 0)
    assert read_as(kind, data, Limits())["text"].to_pylist() == ["arma"]


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (pcgts(region("arma"))[:-9], "no well-formed XML"),
        (pcgts("<TextRegion>" * 1_001 + "</TextRegion>" * 1_001), "nested more than 1,000"),
        (pcgts(region("\0\0\0\0")), "binary"),
        (pcgts("<ImageRegion/>"), "without text: 1 page of images alone"),
        (pcgts(region("47", attributes='type="page-number"')), "but for running heads"),
        (b"<PcGts/>", "without text"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(data: bytes, what: str) -> None:
    with pytest.raises(SourceError, match=what) as caught:
        read_page(data)
    assert caught.value.mend


def test_an_entity_that_is_not_known_is_replaced_with_a_note() -> None:
    data = pcgts(region("arma &b; s&aelig;va"))
    assert read(data)["text"] == "arma \ufffd s\u00e6va"
    assert notes(data) == {UNKNOWN: 1}


def test_regions_nested_to_the_limit_are_read_and_groups_that_are() -> None:
    order = "<OrderedGroup>" * 900 + '<RegionRefIndexed index="1" regionRef="b"/>' + "</OrderedGroup>" * 900
    nested = "<TextRegion>" * 900 + line("arma") + "</TextRegion>" * 900
    assert read(pcgts(nested + region("cano", attributes='id="b"'), order))["text"] == "cano\n\narma"


def test_a_file_cut_off_anywhere_is_refused() -> None:
    for data in truncated((FIXTURES / "page" / "weir.xml").read_bytes().rstrip()):
        with pytest.raises(SourceError):
            read_page(data)


def test_a_hundred_thousand_lines_are_read() -> None:
    assert len(text(region(*["arma virumque"] * 100_000)).split()) == 200_000


@given(st.binary(max_size=200))
def test_bytes_that_only_begin_as_page_are_read_or_refused(noise: bytes) -> None:
    with suppress(SourceError):
        read_page(
            b"<PcGts><Page><TextRegion><TextLine><TextEquiv><Unicode>"
            + noise
            + b"</Unicode></TextEquiv></TextLine></TextRegion></Page></PcGts>"
        )
