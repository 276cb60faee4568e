"""The page of a comparison: the verdict on two texts, why, what was changed, and both side by side."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from stemmata import schemas
from stemmata.report import grouped, ribbon, words
from stemmata.report.environment import assets, environment, flat
from stemmata.report.finding import Finding, Row
from stemmata.report.findings import about, find
from stemmata.report.minimap import draw_minimap
from stemmata.report.reading import Reading
from stemmata.report.rows import cut_rows

if TYPE_CHECKING:
    from stemmata.traced import Trace

FIRST, SWAPS = 12, 24  # of one level, and of words that were swapped: as many as are read at first; others are folded
LISTED = 500  # swaps, or changes of style: a longer list helps no reader; all of them are in the table of changes


def render_comparison(trace: Trace) -> str:
    """Return a comparison as one HTML document, about three times as long as the texts."""
    finding, origin = find(trace), about(trace)
    return (
        environment()
        .get_template("comparison.html.jinja")
        .render(
            **assets(),
            about=origin,
            documents=schemas.without_texts(trace.documents).to_pylist(),
            skipped=trace.skipped.to_pylist(),
            notes=trace.notes.to_pylist(),
            counts=[(schema, getattr(trace, schema.name).num_rows) for schema in schemas.TABLES + schemas.SIDE_TABLES],
            options=list(flat(origin["options"])),
            **(told(finding, origin["options"]) if finding else {"finding": None}),
        )
    )


def weigh(reasons: list[Row]) -> dict[str, Any]:
    """Return the reasons for a direction with their sum, and the weight against which bars are drawn."""
    points = [reason["points"] for reason in reasons]
    return {"reasons": reasons, "total": math.fsum(points), "heaviest": max([1.0, *map(abs, points)])}


def told(finding: Finding, options: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is told of a pair, by the names that templates have for it; rows are made as they are shown."""
    style = grouped.style(finding.changes)
    apart = grouped.listed_apart(finding.changes, SWAPS, LISTED)
    listed = [*finding.factual, *(change for one in apart for change in one.places), *style[:LISTED]]
    cuts = cut_rows(finding)
    return {
        "finding": finding,
        "verdict": words.verdict(finding),
        "arrows": words.arrows(finding),
        "bands": ribbon.draw_bands(finding),
        "ticks": ribbon.draw_ticks(finding),
        "sides": words.sides(finding),
        "needed": words.needed(options),
        "weighed": weigh(finding.weighed),
        "levels": [(group, *grouped.first(group.changes, FIRST)) for group in grouped.by_level(finding.changes)],
        "apart": apart,
        "style": style,
        "styled": style[:LISTED],
        "minimap": draw_minimap(finding, listed, cuts),
        "rows": Reading(finding=finding, listed=listed, cuts=cuts),
    }
