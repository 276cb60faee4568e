"""Which documents of some sources stay, and how the rows that stay are written."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from stemmata.rows.origins import refuse_among, refuse_sources
from stemmata.rows.writing import PACKED, Selection, check_place, take_rows, write_rows, write_table

GONE = ("exact", "verbatim", "edited", "spun", "protected", "cut")  # why documents go: as kinds of reuse, or else


@dataclass
class Deduplication:
    """Which documents of some sources stay, and why the others do not.

    Parameters
    ----------
    decisions : pyarrow.Table
        ``schemas.DECISIONS``: a row for each document, sorted by ``doc``.
    skipped, notes : pyarrow.Table
        What was not read, and what a rule or a cap cut.
    about : dict
        How it was found: version, sources, options, started, seconds by stage.
    """

    decisions: pa.Table
    skipped: pa.Table
    notes: pa.Table
    about: dict[str, Any]
    _selection: Selection
    _sources: Any

    def __repr__(self) -> str:
        kept = int(np.count_nonzero(self._selection.keep))
        size = self.decisions.num_rows
        return f"<Deduplication: {kept:,} of {size:,} {'document' if size == 1 else 'documents'} kept>"

    def figures(self) -> dict[str, Any]:
        """Return how many documents and families there are, how many stay, and how many go, by kind."""
        gone = self.decisions.filter(pc.invert(self.decisions["keep"]))
        why = pc.if_else(pc.is_null(gone["duplicate_of"]), "protected", pc.coalesce(gone["kind"], "cut"))
        counts = {row["values"]: row["counts"] for row in pc.value_counts(why).to_pylist()}
        stays = self.decisions.filter(self.decisions["keep"])
        return {
            "documents": self.decisions.num_rows,
            "families": len(pc.unique(self.decisions["family"].drop_null())),
            "kept": stays.num_rows,
            "dropped": gone.num_rows,
            "dropped_by_kind": {kind: counts[kind] for kind in GONE if kind in counts},
            "cut": stays.num_rows - stays["spans"].null_count,
        }

    def examples(self, count: int) -> pa.Table:
        """Return decisions on a few documents that go, or of which something is cut, if possible of several kinds."""
        told = self.decisions.filter(pc.is_valid(self.decisions["reason"]))
        firsts = told.append_column("row", pa.array(range(told.num_rows))).group_by("kind").aggregate([("row", "min")])
        rows = sorted(firsts["row_min"].to_pylist())
        rows += [row for row in range(min(told.num_rows, count)) if row not in rows]
        return told.take(pa.array(rows[:count], pa.int64()))

    @property
    def annotated(self) -> bool:
        """Whether all rows are kept, and marked."""
        return self._selection.added is not None

    def table(self) -> pa.Table:
        """Return the rows that stay, with all columns of the sources; with ``annotate``, all rows.

        Raises
        ------
        SchemaError
            A column is of types that do not go together, or one that is added is there already.
        SourceError
            A file was changed after it was read.
        """
        return take_rows(self._selection)

    def write(self, path: str | os.PathLike[str]) -> Path | None:
        """Write the rows that stay; beside them, without ``annotate``, what was dropped or cut, and why.

        Parameters
        ----------
        path : str or path
            Its name ends in ``.jsonl``, ``.jsonl.zst`` or ``.parquet``. A file that is there is replaced, unless it is
            one of the sources.

        Returns
        -------
        path or None
            The file of reasons: ``kept.dropped.jsonl`` beside ``kept.jsonl``. None with ``annotate``.

        Raises
        ------
        OptionError
            The name has another ending, or the file is one of the sources, or would be one the next time.
        FolderError
            It cannot be written. Further as ``table``.
        """
        drops = refuse_places(path, self.annotated, self._sources)
        write_rows(path, self._selection)
        if drops is None:
            return None
        told = self.decisions.filter(pc.is_valid(self.decisions["reason"]))
        return write_table(drops, told, "what was dropped")


def drops_beside(path: str | os.PathLike[str]) -> Path:
    """Return the file of reasons that is written beside a file of rows."""
    path, ending = Path(path), check_place(path)
    return path.with_name(f"{path.name[: -len(ending)]}.dropped{'.jsonl' if ending == PACKED else ending}")


def refuse_places(path: str | os.PathLike[str], annotate: bool, sources: Any) -> Path | None:
    """Refuse to write over the sources or among them; return the file of reasons, if there is one."""
    drops = None if annotate else drops_beside(path)
    check_place(path)
    written = [path, *([drops] if drops else [])]
    refuse_sources(written, sources)
    refuse_among(written, sources)
    return drops
