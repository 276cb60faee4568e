"""What was found about one pair, turned so that the source comes first.

Tables speak of ``a`` and ``b``, in the order of their ids; a reader wants the source and the copy. Where the
direction is unknown a stands for the source, as in the table of changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Any

from stemmata.report.escape import runs_leftward
from stemmata.tokens import Words, words_of

Row = Mapping[str, Any]
Span = tuple[int, int]

NEVER_COUNTED = ("base", "furniture", "wording")  # natures of passages that are no reuse, whatever the options say
_LEFT_OUT = "left_out_"
_JUDGED = 4_000  # code points by which it is told which way a text runs
_WRAPPED = (40, 160)  # code points: the usual line of a text whose lines a machine broke


@dataclass(frozen=True, kw_only=True)
class Edit:
    """A stretch of a passage: the same on both sides, or altered; an empty span where a side lacks it."""

    op: str
    source: Span
    copy: Span


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A passage in both texts; its edits stand in the order of a."""

    rank: int
    source: Span
    copy: Span
    identity: float
    kind: str
    confidence: float
    role: str
    moved: bool
    edits: tuple[Edit, ...]

    @property
    def nature(self) -> str:
        """Its role; ``wording`` where it is wording such as texts on one subject share, of whatever role."""
        return "wording" if self.kind == "none" else self.role


@dataclass(frozen=True, kw_only=True)
class Change:
    """One alteration, as the table of changes has it."""

    n: int
    type: str
    before: str
    after: str
    source: Span
    copy: Span
    factual: bool
    severity: float
    says: str
    inherited: bool
    introduced_by: str | None
    carried_by: int


@dataclass(frozen=True, kw_only=True)
class Witness:
    """One of the two texts.

    Parameters
    ----------
    doc, text : str
        Its id and main text.
    row : mapping
        Its row of the table of documents.
    coverage : float
        Share of its words that lie in shared passages, 0 to 1.
    """

    doc: str
    text: str = field(repr=False)
    row: Row = field(repr=False)
    coverage: float

    @cached_property
    def words(self) -> Words:
        """Its words, with their spans."""
        return words_of(self.text)

    @property
    def size(self) -> int:
        """The number of its words, those that were blacked out among them."""
        return int(self.row.get("words") or len(self.words))

    @property
    def outside(self) -> int:
        """The number of its words that lie outside the shared passages."""
        return round(self.size * (1 - self.coverage))

    @cached_property
    def leftward(self) -> bool:
        """Whether it runs from right to left."""
        return runs_leftward(self.text[:_JUDGED])

    @cached_property
    def wrapped(self) -> bool:
        """Whether a machine broke its lines, so that they may be run together."""
        lines = pairwise(self.text[:100_000].split("\n"))
        lengths = sorted(len(line) for line, after in lines if line.strip() and after.strip())
        return bool(lengths) and _WRAPPED[0] <= lengths[len(lengths) // 2] <= _WRAPPED[1]


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One pair: its relation, its direction, its passages by rank and its changes in the order of the source.

    Parameters
    ----------
    source, copy : Witness
        The two texts; a and b where ``oriented`` is false.
    oriented : bool
        Whether the verdict names a source.
    relation, direction : mapping
        Their rows.
    passages, changes : tuple
        What aligned and what was altered.
    """

    source: Witness
    copy: Witness
    oriented: bool
    relation: Row
    direction: Row
    passages: tuple[Passage, ...]
    changes: tuple[Change, ...]

    @property
    def leftward(self) -> bool:
        """Whether both texts run from right to left."""
        return self.source.leftward and self.copy.leftward

    @property
    def weighed(self) -> list[Row]:
        """The reasons for the direction that carry points, in the order of the table: what only limits them is last."""
        return [reason for reason in self.direction["evidence"] if reason["points"]]

    @property
    def remarks(self) -> list[Row]:
        """The reasons without points, which only say something."""
        return [reason for reason in self.direction["evidence"] if not reason["points"]]

    @property
    def left_out(self) -> list[str]:
        """What both texts share and does not count, by nature; "short" for passages that are too short to count."""
        features = (row["feature"] for row in self.relation["evidence"])
        return [feature.removeprefix(_LEFT_OUT) for feature in features if feature.startswith(_LEFT_OUT)]

    @property
    def reused(self) -> list[Passage]:
        """The passages that count as reuse, apart from their length."""
        return [passage for passage in self.passages if passage.nature not in {*NEVER_COUNTED, *self.left_out}]

    def shared(self, witness: Witness) -> float:
        """Return the share of a text's words in all passages that may count as reuse, 0 to 1."""
        held = bytearray(len(witness.words))
        for passage in self.passages:
            if passage.nature not in NEVER_COUNTED:
                inside = witness.words.within(*(passage.source if witness is self.source else passage.copy))
                held[inside] = b"\1" * (inside.stop - inside.start)
        return sum(held) / max(1, witness.size)

    @property
    def factual(self) -> list[Change]:
        """The changes that alter what is said, the gravest first."""
        return sorted((c for c in self.changes if c.factual), key=lambda c: (-c.severity, c.n))
