"""What documents say of themselves: dates, addresses, credits, identifiers, and what they weigh against the words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import permutations
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemmata.direction.claims import metadata_reasons
from stemmata.direction.metadata import Metadata
from stemmata.direction.reasons import (
    BESIDE,
    CONTRADICTED_MOST,
    CONTRADICTION,
    TEXT,
    Reason,
    limited,
    log_odds,
    probability,
    total,
)
from stemmata.directions import DirectionOptions
from tests.directed import LIGHTHOUSE, SPUN, Described, assert_adds_up, day, examples, judge, reasons

WIKI = "https://wiki.example/w/index.php?title=Lamp"

# --- ten invented cases, which docs/metadata.md shows


class Case(NamedTuple):
    """Two documents, the sources that a careful person may name (None: nobody can know), and why."""

    name: str
    a: Described
    b: Described
    words: str  # what b has of the words of a
    sources: tuple[str | None, ...]
    doubt: bool  # no more than 80 % may be claimed
    why: str


SAME, SWAPPED, LINKING = "the same", "many swapped", "the same, and “Read here: posten.example/lamp”"
CASES = (
    Case(
        "a forged date",
        {"published": day(20)},
        {"published": day(2)},
        SWAPPED,
        ("a", None),
        True,
        "Anybody can write a date. The swapped words say that b is the copy, and nobody swaps them back.",
    ),
    Case(
        "a crawl's date",
        {"first_seen": day(20)},
        {"first_seen": day(2)},
        SWAPPED,
        ("a",),
        False,
        "A crawl comes when it comes: it may have found the copy before the original.",
    ),
    Case(
        "a canonical address against the words",
        {"site": "posten.example", "canonical": "https://copies.example/lamp"},
        {"site": "copies.example", "canonical": "https://copies.example/lamp"},
        SWAPPED,
        ("b", None),
        True,
        "Sites seldom call another's address their canonical one for nothing. But the words speak against it.",
    ),
    Case(
        "a missing date",
        {"published": day(2), "dated_by": "page: time"},
        {},
        SAME,
        (None,),
        False,
        "One date is no order.",
    ),
    Case(
        "contradictory dates",
        {"published": day(9), "first_seen": day(1)},
        {"published": day(4)},
        SAME,
        ("a",),
        False,
        "A crawl had seen a on the 1st: its date is that of a later edition. On the 4th it was there already.",
    ),
    Case(
        "time zones",
        {"published": day(2, 22)},
        {"published": day(3, 9)},
        SAME,
        (None,),
        False,
        "Less than a day lies between them, and who knows in which zone each clock ran.",
    ),
    Case(
        "a link",
        {"canonical": "https://www.posten.example/lamp/"},
        {"published": day(2)},
        LINKING,
        ("a",),
        False,
        "b sends its readers to a, which holds no address of b.",
    ),
    Case(
        "revision marks",
        {"lineage": ["rsid:00A1", "rsid:00A2"]},
        {"lineage": ["rsid:00A1", "rsid:00A2", "rsid:00B7"]},
        SAME,
        ("a",),
        False,
        "A word processor adds a mark whenever a file is edited, and keeps the old ones: b went on from a.",
    ),
    Case(
        "a page whose head was taken along",
        {"canonical": f"{WIKI}&oldid=812", "site": "Wiki", "modified": day(20)},
        {"canonical": f"{WIKI}&oldid=97", "site": "Wiki", "modified": day(2)},
        SWAPPED,
        ("a", None),
        True,
        "b calls itself the earlier revision of the page. So can whoever copied the page's head: the words say more.",
    ),
    Case(
        "a syndicated copy with an earlier file date",
        {"published": day(5), "dated_by": "page: article:published_time", "site": "Skarvik-Posten"},
        {
            "published": day(2),
            "dated_by": "file: PDF creation date",
            "attribution": "First published in Skarvik-Posten",
        },
        SAME,
        ("a",),
        False,
        "It names whom it has it from. A file's date is set by the clock of a machine.",
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_each_case_is_answered_as_a_careful_person_would(case: Case) -> None:
    text = {SAME: LIGHTHOUSE, SWAPPED: SPUN, LINKING: f"{LIGHTHOUSE}\n\nRead here: posten.example/lamp"}[case.words]
    row = judge(LIGHTHOUSE, text, about=(case.a, case.b))
    assert row["source"] in case.sources
    assert not (case.doubt and row["confidence"] > CONTRADICTED_MOST)
    assert_adds_up(row)


def as_table() -> str:
    """The cases as docs/metadata.md shows them."""
    lines = ["| case | a | b | words of b | answer | why |", "|---|---|---|---|---|---|"]
    for case in CASES:
        answer = " or ".join("unknown" if source is None else f"{source} is the source" for source in case.sources)
        answer += ", at most 80 %" if case.doubt else ""
        lines.append(f"| {case.name} | {_said(case.a)} | {_said(case.b)} | {case.words} | {answer} | {case.why} |")
    return "\n".join(lines) + "\n"


def _said(about: Described) -> str:
    def shown(value: object) -> str:
        if isinstance(value, datetime):
            return f"{value:%Y-%m-%d}" if value.hour == 12 else f"{value:%Y-%m-%d %H:%M}"
        return " ".join(value) if isinstance(value, list) else str(value)

    return "<br>".join(f"`{name}: {shown(value)}`" for name, value in about.items()) or "nothing"


def test_the_page_on_metadata_shows_these_cases() -> None:
    page = Path(__file__).parent.parent / "docs" / "metadata.md"
    assert as_table() in page.read_text("utf-8"), f"put this into it:\n\n{as_table()}"


# --- each rule by itself: of two equal texts only what they say of themselves can speak

LAMP = "https://posten.example/lamp"
SAME_MARKS = (
    "both carry the same revision marks: one was made from the other, or both from a third file; "
    "which came first they do not say"
)
BOTH_CARRY = (
    "both carry the same identifiers: one file or one site is behind them, and which came first they do not say"
)
SAME_FILE = (
    "both files carry the same file identifiers: both are saves of one file, or were made from one, "
    "and which came first they do not say"
)
POSTEN = {"site": "skarvik-posten.example", "title": "The dark lamp of Skarvik", "author": "Runa Holt"}
METADATA: dict[str, tuple[Described, Described, str | None, str]] = {
    "stated dates name the earlier text": (
        {"published": day(2)},
        {"published": day(5)},
        "a",
        "the copy says that it was published later",
    ),
    "dates within a day may differ by time zone alone": (
        {"published": day(2, 22)},
        {"published": day(3, 9)},
        None,
        "both say that they were published within a day: dates so near say nothing",
    ),
    "a crawl's date alone does not decide": (
        {"first_seen": day(2)},
        {"first_seen": day(20)},
        None,
        "b was seen, or dated by a machine, later",
    ),
    "a date that a file system gave is worth no more": (
        {"published": day(2), "dated_by": "file time"},
        {"published": day(20), "dated_by": "file time"},
        None,
        "b was seen, or dated by a machine, later",
    ),
    "a stated date after the crawl had seen the text is not believed": (
        {"published": day(2)},
        {"published": day(9), "first_seen": day(2)},
        None,
        "the date that b states is not believed: it was seen earlier",
    ),
    "a text that was seen before the other says that it was published is the earlier": (
        {"published": day(4)},
        {"published": day(9), "first_seen": day(2)},
        "b",
        "the source had been seen before the copy says that it was published",
    ),
    "a change is no publication": (
        {"modified": day(2)},
        {"modified": day(9)},
        None,
        "the texts are the same, word for word",
    ),
    "one missing date says nothing": (
        {"published": day(2)},
        {},
        None,
        "the texts are the same, word for word",
    ),
    "dates that cannot overlap are an order": (
        {"not_before": day(1), "not_after": day(3)},
        {"not_before": day(7), "not_after": day(9)},
        "a",
        "the copy says that it was published later",
    ),
    "dates that may overlap are none": (
        {"not_before": day(1), "not_after": day(8)},
        {"not_before": day(7), "not_after": day(9)},
        None,
        "the times that are given for both overlap",
    ),
    "an attribution names the other's outlet": (
        POSTEN,
        {"site": "copies.example", "attribution": "First published by Skarvik-Posten."},
        "a",
        "the copy names the source as its origin",
    ),
    "an attribution to one's own outlet says nothing": (
        POSTEN,
        POSTEN | {"attribution": "First published by Skarvik-Posten."},
        None,
        "the texts are the same, word for word",
    ),
    "an outlet may be given by its address": (
        POSTEN | {"site": "https://www.skarvik-posten.example:443/"},
        {"site": "copies.example", "attribution": "First published by Skarvik-Posten."},
        "a",
        "the copy names the source as its origin",
    ),
    "a protocol is no outlet": (
        {"site": "https://posten.example/"},
        {"site": "copies.example", "attribution": "Via https://elsewhere.example/lamp"},
        None,
        "the texts are the same, word for word",
    ),
    "one's own outlet may be written as its address": (
        {"site": "posten.example"},
        {"site": "https://posten.example/", "attribution": "Posten.example, Skarvik"},
        None,
        "the texts are the same, word for word",
    ),
    "a dash is no outlet": (
        {"site": "-"},
        {"attribution": "Skarvik - photograph by the harbour office"},
        None,
        "the texts are the same, word for word",
    ),
    "a canonical address is the other's": (
        {"canonical": "https://www.skarvik-posten.example/lamp/", "site": "skarvik-posten.example"},
        {"canonical": "http://skarvik-posten.example/lamp", "site": "copies.example"},
        "a",
        "the copy calls the address of the source its canonical one",
    ),
    "addresses that hold a date": (
        {"canonical": "https://one.example/2021/03/02/lamp"},
        {"canonical": "https://two.example/2021/03/14/lamp"},
        "a",
        "the address of the copy bears a later date",
    ),
    "the host of the other's address is its outlet": (
        {"canonical": "https://posten.example/lamp"},
        {"attribution": "Reprinted with permission of Posten.example"},
        "a",
        "the copy names the source as its origin",
    ),
    "an agency that both took it from is not the other's author": (
        {"author": "The Associated Press", "site": "posten.example"},
        {"attribution": "Copyright 2021 The Associated Press.", "site": "copies.example"},
        None,
        "the texts are the same, word for word",
    ),
    "an author whom the other credits too is not its own": (
        POSTEN | {"attribution": "Courtesy of Runa Holt"},
        {"site": "copies.example", "attribution": "With kind permission of Runa Holt"},
        None,
        "the texts are the same, word for word",
    ),
    "one's own outlet may have a longer name than the other's": (
        {"site": "Valley Courier"},
        {"site": "Valley Courier Weekly", "attribution": "First published in the Valley Courier Weekly"},
        None,
        "the texts are the same, word for word",
    ),
    "two that name each other name nobody": (
        POSTEN | {"attribution": "Source: copies.example"},
        {"site": "copies.example", "attribution": "First published by Skarvik-Posten."},
        None,
        "each refers to the other as its origin: that says nothing",
    ),
    "an attribution with the other's address is a link": (
        {"canonical": LAMP},
        {"attribution": "Taken from an evening paper (https://www.posten.example/lamp/?utm_source=copies)"},
        "a",
        "the copy links to the source",
    ),
    "an address within one's own id is one": (
        {"doc": LAMP},
        {"doc": "kopi", "attribution": "Source: posten.example/lamp"},
        LAMP,
        "the copy links to the source",
    ),
    "another page of the other's outlet names the outlet": (
        {"canonical": LAMP},
        {"attribution": "Source: https://posten.example/reef"},
        "a",
        "the copy names the source as its origin",
    ),
    "an address that both call their own says nothing": (
        {"canonical": LAMP},
        {"canonical": LAMP, "attribution": f"Source: {LAMP}"},
        None,
        "the texts are the same, word for word",
    ),
    "a credit that both hold names neither": (
        {"canonical": LAMP, "attribution": f"Source: {LAMP}"},
        {"attribution": f"Taken from a paper: {LAMP}"},
        None,
        "the texts are the same, word for word",
    ),
    "a file that holds all revision marks of the other and more is later": (
        {"lineage": ["rsid:00A1", "rsid:00A2"]},
        {"lineage": ["rsid:00A3", "rsid:00A1", "rsid:00A2", "pdf:77"]},
        "a",
        "the copy holds every revision mark of the source, and further ones",
    ),
    "one mark may be that of a template": (
        {"lineage": ["rsid:00A1"]},
        {"lineage": ["rsid:00A1", "rsid:00A2"]},
        None,
        SAME_MARKS,
    ),
    "each with marks of its own": (
        {"lineage": ["rsid:00A1", "rsid:00A2", "rsid:00A4"]},
        {"lineage": ["rsid:00A1", "rsid:00A2", "rsid:00A3"]},
        None,
        SAME_MARKS,
    ),
    "one author makes no order": (
        {"lineage": ["author:Runa Holt"]},
        {"lineage": ["author:Runa Holt", "last-modified-by:Runa Holt"]},
        None,
        "both files name the same author, which does not say which came first",
    ),
    "nor does one who saved both": (
        {"lineage": ["author:Ada Winterhalter", "last-modified-by:Runa Holt"]},
        {"lineage": ["author:Hale Fenwick", "last-modified-by:Runa Holt"]},
        None,
        "both files were last saved by the same person, who may have made either from the other",
    ),
    "two who both went on from the author's file": (
        {"lineage": ["author:Runa Holt", "last-modified-by:Ada Winterhalter"]},
        {"lineage": ["author:Runa Holt", "last-modified-by:Hale Fenwick"]},
        None,
        "both files name the same author, which does not say which came first",
    ),
    "a company's files": (
        {"lineage": ["company:Skarvik Press"]},
        {"lineage": ["company:Skarvik Press"]},
        None,
        "both files name the same company, which does not say which came first",
    ),
    "files of one template": (
        {"lineage": ["template:lamp.dotx"]},
        {"lineage": ["template:lamp.dotx"]},
        None,
        "both files were made from the same template, which does not say which came first",
    ),
    "files of one book": (
        {"lineage": ["book:urn:isbn:9780000000019"]},
        {"lineage": ["book:urn:isbn:9780000000019"]},
        None,
        "both are files of the same book, and which came first they do not say",
    ),
    "a PDF that says that it was made from the other": (
        {"lineage": ["xmp-document:did:a", "xmp-instance:iid:1"]},
        {"lineage": ["xmp-document:did:b", "xmp-derived-from:did:a"]},
        "a",
        "the copy says that it was made from the source",
    ),
    "one made from another save of the same document": (
        {"lineage": ["xmp-document:did:a", "xmp-instance:iid:1"]},
        {"lineage": ["xmp-document:did:a", "xmp-instance:iid:2", "xmp-derived-from:iid:1"]},
        "a",
        "the copy says that it was made from the source",
    ),
    "an original document is what others were made from": (
        {"lineage": ["xmp-document:did:a"]},
        {"lineage": ["xmp-document:did:b", "xmp-original:did:a"]},
        "a",
        "the copy says that it was made from the source",
    ),
    "two that were made from one file": (
        {"lineage": ["xmp-document:did:a", "xmp-derived-from:did:c", "xmp-original:did:d"]},
        {"lineage": ["xmp-document:did:b", "xmp-derived-from:did:c", "xmp-original:did:d"]},
        None,
        SAME_FILE,
    ),
    "files that say that each was made from the other": (
        {"lineage": ["xmp-document:did:a", "xmp-derived-from:did:b", "pdf-id:f1"]},
        {"lineage": ["xmp-document:did:b", "xmp-derived-from:did:a", "pdf-id:f1"]},
        None,
        SAME_FILE,
    ),
    "a document that names itself as its source": (
        {"lineage": ["xmp-document:did:a"]},
        {"lineage": ["xmp-document:did:a", "xmp-derived-from:did:a"]},
        None,
        SAME_FILE,
    ),
    "a save that the history of the other lists": (
        {"lineage": ["xmp-instance:iid:1"], "modified": day(9)},
        {"lineage": ["xmp-instance:iid:2", "xmp-history:iid:0", "xmp-history:iid:1"], "modified": day(2)},
        "a",
        "the copy lists the source among its earlier saves",
    ),
    "a PDF as it was first saved, and a later save": (
        {"lineage": ["pdf-id:f1", "pdf-version:f1"]},
        {"lineage": ["pdf-id:f1", "pdf-version:a2"]},
        "a",
        "the source is a file as it was first saved, and the copy a later save of it",
    ),
    "two later saves of a PDF, and when they were made": (
        {"lineage": ["pdf-id:f1", "pdf-version:a1"], "modified": day(2, 10)},
        {"lineage": ["pdf-id:f1", "pdf-version:a2"], "modified": day(2, 12)},
        "a",
        "both are saves of one file, and the copy says that it was changed later",
    ),
    "two saves at one time": (
        {"lineage": ["pdf-id:f1", "pdf-version:a1"], "modified": day(2, 10)},
        {"lineage": ["pdf-id:f1", "pdf-version:a2"], "modified": day(2, 10)},
        None,
        SAME_FILE,
    ),
    "files that were changed at different times, and share no id": (
        {"lineage": ["pdf-id:f1", "pdf-version:f1"], "modified": day(2)},
        {"lineage": ["pdf-id:f2", "pdf-version:f2"], "modified": day(9)},
        None,
        "the texts are the same, word for word",
    ),
    "Word files that go back to one": (
        {"lineage": ["docx-id:{0C3F1A52}"]},
        {"lineage": ["docx-id:{0C3F1A52}"]},
        None,
        SAME_FILE,
    ),
    "pages of one operator": (
        {"lineage": ["account:UA-7201934", "account:GTM-K8WQ3Z"]},
        {"lineage": ["account:UA-7201934", "account:GTM-K8WQ3Z"], "site": "copies.example"},
        None,
        "both pages carry the same advertising or analytics account: one operator is behind both, or one page was "
        "taken with its scripts; which came first that does not say",
    ),
    "sites of one operator": (
        {"lineage": ["account:UA-7201934"], "site": "posten.example"},
        {"lineage": ["account:UA-7201934"], "site": "copies.example"},
        None,
        "pages of two sites carry the same advertising or analytics account: one operator is behind both, or one page "
        "was taken with its scripts; which came first that does not say",
    ),
    "that pages of one site have one account is not worth a word": (
        {"lineage": ["account:UA-7201934"], "site": "posten.example"},
        {"lineage": ["account:UA-7201934"], "site": "www.posten.example"},
        None,
        "the texts are the same, word for word",
    ),
    "identifiers of advertisers, analysts and files have no direction": (
        {"lineage": ["ad:pub-77"]},
        {"lineage": ["pdf:5", "ad:pub-77", "ga:UA-1"]},
        None,
        BOTH_CARRY,
    ),
    "stated dates against the line that names the source": (
        POSTEN | {"published": day(9)},
        {"published": day(2), "attribution": "Source: The dark lamp of Skarvik"},
        None,
        "evidence that contradicts itself never claims more than 80 %",
    ),
}


@pytest.mark.parametrize("case", METADATA)
def test_metadata_are_read_as_a_careful_person_would(case: str) -> None:
    """Of two equal texts only what they say of themselves can speak."""
    a, b, source, reason = METADATA[case]
    row = judge(LIGHTHOUSE, LIGHTHOUSE, about=(a, b))
    assert row["source"] == source
    if "contradicts" in reason:
        assert row["confidence"] <= 0.8
        assert min(reasons(row).values()) < 0 < max(reasons(row).values())
    else:
        assert reason in reasons(row)
    assert_adds_up(row)
    turned = judge(LIGHTHOUSE, LIGHTHOUSE, about=(b, a))
    assert turned["confidence"] == row["confidence"]
    assert (turned["source"] is None) == (source is None)
    assert sorted(map(abs, reasons(turned).values())) == sorted(map(abs, reasons(row).values()))


def test_a_forged_date_does_not_overrule_a_text_that_is_sure() -> None:
    """The spinner dates his copy back; both are shown, and nothing above 80 % is claimed."""
    row = judge(LIGHTHOUSE, SPUN, about=({"published": day(20)}, {"published": day(2)}))
    text = judge(LIGHTHOUSE, SPUN)
    assert text["confidence"] > 0.9
    assert row["source"] in (None, "a")
    assert row["confidence"] <= 0.8
    assert any("published later" in reason and points < 0 for reason, points in reasons(row).items())
    assert_adds_up(row)


def test_contradictions_are_shown_and_claim_no_more_than_eighty_percent() -> None:
    """The canonical address outweighs the text here, and the text still counts."""
    page = {"canonical": "https://copies.example/lamp", "published": day(2)}
    about = (
        page | {"site": "skarvik-posten.example", "published": day(9)},
        page | {"site": "copies.example"},
    )
    row = judge(LIGHTHOUSE, SPUN, about=about)
    assert row["confidence"] <= 0.8
    assert "evidence that contradicts itself never claims more than 80 %" in reasons(row)
    assert_adds_up(row)


def test_dates_and_text_that_agree_are_surer_than_either() -> None:
    dated = ({"published": day(2)}, {"published": day(9)})
    both = judge(LIGHTHOUSE, SPUN, about=dated)
    assert both["source"] == "a"
    assert both["confidence"] > max(
        judge(LIGHTHOUSE, SPUN)["confidence"], judge(LIGHTHOUSE, LIGHTHOUSE, about=dated)["confidence"]
    )


def test_a_link_in_the_text_counts_unless_both_hold_it() -> None:
    """Of a page that prints its own address the copy prints it too: that is no reference."""
    line = f"\n\nMore at {LAMP}."
    about = ({"canonical": LAMP}, {"canonical": "https://copies.example/lamp"})
    linking = judge(LIGHTHOUSE, LIGHTHOUSE + line, about=about)
    assert linking["source"] == "a"
    assert examples(linking, "the copy links to the source") == ["posten.example/lamp"]
    both = judge(LIGHTHOUSE + line, LIGHTHOUSE + line, about=about)
    assert (both["source"], both["confidence"]) == (None, 0.5)


def test_a_link_and_a_name_are_one_reason() -> None:
    about = (
        {"canonical": LAMP, "site": "Skarvik-Posten"},
        {"attribution": f"First published by Skarvik-Posten ({LAMP})"},
    )
    name = ({"site": "Skarvik-Posten"}, {"attribution": "First published by Skarvik-Posten"})
    both, one = judge(LIGHTHOUSE, LIGHTHOUSE, about=about), judge(LIGHTHOUSE, LIGHTHOUSE, about=name)
    assert both["confidence"] == one["confidence"]
    assert examples(both, "the copy names the source as its origin and links to the source") == [
        f"First published by Skarvik-Posten ({LAMP})",
        "posten.example/lamp",
    ]


def test_who_saved_a_file_last_makes_its_author_s_own_the_likelier_source() -> None:
    about = (
        {"lineage": ["author:Runa Holt", "last-modified-by:Runa Holt"]},
        {"lineage": ["author:Runa Holt", "last-modified-by:Hale Fenwick"]},
    )
    row = judge(LIGHTHOUSE, LIGHTHOUSE, about=about)
    handed = "b names the author of a as its own, and was last saved by somebody else"
    assert (row["source"], row["likelier"]) == (None, "a")
    assert reasons(row)[handed] > 0
    assert examples(row, handed) == ["last-modified-by:Runa Holt → last-modified-by:Hale Fenwick"]
    turned = judge(LIGHTHOUSE, LIGHTHOUSE, about=about[::-1])
    assert turned["likelier"] == "b"


def test_what_orders_two_saves_is_said_once_with_what_it_was_read_from() -> None:
    """The ids that both carry say no more; that of a page's operator would."""
    shared = ["pdf-id:f1", "xmp-document:did:a"]
    about = (
        {"lineage": [*shared, "pdf-version:f1", "xmp-instance:iid:1"], "modified": day(2)},
        {"lineage": [*shared, "pdf-version:a2", "xmp-instance:iid:2", "xmp-history:iid:1"], "modified": day(9)},
    )
    row = judge(LIGHTHOUSE, LIGHTHOUSE, about=about)
    assert examples(row, "the copy lists the source among its earlier saves") == ["iid:1"]
    assert len(reasons(row)) == 1
    dated = ({"lineage": shared, "modified": day(2)}, {"lineage": shared, "modified": day(9)})
    row = judge(LIGHTHOUSE, LIGHTHOUSE, about=dated)
    assert row["source"] == "a"
    assert examples(row, "both are saves of one file, and the copy says that it was changed later") == [
        "changed 2021-03-02 12:00 → changed 2021-03-09 12:00"
    ]
    turned = judge(LIGHTHOUSE, LIGHTHOUSE, about=dated[::-1])
    assert (turned["source"], turned["confidence"]) == ("b", row["confidence"])


