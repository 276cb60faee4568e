"""The text of an OpenDocument text."""

from __future__ import annotations

import re
from collections import Counter

from stemmata.readers.looks import UNKNOWN, Look
from stemmata.readers.odt_looks import Looks, attribute
from stemmata.readers.page import Element
from stemmata.readers.writing import CELL, LINE, PARAGRAPH, SPACE, UNSHOWN, Writing
from stemmata.readers.xmltree import local

LEFT_OUT = {  # declarations, comments, forms, and what stands for a picture
    *("tracked-changes", "annotation", "annotation-end", "forms", "script", "ruby-text", "sequence-decls"),
    *("variable-decls", "user-field-decls", "dde-connection-decls", "alphabetical-index-auto-mark-file", "object"),
    *("object-ole", "image", "title", "desc", "note-citation", "covered-table-cell", "event-listeners"),
    *("list-level-label-alignment", "index-title-template", "bibliography-configuration", "table-of-content-source"),
    *("illustration-index-source", "table-index-source", "object-index-source", "user-index-source"),
    *("alphabetical-index-source", "bibliography-source", "applet", "plugin", "floating-frame", "binary-data", "math"),
}
PARAGRAPHS = ("p", "h")
MOST_SPACES = 100  # that are written for one element; no more are seen on a line
BLANKS = re.compile("[ \t\r\n]+")
DELETIONS = "tracked deletions in office documents, left out"


class _Place:
    """Where a text is being put together: the body, or a note or a text box in it."""

    def __init__(self, writing: Writing, ground: str) -> None:
        self.writing = writing
        self.boxes: list[Writing] = []
        self.looks: list[Look] = [Look(ground=ground)]
        self.paragraphs = 0
        self.cells = 0
        self.lists = 0
        self.listed = False  # the last paragraph was an item of a list
        self.fresh = False  # the next paragraph is the first of a cell
        self.blank = True  # the last letter is a space, so that none follows


def read_body(body: Element, looks: Looks, writing: Writing, notes: Counter[str]) -> None:
    """Write the text of a document, and after it its notes, each with the locator ``footnote 1`` and so on.

    Paragraphs and tables are parted by a blank line, items of a list, rows and broken lines by a line end, cells by a
    tab. What was deleted is kept apart by the format, and left out. A text box stands after the paragraph that it
    hangs on. Of fields the result is text.

    Parameters
    ----------
    body : lxml element
        ``office:text``.
    looks : Looks
        How letters look; what is hidden is no text, and told by ``writing``.
    writing : Writing
        What it is written to.
    notes : Counter
        To which is added how much was left out.
    """
    for own in _Body(body, looks, writing, notes).read():
        writing.add(own)


