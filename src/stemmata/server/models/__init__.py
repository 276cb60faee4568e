"""What requests may ask and what answers hold, as types: rows are those of ``schemas``, column by column."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

import pyarrow as pa
from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field, create_model

from stemmata import schemas
from stemmata.report.register import KINDS, ROOTS
from stemmata.room.downloads import FORMATS
from stemmata.room.families import ALTERED, ORDERS
from stemmata.room.paging import MOST, PAGE

FILES: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {
            kind.partition(";")[0]: {"schema": {"type": "string", "format": "binary"}} for kind in FORMATS.values()
        }
    }
}
Page = Annotated[int, Query(ge=1, le=1_000_000, alias="page", description="From 1.")]
Size = Annotated[int, Field(ge=1, le=MOST, description="Rows of a page.")]
Text = Annotated[str, Field(max_length=4_000)]


def _of(type_: pa.DataType, name: str) -> Any:
    """Return the type that a column's values have in JSON."""
    if pa.types.is_struct(type_):
        fields: dict[str, Any] = {field.name: (_of(field.type, f"{name}_{field.name}"), ...) for field in type_}
        return create_model(name, **fields)
    if pa.types.is_list(type_):
        return list[_of(type_.value_type, name)]  # type: ignore[misc]
    if pa.types.is_dictionary(type_):
        return _of(type_.value_type, name)
    if pa.types.is_timestamp(type_):
        return datetime
    if pa.types.is_boolean(type_):
        return bool
    if pa.types.is_integer(type_):
        return int
    return float if pa.types.is_floating(type_) else str


def row(schema: schemas.Schema, *without: str, **more: Any) -> type[BaseModel]:
    """Return the type of a row of a table.

    Parameters
    ----------
    without : str
        Columns that are left out.
    more : type
        Further ones.
    """
    fields: dict[str, Any] = {name: (type_, ...) for name, type_ in more.items()}
    for column in schema.columns:
        if column.name not in without:
            type_ = _of(column.type, f"{schema.name}_{column.name}")
            optional = type_ | None if column.null else type_
            taken = hasattr(BaseModel, column.name)  # a name of pydantic's own
            default: Any = None if column.null else ...
            field = Field(default, description=column.holds, alias=column.name if taken else None)
            fields[f"{column.name}_" if taken else column.name] = (optional, field)
    made: type[BaseModel] = create_model(schema.name, **fields)
    return made


Document = row(schemas.DOCUMENTS, "text", "whole", words=int)
Alignment, Relation, Direction = row(schemas.ALIGNMENTS), row(schemas.RELATIONS), row(schemas.DIRECTIONS)
FamilyRow, StemmaRow, Change, Note = (
    row(schemas.FAMILIES),
    row(schemas.STEMMA),
    row(schemas.CHANGES),
    row(schemas.NOTES),
)


class Wanted(BaseModel):
    """Which page of a list is wanted; nothing else is asked than what is known."""

    model_config = ConfigDict(extra="forbid")

    page: int = Field(1, ge=1, le=1_000_000)
    size: Size = PAGE


class Listed(BaseModel):
    """A page of a list."""

    total: int
    page: int
    pages: int
    size: int


class FamiliesWanted(Wanted):
    """Which families are wanted; what is empty is no condition."""

    q: Text = Field("", description="In the id, headline, site, author or group of a member.")
    kind: Literal["", *KINDS] = Field("", description="How a member was copied.")  # type: ignore[valid-type]
    altered: Literal["", *ALTERED] = Field("", description="How grave the gravest alteration is.")  # type: ignore[valid-type]
    root: Literal["", *ROOTS] = Field("", description="Whether the original is named, lost, or open.")  # type: ignore[valid-type]
    language: Text = Field("", description="Of a member.")
    site: Text = Field("", description="Of a member.")
    order: Literal[*ORDERS] = Field("size", description="What comes first.")  # type: ignore[valid-type]


class Overview(BaseModel):
    """What came in, and what was found."""

    version: str
    command: str
    started: str | None
    headline: str
    remark: str
    documents: int
    words: int
    families: int
    members: int = Field(description="Documents that belong to a family.")
    compared: int = Field(description="Pairs that were aligned.")
    related: int = Field(description="Pairs of which one derives from the other, or both from a third.")
    first: datetime | None
    last: datetime | None
    kinds: dict[str, int] = Field(description="Copies by kind.")
    skipped: int = Field(description="Inputs that were not read.")
    tables: list[str] = Field(description="Names under which whole tables can be downloaded.")
    notes: list[Note]  # type: ignore[valid-type]


class FamilyEntry(BaseModel):
    """A family in the list of all."""

    family: str
    size: int
    title: str
    original: str | None
    root: Literal[*ROOTS]  # type: ignore[valid-type]
    severity: float = Field(description="Of the gravest matter of fact that was altered on the way, 0 to 1.")
    first: datetime | None
    last: datetime | None
    kinds: dict[str, int]


class Families(Listed):
    """A page of the list of families."""

    families: list[FamilyEntry]


class Family(BaseModel):
    """The rows that the tables have of a family."""

    family: str
    title: str
    original: str | None
    all_changes: int = Field(description="How many changes there are; no more than 10,000 are in ``changes``.")
    documents: list[Document]  # type: ignore[valid-type]
    families: list[FamilyRow]  # type: ignore[valid-type]
    stemma: list[StemmaRow]  # type: ignore[valid-type]
    relations: list[Relation]  # type: ignore[valid-type]
    directions: list[Direction]  # type: ignore[valid-type]
    changes: list[Change]  # type: ignore[valid-type]


class Pair(BaseModel):
    """The rows that the tables have of two documents."""

    verdict: str
    source: str
    copy_: str = Field(alias="copy")
    oriented: bool = Field(description="Whether the source is told; else the two stand by their ids.")
    documents: list[Document]  # type: ignore[valid-type]
    relation: Relation  # type: ignore[valid-type]
    direction: Direction | None  # type: ignore[valid-type]
    alignments: list[Alignment]  # type: ignore[valid-type]
    changes: list[Change]  # type: ignore[valid-type]
