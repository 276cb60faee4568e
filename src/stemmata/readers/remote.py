"""Files at addresses (``s3://``, ``hf://``, ``https://`` and others): which ones an address stands for.

Addresses are those that the caller gave, and what lies below them; nothing that stands in a document is followed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from stemmata import catalog
from stemmata.errors import SourceError
from stemmata.readers.addresses import WEB, scheme
from stemmata.readers.datasets import CARD, KNOWN_BYTES, sift
from stemmata.readers.fetching import explained, first_bytes, is_missing, opened
from stemmata.readers.patterns import fixed_parts, matches

NO_PATTERN: tuple[str, ...] = ()


class Remote(NamedTuple):
    """A file at an address.

    Parameters
    ----------
    address : str
        As it is asked for, with whatever is secret in it.
    name : str
        Its path relative to the address that was given; empty of that itself.
    size : int
        Its bytes; 0 where that is not told.
    """

    address: str
    name: str
    size: int


@dataclass
class Listing:
    """What an address stands for.

    Parameters
    ----------
    met : bool
        Whether it leads to anything.
    files : list of Remote
    hidden, runs, beside : set of str
        Addresses that were left out: hidden ones, folders of earlier runs, and what belongs to a data set and is no
        data of it.
    skipped : dict of str to SourceError
        By address, what cannot be read, and why.
    """

    met: bool = False
    files: list[Remote] = field(default_factory=list)
    hidden: set[str] = field(default_factory=set)
    runs: set[str] = field(default_factory=set)
    beside: set[str] = field(default_factory=set)
    skipped: dict[str, SourceError] = field(default_factory=dict)


def list_files(address: str) -> Listing:
    """Return the files that an address stands for: itself, all below a folder, or all that match a pattern.

    Of the web (``https://``) an address is one file: there are no folders.

    Raises
    ------
    SourceError
        fsspec is not installed, or what it needs for such addresses; or it knows none such.
    """
    listing = Listing()
    try:
        system, path = opened(address)  # some kinds of address, such as ftp://, ask their server at once
        system.invalidate_cache()
        if (info := _info(system, path, address)) is not None:
            root, pattern = address, NO_PATTERN
        else:
            root, pattern = _cut(address)
            if pattern and scheme(address) not in WEB:
                system, path = opened(root)
                info = _info(system, path, root)
        if info is None:
            return listing
        listing.met = not pattern
        if info["type"] == "file":
            listing.files += [Remote(address, "", int(info.get("size") or 0))] if not pattern else []
        else:
            sizes = {}
            for place, file in system.find(path, detail=True).items():
                if name := _name_below((path, str(info["name"])), place):
                    sizes[name] = int(file.get("size") or 0)
            _sort_out(listing, root, pattern, sizes)
    except SourceError:
        raise
    except Exception as error:  # whatever the library of a kind of address raises
        listing.met = True
        listing.skipped[address] = explained(error, address)
    return listing


def _info(system: Any, path: str, address: str) -> dict[str, Any] | None:
    """Return what is known of a file or a folder; None where there is none."""
    try:
        found: dict[str, Any] = system.info(path)
    except FileNotFoundError as error:
        if not is_missing(error, address):
            raise
        return None
    return found


def _cut(address: str) -> tuple[str, tuple[str, ...]]:
    """Return the fixed part of a pattern, and the rest; no rest where it is no pattern."""
    kind, _, rest = address.partition("://")
    parts = rest.split("/")
    at = fixed_parts(parts)
    return f"{kind}://{'/'.join(parts[:at])}", tuple(parts[at:])


def _name_below(folders: tuple[str, ...], place: str) -> str:
    """Return the path of a file relative to a folder, which may be written in several ways; of another place, none."""
    for folder in folders:
        base = folder.rstrip("/") + "/"
        if place.startswith(base) and not place.endswith("/"):  # which is how some stores mark a folder
            return place[len(base) :]
    return place if "" in folders and not place.endswith("/") else ""


def _sort_out(listing: Listing, root: str, pattern: tuple[str, ...], sizes: dict[str, int]) -> None:
    """Take into a listing what of the files below a folder it stands for."""
    sizes = {name: size for name, size in sizes.items() if matches(name.split("/"), pattern)}
    if not any(part.startswith(".") for part in pattern):
        hidden = {name for name in sizes if any(part.startswith(".") for part in name.split("/"))}
        listing.hidden |= {_below(root, name) for name in hidden}
        sizes = {name: size for name, size in sizes.items() if name not in hidden}
    listing.met |= bool(sizes or listing.hidden)
    runs = {name[: -len(catalog.FILE)] for name in sizes if f"/{name}".endswith(f"/{catalog.FILE}")}
    listing.runs |= {_below(root, run) for run in runs}
    sizes = {name: size for name, size in sizes.items() if not any(name.startswith(run) for run in runs)}
    sifted = sift(sizes, lambda name: _known(root, name, sizes[name]))
    listing.beside |= {_below(root, name) for name in sifted.beside}
    listing.skipped |= {_below(root, name): error for name, error in sifted.refused.items()}
    kept = ((name, size) for name, size in sizes.items() if name not in sifted.beside)
    listing.files += [Remote(_below(root, name), name, size) for name, size in kept]
    if listing.met and not (listing.files or listing.skipped):
        listing.skipped[root] = SourceError("it has no files.", mend="give a folder with files that are not hidden.")


def _known(root: str, name: str, size: int) -> bytes:
    """Return a file of bookkeeping; of cards only that of the address itself, since each costs a request."""
    if size > KNOWN_BYTES or (name.endswith(CARD) and name != CARD):
        raise SourceError("it is not looked at.")
    return first_bytes(_below(root, name), KNOWN_BYTES)


def _below(root: str, name: str) -> str:
    return f"{root.rstrip('/')}/{name}" if not root.endswith("://") else root + name
