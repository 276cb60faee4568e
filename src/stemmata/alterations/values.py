"""Numbers, amounts, percentages and dates as values: *ten* is 10, *5 %* is *5 percent*, *Feb. 10* is *10 February*.

English, German, French and Spanish are read with their words (*two million*, *zwölf Meilen*, *la moitié*). Of other
languages figures are read with their own decimal sign and with the signs of units, and dates as Babel writes them.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from stemmata.alterations.units import Unit

SAME_MEASURE = Fraction(4, 100)  # how far a converted measure may be rounded: 5 miles are 8 km
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

    A share is a share: a half is 50 percent. Where only one side names a unit the amounts decide, but for money.
    Another scale at the same amount (*million*, *billion*) counts as another unit.
    """
    kinds = {a.kind, b.kind}
    if "date" in kinds or kinds == {"year"}:
        return None if (a.kind, a.parts, a.amount) == (b.kind, b.parts, b.amount) else "date"
    if "percent" in kinds:
        shares = [value.quantity * (value.unit.factor if value.unit else ONE) for value in (a, b)]
        points = any(value.unit and value.unit.dimension == "points" for value in (a, b)) and a.unit != b.unit
        return "percent" if points or shares[0] != shares[1] else None
    if "scale" in kinds or "ordinal" in kinds:
        if len(kinds) == 2 or a.amount != b.amount:
            return "number"
        return None if a.scale == b.scale else "unit"
    if a.unit == b.unit or not (a.unit and b.unit):
        if a.quantity == b.quantity:
            return "unit" if a.unit != b.unit and "money" in kinds else None
        return "unit" if a.amount == b.amount else "number"
    if a.unit.dimension == b.unit.dimension:
        full = [value.quantity * value.unit.factor for value in (a, b) if value.unit]
        if abs(full[0] - full[1]) <= SAME_MEASURE * max(full):
            return None
    return "unit" if a.amount == b.amount else "number"
