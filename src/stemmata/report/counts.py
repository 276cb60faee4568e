"""A file of counts that was built, for a terminal and for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from stemmata.report import words
from stemmata.report.blocks import aside, block, printed
from stemmata.report.escape import oneline

if TYPE_CHECKING:
    from stemmata.counts import Built


def render_counts(built: Built, console: Console) -> str:
    """Return what was counted, and what was left out, for a person to read."""
    told = built.provenance

    def show() -> None:
        console.print()
        headline = f"{words.counted(told.pairs, 'pair')} of words counted in {words.counted(told.texts, 'text')}."
        console.print(Padding(Text(headline, "bold"), (0, 2), expand=False))
        console.print()
        block(console, "", _figures(built))
        block(console, "", aside(built.skipped, built.notes))

    return printed(console, show)


def _figures(built: Built) -> Iterable[tuple[Text, ...]]:
    told = built.provenance
    figures = [
        ("Language", told.language),
        ("Read", words.counted(told.words, "word")),
        ("Kept", "all" if told.least == 1 else f"what was seen {told.least:,} times or more"),
        *(("Left out", f"{words.counted(count, 'text')}: {reason}") for reason, count in told.left_out.items()),
        ("About", oneline(told.about)),
        ("Saved", oneline(str(built.path))),
    ]
    return ((Text(name, "dim"), Text(says)) for name, says in figures if says)


def render_counts_json(built: Built) -> str:
    """Return the same as one JSON document, in ASCII."""
    document = asdict(built.provenance) | {"path": str(built.path), "skipped": built.skipped, "notes": built.notes}
    return json.dumps(document, indent=1) + "\n"
