"""From reasons to a verdict: whether they suffice, whether the source is lost, and how they are shown."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from stemmata.aligned import Passages
from stemmata.direction.comparison import Comparison
from stemmata.direction.reasons import BESIDE, REVISION, TEXT, Example, Reason, probability, total
from stemmata.direction.text import CUT, SHORTER, SWAPPED
from stemmata.kernels.edits import SAME
from stemmata.tokens import hash_words

UNALTERED = ("verbatim", "edited")
SWAPPED_ENOUGH = 0.8  # what swapped words say by themselves, from which it does not matter who called it a rewrite
PAGE_LINE_WORDS = 5  # words of a line of furniture that match, besides those that stand before any title
BEFORE_A_TITLE = (
    *("a", "also", "article", "articles", "content", "even", "for", "like", "lot", "may", "might", "more", "news"),
    *("on", "post", "posts", "read", "reading", "recommended", "related", "see", "stories", "story", "this", "topic"),
    *("topics", "watch", "you"),
)
READING = 80  # code points of a reading that are shown


class Pair(NamedTuple):
    """What is known of a pair: its ids, its relation, and the side that the caller knows to be the copy."""

    a: str
    b: str
    kind: str
    extent: str | None
    copy: str | None


def suffices(pair: Pair, reasons: Sequence[Reason], for_x: float, decide: float, decide_rewritten: float) -> bool:
    """Say whether the texts suffice to name a direction; ``for_x`` is the sum of all reasons."""

    def likely(chosen: Callable[[Reason], bool]) -> float:
        return probability(total(filter(chosen, reasons)) * math.copysign(1, for_x))

    if probability(abs(for_x)) < decide:
        return False
    if pair.kind in UNALTERED and pair.extent == "excerpt":  # a piece of the longer, or the shorter enlarged?
        return any(reason.says == CUT.says and reason.points * for_x > 0 for reason in reasons)
    swapped = pair.kind == "spun" or likely(lambda reason: reason.says in SWAPPED) >= SWAPPED_ENOUGH
    if not swapped and likely(lambda reason: reason.origin == TEXT) < decide_rewritten:
        return False
    return likely(lambda reason: reason.origin == TEXT and reason.says != SHORTER.says) > 0.5  # never by length alone


def is_stated(reasons: Sequence[Reason], for_x: float, decide: float) -> bool:
    """Say whether what is told beside the texts names the likelier direction by itself."""
    if any(reason.origin == REVISION for reason in reasons):
        return True
    told = probability(total(r for r in reasons if r.origin in BESIDE) * math.copysign(1, for_x))
    return probability(abs(for_x)) >= decide and told > 0.5 and told >= decide


def page_line(c: Comparison, passages: Passages) -> str:
    """Return a related-article line that both texts hold, else nothing: it is a page's, not the article's.

    It must name an article: "Related posts you may like" stands on the pages of many sites.
    """
    for passage, role in enumerate(passages.roles):
        if role != "furniture":
            continue
        x_from, x_to, y_from, y_to = passages.spans[passage].tolist()
        held = passages.inside(passage, *SAME)
        words = c.x.words.word[c.x.words.inside(held[:, :2].tolist())]
        if np.count_nonzero(~np.isin(words, _before_a_title())) >= PAGE_LINE_WORDS:
            for side, start, end in ((c.x, x_from, x_to), (c.y, y_from, y_to)):
                for f in side.shared:
                    if f.what == "related article" and f.start < end and start < f.end:
                        return side.text[f.start : f.end]
    return ""


@cache
def _before_a_title() -> NDArray[np.uint64]:
    return hash_words(BEFORE_A_TITLE)


def as_rows(reasons: Iterable[Reason], for_x: float, turned: bool, decided: bool) -> list[dict[str, Any]]:
    """Return reasons as rows of ``schemas.REASON``: the weightiest first, then what limits them, then what is said.

    Parameters
    ----------
    for_x : float
        Their sum; points are for the likelier direction.
    turned : bool
        Whether x is b.
    decided : bool
        Whether the sides are called source and copy, and examples run from one to the other; else they are
        a and b.
    """
    sign = 1 if for_x >= 0 else -1
    if decided:
        x, y = ("the source", "the copy")[::sign]
        forward = sign > 0
    else:
        x, y = ("b", "a") if turned else ("a", "b")
        forward = not turned
    rows = []
    for reason in reasons:
        source, copy = (x, y) if (reason.points or sign) > 0 else (y, x)
        row = {
            "reason": reason.says.format(source=source, copy=copy, x=x, y=y),
            "points": reason.points * sign + 0.0,
            "examples": [_shown(example, forward) for example in reason.examples],
        }
        rows.append(((not reason.points, reason.cap, -abs(reason.points), row["reason"]), row))
    return [row for _, row in sorted(rows, key=lambda ranked: ranked[0])]


def _shown(example: Example, forward: bool) -> str:
    if isinstance(example, str):
        return shortened(example)
    before, after = map(shortened, example if forward else example[::-1])
    return f"{before} → {after}"


def shortened(reading: str) -> str:
    """Return a reading on one line, as it is shown."""
    line = " ".join(reading.split())
    return line if len(line) <= READING else line[: READING - 1] + "…"
