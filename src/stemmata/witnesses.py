"""Witnesses of one work: all of them beside each other, their tree, and what each reads."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa

from stemmata import schemas
from stemmata._version import __version__
from stemmata.catalog import digest
from stemmata.changes import list_changes
from stemmata.collating.amending import amend_places
from stemmata.collating.collation import Collation
from stemmata.collating.corrections import Correction, read_corrections
from stemmata.collating.layers import check_weights
from stemmata.collating.members import collation_of
from stemmata.collating.normalising import Rules, normalised_words, read_rules
from stemmata.collating.places import align_witnesses
from stemmata.collating.spelling import read_spelling
from stemmata.collating.weighing import weigh_kinds
from stemmata.documents import read_documents
from stemmata.engines import Engine, LocalEngine
from stemmata.errors import SchemaError, SourceError
from stemmata.families import group_families
from stemmata.genealogy.branches import ALWAYS, branch
from stemmata.genealogy.evidence import telling_codes
from stemmata.genealogy.listing import list_branches
from stemmata.pipeline import Clock, Options
from stemmata.readers.sources import part_sources
from stemmata.readings import list_readings
from stemmata.statistics import collect_statistics
from stemmata.tokens import Words, read_words
from stemmata.traced import Trace
from stemmata.tracing import named, named_options

if TYPE_CHECKING:
    from stemmata.documents import ArrowTable, Source
    from stemmata.engines import Listener

DIGITS = 16  # of a digest that are told
BELOW_YOUNGER = "witnesses that stand below one that is dated later, whatever the root"


def stemma_from_collation(
    table: pa.Table | Collation, *, language: str | None = None, possible_parents: bool = False
) -> pa.Table:
    """Draw the tree of the witnesses of a collation that somebody made.

    Parameters
    ----------
    table : pyarrow.Table or Collation
        A column of text for each witness, a row for each place in the order of the text. An empty value is an omission,
        null or ``#LACUNA#`` is missing.
    language : str, optional
        ISO 639-1 code: by how common words are the older of two readings is told. Without it, and where no
        frequencies of the language are known, the root mostly stays open.
    possible_parents : bool
        Name second exemplars that are possible, not only those that are likely.

    Returns
    -------
    pyarrow.Table
        ``schemas.STEMMA``, the same for any order of columns. The family is called by what the table holds, 16 hex
        digits; lost copies are ``lost:<family>/<n>``.

    Raises
    ------
    SchemaError
        There is no column, one is no text, or two have one name.
    """
    given = table if isinstance(table, Collation) else Collation.from_table(table)
    if not given.witnesses:
        raise SchemaError("there is no witness.", where="table of a collation", mend="give each witness a column.")
    order = np.array(sorted(range(len(given.witnesses)), key=given.witnesses.__getitem__))
    names = tuple(given.witnesses[row] for row in order)
    collation = Collation(names, given.readings, given.codes[order], given.moved[order])
    held = collation.to_table()
    family = digest([[name, held[name].to_pylist()] for name in names])[:DIGITS]
    drawn = branch(collation, family, language=language, possible=possible_parents)
    return schemas.STEMMA.table(list_branches(family, names, drawn))


def trace_witnesses(
    sources: Source | Iterable[Source],
    *,
    metadata: str | os.PathLike[str] | ArrowTable | None = None,
    normalise: Rules | str | os.PathLike[str] | None = None,
    corrections: Sequence[Correction] | str | os.PathLike[str] | None = None,
    weights: Mapping[str, float] | None = None,
    possible_parents: bool = False,
    options: Options | None = None,
    engine: Engine | None = None,
    progress: Listener | None = None,
) -> Trace:
    """Trace the witnesses of one work: collate all of them, draw their tree, and list what each reads and changed.

    Nothing is asked about reuse: whatever is given is a witness, and all are of one family. The tree follows from what
    they read alone; dates say where it may begin, for nobody copied a witness that was not yet there.

    Parameters
    ----------
    sources : path, folder, glob, Text, table, or several of them
        Everything that :func:`stemmata.read_documents` reads: plain text and TEI among it. ``[…]`` in a text says that
        words are lost.
    metadata : path or table, optional
        What is known of the witnesses beside them, such as ``siglum``, ``not_before`` and ``not_after``: see
        :func:`stemmata.read_documents`.
    normalise : path or Rules, optional
        Rules that make spellings equal for the collation: :func:`stemmata.collating.normalising.read_rules`.
    corrections : path or sequence of Correction, optional
        Which words stand beside each other: :func:`stemmata.collating.corrections.read_corrections`. Those that do not
        fit the witnesses are listed in ``skipped``.
    weights : mapping of str to float, optional
        What a difference of each of ``stemmata.collating.layers.KINDS`` counts for the tree, 0 to 10; by default 1.
    possible_parents : bool
        Name second exemplars that are possible, not only those that are likely.
    options : Options, optional
        Those of documents, statistics, collations (``most_words``), readings, alignments and changes count.
    engine : Engine, optional
        Where documents are read and changes listed; by default this machine.
    progress : callable, optional
        As :func:`stemmata.trace` takes it.

    Returns
    -------
    Trace
        Without fingerprints, pairs, alignments, relations and directions, whose tables are empty. The same for any
        order of sources. Rules, corrections and weights stand in ``about["options"]["witnesses"]``.

    Raises
    ------
    SourceError
        Nothing is given, or a table of rules or corrections is none, or corrections contradict each other;
        ``MissingSource``: something is not there. Or the witnesses are too large.
    ClashError
        A file is given twice, or two texts or rows at hand have one id.
    OptionError
        A weight is out of its range, or its kind is not known.
    """
    options, engine = options or Options(), engine or LocalEngine()
    way = _Way(_rules(normalise), _corrections(corrections), check_weights(weights or {}), possible_parents)
    paths, texts, tables = part_sources(sources)
    given = [source for _, source in sorted({**paths, **texts, **tables}.items())]
    started, clock = datetime.now(UTC), Clock(progress)
    with clock.stage("documents"):
        documents = read_documents(given, metadata=metadata, options=options.documents, engine=engine)
    made = _make(documents, way, options, engine, clock)
    words = ["trace", "--witnesses", *sorted(map(named, given))]
    for option, value in (("metadata", metadata), ("normalise", normalise), ("corrections", corrections)):
        words += [] if value is None else [f"--{option}", named(value)]  # type: ignore[arg-type]
    if way.unusual:
        words += ["--weights", ",".join(f"{kind}={weight:g}" for kind, weight in way.unusual.items())]
    words += ["--all"] if possible_parents else []
    about = {
        "version": __version__,
        "verb": "trace",
        "command": " ".join(["stemmata", *words, *named_options(options)]),
        "sources": sorted(map(named, given)),
        "options": options.to_dict() | {"witnesses": way.to_dict()},
        "started": started.isoformat(),
        "seconds": clock.seconds,
    }
    return Trace(made, about=about)


class _Way(NamedTuple):
    """How witnesses are collated, and what their variants count."""

    rules: Rules
    corrections: Sequence[Correction]
    weights: Mapping[str, float]
    possible_parents: bool

    @property
    def unusual(self) -> dict[str, float]:
        """The weights that are not 1."""
        return {kind: weight for kind, weight in self.weights.items() if weight != 1}

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain values; of rules and corrections a digest of what they say, wherever they lie."""
        rules = [[rule.before, rule.after, rule.kind] for rule in self.rules.listed]
        corrections = [[one.witness, one.words, one.beside, one.its_words] for one in self.corrections]
        return {
            "normalise": digest(rules)[:DIGITS] if rules else None,
            "corrections": digest(corrections)[:DIGITS] if corrections else None,
            "weights": self.unusual,
            "possible_parents": self.possible_parents,
        }


