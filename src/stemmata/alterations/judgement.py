"""What a rule is handed and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
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

    ``sure`` lies between 0 and 1.
    """

    type: str
    says: str
    sure: float = 1.0
    turn: int = 0


@dataclass(frozen=True)
class Side:
    """Words [first, last) of a text."""

    text: MarkedText
    first: int
    last: int

    def __len__(self) -> int:
        return self.last - self.first

    @property
    def slice(self) -> str:
        """The words as they stand."""
        return self.text.slice(self.first, self.last)

    @cached_property
    def plain(self) -> list[str]:
        """The words in one spelling, contractions written out."""
        return [word for k in range(self.first, self.last) for word in self.text.plain(k)]

    @cached_property
    def cues(self) -> list[Cue]:
        """The cues that lie on the words."""
        return self.text.cues_at(self.first, self.last)

    @cached_property
    def content(self) -> int:
        """How many of the words carry content."""
        return self.text.content(self.first, self.last)

    @property
    def quiet(self) -> bool:
        """Whether no value, cue, name or figure lies on the words."""
        return self.text.is_quiet(self.first, self.last)

    @property
    def has_value(self) -> bool:
        """Whether a number, amount or date begins on the words."""
        return any(k in self.text.value_at for k in range(self.first, self.last))

    def holds(self, kind: str) -> bool:
        """Say whether a cue of this kind lies on the words."""
        return any(kind == meaning.kind for cue in self.cues for meaning in cue.meanings)


class Case(NamedTuple):
    """A piece before the rules, and from how many words a one-sided run is left out or put in."""

    piece: Piece
    source: Side
    copy: Side
    omission: int

    @property
    def longer(self) -> Side:
        """The side with more words."""
        return self.source if len(self.source) >= len(self.copy) else self.copy

    @property
    def shorter(self) -> Side:
        """The other side."""
        return self.copy if len(self.source) >= len(self.copy) else self.source

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


def quote(text: str) -> str:
    """Return a text between quotation marks, on one line and shortened; nothing for nothing."""
    plain = " ".join(text.split())
    if len(plain) > SHORTENED:
        plain = plain[: SHORTENED - 1].rstrip() + "…"
    return f"“{plain}”" if plain else ""
