"""The page: self-contained, safe, whole, and every link in it leads somewhere."""

from __future__ import annotations

import base64
import hashlib
import os
import random
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from stemmata import schemas
from stemmata.documents import Text
from stemmata.errors import FolderError
from stemmata.report.html import render_html
from stemmata.traced import Trace
from stemmata.tracing import compare
from tests.articles import FERRY
from tests.test_report_example import edits, example, pair, with_tables

VOID = {"meta", "input", "link", "br", "hr", "img"}


class Page(HTMLParser):
    """Read a page as a browser would, and refuse what is not well formed."""

    def __init__(self, shown: Trace | str) -> None:
        super().__init__()
        self.html = shown if isinstance(shown, str) else render_html(shown)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.pieces: list[str] = []
        self.feed(self.html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in ("style", "script"):
            self.pieces.append(data)

    @property
    def text(self) -> str:
        """What a reader sees, on one line."""
        return " ".join(" ".join(self.pieces).split())

    def all(self, attribute: str) -> list[str]:
        """Every value of an attribute, in order."""
        return [value for _, attrs in self.tags if (value := attrs.get(attribute)) is not None]


LIMITS = {"decide": 0.8, "decide_uncounted": 0.85, "decide_rewritten": 0.95}


def strangers() -> Trace:
    return pair({"one.txt": "Rain fell all night.", "two.txt": "The market opens at nine."})


def nothing() -> Trace:
    row = {"uri": "farm.txt", "reason": "it holds no text", "mend": "check that it is the right file."}
    return with_tables(
        example(),
        relations=schemas.RELATIONS.empty(),
        documents=example().documents.slice(0, 1),
        skipped=schemas.SKIPPED.table([row]),
    )


TRACES = pytest.mark.parametrize(
    "trace",
    [example(), example(0.8, 0.7), strangers(), nothing()],
    ids=["spun", "lost", "strangers", "nothing"],
)


@TRACES
def test_page_is_well_formed_and_its_links_lead_somewhere(trace: Trace) -> None:
    """Tags are balanced, ids stand once, and every anchor has its place."""
    page = Page(trace)
    ids = page.all("id")
    assert len(ids) == len(set(ids))
    assert {link for link in page.all("href") if link[1:] not in ids} == set()


@TRACES
def test_page_loads_nothing(trace: Trace) -> None:
    assert_it_loads_nothing(Page(trace))


def assert_it_loads_nothing(page: Page) -> None:
    """No address stands anywhere that a browser fetches from, and no style stands in an attribute."""
    assert all(link.startswith("#") for link in page.all("href"))
    assert page.all("src") == page.all("style") == []
    assert not re.search(r"url\(|@import|https?://", page.html)


def test_policy_allows_the_page_its_own_style_and_script_only() -> None:
    page = Page(example())
    assert_its_policy_fits(page)
    assert not [name for _, attrs in page.tags for name in attrs if name.startswith("on")]


def assert_its_policy_fits(page: Page) -> None:
    """The policy's digests are those of what stands between the tags, and nothing else may run."""
    policy = next(attrs["content"] for tag, attrs in page.tags if attrs.get("http-equiv"))
    assert policy is not None
    assert policy.startswith("default-src 'none';")
    for tag in ("style", "script"):
        (inside,) = re.findall(rf"<{tag}>(.*?)</{tag}>", page.html, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


def test_sections_follow_in_the_order_of_a_reading() -> None:
    page = Page(example())
    ids = [i for i in page.all("id") if i in ("verdict", "direction", "changes", "reading", "method")]
    assert ids == ["verdict", "direction", "changes", "reading", "method"]
    assert "farm.txt is a spun copy of bridge.txt ." in page.text
    assert "95% of 162 words lie in shared passages" in page.text


def test_passages_lead_to_one_another() -> None:
    """The number of a passage is a plain link to its counterpart, both ways."""
    links = {attrs["id"]: attrs["href"] for tag, attrs in Page(example()).tags if tag == "a" and attrs.get("id")}
    for rank in range(1, 6):
        assert links[f"p{rank}s"] == f"#p{rank}c"
        assert links[f"p{rank}c"] == f"#p{rank}s"


def test_changes_lead_to_their_places_and_back() -> None:
    page = Page(example())
    assert {"#s1", "#c1", "#change1"} <= set(page.all("href"))
    assert {"s1", "c1", "change1", "s10", "c10"} <= set(page.all("id"))


def test_marks_are_told_by_more_than_colour() -> None:
    """Words left out and added have elements of their own; every mark has a line of its own in the style."""
    page = Page(example())
    assert {"del", "ins"} <= {tag for tag, _ in page.tags}
    style = page.html.split("<style>")[1].split("</style>")[0]
    for op in ("substitute", "insert", "delete", "only", "restyle", "move", "fact"):
        assert re.search(rf"^\.{op} {{[^}}]*text-decoration: (underline|line-through)", style, re.MULTILINE), op


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2, 1.4.3)."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_every_colour_of_text_can_be_read(scheme: int) -> None:
    """Text keeps the ratio of 4.5 to 1 to what it stands on, by day and by night."""
    style = render_html(strangers()).split("<style>")[1]
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", re.findall(r":root {(.*?)}", style, re.DOTALL)[scheme]))
    on_paper = ("ink", "muted", "accent", "grave", "notable", "minor", *(f"hue{i}" for i in range(6)))
    for name in on_paper:
        assert contrast(colours[name], colours["paper"]) >= 4.5, name
    for ground in ("swap", "add", "drop", "faint"):
        assert contrast(colours["ink"], colours[ground]) >= 4.5, ground
        assert contrast(colours["muted"], colours[ground]) >= 4.5, ground


def test_furniture_is_labelled() -> None:
    page = Page(example())
    assert page.text.count("3 page furniture") == 2
    assert "1 passage of page furniture" in page.text


def test_reasons_add_up() -> None:
    """Every reason has its points, and their sum stands beside the confidence."""
    text = Page(example()).text
    for points in ("+1.60", "+0.70", "+0.50", "−0.20"):
        assert points in text
    assert "+2.60 together: 93% that bridge.txt came first" in text


def test_lost_source_is_said() -> None:
    text = Page(example(via_lost=0.8)).text
    assert "farm.txt derives from the text that bridge.txt also carries" in text
    assert "The source itself is probably not here (80%)" in text


def test_direction_unknown_accuses_no_one() -> None:
    """Nothing is called source, copy, left out or added where the direction is not known."""
    texts = {"a": "At nine it rained in the town.", "b": "At nine it rained hard in town."}
    passage = {"a_start": 0, "a_end": 30, "b_start": 0, "b_end": 31}
    page = Page(
        pair(
            texts,
            passages=[{**passage, "edits": edits(texts["a"], texts["b"], passage)}],
            relation={"kind": "edited", "extent": "whole", "coverage_a": 1.0, "coverage_b": 1.0},
        )
    )
    assert not {"del", "ins"} & {tag for tag, _ in page.tags}
    assert not re.search(r"\bleft out\b|\badded\b", page.text.split("How this was computed")[0])
    assert "role" not in page.all("class")


def versions(**direction: object) -> Trace:
    """Two texts, word for word the same but for what the second adds."""
    texts = {"dawn.txt": "At nine it rained.", "dusk.txt": "At nine it rained. The ferry left."}
    return pair(
        texts,
        passages=[{"a_start": 0, "a_end": 18, "b_start": 0, "b_end": 18, "kind": "verbatim"}],
        relation={"kind": "verbatim", "extent": "whole", "coverage_a": 1.0, "coverage_b": 4 / 7},
        direction=direction,
    )


def test_words_outside_the_passages_are_not_passed_over() -> None:
    """Passages that agree word for word are not the whole of it where one text holds more."""
    text = Page(versions()).text
    assert "Outside them lie 0 words of dawn.txt and 3 words of dusk.txt" in text
    assert "Nothing:" not in text


def test_undecided_direction_says_which_text_is_which() -> None:
    text = Page(versions(verdict="contained")).text
    assert "The text does not decide it: one text lies within the other." in text
    assert re.search(r"a is dawn\.txt ?, b is dusk\.txt ?\.", text)


def test_two_copies_of_a_third_text_are_called_so_and_no_sureness_is_asked_for() -> None:
    """How sure a direction must be says nothing of two texts that have none."""
    reason = {"reason": "each keeps words of tide.txt (c)", "points": 0.0, "examples": ["c and a: rained | b: poured"]}
    trace = versions(verdict="common_source", evidence=[reason])
    trace.about = {
        **trace.about,
        "options": {"directions": {"decide": 0.8, "decide_uncounted": 0.85, "decide_rewritten": 0.95}},
    }
    text = Page(trace).text
    assert "dawn.txt and dusk.txt both derive from a third text; neither was made from the other." in text
    assert "each keeps words of tide.txt (c)" in text
    assert "c and a: rained | b: poured" in text
    assert "A direction needs" not in text


def test_sureness_that_a_direction_needs_is_that_of_the_run() -> None:
    """It is told from the options that the run records, and not at all where it records none."""
    trace = versions()
    assert "A direction needs" not in Page(trace).text
    trace.about = {
        **trace.about,
        "options": {"directions": {"decide": 0.8, "decide_uncounted": 0.85, "decide_rewritten": 0.95}},
    }
    assert (
        "A direction needs at least 80%, or 85% where no word pairs of the language were counted; where only"
        in Page(trace).text
    )
    assert "at least 95%" in Page(trace).text


def test_reasons_without_points_have_neither_figure_nor_bar() -> None:
    """Bars are drawn against one point at the least, so that next to nothing looks like it."""
    remark = {"reason": "no list of words is at hand", "points": 0.0, "examples": []}
    little = {"reason": "a rarer word", "points": 0.1, "examples": []}
    page = Page(versions(evidence=[remark, little]))
    assert [attrs["width"] for tag, attrs in page.tags if tag == "rect" and attrs.get("class") == "for"] == ["5.0"]
    assert "+0.10 a rarer word" in page.text
    assert "no list of words is at hand" in page.text
    assert "Points" not in Page(versions(evidence=[remark])).text


def test_what_the_caller_said_is_said_plainly() -> None:
    reason = {"reason": "the caller says so", "points": 6.9, "examples": []}
    text = Page(versions(verdict="copy", source="dawn.txt", copy="dusk.txt", evidence=[reason])).text
    assert "+6.90 you said so (--copy)" in text


@pytest.mark.parametrize("seed", range(12))
def test_a_condensed_copy_is_read_beside_its_source(seed: int) -> None:
    """Of whatever sentences of the article's second half a copy is made, its page is whole."""
    sentences = re.split(r"(?<=[.!?])\s+", FERRY)
    chance = random.Random(seed)
    condensed = " ".join(s for s in sentences[len(sentences) // 2 :] if chance.random() < 0.6)
    page = Page(compare(Text(FERRY, doc="a"), Text(condensed, doc="b"), copy="b"))
    ids = page.all("id")
    assert "reading" in ids
    assert {link for link in page.all("href") if link[1:] not in ids} == set()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_report_replaces_files_only(tmp_path: Path) -> None:
    """A pipe, or what else is no file, stays as it is, also behind a link."""
    pipe, link = tmp_path / "pipe", tmp_path / "link"
    os.mkfifo(pipe)
    link.symlink_to(pipe)
    for path in (pipe, link):
        with pytest.raises(FolderError, match="not a file"):
            example().report(path)
    assert pipe.is_fifo()
    assert link.is_symlink()


def test_report_is_written_through_a_link(tmp_path: Path) -> None:
    page, link = tmp_path / "page.html", tmp_path / "link.html"
    page.write_text("old", encoding="utf-8")
    link.symlink_to(page)
    assert example().report(link) == link
    assert link.is_symlink()
    assert page.read_text("utf-8").startswith("<!doctype html>")


def test_strangers_are_read_side_by_side_all_the_same() -> None:
    page = Page(strangers())
    assert "one.txt and two.txt have nothing in common ." in page.text.replace("common.", "common .")
    assert "Rain fell all night." in page.text
    assert "direction" not in page.all("id")


def test_nothing_read_is_said_with_its_reason() -> None:
    text = Page(nothing()).text
    assert "no two documents could be compared" in text
    assert "Only 1 of the two could be read." in text
    assert "farm.txt : it holds no text check that it is the right file." in text


def test_how_it_was_computed_can_be_repeated() -> None:
    """Version, command, options, rows, seconds and digests of the inputs stand at the end."""
    trace = example()
    text = Page(trace).text
    for part in (
        "stemmata compare bridge.txt farm.txt",
        "stemmata 0.1.0",
        "documents.limit_bytes 1000000",
        "alignments a passage in both 5 0.034",
        trace.documents.column("sha256")[0].as_py(),
        "alignments: passages under 20 words 3",
    ):
        assert part in text


def test_hostile_texts_stay_text() -> None:
    """Markup, control signs and overrides in texts, ids, titles and reasons are shown as they stand."""
    evil = "\"'><script>alert(1)</script>\x1b\N{RIGHT-TO-LEFT OVERRIDE}{{ 7 * 7 }}"
    page = Page(
        pair(
            {evil: f"Rain {evil} fell.", "b": "Rain fell."},
            passages=[{"a_start": 0, "a_end": 4, "b_start": 0, "b_end": 4}],
            relation={"kind": "edited", "extent": "whole"},
            direction={
                "verdict": "copy",
                "source": "b",
                "copy": evil,
                "evidence": [{"reason": evil, "points": 1.0, "examples": [evil]}],
            },
            documents={evil: {"title": evil, "language": '"><b>', "author": evil}},
        )
    )
    assert [tag for tag, _ in page.tags].count("script") == 1
    assert "<script>alert" not in page.html
    assert "49" not in page.text
    assert not {"\x1b", "\N{RIGHT-TO-LEFT OVERRIDE}"} & set(page.html)


def test_each_text_runs_its_own_way() -> None:
    """Paragraphs find their direction themselves, in the language of their document."""
    texts = {"a": "أعلنت البلدية يوم الثلاثاء إغلاق الجسر.", "b": "市政府星期二宣布关闭旧桥。"}
    page = Page(pair(texts, documents={"a": {"language": "ar"}, "b": {"language": "zh"}}))
    cells = [attrs.get("lang") for tag, attrs in page.tags if tag == "div" and attrs.get("data-doc")]
    assert cells == ["ar", "zh"]
    paragraphs = [attrs for tag, attrs in page.tags if tag == "p" and attrs.get("dir") == "auto"]
    assert len(paragraphs) == 2


def test_long_list_of_style_is_cut_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the list leaves out is said, with where to find it."""
    monkeypatch.setattr("stemmata.report.comparison_page.LISTED", 2)
    page = Page(example())
    assert "2 further changes of style are in the table of changes" in page.text
    assert "s9" not in page.all("id")


def entries(page: Page) -> list[str]:
    """The types of the changes as they are listed."""
    return page.all("data-type")


def test_changes_stand_in_groups_style_last_and_in_one_line() -> None:
    """Facts by level, then words out of place, each under a title that counts; style is folded."""
    page = Page(example())
    assert entries(page)[:6] == ["number", "negation", "name", "attribution", "hedge", "tortured"]
    assert sorted(entries(page)[6:]) == ["moved", "restyled", "wording", "wording"]
    titles = ["grave 3 matters of fact", "notable 1 matter of fact", "minor 1 matter of fact"]
    titles += ["words out of place 1 change", "Style, not judged: 2 reworded, 1 moved and 1 restyled"]
    places = [page.text.find(title) for title in titles]
    assert -1 not in places
    assert places == sorted(places)


def test_every_listed_change_leads_to_its_place_in_both_texts() -> None:
    """Also words out of place and style; where the words stand their marks know the change."""
    page = Page(example())
    for n in range(1, 11):
        assert {f"#s{n}", f"#c{n}"} <= set(page.all("href"))
        assert {f"s{n}", f"c{n}"} <= set(page.all("id"))
    marked = {number for numbers in page.all("data-change") for number in numbers.split()}
    assert marked == {str(n) for n in range(1, 11)}


def test_types_can_be_chosen_where_the_script_runs() -> None:
    """The choice is hidden until then; every type has its box, with how many changes it has."""
    page = Page(example())
    (choice,) = (attrs for tag, attrs in page.tags if tag == "fieldset")
    assert "hidden" in choice
    boxes = {attrs["value"]: attrs["data-count"] for tag, attrs in page.tags if attrs.get("data-count")}
    assert list(boxes)[:1] == ["attribution"]
    assert boxes["wording"] == "2"
    assert set(boxes) == set(entries(page))
    assert not [attrs for _, attrs in page.tags if attrs.get("data-type") and "hidden" in attrs]


def swapped(before: str, after: str, times: int, type_: str = "tortured") -> Trace:
    """The example with nothing but one swap, made several times."""
    row = {"type": type_, "before": before, "after": after, "factual": False, "severity": 0.3, "says": "So it is."}
    first = example().changes.to_pylist()[0]
    rows = [first | row | {"n": n, "source_start": n, "source_end": n + 1} for n in range(1, times + 1)]
    return with_tables(example(), changes=schemas.CHANGES.table(rows))


def test_a_word_swapped_often_is_one_entry_that_leads_to_all_places() -> None:
    page = Page(swapped("troops", "soldiers", 12))
    assert entries(page) == ["tortured"]
    assert "troops → soldiers also 2 3 4 5 6 7 8 9 and 3 further places" in page.text
    assert {f"#c{n}" for n in range(1, 10)} <= set(page.all("href"))
    assert "fieldset" not in {tag for tag, _ in page.tags}, "of one type there is nothing to choose"


def test_disguises_say_what_was_done() -> None:
    page = Page(swapped("pay", "pаy", 1, "disguised"))
    assert re.search(r"disguised 1 change .* pay → pаy So it is\.", page.text)


def test_of_many_changes_the_first_are_shown_and_all_others_folded() -> None:
    """None is dropped, and the fold says how many it holds."""
    first = example().changes.to_pylist()[0]
    rows = [first | {"n": n, "before": f"{n}", "severity": 0.9 - n / 1000} for n in range(1, 101)]
    page = Page(with_tables(example(), changes=schemas.CHANGES.table(rows)))
    assert "grave 100 matters of fact" in page.text
    assert "88 more that are grave" in page.text
    assert {f"change{n}" for n in range(1, 101)} <= set(page.all("id"))
    inside = page.html.split("88 more that are grave")[1]
    assert 'id="change12"' not in inside
    assert 'id="change13"' in inside


def test_trace_put_together_by_hand_needs_no_record() -> None:
    trace = example()
    page = render_html(Trace({name: getattr(trace, name) for name in schemas.BY_NAME}))
    assert "To repeat it" not in page
    assert "swing bridge in Vessby" in page
