"""Compute a thing once, however many threads ask for it at the same time."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import wraps
from threading import RLock
from typing import ParamSpec, TypeVar

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


def once(function: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
    """Keep a function's result for each set of arguments; ``functools.cache`` lets every thread compute its own."""
    results: dict[Hashable, Result] = {}
    lock = RLock()

    @wraps(function)
    def asked(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Result:
        key = (args, tuple(sorted(kwargs.items())))
        if key not in results:
            with lock:
                if key not in results:
                    results[key] = function(*args, **kwargs)
        return results[key]

    return asked
