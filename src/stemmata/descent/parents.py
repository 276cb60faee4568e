"""Which of several possible sources is a text's parent, and whether the parent is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import NamedTuple, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from stemmata.descent.arborescence import heaviest_parents
from stemmata.descent.explained import HELD, ONE_SENTENCE, Pairs, States, beyond, explain, lacked, lead
from stemmata.furniture import Furniture, find_furniture

LIKELIEST = 16  # sources of a text that are weighed against each other: those that hold most of it
CLEAR = 2  # times by which the lead of a later source must exceed that of the earlier one
QUOTED = 40  # characters that stand in two texts by no accident
SCALE = 1_000_000
FIXED = 3  # times that a parent which is known weighs: more than any that is chosen

Sources: TypeAlias = "Mapping[str, Mapping[str, float]]"
"""For each text its sources, with the confidence that it derives from them."""


@dataclass(frozen=True)
class Evidence:
    """The passages of all pairs, and the texts.

    Parameters
    ----------
    pairs : mapping
        Passages by pair.
    documents : pyarrow.Table
        Columns ``doc`` and ``text``.
    """

    pairs: Pairs
    documents: pa.Table

    @cached_property
    def _places(self) -> dict[str, int]:
        return {doc: row for row, doc in enumerate(self.documents.column("doc").to_pylist())}

    @cached_property
    def _lengths(self) -> list[int]:
        lengths: list[int] = pc.utf8_length(self.documents.column("text")).to_pylist()
        return lengths

    def text(self, doc: str) -> str:
        """Return a document's text."""
        return str(self.documents.column("text")[self._places[doc]])

    def aligned(self, one: str, other: str) -> bool:
        """Say whether two documents have passages in common."""
        return (min(one, other), max(one, other)) in self.pairs

    def explained(self, doc: str, other: str) -> States:
        """Return what another text has over against each character of a document."""
        return explain(self.pairs, doc, other, self._lengths[self._places[doc]])


class Lost(NamedTuple):
    """A text that is not there: its copies beside the root, and how sure it is."""

    copies: list[str]
    confidence: float


def choose_parents(sources: Sources, evidence: Evidence, fixed: Mapping[str, str]) -> dict[str, str]:
    """Return the parents of a family's members, chosen together so that no circle arises.

    A source that others derive from as well goes before one that explains a text no better: of copies of one text,
    none is called the copy of another without a reading that only the two share.

    Parameters
    ----------
    fixed : mapping of str to str
        Parents that are known already, of others than those of ``sources``.
    """
    derived = Counter([*fixed.values(), *(source for of in sources.values() for source in of)])
    weights = {(source, doc): FIXED * SCALE for doc, source in fixed.items()}
    for doc, possible in sources.items():
        states = {source: evidence.explained(doc, source) for source in possible}
        held = {source: int(np.count_nonzero(state == HELD)) for source, state in states.items()}
        likeliest = sorted(possible, key=lambda source: (-held[source], -derived[source], source))[:LIKELIEST]
        likeliest.sort(key=lambda source: (-derived[source], -held[source], -possible[source], source))
        best = likeliest[0] if likeliest else ""
        for source in likeliest[1:]:
            ahead, behind = lead(states[source], states[best]), lead(states[best], states[source])
            if held[source] > held[best] and ahead > CLEAR * behind:
                best = source
        most = max(held.values(), default=0) or 1
        for source in likeliest:
            weights[source, doc] = SCALE * (source == best) + SCALE * held[source] // most
    return heaviest_parents(weights)


def between(sources: Sources, undirected: Iterable[tuple[str, str]], evidence: Evidence) -> dict[str, dict[str, float]]:
    """Return ``sources``, and those that stand between a text and a source which they have in common.

    Of two copies of one text whose direction nothing else tells, the one derives from the other that departs from
    their source wherever the other does, and further; the other keeps readings of the source that it gave up.
    """
    found = {doc: dict(of) for doc, of in sources.items()}
    for pair in undirected:
        common = set(sources.get(pair[0], ())) & set(sources.get(pair[1], ()))
        if not common:
            continue
        sureness = {source: sources[pair[0]][source] + sources[pair[1]][source] for source in common}
        asked = sorted(common, key=lambda source: (-sureness[source], source))[:LIKELIEST]
        by_source, by_other = {}, {}
        for doc, other in (pair, pair[::-1]):
            by_source[doc] = np.maximum.reduce([evidence.explained(doc, source) for source in asked])
            by_other[doc] = evidence.explained(doc, other)
        chains = []
        for doc, middle in (pair, pair[::-1]):
            kept, lost = lead(by_source[middle], by_other[middle]), lead(by_source[doc], by_other[doc])
            if lead(by_other[doc], by_source[doc]) > CLEAR * lost and kept > CLEAR * lost:
                sure = max(sources[doc][source] for source in common)
                chains.append((doc, middle, min(sure, (kept + 1) / (kept + lost + 2))))
        for doc, middle, sure in chains if len(chains) == 1 else ():
            found[doc][middle] = sure
    return found


def derives(doc: str, source: str, parents: Mapping[str, str]) -> bool:
    """Say whether a text derives from another in a tree."""
    while doc != source and doc in parents:
        doc = parents[doc]
    return doc == source


def below_twins(texts: Mapping[str, str], parents: Mapping[str, str]) -> dict[str, str]:
    """Return for members without a parent one with the same text that has one, and does not derive from them.

    Parameters
    ----------
    texts : mapping of str to str
        For each member, a name of its text.
    parents : mapping of str to str
        The tree so far.
    """
    placed: dict[str, str] = {}
    for doc in sorted(parents):
        if doc in texts:  # a lost copy has none
            placed.setdefault(texts[doc], doc)
    found = {}
    for doc, text in sorted(texts.items()):
        if doc not in parents and text in placed:
            twin = placed[text]
            if not derives(twin, doc, parents):
                found[doc] = twin
    return found


def further_parents(doc: str, parent: str, sources: Mapping[str, float], evidence: Evidence) -> list[str]:
    """Return the sources of what the parent does not explain: passages of several sentences, the longest first."""
    if not evidence.aligned(doc, parent):
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
    text = evidence.text(root)
    by_root = {doc: evidence.explained(doc, root) for doc in copies if evidence.aligned(doc, root)}
    lines = {doc: find_furniture(evidence.text(doc)) for doc in by_root}
    for one, other in combinations(by_root, 2):
        if evidence.aligned(one, other):
            shared = 0
            for doc, sibling in ((one, other), (other, one)):
                own = evidence.text(doc)
                missing = lacked(by_root[doc], evidence.explained(doc, sibling))
                runs_of = [span for span in missing if _of_the_text(span, lines[doc]) >= ONE_SENTENCE]
                shared = max(shared, sum(not _stands(own[start:end], text) for start, end in runs_of))
            if shared:
                most = max(most, shared)
                runs += Counter({one: shared, other: shared})
    return Lost(sorted(runs), 1 - 0.5 ** (most + 1)) if runs else None


def _of_the_text(span: tuple[int, int], lines: Sequence[Furniture]) -> int:
    """Return how many characters of a run are in no line of the page."""
    start, end = span
    return end - start - sum(max(0, min(end, line.end) - max(start, line.start)) for line in lines)


def _stands(run: str, text: str) -> bool:
    """Say whether much of a run stands in a text, though no passage was found there."""
    pieces = [run[start : start + QUOTED] for start in range(0, len(run) - QUOTED + 1, QUOTED)]
    return 3 * sum(piece in text for piece in pieces) >= len(pieces)