def test_when_a_file_was_saved_does_not_overrule_words_that_are_sure() -> None:
    """Whoever swaps words in a file that he saves earlier, by his clock, still took them from the other."""
    shared = ["pdf-id:f1"]
    about = ({"lineage": shared, "modified": day(9)}, {"lineage": shared, "modified": day(2)})
    row = judge(LIGHTHOUSE, SPUN, about=about)
    assert row["source"] in (None, "a")
    assert row["confidence"] <= 0.8


def test_an_account_never_makes_a_copy_likelier() -> None:
    """Texts that share nothing but who runs their pages are judged by their words alone."""
    about = ({"lineage": ["account:UA-7201934"]}, {"lineage": ["account:UA-7201934"]})
    with_account, without = judge(LIGHTHOUSE, SPUN, about=about), judge(LIGHTHOUSE, SPUN)
    assert (with_account["source"], with_account["confidence"]) == (without["source"], without["confidence"])
    (said,) = set(reasons(with_account)) - set(reasons(without))
    assert reasons(with_account)[said] == 0
    assert examples(with_account, said) == ["account:UA-7201934"]


def test_marks_that_order_two_files_are_not_named_again_as_shared() -> None:
    about = ({"lineage": ["rsid:1", "rsid:2", "ad:7"]}, {"lineage": ["rsid:1", "rsid:2", "rsid:3", "ad:7"]})
    row = judge(LIGHTHOUSE, LIGHTHOUSE, about=about)
    assert examples(row, BOTH_CARRY) == ["ad:7"]
    fuller = "the copy holds every revision mark of the source, and further ones"
    assert examples(row, fuller) == ["2 revision marks → 3 revision marks"]


