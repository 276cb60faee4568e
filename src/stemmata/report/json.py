"""One JSON document for a comparison or a run: the tables' own columns and names, for programs.

====================  ====================================================================================
``version``           of stemmata
``verdict``           of a comparison: the sentence that the terminal shows
``disguised``         of a comparison: sentences on look-alike letters and hidden text, as the terminal shows them
``documents``         rows without ``text``, with ``words`` (their number)
``relation``          of a comparison: a row, or null where no pair was compared; so too ``direction``
``alignments``        of a comparison: rows with their edits; spans are code points into the documents' texts
``relations``         of a run: rows; so too ``directions``
``changes``           rows; so too ``families``, ``stemma``, ``skipped`` and ``notes``
``about``             command, options by stage, seconds by stage
====================  ====================================================================================

Of a run the alignments are not written: they are many times as long as the texts, and lie in its folder.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from stemmata import schemas
from stemmata.report import words
from stemmata.report.findings import about, find
from stemmata.tokens import read_words

if TYPE_CHECKING:
    from stemmata.traced import Trace


def render_json(trace: Trace) -> str:
    """Return a comparison, or a run, as one JSON document, in ASCII.

    Times are ISO 8601 in UTC; what is not a number is null. The same trace gives the same text.
    """
    origin = about(trace)
    told = _run(trace) if origin.get("verb") == "trace" else _comparison(trace)
    return write_json({"version": origin.pop("version"), **told, "about": origin})


def write_json(document: Mapping[str, Any]) -> str:
    """Return a document in ASCII, a table in it one row a line; times are ISO 8601, what is not a number is null."""
    lines = ",\n".join(f"{json.dumps(name)}: {_lines(_plain(value))}" for name, value in document.items())
    return f"{{\n{lines}\n}}\n"


def _comparison(trace: Trace) -> dict[str, Any]:
    finding = find(trace)
    return {
        "verdict": words.plain(words.verdict(finding)) if finding else words.NOTHING_READ,
        "disguised": [words.plain(said) for said in words.disguises(finding)] if finding else [],
        "documents": _documents(trace.documents),
        "relation": finding.relation if finding else None,
        "direction": finding.direction if finding else None,
        **_rows(trace, "alignments", "changes", "families", "stemma", "skipped", "notes"),
    }


def _run(trace: Trace) -> dict[str, Any]:
    return {
        "documents": _documents(trace.documents),
        **_rows(trace, "relations", "families", "directions", "stemma", "changes", "skipped", "notes"),
    }


def _rows(trace: Trace, *names: str) -> dict[str, Any]:
    return {name: getattr(trace, name).to_pylist() for name in names}


def _lines(value: Any) -> str:
    """Write a table one row a line, so that documents can be read and compared; anything else in one line."""
    if not isinstance(value, list) or not value:
        return json.dumps(value, allow_nan=False)
    return "[\n " + ",\n ".join(json.dumps(row, allow_nan=False) for row in value) + "\n]"


def _documents(documents: pa.Table) -> list[dict[str, Any]]:
    tokens = read_words(documents.column("text"))
    rows = schemas.without_texts(documents).to_pylist()
    return [{**row, "words": len(tokens[i])} for i, row in enumerate(rows)]


def _plain(value: Any) -> Any:
    """Return a value in the types that JSON has."""
    if isinstance(value, Mapping):
        return {str(name): _plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value if value is None or isinstance(value, str | int) else str(value)
