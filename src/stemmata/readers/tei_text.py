"""The text of a TEI transcription, as the witness has it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from stemmata.readers.page import GAPS, UNFIT, Element
from stemmata.readers.xmltree import local

GAP = "[…]"  # stands where the witness is lost, cannot be read, or was not transcribed
SPACE = re.compile("[ \t\r\n]+")
HYPHEN = re.compile("[-\u2010\u00ad\u00ac\u2e17=]\\Z")  # at the end of a line, inside a word
OWN = ("sic", "orig", "abbr", "am")  # of a choice: what the witness has
NOT_OF_THE_WITNESS = ("note", "index", "metamark", "figDesc", "witDetail", "listApp", "teiHeader", "certainty")
DELETED, RUNNING = "del", "fw"
LOST_IF_EMPTY = ("damage", "unclear")
BREAKS = ("lb", "pb", "cb", "gb")
CELLS = ("cell",)
LINES = (
    *("l", "line", "item", "row", "sp", "speaker", "stage", "opener", "closer", "salute", "signed", "dateline"),
    *("byline", "trailer"),
)
PARAGRAPHS = (
    *("text", "body", "p", "ab", "lg", "head", "list", "table", "figure", "floatingText", "surface", "zone"),
    *("div", "div1", "div2", "div3", "div4", "div5", "div6", "div7"),
)
GAP_OF = dict.fromkeys(CELLS, 1) | dict.fromkeys(LINES, 2) | dict.fromkeys(PARAGRAPHS, 3)  # by their number in ``GAPS``
PAGE = re.compile(r"\d+")
FOLIO = re.compile(r"\d+\s?[rv][ab]?")
LONGEST_LABEL = 40


class TeiText(NamedTuple):
    """A text, where its pages and columns begin, and how often something was left out or marked."""

    text: str
    locators: list[tuple[int, str]]
    notes: dict[str, int]


def read_text(tei: Element) -> TeiText:
    """Return what a reader of the witness would read.

    It is what stands in ``body``; without one in ``text``, without that in ``sourceDoc``. Of a ``choice`` what the
    witness has counts (``sic``, ``orig``, ``abbr``, ``am``), else the first that has text: an abbreviation written as
    a sign without a character is expanded. Of an ``app`` the lemma counts, else the first reading. Left out are
    ``note``, ``fw`` and ``del`` (but in ``restore``); ``add``, ``supplied`` and ``unclear`` are kept.

    Paragraphs and stanzas are parted by a blank line, verses and lines (``lb``, ``pb``, ``cb``) by a line end, and
    ``w`` by a space. A break with ``break="no"``, or within ``w``, parts no word: a hyphen before it goes. For
    ``gap``, and ``damage`` or ``unclear`` with nothing in them, stands ``GAP``.

    Parameters
    ----------
    tei : lxml element
        ``TEI``; what is not chosen is taken out of the tree.
    """
    notes: Counter[str] = Counter()
    writing = _Writing()
    for part in _parts(tei):
        saying = _saying(part)
        _choose(part, saying, notes)
        _write(part, saying, writing, notes)
    return TeiText("".join(writing.pieces).rstrip(), writing.locators, dict(notes))


def _parts(tei: Element) -> Iterator[Element]:
    """Yield what holds the text: no part lies in another."""
    from lxml.etree import iterwalk

    for name in ("body", "text", "sourceDoc"):
        walker = iterwalk(tei, events=("start",), tag="{*}" + name)
        found = False
        for _, one in walker:
            found = True
            walker.skip_subtree()
            yield one
        if found:
            return


def _saying(part: Element) -> set[Element]:
    """Return the elements that hold text or a gap; each is climbed to once, however deep they lie in each other."""
    found: set[Element] = set()
    if next(part.iter("{*}choice", *("{*}" + name for name in LOST_IF_EMPTY)), None) is None:
        return found
    for element in part.iter():
        own = local(element) == "gap" or (element.text or "").strip()
        up = element if own else element.getparent() if (element.tail or "").strip() else None
        while up is not None and up not in found:
            found.add(up)
            up = up.getparent()
    return found


def _choose(part: Element, saying: set[Element], notes: Counter[str]) -> None:
    """Leave one child in each choice, and one reading in each entry of an apparatus."""
    for choice in list(part.iter("{*}choice", "{*}app")):
        children = [child for child in choice if isinstance(child.tag, str)]
        if local(choice) == "choice":
            full = [child for child in children if child in saying]
            own = (child for name in OWN for child in full if local(child) == name)
            _keep(choice, children, next(own, next(iter(full), None)))
            continue
        readings = list(_readings(choice))
        kept = next((one for one in readings if local(one) == "lem"), next(iter(readings), None))
        notes["readings in the apparatus of a TEI text, left out"] += max(len(readings) - 1, 0)
        while kept is not None and kept.getparent() is not choice:  # in a rdgGrp
            _keep(kept.getparent(), list(kept.getparent()), kept)
            kept = kept.getparent()
        _keep(choice, children, kept)


def _keep(parent: Element, children: list[Element], kept: Element | None) -> None:
    for child in children:
        if child is not kept:
            parent.remove(child)


def _readings(app: Element) -> Iterator[Element]:
    """Yield the readings of an entry, also those in groups, and none of an entry that lies in one."""
    waiting = list(app)[::-1]
    while waiting:
        one = waiting.pop()
        if local(one) == "rdgGrp":
            waiting += list(one)[::-1]
        elif local(one) in ("lem", "rdg"):
            yield one


class _Writing:
    """A text that is being put together: breaks are written once a letter follows."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self.gap = 0  # of ``GAPS``, that comes before the next letter
        self.joins = False  # a break parts no word
        self.ended = False  # a word or a sign that is marked as one has just ended
        self.page = ""
        self.begins = ""  # the label of the page or column that begins with the next letter
        self.locators: list[tuple[int, str]] = []

    def write(self, text: str) -> None:
        text = SPACE.sub(" ", UNFIT.sub("", text))
        joins = self.joins and self.gap < len(GAPS) - 1
        if joins or self.gap or not self.pieces or self.pieces[-1].endswith(" "):
            text = text.removeprefix(" ")
        if not text:
            return
        if joins:
            self._strip_hyphen()
        elif self.gap and self.pieces:
            self._strip()
            self._add(GAPS[self.gap])
        self.locators += [(self.length, self.begins)] if self.begins else []
        self._add(text)
        self.gap, self.joins, self.ended, self.begins = 0, False, False, ""

    def label(self, name: str, said: str) -> None:
        said = " ".join(said.split())[:LONGEST_LABEL]
        if name == "pb":
            self.page = f"p. {said}" if PAGE.fullmatch(said) else f"f. {said}" if FOLIO.fullmatch(said) else said
            self.begins = self.page
        elif name == "cb" and said:
            self.begins = f"{self.page}, col. {said}" if self.page else f"col. {said}"

    def part(self) -> None:
        """Begin a word that is marked as one."""
        if self.ended and not self.gap and not self.joins and not self.pieces[-1].endswith(" "):
            self._add(" ")

    def _add(self, text: str) -> None:
        self.pieces.append(text)
        self.length += len(text)

    def _strip(self) -> None:
        while self.pieces:
            last = self.pieces.pop()
            self.length -= len(last)
            if bare := last.rstrip(" "):
                self._add(bare)
                return

    def _strip_hyphen(self) -> None:
        self._strip()
        if self.pieces and HYPHEN.search(self.pieces[-1]):
            last = self.pieces.pop()
            self.length -= len(last)
            self._add(last[:-1])


