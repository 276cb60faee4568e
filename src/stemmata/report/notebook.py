"""What a notebook shows of a trace, a find and a table: a piece of HTML that brings its own style and no script."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from stemmata import schemas
from stemmata.report import answer, words
from stemmata.report.environment import environment
from stemmata.report.findings import find, is_pile
from stemmata.report.pile import Pile, explain, headline, remark
from stemmata.report.room import Room

if TYPE_CHECKING:
    from stemmata.finding import Found
    from stemmata.traced import Trace

FAMILIES, CHANGES, MATCHES = 10, 8, 10
ROWS, SAMPLE = 20, 5  # of a table that is shown by itself, and of one among others
CELL = 60  # signs of a value
_NOTHING: Mapping[str, Any] = {"families": [], "changes": [], "matches": [], "tables": [], "remarks": []}


def render_notebook(trace: Trace) -> str:
    """Return what a trace holds, for a notebook: the verdict or the families, and the beginning of each table."""
    told = _run(trace) if is_pile(trace) else _comparison(trace)
    named = [(schemas.BY_NAME[name], getattr(trace, name)) for name in trace.names]
    tables = [(schema, table.num_rows, _cells(table, SAMPLE)) for schema, table in named if table.num_rows]
    made = environment().get_template("notebook.html.jinja")
    return made.render(**{**_NOTHING, **told, "tables": tables})


def render_found(found: Found) -> str:
    """Return the answer of a find, for a notebook."""
    matches = [*answer.verdicts(found)][:MATCHES]
    made = environment().get_template("notebook.html.jinja")
    return made.render(**{**_NOTHING, "headline": answer.headline(found), "matches": matches})


def render_table(table: pa.Table) -> str:
    """Return the beginning of a table, for a notebook."""
    cells = _cells(table, ROWS)
    return environment().get_template("notebook_table.html.jinja").render(cells=cells, rows=table.num_rows)


def _run(trace: Trace) -> dict[str, Any]:
    room = Room(trace)
    pile = Pile(room)
    said = [remark(pile)] if pile.register else explain(pile, room.about["options"])
    families = room.families(0, FAMILIES)
    left = len(pile.register) - len(families)
    return {"headline": headline(pile), "remarks": [*filter(None, said)], "families": families, "left": left}


def _comparison(trace: Trace) -> dict[str, Any]:
    finding = find(trace)
    if finding is None:
        return {"headline": words.NOTHING_READ, "remarks": []}
    kind = f"{finding.relation['kind']} ({words.sureness(finding.relation['confidence'])})"
    shared = [f"{words.coverage(finding, side)} of {side.doc}" for side in (finding.source, finding.copy)]
    remarks = [f"Kind: {kind}. Shared: {words.joined(shared)}."]
    if finding.oriented:
        remarks.append(f"Direction: {words.sureness(finding.direction['confidence'])}.")
    return {
        "headline": words.plain(words.verdict(finding)),
        "remarks": remarks,
        "changes": finding.factual[:CHANGES],
        "left": len(finding.factual) - CHANGES,
        "oriented": finding.oriented,
    }


def _cells(table: pa.Table, limit: int) -> tuple[list[str], list[list[str]]]:
    """Return the names of columns, and values as one reads them."""
    if "text" in table.column_names and pa.types.is_large_string(table.schema.field("text").type):
        texts = pa.compute.utf8_slice_codeunits(table["text"].slice(0, limit), 0, 2 * CELL)
        table = table.slice(0, limit).set_column(table.column_names.index("text"), "text", texts)
    rows = table.slice(0, limit).to_pylist()
    return table.column_names, [[_value(value) for value in row.values()] for row in rows]


def _value(value: Any) -> str:
    """Return a value on one line; of a list how long it is."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.3g}"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, Mapping):
        return words.clipped(", ".join(f"{name} {_value(one)}" for name, one in value.items()), CELL)
    if isinstance(value, list):
        return words.counted(len(value), "item") if any(isinstance(one, dict) for one in value) else _listed(value)
    return words.clipped(str(value), CELL)


def _listed(values: list[Any]) -> str:
    return words.clipped(", ".join(map(_value, values[:CELL])), CELL) if values else "none"
