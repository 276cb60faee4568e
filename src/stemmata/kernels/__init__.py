"""Numba kernels on flat arrays: no Arrow, no options, no input or output; one algorithm a module.

Compiled code is kept in a folder named by a digest of all kernels: numba itself looks only at the file that
defines a function, and would miss a change in a kernel that it calls. Where no folder can be written the
kernels compile anew in each process.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
import numba.core.config

Function = TypeVar("Function", bound=Callable[..., object])
config: Any = numba.core.config  # made of the environment as numba starts; its names are not declared


@cache
def cache_folder() -> Path | None:
    """Return the folder of compiled kernels, made if need be; None where none can be written."""
    digest = hashlib.sha256(f"{sys.version_info[:2]} {numba.__version__}".encode())
    for source in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(source.name.encode())
        digest.update(source.read_bytes())
    chosen = os.environ.get("NUMBA_CACHE_DIR")
    home = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    try:
        root = Path(chosen) if chosen else Path(home) if home else Path.home() / ".cache"
        folder = root / "stemmata" / f"kernels-{digest.hexdigest()[:16]}"
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except (OSError, RuntimeError):  # RuntimeError: a user without a home
        return None


def compiled() -> bool:
    """Say whether compiled kernels lie ready, so that the first call need not compile."""
    folder = cache_folder()
    return folder is not None and next(folder.rglob("*.nbi"), None) is not None


def inlined(function: Function) -> Function:
    """Have ``function`` written out where kernels call it: a call for each word would cost more than what it does."""
    return cast(Function, numba.njit(inline="always")(function))


def kernel(function: Function) -> Function:
    """Compile ``function`` on its first call, without the interpreter lock, and keep the code on disk."""
    folder = cache_folder()
    if folder is None:
        return cast(Function, numba.njit(nogil=True)(function))
    # numba chooses the folder while it decorates: the setting is put back at once
    before, config.CACHE_DIR = config.CACHE_DIR, str(folder)
    try:
        return cast(Function, numba.njit(nogil=True, cache=True)(function))
    finally:
        config.CACHE_DIR = before