def _write(part: Element, saying: set[Element], writing: _Writing, notes: Counter[str]) -> None:
    """Write what stands in an element; trees are walked by events, never by recursion."""
    from lxml.etree import iterwalk

    words = 0  # elements that mark words, and lie about the place
    walker = iterwalk(part, events=("start", "end"))
    for event, element in walker:
        name, begins = local(element), event == "start"
        text: Any = element.text if begins else element.tail if element is not part else None
        if begins and (why := _left_out(element, name)):
            notes[why] += 1
            walker.skip_subtree()
            continue  # its end, and its tail, still come
        writing.gap = max(writing.gap, _gap(element, name))
        if name == "w":
            if begins and not words and element.get("part") not in ("M", "F"):
                writing.part()
            words += 1 if begins else -1
        if begins and name in BREAKS:
            parts = element.get("break") != "no" and not words
            writing.joins |= not parts
            writing.gap = max(writing.gap, 2 * parts)
            writing.label(name, element.get("n") or "")
        if begins and (name == "gap" or (name in LOST_IF_EMPTY and element not in saying)):
            notes[f"gaps in TEI texts, marked {GAP}"] += 1
            writing.write(GAP)
            text = None
        if not begins and name in ("w", "pc") and bool(writing.pieces):
            writing.ended = True
        if text:
            writing.write(text)


def _gap(element: Element, name: str) -> int:
    """Return what parts an element from others; a paragraph that is all of a cell or item is as that is."""
    up = element.getparent()
    around = "" if up is None or name not in ("p", "ab") or len(up) > 1 else local(up)
    return GAP_OF[around] if around in ("cell", "item") else GAP_OF.get(name, 0)


def _left_out(element: Element, name: str) -> str:
    """Return why an element and all in it is no text, if it is none."""
    if name == DELETED:
        up = element.getparent()
        restored = up is not None and local(up) == "restore"
        return "" if restored else "deletions in TEI texts, left out"
    if name == RUNNING:
        return "running heads, catchwords and page numbers in TEI texts, left out"
    return "notes and the like in TEI texts, left out" if name in NOT_OF_THE_WITNESS else ""