def test_revisions_of_a_page_have_one_reason_in_any_language() -> None:
    """As the caller's word: neither words nor dates are asked, however sure one must be."""
    about = ({"doc": f"{WIKI}&oldid=812"}, {"doc": f"{WIKI}&oldid=97"})
    for language in ("en", None):
        row = judge(LIGHTHOUSE, SPUN, about=about, language=language, options=DirectionOptions(decide=1))
        assert (row["verdict"], row["source"], row["copy"]) == ("copy", f"{WIKI}&oldid=97", f"{WIKI}&oldid=812")
        assert row["confidence"] == pytest.approx(0.999)
        assert examples(row, "both are revisions of one page, and the copy is the later") == [
            "revision 97 → revision 812"
        ]
        assert len(row["evidence"]) == 1
        assert_adds_up(row)
    assert (
        judge(LIGHTHOUSE, SPUN, about=about, copy="b")["source"] == f"{WIKI}&oldid=812"
    )  # but the caller's word goes before


def test_a_page_that_is_an_earlier_revision_is_no_lost_source() -> None:
    line = "\n\nRelated article: Ferry timetable of Skarvik for the winter months\n\n"
    old, new = (line.join(text.split("On Monday")) for text in (LIGHTHOUSE, SPUN))
    about = ({"doc": f"{WIKI}&oldid=97"}, {"doc": f"{WIKI}&oldid=812"})
    assert judge(old, new)["via_lost"] > 0
    assert judge(old, new, about=about)["via_lost"] == 0


