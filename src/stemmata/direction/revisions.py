"""Two revisions of one page: their order is not inferred but written down."""

from __future__ import annotations

import re
from datetime import timedelta

from stemmata.direction.addresses import names_page, normal
from stemmata.direction.metadata import Metadata
from stemmata.direction.outlets import same_name
from stemmata.direction.reasons import KNOWN, REVISION, Reason, log_odds
from stemmata.direction.references import own_addresses, points_to

HOUR = timedelta(hours=1)  # changes nearer than this may be one change, written down twice
LATER = "both are revisions of one page, and {copy} is the later"
IN_LIBRARY = re.compile(r"@(\d{1,9})$")  # the versions of one id: ferry, ferry@2, ferry@3
IN_QUERY = re.compile(r"(?<=[?&])(oldid|rev|revision|version)=(\d{1,18})(?=&|$)", re.IGNORECASE)
PREPRINT = re.compile(r"(?<=\d)/?v(\d{1,4})(?=(?:\.full|\.pdf|\.html?|\.txt)*$)", re.IGNORECASE)
PREPRINT_FILE = re.compile(r"(?:.*/)?(?:arxiv[:_-]?)?\d{4}\.\d{4,5}v\d{1,4}(?:\.\w+)?", re.IGNORECASE)  # an id


def revision_reasons(x: Metadata, y: Metadata) -> list[Reason]:
    """Return the one reason that there is where both are revisions of one page; else none.

    Of one page they are where address or id are the same but for the revision, titles and sites do not differ, and
    neither calls the other's address its canonical one.
    """
    if _differ(x.title, y.title) or _differ(x.site, y.site) or points_to(x, y) or points_to(y, x):
        return []
    x_numbers, y_numbers = _numbers(x), _numbers(y)
    common = sorted(x_numbers.keys() & y_numbers.keys())
    if not common:
        return _by_change(x, y)
    pairs = [(x_numbers[key], y_numbers[key]) for key in common]
    orders = {_sign(later - earlier) for earlier, later in pairs} - {0}
    if len(orders) != 1:  # one revision, or a contradiction
        return []
    numbers = next(pair for pair in pairs if pair[0] != pair[1])
    return [_certain(orders.pop(), (f"revision {numbers[0]}", f"revision {numbers[1]}"))]


def _by_change(x: Metadata, y: Metadata) -> list[Reason]:
    """Compare when one page was changed. Reprints bear its address too: both must say whose they are."""
    if not (x.modified and y.modified and x.site and y.site):
        return []
    if not set(own_addresses(x, y)) & set(own_addresses(y, x)) or abs(y.modified - x.modified) < HOUR:
        return []
    times = f"changed {x.modified:%Y-%m-%d %H:%M}", f"changed {y.modified:%Y-%m-%d %H:%M}"
    return [_certain(1 if x.modified < y.modified else -1, times)]


def _certain(order: int, example: tuple[str, str]) -> Reason:
    return Reason(LATER, REVISION, order * log_odds(KNOWN), [example])


def _sign(difference: int) -> int:
    return int(difference > 0) - int(difference < 0)


def _differ(one: str | None, other: str | None) -> bool:
    if not (one and other):
        return False
    return " ".join(one.casefold().split()) != " ".join(other.casefold().split()) and not same_name(one, other)


def _numbers(m: Metadata) -> dict[tuple[str, str], int]:
    """Return the revisions that id and address bear, by the page without it and the way in which it is written."""
    numbered = IN_LIBRARY.search(m.doc)
    found = {(IN_LIBRARY.sub("", m.doc), "@"): int(numbered[1]) if numbered else 1}
    for address in (m.canonical, m.doc):
        if address and (names_page(address) or PREPRINT_FILE.fullmatch(address)):
            plain = normal(address)
            for name, number in IN_QUERY.findall(plain):
                found.setdefault((normal(IN_QUERY.sub("", plain)), name.casefold()), int(number))
            preprint = PREPRINT.search(plain)
            if preprint:
                found.setdefault((plain[: preprint.start()], "v"), int(preprint[1]))
    return found
