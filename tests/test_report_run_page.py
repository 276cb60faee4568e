"""The page of a run: self-contained, safe, whole, and every link in it leads somewhere."""

from __future__ import annotations

import random
import re
from collections import Counter

import pytest

from stemmata.report import readings, run_page
from stemmata.traced import Trace
from tests.test_report_example import ARTICLE, COPY
from tests.test_report_html import Page, assert_it_loads_nothing, assert_its_policy_fits
from tests.test_report_run_example import ABOUT, FARM, Witness, change, harbour, pile

EVIL = "\"'><script>alert(1)</script>\x1b\N{RIGHT-TO-LEFT OVERRIDE}{{ 7 * 7 }}"


def unrelated() -> Trace:
    """Three texts, of which two were aligned and found to share too little."""
    row = {"a": "0.txt", "b": "1.txt", "kind": "none", "confidence": 0.9, "coverage_a": 0.2, "coverage_b": 0.1}
    says = [{"feature": "reused", "value": 0.2, "says": "20% of the shorter text stands in both"}]
    witnesses = [Witness(f"{i}.txt", role="", text=ARTICLE) for i in range(3)]
    return pile(witnesses, relations=[{**row, "evidence": says}])


def unread() -> Trace:
    broken = {"uri": "broken.pdf", "reason": "it ends in the middle of a page", "mend": "get the whole file."}
    return pile([], skipped=[broken])


def undecided() -> Trace:
    """Two texts of which neither is known to be the first."""
    differs = change(
        ("a.txt", ARTICLE), ("b.txt", COPY), 1, "number", "40", "14", 0.9, oriented=False, introduced_by=None
    )
    return pile(
        [
            Witness("a.txt", role="unresolved", text=ARTICLE),
            Witness("b.txt", role="unresolved", text=COPY, via="a.txt"),
        ],
        changes=[differs],
    )


def lost() -> Trace:
    return pile(
        [
            Witness("lost:f/1", role="lost"),
            Witness("a.txt", "lost:f/1", text=COPY),
            Witness("b.txt", "lost:f/1", text=FARM),
            Witness("c.txt", "b.txt", "verbatim", text=FARM),
        ]
    )


def hostile() -> Trace:
    """Everything that a document or a source can bring along is hostile."""
    source, copy = (f"{EVIL}.txt", f"Rain {EVIL} fell on 40 ships."), ("b.txt", "Rain fell on 14 ships.")
    row = {"title": EVIL, "site": EVIL, "author": EVIL, "language": '"><b>', "media_type": EVIL}
    return pile(
        [
            Witness(source[0], None, "", "original", source[1], row=row),
            Witness("b.txt", source[0], text=copy[1], row=row, others=(EVIL,)),
            Witness(f"alone {EVIL}", role="", row=row),
        ],
        changes=[change(source, copy, 1, "number", EVIL, "14", 0.9) | {"says": EVIL, "before": EVIL}],
        skipped=[{"uri": EVIL, "reason": EVIL, "mend": EVIL}],
        notes=[{"stage": EVIL, "what": EVIL, "count": 3}],
        about=ABOUT | {"command": EVIL, "sources": [EVIL], "started": EVIL, "options": {EVIL: {EVIL: EVIL}}},
    )


def large(size: int) -> Trace:
    """A family in which each new member copies one at random."""
    chance, witnesses = random.Random(size), [Witness("d0", None, "", "original", ARTICLE)]
    for i in range(1, size):
        witnesses.append(Witness(f"d{i}", chance.choice(witnesses).doc, chance.choice(["verbatim", "spun"]), text=COPY))
    return pile(witnesses)


TRACES = pytest.mark.parametrize(
    "trace",
    [harbour(), unrelated(), unread(), pile([]), undecided(), lost(), hostile(), large(60)],
    ids=["harbour", "unrelated", "unread", "empty", "undecided", "lost", "hostile", "large"],
)


@TRACES
def test_page_is_well_formed_and_its_links_lead_somewhere(trace: Trace) -> None:
    """Tags are balanced, ids stand once though many pairs are shown, and every anchor has its place."""
    page = Page(trace)
    ids = page.all("id")
    assert len(ids) == len(set(ids))
    assert {link for link in page.all("href") if link[1:] not in ids} == set()
    assert {label for label in page.all("aria-labelledby") if label not in ids} == set()


@TRACES
def test_page_loads_nothing(trace: Trace) -> None:
    assert_it_loads_nothing(Page(trace))


