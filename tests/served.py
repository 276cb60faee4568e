"""What tests of the server share: the program as a server, and waiting for what comes from elsewhere."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 300  # seconds: kernels may have to be compiled first


def wait_for(came: Callable[[], object]) -> None:
    """Wait until something is so; a test that waits in vain fails."""
    until = time.monotonic() + PATIENCE
    while not came():
        assert time.monotonic() < until, "it never came"
        time.sleep(0.02)


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    """Return a zip archive of some files."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return packed.getvalue()


@contextmanager
def served(*arguments: str | Path, temporary: Path) -> Iterator[str]:
    """Run the program, and hand over the address that it prints; Ctrl-C ends it well, and nothing is left."""
    command = [sys.executable, "-m", "stemmata", "serve", *map(str, arguments), "--port", "0"]
    surroundings = {**os.environ, "TMPDIR": str(temporary), "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, env=surroundings) as process:
        assert process.stderr is not None
        assert process.stdout is not None
        try:
            yield process.stderr.readline().decode().strip()
        finally:
            process.send_signal(signal.SIGINT)
            status = process.wait(60)
        said = process.stderr.read().decode() + process.stdout.read().decode()
    assert (status, said) == (0, ""), "it is quiet, and ends well"
    assert not [*temporary.iterdir()], "nothing is left behind"
