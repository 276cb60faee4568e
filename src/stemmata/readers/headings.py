"""The names of columns in metadata, which people write as they like: `` Doc``, ``SITE``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from stemmata.readers.called import ABOUT


def plain_names(names: Sequence[str]) -> list[str]:
    """Return the names, those of ``columns.ABOUT`` without white space around them and in small letters.

    Where a name stands there already, another that comes down to it stays as it is.
    """
    taken = set(names)
    plain = []
    for name in names:
        small = name.strip().casefold()
        plain.append(small if small in ABOUT.keys() - taken else name)
        taken.add(plain[-1])
    return plain


def plain_keys(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return a record under such names."""
    return dict(zip(plain_names(list(record)), record.values(), strict=True))
