"""The stages in order, their options, and how one table follows from another."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pyarrow as pa

from stemmata import schemas
from stemmata.alignments import AlignmentOptions, align
from stemmata.changes import ChangeOptions, list_changes
from stemmata.collations import CollationOptions, collate
from stemmata.directions import DirectionOptions, find_directions
from stemmata.documents import DocumentOptions
from stemmata.engines import Engine, Listener, Progress, watching
from stemmata.families import FamilyOptions, group_families
from stemmata.fingerprints import FingerprintOptions, fingerprint
from stemmata.folder import Folder, of_another
from stemmata.pairs import PairOptions, find_pairs
from stemmata.readings import ReadingOptions, list_readings
from stemmata.relations import RelationOptions, classify
from stemmata.statistics import StatisticsOptions, collect_statistics
from stemmata.stemma import StemmaOptions, build_stemma


@dataclass(frozen=True, kw_only=True)
class Options:
    """All options, one dataclass a stage; each is described where its stage is."""

    documents: DocumentOptions = field(default_factory=DocumentOptions)
    statistics: StatisticsOptions = field(default_factory=StatisticsOptions)
    fingerprints: FingerprintOptions = field(default_factory=FingerprintOptions)
    pairs: PairOptions = field(default_factory=PairOptions)
    alignments: AlignmentOptions = field(default_factory=AlignmentOptions)
    relations: RelationOptions = field(default_factory=RelationOptions)
    families: FamilyOptions = field(default_factory=FamilyOptions)
    collations: CollationOptions = field(default_factory=CollationOptions)
    directions: DirectionOptions = field(default_factory=DirectionOptions)
    stemma: StemmaOptions = field(default_factory=StemmaOptions)
    readings: ReadingOptions = field(default_factory=ReadingOptions)
    changes: ChangeOptions = field(default_factory=ChangeOptions)

    def to_dict(self) -> dict[str, Any]:
        """Return all options as plain values, for a record of how a run was made."""
        return dataclasses.asdict(self)

    @classmethod
    def of(cls, folder: Folder) -> Options:
        """Return the options that a folder says it was made with.

        Raises
        ------
        FormatError
            They are none that this stemmata knows.
        """
        told: Any = folder.catalog.about.get("options")
        made = {}
        for stage in dataclasses.fields(cls):
            kind: Any = stage.default_factory
            try:
                made[stage.name] = kind(**told.get(stage.name, {}))  # of a stage that came later, the defaults
            except (AttributeError, TypeError, ValueError) as error:
                raise of_another(folder, f"its options of the stage '{stage.name}' are not understood.") from error
        return cls(**made)


class Stage(NamedTuple):
    """A stage: the table that it makes, its function, and the tables that the function takes, in order."""

    name: str
    function: Callable[..., pa.Table]
    takes: tuple[str, ...]


STAGES = (
    # documents come from ``read_documents``, which takes sources and no table
    Stage("statistics", collect_statistics, ("documents",)),
    Stage("fingerprints", fingerprint, ("documents", "statistics")),
    Stage("pairs", find_pairs, ("documents", "fingerprints", "statistics")),
    Stage("alignments", align, ("documents", "pairs", "statistics")),
    Stage("relations", classify, ("documents", "pairs", "alignments")),
    Stage("families", group_families, ("relations", "documents")),
    Stage("collations", collate, ("documents", "relations", "families")),
    Stage("directions", find_directions, ("documents", "pairs", "alignments", "relations", "statistics")),
    Stage("stemma", build_stemma, ("documents", "alignments", "relations", "families", "directions", "collations")),
    Stage("readings", list_readings, ("documents", "collations", "stemma")),
    Stage("changes", list_changes, ("documents", "alignments", "directions", "stemma")),
)


class Clock:
    """Announces stages before they begin and as they go on, and keeps how long each took.

    Parameters
    ----------
    progress : callable, optional
        Called with a :class:`stemmata.engines.Progress` before each stage, and whenever a part of it is done.
    """

    def __init__(self, progress: Listener | None = None) -> None:
        self._progress = progress
        self.seconds: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Run what follows as a stage."""
        if self._progress is not None:
            self._progress(Progress(name))
        begun = time.perf_counter()
        with watching(name, self._progress):
            yield
        self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - begun  # dedup comes back to some


def run(
    documents: pa.Table,
    options: Options,
    engine: Engine,
    *,
    given: pa.Table | None = None,
    base: pa.Table | None = None,
    made: Mapping[str, pa.Table] | None = None,
    together: Sequence[tuple[str, str]] = (),
    apart: Sequence[tuple[str, str]] = (),
    clock: Clock | None = None,
) -> dict[str, pa.Table]:
    """Run all stages on documents that were read, and return every table by name.

    Parameters
    ----------
    documents : pyarrow.Table
        ``schemas.DOCUMENTS``.
    given : pyarrow.Table, optional
        The pairs to look at, with ``a``, ``b`` and ``copy``; by default all pairs worth it are found.
    base : pyarrow.Table, optional
        Texts that were given to everybody, with ``text``: what stands in them is no reuse.
    made : mapping of str to pyarrow.Table, optional
        Tables by name whose stages were run before, and are not run again.
    together, apart : sequence of pairs of str, optional
        Documents that somebody knows to be of one family, or not to be.
    clock : Clock, optional
        Told of each stage.
    """
    clock = clock or Clock()
    tables: dict[str, pa.Table] = {**(made or {}), "documents": documents}
    for stage in STAGES:
        if stage.name in tables:
            continue
        with clock.stage(stage.name):
            taken = [tables[name] for name in stage.takes]
            extra: Mapping[str, Mapping[str, Any]] = {
                "pairs": {"given": given},
                "alignments": {"base": base},
                "relations": {"statistics": tables.get("statistics")},
                "families": {"together": together, "apart": apart},
                "changes": {"statistics": tables.get("statistics"), "base": base, "aligning": options.alignments},
            }
            own = getattr(options, stage.name)
            tables[stage.name] = stage.function(*taken, options=own, engine=engine, **extra.get(stage.name, {}))
    remarked = list(tables.values())
    for side in ("skipped", "notes"):
        tables[side] = schemas.remarks(remarked, side)
    return {name: table.replace_schema_metadata(None) for name, table in tables.items()}
