"""What every page of a reading room shows around its own matter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from stemmata._version import __version__
from stemmata.report.environment import assets, environment
from stemmata.report.links import ROOM, Links

PAGES = (
    ("./", "Overview"),
    ("families", "Families"),
    ("documents", "Documents"),
    ("groups", "Groups"),
    ("follow", "Follow a claim"),
)
PIECE = 16_000  # characters that are sent together
CHECK, DECISIONS, OTHERS = ("check", "Check a text"), ("decisions", "Decisions"), ("../../", "Drop other files")


@dataclass(frozen=True, kw_only=True)
class Site:
    """A reading room as its pages name it.

    Parameters
    ----------
    name : str
        Of the run or library.
    state : str
        What is to be known of it now: that something is being worked out, or was added since.
    said : str
        What became of what was just sent.
    checks, decides : bool
        Whether texts can be checked here, and whether decisions are kept; that they may be written is ``may_decide``.
    has_room : bool
        Whether there is anything to be shown yet, or at all.
    pile : bool
        Whether it is made of files that were dropped, and can be deleted.
    home : str
        Where one begins.
    root : str
        What leads up to the folder of all pages, from an address that lies deeper.
    current : str
        The address of the page that is shown.
    """

    name: str
    state: str = ""
    said: str = ""
    checks: bool = False
    decides: bool = False
    may_decide: bool = False
    has_room: bool = True
    pile: bool = False
    home: str = "./"
    root: str = ""
    current: str = ""

    @property
    def pages(self) -> list[tuple[str, str]]:
        """Addresses and titles of the pages that one goes to from everywhere."""
        if not self.has_room:
            return []
        more = ((CHECK, self.checks), (DECISIONS, self.decides), (OTHERS, self.pile))
        return [*PAGES, *(page for page, is_there in more if is_there)]


def render(template: str, site: Site, current: str, *, twin: str = "", leading: Links = ROOM, **told: Any) -> str:
    """Return a page of a reading room.

    Parameters
    ----------
    current : str
        The address of the page in the list of pages to which it belongs.
    twin : str
        Where the same is told as JSON.
    leading : Links
        Where names lead.
    told : object
        What the template shows.
    """
    return environment(leading).get_template(template).render(_given(site, current, twin, told))


def stream(template: str, site: Site, current: str, *, twin: str = "", **told: Any) -> Iterator[str]:
    """Yield a page of a reading room in pieces, each as soon as it is made, for pages that hold whole books.

    Parameters
    ----------
    current, twin, told :
        As :func:`render` has them.
    """
    held: list[str] = []
    size = 0
    for text in environment(ROOM).get_template(template).generate(_given(site, current, twin, told)):
        held.append(text)
        size += len(text)
        if size >= PIECE:
            yield "".join(held)
            held, size = [], 0
    yield "".join(held)


def _given(site: Site, current: str, twin: str, told: dict[str, Any]) -> dict[str, Any]:
    given = {"about": {"version": __version__}, **assets(), **told}
    return given | {"site": replace(site, current=current), "twin": twin}
