"""What the columns of a table are that are not called as documents call theirs: guessed, and said.

Known names come first, then, for the texts alone, the one column with by far the longest values. What is guessed
depends on the columns and on the first rows of a file, never on the piece of it that is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from statistics import median
from typing import Any, NamedTuple, TypeAlias

from stemmata.errors import SourceError
from stemmata.readers.called import ALSO, GUESSED, TYPES, Called
from stemmata.readers.datespans import span_of
from stemmata.readers.values import is_unknown

Sampled: TypeAlias = Callable[[str], Sequence[Any]]  # the first values of a column, or none of a kind that nobody wants

SAMPLED = 200  # rows that are looked at
SAMPLED_BYTES = 1_000_000  # of lines that are looked at; of the first all, whatever its length
LEAST_LENGTH = 80  # code points of texts in the middle, in a column whose name says nothing
MARGIN = 3  # times as long as those of any other column
LONGEST = {"title": 500, "author": 200, "site": 100, "language": 12}  # code points; what is longer is something else
NAMES: dict[str, tuple[str, ...]] = {  # in small letters and without signs; of several that are there, the first
    "text": (
        *("text", "content", "contents", "body", "article", "rawcontent", "rawtext", "document", "maintext"),
        *("fulltext", "plaintext", "articletext", "articlebody", "bodytext", "textcontent", "pagecontent", "cleantext"),
    ),
    "doc": ("doc", "id", "uuid", "guid", "docid", "documentid", "articleid", "recordid", "warcrecordid", "url"),
    "title": ("title", "headline", "heading"),
    "author": ("author", "byline", "authors", "writer", "creator"),
    "published": (
        *("published", "publishedat", "publishedon", "publishdate", "publisheddate", "publicationdate", "pubdate"),
        *("datepublished", "datepublish", "date", "createdat"),
    ),
    "site": ("site", "domain", "sourcedomain", "publisher", "outlet", "source"),
    "canonical": ("canonical", "canonicalurl", "url", "link", "permalink"),
    "language": ("language", "lang", "languagecode"),
}
SIGNS = re.compile(r"[\W_]+")
ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
CODE = re.compile(r"[A-Za-z]{2,3}(?:[-_]\w+)?")
UNDATED = "tables with a column that is called as dates are and mostly holds none of ISO 8601, left out"
DATA = re.compile(r'<|\{\s*"|\[\s*[{"\[]')  # markup or JSON


class Settled(NamedTuple):
    """What the columns of a file are.

    Parameters
    ----------
    called : mapping of str to str or None
        Of each column that may be guessed, what it is called; None where it is called as documents call it, or is
        not there. ``guessed`` stands among them.
    notes : list of dict
        Rows of ``schemas.NOTES``: what was guessed.
    """

    called: dict[str, str | None]
    notes: list[dict[str, object]]


class _Column(NamedTuple):
    name: str
    length: float  # of what is written in its values, in the middle


def is_settled(called: Called) -> bool:
    """Tell whether nothing is left to be guessed."""
    return GUESSED in called


def is_known(names: Sequence[str]) -> bool:
    """Tell whether one of the columns is called as texts often are."""
    return any(SIGNS.sub("", name.casefold()) in NAMES["text"] for name in names)


def settle(names: Sequence[str], sampled: Sampled, called: Called) -> Settled:
    """Return what the columns of a table are.

    Parameters
    ----------
    names : sequence of str
        Its columns.
    sampled : callable
        Returns the first values of a column.
    called : mapping of str to str
        What the caller says, which is not asked again.

    Raises
    ------
    SourceError
        Several columns may hold the texts.
    """
    found: dict[str, str | None] = {name: called.get(name) for name in NAMES}
    notes: list[dict[str, object]] = []
    plain = {name: SIGNS.sub("", name.casefold()) for name in dict.fromkeys(names) if name not in TYPES}
    beside = {meant: name for name, meant in ALSO.items()}
    for meant, known in NAMES.items():
        if found[meant] or meant in names or beside.get(meant) in names:
            continue
        if meant == "text":
            found[meant] = _text(plain, sampled)
        else:
            ranked = sorted((known.index(one), name) for name, one in plain.items() if one in known)
            fits = (name for _, name in ranked if name != found["text"] and _holds(meant, sampled(name)))
            found[meant] = next(fits, None)
            if meant == "published" and not found[meant]:
                notes += [_note(f"{UNDATED}: {_shown(name)}") for _, name in ranked[:1] if _is_filled(sampled(name))]
    guessed = {meant: at for meant, at in found.items() if at and meant not in called}
    said = "; ".join(f"as {meant}: {_shown(at)}" for meant, at in guessed.items())
    notes += [_note(f"tables with columns taken {said}")] if guessed else []
    return Settled({**found, GUESSED: "doc" if "doc" in guessed else None}, notes)


def _note(what: str) -> dict[str, object]:
    return {"stage": "documents", "what": what, "count": 1}


def _shown(name: str) -> str:
    """Return the name of a column as it can stand in a line."""
    return name[:40] if name.isprintable() else repr(name[:40])


def _text(plain: dict[str, str], sampled: Sampled) -> str | None:
    """Return the column that holds the texts, if one clearly does."""
    values = {name: [value for value in sampled(name) if not is_unknown(value)] for name in plain}
    named = [name for one in NAMES["text"] for name in plain if plain[name] == one]
    if not any(values.values()):
        return next(iter(named), None)
    if spelt := next((name for name in named if plain[name] == "text" and _is_text(values[name])), None):
        return spelt
    prose = [column for name in plain if (column := _prose(name, values[name]))]
    best = max((column for column in prose if column.name in named), key=_length, default=None)
    if best is None:
        best = max(prose, key=_length, default=None)
        if best is None or best.length < LEAST_LENGTH or len(values[best.name]) < 2:
            return None
        if len(best.name) >= LEAST_LENGTH and _is_written(best.name):
            raise SourceError(
                f"its columns have no names: the first row seems to hold a text ({best.name[:40]!r}…).",
                mend="put a row of names above it, such as id,text; or name that column (--text).",
            )
        rivals = [column for column in prose if MARGIN * column.length > best.length]
    else:
        rivals = [
            column
            for column in prose
            if (MARGIN * column.length > best.length if column.name in named else column.length > MARGIN * best.length)
        ]
    others = sorted(column.name for column in rivals if column is not best)
    if others:
        some = ", ".join(repr(name[:40]) for name in sorted([best.name, *others])[:8])
        raise SourceError(
            f"it has no column 'text', and several that may hold the texts: {some}.",
            mend="name the one that does: --text NAME (in Python, DocumentOptions(text='NAME')).",
        )
    return best.name


def _prose(name: str, values: Sequence[Any]) -> _Column | None:
    """Return a column whose values are mostly written language: not names, numbers, addresses, markup or JSON."""
    if not _is_text(values):
        return None
    written = sum(_is_written(value.strip()) for value in values)
    return _Column(name, median(map(len, values))) if 2 * written > len(values) else None


def _is_text(values: Sequence[Any]) -> bool:
    return bool(values) and all(isinstance(value, str) for value in values)


def _is_written(value: str) -> bool:
    spaced = any(sign.isspace() for sign in value)
    foreign = not value.isascii() and any(sign.isalpha() and not sign.isascii() for sign in value)
    return (spaced or foreign) and any(map(str.isalpha, value)) and not (DATA.match(value) or ADDRESS.fullmatch(value))


def _length(column: _Column) -> tuple[float, str]:
    return column.length, column.name


def _is_filled(sample: Sequence[Any]) -> bool:
    return not all(map(is_unknown, sample))


def _holds(meant: str, sample: Sequence[Any]) -> bool:
    """Tell whether most values of a column may be what it is taken for."""
    values = [value for value in sample if not is_unknown(value)]
    return bool(values) and 2 * sum(_fits(meant, value) for value in values) > len(values)


def _fits(meant: str, value: Any) -> bool:
    if meant == "published":
        return span_of(value) is not None
    if meant == "doc" and isinstance(value, int) and not isinstance(value, bool):
        return True
    if not isinstance(value, str) or len(value) > LONGEST.get(meant, 2_000):
        return False
    if meant in ("canonical", "language"):
        return bool((ADDRESS if meant == "canonical" else CODE).fullmatch(value.strip()))
    return meant != "site" or not ADDRESS.match(value)
