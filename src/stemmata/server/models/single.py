"""What is answered about one document."""

from __future__ import annotations

from pydantic import BaseModel, Field

from stemmata.server.models import Direction, Document, Relation, StemmaRow


class Covered(BaseModel):
    """Words of a document that come from one source, in passages of one kind and role."""

    source: str
    role: str
    kind: str
    counts: bool = Field(description="Whether such passages count as reuse.")
    words: int
    share: float = Field(description="Of all words of the document, 0 to 1.")


class StretchRow(BaseModel):
    """Words in a row that stand in one passage with a source."""

    start: int = Field(description="Code points into the text.")
    end: int
    words: int
    rank: int = Field(description="Of the passage, as in `alignments`.")
    kind: str
    role: str
    identity: float
    counts: bool
    source: str


class HeldRow(BaseModel):
    """Words in a row that equally many other documents hold."""

    start: int
    end: int
    words: int
    others: int = Field(description="Of what is too finely parted, the most.")


class DocumentPage(BaseModel):
    """What is known of one document."""

    document: Document  # type: ignore[valid-type]
    text: str | None = Field(description="Where it was asked for.")
    family: str | None
    place: StemmaRow | None  # type: ignore[valid-type]
    sources: list[str] = Field(description="From which the tree derives it, the nearest first.")
    coverage: list[Covered]
    stretches: list[StretchRow]
    held: list[HeldRow]
    relations: list[Relation]  # type: ignore[valid-type]
    directions: list[Direction]  # type: ignore[valid-type]
