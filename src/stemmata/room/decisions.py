"""What people decided about the documents of a library: the page of it, the forms on others, and the same as data."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from stemmata.report.links import address
from stemmata.room.paging import PAGE, Paging
from stemmata.rulings import Ruling, Rulings


@dataclass(frozen=True, kw_only=True)
class Form:
    """What somebody chose and wrote where one decides; a field that is still blank is empty.

    Parameters
    ----------
    back : str
        The page on which the form stands: ``pair``, ``document``, ``family`` or ``decisions``.
    verb : str
        One of ``rulings.VERBS``.
    a, b : str
        The documents.
    copy, kind : str
        Of two that are related as it says there the copy, of two that are so in another way the kind.
    note, who : str
        Why, and who decides.
    family : str
        Of the page, where it is that of a family.
    sent : bool
        Whether it was sent, and not taken.
    """

    back: str
    verb: str = ""
    a: str = ""
    b: str = ""
    copy: str = ""
    kind: str = ""
    note: str = ""
    who: str = ""
    family: str = ""
    sent: bool = False

    @property
    def value(self) -> str:
        """What the decision says beside its verb; what was chosen for another does not count."""
        return {"confirm": self.copy, "relabel": self.kind}.get(self.verb, "")

    @property
    def faults(self) -> Mapping[str, str]:
        """What is still to be said, by field."""
        asked = {
            "verb": (not self.verb, "Say what is so of the two: nothing is chosen."),
            "kind": (
                self.verb == "relabel" and not self.kind,
                "Say in which other way they are related: choose a kind beside it.",
            ),
            "note": (self.verb == "note" and not self.note.strip(), "Write the note: it is empty."),
            "who": (not self.who.strip(), "Give a name: it stands beside the decision."),
        }
        return {name: says for name, (is_open, says) in asked.items() if is_open}

    def page(self, made: int = 0) -> str:
        """Return the address of the page on which it stands, made of ids alone: none is taken from a request.

        Parameters
        ----------
        made : int
            The number of the decision that was made of it, for that page to say so.
        """
        shown = {"made": made} if made else {}
        if self.back == "pair" and self.b:
            return address("pair", source=self.a, copy=self.b, **shown)
        if self.back == "family" and self.family:
            return address("family", id=self.family, **shown)
        if self.back == "document":
            return address("document", id=self.a, **shown)
        return address("decisions", **shown)


def number(rulings: Rulings, made: Ruling) -> int:
    """Return the number of a decision that was just made, from 1; others may have been made since."""
    return len(rulings.listed) - rulings.listed[::-1].index(made)


def confirm(rulings: Rulings, made: int) -> str:
    """Say that a decision was written down, by its number from 1; nothing where there is none of this number."""
    if not 1 <= made <= len(rulings.listed):
        return ""
    one = rulings.listed[made - 1]
    docs = " and ".join(doc for doc in (one.a, one.b) if doc)
    counts = "" if one.verb == "note" else " It counts once the tables are worked out anew."
    return f"Written down of {docs}: {one.says.removesuffix('.')}.{counts}"


def tell(rulings: Rulings, held: Collection[str], page: int = 1) -> dict[str, Any]:
    """Return what the page shows, the latest first.

    Parameters
    ----------
    held : collection of str
        Ids of the documents that the library holds.
    """
    rows = [*zip(rulings.listed, rulings.ends, strict=True)][::-1]
    paging = Paging(total=len(rows), page=page, size=PAGE)
    return {
        "decisions": [
            (*row, Form(back="decisions", a=row[0].a, b=row[0].b)) for row in rows[paging.first : paging.last]
        ],
        "holding": sum(not end for end in rulings.ends),
        "held": frozenset(held),
        "paging": paging,
        "links": paging.links("decisions", {}),
    }


def twin(rulings: Rulings) -> list[dict[str, Any]]:
    """Return all, in the order in which they were made; ``end`` says how one came to hold no more."""
    return [{**asdict(one), "end": end} for one, end in zip(rulings.listed, rulings.ends, strict=True)]
