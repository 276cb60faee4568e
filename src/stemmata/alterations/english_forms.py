"""English forms: numbers, units and dates in words, the endings of verbs and adjectives, and what denies a word."""

from __future__ import annotations

import re
from collections.abc import Mapping

from stemmata.alterations.calendars import CLOCK, DAYS, GAP, YEAR, Calendar, to_hour
from stemmata.alterations.denials import Denials
from stemmata.alterations.english_spelling import plain_words as plain_words
from stemmata.alterations.numerals import DIGITS, NumberWords, key_of, parted

NAMES = "may|march"  # cue words that are names where they have a capital inside a sentence
ELISIONS: tuple[str, ...] = ()

_SCALES = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12, "dozen": 12,
           "lakh": 10**5, "crore": 10**7}  # fmt: skip
_ONES = parted(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = parted("twenty thirty forty fifty sixty seventy eighty ninety")
_FIRST = parted(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth"
)
_TENTHS = parted("twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth")
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_WORTH = {word: n for n, word in enumerate(_ONES, 1)} | {word: 10 * n for n, word in enumerate(_TENS, 2)}
_RANK = {word: n for n, word in enumerate(_FIRST, 1)} | {word: 10 * n for n, word in enumerate(_TENTHS, 2)}
_FOLD = {"twice": 2, "thrice": 3, "double": 2, "triple": 3, "quadruple": 4}
_OVER = r"(?<![\d/.,])(?:1/(?:[2-9]|10|12)|2/[357]|3/[4578]|4/[57]|5/[678]|7/8)(?![\d/])"

_SMALL = rf"(?:(?:{'|'.join(_TENS)})(?:[\s-]+(?:{'|'.join(_ONES[:9])})\b)?|{'|'.join(reversed(_ONES))})"
_SCALE = "|".join(_SCALES)
_BELOW_THOUSAND = (
    rf"(?:(?:{_SMALL}|an?)\s+hundred(?:\s+(?:and\s+)?{_SMALL}\b)?|{_SMALL}|(?:half\s+)?an?(?=\s+(?:{_SCALE})\b))"
)
_NUMERAL = rf"(?:(?:{_BELOW_THOUSAND}\s+thousand\s+(?:and\s+)?)?{_BELOW_THOUSAND}(?:[\s-]+(?:{_SCALE})\b)*)"
_ORDINALS = (
    rf"\d{{1,{DIGITS}}}(?:st|nd|rd|th)"
    rf"|(?:(?:{'|'.join(_TENS)})[\s-]+)?(?:{'|'.join(_FIRST)})|{'|'.join(_TENTHS)}"
)
NUMBERS = NumberWords(
    worth=_WORTH,
    scales=_SCALES,
    ranks=_RANK,
    parts=_PARTS | {f"{part}s": n for part, n in _PARTS.items()},
    numeral=_NUMERAL,
    ordinals=_ORDINALS,
    fraction=rf"{_OVER}|(?:an?|{'|'.join(_ONES[:9])})[\s-]+(?:{'|'.join(_PARTS)})s?"
    r"|half(?=\s+(?:of|the|its|their|his|her|all)\b)",
    begins=(
        *_WORTH,
        *_RANK,
        *_SCALES,
        *(f"{scale}s" for scale in _SCALES),
        "half",
        *_FOLD,
        *(f"{word}fold" for word in _WORTH),
    ),
    articles=("a", "an"),
    counted=(*_SCALES, *_PARTS, *(f"{part}s" for part in _PARTS)),
    crowds={f"{scale}s": n for scale, n in _SCALES.items()},
    folds=_FOLD,
    fold=r"twice|thrice|(?:double|triple|quadruple)(?=\s+(?:the|that|its|their|his|her|what)\b)",
    times="[-‑]?fold",
    attached={"k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9, "b": 10**9, "tn": 10**12},
    unsaid=frozenset({"one"}),
    halving=frozenset({"half"}),
    point=True,
)

UNITS = {
    "millimetre": "millimetre millimetres millimeter millimeters",
    "centimetre": "centimetre centimetres centimeter centimeters",
    "metre": "metre metres meter meters",
    "kilometre": "kilometre kilometres kilometer kilometers kms",
    "inch": "inch inches",
    "foot": "foot feet ft",
    "yard": "yard yards yd yds",
    "mile": "mile miles mi",
    "milligram": "milligram milligrams",
    "gram": "gram grams gramme grammes",
    "kilogram": "kilogram kilograms kilogramme kilogrammes kilo kilos kgs",
    "tonne": "tonne tonnes",
    "ton": "ton tons",
    "ounce": "ounce ounces oz",
    "pound": "lb lbs pound pounds",
    "square metre": "square_metres square_metre square_meters square_meter sq_m",
    "square kilometre": "square_kilometres square_kilometre square_kilometers sq_km",
    "square foot": "square_feet square_foot sq_ft",
    "square mile": "square_miles square_mile sq_mi",
    "acre": "acre acres",
    "hectare": "hectare hectares",
    "millilitre": "millilitre millilitres milliliter milliliters",
    "litre": "litre litres liter liters",
    "gallon": "gallon gallons",
    "pint": "pint pints",
    "barrel": "barrel barrels",
    "second": "second seconds sec secs",
    "minute": "minute minutes mins",
    "hour": "hour hours hr hrs",
    "day": "day days",
    "week": "week weeks",
    "fortnight": "fortnight fortnights",
    "month": "month months",
    "year": "year years yr yrs",
    "decade": "decade decades",
    "century": "century centuries",
    "degree Celsius": "degrees_Celsius degree_Celsius degrees_C",
    "degree Fahrenheit": "degrees_Fahrenheit degree_Fahrenheit degrees_F",
    "degree": "degree degrees",
    "kilometre per hour": "kmh kph kmph kilometres_per_hour kilometers_per_hour km_per_hour",
    "mile per hour": "mph miles_per_hour",
    "knot": "knot knots",
    "watt": "watt watts",
    "kilowatt": "kilowatt kilowatts",
    "megawatt": "megawatt megawatts",
    "gigawatt": "gigawatt gigawatts",
    "horsepower": "horsepower hp",
    "volt": "volt volts",
    "kilobyte": "kilobyte kilobytes",
    "megabyte": "megabyte megabytes",
    "gigabyte": "gigabyte gigabytes",
    "terabyte": "terabyte terabytes",
    "hertz": "hertz",
    "kilohertz": "kilohertz",
    "megahertz": "megahertz",
    "gigahertz": "gigahertz",
    "percent": "percent per_cent per-cent per_centum pct percentage",
    "percentage point": "percentage_point percentage_points",
    "dollar": "dollar dollars US_dollars",
    "cent": "cents",
    "euro": "euro euros",
    "pound sterling": "pound pounds pounds_sterling",
    "penny": "pence penny",
    "yen": "yen",
    "rupee": "rupee rupees Rs Rs.",
    "rouble": "rouble roubles ruble rubles",
    "franc": "franc francs",
    "mark": "marks",
    "shilling": "shilling shillings",
    "crown": "crowns",
    "yuan": "yuan renminbi",
    "time": "times",
}

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_CLEAR = [name for name in _MONTHS if name not in ("March", "May")]  # the others are words in lower case as well
_DAY = rf"(?:{DAYS})(?:st|nd|rd|th)?"
_DATED = rf"(?=(?:{GAP}{_DAY})?,?{GAP}{YEAR})"
_SHORT = "|".join([*(name[:3] for name in _MONTHS), "Sept", *(name[:3].lower() for name in _CLEAR), "sept"])
_MONTH = "|".join([*_MONTHS, *map(str.lower, _CLEAR), f"(?:march|may){_DATED}", rf"(?:{_SHORT})\b\.?"])
_TIMES = {"noon": 12, "midday": 12, "midnight": 0}
_HOURS = _ONES[:12]
_HOUR = rf"\d{{1,2}}|{'|'.join(_HOURS)}"
_NINETIES = {f"{ten[:-1]}ies": 10 * n for n, ten in enumerate(_TENS, 2)}
_HUNDREDS = {name: 100 * n for n, name in enumerate(_ONES[15:], 16)}
_ROMAN = parted("II III IV VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX XXI")
_AFTER = "|".join(
    rf"(?<=\b[{w[0].upper()}{w[0]}]{w[1:]} )" for w in ("in", "since", "until", "by", "from", "last", "next")
)


def calendar() -> Calendar:
    """Return the forms of dates and times of day, of which a year may be lacking, or the day."""
    return Calendar(
        months={name[:size].lower(): n for n, name in enumerate(_MONTHS, 1) for size in (3, 4, len(name))},
        weekdays={name.lower(): n for n, name in enumerate(_DAYS, 1)},
        forms=(
            rf"\b(?P<month_a>{_MONTH}){GAP}(?:the{GAP})?(?P<day_a>{_DAY})\b(?:,?{GAP}(?P<year_a>{YEAR})\b)?",
            rf"\b(?P<day_b>{_DAY}){GAP}(?:of{GAP})?(?P<month_b>{_MONTH})(?!\w)(?:,?{GAP}(?P<year_b>{YEAR})\b)?",
            rf"\b(?P<month_c>{_MONTH})(?:,?{GAP}(?:of{GAP})?)(?P<year_c>{YEAR})\b",
            rf"\b(?P<month_d>{'|'.join([*_CLEAR, *map(str.lower, _CLEAR)])}|(?:{_AFTER})(?:March|May))\b",
            rf"\b(?P<weekday>{'|'.join([*_DAYS, *map(str.lower, _DAYS)])})\b",
            rf"(?<![\d/.-])(?P<first>\d{{1,2}})(?P<mark>[/.-])(?P<second>\d{{1,2}})(?P=mark)(?P<year_e>{YEAR})(?![\d/-])",
            rf"\b(?:12\s)?(?P<time>(?i:{'|'.join(_TIMES)}))\b",
            rf"\b(?P<clock>(?i:{_HOUR}))\s?o['’]clock\b",
            rf"\b(?:(?i:an?){GAP})?(?P<part>(?i:half|quarter)){GAP}(?P<side>past|to){GAP}(?P<toward>(?i:{_HOUR}))\b(?![.:]\d)",
            r"(?<=[\s(]['’])(?P<lone>\d\d)(?![\w'’]|[.,]\d)",
            rf"\b(?P<hour_a>(?i:{_HOUR}))(?:[:.](?P<minute_a>\d{{2}}))?\s?(?P<half>[AaPp])\.?[Mm]\b",
            CLOCK,
            rf"\b(?P<century>{NUMBERS.ordinals})[\s-]+[Cc]entur(?:y|ies)\b",
            r"\b(?P<century_r>[IVX]+)(?:th)?[^\S\n][Cc]entury\b",
            r"(?<!\w)(?P<decade>1\d\d0|20\d0|[1-9]00|(?<=['’])\d0|(?<=\bthe )\d0)(?:['’]?s|[^\S\n]['’]s)\b",
            rf"\b(?:(?P<hundred>(?i:{'|'.join(_HUNDREDS)}))[\s-])?(?P<ten>(?i:{'|'.join(_NINETIES)}))\b",
        ),
        begins=(
            *_MONTHS,
            *(name[:3] for name in _MONTHS),
            "Sept",
            *_DAYS,
            "half",
            "quarter",
            *_TIMES,
            *_NINETIES,
            *_HUNDREDS,
            *_ROMAN,
        ),
        read=_read,
    )


def _read(said: Mapping[str, str]) -> dict[str, int]:
    """Return what dates say in forms of English alone: 10/02/2020, noon, five o'clock, 5 p.m., the nineties."""
    if "first" in said:
        return {"year": int(said["year"]), "first": int(said["first"]), "second": int(said["second"])}
    if "time" in said:
        return {"hour": _TIMES[key_of(said["time"])] + 1}
    if "clock" in said:
        return to_hour(_hour(said["clock"]), 0)
    if "toward" in said:
        minute = 30 if key_of(said["part"]) == "half" else 15
        hour = _hour(said["toward"])
        return to_hour(hour, minute) if said["side"] == "past" else to_hour(hour - 1, 60 - minute)
    if "ten" in said:
        return {"decade": _NINETIES[key_of(said["ten"])] + _HUNDREDS.get(key_of(said.get("hundred", "")), 0)}
    if "half" in said:
        hour = _hour(said["hour"]) % 12 + (12 if said["half"] in "pP" else 0)
        return {"hour": hour + 1, "minute": int(said.get("minute", 0))}
    return {}


def _hour(said: str) -> int:
    return int(said) if said.isdecimal() else _HOURS.index(key_of(said)) + 1


# behind in-, im-, il- and ir- adjectives and what is made of them; behind dis- the words that it denies
_ADJECTIVE = r"\w{3,}(?:able|ible|al|ent|ant|ive|ate|ous|ar|ary|ect|ete|ite|ic|ly|ance|ence|ity|cy)"
_MORE = "pure|mature|secure|sane|human|exact|mobile|justice|action|attention|experienced?|fertile"
_LOOKS = (
    "inflammabl|invaluabl|inhabitabl|impassive|infamous|infamy|inpatient|infancy|indignity|information|union|unit|"
    "unravel|unloose|unthaw|untold|under"
)
_DIS = (
    "agree|approv|lik|trust|believ|belief|obey|obed|appear|connect|continu|prov|allow|pleas|own|qualif|respect|satisf|"
    "honest|hono|loyal|similar|abl|abilit|advantag|organi|engag|content|interest|unit|courteous|credit|favo|inclin|"
    "arm|harmon|associat|regard|proportion"
)
DENIALS = Denials(
    frozenset({"not", "no", "never", "none", "nobody", "nothing", "nowhere", "neither", "without"}),
    re.compile(r"(?:un|in|im|il|ir|dis|non)"),
    re.compile(rf"(?!{_LOOKS})(?:(?:un|non)\w+|(?:in|im|il|ir)(?:{_ADJECTIVE}|{_MORE})|dis(?:{_DIS})\w*)"),
    re.compile(r"(?:un|in|im|il|ir|dis|non|mis)\w{4,}|\w{3,}less(?:ly)?"),
    "without",
    "with",
    (("less", "ful"), ("lessly", "fully"), ("less", "fully"), ("lessly", "ful")),
    auxiliaries=frozenset({"do", "does", "did", "has", "have", "had"}),
)


def _verb(stem: str) -> tuple[str, ...]:
    if stem.endswith("e"):
        return stem, f"{stem}s", f"{stem}d", f"{stem[:-1]}ing"
    if re.search(r"[^aeiou]y$", stem):
        return stem, f"{stem[:-1]}ies", f"{stem[:-1]}ied", f"{stem}ing"
    plural = f"{stem}es" if re.search(r"(?:s|x|z|ch|sh)$", stem) else f"{stem}s"
    return stem, plural, f"{stem}ed", f"{stem}ing"


def _adjective(stem: str) -> tuple[str, ...]:
    if re.search(r"[^aeiou][aeiou][bdgmnpt]$", stem):
        longer = stem + stem[-1] + "e"
    elif stem.endswith("e"):
        longer = stem
    else:
        longer = (f"{stem[:-1]}i" if stem.endswith("y") else stem) + "e"
    return stem, f"{longer}r", f"{longer}st"


INFLECTED = {"*": _verb, "^": _adjective}
