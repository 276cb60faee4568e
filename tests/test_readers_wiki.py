"""Dumps of MediaWiki.

``fixtures/wiki/weir.wikitext`` was made from a page of ours: pandoc -f html -t mediawiki weir.html -o weir.wikitext
"""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemmata import schemas
from stemmata.direction.claims import metadata_reasons
from stemmata.direction.metadata import Metadata
from stemmata.documents import read_documents
from stemmata.errors import SourceError
from stemmata.readers import find_format
from stemmata.readers.contents import read_as
from stemmata.readers.limits import Limits
from stemmata.readers.wiki import read_wiki
from stemmata.readers.wikitext import plain_text

FIXTURE = (Path(__file__).parent / "fixtures" / "wiki" / "weir.wikitext").read_text("utf-8")
SITE = (
    "<siteinfo><sitename>W</sitename><base>https://de.wiki.example/wiki/Haupt</base><namespaces>"
    '<namespace key="0" case="first-letter" /><namespace key="1">Diskussion</namespace>'
    '<namespace key="6">Datei</namespace>'
    '<namespace key="14">Kategorie</namespace></namespaces></siteinfo>'
)


def revision(text: str, number: int = 5, at: str = "2021-05-03T10:00:00Z", model: str = "wikitext") -> str:
    return (
        f"<revision><id>{number}</id><timestamp>{at}</timestamp><contributor><username>Ann</username><id>3</id></contributor>"
        f'<model>{model}</model><text xml:space="preserve">{escape(text)}</text></revision>'
    )


def page(title: str, *revisions: str, space: str = "<ns>0</ns>", more: str = "") -> str:
    return f"<page><title>{escape(title)}</title>{space}<id>1</id>{more}{''.join(revisions)}</page>"


def dump(*pages: str) -> bytes:
    root = '<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11" xml:lang="de">'
    return f"{root}{SITE}{''.join(pages)}</mediawiki>".encode()


def rows(data: bytes) -> list[dict[str, Any]]:
    return list(read_wiki(data).to_pylist())


def notes(data: bytes) -> dict[str, int]:
    return {note["what"]: note["count"] for note in schemas.remarks([read_wiki(data)], "notes").to_pylist()}


def test_a_page_is_a_row_with_the_address_of_its_revision() -> None:
    (row,) = rows(dump(page("Wehr & Mühle", revision("Das '''Wehr''' brach."))))
    assert (row["text"], row["title"], row["author"]) == ("Das Wehr brach.", "Wehr & Mühle", "Ann")
    assert (row["modified"], row["published"]) == (datetime(2021, 5, 3, 10, tzinfo=UTC), None)
    assert row["canonical"] == "https://de.wiki.example/w/index.php?title=Wehr_%26_M%C3%BChle&oldid=5"
    assert (row["site"], row["row"]) == ("de.wiki.example", 1)


def test_of_several_revisions_the_last_is_read_wherever_it_stands() -> None:
    later, earlier = revision("later", 9, "2021-05-04T00:00:00Z"), revision("earlier", 7)
    for order in ((earlier, later, earlier), (later, earlier, earlier)):
        data = dump(page("Wehr", *order))
        assert [row["text"] for row in rows(data)] == ["later"]
        assert notes(data) == {"earlier revisions of pages of a wiki, left out": 2}


def test_two_dumps_of_one_page_are_told_apart_by_their_revisions() -> None:
    fields = ("title", "site", "modified", "canonical")
    early, late = (rows(dump(page("Wehr", revision("x", number))))[0] for number in (97, 812))
    x, y = (Metadata(doc, **{name: row[name] for name in fields}) for doc, row in (("a#1", early), ("b#1", late)))
    (reason,) = metadata_reasons(x, y)
    assert (reason.points > 0, reason.examples) == (True, [("revision 97", "revision 812")])


def test_redirects_and_other_namespaces_are_one_note_each() -> None:
    data = dump(
        page("Wehr", revision("Das Wehr.")),
        page("Weir", revision("#REDIRECT [[Wehr]]"), more='<redirect title="Wehr" />'),
        page("Wehre", revision("#WEITERLEITUNG [[Wehr]]")),
        page("Diskussion:Wehr", revision("Was?"), space="<ns>1</ns>"),
        page("Diskussion:Mühle", revision("Was?"), space=""),
        page("Liste", revision("{}", model="json")),
        page("Mühle: ein Stück", revision("Die Mühle."), space=""),
        page("Leer", revision("{{Vorlage}}")),
    )
    assert [row["text"] for row in rows(data)] == ["Das Wehr.", "Die Mühle."]
    assert notes(data) == {
        "pages of a wiki outside of its articles (talk, users, templates), left out": 2,
        "pages of a wiki that are data or programs, left out": 1,
        "pages of a wiki that are redirects, left out": 2,
    }
    (skipped,) = schemas.remarks([read_wiki(data)], "skipped").to_pylist()
    assert (skipped["uri"], skipped["reason"]) == ("#8", "it is a page without text.")


