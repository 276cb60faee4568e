"""Where the functions of the stages run: the ``Engine`` protocol, and this machine's own engine."""

from stemmata.engines.engine import Broadcast, Engine
from stemmata.engines.local import LocalEngine
from stemmata.engines.ordering import check_rows, sort_rows
from stemmata.engines.progress import Listener, Progress, telling, watching

__all__ = [
    "Broadcast",
    "Engine",
    "Listener",
    "LocalEngine",
    "Progress",
    "check_rows",
    "sort_rows",
    "telling",
    "watching",
]
