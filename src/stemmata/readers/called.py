"""What the columns of tables are called: as in ``schemas.DOCUMENTS``, or as the caller says, or as was guessed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TypeAlias

import pyarrow as pa

from stemmata import schemas
from stemmata.errors import SourceError
from stemmata.readers.dating import BOUNDS

Called: TypeAlias = Mapping[str, str | None]
ITSELF: Called = MappingProxyType({})
GUESSED = "guessed"  # in a mapping that is settled: ``doc`` where the column of ids was guessed, else None

ALSO = {"id": "doc", "date": "published"}  # what else columns are called; where both are there, the second counts
TYPES = {column.name: column.type for column in schemas.DOCUMENTS.columns}
TYPES |= {name: TYPES[meant] for name, meant in ALSO.items()}
ABOUT = {name: kind for name, kind in TYPES.items() if name not in ("text", "sha256", "hidden", "whole")} | {
    "path": pa.string(),
    "glob": pa.string(),
}


def columns_of(names: Sequence[str], *, about: bool = False, called: Called = ITSELF) -> dict[str, str]:
    """Return the columns that documents have, or rows about documents, and what each is called among the names.

    Raises
    ------
    SourceError
        There is no ``text``, in a table of documents, or a column that is named is not there.
    """
    if about:
        return {name: name for name in sorted(ABOUT, key=_after_bounds) if name in names}
    some = ", ".join(repr(name[:40]) for name in names[:8]) or "none"
    for name, at in needed_columns(called).items():
        if at not in names:
            option = "text" if name == "text" else "id"
            raise SourceError(
                f"it has no column {at!r}; its columns: {some}.",
                mend=f"rename the column that holds the {option} to {name!r}, or name it (--{option}; in Python, "
                f"DocumentOptions({option}=…)).",
            )
    own = {name: called_for(name, called) for name in sorted(TYPES, key=_after_bounds) if not _is_beside(name, called)}
    return {name: at for name, at in own.items() if at in names}


def needed_columns(called: Called) -> dict[str, str]:
    """Return the columns that must be there, and what each is called: that of the texts, and of ids that were named."""
    named = ["text", *(["doc"] if called.get("doc") and not called.get(GUESSED) else [])]
    return {name: called_for(name, called) for name in named}


def called_for(name: str, called: Called) -> str:
    """Return what a column is called."""
    return called.get(name) or name


def _is_beside(name: str, called: Called) -> bool:
    """Tell whether another column than this one, which would stand for it as well, was named."""
    return name in ALSO and bool(called.get(ALSO[name]))


def _after_bounds(name: str) -> bool:
    return name not in BOUNDS
