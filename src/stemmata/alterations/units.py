"""Units of measurement in English: their forms, what they measure, and how they convert."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple


class Unit(NamedTuple):
    """A unit: its usual name, what it measures, and how many of the dimension's own units it makes."""

    name: str
    dimension: str
    factor: Fraction


# name: (dimension, factor, forms); time is counted in seconds, a month is a twelfth of 365.25 days
_UNITS = {
    "millimetre": ("length", "0.001", "millimetre millimetres millimeter millimeters mm"),
    "centimetre": ("length", "0.01", "centimetre centimetres centimeter centimeters cm"),
    "metre": ("length", "1", "metre metres meter meters m"),
    "kilometre": ("length", "1000", "kilometre kilometres kilometer kilometers km kms"),
    "inch": ("length", "0.0254", "inch inches"),
    "foot": ("length", "0.3048", "foot feet ft"),
    "yard": ("length", "0.9144", "yard yards yd yds"),
    "mile": ("length", "1609.344", "mile miles mi"),
    "milligram": ("mass", "0.001", "milligram milligrams mg"),
    "gram": ("mass", "1", "gram grams gramme grammes g"),
    "kilogram": ("mass", "1000", "kilogram kilograms kilogramme kilogrammes kilo kilos kg kgs"),
    "tonne": ("mass", "1000000", "tonne tonnes"),
    "ton": ("mass", "907184.74", "ton tons"),
    "ounce": ("mass", "28.349523125", "ounce ounces oz"),
    "pound": ("mass", "453.59237", "lb lbs"),
    "square metre": ("area", "1", "square_metres square_metre square_meters square_meter sq_m m² m2"),
    "square kilometre": ("area", "1000000", "square_kilometres square_kilometre square_kilometers sq_km km² km2"),
    "square foot": ("area", "0.09290304", "square_feet square_foot sq_ft"),
    "square mile": ("area", "2589988.110336", "square_miles square_mile sq_mi"),
    "acre": ("area", "4046.8564224", "acre acres"),
    "hectare": ("area", "10000", "hectare hectares ha"),
    "millilitre": ("volume", "0.001", "millilitre millilitres milliliter milliliters ml"),
    "litre": ("volume", "1", "litre litres liter liters l"),
    "gallon": ("volume", "3.785411784", "gallon gallons"),
    "pint": ("volume", "0.473176473", "pint pints"),
    "barrel": ("volume", "158.987294928", "barrel barrels"),
    "second": ("time", "1", "second seconds sec secs"),
    "minute": ("time", "60", "minute minutes min mins"),
    "hour": ("time", "3600", "hour hours hr hrs h"),
    "day": ("time", "86400", "day days"),
    "week": ("time", "604800", "week weeks"),
    "fortnight": ("time", "1209600", "fortnight fortnights"),
    "month": ("time", "2629800", "month months"),
    "year": ("time", "31557600", "year years yr yrs"),
    "decade": ("time", "315576000", "decade decades"),
    "century": ("time", "3155760000", "century centuries"),
    "degree Celsius": ("temperature", "1", "°C ºC degrees_Celsius degree_Celsius degrees_C"),
    "degree Fahrenheit": ("temperature degree Fahrenheit", "1", "°F ºF degrees_Fahrenheit degree_Fahrenheit degrees_F"),
    "degree": ("angle", "1", "degree degrees °"),
    "kilometre per hour": ("speed", "1", "km/h kmh kph kmph kilometres_per_hour kilometers_per_hour km_per_hour"),
    "mile per hour": ("speed", "1.609344", "mph miles_per_hour"),
    "knot": ("speed", "1.852", "knot knots"),
    "watt": ("power", "1", "watt watts"),
    "kilowatt": ("power", "1000", "kilowatt kilowatts kW"),
    "megawatt": ("power", "1000000", "megawatt megawatts MW"),
    "gigawatt": ("power", "1000000000", "gigawatt gigawatts GW"),
    "horsepower": ("power", "745.7", "horsepower hp"),
    "volt": ("voltage", "1", "volt volts"),
    "kilobyte": ("data", "1", "kilobyte kilobytes KB kB"),
    "megabyte": ("data", "1000", "megabyte megabytes MB"),
    "gigabyte": ("data", "1000000", "gigabyte gigabytes GB"),
    "terabyte": ("data", "1000000000", "terabyte terabytes TB"),
    "hertz": ("frequency", "1", "hertz Hz"),
    "kilohertz": ("frequency", "1000", "kilohertz kHz"),
    "megahertz": ("frequency", "1000000", "megahertz MHz"),
    "gigahertz": ("frequency", "1000000000", "gigahertz GHz"),
    "percent": ("share", "0.01", "% percent per_cent per-cent per_centum pct percentage"),
    "permille": ("share", "0.001", "‰"),
    "percentage point": ("points", "1", "percentage_point percentage_points"),
    "dollar": ("dollar", "1", "dollar dollars US_dollars $ US$ USD"),
    "cent": ("dollar", "0.01", "cents"),
    "euro": ("euro", "1", "euro euros € EUR"),
    "pound sterling": ("pound", "1", "pound pounds pounds_sterling £ GBP"),
    "penny": ("pound", "0.01", "pence penny"),
    "yen": ("yen", "1", "yen ¥ JPY"),
    "rupee": ("rupee", "1", "rupee rupees ₹ INR Rs Rs."),
    "rouble": ("rouble", "1", "rouble roubles ruble rubles ₽ RUB"),
    "franc": ("franc", "1", "franc francs CHF"),
    "mark": ("mark", "1", "marks"),
    "shilling": ("shilling", "1", "shilling shillings"),
    "crown": ("crown", "1", "crowns"),
    "yuan": ("yuan", "1", "yuan renminbi CNY"),
    "time": ("times", "1", "times"),
}
CURRENCIES = ("dollar", "cent", "euro", "pound sterling", "penny", "yen", "rupee", "rouble", "franc", "mark",
              "shilling", "crown", "yuan")  # fmt: skip
SIGNS = "$€£¥₹₽%‰°º−"  # units and a minus, which are no words and so stand outside the tokens

FORMS = {
    form.replace("_", " "): Unit(name, dimension, Fraction(factor))
    for name, (dimension, factor, forms) in _UNITS.items()
    for form in forms.split()
}


def unit_of(form: str) -> Unit | None:
    """Return the unit that a form stands for; case matters only for signs such as MW and mW."""
    plain = " ".join(form.split())
    return FORMS.get(plain) or FORMS.get(plain.lower()) or FORMS.get(plain.upper())
