"""Columns of dates. Where one is no more than a year, a month or a range, its bounds are the date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from stemmata import schemas
from stemmata.readers.blanks import Values
from stemmata.readers.datespans import Span, span_of

BOUNDS = ("not_before", "not_after")
SPANNED = ("published", "date")  # columns whose dates may be uncertain
UNCERTAIN = "dates that are a year, a month or a range, taken as the bounds 'not_before' and 'not_after'"


def cast_times(name: str, values: pa.ChunkedArray[Any]) -> pa.ChunkedArray[Any]:
    """Return times in UTC; what has no time zone is UTC, and what is finer than a microsecond is cut.

    Raises
    ------
    TypeError
        Arrow cannot tell all that they mean: see :func:`read_dates`.
    pyarrow.ArrowException
        One is no moment of ISO 8601, nor a day.
    """
    kind = str(values.type)
    whole_days = kind.startswith(("date", "large_string"))
    if not (kind.startswith("timestamp") or whole_days) or (whole_days and name == BOUNDS[1]):
        raise TypeError("a number says not what it counts, and a day that is the latest ends at midnight")
    zone = getattr(values.type, "tz", None)
    return values.cast(pa.timestamp("us", zone), safe="[ns" not in kind).cast(schemas.TIME)


def read_dates(name: str, values: Sequence[Any], notes: Counter[str]) -> tuple[dict[str, Values], int]:
    """Return what dates say, by column, and how many values are none; None is no date that is missed.

    A day begins at midnight; as ``not_after`` it ends there. Of ``published`` (and ``date``), what is a year, a month
    or a range is no moment: its bounds come as ``not_before`` and ``not_after``.
    """
    spans = [None if value is None else span_of(value) for value in values]
    missed = sum(span is None and value is not None for span, value in zip(spans, values, strict=True))
    if name in BOUNDS:
        return {name: _times([span and span[BOUNDS.index(name)] for span in spans])}, missed
    found: dict[str, Values] = {name: _times([span.first if span and span.exact else None for span in spans])}
    vague: list[Span | None] = [span if span and not span.exact else None for span in spans]
    count = len(vague) - vague.count(None)
    if count and name in SPANNED:
        notes[UNCERTAIN] += count
        found |= {bound: _times([span and span[at] for span in vague]) for at, bound in enumerate(BOUNDS)}
    return found, missed + (0 if name in SPANNED else count)


def add_dates(columns: dict[str, Values], made: dict[str, Values]) -> None:
    """Add what a column of dates says; what stands there already counts, and of ``date`` only where nothing else does.

    Parameters
    ----------
    columns : dict
        Columns by name, as far as they are known; changed. Those of ``BOUNDS`` come before all others.
    made : dict
        From :func:`read_dates`, of one column.
    """
    if "date" in made and "published" in columns:
        known = pc.is_valid(columns["published"])
        made = {name: values if name == "date" else pc.if_else(known, None, values) for name, values in made.items()}
    for name, values in made.items():
        columns[name] = pc.coalesce(columns[name], values) if name in columns else values


def _times(values: Sequence[Any]) -> Values:
    return pa.array(values, schemas.TIME)
