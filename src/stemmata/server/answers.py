"""What is answered where something is wrong, or not yet there: as a page, or as JSON where that was asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.exceptions import HTTPException

from stemmata.errors import LockedError, MissingSource, OptionError, SourceError, StemmataError
from stemmata.report.escape import oneline
from stemmata.room.site import Site, render
from stemmata.server.description import is_data
from stemmata.server.dressing import progress_of
from stemmata.server.dropping import no_room
from stemmata.server.piles import HOME
from stemmata.server.routes import shelf_of
from stemmata.server.shelves import Unready
from stemmata.server.turns import Busy

_STATUS = (
    (MissingSource, 404),
    (OptionError, 422),
    (SourceError, 422),
    (LockedError, 503),
    (Busy, 503),
    (StemmataError, 500),
)
NONE = "'', "  # among the words that a choice may have: nothing is chosen
AGAIN = {Unready: 2, Busy: 5, LockedError: 5}  # seconds after which it is worth asking again


def answer_errors(app: FastAPI) -> None:
    """Have an application answer every error in the words of its own, in threads: pages take time to be made."""
    app.add_exception_handler(StemmataError, _told)
    app.add_exception_handler(RequestValidationError, _misasked)
    app.add_exception_handler(HTTPException, _unmet)


def _told(request: Request, error: Exception) -> Response:
    assert isinstance(error, StemmataError)
    again = next((seconds for kind, seconds in AGAIN.items() if isinstance(error, kind)), 0)
    headers = {"retry-after": str(again)} if again else {}
    if isinstance(error, Unready):
        return _unready(request, error, headers)
    status = next(status for kind, status in _STATUS if isinstance(error, kind))
    what = error.what
    if isinstance(error, LockedError) and ": " in error.where:  # behind the path, who holds it
        what = f"{error.what[:-1]}: {error.where.rpartition(': ')[2]}."
    return _answer(request, status, what, error.mend, headers)


def _unready(request: Request, error: Unready, headers: Mapping[str, str]) -> Response:
    """Say what is being worked out, and how far it is."""
    told = progress_of(error)
    if is_data(request.url.path):
        return JSONResponse({"what": error.what, "mend": error.mend, **told.model_dump()}, 503, headers)
    shown = {
        "what": error.what,
        "mend": error.mend,
        "failed": told.state == "failed",
        **told.model_dump(include={"ahead", "line", "done", "total"}),
    }
    return HTMLResponse(render("room_waiting.html.jinja", _site(request), "", **shown), 503, headers)


def _misasked(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    what, mend = zip(*map(_fault, error.errors()[:5]), strict=True)
    return _answer(request, 422, f"the request is not as it should be: {'; '.join(what)}.", f"{'; '.join(mend)}.")


def _fault(one: Mapping[str, Any]) -> tuple[str, str]:
    """Say what is wrong with a part of a request, and what to do about it."""
    name = ".".join(map(str, one["loc"][1:])) or "its body"
    if one["type"] == "literal_error":
        choices = one["ctx"]["expected"].removeprefix(NONE)
        return f"'{oneline(str(one['input']), 80)}' is no {name}", f"for {name}, choose one of {choices}"
    mends = {"missing": f"give {name}", "extra_forbidden": f"leave {name} out"}
    return f"{name}: {one['msg']}", mends.get(one["type"], f"mend what is given as {name}")


def _unmet(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    mend = "what can be asked stands in openapi.json." if error.status_code in (404, 405) else ""
    return _answer(request, error.status_code, f"{str(error.detail).rstrip('.')}.", mend, error.headers)


def _answer(request: Request, status: int, what: str, mend: str, headers: Mapping[str, str] | None = None) -> Response:
    if is_data(request.url.path):
        return JSONResponse({"what": what, "mend": mend}, status, headers)
    page = render("room_message.html.jinja", _site(request), "", status=status, what=what, mend=mend)
    return HTMLResponse(page, status, headers)


def _site(request: Request) -> Site:
    """Return what stands around the page; where there is no room, nothing. It may lie deeper than any that is there."""
    path = request.scope["path"].removeprefix(request.scope.get("root_path", ""))
    in_pile = "pile" in request.path_params
    root = "../" * (path.count("/") - (3 if in_pile else 1))
    try:
        site = shelf_of(request).site()
    except (AttributeError, StemmataError):
        site = no_room(HOME if in_pile else "./")
    return replace(site, root=root)
