"""Units of measurement: what they measure, how they convert, and their signs; their words stand with each language."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from stemmata.alterations.numerals import key_of
from stemmata.alterations.tongues import TONGUES


class Unit(NamedTuple):
    """A unit: its usual name, what it measures, and how many of the dimension's own units it makes.

    ``offset`` is added to an amount first: 86 °F are 54 above what 0 °C is. ``other`` is what the word means besides:
    a pound is money or a weight.
    """

    name: str
    dimension: str
    factor: Fraction
    offset: Fraction = Fraction(0)
    other: Unit | None = None


# name: (dimension, factor, signs); time is counted in seconds, a month is a twelfth of 365.25 days
_UNITS = {
    "millimetre": ("length", "0.001", "mm"),
    "centimetre": ("length", "0.01", "cm"),
    "metre": ("length", "1", "m"),
    "kilometre": ("length", "1000", "km"),
    "inch": ("length", "0.0254", ""),
    "foot": ("length", "0.3048", ""),
    "yard": ("length", "0.9144", ""),
    "mile": ("length", "1609.344", ""),
    "milligram": ("mass", "0.001", "mg"),
    "gram": ("mass", "1", "g"),
    "kilogram": ("mass", "1000", "kg"),
    "tonne": ("mass", "1000000", ""),
    "ton": ("mass", "907184.74", ""),
    "ounce": ("mass", "28.349523125", ""),
    "pound": ("mass", "453.59237", ""),
    "metric pound": ("mass", "500", ""),
    "square metre": ("area", "1", "m² m2"),
    "square kilometre": ("area", "1000000", "km² km2"),
    "square foot": ("area", "0.09290304", ""),
    "square mile": ("area", "2589988.110336", ""),
    "acre": ("area", "4046.8564224", ""),
    "hectare": ("area", "10000", "ha"),
    "millilitre": ("volume", "0.001", "ml"),
    "litre": ("volume", "1", "l"),
    "gallon": ("volume", "3.785411784", ""),
    "pint": ("volume", "0.473176473", ""),
    "barrel": ("volume", "158.987294928", ""),
    "second": ("time", "1", ""),
    "minute": ("time", "60", "min"),
    "hour": ("time", "3600", "h"),
    "day": ("time", "86400", ""),
    "week": ("time", "604800", ""),
    "fortnight": ("time", "1209600", ""),
    "month": ("time", "2629800", ""),
    "year": ("time", "31557600", ""),
    "decade": ("time", "315576000", ""),
    "century": ("time", "3155760000", ""),
    "degree Celsius": ("temperature", "1", "°C ºC"),
    "degree Fahrenheit": ("temperature", "5/9", "°F ºF"),
    "degree": ("angle", "1", "°"),
    "kilometre per hour": ("speed", "1", "km/h"),
    "mile per hour": ("speed", "1.609344", ""),
    "knot": ("speed", "1.852", ""),
    "watt": ("power", "1", ""),
    "kilowatt": ("power", "1000", "kW"),
    "megawatt": ("power", "1000000", "MW"),
    "gigawatt": ("power", "1000000000", "GW"),
    "horsepower": ("power", "745.7", ""),
    "volt": ("voltage", "1", ""),
    "kilobyte": ("data", "1", "KB kB"),
    "megabyte": ("data", "1000", "MB"),
    "gigabyte": ("data", "1000000", "GB"),
    "terabyte": ("data", "1000000000", "TB"),
    "hertz": ("frequency", "1", "Hz"),
    "kilohertz": ("frequency", "1000", "kHz"),
    "megahertz": ("frequency", "1000000", "MHz"),
    "gigahertz": ("frequency", "1000000000", "GHz"),
    "percent": ("share", "0.01", "%"),
    "permille": ("share", "0.001", "‰"),
    "percentage point": ("points", "1", ""),
    "dollar": ("dollar", "1", "$ US$ USD"),
    "cent": ("dollar", "0.01", ""),
    "euro": ("euro", "1", "€ EUR"),
    "euro cent": ("euro", "0.01", ""),
    "pound sterling": ("pound", "1", "£ GBP"),
    "penny": ("pound", "0.01", ""),
    "yen": ("yen", "1", "¥ JPY"),
    "rupee": ("rupee", "1", "₹ INR"),
    "rouble": ("rouble", "1", "₽ RUB"),
    "franc": ("franc", "1", "CHF"),
    "mark": ("mark", "1", ""),
    "peso": ("peso", "1", ""),
    "peseta": ("peseta", "1", ""),
    "shilling": ("shilling", "1", ""),
    "crown": ("crown", "1", ""),
    "yuan": ("yuan", "1", "CNY"),
    "time": ("times", "1", ""),
}
CURRENCIES = ("dollar", "cent", "euro", "euro cent", "pound sterling", "penny", "yen", "rupee", "rouble", "franc",
              "mark", "peso", "peseta", "shilling", "crown", "yuan")  # fmt: skip
OFFSETS = {"degree Fahrenheit": Fraction(-32)}
TIMES = Unit("time", "times", Fraction(1))
SIGNS = "$€£¥₹₽%‰°º−"  # units and a minus, which are no words and so stand outside the tokens


@cache
def unit_forms(language: str | None) -> Mapping[str, Unit]:
    """Return the units of a language by their forms: their signs, and their words where these are known."""
    tongue = TONGUES.get(language or "")
    words = tongue.forms.UNITS if tongue else {}
    forms: dict[str, Unit] = {}
    for name, (dimension, factor, signs) in _UNITS.items():
        unit = Unit(name, dimension, Fraction(factor), OFFSETS.get(name, Fraction(0)))
        for form in f"{words.get(name, '')} {signs}".split():
            plain = form.replace("_", " ")
            forms[plain] = unit._replace(other=forms.get(plain))
    return forms


def unit_of(form: str, language: str | None) -> Unit | None:
    """Return the unit that a form stands for; case matters only for signs such as MW and mW."""
    forms, plain = unit_forms(language), " ".join(form.split())
    return forms.get(plain) or forms.get(key_of(plain)) or forms.get(plain.upper())
