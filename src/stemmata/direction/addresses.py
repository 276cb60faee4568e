"""Addresses: when two are one, and which of them stand in a text. None is ever followed."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from urllib.parse import unquote

SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*://", re.IGNORECASE)
USER_OR_WWW = re.compile(r"^(?:.*@)?(?:www\.)?")
PORT = re.compile(r":(?:80|443)?$")
TRACKING = re.compile(r"(?:utm_\w+|fbclid|gclid)(?:=|$)", re.IGNORECASE)  # who sent the reader, not what is read
HOST = re.compile(r"(?:[\w-]+\.)+[^\W\d_]{2,}(?::\d+)?", re.IGNORECASE)
REMEMBERED = 1_000  # addresses and names: a document stands in many pairs
LONGEST = 2_000  # code points of an address
_SIGN = r"[^\s<>\"“”„‘’«»‹›\[\]{}|\\^`\x00-\x1f，。、；：！？（）「」『』【】《》]"
FOUND = re.compile(
    rf"(?<![A-Za-z0-9@./-])(?:https?://|www\.){_SIGN}{{3,{LONGEST}}}"
    rf"|(?<![\w@./-])(?:[\w-]{{1,63}}\.){{1,6}}[^\W\d_]{{2,24}}/{_SIGN}{{1,{LONGEST}}}",
    re.IGNORECASE,
)
CLOSING = ".,;:!?…'*_"  # what belongs to the sentence around an address
UNFINISHED = tuple("/_-=?&%.")  # an address that is cut off behind one of these is another


@lru_cache(REMEMBERED)
def normal(given: str) -> str:
    """Return an address without what does not tell two pages apart."""
    bare = SCHEME.sub("", given.strip(), count=1).partition("#")[0]
    host, slash, rest = bare.partition("/")
    path, _, query = unquote(rest).partition("?")
    wanted = "&".join(part for part in query.split("&") if part and not TRACKING.match(part))
    page = (PORT.sub("", USER_OR_WWW.sub("", host.casefold())) + slash + path).rstrip("/")
    return page + ("" if path.strip("/") else "/") + f"?{wanted}" if wanted else page


@lru_cache(REMEMBERED)
def host_of(given: str) -> str:
    """Return the host of an address, without its port."""
    return re.split(r"[/?:]", normal(given), maxsplit=1)[0]


def is_host(name: str) -> bool:
    """Tell whether the name of an outlet is written as an address."""
    return "." in name and " " not in name


@lru_cache(REMEMBERED)
def names_page(given: str | None) -> bool:
    """Tell whether what is given is the address of a page: a host and more than that."""
    host, _, path = normal(given or "").partition("/")
    return bool(path and HOST.fullmatch(host))


def has_scheme(given: str | None) -> bool:
    """Tell whether an address says that it is one, so that it cannot be the path of a file."""
    return bool(given and SCHEME.match(given))


def addresses_in(text: str) -> frozenset[str]:
    """Return the addresses of pages that stand in a text, in normal form; hosts by themselves are none.

    Where a script without spaces goes on behind an address, both readings are returned.
    """
    return frozenset(address for found in FOUND.finditer(text) for address in _readings(found[0]))


def without(text: str, addresses: Collection[str]) -> str:
    """Return a text without those of its addresses that are among the given ones."""
    return FOUND.sub(lambda found: " " if _readings(found[0]) & set(addresses) else found[0], text)


def _readings(found: str) -> set[str]:
    address = _trimmed(found)
    plain = address[: next((k for k, sign in enumerate(address) if sign > "\x7f"), len(address))]
    readings = {address} if plain.endswith(UNFINISHED) else {address, _trimmed(plain)}
    return {normal(reading) for reading in readings if names_page(reading)}


def _trimmed(address: str) -> str:
    """Return an address without the signs of the sentence behind it; brackets of its own stay."""
    while address:
        if address[-1] in CLOSING or (address[-1] == ")" and address.count(")") > address.count("(")):
            address = address[:-1]
        else:
            break
    return address
