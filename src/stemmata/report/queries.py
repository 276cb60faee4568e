"""Search strings, for a terminal and for programs."""

from __future__ import annotations

import json

import pyarrow as pa
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from stemmata.report import words
from stemmata.report.blocks import block, printed
from stemmata.report.escape import oneline


def render_queries(doc: str, queries: pa.Table, console: Console, *, most: int) -> str:
    """Return the search strings of a text, each with what it is made of and where that stands.

    Parameters
    ----------
    doc : str
        What the text is called.
    queries : pyarrow.Table
        ``schemas.QUERIES``.
    most : int
        How many were wanted: of fewer it is said why.
    """

    def show() -> None:
        rows = queries.to_pylist()
        said = f"{words.counted(len(rows), 'search string')} for {oneline(doc)}."
        if not rows:
            said = f"No search string can be made of {oneline(doc)}: it has too few names, numbers and quotations."
        console.print()
        console.print(Padding(Text(said, "bold"), (0, 2), expand=False))
        console.print()
        for row in rows:  # on lines of their own, and never folded: they are copied
            console.print(Text(f"  {oneline(row['query'])}", "cyan"), soft_wrap=True)
            console.print(Text(f"    {row['made_of']}, at {row['start']:,} to {row['end']:,}", "dim"))
        if 0 < len(rows) < most:
            console.print()
            block(console, "", [(Text("Note", "dim"), Text("the text gives no more that are unlike one another"))])

    return printed(console, show)


def render_queries_json(doc: str, queries: pa.Table) -> str:
    """Return the same as one JSON document, in ASCII."""
    return json.dumps({"doc": doc, "queries": queries.to_pylist()}, indent=1) + "\n"
