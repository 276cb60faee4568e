"""Dumps of MediaWiki (export-0.x): the last revision of each page, its markup turned into text."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit

import pyarrow as pa

from stemmata import schemas
from stemmata.errors import SourceError, cause
from stemmata.readers.columns import take_records
from stemmata.readers.encoding import glance
from stemmata.readers.mail_headers import moment
from stemmata.readers.page import UNFIT, Element
from stemmata.readers.places import Unread
from stemmata.readers.wikitext import plain_text
from stemmata.readers.xmltree import PROLOG

HEAD_BYTES = 16_384
CHUNK_BYTES = 65_536
BEGINNING = re.compile(PROLOG + r"(?=<mediawiki[\s>])")
REDIRECT = re.compile(r"\s*#[^\W\d_]{4,24}[ \t]*:?[ \t]*\[\[[^\]\n]{1,300}\]\]\s*\Z")  # as dumps say before export-0.4
MODELS = ("", "wikitext")
FILES, CATEGORIES = "6", "14"
REDIRECTS = "pages of a wiki that are redirects, left out"
OTHERS = "pages of a wiki outside of its articles (talk, users, templates), left out"
NO_TEXTS = "pages of a wiki that are data or programs, left out"
EARLIER = "earlier revisions of pages of a wiki, left out"


def looks_like_wiki(data: bytes) -> bool:
    """Tell whether the root of an XML file is that of a dump of MediaWiki."""
    return bool(BEGINNING.match(glance(data, HEAD_BYTES)))


def read_wiki(data: bytes, *, depth: int = 1_000) -> pa.Table:
    """Return a row for each article of a dump: the text of its last revision.

    See :func:`stemmata.readers.wikitext.plain_text` for what is text. ``canonical`` is the address of the revision.
    Redirects and pages of other namespaces are noted. Of a dump that is damaged or cut off, what stands before is read.

    Parameters
    ----------
    data : bytes
        The file.
    depth : int
        How deep elements may be nested, 1 to 2,000.

    Raises
    ------
    SourceError
        It is not well-formed from its beginning on, nested deeper than ``depth``, or has no article with a text.

    References
    ----------
    MediaWiki, Help:Export and the schema export-0.11.
    """
    wiki = _Wiki()
    records: list[dict[str, Any]] = []
    rows: list[int | None] = []
    unread = Unread()
    damage: SourceError | None = None
    try:
        for number, page in enumerate(_pages(data, depth, wiki), 1):
            if page is None:
                continue
            record = wiki.record(page)
            if record["text"]:
                records.append(record)
                rows.append(number)
            else:
                unread.add(f"#{number}", "are pages without text", "it is a page without text.", "drop it.")
    except SourceError as error:
        damage = error
    if not records:
        raise damage or SourceError("it is a dump of a wiki without articles.", mend="export pages with text.")
    skipped = unread.skipped()
    if damage:
        what = f"what comes after the first {wiki.pages:,} pages is not read: {damage.what}"
        skipped.append({"uri": "", "reason": what, "mend": damage.mend})
    notes = [{"stage": "documents", "what": what, "count": count} for what, count in sorted(wiki.notes.items())]
    return schemas.remark(take_records(records, rows), skipped=skipped, notes=notes)


class _Page(NamedTuple):
    title: str
    revision: str
    said: str | None
    author: str | None
    markup: str


@dataclass
class _Wiki:
    """What a dump says of its wiki, and what was left out of it."""

    base: str = ""
    prefixes: dict[str, str] = field(default_factory=dict)  # the keys of namespaces by their names, in lower case
    notes: Counter[str] = field(default_factory=Counter)
    pages: int = 0

    def tell(self, site: Element) -> None:
        """Take down what the head of a dump says."""
        self.base = (site.findtext("{*}base") or "").strip()
        for space in site.iterfind("{*}namespaces/{*}namespace"):
            if space.text:
                self.prefixes[space.text.strip().lower()] = str(space.get("key"))

    def dropped(self) -> frozenset[str]:
        """Return the names of namespaces whose links are no words: files and categories."""
        return frozenset(name for name, key in self.prefixes.items() if key in (FILES, CATEGORIES))

    def is_article(self, title: str, space: str | None) -> bool:
        """Tell whether a page is of the main namespace; old dumps say so by its title alone."""
        key = space or self.prefixes.get(title.partition(":")[0].strip().lower(), "0")
        return key.strip() == "0"

    def record(self, page: _Page) -> dict[str, Any]:
        """Return what a page says, by the names of columns."""
        modified = moment(page.said) if page.said else None
        host = _host(self.base)
        address = f"https://{host}/w/index.php?title={quote(page.title.replace(' ', '_'), safe='/:,()')}"
        return {
            "text": plain_text(page.markup, self.dropped()),
            "title": page.title or None,
            "author": page.author,
            "site": host,
            "modified": modified,
            "dated_by": "dump: timestamp of the revision" if modified else None,
            "canonical": f"{address}&oldid={page.revision}" if host and page.revision.isdigit() else None,
        }


def _pages(data: bytes, depth: int, wiki: _Wiki) -> Iterator[_Page | None]:
    """Yield the pages one by one, None for those that are left out; each leaves memory before the next is read."""
    last: Element | None = None
    for element in _ends(data, depth):
        name = str(element.tag).rpartition("}")[2]
        if name == "siteinfo":
            wiki.tell(element)
        elif name == "revision":
            if last is not None:
                wiki.notes[EARLIER] += 1
                earlier = element if _time(element) < _time(last) else last
                last = last if earlier is element else element
                earlier.clear()
            else:
                last = element
        elif name == "page":
            wiki.pages += 1
            yield _taken(element, last, wiki)
            last = None
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]


def _taken(page: Element, revision: Element | None, wiki: _Wiki) -> _Page | None:
    title = " ".join((page.findtext("{*}title") or "").split())
    markup = "" if revision is None else revision.findtext("{*}text") or ""
    if page.find("{*}redirect") is not None or REDIRECT.match(markup):
        wiki.notes[REDIRECTS] += 1
    elif not wiki.is_article(title, page.findtext("{*}ns")):
        wiki.notes[OTHERS] += 1
    elif revision is None:
        return _Page(title, "", None, None, "")
    elif (revision.findtext("{*}model") or "").strip() not in MODELS:
        wiki.notes[NO_TEXTS] += 1
    else:
        who = revision.find("{*}contributor")
        author = None if who is None else who.findtext("{*}username") or who.findtext("{*}ip")
        number = (revision.findtext("{*}id") or "").strip()
        return _Page(title, number, revision.findtext("{*}timestamp"), author, markup)
    return None


def _time(revision: Element) -> str:
    return str(revision.findtext("{*}timestamp") or "").strip()  # of one form, so that the letters sort


def _ends(data: bytes, depth: int) -> Iterator[Element]:
    """Yield elements as they end, while the file goes through the parser."""
    from lxml.etree import XMLPullParser, XMLSyntaxError

    begins = BEGINNING.match(glance(data, HEAD_BYTES))
    start = data.find(b"<mediawiki") if begins else -1
    if start < 0:
        raise SourceError("it is no dump of MediaWiki in UTF-8.", mend="export it anew.")
    parser = XMLPullParser(
        events=("start", "end"),
        encoding="utf-8",
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=True,
        remove_comments=True,
        remove_pis=True,
    )
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    deep = 0
    try:
        for at in range(start, len(data), CHUNK_BYTES):
            text = decoder.decode(data[at : at + CHUNK_BYTES])
            parser.feed(UNFIT.sub("", text).encode())
            for event, element in parser.read_events():
                deep += 1 if event == "start" else -1
                if deep > depth:
                    raise SourceError(f"it is nested more than {depth:,} elements deep.", mend="export it anew.")
                if event == "end":
                    yield element
        parser.close()
    except XMLSyntaxError as error:
        raise SourceError(f"it is no well-formed XML: {cause(error)}.", mend="export it anew.") from error


def _host(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None
