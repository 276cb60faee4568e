"""Texts without a sign in them."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from stemmata.buffers import text_views

Values: TypeAlias = "pa.Array[Any] | pa.ChunkedArray[Any]"

INK = np.ones(256, np.bool_)  # of each byte, whether no white space begins with it
INK[[*range(0x21), 0xC2, 0xE1, 0xE2, 0xE3]] = False


def is_blank(texts: Values) -> Values:
    """Tell of each text whether it is empty or nothing but white space; null of a null."""
    chunks = texts.chunks if isinstance(texts, pa.ChunkedArray) else [texts]
    if not texts.null_count and all(map(_begin_with_ink, chunks)):
        return pa.chunked_array([pa.repeat(pa.scalar(False), len(texts))])
    first = pc.utf8_slice_codeunits(texts, 0, 1)
    may_be = pc.or_(pc.equal(first, pa.scalar("", texts.type)), pc.utf8_is_space(first))
    others = pa.scalar("x", texts.type)  # of which no more is looked at, nor copied
    trimmed = pc.utf8_trim_whitespace(pc.if_else(pc.fill_null(may_be, True), texts, others))
    blank: Values = pc.equal(trimmed, pa.scalar("", texts.type))
    return blank


def _begin_with_ink(texts: pa.Array[Any]) -> bool:
    """Tell whether all texts begin with a byte with which no white space begins."""
    data, offsets = text_views(texts)
    begins = offsets[:-1]
    return bool((offsets[1:] > begins).all() and INK[data[begins]].all())