def test_policy_allows_the_page_its_own_style_and_script_only() -> None:
    assert_its_policy_fits(Page(harbour()))


def test_hostile_texts_stay_text() -> None:
    """Markup, control signs and overrides are shown as they stand, wherever they come from."""
    page = Page(hostile())
    assert [tag for tag, _ in page.tags].count("script") == 1
    assert not {"b", "x"} & {tag for tag, _ in page.tags}
    assert "<script>alert" not in page.html
    assert "49" not in page.text
    assert not {"\x1b", "\N{RIGHT-TO-LEFT OVERRIDE}"} & set(page.html)
    assert page.text.count("alert(1)") >= 12


def test_sections_follow_in_the_order_of_a_reading() -> None:
    ids = Page(harbour()).all("id")
    order = ["found", "pile", "skipped", "families", "family1", "outside", "reading", "method"]
    assert [i for i in ids if i in order] == order


def test_the_first_lines_say_what_was_found() -> None:
    text = Page(harbour()).text
    for part in (
        "5 of 8 documents belong to one family; 3 stand alone; 1 file was not read.",
        "pairs compared 5",
        "pairs related 4",
        "dates 1 Mar 2024 – 9 Mar 2024",
        "it ends in the middle of a page get the whole file. broken.pdf",
        "alignments: passages under 20 words 3",
    ):
        assert part in text


def test_the_list_of_families_leads_to_each() -> None:
    page = Page(harbour())
    assert "#family1" in page.all("href")
    row = "Harbour bridge to be repaired original: gazette.txt 5 2 verbatim, 1 edited, 1 spun grave number 40 → 14"
    assert row in page.text.replace(" ,", ",")


def test_the_tree_is_drawn_with_words_for_what_its_colours_say() -> None:
    """Kinds have lines of their own kind and stand beside each node; nodes lead to the list of members."""
    page = Page(harbour())
    branches = [attrs for tag, attrs in page.tags if tag == "path" and str(attrs.get("class")).startswith("branch")]
    assert {attrs["class"] for attrs in branches} >= {"branch kind-spun", "branch kind-edited", "branch kind-verbatim"}
    assert "spun · 3 Mar 2024 · 3 facts altered" in page.text
    assert {f"#family1-m{i}" for i in range(1, 6)} <= set(page.all("href"))
    style = page.html.split("<style>")[1].split("</style>")[0]
    for kind in ("edited", "spun", "paraphrased", "summarised", "translated"):
        assert re.search(rf"\.branch\.kind-{kind} {{ stroke-dasharray", style), kind


def test_members_are_listed_with_their_place() -> None:
    """Role, source, kind, share and date stand in words, for those who do not see the drawing."""
    text = Page(harbour()).text
    assert "gazette.txt original Harbour bridge to be repaired" in text
    assert "spun.txt gazette.txt spun whole 100% 90% 3 Mar 2024 spin.example" in text
    assert "also repost.txt" in text
    assert "the same text as gazette.txt" in text


def test_what_entered_once_is_told_once() -> None:
    """The alteration stands on the edge where it entered, and says who carries it on."""
    text = Page(harbour()).text.split("Side by side")[-2]
    assert text.count("The number becomes another.") == 1
    assert "Entered here, carried on by 2: farm.txt , mirror.txt" in text
    assert "2 copies changed nothing in what they took over: mirror.txt" in text
    assert "One copy changed no matter of fact, only the wording" in text


def with_swaps(size: int) -> Trace:
    """A copy with a fact altered and many words out of place, and a copy of that with one more fact."""
    ours, copy, farm = ("a.txt", ARTICLE), ("b.txt", COPY), ("c.txt", FARM)
    swap = change(ours, copy, 1, "tortured", "beams", "light beams", 0.3)
    handed = {"introduced_by": "b.txt", "inherited": True, "carried_by": 2}
    return pile(
        [
            Witness("a.txt", None, "", "original", ARTICLE),
            Witness("b.txt", "a.txt", "spun", text=COPY),
            Witness("c.txt", "b.txt", "edited", text=FARM),
        ],
        changes=[
            change(ours, copy, 1, "number", "40", "14", 0.9, carried_by=2),
            *(swap | {"n": n, "before": f"beams{n}"} for n in range(2, size + 2)),
            change(ours, farm, 1, "number", "40", "14", 0.9, **handed),
            change(copy, farm, 1, "name", "Lundgren", "Tuesday", 0.8),
        ],
    )


