"""Documents that are zip archives of parts: told by their parts, and none costs more than it may."""

from __future__ import annotations

import io
import struct
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stemmata import schemas
from stemmata.documents import read_documents
from stemmata.errors import SourceError
from stemmata.readers import FORMATS, find_format, page
from stemmata.readers.contents import read_as
from stemmata.readers.limits import Limits
from stemmata.readers.packages import MOST_PARTS, Package, holds, resolve
from tests.office import ODT, docx, epub, odt, packed, paragraph, word

WEIR = "The weir gave way on Sunday night."
BOOK = epub({"one.xhtml": f"<h1>One</h1><p>{WEIR}</p>"})
DOCUMENTS = {"docx": docx(paragraph(WEIR)), "odt": odt(f"<text:p>{WEIR}</text:p>"), "epub": BOOK}
BOMB = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
STRANGER = '<?xml version="1.0"?><!DOCTYPE a SYSTEM "file:///etc/passwd" [<!ENTITY c SYSTEM "file:///etc/passwd">]>'


def read(data: bytes, **limits: Any) -> dict[str, Any]:
    """Read in this process, where a fault is seen as it is."""
    kind = find_format(data, "")
    bounds = Limits(**limits)
    (row,) = kind.read(data, **{name: getattr(bounds, name) for name in kind.bounded}).to_pylist()
    return dict(row)


def text(data: bytes) -> str:
    return str(read(data)["text"])


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_is_told_by_its_parts_whatever_it_is_called(name: str, tmp_path: Path) -> None:
    (tmp_path / "weir.zip").write_bytes(DOCUMENTS[name])
    documents = read_documents(tmp_path)
    assert WEIR in documents["text"][0].as_py()
    assert documents["doc"].to_pylist() == ["weir.zip"]
    assert name in documents["media_type"][0].as_py() or name != "epub"


def test_documents_in_an_archive_are_read_and_named_by_it(tmp_path: Path) -> None:
    parts = {f"press/weir.{name}": data for name, data in DOCUMENTS.items()}
    (tmp_path / "all.zip").write_bytes(packed(parts | {"note.txt": WEIR}, zipfile.ZIP_STORED))
    documents = read_documents(tmp_path)
    assert sorted(documents["doc"].to_pylist()) == [
        "all.zip/note.txt",
        "all.zip/press/weir.docx",
        "all.zip/press/weir.epub",
        "all.zip/press/weir.odt",
    ]


@pytest.mark.parametrize(
    ("parts", "what"),
    [
        ({"xl/workbook.xml": "<workbook/>"}, "an Excel workbook"),
        ({"ppt/presentation.xml": "<p/>"}, "a PowerPoint presentation"),
        ({"mimetype": f"{ODT[:-4]}spreadsheet", "META-INF/manifest.xml": "<m/>"}, "an OpenDocument file"),
        ({"Index/Document.iwa": "x"}, "a document of Pages, Numbers or Keynote"),
    ],
)
def test_other_packages_are_refused_by_name_with_what_to_do(parts: dict[str, str], what: str, tmp_path: Path) -> None:
    (tmp_path / "a.bin").write_bytes(packed(parts))
    (skipped,) = schemas.remarks([read_documents(tmp_path)], "skipped").to_pylist()
    assert skipped["reason"].startswith(f"it is {what}")
    assert "which stemmata does not read" in skipped["reason"]
    assert skipped["mend"].startswith("save its ")


