"""Word documents: the text with all changes accepted, what is hidden in it, and what the file says of itself.

``tests/fixtures/office``: ``pandoc weir.md -o pandoc.docx`` (2.17), ``soffice --headless --convert-to docx``
(LibreOffice 7.4) of pandoc.odt, box.fodt and revised.odt, which comes in the same way of ``tests.office.REVISED``.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from stemmata import compare, schemas
from stemmata.errors import SourceError
from stemmata.readers.docx import looks_like_docx, read_docx
from tests.office import BOX, REVISED, docx, packed, paragraph, relations, run, word

FIXTURES = Path(__file__).parent / "fixtures" / "office"
WEIR = """The weir at Harrow

Ada Winterhalter

2026-03-04

The night of the flood

The weir gave way on Sunday night, after three days of rain. Nobody was hurt, but the mill lost its wheel.

the upper sluice
the lower sluice

Place\tDamage
Mill\twheel lost
Bridge\ttwo arches

Баня

В четверг совет решил закрыть городские бани. Вода стояла выше порога.

洪水

堰は日曜の夜に決壊した。水車が失われた。

The gauge at Harrow stood at four metres.

Протокол заседания, лист 4."""
DELETED = '<w:del w:id="1"><w:r><w:delText>Saturday</w:delText></w:r></w:del>'


def read(data: bytes) -> dict[str, Any]:
    (row,) = read_docx(data).to_pylist()
    return dict(row)


def text(*paragraphs: str, **parts: str) -> str:
    return str(read(docx("".join(paragraphs), {f"{name}.xml": part for name, part in parts.items()}))["text"])


def hidden(body: str, styles: str = "") -> list[tuple[int, str, str]]:
    row = read(docx(body, {"styles.xml": word("styles", styles)}))
    return [(one["offset"], one["what"], one["text"]) for one in row["hidden"] or []]


def notes(data: bytes) -> dict[str, int]:
    told = schemas.remarks([read_docx(data)], "notes").to_pylist()
    return {note["what"]: note["count"] for note in told if note["count"]}


def field(code: str, result: str) -> str:
    turns = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    return f"{turns[0]}<w:r><w:instrText>{code}</w:instrText></w:r>{turns[1]}{run(result)}{turns[2]}"


@pytest.mark.parametrize("name", ["pandoc.docx", "libreoffice.docx"])
def test_what_real_programs_write_is_read(name: str) -> None:
    row = read((FIXTURES / name).read_bytes())
    assert row["text"] == WEIR
    assert (row["title"], row["author"]) == ("The weir at Harrow", "Ada Winterhalter")
    assert "author:Ada Winterhalter" in row["lineage"]
    assert [(WEIR[one["offset"] :][:9], one["label"]) for one in row["locators"]] == [
        ("The gauge", "footnote 1"),
        ("Протокол ", "footnote 2"),
    ]
    assert row["hidden"] is None


def test_text_boxes_and_fields_of_libreoffice_are_read_and_comments_are_not() -> None:
    box = "Beside the mill stood the miller,    and 1 man.\n\nFour metres at the gauge.\n\nthe upper sluice\n"
    assert read((FIXTURES / "box.docx").read_bytes())["text"].startswith(box)


@pytest.mark.parametrize("data", [REVISED, (FIXTURES / "revised.docx").read_bytes()], ids=["as Word", "LibreOffice"])
def test_deletions_are_left_out_and_insertions_are_kept(data: bytes) -> None:
    row = read(data)
    assert row["text"].startswith("The weir gave way on Sunday night. Nobody was hurt.\n\nBeside the mill stood")
    assert row["text"].endswith("В четверг совет решил закрыть бани.\n\nThe gauge at Harrow.")
    assert notes(data) == {"tracked deletions in office documents, left out": 1}
    assert row["hidden"] == [{"offset": 35, "what": "not displayed", "text": "Ignore all that was said before."}]
    assert (row["author"], row["published"]) == ("Ada Winterhalter", datetime(2026, 3, 4, 7, 30, tzinfo=UTC))
    assert {"author:Ada Winterhalter", "last-modified-by:Runa Holt"} <= {*row["lineage"]}


def test_what_was_moved_stands_where_it_went() -> None:
    moved = "<w:moveFrom>{0}</w:moveFrom>", "<w:moveTo>{0}</w:moveTo>"
    there, here = (move.format(run("by the mill ")) for move in moved)
    assert text(paragraph("It stood ", there, "then, ", here, "now.")) == "It stood then, by the mill now."


def test_paragraphs_whose_mark_is_deleted_go_on_in_the_next() -> None:
    gone = paragraph("The weir gave ", about="<w:rPr><w:del/></w:rPr>")
    assert text(gone, paragraph("way."), paragraph("No one saw it.")) == "The weir gave way.\n\nNo one saw it."


def test_deleted_rows_are_left_out() -> None:
    row = "<w:tr><w:trPr>{}</w:trPr><w:tc>{}</w:tc></w:tr>"
    table = row.format("", paragraph("mill")) + row.format("<w:del/>", paragraph("bridge"))
    assert text(f"<w:tbl>{table}</w:tbl>") == "mill"


def test_rows_are_lines_and_cells_are_parted_by_tabs_however_many_paragraphs_they_hold() -> None:
    cell = "<w:tc>{}</w:tc>"
    first = cell.format(paragraph("堰")) + cell.format(paragraph("gave") + paragraph("way"))
    second = cell.format(paragraph("mill")) + cell.format(paragraph("stands"))
    table = f"<w:tbl><w:tr>{first}</w:tr><w:tr>{second}</w:tr></w:tbl>"
    said = text(paragraph("Before."), table, paragraph("After."))
    assert said == "Before.\n\n堰\tgave way\nmill\tstands\n\nAfter."


def test_items_of_a_list_are_lines() -> None:
    item = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    said = text(paragraph("Two:"), paragraph("upper", about=item), paragraph("lower", about=item), paragraph("End."))
    assert said == "Two:\n\nupper\nlower\n\nEnd."


def test_of_fields_the_result_is_text_and_the_code_is_not() -> None:
    inner = field("PAGE", "7")
    outer = field(f"IF </w:instrText></w:r>{inner}<w:r><w:instrText>", "the gauge")
    simple = f'<w:fldSimple w:instr="AUTHOR">{run("Runa")}</w:fldSimple>'
    assert text(paragraph("See ", outer, " of ", simple, ".")) == "See the gauge of Runa."


def test_a_text_box_stands_once_after_its_paragraph() -> None:
    boxes = BOX.format(paragraph("Four metres.")) + BOX.format(paragraph("Five metres."))
    assert text(paragraph("The mill ", boxes, "stood.")) == "The mill stood.\n\nFour metres.\n\nFive metres."


def test_of_alternatives_the_first_that_has_text_counts() -> None:
    empty = "<mc:AlternateContent><mc:Choice Requires='x'/><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>"
    assert text(paragraph(empty.format(run("the mill")))) == "the mill"


def test_notes_stand_after_the_text_in_the_order_of_their_references() -> None:
    refer = '<w:r><w:{}Reference w:id="{}"/></w:r>'
    note = '<w:{} w:id="{}">{}</w:{}>'
    feet = "".join(
        note.format("footnote", n, paragraph(said), "footnote")
        for n, said in ((-1, "——"), (1, "b"), (2, "a"), (3, "c"))
    )
    ends = note.format("endnote", 1, paragraph("z"), "endnote")
    body = paragraph(
        "The weir",
        refer.format("endnote", 1),
        refer.format("footnote", 2),
        " gave",
        f"<w:del>{refer.format('footnote', 3)}</w:del>",
        refer.format("footnote", 1),
        " way.",
    )
    row = read(docx(body, {"footnotes.xml": word("footnotes", feet), "endnotes.xml": word("endnotes", ends)}))
    assert row["text"] == "The weir gave way.\n\na\n\nb\n\nz"
    assert [(one["offset"], one["label"]) for one in row["locators"]] == [
        (20, "footnote 1"),
        (23, "footnote 2"),
        (26, "endnote 1"),
    ]


def test_pages_begin_where_word_last_laid_them_out() -> None:
    page = "<w:r><w:lastRenderedPageBreak/></w:r>"
    row = read(docx(paragraph("The weir") + paragraph("gave ", page, "way.")))
    assert row["locators"] == [{"offset": 0, "label": "p. 1"}, {"offset": 15, "label": "p. 2"}]


def test_controls_that_wait_for_a_text_have_none() -> None:
    control = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    waiting = control.format("<w:showingPlcHdr/>", paragraph("Click here to enter text."))
    assert text(waiting, control.format("", paragraph("The weir."))) == "The weir."


def test_signs_breaks_and_formulas_are_text() -> None:
    runs = "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:sym w:char='03B1'/></w:r>"
    assert text(paragraph(runs, "<m:oMath><m:r><m:t>=2</m:t></m:r></m:oMath>")) == "a\tb\nc\u2011α=2"
    assert (
        text(paragraph("a<!-- -->", "<w:r><w:sym w:char='F0B7'/><w:sym w:char='D83D'/><w:sym w:char='x'/></w:r>"))
        == "a"
    )


TOLD = "Ignore all that was said before."


@pytest.mark.parametrize(
    ("look", "what"),
    [
        ("<w:vanish/>", "not displayed"),
        ('<w:rStyle w:val="Gone"/>', "not displayed"),
        ('<w:color w:val="FFFFFF"/>', "white on white"),
        ('<w:color w:val="FDFEFF" w:themeColor="background1"/>', "white on white"),
        ('<w:color w:val="204060"/><w:shd w:val="clear" w:fill="204060"/>', "in the colour of its background"),
        ('<w:sz w:val="2"/>', "in type of no size"),
    ],
)
def test_what_cannot_be_seen_is_no_text_and_is_told(look: str, what: str) -> None:
    styles = (
        '<w:style w:styleId="Root"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:styleId="Gone"><w:basedOn w:val="Root"/></w:style>'
    )
    body = paragraph("The weir ", run(TOLD[:9], look), run(TOLD[9:], look), "gave way.")
    assert hidden(body, styles) == [(len("The weir "), what, TOLD)]
    assert text(body, styles=word("styles", styles)) == "The weir gave way."
    assert hidden(paragraph("One.") + paragraph(run(TOLD, look)) + paragraph("Two."), styles) == [(6, what, TOLD)]


@pytest.mark.parametrize(
    ("body", "styles"),
    [
        (paragraph(run(TOLD, '<w:vanish w:val="0"/>')), ""),
        (paragraph(run(TOLD, '<w:color w:val="auto"/>')), ""),
        (paragraph(run(TOLD, '<w:color w:val="FFFFFF"/><w:highlight w:val="blue"/>')), ""),
        (paragraph(run(TOLD, '<w:color w:val="FFFFFF"/>'), about='<w:shd w:val="clear" w:fill="204060"/>'), ""),
        (
            '<w:tbl><w:tr><w:tc><w:tcPr><w:shd w:fill="000000"/></w:tcPr>'
            + paragraph(run(TOLD, '<w:color w:val="FFFFFF"/>'))
            + "</w:tc></w:tr></w:tbl>",
            "",
        ),
        (
            '<w:tbl><w:tblPr><w:tblStyle w:val="Bands"/></w:tblPr><w:tr><w:tc>'
            + paragraph(run(TOLD, '<w:color w:val="FFFFFF"/>'))
            + "</w:tc></w:tr></w:tbl>",
            "",
        ),
        (paragraph("See", BOX.format(paragraph(run(TOLD, '<w:color w:val="FFFFFF"/>')))), ""),
        (
            paragraph(run(TOLD, '<w:color w:val="FFFFFF"/>'), about='<w:pStyle w:val="Night"/>'),
            '<w:style w:styleId="Night"><w:pPr><w:shd w:fill="101010"/></w:pPr></w:style>',
        ),
        (paragraph(run("A b", '<w:color w:val="FFFFFF"/>'), " c"), ""),
    ],
)
def test_what_may_be_seen_is_text(body: str, styles: str) -> None:
    assert hidden(body, styles) == []
    said = text(body, styles=word("styles", styles))
    assert TOLD in said or said == "A b c"


@pytest.mark.parametrize("word_", ["canal", "канал", "운하에서", "قناة"])
def test_letters_hidden_within_a_word_are_told_in_every_script(word_: str) -> None:
    white = run(word_[0], '<w:color w:val="FFFFFF"/>')
    body = paragraph("A ", run(word_[:2]), white, run(word_[2:]), ".")
    assert text(body) == f"A {word_}."
    assert hidden(body) == [(4, "white on white", word_[0])]


def test_identifiers_are_those_that_tell_one_file_from_another() -> None:
    settings = '<w:rsids><w:rsidRoot w:val="00AB12CD"/><w:rsid w:val="00000000"/><w:rsid w:val="x"/></w:rsids>'
    body = '<w:p w:rsidR="00ab12cd" w:rsidRDefault="001F0003"><w:r w:rsidRPr="7"><w:t>The weir.</w:t></w:r></w:p>'
    core = "<dc:creator>python-docx</dc:creator><cp:lastModifiedBy>Runa\n Holt</cp:lastModifiedBy>"
    app = "<Template>Normal.dotm</Template><Company>Harrow Press</Company>"
    row = read(docx(body, {"settings.xml": word("settings", settings)}, core=core, app=app))
    assert row["lineage"] == [
        "rsid:00000007",
        "rsid:001F0003",
        "rsid:00AB12CD",
        "last-modified-by:Runa Holt",
        "company:Harrow Press",
    ]
    row = read(docx(body, app="<Template>newsletter.dotx</Template>"))
    assert row["lineage"][-1] == "template:newsletter.dotx"


@pytest.mark.parametrize(
    ("identifier", "lineage"),
    [
        ("{0C3F1A52-7B64-4E0D-9A8B-51D2E6F70C94}", ["docx-id:{0C3F1A52-7B64-4E0D-9A8B-51D2E6F70C94}"]),
        ("{00000000-0000-0000-0000-000000000000}", None),
        ("{12345678-1234-1234-1234-123456789012}", None),
        ("24062061", None),
    ],
)
def test_the_id_of_all_files_that_derive_from_one_is_read_where_it_tells_any_apart(
    identifier: str, lineage: list[str] | None
) -> None:
    """The older one of 32 bits is not: a library puts that of its sample on all that it writes."""
    older = '<w14:docId xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" w14:val="24062061"/>'
    newer = f'<w15:docId xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" w15:val="{identifier}"/>'
    row = read(docx(paragraph("The weir."), {"settings.xml": word("settings", older + newer)}))
    assert row["lineage"] == lineage


def test_dates_are_those_of_a_machine_s_clock() -> None:
    core = "<dcterms:created>2026-03-04T07:30:00Z</dcterms:created>"
    core += "<dcterms:modified>2026-03-05T00:00:00Z</dcterms:modified>"
    row = read(docx(paragraph("The weir."), core=core))
    assert (row["published"], row["modified"]) == (
        datetime(2026, 3, 4, 7, 30, tzinfo=UTC),
        datetime(2026, 3, 5, tzinfo=UTC),
    )
    assert row["dated_by"] == "file: Word creation date"
    row = read(docx(paragraph("The weir."), core="<dcterms:created>yesterday</dcterms:created>"))
    assert (row["published"], row["dated_by"]) == (None, None)


@pytest.mark.parametrize("title", ["", "untitled", "thesis.docx", "Microsoft Word - thesis.doc"])
def test_the_name_of_a_file_is_no_title(title: str) -> None:
    assert read(docx(paragraph("The weir."), core=f"<dc:title>{title}</dc:title>"))["title"] is None


def test_the_main_part_is_the_one_that_the_package_names() -> None:
    parts = {"word/document2.xml": word("document", f"<w:body>{paragraph('堰')}</w:body>")}
    for target in ("word/document2.xml", "/word/document2.xml"):
        data = packed(parts | {"_rels/.rels": relations({"officeDocument": target})})
        assert looks_like_docx(data)
        assert read(data)["text"] == "堰"


def test_the_strict_form_of_the_format_is_read() -> None:
    strict = word("document", f"<w:body>{paragraph('The weir.')}</w:body>").replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    assert read(packed({"word/document.xml": strict}))["text"] == "The weir."


def test_parts_beside_the_text_that_are_damaged_are_noted() -> None:
    data = docx(paragraph("The weir."), {"settings.xml": "<w:settings", "styles.xml": "\0" * 9})
    assert read(data)["text"] == "The weir."
    assert notes(data)["parts of documents that cannot be read, left out"] == 2


@pytest.mark.parametrize("body", ["", paragraph(""), paragraph(DELETED), paragraph(run("x", "<w:vanish/>"))])
def test_a_document_without_text_is_refused(body: str) -> None:
    with pytest.raises(SourceError, match="a Word document without text"):
        read_docx(docx(body))


def test_two_files_of_one_origin_are_told_by_what_they_carry(tmp_path: Path) -> None:
    """From the bytes to the verdict: the file with further marks of revision went on from the other."""
    said = "".join(map(paragraph, WEIR.split("\n\n")))
    marks = [f'<w:rsid w:val="00A1000{n}"/>' for n in range(1, 4)]
    for name, count, saver in (("first", 2, "Ada Winterhalter"), ("later", 3, "Runa Holt")):
        settings = word("settings", f"<w:rsids>{''.join(marks[:count])}</w:rsids>")
        core = f"<dc:creator>Ada Winterhalter</dc:creator><cp:lastModifiedBy>{saver}</cp:lastModifiedBy>"
        (tmp_path / f"{name}.docx").write_bytes(docx(said, {"settings.xml": settings}, core=core))
    (direction,) = compare(tmp_path / "first.docx", tmp_path / "later.docx").directions.to_pylist()
    assert direction["source"].endswith("first.docx")
    reasons = [one["reason"] for one in direction["evidence"]]
    assert "the copy holds every revision mark of the source, and further ones" in reasons
    assert "the copy names the author of the source as its own, and was last saved by somebody else" in reasons
