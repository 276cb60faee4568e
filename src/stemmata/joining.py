"""Join the shards that several machines have made: one pile, with all pairs that are worth aligning."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from stemmata import catalog, schemas
from stemmata._version import __version__
from stemmata.engines import Engine, Listener, LocalEngine, Progress, check_rows, sort_rows
from stemmata.errors import FolderError, MissingSource, OptionError, SourceError
from stemmata.fingerprints import KEPT, ORDERED, name_kept
from stemmata.folder import Folder
from stemmata.generations import ROWS_PER_GROUP
from stemmata.joined import HASHES, ROWS_AT_ONCE, check_places, options_of, shards_in, stamps
from stemmata.pairs import find_pairs
from stemmata.pipeline import Clock, Options
from stemmata.readers.naming import name_documents
from stemmata.shards import Written, by_group
from stemmata.sketches import Shard, Sketch, check_shards


def join_shards(
    shards: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    output: str | os.PathLike[str],
    *,
    options: Options | None = None,
    engine: Engine | None = None,
    progress: Listener | None = None,
) -> Written:
    """Find the pairs that documents of all shards make, and save both, for ``trace`` and ``dedup`` to go on from.

    Rows are those that one machine would have found by itself, in whatever order the shards are given.

    Parameters
    ----------
    shards : path, or several of them
        Folders that :func:`stemmata.fingerprint_shard` has written, and folders that hold such folders: all of one cut.
    output : str or path
        A new or an empty folder, or one that stemmata has written.
    options : Options, optional
        Of which ``pairs`` are asked; by default quotations are looked for if the shards hold that view.
    engine : Engine, optional
        Where to join; by default this machine.
    progress : callable, optional
        Called with a :class:`stemmata.engines.Progress` before each stage, and as it goes on.

    Raises
    ------
    OptionError
        Shards are unlike, missing, or there twice.
    SourceError
        A folder is no shard, and holds none; ``MissingSource``: it is not there.
    FolderError
        A shard is damaged, or ``output`` cannot be written; ``FormatError``: another version wrote it.
    """
    engine, clock = engine or LocalEngine(), Clock(progress)
    Folder.check_place(output, catalog.PILE)
    found = _open(shards)
    started = datetime.now(UTC)
    views = found[0].sketch.views
    options = options or Options()
    if "quotation" in views:
        options = replace(options, pairs=replace(options.pairs, quotations=True))
    with clock.stage("documents"):
        apart = _concat(found, "places")
        _refuse_rewritten(apart)
        documents = engine.concat(rows for shard in found for rows in shard.folder.parts("documents", ROWS_AT_ONCE))
        check_places(apart, documents, ", ".join(str(shard.path) for shard in found))
        placed = apart.set_column(0, "doc", apart["own"]).append_column("first_seen", documents["first_seen"])
        named = name_documents(placed, _concat(found, "files"))
        places, names = named.drop_columns("first_seen"), named["doc"]
        documents = check_rows(schemas.DOCUMENTS, documents.set_column(0, "doc", names), engine)
    remarks = {side: _remarks(found, side) for side in ("skipped", "notes")}
    statistics = found[0].folder.read("statistics") if found[0].sketch.statistics else None
    with clock.stage("fingerprints"):
        docs = documents["doc"].combine_chunks()
        rows = pc.index_in(names, docs).to_numpy().astype(np.int32)
        numbered = engine.concat(_numbered(found, apart["doc"], rows))
        kept = name_kept(sort_rows(numbered, ("row",), engine), docs)
    with clock.stage("pairs"):
        pairs = find_pairs(documents, kept, statistics, options=options.pairs, engine=engine)
    about = _about(found, options, started, clock)
    tables = {"documents": documents, "places": schemas.PLACES.check(places.replace_schema_metadata(None))}
    tables |= {"fingerprints": by_group(kept), "pairs": pairs}
    tables |= {} if statistics is None else {"statistics": statistics}
    remarks["notes"] = schemas.remarks([_carrying(remarks["notes"]), named, pairs], "notes")
    if progress is not None:
        progress(Progress("writing"))
    Folder.create(output, catalog.PILE).write({**tables, **remarks}, about=about)
    counts = {"shards": len(found), "documents": documents.num_rows, "pairs": pairs.num_rows}
    return Written(Path(output), counts, remarks["skipped"].to_pylist(), remarks["notes"].to_pylist(), about)


def _open(shards: str | os.PathLike[str] | Iterable[str | os.PathLike[str]]) -> list[Shard]:
    """Return the shards in some folders by their numbers, alike and whole."""
    paths = [shards] if isinstance(shards, str | os.PathLike) else [*shards]
    folders = [Folder.open(folder) for path in paths for folder in _folders(Path(path))]
    if not folders:
        raise OptionError("there is no shard.", where="join", mend="give the folders of all shards.")
    found = [Shard(folder, Sketch.read(folder)) for folder in folders]
    check_shards(found)
    return sorted(found, key=lambda shard: shard.sketch.shard)


def _folders(path: Path) -> list[Path]:
    """Return the folder of a shard, or those in a folder, where other runs may lie beside them."""
    if not path.exists():
        raise MissingSource("a shard is not there.", where=str(path), mend="check the path.")
    if catalog.is_run(path):
        return [path]
    if path.is_dir() and (found := shards_in(path)):
        return found
    raise SourceError(
        "there is no shard here.",
        where=str(path),
        mend="give folders that 'stemmata fingerprint' has written, or one that holds them.",
    )


def _refuse_rewritten(places: pa.Table) -> None:
    """Refuse shards between which a file was changed: its rows would be lost, or there twice."""
    twice = stamps(places).group_by("path").aggregate([([], "count_all")]).filter(pc.field("count_all") > 1)
    if twice.num_rows:
        raise OptionError(
            "a file was changed after some of the shards were made.",
            where=os.fsdecode(min(twice["path"].to_pylist())),
            mend="run 'stemmata fingerprint' again for all shards, and leave the files alone meanwhile.",
        )


def _concat(shards: Sequence[Shard], name: str) -> pa.Table:
    return pa.concat_tables([shard.folder.read(name) for shard in shards])


def _remarks(shards: Sequence[Shard], side: str) -> pa.Table:
    tables = [shard.folder.read(side) for shard in shards]
    if side == "notes":
        return schemas.remarks([_carrying(table) for table in tables], side)
    return schemas.BY_NAME[side].check(pa.concat_tables(tables))


def _carrying(notes: pa.Table) -> pa.Table:
    """Return a table with which notes travel."""
    return schemas.remark(notes.slice(0, 0), notes=notes.to_pylist())


def _numbered(shards: Sequence[Shard], names: pa.ChunkedArray, rows: NDArray[np.int32]) -> Iterator[pa.Table]:
    """Yield all fingerprints, their documents by row; ``names`` are those in the shards, one shard after another."""
    yield KEPT.empty_table()
    begin = 0
    views = pa.array(ORDERED)
    for shard in shards:
        size = shard.folder.catalog.rows("places")
        row = dict(zip(names.slice(begin, size).to_pylist(), rows[begin : begin + size].tolist(), strict=True))
        begin += size
        for part in shard.folder.parts("fingerprints", ROWS_PER_GROUP):
            for batch in part.to_batches():
                doc, view = batch.column("doc"), batch.column("view")
                own = pa.array([row.get(name) for name in doc.dictionary.to_pylist()], pa.int32()).take(doc.indices)
                view = pc.index_in(view.dictionary, views).cast(pa.int8()).take(view.indices)
                if own.null_count or view.null_count:
                    raise FolderError(
                        "there are k-grams of a document, or of a view, that is not there.",
                        where=str(shard.path),
                        mend=catalog.MEND,
                    )
                yield pa.table([own, view, batch.column("hash"), batch.column("position")], schema=KEPT)


def _about(shards: Sequence[Shard], options: Options, started: datetime, clock: Clock) -> dict[str, Any]:
    """Return how the pile was made, with the options of the shards where they decided."""
    told: Any = shards[0].folder.catalog.about
    options = replace(options, **options_of(shards[0].folder) | {"pairs": options.pairs})
    return {
        "version": __version__,
        "verb": catalog.PILE,
        "sources": told["sources"],
        "options": options.to_dict(),
        "started": started.isoformat(),
        "seconds": clock.seconds,
        "shards": len(shards),
        HASHES: shards[0].sketch.hashes,
    }
