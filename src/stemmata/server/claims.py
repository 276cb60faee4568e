"""A claim is followed: all its wordings, and who introduced each."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, Field

from stemmata import schemas
from stemmata.errors import OptionError
from stemmata.following import Followed, follow_claim
from stemmata.report.links import address
from stemmata.report.room import Room
from stemmata.room import follow
from stemmata.room.site import render
from stemmata.server import models
from stemmata.server.routes import At
from stemmata.server.turns import Turns

Wording = models.row(schemas.WORDINGS)
Claim = Annotated[str, Query(max_length=follow.LONGEST, description="A sentence, or a part of one: three words.")]
router = APIRouter()


class Nearest(BaseModel):
    """What comes closest to a claim that no document holds."""

    doc: str
    wording: str
    share: float = Field(description="Of the claim's words, how many it has there.")


class Wordings(BaseModel):
    """How a claim was worded, the earliest first."""

    claim: str
    headline: str
    documents: int = Field(description="Among which it was looked for.")
    wordings: list[Wording]  # type: ignore[valid-type]
    nearest: Nearest | None


@router.get("/follow", response_class=HTMLResponse, tags=["pages"])
def follow_page(at: At, request: Request, claim: Claim = "") -> HTMLResponse:
    """Show how a claim was worded, and who introduced each wording; without one, the form for it."""
    told: dict[str, Any] = {"claim": claim, "longest": follow.LONGEST, "error": None, "headline": ""}
    room = at.room()
    if claim.strip():
        try:
            told |= follow.tell(room, _followed(request, room, claim))
        except OptionError as error:
            told["error"] = error
    twin = address("follow.json", claim=claim) if told["headline"] else ""
    page = render("room_follow.html.jinja", at.site(), "follow", twin=twin, **told)
    return HTMLResponse(page, 422 if told["error"] else 200)


@router.get("/follow.json", tags=["data"])
def follow_twin(at: At, request: Request, claim: Claim) -> Wordings:
    """List how a claim was worded, and who introduced each wording."""
    return Wordings(**follow.twin(_followed(request, at.room(), claim)))


def _followed(request: Request, room: Room, claim: str) -> Followed:
    follow.check_size(room)
    turns: Turns = request.app.state.turns
    with turns.taken():
        return follow_claim(room.trace, claim)
