"""What was written for other programs, for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from stemmata.report import words
from stemmata.report.blocks import block, printed
from stemmata.report.escape import oneline

if TYPE_CHECKING:
    from stemmata.exporting import Exported


def render_exported(written: Exported, console: Console) -> str:
    """Say what a file holds, and where it is."""
    many = len(written.families)
    families = f"the family {written.families[0]}" if many == 1 else f"{many:,} families"
    said = f"{families}, {words.counted(written.members, 'document')}"
    rows = [(Text("Wrote", "dim"), Text(f"{written.name}: {said}"))]
    if 0 < written.witnesses < written.members:
        beside = f"of the {written.members:,} the {written.witnesses:,} that stand beside each other word by word"
        rows.append((Text("Collated", "dim"), Text(f"{beside}, in the largest text of the family")))
    rows.append((Text("File", "dim"), Text(oneline(str(written.path)), "bold")))

    def show() -> None:
        console.print()
        block(console, "", rows)

    return printed(console, show)
