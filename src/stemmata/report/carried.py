"""Alterations that entered once and were carried on: one finding each, however many copies hold it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from stemmata.report.finding import Change
from stemmata.report.findings import Findings

if TYPE_CHECKING:
    from stemmata.report.family import Member


@dataclass(frozen=True, kw_only=True)
class Alteration:
    """A change where it entered.

    Parameters
    ----------
    change : Change
        The change.
    carriers : tuple of str
        The documents further down that carry it on, as far as they are known by name.
    """

    change: Change
    carriers: tuple[str, ...] = ()

    @property
    def carried(self) -> int:
        """How many documents carry it on, besides the one with which it entered."""
        return max(len(self.carriers), self.change.carried_by - 1)


class Carried:
    """What each member of a family introduced, and who took it over.

    Members further down are compared with the root as well; those rows name the ancestor that introduced an
    alteration.
    """

    def __init__(self, people: Mapping[str, Member], findings: Findings) -> None:
        self._people, self._changes = people, cache(findings.changes)  # of root and copy they are asked for thrice
        self._carriers: dict[tuple[str, ...], list[str]] = defaultdict(list)
        self._lost: dict[str, dict[tuple[str, ...], Change]] = defaultdict(dict)
        for doc in people:
            root = self._root(doc)
            for change in self._changes(root, doc) if root != doc else ():
                if change.inherited and change.introduced_by is not None:
                    by = change.introduced_by
                    self._carriers[_key(by, change)].append(doc)
                    if by in people and people[by].lost:
                        self._lost[by].setdefault(_key(by, change), change)

    def base(self, source: str) -> str:
        """Return the text with which copies of a member are compared: itself, or the root where it is lost."""
        return self._root(source) if self._people[source].lost else source

    def introduced(self, base: str, copy: str) -> list[Alteration]:
        """Return what entered with a copy, in the order of the text that it is compared with."""
        if self._people[copy].lost:
            changes = sorted(self._lost[copy].values(), key=lambda change: change.source)
        else:
            changes = [c for c in self._changes(base, copy) if not c.inherited]
        return [
            Alteration(change=change, carriers=tuple(self._carriers.get(_key(copy, change), ()))) for change in changes
        ]

    def inherited(self, copy: str) -> list[Change]:
        """Return the matters of fact that a copy took over, the gravest first; each entered with another."""
        root = self._root(copy)
        every = self._changes(root, copy) if root != copy and not self._people[copy].lost else ()
        taken = (c for c in every if c.factual and c.inherited and c.introduced_by not in (None, copy))
        return sorted(taken, key=lambda change: (-change.severity, change.n))

    def _root(self, doc: str) -> str:
        while (parent := self._people[doc].parent) is not None and parent in self._people:
            doc = parent
        return doc


def _key(by: str, change: Change) -> tuple[str, ...]:
    """Tell an alteration by its result, or by what was left out: what stood before may differ further up."""
    return by, change.type, " ".join((change.after or change.before).casefold().split())
