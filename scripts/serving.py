"""Serve a run's folder, or any application, on this machine, for as long as a picture or a test needs it."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp

from stemmata.server.app import make_app
from stemmata.server.shelves import RunShelf


@contextmanager
def serving(place: Path | ASGIApp) -> Iterator[str]:
    """Serve a run's folder, or an application, on a free port, and give its address."""
    app = make_app(RunShelf(place)) if isinstance(place, Path) else place
    held = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [held]}, daemon=True)
    thread.start()
    while not server.started:
        if not thread.is_alive():
            raise RuntimeError("the room could not be served")
        time.sleep(0.01)
    yield f"http://127.0.0.1:{held.getsockname()[1]}/"
    server.should_exit = True
    thread.join()
    held.close()