def test_a_date_does_not_overrule_words_that_are_sure_even_with_company() -> None:
    """A credit may contradict the words, and a forged date agree with it: then nobody can know, and it is said."""
    credit = {"attribution": "First published by Copies Daily."}
    forged = ({"published": day(20)} | credit, {"published": day(2), "site": "Copies Daily"})
    assert judge(LIGHTHOUSE, SPUN)["confidence"] > 0.9
    row = judge(LIGHTHOUSE, SPUN, about=forged)
    assert (row["verdict"], row["source"], row["confidence"]) == ("unknown", None, pytest.approx(0.5))
    assert "dates do not overrule words that are sure by themselves" in reasons(row)
    assert_adds_up(row)


def test_a_folder_that_is_called_as_a_host_says_whose_page_it_holds() -> None:
    """As crawls are kept: of two pages with one canonical address it is that of the one in its host's folder."""
    docs = ("posten.example/lamp.html", "copies.example/x9.html")
    about = [{"doc": doc, "canonical": "https://posten.example/lamp"} for doc in docs]
    row = judge(LIGHTHOUSE, LIGHTHOUSE, about=(about[0], about[1]))
    assert (row["source"], row["copy"]) == docs
    assert "the copy calls the address of the source its canonical one" in reasons(row)


def test_a_threshold_that_is_raised_holds_for_every_language() -> None:
    """What dates say does not depend on the words that were counted."""
    dated = ({"published": day(2)}, {"published": day(9)})
    for language in ("en", "el"):
        assert judge(LIGHTHOUSE, LIGHTHOUSE, about=dated, language=language)["source"] == "a"
        strict = DirectionOptions(decide=0.95)
        assert judge(LIGHTHOUSE, LIGHTHOUSE, about=dated, language=language, options=strict)["source"] is None


