"""The addresses behind a credit: where the links in the line lead that names another source.

A reader sees "First published in the Gazette"; the page also holds where the Gazette has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from stemmata.readers.page import Element, is_unseen, render
from stemmata.readers.page_statements import clean

MOST = 3  # addresses that are kept
MARK, END = "\ue000", "\ue001"  # stand around the number of a link while the page is rendered
LINK = re.compile(rf"{MARK}(\d{{1,9}}){END}")


def with_addresses(credit: str, tree: Element, own: str | None) -> str:
    """Return a credit with the addresses that its links lead to, if they are on other hosts than the page's own.

    Parameters
    ----------
    credit : str
        A line of the page, or a sentence of one.
    tree : lxml element
        The page. Marks are left in it: it is of no use afterwards.
    own : str, optional
        The address that the page calls its own.
    """
    links = [link for link in tree.iter("a") if link.get("href")]
    for number, link in enumerate(links):
        text = (link.text or "").lstrip()  # the mark stands behind white space, which is folded into one sign
        link.text = f"{(link.text or '')[: -len(text) or None]}{MARK}{number}{END}{text}"
    found = _linked(credit, render(tree, is_unseen))
    base = next((clean(element.get("href")) for element in tree.iter("base")), "")
    elsewhere = (_elsewhere(links[number].get("href"), base, own) for number in found if number < len(links))
    new = [address for address in dict.fromkeys(filter(None, elsewhere)) if address not in credit]
    return f"{credit} ({', '.join(new[:MOST])})" if new else credit


def _linked(credit: str, marked: str) -> Iterator[int]:
    """Yield the numbers of the links within the credit, where a line of the page holds it."""
    sought = " ".join(credit.split())
    for line in marked.splitlines():
        pieces = LINK.split(" ".join(line.split()))
        plain = "".join(pieces[::2])
        start = plain.find(sought)
        if start < 0:
            continue
        at = 0
        for piece, number in zip(pieces[::2], pieces[1::2], strict=False):
            at += len(piece)
            if start <= at < start + len(sought):
                yield int(number)
        return


def _elsewhere(given: str, base: str, own: str | None) -> str | None:
    """Return an address on another host than the page's own; links within a site bear none."""
    try:
        whole = urljoin(base, clean(given))
        host, ours = ((urlsplit(address).hostname or "").removeprefix("www.") for address in (whole, own or ""))
    except ValueError:
        return None
    return whole if whole.lower().startswith(("http://", "https://")) and host not in ("", ours) else None
