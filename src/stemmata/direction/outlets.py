"""Names of outlets, authors and works: whether a line mentions one, and whether two are the same.

Case, accents, signs and spaces do not matter ("Skarvik-Posten", "skarvikposten.example"), nor do an article before
the name and the ending of a case behind it. A name that is but a piece of a longer one is not mentioned.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from stemmata.direction.addresses import REMEMBERED, host_of, is_host

LONGEST = 500  # code points of a line, or a name, that are looked at
SHORTEST = 3  # letters of a name that is looked for
SHORTEST_LABEL = 5  # letters of a host's name without what is before and behind it
INFLECTED = 4  # letters of a word from which an ending is looked for
SURE = 6  # letters of a single word that may have an ending
WORD = re.compile(r"[^\W_]+")
UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
INFLECTING = re.compile("[\u0370-\u03ff\u0400-\u052f]")  # Greek and Cyrillic, already without accents
ENDINGS = ("s", "es", "n", "en")  # of Latin letters: of the Tagblatt, des Tagblatts; der Bote, im Boten
ARTICLES = {
    *("the", "der", "die", "das", "den", "dem", "des", "le", "la", "les", "l", "el", "los", "las", "il", "lo", "gli"),
    *("de", "het", "o", "a", "os", "as", "ο", "η", "το", "οι", "τα", "al"),
}
AROUND = {  # what stands beside a name and is no piece of it, even in capitals
    *ARTICLES,
    *("by", "in", "on", "at", "from", "via", "of", "with", "for", "source", "courtesy", "first", "published", "and"),
    *("von", "im", "in", "bei", "aus", "quelle", "par", "dans", "sur", "du", "por", "en", "del", "fuente", "fonte"),
    *("na", "no", "nel", "nella", "στο", "στη", "στην", "στον", "στα", "απο", "в", "из", "на"),
}
GENERIC = {  # names that name nobody
    *("news", "blog", "home", "homepage", "index", "admin", "administrator", "editor", "editors", "staff", "press"),
    *("online", "website", "site", "author", "guest", "unknown", "untitled", "archive", "redaktion", "nachrichten"),
    *("startseite", "autor", "accueil", "redaction", "actualites", "inicio", "noticias", "redaccion", "new", "www"),
    *("wordpress", "blogspot", "medium", "substack", "tumblr"),
}


class _Word(NamedTuple):
    plain: str
    start: int
    end: int
    capital: bool


def mentions(line: str, name: str | None) -> bool:
    """Tell whether a line mentions a name, given as it is written or as the address of its host."""
    line = line[:LONGEST]
    there = _words(line)
    return any(_stands(line, there, sought) for sought in _readings((name or "")[:LONGEST]))


def same_name(one: str | None, other: str | None) -> bool:
    """Tell whether two names, or a name and a host, are of one outlet; an unknown one is of none."""
    ours, others = (["".join(words) for words in _readings(name or "", short=True)] for name in (one, other))
    return any(name in others for name in ours)


def word_count(name: str | None) -> int:
    """Return how many words a name has; a sign of a script without spaces counts as half of one."""
    folded = name or ""
    return len(UNSPACED.findall(folded)) // 2 if UNSPACED.search(folded) else len(WORD.findall(folded))


def _plain(text: str) -> str:
    """Return letters without case and accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFC", "".join(sign for sign in apart if not unicodedata.combining(sign)).casefold())


@lru_cache(REMEMBERED)
def _words(text: str) -> tuple[_Word, ...]:
    return tuple(_Word(_plain(w[0]), w.start(), w.end(), w[0][0].isupper()) for w in WORD.finditer(text))


@lru_cache(REMEMBERED)
def _readings(name: str, *, short: bool = False) -> tuple[tuple[str, ...], ...]:
    """Return what may stand for a name: its words without an article; of a host, all of it and its own label."""
    return tuple(map(tuple, _read(name, short)))


def _read(name: str, short: bool) -> Iterator[Sequence[str]]:
    host = is_host(name)
    words = [word.plain for word in _words(host_of(name) if host else name)]
    kept = words[1:] if len(words) > 1 and words[0] in ARTICLES and not host else words
    if _tells(kept, name, 1 if short else SHORTEST):
        yield kept
    if host:
        label = max(host_of(name).split(".")[:-1], key=len, default="")
        for own in (label, label.removeprefix("the")):
            parts = [word.plain for word in _words(own)]
            if _tells(parts, label, SHORTEST if short else SHORTEST_LABEL):
                yield parts


def _tells(words: Sequence[str], name: str, shortest: int) -> bool:
    joined = "".join(words)
    least = min(2, shortest) if UNSPACED.search(name) else shortest
    return len(joined) >= least and not all(word in GENERIC for word in words)


def _stands(line: str, there: Sequence[_Word], sought: Sequence[str]) -> bool:
    """Tell whether the sought words stand in a line, joined or apart."""
    joined = "".join(sought)
    if UNSPACED.search(joined):
        return joined in "".join(word.plain for word in there)
    single = len(sought) == 1
    for first in range(len(there)):
        last = _matched(there, first, sought, joined)
        if last is not None and not (single and last == first and _is_piece(line, there, first)):
            return True
    return False


def _matched(there: Sequence[_Word], first: int, sought: Sequence[str], joined: str) -> int | None:
    """Return the last word of a match that begins at a word: joined or apart, or word by word with endings."""
    rest, last = joined, first
    while last < len(there) and rest.startswith(there[last].plain):
        rest = rest[len(there[last].plain) :]
        if not rest:
            return last
        last += 1
    sure = len(sought) > 1 or len(joined) >= SURE
    run = there[first : first + len(sought)]
    alike = len(run) == len(sought) and all(_inflected(word.plain, own) for word, own in zip(run, sought, strict=True))
    return first + len(sought) - 1 if sure and alike else None


def _inflected(word: str, name: str) -> bool:
    """Tell whether a word is that of the name, perhaps in another case."""
    if word == name:
        return True
    if min(len(word), len(name)) < INFLECTED:
        return False
    if INFLECTING.match(name):
        stem = max(INFLECTED, len(word) - 2, len(name) - 2)
        return word[:stem] == name[:stem]
    return word.startswith(name) and word[len(name) :] in ENDINGS


def _is_piece(line: str, there: Sequence[_Word], at: int) -> bool:
    """Tell whether a word with a capital is joined to another by a space or a hyphen: both are one name."""
    pairs = [(at - 1, at)] if at else []
    pairs += [(at, at + 1)] if at + 1 < len(there) else []
    for left, right in pairs:
        between = line[there[left].end : there[right].start]
        beside = there[left] if right == at else there[right]
        if between in (" ", "-", "‐", "\u00a0") and beside.capital and beside.plain not in AROUND:
            return True
    return False
