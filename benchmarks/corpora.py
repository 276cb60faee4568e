"""Read the benchmark data that lie beside the project; none of it is part of the project.

Set ``STEMMATA_DATA`` to the folder that holds them; by default it is ``../shared/data`` beside the checkout.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
import tarfile
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise, permutations
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("STEMMATA_DATA", ROOT.parent / "shared" / "data"))
TOOLS = DATA.parent / "tools"
SEEDS = DATA.parent / "seeds"
MISSING = f"no benchmark data in {DATA}: set STEMMATA_DATA to the folder that holds them"


FOLDS = 5
AHEAD = 1_000_000  # bytes read at a time: whoever wants the first rows does not wait for the last
SENTENCES = re.compile(r"(?<=[.!?])\s+")
DIRECTED = {  # what a copy is, by the data set that holds it
    "spun-news spun": "spun copies",
    "spun-news excerpt-spun": "spun excerpts",
    "spun-news mix-spun": "spun mixtures",
    "spun-news edited": "edited versions",
    "excerpts": "excerpts",
    "reprints": "pages that reprint a whole text",
    "l2r": "model rewrites (L2R)",
    "raidar": "model rewrites (RAIDAR)",
    "gpt35": "model rewrites (gpt35)",
    "clough cut": "short answers, near copy",
    "clough light": "short answers, light revision",
    "clough heavy": "short answers, heavy revision",
    "pan13 02": "PAN13, unaltered",
    "pan13 03": "PAN13, random obfuscation",
    "pan13 04": "PAN13, translation chain",
    "pan13 05": "PAN13, summary",
    "wikipedia-versions": "page revisions",
    "wikipedia, first and last": "page revisions, first and last",
}


class Pair(NamedTuple):
    """A labelled pair: ids into a dict of texts, which side is the copy, and what the truth says.

    ``corpus`` is the data set, with its part where it has parts; ``model`` and ``domain`` say who made a rewrite
    and what it is about.
    """

    copy: str
    source: str
    truth: str
    corpus: str = ""
    model: str = ""
    domain: str = ""


Labelled = tuple[dict[str, str], list[Pair]]


def fold(source: str) -> int:
    """Return the fold, 0 to 4, that a source text belongs to with all that is made from it."""
    return digest(source) % FOLDS


def choose(pairs: Sequence[Pair], most: int) -> list[Pair]:
    """Return at most so many pairs, the same ones on every machine, in the order given."""
    kept = set(sorted(pairs, key=lambda p: digest(f"{p.copy} {p.source}"))[:most])
    return [p for p in pairs if p in kept]


def digest(name: str) -> int:
    """Return a number that is the same for a name on every machine: what is chosen by it is chosen for good."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16)


