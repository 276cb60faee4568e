"""Fetching files from addresses by fsspec: whole, into a folder that goes as soon as the file has been read."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from errno import EDQUOT, EFBIG, ENOSPC
from tempfile import TemporaryDirectory, gettempdir
from time import monotonic
from typing import Any, NoReturn

from stemmata.errors import SourceError, cause
from stemmata.readers.addresses import WEB, redact, scheme, scrubbed

AT_ONCE = 1 << 20  # bytes that are written at a time
SLOWEST = 10_000  # bytes a second on average; who sends less is given up
IDLE_SECONDS = 60  # after which a web server that sends nothing is given up
OURS = ("file", "local", "zip", "tar", "libarchive")  # what needs no address
PACKAGES = {
    "s3": "s3fs",
    "s3a": "s3fs",
    "gs": "gcsfs",
    "gcs": "gcsfs",
    "hf": "huggingface_hub",
    "http": "aiohttp",
    "https": "aiohttp",
    "abfs": "adlfs",
    "abfss": "adlfs",
    "az": "adlfs",
    "sftp": "paramiko",
    "ssh": "paramiko",
    "smb": "smbprotocol",
    "oss": "ossfs",
    "webhdfs": "requests",
}
IPV6 = re.compile(r"://(?:[^/@]*@)?\[[0-9A-Fa-f:.%]+\]")
ACCESS = "check the address, and who may read it; keys are taken from where its library looks for them."
ROOM = "make room, or name a folder on a larger disk in the environment (TMPDIR)."
NETWORK = "check the address and the network, and run again."


@contextmanager
def fetched(address: str, most: int, goes_on: Callable[[], bool]) -> Iterator[str]:
    """Have a file here as long as it is read.

    Parameters
    ----------
    address : str
        As :func:`stemmata.readers.remote.list_files` returned it.
    most : int
        The most bytes that it may have.
    goes_on : callable
        Whether it is still wanted.

    Yields
    ------
    str
        Its path on this machine.

    Raises
    ------
    SourceError
        It cannot be fetched, or has more bytes, or there is no room for it.
    """
    try:
        folder = TemporaryDirectory(prefix="stemmata-", ignore_cleanup_errors=True)
    except OSError as error:
        raise SourceError(f"there is no folder to fetch it into: {error.strerror}.", mend=ROOM) from error
    with folder as place:
        path = os.path.join(place, "fetched")
        _fetch(address, path, most, goes_on)
        yield path


def refuse_room(size: int) -> None:
    """Refuse to fetch what the folder for temporary files has no room for.

    Raises
    ------
    SourceError
        It has not.
    """
    free = shutil.disk_usage(gettempdir()).free
    if size > free:
        what = f"it has {size:,} bytes, and the folder for temporary files has room for {free:,}."
        raise SourceError(what, mend=ROOM)


def first_bytes(address: str, size: int) -> bytes:
    """Return how a file begins.

    Raises
    ------
    SourceError
        It cannot be fetched.
    """
    try:
        system, path = opened(address)
        with _reading(system, path, address) as file:
            return _read(file, size)
    except SourceError:
        raise
    except Exception as error:
        raise explained(error, address) from None  # what it says may hold what is secret


def _fetch(address: str, path: str, most: int, goes_on: Callable[[], bool]) -> None:
    come, begun = 0, monotonic()
    try:
        system, there = opened(address)
        with _reading(system, there, address) as file, open(path, "wb") as here:
            while goes_on() and (some := file.read(AT_ONCE)):
                come += len(some)
                if come > most:
                    break
                here.write(some)
                if (spent := monotonic() - begun) > IDLE_SECONDS + come / SLOWEST:
                    raise SourceError(f"it comes too slowly: {come:,} bytes in {spent:.0f} seconds.", mend=NETWORK)
    except SourceError:
        raise
    except Exception as error:
        raise explained(error, address) from None
    if come > most:
        raise SourceError(
            f"it has over {most:,} bytes, and the limit is {most:,}.",
            mend="split it, or raise the limit (limit_bytes, --limit-bytes).",
        )


def _read(file: Any, size: int) -> bytes:
    parts: list[bytes] = []
    while size > 0 and (some := file.read(size)):
        parts.append(some)
        size -= len(some)
    return b"".join(parts)


def _reading(system: Any, path: str, address: str) -> Any:
    """Open a file; of the web as a stream, since not every server gives parts of one."""
    return system.open(path, "rb", block_size=0) if scheme(address) in WEB else system.open(path, "rb")


def opened(address: str) -> tuple[Any, str]:
    """Return the file system of an address, and its path there."""
    kind = scheme(address)
    if IPV6.search(address):  # fsspec takes its colons for a chain
        mend = "give the name of the host."
        raise SourceError("a host that is a number of IPv6 cannot be asked.", where=redact(address), mend=mend)
    if "::" in address or kind in OURS:
        raise SourceError(
            "such an address cannot be a source.",
            where=redact(address),
            mend="give a file of this machine by its path, and an archive by its own address: what is in it is read.",
        )
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise SourceError(
            "an address needs fsspec, which is not installed.",
            where=redact(address),
            mend="pip install 'stemmata[remote]', or give a path of this machine.",
        ) from None
    try:
        found: tuple[Any, str] = url_to_fs(address, **_patience(kind))
    except ImportError as error:
        package = PACKAGES.get(kind)
        raise SourceError(
            f"addresses that begin with {kind}:// need {package or 'a package'} that is not installed.",
            where=redact(address),
            mend=f"pip install {package}" if package else f"install it: {_said(error, address)}.",
        ) from None
    except ValueError as error:
        _refuse_unknown(error, address)
    return found


def _refuse_unknown(error: ValueError, address: str) -> NoReturn:
    raise SourceError(
        f"it is no address that can be opened: {_said(error, address)}.",
        where=redact(address),
        mend="check how it begins, and how it is written.",
    ) from None


def _patience(kind: str) -> dict[str, Any]:
    """Return how long to wait for the web: as long as something comes."""
    if kind not in WEB:
        return {}
    from aiohttp import ClientTimeout

    return {"client_kwargs": {"timeout": ClientTimeout(total=None, connect=IDLE_SECONDS, sock_read=IDLE_SECONDS)}}


def explained(error: Exception, address: str) -> SourceError:
    """Return why a file or a folder cannot be fetched, without what is secret in its address."""
    if is_missing(error, address):
        return SourceError("it is not there any more.", mend="run again.")
    if isinstance(error, FileNotFoundError) and isinstance(error.__cause__, Exception):
        error = error.__cause__
    if isinstance(error, OSError) and error.errno in (ENOSPC, EDQUOT, EFBIG):
        return SourceError(f"it cannot be written while it is fetched: {error.strerror}.", mend=ROOM)
    if isinstance(error, PermissionError) or _status(error) in (401, 403):
        return SourceError(f"it may not be read: {_said(error, address)}.", mend=ACCESS)
    return SourceError(f"it cannot be fetched: {_said(error, address)}.", mend=NETWORK)


def is_missing(error: Exception, address: str) -> bool:
    """Tell whether there is nothing at an address; of the web fsspec says so whatever went wrong."""
    if not isinstance(error, FileNotFoundError):
        return False
    return scheme(address) not in WEB or error.__cause__ is None or _status(error.__cause__) in (404, 410)


def _status(error: BaseException) -> int:
    """Return what a server answered, if one did: aiohttp and others say it in two ways."""
    answer = getattr(error, "response", None)
    status = getattr(error, "status", None) or getattr(answer, "status_code", None)
    return status if isinstance(status, int) else 0


def _said(error: Exception, address: str) -> str:
    said = scrubbed(str(error), address).strip()
    return cause(SourceError(said)) if said else type(error).__name__
