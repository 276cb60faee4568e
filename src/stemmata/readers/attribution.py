"""The line in which a text names another as its source: a credit, not a mention.

Cue lists are ours; English is fullest, German, French, Spanish and Greek are begun. The rules are precise rather
than greedy: whom a sentence quotes ("according to …") is no source of the text, and a novel that "was first
published in 1820" is no copy. A credit speaks of the text itself, or is a line of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

LONGEST_LINE = 300  # code points: of a longer one only the sentence with the credit is returned
LONGEST_CREDIT = 200  # code points of a line that is nothing but a credit
LINE_END = re.compile(r"[\r\n\x0b\x0c\x85\u2028\u2029]+")
SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’»)\]]*\s+")

_PIECE = (
    r"(?:article|story|post|piece|essay|report|column|op-?ed|commentary|interview|feature|content|excerpt|item|text)"
)
_FIRST = r"(?:first|originally|previously|initially)"
_OUT = r"(?:appeared|ran|published|posted|printed|aired|featured|written|produced)"
_AGAIN = (
    r"(?:re-?(?:published|printed|posted|produced)|cross-?posted|syndicated|excerpted|adapted|translated|shared|taken)"
)
_ARTIKEL = r"diese[rs]? (?:artikel|beitrag|text|bericht|essay|kommentar|interview|meldung|reportage)"
_ZUERST = r"(?:zuerst|zunächst|ursprünglich|erstmals)"
_TEXTE = r"(?:article|texte|billet|tribune|entretien|analyse|chronique)"
_ABORD = r"(?:initialement|originellement|d['’]abord|à l['’]origine)"
_TEXTO = r"(?:artículo|texto|nota|entrevista|reportaje|columna|publicación)"
_ANTES = r"(?:originalmente|por primera vez|previamente|inicialmente)"

_STATEMENTS = (  # a sentence about the text itself begins so
    rf"(?:an? (?:\w+ )?version of )?(?:this|the (?:above|following)) (?:[\w-]+ ){{0,3}}?{_PIECE}\b.{{0,80}}?\b"
    rf"(?:{_FIRST} (?:\w+ )?{_OUT}|{_OUT} {_FIRST}"
    rf"|{_AGAIN}(?: here)? (?:in part )?(?:from|by|with|courtesy|under|via))\b",
    rf"(?:this|the (?:above|following)) (?:[\w-]+ ){{0,3}}?{_PIECE} (?:comes from|is (?:an )?excerpt(?:ed)? from)\b",
    r"the post .{1,200} (?:appeared first|first appeared) on\b",
    r"this is (?:an? )?(?:\w+ )?(?:excerpt|extract|repost|reprint|cross-?post|translation|adaptation) (?:of|from)\b",
    rf"read the (?:full )?(?:original )?{_PIECE} (?:at|on|in|from)\b",
    rf"{_ARTIKEL}\b(?=.*\b(?:erschien(?:en)?|veröffentlicht|publiziert)\b).{{0,60}}?\b{_ZUERST}\b",
    rf"cet(?:te)? {_TEXTE}\b.{{0,60}}?\b(?:{_ABORD} (?:publié|paru)e?|(?:publié|paru)e? {_ABORD})",
    rf"est[ea] {_TEXTO}\b.{{0,60}}?\b(?:{_ANTES} (?:publicad[oa]|en)|(?:publicad[oa]|publicó|apareció) {_ANTES})\b",
    r"(?:αυτό )?το (?:παρόν )?(?:άρθρο|κείμενο)(?: αυτό)?\b.{0,40}?(?:δημοσιε[ύυ][τθ]ηκε|αναδημοσιε[ύυ]εται)",
)
_CREDITS = (  # a line begins so, and is short
    rf"{_FIRST} (?:published|posted|appeared|printed|aired|broadcast) (?:in|on|by|at|as|for|with)\b",
    rf"{_AGAIN}(?: here)?(?: in part)? (?:from|by|with|courtesy|under|via)\b",
    r"(?:used )?(?:with|by) (?:the )?(?:kind )?permission (?:of|from)\b",
    r"(?:article |story |text )?courtesy of\b",
    rf"original(?:ly)? (?:{_PIECE} )?(?:by|from|at|on|in)\b|original (?:{_PIECE}|source)\s*:",
    rf"(?:{_PIECE} |news )?sources?\s*:",
    r"(?:h/t|hat tip)\b",
    r"(?:an? )?(?:excerpt|extract) (?:of|from)\b|auszug aus\b|extrait d[e'’u]|extracto de\b|απόσπασμα από\b",
    rf"{_ZUERST} (?:erschienen|veröffentlicht)\b|erstveröffentlich(?:ung|t)\b",
    r"mit freundlicher genehmigung\b|nachdruck (?:aus|mit)\b|übernommen (?:von|aus)\b",
    r"(?:quellen?|originalartikel|originalbeitrag)\s*:",
    rf"(?:{_TEXTE} )?(?:{_ABORD} (?:publié|paru)e?|(?:publié|paru)e? {_ABORD})\b",
    r"(?:reproduit|repris|traduit)e? (?:avec|de|du)\b|avec l['’]aimable autorisation\b|article original\s*:",
    rf"publicad[oa] {_ANTES}\b|{_ANTES} publicad[oa]\b|(?:reproducid|republicad)[oa] (?:con|de)\b|con información de\b",
    r"(?:fuentes?|artículo original)\s*:",
    r"πηγ[ήηέε]ς?\s*:|αναδημοσίευση (?:από|του|της)\b|πρώτη δημοσίευση\b|με πληροφορίες (?:από|του|της)\b",
    r"(?:fonte|bron|kaynak|źródło|zdroj|källa|kilde|источник|джерело|المصدر|来源|來源|出典|출처)\s*[:：]",
)
_AGENCY = (
    r"(?:AP|AFP|UPI|dpa|DPA|EFE|ANSA|APA|PTI|ANI|IANS|AAP|TASS|TNS|KNA|epd|Reuters|REUTERS|Xinhua|Bloomberg|Kyodo|Yonhap"
    r"|Interfax|Associated Press|Agence France-Presse|Thomson Reuters|Canadian Press|Press Association|Europa Press"
    r"|United Press International|Deutsche Presse-Agentur|ΑΠΕ(?:-ΜΠΕ)?)"
)
_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|märz|mai|okt|dez|févr|avr|juin|juil|août|déc|ene|abr|ago|dic)"
    r"[^\W\d_]*"
)

STATEMENT = re.compile(rf"(?:[^:—–]{{1,40}}[:—–])?[\W_]*(?:{'|'.join(_STATEMENTS)})", re.IGNORECASE)
CREDIT = re.compile(rf"[\W_]*(?:{'|'.join(_CREDITS)})", re.IGNORECASE)
VIA = re.compile(
    r"\W*[Vv]ia(?:\s*:)?\s+[^\W\d_a-zà-ÿ][^.!?;]{1,60}\W*|\W*[Vv]ia(?:\s*:)?\s+(?:https?://|www\.)?[\w-]+\.\w\S*"
)
CLAUSE = re.compile(  # Originally published in 1820, the novel …
    r",\s(?:the|a|an|it|he|she|they|this|these|his|her|its|their|der|die|das|er|sie|es|le|la|il|elle|el|ella)\s"
)
NOTHING = re.compile(  # no name: a date, the time, a place on the page
    rf"\b(?:{_MONTH}\.? \d\d?,? \d{{4}}|\d\w*|{_MONTH}|{_DAY}|in|on|at|am|im|en|le|el|de|here"
    r"|erschienen|veröffentlicht|p\.?m|a\.?m)\b",
    re.IGNORECASE,
)
PICTURE = re.compile(
    r"\b(?:photos?|pictures?|images?|foto\w*|bild\w*|grafik|imagen|getty|shutterstock|istock)\b", re.IGNORECASE
)
DATELINE = re.compile(rf"(?P<credit>(?:[^\W\d_][^()]{{0,60}}\s)?\({_AGENCY}(?:/{_AGENCY})*\))\s*[-–—―]")
BYLINE = re.compile(rf"(?:[Bb]y |[Vv]on |[Pp]ar |[Pp]or )?(?:[Tt]he )?{_AGENCY}|\({_AGENCY}(?:/{_AGENCY})*\)")
RIGHTS = re.compile(
    rf"\W*(?:[Cc]opyright\W*(?:\d{{4}}\W*)?|(?:©|\([Cc]\))\W*\d{{4}}\W*)(?:by )?(?:[Tt]he )?{_AGENCY}\b.*"
)


def find_attribution(text: str, *, agencies: bool = True) -> str | None:
    """Return the line, or in long lines the sentence, that names another source of the whole text.

    Sought in this order: a sentence about the text itself ("This article first appeared in …"), a line that is a
    credit ("Reprinted with permission of …", "Source: …", "via …"), the credit of a news agency ("LONDON (AP)").

    Parameters
    ----------
    text : str
        Lines as a reader sees them.
    agencies : bool
        Whether the credit of a news agency is one; around a text, it may be that of another.
    """
    lines = [line.strip() for line in LINE_END.split(text)]
    for find in (_statement, _credit, *([_agency] if agencies else [])):
        found = next(filter(None, map(find, lines)), None)
        if found:
            return found
    return None


def _statement(line: str) -> str | None:
    for start, sentence in _sentences(line):
        found = STATEMENT.match(sentence)
        if found and _names(sentence[found.end() :]):
            return line if len(line) <= LONGEST_LINE else line[start:][: len(sentence)]
    return None


def _sentences(line: str) -> Iterator[tuple[int, str]]:
    start = 0
    for end in SENTENCE_END.finditer(line):
        yield start, line[start : end.start()]
        start = end.end()
    yield start, line[start:]


def _credit(line: str) -> str | None:
    if len(line) > LONGEST_CREDIT or PICTURE.search(line):
        return None
    found = CREDIT.match(line)
    if found and _names(line[found.end() :]) and not CLAUSE.search(line):
        return line
    return line if VIA.fullmatch(line) else None


def _agency(line: str) -> str | None:
    dateline = DATELINE.match(line)
    if dateline:
        return str(dateline["credit"])
    return line if len(line) <= LONGEST_CREDIT and (BYLINE.fullmatch(line) or RIGHTS.fullmatch(line)) else None


def _names(rest: str) -> bool:
    """Tell whether what follows a cue names somebody: more than a date or "here"."""
    return any(map(str.isalpha, NOTHING.sub("", rest).partition(",")[0]))
