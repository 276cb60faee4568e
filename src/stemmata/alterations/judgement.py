"""What a rule is handed and what it answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from stemmata.alterations.collation import Run
from stemmata.alterations.cues import Cue
from stemmata.alterations.marked import MarkedText
from stemmata.alterations.values import Value

SHORTENED = 60  # characters of a text shown in a sentence


class Piece(NamedTuple):
    """One alteration: words of both sides; ``same`` where they say the same in another form.

    ``apart`` where it is one word against one and known that they do not.
    """

    run: Run
    same: bool = False
    values: tuple[Value, Value] | None = None
    apart: bool = False


class Judgement(NamedTuple):
    """What a piece is: its type, one sentence, how sure the type is, and whether a cue was lost (-1) or gained (1).

    ``sure`` lies between 0 and 1; ``most`` is what its severity is at most.
    """

    type: str
    says: str
    sure: float = 1.0
    turn: int = 0
    most: float = 1.0


@dataclass(slots=True)
class Side:
    """Words [first, last) of a text, with the cues that lie on them."""

    text: MarkedText
    first: int
    last: int
    cues: list[Cue] = field(init=False)

    def __post_init__(self) -> None:
        self.cues = self.text.cues_at(self.first, self.last)

    def __len__(self) -> int:
        return self.last - self.first

    @property
    def slice(self) -> str:
        """The words as they stand."""
        return self.text.slice(self.first, self.last)

    @property
    def plain(self) -> list[str]:
        """The words in one spelling, contractions written out."""
        return [word for k in range(self.first, self.last) for word in self.text.plain(k)]

    @property
    def content(self) -> int:
        """How many of the words carry content."""
        return self.text.content(self.first, self.last)

    @property
    def quoted(self) -> bool:
        """Whether the words stand between quotation marks; of an empty side, a neighbour."""
        return self.text.is_quoted(self.first, self.last)

    @property
    def told(self) -> int:
        """What lies on the words, as a sum of what may lie on one."""
        return self.text.told(self.first, self.last)

    @property
    def has_value(self) -> bool:
        """Whether a number, amount or date begins on the words."""
        return any(k in self.text.value_at for k in range(self.first, self.last))

    def holds(self, kind: str) -> bool:
        """Say whether a cue of this kind lies on the words."""
        return any(kind in cue.kinds for cue in self.cues)


@dataclass(slots=True)
class Case:
    """A piece before the rules, and from how many words a one-sided run is left out or put in.

    ``longer`` is the side with more words, the source where both have as many; ``shorter`` is the other.
    """

    piece: Piece
    source: Side
    copy: Side
    omission: int
    longer: Side = field(init=False)
    shorter: Side = field(init=False)

    def __post_init__(self) -> None:
        both = (self.source, self.copy)
        self.longer, self.shorter = both if len(self.source) >= len(self.copy) else both[::-1]

    @property
    def readings(self) -> str:
        """Both sides in half a sentence; of an empty one, the other alone."""
        before, after = quote(self.source.slice), quote(self.copy.slice)
        return f"{before} becomes {after}" if before and after else before or after

    @property
    def turn(self) -> int:
        """Which side has more words: -1 where words were lost, 1 where they were gained."""
        return (len(self.copy) > len(self.source)) - (len(self.copy) < len(self.source))

    def becomes(self, what: str) -> str:
        """Return the sentence that something changes; where one side is empty, that it was lost or is new."""
        verb = "changes" if len(self.source) and len(self.copy) else "is lost" if len(self.source) else "is added"
        return f"{what} {verb}: {self.readings}."


def other_words(before: str, after: str) -> Judgement:
    """Return what words of which no more can be said are: another wording."""
    before, after = quote(before), quote(after)
    if before and after:
        return Judgement("wording", f"Other words: {before} becomes {after}.")
    return Judgement("wording", f"{'Left out' if before else 'Put in'}: {before or after}.")


def quote(text: str) -> str:
    """Return a text between quotation marks, on one line and shortened; nothing for nothing."""
    plain = " ".join(text.split())
    if len(plain) > SHORTENED:
        plain = plain[: SHORTENED - 1].rstrip() + "…"
    return f"“{plain}”" if plain else ""
