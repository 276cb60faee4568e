"""Files are dropped, in a form or by a program; what is found in them is a room of its own, behind a long address."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel, Field

from stemmata.room import drop
from stemmata.room.site import Site, render
from stemmata.server.piles import Piles
from stemmata.server.uploads import MOST_FILES, Upload

PREFIX = "/piles/{pile}"
Name = Annotated[str, Path(pattern=r"^[\w-]{22}$", description="As the server has called it.")]
FORM = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "properties": {"files": {"type": "array", "items": {"type": "string", "format": "binary"}}},
                }
            }
        },
    }
}
router, deleting = APIRouter(), APIRouter()


class PileMade(BaseModel):
    """A pile that is being traced."""

    pile: str
    address: str = Field(description="Of its room, relative to the server's own.")


def of_pile(pile: Name) -> str:
    """Return the name of a pile, for the description of what can be asked."""
    return pile


def _piles(request: Request) -> Piles:
    piles: Piles = request.app.state.piles
    return piles


All = Annotated[Piles, Depends(_piles)]


def no_room(home: str = "./") -> Site:
    """Return what stands around pages where nothing is shown yet."""
    return Site(name="", has_room=False, home=home)


@router.get("/", response_class=HTMLResponse, tags=["pages"])
def drop_page(piles: All) -> HTMLResponse:
    """Show the form onto which files are dropped."""
    return HTMLResponse(render("room_drop.html.jinja", no_room(), "", **drop.tell(piles.limit, MOST_FILES)))


@router.post("/", tags=["pages"], status_code=303, response_class=RedirectResponse, openapi_extra=FORM)
async def drop_files(piles: All, request: Request) -> RedirectResponse:
    """Take files, and lead to where what is found in them will be."""
    return RedirectResponse(f"piles/{await _taken(piles, request)}/", 303)


@router.post("/piles.json", tags=["data"], status_code=202, openapi_extra=FORM)
async def make_pile(piles: All, request: Request) -> PileMade:
    """Take files, and say where what is found in them will be."""
    pile = await _taken(piles, request)
    return PileMade(pile=pile, address=f"piles/{pile}/")


@deleting.post("/delete", tags=["pages"], status_code=303, response_class=RedirectResponse)
def delete_pile(piles: All, pile: Name) -> RedirectResponse:
    """Forget a pile, with all that was found; what is being worked out about it is cancelled."""
    piles.delete(pile)
    return RedirectResponse("../../", 303)


async def _taken(piles: Piles, request: Request) -> str:
    """Write files down as they come, and start to trace them."""
    folder = await run_in_threadpool(piles.begin)
    try:
        upload = await run_in_threadpool(Upload, request.headers.get("content-type", ""), folder)
        try:
            async for data in request.stream():
                await run_in_threadpool(upload.feed, data)
            dropped = await run_in_threadpool(upload.finish)
        finally:
            await run_in_threadpool(upload.close)
    except BaseException:
        await run_in_threadpool(piles.give_up, folder)
        raise
    return await run_in_threadpool(piles.start, folder, dropped)
