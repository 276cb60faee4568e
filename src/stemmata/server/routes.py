"""The pages of a room and their twins: each takes what was asked to its module, and hands back what that tells."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.responses import HTMLResponse, StreamingResponse

from stemmata.report.links import address
from stemmata.room import decisions, downloads, families, family, overview, pair
from stemmata.room.site import Site, render, stream
from stemmata.rulings import read_rulings
from stemmata.server import models
from stemmata.server.shelves import Shelf

Id = Annotated[str, Query(min_length=1, max_length=4_000, description="As the tables have it.")]
Searched = Annotated[str, Query(max_length=4_000, description="In the name, headline or site of a member.")]


def shelf_of(request: Request) -> Shelf:
    """Return where the room is taken from: of several piles, the one that the address names."""
    state, pile = request.app.state, request.path_params.get("pile")
    shelf: Shelf = state.shelf if pile is None else state.piles.shelf(pile)
    return shelf


At = Annotated[Shelf, Depends(shelf_of)]
Made = Annotated[int, Query(ge=0, description="The number of a decision that was just made, to be confirmed.")]


def site_of(at: At, made: Made = 0) -> Site:
    """Return what stands around a page on which one decides: also that a decision was written down."""
    site = at.site()
    return replace(site, said=decisions.confirm(read_rulings(at.library()), made)) if made and site.decides else site


Here = Annotated[Site, Depends(site_of)]
router = APIRouter()


def show(site: Site, template: str, current: str, twin: str, told: dict[str, Any]) -> HTMLResponse:
    """Return a page."""
    return HTMLResponse(render(template, site, current, twin=twin, **told))


@router.get("/", response_class=HTMLResponse, tags=["pages"])
def overview_page(at: At) -> HTMLResponse:
    """Show what came in, what was found, and where to begin."""
    return show(at.site(), "room_overview.html.jinja", "./", "overview.json", overview.tell(at.room()))


@router.get("/overview.json", tags=["data"])
def overview_twin(at: At) -> models.Overview:
    """Tell what came in, and what was found."""
    return models.Overview(**overview.twin(at.room()))


@router.get("/families", response_class=HTMLResponse, tags=["pages"])
def families_page(at: At, asked: Annotated[models.FamiliesWanted, Query()]) -> HTMLResponse:
    """Show families, searched and filtered."""
    twin = address("families.json", **asked.model_dump(exclude_defaults=True))
    told = families.tell(at.room(), families.Wanted(**asked.model_dump()))
    return show(at.site(), "room_families.html.jinja", "families", twin, told)


@router.get("/families.json", tags=["data"])
def families_twin(at: At, asked: Annotated[models.FamiliesWanted, Query()]) -> models.Families:
    """List families, searched and filtered."""
    return models.Families(**families.twin(at.room(), families.Wanted(**asked.model_dump())))


@router.get("/family", response_class=HTMLResponse, tags=["pages"])
def family_page(at: At, here: Here, id: Id, page: models.Page = 1, q: Searched = "") -> HTMLResponse:  # noqa: A002
    """Show one family: its tree, its members, what the copies changed."""
    told = family.tell(at.room(), id, page, q)
    return show(here, "room_family.html.jinja", "families", address("family.json", id=id), told)


@router.get("/family.json", tags=["data"])
def family_twin(at: At, id: Id) -> models.Family:  # noqa: A002
    """Give the rows that the tables have of a family."""
    return models.Family(**family.twin(at.room(), id))


@router.get("/pair", response_class=HTMLResponse, tags=["pages"])
def pair_page(at: At, here: Here, source: Id, copy: Id) -> StreamingResponse:
    """Show two documents side by side, from the top on as soon as it is there: they may be books."""
    twin = address("pair.json", source=source, copy=copy)
    told = pair.tell(at.room(), source, copy)
    made = stream("room_pair.html.jinja", here, "families", twin=twin, **told)
    return StreamingResponse(made, media_type="text/html")


@router.get("/pair.json", tags=["data"])
def pair_twin(at: At, source: Id, copy: Id) -> models.Pair:
    """Give the rows that the tables have of two documents."""
    return models.Pair(**pair.twin(at.room(), source, copy))


@router.get("/tables/{name}.{format}", response_class=StreamingResponse, responses=models.FILES, tags=["data"])
def table_file(
    at: At,
    name: Annotated[str, Path(max_length=40, description="As the first page lists them.")],
    format: Annotated[Literal["csv", "parquet"], Path()],  # noqa: A002
    family: Annotated[str, Query(max_length=200, description="Only what the table has of this family.")] = "",
) -> StreamingResponse:
    """Download a table, or its rows of one family."""
    table = downloads.choose(at.room(), name, family)
    saved = {"content-disposition": f'attachment; filename="{name}.{format}"'}
    return StreamingResponse(downloads.write(table, format), media_type=downloads.FORMATS[format], headers=saved)
