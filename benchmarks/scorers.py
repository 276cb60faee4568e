"""The scorers that lie beside the benchmark data."""

from __future__ import annotations

import importlib.util
import sys
from functools import cache
from types import ModuleType

from benchmarks import corpora


@cache
def scorer(name: str) -> ModuleType:
    """Return the scorer of that name as a module."""
    spec = importlib.util.spec_from_file_location(name, corpora.TOOLS / f"{name}.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"no scorer {name}.py in {corpora.TOOLS}: set STEMMATA_DATA")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module
