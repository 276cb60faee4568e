"""What documents say of themselves: dates, addresses, the line that names another source.

These are rules, with log-odds set by judgement. Dates are claims: among those that agree only the most
trustworthy speaks, and a stated date that lies after a crawl had seen the text is not believed.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from stemmata.direction.reasons import DATES, REFERENCES, Reason, weighed

STATED, ADDRESSED, SEEN, NAMED, CANONICAL = 2.5, 1.0, 0.7, 3.0, 4.0
DAY = timedelta(days=1)  # dates nearer than this may differ by time zone alone
DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)([/-])(\d\d?)\2(\d\d?)(?!\d)")
MACHINE_DATED = re.compile(r"crawl|file|server", re.IGNORECASE)
NEAR = "both say that they were published within a day: dates so near say nothing"
SHORTEST = 5  # letters of a host's name that are looked for without regard to spaces
LONGEST = 120  # code points of a line that is shown

Interval = tuple[datetime, datetime]


class Metadata(NamedTuple):
    """The columns of ``schemas.DOCUMENTS`` that speak of origin; None where unknown."""

    doc: str
    title: str | None
    author: str | None
    site: str | None
    published: datetime | None
    first_seen: datetime | None
    not_before: datetime | None
    not_after: datetime | None
    dated_by: str | None
    canonical: str | None
    attribution: str | None


def metadata_reasons(x: Metadata, y: Metadata) -> list[Reason]:
    """Return what speaks for a direction in the metadata; what was not believed has 0 points."""
    return [*_disbelieved(x, y), *_dates(x, y), *_references(x, y)]


def _disbelieved(x: Metadata, y: Metadata) -> list[Reason]:
    says = "the date that %s states is not believed: it was seen earlier"
    return [
        Reason(says % side, DATES, 0.0, [f"dated {_day(m.published)}, seen {_day(m.first_seen)}"])
        for side, m in (("{x}", x), ("{y}", y))
        if m.published and m.first_seen and _forged(m)
    ]


def _dates(x: Metadata, y: Metadata) -> list[Reason]:
    sources = (
        ("{copy} says that it was published later", STATED, _stated(x), _stated(y)),
        ("the address of {copy} bears a later date", ADDRESSED, _addressed(x), _addressed(y)),
        ("{copy} was first seen later", SEEN, _seen(x), _seen(y)),
    )
    reasons: list[Reason] = []
    for says, log_odds, x_date, y_date in sources:
        if x_date is None or y_date is None:
            continue
        order = _order(x_date, y_date)
        if order and (not reasons or order * reasons[0].points < 0):
            examples = [(_days(x_date), _days(y_date))]
            reasons.append(weighed(says, DATES, order * log_odds, examples))
    if not reasons and (x_date := _stated(x)) and (y_date := _stated(y)):
        reasons.append(Reason(NEAR, DATES, 0.0, [f"{_days(x_date)} and {_days(y_date)}"]))
    return reasons


def _order(x: Interval, y: Interval) -> int:
    """Return 1 where x is earlier by a day or more, -1 where y is, else 0."""
    return int(y[0] - x[1] >= DAY) - int(x[0] - y[1] >= DAY)


def _stated(m: Metadata) -> Interval | None:
    """Return when a document says it was published, if that can be believed and is not a machine's date."""
    if _machine_dated(m):
        return None
    if m.published:
        return None if _forged(m) else (m.published, m.published)
    return (m.not_before, m.not_after) if m.not_before and m.not_after else None


def _forged(m: Metadata) -> bool:
    if not (m.published and m.first_seen) or _machine_dated(m):
        return False
    return m.published - m.first_seen >= DAY


def _machine_dated(m: Metadata) -> bool:
    return bool(m.dated_by and MACHINE_DATED.search(m.dated_by))


def _addressed(m: Metadata) -> Interval | None:
    """Return the date in a document's address."""
    for address in (m.canonical, m.doc):
        found = DATE.search(address) if address else None
        if found:
            try:
                date = datetime(int(found[1]), int(found[3]), int(found[4]), tzinfo=UTC)
            except ValueError:
                continue
            return date, date
    return None


def _seen(m: Metadata) -> Interval | None:
    """Return when a crawl or a file system first knew of a document; else when it says it was published."""
    date = m.first_seen or m.published
    return (date, date) if date else _stated(m)


def _day(date: datetime) -> str:
    return date.date().isoformat()


def _days(interval: Interval) -> str:
    first, last = map(_day, interval)
    return first if first == last else f"{first} to {last}"


def _references(x: Metadata, y: Metadata) -> list[Reason]:
    reasons = []
    names = _names(y, x) - _names(x, y)
    if names:
        line = (y if names > 0 else x).attribution
        assert line
        reasons.append(weighed("{copy} names {source} as its origin", REFERENCES, names * NAMED, [line[:LONGEST]]))
    points = _points(y, x) - _points(x, y)
    if points:
        address = (y if points > 0 else x).canonical
        assert address
        says = "{copy} calls the address of {source} its canonical one"
        reasons.append(weighed(says, REFERENCES, points * CANONICAL, [address[:LONGEST]]))
    return reasons


def _names(one: Metadata, other: Metadata) -> int:
    """Return 1 where the attribution of one names the other's outlet, title or author, and not its own."""
    line = one.attribution
    if not line or line == other.attribution:
        return 0
    for field in ("site", "title", "author"):
        name, own = (_name(getattr(m, field) or "") for m in (other, one))
        if _squeezed(name) not in ("", _squeezed(own)) and _mentions(line, name):
            return 1
    return 0


def _name(given: str) -> str:
    """Return a name as it is looked for: of an address its host, in which a protocol is no word."""
    return _host(given) if _is_address(given) else given.casefold()


def _is_address(name: str) -> bool:
    return "." in name and " " not in name


def _mentions(line: str, name: str) -> bool:
    if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", line.casefold()):
        return True
    label = max(name.split(".")[:-1], key=len) if _is_address(name) else ""
    return len(label) >= SHORTEST and _squeezed(label) in _squeezed(line)


def _squeezed(name: str) -> str:
    return "".join(sign for sign in name.casefold() if sign.isalnum())


def _points(one: Metadata, other: Metadata) -> int:
    """Return 1 where the canonical address of one is the other's and not its own."""
    if not one.canonical:
        return 0
    address = _address(one.canonical)
    own = address == _address(one.doc) or (one.site and _host(address) == _host(one.site))
    return int(not own and address in (_address(other.doc), _address(other.canonical or "")))


def _address(given: str) -> str:
    """Return an address without what does not tell two pages apart."""
    bare = re.sub(r"^[a-z]+://", "", given.strip(), flags=re.IGNORECASE).partition("#")[0]
    host, slash, path = bare.partition("/")
    return (re.sub(r"^www\.", "", host.casefold()) + slash + path).rstrip("/")


def _host(given: str) -> str:
    """Return the host of an address, without its port."""
    return re.split(r"[/?:]", _address(given).rpartition("@")[2], maxsplit=1)[0]
