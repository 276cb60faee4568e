"""Spanish forms: numbers, units and dates in words, endings, contractions, and what denies a word."""

from __future__ import annotations

import re

from stemmata.alterations.calendars import Calendar, read_calendar
from stemmata.alterations.contractions import Contractions
from stemmata.alterations.denials import Denials
from stemmata.alterations.numerals import DIGITS, NumberWords, any_of, counted_forms, parted

NAMES = ""
ELISIONS: tuple[str, ...] = ()

_ONES = parted("uno dos tres cuatro cinco seis siete ocho nueve")
_TEENS = parted(
    "diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve veinte veintiuno veintidós "
    "veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve"
)
_TENS = parted("treinta cuarenta cincuenta sesenta setenta ochenta noventa")
_HUNDREDS = parted(
    "cien doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos"
)
_WORTH = (
    {word: n for n, word in enumerate([*_ONES, *_TEENS], 1)}
    | {word: 10 * n for n, word in enumerate(_TENS, 3)}
    | {word: 100 * n for n, word in enumerate(_HUNDREDS, 1)}
    | {f"{word[:-2]}as": 100 * n for n, word in enumerate(_HUNDREDS[1:], 2)}
    | {"ciento": 100, "un": 1, "una": 1, "veintiún": 21, "veintiuna": 21, "dieciseis": 16, "veintidos": 22}
)
_SCALES = {"mil": 10**3, "millón": 10**6, "millones": 10**6, "millon": 10**6, "mil millones": 10**9,
           "billón": 10**12, "billones": 10**12, "docena": 12, "docenas": 12}  # fmt: skip
_PARTS = {"mitad": 2, "tercio": 3, "tercios": 3, "tercera-parte": 3, "terceras-partes": 3, "cuarto": 4, "cuartos": 4,
          "cuarta-parte": 4, "cuartas-partes": 4, "quinto": 5, "quintos": 5, "quinta-parte": 5, "quintas-partes": 5,
          "décimo": 10, "décima-parte": 10, "décimas-partes": 10}  # fmt: skip
_RANK_STEMS = parted("primer segund tercer cuart quint sext séptim octav noven décim undécim duodécim")
_RANKS = {f"{stem}{ending}": n for n, stem in enumerate(_RANK_STEMS, 1) for ending in ("o", "a", "os", "as")} | {
    "primer": 1, "tercer": 3, "vigésimo": 20, "vigésima": 20, "trigésimo": 30, "centésimo": 100,
}  # fmt: skip

_SMALL = rf"(?:(?:{'|'.join(_TENS)})(?:\s+y\s+(?:{any_of([*_ONES, 'un', 'una'])}))?"
_SMALL += rf"|{any_of([*_TEENS, 'veintiún', 'veintiuna', 'dieciseis', 'veintidos', *_ONES[1:]])})"
_HUNDRED = rf"(?:{any_of(word for word, n in _WORTH.items() if n >= 100)})"
_BELOW = rf"(?:{_HUNDRED}(?:\s+(?:{_SMALL}|un[oa]?)\b)?|{_SMALL})"
_THOUSAND = rf"(?:(?:{_BELOW}\s+)?mil(?:\s+(?:{_BELOW}|un[oa]?)\b)?)"
_LARGE = any_of(word for word in _SCALES if word != "mil")

UNITS = {
    "millimetre": "milímetro milímetros",
    "centimetre": "centímetro centímetros",
    "metre": "metro metros",
    "kilometre": "kilómetro kilómetros quilómetros",
    "inch": "pulgada pulgadas",
    "foot": "pie pies",
    "yard": "yarda yardas",
    "mile": "milla millas",
    "milligram": "miligramo miligramos",
    "gram": "gramo gramos",
    "kilogram": "kilogramo kilogramos kilo kilos",
    "tonne": "tonelada toneladas t",
    "ounce": "onza onzas",
    "pound": "lb libra libras",
    "acre": "acre acres",
    "hectare": "hectárea hectáreas",
    "millilitre": "mililitro mililitros",
    "litre": "litro litros",
    "gallon": "galón galones",
    "pint": "pinta pintas",
    "barrel": "barril barriles",
    "second": "segundo segundos",
    "minute": "minuto minutos",
    "hour": "hora horas",
    "day": "día días",
    "week": "semana semanas",
    "month": "mes meses",
    "year": "año años",
    "decade": "década décadas",
    "century": "siglo siglos",
    "degree": "grado grados",
    "degree Celsius": "grados_celsius grado_celsius grados_centígrados",
    "degree Fahrenheit": "grados_fahrenheit grado_fahrenheit",
    "kilometre per hour": "kilómetros_por_hora",
    "mile per hour": "millas_por_hora",
    "knot": "nudo nudos",
    "watt": "vatio vatios",
    "kilowatt": "kilovatio kilovatios",
    "megawatt": "megavatio megavatios",
    "gigawatt": "gigavatio gigavatios",
    "volt": "voltio voltios",
    "kilobyte": "kilobyte kilobytes",
    "megabyte": "megabyte megabytes",
    "gigabyte": "gigabyte gigabytes",
    "terabyte": "terabyte terabytes",
    "hertz": "hercio hercios",
    "kilohertz": "kilohercio kilohercios",
    "megahertz": "megahercio megahercios",
    "gigahertz": "gigahercio gigahercios",
    "percent": "por_ciento por_cien",
    "permille": "por_mil",
    "percentage point": "punto_porcentual puntos_porcentuales",
    "dollar": "dólar dólares",
    "euro cent": "céntimo céntimos",
    "euro": "euro euros",
    "pound sterling": "libra libras libra_esterlina libras_esterlinas",
    "yen": "yen yenes",
    "rupee": "rupia rupias",
    "rouble": "rublo rublos",
    "franc": "franco francos",
    "mark": "marco marcos",
    "peso": "peso pesos",
    "peseta": "peseta pesetas",
    "shilling": "chelín chelines",
    "crown": "corona coronas",
    "yuan": "yuan yuanes",
    "time": "vez veces",
}
_COUNTED = counted_forms(UNITS, "time")