def test_words_of_a_wrong_sense_stand_below_the_facts_of_their_edge() -> None:
    """They are no style; of many the first are shown, more are folded, and what is left is counted."""
    page = Page(with_swaps(40))
    assert "words out of place 40 changes" in page.text
    assert "21 more" in page.text
    assert "10 further ones are in the table of changes" in page.text
    assert "Style" not in page.text
    assert {link for link in page.all("href") if link[1:] not in page.all("id")} == set()


def test_what_was_taken_over_is_folded_and_leads_to_where_it_entered() -> None:
    page = Page(with_swaps(1))
    text = page.text.split("Side by side")[-2]
    assert "Took over 1 matter of fact that entered before" in text
    assert re.search(r"grave 40 → 14 number, entered with b\.txt", text)
    assert text.count("The number becomes another.") == 1
    assert page.all("href").count("#family1-e1-edge") >= 2


def test_types_can_be_chosen_within_a_family() -> None:
    """What was taken over, and the gravest above, are chosen with the rest; they count where they entered, once."""
    page = Page(with_swaps(3))
    boxes = {attrs["value"]: attrs["data-count"] for tag, attrs in page.tags if attrs.get("data-count")}
    assert boxes == {"name": "1", "number": "1", "tortured": "3"}
    assert Counter(page.all("data-type")) == {"name": 2, "number": 3, "tortured": 3}


def test_changes_lead_to_their_places_and_back() -> None:
    """Each pair has anchors of its own."""
    page = Page(harbour())
    links, ids = set(page.all("href")), set(page.all("id"))
    assert {"#family1-e1-s1", "#family1-e1-c1", "#family1-e1-change1", "#family1-e1-pair"} <= links
    assert {"family1-e1-s1", "family1-e2-s1", "family1-e1-p1s", "family1-e2-p1s"} <= ids


def test_pairs_of_interest_come_first_and_are_folded() -> None:
    """The gravest change stands first; a pair that agrees to the word needs no reading."""
    page = Page(harbour())
    pairs = [attrs for tag, attrs in page.tags if tag == "details" and attrs.get("class") == "pair"]
    assert [attrs["id"] for attrs in pairs] == ["family1-e1-pair", "family1-e2-pair"]
    assert all("open" not in attrs for attrs in pairs)
    assert "Left out: 2 pairs of the same words." in page.text


def test_pairs_beyond_the_limit_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """How to see them is said, and nothing links to what is not there."""
    monkeypatch.setattr(readings, "PAIRS", 1)
    page = Page(harbour())
    assert "1 further pair for which there is no room here" in page.text
    assert "stemmata compare A B -o pair.html" in page.text
    assert "#family1-e2-pair" not in page.all("href")
    assert {link for link in page.all("href") if link[1:] not in page.all("id")} == set()