# --- laws

DAY = timedelta(days=1)
moments = st.none() | st.integers(0, 20).map(lambda k: datetime(2021, 3, 1, tzinfo=UTC) + timedelta(hours=12) * k)
machines = st.sampled_from(["crawl", "file: PDF creation date", "server header"])
dated_addresses = st.sampled_from([None, "https://one.example/2021/03/04/lamp", "https://two.example/2021/03/09/lamp"])


def metadata(**columns: st.SearchStrategy[Any]) -> st.SearchStrategy[Metadata]:
    """Metadata of which only these columns are known."""
    return st.fixed_dictionaries({"doc": st.sampled_from(["lamp", "reef"]), **columns}).map(lambda row: Metadata(**row))


dated = metadata(
    published=moments,
    first_seen=moments,
    not_before=moments,
    not_after=moments,
    dated_by=st.none() | machines | st.sampled_from(["page: time", "metadata"]),
    canonical=dated_addresses,
)
machine_dated = metadata(published=moments, first_seen=moments, dated_by=machines)
described = metadata(
    doc=st.sampled_from(
        ["lamp", "lamp@2", LAMP, "copies.example/2021/03/05/lamp", f"{WIKI}&oldid=97", f"{WIKI}&oldid=5"]
    ),
    title=st.sampled_from([None, "The dark lamp of Skarvik", "Lamp"]),
    author=st.sampled_from([None, "Runa Holt", "Reuters"]),
    site=st.sampled_from([None, "Posten", "posten.example", "Copies Daily", "copies.example"]),
    published=moments,
    modified=moments,
    first_seen=moments,
    not_before=moments,
    not_after=moments,
    dated_by=st.sampled_from([None, "page: time", "crawl", "{copy} of {x}"]),
    canonical=st.sampled_from([None, LAMP, "https://copies.example/2021/03/02/lamp", "https://copies.example/lamp"]),
    attribution=st.sampled_from(
        [None, "First published by Posten", f"Source: {LAMP}", "Via {source} copies.example", "Courtesy of Runa Holt"]
    ),
    lineage=st.sampled_from(
        [
            *(None, "ad:1", "rsid:1\nrsid:2", "rsid:1\nrsid:2\nrsid:3\nad:1"),
            *("pdf-id:1\npdf-version:1", "pdf-id:1\npdf-version:2\nxmp-derived-from:3", "xmp-document:3\naccount:7"),
        ]
    ),
)
texts = st.sampled_from(["", f"See {LAMP}.", "copies.example/lamp and copies.example/2021/03/05/lamp"])
signs = st.sampled_from([1, -1])


