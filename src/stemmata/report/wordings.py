"""What became of a claim, for a terminal, a spreadsheet and programs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from stemmata.interchange.signs import lined
from stemmata.report import words
from stemmata.report.blocks import block, printed
from stemmata.report.escape import oneline
from stemmata.tokens import words_of

if TYPE_CHECKING:
    from stemmata.following import Followed

_SHOWN = 400  # code points of a wording
_NAMED = 3  # documents that are named where nobody introduced a wording
_COLUMNS = ("n", "first_seen", "wording", "documents", "docs", "introduced_by", "family")


def render_wordings(followed: Followed, console: Console) -> str:
    """Return the wordings of a claim, the earliest first; what differs from the first of them is marked.

    Words that it has and the first lacks stand in ``{+ +}``, those that it lacks in ``[- -]``; where there are colours
    they are green, and red and struck out.
    """

    def show() -> None:
        rows = followed.wordings.to_pylist()
        console.print()
        console.print(Padding(Text(headline(followed), "bold"), (0, 2), expand=False))
        console.print()
        coloured = console.is_terminal and not console.no_color
        block(
            console,
            "",
            [
                (
                    Text(f"{row['first_seen']:%Y-%m-%d}" if row["first_seen"] else "no date", "cyan"),
                    _marked(rows[0]["wording"], row["wording"], coloured).append("\n").append(_who(row), "dim"),
                )
                for row in rows
            ],
        )
        if near := followed.nearest:
            says = Text(oneline(near.wording, _SHOWN)).append(f"\nin {oneline(near.doc, 80)}", "dim")
            block(console, "", [(Text("Nearest", "dim"), says)])

    return printed(console, show)


def render_wordings_json(followed: Followed) -> str:
    """Return the same as one JSON document, in ASCII; times as ISO 8601."""
    rows = followed.wordings.to_pylist()
    told = [row | {"first_seen": row["first_seen"] and row["first_seen"].isoformat()} for row in rows]
    near = followed.nearest
    said = {
        "claim": followed.claim,
        "documents": followed.documents,
        "wordings": told,
        "nearest": near and near._asdict(),
    }
    return json.dumps(said, indent=1) + "\n"


def render_wordings_csv(followed: Followed) -> str:
    """Return a row for each wording; of several documents each stands on a line of its own within its value."""
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\n")
    table.writerow(_COLUMNS)
    for row in followed.wordings.to_pylist():
        values = row | {
            "first_seen": row["first_seen"].isoformat() if row["first_seen"] else "",
            "documents": len(row["docs"]),
            "docs": "\n".join(oneline(doc) for doc in row["docs"]),
        }
        table.writerow([lined(str(values[name])) if values[name] is not None else "" for name in _COLUMNS])
    return written.getvalue()


def headline(followed: Followed) -> str:
    """Say in one sentence how often a claim was worded, and where."""
    claim, searched = oneline(followed.claim, 120), words.counted(followed.documents, "document")
    rows = followed.wordings.num_rows
    if rows:
        held = sum(map(len, followed.wordings["docs"].to_pylist()))
        return f"“{claim}”: {words.counted(rows, 'wording')} in {held:,} of {searched}."
    if followed.nearest is None:
        return f"Nothing holds “{claim}”: none of {searched} has a word of it."
    return f"Nothing holds “{claim}”: in none of {searched} do half of its words stand together."


def _who(row: dict[str, object]) -> str:
    """Say who has a wording, and who introduced it."""
    docs = row["docs"]
    assert isinstance(docs, list)
    said = words.counted(len(docs), "document")
    if row["introduced_by"]:
        by = str(row["introduced_by"])
        if docs == [by]:
            return f"in {oneline(by, 80)} alone"
        lost = by not in docs and by.startswith("lost:")
        return f"{said}, introduced by {'a lost copy, ' if lost else ''}{oneline(by, 80)}"
    named = ", ".join(oneline(doc, 60) for doc in docs[:_NAMED])
    return f"{said}: {named}" + (", …" if len(docs) > _NAMED else "")


def _marked(first: str, wording: str, coloured: bool) -> Text:
    """Return a wording with its differences to the first."""
    if not wording:
        return Text("(left out)", "yellow")
    text = Text()
    one, other = _pieces(first), _pieces(wording)
    for op, a_from, a_to, b_from, b_to in SequenceMatcher(
        None, [word for word, _ in one], [word for word, _ in other], autojunk=False
    ).get_opcodes():
        if op == "equal" or not first:
            text.append(_shown(other[b_from:b_to]))
            continue
        for some, style, marks in (
            (one[a_from:a_to], "red strike", ("[-", "-]")),
            (other[b_from:b_to], "green", ("{+", "+}")),
        ):
            if some:
                said, gap = _shown(some[:-1]) + oneline(some[-1][0]), " " if some[-1][1] else ""
                text.append(said if coloured else f"{marks[0]}{said}{marks[1]}", style).append(gap or "")
    text.truncate(_SHOWN, overflow="ellipsis")
    text.rstrip()
    return text


def _pieces(wording: str) -> list[tuple[str, bool]]:
    """Return the words of a wording with the signs that stand about them, and whether a blank comes after each."""
    return list(_cut(wording))


def _cut(wording: str) -> Iterator[tuple[str, bool]]:
    found = words_of(wording)
    starts = [0, *found.start.tolist()[1:], len(wording)] if len(found) else [0, len(wording)]
    for start, end in pairwise(starts):
        part = wording[start:end]
        yield part.rstrip(), part != part.rstrip() or end == len(wording)


def _shown(pieces: Sequence[tuple[str, bool]]) -> str:
    return "".join(oneline(word) + (" " if blank else "") for word, blank in pieces)
