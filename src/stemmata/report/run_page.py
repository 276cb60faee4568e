"""The page of a run over a pile: what came in, its families, what each copy changed, pairs side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from stemmata import schemas
from stemmata.report import grouped, readings, words
from stemmata.report.drawing import Drawing, Node
from stemmata.report.environment import assets, environment, flat
from stemmata.report.family import Family, Member
from stemmata.report.finding import Row
from stemmata.report.findings import Findings
from stemmata.report.labels import BRIEF, LENGTH, dates, label
from stemmata.report.pile import Pile, closest, explain, headline, outside, remark
from stemmata.report.room import Room
from stemmata.report.timeline import Span
from stemmata.report.tree import draw_tree

if TYPE_CHECKING:
    from stemmata.traced import Trace

LISTED, FAMILIES = 1_000, 100  # families that are listed, and those of them that are shown in full
LIMITS = {
    "first": 6,  # matters of fact of one edge that are read at first; the others are folded
    "swaps": 9,  # words that were swapped, alike
    "gravest": 5,  # matters of fact of one family, over all edges
    "inherited": 12,  # matters of fact that a copy took over
    "facts": readings.FACTS,
    "wording": readings.WORDING,
    "swapped": readings.SWAPPED,
    "edges": 80,  # of one family, whose changes are listed
    "rows": 200,  # of a list that no one reads to the end
}


def render_run(trace: Trace) -> str:
    """Return a run as one HTML document."""
    return environment().get_template("run.html.jinja").render(**told(trace))


def told(trace: Trace) -> dict[str, Any]:
    """Return what the page of a run tells, by the names that its template has for it."""
    room = Room(trace)
    pile, findings = Pile(room), room.findings
    families = room.families(0, LISTED)
    shown = families[:FAMILIES]
    alike, shared = outside(trace, room.register.home)
    listed = [edge.at for family in shown for edges in family.told(LIMITS["edges"]) for edge in edges]
    pairs = readings.read_pairs(shown, findings, frozenset(listed))
    return {
        **assets(),
        "about": room.about,
        "pile": pile,
        "headline": headline(pile),
        "remark": remark(pile),
        "why": [] if families else explain(pile, room.about["options"]),
        "closest": _told([] if families else closest(trace), findings),
        "families": families,
        "shown": [(family, draw(family), draw(family, outlined=True)) for family in shown],
        "told": frozenset(listed),
        "outside": [(alike, _told(alike, findings)), (shared, _told(shared, findings))],
        "pairs": pairs,
        "apart": [group.name for group in grouped.told_apart(c for family in shown for c in family.introduced)],
        "notes": trace.notes.to_pylist(),
        "counts": [(schema, getattr(trace, schema.name).num_rows) for schema in schemas.TABLES + schemas.SIDE_TABLES],
        "chosen": _chosen(room.about["options"]),
        "limits": LIMITS,
    }


def draw(family: Family, *, outlined: bool = False) -> Drawing:
    """Return a family's tree as drawn; for a narrow page, as an outline."""
    known, length = dates(family.members), BRIEF if outlined else LENGTH
    return draw_tree([_node(family, member, known, length) for member in family.members], outlined=outlined)


def _node(family: Family, member: Member, known: Mapping[str, Span | None], length: int) -> Node:
    edge = family.into.get(member.doc)
    facts = len(edge.altered) if edge else 0
    gravest = edge.altered[0].change if edge and edge.altered else None
    return label(
        member,
        known,
        edge.kind if edge else "",
        flag=f"{words.counted(facts, 'fact')} altered" if gravest else "",
        severity=words.severity(gravest) if gravest else "",
        length=length,
    )


def _told(pairs: Sequence[Row], findings: Findings) -> list[Row | None]:
    """Return the first pairs of a list with what speaks for their kind."""
    return [findings.relation(row["a"], row["b"]) for row in pairs[: LIMITS["rows"]]]


def _chosen(options: Mapping[str, Any]) -> list[tuple[str, str, bool]]:
    """Return all options by name, with whether they differ from their defaults; those that do come first."""
    if not options:
        return []
    from stemmata.pipeline import Options

    usual = dict(flat(Options().to_dict()))
    named = [(name, value, usual.get(name) != value) for name, value in flat(options)]
    return sorted(named, key=lambda option: not option[2])
