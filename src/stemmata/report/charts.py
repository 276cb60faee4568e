"""When the documents of a pile came to be, as bars: originals, copies, open ones, and those that stand alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from stemmata.report import words
from stemmata.report.register import dates_of
from stemmata.report.room import Room

WIDTH, HEIGHT = 1_000, 120  # of the drawing, in its own units
SORTS = {"original": "originals", "copy": "copies", "unresolved": "members whose place is open", "": "without a family"}
_BARS = 60  # at most, so that each can be seen and pointed at
_UNITS = (("D", 1), ("W", 1), ("M", 1), ("M", 3), ("Y", 1), ("Y", 5), ("Y", 10), ("Y", 50), ("Y", 100), ("Y", 1_000))
_GAP = 0.15  # of the width of a bar


@dataclass(frozen=True, kw_only=True)
class Bar:
    """A period: what it holds in words, and its parts from below, each a sort with top and height."""

    says: str
    x: float
    width: float
    parts: tuple[tuple[str, float, float], ...]


@dataclass(frozen=True, kw_only=True)
class Chart:
    """Bars from the first date to the last.

    Parameters
    ----------
    most : int
        Documents of the highest bar.
    undated : int
        Documents without a date, which have no bar.
    ends : tuple of str
        The first and the last period.
    sorts : tuple of pairs of str
        Keys and names of ``SORTS`` that occur.
    """

    bars: tuple[Bar, ...]
    most: int
    undated: int
    ends: tuple[str, str]
    sorts: tuple[tuple[str, str], ...]
    width: int = WIDTH
    height: int = HEIGHT


def draw_dates(room: Room, some: NDArray[np.bool_] | None = None) -> Chart | None:
    """Return how many documents came when, by days, weeks, months or years; None where all dates are of one day.

    Parameters
    ----------
    some : bool array, optional
        Which documents; by default all.
    """
    dates = dates_of(room.documents.table).cast(pa.timestamp("us")).to_numpy()
    wanted = np.ones(len(dates), bool) if some is None else some
    known = ~np.isnat(dates) & wanted
    if len(np.unique(dates[known].astype("datetime64[D]"))) < 2:
        return None
    roles = pc.fill_null(room.standing["role"], "").to_numpy()[known]
    unit, step, period = _periods(dates[known])
    first, sorts = int(period.min()), list(SORTS)
    counts = np.zeros((int(period.max()) - first + 1, len(sorts)), np.int64)
    for at, sort in enumerate(sorts):
        np.add.at(counts[:, at], period[roles == sort] - first, 1)
    most, width = int(counts.sum(axis=1).max()), WIDTH / len(counts)
    names = [_name(unit, step, first + at) for at in range(len(counts))]
    bars = (
        _bar(name, some, at * width, width, most) for at, (name, some) in enumerate(zip(names, counts, strict=True))
    )
    return Chart(
        bars=tuple(bar for bar in bars if bar.parts),
        most=most,
        undated=int((wanted & ~known).sum()),
        ends=(names[0], names[-1]),
        sorts=tuple(item for at, item in enumerate(SORTS.items()) if counts[:, at].any()),
    )


def _periods(dates: NDArray[np.datetime64]) -> tuple[str, int, NDArray[np.int64]]:
    """Return the shortest unit that needs few bars, and the period of each date in it."""
    for unit, step in _UNITS:
        period = np.floor_divide(dates.astype(f"datetime64[{unit}]").astype(np.int64), step)
        if period.max() - period.min() < _BARS:
            break
    return unit, step, period


def _name(unit: str, step: int, period: int) -> str:
    """Return what a period is called: its day, week, month or year, or the first and the last of several."""
    first, last = (np.array(period * step + more).astype(f"datetime64[{unit}]") for more in (0, step - 1))
    if unit in "DW":
        day = words.day(first.astype("datetime64[D]").item())
        return f"week of {day}" if unit == "W" else day
    if unit == "M":
        said = [f"{words.MONTHS[month.astype(int) % 12]} {month.astype('datetime64[Y]')}" for month in (first, last)]
    else:
        said = [str(first), str(last)]
    return said[0] if step == 1 else f"{said[0]} to {said[1]}"


def _bar(name: str, counts: NDArray[np.int64], x: float, width: float, most: int) -> Bar:
    parts, below = [], 0
    for (sort, _), count in zip(SORTS.items(), counts.tolist(), strict=True):
        if count:
            height = HEIGHT * count / most
            parts.append((sort, round(HEIGHT - HEIGHT * below / most - height, 2), round(height, 2)))
            below += count
    told = (f"{count:,} {said}" for count, said in zip(counts.tolist(), SORTS.values(), strict=True) if count)
    says = f"{name}: {words.counted(below, 'document')}; {', '.join(told)}"
    return Bar(says=says, x=round(x + width * _GAP / 2, 2), width=round(width * (1 - _GAP), 2), parts=tuple(parts))
