"""Ids: the user's own, else the name of the file, else its path as given, else that and a number.

Ids of the user's own that recur are called by file and id: tables know nothing of each other. What a crawler fetched
is called by its address, whichever file it is in; fetched again, by that and the time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from stemmata import schemas
from stemmata.errors import ClashError
from stemmata.readers.places import numbered

RECURRING = "ids of your own that stand more than once, called by their files and ids"


class _File(NamedTuple):
    """What may give its name to documents: a file, a member of an archive, a table at hand."""

    name: str
    uri: str


class _Row(NamedTuple):
    """A row without an id, or with one that recurs, so that of two, the same one comes first whatever their order."""

    file: _File
    number: int | None
    digest: str
    at: int
    seen: str = ""  # when a crawler fetched it
    own: str = ""  # an id that recurs

    @property
    def is_fetched(self) -> bool:
        """Whether its name is an address: no path has two slashes in a row."""
        return "://" in self.file.name and self.number is None

    def id_by(self, part: str) -> str:
        return f"{part}:{self.own}" if self.own else part + numbered(self.number)


def name_documents(rows: pa.Table, files: pa.Table) -> pa.Table:
    """Give each row an id.

    Parameters
    ----------
    rows : pyarrow.Table
        In the schema ``places.PLACED``.
    files : pyarrow.Table
        All files that were to be read, with ``uri`` and ``name``; also those that could not be, so that an
        id does not depend on the state of another file.

    Returns
    -------
    pyarrow.Table
        The same rows; ``doc`` is filled and stands only once. Where ids that are made here would be the same,
        or one of the user's, the path as given stands instead of the name; where that is not enough, all but
        the first get a number: ``a.csv#1 (2)``. Rows of files with one id of the user's own are called by file and id,
        ``a.csv:7``, which a note tells; that alone travels with the table. Of what was fetched from one address the
        first has the address for an id, the others the time as well: ``https://a.example/ (2024-05-01T12:00:00Z)``;
        so have those of one id where the column of ids was guessed.

    Raises
    ------
    ClashError
        A text or a row of a table at hand has an id of the user's own that stands twice, or such a table is given
        twice. Of several such ids, the first in order is named.
    """
    column, recurring = _simple(rows, files), 0
    if column is None:
        column, recurring = _apart(rows, files)
    named = rows.set_column(rows.column_names.index("doc"), "doc", column).replace_schema_metadata(None)
    return schemas.remark(named, notes=[{"stage": "documents", "what": RECURRING, "count": recurring}])


def is_own(rows: pa.Table, named: pa.Table) -> pa.ChunkedArray:
    """Tell which ids are the user's own, and not made of the path: all that were given, but for those that recur.

    Parameters
    ----------
    rows, named : pyarrow.Table
        The rows as they were given to :func:`name_documents`, and as it returned them.
    """
    kept = pc.or_kleene(pc.equal(rows["doc"], named["doc"]), rows["guessed"])
    return pc.fill_null(pc.and_(pc.is_valid(rows["doc"]), kept), False)


def _simple(rows: pa.Table, files: pa.Table) -> pa.ChunkedArray | None:
    """Return the user's ids and the names of files with the rows' numbers, if these are all different; without loops.

    Files may not share a name either, nor a row's id be the name of a file.
    """
    ids = rows["doc"].combine_chunks()
    nameless = pc.is_null(ids)
    made = rows.select(["name", "uri", "row"]).filter(nameless)
    names = made["name"]
    marks = pc.fill_null(pc.binary_join_element_wise("#", made["row"].cast(pa.string()), ""), "")
    counted = pc.binary_join_element_wise(names, marks, "").combine_chunks()
    if made.num_rows:
        ids = pc.replace_with_mask(ids, nameless, counted)
    if len(ids) != pc.count_distinct(ids).as_py():
        return None
    places = pa.concat_tables([files.select(["name", "uri"]), made.select(["name", "uri"])])
    of_rows = counted.filter(pc.is_valid(made["row"]))
    if not _are_one_to_one(places["name"], places["uri"]) or pc.any(pc.is_in(of_rows, places["name"])).as_py():
        return None
    return pa.chunked_array([ids])


def _are_one_to_one(names: pa.ChunkedArray, uris: pa.ChunkedArray) -> bool:
    """Tell whether each name goes with one place alone."""
    name, uri = (values.combine_chunks().dictionary_encode() for values in (names, uris))
    both = name.indices.to_numpy().astype(np.int64) * max(1, len(uri.dictionary)) + uri.indices.to_numpy()
    return len(np.unique(both)) == len(name.dictionary)


def _apart(rows: pa.Table, files: pa.Table) -> tuple[pa.ChunkedArray, int]:
    """Return ids where some would be the same, and of how many rows the own ones recur."""
    own, names, uris, numbers, digests = (rows[c].to_pylist() for c in ("doc", "name", "uri", "row", "sha256"))
    guessed = rows["guessed"].to_pylist() if "guessed" in rows.column_names else [False] * rows.num_rows
    docs: dict[int, str] = {at: str(doc) for at, doc in enumerate(own) if doc is not None and not guessed[at]}
    places = [uri + numbered(row) for uri, row in zip(uris, numbers, strict=True)]
    recurring = _recurring(docs, rows["path"].is_valid().to_pylist())
    for at in recurring:
        del docs[at]
    _refuse_clashes(docs, places)
    times = _times(rows)
    made = [
        _Row(_File(names[at], uris[at]), numbers[at], digests[at], at, times[at], recurring.get(at, ""))
        for at, doc in enumerate(own)
        if doc is None or at in recurring
    ]
    taken = [
        _Row(_File(str(doc), uris[at]), numbers[at], digests[at], at, times[at])
        for at, doc in enumerate(own)
        if doc is not None and guessed[at]
    ]
    docs |= _by_name([*taken, *(row for row in made if row.is_fetched)], set(docs.values()))
    made = [row for row in made if not row.is_fetched]
    there = {_File(*file) for file in zip(files["name"].to_pylist(), files["uri"].to_pylist(), strict=True)}
    users = set(docs.values())
    ids = _told_apart(made, there, users)
    _refuse_twice([*made, *taken], ids | {row.at: row.file.name for row in taken}, places)
    docs |= _numbered_apart(made, ids, users)
    return pa.chunked_array([pa.array([docs[at] for at in range(rows.num_rows)], pa.string())]), len(recurring)


def _recurring(docs: Mapping[int, str], in_files: Sequence[bool]) -> dict[int, str]:
    """Return the ids of the user's own that stand more than once, all of them in files, by row."""
    often = Counter(docs.values())
    at_hand = {doc for at, doc in docs.items() if not in_files[at]}
    return {at: doc for at, doc in docs.items() if often[doc] > 1 and doc not in at_hand}


