"""How much each reason weighs: fitted on labelled pairs by ``benchmarks/train_direction.py``."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from importlib.resources import files
from typing import TypeAlias

from stemmata.once import once

Weights: TypeAlias = "Mapping[str, Mapping[str, float]]"
"""By the name of a reason and by gate: log-odds for one spread of its figure where the gate is open; from 0."""

_OTHERS: ContextVar[Weights | None] = ContextVar("others", default=None)


def weights(*, counted: bool = True) -> Weights:
    """Return the weights in use: those that ship with the package, but within ``using``.

    Parameters
    ----------
    counted : bool
        Whether pairs of words of the language were counted; where none were, the other reasons weigh more.
    """
    others = _OTHERS.get()
    return _shipped()["weights" if counted else "uncounted"] if others is None else others


@once
def _shipped() -> Mapping[str, Weights]:
    held: Mapping[str, Weights] = json.loads((files("stemmata") / "data" / "direction.json").read_text("utf-8"))
    return held


@contextmanager
def using(fitted: Weights) -> Iterator[None]:
    """Weigh with others in this context, and in what an engine runs from it: to measure what others would say."""
    before = _OTHERS.set(fitted)
    try:
        yield
    finally:
        _OTHERS.reset(before)
