"""HTML and XHTML: the main text of a page, and what the page says of itself."""

from __future__ import annotations

import re
from hashlib import sha256

import pyarrow as pa

from stemmata import schemas
from stemmata.errors import SourceError
from stemmata.readers.attribution import find_attribution
from stemmata.readers.columns import take_records
from stemmata.readers.encoding import glance
from stemmata.readers.hidden import take_marks, without_marks
from stemmata.readers.limits import Limits
from stemmata.readers.page import OPENING, Element, decode_page, parse_page
from stemmata.readers.page_accounts import read_accounts
from stemmata.readers.page_credits import with_addresses
from stemmata.readers.page_head import without_head
from stemmata.readers.page_hidden import take_out_hidden
from stemmata.readers.page_metadata import read_metadata
from stemmata.readers.page_parts import take_out_note_marks
from stemmata.readers.page_profiles import TAKEN

BEGINNING = re.compile(
    OPENING + r"<(?:!doctype\s+html|html|head|body|title|meta|frameset)\b",
    re.IGNORECASE,
)
NOT_FOUND = "pages whose main text was not found, read whole"
LACKING = "pages whose main text lacks much of their prose: see the column whole"


def looks_like_html(data: bytes) -> bool:
    """Tell whether the bytes begin as a page does, after comments and an XML declaration if need be."""
    return bool(BEGINNING.match(glance(data)))


def read_html(
    data: bytes, *, depth: int = 1_000, charset: str | None = None, profile: str = Limits.profile
) -> pa.Table:
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
    profile : str
        ``main``; ``fast``, for crawls: the main text as :func:`stemmata.readers.page_density.find_main` finds it, of
        dates and authors those that the page states for machines, and hidden is what its own attributes do not
        display, for style sheets are not read; or ``whole``: all that a reader of the page sees.

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
    fast, whole = profile == "fast", profile == "whole"
    hidden = take_out_hidden(tree, styled=not fast)
    if not whole:
        take_out_note_marks(tree)
    taken = TAKEN[profile](tree)
    if not without_marks(taken.text):
        raise SourceError(
            "it is a page without text; perhaps scripts would write it.",
            mend="open it in a browser, and save its text as .txt.",
        )
    said = read_metadata(tree, shown=not fast)
    metadata = {name: without_marks(one) if isinstance(one, str) else one for name, one in said.items()}
    known = (metadata[name] for name in ("title", "author", "site"))
    text, stood = take_marks(taken.text if whole else without_head(taken.text, known), hidden)
    main = set(text.splitlines())
    around = "\n".join(line for line in without_marks(taken.page).splitlines() if line not in main)
    attribution = find_attribution(text, agencies=not whole) or find_attribution(around, agencies=False)
    record = {
        **metadata,
        "text": text,
        "attribution": attribution and with_addresses(attribution, tree, metadata["canonical"]),
        "lineage": accounts,
        "sha256": sha256(data).hexdigest(),
        "hidden": stood or None,
        "whole": taken.whole,
    }
    told = ((NOT_FOUND, taken.amiss), (LACKING, taken.whole is not None))
    notes = [{"stage": "documents", "what": what, "count": int(so)} for what, so in told]
    return schemas.remark(take_records([record], [None], declared=True), notes=[*decoded.notes, *notes])


def _is_report(tree: Element) -> bool:
    """Tell whether stemmata made a page: a report quotes the documents, and would seem a copy of each."""
    metas = ((meta.get("name", "").lower(), meta.get("content", "")) for meta in tree.iter("meta"))
    return any(name == "generator" and said.startswith("stemmata ") for name, said in metas)
