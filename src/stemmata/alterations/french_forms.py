"""French forms: numbers, units and dates in words, endings, contractions, and what denies a word."""

from __future__ import annotations

import re

from stemmata.alterations.calendars import Calendar, read_calendar
from stemmata.alterations.contractions import Contractions
from stemmata.alterations.denials import Denials
from stemmata.alterations.numerals import DIGITS, NumberWords, any_of, counted_forms, parted

_CENTURIES = parted("I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX XXI")

NAMES = ""
ELISIONS = ("l'", "d'", "qu'")

_ONES = parted("un deux trois quatre cinq six sept huit neuf")
_TEENS = parted("dix onze douze treize quatorze quinze seize")
_TENS = {"vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "septante": 70, "huitante": 80,
         "quatre-vingts": 80, "quatre-vingt": 80, "nonante": 90}  # fmt: skip
_WORTH = {word: n for n, word in enumerate([*_ONES, *_TEENS], 1)} | _TENS | {"une": 1}
_SCALES = {"cent": 100, "cents": 100, "mille": 10**3, "million": 10**6, "millions": 10**6, "milliard": 10**9,
           "milliards": 10**9, "billion": 10**12, "billions": 10**12, "douzaine": 12, "douzaines": 12}  # fmt: skip
_CROWDS = {"milliers": 10**3, "centaines": 100, "dizaines": 10, "millions": 10**6, "milliards": 10**9,
           "douzaines": 12}  # fmt: skip
_PARTS = {"moitié": 2, "tiers": 3, "quart": 4, "quarts": 4, "cinquième": 5, "cinquièmes": 5, "sixième": 6,
          "huitième": 8, "dixième": 10, "dixièmes": 10}  # fmt: skip
_RANK_STEMS = parted(
    "uni deuxi troisi quatri cinqui sixi septi huiti neuvi dixi onzi douzi treizi quatorzi quinzi seizi"
)
_RANKS = {
    form: n for n, stem in enumerate(_RANK_STEMS, 1) for form in (f"{stem}ème", f"{stem}èmes")
} | {
    "premier": 1, "première": 1, "premiers": 1, "premières": 1, "second": 2, "seconde": 2, "vingtième": 20,
    "trentième": 30, "quarantième": 40, "cinquantième": 50, "soixantième": 60, "centième": 100,
}  # fmt: skip

_ONE = any_of([*_ONES[1:], *_TEENS, "un", "une"])
_SMALL = rf"(?:(?:{any_of(_TENS)})(?:[\s-]+(?:et[\s-]+)?(?:dix[\s-]+)?(?:{_ONE}))?|dix[\s-]+(?:sept|huit|neuf)"
_SMALL += rf"|{any_of([*_ONES[1:], *_TEENS])})"
_HUNDRED = rf"(?:(?:{'|'.join(_ONES[1:])})[\s-]+)?cents?(?:[\s-]+(?:{_SMALL}|une?)\b)?"
_BELOW = rf"(?:{_HUNDRED}|{_SMALL})"
_THOUSAND = rf"(?:{_BELOW}[\s-]+)?mille(?:[\s-]+(?:{_BELOW}|une?)\b)?"
_LARGE = any_of(word for word in _SCALES if word not in ("cent", "cents", "mille"))

UNITS = {
    "millimetre": "millimètre millimètres",
    "centimetre": "centimètre centimètres",
    "metre": "mètre mètres",
    "kilometre": "kilomètre kilomètres",
    "inch": "pouce pouces",
    "foot": "pied pieds",
    "yard": "yard yards",
    "mile": "mile miles milles",
    "milligram": "milligramme milligrammes",
    "gram": "gramme grammes",
    "kilogram": "kilogramme kilogrammes kilo kilos",
    "metric pound": "livre livres",
    "tonne": "tonne tonnes t",
    "ounce": "once onces",
    "acre": "acre acres",
    "hectare": "hectare hectares",
    "millilitre": "millilitre millilitres",
    "litre": "litre litres",
    "gallon": "gallon gallons",
    "pint": "pinte pintes",
    "barrel": "baril barils",
    "second": "seconde secondes",
    "minute": "minute minutes",
    "hour": "heure heures",
    "day": "jour jours",
    "week": "semaine semaines",
    "month": "mois",
    "year": "an ans année années",
    "decade": "décennie décennies",
    "century": "siècle siècles",
    "degree": "degré degrés",
    "degree Celsius": "degrés_celsius degré_celsius",
    "degree Fahrenheit": "degrés_fahrenheit degré_fahrenheit",
    "kilometre per hour": "kilomètres_par_heure kilomètres_à_l'heure kilomètres-heure kilomètres/heure",
    "mile per hour": "miles_par_heure",
    "knot": "noeud noeuds nœud nœuds",
    "watt": "watt watts",
    "kilowatt": "kilowatt kilowatts",
    "megawatt": "mégawatt mégawatts",
    "gigawatt": "gigawatt gigawatts",
    "volt": "volt volts",
    "kilobyte": "kilooctet kilooctets ko",
    "megabyte": "mégaoctet mégaoctets mo",
    "gigabyte": "gigaoctet gigaoctets go",
    "terabyte": "téraoctet téraoctets",
    "hertz": "hertz",
    "kilohertz": "kilohertz",
    "megahertz": "mégahertz",
    "gigahertz": "gigahertz",
    "percent": "pour_cent pour-cent pourcent pourcents",
    "permille": "pour_mille",
    "percentage point": "point_de_pourcentage points_de_pourcentage",
    "dollar": "dollar dollars",
    "euro cent": "centime centimes",
    "euro": "euro euros",
    "pound sterling": "livre livres livre_sterling livres_sterling",
    "yen": "yen yens",
    "rupee": "roupie roupies",
    "rouble": "rouble roubles",
    "franc": "franc francs",
    "mark": "mark marks",
    "peso": "peso pesos",
    "shilling": "shilling shillings",
    "crown": "couronne couronnes",
    "yuan": "yuan yuans",
    "time": "fois",
}
_COUNTED = counted_forms(UNITS, "time")

