"""Every format that is read: a file made by a program that people use comes back as its text.

And a folder with one of each, half of them broken: ``stemmata trace`` reads what there is, and says of the rest why.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

import stemmata
from stemmata import schemas
from stemmata.documents import read_documents, read_placed_documents
from stemmata.readers import FORMATS, NEVER
from tests.conftest import Run
from tests.produced import FIXTURES, PRODUCED, WEIR, Produced

DOCS = Path(__file__).parent.parent / "docs" / "formats.md"


def flat(text: str) -> str:
    return " ".join(text.split())


def table_of_formats() -> dict[str, list[str]]:
    """Return the rows of the table of all formats, by their first cell."""
    section = DOCS.read_text("utf-8").partition("## All formats\n")[2].partition("\n## ")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in section.splitlines() if line[:1] == "|"]
    return {row[0]: row[1:] for row in rows[2:]}


@pytest.mark.parametrize("made", PRODUCED, ids=lambda made: made.file)
def test_what_a_program_wrote_is_read_as_it_was_meant(made: Produced) -> None:
    table = read_documents(FIXTURES / made.file)
    assert schemas.remarks([table], "skipped").num_rows == 0
    assert table.num_rows == made.documents
    texts = [flat(text) for text in table["text"].to_pylist()]
    for passage in made.holds:
        assert any(flat(passage) in text for text in texts)
    if made.title:
        assert made.title in table["title"].to_pylist()


def test_the_docs_have_a_row_for_each_format_with_the_programs_that_it_was_tried_with() -> None:
    rows = table_of_formats()
    tried: dict[str, set[str]] = {}
    for made in PRODUCED:
        tried.setdefault(made.format, set()).add(made.producer)
    assert tried.keys() == rows.keys()
    for name, producers in tried.items():
        assert set(rows[name][-1].split(", ")) == producers


def test_each_media_type_that_is_read_stands_in_that_table() -> None:
    said = {kind for cells in table_of_formats().values() for kind in re.findall(r"`([a-z]+/[^`]+)`", cells[0])}
    read = {kind.media_type for kind in FORMATS if kind.isolated_from != NEVER} | {"text/plain"}
    assert said == read


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    """A folder with each of the files, and beside it one of each that is cut in the middle or overwritten there."""
    folder = tmp_path / "pile"
    folder.mkdir()
    for number, made in enumerate(PRODUCED):
        data, name = (FIXTURES / made.file).read_bytes(), made.file.replace("/", "-")
        half = len(data) // 2
        (folder / name).write_bytes(data)
        (folder / f"broken-{name}").write_bytes(
            data[:half] if number % 2 else data[: half - 8] + bytes(16) + data[half + 8 :]
        )
    return folder


def test_a_folder_with_one_of_each_half_of_them_broken_is_traced(pile: Path, tmp_path: Path, run: Run) -> None:
    """All that is whole is read; what is broken is read as far as it goes, or told with its reason and the mend."""
    status, out, err = run("trace", pile, "-o", tmp_path / "run")
    assert (status, err) == (0, "")
    found = stemmata.open(tmp_path / "run")
    skipped = found.skipped.to_pylist()
    assert all(row["reason"] and row["mend"] for row in skipped)
    told = {re.split("[#/]", row["uri"].removeprefix(f"{pile}/"))[0] for row in skipped}
    placed = read_placed_documents(pile)
    read = {Path(os.fsdecode(path)).name for path in placed["path"].to_pylist()}
    files = {file.name for file in pile.iterdir()}
    whole = {name for name in files if not name.startswith("broken-")}
    assert told | read == files
    assert whole <= read - told
    assert len(told) >= len(whole) // 2
    assert placed["doc"].to_pylist() == found.documents["doc"].to_pylist()
    told_by_all = {row["doc"] for row in found.documents.to_pylist() if flat(WEIR) in flat(row["text"])}
    (family,) = {row["family"] for row in found.families.to_pylist() if row["doc"] in told_by_all}
    assert family
    assert "The weir at Harrow" in out
