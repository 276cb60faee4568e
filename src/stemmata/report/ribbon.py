"""The map of a pair: both texts as bars, and each passage a band between its places in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from stemmata.report.finding import Change, Finding, Passage, Span

WIDTH, HEIGHT, BAR, TICK = 1000, 96, 16, 3  # of the drawing; it is stretched to the page

_LEAST = 2.0  # so that the shortest passage can be seen
_MOST = 500  # more bands than the eye, or a browser, takes in


@dataclass(frozen=True, kw_only=True)
class Band:
    """A passage as drawn: where it lies on the upper and the lower bar, and the outline between them."""

    passage: Passage
    source: float
    source_width: float
    copy: float
    copy_width: float
    outline: str


def draw_bands(finding: Finding) -> list[Band]:
    """Return the bands of a finding's passages by rank: 500 of them, reuse before what is none, the longest first."""
    longest = sorted(finding.passages, key=lambda p: (p.nature != "reuse", p.source[0] - p.source[1], p.rank))[:_MOST]
    return list(_bands(finding, sorted(longest, key=lambda p: p.rank)))


def draw_ticks(finding: Finding) -> list[tuple[float, float, Change]]:
    """Return where the changes of fact stand on the upper and the lower bar, the gravest last, which lies on top.

    Of several that would lie on one another there is only the gravest.
    """
    found: dict[tuple[int, int], tuple[float, float, Change]] = {}
    for change in reversed(finding.factual):
        upper, _ = _scaled(change.source, len(finding.source.text))
        lower, _ = _scaled(change.copy, len(finding.copy.text))
        found.pop(place := (int(upper / TICK), int(lower / TICK)), None)
        found[place] = (min(upper, WIDTH - TICK), min(lower, WIDTH - TICK), change)
    return [*found.values()][-_MOST:]


def _bands(finding: Finding, passages: list[Passage]) -> Iterator[Band]:
    upper, lower = BAR, HEIGHT - BAR
    middle = (upper + lower) / 2
    for passage in passages:
        s, sw = _scaled(passage.source, len(finding.source.text))
        c, cw = _scaled(passage.copy, len(finding.copy.text))
        outline = (
            f"M{s:.1f},{upper} C{s:.1f},{middle} {c:.1f},{middle} {c:.1f},{lower} L{c + cw:.1f},{lower} "
            f"C{c + cw:.1f},{middle} {s + sw:.1f},{middle} {s + sw:.1f},{upper} Z"
        )
        yield Band(passage=passage, source=s, source_width=sw, copy=c, copy_width=cw, outline=outline)


def _scaled(span: Span, length: int) -> tuple[float, float]:
    start, end = (WIDTH * place / length for place in span)
    return round(start, 1), round(max(end - start, _LEAST), 1)
