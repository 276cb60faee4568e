"""What was collected, fingerprinted or joined, for a terminal and for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from stemmata.report import words
from stemmata.report.blocks import aside, block, printed
from stemmata.report.escape import oneline

if TYPE_CHECKING:
    from stemmata.shards import Written


def render_written(written: Written, console: Console) -> str:
    """Return what was made and where it lies, for a person to read."""

    def show() -> None:
        console.print()
        console.print(Padding(Text(_headline(written), "bold"), (0, 2), expand=False))
        console.print()
        block(console, "", aside(written.skipped, written.notes))
        block(console, "", _ending(written))

    return printed(console, show)


def render_written_json(written: Written) -> str:
    """Return the same as one JSON document, in ASCII."""
    document = {**written.counts, "path": str(written.path), "skipped": written.skipped, "notes": written.notes}
    return json.dumps(document | {"about": written.about}, indent=1) + "\n"


def _headline(written: Written) -> str:
    told: Any = written.about
    counts = written.counts
    documents = words.counted(counts["documents"], "document")
    if "pairs" in counts:
        shards = words.counted(counts["shards"], "shard")
        return f"{shards} joined: {documents}, {words.counted(counts['pairs'], 'pair')} worth aligning."
    if "fingerprints" in counts:
        sketch = told["sketch"]
        kept = words.counted(counts["fingerprints"], "k-gram")
        return f"Shard {sketch['shard']:,} of {sketch['of']:,}: {documents}, {kept} kept."
    return f"{words.counted(counts['facts'], 'fact')} about {documents}."


def _ending(written: Written) -> Iterable[tuple[Text, ...]]:
    told: Any = written.about
    yield Text("Saved", "dim"), Text(oneline(str(written.path)), "bold")
    yield Text("Time", "dim"), Text(f"{sum(told['seconds'].values()):,.1f} s")
