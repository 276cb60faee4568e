"""What tables of a library are made of, by which it is told whether they are those of now."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, Self

from stemmata import catalog
from stemmata.rulings import read_rulings

MADE_OF = ("documents", "statistics")  # the tables of a library of which all others are made


class State(NamedTuple):
    """What tables of a library are made of.

    Parameters
    ----------
    files : str
        The digest of its files of documents and statistics, by generation, and of what was taken out of them.
    decisions : str
        The digest of what people decided.
    size : int
        How many documents it holds.
    """

    files: str
    decisions: str
    size: int

    @classmethod
    def of(cls, path: Path) -> Self:
        """Return what a library is now; nothing of it is read but its catalogue and the decisions."""
        held = catalog.read(path)
        files = [(entry.name, entry.generation) for name in MADE_OF for entry in held.tables.get(name, ())]
        size = held.rows("documents") - len(held.removed)
        return cls(catalog.digest([files, sorted(held.removed)]), read_rulings(path).digest, size)

    @classmethod
    def told(cls, values: Sequence[str | int]) -> Self:
        """Return a state that came as JSON."""
        files, decisions, size = values
        return cls(str(files), str(decisions), int(size))
