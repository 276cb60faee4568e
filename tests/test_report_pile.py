"""What came in, what it came to, and why nothing matched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pytest

from stemmata.report.pile import Pile, closest, explain, headline, outside, remark
from stemmata.report.room import Room
from stemmata.traced import Trace
from tests.test_report_example import ARTICLE
from tests.test_report_run_example import OPTIONS, Witness, change, harbour, pile

BROKEN = {"uri": "broken.pdf", "reason": "it ends in the middle of a page", "mend": "get the whole file."}
LONG = (
    "Rain fell on the harbour all night, and the ferry stayed where it was until the harbour office rang the bell. " * 3
)


def read(trace: Trace) -> Pile:
    return Pile(Room(trace))


def loners(count: int, text: str = LONG) -> list[Witness]:
    return [Witness(f"{i}.txt", role="", text=text) for i in range(count)]


def unrelated(*coverages: float, kind: str = "none") -> list[dict[str, Any]]:
    measured: dict[str, Any] = {"kind": kind, "extent": None, "confidence": 0.9, "evidence": []}
    return [
        {"a": "0.txt", "b": f"{i}.txt", "coverage_a": c, "coverage_b": 0.0, **measured}
        for i, c in enumerate(coverages, 1)
    ]


COPIES = [Witness("a.txt", None, "", "original", LONG), Witness("b.txt", "a.txt", text=LONG)]


@pytest.mark.parametrize(
    ("witnesses", "skipped", "says"),
    [
        ([], [], "Nothing was there to read."),
        ([], [BROKEN], "Nothing could be read: 1 file was not read."),
        (loners(1), [], "There is nothing to compare: only one document was read."),
        (loners(1), [BROKEN] * 2, "There is nothing to compare: only one document was read; 2 files were not read."),
        (
            loners(1),
            [BROKEN, *({**BROKEN, "uri": f"table.csv#{n}"} for n in (2, 3))],
            "There is nothing to compare: only one document was read; 1 file and 2 parts of files were not read.",
        ),
        ([], [{**BROKEN, "uri": "table.csv#1"}], "Nothing could be read: 1 part of a file was not read."),
        (loners(3), [], "None of the 3 documents derives from another."),
        (COPIES, [], "Both documents belong to one family."),
        (
            [*COPIES, *loners(1)],
            [BROKEN],
            "2 of 3 documents belong to one family; 1 stands alone; 1 file was not read.",
        ),
    ],
)
def test_the_first_sentence_says_what_was_found(
    witnesses: Sequence[Witness], skipped: Iterable[dict[str, str]], says: str
) -> None:
    assert headline(read(pile(witnesses, skipped=skipped))) == says


def test_facts_that_were_altered_and_open_roots_are_remarked() -> None:
    assert remark(read(harbour())) == "In one family a matter of fact was altered on the way, gravely."
    assert remark(read(pile(COPIES))) == "No matter of fact was found to be altered on the way."
    assert remark(read(pile(loners(2)))) == ""
    open_root = [Witness("a.txt", role="unresolved"), Witness("b.txt", role="unresolved", via="a.txt")]
    assert remark(read(pile(open_root))).endswith("The original of one family could not be told, or is not here.")


def test_grave_families_are_counted_among_the_altered() -> None:
    others = [
        Witness("c.txt", None, "", "original", LONG, family="cc"),
        Witness("d.txt", "c.txt", text=LONG, family="cc"),
    ]
    changes = [
        change((one, LONG), (other, LONG), 1, "number", "Rain", "Rain", severity)
        for one, other, severity in (("a.txt", "b.txt", 0.9), ("c.txt", "d.txt", 0.5))
    ]
    says = "In 2 families a matter of fact was altered on the way, in 1 gravely."
    assert remark(read(pile([*COPIES, *others], changes=changes))) == says


@pytest.mark.parametrize(
    ("trace", "says"),
    [
        (pile(loners(1)), []),
        (
            pile(loners(3)),
            ["No two documents share 6 runs of five words, or of five function words, names and figures."],
        ),
        (
            pile(loners(3), relations=unrelated(0.2, 0.4)),
            ["2 pairs were aligned word by word; the documents share too little."],
        ),
        (
            pile(loners(2), relations=unrelated(0.2, kind="edited")),
            [
                "1 pair was aligned word by word; the documents share passages, "
                "but no two of them enough to make a family."
            ],
        ),
        (
            pile(loners(2, "Rain fell."), relations=unrelated(0.2)),
            [
                "1 pair was aligned word by word; the documents share too little.",
                "2 documents of fewer than 25 words are too short for what they share to be told from chance.",
            ],
        ),
    ],
)
def test_why_nothing_matched_is_said(trace: Trace, says: list[str]) -> None:
    assert explain(read(trace), OPTIONS) == says


def test_the_closest_pairs_come_first() -> None:
    rows = closest(pile(loners(4), relations=unrelated(0.2, 0.4, 0.3)))
    assert [row["b"] for row in rows] == ["2.txt", "3.txt", "1.txt"]


def test_words_are_counted_and_values_tallied() -> None:
    """The commonest first; rare ones summed up, and what is not known counted as such."""
    witnesses = [Witness(f"{i}.txt", role="", row={"site": site}) for i, site in enumerate([*"aab", *"cdefghi", None])]
    found = read(pile(witnesses))
    assert found.tally("site") == [
        ("a", 2),
        ("b", 1),
        ("c", 1),
        ("d", 1),
        ("e", 1),
        ("f", 1),
        ("3 other sites", 3),
        ("not known", 1),
    ]
    assert found.tally("author") == []
    assert found.count("site") == 9
    assert found.documents["words"][0].as_py() == 14


def test_inputs_that_were_not_read_are_grouped_by_reason() -> None:
    empty = [{"uri": f"{i}.txt", "reason": "it holds no text", "mend": "check it."} for i in range(3)]
    assert read(pile([], skipped=[BROKEN, *empty])).refusals == [
        ("it holds no text", "check it.", ["0.txt", "1.txt", "2.txt"]),
        ("it ends in the middle of a page", "get the whole file.", ["broken.pdf"]),
    ]


def test_pairs_outside_the_families_are_look_alikes_or_share_passages() -> None:
    """A page that mixes two families is in one of them, and its other relation stands here."""
    mixed = [*unrelated(0.4, kind="edited"), {**unrelated(0.7, kind="template")[0], "b": "2.txt"}]
    trace = pile([*COPIES, *loners(3, ARTICLE)], relations=mixed)
    alike, shared = outside(trace, Room(trace).register.home)
    assert [(row["a"], row["b"]) for row in alike] == [("0.txt", "2.txt")]
    assert [(row["a"], row["b"]) for row in shared] == [("0.txt", "1.txt")]
