"""A newsroom to try stemmata on, written for it from nothing, with its true family tree.

``newsroom`` holds the documents, ``metadata.csv`` what is known of some beside them, ``truth.csv`` which document
was made from which, and how.
"""

from __future__ import annotations

import csv
import os
from collections import Counter, defaultdict
from importlib.resources import as_file, files
from pathlib import Path
from shutil import copytree
from typing import NamedTuple

import pyarrow as pa

from stemmata.errors import FolderError
from stemmata.placing import refuse_nul
from stemmata.readers.walking import find_files

LOST = "lost"  # in the column parent: made from an original that is not in the newsroom
ALONE = ("template", "loner")  # kinds of documents that belong to no family


class Truth(NamedTuple):
    """One document of the newsroom as it was made: ``truth.csv`` has its columns."""

    doc: str
    family: str
    parent: str
    other_parent: str
    kind: str
    level: str
    alters: str


class Score(NamedTuple):
    """How a trace of the newsroom meets the truth.

    Parameters
    ----------
    families : int
        True families.
    exact : int
        Families found with exactly their members.
    parents : int
        Documents that were made from another.
    right : int
        Those placed below it.
    originals : int
        Documents that are the original of their family; that of one family is lost.
    named : int
        Those that are named as such.
    undecided : int
        Those that are left open: their root is unresolved.
    wrong : int
        Other documents that are named as an original.
    misses : list of str
        What is not as it was made, a sentence each.
    """

    families: int
    exact: int
    parents: int
    right: int
    originals: int
    named: int
    undecided: int
    wrong: int
    misses: list[str]


def truth() -> list[Truth]:
    """Return how each document of the newsroom was made, sorted by id."""
    text = files("stemmata.demo").joinpath("truth.csv").read_text("utf-8")
    return sorted(Truth(**row) for row in csv.DictReader(text.splitlines()))


def unpack(folder: str | os.PathLike[str]) -> tuple[Path, Path]:
    """Copy the newsroom into a folder, and return where it lies and the file of metadata.

    Raises
    ------
    FolderError
        The folder cannot be written, or holds other files that would be traced with the newsroom, or overwritten.
    OptionError
        There is a NUL in its path.
    """
    refuse_nul(folder)
    folder = Path(folder)
    newsroom, metadata = folder / "newsroom", folder / "metadata.csv"
    known = files("stemmata.demo").joinpath("metadata.csv").read_bytes()
    try:
        _refuse_others(newsroom, metadata, known)
        with as_file(files("stemmata.demo") / "newsroom") as packed:
            copytree(packed, newsroom, dirs_exist_ok=True)
        metadata.write_bytes(known)
    except FolderError:
        raise
    except OSError as error:
        raise FolderError(
            f"the newsroom cannot be written: {error.strerror or error}.",
            where=str(folder),
            mend="choose a folder that you may write.",
        ) from error
    return newsroom, metadata


def _refuse_others(newsroom: Path, metadata: Path, known: bytes) -> None:
    """Refuse files that are not ours where ours are to lie; hidden ones, which no trace reads, may stay."""
    there = find_files({0: str(newsroom)})["name"].to_pylist() if newsroom.exists() else []
    others = [newsroom / name for name in sorted(set(there) - {one.doc for one in truth()})]
    if metadata.exists() and metadata.read_bytes() != known:
        others.append(metadata)
    if others:
        raise FolderError(
            f"the folder holds other files ({', '.join(path.name for path in others[:3])}{', …' * (len(others) > 3)}).",
            where=str(others[0].parent),
            mend="remove them, or choose a new folder.",
        )


def score(families: pa.Table, stemma: pa.Table) -> Score:
    """Compare what a trace of the newsroom found with how it was made.

    Parameters
    ----------
    families, stemma : pyarrow.Table
        ``schemas.FAMILIES`` and ``schemas.STEMMA`` of the trace.
    """
    made = truth()
    misses = []
    found: dict[str, set[str]] = defaultdict(set)
    for row in families.select(["family", "doc"]).to_pylist():
        found[row["family"]].add(row["doc"])
    true: dict[str, set[str]] = defaultdict(set)
    for one in made:
        if one.kind not in ALONE:
            true[one.family].add(one.doc)
    groups = list(found.values())
    for name, members in sorted(true.items()):
        if members not in groups:
            misses.append(f"the family '{name}' was not found as it is")
    extra = [group for group in groups if group not in true.values()]
    misses += [f"{', '.join(sorted(group))} are no family of their own" for group in extra]
    placed = {row["doc"]: row for row in stemma.to_pylist()}
    right = 0
    originals: Counter[str] = Counter()
    for one in made:
        row = placed.get(one.doc, {})
        parent, role = row.get("parent"), row.get("role")
        if one.kind == "original":
            originals[role or "missed"] += 1
            if role != "original":
                misses.append(f"{one.doc} is an original, and is {_placed(role, parent)}")
        elif role == "original":
            originals["wrong"] += 1
            misses.append(f"{one.doc} is named an original, and is none")
        if one.parent:
            fits = parent == one.parent or (one.parent == LOST and (parent or "").startswith("lost:"))
            right += fits
            if not fits:
                misses.append(f"{one.doc} was made from {one.parent}, and is {_placed(role, parent)}")
    return Score(
        families=len(true),
        exact=sum(members in groups for members in true.values()),
        parents=sum(bool(one.parent) for one in made),
        right=right,
        originals=sum(one.kind == "original" for one in made),
        named=originals["original"],
        undecided=originals["unresolved"],
        wrong=originals["wrong"],
        misses=misses,
    )


def _placed(role: str | None, parent: str | None) -> str:
    """Say where a document was placed."""
    if parent:
        return f"placed below {parent}"
    return {"original": "named an original", "unresolved": "left open"}.get(role or "", "in no family")
