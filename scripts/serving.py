"""Serve a run's folder on this machine, for as long as a picture or a test needs it."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from stemmata.server.app import make_app
from stemmata.server.shelves import RunShelf


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve a run's folder on a free port, and give its address."""
    held = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(make_app(RunShelf(folder)), log_level="error", lifespan="off"))
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
