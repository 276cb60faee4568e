"""Amounts of bytes as people write them: 500MB, 2 GB, 1.5GiB."""

from __future__ import annotations

import re

from stemmata.errors import OptionError

UNITS = {"": 1, "B": 1} | {
    f"{prefix}{binary}B": (1024 if binary else 1000) ** power
    for power, prefix in enumerate("KMGT", 1)
    for binary in ("", "i")
}
SIZE = re.compile(r"(?P<number>\d+(?:\.\d+)?)\s*(?P<unit>[A-Za-z]*)")
MOST = 2**60
BY_LETTERS = {unit.upper(): size for unit, size in UNITS.items()}


def read_size(size: int | str, name: str) -> int:
    """Return an amount of bytes: a number, or text such as ``"2GB"`` (powers of 1,000) or ``"2GiB"`` (of 1,024).

    Raises
    ------
    OptionError
        It is no such text, or not between one byte and 2**60. ``name`` is the option.
    """
    found = size
    if isinstance(size, str) and (parts := SIZE.fullmatch(size.strip())):
        found = int(float(parts["number"]) * BY_LETTERS.get(parts["unit"].upper(), 0))
    if isinstance(found, bool) or not isinstance(found, int) or not 1 <= found <= MOST:
        raise OptionError(
            f"{name} must be an amount of bytes, and is {size!r}.",
            where=f"option {name}",
            mend=f"give {name} as 2GB, 500MB or a number of bytes.",
        )
    return found


def write_size(size: float) -> str:
    """Return an amount of bytes for people: ``"41 MB"``, ``"1.2 GB"``."""
    for unit in ("bytes", "kB", "MB", "GB"):
        if size < 999.5:
            return f"{size:.3g} {unit}"
        size /= 1000
    return f"{size:,.3g} TB"
