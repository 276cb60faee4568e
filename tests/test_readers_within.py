"""Metadata within an archive: found there by its path, and no document itself."""

from __future__ import annotations

import io
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from stemmata import schemas
from stemmata.documents import read_documents
from stemmata.errors import MissingSource, SourceError
from stemmata.readers.limits import Limits
from stemmata.readers.within import find_within, read_within

TABLE = "path,published\nweir.txt,2026-03-01\n"
WEIR = "The weir gave way on Sunday night.\n"


def zipped(path: Path, files: dict[str, str]) -> str:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return str(path)


def tarred(path: Path, files: dict[str, str]) -> str:
    with tarfile.open(path, "w:gz") as archive:
        for name, text in files.items():
            told = tarfile.TarInfo(name)
            told.size = len(text)
            archive.addfile(told, io.BytesIO(text.encode()))
    return str(path)


@pytest.mark.parametrize("pack", [zipped, tarred])
@pytest.mark.parametrize("folder", ["", "in/deep/"])
def test_a_table_in_an_archive_tells_of_its_files_and_is_none(
    tmp_path: Path, pack: Callable[[Path, dict[str, str]], str], folder: str
) -> None:
    """Paths in it are those of the archive, or begin at its own folder."""
    path = pack(tmp_path / "pile", {f"{folder}weir.txt": WEIR, f"{folder}dates.csv": TABLE})
    found = read_documents(path, metadata=f"{path}/{folder}dates.csv")
    (row,) = found.select(["doc", "published", "dated_by"]).to_pylist()
    assert row["published"].isoformat() == "2026-03-01T00:00:00+00:00"
    assert row["dated_by"] == "metadata"
    assert not schemas.remarks([found], "skipped").num_rows


@pytest.mark.parametrize("name", ["pile.zip/none.csv", "pile.zip", "nowhere.zip/dates.csv", "weir.txt/dates.csv"])
def test_what_is_not_in_an_archive_is_not_there(tmp_path: Path, name: str) -> None:
    zipped(tmp_path / "pile.zip", {"weir.txt": WEIR})
    (tmp_path / "weir.txt").write_text(WEIR)
    with pytest.raises(MissingSource, match="not there"):
        read_within(str(tmp_path / name), Limits())


def test_what_is_too_large_there_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "pile.zip", {"dates.csv": TABLE * 1_000})
    with pytest.raises(SourceError, match="over 5,000 bytes"):
        read_within(f"{path}/dates.csv", Limits(bytes=5_000))


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (["a.txt", "Metadata.CSV"], "Metadata.CSV"),
        (["in/a.txt", "in/metadata.csv", "__MACOSX/in/._a.txt", ".DS_Store"], "in/metadata.csv"),
        (["in/a.txt", "in/metadata.csv", "b.txt"], None),
        (["in/a.txt", "in/deep/metadata.csv"], None),
        (["a.txt"], None),
    ],
)
def test_it_is_looked_for_beside_all_else(tmp_path: Path, names: list[str], found: str | None) -> None:
    path = zipped(tmp_path / "pile.zip", dict.fromkeys(names, TABLE))
    assert find_within(path, "metadata.csv", Limits()) == (found and f"{path}/{found}")
