"""Keep one of each family of copies, and keep out what must not be there; of the user's own rows, with all columns."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from stemmata import catalog, schemas
from stemmata._version import __version__
from stemmata.deduplicated import Deduplication, refuse_places
from stemmata.documents import Source, Text, called_columns, read_all, read_placed_documents
from stemmata.engines import Engine, Listener, LocalEngine
from stemmata.engines.spark import SparkEngine, is_spread
from stemmata.errors import OptionError
from stemmata.joined import open_joined
from stemmata.keepers import KeepOptions
from stemmata.opening import open_documents
from stemmata.pipeline import Clock, Options
from stemmata.preferences import ORIGINAL, named_columns, refuse_column
from stemmata.readers.frames import is_frame
from stemmata.rows.origins import find_origins, refuse_addresses
from stemmata.rows.reading import names_there, read_columns
from stemmata.rows.writing import (
    PARQUET,
    Selection,
    check_names,
    check_place,
    check_types,
)
from stemmata.sifting import Sieve, all_stay

ADDED = ("family", "family_size", "keep", "duplicate_of", "kind", "reason")
UNREAD = "it has no text, or none that could be read"
Sources: TypeAlias = "Source | Iterable[Source]"


def dedup(
    sources: Sources,
    *,
    keep: str | None = None,
    annotate: bool = False,
    against: Sources | None = None,
    passages: bool = False,
    prefix: str = "",
    output: str | os.PathLike[str] | None = None,
    rules: KeepOptions | None = None,
    options: Options | None = None,
    engine: Engine | None = None,
    progress: Listener | None = None,
) -> Deduplication:
    """Keep one of each family of copies.

    A document goes only in favour of one that stays, in which most of its words stand as a copy word for word, edited
    or spun; see :func:`stemmata.keepers.choose_keepers`. A page that quotes a paragraph stays, and so do forms that
    are filled in anew, and what was retold in other words.

    Parameters
    ----------
    sources : path, folder, glob, Text, table, or several of them
        Everything that :func:`stemmata.read_documents` reads; or the one folder that :func:`stemmata.join_shards` has
        written, whose pairs are gone on with. Rows come from the files that the shards were made of.
    keep : str, optional
        Which of two stays: ``"longest"``, as by default; ``"original"``; or columns: ``"quality desc, length desc"``.
    annotate : bool
        Keep all rows, and add columns: ``family``, ``family_size``, ``keep``, ``duplicate_of``, ``kind``, ``reason``.
        Of rows without text ``keep`` is false, and the reason says so;
        with ``against`` or ``passages`` also ``spans``; and ``doc`` where rows have no ids of their own.
    against : sources, or the folders of runs, optional
        Protected texts: documents that derive from them or hold passages of them go. The documents are then compared
        with each other only where ``keep`` or ``passages`` ask for it.
    passages : bool
        Cut sentences that stand in a document that is preferred out of the others that stay.
    prefix : str
        What the names of added columns begin with.
    output : path, optional
        Where the rows will be written, if that is known: what must not be written over, and columns that cannot be
        written so, are refused before the work.
    rules : KeepOptions, optional
        How much must be shared; ``keep`` stands for its ``prefer``.
    options : Options, optional
        Options of the stages.
    engine : Engine, optional
        Where the stages run; by default this machine.
    progress : callable, optional
        Called with a :class:`stemmata.engines.Progress` before each stage, and as it goes on.

    Returns
    -------
    Deduplication
        The decisions do not depend on the order of sources or the number of workers. Rows stay in the order given.

    Raises
    ------
    OptionError
        ``keep`` names a column that is not there, or no order.
    SchemaError
        A column that is to be added is there already, or ``output`` is Parquet and one holds values of several types.
    SourceError
        As :func:`stemmata.trace`; a protected text could not be read; or a file was changed after its shard was made.
    """
    options, engine, rules = options or Options(), engine or LocalEngine(), rules or KeepOptions()
    rules = rules if keep is None else replace(rules, prefer=keep)
    within = against is None or keep is not None or passages
    given = _listed(sources)
    if isinstance(engine, SparkEngine) and any(is_spread(source) for source in given):
        as_asked = rules, options, annotate, passages, prefix
        return _dedup_there(given, output, against, as_asked, engine, Clock(progress))
    refuse_addresses(given)
    if output is not None:
        refuse_places(output, annotate, given)
    started, clock = datetime.now(UTC), Clock(progress)
    with clock.stage("documents"):
        joined = open_joined(given, options, engine)
        if joined is None:
            placed = read_placed_documents(given, options=options.documents, engine=engine)
        else:
            placed, given, options = joined.placed(), joined.sources, joined.options
        documents = schemas.DOCUMENTS.check(placed).replace_schema_metadata(None)
        selection = Selection(
            find_origins(placed, given, called_columns(options.documents)), documents, np.ones(documents.num_rows, bool)
        )
        spans = passages or against is not None
        as_planned = replace(selection, added=_added(all_stay(documents), prefix, spans)) if annotate else selection
        check_names(as_planned)
        if output is not None and check_place(output) == PARQUET:
            check_types(as_planned)
        names = named_columns(rules.prefer) if within else []
        columns = read_columns(selection.origins, documents, names) if names else None
        if columns is not None and (missing := set(names) - set(columns.column_names)):
            refuse_column(min(missing), names_there(selection.origins, documents))
        protected = None if against is None else _read_protected(against, options, engine)
    sieve = Sieve(rules, options, engine, clock, made=None if joined is None else joined.tables)
    held = schemas.DECISIONS.empty() if protected is None else sieve.hold_back(documents, protected)
    rest = documents.filter(pc.invert(pc.is_in(documents["doc"], held["doc"].combine_chunks())))
    decisions, texts = sieve.choose(rest, columns, passages) if within else (all_stay(rest), {})
    decisions = schemas.DECISIONS.check(pa.concat_tables([held, decisions]))
    rows = pc.index_in(pa.array([*texts], pa.string()), documents["doc"].combine_chunks()).to_pylist()
    selection = replace(selection, texts=dict(zip(rows, texts.values(), strict=True)))
    if annotate:
        selection = replace(selection, added=_added(decisions, prefix, spans))
    else:
        selection = replace(selection, keep=decisions["keep"].to_numpy())
    about = {
        "version": __version__,
        "rules": asdict(rules),
        "options": options.to_dict(),
        "started": started.isoformat(),
        "seconds": clock.seconds,
    }
    remarked = [placed, _archived(placed), *sieve.remarked]
    if within and rules.prefer == ORIGINAL:
        remarked.append(_undated(documents))
    skipped, notes = (schemas.remarks(remarked, side) for side in ("skipped", "notes"))
    return Deduplication(decisions, skipped, notes, about, selection, given)


def _dedup_there(
    given: Sequence[Any],
    output: str | os.PathLike[str] | None,
    against: object,
    as_asked: tuple[KeepOptions, Options, bool, bool, str],
    engine: SparkEngine,
    clock: Clock,
) -> Deduplication:
    """Keep one of each family of a table that lies on a cluster."""
    from stemmata.crawl.keeping import dedup_collection, refuse_output

    if len(given) > 1 or against is not None:
        what = "protected texts" if against is not None else "other sources"
        raise OptionError(
            f"a table of Spark's goes by itself, without {what}.",
            where="dedup",
            mend="lay tables under each other (union); hold tables against protected texts on one machine, by parts.",
        )
    rules, options, annotate, passages, prefix = as_asked
    added = (*ADDED, *(["spans"] if passages else [])) if annotate else None
    if output is not None:
        refuse_output(engine.session, output, annotate)
    return dedup_collection(
        given[0],
        rules=rules,
        options=options,
        engine=engine,
        clock=clock,
        added=added,
        passages=passages,
        prefix=prefix,
    )


def _listed(sources: Sources) -> list[Any]:
    """Return the sources as several, to be gone through more than once."""
    one = (
        isinstance(sources, str | bytes | os.PathLike | Text) or is_frame(sources) or not isinstance(sources, Iterable)
    )
    return [sources] if one else list(sources)  # type: ignore[arg-type]


def _archived(placed: pa.Table) -> pa.Table:
    """Remark how many rows stood in a table inside an archive or compressed: nothing is taken out of that twice."""
    count = pc.sum(pc.and_(pc.is_valid(placed["member"]), pc.is_valid(placed["row"]))).as_py() or 0
    what = "rows of tables in archives, or compressed, of which no other columns are kept than those that were read"
    return schemas.remark(pa.table({}), notes=[{"stage": "documents", "what": what, "count": count}])


def _undated(documents: pa.Table) -> pa.Table:
    """Remark of how many documents no date is known."""
    count = schemas.dated(documents).null_count
    what = "without a date, which is read from a column 'published' or 'date' in ISO 8601"
    return schemas.remark(pa.table({}), notes=[{"stage": "documents", "what": what, "count": count}])


def _read_protected(against: Sources, options: Options, engine: Engine) -> pa.Table:
    """Return the protected texts: of files and tables, and of runs that were saved."""
    given = [
        open_documents(source) if isinstance(source, str | os.PathLike) and catalog.is_run(source) else source
        for source in _listed(against)
    ]
    return read_all(given, "a protected text", options=options.documents, engine=engine)


def _added(decisions: pa.Table, prefix: str, spans: bool) -> pa.Table:
    unread = schemas.DECISIONS.table([{"doc": "", "family_size": 1, "keep": False, "reason": UNREAD}])
    table = pa.concat_tables([decisions, unread]).select([*ADDED, *(["spans"] if spans else [])])
    return table.rename_columns([prefix + name for name in table.column_names])
