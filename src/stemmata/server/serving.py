"""The server itself: what it serves, where it listens, and what it leaves behind, which is nothing."""

from __future__ import annotations

import errno
import secrets
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import uvicorn

from stemmata import catalog
from stemmata.errors import OptionError
from stemmata.joined import verb_of
from stemmata.server.app import make_app
from stemmata.server.guards import ANY, TOKEN, is_loopback
from stemmata.server.jobs import Jobs
from stemmata.server.libraries import LibraryShelf
from stemmata.server.piles import LIMIT, Piles
from stemmata.server.shelves import RunShelf, Shelf, no_decisions

TOGETHER = 200  # connections
WORKERS = 1  # jobs at a time, by default
GRACE = 3  # seconds in which answers that have begun come to their end


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """How a room is to be served.

    Parameters
    ----------
    place : path or None
        A run or a library; without one, files are dropped.
    host, port
        Where to listen; port 0 is any that is free.
    token : str
        What a request must know; where others than this machine reach the server, one is made.
    decides : bool
        Whether decisions may be written into the library.
    limit : int
        Bytes of files that are dropped at once.
    workers : int
        Jobs at a time.
    nameless : bool
        Whether a run or library is shown without names.
    """

    place: Path | None
    host: str
    port: int
    token: str
    decides: bool
    limit: int
    workers: int
    nameless: bool = False


def serve(wanted: Wanted) -> None:
    """Serve until somebody ends it.

    Raises
    ------
    OptionError
        It cannot listen there; or decisions are wanted of what keeps none.
    FolderError
        The run or library cannot be read.
    """
    if not wanted.token.isascii() or not wanted.token.isprintable():
        raise OptionError("a token has letters without accents, digits and signs.", mend="choose another.")
    if wanted.place is not None and wanted.limit != LIMIT:
        raise OptionError("nothing is dropped into a run or library.", mend="leave --limit-upload out.")
    if wanted.place is not None and wanted.workers != WORKERS:
        raise OptionError("of a run or library no more is worked out than one thing.", mend="leave --workers out.")
    token = wanted.token or ("" if is_loopback(wanted.host) else secrets.token_urlsafe(16))
    with _listening(wanted.host, wanted.port) as listening, _shelf(wanted) as shelf:
        app = make_app(shelf, host=wanted.host, token=token)
        config = uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            server_header=False,
            limit_concurrency=TOGETHER,
            timeout_graceful_shutdown=GRACE,
            lifespan="off",
        )
        sys.stderr.write(f"{_address(wanted.host, listening.getsockname()[1], token)}\n")
        sys.stderr.flush()
        uvicorn.Server(config).run(sockets=[listening])


@contextmanager
def _shelf(wanted: Wanted) -> Iterator[Shelf | Piles]:
    """Hand over where rooms come from, and close it in the end."""
    if wanted.decides and wanted.nameless:
        raise OptionError("whoever decides must see names.", mend="leave --anonymise or --allow-decisions out.")
    if wanted.decides and (wanted.place is None or verb_of(wanted.place) != catalog.LIBRARY):
        raise no_decisions(str(wanted.place or "files that are dropped"))
    if wanted.place is not None and verb_of(wanted.place) != catalog.LIBRARY:
        yield RunShelf(wanted.place, nameless=wanted.nameless)
        return
    if wanted.nameless and wanted.place is None:
        raise OptionError(
            "files that are dropped are shown with their names.",
            mend="trace them, and serve the run with --anonymise.",
        )
    jobs = Jobs(wanted.workers)
    held: LibraryShelf | Piles | None = None
    try:
        if wanted.place is None:
            held = Piles(jobs, limit=wanted.limit)
        else:
            held = LibraryShelf(wanted.place, jobs, may_decide=wanted.decides, nameless=wanted.nameless)
        yield held
    finally:
        jobs.close()
        if held is not None:
            held.close()


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    bare = host.strip("[]")
    try:
        found = socket.getaddrinfo(bare, port, type=socket.SOCK_STREAM)
        family, *_, place = found[0]
        listening = socket.create_server(place[:2], family=family)
    except (OSError, UnicodeError, OverflowError) as error:
        raise _refused(error, host, port) from error
    with listening:
        yield listening


def _refused(error: Exception, host: str, port: int) -> OptionError:
    number = error.errno if isinstance(error, OSError) else None
    if number == errno.EADDRINUSE:
        what, mend = (
            f"port {port} is taken: another server listens there.",
            "choose another, or 0 for any that is free.",
        )
    elif number == errno.EACCES:
        what, mend = f"port {port} must not be taken.", "choose one above 1,023, or 0 for any that is free."
    else:
        said = getattr(error, "strerror", None) or str(error)
        what, mend = f"it cannot listen there: {said}.", "give an address of this machine, such as 127.0.0.1."
    return OptionError(what, where=f"{host}:{port}", mend=mend)


def _address(host: str, port: int, token: str) -> str:
    bare = host.strip("[]")
    name = _own_number(bare) if bare in ANY else bare
    shown = f"[{name}]" if ":" in name else name
    return f"http://{shown}:{port}/" + (f"?{urlencode({TOKEN: token})}" if token else "")


def _own_number(every: str) -> str:
    """Return the address under which others reach this machine; without a network, that of the machine to itself."""
    family, outside, own = (
        (socket.AF_INET6, "2001:db8::1", "::1") if ":" in every else (socket.AF_INET, "192.0.2.1", "127.0.0.1")
    )
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as asking:
            asking.connect((outside, 9))  # sends nothing: it only chooses the way there
            return str(asking.getsockname()[0])
    except OSError:
        return own
