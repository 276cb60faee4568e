"""The page on which a text is handed over, and the answer where it comes from; and the same as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from stemmata.errors import OptionError
from stemmata.report import answer
from stemmata.report.answer_page import told_of
from stemmata.report.links import Answers, Links

if TYPE_CHECKING:
    from stemmata.finding import Found

MOST = 10  # matches, unless more are asked for
LONGEST = 1_000_000  # signs of a text
LARGEST = 20_000_000  # bytes of a file
TABLES = ("relations", "directions", "alignments", "changes", "notes")


def choose(text: str, file: str) -> bool:
    """Say whether a text that was written is looked at, or else a file of some name.

    Raises
    ------
    OptionError
        Neither was given, or both; or the text is too long.
    """
    written = bool(text.strip())
    if written and file:
        raise OptionError(
            f"a text was written, and the file '{file}' chosen, and only one is looked at.",
            mend="check the text as it stands below, or empty it and choose the file once more.",
        )
    if not written and not file:
        raise OptionError("there is no text to be checked.", mend="write one into the form, or choose a file.")
    if written and len(text) > LONGEST:
        raise OptionError(f"a text of more than {LONGEST:,} signs is not taken.", mend="give a part of it.")
    return written


def tell(found: Found) -> tuple[dict[str, Any], Links]:
    """Return what the page of an answer shows, and where the names on it lead."""
    return told_of(found), Answers(asked=found.doc)


def twin(found: Found) -> dict[str, Any]:
    """Return the same for programs."""
    return {
        "doc": found.doc,
        "headline": answer.headline(found),
        "remarks": [f"{title}: {said}." for title, said in answer.remarks(found)],
        "words": found.words,
        "documents": found.size,
        "candidates": found.candidates,
        "held": found.held,
        "held_as": list(found.held_as),
        "matches": found.matches.to_pylist(),
        "coverage": found.coverage.to_pylist(),
        **{name: getattr(found.trace, name).to_pylist() for name in TABLES},
    }
