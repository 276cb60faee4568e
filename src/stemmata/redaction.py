"""Take out of what was found about two documents what is not to be told: text they do not share, who copied whom.

Of text stays what lies in their shared passages. Every other sign but a line end becomes a block, so that spans hold
and the blocks do not tell where words end. What quotes the texts elsewhere stays only where it quotes what stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa

from stemmata import schemas
from stemmata.tokens import words_of

BLOCK = "█"
WITHHELD = "withheld"  # the verdict of a direction that is not to be told; no table of a run has it
_QUOTED = re.compile("“([^“”]*)”")
_HIDES = re.compile(r"[^\r\n]")
Row = Mapping[str, Any]
Spans = Sequence[tuple[int, int]]


def redact(tables: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
    """Return the tables of a pair without text that the two do not share.

    Parameters
    ----------
    tables : mapping of str to pyarrow.Table
        Those of a trace, by name, of two documents.

    Returns
    -------
    dict
        ``documents`` has a column ``words`` as well: how many there were. Titles and lines that name a source stay
        only where they stand in shared passages; groups, labels, what a page hid and examples of reasons do not. Of
        changes the readings are blacked out, and those that tell of hidden text are left out.
    """
    rows = {row["doc"]: row for row in tables["documents"].to_pylist()}
    spans: dict[str, list[tuple[int, int]]] = {doc: [] for doc in rows}
    for passage in tables["alignments"].to_pylist():
        if passage["kind"] != "none":
            for side in ("a", "b"):
                spans[passage[side]].append((passage[f"{side}_start"], passage[f"{side}_end"]))
    texts = {doc: _Blacked(row["text"], spans[doc]) for doc, row in rows.items()}
    hidden = sum(text.hidden for text in texts.values())
    notes = [*tables["notes"].to_pylist(), _note("signs outside shared passages, blacked out", hidden)]
    changes = tables["changes"].to_pylist()
    kept = [_change(row, texts) for row in changes if row["before"] or row["after"]]
    notes.append(_note("stretches of text hidden by a page, left out", len(changes) - len(kept)))
    return {
        **tables,
        "documents": _documents([_document(row, texts[row["doc"]], texts.values()) for row in rows.values()]),
        "directions": schemas.DIRECTIONS.table(map(_direction, tables["directions"].to_pylist())),
        "changes": schemas.CHANGES.table(kept),
        "notes": schemas.NOTES.table(note for note in notes if note["count"]),
    }


def undirected(a: str, b: str, verdict: str = WITHHELD) -> pa.Table:
    """Return ``schemas.DIRECTIONS`` of two documents that says nothing."""
    row = {"a": a, "b": b, "verdict": verdict, "via_lost": 0.0, "confidence": 0.5, "evidence": []}
    return schemas.DIRECTIONS.table([row])


def withhold_direction(tables: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
    """Return the tables of a pair without a word on who copied whom.

    Parameters
    ----------
    tables : mapping of str to pyarrow.Table
        Those of a trace, by name, of two documents; made with a direction that was unknown, so that a stands first in
        ``changes``.

    Returns
    -------
    dict
        Changes have no sentence, for it runs from one text to the other, and none is of words out of place, which are
        those of a copy. Those that are nothing but a sentence, on text that one page hides, are left out.
    """
    (pair,) = tables["directions"].select(["a", "b"]).to_pylist()
    changes = tables["changes"].to_pylist()
    kept = [row for row in changes if row["before"] or row["after"]]
    bare = [{**row, "says": "", "type": "wording" if row["type"] == "tortured" else row["type"]} for row in kept]
    note = _note("stretches of text hidden by a page, left out", len(changes) - len(kept))
    return {
        **tables,
        "directions": undirected(**pair),
        "changes": schemas.CHANGES.table(bare),
        "notes": schemas.NOTES.table([*tables["notes"].to_pylist(), *([note] if note["count"] else [])]),
    }


class _Blacked:
    """A text of which only some spans can be read."""

    def __init__(self, text: str, spans: Spans) -> None:
        self.whole = text
        shown = np.zeros(len(text) + 1, bool)
        for start, end in spans:
            shown[start:end] = True
        edges = [0, *(np.flatnonzero(shown[1:] != shown[:-1]) + 1).tolist(), len(text)]
        pieces = [(text[one:other], bool(shown[one])) for one, other in pairwise(edges)]
        self.text = "".join(piece if kept else _HIDES.sub(BLOCK, piece) for piece, kept in pieces)
        self.hidden = self.text.count(BLOCK) - text.count(BLOCK)
        self._pieces = [" ".join(piece.split()) for piece, kept in pieces if kept]

    def shows(self, quoted: str) -> bool:
        """Say whether a quotation, which may be shortened, stands in what can be read."""
        plain = " ".join(quoted.split()).removesuffix("…")
        return any(plain in piece for piece in self._pieces)

    def reads(self, start: int, end: int) -> bool:
        """Say whether all of a span can be read."""
        return self.text[start:end] == self.whole[start:end]


def _document(row: Row, own: _Blacked, texts: Iterable[_Blacked]) -> dict[str, Any]:
    texts = list(texts)
    quotes = {
        name: row[name] if row[name] and any(text.shows(row[name]) for text in texts) else None
        for name in ("title", "attribution")
    }
    bare = {"group": None, "locators": None, "hidden": None, "whole": None, "text": own.text}
    return {**row, **quotes, **bare, "words": len(words_of(own.whole))}


def _documents(rows: Sequence[Row]) -> pa.Table:
    words = pa.array([row["words"] for row in rows], pa.int64())
    return pa.Table.from_pylist(list(rows), schema=schemas.DOCUMENTS.arrow).append_column("words", words)


def _direction(row: Row) -> dict[str, Any]:
    return {**row, "evidence": [{**reason, "examples": []} for reason in row["evidence"]]}


def _change(row: Row, texts: Mapping[str, _Blacked]) -> dict[str, Any]:
    """Return a change with its readings blacked out where they are, and with its sentence only if it tells no more."""
    source, copy = texts[row["source"]], texts[row["copy"]]
    at, to = (row["source_start"], row["source_end"]), (row["copy_start"], row["copy_end"])
    before = source.reads(*at) and source.shows(row["before"])
    after = copy.reads(*to) and copy.shows(row["after"])
    told = before and after and all(source.shows(part) or copy.shows(part) for part in _QUOTED.findall(row["says"]))
    return {
        **row,
        "before": row["before"] if before else _HIDES.sub(BLOCK, row["before"]),
        "after": row["after"] if after else _HIDES.sub(BLOCK, row["after"]),
        "says": row["says"] if told else "",
    }


def _note(what: str, count: int) -> dict[str, Any]:
    return {"stage": "evidence", "what": what, "count": count}
