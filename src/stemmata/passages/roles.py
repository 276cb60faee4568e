"""What is no reuse though two texts share it: base text, references, page furniture, and quotations with their source.

The first three are marked in each text, word by word, and cut out of passages; a passage is a quotation as a whole.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple, Self, TypeVar

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from stemmata import schemas
from stemmata.assigned import base_grams, base_stretches
from stemmata.bibliographies import find_references
from stemmata.facts import Facts
from stemmata.furniture import RELATED, find_furniture
from stemmata.quotations import Quotation, find_quotations, is_named
from stemmata.sitelines import site_stretches
from stemmata.tokens import Words

TEXTS = replace(schemas.DOCUMENTS.only("text"), name="base")
MOST = 0.9  # share of a passage's words that gives it its role
QUOTING = 0.8  # identity from which a passage can be a quotation: a rewording is none
LABEL = 4  # words at most of a related-article line that names no article, as "you may also like"
BETWEEN_ENTRIES = 30  # words that may stand between two entries of one bibliography
CUT_OUT = ("furniture", "reference", "base")  # where stretches overlap the later one counts


def _none() -> NDArray[np.uint64]:
    return np.zeros(0, np.uint64)


@dataclass(frozen=True)
class Boilerplate:
    """What is known beforehand to be nobody's own text.

    Parameters
    ----------
    base : uint64 array
        Of texts given to everybody, as ``base_grams``.
    site_lines : uint64 array
        As ``find_site_lines``.
    forms : uint64 array
        As ``find_forms``.
    """

    base: NDArray[np.uint64] = field(default_factory=_none)
    site_lines: NDArray[np.uint64] = field(default_factory=_none)
    forms: NDArray[np.uint64] = field(default_factory=_none)

    @classmethod
    def of(cls, facts: Facts, base: pa.Table | None) -> Self:
        """Gather it from the facts about a collection and a table of base texts (``text``).

        Raises
        ------
        SchemaError
            ``base`` holds no texts, or one of fewer words than a stretch of it needs.
        """
        grams = _none() if base is None else base_grams(TEXTS.check(base).column("text"))
        return cls(grams, facts.hashes("site_line"), facts.hashes("form"))


class Mark(NamedTuple):
    """Words [start, stop) of one text that have a role of their own.

    ``own`` says that they have it wherever they stand; else they are left inside a passage whose copy took them
    along, as a line between two copied paragraphs.
    """

    start: int
    stop: int
    role: str
    own: bool


class _Quoted(NamedTuple):
    """Words [start, stop) of a quotation, and where it stands in the text."""

    start: int
    stop: int
    place: Quotation


Spanning = TypeVar("Spanning", Mark, _Quoted)


class Text(NamedTuple):
    """One text of a pair, its words, and the site that it is from."""

    text: str
    words: Words
    site: str | None


class Roles:
    """The roles of what two texts share; each text is searched once, and not before it is asked about.

    Parameters
    ----------
    x, y : Text
        The copy comes first where it is known.
    known : bool
        Whether it is.
    boilerplate : Boilerplate
    language : str or None
        Of both texts.
    """

    def __init__(self, x: Text, y: Text, known: bool, boilerplate: Boilerplate, language: str | None = None) -> None:
        self._texts = x, y
        self._known = known
        self._boilerplate = boilerplate
        self._language = language
        self._found: dict[int, list[_Quoted]] = {}

    @property
    def based(self) -> bool:
        """Whether there are base texts, so that equal texts too must be searched."""
        return len(self._boilerplate.base) > 0

    @cached_property
    def marks(self) -> tuple[list[Mark], list[Mark]]:
        """What is to be cut out of passages, in both texts, in order and without overlap."""
        x, y = self._texts
        return self._marks(x, y.site), self._marks(y, x.site)

    def name(self, x_from: int, x_to: int, y_from: int, y_to: int, identity: float) -> str:
        """Return the role of a passage of words from which nothing is cut out any more; of other words none quotes."""
        spans = ((x_from, x_to), (y_from, y_to))
        for role in reversed(CUT_OUT):
            held = [
                _share([mark for mark in meeting(marks, *span) if mark.role == role], *span) >= MOST
                for marks, span in zip(self.marks, spans, strict=True)
            ]
            if all(held) or (role != "reference" and any(held)):  # beside references a text may go on in its own words
                return role
        return "quoted" if identity >= QUOTING and self._quoted(spans) else "reuse"

    def _quoted(self, spans: Sequence[tuple[int, int]]) -> bool:
        """Say whether a passage is a quotation, and whose is said: by the copy, where it is known which it is."""
        for k, span in enumerate(spans[:1] if self._known else spans):
            quotations = meeting(self._quotations(k), *span)
            if _share(quotations, *span) >= MOST and self._named(k, quotations, span):
                return True
        return False

    def _named(self, side: int, quotations: Sequence[_Quoted], span: tuple[int, int]) -> bool:
        """Say whether most words of a passage are quoted from somebody who is named; not asked beyond what decides."""
        text = self._texts[side].text
        held = [min(one.stop, span[1]) - max(one.start, span[0]) for one in quotations]
        most, size = sum(held), max(1, span[1] - span[0])
        for one, words in zip(quotations, held, strict=True):
            if not is_named(text, one.place, self._language):
                most -= words
                if most / size < MOST:
                    return False
        return True

    def _quotations(self, side: int) -> list[_Quoted]:
        if side not in self._found:
            text, words, _ = self._texts[side]
            quotations = find_quotations(text)
            edges = np.searchsorted(words.start, np.array(quotations, np.int64).reshape(-1, 2)).tolist()
            self._found[side] = [_Quoted(first, last, q) for (first, last), q in zip(edges, quotations, strict=True)]
        return self._found[side]

    def _marks(self, side: Text, other_site: str | None) -> list[Mark]:
        stretches = sorted(self._stretches(side, other_site), key=lambda mark: CUT_OUT.index(mark.role))
        if not stretches:
            return []
        owner = np.full(len(side.words) + 2, -1)
        for k, mark in enumerate(stretches):
            owner[mark.start + 1 : mark.stop + 1] = k
        edges = np.flatnonzero(np.diff(owner))
        return [
            stretches[owner[start + 1]]._replace(start=start, stop=stop)
            for start, stop in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True)
            if owner[start + 1] >= 0
        ]

    def _stretches(self, side: Text, other_site: str | None) -> Iterator[Mark]:
        text, words, site = side
        lines = []
        for line in find_furniture(text):
            stretch = words.within(line.start, line.end)
            lines.append((stretch, line.what == RELATED and stretch.stop - stretch.start > LABEL))
        if site and len(self._boilerplate.site_lines):
            stretches = site_stretches(words, site, self._boilerplate.site_lines)
            lines += [(stretch, site == other_site) for stretch in stretches]
        for stretch, own in sorted(lines, key=lambda line: line[1]):  # what is always furniture is so first of all
            yield _mark(stretch, "furniture", own)
        yield from _references(text, words)
        if len(self._boilerplate.base):
            for stretch in base_stretches(words, self._boilerplate.base):
                yield _mark(stretch, "base", True)


def _references(text: str, words: Words) -> Iterator[Mark]:
    """Yield runs of entries, with titles between them; one alone between copied paragraphs was copied with them."""
    runs: list[Mark] = []
    for start, end in find_references(text):
        entry = words.within(start, end)
        if runs and entry.start - runs[-1].stop <= BETWEEN_ENTRIES:
            runs[-1] = Mark(runs[-1].start, entry.stop, "reference", True)
        else:
            runs.append(_mark(entry, "reference", False))
    yield from runs


def _mark(stretch: slice, role: str, own: bool) -> Mark:
    return Mark(stretch.start, stretch.stop, role, own)


def meeting(spans: Sequence[Spanning], first: int, last: int) -> Sequence[Spanning]:
    """Return those of some spans in order, none of which overlap, that have words of [first, last)."""
    return spans[
        bisect_right(spans, first, key=lambda span: span.stop) : bisect_left(spans, last, key=lambda span: span.start)
    ]


def _share(spans: Sequence[Mark] | Sequence[_Quoted], first: int, last: int) -> float:
    """Return the share of words [first, last) that lie in some spans, none of which overlap."""
    held = sum(max(0, min(span.stop, last) - max(span.start, first)) for span in spans)
    return held / max(1, last - first)
