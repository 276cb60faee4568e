"""What files say of the files that they were saved and made from, by identifiers that no text and no name is behind."""

from __future__ import annotations

from collections.abc import Iterable

from stemmata.direction.metadata import Metadata
from stemmata.direction.reasons import DATES, LINEAGE, Reason, weighed
from stemmata.direction.revisions import HOUR

DERIVED, DATED = 2.5, 2.0  # log-odds, set by judgement: clocks of two machines may differ, and two may go on from one
FILE, VERSION = "pdf-id:", "pdf-version:"  # of a PDF: what stays when it is saved again, and what changes
DOCUMENT, ORIGINAL, INSTANCE = "xmp-document:", "xmp-original:", "xmp-instance:"
DERIVED_FROM, HISTORY = "xmp-derived-from:", "xmp-history:"
KINDS = (FILE, VERSION, DOCUMENT, ORIGINAL, INSTANCE, DERIVED_FROM, HISTORY, "docx-id:")
LISTED = "{copy} lists {source} among its earlier saves"
MADE = "{copy} says that it was made from {source}"
FIRST = "{source} is a file as it was first saved, and {copy} a later save of it"
LATER = "both are saves of one file, and {copy} says that it was changed later"
SHARED = "both files carry the same file identifiers: both are saves of one file, or were made from one, "
SHARED += "and which came first they do not say"


def save_reason(x: Metadata, y: Metadata, x_all: frozenset[str], y_all: frozenset[str]) -> Reason | None:
    """Return the weightiest reason for a direction in how two files were saved, if there is one.

    Parameters
    ----------
    x, y : Metadata
    x_all, y_all : frozenset of str
        Their identifiers.
    """
    for says, named in ((LISTED, _listed), (MADE, _sources), (FIRST, _first)):
        sources = named(y_all, x_all), named(x_all, y_all)  # of y, and of x
        if bool(sources[0]) != bool(sources[1]):
            ids = sorted(sources[0] or sources[1])[:1]
            return weighed(says, LINEAGE, DERIVED if sources[0] else -DERIVED, ids)
    same = any(_of(x_all, kind) & _of(y_all, kind) for kind in (FILE, DOCUMENT))
    if same and x.modified and y.modified and abs(y.modified - x.modified) >= HOUR:
        times = f"changed {x.modified:%Y-%m-%d %H:%M}", f"changed {y.modified:%Y-%m-%d %H:%M}"
        return weighed(LATER, DATES, DATED if x.modified < y.modified else -DATED, [times])
    return None


def _listed(copy: frozenset[str], source: frozenset[str]) -> set[str]:
    """Return the saves in the history of one that the other is."""
    return (_of(copy, HISTORY) - _of(copy, INSTANCE)) & _of(source, INSTANCE)


def _sources(copy: frozenset[str], source: frozenset[str]) -> set[str]:
    """Return what one was made from that the other is, and not both are."""
    made_from = _of(copy, DERIVED_FROM, ORIGINAL) - _of(copy, DOCUMENT, INSTANCE)
    return made_from & _of(source, DOCUMENT, INSTANCE)


def _first(copy: frozenset[str], source: frozenset[str]) -> set[str]:
    """Return the ids of a file that one kept and the other was given: there the version is called as the file is."""
    later = (_of(copy, FILE) - _of(copy, VERSION)) if _of(copy, VERSION) else set()
    return later & _of(source, FILE) & _of(source, VERSION)


def _of(identifiers: Iterable[str], *kinds: str) -> set[str]:
    return {one.partition(":")[2] for one in identifiers if one.startswith(kinds)}
