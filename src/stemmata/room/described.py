"""What a document says of itself and what was found of it, as its page lists it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from stemmata.report import words
from stemmata.report.finding import Row


def tell_about(row: Row) -> Iterator[tuple[str, str]]:
    """Yield what a document says of itself and what was found of it, as the table has it."""
    named = {
        "title": "Headline",
        "author": "Author",
        "site": "Site",
        "group": "Group",
        "siglum": "Siglum",
        "published": "Published",
        "modified": "Last changed",
        "first_seen": "First seen",
        "not_before": "Not before",
        "not_after": "Not after",
        "dated_by": "Dates come from",
        "attribution": "Names a source",
        "canonical": "Calls its address",
        "language": "Language",
        "media_type": "Type",
        "sha256": "SHA-256",
    }
    for name, said in named.items():
        if (value := row.get(name)) is not None and value != "":
            yield said, _moment(value) if isinstance(value, datetime) else str(value)
    if row.get("ours"):
        yield "Marked", "as your own"
    if lineage := row.get("lineage"):
        yield "Identifiers", ", ".join(lineage)
    yield "Words", f"{row['words']:,}"


def _moment(date: datetime) -> str:
    """Return a date, with its time where that is no midnight."""
    day = words.day(date)
    return f"{day}, {date:%H:%M} UTC" if (date.hour, date.minute) != (0, 0) else day
