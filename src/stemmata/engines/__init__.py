"""Where the functions of the stages run: the ``Engine`` protocol, and this machine's own engine."""

from stemmata.engines.engine import Broadcast, Engine
from stemmata.engines.local import LocalEngine

__all__ = ["Broadcast", "Engine", "LocalEngine"]
