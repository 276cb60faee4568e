"""What a measurement gives: figures by name, and the tables that the docs show of them."""

from __future__ import annotations

from dataclasses import dataclass

Figures = dict[str, float]


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table in words: what stands above it, the names of its columns, its rows."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""

    def markdown(self) -> str:
        """Return the table in Markdown."""
        lines = (self.header, ("---",) * len(self.header), *self.rows)
        table = "\n".join(f"| {' | '.join(row)} |".replace("  ", " ") for row in lines)
        return f"{self.caption}\n\n{table}" if self.caption else table


@dataclass(frozen=True, kw_only=True)
class Measurement:
    """Figures with all that is needed to get them again.

    Parameters
    ----------
    title : str
        What was measured.
    corpus, part : str
        The data set, and which part of it; an empty part is all of it.
    sample : str
        How many of what.
    scorer : str
        What computed the figures.
    tables : tuple of Table
        For readers.
    figures : dict of str to float
        For tests.
    """

    title: str
    corpus: str
    part: str
    sample: str
    scorer: str
    tables: tuple[Table, ...]
    figures: Figures


def share(value: float, digits: int = 3) -> str:
    """Write a share as in ".949"; "0" and "1.0" stand for none and all, ".000" and "1.000" for nearly."""
    if value in (0, 1):
        return "1.0" if value else "0"
    return f"{value:.{digits}f}".removeprefix("0")


def count(number: int) -> str:
    """Write a whole number as in "3,009"."""
    return f"{number:,}"
