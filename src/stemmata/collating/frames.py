"""What stands around a text on its page: headlines and bylines, and lines that a site adds to every page.

Some readers leave headlines in the text, others do not, so whether a witness has one does not tell whose copy it is.
Lines of pages were in no original.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from stemmata.furniture import find_furniture
from stemmata.tokens import distinct, read_words

LONGEST = 60  # words of a headline with a byline
NAMED = ("title", "author")


class Frames(NamedTuple):
    """What belongs to pages.

    Parameters
    ----------
    headlines : bool array of shape (witnesses, places)
        Where witnesses have a headline, or a byline, at the beginning.
    lines : bool array of shape (places,)
        Where all who have a word have one of a line that sites add.
    """

    headlines: NDArray[np.bool_]
    lines: NDArray[np.bool_]


def find_frames(witnesses: pa.Table, places: int) -> Frames:
    """Find what belongs to pages in the witnesses of a text.

    Parameters
    ----------
    witnesses : pyarrow.Table
        With ``body`` and ``places``, and where they are known ``title`` and ``author``: words of any title or author
        with which a text begins are a headline, whosesoever.
    places : int
        How many there are.
    """
    named = [chunk for name in NAMED if name in witnesses.column_names for chunk in witnesses[name].chunks]
    told = pa.concat_arrays([pa.array([], pa.string()), *named]).drop_null()
    known = distinct(read_words(told.cast(pa.large_string())).words.word)
    tokens = read_words(witnesses["body"])
    headlines = np.zeros((witnesses.num_rows, places), bool)
    held, framed = np.zeros(places, np.int64), np.zeros(places, np.int64)
    for row, (listed, text) in enumerate(zip(witnesses["places"], witnesses["body"].to_pylist(), strict=True)):
        place = listed.values.to_numpy(zero_copy_only=False) - 1
        other = np.flatnonzero(~np.isin(tokens[row].word[:LONGEST], known))
        headlines[row, place[: other[0] if len(other) else 0]] = True
        held[place] += 1
        framed[place[tokens[row].inside((line.start, line.end) for line in find_furniture(text))]] += 1
    return Frames(headlines, (framed == held) & (held > 0))