NUMBERS = NumberWords(
    worth=_WORTH,
    scales=_SCALES,
    ranks=_RANKS,
    parts=_PARTS,
    numeral=rf"(?:(?:{_THOUSAND}|{_BELOW}|(?:un[\s-]+)?demi(?=[\s-]+(?:{_LARGE})\b)"
    rf"|une?(?=\s+(?:{_LARGE}|{any_of(_COUNTED)})\b))(?:[\s-]+(?:{_LARGE})\b)*)",
    ordinals=rf"\d{{1,{DIGITS}}}(?:ers?|[èe]res?|res?|nde?s?|[èeé]mes?|es?)"
    rf"|(?:(?:{any_of(_TENS)})[\s-]+(?:et[\s-]+)?)?(?:dix[\s-]+)?(?:{any_of(_RANKS)})",
    fraction=rf"(?:une?|{'|'.join(_ONES[1:])})[\s-]+(?:{any_of(_PARTS)})|moitié",
    begins=(*_WORTH, *_RANKS, *_SCALES, "demi", "moitié", "milliers", "centaines", "dizaines"),
    articles=("un", "une"),
    counted=(*_SCALES, *_PARTS, *_COUNTED, "demi"),
    crowds=_CROWDS,
    unsaid=frozenset({"un", "une"}),
    halving=frozenset({"demi"}),
    of=r"(?:de\s+|d['’])?",
)


def calendar() -> Calendar:
    """Return how dates are written, with times of day, centuries and decades."""
    return read_calendar(
        "fr",
        months={"mai": 5},
        times=(
            r"\b(?P<hour_t>\d{1,2})\s?h(?:eures?)?\s?(?P<minute_t>[0-5]\d)\b",
            rf"\b(?P<century>[XVI]+(?=[èe])|\d{{1,2}}(?=[èe])|(?i:(?:dix-)?(?:{any_of(_RANKS)})))(?:[èe]me|e)?\s+siècles?\b",
            r"\bannées\s+(?P<decade>1\d\d0|20\d0)\b",
        ),
        begins=("années", *(f"{roman}{e}" for roman in _CENTURIES for e in ("e", "ème"))),
    )


_ADJECTIVE = (
    r"\w{3,}(?:able|ible|ale?|aux|el|elle|ive|if|euse|eux|ecte?|acte?|ète|et|ile|aire|ique|ité|[ei]ble|ement|amment)s?"
    r"|(?:puissant|suffisant|tolérant|constant|dépendant|conscient|compétent|cohérent|décent|différent|prudent|fréquent|"
    r"connu|attendu|achevé|certain|humain|soumis|occupé|habité|justifié|espéré|adapté|défini|satisfait)e?s?"
    r"|(?:régulier|régulière|juste|pur|pure|mature|efficace|fidèle|digne|action|capacité|fini|finie)s?"
)
_TURNED = "|".join(
    (
        r"non\w+",
        rf"(?:in|im|il|ir)(?:{_ADJECTIVE})",
        r"dés(?:accord|agréabl|approuv|arm|avantag|ob[ée]i|honneur|honor|organis|intéress|uni|équilibr)\w*",
        r"dé(?:plai|faveur|favorabl|connect|mobilis|centralis)\w*",
        r"mal(?:heur|adroit|honnêt|sain|chanc|propr|poli)\w*",
        r"mé(?:content|connu|connai|sentente|sestim)\w*",
    )
)
DENIALS = Denials(
    frozenset(parted("pas jamais rien personne aucun aucune aucuns aucunes nul nulle nullement ni sans non plus")),
    re.compile(r"(?:in|im|il|ir|dé|dés|mal|non|mé|més)"),
    re.compile(rf"(?!inflammabl|important)(?:{_TURNED})"),
    re.compile(r"(?:in|im|ir|dés|mal|mé)\w{4,}"),
    "sans",
    "avec",
    inflection=re.compile(r"(?:e|s|es)\Z"),
    concord=True,
    bound=frozenset({"personne", "plus"}),
    binds="ne",
)
plain_words = Contractions(
    whole={
        "du": "de le", "des": "de les", "au": "à le", "aux": "à les", "m": "monsieur", "mme": "madame",
        "mlle": "mademoiselle", "dr": "docteur", "pr": "professeur", "etc": "et cetera", "st": "saint", "ste": "sainte",
        "clé": "clef", "clés": "clefs", "événement": "évènement", "événements": "évènements",
    },
    elided={
        "l": "l'", "d": "de", "n": "ne", "qu": "que", "j": "je", "c": "ce", "s": "s'", "m": "me", "t": "te",
        "lorsqu": "lorsque", "puisqu": "puisque", "jusqu": "jusque", "quoiqu": "quoique",
    },
    respelled=((re.compile("œ"), "oe"), (re.compile("æ"), "ae")),
).plain  # fmt: skip


def _verb(stem: str) -> tuple[str, ...]:
    endings = parted("e es ent er é ée és ées a ant ait aient èrent era eront erait eraient ons ez")
    return tuple(f"{stem}{ending}" for ending in endings)


def _adjective(stem: str) -> tuple[str, ...]:
    return stem, f"{stem}e", f"{stem}s", f"{stem}es"


INFLECTED = {"*": _verb, "^": _adjective}
