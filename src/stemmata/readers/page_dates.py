"""When a page says that it was published and changed.

What it states for machines goes first; else a date that stands by itself on the page, in a byline or a heading. None
is guessed: not from the address, nor from dates within the text, nor from the clock.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from stemmata.readers.page import Element
from stemmata.readers.page_parts import is_beside
from stemmata.readers.page_statements import Statements, clean

PUBLISHED = (  # names of meta elements, the plainest first
    *("article:published_time", "og:article:published_time", "og:published_time", "published_time"),
    *("citation_publication_date", "citation_date", "dc.date.issued", "dcterms.issued", "dcterms.created"),
    *("dc.date.created", "datepublished", "date_published", "parsely-pub-date", "sailthru.date", "publish-date"),
    *("publish_date", "publishdate", "pubdate", "publication_date", "cxenseparse:recs:publishtime"),
    *("article_date_original", "originalpublicationdate", "dc.date", "dcterms.date", "date"),
)
MODIFIED = (
    *("article:modified_time", "og:article:modified_time", "og:updated_time", "dcterms.modified"),
    *("dc.date.modified", "datemodified", "date_modified", "lastmod"),
)
BY_ITSELF = 100  # code points: in a longer stretch, a date is a part of the text
NOT_ITS_OWN = {"img", "picture", "blockquote", "link"}
EARLIEST, LATEST = "1990-01-01", "2100-01-01"  # for dates on the page; not today, so that runs repeat
YEAR_FIRST = re.compile(r"^(\d{4})[/.](\d\d?)[/.](\d\d?)\b")
ZONE = re.compile(r"\s+(?=[+-]\d\d:?\d\d$)|\s*(?:UTC|GMT)$")


def read_dates(tree: Element, statements: Statements, *, shown: bool = True) -> dict[str, Any]:
    """Return ``published``, ``modified`` and ``dated_by`` of a page; None where it does not say.

    Parameters
    ----------
    shown : bool
        Whether a date that stands by itself on the page counts, where none is stated for machines.
    """
    published, says = next(_stated(tree, statements, PUBLISHED, "datePublished"), (None, None))
    modified, says_too = next(_stated(tree, statements, MODIFIED, "dateModified"), (None, None))
    if shown and not published:
        published, says = _shown(tree)
    return {"published": published, "modified": modified, "dated_by": says or says_too}


def _stated(tree: Element, statements: Statements, metas: tuple[str, ...], name: str) -> Iterator[tuple[datetime, str]]:
    """Yield the dates that a page states for machines, and where."""
    places = [(statements.meta(metas[0]), metas[0])]
    places += [(value, f"JSON-LD {name}") for value in statements.linked(name)]
    places += [(statements.meta(meta), meta) for meta in metas[1:]]
    for element in tree.xpath("descendant-or-self::*[@itemprop]"):  # looks at them many times as fast as Python
        if name in element.get("itemprop").split():
            places.append((element.get("datetime") or element.get("content"), f"itemprop {name}"))
    if name == "datePublished":
        times = [time for time in tree.iter("time") if time.get("datetime")]
        places += [(time.get("datetime"), "time") for time in sorted(times, key=_is_no_publication)[:1]]
    for value, place in places:
        date = _read(value)
        if date:
            yield date, f"page: {place}"


def _is_no_publication(time: Element) -> bool:
    return "pubdate" not in time.attrib and "publish" not in time.get("class", "")


def _read(value: object) -> datetime | None:
    """Return a date of ISO 8601, of mail, or of digits with the year first; one without a zone is in UTC."""
    text = YEAR_FIRST.sub(lambda found: f"{found[1]}-{found[2]:0>2}-{found[3]:0>2}", ZONE.sub("", clean(value)))
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            date = read(text)
            return date.astimezone(UTC) if date.tzinfo else date.replace(tzinfo=UTC)
        except (ValueError, OverflowError):
            continue
    return None


def _shown(tree: Element) -> tuple[datetime | None, str | None]:
    """Return a date that stands by itself on the page, as htmldate reads it, and that it does."""
    from htmldate import find_date

    page = deepcopy(tree)
    for element in list(page.iter()):
        if element.getparent() is not None and (is_beside(element) or element.tag in NOT_ITS_OWN):
            element.drop_tree()
            continue
        if len(element.text or "") > BY_ITSELF:
            element.text = None
        if len(element.tail or "") > BY_ITSELF:
            element.tail = None
    try:
        found = find_date(page, extensive_search=False, original_date=True, url="", min_date=EARLIEST, max_date=LATEST)
    except MemoryError:
        raise
    except Exception:  # on odd trees it fails in many ways
        return None, None
    date = _read(found)
    return (date, "page: a date shown on it") if date else (None, None)
