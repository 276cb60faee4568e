"""Ids: the user's own, else the name of the file, else its path as given."""

from __future__ import annotations

from collections import Counter

import pyarrow as pa

from stemmata.errors import ClashError
from stemmata.readers.places import numbered


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
        The same rows; ``doc`` is filled and stands only once.

    Raises
    ------
    ClashError
        Two rows have one id. Of several such ids, the first in order is named.
    """
    own, names, uris, numbers = (rows[name].to_pylist() for name in ("doc", "name", "uri", "row"))
    claims = {*zip(files["name"].to_pylist(), files["uri"].to_pylist(), strict=True)}
    claims |= {(name, uri) for doc, name, uri in zip(own, names, uris, strict=True) if doc is None}
    often = Counter(name for name, _ in claims)
    docs = [
        (name if often[name] == 1 else uri) + numbered(row) if doc is None else str(doc)
        for doc, name, uri, row in zip(own, names, uris, numbers, strict=True)
    ]
    _refuse_clashes(docs, [uri + numbered(row) for uri, row in zip(uris, numbers, strict=True)])
    return rows.set_column(rows.column_names.index("doc"), "doc", pa.array(docs, pa.string()))


def _refuse_clashes(docs: list[str], places: list[str]) -> None:
    if len(set(docs)) == len(docs):
        return
    doc = min(doc for doc, count in Counter(docs).items() if count > 1)
    both = sorted(place for own, place in zip(docs, places, strict=True) if own == doc)
    raise ClashError(
        f"{len(both)} documents have the id {doc!r}.",
        where=" and ".join(both[:2]),
        mend="give each an id of its own: in a column 'doc', or as Text(…, doc='…').",
    )
