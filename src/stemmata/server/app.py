"""The application: a room, or a place for files to be dropped, behind the guards."""

from __future__ import annotations

from functools import cache, partial

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.exceptions import HTTPException

from stemmata._version import __version__
from stemmata.errors import LockedError, MissingSource, OptionError, SourceError, StemmataError
from stemmata.room.site import Site, render
from stemmata.server import document_routes, group_routes
from stemmata.server.description import describe, is_data
from stemmata.server.guards import Guards, own_hosts
from stemmata.server.routes import router
from stemmata.server.shelves import Shelf

MOST = 100_000_000  # bytes of a request
_STATUS = ((MissingSource, 404), (OptionError, 422), (SourceError, 422), (LockedError, 503), (StemmataError, 500))


def make_app(shelf: Shelf, *, host: str = "127.0.0.1", token: str = "", most: int = MOST) -> FastAPI:
    """Return the application.

    Parameters
    ----------
    shelf : Shelf
        Where the room comes from.
    host : str
        The address under which it is reached.
    token : str
        What a request must know; empty: nothing.
    most : int
        Bytes that one request may send.
    """
    app = FastAPI(
        title="stemmata",
        version=__version__,
        description="Which texts derive from which, which is the original, and what did each copy change?",
        docs_url=None,  # they would load scripts from elsewhere
        redoc_url=None,
    )
    app.state.shelf = shelf
    app.openapi = cache(partial(describe, app))  # type: ignore[method-assign]
    app.include_router(router)
    app.include_router(document_routes.router)
    app.include_router(group_routes.router)
    app.add_exception_handler(StemmataError, _told)
    app.add_exception_handler(RequestValidationError, _misasked)
    app.add_exception_handler(HTTPException, _unmet)
    app.add_middleware(Guards, hosts=own_hosts(host), token=token, most=most)
    return app


async def _told(request: Request, error: Exception) -> Response:
    assert isinstance(error, StemmataError)
    status = next(status for kind, status in _STATUS if isinstance(error, kind))
    return _answer(request, status, error.what, error.mend)


async def _misasked(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    said = "; ".join(f"{'.'.join(map(str, one['loc'][1:]))}: {one['msg']}" for one in error.errors()[:5])
    return _answer(request, 422, f"the request is not as it should be: {said}.", "")


async def _unmet(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    answer = _answer(request, error.status_code, f"{error.detail}.", "")
    answer.headers.update(error.headers or {})
    return answer


def _answer(request: Request, status: int, what: str, mend: str) -> Response:
    """Say what went wrong: as a page, or as JSON where that was asked for."""
    if is_data(request.url.path):
        return JSONResponse({"what": what, "mend": mend}, status)
    site: Site = request.app.state.shelf.site()
    return HTMLResponse(render("room_message.html.jinja", site, "", status=status, what=what, mend=mend), status)
