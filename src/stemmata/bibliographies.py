"""References: the entries of a bibliography, single entries elsewhere, and lines that only cite.

An entry begins like one (an author, a number), has a year, and says where its work is found (pages, volume, DOI,
ISBN, address). Under a heading two of the three suffice, elsewhere it takes all: prose that mentions a book and its
year is left alone. The headings are ours.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_HEADINGS = (
    "references|references and notes|references cited|reference list|list of references|bibliography|works cited"
    "|selected bibliography|literature|literature cited|further reading|sources|literatur|literaturverzeichnis"
    "|literaturangaben|quellen|quellenverzeichnis|références|références bibliographiques|bibliographie"
    "|ouvrages cités|bibliografía|referencias|referencias bibliográficas|obras citadas|bibliografia|opere citate"
    "|riferimenti bibliografici|referências|referências bibliográficas|literatuur|literatuurlijst|bronnen"
    "|referenser|litteraturförteckning|litteratur|källor|lähteet|kirjallisuus|bibliografie|literatura|kaynakça"
    "|spis literatury|kaynaklar|βιβλιογραφία|список литературы|литература|библиография|источники|література"
    "|список использованной литературы|список літератури|المراجع|قائمة المراجع|المصادر والمراجع|منابع"
    "|ביבליוגרפיה|מקורות|参考文献|參考文獻|引用文献|참고문헌|संदर्भ"
)
HEADINGS = frozenset(_HEADINGS.split("|"))
LONGEST = 600  # code points of an entry; a longer one is prose
LONGEST_HEADING = 60
LONGEST_CITING = 200  # code points of a line that only cites
FEWEST = 2  # entries that a heading needs below it

_AROUND_HEADING = " \t#*_=:：.)0123456789"
_YEAR = r"\b(?:1[4-9]\d\d|20[0-4]\d)[a-z]?\b"
_NAME = r"[^\W\d_][\w'’.-]{0,40}"
_INITIALS = r"[^\W\d_]\.(?:[ -]{0,2}[^\W\d_]\.){0,4}"
_NUMBER = r"(?:\[\w{1,12}\]|\(?\d{1,3}[.)])\s{1,4}"
_BULLET = r"[-•*–]\s{1,4}"
_CITATION = (
    r"(?:\[\d{1,3}(?:\s?[,–-]\s?\d{1,3}){0,5}\]"
    rf"|\(?{_NAME}(?: (?:et al\.|(?:and|und|et|y|и|&) {_NAME}))?,? \(?{_YEAR}(?:, (?:pp?|S)\. ?\d[\d–-]{{0,9}})?\)?)"
)
NUMBERED = re.compile(_NUMBER)
BEGINS = re.compile(rf"{_NUMBER}|{_BULLET}")
AUTHOR = re.compile(
    rf"(?:{_NUMBER}|{_BULLET})?(?:{_NAME}(?: {_NAME}){{0,2}}, (?:{_INITIALS}|{_NAME}\.? ?(?=[(,&.;:]))"
    rf"|{_INITIALS} {_NAME}|{_NAME} {_INITIALS}|[\u4e00-\u9fff]{{2,4}}[,.，．])"
)
DIGITS = re.compile(r"[12]\d\d\d")  # quick to find: a text without them names no year
YEAR = re.compile(_YEAR)
DATED = re.compile(rf"\({_YEAR}\)(?:\s?[.,:;]|\s[\"“„«‘']?[A-ZÀ-ÞΑ-ΩА-Я])|{_YEAR}\s?[.,;:—–-]|{_YEAR}\W{{0,3}}$")
PLACED = re.compile(
    r"\bdoi\b|\b10\.\d{4,9}/|\bISB?S?N\b|\barXiv:|\b(?:pp?|S|С|стр|str)\. ?\d|\b(?:vol|Bd|т|t)\. ?\d|https?://|\bwww\."
    r"|\b\d{1,4} ?\(\d{1,3}\)|\b\d{1,4} ?[:,] ?\d{1,5}[–-]\d{1,5}\b|\[[JMCDZ]\]|\s//\s",
    re.IGNORECASE,
)
CITATIONS = re.compile(rf"{_CITATION}(?:(?:[,;.] {{0,2}}|(?<=[\])]) ?){_CITATION}){{0,30}} ?[.;]?")


class _Line(NamedTuple):
    """A line without the white space around it, and whether a blank one goes before."""

    start: int
    end: int
    apart: bool


def find_references(text: str) -> list[tuple[int, int]]:
    """Return the headings and entries of bibliographies, other entries, and lines that only cite, as code points.

    In order, none in another; one pass.
    """
    if not DIGITS.search(text):
        return []
    lines = _lines(text)
    found: list[tuple[int, int]] = []
    done = 0
    for k, (start, end, _) in enumerate(lines):
        if start < done or end - start > LONGEST:
            continue
        line = text[start:end]
        if is_heading(line) and (listed := _entries(text, lines, k + 1)):
            found += [(start, end), *listed]
            done = listed[-1][1]
        elif DIGITS.search(line) and (_is_entry(line) or _only_cites(line)):
            found.append((start, end))
    return found


def is_heading(line: str) -> bool:
    """Say whether a line is the heading of a bibliography."""
    return len(line) <= LONGEST_HEADING and line.strip(_AROUND_HEADING).casefold() in HEADINGS


def _lines(text: str) -> list[_Line]:
    lines = []
    begin, apart = 0, False
    for line in text.splitlines(keepends=True):
        bare = line.strip()
        if bare:
            start = begin + len(line) - len(line.lstrip())
            lines.append(_Line(start, start + len(bare), apart))
        apart = not bare
        begin += len(line)
    return lines


def _entries(text: str, lines: list[_Line], first: int) -> list[tuple[int, int]]:
    """Return the entries below a heading, until there is prose, or two lines in a row that are none."""
    found: list[tuple[int, int]] = []
    missed: list[tuple[int, int]] = []
    k = first
    while k < len(lines) and len(missed) < 2:
        start, end, _ = lines[k]
        k += 1
        while k < len(lines) and _goes_on(text, lines[k], start):
            end = lines[k].end
            k += 1
        if _is_listed(text[start:end]):
            found += [*missed, (start, end)]
            missed = []
        elif end - start > LONGEST_HEADING:
            break
        else:
            missed.append((start, end))
    return found if len(found) >= FEWEST else []


def _goes_on(text: str, line: _Line, start: int) -> bool:
    """Say whether a line continues the entry that begins at ``start``."""
    here = text[line.start : line.start + LONGEST]
    begins = line.apart or BEGINS.match(here) or AUTHOR.match(here) or is_heading(text[line.start : line.end])
    return not begins and line.end - start <= LONGEST


def _is_listed(entry: str) -> bool:
    """Say whether a stretch below a heading is an entry."""
    if len(entry) > LONGEST:
        return False
    begins = NUMBERED.match(entry) or AUTHOR.match(entry)
    return sum(map(bool, (begins, YEAR.search(entry), PLACED.search(entry)))) >= 2


def _is_entry(line: str) -> bool:
    return bool(AUTHOR.match(line) and DATED.search(line) and PLACED.search(line))


def _only_cites(line: str) -> bool:
    if len(line) > LONGEST_CITING or not CITATIONS.fullmatch(line):
        return False
    return line[0] == "[" or len(YEAR.findall(line)) > 1  # (May 2010) is a date
