"""One self-contained page for one comparison: it needs no network and no JavaScript, and prints well."""

from __future__ import annotations

import base64
import hashlib
import math
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from stemmata import schemas
from stemmata.report import ribbon, words
from stemmata.report.escape import oneline, visible
from stemmata.report.finding import Finding, Passage, about, find
from stemmata.report.reading import read_side_by_side

if TYPE_CHECKING:
    from stemmata.tracing import Trace

_HUES = 6
_WORDING_LISTED = 500  # a longer list helps no reader; all of them are in the table of changes


def render_html(trace: Trace) -> str:
    """Return a comparison as one HTML document.

    Parameters
    ----------
    trace : Trace
        The result of comparing two documents.

    Notes
    -----
    The page's policy forbids it to load anything and to run any script but its own few lines. Texts are
    escaped, and what cannot be seen in them is made visible. It is about three times as long as the texts.
    """
    finding, origin = find(trace), about(trace)
    page = _environment().get_template("report.html.jinja")
    return page.render(
        **_assets(),
        about=origin,
        documents=trace.documents.drop_columns(["text"]).to_pylist(),
        skipped=trace.skipped.to_pylist(),
        notes=trace.notes.to_pylist(),
        counts=[(schema, getattr(trace, schema.name).num_rows) for schema in schemas.TABLES + schemas.SIDE_TABLES],
        options=list(_flat(origin["options"])),
        finding=finding,
        words=words,
        **(_sections(finding, origin["options"]) if finding else {}),
    )


def _sections(finding: Finding, options: Mapping[str, Any]) -> dict[str, Any]:
    """Return what only a page about a pair shows."""
    factual, wording, reasons = finding.factual, finding.wording, finding.weighed
    listed = wording[:_WORDING_LISTED]
    return {
        "verdict": words.verdict(finding),
        "arrows": words.arrows(finding),
        "ribbon": ribbon,
        "bands": ribbon.draw_bands(finding),
        "sides": words.sides(finding),
        "needed": words.needed(options),
        "reasons": reasons,
        "total": math.fsum(reason["points"] for reason in reasons),
        "heaviest": max([1.0, *(abs(reason["points"]) for reason in reasons)]),
        "factual": [
            (severity, [change for change in factual if words.severity(change) == severity])
            for severity, _ in words.SEVERITIES
        ],
        "wording": listed,
        "wording_tally": words.tally(wording),
        "wording_left": len(wording) - len(listed),
        "rows": read_side_by_side(finding, [*factual, *listed]),
    }


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("stemmata.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "counted": words.counted,
        "joined": words.joined,
        "oneline": oneline,
        "percent": words.percent,
        "points": words.points,
        "reason": words.reason,
        "severity": words.severity,
        "sureness": words.sureness,
        "visible": visible,
        "hue": _hue,
        "mark": _mark,
    }
    return environment


@cache
def _assets() -> Mapping[str, str]:
    """Return style and script, and the digests by which the page's policy knows them."""
    loader = _environment()
    assets = {}
    for name, file in (("css", "style.css"), ("js", "script.js")):
        text = loader.get_template(file).render()
        digest = hashlib.sha256(text.encode()).digest()
        assets[name] = text
        assets[f"{name}_digest"] = f"sha256-{base64.b64encode(digest).decode()}"
    return assets


def _hue(passage: Passage) -> str:
    """Return the class that gives a passage its colour; what is not reuse has none."""
    return f"hue{(passage.rank - 1) % _HUES}" if passage.role == "reuse" else "hue-none"


def _mark(op: str, oriented: bool) -> str:
    """Return the class of an edit: where no direction is known, nothing was left out or added."""
    return op if oriented or op not in ("insert", "delete") else "only"


def _flat(options: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, value in options.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", str(value)
