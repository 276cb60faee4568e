"""Headlines and bylines: some readers leave them in the text, others do not, whoever copied it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa

from stemmata.collating.collation import MISSING, Collation
from stemmata.tokens import distinct, read_words

LONGEST = 60  # words of a headline with a byline


def without_headings(collation: Collation, witnesses: pa.Table) -> Collation:
    """Return a collation in which nobody knows what a witness reads where its text begins with a headline.

    Parameters
    ----------
    collation : Collation
    witnesses : pyarrow.Table
        Its witnesses in order, with ``body``, ``places``, and ``title`` and ``author``: words of any title or author
        with which a text begins are a headline, whosesoever.
    """
    told = pa.concat_arrays([chunk for name in ("title", "author") for chunk in witnesses[name].chunks])
    known = distinct(read_words(told.drop_null().cast(pa.large_string())).words.word)
    tokens = read_words(witnesses["body"])
    codes = collation.codes.copy()
    for row, places in enumerate(witnesses["places"].to_pylist()):
        begin = tokens[row].word[:LONGEST]
        other = np.flatnonzero(~np.isin(begin, known))
        codes[row, np.array(places[: other[0] if len(other) else 0], np.int64) - 1] = MISSING
    return replace(collation, codes=codes)
