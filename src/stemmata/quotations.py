"""Quotations: what stands between quotation marks, in the styles of many languages, and block quotations.

Marks pair up within a paragraph: “…”, "…", „…“, «…», »…«, ”…”, 「…」, ‘…’ and '…'. Where the next paragraph opens with
the same mark the quotation goes on in it. A mark that finds no partner opens nothing, and neither does a dash: a
dialogue quotes nobody outside its text.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from stemmata.reporting_verbs import Verbs, verbs_of

CLOSES = {
    "“": "”",
    "‟": "”",
    "„": "“”‟",
    "”": "”",
    "«": "»",
    "»": "«»",
    "「": "」",
    "『": "』",
    "〝": "〞〟",
    '"': '"',
    "‘": "’",
    "‚": "‘’",
    "’": "’",
    "'": "'",
}
EITHER = "”»\"’'"  # signs that close a quotation, and that some languages open one with
SHAPED = "\"“”'‘’‚"  # signs whose neighbours say which they do
DEEPEST = 4  # quotations within quotations; of more the outermost is let go
RUN = 4  # marks in a row that quote nothing: a line drawn with them
REACH = 240  # code points before and after a quotation in which its speaker stands
CITATION = 80  # code points at the end of a quotation in which a citation of it may stand
MENTION = 400  # code points before a quotation in which whom "he" means was named

_SINGLE = "‘’'"
_SIGNS = "\"“”„‟«»「」『』〝〞〟‘’‚'"
_MARKS = re.compile(rf"[{_SIGNS}\n]")
_SIGNS_ONLY = re.compile(rf"[{_SIGNS}]{{{RUN}}}")
_BLANK = re.compile(r"\n[^\S\n]*+\n\s*+")
_PRIME = re.compile(r"[^\"\n]*+\"")
_TWAS = re.compile(r"['’](?:\d|(?:tis|twas|em|cause|til|n|round|bout)\b)", re.IGNORECASE)
_REPLY = re.compile(r"^[ \t]*+>.*+(?:\n[ \t]*+>.*+)*+", re.MULTILINE)
_SET_IN = re.compile(r"[:：][ \t]*+\r?\n(?:[ \t]*+\r?\n)?((?:(?: {2}|\t)[ \t]*+[^\s].*+(?:\n|\Z))++)")
_PARAGRAPH = re.compile(r"\n[^\S\n]*\n")
_SENTENCE = re.compile(r"[.!?。！？…](?=[\s\"”’»」])|[。！？]")
_CITED = re.compile(
    r"\((?:[^()]{0,80}\W)?(?:1[4-9]|20)\d\d[a-z]?(?:\W[^()]{0,40})?\)|\[\d{1,3}(?:\s?[,;–-]\s?\d{1,3}){0,5}\]"
)
_WORD = re.compile(r"\w+(?:['’]\w+)?")
_PRONOUNS = frozenset(("he", "she", "they", "we", "i", "it", "who", "er", "sie", "wir", "ich", "il", "elle"))
_PRONOUNS |= {"ils", "elles", "él", "ella", "ellos", "он", "она", "они", "мы", "я"}


class Quotation(NamedTuple):
    """Code points [start, end) of a quotation, without its marks."""

    start: int
    end: int


def find_quotations(text: str) -> list[Quotation]:
    """Return all quotations of a text, in order; none lies in another.

    Notes
    -----
    One pass, linear in the length of the text.
    """
    blocks = block_quotations(text)
    return _outermost([*between_marks(text), *blocks]) if blocks else between_marks(text)


def between_marks(text: str) -> list[Quotation]:
    """Return what stands between quotation marks, in order; of a quotation within a quotation the outer one."""
    found: list[Quotation] = []
    opened: list[tuple[str, int]] = []
    paragraph = 0
    for sign in _MARKS.finditer(text):
        mark, at = sign[0], sign.start()
        if mark == "\n":
            if opened and at >= paragraph and (blank := _BLANK.match(text, at)):
                paragraph = blank.end()
                opened = [one for one in opened if one[0] == text[paragraph : paragraph + 1]][:1]
        elif mark in _SINGLE and text[at - 1 : at].isalnum() and text[at + 1 : at + 2].isalnum():
            continue  # an apostrophe
        elif at >= RUN and text[at - 1] in _SIGNS and _SIGNS_ONLY.match(text, at - RUN, at):
            opened.clear()
        elif (closed := _partner(text, at, opened)) is not None:
            found.append(Quotation(opened[closed][1], at))
            del opened[closed:]
        elif _opens(text, at) and not (_begins_line(text, at) and any(mark == one for one, _ in opened)):
            within = [one for one in opened if one[0] != mark or mark not in EITHER]  # else it never closed
            opened = [*within, (mark, at + 1)][-DEEPEST:]
    return _outermost(found)


def _partner(text: str, at: int, opened: list[tuple[str, int]]) -> int | None:
    """Return which of the open marks the one at ``at`` closes."""
    mark = text[at]
    if mark in SHAPED and not _may_close(text, at):
        return None
    for k in range(len(opened) - 1, -1, -1):
        if mark in CLOSES[opened[k][0]] and opened[k][1] < at:
            return None if mark == '"' and _is_inches(text, at) else k
    return None


def _may_close(text: str, at: int) -> bool:
    """Say whether a sign can stand at the end of a quotation: it touches what is before it, or nothing at all."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if before.isspace():
        return text[at] == '"' and after.isspace()
    return bool(before) and (not after.isalnum() or _is_unspaced(after) or _is_unspaced(before))


