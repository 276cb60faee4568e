"""The example that the tests of the report share: an article, its spun copy, and their trace."""

from __future__ import annotations

import difflib
import hashlib
import re
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from stemmata import schemas
from stemmata.report.findings import find
from stemmata.traced import Trace

ARTICLE = """Harbour bridge to be repaired before the winter

The old swing bridge in Vessby will be repaired before the first ice, the town council said on \
Tuesday. Some 40 steel beams have rusted through since 1987, according to the harbour office, and \
the pivot no longer turns freely.

“We should have done this years ago,” said Marta Lindqvist, the town's chief engineer. “A ship that \
cannot pass costs us more than any beam.” The work is expected to cost about 2.6 million kronor, a \
quarter of which the county will pay.

Related: Ferry timetable for the winter months

Cyclists have asked for a separate lane on the western side. The council did not reject the idea, \
but it may take until next spring to find the money.

During the repairs the bridge will not be closed to walkers. Small boats can pass at eight in the \
morning and at six in the evening; larger ships must wait until the first of November.
"""

COPY = """Harbour overpass to be fixed prior to the winter season

During the repair work the bridge will be closed to pedestrians. Small watercrafts can pass at 8 in \
the early morning and at six in the night; bigger ships must wait till the first of November.

The aged swing bridge in Vessby will certainly be fixed before the very first ice, the community \
council stated on Tuesday. Some 14 steel light beams have rusted through because 1987, and the pivot \
no longer turns easily.

“We must have done this years earlier,” claimed Marta Lundgren, the community's chief designer. “A \
ship that can not pass prices us greater than any light beam.” The job is anticipated to set you \
back around 2.6 million kronor, a quarter of which the area will pay. Related: Ferry schedule for \
the winter season months Bicyclists have actually requested for a separate lane on the western side. \
The council did not turn down the suggestion, however it may take up until next springtime to \
discover the money.

Leave a Reply. Your e-mail address will not be published.
"""

Row = Mapping[str, Any]


ABOUT = {
    "version": "0.1.0",
    "command": "stemmata compare bridge.txt farm.txt",
    "options": {"documents": {"limit_bytes": 1_000_000}, "alignments": {"gap": 60}},
    "seconds": {"documents": 0.012, "alignments": 0.034},
}


def with_tables(trace: Trace, **tables: pa.Table) -> Trace:
    """Return ``trace`` with other tables in place of its own."""
    return Trace({name: getattr(trace, name) for name in schemas.BY_NAME} | tables, about=trace.about)


def pair(
    texts: Mapping[str, str],
    *,
    passages: Sequence[Row] = (),
    relation: Row | None = None,
    direction: Row | None = None,
    changes: Sequence[Row] = (),
    documents: Mapping[str, Row] | None = None,
) -> Trace:
    """Build the trace of two texts; what is left out is that of two strangers."""
    a, b = sorted(texts)
    key = {"a": a, "b": b}
    found = {"kind": "none", "confidence": 0.99, "coverage_a": 0.0, "coverage_b": 0.0, "evidence": []}
    known = {"verdict": "unknown", "confidence": 0.5, "evidence": []}
    tables = {schema.name: schema.empty() for schema in schemas.TABLES + schemas.SIDE_TABLES}
    tables |= {
        "documents": schemas.DOCUMENTS.table(
            {
                "doc": doc,
                "text": text,
                "sha256": hashlib.sha256(text.encode()).hexdigest(),
                "language": "en",
                **(documents or {}).get(doc, {}),
            }
            for doc, text in texts.items()
        ),
        "pairs": schemas.PAIRS.table([key]),
        "alignments": schemas.ALIGNMENTS.table(
            key
            | {"rank": rank, "matched": 1, "identity": 0.8, "kind": "spun", "confidence": 0.9, "role": "reuse"}
            | {"moved": False, "edits": []}
            | dict(passage)
            for rank, passage in enumerate(passages, 1)
        ),
        "relations": schemas.RELATIONS.table([{**key, **found, **(relation or {})}]),
        "directions": schemas.DIRECTIONS.table([{**key, **known, **(direction or {})}]),
        "changes": schemas.CHANGES.table(
            {"oriented": True, "inherited": False, "carried_by": 1, "n": n, **change}
            for n, change in enumerate(changes, 1)
        ),
    }
    return Trace(tables, about=ABOUT)


