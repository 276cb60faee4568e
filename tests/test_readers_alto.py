"""ALTO: the lines that were recognised, words divided between them, and pages."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemmata import schemas
from stemmata.documents import read_documents
from stemmata.errors import SourceError
from stemmata.readers import find_format
from stemmata.readers.alto import looks_like_alto, read_alto
from stemmata.readers.contents import read_as
from stemmata.readers.limits import Limits
from stemmata.readers.ocr_text import HEADS
from stemmata.readers.xmltree import UNKNOWN
from tests.recognised import FERRY, FIXTURES, SECOND_PAGE, labels, notes, read, truncated


def alto(pages: str, *, before: str = "", version: int = 3, prolog: str = "") -> bytes:
    space = f'xmlns="http://www.loc.gov/standards/alto/ns-v{version}#"'
    return f'<?xml version="1.0"?>{prolog}<alto {space}>{before}<Layout>{pages}</Layout></alto>'.encode()


def page(blocks: str, attributes: str = 'ID="P1"', edges: str = "") -> str:
    return f"<Page {attributes}>{edges}<PrintSpace>{blocks}</PrintSpace></Page>"


def block(*lines: str, attributes: str = "") -> str:
    return f"<TextBlock {attributes}>{''.join(map(line, lines))}</TextBlock>"


def line(said: str) -> str:
    words = [word if word.startswith("<") else f'<String CONTENT="{word}"/>' for word in said.split("|")]
    return f"<TextLine>{'<SP/>'.join(words)}</TextLine>"


def text(*blocks: str) -> str:
    return str(read(alto(page("".join(blocks))))["text"])


def test_what_tesseract_writes_is_read_with_its_pages() -> None:
    row = read((FIXTURES / "alto" / "ferry.xml").read_bytes())
    assert row["text"] == FERRY
    assert row["locators"] == [{"offset": 0, "label": "image 0"}, {"offset": SECOND_PAGE, "label": "image 1"}]


def test_words_divided_in_other_alphabets_are_whole() -> None:
    said = read((FIXTURES / "alto" / "lighthouse.xml").read_bytes())["text"]
    assert said == (
        "Ο φύλακας του φάρου έγραψε\nκάθε νύχτα πόσα καράβια πέρασαν\nαπό το στενό, και κανείς\n"
        "δεν διάβασε ποτέ το βιβλίο του."
    )


def test_a_page_of_an_image_alone_is_refused_loudly() -> None:
    with pytest.raises(SourceError, match="ALTO without text: 1 page of images alone") as caught:
        read((FIXTURES / "alto" / "blank.xml").read_bytes())
    assert "OCR" in caught.value.mend


def test_blocks_are_parted_by_a_blank_line_and_lines_by_a_line_end() -> None:
    assert text(block("Das|Wehr", "brach"), "<Illustration/>", block("am|Abend")) == "Das Wehr\nbrach\n\nam Abend"


def test_signs_without_a_space_before_them_belong_to_the_word() -> None:
    signs = '<String CONTENT="brach"/><String CONTENT="."/>'
    assert text(block(f"Wehr|{signs}")) == "Wehr brach."


def test_words_without_marked_spaces_are_parted_but_in_scripts_that_have_none() -> None:
    strings = '<String CONTENT="{}"/><String CONTENT="{}"/>'
    assert text(block(strings.format("Das", "Wehr"), strings.format("堤防", "決壊"))) == "Das Wehr\n堤防決壊"


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ('CONTENT="wunder"', 'CONTENT="bar"', "wunderbar"),
        ('CONTENT="wunder-"', 'CONTENT="bar"', "wunderbar"),
        ('CONTENT="Zuk"', 'CONTENT="ker"', "Zucker"),
        ('CONTENT="well"', 'CONTENT="known"', "well-known"),
        ('CONTENT="Kirchen"', 'CONTENT="Rath,"', "Kirchenrath,"),
        ('CONTENT="Brenn"', 'CONTENT="nessel."', "Brennessel."),
    ],
)
def test_a_divided_word_is_what_the_file_says_it_is(first: str, second: str, whole: str) -> None:
    said = f'SUBS_CONTENT="{whole.rstrip(".,")}"'
    one = f'<String {first} SUBS_TYPE="HypPart1" {said}/><HYP CONTENT="-"/>'
    assert text(block(f"so|{one}", f'<String {second} SUBS_TYPE="HypPart2" {said}/>|da')) == f"so {whole}\nda"


@pytest.mark.parametrize("lie", ["praise this page", "w", "", "wunderbarerweise nun", "xunderbax"])
def test_a_whole_that_its_parts_do_not_make_is_not_believed(lie: str) -> None:
    one = f'<String CONTENT="wunder" SUBS_TYPE="HypPart1" SUBS_CONTENT="{lie}"/><HYP/>'
    assert text(block(one, f'<String CONTENT="bar" SUBS_TYPE="HypPart2" SUBS_CONTENT="{lie}"/>')) == "wunderbar"


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("wunder-", "bar|da", "wunderbar\nda"),
        ("wunder¬", "Bar|da", "wunderBar\nda"),
        ("wunder⸗", "bar", "wunderbar"),
        ("wunder=", "bar", "wunderbar"),
        ("x|=", "y", "x =\ny"),
        ("vor-|und", "nach", "vor- und\nnach"),
        ("vor-", "und|nach", "vor-\nund nach"),
        ("Jean-", "Paul|kam", "Jean-Paul\nkam"),
        ("чело-", "век", "человек"),
        ("un-", "ver-", "unver-"),
    ],
)
def test_hyphens_at_line_ends_go_as_in_pdf(first: str, second: str, joined: str) -> None:
    assert text(block(first, second)) == joined


def test_a_word_may_go_on_in_another_column_and_on_another_page() -> None:
    assert text(block("ein|wunder-"), block("bares|Haus", "am|See")) == "ein wunderbares\nHaus\nam See"
    row = read(alto(page(block("ein|wunder-")) + page(block("bares|Haus"), 'ID="P2"')))
    assert row["text"] == "ein wunderbares\nHaus"
    assert row["locators"] == [{"offset": 0, "label": "P1"}, {"offset": row["text"].index("Haus"), "label": "P2"}]


@pytest.mark.parametrize(
    ("attributes", "label"),
    [
        ('ID="P1" PHYSICAL_IMG_NR="7" PRINTED_IMG_NR="12"', "p. 12"),
        ('ID="P1" PHYSICAL_IMG_NR="7" PRINTED_IMG_NR="12r"', "f. 12r"),
        ('ID="P1" PHYSICAL_IMG_NR="7" PRINTED_IMG_NR="xiv"', "xiv"),
        ('ID="P1" PHYSICAL_IMG_NR="7"', "image 7"),
        ('ID="P1" PHYSICAL_IMG_NR=" "', "P1"),
    ],
)
def test_a_page_is_called_by_what_is_printed_on_it(attributes: str, label: str) -> None:
    assert labels(alto(page(block("Das|Wehr"), attributes))) == {label: "Das"}


def test_margins_above_and_below_are_no_text_and_those_beside_come_after_it() -> None:
    edges = "".join(
        f"<{name}Margin>{block(said)}</{name}Margin>"
        for name, said in (("Top", "LIBER|I"), ("Left", "nota"), ("Right", "bene"), ("Bottom", "A|ij"))
    )
    data = alto(page(block("arma|virumque"), edges=edges))
    assert read(data)["text"] == "arma virumque\n\nnota\n\nbene"
    assert notes(data) == {HEADS: 2}


def test_zones_of_running_heads_and_numbers_are_no_text() -> None:
    tags = '<Tags><OtherTag ID="T1" LABEL="RunningTitleZone"/><OtherTag ID="T2" LABEL="NumberingZone:page"/>'
    tags += '<OtherTag ID="T3" LABEL="MainZone"/></Tags>'
    blocks = (
        block("LIBER|I", attributes='TAGREFS="T1"'),
        block("12", attributes='TAGREFS="T2"'),
        block("arma", attributes='TAGREFS="T3"'),
    )
    data = alto(page("".join(blocks)), before=tags, version=4)
    assert (read(data)["text"], notes(data)) == ("arma", {HEADS: 2})


def test_a_reading_order_goes_before_that_of_the_file() -> None:
    order = "".join(f'<ElementRef REF="{name}"/>' for name in ("C", "c2", "c1", "A", "A", "none"))
    order = f"<ReadingOrder><OrderedGroup>{order}</OrderedGroup></ReadingOrder>"
    lines = [line("first").replace(">", ' ID="c1">', 1), line("second").replace(">", ' ID="c2">', 1)]
    blocks = [block(name, attributes=f'ID="{name}"') for name in "AB"]
    inner = f'<ComposedBlock ID="C"><TextBlock ID="c">{"".join(lines)}</TextBlock></ComposedBlock>'
    data = alto(page("".join([*blocks, inner])), before=order, version=4)
    assert read(data)["text"] == "second\nfirst\n\nA\n\nB"


def test_pages_without_text_are_noted() -> None:
    data = alto(page(block("arma")) + page(""))
    assert notes(data) == {"pages without recognised text": 1}


def test_files_are_told_by_their_root() -> None:
    assert looks_like_alto(b"\xef\xbb\xbf<?xml version='1.0'?><!-- a --><a:alto xmlns:a='x'/>")
    assert not looks_like_alto(b"<?xml version='1.0'?><altogether/>")
    kind = find_format(alto(page(block("arma"))), "page.xml")
    assert (kind.media_type, kind.isolated_from) == ("application/alto+xml", 0)


def test_a_folder_of_pages_becomes_documents_and_their_list_is_refused(tmp_path: Path) -> None:
    (tmp_path / "1.xml").write_bytes(alto(page(block("arma|virumque"))))
    (tmp_path / "mets.xml").write_text('<?xml version="1.0"?><mets:mets xmlns:mets="http://www.loc.gov/METS/"/>')
    documents = read_documents(tmp_path)
    assert documents.select(["doc", "text", "media_type"]).to_pylist() == [
        {"doc": "1.xml", "text": "arma virumque", "media_type": "application/alto+xml"}
    ]
    (skipped,) = schemas.remarks([documents], "skipped").to_pylist()
    assert "METS" in skipped["reason"]
    assert skipped["mend"] == "give the folder of its ALTO files."


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (alto(page(block("arma")))[:-9], "no well-formed XML"),
        (alto(page("<ComposedBlock>" * 1_001 + "</ComposedBlock>" * 1_001)), "nested more than 1,000"),
        (alto(page(block("\0\0\0\0"))), "binary"),
        (alto(""), "without text: no page"),
        (alto(page("", edges=f"<TopMargin>{block('LIBER')}</TopMargin>")), "but for running heads"),
        (b"<alto/>", "without text"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(data: bytes, what: str) -> None:
    with pytest.raises(SourceError, match=what) as caught:
        read_alto(data)
    assert caught.value.mend


@pytest.mark.parametrize("entity", ['b "&a;&a;&a;"', 'b SYSTEM "file:///etc/passwd"'])
def test_an_entity_of_its_own_is_neither_expanded_nor_fetched(entity: str) -> None:
    prolog = f'<!DOCTYPE alto [<!ENTITY a "ha"><!ENTITY {entity}>]>'
    data = alto(page(block("arma|&b;|s&aelig;va")), prolog=prolog)
    assert read(data)["text"] == "arma \ufffd s\u00e6va"
    assert notes(data) == {UNKNOWN: 1}


def test_control_characters_and_line_ends_in_attributes_are_no_text() -> None:
    assert text(block("ar\x01ma&#xFDD0;|&#10;vi&#13;&#10;rum")) == "arma vi rum"


def test_a_file_cut_off_anywhere_is_refused() -> None:
    whole = alto(page(block("arma|virumque", "cano")))
    for data in truncated(whole):
        with pytest.raises(SourceError):
            read_alto(data)


@pytest.mark.usefixtures("linear")
@pytest.mark.parametrize(
    "words", [["Wehr"] * 100_000, ["a-"] * 100_000, ["a¬"] * 100_000], ids=["words", "hyphens", "signs"]
)
def test_a_hundred_thousand_words_on_a_page_take_seconds(words: list[str]) -> None:
    data = alto(page(block(*words)))
    assert read_alto(data)["text"][0].as_py().count(words[0][:1]) == 100_000


def test_blocks_in_blocks_are_read_once() -> None:
    nested = "<TextBlock>" * 400 + line("arma") + "</TextBlock>" * 400
    assert text(nested) == "arma"


def test_a_hostile_file_is_read_in_a_process_of_its_own() -> None:
    data = alto(page(block("arma")))
    assert read_as(find_format(data, ""), data, Limits())["text"].to_pylist() == ["arma"]


PIECES = st.sampled_from(
    [
        *('<String CONTENT="ab-"/>', "<String/>", '<String CONTENT="" SUBS_TYPE="HypPart1"/>', "<SP/>", "<HYP/>", "x"),
        *('<String CONTENT="ab" SUBS_TYPE="HypPart1" SUBS_CONTENT="abcd"/>', "</TextLine><TextLine>", "<TextBlock/>"),
        *('<String CONTENT="cd" SUBS_TYPE="HypPart2" SUBS_CONTENT="-"/>', '<HYP CONTENT="¬"/>', "&#x2028;", "</Page>"),
        *(
            '<String CONTENT="¬"/>',
            '<String CONTENT="="/>',
            '<String CONTENT="-."/>',
            "</TextLine></TextBlock><TextBlock><TextLine>",
        ),
    ]
)


@given(st.lists(PIECES, max_size=20))
def test_any_pieces_are_read_or_refused(pieces: list[str]) -> None:
    with suppress(SourceError):
        row = read(alto(page(f"<TextBlock><TextLine>{''.join(pieces)}</TextLine></TextBlock>")))
        assert row["text"] == row["text"].strip()
        assert all(0 <= one["offset"] < len(row["text"]) for one in row["locators"])


@given(st.lists(st.text("abcþω", min_size=1, max_size=5), min_size=1, max_size=12), st.integers(1, 4))
def test_words_come_out_as_they_went_in_however_the_lines_fall(words: list[str], wide: int) -> None:
    lines = ["|".join(words[n : n + wide]) for n in range(0, len(words), wide)]
    assert text(block(*lines)).split() == words


@given(st.binary(max_size=200))
def test_bytes_that_only_begin_as_alto_are_read_or_refused(noise: bytes) -> None:
    with suppress(SourceError):
        read_alto(b"<alto><Layout><Page><PrintSpace>" + noise + b"</PrintSpace></Page></Layout></alto>")
