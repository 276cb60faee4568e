"""The pages on groups of documents and on readings, and their twins."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from stemmata.report.links import address
from stemmata.room import group, groups, readings
from stemmata.server import models
from stemmata.server.models import grouping, reading
from stemmata.server.models.listed import By
from stemmata.server.routes import At, Id, show

router = APIRouter()


@router.get("/groups", response_class=HTMLResponse, tags=["pages"])
def groups_page(at: At, asked: Annotated[grouping.GroupsWanted, Query()]) -> HTMLResponse:
    """Show documents gathered by a column, and who takes from whom."""
    twin = address("groups.json", **asked.model_dump(exclude_defaults=True))
    return show(
        at.site(), "room_groups.html.jinja", "groups", twin, groups.tell(at.room(), groups.Wanted(**asked.model_dump()))
    )


@router.get("/groups.json", tags=["data"])
def groups_twin(at: At, asked: Annotated[grouping.GroupsWanted, Query()]) -> grouping.Groups:
    """Count documents gathered by a column, and who takes from whom."""
    return grouping.Groups(**groups.twin(at.room(), groups.Wanted(**asked.model_dump())))


@router.get("/group", response_class=HTMLResponse, tags=["pages"])
def group_page(at: At, by: By, name: Id, page: models.Page = 1) -> HTMLResponse:
    """Show the dossier on one site, author, year or group."""
    twin = address("group.json", by=by, name=name)
    return show(at.site(), "room_group.html.jinja", "groups", twin, group.tell(at.room(), by, name, page))


@router.get("/group.json", tags=["data"])
def group_twin(at: At, by: By, name: Id) -> grouping.Group:
    """Count what a group takes from others, and they from it."""
    return grouping.Group(**group.twin(at.room(), by, name))


@router.get("/readings", response_class=HTMLResponse, tags=["pages"])
def readings_page(at: At, asked: Annotated[reading.ReadingsWanted, Query()]) -> HTMLResponse:
    """Show where the members of a family differ, and who read what first."""
    twin = address("readings.json", **asked.model_dump(exclude_defaults=True))
    told = readings.tell(at.room(), readings.Wanted(**asked.model_dump()))
    return show(at.site(), "room_readings.html.jinja", "families", twin, told)


@router.get("/readings.json", tags=["data"])
def readings_twin(at: At, asked: Annotated[reading.ReadingsWanted, Query()]) -> reading.Readings:
    """List where the members of a family differ."""
    return reading.Readings(**readings.twin(at.room(), readings.Wanted(**asked.model_dump())))