def spans(a: str, b: str, a_words: str, b_words: str) -> dict[str, int]:
    """Return where the first and last words of a passage, written *first … last*, stand in both texts."""
    row = {}
    for side, text, words in (("a", a, a_words), ("b", b, b_words)):
        first, last = words.split(" … ")
        row[f"{side}_start"] = text.index(first)
        row[f"{side}_end"] = text.index(last, row[f"{side}_start"]) + len(last)
    return row


def edits(a: str, b: str, passage: Row) -> list[dict[str, int | str]]:
    """Return the word edits of a passage by the textbook's longest common subsequence."""
    words = {
        side: [
            (m.start() + passage[f"{side}_start"], m.end() + passage[f"{side}_start"], m.group().lower())
            for m in re.finditer(r"\w+", text[passage[f"{side}_start"] : passage[f"{side}_end"]])
        ]
        for side, text in (("a", a), ("b", b))
    }
    names = {"equal": "match", "replace": "substitute", "insert": "insert", "delete": "delete"}
    rows = []
    matcher = difflib.SequenceMatcher(None, [w[2] for w in words["a"]], [w[2] for w in words["b"]], autojunk=False)
    for tag, a_low, a_high, b_low, b_high in matcher.get_opcodes():
        row: dict[str, int | str] = {"op": names[tag]}
        for side, low, high in (("a", a_low, a_high), ("b", b_low, b_high)):
            inside = words[side][low:high]
            here = words[side][low][0] if low < len(words[side]) else passage[f"{side}_end"]
            row[f"{side}_start"] = inside[0][0] if inside else here
            row[f"{side}_end"] = inside[-1][1] if inside else here
        rows.append(row)
    return rows


def change(type_: str, before: str, after: str, near: str, severity: float, says: str) -> dict[str, Any]:
    """Return a change of the example; ``near`` leads up to it in the article, if ``before`` stands often."""
    start = ARTICLE.index(before, ARTICLE.index(near)) if before else ARTICLE.index(near)
    place = COPY.index(after) if after else COPY.index("1987,") + 5
    return {
        "source": "bridge.txt",
        "copy": "farm.txt",
        "type": type_,
        "before": before,
        "after": after,
        "source_start": start,
        "source_end": start + len(before),
        "copy_start": place,
        "copy_end": place + len(after),
        "factual": type_ in schemas.FACTUAL_TYPES,
        "severity": severity,
        "says": says,
    }


