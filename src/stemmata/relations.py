"""Stage 5: name what each pair is."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from stemmata import measures, schemas
from stemmata.aligned import Passages, read_passages
from stemmata.engines import Engine, LocalEngine
from stemmata.errors import OptionError, check_option
from stemmata.facts import NAMELESS
from stemmata.languages import function_words
from stemmata.passages.wording import mirrored
from stemmata.sides import Sides, described, known_documents, over_pairs, read_sides, turned_pairs
from stemmata.tokens import Words

FRAME_KEPT = 0.05  # difference from which the frame of function words says something
PARTED = 0.9  # share of a text that stands in the other in several passages: what lies between was put in or left out
OWN = 30  # words that one of two texts has beyond the other, of which it is the whole: the text was added to
EVEN = 0.5  # confidence where nothing can be told
# shares of right answers on labelled pairs, all kinds as common as each other (benchmarks/quality.py --only kinds)
NONE_RIGHT, VERBATIM_RIGHT = 0.65, 0.88
FEW_WORDS = 25  # below this a text is too short for its passages to be told from chance
EXCLUDED = {"quotes": "quoted", "references": "reference"}  # what ``exclude`` names, and the role of such passages
SHORT = re.compile(r"short:([1-9]\d{0,4})")
NO_REUSE = {
    "quoted": "quotations that name their source",
    "reference": "references",
    "short": "passages shorter than was asked for",
    "wording": "wording such as texts on one subject share",
    "base": "the base text that was given",
    "furniture": "lines that sites put on every page",
}


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
                    where="RelationOptions",
                    mend="choose among quotes, references and short:N, e.g. short:12; none at all counts everything.",
                )


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
        (``kinds``). What is shared and does not count (``exclude``) stands in the evidence, with the coverage
        that there would be with it.
    """
    engine = engine or LocalEngine()
    spans = ("a_start", "a_end", "b_start", "b_end")
    needed = ("a", "b", "rank", *spans, "matched", "kind", "confidence", "role", "edits")
    alignments = schemas.ALIGNMENTS.only(*needed).check(alignments)
    documents = described(documents, engine)
    pairs = turned_pairs(pairs)
    known_documents(documents, pairs, "pairs")
    found = over_pairs(_classify_part, documents, pairs, engine, options, alignments=alignments)
    return schemas.RELATIONS.check(found)


def _classify_part(part: pa.Table, alignments: pa.Table, options: RelationOptions) -> pa.Table:
    passages = read_passages(alignments, wording=True)
    figures = defaultdict(list)
    for row in alignments.select(["a", "b", "matched", "confidence"]).to_pylist():
        figures[row["a"], row["b"]].append((row["matched"], row["confidence"]))
    keys = part.select(["a", "b"]).to_pylist()
    rows = []
    for sides in read_sides(part):
        key = keys[sides.row]
        pair = (key["a"], key["b"])
        shared = _sorted_out(sides, passages.get(pair), figures[pair], options)
        reused = shared.pop("reuse", [])
        beside = list(chain.from_iterable(shared.values()))
        told = _relation(sides, reused, beside, options) if reused else _unrelated(sides, shared)
        told["evidence"] += _left_out(sides, reused, shared)
        rows.append(key | told)
    return schemas.RELATIONS.table(rows)


class Reused(NamedTuple):
    """A shared passage: its kind, matched words, how sure the kind is, span in a and in b, and edits in words."""

    kind: str
    matched: int
    confidence: float
    a: tuple[int, int]
    b: tuple[int, int]
    edits: NDArray[np.int32]


def _sorted_out(
    sides: Sides, passages: Passages | None, figures: list[tuple[int, float]], options: RelationOptions
) -> dict[str, list[Reused]]:
    """Return the passages that count, under "reuse", and the others by why they do not."""
    found: dict[str, list[Reused]] = defaultdict(list)
    if passages is None:
        return found
    for row, (kind, role) in enumerate(zip(passages.kinds, passages.roles, strict=True)):
        a_start, a_end, b_start, b_end = passages.spans[row].tolist()
        here = (sides.a.within(a_start, a_end), sides.b.within(b_start, b_end))
        label = "wording" if kind == "none" else _label(role, min(w.stop - w.start for w in here), options.exclude)
        edits = _in_words(sides, passages, row)
        found[label].append(Reused(kind, *figures[row], (a_start, a_end), (b_start, b_end), edits))
    return found


