"""Which of two documents is the better one to keep: an order over all of them, and its reasons."""

from __future__ import annotations

import re
from collections.abc import Sequence
from heapq import heapify, heappop, heappush
from typing import NamedTuple, NoReturn

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from stemmata import schemas
from stemmata.errors import OptionError
from stemmata.twins import bare_lengths

LONGEST, ORIGINAL = "longest", "original"
LENGTH, DATE = "length", "date"
PART = re.compile(r"\s*(\S.*?)\s+(asc|desc)\s*", re.IGNORECASE)


class Criterion(NamedTuple):
    """A column by which documents are ordered, and whether its largest value comes first."""

    name: str
    descending: bool


BY_LENGTH = Criterion(LENGTH, True)


def read_preference(says: str) -> tuple[Criterion, ...]:
    """Return the columns that a preference names, the weightiest first.

    Parameters
    ----------
    says : str
        ``"longest"``; ``"original"``, of which dates and length are the fall-back; or columns with ``asc`` or
        ``desc``: ``"quality desc, length desc"``.

    Raises
    ------
    OptionError
        It is none of these.
    """
    if says == LONGEST:
        return (BY_LENGTH,)
    if says == ORIGINAL:
        return (Criterion(DATE, False), BY_LENGTH)
    parts = [PART.fullmatch(part) for part in says.split(",")]
    found = tuple(Criterion(part[1], part[2].lower() == "desc") for part in parts if part)
    if len(found) < len(parts) or len({criterion.name for criterion in found}) < len(found):
        raise OptionError(
            f"{says!r} names no order to keep by.",
            where="option keep",
            mend="choose longest, original, or columns, each once, with asc or desc: 'quality desc, length desc'.",
        )
    return found


def named_columns(says: str) -> list[str]:
    """Return the columns of the user's own table that a preference names."""
    own = () if says in (LONGEST, ORIGINAL) else read_preference(says)
    return [criterion.name for criterion in own if criterion.name != LENGTH]


def read_criteria(documents: pa.Table, columns: pa.Table | None, says: str) -> list[tuple[Criterion, pa.Array]]:
    """Return what a preference looks at, the weightiest first and the id last, with each document's value.

    Parameters
    ----------
    documents : pyarrow.Table
        ``doc``, ``text`` and dates.
    columns : pyarrow.Table, optional
        Further columns, with ``doc``, in any order.

    Raises
    ------
    OptionError
        A column is not there, or its values have no order.
    """
    values = []
    for criterion in read_preference(says):
        if criterion.name == LENGTH:
            value = pa.array(bare_lengths(documents))  # to add white space makes no text longer
        elif says == ORIGINAL:
            value = schemas.dated(documents)
        elif columns is not None and criterion.name in columns.column_names:
            place = pc.index_in(documents.column("doc"), columns.column("doc").combine_chunks())
            value = _ordered(criterion.name, columns.column(criterion.name).take(place))
        else:
            refuse_column(criterion.name, columns.column_names if columns is not None else ())
        values.append((criterion, _whole(value)))
    return [*values, (Criterion("id", False), _whole(documents.column("doc")))]


def refuse_column(name: str, there: Sequence[str]) -> NoReturn:
    """Refuse to prefer by a column that is not there.

    Raises
    ------
    OptionError
        Lists those there are.
    """
    raise OptionError(
        f"there is no column {name!r} to keep by.",
        where=f"columns: {', '.join(sorted({*there, LENGTH} - {'doc', 'text'}))}",
        mend="name one of these.",
    )


def order_rows(criteria: Sequence[tuple[Criterion, pa.Array]]) -> NDArray[np.int64]:
    """Return each document's place in the order, from 0; what is not known comes last."""
    names = [f"{k}" for k in range(len(criteria))]
    table = pa.table([values for _, values in criteria], names)
    keys = [
        (name, "descending" if criterion.descending else "ascending")
        for name, (criterion, _) in zip(names, criteria, strict=True)
    ]
    order = pc.sort_indices(table, sort_keys=keys).to_numpy()
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    return rank


def order_sources(rank: NDArray[np.int64], source: NDArray[np.int64], copy: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the order in which no copy comes before its source, and which is ``rank`` where that leaves a choice.

    Of sources that are each other's copies, in a circle, the first by ``rank`` goes first.
    """
    waits = np.bincount(copy, minlength=len(rank))
    by_source = np.argsort(source, kind="stable")
    first = np.searchsorted(source[by_source], np.arange(len(rank) + 1))
    nodes = np.argsort(rank)
    ready = [(int(rank[node]), int(node)) for node in nodes[waits[nodes] == 0]]
    heapify(ready)
    done = np.zeros(len(rank), bool)
    found, at = np.empty_like(rank), 0
    for node in [-1, *nodes.tolist()]:  # when nothing is ready, the first that waits is the way out of a circle
        if node >= 0 and not done[node]:
            ready.append((int(rank[node]), node))
        while ready:
            _, now = heappop(ready)
            if done[now]:
                continue
            done[now] = True
            found[now] = at
            at += 1
            for other in copy[by_source[first[now] : first[now + 1]]].tolist():
                waits[other] -= 1
                if not waits[other] and not done[other]:
                    heappush(ready, (int(rank[other]), other))
    return found


def explain(
    criteria: Sequence[tuple[Criterion, pa.Array]], dropped: NDArray[np.int64], kept: NDArray[np.int64]
) -> pa.Array:
    """Say for rows of documents why those at ``kept`` are preferred: by the first criterion that tells them apart."""
    says: pa.Array = pa.nulls(len(dropped), pa.string())
    for criterion, values in criteria:
        here, there = values.take(pa.array(dropped)), values.take(pa.array(kept))
        apart = pc.invert(pc.fill_null(pc.equal(here, there), False))
        apart = pc.and_(apart, pc.or_(pc.is_valid(here), pc.is_valid(there)))
        said = _said(criterion.name, _told(here), _told(there))
        says = pc.if_else(pc.and_(pc.is_null(says), apart), said, says)
    return says


def _said(name: str, here: pa.Array, there: pa.Array) -> pa.Array:
    if name == LENGTH:
        return _joined("which is longer: ", there, " characters to ", here)
    if name == DATE:
        return _joined("which is dated earlier: ", there, ", this one ", here)
    if name == "id":
        return pa.array(["whose id is smaller"] * len(here), pa.string())
    return _joined(f"whose {name} is ", there, ", here ", here)


def _joined(*parts: object) -> pa.Array:
    return pc.binary_join_element_wise(*parts, "")


def _told(values: pa.Array) -> pa.Array:
    text = values.cast(pa.string())
    if pa.types.is_timestamp(values.type):  # parts of a second that are none say nothing, nor does midnight
        text = pc.replace_substring_regex(text, r"( 00:00:00)?(\.0+)?Z?$", "")
    return pc.fill_null(text, "not known")


def _ordered(name: str, values: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return values that can be compared; what is not a number counts as not known."""
    kind = values.type
    if pa.types.is_dictionary(kind):
        values = values.cast(kind.value_type)
        kind = values.type
    if pa.types.is_floating(kind):
        return pc.if_else(pc.is_nan(values), None, values)
    if pa.types.is_boolean(kind):
        return values.cast(pa.int8())
    if pa.types.is_nested(kind):
        raise OptionError(
            f"column {name!r} holds {kind}, which has no order.",
            where="option keep",
            mend="keep by a column of numbers, dates or strings.",
        )
    return values.cast(pa.large_string()) if pa.types.is_string_view(kind) else values


def _whole(values: pa.Array | pa.ChunkedArray) -> pa.Array:
    return values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
