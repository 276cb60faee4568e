"""What speaks for a direction beside the words of two texts, put together.

These are rules: what each weighs was set by judgement, and stands in the modules that this one calls.
"""

from __future__ import annotations

from stemmata.direction.dates import date_reasons
from stemmata.direction.lineage import lineage_reasons
from stemmata.direction.metadata import Metadata
from stemmata.direction.reasons import Reason
from stemmata.direction.references import reference_reasons
from stemmata.direction.revisions import certain_order, claimed_order


def metadata_reasons(x: Metadata, y: Metadata, x_text: str = "", y_text: str = "") -> list[Reason]:
    """Return what speaks for a direction in the metadata; what was not believed has 0 points.

    Where the ids are those of two revisions of one page the order is certain, and that is the only reason.

    Parameters
    ----------
    x, y : Metadata
    x_text, y_text : str
        The texts, in which addresses are looked for.
    """
    return certain_order(x, y) or [
        *_ordered(claimed_order(x, y), date_reasons(x, y)),
        *reference_reasons(x, y, x_text, y_text),
        *lineage_reasons(x, y),
    ]


def _ordered(claimed: list[Reason], dates: list[Reason]) -> list[Reason]:
    """Return claims of an order and dates: of those that agree only the claim speaks."""
    return claimed + [date for date in dates if not any(date.points * claim.points > 0 for claim in claimed)]
