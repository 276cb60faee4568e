"""Word documents (DOCX): the text with all tracked changes accepted, and what the file says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa

from stemmata.errors import SourceError
from stemmata.readers import properties
from stemmata.readers.docx_looks import read_looks
from stemmata.readers.docx_text import read_story
from stemmata.readers.limits import Limits
from stemmata.readers.packages import Package, holds, resolve
from stemmata.readers.page import Element
from stemmata.readers.writing import Writing, only_row
from stemmata.readers.xmltree import local

DATED_BY = "file: Word creation date"
MAIN = ("word/document.xml", "word/document2.xml")  # the second by some versions of Word in a browser
NOTES = ("footnotes", "endnotes")
SOURCE_ID = "{http://schemas.microsoft.com/office/word/2012/wordml}docId"
GUID = re.compile(r"\{[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}")

looks_like_docx = holds(*MAIN)


def read_docx(
    data: bytes,
    *,
    depth: int = Limits.depth,
    bytes: int = Limits.bytes,  # noqa: A002 (as the limit is called)
    ratio: int = Limits.ratio,
    files: int = Limits.files,
) -> pa.Table:
    """Return the text of a Word document as one row; see :func:`stemmata.readers.docx_text.read_story`.

    Foot- and endnotes stand after the text in the order of their references, each with the locator ``footnote 1``
    and so on: within the text they would part sentences that copies share. Left out are headers and footers, comments,
    pictures, and numbers of lists, which no file holds. ``lineage`` has the ids of revisions (``rsid:``), the id that
    all files have which were made from one (``docx-id:``), names of who made and who last saved the file, company and
    template.

    Parameters
    ----------
    data : bytes
        The file.
    depth, bytes, ratio, files : int
        As in :class:`stemmata.readers.limits.Limits`, of its parts.

    Raises
    ------
    SourceError
        The archive or its main part is damaged or swells beyond the limits, or there is no text.

    References
    ----------
    ISO/IEC 29500, Office Open XML File Formats; ECMA-376.
    """
    package = Package(data, Limits(depth=depth, bytes=bytes, ratio=ratio, files=files))
    usual = next((name for name in MAIN if name in package), MAIN[0])
    main = next(_related(package, "", "officeDocument"), usual)
    tree = package.tree(main)
    others = {kind: next(_related(package, main, kind), None) for kind in ("styles", "settings", *NOTES)}
    looks = read_looks(package.side_tree(others["styles"]), tree)
    writing = Writing()
    body = next((child for child in tree if local(child) == "body"), None)
    if body is not None:
        if next(body.iter("{*}lastRenderedPageBreak"), None) is not None:
            writing.label("p. 1")
        references = read_story(body, looks, writing, package.notes)
        _write_notes(package, others, references, looks, writing)
    written = writing.finish()
    if not written.text:
        raise SourceError("it is a Word document without text.", mend="if it is of images, recognise their text (OCR).")
    return only_row(written, _properties(package, tree, others["settings"]), data, package.notes)


def _related(package: Package, part: str, kind: str) -> Iterator[str]:
    """Yield the parts that a part names as being of a kind, by the last word of the relation; none that lie outside."""
    folder, _, name = part.rpartition("/")
    relations = package.side_tree(f"{folder}/_rels/{name}.rels" if part else "_rels/.rels")
    for relation in () if relations is None else relations:
        same = relation.get("Type", "").rpartition("/")[2] == kind
        if same and relation.get("TargetMode", "Internal") == "Internal":
            target = resolve(part, relation.get("Target", ""))
            if target in package:
                yield target


def _write_notes(
    package: Package,
    others: Mapping[str, str | None],
    references: Mapping[str, list[str]],
    looks: Any,
    writing: Writing,
) -> None:
    for kind in NOTES:
        wanted = references[kind]
        tree = package.side_tree(others[kind]) if wanted else None
        held = {} if tree is None else {_value(note, "id"): note for note in tree}
        for number, note in enumerate(dict.fromkeys(wanted), 1):
            if note in held:
                own = Writing()
                own.label(f"{kind[:-1]} {number}")
                read_story(held[note], looks, own, package.notes)
                writing.add(own)


def _properties(package: Package, tree: Element, settings: str | None) -> dict[str, Any]:
    said: dict[str, str | None] = {}
    for kind in ("core-properties", "extended-properties"):
        part = package.side_tree(next(_related(package, "", kind), None))
        said |= {} if part is None else {local(one): properties.said(one) for one in part}
    listed = package.side_tree(settings)
    return {
        "title": properties.read_title(said.get("title")),
        "author": said.get("creator"),
        **properties.dates(said.get("created"), said.get("modified"), DATED_BY),
        "lineage": properties.lineage(
            _marks(listed, tree),
            docx_id=_identifier(listed),
            author=said.get("creator"),
            last_modified_by=said.get("lastModifiedBy"),
            company=said.get("Company"),
            template=said.get("Template"),
        ),
    }


def _identifier(settings: Element | None) -> str | None:
    """Return what all files have that derive from one; not that of Word 2010, which libraries put on all of theirs."""
    own = None if settings is None else next(settings.iter(SOURCE_ID), None)
    found = "" if own is None else _value(own, "val")
    return found if GUID.fullmatch(found) and not properties.is_filler(found) else None


def _marks(settings: Element | None, tree: Element) -> Iterator[str]:
    """Yield the ids of revisions: those that are listed, and those that are on pieces of the text."""
    for one in () if settings is None else settings.iter("{*}rsid", "{*}rsidRoot"):
        yield _value(one, "val")
    for element in tree.iter("{*}p", "{*}r", "{*}tr", "{*}sectPr"):
        for name, value in element.attrib.items():
            if str(name).rpartition("}")[2].startswith("rsid"):
                yield value


def _value(element: Element, name: str) -> str:
    return next((str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == name), "")