def _rules(given: Rules | str | os.PathLike[str] | None) -> Rules:
    return given if isinstance(given, Rules) else Rules() if given is None else read_rules(given)


def _corrections(given: Sequence[Correction] | str | os.PathLike[str] | None) -> Sequence[Correction]:
    return read_corrections(given) if isinstance(given, str | os.PathLike) else tuple(given or ())


def _make(documents: pa.Table, way: _Way, options: Options, engine: Engine, clock: Clock) -> dict[str, pa.Table]:
    """Return all tables; those of what is not asked of witnesses are empty."""
    made = {name: schema.empty() for name, schema in schemas.BY_NAME.items()} | {"documents": documents}
    with clock.stage("statistics"):
        made["statistics"] = collect_statistics(documents, options=options.statistics, engine=engine)
    with clock.stage("families"):
        made["families"] = _one_family(documents, options, engine)
    with clock.stage("collations"):
        made["collations"] = _collate(documents, made["families"], way, options)
    with clock.stage("stemma"):
        made["stemma"] = _draw(documents, made["collations"], way)
    with clock.stage("readings"):
        made["readings"] = list_readings(
            documents, made["collations"], made["stemma"], options=options.readings, engine=engine
        )
    with clock.stage("changes"):
        taken = [made[name] for name in ("documents", "alignments", "directions", "stemma", "statistics")]
        made["changes"] = list_changes(
            *taken[:4], statistics=taken[4], aligning=options.alignments, options=options.changes, engine=engine
        )
    remarked = list(made.values())
    return made | {side: schemas.remarks(remarked, side) for side in ("skipped", "notes")}


