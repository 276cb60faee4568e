"""Addresses that a caller gives as sources: what is one, and how it is told to others, without what is secret in it."""

from __future__ import annotations

import os
import re
from hashlib import blake2b
from urllib.parse import unquote

from stemmata.readers.files import legible

ADDRESS = re.compile(r"((?:[A-Za-z][\w+.-]*::)*[A-Za-z][\w+.-]+)://(.*)", re.DOTALL | re.ASCII)  # also in a chain
WEB = ("http", "https")
HOST = re.compile(r"(?:\[[0-9A-Fa-f:.%]+\]|[^:@\[\]?#]*)(?::\d*)?")
AZURE = ("abfs", "abfss", "wasb", "wasbs")  # which have the name of a container where others have that of a user
CONTAINER = re.compile(r"(?:[a-z0-9-]+@)?[\w.-]*", re.ASCII)
SHORT = re.compile(r"\d{1,10}", re.ASCII)  # of values in a query, what tells pages apart and opens nothing
SECRET = re.compile(r"key|token|sig|pass|pwd|pin|otp|code|auth|cred|secret|session|sid", re.IGNORECASE)
NAME = re.compile(r"[\w.~-]{1,30}", re.ASCII)
HIDDEN = "…"
TOLD = re.compile("…[0-9a-f]{8}", re.ASCII)
PARAMETER = re.compile(r"(?<=;)[\w.~-]{1,30}=[^;/?#]*", re.ASCII)
SAID = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^\s'\"<>]+")
WITH_QUERY = re.compile(r"\?[^/]*=")
QUERY = re.compile(r"\?[^\s'\"<>)]+")


def is_address(source: str | bytes | os.PathLike[str]) -> bool:
    """Tell whether a source is an address, such as ``s3://bucket/a.txt``, not a path of this machine."""
    return bool(ADDRESS.match(os.fsdecode(source)))


def scheme(address: str) -> str:
    """Return what stands before ``://``, in lower case."""
    return address.partition("://")[0].lower()


def redact(address: str) -> str:
    """Return an address without what may be secret.

    Names and passwords before a host go, fragments of web addresses, and the values of a query but for short numbers
    whose names do not sound like a secret's. Of other values with such names a digest is told, as they may be what
    tells two pages apart.
    """
    if not (parts := ADDRESS.fullmatch(address)):
        return HIDDEN
    kind, rest = parts[1].lower(), parts[2]
    authority, slash, path = rest.partition("/")
    place = (authority if kind in AZURE else authority.rpartition("@")[2]) + slash + path
    mark = query = ""
    if kind.rpartition("::")[2] in WEB or WITH_QUERY.search(place):
        place, mark, query = place.partition("#")[0].partition("?")
    host, slash, path = place.partition("/")
    asked = "&".join(map(_redacted, query.split("&"))) if mark else ""
    path = PARAMETER.sub(lambda found: _redacted(found[0]), path)
    told = host if (CONTAINER if kind in AZURE else HOST).fullmatch(host) else HIDDEN
    return legible(f"{kind}://{told}{slash}{path}{mark}{asked}")


def absolute_place(path: bytes) -> bytes:
    """Return a path from the root on; an address as it is."""
    return path if is_address(path) else os.path.abspath(path)


def shown(source: str | os.PathLike[str]) -> str:
    """Return a source as it may be told: a path as it is, an address without what may be secret."""
    path = os.fsdecode(source)
    return redact(path) if is_address(path) else legible(path)


def scrubbed(said: str, address: str) -> str:
    """Return what somebody else's error says, without what may be secret in the address that it is about."""
    for secret in _secrets(address):
        said = said.replace(secret, HIDDEN)
    return QUERY.sub(f"?{HIDDEN}", SAID.sub(lambda found: redact(found[0]), said))


def last_name(address: str) -> str:
    """Return what a file at an address is called: the last part of its path, else the host."""
    path = redact(address)
    if scheme(address) in WEB:
        path = path.partition("?")[0]
    host, _, path = path.partition("://")[2].partition("/")
    name = path.rstrip("/").rpartition("/")[2]
    if scheme(address) in WEB:
        name = unquote(name).replace("/", "_")
    return legible(name or host)


def _redacted(field: str) -> str:
    name, equals, value = field.partition("=")
    if not equals:
        return field if SHORT.fullmatch(field) else HIDDEN
    if not NAME.fullmatch(name) or SECRET.search(name):
        return f"{name if NAME.fullmatch(name) else HIDDEN}={HIDDEN}"
    as_it_is = SHORT.fullmatch(value) or TOLD.fullmatch(value) or not value
    return f"{name}={value if as_it_is else HIDDEN + blake2b(value.encode(), digest_size=4).hexdigest()}"


def _secrets(address: str) -> list[str]:
    """Return the parts of an address that are not told, the longest first."""
    rest = address.partition("://")[2]
    found = []
    before, at, _ = rest.partition("/")[0].rpartition("@")
    if at:
        found += [before, *before.split(":", 1)]
    for field in (*rest.partition("?")[2].split("&"), *PARAMETER.findall(rest)):
        if HIDDEN in _redacted(field).partition("=")[2]:
            found.append(field.partition("=")[2])
    return sorted({part for one in found for part in (one, unquote(one)) if len(part) > 3}, key=len, reverse=True)
