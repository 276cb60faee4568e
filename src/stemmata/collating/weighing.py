"""What each place of a collation counts for the tree, by the kinds of variants that stand there.

The layers of a collation as columns of their own gave trees that were worse, whatever the weights: at a place where
*Arma,*, *arma* and *viros* stand, the column of cases says nothing of *viros*, and a copy of *viros* that goes back to
*arma* counts twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stemmata.collating.collation import MISSING, Codes, Collation
from stemmata.collating.layers import NEAR, check_weights, layer
from stemmata.collating.normalising import Rules


class Weighed(NamedTuple):
    """What witnesses read, and what a change of it counts; a column is a place, or tells who has words elsewhere.

    Parameters
    ----------
    codes : int32 array of shape (witnesses, columns)
        In the order of the text.
    weights : float64 array of shape (columns,)
        0 to 10.
    place : int32 array of shape (columns,)
        The place of the collation, ascending.
    moved : bool array of shape (columns,)
        Whether the column tells who has the words of this place, and of those after it, elsewhere.
    """

    codes: Codes
    weights: NDArray[np.float64]
    place: NDArray[np.int32]
    moved: NDArray[np.bool_]


def weigh_kinds(
    collation: Collation, codes: Codes, rules: Rules, weights: Mapping[str, float], *, near: float = NEAR
) -> Weighed:
    """Return what a collation tells, with a weight for each place.

    A change at a place counts what the differences of its witnesses count on average: each two witnesses that differ
    there do so in one kind. Readings that differ in a kind that counts 0 are taken for one.

    Parameters
    ----------
    collation : Collation
    codes : int32 array of shape (witnesses, places)
        What of it tells.
    rules, weights, near
        As for :func:`stemmata.collating.layers.layer`.

    Raises
    ------
    OptionError
        As :func:`stemmata.collating.layers.layer`.
    """
    heavy = check_weights(weights)
    layers = layer(collation, rules, near=near, codes=codes)
    told = codes.copy()
    places = codes.shape[1]
    counted, pairs = np.zeros(places), np.zeros(places)
    aside = [column for column, kind in enumerate(layers.kinds) if kind == "moved" and heavy[kind]]
    for column, (place, kind) in enumerate(zip(layers.place.tolist(), layers.kinds, strict=True)):
        known = layers.codes[:, column] != MISSING
        if kind == "moved":
            continue
        if not heavy[kind]:
            same = np.unique(told[known, place])
            told[np.isin(told[:, place], same), place] = same[-1]
            continue
        sizes = np.bincount(layers.codes[known, column])
        differ = (int(known.sum()) ** 2 - int((sizes**2).sum())) / 2
        counted[place] += heavy[kind] * differ
        pairs[place] += differ
    order = np.argsort(np.concatenate([np.arange(places), layers.place[aside]]), kind="stable")
    moved = np.append(np.zeros(places, bool), np.ones(len(aside), bool))[order]
    each = np.divide(counted, pairs, out=np.zeros(places), where=pairs > 0)
    return Weighed(
        np.concatenate([told, layers.codes[:, aside]], axis=1)[:, order],
        np.append(each, np.full(len(aside), heavy["moved"]))[order],
        np.append(np.arange(places), layers.place[aside])[order].astype(np.int32),
        moved,
    )
