"""A run of altered words taken apart into pieces, each of which is one alteration."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import NamedTuple

from stemmata.alterations.aliases import LONGEST, alias, may_begin_alias
from stemmata.alterations.collation import Run
from stemmata.alterations.judgement import Piece, Side
from stemmata.alterations.marked import MarkedText
from stemmata.alterations.plain_runs import plain_pieces
from stemmata.alterations.restyling import one_thing
from stemmata.alterations.spelling import same_word
from stemmata.alterations.strangers import are_strangers
from stemmata.alterations.values import Value, compare_values, unlike

LARGEST = 4_000  # product of the two lengths up to which a run is taken apart; a longer one is one piece
VALUES, NAMES, ALIKE, WORDS, MIXED, ALONE = 0.4, 0.6, 0.7, 1.0, 1.6, 0.9  # what it costs to set them together
KEPT, RESTYLED, CHANGED = 0, 1, 2
PREFIX = 4  # letters that two words have in common to be alike


class Item(NamedTuple):
    """A value, or one plain word, on words [first, last): *doesn't* is two items on one word."""

    first: int
    last: int
    word: str
    value: Value | None
    name: bool


class Step(NamedTuple):
    """Items set against each other, None for none; ``places`` are the words at which they stand or would stand."""

    source: Item | None
    copy: Item | None
    places: tuple[int, int]
    same: bool

    @property
    def kind(self) -> str:
        """What is set against what: values, names, or anything else."""
        if self.source is None or self.copy is None:
            return "words"
        if self.source.value and self.copy.value:
            return "values"
        return "names" if self.source.name and self.copy.name else "words"

    @property
    def ends(self) -> tuple[int, int]:
        """The words behind the items."""
        source, copy = self.places
        return (self.source.last if self.source else source), (self.copy.last if self.copy else copy)


def split_run(run: Run, source: MarkedText, copy: MarkedText) -> list[Piece]:
    """Return the pieces of a run in order; what is the same to the letter is in none of them."""
    plain = plain_pieces(run, source, copy)
    if plain is not None:
        return plain
    if are_strangers(run, source, copy):
        return [Piece(run._replace(copy_last=run[2])), Piece(run._replace(source_first=run[1]))]
    ours = _items(source, run.source_first, run.source_last)
    theirs = _items(copy, run.copy_first, run.copy_last)
    valued = any(item.value for item in (*ours, *theirs))
    if not valued and one_thing(Side(source, *run[:2]), Side(copy, *run[2:])):
        return [Piece(run, same=True)]
    if len(ours) * len(theirs) > LARGEST:
        return [Piece(run)]
    steps = _align(ours, theirs, run)
    states = [_state(step, source, copy) for step in steps]
    glued = _glue(steps, states, source, copy)
    return [_piece([steps[t] for t in part], states[part[0]]) for part in _parts(steps, states, glued, source, copy)]


def _items(text: MarkedText, first: int, last: int) -> list[Item]:
    items = []
    k = first
    while k < last:
        placed = text.value_at.get(k)
        if placed and placed.last <= last:
            items.append(Item(k, placed.last, "", placed.value, False))
            k = placed.last
            continue
        named = _alias(text, k, last)
        if named:
            items.append(named)
            k = named.last
            continue
        items += [Item(k, k + 1, one, None, bool(text.names[k]) and one != "'s") for one in text.plain(k)]
        k += 1
    return items


def _alias(text: MarkedText, first: int, end: int) -> Item | None:
    """Return the thing of several names that is named from word ``first`` on."""
    if not may_begin_alias(text.word(first), text.language):
        return None
    for last in range(min(end, first + LONGEST), first, -1):
        known = alias(text.slice(first, last), text.language)
        if known:
            return Item(first, last, known, None, bool(text.names[first]))
    return None


def _align(ours: list[Item], theirs: list[Item], run: Run) -> list[Step]:
    """Set the items of a run against each other at the least cost; ties are settled from the end."""
    cost = [[j * ALONE for j in range(len(theirs) + 1)]]
    for a in ours:
        above = cost[-1]
        row = [above[0] + ALONE]
        for j, b in enumerate(theirs):
            row.append(min(above[j] + _cost(a, b), above[j + 1] + ALONE, row[j] + ALONE))
        cost.append(row)
    i, j = len(ours), len(theirs)
    steps: list[Step] = []
    places = (run.source_last, run.copy_last)
    while i or j:
        together = _cost(ours[i - 1], theirs[j - 1]) if i and j else 0.0
        if i and j and abs(cost[i][j] - cost[i - 1][j - 1] - together) < 1e-9:
            i, j = i - 1, j - 1
            places = (ours[i].first, theirs[j].first)
            steps.append(Step(ours[i], theirs[j], places, not together))
        elif i and abs(cost[i][j] - cost[i - 1][j] - ALONE) < 1e-9:
            i -= 1
            places = (ours[i].first, places[1])
            steps.append(Step(ours[i], None, places, False))
        else:
            j -= 1
            places = (places[0], theirs[j].first)
            steps.append(Step(None, theirs[j], places, False))
    return steps[::-1]


