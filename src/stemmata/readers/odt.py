"""OpenDocument texts (ODT): the text as it stands with all changes accepted, and what the file says of itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa

from stemmata.errors import SourceError
from stemmata.readers import properties
from stemmata.readers.limits import Limits
from stemmata.readers.odt_looks import attribute, read_looks
from stemmata.readers.odt_text import read_body
from stemmata.readers.packages import Package, holds
from stemmata.readers.page import Element
from stemmata.readers.writing import Writing, only_row
from stemmata.readers.xmltree import local

DATED_BY = "file: OpenDocument creation date"
MANIFEST = "META-INF/manifest.xml"

looks_like_odt = holds(MANIFEST, mimetype="application/vnd.oasis.opendocument.text")


def read_odt(
    data: bytes,
    *,
    depth: int = Limits.depth,
    bytes: int = Limits.bytes,  # noqa: A002 (as the limit is called)
    ratio: int = Limits.ratio,
    files: int = Limits.files,
) -> pa.Table:
    """Return the text of an OpenDocument text as one row; see :func:`stemmata.readers.odt_text.read_body`.

    Notes stand after the text, as those of :func:`stemmata.readers.docx.read_docx` do, and as much is left out.

    Parameters
    ----------
    data : bytes
        The file.
    depth, bytes, ratio, files : int
        As in :class:`stemmata.readers.limits.Limits`, of its parts.

    Raises
    ------
    SourceError
        The archive or its main part is damaged, locked, or swells beyond the limits, or there is no text.

    References
    ----------
    ISO/IEC 26300, Open Document Format for Office Applications.
    """
    package = Package(data, Limits(depth=depth, bytes=bytes, ratio=ratio, files=files))
    _refuse_locked(package)
    tree = package.tree("content.xml")
    body = next((one for part in tree if local(part) == "body" for one in part if local(one) == "text"), None)
    writing = Writing()
    if body is not None:
        read_body(body, read_looks(tree, package.side_tree("styles.xml")), writing, package.notes)
    written = writing.finish()
    if not written.text:
        mend = "if it is of images, recognise their text (OCR)."
        raise SourceError("it is an OpenDocument text without text.", mend=mend)
    return only_row(written, _properties(package, tree), data, package.notes)


def _refuse_locked(package: Package) -> None:
    manifest = package.side_tree(MANIFEST)
    locked = manifest is not None and next(manifest.iter("{*}encryption-data"), None) is not None
    if locked or "encrypted-package" in package:
        raise SourceError("it is locked with a password.", mend="save a copy without one and give that.")


def _properties(package: Package, tree: Element) -> dict[str, Any]:
    part = package.side_tree("meta.xml")
    meta = [] if part is None else [one for above in part for one in above]
    said = {local(one): properties.said(one) for one in meta if local(one) != "template"}
    template = next((attribute(one, "title") for one in meta if local(one) == "template"), "")
    author = said.get("initial-creator") or said.get("creator")
    return {
        "title": properties.read_title(said.get("title")),
        "author": author,
        **properties.dates(said.get("creation-date"), said.get("date"), DATED_BY),
        "lineage": properties.lineage(
            _marks(tree),
            author=author,
            last_modified_by=said.get("creator"),
            template=properties.one_line(template),
        ),
    }


def _marks(tree: Element) -> Iterator[str]:
    """Yield the ids of revisions that LibreOffice keeps with the styles of pieces of the text."""
    for one in tree.iter("{*}text-properties", "{*}paragraph-properties"):
        for name in ("rsid", "paragraph-rsid"):
            yield attribute(one, name)
