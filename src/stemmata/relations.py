"""Stage 5: name what each pair is."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from stemmata import kinds, schemas
from stemmata.aligned import Passages, read_passages
from stemmata.engines import Engine, LocalEngine
from stemmata.errors import check_option
from stemmata.languages import function_words
from stemmata.passages.wording import mirrored
from stemmata.sides import Sides, described, known_documents, over_pairs, read_sides, turned_pairs
from stemmata.tokens import Words

FRAME_KEPT = 0.05  # difference from which the frame of function words says something
EVEN = 0.5  # confidence where nothing can be told
FEW_WORDS = 25  # below this a text is too short for its passages to be told from chance


@dataclass(frozen=True, kw_only=True)
class RelationOptions:
    """When one text is the whole, or a part, of the other.

    Parameters
    ----------
    whole : float
        Share of a text's words that must be reused for it to be reused as a whole, 0 to 1.
    """

    whole: float = 0.7

    def __post_init__(self) -> None:
        check_option(self, "whole", 0, 1)


def classify(
    documents: pa.Table,
    pairs: pa.Table,
    alignments: pa.Table,
    *,
    options: RelationOptions = RelationOptions(),
    engine: Engine | None = None,
) -> pa.Table:
    """Name the kind and extent of every pair, with the figures that speak for it.

    Parameters
    ----------
    documents, pairs, alignments : pyarrow.Table
        As the stages before leave them; of documents ``doc`` and ``text`` suffice, of pairs ``a`` and ``b``.

    Returns
    -------
    pyarrow.Table
        ``schemas.RELATIONS``, one row for each row of ``pairs``. The kind is that of most of the reused
        words, but ``verbatim`` only where no passage is edited; ``confidence`` comes from labelled pairs
        (``kinds``).
    """
    engine = engine or LocalEngine()
    needed = ("a", "b", "rank", "a_start", "a_end", "b_start", "b_end", "matched", "kind", "role", "edits")
    alignments = schemas.ALIGNMENTS.only(*needed).check(alignments)
    documents = described(documents, engine)
    pairs = turned_pairs(pairs)
    known_documents(documents, pairs, "pairs")
    found = over_pairs(_classify_part, documents, pairs, engine, options, alignments=alignments)
    return schemas.RELATIONS.check(found)


def _classify_part(part: pa.Table, alignments: pa.Table, options: RelationOptions) -> pa.Table:
    passages = read_passages(alignments)
    matched = defaultdict(list)
    for row in alignments.select(["a", "b", "matched"]).to_pylist():
        matched[row["a"], row["b"]].append(row["matched"])
    keys = part.select(["a", "b"]).to_pylist()
    rows = []
    for sides in read_sides(part):
        key = keys[sides.row]
        pair = (key["a"], key["b"])
        reused = _reused(sides, passages.get(pair), matched[pair])
        rows.append(key | (_relation(sides, reused, options) if reused else _unrelated(sides, pair in passages)))
    return schemas.RELATIONS.table(rows)


class Reused(NamedTuple):
    """A passage of role reuse: its kind, matched words, span in a and in b, and edits in words."""

    kind: str
    matched: int
    a: tuple[int, int]
    b: tuple[int, int]
    edits: NDArray[np.int32]


def _reused(sides: Sides, passages: Passages | None, matched: list[int]) -> list[Reused]:
    if passages is None:
        return []
    found = []
    for row, (kind, role) in enumerate(zip(passages.kinds, passages.roles, strict=True)):
        if role == "reuse":
            a_start, a_end, b_start, b_end = passages.spans[row].tolist()
            found.append(
                Reused(kind, matched[row], (a_start, a_end), (b_start, b_end), _in_words(sides, passages, row))
            )
    return found


def _relation(sides: Sides, passages: list[Reused], options: RelationOptions) -> dict[str, Any]:
    covered = [_covered(sides.a, [p.a for p in passages]), _covered(sides.b, [p.b for p in passages])]
    share = [float(held.mean()) if len(held) else 0.0 for held in covered]
    weights: dict[str, int] = defaultdict(int)
    for p in passages:
        weights[p.kind] += p.matched
    kind = max(weights, key=lambda k: (weights[k], -schemas.KINDS.index(k)))
    if kind == "verbatim" and weights["edited"]:  # not every word is the same: what is edited holds long runs as well
        kind = "edited"
    alike = ("verbatim", "edited") if kind == "edited" else (kind,)
    features = _measure(sides, [p for p in passages if p.kind in alike])
    wholes = [s >= options.whole for s in share]
    return {
        "kind": kind,
        "extent": "whole" if all(wholes) else "excerpt" if any(wholes) else "partial",
        "confidence": 1.0 if np.array_equal(sides.a.word, sides.b.word) else _sureness(kind, features),
        "coverage_a": share[0],
        "coverage_b": share[1],
        "evidence": _evidence(kind, features, {k: w for k, w in weights.items() if w}),
    }


def _measure(sides: Sides, passages: list[Reused]) -> kinds.Features:
    """Measure the passages of a kind, with the shorter text first: figures must not depend on ids."""
    edits = [kinds.without_edges(p.edits) for p in passages]
    turned = (len(sides.b), sides.b_text) < (len(sides.a), sides.a_text)
    if turned:
        edits = [mirrored(part) for part in edits]
    edits.sort(key=lambda part: part[:1].tolist())
    frame = function_words(sides.language, kinds.FRAME_WORDS)
    return kinds.measure(np.concatenate(edits), *((sides.b, sides.a) if turned else (sides.a, sides.b)), frame)


def _sureness(kind: str, features: kinds.Features) -> float:
    return kinds.CONFIDENCE.get(kind) or kinds.name_kind(features)[1]


def _covered(words: Words, spans: list[tuple[int, int]]) -> NDArray[np.bool_]:
    held = np.zeros(len(words), bool)
    for start, end in spans:
        held[words.within(start, end)] = True
    return held


def _in_words(sides: Sides, passages: Passages, row: int) -> NDArray[np.int32]:
    """Return a passage's edits as rows (op, a_from, a_to, b_from, b_to) in words."""
    inside = passages.rows(row)
    edits = passages.edits[inside]
    words = np.searchsorted(sides.a.start, edits[:, :2]), np.searchsorted(sides.b.start, edits[:, 2:])
    return np.column_stack([passages.ops[inside], *words]).astype(np.int32)