def _one_family(documents: pa.Table, options: Options, engine: Engine) -> pa.Table:
    """Return a family of all documents, of which nobody asked what links them."""
    docs = documents["doc"].to_pylist()
    together = [(docs[0], doc) for doc in docs[1:]]
    found = group_families(
        schemas.RELATIONS.empty(), documents, together=together, options=options.families, engine=engine
    )
    for name in ("via", "weight"):
        at = found.column_names.index(name)
        found = found.set_column(at, found.schema.field(name), pa.nulls(len(found), found.schema.field(name).type))
    return found


def _collate(documents: pa.Table, families: pa.Table, way: _Way, options: Options) -> pa.Table:
    """Return ``schemas.COLLATIONS`` of one text, as people corrected it."""
    if not len(families):
        return schemas.COLLATIONS.empty()
    names, texts = documents["doc"].to_pylist(), documents["text"].to_pylist()
    tokens = read_words(documents["text"])
    most = options.collations.most_words
    if len(tokens.words) > most:
        raise SourceError(
            f"the witnesses have {len(tokens.words):,} words together, more than {most:,}.",
            where="trace_witnesses",
            mend="give a part of the text, or raise CollationOptions(most_words=…).",
        )
    own = [tokens[row] for row in range(len(texts))]
    hashes = [normalised_words(text, words, way.rules) for text, words in zip(texts, own, strict=True)]
    aligned = align_witnesses(hashes, read_spelling(texts, tokens))
    spelt = [_spelt(text, words) for text, words in zip(texts, own, strict=True)] if way.corrections else []
    places, skipped = amend_places(aligned, spelt, names, way.corrections)
    rows = [
        {"family": families["family"][0].as_py(), "doc": doc, "text": 1, "places": place + 1, "moved": moved > 0}
        for doc, place, moved in zip(names, places.place, places.moved, strict=True)
    ]
    return schemas.remark(schemas.COLLATIONS.table(rows), skipped=skipped)


def _spelt(text: str, words: Words) -> list[str]:
    return [text[start:end] for start, end in zip(words.start.tolist(), words.end.tolist(), strict=True)]


def _draw(documents: pa.Table, collations: pa.Table, way: _Way) -> pa.Table:
    """Return ``schemas.STEMMA``; of witnesses that read the same, the younger ones hang by the oldest."""
    if not len(collations):
        return schemas.STEMMA.empty()
    dates = _dates(documents)
    witnesses = collations.append_column("body", documents["text"])  # both by their ids
    docs = witnesses["doc"].to_pylist()
    order = sorted(range(len(docs)), key=lambda row: (*dates[docs[row]], docs[row]))
    collation = collation_of(witnesses.take(pa.array(order)))
    languages = [language for language in documents["language"].to_pylist() if language]
    drawn = branch(
        collation,
        collations["family"][0].as_py(),
        weighed=weigh_kinds(collation, telling_codes(collation), way.rules, way.weights),
        language=max(sorted(set(languages)), key=languages.count, default=None),
        dates=dates,
        possible=way.possible_parents,
    )
    rows = list_branches(collations["family"][0].as_py(), collation.witnesses, drawn)
    below = sum(_below_younger(doc, drawn.parents, dates) for doc in docs)
    notes = [{"stage": "stemma", "what": BELOW_YOUNGER, "count": below}]
    return schemas.remark(schemas.STEMMA.table(rows), notes=notes)


def _dates(documents: pa.Table) -> dict[str, tuple[float, float]]:
    """Return before and after which each witness cannot have been written."""
    columns = (documents[name].cast(pa.int64()).to_pylist() for name in ("published", "not_before", "not_after"))
    found: dict[str, tuple[float, float]] = {}
    for doc, published, first, last in zip(documents["doc"].to_pylist(), *columns, strict=True):
        early, late = (published if end is None else end for end in (first, last))
        found[doc] = ALWAYS[0] if early is None else float(early), ALWAYS[1] if late is None else float(late)
    return found


def _below_younger(doc: str, parents: Mapping[str, str | None], dates: Mapping[str, tuple[float, float]]) -> bool:
    above = parents[doc]
    while above is not None:
        if dates.get(above, ALWAYS)[0] > dates[doc][1]:
            return True
        above = parents[above]
    return False