def test_the_page_keeps_to_its_size(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pair that would not fit is left out, a smaller one after it is not."""
    monkeypatch.setattr(readings, "SIZE", 20_000)
    assert len(Page(large(40)).html) < 400_000
    monkeypatch.setattr(readings, "SIZE", 100)
    assert "pair" not in Page(large(40)).all("class")


def test_edges_beyond_the_limit_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """The gravest are listed; nothing leads to those that are not."""
    monkeypatch.setitem(run_page.LIMITS, "edges", 1)
    source = ("a.txt", ARTICLE)
    changes = [change(source, (f"{i}.txt", COPY), 1, "number", "40", "14", i / 10) for i in range(4)]
    witnesses = [
        Witness("a.txt", None, "", "original", ARTICLE),
        *(Witness(f"{i}.txt", "a.txt", text=COPY) for i in range(4)),
    ]
    page = Page(pile(witnesses, changes=changes))
    assert "The lighter changes of 3 further copies are in the table of changes." in page.text
    assert [i for i in page.all("id") if i.endswith("-edge")] == ["family1-e4-edge"]
    assert {link for link in page.all("href") if link[1:] not in page.all("id")} == set()


def test_families_beyond_the_limit_stand_in_the_list_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_page, "FAMILIES", 0)
    page = Page(harbour())
    assert "family1" not in page.all("id")
    assert "Harbour bridge to be repaired" in page.text
    assert "The largest 0 are shown in full below." in page.text
    assert {link for link in page.all("href") if link[1:] not in page.all("id")} == set()


def test_a_list_of_families_is_not_endless(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not listed is counted."""
    monkeypatch.setattr(run_page, "FAMILIES", 1)
    monkeypatch.setattr(run_page, "LISTED", 2)
    pairs = [
        (Witness(f"{i}a.txt", None, "", "original", family=i), Witness(f"{i}b.txt", f"{i}a.txt", family=i))
        for i in "123"
    ]
    text = Page(pile([one for pair in pairs for one in pair])).text
    assert "The largest 1 are shown in full below. 1 smaller ones are not listed here." in text
    assert text.count("root") + text.count("original: ") == 2


def test_nothing_related_is_explained() -> None:
    """What was read and compared is said, why it did not match, and which pairs came closest."""
    text = Page(unrelated()).text
    for part in (
        "None of the 3 documents derives from another.",
        "1 pair was aligned word by word; the documents share too little.",
        "The closest pairs",
        "0.txt 1.txt none – 20% 10% 20% of the shorter text stands in both",
        "3 documents without a family",
    ):
        assert part in text


def test_nothing_read_is_said_with_its_reason() -> None:
    text = Page(unread()).text
    assert "Nothing could be read: 1 file was not read." in text
    assert "it ends in the middle of a page get the whole file. broken.pdf" in text


def test_an_undecided_root_accuses_no_one() -> None:
    """Neither text is called source or copy, and nothing entered with either."""
    page = Page(undecided())
    text = page.text.split("Side by side")[-2]
    assert "The root is unresolved: which of 2 texts came first could not be told." in text
    assert "The gravest difference is between a.txt and b.txt" in text
    assert "The direction is unknown: a.txt stands first, and may be the later text." in text
    assert not re.search(r"[Ee]ntered|left out|\badded\b", text)
    assert "bracket" in page.all("class")


def test_what_a_lost_source_hides_is_said() -> None:
    text = Page(lost()).text
    assert "The original is not here." in text
    assert "What 2 copies changed is not known, since the source is not here" in text
    assert "One copy changed nothing in what it took over: c.txt" in text
    assert "not here" in text


def test_large_families_fold_what_is_alike() -> None:
    """Many equal copies are one node of the drawing; the list names every one."""
    witnesses = [Witness("d0", None, "", "original"), *(Witness(f"d{i}", "d0", "verbatim") for i in range(1, 41))]
    page = Page(pile(witnesses))
    assert "+ 37 verbatim copies" in page.text
    assert "#family1-members" in page.all("href")
    assert {f"family1-m{i}" for i in range(1, 42)} <= set(page.all("id"))


def test_how_it_was_computed_can_be_repeated() -> None:
    """Options that differ from their defaults come first; then times, rows and the command."""
    text = Page(harbour()).text
    chosen, others = text.index("pairs.neighbours 9"), text.index("pairs.verified 6")
    assert text.index("Chosen for this run") < chosen < text.index("The others, which have their defaults") < others
    for part in ("stemmata trace harbour/ -o run", "stemmata 0.2.0", "alignments a passage in both 4 0.034"):
        assert part in text


def test_each_text_runs_its_own_way() -> None:
    """Titles and paragraphs find their direction themselves, in the language of their document."""
    arabic = "أعلنت البلدية يوم الثلاثاء إغلاق الجسر القديم حتى نهاية الشتاء."
    row = {"language": "ar", "title": "الجسر القديم"}
    source, copy = ("a.txt", arabic), ("b.txt", arabic.replace("الثلاثاء", "الأربعاء"))
    page = Page(
        pile(
            [Witness("a.txt", None, "", "original", arabic, row=row), Witness("b.txt", "a.txt", text=copy[1], row=row)],
            changes=[change(source, copy, 1, "date", "الثلاثاء", "الأربعاء", 0.9)],
        )
    )
    headings = [attrs for tag, attrs in page.tags if tag == "h2" and attrs.get("id") == "family1-title"]
    assert [(attrs["lang"], attrs["dir"]) for attrs in headings] == [("ar", "auto")]
    assert {attrs.get("lang") for tag, attrs in page.tags if tag == "div" and attrs.get("data-doc")} == {"ar"}
    readings_ = [attrs for _, attrs in page.tags if str(attrs.get("class")).startswith("reading ")]
    assert {attrs.get("lang") for attrs in readings_} == {"ar"}


def test_the_same_run_gives_the_same_page() -> None:
    assert Page(harbour()).html == Page(harbour()).html
