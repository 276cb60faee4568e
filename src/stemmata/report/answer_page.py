"""The page of a find: what was asked, what the answer is, and all that the page of a run tells of the matches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from stemmata.report import answer
from stemmata.report.environment import environment
from stemmata.report.run_page import told

if TYPE_CHECKING:
    from stemmata.finding import Found


def render_answer(found: Found) -> str:
    """Return a find as one HTML document."""
    return environment().get_template("answer.html.jinja").render(**told_of(found))


def told_of(found: Found) -> dict[str, Any]:
    """Return what the page tells, by the names that its template has for it."""
    return told(found.trace) | {
        "headline": answer.headline(found),
        "found": found,
        "remarks": [*answer.remarks(found)],
        "matches": [*answer.verdicts(found)],
        "coverage": found.coverage.to_pylist(),
    }
