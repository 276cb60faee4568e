"""How the trace of the sample newsroom meets the truth, for a terminal."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from stemmata.demo import Score
from stemmata.report.blocks import block, printed
from stemmata.report.escape import oneline


def render_score(score: Score, console: Console) -> str:
    """Return how much of the truth was found, and what was missed."""
    named = f"{score.named} of {score.originals} named" + f", {score.undecided} left open" * bool(score.undecided)
    figures = [
        ("Families", f"{score.exact} of {score.families} found exactly"),
        ("Parents", f"{score.right} of {score.parents} copies placed below the text that they were made from"),
        ("Originals", f"{named}; {score.wrong or 'none'} named wrongly"),
        *(("Missed", oneline(miss)) for miss in score.misses),
    ]
    rows = [(Text(name, "dim"), Text(says)) for name, says in figures]
    return printed(console, lambda: block(console, "Against how the newsroom was made", rows))
