"""One self-contained page: it needs no network and no JavaScript, and prints well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stemmata.report.comparison_page import render_comparison
from stemmata.report.findings import is_pile
from stemmata.report.run_page import render_run

if TYPE_CHECKING:
    from stemmata.traced import Trace


def render_html(trace: Trace) -> str:
    """Return a trace as one HTML document: the page of a run over a pile, or that of a comparison.

    Parameters
    ----------
    trace : Trace
        What was found; its record says whether the verb was ``trace``, ``find`` or ``compare``.

    Notes
    -----
    The page's policy forbids it to load anything and to run any script but its own few lines. Texts are
    escaped, and what cannot be seen in them is made visible.
    """
    return render_run(trace) if is_pile(trace) else render_comparison(trace)
