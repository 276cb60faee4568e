"""German forms: numbers, units and dates in words, endings, contractions, and what denies a word."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction

from stemmata.alterations.calendars import GAP, Calendar, read_calendar, to_hour
from stemmata.alterations.contractions import Contractions
from stemmata.alterations.denials import Denials
from stemmata.alterations.numerals import DIGITS, NumberWords, any_of, counted_forms, key_of, parted

NAMES = ""
ELISIONS: tuple[str, ...] = ()

_ONES = parted("ein zwei drei vier fünf sechs sieben acht neun")
_TEENS = parted("zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn")
_TENS = parted("zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig")
_HALVES = {"anderthalb": Fraction(3, 2), "eineinhalb": Fraction(3, 2), "zweieinhalb": Fraction(5, 2),
           "dreieinhalb": Fraction(7, 2)}  # fmt: skip
_WORTH = (
    {word: n for n, word in enumerate([*_ONES, *_TEENS], 1)}
    | {word: 10 * n for n, word in enumerate(_TENS, 2)}
    | {"eins": 1, "zwo": 2, "dreissig": 30}
)
_SCALES = {"hundert": 100, "tausend": 10**3, "million": 10**6, "millionen": 10**6, "mio": 10**6, "mio.": 10**6,
           "milliarde": 10**9, "milliarden": 10**9, "mrd": 10**9, "mrd.": 10**9, "billion": 10**12,
           "billionen": 10**12, "billiarde": 10**15, "billiarden": 10**15, "dutzend": 12}  # fmt: skip
_BELOW_HUNDRED = [
    *_ONES,
    *_TEENS,
    *(f"{one}und{ten}" if one else ten for ten in [*_TENS, "dreissig"] for one in ("", *_ONES)),
]
_HUNDREDS = ["hundert", *(f"{one}hundert" for one in _ONES)]
_THOUSANDS = [f"{n}tausend" for n in ["", *_BELOW_HUNDRED, *_HUNDREDS]]
_INFLECTED = r"ein(?:e[nmrs]?)?"
_CROWDS = {"hunderte": 100, "hunderten": 100, "tausende": 10**3, "tausenden": 10**3, "dutzende": 12,
           "dutzenden": 12, "millionen": 10**6, "milliarden": 10**9, "billionen": 10**12}  # fmt: skip
_PARTS = {"hälfte": 2, "drittel": 3, "viertel": 4, "fünftel": 5, "sechstel": 6, "achtel": 8, "zehntel": 10}

_SMALL = any_of([*_BELOW_HUNDRED[1:], "eins", "zwo"])
_HUNDRED = rf"(?:{'|'.join(_ONES)})?hundert(?:(?:und)?(?:{_SMALL}|ein))?"
_THOUSAND = rf"(?:{_HUNDRED}|{_SMALL}|ein)?tausend(?:(?:und)?(?:{_HUNDRED}|{_SMALL}|ein))?"
_LARGE = any_of(word for word in _SCALES if len(word) > 4 and word not in ("hundert", "tausend"))

_STEMS = parted("ers zwei drit vier fünf sechs sieb ach neun")
_RANK_STEMS = (
    {f"{stem}t": n for n, stem in enumerate(_STEMS, 1) if n != 8}
    | {"acht": 8}
    | {f"{word}t": n for n, word in enumerate(_TEENS, 10)}
    | {f"{word}st": sum(_WORTH[part] for part in word.split("und")) for word in _BELOW_HUNDRED[19:]}
    | {"hundertst": 100}
)
_RANKS = {
    f"{stem}{ending}": n
    for stem, n in _RANK_STEMS.items()
    for ending in ("e", "en", "er", "es", "em")
    if f"{stem}{ending}" != "achten"  # to respect
}
_BEFORE_RANK = "|".join(
    rf"(?<=\b[{w[0].upper()}{w[0]}]{w[1:]} )"
    for w in ("der", "die", "das", "den", "dem", "des", "im", "am", "zum", "zur", "vom")
)

UNITS = {
    "millimetre": "millimeter millimetern",
    "centimetre": "zentimeter zentimetern",
    "metre": "meter metern meters",
    "kilometre": "kilometer kilometern kilometers",
    "inch": "zoll",
    "foot": "fuß",
    "yard": "yard yards",
    "mile": "meile meilen",
    "milligram": "milligramm",
    "gram": "gramm",
    "kilogram": "kilogramm kilo kilos",
    "metric pound": "pfund",
    "tonne": "tonne tonnen t",
    "ounce": "unze unzen",
    "acre": "acre acres",
    "hectare": "hektar",
    "millilitre": "milliliter millilitern",
    "litre": "liter litern",
    "gallon": "gallone gallonen",
    "barrel": "barrel",
    "second": "sekunde sekunden",
    "minute": "minute minuten",
    "hour": "stunde stunden std",
    "day": "tag tage tagen",
    "week": "woche wochen",
    "month": "monat monate monaten",
    "year": "jahr jahre jahren",
    "decade": "jahrzehnt jahrzehnte jahrzehnten",
    "century": "jahrhundert jahrhunderte jahrhunderten",
    "degree": "grad",
    "degree Celsius": "grad_celsius",
    "degree Fahrenheit": "grad_fahrenheit",
    "kilometre per hour": "stundenkilometer stundenkilometern kilometer_pro_stunde",
    "mile per hour": "meilen_pro_stunde",
    "knot": "knoten",
    "watt": "watt",
    "kilowatt": "kilowatt",
    "megawatt": "megawatt",
    "gigawatt": "gigawatt",
    "horsepower": "ps pferdestärken",
    "volt": "volt",
    "kilobyte": "kilobyte",
    "megabyte": "megabyte",
    "gigabyte": "gigabyte",
    "terabyte": "terabyte",
    "hertz": "hertz",
    "kilohertz": "kilohertz",
    "megahertz": "megahertz",
    "gigahertz": "gigahertz",
    "percent": "prozent",
    "permille": "promille",
    "percentage point": "prozentpunkt prozentpunkte prozentpunkten",
    "dollar": "dollar dollars us-dollar",
    "euro cent": "cent",
    "euro": "euro euros",
    "pound sterling": "pfund pfund_sterling",
    "yen": "yen",
    "rupee": "rupie rupien",
    "rouble": "rubel",
    "franc": "franken franc francs",
    "mark": "mark d-mark",
    "peso": "peso pesos",
    "shilling": "schilling",
    "crown": "krone kronen",
    "yuan": "yuan renminbi",
    "time": "mal",
}
_COUNTED = counted_forms(UNITS)

NUMBERS = NumberWords(
    worth={**_WORTH, **_HALVES},
    scales=_SCALES,
    ranks=_RANKS,
    parts={**_PARTS, "dreiviertel": Fraction(4, 3)},
    numeral=rf"(?:(?:{any_of(_HALVES)}|{_THOUSAND}|{_HUNDRED}|{_SMALL}"
    rf"|(?:eine[rn]?\s+)?halben?(?=\s+(?:{_LARGE})\b)|{_INFLECTED}(?=\s+(?:{_LARGE}|{any_of(_COUNTED)})\b))"
    rf"(?:[\s-]+(?:{_LARGE}|tausend)\b)*)",
    ordinals=rf"(?:{_BEFORE_RANK})\d{{1,{DIGITS}}}\.(?=[^\S\n]+(?-i:[A-ZÄÖÜ]))|{any_of(_RANKS)}",
    fraction=rf"(?:{_INFLECTED}|{_SMALL})[\s-]+(?:{any_of(_PARTS)})n?|dreiviertel|hälfte",
    begins=(
        *_WORTH,
        *_HALVES,
        *_BELOW_HUNDRED[1:],
        *_HUNDREDS,
        *(f"{hundred}{und}{small}" for hundred in _HUNDREDS for small in _BELOW_HUNDRED for und in ("", "und")),
        *_THOUSANDS,
        *(f"{thousand}{hundred}" for thousand in _THOUSANDS[:20] for hundred in _HUNDREDS),
        *_RANKS,
        "halbe",
        "halben",
        "hälfte",
        "dreiviertel",
        "doppelt",
        "zweimal",
        "dreimal",
        *_CROWDS,
    ),
    articles=("ein", "eine", "einen", "einem", "einer", "eines"),
    counted=(*_SCALES, *_PARTS, *_COUNTED, "halbe", "halben"),
    crowds=_CROWDS,
    folds={"zweimal": 2, "doppelt": 2, "dreimal": 3},
    fold="zweimal|doppelt|dreimal",
    unsaid=frozenset({"ein", "eine", "einen", "einem", "einer", "eines", "eins"}),
    halving=frozenset({"halbe", "halben"}),
)


def calendar() -> Calendar:
    """Return how dates are written, with times of day, centuries and decades."""
    return read_calendar(
        "de",
        months={"Jänner": 1, "Feber": 2, "Mai": 5},
        weekdays={"Sonnabend": 6},
        times=(
            r"\b(?P<hour_t>\d{1,2})(?:[:.](?P<minute_t>[0-5]\d))?\s?Uhr\b",
            rf"\b[Hh]alb{GAP}(?P<toward>{'|'.join([*_ONES[1:], 'eins', 'zehn', 'elf', 'zwölf'])})\b(?:{GAP}Uhr\b)?",
            rf"\b(?P<century>\d{{1,2}}\.|(?i:{any_of(_RANKS)}))\s+(?:Jahrhunderts?\b|Jh\.)",
            r"(?<!\w)(?P<decade>1\d\d0|20\d0)er\b(?:[\s-]Jahren?\b)?",
        ),
        begins=("halb",),
    )._replace(read=_read)


def _read(said: Mapping[str, str]) -> dict[str, int]:
    """Return what *halb neun* says: half past eight."""
    return to_hour(_WORTH[key_of(said["toward"])] - 1, 30) if "toward" in said else {}


_TURNED = "|".join(
    (
        r"nicht\w+",
        r"un\w*(?:lich|bar|ig|isch|sam|haft|end|(?:ge|be|er|ver|ent|ein|aus|zer|vor|an|auf)\w+(?:t|en))"
        r"(?:e[nmrs]?|er\w*|st\w*|keit\w*|heit\w*)?",
        r"un(?:klar|echt|recht|fair|gern|sicher|frei|rein|genau|gesund|schön|wahr|wohl|zufrieden|bequem|reif|treu|schuld)\w*",
        r"miss(?:acht|trau|billig|glück|verst)\w*",
        r"(?:in|il|ir|im)\w{3,}(?:al|ell?|iv|ent|ant|är|il|ekt|abl|ibl)(?:e[nmrs]?|er\w*|ität\w*)?",
    )
)
DENIALS = Denials(
    frozenset(
        parted(
            "nicht nie niemals kein keine keinen keinem keiner keines keins keinerlei niemand niemanden niemandem "
            "nichts nirgends nirgendwo weder ohne keinesfalls keineswegs mitnichten"
        )
    ),
    re.compile(r"(?:un|miss|nicht|in|il|ir|im)"),
    re.compile(rf"(?!unbedingt|unheimlich)(?:{_TURNED})"),
    re.compile(r"(?:un|miss)\w{4,}|\w{3,}los(?:e[nmrs]?)?"),
    "ohne",
    "mit",
    (("los", "voll"), ("los", "reich")),
    re.compile(r"e[nmrs]?\Z"),
)

_SPELLED = (
    (re.compile("ß"), "ss"),
    (re.compile(r"ph(?=oto|on|ant)|(?<=gra)ph"), "f"),
    (re.compile(r"^(aufw|überschw)end(?=ig)"), r"\1änd"),
    (re.compile(r"^plazier"), "platzier"),
    (re.compile(r"^numerier"), "nummerier"),
)
plain_words = Contractions(
    whole={
        "im": "in dem", "ins": "in das", "am": "an dem", "ans": "an das", "zum": "zu dem", "zur": "zu der",
        "vom": "von dem", "beim": "bei dem", "aufs": "auf das", "ums": "um das", "fürs": "für das",
        "durchs": "durch das", "übers": "über das", "unters": "unter das", "gibt's": "gibt es", "geht's": "geht es",
        "dr": "doktor", "prof": "professor", "bzw": "beziehungsweise", "usw": "und so weiter", "evtl": "eventuell",
        "ca": "circa", "zirka": "circa", "st": "sankt", "nr": "nummer", "sodass": "so dass", "aufgrund": "auf grund",
        "anstelle": "an stelle", "mithilfe": "mit hilfe", "zugunsten": "zu gunsten", "zuwenig": "zu wenig",
        "zuviel": "zu viel", "wieviel": "wie viel", "wieviele": "wie viele", "potentiell": "potenziell",
        "sonnabend": "samstag",
    },
    respelled=_SPELLED,
).plain  # fmt: skip


def _verb(stem: str) -> tuple[str, ...]:
    endings = ("", "e", "en", "n", "t", "st", "et", "te", "ten", "ete", "eten", "end", "ende", "enden", "ung")
    return tuple(f"{stem}{ending}" for ending in endings)


def _adjective(stem: str) -> tuple[str, ...]:
    endings = ("", "e", "en", "em", "er", "es")
    longer = tuple(f"{degree}{ending}" for degree in ("er", "st", "est") for ending in endings[1:])
    return tuple(f"{stem}{ending}" for ending in (*endings, *longer))


INFLECTED = {"*": _verb, "^": _adjective}
