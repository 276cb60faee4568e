"""What ships with the package for one language or another."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files
from pathlib import Path


@contextmanager
def shipped(name: str, language: str | None) -> Iterator[Path | None]:
    """Yield the file of that name which ships for a language; None where there is none."""
    if not (language or "").isalpha():  # a code that a document gives must not lead elsewhere
        yield None
        return
    file = files("stemmata") / "data" / f"{name}-{language}.parquet"
    if not file.is_file():
        yield None
        return
    with as_file(file) as path:
        yield path
