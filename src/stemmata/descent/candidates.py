"""Which of several texts is likeliest the first, where no tree tells: by the directions of all pairs together."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

Leanings: TypeAlias = "Mapping[str, Mapping[str, float]]"
"""For each text the texts before which it is likelier the source, with the log-odds of that."""


def lean(rows: Iterable[tuple[str, str, str | None, float]], most: float) -> dict[str, dict[str, float]]:
    """Gather leanings from pairs: two texts, which of them is likelier the source, and how likely that is.

    Parameters
    ----------
    most : float
        What a single pair may claim, below 1.
    """
    leanings: dict[str, dict[str, float]] = defaultdict(dict)
    for a, b, likelier, sure in rows:
        if likelier is not None:
            sure = min(sure, most)
            leanings[likelier][a if likelier == b else b] = math.log(sure / (1 - sure))
    return dict(leanings)


def first_of(texts: Sequence[str], leanings: Leanings) -> dict[str, float]:
    """Return how likely each of some texts is the first of them; the shares add up to 1.

    The log-odds of a pair are taken as the difference of what its two texts have for themselves, and that is fitted to
    all pairs by least squares; a pair of which nothing is known counts as even. Of two texts the shares are those of
    their pair. Rewrites by one hand resemble each other, so that many weak leanings do not add up to a strong one.

    References
    ----------
    Bradley and Terry 1952 (Biometrika 39:324).
    """
    known = set(texts)
    leads: dict[str, list[float]] = {text: [] for text in texts}
    for text in texts:
        for other, odds in leanings.get(text, {}).items():
            if other in known:
                leads[text].append(odds)
                leads[other].append(-odds)
    shares = {text: math.exp(math.fsum(sorted(odds)) / len(texts)) for text, odds in leads.items()}
    whole = math.fsum(sorted(shares.values()))
    return {text: share / whole for text, share in shares.items()}
