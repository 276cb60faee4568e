"""Corrections of people applied to the places of witnesses, those of moved words among them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stemmata.collating.corrections import Correction, correct_places
from stemmata.collating.places import Places


class Amended(NamedTuple):
    """Places as corrected; the corrections that were passed over, as rows of ``schemas.SKIPPED``."""

    places: Places
    skipped: list[dict[str, str]]


def amend_places(
    places: Places, words: Sequence[Sequence[str]], names: Sequence[str], corrections: Sequence[Correction]
) -> Amended:
    """Set words where people say that they stand.

    Corrections meet the words of a witness in the order of its text. So moved words have places of their own there, and
    go back to those of their counterparts after it, unless a correction names them: these stay where it says.

    Parameters
    ----------
    places : Places
    words : sequence of sequences of str
        The words of each witness, as the tokeniser cuts them.
    names : sequence of str
        What the witnesses are called.
    corrections : sequence of Correction

    Raises
    ------
    SourceError
        As :func:`stemmata.collating.corrections.correct_places`.
    """
    if not corrections:
        return Amended(places, [])
    corrected = correct_places(_in_order(places), words, names, corrections)
    home = np.full(places.count, -1, np.int64)  # where each place is now, as words say that nobody corrected
    for own, now, moved, named in zip(places.place, corrected.place, places.moved, corrected.named, strict=True):
        stayed = (moved == 0) & ~named
        home[own[stayed]] = now[stayed]
    at, aside = [], []
    for own, now, moved, named in zip(places.place, corrected.place, places.moved, corrected.named, strict=True):
        back = (moved > 0) & ~named & (home[own] >= 0)
        back &= ~np.isin(home[own], now[~back])
        at.append(np.where(back, home[own], now))
        aside.append(back)
    used = np.unique(np.concatenate([np.zeros(0, np.int64), *at]))
    place = tuple(np.searchsorted(used, own).astype(np.int32) for own in at)
    turned = tuple(np.where(back, own + 1, 0).astype(np.int32) for own, back in zip(place, aside, strict=True))
    return Amended(Places(place, turned, len(used)), corrected.skipped)


def _in_order(places: Places) -> list[NDArray[np.int32]]:
    """Return places that ascend in each witness: moved words have their own, behind the last word that is not moved."""
    keys = []
    for witness, (own, moved) in enumerate(zip(places.place, places.moved, strict=True)):
        aside = moved > 0
        before = np.maximum.accumulate(np.where(aside, -1, own)) if len(own) else own
        number = np.arange(len(own))
        keys.append(np.column_stack([before, aside, np.where(aside, witness, 0), np.where(aside, number, 0)]))
    _, rank = np.unique(np.concatenate([np.zeros((0, 4), np.int64), *keys]), axis=0, return_inverse=True)
    ends = np.cumsum([len(own) for own in places.place])
    return np.split(rank.reshape(-1).astype(np.int32), ends[:-1])
