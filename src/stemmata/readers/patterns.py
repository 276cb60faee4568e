"""Patterns of paths: ``*``, ``?`` and ``[…]`` within a name, ``**`` for any number of folders."""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatch
from pathlib import PurePath

MAGIC = frozenset("*?[")


def cut_pattern(path: str) -> tuple[str, tuple[str, ...]]:
    """Return the fixed part of a pattern, and the rest; no rest where it is no pattern."""
    parts = PurePath(path).parts
    at = fixed_parts(parts)
    return str(PurePath(*parts[:at])), parts[at:]


def fixed_parts(parts: Sequence[str]) -> int:
    """Return how many parts of a path stand before the first that is a pattern."""
    return next((at for at, part in enumerate(parts) if MAGIC & set(part)), len(parts))


def matches(parts: Sequence[str], pattern: Sequence[str]) -> bool:
    """Tell whether a path, or a folder above it, matches a pattern; without a pattern everything does."""
    reached = {0}  # how much of the pattern may have led to here: in time that is bounded by both lengths
    for part in parts:
        reached = _with_no_folder(reached, pattern)
        if len(pattern) in reached:
            return True
        reached = {at + (pattern[at] != "**") for at in reached if pattern[at] == "**" or fnmatch(part, pattern[at])}
    return len(pattern) in _with_no_folder(reached, pattern)


def _with_no_folder(reached: set[int], pattern: Sequence[str]) -> set[int]:
    """Return also where one is if ``**`` stands for no folder."""
    found = set(reached)
    for at in range(len(pattern)):
        if at in found and pattern[at] == "**":
            found.add(at + 1)
    return found
