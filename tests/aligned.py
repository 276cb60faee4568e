"""How the tests of alignments ask their questions: two texts in, passages out."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from stemmata.alignments import AlignmentOptions, align
from stemmata.tokens import words_of

Row = dict[str, Any]


def documents(language: str | None = None, **texts: str) -> pa.Table:
    """Documents by id, with the columns that suffice."""
    return pa.table(
        {
            "doc": list(texts),
            "text": pa.array(texts.values(), pa.large_string()),
            "language": pa.array([language] * len(texts), pa.string()),
        }
    )


def aligned(a: str, b: str, language: str | None = "en", copy: str | None = None, **options: Any) -> list[Row]:
    """The passages of two texts."""
    pairs = pa.table({"a": ["a"], "b": ["b"], "copy": pa.array([copy], pa.string())})
    rows: list[Row] = align(documents(language, a=a, b=b), pairs, options=AlignmentOptions(**options)).to_pylist()
    return rows


def laid_out(row: Row, a: str, b: str, insert: str, delete: str) -> Row:
    """A row without ids and rank, its edits in no order, as it looks with its sides named anew."""
    ops = {"insert": insert, "delete": delete}
    figures = {name: row[name] for name in ("matched", "identity", "kind", "confidence", "role", "moved")}
    spans = [tuple(x[f"{side}_{end}"] for side in (a, b) for end in ("start", "end")) for x in (row, *row["edits"])]
    edits = sorted((ops.get(e["op"], e["op"]), span) for e, span in zip(row["edits"], spans[1:], strict=True))
    return {**figures, "span": spans[0], "edits": edits}


def mirrored(rows: list[Row], others: list[Row]) -> bool:
    """Whether others are the same passages with their sides exchanged, ranked in the order of their own a."""
    expected = [laid_out(row, "b", "a", insert="delete", delete="insert") for row in rows]
    found = [laid_out(row, "a", "b", insert="insert", delete="delete") for row in others]
    ranked = [row["rank"] for row in others] == list(range(1, len(others) + 1))
    return ranked and found == sorted(expected, key=lambda row: row["span"])


def coverage(rows: list[Row], text: str, side: str) -> float:
    """The share of a text's words that lie in passages of role reuse."""
    words = words_of(text)
    inside = set()
    for row in rows:
        if row["role"] == "reuse":
            part = words.within(row[f"{side}_start"], row[f"{side}_end"])
            inside |= set(range(part.start, part.stop))
    return len(inside) / len(words)


def covered(rows: list[Row], text: str, side: str, piece: str, role: str = "reuse") -> bool:
    """Whether a piece of a text lies inside one passage of a role."""
    start = text.index(piece)
    return any(
        row[f"{side}_start"] <= start and start + len(piece) <= row[f"{side}_end"]
        for row in rows
        if row["role"] == role
    )


def touched(rows: list[Row], text: str, side: str, piece: str, role: str = "reuse") -> bool:
    """Whether a passage of a role holds any of a piece of a text."""
    start = text.index(piece)
    return any(
        row[f"{side}_start"] < start + len(piece) and start < row[f"{side}_end"] for row in rows if row["role"] == role
    )
