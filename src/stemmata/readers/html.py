"""HTML and XHTML: the main text of a page, and what the page says of itself."""

from __future__ import annotations

import re
from functools import cache
from hashlib import sha256
from types import ModuleType

import pyarrow as pa

from stemmata import schemas
from stemmata.errors import SourceError
from stemmata.readers.attribution import find_attribution
from stemmata.readers.columns import take_records
from stemmata.readers.encoding import glance
from stemmata.readers.hidden import take_marks, without_marks
from stemmata.readers.page import OPENING, Element, decode_page, is_unseen, parse_page, render
from stemmata.readers.page_accounts import read_accounts
from stemmata.readers.page_credits import with_addresses
from stemmata.readers.page_head import without_head
from stemmata.readers.page_hidden import take_out_hidden
from stemmata.readers.page_metadata import read_metadata
from stemmata.readers.page_parts import is_beside, is_foreign

BEGINNING = re.compile(
    OPENING + r"<(?:!doctype\s+html|html|head|body|title|meta|frameset)\b",
    re.IGNORECASE,
)
LONG_LINE = 80  # code points: a line of prose, where menus and teasers are shorter
SHORT = 250  # code points: with less, trafilatura takes all that there is
LEAST_SHARE = 0.1  # of the long lines of a page; a main text that has less was not found


def looks_like_html(data: bytes) -> bool:
    """Tell whether the bytes begin as a page does, after comments and an XML declaration if need be."""
    return bool(BEGINNING.match(glance(data)))


def read_html(data: bytes, *, depth: int = 1_000, charset: str | None = None) -> pa.Table:
    """Return the main text of a page, without comments, menus and what is hidden, and its metadata.

    Headline, byline and date above the first paragraph are metadata, and no text. Behind a credit stand the addresses
    of its links.

    Paragraphs are parted by a blank line, items, rows and broken lines by a line end, cells by a tab. Where no
    main text is found, or little of what the page holds, the text is that of the page, if possible without menus; a
    note tells. The language that the page declares may be that of its template: it is ``declared``.

    Parameters
    ----------
    data : bytes
        The page.
    depth : int
        How deep elements may be nested, 1 to 2,000.
    charset : str, optional
        The label of the encoding that the page's server named.

    Raises
    ------
    SourceError
        The page is binary, nested deeper than ``depth``, one of stemmata's own reports, or has no text.

    References
    ----------
    Barbaresi, Trafilatura: A Web Scraping Library and Command-Line Tool for Text Discovery and Extraction, ACL 2021.
    """
    decoded = decode_page(data, charset)
    tree = parse_page(decoded.text, depth)
    if _is_report(tree):
        raise SourceError("it is a report of stemmata.", mend="give the documents that it reports on.")
    accounts = read_accounts(tree)
    hidden = take_out_hidden(tree)
    page = render(tree, is_beside) or render(tree, is_unseen)
    marked = _main_text(tree)
    amiss = _is_amiss(without_marks(marked), without_marks(page))
    marked = page if amiss else marked
    if not without_marks(marked):
        raise SourceError(
            "it is a page without text; perhaps scripts would write it.",
            mend="open it in a browser, and save its text as .txt.",
        )
    told = read_metadata(tree).items()
    metadata = {name: without_marks(said) if isinstance(said, str) else said for name, said in told}
    marked = without_head(marked, (metadata[name] for name in ("title", "author", "site")))
    text, stood = take_marks(marked, hidden)
    main = set(text.splitlines())
    around = "\n".join(line for line in without_marks(render(tree, is_foreign)).splitlines() if line not in main)
    attribution = find_attribution(text) or find_attribution(around, agencies=False)
    record = {
        **metadata,
        "text": text,
        "attribution": attribution and with_addresses(attribution, tree, metadata["canonical"]),
        "lineage": accounts,
        "sha256": sha256(data).hexdigest(),
        "hidden": stood or None,
    }
    whole = {"stage": "documents", "what": "pages whose main text was not found, read whole", "count": int(amiss)}
    return schemas.remark(take_records([record], [None], declared=True), notes=[*decoded.notes, whole])


def _is_report(tree: Element) -> bool:
    """Tell whether stemmata made a page: a report quotes the documents, and would seem a copy of each."""
    metas = ((meta.get("name", "").lower(), meta.get("content", "")) for meta in tree.iter("meta"))
    return any(name == "generator" and said.startswith("stemmata ") for name, said in metas)


def _is_amiss(text: str, page: str) -> bool:
    """Tell whether a main text has next to nothing of the page, or, being short, its menus as well."""
    if len(text) < SHORT:
        return not text or len(text) > len(page) > 0
    return len(text) < LEAST_SHARE * sum(len(line) for line in page.splitlines() if len(line) >= LONG_LINE)


def _main_text(tree: Element) -> str:
    """Return what trafilatura takes for the main text; nothing where it finds none or stumbles."""
    try:
        document = _trafilatura().bare_extraction(tree, include_comments=False)
    except MemoryError:
        raise
    except Exception:  # on odd trees it fails in many ways; the page is then read without it
        return ""
    return "" if document is None else render(document.body)


@cache
def _trafilatura() -> ModuleType:
    import logging

    import trafilatura

    logging.getLogger("trafilatura").addHandler(logging.NullHandler())  # what it discards, a note tells
    return trafilatura
