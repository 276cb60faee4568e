"""What was worked out about the documents of a library, in units that stay until their documents change."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress

import pyarrow as pa
import pyarrow.compute as pc

from stemmata import schemas
from stemmata.catalog import Catalog, Entry, Origin
from stemmata.direction.thirds import FIRST
from stemmata.errors import FolderError, LockedError
from stemmata.folder import Folder
from stemmata.generations import Change

STAGES = ("alignments", "relations", "families", "collations", "directions", "stemma", "readings", "changes")
WORKED = {name: schemas.BY_NAME[name].arrow for name in STAGES} | {"verdicts": FIRST}  # tables whose rows have a unit
UNITS = pa.schema([("unit", pa.string()), ("kind", pa.string()), ("batch", pa.int64())])
BELONGING = [pa.field("unit", pa.string()), pa.field("batch", pa.int64())]
CUTS = pa.schema([("batch", pa.int64()), *schemas.NOTES.arrow])
ENDS = ("pairs", "remarks")
MADE = (*WORKED, *ENDS, "units", "cuts")  # all tables that are made of documents
NEW_TABLES = "work the tables out again: stemmata export."
REMOVALS, CLEARED = "removals", "cleared"  # documents that were ever removed, and of how many no table tells any more
FILES = 16  # of one table, from which they are written anew as one


def removals(generation: Catalog) -> int:
    """Return how many documents were ever taken out of a library."""
    return int(str(generation.about.get(REMOVALS, 0)))


def _made(generation: Catalog) -> set[Entry]:
    return {entry for name in MADE for entry in generation.tables.get(name, ())}


def clear_removed(change: Change) -> None:
    """Drop the tables that were made of documents, if they may still tell of one that was removed."""
    gone = removals(change.before)
    if change.before.about.get(CLEARED, 0) != gone:
        change.drop(*_made(change.before))
        change.about = {**change.about, CLEARED: gone}


class _Overtaken(Exception):
    """Documents were removed while they were worked on; nothing of them is to be written any more."""


class Workings:
    """The rows that units were found to have, and the folder in which they are saved.

    Where a file of them is missing or damaged, all are as good as never saved: they follow from the documents.

    Parameters
    ----------
    folder : Folder
    origin : Origin
        What they are to be made from. Made with other options or statistics, none of them is of use.

    Attributes
    ----------
    is_done : bool
        Whether all that is to be made of the origin was saved.
    """

    def __init__(self, folder: Folder, origin: Origin) -> None:
        self._folder = folder
        self._origin = origin
        held = folder.catalog.tables
        made = [entry.origin for entry in held.get("units", ())]
        fits = made == [] or (made[0].options, made[0].statistics) == (origin.options, origin.statistics)
        self._fits = fits and self._is_whole()
        self.is_done = self._fits and [entry.origin for entry in held.get("pairs", ())] == [origin]
        self._units = self._saved("units", UNITS)
        self._cuts = self._saved("cuts", CUTS)
        self._rows: dict[str, list[pa.Table]] = {name: [] for name in WORKED}
        self._batch = (folder.catalog.generation + 1) << 20  # above all before, whose rows may still lie there
        self._removals = removals(folder.catalog)
        self._ends: tuple[pa.Table, pa.Table] | None = None

    def keep(self, kind: str, units: pa.Array) -> pa.Array:
        """Forget the units of a kind that are not among these, and return those that are known.

        Where a cap had cut something from a batch of units, nobody knows from which: with one of them all go.
        """
        own = pc.equal(self._units["kind"], kind)
        lost = pc.and_(own, pc.invert(pc.is_in(self._units["unit"], units)))
        broken = pc.unique(self._units["batch"].filter(lost))
        broken = broken.filter(pc.is_in(broken, self._cuts["batch"].combine_chunks()))
        stay = pc.invert(pc.or_(lost, pc.and_(own, pc.is_in(self._units["batch"], broken))))
        self._units = self._units.filter(stay)
        self._cuts = self._cuts.filter(pc.is_in(self._cuts["batch"], self._units["batch"].combine_chunks()))
        return self._units.filter(pc.equal(self._units["kind"], kind))["unit"].combine_chunks()

    def add(self, kind: str, units: pa.Array, tables: Mapping[str, pa.Table], cuts: pa.Table) -> None:
        """Take in what a batch of units was found to have.

        Parameters
        ----------
        tables : mapping of str to pyarrow.Table
            Rows of some tables, with a column ``unit``.
        cuts : pyarrow.Table
            ``schemas.NOTES``.
        """
        for name, table in tables.items():
            batch = pa.repeat(pa.scalar(self._batch), table.num_rows)
            self._rows[name].append(table.replace_schema_metadata(None).append_column("batch", batch))
        columns = [units, pa.repeat(pa.scalar(kind), len(units)), pa.repeat(pa.scalar(self._batch), len(units))]
        self._units = pa.concat_tables([self._units, pa.table(columns, schema=UNITS)])
        batch = pa.repeat(pa.scalar(self._batch), cuts.num_rows)
        self._cuts = pa.concat_tables([self._cuts, pa.table([batch, *cuts.columns], schema=CUTS)])
        self._batch += 1

    def rows(self, name: str) -> pa.Table:
        """Return the rows of a table, with columns ``unit`` and ``batch``: of all units that are known.

        A unit that was forgotten and came back has a new batch: what it had before is passed over.
        """
        schema = pa.schema([*WORKED[name], *BELONGING])
        table = pa.concat_tables([self._saved(name, schema), *(part.cast(schema) for part in self._rows[name])])
        at = pc.index_in(table["unit"], self._units["unit"].combine_chunks())
        return table.filter(pc.equal(self._units["batch"].combine_chunks().take(at.combine_chunks()), table["batch"]))

    def save(self) -> None:
        """Write what was taken in since the last time, and the pairs once that is all.

        Nothing, if another process has removed documents since, or is writing at this moment; or if the folder must
        not be written, or has no room.
        """
        if not os.access(self._folder.path, os.W_OK):
            return
        with suppress(_Overtaken, LockedError, FolderError):
            with self._folder.change() as change:
                self._write(change)
                for name, table in zip(ENDS, self._ends or (), strict=False):
                    change.put(name, table, origin=self._origin)
            self._rows = {name: [] for name in WORKED}
            self._fits = True

    def finish(self, pairs: pa.Table) -> None:
        """Save all that is left, and the pairs; where nothing may be written, it is there all the same."""
        self._ends = pairs.replace_schema_metadata(None), schemas.remarks([pairs], "notes")
        self.save()

    def tables(self) -> dict[str, pa.Table]:
        """Return all tables that were made, and ``notes``."""
        found = {name: schemas.BY_NAME[name].check(self.rows(name)) for name in STAGES}
        found["pairs"], remarks = self._ends or [self._read(name) for name in ENDS]
        counts: Counter[tuple[str, str]] = Counter()
        for note in (*remarks.to_pylist(), *self._cuts.to_pylist()):
            counts[note["stage"], note["what"]] += note["count"]
        found["notes"] = schemas.NOTES.table(
            {"stage": stage, "what": what, "count": count} for (stage, what), count in counts.items()
        )
        return found

    def _write(self, change: Change) -> None:
        if removals(change.before) != self._removals:
            raise _Overtaken
        merge = not self._fits or any(len(change.before.tables.get(name, ())) >= FILES for name in WORKED)
        merge = merge or _made(change.before) != _made(self._folder.catalog)  # by another process, since
        for name in (*ENDS, "units", "cuts", *(WORKED if merge else ())):  # without pairs nothing is taken for all
            change.drop(*change.before.tables.get(name, ()))
        for name in WORKED:
            if merge:
                change.put(name, self.rows(name))
            elif self._rows[name]:
                change.put(name, pa.concat_tables(self._rows[name]))
        for name, table in (("units", self._units), ("cuts", self._cuts)):
            change.put(name, table, origin=self._origin)

    def _is_whole(self) -> bool:
        try:
            for entry in _made(self._folder.catalog):
                self._folder.verify(entry)
        except FolderError:
            return False
        return True

    def _saved(self, name: str, schema: pa.Schema) -> pa.Table:
        if not self._fits or name not in self._folder.catalog.tables:
            return schema.empty_table()
        return self._read(name).cast(schema)

    def _read(self, name: str) -> pa.Table:
        try:
            return self._folder.read(name)
        except FolderError as error:
            raise FolderError(error.what, where=error.where, mend=NEW_TABLES) from error
