"""What a page says of itself: title, author, outlet, address, language.

Each comes from the most explicit statement there is: meta elements, JSON-LD, then the page's own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

from stemmata.readers.page import Element, render
from stemmata.readers.page_dates import read_dates
from stemmata.readers.page_statements import Statements, clean, names_of

SEPARATOR = re.compile(r"\s+[|–—·•«»›:-]+\s+|\s*\|\s*")
BY = re.compile(
    r"^(?:(?:posted|written|view all posts|post author|author|autor)\b\s*:?\s*)?(?:\b(?:by|von|par|por)\s+)?", re.I
)


def read_metadata(tree: Element, *, shown: bool = True) -> dict[str, Any]:
    """Return what a page says of itself, by the names of the columns of documents; None where it says nothing.

    Parameters
    ----------
    tree : lxml element
        The whole page.
    shown : bool
        Whether to look on the page for the author and the date that it does not state for machines.
    """
    statements = Statements.of(tree)
    site = _site(statements)
    return {
        "title": _title(tree, statements, site),
        "author": _author(tree, statements, shown),
        "site": site,
        **read_dates(tree, statements, shown=shown),
        "canonical": _canonical(tree, statements),
        "language": clean(tree.get("lang") or tree.get("xml:lang")) or statements.meta("og:locale", "content-language"),
    }


def _title(tree: Element, statements: Statements, site: str | None) -> str | None:
    headings = [heading for heading in (clean(render(element)) for element in tree.iter("h1")) if heading]
    title = statements.meta("og:title", "citation_title", "twitter:title", "dc.title", "dcterms.title")
    title = title or next(filter(None, map(clean, statements.linked("headline"))), None)
    if not title and len(headings) == 1:
        return headings[0]
    title = title or next(filter(None, (clean(element.text_content()) for element in tree.iter("title"))), None)
    if not title:
        return next(iter(headings), None)
    return _without_site(title, headings, site)


def _without_site(title: str, headings: list[str], site: str | None) -> str:
    """Return a title without the name of the outlet behind it, which also the heading leaves out."""
    *_, last = [None, *SEPARATOR.finditer(title)]
    if last and last.start() and title[last.end() :].casefold() == (site or "").casefold():
        return title[: last.start()]
    parts = SEPARATOR.split(title)
    return next((heading for heading in headings if heading == parts[0]), title)


def _author(tree: Element, statements: Statements, shown: bool) -> str | None:
    for name in (
        *names_of(statements.linked("author")),
        statements.meta("citation_author", "author", "article:author", "dc.creator", "dcterms.creator", "byl"),
    ):
        if name and "://" not in name:
            return BY.sub("", name) or None
    if not shown:
        return None
    from trafilatura.metadata import extract_author

    try:
        return BY.sub("", clean(extract_author(tree))) or None
    except MemoryError:
        raise
    except Exception:  # on odd trees it fails in many ways
        return None


def _site(statements: Statements) -> str | None:
    """Return the outlet; not by the canonical address, which may be that of the outlet that was copied."""
    named = statements.meta("og:site_name") or next(names_of(statements.linked("publisher")), None)
    return named or statements.meta("citation_journal_title", "dc.publisher", "application-name")


def _canonical(tree: Element, statements: Statements) -> str | None:
    base = next((clean(element.get("href")) for element in tree.iter("base")), "")
    for address in _addresses(tree, statements):
        try:
            whole = urljoin(base, clean(address))
            parts = urlsplit(whole)
        except ValueError:
            continue
        if parts.scheme in ("http", "https") and parts.hostname:
            return whole
    return None


def _addresses(tree: Element, statements: Statements) -> Iterator[str | None]:
    for link in tree.iter("link"):
        if "canonical" in link.get("rel", "").lower().split():
            yield link.get("href")
    yield statements.meta("og:url")
