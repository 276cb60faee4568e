"""Stage 5: name what each pair is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from stemmata import measures, schemas
from stemmata.aligned import read_passages
from stemmata.engines import Engine, LocalEngine
from stemmata.errors import OptionError, check_option
from stemmata.exclusions import EXCLUDED, NEVER_COUNTED, NO_REUSE, SHORT, Shared, coverage, sort_out, tell_left_out
from stemmata.facts import Facts
from stemmata.languages import function_words
from stemmata.passages.wording import mirrored
from stemmata.sides import Sides, described, known_documents, over_pairs, read_sides, turned_pairs
from stemmata.versions import Spans, were_edited

FRAME_KEPT = 0.05  # difference from which the frame of function words says something
EVEN = 0.5  # confidence where nothing can be told
# shares of right answers on labelled pairs, all kinds as common as each other (benchmarks/quality.py --only kinds)
NONE_RIGHT, VERBATIM_RIGHT = 0.71, 0.94
BESIDE_RIGHT = 0.92  # the same of versions whose passages are verbatim and which were edited beside them
FEW_WORDS = 25  # below this a text is too short for its passages to be told from chance


@dataclass(frozen=True, kw_only=True)
class RelationOptions:
    """When one text is the whole, or a part, of the other, and what does not count as reuse.

    Parameters
    ----------
    whole : float
        Share of a text's words that must be reused for it to be reused as a whole, 0 to 1.
    exclude : tuple of str
        What does not count towards coverage, kind and extent: ``"quotes"``, ``"references"``, and with ``"short:N"``
        passages of fewer than N words, 1 to 99,999. Base text and page furniture never count.
    """

    whole: float = 0.7
    exclude: tuple[str, ...] = ("quotes", "references")

    def __post_init__(self) -> None:
        check_option(self, "whole", 0, 1)
        for one in self.exclude:
            if one not in EXCLUDED and not SHORT.fullmatch(one):
                raise OptionError(
                    f"exclude holds {one!r}, which is none of quotes, references and short:N.",
                    where="option exclude",
                    mend="choose among quotes, references and short:N, e.g. short:12; none at all counts everything.",
                )


def classify(
    documents: pa.Table,
    pairs: pa.Table,
    alignments: pa.Table,
    *,
    statistics: pa.Table | None = None,
    options: RelationOptions = RelationOptions(),
    engine: Engine | None = None,
) -> pa.Table:
    """Name the kind and extent of every pair, with the figures that speak for it.

    Parameters
    ----------
    documents, pairs, alignments : pyarrow.Table
        As the stages before leave them; of documents ``doc`` and ``text`` suffice, of pairs ``a`` and ``b``.
    statistics : pyarrow.Table, optional
        ``schemas.STATISTICS``; by default what is known of the languages.

    Returns
    -------
    pyarrow.Table
        ``schemas.RELATIONS``, one row for each row of ``pairs``. The kind is that of most of the reused
        words, but ``verbatim`` only where every passage is and nothing was edited beside them, else ``edited``;
        ``confidence`` comes from labelled pairs (``kinds``). What is shared and does not count (``exclude``)
        stands in the evidence, with the coverage that there would be with it.
    """
    engine = engine or LocalEngine()
    spans = ("a_start", "a_end", "b_start", "b_end")
    needed = ("a", "b", "rank", *spans, "matched", "kind", "confidence", "role", "edits")
    alignments = schemas.ALIGNMENTS.only(*needed).check(alignments)
    documents = described(documents, engine)
    pairs = turned_pairs(pairs)
    known_documents(documents, pairs, "pairs")
    facts = engine.broadcast(Facts.of(statistics))
    found = over_pairs(_classify_part, documents, pairs, engine, facts, options, alignments=alignments)
    return schemas.RELATIONS.check(found)


def _classify_part(part: pa.Table, alignments: pa.Table, facts: Facts, options: RelationOptions) -> pa.Table:
    passages = read_passages(alignments, wording=True)
    figures = defaultdict(list)
    for row in alignments.select(["a", "b", "matched", "confidence"]).to_pylist():
        figures[row["a"], row["b"]].append((row["matched"], row["confidence"]))
    keys = part.select(["a", "b"]).to_pylist()
    rows = []
    for sides in read_sides(part, facts.misread):
        key = keys[sides.row]
        pair = (key["a"], key["b"])
        shared = sort_out(sides, passages.get(pair), figures[pair], options.exclude)
        told = _relation(sides, shared, facts, options) if "reuse" in shared else _unrelated(sides, shared)
        told["evidence"] += tell_left_out(sides, shared.get("reuse", []), shared)
        rows.append(key | told)
    return schemas.RELATIONS.table(rows)


def _relation(
    sides: Sides, shared: Mapping[str, list[Shared]], facts: Facts, options: RelationOptions
) -> dict[str, Any]:
    passages = shared["reuse"]
    share = coverage(sides, passages)
    weights: dict[str, int] = defaultdict(int)
    for p in passages:
        weights[p.kind] += p.matched
    kind = max(weights, key=lambda k: (weights[k], -schemas.KINDS.index(k)))
    wholes = [s >= options.whole for s in share]
    if kind == "verbatim" and (len(weights) > 1 or were_edited(sides, *_same_words(shared))):
        kind = "edited"  # its passages may be the same word for word: what was edited lies between or beside them
    alike = ("verbatim", "edited") if kind == "edited" else (kind,)
    named = [p for p in passages if p.kind in alike]
    return {
        "kind": kind,
        "extent": "whole" if all(wholes) else "excerpt" if any(wholes) else "partial",
        "confidence": _sureness(sides, kind, named),
        "coverage_a": share[0],
        "coverage_b": share[1],
        "evidence": _evidence(kind, _measure(sides, named, facts), {k: w for k, w in weights.items() if w}),
    }


def _same_words(shared: Mapping[str, list[Shared]]) -> tuple[list[Spans], list[Spans]]:
    """Return where both texts say the same word for word, whether it counts or not, and what is nobody's own."""
    nobodys = [(p.a, p.b) for label in NEVER_COUNTED for p in shared.get(label, ())]
    same = [
        (p.a, p.b)
        for label, some in shared.items()
        for p in some
        if p.kind == "verbatim" and label not in NEVER_COUNTED
    ]
    return same, nobodys


