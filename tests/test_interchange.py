"""Stemmata and collations as files of other programs, whole: ``tests/exchanged``.

``python -m tests.test_interchange`` writes them anew; what differs is then read in the diff.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

import stemmata
from stemmata import schemas
from stemmata.collating.collation import Collation
from stemmata.errors import FolderError, OptionError, SourceError
from stemmata.interchange.formats import FORMATS, Given, format_of, read_collation, render, write

EXCHANGED = Path(__file__).parent / "exchanged"
STEMMA = schemas.STEMMA.table(
    [
        {"family": "3f", "doc": "lost:3f/1", "role": "lost", "confidence": 0.71},
        {"family": "3f", "doc": "A", "parent": "lost:3f/1", "role": "copy", "confidence": 0.9},
        {"family": "3f", "doc": "α", "parent": "lost:3f/1", "role": "copy", "confidence": 0.71},
        {
            "family": "3f",
            "doc": "E (a.c.)",
            "parent": "A",
            "role": "copy",
            "other_parents": ["α", "archive/glosses.txt"],
            "confidence": 0.8,
        },
        {"family": "b2", "doc": "мост.html", "role": "original", "confidence": 0.87654},
        {"family": "b2", "doc": 'they said "الجسر".txt', "parent": "мост.html", "role": "copy", "confidence": 1.0},
        {"family": "c0", "doc": "7", "role": "unresolved", "confidence": 0.5},
        {"family": "c0", "doc": "8", "role": "unresolved", "confidence": 0.5},
    ]
)
DOCUMENTS = schemas.DOCUMENTS.table(
    [
        {"doc": "A", "text": "", "sha256": "", "title": "Codex <Aureus>", "siglum": "A"},
        {"doc": "E (a.c.)", "text": "", "sha256": "", "title": "Codex of E & F, first hand", "siglum": "Eac"},
        {
            "doc": "мост.html",
            "text": "",
            "sha256": "",
            "title": "Старый мост",
            "published": datetime(2026, 3, 1, tzinfo=UTC),
        },
    ]
)
RELATIONS = schemas.RELATIONS.table(
    {"a": a, "b": b, "kind": kind, "confidence": 1.0, "coverage_a": 1.0, "coverage_b": 1.0, "evidence": []}
    for a, b, kind in (("A", "E (a.c.)", "edited"), ('they said "الجسر".txt', "мост.html", "paraphrased"))
)
COLLATION = Collation.of(
    ["A", "α", "E (a.c.)", "lost:3f/1"],
    [
        ["Arma", "Arma", "Arma", "Arma"],
        ["virumque", "uirumque", "virumque", "virumque"],
        ["cano,", "cano,", None, "cano,"],
        ["Troiae", "Troiae", None, "Troiae"],
        ["qui", "qui", "qui", "qui"],
        ["primus", "", "primus", "primus"],
        ["ab oris", "<ab> oris", "ab oris", "ab oris"],
        ["磨", "磨", "磨", "磨"],
        ["坊", "房", "坊", "坊"],
        ["", "", "finis", ""],
    ],
)
GIVEN = Given(stemma=STEMMA, documents=DOCUMENTS, relations=RELATIONS, collation=COLLATION)
FILES = {f"{form.holds}{suffix}": suffix for suffix, form in FORMATS.items()}


def rendered(name: str) -> str:
    """What a file holds, whatever the version."""
    return render(name, GIVEN).replace(f'"version": "{stemmata.__version__}"', '"version": "…"')


@pytest.mark.parametrize("name", FILES)
def test_files_read_as_they_are_kept(name: str) -> None:
    """To the last sign."""
    assert rendered(name) == (EXCHANGED / name).read_bytes().decode()


def test_no_file_is_kept_that_nothing_gives() -> None:
    assert {path.name for path in EXCHANGED.iterdir()} == set(FILES)


@pytest.mark.parametrize("name", FILES)
def test_the_order_of_rows_makes_no_difference(name: str) -> None:
    back = Given(
        stemma=STEMMA.take(list(range(STEMMA.num_rows))[::-1]),
        documents=DOCUMENTS.take([2, 0, 1]),
        relations=RELATIONS.take([1, 0]),
        collation=COLLATION,
    )
    assert render(name, back) == render(name, GIVEN)


def test_the_longer_of_two_ends_says_the_format() -> None:
    assert format_of("run/Family.COLLATEX.json").name == "JSON of CollateX"
    assert format_of("run/family.json").name == "JSON"


def test_an_unknown_end_is_told_those_there_are() -> None:
    with pytest.raises(OptionError) as refused:
        render("family.doc", GIVEN)
    assert refused.value.where == "family.doc"
    assert all(suffix in refused.value.mend for suffix in FORMATS)


@pytest.mark.parametrize(("name", "given"), [("a.csv", Given(stemma=STEMMA)), ("a.dot", Given(collation=COLLATION))])
def test_what_a_format_holds_must_be_given(name: str, given: Given) -> None:
    with pytest.raises(OptionError, match="there is no"):
        render(name, given)


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = write(tmp_path / "stemma.nwk", GIVEN)
    assert path.read_bytes() == (EXCHANGED / "stemma.nwk").read_bytes()
    with pytest.raises(FolderError, match="the stemma cannot be written"):
        write(tmp_path / "nowhere" / "stemma.nwk", GIVEN)
    assert [left.name for left in tmp_path.iterdir()] == ["stemma.nwk"]


@pytest.mark.parametrize("name", [name for name, suffix in FILES.items() if FORMATS[suffix].parse])
def test_a_collation_comes_back_from_its_file(name: str) -> None:
    assert read_collation(EXCHANGED / name).to_table().equals(COLLATION.to_table())


@pytest.mark.parametrize("name", ["stemma.dot", "collation.tei.xml", "witness.txt"])
def test_what_is_no_collation_that_is_read_is_refused_by_its_name(name: str) -> None:
    with pytest.raises(OptionError):
        read_collation(EXCHANGED / name)


def test_a_fault_of_a_file_names_it_and_the_place(tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("A,B\narma,arma\nvirumque\n", "utf-8")
    with pytest.raises(SourceError) as refused:
        read_collation(path)
    assert refused.value.where == f"{path}, line 3"
    with pytest.raises(SourceError, match="the limit is 10"):
        read_collation(path, limit_bytes=10)
    with pytest.raises(FileNotFoundError):
        read_collation(tmp_path / "none.csv")


PAGE = (Path(__file__).parent.parent / "docs" / "interchange.md").read_text("utf-8")
PRINTED = Given(
    stemma=schemas.STEMMA.table(
        [
            {"family": "3f", "doc": "lost:3f/1", "role": "lost", "confidence": 0.71},
            {"family": "3f", "doc": "A", "parent": "lost:3f/1", "role": "copy", "confidence": 0.9},
            {
                "family": "3f",
                "doc": "B (p.c.)",
                "parent": "A",
                "role": "copy",
                "other_parents": ["C"],
                "confidence": 0.8,
            },
            {"family": "3f", "doc": "C", "parent": "lost:3f/1", "role": "copy", "confidence": 0.71},
        ]
    ),
    collation=Collation.of(
        ["A", "B (p.c.)", "C"],
        [["arma", "arma", "arma"], ["virumque", "uirumque", ""], ["cano", None, "cano"]],
    ),
)


@pytest.mark.parametrize(
    ("language", "suffix"), [("dot", ".dot"), ("newick", ".nwk"), ("csv", ".csv"), ("xml", ".tei.xml")]
)
def test_the_page_of_the_docs_shows_what_is_written(language: str, suffix: str) -> None:
    (body,) = re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.M | re.S)
    assert body in render(suffix, PRINTED)


def test_the_page_of_the_docs_lists_all_formats() -> None:
    assert set(re.findall(r"`(\.[a-z.]+)`", PAGE.split("```")[0])) == set(FORMATS)


if __name__ == "__main__":
    for file in FILES:
        (EXCHANGED / file).write_bytes(rendered(file).encode())