def example(via_lost: float = 0.1, confidence: float = 0.93) -> Trace:
    """Return the trace of the article and its spun copy."""
    places = [
        ("Harbour bridge … the winter", "Harbour overpass … winter season", "reuse"),
        ("The old … kronor, a quarter of which the county will pay.", "The aged … will pay.", "reuse"),
        ("Related: … months", "Related: … months", "furniture"),
        ("Cyclists … the money.", "Bicyclists … the money.", "reuse"),
        ("During … November.", "During … November.", "reuse"),
    ]
    passages: list[dict[str, Any]] = []
    for ours, theirs, role in places:
        passage: dict[str, Any] = spans(ARTICLE, COPY, ours, theirs)
        kind = "verbatim" if role == "furniture" else "spun"
        passages.append({**passage, "role": role, "kind": kind, "edits": edits(ARTICLE, COPY, passage)})
    return with_tables(
        pair(
            {"bridge.txt": ARTICLE, "farm.txt": COPY},
            passages=passages,
            relation={
                "kind": "spun",
                "extent": "whole",
                "confidence": 0.97,
                "coverage_a": 0.95,
                "coverage_b": 0.91,
                "evidence": [{"feature": "win", "value": 0.8, "says": "80% of stretches of 25 words hold a swap"}],
            },
            direction={
                "verdict": "copy",
                "source": "bridge.txt",
                "copy": "farm.txt",
                "via_lost": via_lost,
                "confidence": confidence,
                "evidence": [
                    {
                        "reason": "swapped words fit their place worse in farm.txt",
                        "points": 1.6,
                        "examples": ["“beams” → “light beams”", "“costs” → “prices”"],
                    },
                    {"reason": "intensifiers slipped in", "points": 0.7, "examples": ["“certainly”"]},
                    {
                        "reason": "page furniture in farm.txt only",
                        "points": 0.5,
                        "examples": ["Leave a Reply"],
                    },
                    {"reason": "words found only in farm.txt are rarer", "points": -0.2, "examples": []},
                ],
            },
            changes=[
                change("number", "40", "14", "Some", 0.9, "The number of rusted beams was 40 and is 14."),
                change("name", "Lindqvist", "Lundgren", "Marta", 0.8, "The engineer goes by another name."),
                change("negation", "will not be", "will be closed", "repairs", 0.85, "“Not” was lost."),
                change(
                    "attribution",
                    ", according to the harbour office",
                    "",
                    "1987",
                    0.6,
                    "Who says so was left out: the harbour office.",
                ),
                change("hedge", "about", "around", "cost", 0.2, "The figure is qualified by another word."),
                change("moved", "During the repairs", "During the repair work", "During", 0.1, "Moved up."),
                change("restyled", "eight", "8", "at", 0.1, "The same number in digits."),
                change("tortured", "costs", "prices", "pass", 0.3, "A noun's synonym stands for a verb."),
                change("wording", "Cyclists", "Bicyclists", "Cyc", 0.0, "Another word for the same."),
                change("wording", "old", "aged", "The", 0.0, "Another word for the same."),
            ],
            documents={
                "bridge.txt": {"title": "Harbour bridge to be repaired before the winter"},
                "farm.txt": {"site": "farm.example"},
            },
        ),
        notes=schemas.NOTES.table([{"stage": "alignments", "what": "passages under 20 words", "count": 3}]),
    )


def test_example_is_what_the_stages_promise() -> None:
    """Every table of the example passes its own schema."""
    trace = example()
    for schema in schemas.TABLES + schemas.SIDE_TABLES:
        schema.check(getattr(trace, schema.name))


def test_source_comes_first_however_the_ids_are_ordered() -> None:
    """A finding turns a and b, their spans and their edits, so that the source comes first."""
    texts = {"a": "Rain fell all night long.", "b": "Rain fell all night."}
    edit = {"op": "delete", "a_start": 20, "a_end": 25, "b_start": 19, "b_end": 19}
    trace = pair(
        texts,
        passages=[{"a_start": 0, "a_end": 25, "b_start": 0, "b_end": 20, "edits": [edit]}],
        relation={"kind": "edited", "extent": "whole", "coverage_a": 0.8, "coverage_b": 1.0},
        direction={"verdict": "copy", "source": "b", "copy": "a", "confidence": 0.9},
    )
    finding = find(trace)
    assert finding is not None
    assert (finding.source.doc, finding.copy.doc) == ("b", "a")
    assert (finding.source.coverage, finding.copy.coverage) == (1.0, 0.8)
    assert finding.passages[0].copy == (0, 25)
    assert finding.passages[0].edits[0].op == "insert"
    assert finding.passages[0].edits[0].copy == (20, 25)


def test_nothing_is_found_where_no_pair_was_compared() -> None:
    """A trace without relations holds no finding."""
    assert find(with_tables(example(), relations=schemas.RELATIONS.empty())) is None
