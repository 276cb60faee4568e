"""Read the benchmark data that lie beside the project; none of it is part of the project.

Set ``STEMMATA_DATA`` to the folder that holds them; by default it is ``../shared/data`` beside the checkout.
"""

from __future__ import annotations

import csv
import json
import os
import tarfile
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("STEMMATA_DATA", ROOT.parent / "shared" / "data"))
TOOLS = DATA.parent / "tools"
SEEDS = DATA.parent / "seeds"
MISSING = f"no benchmark data in {DATA}: set STEMMATA_DATA to the folder that holds them"


class Pair(NamedTuple):
    """A labelled pair: ids into a dict of texts, which side is the copy, and what the truth says."""

    copy: str
    source: str
    truth: str


def read_jsonl(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of a ``.jsonl.zst`` or ``.jsonl.gz`` file."""
    with pa.input_stream(str(path), compression="zstd" if path.suffix == ".zst" else "gzip") as stream:
        for line in stream.read().split(b"\n"):
            if line:
                yield json.loads(line)


class Passage(NamedTuple):
    """A case of PAN13 in code points: a is the copy."""

    a_start: int
    a_end: int
    b_start: int
    b_end: int


class PanPair(NamedTuple):
    """A pair of PAN13: its sub-corpus, its two files and its true passages."""

    part: str
    copy: str
    source: str
    truth: list[Passage]


@cache
def pan13(part: str) -> tuple[dict[str, str], list[PanPair]]:
    """Return the texts (by ``susp/…`` and ``src/…``) and the pairs of ``train`` or ``test``."""
    texts: dict[str, str] = {}
    truths: dict[str, list[Passage]] = {}
    listed: list[tuple[str, str, str]] = []
    with tarfile.open(DATA / "pan13-text-alignment" / "pan13.tar.xz") as archive:
        for member in archive:
            place = Path(member.name).parts
            if not member.isfile() or place[0] != part:
                continue
            stream = archive.extractfile(member)
            raw = stream.read() if stream else b""
            if place[1] in ("src", "susp"):
                texts["/".join(place[1:])] = raw.decode("utf-8", "replace")
            elif place[-1] == "pairs" and len(place) == 3:
                for line in filter(None, raw.decode().splitlines()):
                    copy, _, source = line.partition(" ")
                    listed.append((place[1], copy, source))
            elif place[-1].endswith(".xml"):
                truths["/".join(place[1:])] = _cases(raw)
    pairs = [
        PanPair(kind, f"susp/{copy}", f"src/{source}", truths.get(f"{kind}/{copy[:-4]}-{source[:-4]}.xml", []))
        for kind, copy, source in sorted(listed)
    ]
    return texts, pairs


def _cases(xml: bytes) -> list[Passage]:
    cases = []
    for feature in ElementTree.fromstring(xml).iter("feature"):
        if feature.get("name") == "plagiarism":
            a, b = int(feature.get("this_offset", "")), int(feature.get("source_offset", ""))
            a_size, b_size = int(feature.get("this_length", "")), int(feature.get("source_length", ""))
            cases.append(Passage(a, a + a_size, b, b + b_size))
    return cases


def clough() -> tuple[dict[str, str], list[Pair]]:
    """Return the short answers and their pairs with the task's source; truth: cut, light, heavy or non."""
    folder = DATA / "clough-short-answers"
    texts = {p.name: p.read_bytes().decode("utf-8", "replace") for p in (folder / "texts").iterdir()}
    with (folder / "file_information.csv").open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    pairs = [
        Pair(row["File"], f"orig_task{row['Task']}.txt", row["Category"]) for row in rows if row["Category"] != "orig"
    ]
    return texts, pairs


def kinds() -> tuple[dict[str, str], list[Pair]]:
    """Return texts and pairs whose kind of reuse is known: spun, edited, paraphrased, verbatim, template, none."""
    texts: dict[str, str] = {}
    pairs: list[Pair] = []
    spun = list(read_jsonl(DATA / "spun-news" / "spun.jsonl.zst"))
    texts |= {row["id"]: row["text"] for row in spun}
    truth = {"spun": "spun", "excerpt-spun": "spun", "edited": "edited"}
    pairs += [Pair(r["id"], r["source_id"], truth[r["kind"]]) for r in spun if r["kind"] in truth]
    versions: dict[str, dict[int, str]] = {}
    for row in read_jsonl(DATA / "wikipedia-versions" / "versions.jsonl.zst"):
        versions.setdefault(row["family"], {})[row["version"]] = row["text"]
    for family, chain in versions.items():
        texts |= {f"wiki/{family}/{n}": text for n, text in chain.items()}
        first, second = sorted(chain)[:2] if len(chain) > 1 else (0, 0)
        if second and chain[first] != chain[second]:
            pairs.append(Pair(f"wiki/{family}/{second}", f"wiki/{family}/{first}", "edited"))
    for row in read_jsonl(DATA / "l2r-llm-rewrites" / "families.jsonl.zst"):
        key = f"l2r/{row['family']}/{row['variant']}"
        texts[key] = row["text"]
        if row["parent"] and row["overlap"] >= 0.15 and row["domain"] != "Code":
            pairs.append(Pair(key, f"l2r/{row['family']}/human", "paraphrased"))
    labels = {"identical": "verbatim", "update": "edited", "template": "template", "unrelated": "none"}
    texts |= {f"reuters/{r['id']}": r["text"] for r in read_jsonl(DATA / "reuters-21578" / "articles.jsonl.zst")}
    with (DATA / "reuters-21578" / "labels.csv").open(newline="") as stream:
        for row in csv.DictReader(stream):
            if row["label"] in labels and row["confidence"] == "high":
                a, b = f"reuters/{row['id_a']}", f"reuters/{row['id_b']}"
                pairs.append(Pair(b, a, labels[row["label"]]))
    return texts, [p for p in pairs if texts.get(p.copy, "").strip() and texts.get(p.source, "").strip()]


def sources() -> tuple[dict[str, str], list[Pair]]:
    """Return texts and pairs whose source is known; truth names the kind of copy."""
    texts, pairs = kinds()
    rows = list(read_jsonl(DATA / "spun-news" / "spun.jsonl.zst"))
    kind = {row["id"]: row["kind"] for row in rows}
    named = [p._replace(truth=kind.get(p.copy, p.copy.partition("/")[0])) for p in pairs if p.truth != "template"]
    named = [p for p in named if p.truth != "reuters"]
    return texts, named + [Pair(r["id"], r["source_id"], r["kind"]) for r in rows if r["kind"] == "mix-spun"]


def reuters() -> list[dict[str, Any]]:
    """Return the newswire stories that have a text, in the order of the file."""
    rows = read_jsonl(DATA / "reuters-21578" / "articles.jsonl.zst")
    return [row | {"id": int(row["id"])} for row in rows if row["text"].strip()]


def reuters_labels() -> dict[tuple[int, int], str]:
    """Return what labelled pairs of stories (smaller id first) are to each other."""
    with (DATA / "reuters-21578" / "labels.csv").open(newline="") as stream:
        return {(int(row["id_a"]), int(row["id_b"])): row["label"] for row in csv.DictReader(stream)}


def planted() -> list[dict[str, Any]]:
    """Return the rows of planted changes, in the order of the file."""
    return list(read_jsonl(DATA / "planted-changes" / "planted.jsonl.gz"))


def marked_pages() -> list[dict[str, Any]]:
    """Return web pages (``html`` in bytes) with their main text, ``article_body``."""
    return _pages("article-extraction-benchmark")


def pieced_pages() -> list[dict[str, Any]]:
    """Return web pages with pieces of text that belong to their main text (``with``) or not (``without``)."""
    return _pages("trafilatura-eval")


def _pages(folder: str) -> list[dict[str, Any]]:
    rows = read_jsonl(DATA / folder / "pages.jsonl.zst")
    return [r | {"html": r["html"].encode() if "html" in r else r["html_latin1"].encode("latin-1")} for r in rows]
