"""Words of a wrong sense: how many that are told are so, and how many are told where no machine swapped words.

::

    python -m benchmarks.tortured --draw 100     draw reported ones in spun copies, to be read

What was read stands in ``readings/swaps-read.csv``, by place: *wrong* sense, *odd* (nobody would say so in that place)
or *fine*. Its texts share no family with those whose exchanges the weights were fitted to.
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from benchmarks import corpora
from benchmarks.corpora import Pair
from benchmarks.measurement import Figures, Measurement, Table, count, share
from benchmarks.relating import documents_in, pairs_of
from benchmarks.train_tortured import FITTED, SPANS, background, read, unmarked
from stemmata.alignments import align
from stemmata.alterations.swaps import Swap
from stemmata.alterations.tortured import CUT, WEIGHTS, measure_swaps
from stemmata.changes import list_changes
from stemmata.directions import find_directions
from stemmata.relations import classify
from stemmata.tokens import among, distinct, words_of

READ = "swaps-read.csv"
DRAWN = 400  # spun pairs from which exchanges are drawn
AROUND = 40  # code points shown to each side
READING = ("wrong", "odd", "fine")
MOST = 150  # pairs of a kind in which nothing should be told


def tortured(every: int = 1) -> Measurement:
    """Words of a wrong sense: precision by reading, and what is told in edited texts and rewrites."""
    figures: Figures = {}
    rows = [*_read(every, figures), *_elsewhere(every, figures), *_phrases(every, figures)]
    return Measurement(
        title="Words of a wrong sense",
        corpus="spun-news, tortured-phrases and rewrites",
        part="",
        sample=f"100 exchanges that were told in spun copies, drawn by chance; {count(MOST // every)} pairs of a kind",
        scorer="read by us: wrong sense, odd in its place, or fine; elsewhere all that are told count as false",
        tables=(Table(header=("what", "figure"), rows=tuple(rows)),),
        figures=figures,
    )


def _read(every: int, figures: Figures) -> Iterator[tuple[str, str]]:
    texts, pairs = corpora.spun_news()
    readings = read(READ)
    chosen = [p for p in pairs if p.copy in {copy for copy, *_ in readings}][::every]
    told = {(p.copy, *(row[name] for name in SPANS)) for p, row in told_in(texts, chosen)}
    words = sum(len(words_of(texts[p.copy])) for p in chosen)
    figures["told in spun copies, per 1,000 words"] = 1_000 * len(told) / max(words, 1)
    found = Counter(reading for key, reading in readings.items() if key in told)
    for name in READING:
        figures[f"read, {name}"] = found[name]
    if found:
        figures["precision"] = 1 - found["fine"] / found.total()
        figures["precision, wrong sense"] = found["wrong"] / found.total()
    listed = ", ".join(f"{found[name]} {name}" for name in READING)
    yield f"spun copies, {found.total()} that are told: {listed}", share(figures.get("precision", 0.0), 2)
    yield "spun copies: told per 1,000 words", f"{figures['told in spun copies, per 1,000 words']:.0f}"


def _elsewhere(every: int, figures: Figures) -> Iterator[tuple[str, str]]:
    sets = {
        "edited press releases": (*corpora.spun_news(), "edited"),
        "page revisions": (*corpora.wikipedia_versions(), "edited"),
        "model rewrites (L2R)": (*corpora.l2r(), "paraphrased"),
        "model rewrites (RAIDAR)": (*corpora.raidar(), "paraphrased"),
        "model rewrites (gpt35)": (*corpora.gpt35(), "paraphrased"),
    }
    for name, (texts, pairs, truth) in sets.items():
        chosen = corpora.choose([p for p in pairs if p.truth == truth], MOST)[::every]
        words = sum(len(words_of(texts[p.copy])) for p in chosen)
        told = sum(1 for _ in told_in(texts, chosen))
        figures[f"{name}, per 1,000 words"] = 1_000 * told / max(words, 1)
        yield f"{name}: told in {count(words)} words, per 1,000", share(figures[f"{name}, per 1,000 words"], 2)


def _phrases(every: int, figures: Figures) -> Iterator[tuple[str, str]]:
    """Of known tortured phrases, which are told without any text around them."""
    known = background()
    asked = told = 0
    for row in corpora.tortured_phrases()[::every]:
        before, after = (words_of(row[name]).word for name in ("expected", "tortured"))
        lost, gained = before[~among(before, distinct(after))], after[~among(after, distinct(before))]
        lost, gained = (words[~among(words, known.silent)] for words in (lost, gained))
        if not (0 < len(before) <= 3 and 0 < len(after) <= 3 and len(lost) and len(gained)):
            continue
        asked += 1
        swap = Swap(0, 0, len(before), *(side.tolist() for side in (before, after, lost, gained)))
        told += bool(measure_swaps([swap], unmarked(row["expected"]), known)[0] @ WEIGHTS >= CUT)
    figures["known phrases told"] = told / max(asked, 1)
    yield (
        f"known tortured phrases, {count(asked)} of up to three words, without a text around",
        share(figures["known phrases told"], 2),
    )


def told_in(texts: dict[str, str], pairs: Sequence[Pair]) -> Iterator[tuple[Pair, dict[str, Any]]]:
    """Yield what is told to be of a wrong sense in each pair, the copy given."""
    if not pairs:
        return
    documents, table = documents_in(texts, pairs), pairs_of(pairs)
    copies = [p.copy for p in pairs]
    sides = ["a" if row["a"] == copy else "b" for row, copy in zip(table.to_pylist(), copies, strict=True)]
    table = table.set_column(2, "copy", [sides])
    alignments = align(documents, table)
    directions = find_directions(documents, table, alignments, classify(documents, table, alignments))
    by_docs = {(p.source, p.copy): p for p in pairs}
    for row in list_changes(documents, alignments, directions).to_pylist():
        if row["type"] == "tortured":
            yield by_docs[row["source"], row["copy"]], row


def draw(size: int) -> None:
    """Print reported exchanges of spun copies, with what stands around them, as rows of a file of readings."""
    texts, pairs = corpora.spun_news()
    source = {p.copy: p.source for p in pairs}
    seen = {source[copy] for copy, *_ in read(FITTED)}
    chosen = sorted((p for p in pairs if p.truth == "spun" and p.source not in seen), key=lambda p: p.copy)
    chosen = random.Random(0).sample(chosen, DRAWN)
    told = random.Random(0).sample(list(told_in(texts, chosen)), size)
    out = csv.writer(sys.stdout, lineterminator="\n")
    for p, row in told:
        spans = [row[name] for name in SPANS]
        shown = (_around(texts[doc], start, end) for doc, start, end in ((p.source, *spans[:2]), (p.copy, *spans[2:])))
        out.writerow([p.copy, *spans, "", " => ".join(shown)])


def _around(text: str, start: int, end: int) -> str:
    shown = f"{text[max(0, start - AROUND) : start]}[{text[start:end]}]{text[end : end + AROUND]}"
    return " ".join(shown.split())


def main() -> None:
    """Draw, or measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--draw", type=int, default=0, help="print so many reported exchanges, to be read")
    chosen = parser.parse_args()
    if not corpora.DATA.is_dir():
        raise SystemExit(corpora.MISSING)
    if chosen.draw:
        draw(chosen.draw)
    else:
        print(tortured().tables[0].markdown())


if __name__ == "__main__":
    main()