def test_markup_that_pandoc_writes_is_text_again() -> None:
    assert plain_text(FIXTURE).split("\n\n") == [
        "The weir at Harrow Mill",
        "The weir at Harrow Mill gave way on Sunday night, after three days of rain; nobody was hurt.",
        "Плотина",
        "В воскресенье ночью не выдержала плотина у старой мельницы, построенной в 1848 году.\nЛюдей эвакуировали.",
        "“It sounded like a train,” said the miller’s daughter.",
        "the footbridge is closed\nthe towpath too\nuntil May",
        "first the gates\nthen the wheel",
        "day\tlevel\nSaturday\t2.1 m\nSunday\t3.4 m",
        "level = 3.4  # [m]\nprint(level)",
        "水車",
        "日曜日の夜、古い水車小屋の堰が切れた。けが人はいなかった。",
        "انهار السد عند المطحنة القديمة ليلة الأحد.",
    ]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("{{Infobox|a={{{x|b}}}|c=[[d]]}}Das Wehr", "Das Wehr"),
        ("Das {{x|{{y}} }}Wehr{{{{z}}}}", "Das Wehr"),
        ("[[Wehr (Bau)|Wehr]] und [[Mühle]]n [[:Kategorie:Bau]]", "Wehr und Mühlen Kategorie:Bau"),
        ("[[Datei:a.jpg|thumb|Ein [[Wehr]] [https://a.example hier]]]Das Wehr", "Das Wehr"),
        ("Das Wehr[[File:a.jpg]][[Kategorie:Bau]][[Category:Weirs|W]]\n[[en:Weir]]", "Das Wehr"),
        ('Das Wehr<ref name="a">{{cite|x}} [[y]]</ref><ref name=b /> brach<ref>z</ref>', "Das Wehr brach"),
        (
            "[https://a.example/b eine Quelle] [https://a.example] https://b.example/c",
            "eine Quelle  https://b.example/c",
        ),
        ("''kursiv'' '''fett''' '''''beides''''' l''''eau'''", "kursiv fett beides l'eau"),
        ("== Lage ==\nAm Fluss.\n=== Bau ===\nAus Holz.", "Lage\n\nAm Fluss.\n\nBau\n\nAus Holz."),
        ("* eins\n** zwei\n# drei\n; vier : fünf\n:: sechs", "eins\nzwei\ndrei\nvier : fünf\nsechs"),
        ("<nowiki>[[kein]] ''Link'' &amp;</nowiki>", "[[kein]] ''Link'' &amp;"),
        ("a<!-- b --> c __NOTOC__<br/>d<div class='x'>e</div><math>x^2</math>", "a c\nd\n\ne"),
        ("&lt;b&gt; &#1078; &nope; &#0; &#99999999;", "<b> ж &nope; \ufffd &#99999999;"),
        (
            "{|\n|+ Pegel\n! Tag !! Höhe\n|-\n| style='x' | So || 3 || \n|-\n|Mo\nfrüh\n|4\n|}",
            "Pegel\nTag\tHöhe\nSo\t3\nMo früh\t4",
        ),
        ("{|\n|a\n{|\n|innen\n|}\n|}\nb", "a\n\ninnen\n\nb"),
        ("----\nein Strich", "ein Strich"),
        ("offen {{a [[b", "offen a b"),
        ("zu }} ]] ja", "zu }} ]] ja"),
        ("[[a|[[b|c]]]]", "c"),
        ("#1 ist 5 = 5 = 5", "1 ist 5 = 5 = 5"),
    ],
)
def test_markup_becomes_what_a_reader_sees(markup: str, text: str) -> None:
    assert plain_text(markup, {"datei", "kategorie"}) == text


BOMBS = {
    "templates": "{{" * 10_000 + "x",
    "templates and links": "{{[[" * 50_000 + "x",
    "links": "[[" * 100_000 + "x",
    "labels": "[[a|" * 20_000 + "x" + "]]" * 20_000,
    "half of them closed": "{{x" * 50_000 + "}}" * 49_999 + "x",
    "closed too often": "}}" * 100_000 + "x",
    "addresses": "[http://a " * 50_000,
    "a long address": "[http://" + "a" * 100_000,
    "notes": "<ref>x" * 100_000,
    "notes that end": "<ref " * 50_000,
    "comments": "x" + "<!--" * 100_000,
    "words that are no markup": "x" + "<nowiki>" * 50_000,
    "apostrophes": "x" + "'" * 100_000,
    "equals signs": "=" * 100_000 + "x",
    "broken headings": ("=" * 20 + "x") * 5_000,
    "tables": "{|\n" * 50_000 + "x",
    "cells": "x{|\n" + "|" * 100_000,
    "attributes": "x\n{|\n|" + "a=" * 100_000,
    "spaces": "a" + " " * 100_000 + "x",
    "tags": "<a" * 100_000,
    "switches": "__AB" * 50_000,
}


