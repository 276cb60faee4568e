"""A family's tree as a file of its own: SVG that needs nothing else, in the light and in the dark and on paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from stemmata.errors import OptionError
from stemmata.report import words
from stemmata.report.drawing import Drawing
from stemmata.report.environment import environment
from stemmata.report.escape import oneline
from stemmata.report.families import in_tree_order
from stemmata.report.family import NO_DOCUMENT, Member
from stemmata.report.finding import Row
from stemmata.report.labels import dates, label
from stemmata.report.legend import Sign, signs
from stemmata.report.timeline import DAY
from stemmata.report.tree import draw_tree, measure

_EDGE = 20.0  # around all
_HEAD, _LINE = 64.0, 22.0  # heights of title and subtitle, and of a line of the legend
_LEAST = 620.0  # pixels that title and legend need side by side
_SAMPLE, _BETWEEN, _SIGN = 48.0, 18.0, 6.8  # widths of a sample and of the gap after its words; of a sign of those
_SHORT = 22.0  # by which the sample of a node is narrower
_UNREAD = ("text", "whole", "hidden", "locators")  # columns of documents that a drawing does without


@dataclass(frozen=True, kw_only=True)
class Placed:
    """A sign of the legend, and where it stands."""

    sign: Sign
    x: float
    y: float


def draw_family(
    stemma: pa.Table, documents: pa.Table, relations: pa.Table, *, family: str = "", dated: bool = True
) -> str:
    """Return the tree of one family as an SVG file: sources left, copies right, or at their dates.

    Parameters
    ----------
    stemma, documents, relations : pyarrow.Table
        As the stages leave them; further families may be in them. Of documents any columns but ``doc`` may be missing.
    family : str
        Its name in the table of the stemma; it may be left empty where there is only one.
    dated : bool
        Let nodes stand on an axis of time, where half of the members and the line of the root have a date, and the
        dates tell the members apart.

    Raises
    ------
    OptionError
        There is no such family, or there are several and none was named.

    Notes
    -----
    The file has its own styles, no script and no links. A family of more than 400 members is drawn with its smaller
    branches summed up.
    """
    rows = _rows(stemma, family)
    docs = [row["doc"] for row in rows]
    known = {row["doc"]: row for row in _only(documents, "doc", docs).drop_columns(_held(documents)).to_pylist()}
    members = {
        row["doc"]: Member(
            doc=row["doc"],
            at="",
            row={**NO_DOCUMENT, **known.get(row["doc"], {})},
            parent=row["parent"],
            role=row["role"],
            confidence=row["confidence"],
            others=tuple(row["other_parents"] or ()),
        )
        for row in in_tree_order(rows, known)
    }
    kinds = _kinds(relations, docs)
    when = dates(members.values())
    nodes = [
        label(member, when, kinds.get((min(doc, member.parent or ""), max(doc, member.parent or "")), ""))
        for doc, member in members.items()
    ]
    drawing = draw_tree(nodes, dated=dated)
    width = max(drawing.width, _LEAST)
    legend = list(_flow(signs(drawing), width))
    top = _HEAD + (legend[-1].y if legend else 0.0) + 1.6 * _LINE
    title = next((m.row["title"] for m in members.values() if m.row["title"]), None) or next(iter(members))
    shown = words.clipped(str(title), int((width - 2 * _EDGE) / 11))
    return (
        environment()
        .get_template("tree.svg.jinja")
        .render(
            drawing=drawing,
            people=members,
            title=str(title),
            shown=shown,
            says=" ".join(_says(members, drawing)),
            remark=_remark(members, drawing),
            legend=legend,
            edge=_EDGE,
            head=_HEAD,
            top=top + _EDGE,
            width=round(width + 2 * _EDGE, 1),
            height=round(top + drawing.height + 2 * _EDGE, 1),
        )
    )


def _rows(stemma: pa.Table, family: str) -> list[Row]:
    """Return the rows of one family."""
    names = pc.unique(stemma["family"]).to_pylist()
    where = "the table of the stemma"
    if not names:
        raise OptionError("there is no family to draw.", where=where, mend="trace texts of which some are related.")
    if family and family not in names:
        mend = f"name one of its {len(names):,} families, such as '{names[0]}'."
        raise OptionError(f"there is no family '{family}'.", where=where, mend=mend)
    if not family and len(names) > 1:
        raise OptionError(f"there are {len(names):,} families.", where=where, mend=f"name one: family='{names[0]}'.")
    return list(_only(stemma, "family", [family or names[0]]).to_pylist())


def _only(table: pa.Table, column: str, values: Sequence[str]) -> pa.Table:
    return table.filter(pc.is_in(table[column], value_set=pa.array(values, table[column].type)))


def _held(documents: pa.Table) -> list[str]:
    return [name for name in _UNREAD if name in documents.column_names]


def _kinds(relations: pa.Table, docs: Sequence[str]) -> Mapping[tuple[str, str], str]:
    """Return the kinds of the pairs of a family."""
    pairs = _only(_only(relations, "a", docs), "b", docs).select(["a", "b", "kind"])
    return {(row["a"], row["b"]): row["kind"] for row in pairs.to_pylist()}


def _flow(items: Sequence[Sign], width: float) -> Iterator[Placed]:
    """Set the legend in lines."""
    x, y = 0.0, 0.0
    for sign in items:
        left = 0.0 if sign.long else _SHORT
        needed = _SAMPLE - left + measure(sign.says, _SIGN)
        if x and x + needed > width:
            x, y = 0.0, y + _LINE
        yield Placed(sign=sign, x=round(x - left, 1), y=round(y, 1))
        x += needed + _BETWEEN


def _says(members: Mapping[str, Member], drawing: Drawing) -> Iterator[str]:
    """Yield what the drawing shows, in sentences, for those who do not see it."""
    documents = [member for member in members.values() if not member.lost]
    placed = "each at its date" if drawing.axis else "each drawn to the right of the one from which it derives"
    yield f"{words.counted(len(documents), 'document')}, {placed}."
    roots = [member for member in members.values() if member.parent not in members]
    if len(roots) == 1 and roots[0].role == "original":
        yield f"The original is {oneline(roots[0].doc, 120)}."
    elif len(roots) == 1 and roots[0].lost:
        yield "The original is not here."
    elif len(roots) == len(members) > 2:
        yield words.star(len(roots))
    else:
        yield f"Which of {words.counted(len(roots), 'text')} came first could not be told."
    if drawing.kinds:
        yield f"Copies: {', '.join(f'{count:,} {kind}' for kind, count in drawing.kinds.items())}."
    if lost := len(members) - len(documents):
        yield f"{words.counted(lost, 'lost text')} stand{'s' if lost == 1 else ''} in the tree."


def _remark(members: Mapping[str, Member], drawing: Drawing) -> str:
    """Return what stands below the title."""
    said = [words.counted(sum(not member.lost for member in members.values()), "document")]
    if drawing.branches:
        said.append("a bolder line is surer")
    if drawing.axis and drawing.axis.scale.last - drawing.axis.scale.first < 10 * DAY:
        said.append("times in UTC")
    return " · ".join(said)
