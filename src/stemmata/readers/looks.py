"""How the letters of an office document look, as far as its styles say, and whether they can be seen."""

from __future__ import annotations

import re
from typing import NamedTuple

from stemmata.readers.page_grounds import Colour
from stemmata.readers.writing import UNSHOWN

TINY = 1.0  # points, at which no letter can be read
HEX = re.compile(r"#?([0-9A-Fa-f]{6})")
UNKNOWN = "unknown"
PAGE = "page"  # the ground where nothing says another


class Look(NamedTuple):
    """How letters look; None where nothing says.

    Parameters
    ----------
    shown : bool or None
        Whether they are displayed.
    colour : str or None
        Six hexadecimal digits; anything else is the program's own choice, which can be seen.
    ground : str or None
        What lies behind, as ``colour``; ``UNKNOWN`` where something may.
    size : float or None
        In points.
    """

    shown: bool | None = None
    colour: str | None = None
    ground: str | None = None
    size: float | None = None

    def over(self, below: Look) -> Look:
        """Return the look of letters for which this says more than ``below``."""
        return Look(
            below.shown if self.shown is None else self.shown,
            below.colour if self.colour is None else self.colour,
            below.ground if self.ground is None else self.ground,
            below.size if self.size is None else self.size,
        )

    @property
    def veil(self) -> str:
        """How the letters are hidden; empty where they can be seen."""
        if self.shown is False:
            return UNSHOWN
        if self.size is not None and self.size <= TINY:
            return "in type of no size"
        colour = read_hex(self.colour) if self.colour else None
        ground = read_hex(self.ground) if colour else None
        if colour is None or (ground is None and self.ground not in (None, PAGE)):
            return ""
        if colour.is_white and (ground is None or ground.is_white):
            return "white on white"
        return "in the colour of its background" if ground is not None and colour.is_near(ground) else ""


def read_hex(value: str | None) -> Colour | None:
    """Return a colour of six hexadecimal digits; None of anything else."""
    found = HEX.fullmatch(value or "")
    return Colour(*bytes.fromhex(found[1])) if found else None
