"""The readers of web pages, the usual and the fast, beside trafilatura, on pages whose text and metadata are known.

Of one data set the whole main text is marked, of the other pieces of each page that belong to it or do not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import partial
from statistics import fmean
from time import process_time
from typing import Any, NamedTuple

import trafilatura

from benchmarks import corpora
from benchmarks.measurement import Figures, Measurement, Table, count, share
from stemmata.errors import SourceError
from stemmata.readers.html import read_html

WORD = re.compile(r"\w+")
BETWEEN_NAMES = re.compile(r"[,;]")


class Page(NamedTuple):
    """What a reader makes of a page; empty where it finds nothing."""

    text: str = ""
    title: str = ""
    author: str = ""
    date: str = ""
    whole: str | None = None


def pages(every: int = 1) -> Measurement:
    """Web pages, by our readers and by trafilatura without comments: texts, dates, titles, authors; and how fast."""
    marked = corpora.marked_pages()[::every]
    pieced = corpora.pieced_pages()[::every]
    scores = {}
    for name, read in READERS.items():
        read(marked[0]["html"])  # loads what it needs
        begun = process_time()
        scores[name] = _whole(marked, read) | _pieces(pieced, read)
        scores[name]["pages a second"] = (len(marked) + len(pieced)) / (process_time() - begun)
    return Measurement(
        title="Reading web pages",
        corpus="article-extraction-benchmark (words), trafilatura-eval (pieces and metadata)",
        part="",
        sample=f"{count(len(marked))} and {count(len(pieced))} pages",
        scorer="words in any order, means over pages; pieces and metadata over all pages; speed of one process",
        tables=(_table(scores),),
        figures={f"{figure}, {name}": scores[name][figure] for figure in scores["stemmata"] for name in READERS},
    )


def _table(scores: dict[str, Figures]) -> Table:
    def cells(*names: str) -> list[str]:
        return [" / ".join(share(scores[reader][name]) for name in names) for reader in READERS]

    rows = [
        (f"{what}, precision / recall / F1", *cells(*(f"{what}, {rate}" for rate in ("precision", "recall", "F1"))))
        for what in ("words", "pieces")
    ]
    rows += [
        (
            f"{field}s right, of those known / given",
            *cells(f"{field}s right, of those known", f"{field}s right, of those given"),
        )
        for field in MEANT
    ]
    beside = ("pages with the column whole", "lost words that it holds")
    rows.append((" / ".join(beside), *cells(*beside)))
    rows.append(("pages a second", *(count(round(scores[reader]["pages a second"])) for reader in READERS)))
    return Table(header=("figure", *READERS), rows=tuple(rows))


def read_stemmata(data: bytes, profile: str = "main") -> Page:
    """Return what our reader makes of a page; its date is the day in UTC."""
    try:
        (row,) = read_html(data, profile=profile).select(["text", "title", "author", "published", "whole"]).to_pylist()
    except SourceError:
        return Page()
    return Page(row["text"], row["title"] or "", row["author"] or "", str(row["published"] or "")[:10], row["whole"])


def read_trafilatura(data: bytes) -> Page:
    """Return what trafilatura makes of a page."""
    document = trafilatura.bare_extraction(data, include_comments=False, with_metadata=True)
    if not isinstance(document, trafilatura.settings.Document):
        return Page()
    return Page(document.text or "", document.title or "", document.author or "", document.date or "")


READERS: dict[str, Callable[[bytes], Page]] = {
    "stemmata": read_stemmata,
    "stemmata, fast": partial(read_stemmata, profile="fast"),
    "trafilatura": read_trafilatura,
}


def _whole(rows: list[dict[str, Any]], read: Callable[[bytes], Page]) -> Figures:
    """Return how well the words of main texts are found, in any order: means over pages."""
    scores = []
    set_, lost, held = 0, 0, 0
    for row in rows:
        page = read(row["html"])
        found, true, whole = (Counter(_words(text)) for text in (page.text, row["article_body"], page.whole or ""))
        scores.append(_rates((found & true).total(), found.total(), true.total()))
        set_ += page.whole is not None
        lost += (true - found).total()
        held += ((true - found) & (whole - found)).total()
    figures = {f"words, {name}": fmean(score[name] for score in scores) for name in scores[0]}
    return figures | {"pages with the column whole": set_ / len(rows), "lost words that it holds": held / (lost or 1)}


def _pieces(rows: list[dict[str, Any]], read: Callable[[bytes], Page]) -> Figures:
    """Return how well pieces are told apart, over all pages, and which share of the metadata is right."""
    read_rows = [(row, read(row["html"])) for row in rows]
    held = {
        side: sum(_line(piece) in _line(page.text) for row, page in read_rows for piece in row[side])
        for side in ("with", "without")
    }
    rates = _rates(held["with"], sum(held.values()), sum(len(row["with"]) for row in rows))
    figures = {f"pieces, {name}": value for name, value in rates.items()}
    for field, meant in MEANT.items():
        both = [(meant(row[field]), meant(getattr(page, field))) for row, page in read_rows if row.get(field)]
        right = sum(true == found for true, found in both)
        figures[f"{field}s right, of those known"] = right / len(both)
        figures[f"{field}s right, of those given"] = right / sum(bool(found) for _, found in both)
    return figures


def _rates(right: int, found: int, true: int) -> Figures:
    return {"precision": right / (found or 1), "recall": right / true, "F1": 2 * right / (found + true)}


def _words(text: str) -> list[str]:
    return WORD.findall(text.casefold())


def _names(text: str | list[str]) -> set[tuple[str, ...]]:
    names = text if isinstance(text, list) else BETWEEN_NAMES.split(text)
    return {tuple(_words(name)) for name in names if name.strip()}


def _day(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", text)]


def _line(text: str) -> str:
    return " ".join(text.split())


MEANT: dict[str, Callable[[Any], object]] = {"date": _day, "title": _words, "author": _names}