def _measure(sides: Sides, passages: list[Shared], facts: Facts) -> measures.Features:
    """Measure the passages of a kind, with the shorter text first: figures must not depend on ids."""
    edits = [measures.without_edges(p.edits) for p in passages]
    turned = (len(sides.b), sides.b_text) < (len(sides.a), sides.a_text)
    if turned:
        edits = [mirrored(part) for part in edits]
    edits.sort(key=lambda part: part[:1].tolist())
    frame = function_words(sides.language, measures.FRAME_WORDS)
    words = (sides.b, sides.a) if turned else (sides.a, sides.b)
    return measures.measure(np.concatenate(edits), *words, frame, names=facts.names(sides.language))


def _sureness(sides: Sides, kind: str, passages: list[Shared]) -> float:
    """Return how sure the kind is: on the whole of some passages, each weighing as many words as match."""
    if np.array_equal(sides.a.word, sides.b.word):
        return 1.0
    if kind == "verbatim":  # of the passages it is certain; of what lies beside them it is not
        return VERBATIM_RIGHT
    if kind == "edited" and all(p.kind == "verbatim" for p in passages):
        return BESIDE_RIGHT
    weights = [max(1, p.matched) for p in passages]
    return sum(w * p.confidence for w, p in zip(weights, passages, strict=True)) / sum(weights)


def _evidence(kind: str, f: measures.Features, weights: dict[str, int]) -> list[dict[str, Any]]:
    figures = [
        ("identity", f.identity, f"{f.identity:.0%} of the words in the reused passages are the same"),
        ("run", f.run, f"equal words stand in runs of {f.run:.1f} on average"),
    ]
    if kind not in ("verbatim", "summarised"):
        figures += [
            (
                "windows",
                f.windows,
                f"{f.windows:.0%} of all stretches of {measures.WINDOW} words hold a short replacement",
            ),
            ("substituted", f.substituted, f"{f.substituted:.0%} of the content words were exchanged"),
            ("one_for_one", f.one_for_one, f"{f.one_for_one:.0%} of the changed words were exchanged one for one"),
            ("frame", f.frame, _frame(f.frame)),
        ]
    if f.facts:
        kept = ("facts_kept", f.facts_kept, f"{f.facts_kept:.0%} of {f.facts} names and numbers are the same")
        figures.insert(0 if kind == "template" else len(figures), kept)
    total = sum(weights.values())
    for other in sorted(weights, key=lambda k: (-weights[k], k)):
        if other != kind:
            share = weights[other] / total
            figures.append(
                (f"also_{other}", share, f"{share:.0%} of the reused words stand in passages of kind {other}")
            )
    return [{"feature": name, "value": float(value), "says": says} for name, value, says in figures]


def _frame(difference: float) -> str:
    if difference >= FRAME_KEPT:
        return f"the commonest words were kept more often than the others, by {difference:.0%}"
    if difference <= -FRAME_KEPT:
        return f"the commonest words were kept less often than the others, by {-difference:.0%}"
    return "common and other words were kept alike"


def _unrelated(sides: Sides, beside: Collection[str]) -> dict[str, Any]:
    """Return the relation of two texts without reuse; ``beside`` says what else they share."""
    fewer = min(len(sides.a), len(sides.b))
    if beside:
        says = f"what both texts share is no reuse: {', '.join(NO_REUSE[one] for one in NO_REUSE if one in beside)}"
    elif fewer < FEW_WORDS:
        says = f"the shorter text has {fewer} word{'' if fewer == 1 else 's'}: too few to tell reuse from chance"
    else:
        says = f"no passage that both texts share was found among {len(sides.a):,} and {len(sides.b):,} words"
    return {
        "kind": "none",
        "extent": None,
        "confidence": EVEN if fewer < FEW_WORDS else NONE_RIGHT,
        "coverage_a": 0.0,
        "coverage_b": 0.0,
        "evidence": [{"feature": "words", "value": float(fewer), "says": says}],
    }