def _cost(a: Item, b: Item) -> float:
    """Return what it costs to set two items against each other; 0 where they say the same."""
    if a.value and b.value:
        if compare_values(a.value, b.value) is None:
            return 0.0
        return MIXED if unlike(a.value, b.value) else VALUES
    if a.value or b.value:
        return MIXED
    if same_word(a.word, b.word):
        return 0.0
    if a.name and b.name:
        return NAMES
    return ALIKE if a.word[:PREFIX] == b.word[:PREFIX] and len(a.word) > PREFIX < len(b.word) else WORDS


def _state(step: Step, source: MarkedText, copy: MarkedText) -> int:
    if not step.same:
        return CHANGED
    forms = [
        text.text[item.value.start : item.value.end] if item.value else text.slice(item.first, item.last)
        for text, item in ((source, step.source), (copy, step.copy))
        if item
    ]
    return KEPT if forms[0].lower() == forms[1].lower() else RESTYLED


def _glue(steps: list[Step], states: list[int], source: MarkedText, copy: MarkedText) -> list[bool]:
    """Say which steps go with the one before, and mark what goes with a change as changed.

    A word that makes two items, and a phrase of the cue lists, are altered as a whole or not at all.
    """
    glued = [False] * len(steps)
    units = [*_units(steps, 0, source), *_units(steps, 1, copy)]
    before = -1
    while before != (before := sum(glued)):  # a unit that became changed may change another
        for first, last in units:
            if any(states[t] == CHANGED for t in range(first, last + 1)):
                for t in range(first, last + 1):
                    states[t] = CHANGED
                    glued[t] = glued[t] or t > first
    return glued


def _units(steps: list[Step], side: int, text: MarkedText) -> Iterator[tuple[int, int]]:
    """Yield the first and last step of each word and each phrase that takes several."""
    held = [(t, item) for t, step in enumerate(steps) if (item := (step.source, step.copy)[side])]
    if not held:
        return
    counts = Counter(item.first for _, item in held)
    words = [(k, k + 1) for k, count in counts.items() if count > 1]
    cues = text.cues_at(held[0][1].first, held[-1][1].last)
    phrases = [(cue.first, cue.last) for cue in cues if cue.first not in text.value_at]  # "half of" is no phrase
    for first, last in (*words, *phrases):
        within = [t for t, item in held if first <= item.first < last]
        if len(within) > 1:
            yield within[0], within[-1]


def _parts(
    steps: list[Step], states: list[int], glued: list[bool], source: MarkedText, copy: MarkedText
) -> Iterator[list[int]]:
    """Yield the steps that make one piece: cut where a change begins or ends, at sentences, round values and names.

    Words exchanged one for one are a piece each; where words were lost or added beside them they are one.
    """
    parts: list[list[int]] = []
    for t, step in enumerate(steps):
        if not t or (not glued[t] and (states[t] != states[t - 1] or _parted(steps[t - 1], step, source, copy))):
            parts.append([])
        parts[-1].append(t)
    for part in parts:
        if states[part[0]] != KEPT:
            groups = _split(part, lambda t: not glued[t])
            even = all(_one_for_one([steps[t] for t in group]) for group in groups)
            yield from groups if states[part[0]] == CHANGED and even else [part]


def _split(part: list[int], begins: Callable[[int], bool]) -> list[list[int]]:
    groups: list[list[int]] = []
    for t in part:
        if not groups or begins(t):
            groups.append([])
        groups[-1].append(t)
    return groups


def _one_for_one(group: list[Step]) -> bool:
    """Say whether a group sets words that are no names against words."""
    both = any(step.source for step in group) and any(step.copy for step in group)
    return both and all(step.kind == "words" for step in group)


def _parted(before: Step, step: Step, source: MarkedText, copy: MarkedText) -> bool:
    if before.kind != step.kind or "values" in (before.kind, step.kind):
        return True
    return source.begins_sentence(step.places[0]) and copy.begins_sentence(step.places[1])


def _piece(part: list[Step], state: int) -> Piece:
    (source_first, copy_first), (source_last, copy_last) = part[0].places, part[-1].ends
    for step in part:
        source_last, copy_last = max(source_last, step.ends[0]), max(copy_last, step.ends[1])
    values = None
    if len(part) == 1 and part[0].source and part[0].copy and part[0].source.value and part[0].copy.value:
        values = (part[0].source.value, part[0].copy.value)
    return Piece(Run(source_first, source_last, copy_first, copy_last), state == RESTYLED, values)