def _times(rows: pa.Table) -> list[str]:
    """Return when each row was fetched, as ISO 8601 without the time zone; empty where that is not known."""
    if "first_seen" not in rows.column_names:
        return [""] * rows.num_rows
    times = rows["first_seen"].cast(pa.timestamp("us")).cast(pa.string()).to_pylist()
    return [(time or "")[:19].replace(" ", "T") for time in times]


def _by_name(made: Sequence[_Row], users: AbstractSet[str]) -> dict[int, str]:
    """Return the address of what was fetched as its id, or what was taken for one; of what recurs, with its time."""
    taken = {*users, *(row.file.name for row in made)}
    seen, last = {*users}, Counter[str]()
    ids = {}
    for row in sorted(made, key=lambda row: (row.file.name, row.seen or "~", *_order(row), row.at)):
        doc = row.file.name
        if doc in seen:
            doc = _numbered(f"{doc} ({row.seen}Z)" if row.seen else doc, taken, last)
        seen.add(doc)
        taken.add(doc)
        ids[row.at] = doc
    return ids


def _told_apart(made: Sequence[_Row], there: AbstractSet[_File], users: AbstractSet[str]) -> dict[int, str]:
    """Return an id for each row: by the name of its file, or its path as given where an id would stand twice.

    A path may again be the name of another file: hence the rounds, of which each takes some names away.
    """
    by_path: set[_File] = set()
    files = there | {row.file for row in made}
    while True:
        part = {file: file.uri if file in by_path else file.name for file in files}
        ids = {row.at: row.id_by(part[row.file]) for row in made}
        owners: dict[str, _File] = {}
        clashing = {row.file for row in made if ids[row.at] in users}
        for doc, file in chain(((part[file], file) for file in files), ((ids[row.at], row.file) for row in made)):
            if (owner := owners.setdefault(doc, file)) != file:
                clashing |= {owner, file}
        if clashing <= by_path:
            return ids
        by_path |= clashing


def _numbered_apart(made: Sequence[_Row], ids: Mapping[int, str], users: AbstractSet[str]) -> dict[int, str]:
    """Return the ids with a number for those that still stand twice."""
    taken = {*users, *ids.values()}
    seen, last = {*users}, Counter[str]()
    apart = {}
    for row in sorted(made, key=lambda row: (ids[row.at], *_order(row), row.at)):
        doc = ids[row.at]
        if doc in seen:
            doc = _numbered(doc, taken, last)
        seen.add(doc)
        taken.add(doc)
        apart[row.at] = doc
    return apart


def _numbered(doc: str, taken: AbstractSet[str], last: Counter[str]) -> str:
    """Return an id with the first number behind it that is free, from 2 on, if it is taken.

    ``last`` keeps the number that each had last: a hundred thousand rows may have one id.
    """
    free, number = doc, max(1, last[doc])
    while free in taken:
        number += 1
        free = f"{doc} ({number})"
    last[doc] = number
    return free


def _order(row: _Row) -> tuple[str, int, str]:
    return row.file.uri, row.number or 0, row.digest


def _refuse_twice(made: Sequence[_Row], ids: Mapping[int, str], places: Sequence[str]) -> None:
    """Refuse rows of tables that nothing tells apart; files of one place and text are two, by their names' bytes."""
    rows = [row for row in made if row.number is not None]
    often = Counter(map(_order, rows))
    _refuse_clashes({row.at: ids[row.at] for row in rows if often[_order(row)] > 1}, places)


def _refuse_clashes(docs: Mapping[int, str], places: Sequence[str]) -> None:
    if len(set(docs.values())) == len(docs):
        return
    doc = min(doc for doc, count in Counter(docs.values()).items() if count > 1)
    both = sorted(places[at] for at, own in docs.items() if own == doc)
    raise ClashError(
        f"{len(both)} documents have the id {doc!r}.",
        where=" and ".join(both[:2]),
        mend="give each an id of its own in its column, 'doc', else 'id'; or name another column (--id; in Python, "
        "DocumentOptions(id=…), and Text(…, doc='…')).",
    )
