"""The tree of a table, as numbers that a collation's witnesses go by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from stemmata.errors import SchemaError
from stemmata.genealogy.ancestors import Parents


class Tree(NamedTuple):
    """A tree over some witnesses and the lost copies that stand between them.

    Parameters
    ----------
    names : tuple of str
        Of each node: witnesses first. The last may be empty: what several roots would have in common.
    parents : int32 array
        The node above each; -1 at the root.
    """

    names: tuple[str, ...]
    parents: Parents


def refuse_circles(parents: Mapping[str, str | None]) -> None:
    """Refuse what is no tree.

    Raises
    ------
    SchemaError
        Somebody derives from itself.
    """
    sound: set[str] = set()
    for doc in parents:
        way: dict[str, None] = {}
        at: str | None = doc
        while at is not None and at not in sound:
            if at in way:
                raise SchemaError(
                    f"{at!r} derives from itself.",
                    where="table 'stemma', columns doc and parent",
                    mend="leave one of the rows a root.",
                )
            way[at] = None
            at = parents.get(at)
        sound.update(way)


def tree_over(witnesses: Sequence[str], parents: Mapping[str, str | None], lost: frozenset[str]) -> Tree:
    """Return the tree of some witnesses, of whom others may stand between them.

    Parameters
    ----------
    parents : mapping of str to str or None
        Of every member of the family, and of its lost copies.
    lost : set of str
        Those of them that are lost.
    """
    known = set(witnesses) | lost
    above = {}
    for name in (*witnesses, *sorted(lost)):
        higher = parents.get(name)
        while higher is not None and higher not in known:
            higher = parents.get(higher)
        above[name] = higher
    used = set(witnesses)
    for name in witnesses:
        higher = above[name]
        while higher is not None and higher not in used:
            used.add(higher)
            higher = above[higher]
    names = [*witnesses, *sorted(used - set(witnesses))]
    number = {name: node for node, name in enumerate(names)}
    found = [-1 if (higher := above[name]) is None else number[higher] for name in names]
    if found.count(-1) > 1:
        found = [len(names) if higher < 0 else higher for higher in found]
        names.append("")
        found.append(-1)
    return Tree(tuple(names), np.array(found, np.int32))