def _evidence(kind: str, f: kinds.Features, weights: dict[str, int]) -> list[dict[str, Any]]:
    figures = [
        ("identity", f.identity, f"{f.identity:.0%} of the words in the reused passages are the same"),
        ("run", f.run, f"equal words stand in runs of {f.run:.1f} on average"),
    ]
    if kind not in ("verbatim", "summarised"):
        figures += [
            (
                "windows",
                f.windows,
                f"{f.windows:.0%} of all stretches of {kinds.WINDOW} words hold a short replacement",
            ),
            ("substituted", f.substituted, f"{f.substituted:.0%} of the content words were exchanged"),
            ("one_for_one", f.one_for_one, f"{f.one_for_one:.0%} of the changed words were exchanged one for one"),
            ("frame", f.frame, _frame(f.frame)),
        ]
    if f.facts:
        figures.append(("facts_kept", f.facts_kept, f"{f.facts_kept:.0%} of {f.facts} names and numbers are the same"))
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


def _unrelated(sides: Sides, beside: bool) -> dict[str, Any]:
    """Return the relation of two texts without reuse; ``beside`` says that they share something else."""
    fewer = min(len(sides.a), len(sides.b))
    if beside:
        says = "what both texts share is no reuse: lines that sites put on every page, or the like"
    elif fewer < FEW_WORDS:
        says = f"the shorter text has {fewer} word{'' if fewer == 1 else 's'}: too few to tell reuse from chance"
    else:
        says = f"no passage that both texts share was found among {len(sides.a):,} and {len(sides.b):,} words"
    return {
        "kind": "none",
        "extent": None,
        "confidence": EVEN if fewer < FEW_WORDS else kinds.CONFIDENCE["none"],
        "coverage_a": 0.0,
        "coverage_b": 0.0,
        "evidence": [{"feature": "words", "value": float(fewer), "says": says}],
    }
