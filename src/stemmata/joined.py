"""A pile of which the pairs are known already, as ``join`` leaves it in a folder."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import pyarrow as pa

from stemmata import catalog, schemas
from stemmata.documents import DocumentOptions
from stemmata.engines import Engine
from stemmata.errors import OptionError, SourceError
from stemmata.fingerprints import FingerprintOptions
from stemmata.folder import Folder
from stemmata.pairs import PairOptions
from stemmata.pipeline import Options
from stemmata.statistics import StatisticsOptions

ROWS_AT_ONCE = 4_096  # of documents, that are read at a time
MADE = {"documents": DocumentOptions, "fingerprints": FingerprintOptions, "pairs": PairOptions}


class Joined(NamedTuple):
    """The pile.

    Parameters
    ----------
    path : str
        Its folder.
    tables : mapping of str to pyarrow.Table
        ``documents``, with which ``skipped`` and ``notes`` travel; ``fingerprints``; ``pairs``; and ``statistics``
        where the shards had any.
    options : Options
        The caller's, and of the stages that were run, theirs.
    sources : list of str
        The paths that the documents came from.
    seconds : mapping of str to float
        How long joining took, by stage.
    folder : Folder
    """

    path: str
    tables: dict[str, pa.Table]
    options: Options
    sources: list[str]
    seconds: Mapping[str, float]
    folder: Folder

    def placed(self) -> pa.Table:
        """Return ``schemas.PLACED_DOCUMENTS``; skipped and notes travel with it.

        Raises
        ------
        SourceError
            A file is not there any more, or was changed since its shard was made.
        """
        places, documents = self.folder.read("places"), self.tables["documents"]
        for path, *stamp in zip(*(column.to_pylist() for column in stamps(places).columns), strict=True):
            _refuse_changed(os.fsdecode(path), stamp)
        for name in schemas.PLACED_DOCUMENTS.arrow.names[documents.num_columns :]:
            documents = documents.append_column(name, places[name])
        return documents.cast(schemas.PLACED_DOCUMENTS.arrow).replace_schema_metadata(documents.schema.metadata)


def is_joined(source: object) -> bool:
    """Tell whether a source is a folder that ``join`` has written."""
    if not isinstance(source, str | os.PathLike) or not catalog.is_run(source):
        return False
    return Folder.open(source).catalog.about.get("verb") == catalog.PILE


def open_joined(sources: Sequence[Any], options: Options, engine: Engine) -> Joined | None:
    """Return the pile in a folder, if that is the one source; else None.

    Raises
    ------
    OptionError
        It is one source of several; or options are not the default, of a stage whose rows are there already.
    """
    found = [os.fspath(source) for source in sources if is_joined(source)]
    if not found:
        return None
    if len(sources) > 1:
        raise OptionError(
            "a pile that was joined is one source of several.",
            where=found[0],
            mend="give it alone; or fingerprint and join all sources together.",
        )
    path = found[0]
    folder = Folder.open(path)
    about: Any = folder.catalog.about
    has_statistics = "statistics" in folder.catalog.tables
    kinds: dict[str, Any] = MADE | ({"statistics": StatisticsOptions} if has_statistics else {})
    made = {name: kind(**about["options"][name]) for name, kind in kinds.items()}
    for name, was in made.items():
        if getattr(options, name) not in (was, kinds[name]()):
            raise OptionError(
                f"the options of the stage '{name}' come too late: its rows are there already.",
                where=path,
                mend="leave them out; or give them to 'stemmata fingerprint' and 'stemmata join'.",
            )
    documents = engine.concat(folder.parts("documents", ROWS_AT_ONCE))
    remarks = {side: folder.read(side).to_pylist() for side in ("skipped", "notes")}
    tables = {"documents": schemas.remark(schemas.DOCUMENTS.conform(documents), **remarks)}
    tables |= {name: folder.read(name) for name in ("fingerprints", "pairs")}
    if has_statistics:
        tables["statistics"] = folder.read("statistics")
    return Joined(path, tables, replace(options, **made), about["sources"], about["seconds"], folder)


def stamps(places: pa.Table) -> pa.Table:
    """Return each file of ``schemas.PLACES`` with its size and time, once for each that it had."""
    return places.select(["path", "bytes", "time"]).group_by(["path", "bytes", "time"], use_threads=False).aggregate([])


def _refuse_changed(path: str, stamp: Sequence[int]) -> None:
    try:
        status = os.stat(path)
        if [status.st_size, status.st_mtime_ns] == [*stamp]:
            return
        what = "it was changed after its shard was made."
    except OSError as error:
        what = f"it cannot be looked at any more: {error.strerror}."
    raise SourceError(what, where=path, mend="put it back as it was; or make the shards anew, and join them.")
