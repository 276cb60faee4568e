"""A pile of which the pairs are known already, as ``join`` leaves it in a folder."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa

from stemmata import catalog, schemas
from stemmata.documents import DocumentOptions
from stemmata.engines import Engine
from stemmata.errors import FolderError, OptionError, SourceError
from stemmata.fingerprints import FingerprintOptions
from stemmata.folder import Folder, of_another
from stemmata.pairs import PairOptions
from stemmata.pipeline import Options
from stemmata.rows.origins import refuse_addresses
from stemmata.sketches import check_value
from stemmata.statistics import StatisticsOptions

ROWS_AT_ONCE = 4_096  # of documents, that are read at a time
HASHES = "hashes"  # under which a pile says what ``check_value`` was
MADE: dict[str, tuple[type, str]] = {  # by stage: its options, and the command that takes them
    "documents": (DocumentOptions, "fingerprint"),
    "statistics": (StatisticsOptions, "statistics"),
    "fingerprints": (FingerprintOptions, "fingerprint"),
    "pairs": (PairOptions, "join"),
}


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
    folder : Folder
    """

    path: str
    tables: dict[str, pa.Table]
    options: Options
    sources: list[str]
    folder: Folder

    def placed(self) -> pa.Table:
        """Return ``schemas.PLACED_DOCUMENTS``; skipped and notes travel with it.

        Raises
        ------
        SourceError
            A file is not there any more, or was changed since its shard was made.
        FolderError
            The places are those of other documents.
        """
        places, documents = self.folder.read("places"), self.tables["documents"]
        check_places(places, documents, self.path)
        for path, *stamp in zip(*(column.to_pylist() for column in stamps(places).columns), strict=True):
            _refuse_changed(os.fsdecode(path), stamp)
        for name in schemas.PLACED_DOCUMENTS.arrow.names[documents.num_columns :]:
            documents = documents.append_column(name, places[name])
        return documents.cast(schemas.PLACED_DOCUMENTS.arrow).replace_schema_metadata(documents.schema.metadata)


def verb_of(source: object) -> object:
    """Return what wrote a source, if it is a folder of stemmata's; else None."""
    if not isinstance(source, str | os.PathLike) or not catalog.is_run(source):
        return None
    return Folder.open(source).catalog.about.get("verb")


def shards_in(path: str | os.PathLike[str]) -> list[Path]:
    """Return the shards in a folder, sorted; other folders in it are left out."""
    return sorted(one for one in Path(path).iterdir() if verb_of(one) == catalog.SHARD)


def options_of(folder: Folder) -> dict[str, Any]:
    """Return the options, by stage, that a shard or a pile was made with.

    Raises
    ------
    FormatError
        They are none that this stemmata knows.
    """
    options = Options.of(folder)
    return {stage: getattr(options, stage) for stage in MADE}


def check_places(places: pa.Table, documents: pa.Table, path: str | os.PathLike[str]) -> None:
    """Refuse ``schemas.PLACES`` that do not stand beside their documents, row by row.

    Raises
    ------
    FolderError
        They are those of others.
    """
    if not places["doc"].equals(documents["doc"]):
        raise FolderError("documents, and where they stand, do not agree.", where=os.fspath(path), mend=catalog.MEND)


def open_joined(sources: Sequence[Any], options: Options, engine: Engine) -> Joined | None:
    """Return the pile in a folder, if that is the one source; else None.

    Raises
    ------
    OptionError
        It is one source of several; or options are not the default, of a stage whose rows are there already. Or a
        source is a shard, or a folder of nothing else.
    FormatError
        Another version wrote it, whose options or hashes are unlike ours.
    """
    _refuse_shards(sources)
    found = [os.fspath(source) for source in sources if verb_of(source) == catalog.PILE]
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
    if about.get(HASHES) != check_value():
        raise of_another(folder, "its words were cut or hashed in another way than this stemmata does.")
    made = options_of(folder)
    has_statistics = "statistics" in folder.catalog.tables
    if not has_statistics:
        del made["statistics"]  # they are yet to be collected
    for name, was in made.items():
        kind, verb = MADE[name]
        if getattr(options, name) not in (was, kind()):
            raise OptionError(
                f"the options of the stage '{name}' come too late: its rows are there already.",
                where=path,
                mend=f"leave them out; or give them to 'stemmata {verb}', and go on from there.",
            )
    documents = engine.concat(folder.parts("documents", ROWS_AT_ONCE))
    remarks = {side: folder.read(side).to_pylist() for side in ("skipped", "notes")}
    tables = {"documents": schemas.remark(schemas.DOCUMENTS.conform(documents), **remarks)}
    tables |= {name: folder.read(name) for name in ("fingerprints", "pairs")}
    if has_statistics:
        tables["statistics"] = folder.read("statistics")
    return Joined(path, tables, replace(options, **made), about["sources"], folder)


def stamps(places: pa.Table) -> pa.Table:
    """Return each file of ``schemas.PLACES`` with its size and time, once for each that it had."""
    return places.select(["path", "bytes", "time"]).group_by(["path", "bytes", "time"], use_threads=False).aggregate([])


def _refuse_shards(sources: Sequence[Any]) -> None:
    for source in sources:
        if isinstance(source, str | os.PathLike) and (verb_of(source) == catalog.SHARD or _all_runs(source)):
            raise OptionError(
                "these are shards, whose pairs are not known yet.",
                where=os.fspath(source),
                mend="join all of them, and give the pile: stemmata join SHARDS -o PILE.",
            )


def _all_runs(path: str | os.PathLike[str]) -> bool:
    """Tell whether a folder holds shards, and nothing that could be a document."""
    found = False
    with suppress(OSError, ValueError):  # ValueError: a NUL, which no path holds
        for one in Path(os.fsdecode(path)).iterdir():
            if not (catalog.is_run(one) or one.name.startswith(".")):
                return False
            found |= verb_of(one) == catalog.SHARD
    return found


def _refuse_changed(path: str, stamp: Sequence[int]) -> None:
    refuse_addresses([path])
    try:
        status = os.stat(path)
        if [status.st_size, status.st_mtime_ns] == [*stamp]:
            return
        what = "it was changed after its shard was made."
    except OSError as error:
        what = f"it cannot be looked at any more: {error.strerror}."
    raise SourceError(what, where=path, mend="put it back as it was; or make the shards anew, and join them.")
