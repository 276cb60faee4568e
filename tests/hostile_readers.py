"""Readers that do what hostile files make readers do; a worker finds them by name, like any other."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time

import numpy as np
import pyarrow as pa

from stemmata import schemas
from stemmata.errors import SourceError
from stemmata.readers.columns import take_records

seen = 0  # files that this process has read


def echo(data: bytes, *, repeat: int = 1) -> pa.Table:
    """Well-behaved: the bytes are the text; the title says which process read them, the author how many it had."""
    global seen
    seen += 1
    record = {"text": data.decode() * repeat, "title": str(os.getpid()), "author": str(seen)}
    notes = [{"stage": "documents", "what": "echoes", "count": 1}]
    return schemas.remark(take_records([record], [None]), notes=notes)


def refuse(data: bytes) -> pa.Table:
    raise SourceError(f"it is {data.decode()}.", mend="give another.")


def fail(data: bytes) -> pa.Table:  # noqa: ARG001
    raise KeyError(f"no such thing in {object()!r}")


def sleep(data: bytes) -> pa.Table:
    time.sleep(600)
    return echo(data)


def spin(data: bytes) -> pa.Table:  # noqa: ARG001
    """Hang without ever letting go of the interpreter lock."""
    sys.setswitchinterval(600)
    while True:
        pass


def segfault(data: bytes) -> pa.Table:
    ctypes.string_at(1)
    return echo(data)


def die(data: bytes) -> pa.Table:
    os.kill(os.getpid(), signal.SIGKILL)
    return echo(data)


def leave(data: bytes) -> pa.Table:  # noqa: ARG001
    os._exit(5)


def swell(data: bytes) -> pa.Table:  # noqa: ARG001
    kept = []
    while True:
        kept.append(np.empty(256 << 20, np.uint8))  # asked for, but never touched


def die_if_used(data: bytes) -> pa.Table:
    """Crash in a process that has read a file before, as one whose memory is worn might."""
    if seen:
        os.abort()
    return echo(data)


def print_out(data: bytes) -> pa.Table:
    print("a library that talks", flush=True)
    os.write(1, b"and one that writes")
    assert not sys.stdin.read()
    return echo(data)


def name_flags(data: bytes) -> pa.Table:  # noqa: ARG001
    """The text is how Python was started."""
    return take_records([{"text": "isolated" if sys.flags.isolated else "open"}], [None])


def name_modules(data: bytes) -> pa.Table:
    """The text is what would be imported under a name."""
    from importlib.util import find_spec

    spec = find_spec(data.decode())
    return take_records([{"text": str(spec and spec.origin)}], [None])
