"""Lists that tables bring of places in their texts: without what is no place there, and in the order of the text."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from stemmata.readers.blanks import Values

LISTS = ("locators", "hidden")


def within(name: str, lists: Values, texts: Values, notes: Counter[str]) -> Values:
    """Return lists of places as readers make them.

    Parameters
    ----------
    name : str
        The column, one of ``LISTS``.
    lists : array of lists
        Of structs with an ``offset``, code points into the text; what is left out of them is noted.
    texts : array of str
    notes : Counter
        To which is added how many places were left out.
    """
    if lists.null_count == len(lists):
        return lists
    before = lists.to_pylist()
    lengths = pc.fill_null(pc.utf8_length(texts), 0).to_pylist()
    after = [_kept(places, length) for places, length in zip(before, lengths, strict=True)]
    if after == before:
        return lists
    left = sum(len(said or ()) - len(kept or ()) for said, kept in zip(before, after, strict=True))
    notes[f"places in the column '{name}' that are none in the text, left out"] += left
    return pa.array(after, lists.type)


def _kept(places: list[dict[str, Any] | None] | None, length: int) -> list[dict[str, Any]] | None:
    if places is None:
        return None
    whole = [one for one in places if one is not None and None not in one.values()]
    return sorted((one for one in whole if 0 <= one["offset"] <= length), key=lambda one: int(one["offset"]))


def without_nulls(lists: Values) -> Values:
    """Return lists without what is nothing in them."""
    if not pc.list_flatten(lists).null_count:
        return lists
    told = lists.to_pylist()
    return pa.array([said and [one for one in said if one is not None] for said in told], lists.type)