def _label(role: str, words: int, exclude: Collection[str]) -> str:
    """Return "reuse" for a passage of so many words that counts, else why it does not: its role, or "short"."""
    if role in ("base", "furniture") or any(EXCLUDED.get(one) == role for one in exclude):
        return role
    shortest = max((int(found[1]) for one in exclude if (found := SHORT.fullmatch(one))), default=0)
    return "short" if words < shortest else "reuse"


def _left_out(sides: Sides, reused: list[Reused], others: dict[str, list[Reused]]) -> list[dict[str, Any]]:
    """Say how much of both texts is shared and does not count, and what the coverage would be with it."""
    rows = []
    for label in NO_REUSE:
        if label in others and label != "furniture":
            held = [_coverage(sides, others[label]), _coverage(sides, reused + others[label])]
            (a, b), (with_a, with_b) = held
            says = f"{a:.0%} of a and {b:.0%} of b stand in {NO_REUSE[label]}; they do not count"
            if label not in ("base", "wording") and reused:
                says += f" (with them {with_a:.0%} and {with_b:.0%})"
            rows.append({"feature": f"left_out_{label}", "value": min(a, b), "says": says})
    return rows


def _coverage(sides: Sides, passages: list[Reused]) -> list[float]:
    """Return the shares of a and of b that lie in some passages."""
    covered = (_covered(sides.a, [p.a for p in passages]), _covered(sides.b, [p.b for p in passages]))
    return [float(held.mean()) if len(held) else 0.0 for held in covered]


def _relation(
    sides: Sides, passages: list[Reused], others: Collection[Reused], options: RelationOptions
) -> dict[str, Any]:
    share = _coverage(sides, passages)
    weights: dict[str, int] = defaultdict(int)
    for p in passages:
        weights[p.kind] += p.matched
    kind = max(weights, key=lambda k: (weights[k], -schemas.KINDS.index(k)))
    wholes = [s >= options.whole for s in share]
    parted = max(share) >= PARTED and _parted(sides, [*passages, *others])
    own = max((1 - s) * len(words) for s, words in zip(share, (sides.a, sides.b), strict=True))
    if kind == "verbatim" and (weights["edited"] or parted or (all(wholes) and own >= OWN)):
        kind = "edited"  # its passages may be the same word for word: what was edited lies between or beside them
    alike = ("verbatim", "edited") if kind == "edited" else (kind,)
    named = [p for p in passages if p.kind in alike]
    return {
        "kind": kind,
        "extent": "whole" if all(wholes) else "excerpt" if any(wholes) else "partial",
        "confidence": _sureness(sides, kind, named),
        "coverage_a": share[0],
        "coverage_b": share[1],
        "evidence": _evidence(kind, _measure(sides, named), {k: w for k, w in weights.items() if w}),
    }


def _parted(sides: Sides, passages: list[Reused]) -> bool:
    """Say whether words of one text stand between what it shares with the other."""
    for held in (_covered(sides.a, [p.a for p in passages]), _covered(sides.b, [p.b for p in passages])):
        at = np.flatnonzero(held)
        if at[-1] - at[0] + 1 > len(at):
            return True
    return False


def _measure(sides: Sides, passages: list[Reused]) -> measures.Features:
    """Measure the passages of a kind, with the shorter text first: figures must not depend on ids."""
    edits = [measures.without_edges(p.edits) for p in passages]
    turned = (len(sides.b), sides.b_text) < (len(sides.a), sides.a_text)
    if turned:
        edits = [mirrored(part) for part in edits]
    edits.sort(key=lambda part: part[:1].tolist())
    frame = function_words(sides.language, measures.FRAME_WORDS)
    words = (sides.b, sides.a) if turned else (sides.a, sides.b)
    return measures.measure(np.concatenate(edits), *words, frame, names=sides.language not in NAMELESS)


def _sureness(sides: Sides, kind: str, passages: list[Reused]) -> float:
    """Return how sure the kind is: on the whole of some passages, each weighing as many words as match."""
    if np.array_equal(sides.a.word, sides.b.word):
        return 1.0
    if kind == "verbatim":  # of the passages it is certain; of what lies beside them it is not
        return VERBATIM_RIGHT
    weights = [max(1, p.matched) for p in passages]
    return sum(w * p.confidence for w, p in zip(weights, passages, strict=True)) / sum(weights)


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
