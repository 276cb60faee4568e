"""Whom a document refers to: the line that names another source, a link, the address that it calls its own.

Rules, with log-odds set by judgement.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from stemmata.direction.addresses import addresses_in, has_scheme, host_of, is_host, names_page, normal, without
from stemmata.direction.metadata import Metadata
from stemmata.direction.outlets import mentions, same_name, word_count
from stemmata.direction.reasons import REFERENCES, Example, Reason, weighed
from stemmata.readers.attribution import BYLINE

NAMED, CANONICAL = 3.0, 4.0
NAME_WORDS = 2  # of an author or a title that a line is searched for
LONGEST = 120  # code points of a line that is shown
EACH_OTHER = "each refers to the other as its origin: that says nothing"


def reference_reasons(x: Metadata, y: Metadata, x_text: str = "", y_text: str = "") -> list[Reason]:
    """Return what speaks for a direction in what two documents refer to."""
    reasons = []
    by_y = _references(y, x, y_text, x_text)
    by_x = _references(x, y, x_text, y_text)
    if by_x and by_y:
        reasons.append(Reason(EACH_OTHER, REFERENCES, 0.0, [(by_x[0][1], by_y[0][1])]))
    elif by_x or by_y:
        says = " and ".join(dict.fromkeys(what for what, _ in by_x or by_y))
        examples: list[Example] = [example for _, example in by_x or by_y]
        reasons.append(weighed(f"{{copy}} {says}", REFERENCES, NAMED if by_y else -NAMED, examples))
    points = points_to(y, x) - points_to(x, y)
    if points:
        address = (y if points > 0 else x).canonical
        assert address
        says = "{copy} calls the address of {source} its canonical one"
        reasons.append(weighed(says, REFERENCES, points * CANONICAL, [address[:LONGEST]]))
    return reasons


def points_to(one: Metadata, other: Metadata) -> bool:
    """Tell whether the canonical address of one is the other's and not its own; two cannot point to each other."""
    return _points_away(one, other) and not _points_away(other, one)


def _points_away(one: Metadata, other: Metadata) -> bool:
    if not one.canonical:
        return False
    address = normal(one.canonical)
    named_so = names_page(one.doc) and host_of(one.doc) == host_of(address)  # a folder a site, as crawls are kept
    own = address == normal(one.doc) or named_so or same_name(one.site, host_of(address))
    return not own and address in (normal(other.doc), normal(other.canonical or ""))


def own_addresses(one: Metadata, other: Metadata) -> list[str]:
    """Return the addresses of one document, in normal form, the one that it calls canonical first.

    A canonical address is not its own where it points to the other, or to another host than that of its site or id.
    """
    known = (one.site, one.doc if has_scheme(one.doc) else None)
    hosts = [host_of(given) for given in known if given and is_host(given)]
    own = []
    if one.canonical and not points_to(one, other):
        host = host_of(one.canonical)
        if not hosts or any(same_name(host, its) for its in hosts):
            own.append(one.canonical)
    return [normal(address) for address in (*own, one.doc) if names_page(address)]


def _references(one: Metadata, other: Metadata, text: str, other_text: str) -> list[tuple[str, str]]:
    """Return how one document refers to the other, and its words."""
    found = []
    if one.attribution and _names(one, other):
        found.append(("names {source} as its origin", one.attribution[:LONGEST]))
    link = _link(one, other, text, other_text)
    if link:
        found.append(("links to {source}", link[:LONGEST]))
    return found


def _link(one: Metadata, other: Metadata, text: str, other_text: str) -> str | None:
    """Return the address of the other document that one holds; none that is its own or stands in both."""
    sought = set(own_addresses(other, one)) - set(own_addresses(one, other))
    if not sought:
        return None
    held = sought & _held(one, text, sought)
    return min(held - _held(other, other_text, sought), default=None) if held else None


def _held(m: Metadata, text: str, sought: set[str]) -> frozenset[str]:
    """Return the addresses in a text and its attribution; texts that lack the hosts are not gone through."""
    hosts = [host_of(address) for address in sought]
    given = [part for part in (text, m.attribution or "") if any(host in part.casefold() for host in hosts)]
    return frozenset(chain.from_iterable(map(addresses_in, given)))


def _names(one: Metadata, other: Metadata) -> bool:
    """Tell whether the attribution of one names the other's outlet, title or author, and not its own.

    The address of the other is no name: it may be a link.
    """
    if one.attribution == other.attribution:
        return False
    line = without(one.attribution or "", own_addresses(other, one))
    own = [*_outlets(one, other), one.title, one.author]
    longer = [name for name in own if mentions(line, name)]
    return any(
        not any(same_name(name, mine) for mine in own) and not any(mentions(mine or "", name) for mine in longer)
        for name in _named(line, _outlets(other, one), _works(other))
    )


def _named(line: str, outlets: Sequence[str], works: Sequence[str]) -> Iterator[str]:
    return (name for name in (*outlets, *works) if mentions(line, name))


def _outlets(one: Metadata, other: Metadata) -> list[str]:
    """Return the names of a document's outlet: that of its site, the hosts of its addresses."""
    hosts = [host_of(given) for given in own_addresses(one, other) if not _is_path(given, one)]
    return list(dict.fromkeys([*([one.site] if one.site else []), *hosts]))


def _is_path(address: str, one: Metadata) -> bool:
    """Tell whether an address may be but the path of a file, whose first folder has a dot."""
    return address == normal(one.doc) and not has_scheme(one.doc) and address != normal(one.canonical or "")


def _works(m: Metadata) -> list[str]:
    """Return title and author where they are a document's own: no agency, and nobody whom it credits itself."""
    given = [name for name in (m.title, m.author) if name and word_count(name) >= NAME_WORDS]
    return [name for name in given if not BYLINE.fullmatch(name) and not mentions(m.attribution or "", name)]
