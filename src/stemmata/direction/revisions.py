"""Two revisions of one page: by their ids the order is certain; what they say of it themselves is but a claim."""

from __future__ import annotations

import re
from datetime import timedelta

from stemmata.direction.addresses import LONGEST, names_page, normal
from stemmata.direction.dates import STATED
from stemmata.direction.metadata import Metadata
from stemmata.direction.outlets import same_name
from stemmata.direction.reasons import DATES, KNOWN, REVISION, Reason, log_odds, weighed
from stemmata.direction.references import own_addresses, points_to

HOUR = timedelta(hours=1)  # changes nearer than this may be one change, written down twice
LATER = "both are revisions of one page, and {copy} is the later"
CLAIMED = "both call themselves revisions of one page, and {copy} the later"
IN_LIBRARY = re.compile(r"@(\d{1,3})$")  # the versions of one id: ferry, ferry@2, ferry@3
IN_QUERY = re.compile(r"(?<=[?&])(oldid|rev|revision|version)=(\d{1,18})(?=&|$)", re.IGNORECASE)
PREPRINT = re.compile(r"(?<=\d)/?v(\d{1,4})(?=(?:\.full|\.pdf|\.html?|\.txt)*$)", re.IGNORECASE)
PREPRINT_FILE = re.compile(r"(?:.*/)?(?:arxiv[:_-]?)?\d{4}\.\d{4,5}v\d{1,4}(?:\.\w+)?", re.IGNORECASE)  # an id


def certain_order(x: Metadata, y: Metadata) -> list[Reason]:
    """Return the one reason that there is where the ids say that both are revisions of one page; else none.

    Of one page they are where the ids are the same but for the revision, titles and sites do not differ, and neither
    calls the other's address its canonical one.
    """
    numbers = None if _apart(x, y) else _compared(_numbers(x, x.doc), _numbers(y, y.doc))
    if numbers is None:
        return []
    return [Reason(LATER, REVISION, _sign(numbers[1] - numbers[0]) * log_odds(KNOWN), [_named(numbers)])]


def claimed_order(x: Metadata, y: Metadata) -> list[Reason]:
    """Return what documents claim of their order as revisions of one page, in what a copyist may take along or forge.

    That is the revision in a canonical address, and when a page was changed.
    """
    if _apart(x, y):
        return []
    numbers = _compared(_numbers(x, x.doc, x.canonical), _numbers(y, y.doc, y.canonical))
    if numbers is not None:
        return [weighed(CLAIMED, DATES, _sign(numbers[1] - numbers[0]) * STATED, [_named(numbers)])]
    # reprints bear the address of one page too: both must say whose they are
    if not (x.modified and y.modified and x.site and y.site) or abs(y.modified - x.modified) < HOUR:
        return []
    if not set(own_addresses(x, y)) & set(own_addresses(y, x)):
        return []
    times = f"changed {x.modified:%Y-%m-%d %H:%M}", f"changed {y.modified:%Y-%m-%d %H:%M}"
    return [weighed(CLAIMED, DATES, STATED if x.modified < y.modified else -STATED, [times])]


def _apart(x: Metadata, y: Metadata) -> bool:
    """Say whether two documents are not of one page, whatever their addresses are."""
    return _differ(x.title, y.title) or _differ(x.site, y.site) or bool(points_to(x, y) or points_to(y, x))


Numbers = dict[tuple[str, str], int]


def _compared(x: Numbers, y: Numbers) -> tuple[int, int] | None:
    """Return the revisions of one page, if they differ and do not contradict each other."""
    pairs = [(x[key], y[key]) for key in sorted(x.keys() & y.keys())]
    orders = {_sign(later - earlier) for earlier, later in pairs} - {0}
    return next(pair for pair in pairs if pair[0] != pair[1]) if len(orders) == 1 else None


def _named(numbers: tuple[int, int]) -> tuple[str, str]:
    return f"revision {numbers[0]}", f"revision {numbers[1]}"


def _sign(difference: int) -> int:
    return int(difference > 0) - int(difference < 0)


def _differ(one: str | None, other: str | None) -> bool:
    if not (one and other):
        return False
    return " ".join(one.casefold().split()) != " ".join(other.casefold().split()) and not same_name(one, other)


def _numbers(m: Metadata, *addresses: str | None) -> Numbers:
    """Return the revisions that id and addresses bear, by the page without it and the way in which it is written."""
    numbered = IN_LIBRARY.search(m.doc)
    found = {(IN_LIBRARY.sub("", m.doc), "@"): int(numbered[1]) if numbered else 1}
    for address in addresses:
        if address and len(address) <= LONGEST and (names_page(address) or PREPRINT_FILE.fullmatch(address)):
            plain = normal(address)
            page = normal(IN_QUERY.sub("", plain))
            for name, number in IN_QUERY.findall(plain):
                found.setdefault((page, name.casefold()), int(number))
            preprint = PREPRINT.search(plain)
            if preprint:
                found.setdefault((plain[: preprint.start()], "v"), int(preprint[1]))
    return found
