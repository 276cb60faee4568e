"""TEI: the witness as it reads, and what its header says of it."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemmata import schemas
from stemmata.documents import read_documents
from stemmata.errors import SourceError
from stemmata.readers import find_format
from stemmata.readers.contents import read_as
from stemmata.readers.limits import Limits
from stemmata.readers.tei import looks_like_tei, read_tei

NAMESPACE = 'xmlns="http://www.tei-c.org/ns/1.0"'


def tei(body: str, source: str = "", *, title: str = "", prolog: str = "", text: str = "") -> bytes:
    header = f"<fileDesc><titleStmt>{title}</titleStmt><sourceDesc>{source}</sourceDesc></fileDesc>"
    return (
        f'<?xml version="1.0"?>\n{prolog}<TEI {NAMESPACE}><teiHeader>{header}</teiHeader>'
        f"<text{text}><body>{body}</body></text></TEI>"
    ).encode()


def read(data: bytes) -> dict[str, Any]:
    rows: list[dict[str, Any]] = read_tei(data).to_pylist()
    assert len(rows) == 1
    return rows[0]


def text(body: str) -> str:
    return str(read(tei(body))["text"])


def notes(data: bytes) -> dict[str, int]:
    return {note["what"]: note["count"] for note in schemas.remarks([read_tei(data)], "notes").to_pylist()}


def test_verses_are_lines_and_stanzas_are_parted_by_a_blank_line() -> None:
    body = """
      <head>Here bygynneth the Book</head>
      <lg>
        <l n="1">Whan that <hi rend="rubric">Aueryll</hi> w<ex>i</ex>t<ex>h</ex> his shoures soote</l>
        <l n="2">The droghte of March / hath perced to the roote</l>
      </lg>"""
    lines = "Whan that Aueryll with his shoures soote\nThe droghte of March / hath perced to the roote"
    assert text(body) == f"Here bygynneth the Book\n\n{lines}"


@pytest.mark.parametrize(
    "broken",
    [
        'vir<lb break="no"/>umque',
        'vir-<lb break="no"/>umque',
        'vir-\n  <lb break="no"/>\n  umque',
        'vir<pc>-</pc><pb n="2r" break="no"/><cb n="a"/><lb break="no"/>umque',
        'vir\u00ac<pb n="2r"/><fw>Liber I</fw><lb n="1" break="no"/>umque',
        "<w>vir<lb/>umque</w>",
        '<w part="I">vir</w><lb break="no"/><w part="F">umque</w>',
    ],
)
def test_a_break_that_parts_no_word_leaves_it_whole(broken: str) -> None:
    assert text(f"<p>arma {broken} cano</p>") == "arma virumque cano"


def test_other_breaks_end_a_line_and_hyphens_of_the_witness_stay() -> None:
    assert text("<p>arma<lb/>virum-que<pb/>cano</p>") == "arma\nvirum-que\ncano"


def test_words_that_are_marked_are_parted_and_signs_stand_where_they_belong() -> None:
    assert text("<p><w>arma</w><pc>,</pc><w>virumque</w> <w>cano</w><pc>.</pc></p>") == "arma, virumque cano."


@pytest.mark.parametrize(
    ("choice", "reading"),
    [
        ("<reg>virumque</reg><orig>uirumque</orig>", "uirumque"),
        ("<sic>uriumque</sic><corr>virumque</corr>", "uriumque"),
        ("<abbr>uirũq;</abbr><expan>uirumque</expan>", "uirũq;"),
        ('<abbr><g ref="#que"/></abbr><expan>que</expan>', "que"),
        ("<orig><gap/></orig><reg>virum</reg>", "[…]"),
        ("<unclear>uirum</unclear><unclear>uinum</unclear>", "uirum"),
        ("<orig><choice><sic>urium</sic><corr>uirum</corr></choice></orig><reg>virum</reg>", "urium"),
    ],
)
def test_of_a_choice_the_witness_s_own_counts(choice: str, reading: str) -> None:
    assert text(f"<p>arma <choice>{choice}</choice> cano</p>") == f"arma {reading} cano"


def test_what_was_deleted_is_gone_and_what_was_added_stands() -> None:
    body = "<p>arma <subst><del>uiros</del><add>uirum</add></subst> <restore><del>cano</del></restore></p>"
    assert text(body) == "arma uirum cano"
    assert notes(tei(body))["deletions in TEI texts, left out"] == 1


def test_notes_and_running_heads_are_no_text() -> None:
    body = "<fw>LIBER I</fw><p>arma<note>sc. bella</note> uirumque <supplied>cano</supplied></p>"
    assert text(body) == "arma uirumque cano"


def test_what_is_lost_is_marked() -> None:
    body = '<p>arma <gap reason="damage" quantity="2" unit="word"/> Troiae <damage>qui</damage> pri<unclear/></p>'
    assert text(body) == "arma […] Troiae qui pri[…]"
    assert notes(tei(body))["gaps in TEI texts, marked […]"] == 2


def test_an_edition_is_read_by_its_lemmas() -> None:
    body = (
        '<p>μῆνιν <app><lem wit="#A">ἄειδε</lem><rdg wit="#B">ἔννεπε</rdg></app> '
        "<app><rdgGrp><rdg>θεά</rdg><rdg>θεὰ</rdg></rdgGrp><rdg>μοῦσα</rdg></app></p>"
    )
    assert text(body) == "μῆνιν ἄειδε θεά"
    assert notes(tei(body))["readings in the apparatus of a TEI text, left out"] == 3


def test_pages_and_columns_are_locators() -> None:
    row = read(tei('<pb n="2r"/><cb n="a"/><p>בראשית ברא <cb n="b"/>אלהים</p><pb n="3"/><p>את השמים</p><pb/>'))
    labels = {one["label"]: row["text"][one["offset"] :].split()[0] for one in row["locators"]}
    assert labels == {"f. 2r, col. a": "בראשית", "f. 2r, col. b": "אלהים", "p. 3": "את"}


def test_a_page_that_begins_inside_a_word_begins_at_its_letters() -> None:
    row = read(tei('<p>vir-<pb n="iv" break="no"/>umque</p>'))
    assert (row["text"], row["locators"]) == ("virumque", [{"offset": 3, "label": "iv"}])


def test_front_matter_is_not_the_witness_s_where_there_is_a_body() -> None:
    data = tei("<p>arma</p>").replace(b"<body>", b"<front><p>The editor speaks.</p></front><body>")
    assert read(data)["text"] == "arma"


def test_a_documentary_transcription_has_its_lines() -> None:
    zone = "<surface><zone><line>arma uirum</line><line>que cano</line></zone></surface>"
    assert read(f"<TEI {NAMESPACE}><sourceDoc>{zone}</sourceDoc></TEI>".encode())["text"] == "arma uirum\nque cano"


def test_title_author_and_language_are_what_the_header_says() -> None:
    title = (
        "<title type='sub'>A transcription</title><title type='main'>Canterbury\n Tales</title><author>Chaucer</author>"
    )
    row = read(tei("<p>Whan that</p>", title=title, text=' xml:lang="enm"'))
    assert (row["title"], row["author"], row["language"]) == ("Canterbury Tales", "Chaucer", "enm")


@pytest.mark.parametrize(
    ("source", "siglum"),
    [
        ('<msDesc xml:id="Hg"><msIdentifier><idno>Peniarth 392D</idno></msIdentifier></msDesc>', "Hg"),
        ("<msDesc><msIdentifier><idno>Peniarth 392D</idno></msIdentifier></msDesc>", "Peniarth 392D"),
        ('<listWit><witness xml:id="El"/></listWit>', "El"),
        ('<listWit><witness xml:id="w1"><abbr type="siglum">Ha⁴</abbr></witness></listWit>', "Ha⁴"),
        ('<listWit><witness xml:id="A"/><witness xml:id="B"/></listWit>', None),
        ("<p>born digital</p>", None),
    ],
)
def test_the_siglum_is_the_shortest_name_that_is_the_witness_s_own(source: str, siglum: str | None) -> None:
    assert read(tei("<p>Whan that</p>", source))["siglum"] == siglum


@pytest.mark.parametrize(
    ("attributes", "dates"),
    [
        ('when="1478-05-03"', {"published": datetime(1478, 5, 3, tzinfo=UTC)}),
        (
            'when="1478"',
            {
                "not_before": datetime(1478, 1, 1, tzinfo=UTC),
                "not_after": datetime(1478, 12, 31, 23, 59, 59, 999_999, UTC),
            },
        ),
        (
            'notBefore="0800" notAfter="0825-02"',
            {
                "not_before": datetime(800, 1, 1, tzinfo=UTC),
                "not_after": datetime(825, 2, 28, 23, 59, 59, 999_999, UTC),
            },
        ),
        ('from-iso="1400"', {"not_before": datetime(1400, 1, 1, tzinfo=UTC)}),
        ('notBefore="1450" notAfter="1400"', {}),
        ('when="-0019"', {}),
        ('when="1478-02-30"', {}),
    ],
)
def test_dates_of_origin_say_no_more_than_they_do(attributes: str, dates: dict[str, datetime]) -> None:
    source = f"<msDesc><history><origin><origDate {attributes}>s. xv</origDate></origin></history></msDesc>"
    row = read(tei("<p>arma</p>", source))
    assert {name: row[name] for name in ("published", "not_before", "not_after") if row[name]} == dates
    assert row["dated_by"] == ("TEI header: origDate" if dates else None)


def test_a_date_may_stand_in_words_and_a_text_born_digital_is_dated_by_its_publication() -> None:
    born = tei("<p>arma</p>", "<p>born digital</p>").replace(
        b"<sourceDesc>", b"<publicationStmt><date>2026-03-04</date></publicationStmt><sourceDesc>"
    )
    assert read(born)["published"] == datetime(2026, 3, 4, tzinfo=UTC)
    printed = born.replace(b"<p>born digital</p>", b"<bibl><date>1784</date></bibl>")
    assert (read(printed)["published"], read(printed)["not_before"]) == (None, datetime(1784, 1, 1, tzinfo=UTC))
    unknown = born.replace(b"<p>born digital</p>", b"<msDesc/>")
    assert (read(unknown)["published"], read(unknown)["not_before"]) == (None, None)


def test_the_text_has_the_language_of_the_file_that_it_stands_in() -> None:
    data = tei("<p>Whan that</p>").replace(b"<TEI ", b'<TEI xml:lang="enm" ')
    assert read(data)["language"] == "enm"
    assert read(data.replace(b"<text>", b'<text xml:lang="en">'))["language"] == "en"


def test_a_paragraph_that_is_all_of_a_cell_or_item_parts_no_more_than_that() -> None:
    cells = "<table><row><cell><p>Mill</p></cell><cell><p>wheel</p></cell></row></table>"
    assert text(f"<list><item><p>one</p></item><item><p>two</p></item></list>{cells}") == "one\ntwo\n\nMill\twheel"
    assert text("<list><item><p>one</p><p>more</p></item></list>") == "one\n\nmore"


def test_a_date_that_is_not_read_is_noted() -> None:
    data = tei("<p>arma</p>", '<bibl><date when="c. 1500"/></bibl>')
    assert notes(data) == {"dates in TEI headers that are not read": 1}


def test_a_corpus_has_a_row_for_each_text_and_says_which_has_none() -> None:
    one = f"<TEI {NAMESPACE}><text><body><p>%s</p></body></text></TEI>"
    corpus = f"<teiCorpus {NAMESPACE}>{one % 'arma'}{one % ''}{one % 'cano'}</teiCorpus>".encode()
    rows = read_tei(corpus)
    assert (rows["text"].to_pylist(), rows["row"].to_pylist()) == (["arma", "cano"], [1, 3])
    assert [row["uri"] for row in schemas.remarks([rows], "skipped").to_pylist()] == ["#2"]


def test_files_are_told_by_their_root_whatever_stands_before_it() -> None:
    prolog = '<?xml-model href="tei.rng"?><!-- a licence --><!DOCTYPE TEI [<!ENTITY a "x]>y"> <!-- don\'t -->]>\n'
    assert looks_like_tei(tei("<p>arma</p>", prolog=prolog))
    assert looks_like_tei(b"\xef\xbb\xbf<tei:TEI xmlns:tei='http://www.tei-c.org/ns/1.0'/>")
    assert not looks_like_tei(b'<?xml version="1.0"?><TEI.2/>')
    assert not looks_like_tei(b"<mets><TEI/></mets>")
    assert not looks_like_tei(b"<!---->" * 9_000 + b"arma")


def test_a_prefix_and_an_encoding_of_its_own_are_no_hindrance() -> None:
    data = (
        '<?xml version="1.0" encoding="ISO-8859-1"?><t:TEI xmlns:t="http://www.tei-c.org/ns/1.0"><t:text><t:body>'
        "<t:p>Ein straße<t:note>sic</t:note> über den rîn</t:p></t:body></t:text></t:TEI>"
    )
    assert read(data.encode("latin-1"))["text"] == "Ein straße über den rîn"


def test_entities_of_html_are_characters_and_others_are_noted() -> None:
    data = tei("<p>&thorn;at &aelig;fre &mine; &amp; &#x1D9; &lt;</p>", prolog='<!DOCTYPE TEI [<!ENTITY mine "x">]>')
    assert read(data)["text"] == "þat æfre \ufffd & Ǚ <"
    assert notes(data) == {"entities that are not known, replaced": 1}


def test_no_entity_is_expanded_and_no_file_fetched() -> None:
    bomb = '<!DOCTYPE TEI [<!ENTITY a "ha ha ha">' + '<!ENTITY b "&a;&a;&a;">' * 9 + "]>"
    stranger = '<!DOCTYPE TEI SYSTEM "file:///etc/passwd" [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    assert text("<p>arma</p>") == "arma"
    for prolog, entity in ((bomb, "b"), (stranger, "f")):
        assert read(tei(f"<p n='&{entity};'>arma &{entity};</p>", prolog=prolog))["text"] == "arma \ufffd"


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (tei("<p>arma</q>"), "no well-formed XML"),
        (tei("<p>arma</p>")[:-9], "no well-formed XML"),
        (tei("<p> </p>"), "without text"),
        (tei("<note>editor</note>"), "without text"),
        (tei("<seg>" * 1_001 + "</seg>" * 1_001), "nested more than 1,000"),
        (tei("<p>\0\0\0\0</p>"), "binary"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(data: bytes, what: str) -> None:
    with pytest.raises(SourceError, match=what) as caught:
        read_tei(data)
    assert caught.value.mend


def test_what_an_error_quotes_of_the_file_is_short_and_can_be_printed() -> None:
    with pytest.raises(SourceError) as caught:
        read_tei(tei("<p>arma</" + "p" * 2_000 + "\x9b>"))
    assert len(caught.value.what) < 300
    assert caught.value.what.isprintable()
    assert "<string>" not in caught.value.what


def test_an_error_names_the_line_of_the_file() -> None:
    with pytest.raises(SourceError, match="line 4"):
        read_tei(tei("\n<p>arma</q>", prolog="<!--\n-->"))


def test_an_error_is_one_line_whatever_the_file_holds() -> None:
    with pytest.raises(SourceError) as caught:
        read_tei(tei("<p>arma</p>", prolog="<!-- never\nended " + "x" * 1_000))
    what = caught.value.what
    assert (what.count("\n"), len(what) < 300, "<string>" in what) == (0, True, False)


def test_marks_of_a_program_s_own_are_taken_out() -> None:
    assert text("<p>ar\ufdd0ma &#xFDD1;cano</p>") == "arma cano"


def test_a_hostile_file_is_read_in_a_process_of_its_own() -> None:
    data = tei("<p>arma</p>")
    kind = find_format(data, "witness.xml")
    assert (kind.media_type, kind.isolated_from) == ("application/tei+xml", 0)
    assert read_as(kind, data, Limits())["text"].to_pylist() == ["arma"]


def test_witnesses_become_documents(tmp_path: Any) -> None:
    (tmp_path / "Hg.xml").write_bytes(tei("<l>Whan that Aueryll</l>", '<msDesc xml:id="Hg"/>'))
    (tmp_path / "other.xml").write_text('<?xml version="1.0"?><rss/>')
    documents = read_documents(tmp_path)
    assert documents.select(["doc", "siglum", "media_type"]).to_pylist() == [
        {"doc": "Hg.xml", "siglum": "Hg", "media_type": "application/tei+xml"}
    ]
    (skipped,) = schemas.remarks([documents], "skipped").to_pylist()
    assert "it is XML, which stemmata does not read" in skipped["reason"]


WORDS = st.lists(st.text("abcþω", min_size=1, max_size=4), min_size=1, max_size=12)
DRESS = st.sampled_from(
    ["{}", "<hi>{}</hi>", "<w>{}</w>", "{}<note>n</note>", "<choice><orig>{}</orig><reg>r</reg></choice>"]
)


@given(WORDS, st.lists(DRESS, min_size=12, max_size=12), st.lists(st.sampled_from([" ", "\n  ", "<lb/>"]), min_size=12))
def test_words_come_out_as_they_went_in_however_they_are_dressed(
    words: list[str], dresses: list[str], gaps: list[str]
) -> None:
    body = "".join(dress.format(word) + gap for word, dress, gap in zip(words, dresses, gaps, strict=False))
    assert text(f"<p>{body}</p>").split() == words


@given(st.binary(max_size=200))
def test_bytes_that_only_begin_as_tei_are_read_or_refused(noise: bytes) -> None:
    with suppress(SourceError):
        rows = read_tei(b"<TEI><text><body><p>arma " + noise + b"</p></body></text></TEI>")
        assert rows["text"][0].as_py().startswith("arma")
