"""Text alignment on PAN13: our passages beside those of the published kind of system, the copy given or not."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pyarrow as pa

from benchmarks import corpora
from benchmarks.corpora import PanPair, Passage
from benchmarks.measurement import Figures, Measurement, Table, count, share
from benchmarks.relating import PAIRS, documents_of
from benchmarks.scorers import scorer
from benchmarks.sentence_seeds import find_by_sentences
from stemmata.alignments import align

Detections = dict[tuple[str, str], list[Passage]]
NAMES = {
    "02-no-obfuscation": "02 verbatim",
    "03-random-obfuscation": "03 random",
    "04-translation-obfuscation": "04 translation",
    "05-summary-obfuscation": "05 summary",
    "all": "all",
}
NONE_THERE = "01-no-plagiarism"
MEASURES = ("precision", "recall", "granularity", "plagdet")


def pan13(every: int = 1, part: str = "test", settings: Sequence[str] | None = None) -> Measurement:
    """PlagDet on PAN13, the copy given and not given, and that of a sentence-seed baseline."""
    texts, pairs = corpora.pan13(part)
    pairs = pairs[::every]
    settings = tuple(settings or SETTINGS)
    figures: Figures = {}
    for setting in settings:
        after = "" if setting == COPY_GIVEN else f", {setting}"
        scores = _scores(pairs, SETTINGS[setting](texts, pairs))
        figures |= {f"{name}{after}": value for name, value in scores.items()}
    return Measurement(
        title="Text alignment",
        corpus="PAN 2013 text alignment",
        part=f"part `{part}`",
        sample=f"{count(len(pairs))} pairs",
        scorer="`plagdet.py`, equal to PAN's own; every passage counts, of whatever kind and role",
        tables=(_table(figures, settings, sum(p.part == NONE_THERE for p in pairs)),),
        figures=figures,
    )


def find_given(texts: dict[str, str], pairs: Sequence[PanPair]) -> Detections:
    """Return our passages where it is known which text is the copy."""
    return _find(texts, pairs, "a")


def find_unknown(texts: dict[str, str], pairs: Sequence[PanPair]) -> Detections:
    """Return our passages where it is not known which text is the copy."""
    return _find(texts, pairs, None)


def _find(texts: dict[str, str], pairs: Sequence[PanPair], copy: str | None) -> Detections:
    rows = [{"a": p.copy, "b": p.source, "copy": copy} for p in pairs]
    documents = documents_of({doc: texts[doc] for p in pairs for doc in (p.copy, p.source)})
    found: Detections = {}
    for row in align(documents, pa.Table.from_pylist(rows, schema=PAIRS)).to_pylist():
        passage = Passage(row["b_start"], row["b_end"], row["a_start"], row["a_end"])  # src < susp
        found.setdefault((row["b"], row["a"]), []).append(passage)
    return found


COPY_GIVEN, COPY_NOT_GIVEN, BASELINE = "copy given", "copy not given", "sentence-seed baseline"
SETTINGS: dict[str, Callable[[dict[str, str], Sequence[PanPair]], Detections]] = {
    COPY_GIVEN: find_given,
    COPY_NOT_GIVEN: find_unknown,
    BASELINE: find_by_sentences,
}


def _scores(pairs: Sequence[PanPair], found: Detections) -> Figures:
    plagdet = scorer("plagdet")
    cases = {(p.copy, p.source): [plagdet.Passage(*t) for t in p.truth] for p in pairs}
    detections = {key: [plagdet.Passage(*d) for d in value] for key, value in found.items()}
    figures: Figures = {}
    for name in NAMES:
        score = plagdet.score(cases, detections, [(p.copy, p.source) for p in pairs if name in (p.part, "all")])
        figures |= {f"{name} {measure}": getattr(score, measure) for measure in MEASURES}
    asked = [(p.copy, p.source) for p in pairs if p.part == NONE_THERE]
    return figures | {f"{NONE_THERE} pairs with a false passage": float(sum(key in found for key in asked))}


def _table(figures: Figures, settings: Sequence[str], none_there: int) -> Table:
    others = [setting for setting in settings if setting != COPY_GIVEN]
    rows = []
    for name, shown in NAMES.items():
        given = [share(figures[f"{name} {measure}"]) for measure in MEASURES]
        rows.append((shown, *given[:3], f"**{given[3]}**", *(share(figures[f"{name} plagdet, {s}"]) for s in others)))
    false = f"{NONE_THERE} pairs with a false passage"
    alarms = [figures[false], *(figures[f"{false}, {setting}"] for setting in others)]
    rows.append(("01 none there", "", "", "", *(f"{int(n)} of {count(none_there)} pairs" for n in alarms)))
    return Table(
        header=("sub-corpus", "precision", "recall", "granularity", "PlagDet, copy given", *others), rows=tuple(rows)
    )