def _opens(text: str, at: int) -> bool:
    """Say whether a sign can stand at the beginning of a quotation."""
    mark, before, after = text[at], text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    if mark not in CLOSES:
        return False
    if mark not in SHAPED:
        return True
    if before.isalnum() and not _is_unspaced(before):
        return False
    if mark in "'’" and _TWAS.match(text, at):
        return False
    return bool(after.strip()) or (mark == '"' and (before.isspace() or not before))


def _begins_line(text: str, at: int) -> bool:
    """Say whether a mark begins a line: there a long quotation shows that it goes on."""
    before = at
    while before and text[before - 1] in " \t":
        before -= 1
    return not before or text[before - 1] == "\n"


def _is_inches(text: str, at: int) -> bool:
    """Say whether a straight mark after a digit is a sign for inches: a later one of the paragraph closes."""
    if not text[at - 1 : at].isdigit():
        return False
    later = _PRIME.match(text, at + 1)
    return later is not None and not _opens(text, later.end() - 1)


def _is_unspaced(sign: str) -> bool:
    return "\u2e80" <= sign[:1] <= "\uff60"


def block_quotations(text: str) -> list[Quotation]:
    """Return what is set apart as a quotation: lines that begin with ``>``, and lines set in after a colon."""
    found = [Quotation(*match.span()) for match in _REPLY.finditer(text)] if ">" in text else []
    for match in _SET_IN.finditer(text) if "\n  " in text or "\n\t" in text else ():
        line = text.rfind("\n", 0, match.start()) + 1
        if not text[line : line + 1].isspace():  # else all lines are set in
            found.append(Quotation(*match.span(1)))
    return sorted(found)


def is_named(text: str, quotation: Quotation, language: str | None = None) -> bool:
    """Say whether a speaker or a source is named beside a quotation.

    A sentence before it, round it or after it, in its paragraph or at the end of a paragraph that closes with a
    colon, has a reporting verb and a name, or a pronoun for somebody named shortly before; or a citation such as
    (Smith 2010) or [3].

    Parameters
    ----------
    language : str or None
        ISO 639-1 code, whose reporting verbs count; where it is unknown those of all languages do.
    """
    verbs = verbs_of(language)
    before, after = _before(text, quotation), _after(text, quotation)
    end = quotation.end
    if _CITED.search(before) or _CITED.search(text[max(quotation.start, end - CITATION) : end] + after):
        return True
    parts = [(_tell(part, verbs), _has_case(part)) for part in (before, after) if _may_tell(part, verbs)]
    if any(told.verb and (told.name or not cased) for told, cased in parts):
        return True
    if any(told.verb and told.pronoun for told, _ in parts):
        return _tell(text[max(0, quotation.start - MENTION) : quotation.start], verbs).name
    return False


def _before(text: str, quotation: Quotation) -> str:
    """Return the last two sentences before a quotation in its paragraph, or in one that leads up to it."""
    *earlier, own = _PARAGRAPH.split(text[max(0, quotation.start - REACH) : quotation.start].rstrip(_SIGNS + " \t>"))
    if not own and earlier and earlier[-1].rstrip().endswith((":", "：")):
        own = earlier[-1]
    own = own.rstrip()
    begins = [end.end() for end in _SENTENCE.finditer(own) if end.end() < len(own)]
    return own[begins[-2] :] if len(begins) > 1 else own


def _after(text: str, quotation: Quotation) -> str:
    """Return the first two sentences after a quotation in its paragraph."""
    rest = _PARAGRAPH.split(text[quotation.end : quotation.end + REACH], maxsplit=1)[0]
    ends = [end.end() for end in _SENTENCE.finditer(rest)]
    return rest[: ends[1]] if len(ends) > 1 else rest


class _Told(NamedTuple):
    """Whether a reporting verb, a name and a pronoun stand in some sentences."""

    verb: bool
    name: bool
    pronoun: bool


def _may_tell(part: str, verbs: Verbs) -> bool:
    """Say whether a reporting verb may stand in some sentences, in whatever case: most hold none."""
    if any(sign in part for sign in verbs.parts):
        return True
    words = _WORD.findall(part)
    return not (verbs.words.isdisjoint(words) and verbs.words.isdisjoint(map(str.casefold, words)))


def _tell(part: str, verbs: Verbs) -> _Told:
    verb = any(sign in part for sign in verbs.parts)
    name = pronoun = False
    end = 0
    for word in _WORD.finditer(part):
        here = word[0]
        first = not end or any(sign in ".!?:…\n" for sign in part[end : word.start()])
        end = word.end()
        if here in verbs.words or (first and here.casefold() in verbs.words):
            verb = True
        elif here.casefold() in _PRONOUNS:
            pronoun = True
        elif here[0].isupper() and (not first or _followed(part, end, verbs)):
            name = True
    return _Told(verb, name, pronoun)


def _followed(part: str, end: int, verbs: Verbs) -> bool:
    """Say whether a reporting verb follows: the first word of a sentence is then a name."""
    word = _WORD.search(part, end, end + 30)
    return word is not None and word[0] in verbs.words


def _has_case(part: str) -> bool:
    return any(sign.islower() for sign in part)


def _outermost(quotations: list[Quotation]) -> list[Quotation]:
    found: list[Quotation] = []
    for one in sorted(quotations, key=lambda q: (q.start, -q.end)):
        if one.start < one.end and (not found or one.start >= found[-1].end):
            found.append(one)
    return found
