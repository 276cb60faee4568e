"""What is blacked out is gone, what is shared is there, and nothing that was found tells more than both."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from stemmata import schemas
from stemmata.redaction import BLOCK, WITHHELD, redact, withhold_direction

A = "The mill burned on Monday. Olga Renn saw it."
B = "Nobody knew why. The mill burned on Sunday."
PASSAGE = (0, 26, 17, 43)  # the sentence on the mill
MONDAY, SUNDAY = (19, 25), (36, 42)


def document(doc: str, text: str, **known: Any) -> dict[str, Any]:
    """A row of documents."""
    return {"doc": doc, "text": text, "sha256": "0" * 64, **known}


def change(source: tuple[int, int], copy: tuple[int, int], says: str, **other: Any) -> dict[str, Any]:
    """A row of changes between A and B, with its readings as they stand there."""
    spans = dict(zip(("source_start", "source_end", "copy_start", "copy_end"), (*source, *copy), strict=True))
    row = {"before": A[slice(*source)], "after": B[slice(*copy)], "type": "date", "factual": True, "severity": 0.9}
    fixed = {"source": "a", "copy": "b", "oriented": True, "inherited": False, "carried_by": 0}
    return {**row, **fixed, **spans, "says": says, **other}


def tables(
    changes: list[dict[str, Any]] | None = None,
    kind: str = "edited",
    texts: tuple[str, str] = (A, B),
    span: tuple[int, int, int, int] = PASSAGE,
    **known: Any,
) -> dict[str, pa.Table]:
    """What was found about two documents that share one passage, and names what is not shared in a reason."""
    spans = dict(zip(("a_start", "a_end", "b_start", "b_end"), span, strict=True))
    passage = {"a": "a", "b": "b", "rank": 1, **spans, "matched": 5, "identity": 0.8, "kind": kind, "confidence": 0.9}
    reason = {"reason": "a name stands in the source only", "points": 0.7, "examples": ["Olga Renn"]}
    verdict = {"a": "a", "b": "b", "verdict": "copy", "source": "a", "copy": "b", "via_lost": 0.1, "confidence": 0.7}
    return {
        "documents": schemas.DOCUMENTS.table([document("a", texts[0], **known), document("b", texts[1])]),
        "alignments": schemas.ALIGNMENTS.table([{**passage, "role": "reuse", "moved": False, "edits": []}]),
        "directions": schemas.DIRECTIONS.table([{**verdict, "evidence": [reason]}]),
        "changes": schemas.CHANGES.table({**row, "n": n} for n, row in enumerate(changes or [], 1)),
        "notes": schemas.NOTES.empty(),
    }


def test_what_is_not_shared_becomes_blocks_and_is_counted() -> None:
    told = redact(tables())
    assert told["documents"]["text"].to_pylist() == [A[:26] + BLOCK * 18, BLOCK * 17 + B[17:]]
    assert told["documents"]["words"].to_pylist() == [9, 8]
    assert told["notes"].to_pylist() == [
        {"stage": "evidence", "what": "signs outside shared passages, blacked out", "count": 35}
    ]


def test_wording_that_texts_on_one_subject_share_is_not_shared_text() -> None:
    assert redact(tables(kind="none"))["documents"]["text"].to_pylist() == [BLOCK * len(A), BLOCK * len(B)]


@given(st.text(), st.text(), st.data())
def test_no_sign_outside_a_passage_survives_but_line_ends(a: str, b: str, data: st.DataObject) -> None:
    """And none within is touched; the slow twin looks at every sign."""
    ends = [sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2))) for text in (a, b)]
    span = (ends[0][0], ends[0][1], ends[1][0], ends[1][1])
    told = redact(tables(texts=(a, b), span=span))["documents"]["text"].to_pylist()
    for text, (start, end), found in zip((a, b), ends, told, strict=True):
        kept = [sign if start <= at < end or sign in "\r\n" else BLOCK for at, sign in enumerate(text)]
        assert found == "".join(kept)


def test_a_change_within_the_passages_is_told() -> None:
    told = redact(tables([change(MONDAY, SUNDAY, "The date “Monday” becomes “Sunday”.")]))["changes"].to_pylist()
    assert [(row["before"], row["after"], row["says"]) for row in told] == [
        ("Monday", "Sunday", "The date “Monday” becomes “Sunday”.")
    ]


def test_a_reading_outside_of_them_is_blacked_out_and_its_sentence_left_out() -> None:
    told = redact(tables([change((27, 44), (43, 43), "Left out: “Olga Renn saw it.”.")]))["changes"].to_pylist()
    assert [(row["before"], row["after"], row["says"]) for row in told] == [(BLOCK * 17, "", "")]
    half = redact(tables([change((19, 36), SUNDAY, "Other words.")]))["changes"].to_pylist()
    assert [(row["before"], row["after"], row["says"]) for row in half] == [(BLOCK * 17, "Sunday", "")]


def test_a_sentence_that_quotes_more_than_the_passages_hold_is_left_out() -> None:
    """Though the change itself lies within them; a quotation may be shortened."""
    told = redact(
        tables(
            [
                change(MONDAY, SUNDAY, "“Monday” becomes “Sunday”, as “Olga Renn” says."),
                change(MONDAY, SUNDAY, "“The mill burned…” on another day."),
            ]
        )
    )["changes"].to_pylist()
    assert [row["says"] for row in told] == ["", "“The mill burned…” on another day."]
    assert {row["before"] for row in told} == {"Monday"}


def test_titles_and_credits_stay_only_where_the_passages_hold_them() -> None:
    known: dict[str, Any] = {
        "title": "The mill\nburned",
        "attribution": "Olga Renn",
        "group": "secret",
        "author": "R. Vane",
    }
    row = redact(tables(**known))["documents"].to_pylist()[0]
    assert (row["title"], row["attribution"], row["group"], row["author"]) == (
        "The mill\nburned",
        None,
        None,
        "R. Vane",
    )


def test_what_a_page_hid_and_examples_of_reasons_are_left_out() -> None:
    hidden = [{"offset": 3, "what": "white on white", "text": "buy now"}]
    says = "The source hides 2 words here that no reader sees (white on white): “buy now”."
    told = redact(tables([change((3, 3), (20, 20), says, type="disguised")], hidden=hidden))
    assert told["documents"]["hidden"].to_pylist() == [None, None]
    assert told["changes"].num_rows == 0
    assert told["notes"]["what"].to_pylist()[-1] == "stretches of text hidden by a page, left out"
    (reason,) = told["directions"]["evidence"][0].as_py()
    assert reason == {"reason": "a name stands in the source only", "points": 0.7, "examples": []}


def test_a_direction_that_is_left_out_leaves_no_sentence_that_runs_one_way() -> None:
    """Nor words out of place, which are a copy's; the texts stay."""
    rows = [change(MONDAY, SUNDAY, "“Monday” becomes “Sunday”."), change(MONDAY, SUNDAY, "Odd.", type="tortured")]
    told = withhold_direction(tables(rows))
    (direction,) = told["directions"].to_pylist()
    assert (direction["verdict"], direction["source"], direction["copy"]) == (WITHHELD, None, None)
    assert direction["evidence"] == []
    assert [(row["type"], row["says"]) for row in told["changes"].to_pylist()] == [("date", ""), ("wording", "")]
    assert told["documents"]["text"].to_pylist() == [A, B]
