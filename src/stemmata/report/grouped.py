"""Changes as people read them: facts by level, words out of place, disguises, and what is mere style.

::

    grave       another fact, or the opposite      one by one, the gravest first
    notable     another weight, link or extent
    minor       what is left of the factual types
    tortured    words out of place                 one by one, the surest first
    disguised   look-alike letters, hidden signs
    style       the rest                           counted in one line
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from stemmata.report import words
from stemmata.report.finding import Change
from stemmata.schemas import FACTUAL_TYPES, STYLE_TYPES

APART = ("tortured", "disguised")
"""Types that are no matter of fact and yet of interest: their changes are told one by one."""

TITLES = {"tortured": "words out of place", "disguised": "disguised"}
GLOSSES = {
    "tortured": "Words that do not fit here as the source's do: of another sense, or not used so. Told from counts of "
    "words, the surest first; none is a matter of fact.",
    "disguised": "The same words in look-alike letters or with hidden signs, and text that no reader sees.",
}

TYPES = (*FACTUAL_TYPES, *APART, *(type_ for type_ in STYLE_TYPES if type_ not in APART))
"""All types, in the order in which they are read."""

_STYLED = {"wording": "reworded", "restyled": "restyled", "moved": "moved"}
_NOUNS = {"fact": ("matter", " of fact"), "tortured": ("word", " out of place"), "disguised": ("disguise", "")}

_Entry = TypeVar("_Entry")


@dataclass(frozen=True, kw_only=True)
class Group:
    """Changes that stand under one title; ``name`` is a level of severity, or a type."""

    name: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, kw_only=True)
class Swap:
    """One exchange of words, with all places where it was made, in the order of the source."""

    places: tuple[Change, ...]

    @property
    def change(self) -> Change:
        """The first of them."""
        return self.places[0]


@dataclass(frozen=True, kw_only=True)
class Apart:
    """A group whose changes are listed as swaps.

    Parameters
    ----------
    group : Group
        All of it.
    first, folded : sequence of Swap
        What is read at first, and what is folded.
    left : int
        How many changes are not listed.
    """

    group: Group
    first: Sequence[Swap]
    folded: Sequence[Swap]
    left: int

    @property
    def places(self) -> list[Change]:
        """The changes that are listed."""
        return [change for swap in (*self.first, *self.folded) for change in swap.places]


def by_level(changes: Iterable[Change]) -> list[Group]:
    """Return the matters of fact by level, the gravest first, those of one severity in the order of the source."""
    factual = sorted((c for c in changes if c.factual), key=lambda c: (-c.severity, c.n))
    groups = (
        Group(name=name, changes=tuple(c for c in factual if words.severity(c) == name)) for name, _ in words.SEVERITIES
    )
    return [group for group in groups if group.changes]


def told_apart(changes: Iterable[Change]) -> list[Group]:
    """Return the words out of place and the disguises, in the order of the source."""
    changes = list(changes)
    groups = (
        Group(name=type_, changes=tuple(c for c in changes if c.type == type_ and not c.factual)) for type_ in APART
    )
    return [group for group in groups if group.changes]


def listed_apart(changes: Iterable[Change], at_first: int, limit: int) -> list[Apart]:
    """Return what is told apart as swaps, of each group up to a limit."""
    found = []
    for group in told_apart(changes):
        every = swaps(group.changes)
        shown, folded = first(every[:limit], at_first)
        left = sum(len(swap.places) for swap in every[limit:])
        found.append(Apart(group=group, first=shown, folded=folded, left=left))
    return found


def style(changes: Iterable[Change]) -> list[Change]:
    """Return what is mere style, in the order of the source."""
    return [c for c in changes if not c.factual and c.type not in APART]


def of_types(changes: Iterable[Change], types: Collection[str]) -> list[Change]:
    """Return the changes of some types, all of them, in the order in which groups and their changes are read."""
    chosen = [change for change in changes if change.type in types]
    groups = (*by_level(chosen), *told_apart(chosen))
    return [*(change for group in groups for change in group.changes), *style(chosen)]


def swaps(changes: Iterable[Change]) -> list[Swap]:
    """Return changes that exchange the same words as one: the gravest first, of equals those made most often."""
    alike: dict[tuple[str, ...], list[Change]] = defaultdict(list)
    for change in changes:  # what no reader sees has no reading: its sentence tells it
        readings = _bare(change.before), _bare(change.after)
        alike[readings if any(readings) else (change.says,)].append(change)
    return sorted(
        (Swap(places=tuple(places)) for places in alike.values()),
        key=lambda swap: (-max(change.severity for change in swap.places), -len(swap.places)),
    )


def _bare(reading: str) -> str:
    return " ".join(reading.casefold().split())


def first(entries: Sequence[_Entry], limit: int) -> tuple[Sequence[_Entry], Sequence[_Entry]]:
    """Return as many entries as a person reads at first, and those to be folded: none where it would be a few."""
    cut = len(entries) if len(entries) <= limit + limit // 3 else limit
    return entries[:cut], entries[cut:]


def levels(changes: Iterable[Change]) -> str:
    """Return how many matters of fact there are of each level: *2 grave, 10 minor*."""
    return ", ".join(f"{len(group.changes):,} {group.name}" for group in by_level(changes))


def tallied(changes: Iterable[Change]) -> list[tuple[str, int]]:
    """Return how many changes there are of each type: of fact, of those told apart, of style; the commonest first."""
    return sorted(words.tally(changes), key=lambda item: 0 if item[0] in FACTUAL_TYPES else 1 + (item[0] not in APART))


def counted(name: str, number: int) -> str:
    """Return *3 matters of fact* for a level or ``fact``, *41 words out of place*, *1 disguise*."""
    noun, rest = _NOUNS["fact" if name in dict(words.SEVERITIES) else name]
    return words.counted(number, noun) + rest


def summed(changes: Sequence[Change]) -> str:
    """Return what there is of each part: *3 matters of fact, 41 words out of place, 166 of style*."""
    facts = sum(change.factual for change in changes)
    parts = [counted("fact", facts) if facts else "no matter of fact"]
    parts += [counted(group.name, len(group.changes)) for group in told_apart(changes)]
    if rest := style(changes):
        parts.append(f"{len(rest):,} of style")
    return ", ".join(parts)


def styled(changes: Iterable[Change]) -> str:
    """Return how many changes of style there are, by kind: *202 reworded, 3 restyled and 1 moved*."""
    return words.joined(f"{count:,} {_STYLED[type_]}" for type_, count in words.tally(changes))
