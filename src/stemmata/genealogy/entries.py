"""Where a reading entered a tree, and who has it from there."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from stemmata.collating.collation import MISSING, Codes
from stemmata.genealogy.ancestors import Parents
from stemmata.kernels.sankoff import sort_down


class Entry(NamedTuple):
    """A reading of a place, the node in which it first stands, and how often it arose.

    Parameters
    ----------
    place, reading : int
    node : int
        Of several nodes in which it arose, that from which most witnesses have it; of equals the highest in the tree.
    times : int
        How often it arose, of those times of which there is a witness.
    """

    place: int
    reading: int
    node: int
    times: int


def find_entries(parents: Parents, read: Codes, codes: Codes) -> list[Entry]:
    """Return where each reading of each place entered.

    Parameters
    ----------
    parents : int32 array
        The tree: witnesses, then lost copies; -1 at the root.
    read : int32 array of shape (nodes, places)
        What each node reads, as the tree tells it.
    codes : int32 array of shape (witnesses, places)
        What witnesses read indeed.
    """
    order = sort_down(parents)
    rank = np.empty(len(parents), np.int64)
    rank[order] = np.arange(len(order))
    origin = np.empty(read.shape, np.int64)
    for node in order.tolist():
        above = parents[node]
        kept = read[node] == read[above] if above >= 0 else np.zeros(read.shape[1], bool)
        origin[node] = np.where(kept, origin[above], node)
    witness, place = np.nonzero(codes != MISSING)
    reading, node = codes[witness, place], origin[witness, place]
    keys, carried = np.unique(np.stack([place, reading, rank[node]]), axis=1, return_counts=True)
    found: list[Entry] = []
    for at in np.lexsort((keys[2], -carried, keys[1], keys[0])).tolist():
        here, form, above = keys[:, at].tolist()
        if found and (found[-1].place, found[-1].reading) == (here, form):
            found[-1] = found[-1]._replace(times=found[-1].times + 1)
        else:
            found.append(Entry(here, form, int(order[above]), 1))
    return found
