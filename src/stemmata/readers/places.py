"""Rows with a digest, and the place that they come from."""

from __future__ import annotations

from binascii import hexlify
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from stemmata import schemas
from stemmata.buffers import text_views
from stemmata.errors import SourceError
from stemmata.readers.blanks import Values, is_blank
from stemmata.readers.columns import ROWS


class Address(NamedTuple):
    """Where a file, a text or a table is.

    Parameters
    ----------
    uri : str
        Its place, as the caller gave it.
    name : str
        What stands for it where no other has that name: a path relative to the source.
    inside : str
        What the names of the files in it begin with, if it is an archive.
    source : int
        Which of the caller's sources it belongs to, from 0.
    path : bytes, optional
        The file on this machine, by the bytes of its name; none of texts and tables at hand.
    member : str, optional
        The file in that archive, if it is one; of a compressed file, what it is called without that.
    """

    uri: str
    name: str
    inside: str = ""
    source: int = 0
    path: bytes | None = None
    member: str | None = None

    def of(self, member: str) -> Address:
        """Return the address of a file in this archive."""
        name = self.inside + member
        return self.within(member)._replace(uri=f"{self.uri}/{member}", name=name, inside=f"{name}/")

    def within(self, member: str) -> Address:
        """Return the address of the one file that is compressed here: to the caller it is this one."""
        return self._replace(member=member if self.member is None else f"{self.member}/{member}")


class Unread:
    """The rows of one file that are not read: the first hundred each by itself, of the rest how many of each kind."""

    def __init__(self) -> None:
        self._rows: list[dict[str, str]] = []
        self._more: Counter[str] = Counter()

    def add(self, uri: str, kind: str, reason: str, mend: str) -> None:
        """Add a row; ``kind`` is what is wrong with it, as the end of: rows that …."""
        if len(self._rows) < NAMED:
            self._rows.append({"uri": uri, "reason": reason, "mend": mend})
        else:
            self._more[kind] += 1

    def skipped(self, uri: str = "") -> list[dict[str, str]]:
        """Return rows of ``schemas.SKIPPED``; ``uri`` is that of the file."""
        if not self._more:
            return self._rows
        kinds = "; ".join(f"{count:,} that {kind}" for kind, count in sorted(self._more.items()))
        reason = f"{self._more.total():,} more of its rows are not read: {kinds}."
        return [*self._rows, {"uri": uri, "reason": reason, "mend": "mend them as the first ones."}]


SMALL_BYTES, BUNDLE = 1 << 15, 64  # tables of at most so many bytes are put together, so many of them
NAMED = 100  # how many such rows are each told
PLACES = {
    "uri": pa.string(),
    "name": pa.string(),
    "source": pa.int64(),
    "path": pa.binary(),
    "member": pa.string(),
}
PLACED = pa.schema([*ROWS, *PLACES.items()])


