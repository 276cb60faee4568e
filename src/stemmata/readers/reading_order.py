"""The order in which the parts of a page are read, where a file says it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from stemmata.readers.page import Element


def reading_places(page: Element, order: Sequence[str]) -> Callable[[Element], int]:
    """Return what tells the place of each element of a page in an order of ids; a key to sort by.

    An element stands where it is named, else where the nearest one is named that holds it; all others after these. Of
    an id that is named twice, the first counts.
    """
    if not order:
        return lambda _: 0
    named: dict[str, int] = {}
    for place, name in enumerate(order):
        named.setdefault(name, place)
    places: dict[Element, int] = {page: len(order)}
    for element in page.iterdescendants():
        own = named.get(element.get("ID") or element.get("id") or "")
        places[element] = places[element.getparent()] if own is None else own
    return places.__getitem__
