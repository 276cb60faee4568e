"""What may be asked of groups of documents, and what is answered."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from stemmata.room.groups import ORDERS
from stemmata.server.models import Change, Listed, Text, Wanted
from stemmata.server.models.listed import By


class GroupsWanted(Wanted):
    """Which groups are wanted."""

    by: By = Field("site", description="The column by which documents are gathered.")
    q: Text = Field("", description="In the name.")
    order: Literal[*ORDERS] = Field("documents", description="What comes first.")  # type: ignore[valid-type]


class GroupEntry(BaseModel):
    """What is counted of a group."""

    name: str
    documents: int
    words: int
    originals: int
    copies: int = Field(description="Documents that the tree derives from another, or a lost text.")
    copied_words: int = Field(description="All words of its copies.")
    unresolved: int
    alone: int
    across: int = Field(description="Copies whose source is here and of another known group.")
    within: int = Field(description="Copies whose source is here and of the same group.")
    taken: int = Field(description="Copies in other known groups whose source is one of its documents.")
    lag: float | None = Field(description="Median days from source to copy, over its copies both of which are dated.")
    dated: int = Field(description="How many copies that is the median of.")
    silent: int = Field(description="Of `across`: no line that names a source was found; 0 of years.")
    elsewhere: int = Field(description="Of `across`: the line has neither site nor author of a text above it.")
    untold: int = Field(description="Of `across`: there is a line, and no text above has a site or author.")


class Taking(BaseModel):
    """Copies by the group of their source (rows) and by their own (columns)."""

    sources: list[str]
    copies: list[str]
    counts: list[list[int]]


class Groups(Listed):
    """A page of the list of groups, and who takes from whom."""

    by: str
    unknown: int = Field(description="Documents of no known group.")
    groups: list[GroupEntry]
    matrix: Taking


class Side(BaseModel):
    """Copies between a group and another."""

    name: str | None = Field(description="Of the other; null where it is not known.")
    own: bool = Field(description="Whether it is the group itself.")
    copies: int
    kinds: dict[str, int]
    lag: float | None
    dated: int


class Group(BaseModel):
    """The dossier on one group."""

    by: str
    group: GroupEntry
    kinds: dict[str, int] = Field(description="Its copies whose source is here, by kind.")
    sources: list[Side] = Field(description="From whom it takes.")
    takers: list[Side] = Field(description="Who takes from it.")
    all_changes: int = Field(description="Alterations of fact that entered with its documents.")
    changes: list[Change] = Field(description="The gravest 20 of them.")  # type: ignore[valid-type]
    silent: list[str] = Field(description="Copies from other groups in which no line names a source.")