def weighed_with(points: float, x: Metadata, y: Metadata) -> float:
    """The sum of what the words say and what is known beside them."""
    return total(limited([Reason("the words", TEXT, points), *metadata_reasons(x, y)]))


@given(dated, dated, st.floats(0.9, 0.97), signs)
def test_no_dates_overrule_words_that_are_sure(x: Metadata, y: Metadata, sure: float, sign: int) -> None:
    """However they were set: from 90 % on the text keeps the upper hand, or nothing is claimed."""
    points = sign * log_odds(sure)
    assert weighed_with(points, x, y) * sign > 0


@given(machine_dated, machine_dated, st.floats(CONTRADICTION, 0.97), signs)
def test_dates_of_crawls_and_files_overrule_no_opinion(x: Metadata, y: Metadata, likely: float, sign: int) -> None:
    points = sign * log_odds(likely)
    assert weighed_with(points, x, y) * sign > 0


@given(dated, dated, moments)
def test_a_date_that_is_not_believed_weighs_as_much_as_none(x: Metadata, y: Metadata, other: datetime | None) -> None:
    """A forger gains nothing by any date after his text had been seen, and what was found is said."""
    if not x.first_seen or x.dated_by in ("crawl", "file: PDF creation date", "server header"):
        return
    forged = x._replace(published=x.first_seen + timedelta(days=1) if other is None else max(other, x.first_seen + DAY))
    found = metadata_reasons(forged, y)
    assert any("{x} states is not believed" in reason.says and not reason.points for reason in found)
    assert total(found) == total(metadata_reasons(x._replace(published=None), y))


