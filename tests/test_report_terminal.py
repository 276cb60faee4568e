"""The terminal's answer."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from stemmata import schemas
from stemmata.report import grouped
from stemmata.report.terminal import render_verdict
from stemmata.traced import Trace
from tests.test_report_example import example, pair, with_tables


def shown(
    trace: Trace, width: int = 100, terminal: bool | None = None, types: Sequence[str] = (), **written: Path
) -> str:
    console = Console(file=io.StringIO(), width=width, force_terminal=terminal)
    return render_verdict(trace, console, types=types, **written)


def with_changes(*rows: Mapping[str, Any]) -> Trace:
    """The example with other changes, all at the same place."""
    first = example().changes.to_pylist()[0]
    table = schemas.CHANGES.table(first | {"n": n} | dict(row) for n, row in enumerate(rows, 1))
    return with_tables(example(), changes=table)


def swap(before: str, after: str, type_: str = "tortured") -> dict[str, Any]:
    return {"type": type_, "before": before, "after": after, "factual": False, "severity": 0.3, "says": f"{after}!"}


def test_verdict_comes_first() -> None:
    """The first words are one plain sentence."""
    assert shown(example()).strip().splitlines()[0].strip() == "farm.txt is a spun copy of bridge.txt."


def test_facts_follow_in_the_order_of_what_a_reader_asks() -> None:
    """Kind, extent, direction, coverage, reasons, changes, and last the report."""
    text = shown(example(), report=Path("report.html"), saved=Path("tables"))
    parts = (
        "Kind",
        "Extent",
        "Direction",
        "Coverage",
        "Why this direction",
        "What was changed",
        "Saved        tables",
        "Report       report.html",
    )
    assert sorted(map(text.index, parts)) == list(map(text.index, parts))
    assert "bridge.txt → farm.txt (very likely, 93%)" in text
    assert "95% of 162 words" in text


def test_reasons_show_points_and_examples_the_weightiest_first() -> None:
    """The three best reasons stand with their points; what the others add up to is said."""
    text = shown(example())
    assert text.index("+1.60  swapped words") < text.index("+0.70  intensifiers") < text.index("+0.50  page")
    assert "“costs” → “prices”" in text
    assert "−0.20  1 further reason" in text


def test_a_source_that_is_probably_lost_is_said_beside_the_direction() -> None:
    """From one half on, as in the sentence above it."""
    assert "The source itself is probably not here (80%)." in shown(example(via_lost=0.8))
    assert "not here" not in shown(example(via_lost=0.1))


def test_gravest_changes_come_first_and_style_is_one_line() -> None:
    """What was merely reworded is counted, not shown."""
    text = shown(example())
    assert text.index("“40” → “14”") < text.index("“will not be” → “will be closed”") < text.index("“about”")
    assert "left out “, according to the harbour office”" in text
    assert "The number of rusted beams was 40 and is 14." in text
    assert "What was changed: 5 matters of fact, 1 word out of place, 4 of style" in text
    assert "4        style        2 reworded, 1 moved and 1 restyled; not judged" in text
    assert "Bicyclists" not in text


def test_words_of_a_wrong_sense_are_a_compact_list_and_disguises_one_of_their_own() -> None:
    """The same swap stands once, with how often it was made; what is not shown is counted."""
    troops, pay = swap("troops", "soldiers"), swap("pay", "pаy", "disguised")
    others = [swap(f"word{n}", f"other{n}") for n in range(20)]
    text = " ".join(shown(with_changes(swap("fighter", "boxer"), troops, *others, troops, pay), 200).split())
    assert "23 tortured “troops” → “soldiers” ×2 · “fighter” → “boxer” · “word0” → “other0” · " in text
    assert "“word9” → “other9” · and 10 more 1 disguised “pay” → “pаy”" in text
    assert "What was changed: no matter of fact, 23 words out of place, 1 disguise" in text


def test_of_many_matters_of_fact_the_gravest_are_shown_and_the_others_counted_by_level() -> None:
    """And where to see them is said."""
    facts = [{"before": f"{n}", "severity": 0.9 - n / 20} for n in range(15)]
    text = shown(with_changes(*facts))
    assert "“7” → “14”" in text
    assert "“8” → “14”" not in text
    assert "and 7 more: 3 notable, 4 minor; --changes all lists them" in text


def test_chosen_types_are_listed_whole_amid_the_words_around_them() -> None:
    """Of fact as of style, in the order of reading; the other types are left out, and counted in the title."""
    text = shown(example(), types=["wording", "number", "attribution"])
    assert "What was changed, of type wording, number or attribution: 4 of 10 changes" in text
    order = [
        "…stated on Tuesday. Some 14 steel light beams have…",
        "1987, according to the harbour office, and the pivot",
    ]
    order += ["season months Bicyclists have actually requested…", "“old” → “aged”"]
    lines = " ".join(text.split())
    places = [lines.find(part) for part in order]
    assert -1 not in places
    assert places == sorted(places)
    assert "Lundgren" not in text
    assert "style" not in text


def test_all_types_are_all_changes() -> None:
    text = shown(example(), types=grouped.TYPES)
    assert "What was changed: 5 matters of fact, 1 word out of place, 4 of style" in text
    for change in example().changes.to_pylist():
        assert f"“{change['before']}”" in text


def test_where_no_change_is_of_the_types_it_is_said_what_there_is() -> None:
    text = shown(example(), types=["causal"])
    assert "What was changed, of type causal: none of 10 changes" in text
    plain = " ".join(text.split())
    assert "the others are: 1 attribution, 1 hedge, 1 name, 1 negation, 1 number, 1 tortured, 2 wording," in plain


def test_what_was_not_counted_is_said() -> None:
    """Furniture, notes and skipped inputs stand at the end."""
    skipped = schemas.SKIPPED.table([{"uri": "third.txt", "reason": "it is empty", "mend": "look at it."}])
    text = shown(with_tables(example(), skipped=skipped))
    assert "1 passage of page furniture, in both texts" in text
    assert "alignments: passages under 20 words (3)" in text
    assert "third.txt: it is empty" in text


def test_strangers_get_a_short_answer() -> None:
    """No coverage, direction or change is shown where there is nothing in common."""
    text = shown(pair({"one": "Rain fell.", "two": "The market opens at nine."}))
    assert "one and two have nothing in common." in text
    assert not any(title in text for title in ("Coverage", "Direction", "Which came first", "changed"))


def test_unknown_direction_is_not_dressed_up() -> None:
    """Without a source the texts differ; neither is said to have changed anything."""
    change = {"type": "number", "before": "9", "after": "8", "factual": True, "severity": 0.8, "says": "So."}
    spans = {"source_start": 3, "source_end": 4, "copy_start": 3, "copy_end": 4}
    text = shown(
        pair(
            {"a": "At 9 it rained.", "b": "At 8 it rained."},
            relation={"kind": "edited", "extent": "whole", "coverage_a": 1.0, "coverage_b": 1.0},
            changes=[{"source": "a", "copy": "b", "oriented": False, **change, **spans}],
        )
    )
    assert "Direction  not known" in text
    assert "What differs, a first: 1 matter of fact" in text
    assert text.index("a is a, b is b; changes run from a to b.") < text.index("What differs")


def test_reasons_without_points_are_remarks() -> None:
    """What weighs nothing has no figure, and does not push aside what weighs; what the caller said is said plainly."""
    text = shown(
        pair(
            {"a": "Rain fell.", "b": "Rain fell."},
            relation={"kind": "verbatim", "extent": "whole", "coverage_a": 1.0, "coverage_b": 1.0},
            direction={
                "verdict": "copy",
                "source": "a",
                "copy": "b",
                "evidence": [
                    {"reason": "no list of words is at hand", "points": 0.0, "examples": ["the list"]},
                    {"reason": "the caller says so", "points": 6.907, "examples": []},
                ],
            },
        )
    )
    assert text.index("+6.91  you said so (--copy)") < text.index("no list of words is at hand")
    assert "0.00" not in text


def test_nothing_read_is_said() -> None:
    assert "no two documents could be compared" in shown(with_tables(example(), relations=schemas.RELATIONS.empty()))


@pytest.mark.parametrize("width", [40, 60, 80, 200])
@pytest.mark.parametrize("types", [(), grouped.TYPES], ids=["usual", "all"])
def test_lines_keep_to_the_terminal(width: int, types: Sequence[str]) -> None:
    assert max(map(len, shown(example(), width, types=types).splitlines())) <= width


def test_lines_have_no_blank_ends_in_a_pipe() -> None:
    lines = shown(example()).split("\n")
    assert len(lines) > 20
    assert lines == [line.rstrip() for line in lines]


def test_no_colour_in_a_pipe() -> None:
    """Escape sequences are for terminals alone."""
    assert "\x1b" not in shown(example())
    assert "\x1b" in shown(example(), terminal=True)


def test_documents_cannot_paint_the_terminal() -> None:
    """Escapes, markup and overrides in a text, an id or a reason are shown, not obeyed."""
    evil = "\x1b[2J[bold red]x[/]\N{RIGHT-TO-LEFT OVERRIDE}\x00"
    text = shown(
        pair(
            {evil: "Rain fell.", "b": "Rain fell."},
            relation={"kind": "edited", "extent": "whole", "coverage_a": 1.0, "coverage_b": 1.0},
            direction={"evidence": [{"reason": evil, "points": 1.0, "examples": [evil]}]},
        )
    )
    assert not {"\x1b", "\x00", "\N{RIGHT-TO-LEFT OVERRIDE}"} & set(text)
    assert text.count("␛[2J[bold red]x[/]\ufffd␀") >= 3


def test_nor_can_what_stands_around_a_change() -> None:
    spans = {"source_start": 5, "source_end": 9, "copy_start": 5, "copy_end": 9}
    change = {"type": "wording", "before": "fell", "after": "came", "factual": False, "severity": 0.1, "says": "So."}
    text = shown(
        pair(
            {"a": "Rain fell \x1b[2J", "b": "\x1b[2J\x00came \N{RIGHT-TO-LEFT OVERRIDE}"},
            relation={"kind": "edited", "extent": "whole"},
            changes=[{"source": "a", "copy": "b", "oriented": False, **change, **spans}],
        ),
        types=["wording"],
    )
    assert "␛[2J␀came \ufffd" in text
    assert "\x1b" not in text


def test_bars_need_no_more_than_ascii() -> None:
    """Where the terminal has no block signs, bars are drawn with letters' signs."""
    buffer = io.TextIOWrapper(io.BytesIO(), encoding="ascii", errors="replace")
    assert "####" in render_verdict(example(), Console(file=buffer, width=100))