@pytest.mark.usefixtures("linear")
@pytest.mark.parametrize("name", BOMBS)
def test_what_is_left_open_costs_no_more_than_its_length(name: str) -> None:
    assert plain_text(BOMBS[name])


def test_a_dump_that_is_cut_off_is_read_as_far_as_it_goes() -> None:
    data = dump(page("Wehr", revision("Das Wehr.")), page("Mühle", revision("Die Mühle.")))
    rows = read_wiki(data[:-60])
    assert rows["text"].to_pylist() == ["Das Wehr."]
    (skipped,) = schemas.remarks([rows], "skipped").to_pylist()
    assert skipped["reason"].startswith("what comes after the first 1 pages is not read: it is no well-formed XML")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (dump(), "without articles"),
        (dump(page("Wehr", revision("x")))[:-150], "no well-formed XML"),
        (dump("<x>" * 1_001 + "</x>" * 1_001), "nested more than 1,000"),
        (dump("&bomb;"), "no well-formed XML"),
        (dump(page("Wehr", revision("x"))).decode().encode("utf-16"), "in UTF-8"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(data: bytes, what: str) -> None:
    with pytest.raises(SourceError, match=what) as caught:
        read_wiki(data)
    assert caught.value.mend


def test_what_an_error_quotes_of_the_file_is_short_and_can_be_printed() -> None:
    with pytest.raises(SourceError) as caught:
        read_wiki(dump("<page></" + "p" * 2_000 + "\x9b>"))
    assert len(caught.value.what) < 300
    assert caught.value.what.isprintable()
    assert "<string>" not in caught.value.what


def test_no_document_type_is_read() -> None:
    bomb = b'<!DOCTYPE mediawiki [<!ENTITY a "ha"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    assert rows(bomb + dump(page("Wehr", revision("Das Wehr."))))[0]["text"] == "Das Wehr."
    with pytest.raises(SourceError, match="well-formed"):
        read_wiki(bomb + dump(page("Wehr", revision("x").replace(">x<", ">&a;&f;<"))))


def test_pages_leave_memory_as_they_are_read() -> None:
    import tracemalloc

    data = dump(*(page(f"P{n}", revision("{{" + "x" * 3_000 + "}}Das Wehr.", n)) for n in range(2_000)))
    tracemalloc.start()
    read_wiki(data)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < len(data)


def test_dumps_are_told_by_their_root_and_become_documents(tmp_path: Path) -> None:
    data = dump(page("Wehr", revision("Das Wehr.")), page("Mühle", revision("Die Mühle.")))
    kind = find_format(b"<?xml version='1.0'?><!-- x -->" + data, "dump.xml")
    assert (kind.media_type, kind.isolated_from) == ("application/x-mediawiki+xml", 0)
    assert read_as(kind, data, Limits()).num_rows == 2
    (tmp_path / "dump.xml").write_bytes(data)
    assert read_documents(tmp_path)["doc"].to_pylist() == ["dump.xml#1", "dump.xml#2"]


WHOLE = dump(page("Wehr", revision(FIXTURE)), page("Mühle", revision("Die {{x}} Mühle.")))


@pytest.mark.parametrize("tenth", range(10))
def test_every_cut_is_read_or_refused(tenth: int) -> None:
    with suppress(SourceError):
        assert read_wiki(WHOLE[: len(WHOLE) * tenth // 10]).num_rows == 1


@given(st.binary(max_size=60), st.integers(0, len(WHOLE)), st.integers(0, 60))
def test_a_garbled_dump_is_read_or_refused(noise: bytes, place: int, lost: int) -> None:
    with suppress(SourceError):
        for row in rows(WHOLE[:place] + noise + WHOLE[place + lost :]):
            assert "\0" not in row["text"]


@given(st.text(st.sampled_from("{}[]|'=*#:;<>&!-_ref/\n x\0"), max_size=120))
def test_whatever_signs_there_are_text_comes_of_them(markup: str) -> None:
    assert "\0" not in plain_text(markup)


@given(st.lists(st.lists(st.text("abcяж水", min_size=1, max_size=6), min_size=1, max_size=8), min_size=1, max_size=5))
def test_prose_comes_out_as_it_went_in(paragraphs: list[list[str]]) -> None:
    prose = "\n\n".join(" ".join(words) for words in paragraphs)
    assert plain_text(prose) == prose
