"""What may be asked of the list of documents, and what it answers."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from stemmata import schemas
from stemmata.report.register import KINDS
from stemmata.room.copies import ROLES
from stemmata.room.documents import GATHERED, ORDERS
from stemmata.server.models import Listed, Text, Wanted, row

Year = Field("", max_length=8, pattern=r"^(\d{1,6}|undated)?$", description="Of its date, or `undated`.")
By = Literal[*GATHERED]  # type: ignore[valid-type]


class DocumentsWanted(Wanted):
    """Which documents are wanted; what is empty is no condition."""

    q: Text = Field("", description="In the id, headline, site, author or group.")
    site: Text = ""
    author: Text = ""
    group: Text = ""
    language: Text = ""
    kind: Literal["", *KINDS] = Field("", description="How it was copied from its source.")  # type: ignore[valid-type]
    role: Literal["", *ROLES] = Field("", description="What it is.")  # type: ignore[valid-type]
    year: str = Year
    by: By = Field("site", description="The column that `source` is a value of.")
    source: Text = Field("", description="Only copies whose source has this value in the column `by`.")
    order: Literal[*ORDERS] = Field("id", description="What comes first.")  # type: ignore[valid-type]


DocumentEntry = row(
    schemas.DOCUMENTS,
    "text",
    "whole",
    words=int,
    family=str | None,
    role=Literal[*ROLES],
    source=str | None,
    kind=str | None,
)
SkippedRow = row(schemas.SKIPPED)


class Documents(Listed):
    """A page of the list of documents."""

    documents: list[DocumentEntry]  # type: ignore[valid-type]


class Skipped(Listed):
    """A page of the list of inputs that were not read."""

    skipped: list[SkippedRow]  # type: ignore[valid-type]
