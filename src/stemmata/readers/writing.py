"""A text that is being put together from the pieces of a document: gaps, places, and what is hidden between them."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any, NamedTuple

import pyarrow as pa

from stemmata import schemas
from stemmata.readers.attribution import find_attribution
from stemmata.readers.columns import take_records
from stemmata.readers.hidden import MOST, Hidden, as_row, says_something
from stemmata.readers.page import UNFIT

NONE, SPACE, CELL, LINE, PARAGRAPH = range(5)  # how far what comes next stands off
GAPS = ("", " ", "\t", "\n", "\n\n")
LONGEST_LABEL = 80
UNSHOWN = "not displayed"


class Written(NamedTuple):
    """A text, the places in it that have a name, and the stretches that were hidden where they stood."""

    text: str
    locators: list[tuple[int, str]]
    hidden: list[dict[str, Any]]


def only_row(written: Written, said: Mapping[str, Any], data: bytes, notes: Mapping[str, int]) -> pa.Table:
    """Return a document that is one file as the only row that its reader returns.

    Parameters
    ----------
    said : mapping
        What the file says of itself; its language is what it declares.
    data : bytes
        The file.
    notes : mapping of str to int
        What was left out, and how often.
    """
    record = {
        **said,
        "text": written.text,
        "attribution": find_attribution(written.text),
        "sha256": sha256(data).hexdigest(),
        "locators": written.locators or None,
        "hidden": written.hidden or None,
    }
    told = [{"stage": "documents", "what": what, "count": count} for what, count in sorted(notes.items())]
    return schemas.remark(take_records([record], [None], declared=True), notes=told)


class _Veiled(NamedTuple):
    what: str
    text: str
    gap: int


class Writing:
    """A text that is being put together: gaps are written once a letter follows.

    Attributes
    ----------
    gap : int
        Of ``GAPS``, what comes before the next letter at least.
    """

    def __init__(self) -> None:
        self.gap = NONE
        self._pieces: list[str] = []
        self._length = 0
        self._label = ""
        self._locators: list[tuple[int, str]] = []
        self._veiled: list[_Veiled] = []  # since the last letter that can be seen
        self._between = ""  # blanks among that
        self._told: list[Hidden] = []
        self._hidden: list[tuple[int, Hidden]] = []

    def part(self, gap: int) -> None:
        """Set off what comes next by so much at least."""
        self.gap = max(self.gap, gap)

    def label(self, said: str) -> None:
        """Name the place where the next letter stands; where none comes before the next name, no place has it."""
        self._label = " ".join(UNFIT.sub("", said).split())[:LONGEST_LABEL]

    def write(self, text: str, veil: str = "") -> None:
        """Write what can be seen, or what is veiled in some way.

        What is not displayed is told, and no text. What is veiled otherwise is told where it says something, or
        breaks a word; else it is text.
        """
        text = UNFIT.sub("", text)
        if not text:
            return
        if veil:
            self._veil(veil, text)
        elif self._veiled and text.isspace():  # does not end what is hidden
            last = self._veiled[-1]
            self._veiled[-1] = last._replace(text=last.text + text)
            self._between += text
        else:
            self._settle(self._between + text)
            self._put(self._between + text)
            self._between = ""

    def _veil(self, what: str, text: str) -> None:
        last = self._veiled[-1] if self._veiled else None
        if last and last.what == what and self.gap <= SPACE:
            self._veiled[-1] = last._replace(text=last.text + GAPS[self.gap] + text)
        else:
            self._veiled.append(_Veiled(what, text, self.gap))
        self.gap = NONE

    def add(self, other: Writing) -> None:
        """Write a text that was put together beside this one, as paragraphs of its own."""
        other._settle("")
        if not other._length and not other._told:
            return
        self._settle("")
        self._between = ""
        self.part(PARAGRAPH)
        start = self._set_off() if other._length else self._length
        self._arrive(start)
        self._locators += [(start + offset, label) for offset, label in other._locators]
        self._hidden += [(start + offset, stretch) for offset, stretch in other._hidden]
        self._told += other._told
        self._pieces += other._pieces
        self._length += other._length
        self.gap = PARAGRAPH

    def finish(self) -> Written:
        """Return what was written, without white space around it."""
        self._settle("")
        text = "".join(self._pieces).rstrip()
        hidden = [*self._hidden, *((len(text), stretch) for stretch in self._told)][:MOST]
        rows = [as_row(min(offset, len(text)), stretch) for offset, stretch in hidden]
        return Written(text, [(offset, label) for offset, label in self._locators if offset < len(text)], rows)

    def _settle(self, following: str) -> None:
        """Decide of what was veiled whether it is text."""
        veiled, self._veiled = self._veiled, []
        gap, after = NONE, self.gap
        inside = following[:1].isalpha() and self._ends_in_letter() and not any((after, *(v.gap for v in veiled)))
        for one in veiled:
            gap = max(gap, one.gap)
            if one.what == UNSHOWN:
                told = any(sign.isalnum() for sign in one.text)
            else:
                told = says_something(one.text) or (inside and any(sign.isalpha() for sign in one.text))
            if told:
                self._told.append(Hidden(one.what, one.text))
            elif one.what != UNSHOWN:
                self.gap = gap
                self._put(one.text)
                gap = NONE
        self.gap = max(gap, after)

    def _ends_in_letter(self) -> bool:
        return bool(self._pieces) and self._pieces[-1][-1:].isalpha()

    def _put(self, text: str) -> None:
        if self.gap or not self._length:
            text = text.lstrip(" \t\n")
        if not text:
            return
        start = self._set_off()
        self._arrive(start)
        self._pieces.append(text)
        self._length += len(text)

    def _arrive(self, start: int) -> None:
        self._hidden += [(start, stretch) for stretch in self._told]
        self._told = []
        if self._label:
            self._locators.append((start, self._label))
            self._label = ""

    def _set_off(self) -> int:
        """Write the gap, and return where what comes next stands."""
        if self.gap and self._length:
            while self._pieces:
                last = self._pieces.pop()
                self._length -= len(last)
                if bare := last.rstrip(" \t\n"):
                    self._pieces.append(bare)
                    self._length += len(bare)
                    break
            self._pieces.append(GAPS[self.gap])
            self._length += len(GAPS[self.gap])
        self.gap = NONE
        return self._length
