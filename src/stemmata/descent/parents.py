"""Which of several possible sources is a text's parent, and whether the parent is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import NamedTuple, TypeAlias

import numpy as np

from stemmata.descent.arborescence import heaviest_parents
from stemmata.descent.explained import HELD, Pairs, States, beyond, explain, lacked, lead

LIKELIEST = 16  # sources of a text that are weighed against each other: those that hold most of it
CLEAR = 2  # times by which the lead of a later source must exceed that of the earlier one
SCALE = 1_000_000

Sources: TypeAlias = "Mapping[str, Mapping[str, float]]"
"""For each text its sources, with the confidence that it derives from them."""


class Evidence(NamedTuple):
    """The passages of all pairs, and the lengths of all texts in characters."""

    pairs: Pairs
    lengths: Mapping[str, int]

    def explained(self, doc: str, other: str) -> States:
        """Return what another text has over against each character of a document."""
        return explain(self.pairs, doc, other, self.lengths[doc])


class Lost(NamedTuple):
    """A text that is not there: its copies beside the root, and how sure it is."""

    copies: list[str]
    confidence: float


def choose_parents(sources: Sources, evidence: Evidence) -> dict[str, str]:
    """Return the parents of a family's members, chosen together so that no circle arises.

    A source that others derive from as well goes before one that explains a text no better: of copies of one text,
    none is called the copy of another without a reading that only the two share.
    """
    derived = Counter(source for of in sources.values() for source in of)
    weights = {}
    for doc, possible in sources.items():
        states = {source: evidence.explained(doc, source) for source in possible}
        held = {source: int(np.count_nonzero(state == HELD)) for source, state in states.items()}
        likeliest = sorted(possible, key=lambda source: (-held[source], -derived[source], source))[:LIKELIEST]
        likeliest.sort(key=lambda source: (-derived[source], -possible[source], source))
        best = likeliest[0] if likeliest else ""
        for source in likeliest[1:]:
            if lead(states[source], states[best]) > CLEAR * lead(states[best], states[source]):
                best = source
        most = max(held.values(), default=0) or 1
        for source in likeliest:
            weights[source, doc] = SCALE * (source == best) + SCALE * held[source] // most
    return heaviest_parents(weights)


def further_parents(doc: str, parent: str | None, sources: Mapping[str, float], evidence: Evidence) -> list[str]:
    """Return the sources of what the parent does not explain: passages of several sentences, the longest first."""
    if parent is None or parent not in sources:
        return []
    explained = evidence.explained(doc, parent)
    rest = {source: evidence.explained(doc, source) for source in sorted(sources) if source != parent}
    found = []
    while rest:
        more = {source: beyond(explained, states) for source, states in rest.items()}
        best = max(rest, key=lambda source: (more[source], sources[source]))
        if not more[best]:
            break
        found.append(best)
        explained = np.maximum(explained, rest.pop(best))
    return sorted(found)


def find_lost(root: str, copies: Sequence[str], evidence: Evidence) -> Lost | None:
    """Return the lost text from which copies have sentences in common that the root lacks.

    Parameters
    ----------
    root : str
        The presumed original.
    copies : sequence of str
        Its children, in order; what two of them share, neither has from the other.
    """
    runs: Counter[str] = Counter()
    most = 0
    aligned = [copy for copy in copies if (min(copy, root), max(copy, root)) in evidence.pairs]
    for one, other in combinations(aligned, 2):
        if (one, other) in evidence.pairs:
            shared = lacked(evidence.explained(one, root), evidence.explained(one, other))
            most = max(most, shared)
            runs += Counter({one: shared, other: shared})
    return Lost(sorted(runs), 1 - 0.5 ** (most + 1)) if runs else None
