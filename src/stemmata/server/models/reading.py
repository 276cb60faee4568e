"""What may be asked of the readings of a family, and what is answered."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from stemmata import schemas
from stemmata.room.readings import ORDERS
from stemmata.server.models import Listed, Text, Wanted, row

Reading = row(schemas.READINGS)


class ReadingsWanted(Wanted):
    """Which places of which family are wanted."""

    family: str = Field(min_length=1, max_length=200, description="Its name, as `families` has it.")
    q: Text = Field("", description="In a reading.")
    order: Literal[*ORDERS] = Field("gravest", description="What comes first.")  # type: ignore[valid-type]
    place: str = Field("", max_length=40, description="Of a place: the page that holds it is wanted.")


class Place(BaseModel):
    """A place at which members differ."""

    at: str = Field(description="Its address on the page.")
    text: int
    place: int
    differing: int = Field(description="Members that read otherwise than most do.")
    severity: float = Field(description="Of the gravest alteration of fact of which a word stands there; 0: of none.")
    readings: list[Reading] = Field(description="The one that was seen first first.")  # type: ignore[valid-type]


class Readings(Listed):
    """A page of the places at which the members of a family differ."""

    family: str
    places: list[Place]
