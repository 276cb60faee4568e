"""The tree of one family as an SVG file."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemmata import schemas
from stemmata.errors import OptionError
from stemmata.report.svg import draw_family
from tests.test_report_run_example import Witness, harbour, pile

SVG = "{http://www.w3.org/2000/svg}"
TEMPLATES = Path("src/stemmata/report/templates")
KINDS = ("verbatim", "edited", "spun", "paraphrased", "summarised", "translated")


def drawn(witnesses: Sequence[Witness], **options: Any) -> ElementTree.Element:
    trace = pile(witnesses)
    return ElementTree.fromstring(draw_family(trace.stemma, trace.documents, trace.relations, **options))


def classes(root: ElementTree.Element, tag: str) -> list[str]:
    return [str(element.get("class")) for element in root.iter(SVG + tag)]


def written(root: ElementTree.Element) -> list[str]:
    return ["".join(text.itertext()) for text in root.iter(SVG + "text")]


def large(size: int, deep: bool = False) -> tuple[pa.Table, pa.Table, pa.Table]:
    """Grow a family at random, with dates; or a chain of copies of copies."""
    chance, born = random.Random(size), datetime(2020, 1, 1, tzinfo=UTC)
    docs, placed, pairs = [], [], []
    for i in range(size):
        parent = None if not i else f"d{i - 1 if deep else chance.randrange(i):05}"
        docs.append({"doc": f"d{i:05}", "text": "", "sha256": "", "published": born + timedelta(days=i)})
        role = "copy" if parent else "original"
        placed.append({"family": "f", "doc": f"d{i:05}", "parent": parent, "role": role, "confidence": 0.9})
        if parent:
            shares = {"confidence": 0.9, "coverage_a": 1.0, "coverage_b": 1.0}
            pairs.append({"a": parent, "b": f"d{i:05}", "kind": chance.choice(KINDS), **shares})
    return schemas.STEMMA.table(placed), schemas.DOCUMENTS.table(docs), schemas.RELATIONS.table(pairs)


def test_it_needs_nothing_else() -> None:
    """Styles stand inside; there is no script, no link, and nothing is fetched."""
    trace = harbour()
    text = draw_family(trace.stemma, trace.documents, trace.relations)
    root = ElementTree.fromstring(text)
    assert text.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<svg ')
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        *("svg", "title", "desc", "style", "rect", "text", "tspan", "g", "path", "circle")
    }
    assert not re.search(r"href|url\(|@import|<script|\son\w+=", text)
    assert re.findall(r"https?://[^\"']+", text) == ["http://www.w3.org/2000/svg"]


def test_readers_of_a_screen_are_told_what_it_shows() -> None:
    root = ElementTree.fromstring(draw_family(harbour().stemma, harbour().documents, harbour().relations))
    assert root.get("aria-labelledby") == "title says"
    assert [root.find(SVG + tag).text for tag in ("title", "desc")] == [  # type: ignore[union-attr]
        "Harbour bridge to be repaired",
        "5 documents, each at its date. The original is gazette.txt. Copies: 2 verbatim, 1 edited, 1 spun.",
    ]


@given(st.text(max_size=30), st.text(max_size=30))
def test_whatever_a_document_is_called_the_file_is_valid(name: str, title: str) -> None:
    """Markup is escaped, and signs that XML refuses become visible ones."""
    name = name.encode("utf-8", "replace").decode() or "a"
    row = {"title": title.encode("utf-8", "replace").decode()}
    root = drawn([Witness("original", None, "", "original", row=row), Witness(f"{name}x", "original")])
    assert {element.tag.removeprefix(SVG) for element in root.iter()}.isdisjoint({"script", "a", "image"})


def test_markup_and_control_signs_in_a_name_stay_text() -> None:
    name = "<script>alert(1)</script>\x1b[2J\x00\uffff\u202e"
    root = drawn([Witness("a", None, "", "original"), Witness(name, "a")])
    (shown,) = (text for text in written(root) if "script" in text)
    assert shown.startswith("<script>alert(1)</script>␛[2J␀\ufffd\ufffd")


def test_a_long_name_is_cut_in_its_middle_and_told_whole() -> None:
    name = "archive/2024/03/" + "very-" * 20 + "long.html"
    root = drawn([Witness("a", None, "", "original"), Witness(name, "a")])
    assert any(text.startswith("archive/2024") and "…" in text and "long.html" in text for text in written(root))
    assert name in [title.text for title in root.iter(SVG + "title")]


def test_lost_copies_are_open_and_unresolved_edges_dashed() -> None:
    lost = Witness("lost:f/1", None, "", "lost", confidence=0.8)
    root = drawn([lost, Witness("a", "lost:f/1", "", "unresolved"), Witness("b", "lost:f/1", "", others=("a",))])
    assert "dot lost" in classes(root, "circle")
    assert "branch doubtful" in classes(root, "path")
    assert "arc" in classes(root, "path")
    assert {"a copy that is not here", "perhaps derives from", "also draws on"} <= set(written(root))


@pytest.mark.parametrize("sure", [0.0, 0.5, 1.0])
def test_a_doubtful_edge_is_fainter_but_never_lost(sure: float) -> None:
    root = drawn([Witness("a", None, "", "original"), Witness("b", "a", confidence=sure)])
    (opacity,) = (float(path.get("opacity", "")) for path in root.iter(SVG + "path") if path.get("opacity"))
    assert opacity == pytest.approx(0.35 + 0.65 * sure, abs=0.006)


def test_without_dates_no_axis_is_drawn_and_one_can_be_declined() -> None:
    dated = [Witness("a", None, "", "original", published="2024-03-01"), Witness("b", "a", published="2024-03-05")]
    assert "tick" in classes(drawn(dated), "path")
    assert "tick" not in classes(drawn(dated, dated=False), "path")
    assert "tick" not in classes(drawn([one._replace(published=None) for one in dated]), "path")


def test_a_copy_that_is_dated_before_its_source_is_shown_so_and_flagged() -> None:
    """The source stands right of it; the date of an undated text in between does not hide it."""
    dated = [Witness("a", None, "", "original", published="2024-03-05"), Witness("b", "a")]
    root = drawn([*dated, Witness("c", "b", published="2024-03-01"), Witness("d", "a", published="2024-03-04")])
    texts = written(root)
    assert "cedited · 1 Mar 2024 · dated before its source" in texts
    assert "dedited · 4 Mar 2024" in texts  # a day apart: a matter of time zones


@pytest.mark.parametrize(("size", "deep"), [(300, False), (2_000, False), (2_000, True)])
def test_large_families_are_drawn_in_little_room(size: int, deep: bool) -> None:
    """Every member is shown or counted; nothing is too deep."""
    text = draw_family(*large(size, deep))
    assert len(text) < 1_500_000
    root = ElementTree.fromstring(text)
    nodes = [group for group in root.iter(SVG + "g") if str(group.get("class")).startswith("node")]
    counts = [re.match(r"\+ ([\d,]+) ", "".join(group.itertext()).strip().split("\n")[-1]) for group in nodes]
    held = [int(count[1].replace(",", "")) for count in counts if count]
    assert len(nodes) <= 400
    assert len(nodes) - len(held) + sum(held) == size
    assert bool(held) == (size == 2_000)


def test_a_family_must_be_named_where_there_are_several() -> None:
    two = [Witness("a", None, "", "original", family="f"), Witness("b", None, "", "original", family="g")]
    assert "a" in "".join(written(drawn(two, family="f")))
    with pytest.raises(OptionError, match="there are 2 families"):
        drawn(two)
    with pytest.raises(OptionError, match="there is no family 'h'"):
        drawn(two, family="h")
    with pytest.raises(OptionError, match="no family to draw"):
        drawn([])


def colours(dark: bool) -> dict[str, np.ndarray]:
    """The colours of kinds, and of the paper, in linear light."""
    light, _, night = (TEMPLATES / "palette.css").read_text("utf-8").partition("prefers-color-scheme: dark")
    found = dict(re.findall(r"--(\w+): #(\w{6})", night if dark else light))
    values = {name: np.array([int(found[name][i : i + 2], 16) for i in (0, 2, 4)]) / 255 for name in (*KINDS, "paper")}
    return {n: np.where(v <= 0.04045, v / 12.92, ((v + 0.055) / 1.055) ** 2.4) for n, v in values.items()}


SIGHT = {  # Machado, Oliveira and Fernandes 2009: what is seen without one of the three sorts of cones
    "all": np.eye(3),
    "no red": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "no green": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "no blue": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}
CONES = [[0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566]]
CONES += [[0.0883024619, 0.2817188376, 0.6299787005]]
LAB = [[0.2104542553, 0.7936177850, -0.0040720468], [1.9779984951, -2.4285922050, 0.4505937099]]
LAB += [[0.0259040371, 0.7827717662, -0.8086757660]]


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("dark", [False, True])
def test_kinds_are_told_apart_by_the_colour_blind(sight: str, dark: bool) -> None:
    """Any two are .12 apart in Oklab: some six times what can just be told. And they can be read as words."""
    seen = colours(dark)
    lab = np.array([np.array(LAB) @ np.cbrt(CONES @ np.clip(SIGHT[sight] @ seen[k], 0, 1)) for k in KINDS])
    apart = np.linalg.norm(lab[:, None] - lab[None], axis=2)[np.triu_indices(len(KINDS), 1)]
    assert apart.min() > 0.12
    for kind in KINDS:
        bright = sorted(0.05 + seen[name] @ [0.2126, 0.7152, 0.0722] for name in (kind, "paper"))
        assert bright[1] / bright[0] >= 4.5, kind


def test_kinds_are_told_apart_by_their_dashes() -> None:
    style = (TEMPLATES / "tree.css").read_text("utf-8")
    dashes = re.findall(r"\.branch\.(?:kind-)?(\w+) {[^}]*stroke-dasharray: ([^;]+);", style)
    assert {name for name, _ in dashes} == {*KINDS, "doubtful"} - {"verbatim"}
    assert len({dash for _, dash in dashes}) == len(dashes)