class _Body:
    """A body while it is read, by events, never by recursion."""

    def __init__(self, body: Element, looks: Looks, writing: Writing, notes: Counter[str]) -> None:
        self.body = body
        self.looks = looks
        self.notes = notes
        self.places = [_Place(writing, looks.page)]
        self.notes_read: dict[str, list[Writing]] = {"footnote": [], "endnote": []}
        self.kinds: list[str] = []  # of the notes that are open
        self.pages = 1
        self.unshown = 0  # sections and the like that are open, and hidden

    def read(self) -> list[Writing]:
        from lxml.etree import iterwalk

        if next(self.body.iter("{*}soft-page-break"), None) is not None:
            self.places[0].writing.label("p. 1")
        walker = iterwalk(self.body, events=("start", "end"))
        left_out: Element | None = None
        for event, element in walker:
            name = local(element)
            if event == "start":
                if name in LEFT_OUT:
                    if name == "tracked-changes":
                        self.notes[DELETIONS] += sum(1 for _ in element.iter("{*}deletion"))
                    left_out = element
                    walker.skip_subtree()
                    continue
                self._begin(name, element)
                self._write(element.text)
                continue
            if element is left_out:
                left_out = None
            elif element is not self.body:
                self._end(name, element)
            if element is not self.body:
                self._write(element.tail)
        return [*self.notes_read["footnote"], *self.notes_read["endnote"]]

    @property
    def place(self) -> _Place:
        return self.places[-1]

    def _begin(self, name: str, element: Element) -> None:
        place = self.place
        if name in PARAGRAPHS:
            if place.cells:
                place.writing.part(0 if place.fresh else SPACE)
            elif not place.paragraphs:
                place.writing.part(LINE if place.listed and place.lists else PARAGRAPH)
            place.listed = place.lists > 0
            place.fresh, place.blank = False, True
            place.paragraphs += 1
            place.looks.append(self.looks.of("paragraph", attribute(element, "style-name")).over(place.looks[-1]))
        elif name in ("span", "a"):
            place.looks.append(self.looks.of("text", attribute(element, "style-name")).over(place.looks[-1]))
        elif name == "s" and place.paragraphs:
            count = attribute(element, "c")
            self._put(" " * min(int(count[:4]) if count.isdecimal() else 1, MOST_SPACES))
        elif name == "tab" and place.paragraphs:
            self._put("\t")
        elif name == "line-break":
            place.writing.part(SPACE if place.cells else LINE)
            place.blank = True
        elif name == "soft-page-break" and len(self.places) == 1:
            self.pages += 1
            place.writing.label(f"p. {self.pages}")
        elif name == "note":
            kind = "endnote" if attribute(element, "note-class") == "endnote" else "footnote"
            self.kinds.append(kind)
            self.places.append(_Place(Writing(), self.looks.page))
            self.place.writing.label(f"{kind} {len(self.notes_read[kind]) + 1}")
        elif name == "text-box":
            self.places.append(_Place(Writing(), UNKNOWN))
        elif name == "section":
            self.unshown += attribute(element, "display") == "none"
        elif name == "hidden-text" and attribute(element, "is-hidden") == "true":
            place.writing.write(attribute(element, "string-value"), UNSHOWN)
        else:
            self._begin_table(name, element)

    def _begin_table(self, name: str, element: Element) -> None:
        place = self.place
        if name == "table":
            place.writing.part(LINE if place.cells else PARAGRAPH)
        elif name == "table-row":
            place.writing.part(LINE)
        elif name == "table-cell":
            place.writing.part(CELL)
            place.cells += 1
            place.fresh = True
            ground = self.looks.of("table-cell", attribute(element, "style-name")).ground
            place.looks.append(Look(ground=ground).over(place.looks[-1]))
        elif name == "list":
            place.lists += 1

    def _end(self, name: str, element: Element) -> None:
        place = self.place
        if name in PARAGRAPHS and place.paragraphs:
            place.looks.pop()
            place.paragraphs -= 1
            boxes, place.boxes = (place.boxes, []) if not place.paragraphs else ([], place.boxes)
            for box in boxes:
                place.writing.add(box)
        elif name in ("span", "a") and len(place.looks) > 1:
            place.looks.pop()
        elif name == "note" and self.kinds:
            self.places.pop()
            self.notes_read[self.kinds.pop()].append(place.writing)
        elif name == "text-box" and len(self.places) > 1:
            self.places.pop()
            self.place.boxes += [place.writing, *place.boxes]
        elif name == "list":
            place.lists -= 1
        elif name == "table-cell" and place.cells:
            place.cells -= 1
            place.looks.pop()
        elif name == "table":
            place.writing.part(LINE if place.cells else PARAGRAPH)
        elif name == "section":
            self.unshown -= attribute(element, "display") == "none"

    def _write(self, text: str | None) -> None:
        if not text or not self.place.paragraphs:
            return
        text = BLANKS.sub(" ", text)
        self._put(text.removeprefix(" ") if self.place.blank else text)

    def _put(self, text: str) -> None:
        if text:
            place = self.place
            place.blank = text.endswith((" ", "\t"))
            place.writing.write(text, UNSHOWN if self.unshown else place.looks[-1].veil)
