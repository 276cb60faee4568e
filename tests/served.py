"""What tests of the server share: waiting for what comes from another process or thread."""

from __future__ import annotations

import time
from collections.abc import Callable

PATIENCE = 300  # seconds: kernels may have to be compiled first


def wait_for(came: Callable[[], object]) -> None:
    """Wait until something is so; a test that waits in vain fails."""
    until = time.monotonic() + PATIENCE
    while not came():
        assert time.monotonic() < until, "it never came"
        time.sleep(0.02)
