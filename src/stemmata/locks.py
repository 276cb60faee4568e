"""Be the one process that writes a folder."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from stemmata.errors import LockedError

LOCK = "catalog.lock"


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Be the one writer, and say so in the lock file; the lock ends with the process, however it ends."""
    with open(path / LOCK, "a+", encoding="utf-8") as file:
        try:
            _lock(file)
        except (BlockingIOError, PermissionError) as error:
            file.seek(0)
            raise LockedError(
                "another process is writing the folder.",
                where=f"{path}: {file.read(200) or 'it has not said which'}",
                mend="wait until it has ended, or stop it.",
            ) from error
        file.truncate(0)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with suppress(OSError):  # a full disk has no room for the name; the lock holds
            os.write(file.fileno(), f"process {os.getpid()} on {socket.gethostname()} since {now}".encode())
        try:
            yield
        finally:
            file.truncate(0)


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[str]) -> None:
        file.seek(1 << 30)  # far past the text, so that others may read who holds the lock
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: IO[str]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
