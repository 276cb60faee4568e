"""The page of what people decided about the documents of a library; and the same as data."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from typing import Any

from stemmata.room.paging import PAGE, Paging
from stemmata.rulings import Rulings


def tell(rulings: Rulings, held: Collection[str], page: int = 1) -> dict[str, Any]:
    """Return what the page shows, the latest first.

    Parameters
    ----------
    held : collection of str
        Ids of the documents that the library holds.
    """
    rows = [*zip(rulings.listed, rulings.ends, strict=True)][::-1]
    paging = Paging(total=len(rows), page=page, size=PAGE)
    return {
        "decisions": rows[paging.first : paging.last],
        "holding": sum(not end for end in rulings.ends),
        "held": frozenset(held),
        "paging": paging,
        "links": paging.links("decisions", {}),
    }


def twin(rulings: Rulings) -> list[dict[str, Any]]:
    """Return all, in the order in which they were made; ``end`` says how one came to hold no more."""
    return [{**asdict(one), "end": end} for one, end in zip(rulings.listed, rulings.ends, strict=True)]
