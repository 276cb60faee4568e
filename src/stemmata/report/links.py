"""Where the names on a page lead: on a page that stands alone to places in it, in the reading room to other pages.

Addresses are relative, so that a room may stand anywhere; ids are in the query, since no path can hold any text.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlencode

if TYPE_CHECKING:
    from stemmata.report.family import Edge, Family, Member

_LOST = "lost:"  # at the beginning of the names of lost copies, which have no page


class Links(Hashable, Protocol):
    """What a template asks for."""

    @property
    def served(self) -> bool:
        """Whether there are other pages."""

    def document(self, doc: str) -> str:
        """Return where a document is read; empty where that is nowhere."""

    def family(self, family: Family) -> str:
        """Return where a family is shown, if it is."""

    def member(self, member: Member) -> str:
        """Return where a member of a family is told of."""

    def members(self, family: Family) -> str:
        """Return where all members of a family are listed."""

    def pair(self, edge: Edge, shown: Collection[str]) -> str:
        """Return where two texts stand side by side; empty where they do not.

        Parameters
        ----------
        shown : collection of str
            Anchors of the edges whose texts the page itself shows.
        """

    def places(self, edge: Edge, shown: Collection[str]) -> str | None:
        """Return what leads to a place in either text, before its name; None where they are not shown."""


@dataclass(frozen=True)
class Anchors:
    """Links within a page that stands alone; what it does not show has none."""

    served: bool = False

    def document(self, _: str) -> str:
        """Return nothing: no document has a place of its own."""
        return ""

    def family(self, family: Family) -> str:
        """Return the section of a family."""
        return f"#{family.at}"

    def member(self, member: Member) -> str:
        """Return the row of a member."""
        return f"#{member.at}"

    def members(self, family: Family) -> str:
        """Return the table of the members."""
        return f"#{family.at}-members"

    def pair(self, edge: Edge, shown: Collection[str]) -> str:
        """Return the section of a pair, if it is shown."""
        return f"#{edge.at}pair" if edge.at in shown else ""

    def places(self, edge: Edge, shown: Collection[str]) -> str | None:
        """Return how the anchors in a pair's texts begin."""
        return f"#{edge.at}" if edge.at in shown else None


@dataclass(frozen=True)
class Pages:
    """Links between the pages of a reading room."""

    served: bool = True

    def document(self, doc: str) -> str:
        """Return the page of a document."""
        return "" if doc.startswith(_LOST) else address("document", id=doc)

    def family(self, family: Family) -> str:
        """Return the page of a family."""
        return address("family", id=family.name)

    def member(self, member: Member) -> str:
        """Return the page of a document; of a lost copy, its row."""
        return self.document(member.doc) or f"#{member.at}"

    def members(self, family: Family) -> str:
        """Return the table of the members."""
        return f"#{family.at}-members"

    def pair(self, edge: Edge, _: Collection[str]) -> str:
        """Return the page of a pair, if it is aligned."""
        return address("pair", source=edge.base.doc, copy=edge.copy.doc) if edge.aligned else ""

    def places(self, edge: Edge, shown: Collection[str]) -> str | None:
        """Return how addresses of places in a pair's texts begin."""
        return f"{self.pair(edge, shown)}#" if edge.aligned else None


@dataclass(frozen=True)
class Answers(Anchors):
    """Links on the page of an answer in a reading room: what it shows is on the page, its documents have pages there.

    Parameters
    ----------
    asked : str
        The text that was asked about, which has none.
    """

    served: bool = True
    asked: str = ""

    def document(self, doc: str) -> str:
        """Return the page of a document of the room."""
        return "" if doc == self.asked else ROOM.document(doc)


ALONE: Links = Anchors()
ROOM: Links = Pages()


def address(page: str, /, **query: str | int) -> str:
    """Return the address of a page, relative to the other pages of its room."""
    return f"{page}?{urlencode(query)}" if query else page
