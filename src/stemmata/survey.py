"""What the facts about a collection are made of: every text is cut into words once, and asked everything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from stemmata.buffers import text_slices
from stemmata.engines import Engine
from stemmata.forms import gather_slots
from stemmata.kernels.capitals import count_capitals
from stemmata.kernels.skeletons import SHOUTED
from stemmata.sampling import text_hashes
from stemmata.sitelines import find_site_lines, gather_lines
from stemmata.tokens import read_keys

AT_ONCE = 4_000_000  # bytes of text whose words lie in memory, for each worker
PAGES_AT_ONCE = 256_000_000  # bytes of pages whose lines are compared at a time: whole sites, and at least one
LEAST_CASED = 20  # words inside sentences that a text has for its lack of capitals to say anything
SLOTS = pa.schema([("slot", pa.list_(pa.uint64())), ("filling", pa.list_(pa.uint64()))])
LINES = pa.schema([("line", pa.list_(pa.uint64())), ("words", pa.list_(pa.int32()))])
Lists = tuple[NDArray[Any], ...]  # how long the list of each document is, and what stands in all of them


class Survey(NamedTuple):
    """What was found in the texts of a collection.

    Parameters
    ----------
    words : int64 array, by document
        How many it has.
    capitals : float64 array, by document
        The share of capitals among the words whose case says something; not a number where there is none.
    bare : bool array, by document
        Whether its capitals tell no names, though its words have a case: it has none, or hardly anything else.
    slots : pyarrow.Table
        A row a document, in another order: ``row``, its number; ``slot`` and ``filling`` as ``forms.gather_slots``.
    lines : uint64 array
        As ``sitelines.find_site_lines``.
    """

    words: NDArray[np.int64]
    capitals: NDArray[np.float64]
    bare: NDArray[np.bool_]
    slots: pa.Table
    lines: NDArray[np.uint64]


def survey_texts(
    documents: pa.Table, sites: NDArray[np.int32], names: NDArray[np.bool_], asked: NDArray[np.bool_], engine: Engine
) -> Survey:
    """Read all texts of a collection.

    Parameters
    ----------
    documents : pyarrow.Table
        Columns ``text`` and ``site``.
    sites : int32 array, by document
        As ``sitelines.number_sites``.
    names : bool array, by document
        Whether names fill slots in it.
    asked : bool array, by document
        Whether its slots are gathered.

    Notes
    -----
    16 bytes a slot, of which there is one to about eight words of the documents that are asked; 12 bytes a line of some
    256 MB of pages.
    """
    columns = {"row": np.arange(documents.num_rows), "number": sites, "names": names, "asked": asked}
    table = pa.table({name: pa.array(values) for name, values in columns.items()})
    for name in ("text", "site"):
        table = table.append_column(name, documents.column(name))
    words, capitals, bare = np.zeros(len(sites), np.int64), np.zeros(len(sites)), np.zeros(len(sites), bool)
    slots, lines = [], []
    for some in _site_by_site(table, sites):
        found = engine.map(_survey_part, some)
        rows = some.column("row").to_numpy()
        words[rows], capitals[rows] = found.column("size").to_numpy(), found.column("capitals").to_numpy()
        bare[rows] = found.column("bare").to_numpy()
        slots.append(found.select(["row", "slot", "filling"]))
        pages = found.select(["number", "line", "words"])
        lines.append(find_site_lines(pages.filter(pc.greater_equal(pages.column("number"), 0))))
    return Survey(words, capitals, bare, pa.concat_tables(slots), np.unique(np.concatenate(lines)))


def survey_slots(documents: pa.Table, rows: NDArray[np.int64], names: NDArray[np.bool_], engine: Engine) -> pa.Table:
    """Gather the slots of the documents in some rows, as in ``Survey``."""
    texts = documents.column("text").take(pa.array(rows))
    return engine.map(_slots_part, pa.table({"row": pa.array(rows), "text": texts, "names": pa.array(names)}))


def hash_documents(documents: pa.Table, engine: Engine) -> NDArray[np.uint64]:
    """Return ``text_hashes`` of the documents."""
    hashes: NDArray[np.uint64] = engine.map(_hash_part, documents.select(["text"])).column("hash").to_numpy()
    return hashes


def _site_by_site(table: pa.Table, sites: NDArray[np.int32]) -> Iterator[pa.Table]:
    """Yield the documents at one go or, where their lines would fill memory, whole sites, some at a time."""
    lined = pc.sum(pc.binary_length(table.column("text").filter(pa.array(sites >= 0)))).as_py() or 0
    groups = 1 + lined // PAGES_AT_ONCE
    if groups == 1:
        yield table
        return
    elsewhere = np.arange(len(sites)) * groups // len(sites)
    group = np.where(sites >= 0, sites % groups, elsewhere)
    for one in range(groups):
        yield table.take(pa.array(np.flatnonzero(group == one)))


def _survey_part(part: pa.Table) -> pa.Table:
    size, cased, capital, any_capital = (np.zeros(part.num_rows, np.int64) for _ in range(4))
    slots, lines = [], []
    before = 0
    for some in text_slices(part, AT_ONCE):
        here = slice(before, before := before + some.num_rows)
        keys = read_keys(some.column("text"))
        size[here] = np.diff(keys.first)
        count_capitals(keys.flags, keys.first, cased[here], capital[here], any_capital[here])
        names, asked, paged = (some.column(name).to_numpy() for name in ("names", "asked", "number"))
        slots.append(_of(asked, *gather_slots(keys, names)))
        if np.any(paged >= 0):
            seeds = text_hashes(pc.fill_null(some.column("site"), ""))
            lines.append(_of(paged >= 0, *gather_lines(keys, seeds)))
        else:
            lines.append(_none(some.num_rows, np.uint64, np.int32))
    with np.errstate(invalid="ignore"):
        shares = capital / cased
    bare = (cased >= LEAST_CASED) & ((any_capital == 0) | (capital >= SHOUTED * cased))
    found = pa.table({"row": part.column("row"), "number": part.column("number"), "size": size, "capitals": shares})
    found = found.append_column("bare", pa.array(bare))
    return _with_lists(_with_lists(found, slots, SLOTS), lines, LINES)


def _slots_part(part: pa.Table) -> pa.Table:
    slots = []
    for some in text_slices(part, AT_ONCE):
        slots.append(gather_slots(read_keys(some.column("text")), some.column("names").to_numpy()))
    return _with_lists(part.select(["row"]), slots, SLOTS)


def _hash_part(part: pa.Table) -> pa.Table:
    return pa.table({"hash": text_hashes(part.column("text"))})


def _of(documents: NDArray[np.bool_], sizes: NDArray[np.int32], *values: NDArray[Any]) -> Lists:
    """Empty the lists of all but some documents."""
    kept = np.repeat(documents, sizes)
    return np.where(documents, sizes, np.int32(0)), *(column[kept] for column in values)


def _none(documents: int, *types: type[Any]) -> Lists:
    return np.zeros(documents, np.int32), *(np.zeros(0, kind) for kind in types)


def _with_lists(table: pa.Table, parts: Sequence[Lists], schema: pa.Schema) -> pa.Table:
    """Append columns of lists: for each part how long they are, and what stands in them."""
    kinds = [field.type.value_type.to_pandas_dtype() for field in schema]
    sizes, *values = (np.concatenate(column) for column in zip(_none(0, *kinds), *parts, strict=True))
    offsets = pa.array(np.append(0, np.cumsum(sizes)), pa.int32())
    for field, column in zip(schema, values, strict=True):
        table = table.append_column(field, pa.ListArray.from_arrays(offsets, pa.array(column)))
    return table
