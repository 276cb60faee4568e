"""Numbers, amounts, percentages and dates as values: *ten* is 10, *5 %* is *5 percent*, *Feb. 10* is *10 February*.

English, German, French and Spanish are read with their words (*two million*, *zwölf Meilen*, *la moitié*). Of other
languages figures are read with their own decimal sign and with the signs of units, and dates as Babel writes them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from stemmata.alterations.units import Unit

SAME_MEASURE = Fraction(4, 100)  # how far a converted measure may be rounded: 5 miles are 8 km
SAME_SHARE = Fraction(6, 1000)  # how far a fraction may be rounded as a percentage
SMALL, LARGE = 100, 10_000  # numbers that may stand where another text has a year
ONE = Fraction(1)


@dataclass(frozen=True)
class Value:
    """A value as it stands in a text.

    Parameters
    ----------
    start, end : int
        Code points.
    kind : str
        ``number``, ``measure``, ``money``, ``percent``, ``ordinal`` (*the 2nd*), ``scale`` (*millions*), ``year``
        or ``date``.
    amount, scale : Fraction
        *2.5 million* is 2.5 and 1,000,000.
    unit : Unit, optional
    parts : tuple of (str, int)
        What a date says, in a fixed order: year, month, day, …
    """

    start: int
    end: int
    kind: str
    amount: Fraction = ONE
    scale: Fraction = ONE
    unit: Unit | None = None
    parts: tuple[tuple[str, int], ...] = ()

    @property
    def quantity(self) -> Fraction:
        """The amount in full, without its unit."""
        return self.amount * self.scale


def compare_values(a: Value, b: Value) -> str | None:
    """Return the type of the change from ``a`` to ``b``; None where both say the same.

    Of a unit with two meanings the one counts with which they do: 5 pounds are £5 or 5 lb.
    A share is a share: a half is 50 percent. Where only one side names a unit the amounts decide, but for money.
    Another scale at the same amount (*million*, *billion*) counts as another unit.
    """
    told = [_compare(one, other) for one in _readings(a) for other in _readings(b)]
    return None if None in told else told[0]


def _readings(value: Value) -> list[Value]:
    if value.unit is None or value.unit.other is None:
        return [value]
    money, weight = value.unit._replace(other=None), value.unit.other
    return [replace(value, unit=money), replace(value, unit=weight, kind="measure")]


def _compare(a: Value, b: Value) -> str | None:
    kinds = {a.kind, b.kind}
    if kinds == {"year"} and min(a.amount, b.amount) < 100:
        return None if (a.amount - b.amount) % 100 == 0 else "date"  # '85
    if "date" in kinds or kinds == {"year"}:
        same = (a.kind, a.parts, a.amount) == (b.kind, b.parts, b.amount) or _one_date(dict(a.parts), dict(b.parts))
        return None if same else "date"
    if "percent" in kinds:
        shares = [value.quantity * (value.unit.factor if value.unit else ONE) for value in (a, b)]
        if kinds == {"percent", "number"} and abs(shares[0] - shares[1]) < SAME_SHARE and max(shares) < 1:
            shares[0] = shares[1]  # a third is 33 percent
        points = any(value.unit and value.unit.dimension == "points" for value in (a, b)) and a.unit != b.unit
        return "percent" if points or shares[0] != shares[1] else None
    if "scale" in kinds or "ordinal" in kinds:
        if kinds == {"number", "ordinal"} and a.quantity == b.quantity and not (a.unit or b.unit):
            return None  # floor 17 is the 17th
        if len(kinds) == 2 or a.amount != b.amount:
            return "number"
        return None if a.scale == b.scale else "unit"
    if a.unit == b.unit or not (a.unit and b.unit):
        if a.quantity == b.quantity:
            return "unit" if a.unit != b.unit and "money" in kinds else None
        return "unit" if a.amount == b.amount else "number"
    if a.unit.dimension == b.unit.dimension:
        full = [(value.quantity + value.unit.offset) * value.unit.factor for value in (a, b) if value.unit]
        if abs(full[0] - full[1]) <= SAME_MEASURE * max(map(abs, full)):
            return None
    if {a.unit.dimension, b.unit.dimension} == {"angle", "temperature"} and a.quantity == b.quantity:
        return None  # 20 degrees are 20 °C, or 20 °F
    return "unit" if a.amount == b.amount else "number"


def unlike(a: Value, b: Value) -> bool:
    """Say whether two values can hardly be readings of one place: *415,200* and *2008*, *77 years* and *second*."""
    kinds = {a.kind, b.kind}
    if kinds == {"year", "number"}:
        number = a if a.kind == "number" else b
        return not SMALL <= number.quantity < LARGE
    if kinds == {"date", "number"}:
        date = a if a.kind == "date" else b
        return not dict(date.parts).keys() & {"hour", "clock"}
    return len(kinds) == 2 and bool(kinds & {"year", "ordinal", "date"}) and kinds != {"year", "date"}


def _one_date(a: dict[str, int], b: dict[str, int]) -> bool:
    """Say whether two dates in other forms may be one: *10/02/2020* is in February or in October."""
    names = a.keys() | b.keys()
    if names >= {"first", "second"} and names <= {"first", "second", "day", "month", "year"}:
        days = ({part for name, part in date.items() if name != "year"} for date in (a, b))
        return a.get("year") == b.get("year") and next(days) == next(days)
    if names == {"century", "decade"}:
        return {**a, **b}["decade"] == 100 * ({**a, **b}["century"] - 1)  # the 1700s
    if a.keys() == b.keys() == {"decade"}:
        return min(a["decade"], b["decade"]) < 100 and (a["decade"] - b["decade"]) % 100 == 0
    if "clock" in names and "hour" in names:
        clock, time = (a, b) if "clock" in a else (b, a)
        same = clock["clock"] == (time["hour"] - 1) % 12 + 1
        return same and clock.get("minute", 0) == time.get("minute", 0)
    return False
