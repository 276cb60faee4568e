"""The application: a room, or a place for files to be dropped, behind the guards."""

from __future__ import annotations

from functools import cache, partial

from fastapi import Depends, FastAPI

from stemmata._version import __version__
from stemmata.server import checking, claims, deciding, document_routes, dressing, dropping, group_routes, routes
from stemmata.server.answers import answer_errors
from stemmata.server.description import describe
from stemmata.server.guards import Guards, own_hosts
from stemmata.server.piles import Piles
from stemmata.server.shelves import Shelf
from stemmata.server.turns import Turns

MOST = 25_000_000  # bytes of a request that drops no files
ROOM = (
    routes.router,
    document_routes.router,
    group_routes.router,
    checking.router,
    claims.router,
    deciding.router,
    dressing.waiting,
    dressing.router,
)


def make_app(shelf: Shelf | Piles, *, host: str = "127.0.0.1", token: str = "", most: int = MOST) -> FastAPI:
    """Return the application.

    Parameters
    ----------
    shelf : Shelf or Piles
        Where the room comes from, or those that are made of files that are dropped.
    host : str
        The address under which it is reached.
    token : str
        What a request must know; empty: nothing.
    most : int
        Bytes that one request may send; of files that are dropped, as many as the piles say.
    """
    app = FastAPI(
        title="stemmata",
        version=__version__,
        description="Which texts derive from which, which is the original, and what did each copy change?",
        docs_url=None,  # they would load scripts from elsewhere
        redoc_url=None,
    )
    app.openapi = cache(partial(describe, app))  # type: ignore[method-assign]
    app.state.turns = Turns()
    larger: dict[str, int] = {}
    if isinstance(shelf, Piles):
        app.state.piles = shelf
        for router in (dropping.router, dressing.router):
            app.include_router(router)
        for router in (*ROOM, dropping.deleting):
            app.include_router(router, prefix=dropping.PREFIX, dependencies=[Depends(dropping.of_pile)])
        larger = dict.fromkeys(("/", "/piles.json"), shelf.limit)
    else:
        app.state.shelf = shelf
        for router in ROOM:
            app.include_router(router)
    answer_errors(app)
    app.add_middleware(Guards, hosts=own_hosts(host), token=token, most=most, larger=larger)
    return app
