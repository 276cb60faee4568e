"""Trees of whole families: simulated web pages, and rewrites by language models."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

import stemmata as st
from benchmarks import corpora, web_families
from benchmarks.measurement import Figures, Measurement, Table, count, share
from benchmarks.web_families import Family

SIZES = {"5 to 9": range(5, 10), "10 to 24": range(10, 25), "25 to 60": range(25, 61)}
ALONE = "excerpt of one"
STEPS = {
    "spun": "spun",
    "edited": "edited",
    "excerpt": "cut out",
    ALONE: "of these, where one text alone holds the piece",
    "verbatim": "copied whole",
}
OF_THREE = ("spun", "edited", "excerpt")
HELD, COPIED, LOST = "first text held", "a whole copy of it held", "neither held"
SURE = 0.95  # confidence of an edge from which it is to be right


def web_trees(every: int = 1) -> Measurement:
    """Find the parents and the roots of simulated families of web pages, a fifth of whose members are lost."""
    met: Counter[str] = Counter()
    for family in web_families.families(every):
        met.update(_met(family))
    rows = []
    figures: Figures = {}
    for step, name in STEPS.items():
        cells = [name]
        for size in (*SIZES, "all"):
            key = f"{step} {size}"
            figures[f"parents right, {key}"] = met[f"right {key}"] / (met[key] or 1)
            cells.append(f"{count(met[f'right {key}'])} of {count(met[key])}")
        rows.append((*cells, share(figures[f"parents right, {step} all"])))
    for root in (HELD, COPIED, LOST):
        cells = [f"root, {root}"]
        for size in (*SIZES, "all"):
            key = f"{root} {size}"
            figures[f"roots right, {key}"] = met[f"right {key}"] / (met[key] or 1)
            cells.append(f"{count(met[f'right {key}'])} of {count(met[key])}")
        rows.append((*cells, share(figures[f"roots right, {root} all"])))
    figures["edges of .95 and above right"] = met["right sure"] / (met["sure"] or 1)
    figures["roots named wrongly"] = met["roots wrong"] / (met["families"] or 1)
    of_three = sum(met[f"{step} all"] for step in OF_THREE)
    right = sum(met[f"right {step} all"] for step in OF_THREE)
    figures["parents right, spun, edited, excerpt"] = right / (of_three or 1)
    beside = (
        ("parents right of spun, edited and cut copies", count(of_three), share(right / (of_three or 1))),
        (f"edges of {SURE} and above right", count(met["sure"]), share(figures["edges of .95 and above right"])),
        ("roots named wrongly", count(met["families"]), share(figures["roots named wrongly"])),
    )
    return Measurement(
        title="Trees of web pages",
        corpus="simulated (`benchmarks/web_families.py`), from spun-news",
        part="",
        sample=f"{count(met['families'])} families, {count(met['members'])} texts that are there",
        scorer="the nearest text above that is there, equal texts being one; without dates, names and links",
        tables=(
            Table(header=("copies that were", *SIZES, "all", "share"), rows=tuple(rows)),
            Table(header=("", "of", "share"), rows=beside),
        ),
        figures=figures,
    )


def _met(family: Family) -> Counter[str]:
    """Return what was right in one family."""
    held = family.held
    trace = st.trace([st.Text(text, doc=doc) for doc, text in held.items()])
    rows = trace.stemma.to_pylist()
    parents = {row["doc"]: row["parent"] for row in rows}
    lost = {row["doc"] for row in rows if row["role"] == "lost"}
    sure = {row["doc"]: row["confidence"] for row in rows}
    plain = {doc: " ".join(text.split()) for doc, text in held.items()}
    size = next(name for name, some in SIZES.items() if len(held) in some)
    met: Counter[str] = Counter(families=1, members=len(held))
    for doc in held:
        true = family.above(doc)
        if true is None or plain[doc] == plain[true]:
            continue  # nothing tells which of two equal texts came first
        found = parents.get(doc)
        straight = found not in lost
        while found in lost or (found is not None and plain[found] == plain[doc]):
            found = parents[found]
        right = found is not None and plain[found] == plain[true]
        step = family.steps[doc]
        for made in (step, ALONE) if step == "excerpt" and _stands_once(family, doc, true, plain) else (step,):
            for key in (f"{made} {size}", f"{made} all"):
                met.update([key, f"right {key}"] if right else [key])
        if straight and found is not None and sure[doc] >= SURE:
            met.update(["sure", "right sure"] if right else ["sure"])
    roots = {plain.get(row["doc"], "") for row in rows if row["parent"] is None}  # a lost copy has no text
    name, likely = _first(family, plain)
    right = roots <= likely
    for key in (f"{name} {size}", f"{name} all"):
        met.update([key, f"right {key}"] if right else [key])
    met["roots wrong"] += not right and len(roots) == 1
    return met


def _stands_once(family: Family, doc: str, true: str, plain: Mapping[str, str]) -> bool:
    """Say whether no text holds the piece that a copy is, but the one it was cut from, and copies of the copy."""
    piece = " ".join(family.bare[doc].split())
    others = (o for o, text in plain.items() if text != plain[true] and not family.made_of(o, doc))
    return not any(piece in plain[other] for other in others)


def _first(family: Family, plain: Mapping[str, str]) -> tuple[str, set[str]]:
    """Return what is there of the text that a family begins with, and the texts that may be its root."""
    (first,) = family.texts.keys() - family.parents.keys()
    if first in plain:
        return HELD, {plain[first]}
    whole = " ".join(family.texts[first].split())
    if copies := {text for text in plain.values() if whole in text}:
        return COPIED, copies
    tops = {plain[doc] for doc in plain if family.above(doc) is None}
    return LOST, tops if len(tops) == 1 else {""}


def rewrite_trees(every: int = 1) -> Measurement:
    """Find the parents and the roots of trees of rewrites by language models, beside what chance would find."""
    met: Counter[str] = Counter()
    chance: dict[str, float] = defaultdict(float)
    for texts, parents in list(_rewritten())[::every]:
        trace = st.trace([st.Text(text, doc=doc) for doc, text in texts.items()])
        _score(texts, parents, trace, met, chance)
    figures: Figures = {
        "parents right": met["right"] / (met["copies"] or 1),
        "parents right, chance": chance["right"] / (met["copies"] or 1),
        "parents named": met["named"] / (met["copies"] or 1),
        "parents right, of those named": met["right"] / (met["named"] or 1),
        "roots right": met["root right"] / (met["families"] or 1),
        "roots right, chance": chance["root"] / (met["families"] or 1),
        "roots named": met["root named"] / (met["families"] or 1),
        "likeliest roots right": met["likeliest right"] / (met["together"] or 1),
        "likeliest roots right, chance": chance["likeliest"] / (met["together"] or 1),
        "families held together": met["together"] / (met["families"] or 1),
    }
    rows = (
        (
            "parents",
            count(met["copies"]),
            count(met["named"]),
            count(met["right"]),
            share(figures["parents right, chance"]),
        ),
        (
            "roots",
            count(met["families"]),
            count(met["root named"]),
            count(met["root right"]),
            share(figures["roots right, chance"]),
        ),
        (
            "likeliest root of several, families that hold theirs",
            count(met["together"]),
            count(met["together"]),
            count(met["likeliest right"]),
            share(figures["likeliest roots right, chance"]),
        ),
    )
    return Measurement(
        title="Trees of rewrites",
        corpus="RAIDAR",
        part="",
        sample=f"{count(met['families'])} families",
        scorer="parents and roots named by the stemma; chance: a text of the family (of its roots), drawn blindly",
        tables=(Table(header=("", "there are", "named", "right", "right by chance"), rows=rows),),
        figures=figures,
    )


def _score(
    texts: Mapping[str, str],
    parents: Mapping[str, str],
    trace: st.Trace,
    met: Counter[str],
    chance: dict[str, float],
) -> None:
    rows = trace.stemma.to_pylist()
    found = {row["doc"]: row["parent"] for row in rows}
    plain = {doc: " ".join(text.split()) for doc, text in texts.items()}
    for doc, true in parents.items():
        met["copies"] += 1
        chance["right"] += sum(plain[other] == plain[true] for other in texts if other != doc) / (len(texts) - 1)
        named = found.get(doc)
        met["named"] += named is not None
        met["right"] += named in plain and plain[named] == plain[true]
    (root,) = (doc for doc in texts if doc not in parents)
    originals = [row["doc"] for row in rows if row["role"] == "original"]
    met["families"] += 1
    chance["root"] += 1 / len(texts)
    met["root named"] += len(originals) == 1
    met["root right"] += originals == [root]
    family_of = {row["doc"]: row["family"] for row in rows}
    candidates = [r for r in rows if r["role"] == "unresolved" and r["family"] == family_of.get(root)]
    if any(plain[r["doc"]] == plain[root] for r in candidates):
        best = max(candidates, key=lambda r: r["confidence"])
        met["together"] += 1
        met["likeliest right"] += plain[best["doc"]] == plain[root]
        chance["likeliest"] += 1 / len(candidates)


def _rewritten() -> Iterator[tuple[dict[str, str], dict[str, str]]]:
    """Yield the texts of each family of RAIDAR, and of each its parent, by id."""
    families: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in corpora.read_jsonl(corpora.DATA / "raidar-rewrite-trees" / "trees.jsonl.zst"):
        families[row["family"]].append(row)
    for name, rows in families.items():
        if len(rows) > 2:
            texts = {f"{name}/{row['id']}": row["text"] for row in rows}
            yield texts, {f"{name}/{row['id']}": f"{name}/{row['parent']}" for row in rows if int(row["depth"])}
