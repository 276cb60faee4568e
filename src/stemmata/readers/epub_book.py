"""The package document of a book: what is in it, in which order, and who wrote it when."""

from __future__ import annotations

from typing import Any, NamedTuple

from stemmata.errors import SourceError
from stemmata.readers import properties
from stemmata.readers.datespans import read_span
from stemmata.readers.packages import ANEW, Package, resolve
from stemmata.readers.page import Element
from stemmata.readers.xmltree import local

ENCRYPTION = "META-INF/encryption.xml"
TEXTS = ("application/xhtml+xml", "text/html", "application/xml", "text/x-oeb1-document")
NCX = "application/x-dtbncx+xml"
SHORTEST_ID = 8  # code points; what is shorter is hardly of one book alone
MOST_CHAPTERS = 20_000
DATED_BY = "EPUB: dc:date"


class Book(NamedTuple):
    """A book.

    Parameters
    ----------
    chapters : list of str
        The parts that hold its text, in the order of reading, without its table of contents.
    contents : str or None
        The part that holds that.
    said : dict
        What it says of itself, by the names of columns.
    """

    chapters: list[str]
    contents: str | None
    said: dict[str, Any]


def read_book(package: Package, container: str) -> Book:
    """Return what a book's package document says.

    Raises
    ------
    SourceError
        It cannot be found or read, names no chapters, or they are locked.
    """
    named = (one.get("full-path", "") for one in package.tree(container).iter("{*}rootfile"))
    root = next((resolve("", path) for path in named if path and resolve("", path) in package), None)
    if root is None:
        raise SourceError("its package document is missing.", mend=ANEW)
    tree = package.tree(root)
    items = {item.get("id", ""): item for item in tree.iter("{*}item") if item.get("href")}
    beside = {item.get("id") for item in items.values() if "nav" in item.get("properties", "").split()}
    contents = {resolve(root, one.get("href", "")) for one in tree.iter("{*}reference") if one.get("type") == "toc"}
    chapters = []
    for reference in tree.iter("{*}itemref"):
        item = items.get(reference.get("idref", ""))
        if item is not None and item.get("id") not in beside and item.get("media-type", TEXTS[0]) in TEXTS:
            chapters.append(resolve(root, item.get("href")))
    chapters = [name for name in dict.fromkeys(chapters) if name not in contents][:MOST_CHAPTERS]
    if not chapters:
        raise SourceError("it is a book that names no chapters.", mend=ANEW)
    locked = package.side_tree(ENCRYPTION)
    names = set() if locked is None else {resolve("", one.get("URI", "")) for one in locked.iter("{*}CipherReference")}
    if names & set(chapters):
        raise SourceError("its chapters are locked (DRM).", mend="give a copy that is not.")
    spine = next(tree.iter("{*}spine"), None)
    listed = items.get("" if spine is None else spine.get("toc", ""))
    if beside:
        listed = next(item for item in items.values() if item.get("id") in beside)
    elif listed is None:
        listed = next((item for item in items.values() if item.get("media-type") == NCX), None)
    said = _said(tree)
    return Book(chapters, None if listed is None else resolve(root, listed.get("href")), said)


def read_labels(package: Package, book: Book) -> dict[str, str]:
    """Return what the table of contents calls the parts of a book; of several entries for one, the first."""
    tree = package.side_tree(book.contents)
    labels: dict[str, str] = {}
    if tree is None or book.contents is None:
        return labels
    for point in tree.iter("{*}navPoint"):  # of EPUB 2
        target = next((one for one in point if local(one) == "content"), None)
        label = next((properties.said(one) for one in point if local(one) == "navLabel"), None)
        if target is not None and label:
            labels.setdefault(resolve(book.contents, target.get("src", "")), label)
    for link in tree.iter("{*}a"):
        label = properties.said(link)
        if link.get("href") and label:
            labels.setdefault(resolve(book.contents, link.get("href")), label)
    return labels


def _said(tree: Element) -> dict[str, Any]:
    metadata = next(tree.iter("{*}metadata"), None)
    fields = [] if metadata is None else list(metadata.iter())
    of = {name: [one for one in fields if local(one) == name] for name in ("title", "creator", "date", "identifier")}
    refined = {one.get("refines", "").lstrip("#"): properties.said(one) for one in fields if _is(one, "title-type")}
    roles = {one.get("refines", "").lstrip("#"): properties.said(one) for one in fields if _is(one, "role")}
    title = next(
        (one for one in of["title"] if refined.get(one.get("id", "")) == "main"), next(iter(of["title"]), None)
    )
    authors = [
        one for one in of["creator"] if (_attribute(one, "role") or roles.get(one.get("id", ""), "aut")) == "aut"
    ]
    names = filter(None, map(properties.said, authors or of["creator"]))
    changed = [properties.said(one) for one in fields if _is(one, "dcterms:modified")]
    changed += [properties.said(one) for one in of["date"] if _attribute(one, "event") == "modification"]
    languages = [properties.said(one) for one in fields if local(one) == "language"]
    own = [one for one in of["identifier"] if one.get("id") == tree.get("unique-identifier")] or of["identifier"]
    book = properties.said(next(iter(own), None))
    return {
        "title": properties.said(title),
        "author": ", ".join(names) or None,
        **_dates(of["date"]),
        "modified": properties.dates(None, next(iter(changed), None), "")["modified"],
        "language": next(iter(languages), None),
        "lineage": properties.lineage((), book=book if book and len(book) >= SHORTEST_ID else None),
    }


def _dates(dates: list[Element]) -> dict[str, Any]:
    """Return when a book was published: a day, or the time within which it was."""
    stated = [one for one in dates if _attribute(one, "event") not in ("modification", "creation", "conversion")]
    stated.sort(key=lambda one: _attribute(one, "event") != "publication")
    for one in stated:
        span = read_span(properties.said(one) or "")
        if span and span.exact:
            return {"published": span.first, "dated_by": DATED_BY}
        if span:
            return {"not_before": span.first, "not_after": span.last, "dated_by": DATED_BY}
    return {}


def _is(element: Element, name: str) -> bool:
    return local(element) == "meta" and element.get("property") == name


def _attribute(element: Element, name: str) -> str:
    return next((str(said) for key, said in element.attrib.items() if str(key).rpartition("}")[2] == name), "")
