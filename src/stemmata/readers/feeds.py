"""Feeds: RSS 2.0, RSS 1.0 and Atom; each entry is a row. Nothing that a feed leads to is fetched."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any
from urllib.parse import urljoin, urlsplit

import pyarrow as pa

from stemmata import schemas
from stemmata.errors import SourceError
from stemmata.readers.attribution import find_attribution
from stemmata.readers.columns import take_records
from stemmata.readers.encoding import glance
from stemmata.readers.fragments import Fragment, render_fragment, render_line
from stemmata.readers.mail_headers import moment, people
from stemmata.readers.page import Element, decode_page
from stemmata.readers.places import Unread
from stemmata.readers.xmltree import PROLOG, UNKNOWN, local, parse_xml

HEAD_BYTES = 16_384
RSS = re.compile(PROLOG + r"<rss[\s>]")
RDF = re.compile(PROLOG + r"<(?:[\w.-]{1,40}:)?RDF\b[^<>]{0,8000}\bhttp://purl\.org/rss/1\.0/")
ATOM = re.compile(
    PROLOG + r"<(?:[\w.-]{1,40}:)?feed\b[^<>]{0,8000}(?:\bhttp://www\.w3\.org/2005/Atom|\bhttp://purl\.org/atom/ns#)"
)
ENTRIES = ("item", "entry")
TEXTS = ("encoded", "content", "description", "summary")  # the fuller ones first
PUBLISHED = ("pubDate", "published", "issued", "date", "created")
MODIFIED = ("updated", "modified")
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
FOREIGN = ("http://search.yahoo.com/mrss/",)  # of pictures and films: their titles are not the entry's
ADDRESS = re.compile(r"https?://[^\s/]", re.IGNORECASE)
UNDATED = "dates in feeds that are not read"


def looks_like_rss(data: bytes) -> bool:
    """Tell whether the root of an XML file is that of RSS 2.0 or 1.0."""
    head = glance(data, HEAD_BYTES)
    return bool(RSS.match(head) or RDF.match(head))


def looks_like_atom(data: bytes) -> bool:
    """Tell whether the root of an XML file is that of an Atom feed."""
    return bool(ATOM.match(glance(data, HEAD_BYTES)))


def read_feed(data: bytes, *, depth: int = 1_000) -> pa.Table:
    """Return a row for each entry of a feed that holds a text; the others are remarked on as skipped.

    The text is the first that there is of ``content:encoded``, ``content``, ``description`` and ``summary``; HTML in it
    is written out as text. The address that an entry links to is its canonical one.

    Parameters
    ----------
    data : bytes
        The file.
    depth : int
        How deep elements may be nested, 1 to 2,000; of the HTML in it as well.

    Raises
    ------
    SourceError
        It is binary, not well-formed, nested deeper than ``depth``, or no entry has a text.

    References
    ----------
    RSS Advisory Board, RSS 2.0 Specification; Beged-Dov et al., RDF Site Summary 1.0; Nottingham and Sayre, The Atom
    Syndication Format, RFC 4287.
    """
    decoded = decode_page(data)
    root, unknown = parse_xml(decoded.text, depth)
    feed = _Feed(root, depth)
    feed.notes += Counter({UNKNOWN: unknown})
    records, rows, unread = [], [], Unread()
    for number, entry in enumerate(feed.entries, 1):
        try:
            record = feed.record(entry)
        except SourceError as error:
            unread.add(f"#{number}", "are entries that cannot be read", error.what, error.mend)
            continue
        if record["text"]:
            records.append(record)
            rows.append(number)
        else:
            unread.add(f"#{number}", "are entries without text", "it is an entry without text.", "give its page.")
    if not records:
        raise SourceError("it is a feed in which no entry has a text.", mend="give the pages that it links to.")
    notes = [{"stage": "documents", "what": what, "count": count} for what, count in sorted((+feed.notes).items())]
    return schemas.remark(
        take_records(records, rows, declared=True), skipped=unread.skipped(), notes=[*decoded.notes, *notes]
    )


class _Feed:
    """A feed, and what it says of all its entries."""

    def __init__(self, root: Element, depth: int) -> None:
        self.notes: Counter[str] = Counter()
        self._depth = depth
        self.entries = [one for one in root.iter("{*}item", "{*}entry") if _is_entry(one)]
        channel = root.find("{*}channel")
        channel = root if channel is None else channel
        self._base = _link(channel) or ""
        self._host = _host(self._base)
        self._author = self._authors(channel)
        self._language = _said(channel.find("{*}language")) or root.get(LANGUAGE)

    def record(self, entry: Element) -> dict[str, Any]:
        """Return what an entry says, by the names of columns."""
        parts: dict[str, Element] = {}
        for part in entry:
            name = local(part)
            if not str(part.tag).startswith(tuple(f"{{{space}" for space in FOREIGN)):
                parts.setdefault(name, part)
        read = self._text(parts)
        canonical = self._canonical(entry, parts)
        dates = {"published": self._date(parts, PUBLISHED), "modified": self._date(parts, MODIFIED)}
        declared = entry.get(LANGUAGE) or self._language
        dated = next((name for name in (*PUBLISHED, *MODIFIED) if name in parts), None)
        return {
            "text": read.text,
            "hidden": read.hidden or None,
            "title": self._line(parts.get("title")),
            "author": self._authors(entry) or self._author,
            "site": self._host or _host(canonical or ""),
            "canonical": canonical,
            "dated_by": f"feed: {dated}" if any(dates.values()) else None,
            "attribution": find_attribution(read.text),
            "language": declared if declared and declared[:2].isalpha() else None,
            **dates,
        }

    def _text(self, parts: dict[str, Element]) -> Fragment:
        for name in TEXTS:
            if name in parts:
                read = self._rendered(parts[name])
                if read.text:
                    return read
        return Fragment("", [])

    def _rendered(self, part: Element) -> Fragment:
        """Return the text of an element: of markup that is escaped or stands in it, or of what is plain already."""
        kind = (part.get("type") or "").lower()
        if len(part):
            from lxml.etree import tostring

            for one in part.iter():
                one.tag = local(one)
            return render_fragment(tostring(part, encoding="unicode", with_tail=False, method="html"), self._depth)
        said = part.text or ""
        if kind in ("text", "text/plain"):
            return Fragment(said.strip(), [])
        return Fragment("", []) if "/" in kind and "html" not in kind else render_fragment(said, self._depth)

    def _line(self, part: Element | None) -> str | None:
        if part is None:
            return None
        if (part.get("type") or "") == "text":
            return _said(part)
        return render_line("".join(part.itertext()), self._depth) or None

    def _authors(self, part: Element) -> str | None:
        """Return the names of its authors; of RSS's ``author``, a mailbox, the name before the address."""
        names = []
        for one in part:
            name = local(one)
            if name == "creator" or (name == "author" and len(one)):
                own = one.find("{*}name") if len(one) else one
                names.append(_said(own))
            elif name == "author":
                said = _said(one) or ""
                names += [own or address for own, address in people(said)[:1]] if "@" in said else [said]
        return ", ".join(dict.fromkeys(filter(None, names))) or None

    def _date(self, parts: dict[str, Element], names: tuple[str, ...]) -> Any:
        for name in names:
            said = _said(parts.get(name))
            if said:
                found = moment(said)
                self.notes[UNDATED] += found is None
                return found
        return None

    def _canonical(self, entry: Element, parts: dict[str, Element]) -> str | None:
        """Return the address that an entry links to, else its id, where that is one."""
        guid = parts.get("guid")
        own = _said(parts.get("origLink")) or _link(entry)
        if not own and guid is not None and guid.get("isPermaLink", "true") != "false":
            own = _said(guid)
        for said in (own, _said(parts.get("id")), entry.get(ABOUT)):
            address = _joined(self._base, said) if said else ""
            if ADDRESS.match(address):
                return address
        return None


def _is_entry(element: Element) -> bool:
    above = element.getparent()
    return above is not None and local(above) in ("channel", "feed", "RDF", "rss")


def _said(element: Element | None) -> str | None:
    return None if element is None else " ".join("".join(element.itertext()).split()) or None


def _link(element: Element) -> str | None:
    """Return the address of its page: the text of a link of RSS, or an Atom link that is no other's."""
    for link in element.findall("{*}link"):
        href = link.get("href")
        if href and link.get("rel", "alternate") == "alternate":
            return str(href).strip()
        if not href and _said(link):
            return _said(link)
    return None


def _host(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:
        return ""
