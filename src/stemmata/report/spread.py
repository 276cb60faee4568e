"""What was found of a collection on a cluster, in figures, for a terminal: its tables stay where they lie."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from stemmata.report import words
from stemmata.report.blocks import aside, block, printed


def render_spread(counts: Mapping[str, int], place: str, skipped: pa.Table, notes: pa.Table, console: Console) -> str:
    """Return how many documents, pairs, families and members there are, and where their tables lie."""

    def show() -> None:
        console.print()
        families, members = counts["families"], counts["members"]
        said = (
            f"{families:,} {'family' if families == 1 else 'families'}, {words.counted(members, 'document')} in them."
        )
        console.print(Padding(Text(said, "bold"), (0, 2), expand=False))
        console.print()
        figures = {
            "Documents": f"{counts['documents']:,}",
            "Pairs": f"{counts['pairs']:,}",
            "Tables": place,
        }
        block(console, "", ((Text(name, "dim"), Text(value)) for name, value in figures.items()))
        block(console, "", aside(skipped.to_pylist(), notes.to_pylist()))

    return printed(console, show)
