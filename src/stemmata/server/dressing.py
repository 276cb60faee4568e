"""What pages are dressed with, and by which they look how far something is."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from stemmata.report.environment import assets
from stemmata.server.routes import At
from stemmata.server.shelves import Unready

FOREVER = {"cache-control": "private, max-age=31536000, immutable"}
router, waiting = APIRouter(), APIRouter()


class Progress(BaseModel):
    """How far it is that a room is shown."""

    state: Literal["waiting", "working", "ready", "failed"]
    says: str = Field(description="For people: what is being worked out, or why it could not be.")
    ahead: int = Field(default=0, description="How many others are done before.")
    stage: str = ""
    done: int = 0
    total: int | None = None
    line: str = Field(default="", description="For people: how far the stage is.")


def progress_of(error: Unready) -> Progress:
    """Return how far what is not ready is."""
    job = error.job
    if job is None:
        return Progress(state="failed", says=error.what)
    state: Literal["waiting", "working"] = "waiting" if job.state == "waiting" else "working"
    return Progress(
        state=state,
        says=error.what,
        ahead=error.ahead,
        stage=job.stage,
        done=job.done,
        total=job.total,
        line=job.line,
    )


@waiting.get("/progress.json", tags=["data"])
def progress(at: At) -> Progress:
    """Tell how far it is that the room is shown."""
    try:
        at.room()
    except Unready as error:
        return progress_of(error)
    return Progress(state="ready", says="It is ready.")


@router.get("/style.css", include_in_schema=False)
def style() -> Response:
    """Give the style of all pages."""
    return Response(assets()["css"], media_type="text/css", headers=FOREVER)


@router.get("/icon.svg", include_in_schema=False)
def icon() -> Response:
    """Give the sign by which a browser knows these pages."""
    return Response(assets()["icon"], media_type="image/svg+xml", headers=FOREVER)


@router.get("/script.js", include_in_schema=False)
def script() -> Response:
    """Give the script of all pages."""
    return Response(assets()["js"], media_type="text/javascript", headers=FOREVER)


@router.get("/drop.js", include_in_schema=False)
def dropping() -> Response:
    """Give the script of pages on which files are dropped, or one waits."""
    return Response(assets()["drop"], media_type="text/javascript", headers=FOREVER)
