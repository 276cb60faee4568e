"""What a run would cost, for a terminal."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil
from typing import TYPE_CHECKING

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from stemmata.report import words
from stemmata.report.blocks import aside, block, printed

if TYPE_CHECKING:
    from stemmata.planning import Plan


def render_plan(plan: Plan, console: Console) -> str:
    """Return a plan for a person to read."""

    def show() -> None:
        console.print()
        console.print(Padding(Text(_headline(plan), "bold"), (0, 2), expand=False))
        console.print()
        if plan.documents:
            block(console, "", _figures(plan))
            block(console, "Processor time by stage", ((Text(name), Text(_time(h))) for name, h in plan.hours.items()))
        block(console, "", aside(plan.skipped, plan.notes, " of the sample"))

    return printed(console, show)


def _headline(plan: Plan) -> str:
    if plan.documents:
        return f"About {_time(sum(plan.hours.values()) / plan.workers)} with {words.counted(plan.workers, 'worker')}."
    if plan.only_listed:
        return f"To read: {words.counted(plan.files, 'file')}, {_bytes(plan.size)}; none was fetched to tell more."
    if plan.sample == plan.files:
        return "Nothing could be read."
    return f"Nothing could be read of the sample, {plan.sample:,} of {words.counted(plan.files, 'file')}."


def _figures(plan: Plan) -> Iterable[tuple[Text, ...]]:
    read = f"{words.counted(plan.files, 'file')}, {_bytes(plan.size)}"
    sample = f"{words.counted(plan.sample, 'file')}, {words.counted(plan.read, 'document')}"
    if plan.traced < plan.read:
        sample += f", of which {plan.traced:,} {'was' if plan.traced == 1 else 'were'} traced"
    figures = {
        "To read": read,
        "Sample": sample,
        "Documents": f"about {plan.documents:,}",
        "Pairs": f"about {plan.pairs:,}, at two a document; a pile with many copies has more",
        "Disk": f"about {_bytes(plan.disk)}",
        "Memory": f"about {_bytes(plan.memory)} at the peak",
    }
    return ((Text(name, "dim"), Text(value)) for name, value in figures.items())


def _time(hours: float) -> str:
    seconds = hours * 3600
    if seconds < 90:
        return f"{ceil(seconds)} s"
    return f"{round(seconds / 60)} min" if hours < 1.5 else f"{hours:,.1f} h"


def _bytes(count: float) -> str:
    units = ["bytes", "kB", "MB", "GB", "TB"]
    while count >= 1000 and len(units) > 1:
        count, units = count / 1000, units[1:]
    return f"{count:,.0f} {units[0]}" if count >= 10 or units[0] == "bytes" else f"{count:,.1f} {units[0]}"
