"""Say which texts derive from which, which is the original, and what each copy changed.

>>> import stemmata as st
>>> trace = st.compare("article.txt", "copy.txt")  # doctest: +SKIP

Names are loaded when they are asked for, so that importing the package costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from stemmata._version import __version__

if TYPE_CHECKING:
    from stemmata.alignments import align
    from stemmata.changes import list_changes
    from stemmata.counts import build_counts
    from stemmata.deduplication import dedup
    from stemmata.directions import find_directions
    from stemmata.documents import Text, read_documents
    from stemmata.engines import LocalEngine
    from stemmata.engines.spark import SparkEngine
    from stemmata.errors import StemmataError
    from stemmata.families import group_families
    from stemmata.fingerprints import fingerprint
    from stemmata.following import follow
    from stemmata.joining import join_shards
    from stemmata.library import Library
    from stemmata.opening import open_trace as open  # noqa: A004 (st.open is the public name)
    from stemmata.packing import verify_pack
    from stemmata.pairs import find_pairs
    from stemmata.pipeline import Options
    from stemmata.relations import classify
    from stemmata.shards import fingerprint_shard, write_statistics
    from stemmata.statistics import collect_statistics
    from stemmata.stemma import build_stemma
    from stemmata.traced import Trace
    from stemmata.tracing import compare, trace
    from stemmata.witnesses import stemma_from_collation, trace_witnesses

_HOMES = {
    "Library": "library",
    "LocalEngine": "engines",
    "Options": "pipeline",
    "SparkEngine": "engines.spark",
    "StemmataError": "errors",
    "Text": "documents",
    "Trace": "traced",
    "align": "alignments",
    "build_counts": "counts",
    "build_stemma": "stemma",
    "classify": "relations",
    "collect_statistics": "statistics",
    "compare": "tracing",
    "dedup": "deduplication",
    "find_directions": "directions",
    "find_pairs": "pairs",
    "fingerprint": "fingerprints",
    "fingerprint_shard": "shards",
    "follow": "following",
    "group_families": "families",
    "join_shards": "joining",
    "list_changes": "changes",
    "open": "opening",
    "read_documents": "documents",
    "stemma_from_collation": "witnesses",
    "trace": "tracing",
    "trace_witnesses": "witnesses",
    "verify_pack": "packing",
    "write_statistics": "shards",
}

__all__ = [
    "Library",
    "LocalEngine",
    "Options",
    "SparkEngine",
    "StemmataError",
    "Text",
    "Trace",
    "__version__",
    "align",
    "build_counts",
    "build_stemma",
    "classify",
    "collect_statistics",
    "compare",
    "dedup",
    "find_directions",
    "find_pairs",
    "fingerprint",
    "fingerprint_shard",
    "follow",
    "group_families",
    "join_shards",
    "list_changes",
    "open",
    "read_documents",
    "stemma_from_collation",
    "trace",
    "trace_witnesses",
    "verify_pack",
    "write_statistics",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'stemmata' has no attribute {name!r}")
    from importlib import import_module

    home = import_module(f"stemmata.{_HOMES[name]}")
    found: object = getattr(home, "open_trace" if name == "open" else name)
    return found


def load_ipython_extension(shell: Any) -> None:
    """Let notebooks show tables as tables: ``%load_ext stemmata``."""
    from pyarrow import Table

    from stemmata.report.notebook import render_table

    shell.display_formatter.formatters["text/html"].for_type(Table, render_table)


def __dir__() -> list[str]:
    return __all__
