"""Which pairs a run's page shows side by side, in the order of interest and up to a limit of size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from stemmata.report import grouped, ribbon, words
from stemmata.report.comparison_page import weigh
from stemmata.report.environment import environment
from stemmata.report.family import Edge, Family
from stemmata.report.findings import Findings
from stemmata.report.reading import read_side_by_side

FACTS, SWAPPED, WORDING = 30, 30, 8  # facts, swaps and other wording of one edge that are listed; the table has all
PAIRS, SIZE = 60, 6_000_000  # pairs that are shown, and characters of page that they may take

_SWOLLEN = 2.5  # a reading is at least so many times as long as its two texts
_ALL = 0.995  # a coverage from which nothing worth a word lies outside


@dataclass(frozen=True, kw_only=True)
class Readings:
    """The pairs of interest.

    Parameters
    ----------
    shown : tuple of Markup
        The sections of the page.
    at : frozenset of str
        The anchors of the edges that are shown.
    left : tuple of Edge
        Edges that are not shown for want of room.
    same : int
        Copies that agree with their sources to the word, which need no reading.
    """

    shown: tuple[Markup, ...]
    at: frozenset[str]
    left: tuple[Edge, ...]
    same: int


def read_pairs(families: Sequence[Family], findings: Findings, told: frozenset[str]) -> Readings:
    """Render the pairs of all families: grave changes first, then many, then the rest.

    Parameters
    ----------
    told : frozenset of str
        The anchors of the edges whose changes the page lists; of the others only those without changes are read.
    """
    every = [edge for family in families for edge in family.edges if edge.aligned]
    edges = [edge for edge in every if not _agrees(edge)]
    shown: list[Markup] = []
    at: set[str] = set()
    left: list[Edge] = []
    room = SIZE
    for edge in sorted(edges, key=lambda edge: (-edge.severity, -len(edge.changes), -len(edge.wording))):
        silent = edge.at not in told and (edge.changes or edge.wording)
        section = _render(edge, findings, room) if len(shown) < PAIRS and not silent else None
        if section is None:
            left.append(edge)
        else:
            shown.append(section)
            at.add(edge.at)
            room -= len(section)
    return Readings(shown=tuple(shown), at=frozenset(at), left=tuple(left), same=len(every) - len(edges))


def _agrees(edge: Edge) -> bool:
    """Say whether both texts are the same to the word."""
    relation = edge.relation
    if relation is None or edge.changes or edge.wording:
        return False
    return bool(relation["kind"] == "verbatim" and min(relation["coverage_a"], relation["coverage_b"]) >= _ALL)


def _render(edge: Edge, findings: Findings, room: int) -> Markup | None:
    """Return the section of a pair; None where it does not fit."""
    confidence = edge.copy.confidence if edge.oriented else None
    finding = findings.pair(edge.base.doc, edge.copy.doc, confidence=confidence)
    if _SWOLLEN * (len(finding.source.text) + len(finding.copy.text)) > room:
        return None
    listed = [altered.change for altered in edge.changes[:FACTS]]
    listed += [change for one in grouped.listed_apart(edge.wording, SWAPPED, SWAPPED) for change in one.places]
    listed += grouped.style(edge.wording)[:WORDING]
    section = (
        environment()
        .get_template("_pair.html.jinja")
        .render(
            edge=edge,
            finding=finding,
            verdict=words.verdict(finding),
            agreed=_told(edge, finding.direction["verdict"], finding.direction["source"]),
            weighed=weigh(finding.weighed),
            bands=ribbon.draw_bands(finding),
            rows=read_side_by_side(finding, listed),
        )
    )
    return Markup(section) if len(section) <= room else None


def _told(edge: Edge, verdict: str, source: str | None) -> bool:
    """Say whether the two texts alone tell the direction that the tree has."""
    return not edge.oriented or (verdict == "copy" and source in (None, edge.base.doc))