NUMBERS = NumberWords(
    worth=_WORTH,
    scales=_SCALES,
    ranks=_RANKS,
    parts=_PARTS,
    numeral=rf"(?:(?:{_THOUSAND}|{_BELOW}|medio(?=\s+(?:{_LARGE})\b)|una?(?=\s+(?:{_LARGE}|{any_of(_COUNTED)})\b))"
    rf"(?:\s+(?:de\s+)?(?:{_LARGE})\b)*)",
    ordinals=rf"\d{{1,{DIGITS}}}(?:\.?[ºª]|er|os?|as?)(?!\w)|{any_of(_RANKS)}",
    fraction=rf"(?:una?|la|dos|tres|cuatro)\s+(?:{any_of(_PARTS)})|mitad",
    begins=(*_WORTH, *_RANKS, *_SCALES, "medio", "mitad", "doble", "triple", "miles", "cientos", "decenas"),
    articles=("un", "una", "la"),
    counted=(*_SCALES, *_PARTS, *_COUNTED),
    crowds={"miles": 10**3, "cientos": 100, "centenares": 100, "decenas": 10, "millones": 10**6, "docenas": 12},
    unsaid=frozenset({"un", "una", "uno", "unos", "unas"}),
    halving=frozenset({"medio"}),
    of=r"(?:de\s+)?",
)


def calendar() -> Calendar:
    """Return how dates are written, with times of day, centuries and decades."""
    return read_calendar(
        "es",
        months={"setiembre": 9},
        times=(
            r"\b(?P<hour_t>\d{1,2})[:.](?P<minute_t>[0-5]\d)\s?(?:h|horas)\b",
            r"\bsiglo\s+(?P<century>[XVI]+|\d{1,2})\b",
            r"\b(?:años|década\s+de)\s+(?P<decade>1\d\d0|20\d0)\b",
        ),
        begins=("siglo", "años", "década"),
    )


_ADJECTIVE = (
    r"\w{3,}(?:able|ible|al|ente|iv[oa]|os[oa]|ect[oa]|act[oa]|et[oa]|ari[oa]|idad|ncia|til)(?:e?s)?|útil(?:es)?"
    r"|(?:regular|popular|tolerante|constante|capaz|feliz|capac|felic)(?:es)?"
    r"|(?:just|pur|segur|ciert|esperad|adecuad|definid|cumplid|determinad|moderad|desead|acabad|human|culp|madur)[oa]s?"
)
_DES = (
    "conoc|conozc|acuerdo|apare|aprob|aprueb|agradabl|favorabl|leal|honest|igual|content|obed|interes|confi|ventaj|conect|"
    "arm|cuid|organiz|ocup|emple|uni"
)
DENIALS = Denials(
    frozenset(parted("no nunca jamás nadie nada ningún ninguno ninguna ningunos ningunas tampoco ni sin")),
    re.compile(r"(?:in|im|ir|i|des|dis|mal|no)"),
    re.compile(
        rf"(?!importante|información)(?:no\w+|(?:in|im|ir|i(?=l))(?:{_ADJECTIVE})|des(?:{_DES})\w*"
        r"|dis(?:conform|gust|continu|capac)\w*|mal(?:agradecid|educad|san)\w*)"
    ),
    re.compile(r"(?:in|im|ir|des|mal)\w{4,}"),
    "sin",
    "con",
    inflection=re.compile(r"(?:[oa]s?|e?s)\Z"),
    concord=True,
)
plain_words = Contractions(
    whole={
        "del": "de el", "al": "a el", "sr": "señor", "sra": "señora", "srta": "señorita", "dr": "doctor",
        "dra": "doctora", "prof": "profesor", "ud": "usted", "uds": "ustedes", "etc": "etcétera", "sólo": "solo",
        "éste": "este", "ésta": "esta", "ése": "ese", "ésa": "esa", "aquél": "aquel", "guión": "guion",
        "setiembre": "septiembre", "psicología": "sicología", "quizás": "quizá", "aprox": "aproximadamente",
    },
).plain  # fmt: skip


def _first_verb(stem: str) -> tuple[str, ...]:
    endings = parted("a an ar o ó aron aba aban ado ada ados adas ando e en ará arán aría arían é amos")
    return tuple(f"{stem}{ending}" for ending in endings)


def _other_verb(stem: str) -> tuple[str, ...]:
    endings = parted("e en er ir ió ieron ía ían ido ida idos idas iendo a an erá erán irá irán o emos imos")
    return tuple(f"{stem}{ending}" for ending in endings)


def _adjective(stem: str) -> tuple[str, ...]:
    return f"{stem}o", f"{stem}a", f"{stem}os", f"{stem}as"


INFLECTED = {"*": _first_verb, "~": _other_verb, "^": _adjective}