def read_jsonl(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of a ``.jsonl.zst`` or ``.jsonl.gz`` file."""
    compression = "zstd" if path.suffix == ".zst" else "gzip"
    with pa.input_stream(str(path), compression=compression) as stream, io.BufferedReader(stream, AHEAD) as lines:
        yield from map(json.loads, filter(bytes.strip, lines))


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


def pan13_pairs(part: str) -> Labelled:
    """Return the pairs of PAN13 that hold a case, and those of 01, which hold none; truth: the sub-corpus."""
    texts, pairs = pan13(part)
    held = [(p.copy, p.source, p.part[:2]) for p in pairs if p.truth or p.part.startswith("01")]
    named = {name: f"pan13/{part}/{name}" for name in texts}
    return (
        {named[name]: text for name, text in texts.items()},
        [Pair(named[copy], named[source], label, f"pan13 {label}") for copy, source, label in held],
    )


def clough() -> Labelled:
    """Return the short answers and their pairs with the task's source; truth: cut, light, heavy or non."""
    folder = DATA / "clough-short-answers"
    texts = {p.name: p.read_bytes().decode("utf-8", "replace") for p in (folder / "texts").iterdir()}
    with (folder / "file_information.csv").open(newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["Category"] != "orig"]
    return texts, [Pair(r["File"], f"orig_task{r['Task']}.txt", r["Category"], f"clough {r['Category']}") for r in rows]


def spun_news() -> Labelled:
    """Return press releases and health pages with their copies; truth: spun, excerpt-spun, mix-spun or edited."""
    rows = spun_rows()
    pairs = [
        Pair(r["id"], r["source_id"], r["kind"], f"spun-news {r['kind']}", "", r["domain"])
        for r in rows
        if r["source_id"]
    ]
    return {row["id"]: row["text"] for row in rows}, pairs


def spun_news_strangers() -> Labelled:
    """Return every original of spun-news beside a text of its domain that has nothing to do with it; truth: none."""
    rows = spun_rows()
    strangers = [row for row in sorted(rows, key=lambda r: digest(r["id"])) if row["kind"] == "distractor"]
    pairs = []
    for row in rows:
        if row["kind"] == "original":
            others = [other["id"] for other in strangers if other["domain"] == row["domain"]]
            other = others[digest(row["id"]) % len(others)]
            pairs.append(Pair(other, row["id"], "none", "spun-news distractor", "", row["domain"]))
    return {row["id"]: row["text"] for row in rows}, pairs


@cache
def spun_rows() -> list[dict[str, Any]]:
    """Return the rows of spun-news, in the order of the file."""
    return list(read_jsonl(DATA / "spun-news" / "spun.jsonl.zst"))


def excerpts() -> Labelled:
    """Return original news texts and pieces cut out of them, half of their sentences; truth: excerpt.

    Two thirds of the pieces begin inside the text, the others with it.
    """
    texts: dict[str, str] = {}
    pairs = []
    for row in spun_rows():
        sentences = SENTENCES.split(row["text"].strip())
        if row["kind"] == "original" and len(sentences) >= 8:
            size, chosen = len(sentences) // 2, digest(f"{row['id']} excerpt")
            start = 0 if chosen % 3 == 0 else 1 + chosen % (len(sentences) - size)
            texts |= {row["id"]: row["text"], f"{row['id']}/excerpt": " ".join(sentences[start : start + size])}
            pairs.append(Pair(f"{row['id']}/excerpt", row["id"], "excerpt", "excerpts", "", row["domain"]))
    return texts, pairs


def reprints() -> Labelled:
    """Return original news texts and pages that hold them whole between two strangers; truth: reprint."""
    strangers = [row for row in spun_rows() if row["kind"] == "distractor"]
    texts: dict[str, str] = {}
    pairs = []
    for row in spun_rows():
        if row["kind"] == "original":
            others = [other["text"] for other in strangers if other["domain"] == row["domain"]]
            first, last = (others[digest(f"{row['id']} {place}") % len(others)] for place in ("first", "last"))
            texts |= {row["id"]: row["text"], f"{row['id']}/page": "\n\n".join((first, row["text"], last))}
            pairs.append(Pair(f"{row['id']}/page", row["id"], "reprint", "reprints", "", row["domain"]))
    return texts, pairs


def revisions() -> Labelled:
    """Return the revisions of articles: each with the next, and the first with the last; truth: edited, or grown."""
    texts, _ = wikipedia_versions()
    chains: dict[str, list[str]] = {}
    for doc in sorted(texts, key=lambda doc: (family(doc), int(doc.rpartition("/")[2]))):
        chains.setdefault(family(doc), []).append(doc)
    pairs = []
    for chain in chains.values():
        pairs += [Pair(later, doc, "edited", "wikipedia-versions") for doc, later in pairwise(chain)]
        if len(chain) > 2:
            pairs.append(Pair(chain[-1], chain[0], "grown", "wikipedia, first and last"))
    return texts, [p for p in pairs if texts[p.copy] != texts[p.source]]


def family(doc: str) -> str:
    """Return what a document shares with all that is made from the same text."""
    corpus, _, rest = doc.partition("/")
    return rest.partition("/")[0] if corpus in ("wiki", "l2r", "raidar", "gpt35") else doc


def directed(most: int = 2_000) -> Labelled:
    """Return texts and pairs whose source is known, of each data set at most ``most``, chosen by hash.

    Without pairs that are opposites, or no reuse. Truth: as where they come from; ``corpus``: the kind of copy.
    """
    sets = (spun_news(), excerpts(), reprints(), l2r(), raidar(), gpt35(), clough(), pan13_pairs("train"), revisions())
    texts = {doc: text for held, _ in sets for doc, text in held.items()}
    by_kind: dict[str, list[Pair]] = {name: [] for name in DIRECTED}
    for _, pairs in sets:
        for p in pairs:
            if p.corpus in DIRECTED and texts[p.copy].strip() and texts[p.source].strip():
                by_kind[p.corpus].append(p)
    return texts, [p for name, pairs in by_kind.items() for p in choose(pairs, most)]


def wikipedia_versions() -> Labelled:
    """Return the revisions of articles, and of each article the first two where they differ; truth: edited."""
    versions: dict[str, dict[int, str]] = {}
    for row in read_jsonl(DATA / "wikipedia-versions" / "versions.jsonl.zst"):
        versions.setdefault(row["family"], {})[row["version"]] = row["text"]
    texts: dict[str, str] = {}
    pairs = []
    for family, chain in versions.items():
        texts |= {f"wiki/{family}/{n}": text for n, text in chain.items()}
        first, second = sorted(chain)[:2] if len(chain) > 1 else (0, 0)
        if second and chain[first] != chain[second]:
            pairs.append(Pair(f"wiki/{family}/{second}", f"wiki/{family}/{first}", "edited", "wikipedia-versions"))
    return texts, pairs


def l2r() -> Labelled:
    """Return texts and their rewrites by four models, without program text and doubtful rows; truth: paraphrased."""
    texts: dict[str, str] = {}
    pairs = []
    for row in read_jsonl(DATA / "l2r-llm-rewrites" / "families.jsonl.zst"):
        if row["domain"] == "Code" or (row["parent"] and row["overlap"] < 0.15):
            continue
        key = f"l2r/{row['family']}/{row['variant']}"
        texts[key] = row["text"]
        if row["parent"]:
            source = f"l2r/{row['family']}/{row['parent']}"
            pairs.append(Pair(key, source, "paraphrased", "l2r", row["variant"], row["domain"]))
    return texts, pairs


def l2r_strangers() -> Labelled:
    """Return human texts of L2R beside another text of their domain, and beside a rewrite of that; truth: none."""
    texts, rewrites = l2r()
    domains: dict[str, dict[str, list[str]]] = {}
    for p in sorted(rewrites, key=lambda p: digest(p.source)):
        domains.setdefault(p.domain, {}).setdefault(p.source, []).append(p.copy)
    pairs = []
    for domain, families in domains.items():
        for source, other in pairwise(families):
            rewrite = families[other][digest(other) % len(families[other])]
            pairs.append(Pair(other, source, "none", "l2r, two humans", "", domain))
            pairs.append(Pair(rewrite, source, "none", "l2r, a human and another's rewrite", "", domain))
    return texts, pairs


def raidar() -> Labelled:
    """Return passages and what models made of each directly, unless nothing; truth: paraphrased or opposite."""
    rows = [row for row in read_jsonl(DATA / "raidar-rewrite-trees" / "trees.jsonl.zst") if row["depth"] < 2]
    texts = {f"raidar/{row['family']}/{row['id']}": row["text"] for row in rows}
    pairs = []
    for row in rows:
        copy, source = (f"raidar/{row['family']}/{row[name]}" for name in ("id", "parent"))
        if row["depth"] and texts[copy] != texts[source]:
            truth = "opposite" if "opposite" in row["op"] else "paraphrased"
            corpus = "raidar" if truth == "paraphrased" else "raidar opposite"
            pairs.append(Pair(copy, source, truth, corpus, row["agent"], row["family"].partition("-")[0]))
    return texts, pairs


def gpt35() -> Labelled:
    """Return English articles with their rephrasings, and all texts written from a title alone beside both (none)."""
    rows = [r for r in read_jsonl(DATA / "gpt35-rephrased-articles" / "articles.jsonl.zst") if r["language"] == "en"]
    families: dict[str, dict[str, str]] = {}
    for row in rows:
        families.setdefault(f"gpt35/{row['family']}", {})[row["variant"]] = row["text"]
    pairs = []
    for name, texts in families.items():
        domain = name.split("/")[1]
        for copy, source in permutations(texts, 2):
            way = copy.partition("_")[0], source.partition("_")[0]
            if way == ("rephrase", "human"):
                pairs.append(Pair(f"{name}/{copy}", f"{name}/{source}", "paraphrased", "gpt35", "gpt-3.5", domain))
            elif way[0] == "generated" and way[1] != "generated":
                pairs.append(Pair(f"{name}/{copy}", f"{name}/{source}", "none", f"gpt35 generated, {way[1]}"))
    return {f"{name}/{variant}": text for name, texts in families.items() for variant, text in texts.items()}, pairs


def reuters_pairs(*, high: bool = True) -> Labelled:
    """Return newswire stories and the pairs labelled, with high confidence or any; truth: label. The later is the copy.

    Stories that are a headline only, with asterisks or "blah blah blah" below it, are left out.
    """
    texts = {f"reuters/{row['id']}": row["text"] for row in reuters() if len(row["text"].split()) > 3}
    with (DATA / "reuters-21578" / "labels.csv").open(newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["confidence"] == "high" or not high]
    pairs = [Pair(f"reuters/{r['id_b']}", f"reuters/{r['id_a']}", r["label"], f"reuters {r['label']}") for r in rows]
    return texts, [p for p in pairs if p.copy in texts and p.source in texts]


KINDS = {
    "pan13 02": "verbatim",
    "reuters identical": "verbatim",
    "spun-news edited": "edited",
    "wikipedia-versions": "edited",
    "reuters update": "edited",
    "spun-news spun": "spun",
    "spun-news excerpt-spun": "spun",
    "l2r": "paraphrased",
    "gpt35": "paraphrased",
    "pan13 04": "paraphrased",
    "pan13 05": "summarised",
    "reuters template": "template",
    "pan13 01": "none",
    "reuters unrelated": "none",
    "spun-news distractor": "none",
    "gpt35 generated, human": "none",
    "clough non": "none",
}


def kinds(part: str = "test", most: int = 600) -> Labelled:
    """Return texts and pairs whose kind is known by their data set (``KINDS``); truth: the kind.

    Of each data set at most ``most`` pairs, chosen by hash; of PAN13 those of one part.
    """
    sets = (
        pan13_pairs(part),
        reuters_pairs(),
        spun_news(),
        spun_news_strangers(),
        wikipedia_versions(),
        l2r(),
        gpt35(),
        clough(),
    )
    texts = {doc: text for held, _ in sets for doc, text in held.items() if text.strip()}
    by_set: dict[str, list[Pair]] = {name: [] for name in KINDS}
    for _, pairs in sets:
        for pair in pairs:
            if pair.corpus in KINDS and pair.copy in texts and pair.source in texts:
                by_set[pair.corpus].append(pair._replace(truth=KINDS[pair.corpus]))
    return texts, [pair for pairs in by_set.values() for pair in choose(pairs, most)]


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


def tortured_phrases() -> list[dict[str, Any]]:
    """Return phrases that machines wrote in published papers, each with the term in whose place it stands."""
    lines = (DATA / "tortured-phrases" / "phrases.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def marked_pages() -> list[dict[str, Any]]:
    """Return web pages (``html`` in bytes) with their main text, ``article_body``."""
    return _pages("article-extraction-benchmark")


def pieced_pages() -> list[dict[str, Any]]:
    """Return web pages with pieces of text that belong to their main text (``with``) or not (``without``)."""
    return _pages("trafilatura-eval")


def _pages(folder: str) -> list[dict[str, Any]]:
    rows = read_jsonl(DATA / folder / "pages.jsonl.zst")
    return [r | {"html": r["html"].encode() if "html" in r else r["html_latin1"].encode("latin-1")} for r in rows]
