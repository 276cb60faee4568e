"""New copies of the documents that somebody calls their own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from stemmata import accessions, catalog, schemas
from stemmata.engines import Engine
from stemmata.finding import Found, find_matches
from stemmata.holdings import Holdings
from stemmata.logbook import name_find
from stemmata.pipeline import Clock, Options
from stemmata.readers.files import legible
from stemmata.report.found import told
from stemmata.rulings import Rulings

KINDS = ("verbatim", "edited", "spun", "paraphrased", "summarised")
STANDS = ("source", "unknown", "contained")  # how one of ours stands to a find; of these the first is a copy for sure
MOST = 10  # of ours, that are looked at for each new document
AT_ONCE = 256  # documents that are read at a time


def find_copies(
    holdings: Holdings, since: int, folder: bytes, feed: str, rulings: Rulings, *, options: Options, engine: Engine
) -> Iterator[tuple[int, list[dict[str, Any]]]]:
    """Yield which documents copy one of ours, as far as can be told; what a person dismissed is no find.

    Parameters
    ----------
    since : int
        The number of the first document that is looked at. Those that are ours themselves, and other versions of ours,
        are no finds.
    folder : bytes
        The absolute path of a folder: documents whose files lie elsewhere are not looked at.
    feed : str
        A UUID, of which those of the finds are made: the same find has the same one.
    rulings : Rulings
        What people decided.

    Yields
    ------
    number : int
        Of the document: those before it were looked at as well.
    finds : list of dict
        At least one: ``id``, ``time``, ``doc``, ``path``, ``address``, ``source`` (the one of ours), ``stands`` (how
        that stands to the document: source; unknown or contained where it is open who copied whom), ``confidence``,
        ``via_lost``, ``kind``, ``extent``, ``coverage`` (share of the document), ``coverage_source``, ``change``: the
        gravest, or None; and ``says``: who copied whom, in one sentence.
    """
    ours = holdings.ours()
    listed = holdings.numbers() if len(ours) else ours
    listed = listed[listed >= since]
    within = os.path.join(folder, b"")
    for start in range(0, len(listed), AT_ONCE):
        held = holdings.take(listed[start : start + AT_ONCE])
        for at in range(held.num_rows):
            path = held["path"][at].as_py()
            if path is not None and path.startswith(within) and held["ours"][at].as_py() is not True:
                finds = [*_copied(holdings, held.slice(at, 1), ours, rulings, feed, options, engine)]
                if finds:
                    yield held["number"][at].as_py(), finds


def _copied(
    holdings: Holdings,
    held: pa.Table,
    ours: NDArray[np.int64],
    rulings: Rulings,
    feed: str,
    options: Options,
    engine: Engine,
) -> Iterator[dict[str, Any]]:
    asked = schemas.DOCUMENTS.conform(held)
    found = find_matches(
        holdings, asked, most=MOST, among=ours, rulings=rulings, options=options, engine=engine, clock=Clock(None)
    )
    matches = [row for row in found.matches.to_pylist() if row["stands"] in STANDS and row["kind"] in KINDS]
    if not matches:
        return
    doc = held["doc"][0].as_py()
    with catalog.asked(holdings.folder.path) as connection:
        wanted = [doc, *(match["doc"] for match in matches)]
        entries = {entry.doc: entry for entry in accessions.named(connection, wanted)}
        name = entries[doc].name if doc in entries else doc
        versions = [entry.number for entry in accessions.named(connection, [name]) if entry.name == name]
    if np.isin(versions, ours).any():
        return
    named: set[str] = set()
    for match in matches:
        source = entries.get(match["doc"])
        if source is None or not np.isin(source.number, ours):  # removed meanwhile; its id may be another's by now
            continue
        if source.name in named:  # of several versions of ours the one that shares most
            continue
        named.add(source.name)
        number, path = held["number"][0].as_py(), held["path"][0].as_py()
        find = {
            "id": name_find(feed, number, source.number),
            "time": datetime.now(UTC).isoformat(timespec="seconds"),
            "doc": doc,
            "path": None if path is None else legible(os.fsdecode(path)),
            "address": held["canonical"][0].as_py(),
            "source": source.doc,
            **{name: match[name] for name in ("stands", "confidence", "via_lost", "kind", "extent", "coverage")},
            "coverage_source": match["coverage_doc"],
            "change": _gravest(found, source.doc),
        }
        yield find | {"says": told(find)}


def _gravest(found: Found, source: str) -> dict[str, Any] | None:
    """Return the gravest change of fact from one of ours to the document, where any is told."""
    changes = found.trace.changes
    pair = pc.and_(pc.equal(changes["source"], source), pc.equal(changes["copy"], found.doc))
    rows = changes.filter(pc.and_(pair, changes["factual"])).to_pylist()
    gravest = min(rows, key=lambda row: (-row["severity"], row["n"]), default=None)
    return gravest and {name: gravest[name] for name in ("type", "severity", "says")}
