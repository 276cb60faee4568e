"""Stage 7: who copied whom, with reasons."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from stemmata import schemas
from stemmata.aligned import Passages, read_passages
from stemmata.direction.asking import ask_thirds
from stemmata.direction.claims import metadata_reasons
from stemmata.direction.comparison import Comparison, compare_sides
from stemmata.direction.lineage import in_lines
from stemmata.direction.metadata import Metadata
from stemmata.direction.reasons import (
    CALLER,
    KNOWN,
    LIMIT,
    REFERENCES,
    REVISION,
    Reason,
    limited,
    log_odds,
    probability,
    total,
)
from stemmata.direction.text import COUNTS, ENGLISH, FREQUENCIES, text_reasons
from stemmata.direction.thirds import FIRST
from stemmata.direction.verdict import Pair, as_rows, is_stated, page_line, suffices
from stemmata.engines import Engine, LocalEngine
from stemmata.errors import check_option
from stemmata.facts import Facts
from stemmata.languages import Frequencies, frequencies
from stemmata.sides import Sides, described, known_documents, over_pairs, read_sides, turned_pairs

PAGE_LINE = 0.8  # that the source is lost where both texts hold a line of the page that one of them left
NO_REUSE = {
    "none": "no reuse was found, so there is no direction",
    "template": "the texts share a form and fill it with other facts: neither derives from the other",
}
NO_PASSAGE = "no passage is aligned, so there is nothing to judge by"
SAME = "the texts are the same, word for word"
SILENT = "nothing in the texts or their metadata tells which came first"
LOST = "both hold a line of one page, and may both be copies of it"
DENIED = "without the caller's word it would be the other way round, at %d %%"
MISREAD = "how the texts are worded was not weighed: one seems to be recognised from a picture with errors"
UNAVAILABLE = {
    ENGLISH: "habits of English rewriting were not looked at: the texts are not known to be English",
    FREQUENCIES: "how rare the words are was not looked at: no list of their language is at hand",
    COUNTS: "how well words fit their places was not looked at: no pairs of words of their language were counted",
}


@dataclass(frozen=True, kw_only=True)
class DirectionOptions:
    """How sure a direction must be before it is named.

    Parameters
    ----------
    decide : float
        Confidence from which a copy is called a copy, 0.5 to 1.
    decide_uncounted : float
        The same, where only the texts speak and no pairs of words of their language were counted; ``decide`` if that
        is more; 0.5 to 1.
    decide_rewritten : float
        The same where only the texts speak and words were not swapped one for one: edits, paraphrases,
        summaries, translations; 0.5 to 1.
    text_only : bool
        Whether dates, addresses and references are left out.
    """

    decide: float = 0.65
    decide_uncounted: float = 0.75
    decide_rewritten: float = 0.9
    text_only: bool = False

    def __post_init__(self) -> None:
        for name in ("decide", "decide_uncounted", "decide_rewritten"):
            check_option(self, name, 0.5, 1)


def find_directions(
    documents: pa.Table,
    pairs: pa.Table,
    alignments: pa.Table,
    relations: pa.Table,
    statistics: pa.Table | None = None,
    *,
    options: DirectionOptions = DirectionOptions(),
    engine: Engine | None = None,
) -> pa.Table:
    """Say for each pair which text derives from the other, and why.

    Parameters
    ----------
    documents, alignments, relations : pyarrow.Table
        As the stages before leave them.
    pairs : pyarrow.Table
        Columns ``a``, ``b`` and, where the copy is known, ``copy`` ("a", "b" or null): the caller's word
        overrules the texts.
    statistics : pyarrow.Table, optional
        ``schemas.STATISTICS``: whether capitals mark names, and word counts for languages without a list.

    Returns
    -------
    pyarrow.Table
        ``schemas.DIRECTIONS``, one row for each row of ``relations``. Points are for the likelier direction;
        a reason of 0 points only says something. Where the verdict is not ``copy``, reasons speak of ``a``
        and ``b``, and examples run from a to b. ``common_source``: both derive from a third text, and each has
        kept words of it that the other lost; no direction is the likelier, and confidence is one half.

    Raises
    ------
    SchemaError
        ``relations`` name a document that is not there.

    Notes
    -----
    Swapping two texts swaps the verdict and nothing else, to the last bit. A direction is an inference:
    features, weights and thresholds are in ``stemmata.direction.text``, rules for dates and references in
    the modules that ``stemmata.direction.claims`` calls. About 3 ms a pair of 300 words. Then third texts are asked
    (``stemmata.direction.asking``); a verdict by the caller, or by dates and references, stays.

    References
    ----------
    Grozea and Popescu 2010 (the direction of plagiarism); Marmerola et al. 2016 (PLoS ONE 11:e0167822); Maas
    1927 (Textkritik: errors that separate two witnesses).
    """
    found = judge_pairs(documents, pairs, alignments, relations, statistics, options=options, engine=engine)
    return revise_verdicts(found, documents, alignments, relations, engine=engine)


def judge_pairs(
    documents: pa.Table,
    pairs: pa.Table,
    alignments: pa.Table,
    relations: pa.Table,
    statistics: pa.Table | None = None,
    *,
    options: DirectionOptions = DirectionOptions(),
    engine: Engine | None = None,
) -> pa.Table:
    """Judge each pair by itself: the first half of :func:`find_directions`, which takes the same.

    Returns
    -------
    pyarrow.Table
        In the schema ``thirds.FIRST``, one row for each row of ``relations``, sorted.
    """
    engine = engine or LocalEngine()
    alignments = schemas.ALIGNMENTS.check(alignments)
    relations = schemas.RELATIONS.only("a", "b", "kind", "extent").check(relations)
    documents = in_lines(described(documents, engine, *Metadata._fields))
    known_documents(documents, relations, "relations")
    both = relations.join(turned_pairs(pairs), ["a", "b"], use_threads=False)
    facts = engine.broadcast(Facts.of(statistics))
    columns = Metadata._fields[1:]
    return over_pairs(_find_part, documents, both, engine, facts, options, columns=columns, alignments=alignments)


def revise_verdicts(
    found: pa.Table,
    documents: pa.Table,
    alignments: pa.Table,
    relations: pa.Table,
    *,
    engine: Engine | None = None,
) -> pa.Table:
    """Ask third texts about pairs that were judged by themselves: the second half of :func:`find_directions`.

    Parameters
    ----------
    found : pyarrow.Table
        As :func:`judge_pairs` returns it.
    documents, alignments, relations : pyarrow.Table
        As the stages before leave them.

    Returns
    -------
    pyarrow.Table
        ``schemas.DIRECTIONS``.
    """
    engine = engine or LocalEngine()
    alignments = schemas.ALIGNMENTS.check(alignments)
    relations = schemas.RELATIONS.only("a", "b", "kind").check(relations)
    documents = in_lines(described(documents, engine, *Metadata._fields))
    related = relations.filter(pc.invert(pc.is_in(relations.column("kind"), pa.array(list(NO_REUSE)))))
    return schemas.DIRECTIONS.check(ask_thirds(found, documents, alignments, related, engine))


def _find_part(part: pa.Table, alignments: pa.Table, facts: Facts, options: DirectionOptions) -> pa.Table:
    passages = read_passages(alignments)
    keys = part.drop_columns(["a_text", "b_text"]).to_pylist()
    rows = []
    for sides in read_sides(part, facts.misread):
        key = keys[sides.row]
        pair = Pair(*(key[name] for name in Pair._fields))
        metadata = [
            Metadata(key[side], *(key[f"{side}_{name}"] for name in Metadata._fields[1:])) for side in ("a", "b")
        ]
        rows.append(_direction(pair, sides, metadata, passages.get((pair.a, pair.b)), facts, options))
    return pa.Table.from_pylist(rows, schema=FIRST)


def _direction(
    pair: Pair,
    sides: Sides,
    metadata: Sequence[Metadata],
    passages: Passages | None,
    facts: Facts,
    options: DirectionOptions,
) -> dict[str, Any]:
    """Weigh one pair. Its sides become x and y in an order that the documents give, not their ids."""
    a = (len(sides.a), sides.a_text, repr(metadata[0][1:]))
    b = (len(sides.b), sides.b_text, repr(metadata[1][1:]))
    turned = b < a
    line, decide = "", options.decide
    if passages is None or pair.kind in NO_REUSE:
        reasons = [Reason(NO_REUSE.get(pair.kind, NO_PASSAGE), LIMIT)]
    else:
        x, y = (sides.a_text, sides.a), (sides.b_text, sides.b)
        if turned:
            x, y, passages, metadata = y, x, passages.mirrored(), metadata[::-1]
        listed = _vocabulary(sides.language, facts)
        counted = facts.word_pairs(sides.language, sides.texts)
        available = {ENGLISH: sides.language == "en", FREQUENCIES: len(listed.words) > 0, COUNTS: bool(counted)}
        comparison = compare_sides(
            x,
            y,
            passages,
            extent=pair.extent,
            names=facts.names(sides.language),
            frequencies=listed,
            pairs=counted,
        )
        known = () if options.text_only else metadata
        reasons = _reasons(comparison, pair.kind, known, available, misread=sides.misread)
        line = page_line(comparison, passages)
        decide = options.decide if counted else max(options.decide, options.decide_uncounted)
    if pair.copy:
        told = log_odds(KNOWN) if (pair.copy == "b") != turned else -log_odds(KNOWN)
        against = probability(-math.copysign(1, told) * total(reasons))
        reasons = [Reason("the caller says so", CALLER, told)]
        if against >= options.decide:
            reasons.append(Reason(DENIED % round(100 * against), LIMIT))
    for_x = total(reasons)
    stated = bool(pair.copy) or is_stated(reasons, for_x, options.decide)
    decided = stated or suffices(pair, reasons, for_x, decide, options.decide_rewritten)
    referred = total(r for r in reasons if r.origin in (REFERENCES, REVISION)) * for_x > 0
    via_lost = PAGE_LINE if line and not referred else 0.0
    if via_lost:
        reasons.append(Reason(LOST, LIMIT, 0.0, [line]))
    source, copy = (pair.a, pair.b) if (for_x > 0) != turned else (pair.b, pair.a)
    return {
        "a": pair.a,
        "b": pair.b,
        "verdict": "copy" if decided else "contained" if pair.extent == "excerpt" else "unknown",
        "source": source if decided else None,
        "copy": copy if decided else None,
        "likelier": source if for_x else None,
        "via_lost": via_lost,
        "confidence": probability(abs(for_x)),
        "evidence": as_rows(reasons, for_x, turned, decided),
        "stated": stated,
        "referred": referred,
    }


def _vocabulary(language: str | None, facts: Facts) -> Frequencies:
    listed = frequencies(language, "large")
    return listed if len(listed.words) else facts.frequencies(language)


def _reasons(
    c: Comparison, kind: str, metadata: Sequence[Metadata], available: Mapping[str, bool], *, misread: bool
) -> list[Reason]:
    """Return what speaks for a direction, and what has to be said beside it.

    Of texts that are ``misread`` no wording is weighed: errors of recognition look like somebody's own words.
    """
    beside = metadata_reasons(metadata[0], metadata[1], c.x.text, c.y.text) if metadata else []
    if any(reason.origin == REVISION for reason in beside):
        return beside
    if misread:
        return [*limited(beside), Reason(MISREAD, LIMIT)]
    held = frozenset(need for need, there in available.items() if there)
    reasons = limited([*text_reasons(c, kind, held), *beside])
    if not any(reason.points for reason in reasons):
        same = np.array_equal(c.x.words.word, c.y.words.word)
        reasons.append(Reason(SAME if same else SILENT, LIMIT))
    return reasons + [Reason(UNAVAILABLE[need], LIMIT) for need in available if need not in held]