@given(described, described, texts, texts, st.floats(-4, 4))
def test_every_contradiction_is_shown_and_claims_no_more_than_eighty_percent(
    x: Metadata, y: Metadata, x_text: str, y_text: str, points: float
) -> None:
    """Words, dates, references and identifiers: where two of them have opinions, both stand there with their points."""
    found = limited([Reason("the words", TEXT, points), *metadata_reasons(x, y, x_text, y_text)])
    opinions = {origin: total(reason for reason in found if reason.origin == origin) for origin in (TEXT, *BESIDE)}
    least = log_odds(CONTRADICTION)
    if max(opinions.values()) >= least and -min(opinions.values()) >= least:
        assert probability(abs(total(found))) <= CONTRADICTED_MOST + 1e-9
    for origin, opinion in opinions.items():
        if origin in BESIDE and abs(opinion) >= least:
            shown = [reason for reason in found if reason.origin == origin and reason.points * opinion > 0]
            assert all(reason.examples for reason in shown)
            assert shown


@pytest.mark.parametrize(("one", "other"), list(permutations((TEXT, *BESIDE), 2)))
def test_any_two_kinds_of_evidence_can_contradict_each_other(one: str, other: str) -> None:
    opinions = [Reason("for x", one, log_odds(0.96)), Reason("for y", other, -log_odds(0.66))]
    assert probability(total(limited(opinions))) == pytest.approx(CONTRADICTED_MOST)


