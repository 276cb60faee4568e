"""The text of a story of a Word document: its body, or one of its notes."""

from __future__ import annotations

import re
from collections import Counter

from stemmata.readers.docx_looks import Looks, child, ground_of, named, value
from stemmata.readers.looks import UNKNOWN, Look
from stemmata.readers.page import Element
from stemmata.readers.writing import CELL, LINE, PARAGRAPH, SPACE, Writing

WORD = (  # transitional and strict
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
MATH = ("http://schemas.openxmlformats.org/officeDocument/2006/math", "http://purl.oclc.org/ooxml/officeDocument/math")
ALTERNATIVES = "http://schemas.openxmlformats.org/markup-compatibility/2006"
DELETED = ("del", "moveFrom")
LEFT_OUT = {"rPr", "pPr", "tblPr", "tcPr", "trPr", "sectPr", "sdtPr", "instrText", "delText", "delInstrText", "rt"}
SIGNS = {"tab": "\t", "ptab": "\t", "noBreakHyphen": "\u2011"}
SPACES = re.compile("[\t\n\r]+")
PRESERVE = "{http://www.w3.org/XML/1998/namespace}space"
PRIVATE = range(0xD800, 0xF900)  # halves of signs, and signs of fonts of symbols, which no other font has
DELETIONS = "tracked deletions in office documents, left out"


class _Place:
    """Where a text is being put together: the body, or a text box in it, which stands after its paragraph."""

    def __init__(self, writing: Writing, ground: str) -> None:
        self.writing = writing
        self.boxes: list[Writing] = []
        self.grounds = [ground]
        self.cells = 0
        self.fresh = False  # the next paragraph is the first of a cell
        self.paragraphs: list[Look] = []
        self.joins = False  # the mark of the last paragraph is deleted or hidden
        self.listed = False  # the last paragraph was an item of a list


def read_story(story: Element, looks: Looks, writing: Writing, notes: Counter[str]) -> dict[str, list[str]]:
    """Write the text of a story, and return the ids of the notes that it refers to, by their kind.

    Paragraphs and tables are parted by a blank line, items of a list, rows and broken lines by a line end, cells by a
    tab. Insertions are text, deletions are not; where the mark of a paragraph is deleted, the next goes on from it. Of
    fields the result is text, of alternatives the first with text, and of controls that wait for a text nothing. A
    text box stands after the paragraph that it hangs on. Pages begin where Word last laid them out.

    Parameters
    ----------
    story : lxml element
    looks : Looks
        How letters look; what is hidden is no text, and told by ``writing``.
    writing : Writing
        What it is written to.
    notes : Counter
        To which is added how much was left out.
    """
    return _Story(story, looks, writing, notes).read()


class _Story:
    """One story while it is read, by events, never by recursion."""

    def __init__(self, story: Element, looks: Looks, writing: Writing, notes: Counter[str]) -> None:
        self.story = story
        self.looks = looks
        self.notes = notes
        self.references: dict[str, list[str]] = {"footnotes": [], "endnotes": []}
        self.places = [_Place(writing, looks.page)]
        self.run = Look()
        self.fields: list[bool] = []  # of each that is open, whether its code is still going on
        self.coded = 0
        self.pages = 1
        self.came = 0  # how much text, seen or not
        self.chosen: list[list[int]] = []  # of each set of alternatives, what had come in before, and in those gone by

    def read(self) -> dict[str, list[str]]:
        from lxml.etree import iterwalk

        walker = iterwalk(self.story, events=("start", "end"))
        left_out: Element | None = None
        names: dict[str, tuple[str, str]] = {}
        for event, element in walker:
            tag = element.tag
            if tag not in names:
                space, _, name = str(tag)[1:].rpartition("}")
                names[tag] = space, name
            space, name = names[tag]
            if element is left_out:
                left_out = None  # its end, of which nothing began
            elif event == "start":
                if self._is_left_out(space, name, element):
                    left_out = element
                    walker.skip_subtree()
                else:
                    self._begin(space, name, element)
            else:
                self._end(space, name)
        return self.references

    @property
    def place(self) -> _Place:
        return self.places[-1]

    def _is_left_out(self, space: str, name: str, element: Element) -> bool:
        if space == ALTERNATIVES and name in ("Choice", "Fallback") and self.chosen:
            return self.chosen[-1][1] > 0
        if space not in WORD:
            return False
        if name in DELETED or (name == "tr" and _is_deleted(child(element, "trPr"))):
            self.notes[DELETIONS] += 1
            return True
        if name == "sdt":
            properties = child(element, "sdtPr")
            return properties is not None and child(properties, "showingPlcHdr") is not None
        return name in LEFT_OUT

    def _begin(self, space: str, name: str, element: Element) -> None:
        place = self.place
        if space == ALTERNATIVES and name == "AlternateContent":
            self.chosen.append([0, 0])
        elif space == ALTERNATIVES and name in ("Choice", "Fallback") and self.chosen:
            self.chosen[-1][0] = self.came
        elif space in MATH and name == "t":
            self._write(element.text or "")
        elif space not in WORD:
            return
        elif name == "p":
            self._begin_paragraph(element)
        elif name == "r":
            looked_up = place.paragraphs[-1] if place.paragraphs else Look(ground=place.grounds[-1])
            self.run = self.looks.of_run(child(element, "rPr"), looked_up)
        elif name == "t":
            text = SPACES.sub(" ", element.text or "")
            self._write(text if element.get(PRESERVE) == "preserve" else text.strip(" "))
        elif name in SIGNS:
            self._write(SIGNS[name])
        elif name in ("br", "cr"):
            if not self.coded:
                place.writing.part(SPACE if place.cells else LINE)
        elif name == "sym":
            self._write_sign(value(element, "char"))
        elif name == "fldChar":
            self._turn_field(value(element, "fldCharType"))
        elif name == "lastRenderedPageBreak" and len(self.places) == 1:
            self.pages += 1
            place.writing.label(f"p. {self.pages}")
        elif name in ("footnoteReference", "endnoteReference") and not self.coded:
            self.references[name.removesuffix("Reference") + "s"].append(value(element, "id"))
        elif name == "altChunk":
            self.notes["documents within office documents, left out"] += 1
        elif name == "txbxContent":
            self.places.append(_Place(Writing(), UNKNOWN))
        else:
            self._begin_table(name, element)

    def _begin_paragraph(self, element: Element) -> None:
        place = self.place
        properties = child(element, "pPr")
        listed = properties is not None and child(properties, "numPr") is not None
        if place.joins:
            place.joins = False
        elif place.cells:
            place.writing.part(SPACE if not place.fresh else 0)
        elif not place.paragraphs:
            place.writing.part(LINE if listed and place.listed else PARAGRAPH)
        place.fresh, place.listed = False, listed
        mark = None if properties is None else child(properties, "rPr")
        place.joins = mark is not None and any(
            local_name in DELETED or (local_name == "vanish" and value(one, "val") not in ("0", "false", "off"))
            for one in mark
            for local_name in [str(one.tag).rpartition("}")[2]]
        )
        place.paragraphs.append(self.looks.of_paragraph(properties, place.grounds[-1]))

    def _begin_table(self, name: str, element: Element) -> None:
        place = self.place
        if name == "tbl":
            place.writing.part(LINE if place.cells else PARAGRAPH)
            styled = named(child(element, "tblPr"), "tblStyle") not in ("", "TableGrid", "TableNormal")
            place.grounds.append(UNKNOWN if styled else place.grounds[-1])
        elif name == "tr":
            place.writing.part(LINE)
        elif name == "tc":
            place.writing.part(CELL)
            place.cells += 1
            place.fresh = True
            place.grounds.append(ground_of(child(element, "tcPr")) or place.grounds[-1])

    def _end(self, space: str, name: str) -> None:
        place = self.place
        if space == ALTERNATIVES and name == "AlternateContent" and self.chosen:
            self.chosen.pop()
        elif space == ALTERNATIVES and name in ("Choice", "Fallback") and self.chosen:
            self.chosen[-1][1] += self.came - self.chosen[-1][0]
        elif space not in WORD:
            return
        elif name == "p" and place.paragraphs:
            place.paragraphs.pop()
            if not place.paragraphs and place.boxes:
                boxes, place.boxes = place.boxes, []
                for box in boxes:
                    place.writing.add(box)
                place.joins = False
        elif name == "r":
            self.run = place.paragraphs[-1] if place.paragraphs else Look()
        elif name == "txbxContent" and len(self.places) > 1:
            self.places.pop()
            self.place.boxes += [place.writing, *place.boxes]
        elif name == "tc" and place.cells:
            place.cells -= 1
            place.grounds.pop()
        elif name == "tbl" and len(place.grounds) > 1:
            place.grounds.pop()
            place.writing.part(LINE if place.cells else PARAGRAPH)
        elif name == "tr":
            place.joins = False

    def _write(self, text: str) -> None:
        if not self.coded and text:
            self.came += len(text)
            self.place.writing.write(text, self.run.veil)

    def _write_sign(self, code: str) -> None:
        try:
            number = int(code, 16)
            self._write("" if number in PRIVATE or not 32 <= number <= 0xFFFF else chr(number))
        except ValueError:
            return

    def _turn_field(self, kind: str) -> None:
        if kind == "begin":
            self.fields.append(True)
            self.coded += 1
        elif kind in ("separate", "end") and self.fields:
            self.coded -= self.fields[-1]
            self.fields[-1] = False
            if kind == "end":
                self.fields.pop()


def _is_deleted(row: Element | None) -> bool:
    return row is not None and child(row, "del") is not None