def test_an_archive_that_only_names_such_parts_deeper_is_an_archive(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(packed({"thesis/word/document.xml.txt": WEIR, "word/notes.txt": WEIR}))
    assert read_documents(tmp_path).num_rows == 2


def test_no_format_but_those_of_packages_takes_an_archive_away() -> None:
    """A small archive may begin and end as the PDF in it does; it is unpacked all the same."""
    archive = packed({"a.pdf": "%PDF-1.7 startxref"}, zipfile.ZIP_STORED)
    assert not find_format(archive, "").packed
    assert [one.media_type for one in FORMATS if one.packed] == [one.media_type for one in FORMATS[:7]]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_cut_off_anywhere_is_refused_with_the_reason(name: str, tmp_path: Path) -> None:
    data = DOCUMENTS[name]
    cuts = range(4, len(data), 10)
    for cut in cuts:
        (tmp_path / f"{cut:06}.{name}").write_bytes(data[:cut])
    documents = read_documents(tmp_path)
    assert documents.num_rows == 0
    skipped = schemas.remarks([documents], "skipped").to_pylist()
    assert len(skipped) == len(cuts)
    assert {row["reason"].partition(":")[0] for row in skipped} == {"its zip archive is damaged"}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_any_byte_changed_is_an_answer_and_no_failure(name: str) -> None:
    data = DOCUMENTS[name]
    for at in range(0, len(data), 3):
        broken = data[:at] + bytes([data[at] ^ 0x41]) + data[at + 1 :]
        if find_format(broken, "").packed:
            with suppress(SourceError):
                assert read(broken)["text"]


@given(st.sampled_from([*DOCUMENTS]), st.binary(max_size=300), st.integers(0, 400))
@settings(max_examples=60, deadline=None)
def test_garbled_parts_are_read_or_refused(name: str, noise: bytes, at: int) -> None:
    """The archive is sound: what is in its main part is not."""
    part = {"docx": "word/document.xml", "odt": "content.xml", "epub": "OEBPS/one.xhtml"}[name]
    with zipfile.ZipFile(io.BytesIO(DOCUMENTS[name])) as archive:
        parts: dict[str, str | bytes] = {one: archive.read(one) for one in archive.namelist()}
    whole = parts[part]
    assert isinstance(whole, bytes)
    parts[part] = whole[:at] + noise + whole[at + len(noise) // 2 :]
    with suppress(SourceError):
        assert "\0" not in text(packed(parts))


@pytest.mark.parametrize("name", DOCUMENTS)
@pytest.mark.parametrize("prolog", [BOMB, STRANGER])
def test_no_entity_is_expanded_and_no_file_fetched(name: str, prolog: str) -> None:
    part = {"docx": "word/document.xml", "odt": "content.xml", "epub": "OEBPS/one.xhtml"}[name]
    with zipfile.ZipFile(io.BytesIO(DOCUMENTS[name])) as archive:
        parts: dict[str, str | bytes] = {one: archive.read(one) for one in archive.namelist()}
    whole = parts[part]
    assert isinstance(whole, bytes)
    root = whole.decode().replace('<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n', "")
    root = root.replace('<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE html>', "").replace(WEIR, f"{WEIR} &c;")
    assert text(packed(parts | {part: prolog + root})).endswith(f"{WEIR} \ufffd")


def test_nothing_outside_is_followed(tmp_path: Path) -> None:
    """Neither a file beside the package nor an address: a name is looked up among the parts alone."""
    (tmp_path / "secret.xml").write_text(word("document", f"<w:body>{paragraph('The secret.')}</w:body>"))
    secret = (tmp_path / "secret.xml").as_posix()
    for target in (f"file://{secret}", secret, "https://copies.example/a.xml", "../../../../etc/passwd", "\\\\host\\a"):
        rels = '<Relationships><Relationship Type="x/officeDocument" Target="{}" {}/></Relationships>'
        for mode in ("", 'TargetMode="External"'):
            parts = {"word/document.xml": word("document", f"<w:body>{paragraph(WEIR)}</w:body>")}
            assert text(packed(parts | {"_rels/.rels": rels.format(target, mode)})) == WEIR
        with pytest.raises(SourceError, match="package document is missing"):
            read(packed({"META-INF/container.xml": f'<c><rootfile full-path="{target}"/></c>'}))


@pytest.mark.parametrize(
    ("base", "target", "name"),
    [
        ("", "word/document.xml", "word/document.xml"),
        ("word/document.xml", "styles.xml#a", "word/styles.xml"),
        ("word/document.xml", "/docProps/core.xml", "docProps/core.xml"),
        ("OEBPS/book.opf", "../a%20b.xhtml", "a b.xhtml"),
        ("OEBPS/book.opf", "../../../etc/passwd", "../../etc/passwd"),
    ],
)
def test_names_are_resolved_within_the_package(base: str, target: str, name: str) -> None:
    assert resolve(base, target) == name


def test_a_part_that_swells_is_a_bomb() -> None:
    body = paragraph("x" * 30_000_000)
    with pytest.raises(SourceError, match="over 200 times its packed size") as caught:
        read(docx(body))
    assert "word/document.xml" in caught.value.what
    with pytest.raises(SourceError, match="over 1,000,000 bytes"):
        read(docx(body), bytes=1_000_000)


def test_all_parts_together_may_not_swell_either() -> None:
    """Each chapter is within its limit; what came before the limit is read, and the rest noted."""
    chapters = {f"{n:03}.xhtml": f"<p>{WEIR * 20_000}</p>" for n in range(40)}
    data = epub(chapters)
    rows = find_format(data, "").read(data)
    notes = {note["what"]: note["count"] for note in schemas.remarks([rows], "notes").to_pylist()}
    assert len(rows["text"][0].as_py()) < 200 * len(data)
    assert notes["parts of documents that cannot be read, left out"] > 10


def test_what_is_nested_too_deep_is_refused() -> None:
    deep = "<w:sdt><w:sdtContent>" * 600 + paragraph(WEIR) + "</w:sdtContent></w:sdt>" * 600
    with pytest.raises(SourceError, match="nested more than 1,000"):
        read(docx(deep))
    spans = "<text:span>" * 1_001 + WEIR + "</text:span>" * 1_001
    with pytest.raises(SourceError, match="nested more than 1,000"):
        read(odt(f"<text:p>{spans}</text:p>"))
    with pytest.raises(SourceError, match="nested more than 1,000"):
        read(epub({"one.xhtml": "<div>" * 1_001 + WEIR + "</div>" * 1_001}))


def test_too_many_parts_make_no_document() -> None:
    parts: dict[str, str | bytes] = {f"{n}": "" for n in range(MOST_PARTS + 1)}
    assert not holds("word/document.xml")(packed({"word/document.xml": "<a/>"} | parts))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_of_several_parts_of_one_name_the_last_counts_and_is_noted() -> None:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        for said in ("the first", "the second"):
            archive.writestr("word/document.xml", word("document", f"<w:body>{paragraph(said)}</w:body>"))
    assert text(sink.getvalue()) == "the second"
    assert Package(sink.getvalue(), Limits()).notes.total() == 1


def test_locked_documents_say_so() -> None:
    data = bytearray(DOCUMENTS["docx"])
    for signature, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = -1
        while (at := data.find(signature, at + 1)) >= 0:
            data[at + offset] |= 1
    with pytest.raises(SourceError, match="encrypted"):
        read(bytes(data))
    manifest = {"META-INF/manifest.xml": "<m><file-entry><encryption-data/></file-entry></m>"}
    with pytest.raises(SourceError, match="locked with a password"):
        read(odt(WEIR, parts=manifest))
    locked = '<e><CipherReference URI="OEBPS/one.xhtml"/></e>'
    with pytest.raises(SourceError, match="DRM"):
        read(epub({"one.xhtml": WEIR}, parts={"META-INF/encryption.xml": locked}))
    fonts = locked.replace("one.xhtml", "font.otf")
    assert text(epub({"one.xhtml": WEIR}, parts={"META-INF/encryption.xml": fonts})) == WEIR


def test_to_tell_a_document_takes_no_memory_that_its_packing_asks_for() -> None:
    data = bytearray(packed({"mimetype": ODT * 9, "META-INF/manifest.xml": "<m/>"}, zipfile.ZIP_LZMA))
    struct.pack_into("<I", data, data.index(b"mimetype") + len("mimetype") + 5, 2**32 - 1)
    assert find_format(bytes(data), "").media_type == ODT
    with pytest.raises(SourceError, match="is missing"):
        read(bytes(data))


def test_control_characters_never_reach_a_text() -> None:
    """No XML may hold them; stray NULs between letters are passed over, as browsers do."""
    torn = paragraph("ar\0ma \x0bvirum\ufdd0que")
    assert text(docx(torn + paragraph(WEIR * 40))).startswith("arma virumque")
    assert text(odt(f"<text:p>ar\x01ma \ufdd0cano</text:p><text:p>{WEIR * 9}</text:p>")).startswith("arma cano")
    assert text(epub({"a.xhtml": f"<p>ar\x01ma &#xFDD1;cano</p><p>{WEIR * 9}</p>"})).startswith("arma cano")
    with pytest.raises(SourceError, match="binary"):
        read(docx(paragraph("\0" * 900)))


ROW = "<w:tr><w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc></w:tr>"


def test_a_table_of_a_million_equal_rows_is_a_bomb() -> None:
    with pytest.raises(SourceError, match="over 200 times its packed size"):
        read(docx("<w:tbl>" + ROW.format("x") * 1_000_000 + "</w:tbl>"))


def table(rows: int) -> bytes:
    return docx("<w:tbl>" + "".join(ROW.format(n * 7919 % 999_983) for n in range(rows)) + "</w:tbl>")


def test_a_tree_of_too_many_elements_is_refused_while_it_grows(monkeypatch: pytest.MonkeyPatch) -> None:
    """A table of a million rows, of five elements each, would take a GB."""
    monkeypatch.setattr(page, "MOST_ELEMENTS", 10_000)
    assert len(text(table(1_900)).splitlines()) == 1_900
    with pytest.raises(SourceError, match=r"of its part 'word/document.xml': it has over 10,000 elements\."):
        read(table(3_000))
    with pytest.raises(SourceError, match=r"it has over 10,000 elements\."):
        page.parse_page("<html>" + "<p>a" * 20_000, 1_000)


def test_a_table_of_very_many_rows_is_read_in_a_process_of_its_own() -> None:
    data = table(100_000)
    kind = find_format(data, "")
    assert kind.isolated_from == 0
    lines = read_as(kind, data, Limits())["text"][0].as_py().splitlines()
    assert (len(lines), lines[1]) == (100_000, "7919")


def test_rows_that_only_say_that_they_are_repeated_stand_once() -> None:
    row = (
        '<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="16384">'
    )
    table = f"<table:table>{row}<text:p>x</text:p></table:table-cell></table:table-row></table:table>"
    assert text(odt(f'{table}<text:p>a<text:s text:c="999999999"/>b</text:p>')) == "x\n\na" + " " * 100 + "b"
