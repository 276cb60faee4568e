"""Invented prose in plenty: sentences of few words in many orders, for what only shows in a large text."""

from __future__ import annotations

import re
from itertools import product

GERMAN = (
    ("Der Wärter", "Die Lehrerin", "Ein Fischer", "Der alte Lotse", "Die Nachbarin", "Ein fremder Matrose"),
    ("sah am Abend", "holte am Morgen", "suchte im Nebel", "fand nach dem Sturm", "malte im Winter"),
    ("das kleine Boot", "die schwere Laterne", "den roten Anker", "ein altes Segel", "die lange Leine"),
    ("hinter der Mole", "neben dem Leuchtturm", "unter der Brücke", "vor dem Hafenamt", "an der Treppe"),
    ("und ging nach Hause", "und schwieg", "und rief die Leute", "und schrieb einen Brief", "und lachte laut"),
)
RUSSIAN = (
    ("Смотритель", "Старый лоцман", "Учительница", "Незнакомый матрос", "Соседка", "Рыбак"),
    ("увидел вечером", "нашёл утром", "искал в тумане", "заметил после бури", "рисовал зимой"),
    ("маленькую лодку", "тяжёлый фонарь", "красный якорь", "старый парус", "длинный канат"),
    ("за молом", "возле маяка", "под мостом", "перед конторой порта", "у лестницы"),
    ("и пошёл домой", "и промолчал", "и позвал людей", "и написал письмо", "и громко засмеялся"),
)
LATIN = (
    ("Nauta", "Senex piscator", "Magistra", "Ignotus miles", "Vicina", "Custos phari"),
    ("vespere vidit", "mane invenit", "in nebula quaesivit", "post tempestatem repperit", "hieme pinxit"),
    ("parvam naviculam", "gravem lucernam", "rubram ancoram", "vetus velum", "longum funem"),
    ("sub ponte", "prope portum", "post murum", "ante curiam", "in litore"),
    ("et domum rediit", "et tacuit", "et homines vocavit", "et epistulam scripsit", "et clare risit"),
)
SWAPS = {
    "de": "Boot Gefährt schwere gewichtige Laterne Leuchte Brief Schriftsatz alte betagte Segel Tuch lange ausgedehnte "
    "laut hörbar Nebel Dunst Sturm Orkan Treppe Stiege rief brüllte",
    "ru": "лодку посудину тяжёлый увесистый фонарь светильник письмо послание Старый Пожилой парус холст "
    "длинный протяжённый громко звучно тумане мгле бури урагана лестницы ступеней красный алый",
    "la": "naviculam cymbam lucernam lampadem gravem onerosam velum linteum longum porrectum funem restem "
    "epistulam litteras nebula caligine tempestatem procellam murum moenia rubram rufam",
}


def swapped(text: str, language: str) -> str:
    """The text with words exchanged one for one, as a machine does it."""
    words = SWAPS[language].split()
    for word, other in zip(words[::2], words[1::2], strict=True):
        text = re.sub(rf"\b{word}\b", other, text)
    return text


def sentences(words: tuple[tuple[str, ...], ...]) -> list[str]:
    """All sentences that the words make, those that begin alike far from one another."""
    made = [" ".join(parts) + "." for parts in product(*words)]
    return [made[k * 7919 % len(made)] for k in range(len(made))]


def texts(words: tuple[tuple[str, ...], ...], count: int, length: int = 25) -> list[str]:
    """So many texts of so many sentences."""
    made = sentences(words)
    return [" ".join(made[(k * length + i) % len(made)] for i in range(length)) for k in range(count)]
