"""The page on which a claim is followed: how it was worded, since when, and who introduced each wording."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from stemmata.errors import OptionError
from stemmata.report.room import Room
from stemmata.report.wordings import headline
from stemmata.room.overview import piled

if TYPE_CHECKING:
    from stemmata.following import Followed

LONGEST = 1_000  # signs of a claim
LARGEST = 20_000_000  # words of all documents, which are read for each claim: some hundred MB
SHOWN = 200  # wordings on the page


def check_size(room: Room) -> None:
    """Refuse to follow claims where that would take too much.

    Raises
    ------
    OptionError
        The documents have too many words together.
    """
    if (held := piled(room).words) > LARGEST:
        raise OptionError(
            f"the documents have {held:,} words, and claims are followed here through {LARGEST:,} at most.",
            mend="follow it with stemmata follow.",
        )


def tell(room: Room, followed: Followed) -> dict[str, Any]:
    """Return what the page shows of a claim."""
    rows = followed.wordings.to_pylist()
    return {
        "headline": headline(followed),
        "rows": rows[:SHOWN],
        "further": len(rows[SHOWN:]),
        "nearest": followed.nearest,
        "families": {name: room.family(name) for name in {row["family"] for row in rows[:SHOWN]} - {None}},
    }


def twin(followed: Followed) -> dict[str, Any]:
    """Return the same for programs."""
    near = followed.nearest
    return {
        "claim": followed.claim,
        "headline": headline(followed),
        "documents": followed.documents,
        "wordings": followed.wordings.to_pylist(),
        "nearest": near and near._asdict(),
    }
