"""What dates say of who came first: rules, with log-odds set by judgement.

Dates are claims. Among those that agree only the most trustworthy speaks; one that lies after a crawl had seen the
text, or outside of the time that is given for it, is not believed. A crawl's or a file's date is weak, but to have been
seen before the other says that it was published is as good as a date.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from stemmata.direction.metadata import Metadata
from stemmata.direction.reasons import DATES, Reason, weighed
from stemmata.direction.references import own_addresses

STATED, ADDRESSED, SEEN = 2.5, 1.0, 0.7
DAY = timedelta(days=1)  # dates nearer than this may differ by time zone alone
DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)([/-])(\d\d?)\2(\d\d?)(?!\d)")
MACHINE_DATED = re.compile(r"\b(?:crawl|file|server|last.modified|wayback)", re.IGNORECASE)
SOURCES = (  # how ``dated_by`` is called beside a date
    (re.compile(r"^page: JSON-LD\b"), "JSON-LD"),
    (re.compile(r"^page: (?:itemprop\b|time$)"), "page element"),
    (re.compile(r"^page: a date shown on it$"), "shown on the page"),
    (re.compile(r"^page: "), "meta element"),
    (re.compile(r"^metadata$"), "table of metadata"),
)
ADDRESS, SIGHTING = "address", "first seen"
LONGEST_SOURCE = 40  # code points of a source that is shown as it is given
NEAR = "both say that they were published within a day: dates so near say nothing"
OVERLAPPING = "the times that are given for both overlap"
LATER = "{copy} says that it was published later"
SIGHTED = "{source} had been seen before {copy} says that it was published"
ADDRESS_LATER = "the address of {copy} bears a later date"
ADDRESS_EARLIER = "the address of {source} bears an earlier date"
SEEN_LATER = "{copy} was seen, or dated by a machine, later"
DISBELIEVED = "the date that %s states is not believed: it was seen earlier"
OUTSIDE = "the date that %s states is not believed: it lies outside of the time that is given for it"
ADDRESS_DISBELIEVED = "the date in the address of %s is not believed: it was seen earlier"


class Span(NamedTuple):
    """The time within which a document came to be, open where None, and who says so."""

    first: datetime | None
    last: datetime | None
    by: str = ""

    def __str__(self) -> str:
        first, last = (date.date().isoformat() if date else "" for date in (self.first, self.last))
        if first and last:
            days = first if first == last or self.by == ADDRESS else f"{first} to {last}"
        elif self.by == SIGHTING:
            days = last
        else:
            days = f"not before {first}" if first else f"not after {last}"
        return f"{days} ({self.by})" if self.by else days


class _Known(NamedTuple):
    """What is known of a document's age: each date that can be believed, and what is said of the others."""

    stated: Span | None
    addressed: Span | None
    sighted: Span | None  # a time by which it was there
    seen: Span | None  # the first of what a crawl, a file system and the document say
    disbelieved: list[Reason]


def date_reasons(x: Metadata, y: Metadata) -> list[Reason]:
    """Return what speaks for a direction in the dates; what was not believed has 0 points."""
    known = _known(x, y, "{x}"), _known(y, x, "{y}")
    reasons: list[Reason] = []
    for found in (_by_statement(*known), _by_address(*known), _by_seeing(*known)):
        if found and all(found.points * other.points < 0 for other in reasons):
            reasons.append(found)
    stated = [each.stated for each in known if each.stated]
    if not reasons and len(stated) == 2:
        whole = all(span.first == span.last for span in stated)
        says = NEAR if whole else OVERLAPPING
        reasons.append(Reason(says, DATES, 0.0, [" and ".join(sorted(map(str, stated)))]))
    return [*known[0].disbelieved, *known[1].disbelieved, *reasons]


def _by_statement(x: _Known, y: _Known) -> Reason | None:
    found = _ordered(LATER, STATED, x.stated, y.stated)
    found = found or _ordered(SIGHTED, STATED, x.sighted, y.stated)
    return found or _ordered(SIGHTED, STATED, x.stated, y.sighted)


def _by_address(x: _Known, y: _Known) -> Reason | None:
    """Compare the dates in two addresses, or that in one with what the other states, or with when it was seen."""
    if not (x.addressed or y.addressed):
        return None
    spans = [known.addressed or known.stated or known.sighted for known in (x, y)]
    later = y if _order(*spans) > 0 else x
    return _ordered(ADDRESS_LATER if later.addressed else ADDRESS_EARLIER, ADDRESSED, *spans)


def _by_seeing(x: _Known, y: _Known) -> Reason | None:
    return _ordered(SEEN_LATER, SEEN, x.seen, y.seen)


def _ordered(says: str, log_odds: float, x: Span | None, y: Span | None) -> Reason | None:
    order = _order(x, y)
    return weighed(says, DATES, order * log_odds, [(str(x), str(y))]) if order else None


def _order(x: Span | None, y: Span | None) -> int:
    """Return 1 where x is earlier by a day or more, -1 where y is, else 0."""
    if not x or not y:
        return 0
    return int(_apart(x.last, y.first)) - int(_apart(y.last, x.first))


def _apart(earlier: datetime | None, later: datetime | None) -> bool:
    return bool(earlier and later) and later - earlier >= DAY  # type: ignore[operator]


def _known(m: Metadata, other: Metadata, side: str) -> _Known:
    sighted = Span(None, m.first_seen, SIGHTING) if m.first_seen else None
    given, addressed, stated = _given(m), _addressed(m, other), _stated(m)
    disbelieved = []
    for span, says in ((stated, DISBELIEVED), (given, DISBELIEVED), (addressed, ADDRESS_DISBELIEVED)):
        if span and sighted and _order(sighted, span):
            disbelieved.append(Reason(says % side, DATES, 0.0, [f"{span}, {sighted}"]))
            given, addressed, stated = (kept if kept is not span else None for kept in (given, addressed, stated))
    if _order(stated, given):
        disbelieved.append(Reason(OUTSIDE % side, DATES, 0.0, [f"{stated}, {given}"]))
        stated = None
    published = _at(m.published, _source(m)) if stated or _machine_dated(m) else None
    seen = _at(m.first_seen, SIGHTING) or published or stated or given
    return _Known(stated or given, addressed, sighted, seen, disbelieved)


def _at(date: datetime | None, by: str) -> Span | None:
    return Span(date, date, by) if date else None


def _stated(m: Metadata) -> Span | None:
    """Return when a document says it was published, if that is not a machine's date."""
    return None if _machine_dated(m) else _at(m.published, _source(m))


def _given(m: Metadata) -> Span | None:
    """Return the time that is given for a document; none that ends before it begins."""
    if not (m.not_before or m.not_after) or (m.not_before and m.not_after and m.not_before > m.not_after):
        return None
    return Span(m.not_before, m.not_after, "" if _machine_dated(m) else _source(m))


def _addressed(m: Metadata, other: Metadata) -> Span | None:
    """Return the day in a document's own address, in whatever time zone."""
    for address in (*own_addresses(m, other), m.doc):
        found = DATE.search(address)
        if found:
            try:
                date = datetime(int(found[1]), int(found[3]), int(found[4]), tzinfo=UTC)
            except ValueError:
                continue
            return Span(date, date + DAY, ADDRESS)
    return None


def _machine_dated(m: Metadata) -> bool:
    return bool(m.dated_by and MACHINE_DATED.search(m.dated_by))


def _source(m: Metadata) -> str:
    """Return where a document's date stands, in the words of a reader."""
    given = (m.dated_by or "").strip()
    return next((name for known, name in SOURCES if known.search(given)), given[:LONGEST_SOURCE])
