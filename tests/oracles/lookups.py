"""What is looked up in the postings of a library, row by row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

Row: TypeAlias = tuple[int, int, int, int]  # hash, number, position, view


def weight(documents: int, cap: int) -> int:
    """Return what a k-gram says that so many documents have."""
    return 2 if documents > cap else 6 if documents <= 4 else 5 if documents <= 8 else 4 if documents <= 16 else 3


def meet(rows: Iterable[Row], removed: Iterable[int], hashes: Iterable[int], cap: int) -> dict[int, int]:
    """Return the documents that have some of the k-grams, and what these say together."""
    met: dict[int, int] = {}
    there = [row for row in rows if row[1] not in set(removed)]
    for wanted in set(hashes):
        having = {number for found, number, *_ in there if found == wanted}
        for number in having:
            met[number] = met.get(number, 0) + weight(len(having) + 1, cap)
    return met


def merge(files: Sequence[Sequence[Row]], removed: Iterable[int]) -> list[Row]:
    """Return the rows of all files by hash; of one hash, those of the first file first."""
    return sorted((row for file in files for row in file if row[1] not in set(removed)), key=lambda row: row[0])