@given(described, described, texts, texts)
def test_what_is_known_beside_the_words_is_mirrored(x: Metadata, y: Metadata, x_text: str, y_text: str) -> None:
    """Asked the other way round every reason has the opposite points, to the last bit, and its examples turned."""
    if x.doc == y.doc:
        return
    there = metadata_reasons(x, y, x_text, y_text)
    back = metadata_reasons(y, x, y_text, x_text)
    names = {"{x}": "{y}", "{y}": "{x}"}

    def turned(reason: Reason) -> Reason:
        says = reason.says
        for side in names:
            if side in says:
                says = says.replace(side, names[side])
                break
        shown = [example if isinstance(example, str) else example[::-1] for example in reason.examples]
        return Reason(says, reason.origin, -reason.points, shown)

    def in_order(reasons: list[Reason]) -> list[tuple[str, str, float, list[object]]]:
        return sorted((r.says, r.origin, r.points + 0.0, list(r.examples)) for r in reasons)

    assert in_order(there) == in_order([turned(reason) for reason in back])


def test_metadata_can_be_left_out() -> None:
    """With text_only a date says nothing, however plain."""
    dated = ({"published": day(2)}, {"published": day(9)})
    row = judge(LIGHTHOUSE, LIGHTHOUSE, about=dated, options=DirectionOptions(text_only=True))
    assert reasons(row) == {"the texts are the same, word for word": 0}
    assert judge(LIGHTHOUSE, LIGHTHOUSE, about=dated)["source"] == "a"
