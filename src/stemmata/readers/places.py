"""Rows with a digest, and the place that they come from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from hashlib import sha256
from typing import NamedTuple

import pyarrow as pa

from stemmata import schemas
from stemmata.errors import SourceError
from stemmata.readers.columns import ROWS, is_blank
from stemmata.readers.offsets import Values


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
    each = [at] * rows.num_rows if isinstance(at, Address) else at
    uris = [address.uri for address in each]
    blank = [found is not False for found in is_blank(rows["text"]).to_pylist()]
    prefix = one.uri if one else ""
    skipped = [{**row, "uri": prefix + row["uri"]} for row in schemas.remarks([rows], "skipped").to_pylist()]
    textless: dict[str, Unread] = {}  # by source; texts at hand are one each
    for uri, row, empty in zip(uris, rows["row"].to_pylist(), blank, strict=True):
        if empty:
            unread = textless.setdefault(uri, Unread())
            unread.add(uri + numbered(row), "have no text", "it has no text.", "give it one, or drop it.")
    skipped += [row for uri, unread in textless.items() for row in unread.skipped(uri)]
    if one and not rows.num_rows and not skipped:
        reason = no_rows()
        skipped.append({"uri": one.uri, "reason": reason.what, "mend": reason.mend})
    notes = schemas.remarks([rows], "notes").to_pylist()
    columns: dict[str, Values] = {name: rows[name] for name in ROWS.names}
    columns["media_type"] = pa.array([own or media_type for own in rows["media_type"].to_pylist()], pa.string())
    columns["sha256"] = pa.array(_digests(rows), pa.string())
    for name, kind in PLACES.items():
        columns[name] = pa.array([getattr(address, name) for address in each], kind)
    placed = pa.Table.from_arrays([columns[name] for name in PLACED.names], schema=PLACED)
    if any(blank):
        placed = placed.filter(pa.array([not empty for empty in blank], pa.bool_()))
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


def remark_as(table: pa.Table, parts: Sequence[pa.Table]) -> pa.Table:
    """Return ``table`` with what was remarked on ``parts``, in an order that does not depend on theirs."""
    skipped, notes = (schemas.remarks(parts, side).to_pylist() for side in ("skipped", "notes"))
    return schemas.remark(table, skipped=skipped, notes=notes)


def _digests(rows: pa.Table) -> list[str]:
    """Return the digest of each row: of the file, where the reader knows it, else of the text."""
    if not rows["sha256"].null_count:
        return list(map(str, rows["sha256"].to_pylist()))
    own = rows["sha256"].to_pylist()
    texts = rows["text"].cast(pa.large_binary()).to_pylist()
    return [known or sha256(text or b"").hexdigest() for known, text in zip(own, texts, strict=True)]
