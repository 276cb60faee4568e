"""What the header of a TEI text says of the witness."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from stemmata.readers.datespans import Span, read_span
from stemmata.readers.page import Element
from stemmata.readers.xmltree import local

ID = "{http://www.w3.org/XML/1998/namespace}id"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
TITLES = "{*}teiHeader/{*}fileDesc/{*}titleStmt/{*}"
SOURCE = "{*}teiHeader/{*}fileDesc/{*}sourceDesc"
PUBLISHED = "{*}teiHeader/{*}fileDesc/{*}publicationStmt"
PROSE = ("p", "ab")
DATES = (".//{*}origDate", ".//{*}origin//{*}date", ".//{*}imprint//{*}date", "{*}bibl/{*}date")


class Header(NamedTuple):
    """What is said, by the names of columns, and how much of it could not be read."""

    said: dict[str, Any]
    notes: dict[str, int]


def read_header(tei: Element) -> Header:
    """Return title, author, siglum, language and dates of the witness.

    The siglum is an ``idno`` or ``abbr`` of type ``siglum``, else the ``xml:id`` of the one ``witness`` or
    ``msDesc``, else the shelfmark (``msIdentifier/idno``). Dates are those of its origin: ``when``, where it names a
    day, is ``published``; a year, a month, ``notBefore`` or ``from``, and ``notAfter`` or ``to``, are ``not_before``
    and ``not_after``. Where the source is told of in prose alone, as that of a text born digital, it is dated by its
    publication.
    """
    source = tei.find(SOURCE)
    titles = tei.findall(TITLES + "title")
    main = next((title for title in titles if title.get("type") == "main"), next(iter(titles), None))
    authors = [name for name in map(_said, tei.findall(TITLES + "author")) if name]
    said = {
        "title": _said(main),
        "author": ", ".join(authors) or None,
        "siglum": None if source is None else _siglum(tei, source),
        "language": _language(tei),
    }
    described = source is not None and any(local(child) not in PROSE for child in source)
    place, paths = (source, DATES) if described else (tei.find(PUBLISHED), ("{*}date",))
    dates, unread = ({}, 0) if place is None else _dates(place, paths)
    return Header(said | dates, {"dates in TEI headers that are not read": unread})


def _said(element: Element | None) -> str | None:
    return None if element is None else " ".join("".join(element.itertext()).split()) or None


def _siglum(tei: Element, source: Element) -> str | None:
    header = tei.find("{*}teiHeader")
    for name in ("idno", "abbr"):
        marked = {_said(one) for one in header.iter("{*}" + name) if one.get("type") == "siglum"} - {None}
        if len(marked) == 1:
            return marked.pop()
    for name in ("witness", "msDesc"):
        named = [one.get(ID) for one in source.iter("{*}" + name)]
        if len(named) == 1 and named[0]:
            return str(named[0])
    shelfmarks = source.findall(".//{*}msIdentifier/{*}idno")
    return _said(shelfmarks[0]) if len(shelfmarks) == 1 else None


def _language(tei: Element) -> str | None:
    """Return the language that is declared: scholars know it, and letters do not tell Middle English."""
    text = tei.find("{*}text")
    own = None if text is None else text.get(LANGUAGE)
    used = tei.findall("{*}teiHeader/{*}profileDesc/{*}langUsage/{*}language")
    declared = own or (used[0].get("ident") if len(used) == 1 else None) or tei.get(LANGUAGE)
    return declared if declared and re.match(r"[A-Za-z]{2,3}(?![A-Za-z])", declared) else None


def _dates(place: Element, paths: tuple[str, ...]) -> tuple[dict[str, Any], int]:
    unread = 0
    for path in paths:
        for element in place.findall(path):
            attributes = {str(name).removesuffix("-iso"): value for name, value in element.attrib.items()}
            if not any(name in attributes for name in _BOUNDS) and read_span(_said(element) or ""):
                attributes["when"] = _said(element)
            spans = {name: read_span(attributes[name]) for name in _BOUNDS if name in attributes}
            unread += sum(span is None for span in spans.values())
            if found := _bounds({name: span for name, span in spans.items() if span}):
                return found | {"dated_by": f"TEI header: {local(element)}"}, unread
    return {}, unread


_BOUNDS = ("when", "notBefore", "from", "notAfter", "to")


def _bounds(spans: dict[str, Span]) -> dict[str, Any]:
    when = spans.get("when")
    if when and when.exact:
        return {"published": when.first}
    first, last = spans.get("notBefore") or spans.get("from") or when, spans.get("notAfter") or spans.get("to") or when
    if first and last and first.first > last.last:
        return {}
    return ({"not_before": first.first} if first else {}) | ({"not_after": last.last} if last else {})