def place(rows: pa.Table, media_type: str, at: Address | Sequence[Address]) -> pa.Table:
    """Give the rows of one source what they lack, and take out those without text.

    Parameters
    ----------
    rows : pyarrow.Table
        What a reader returned.
    media_type : str
        What the source was.
    at : Address or sequence of Address
        Where all rows come from, or where each does.

    Returns
    -------
    pyarrow.Table
        In the schema ``PLACED``; why rows were skipped travels with it. Rows have no id yet, unless they
        brought their own.
    """
    one = at if isinstance(at, Address) else None
    each = [] if isinstance(at, Address) else at
    prefix = one.uri if one else ""
    skipped = [{**row, "uri": prefix + row["uri"]} for row in schemas.remarks([rows], "skipped").to_pylist()]
    notes = schemas.remarks([rows], "notes").to_pylist()
    given = rows.num_rows
    blank = is_blank(rows["text"])
    if blank.null_count or pc.any(blank).as_py():
        blank = pc.fill_null(blank, True)
        textless: dict[str, Unread] = {}  # by source; texts at hand are one each
        for k in np.flatnonzero(blank).tolist():
            uri = one.uri if one else each[k].uri
            unread = textless.setdefault(uri, Unread())
            unread.add(
                uri + numbered(rows["row"][k].as_py()), "have no text", "it has no text.", "give it one, or drop it."
            )
        skipped += [row for uri, unread in textless.items() for row in unread.skipped(uri)]
        kept = pc.invert(blank)
        rows = rows.filter(kept)
        each = [address for address, keep in zip(each, kept.to_pylist(), strict=True) if keep] if each else each
    if one and not given and not skipped:
        reason = no_rows()
        skipped.append({"uri": one.uri, "reason": reason.what, "mend": reason.mend})
    columns: dict[str, Values] = {name: rows[name] for name in ROWS.names}
    if rows["media_type"].null_count:
        columns["media_type"] = pc.coalesce(rows["media_type"], pa.scalar(media_type))
    columns["sha256"] = _digests(rows)
    for name, kind in PLACES.items():
        if one:
            columns[name] = pa.repeat(pa.scalar(getattr(one, name), kind), rows.num_rows)
        else:
            columns[name] = pa.array([getattr(address, name) for address in each], kind)
    placed = pa.Table.from_arrays([columns[name] for name in PLACED.names], schema=PLACED)
    return schemas.remark(placed, skipped=skipped, notes=notes)


def numbered(row: int | None) -> str:
    """Return what sets a row of a table apart: ``#`` and its number, from 1."""
    return "" if row is None else f"#{row}"


def no_rows() -> SourceError:
    """Return that a table has no rows."""
    return SourceError("it has no rows.", mend="give a table with rows.")


def skip(uri: str, error: SourceError) -> pa.Table:
    """Return no rows, and why."""
    return schemas.remark(PLACED.empty_table(), skipped=[{"uri": uri, "reason": error.what, "mend": error.mend}])


def join(parts: Sequence[pa.Table]) -> pa.Table:
    """Return the rows of several sources under each other, and what was remarked on them."""
    rows = [part.replace_schema_metadata(None) for part in parts]
    return remark_as(pa.concat_tables([PLACED.empty_table(), *rows]), parts)


def bundle(tables: Iterable[pa.Table]) -> Iterator[pa.Table]:
    """Yield small tables together, in their order: each takes some thirty kilobytes beside its texts."""
    held: list[pa.Table] = []
    for table in tables:
        large = table.nbytes > SMALL_BYTES
        if held and (large or len(held) == BUNDLE):
            yield join(held).combine_chunks()
            held = []
        if large:
            yield table
        else:
            held.append(table)
    if held:
        yield join(held).combine_chunks()


def remark_as(table: pa.Table, parts: Sequence[pa.Table]) -> pa.Table:
    """Return ``table`` with what was remarked on ``parts``, in an order that does not depend on theirs."""
    skipped, notes = (schemas.remarks(parts, side).to_pylist() for side in ("skipped", "notes"))
    return schemas.remark(table, skipped=skipped, notes=notes)


def _digests(rows: pa.Table) -> Values:
    """Return the digest of each row: of the file, where the reader knows it, else of the text."""
    own = rows["sha256"].combine_chunks()
    if not own.null_count:
        return own
    texts = rows["text"].filter(pc.is_null(own)) if own.null_count < len(own) else rows["text"]
    found: list[bytes] = []
    for chunk in texts.chunks:
        data, offsets = text_views(chunk)
        view, ends = data.data, offsets.tolist()
        found += [sha256(view[begin:end]).digest() for begin, end in pairwise(ends)]
    ends = np.arange(len(found) + 1, dtype=np.int32) * 64
    digits = pa.py_buffer(hexlify(b"".join(found)))
    digests = pa.StringArray.from_buffers(len(found), pa.py_buffer(ends), digits)
    return digests if len(found) == len(own) else pc.replace_with_mask(own, pc.is_null(own), digests)
