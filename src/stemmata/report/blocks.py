"""Blocks of text on a terminal, under a title, in columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from stemmata.report.escape import oneline

if TYPE_CHECKING:
    from stemmata.traced import Trace

_LISTED = 8  # inputs that were not read, one by one


def printed(console: Console, show: Callable[[], None]) -> str:
    """Return what a function prints on a console; without colours and trailing blanks where that is no terminal."""
    with console.capture() as captured:
        show()
    text = captured.get()
    return text if console.is_terminal else "\n".join(line.rstrip() for line in text.split("\n"))


def block(console: Console, title: str, rows: Iterable[tuple[Text, ...]]) -> None:
    """Print rows under a title, if there are any; the last column takes the room that is left."""
    rows = list(rows)
    if not rows:
        return
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True, overflow="ellipsis", max_width=console.width // 3)
    for _ in rows[0][2:]:
        grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for row in rows:
        grid.add_row(*row)
    if title:
        console.print(Padding(Text(title, "bold"), (0, 2), expand=False))
    console.print(Padding(grid, (0, 2, 0, 4 if title else 2), expand=False))
    console.print()


def aside(
    skipped: Sequence[Mapping[str, str]], notes: Iterable[Mapping[str, Any]], of: str = ""
) -> Iterable[tuple[Text, ...]]:
    """Yield what was skipped, and what a rule left out; ``of`` says of what, where not all is listed."""
    for row in sorted(skipped, key=_place)[:_LISTED]:
        why = Text(f"{oneline(row['uri'])}: {oneline(row['reason'])}")
        yield Text("Skipped", "yellow"), why.append(f"\n{oneline(row['mend'])}", "dim")
    if len(skipped) > _LISTED:
        yield Text("Skipped", "yellow"), Text(f"and {len(skipped) - _LISTED:,} more{of}", "dim")
    for row in notes:
        yield Text("Note", "dim"), Text(f"{row['stage']}: {oneline(row['what'])} ({row['count']:,})")


def _place(row: Mapping[str, str]) -> tuple[str, int, str]:
    """Return what rows of a table stand by: the file, and then the number."""
    uri = row["uri"]
    file, _, number = uri.rpartition("#")
    return (file, int(number), "") if number.isdecimal() else (uri, 0, row["reason"])


def ending(trace: Trace, written: Mapping[str, Path | None]) -> Iterable[tuple[Text, ...]]:
    """Yield what was skipped of a trace, what a rule left out, and what was written where."""
    yield from aside(trace.skipped.to_pylist(), trace.notes.to_pylist())
    for what, path in written.items():
        if path:
            yield Text(what, "dim"), Text(oneline(str(path)), "bold")
