"""A newsroom to try stemmata on, written for it from nothing, with its true family tree.

``newsroom`` holds the documents, ``metadata.csv`` what is known of some beside them, ``truth.csv`` which document
was made from which, and how.
"""

from __future__ import annotations

import csv
import os
from collections import defaultdict
from importlib.resources import as_file, files
from pathlib import Path
from shutil import copytree
from typing import NamedTuple

import pyarrow as pa

from stemmata.errors import FolderError

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
    roots : int
        Families whose original is named, or left open, and none named wrongly.
    misses : list of str
        What is not as it was made, a sentence each.
    """

    families: int
    exact: int
    parents: int
    right: int
    roots: int
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
        The folder cannot be written.
    """
    folder = Path(folder)
    try:
        with as_file(files("stemmata.demo")) as packed:
            copytree(packed / "newsroom", folder / "newsroom", dirs_exist_ok=True)
            (folder / "metadata.csv").write_bytes((packed / "metadata.csv").read_bytes())
    except OSError as error:
        raise FolderError(
            f"the newsroom cannot be written: {error.strerror}.",
            where=str(folder),
            mend="choose a folder that you may write.",
        ) from error
    return folder / "newsroom", folder / "metadata.csv"


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
    wrong_roots = set()
    for one in made:
        parent = placed.get(one.doc, {}).get("parent")
        role = placed.get(one.doc, {}).get("role")
        if one.parent:
            fits = parent == one.parent or (one.parent == LOST and (parent or "").startswith("lost:"))
            right += fits
            if not fits:
                misses.append(f"{one.doc} was made from {one.parent}, and is placed below {parent or 'none'}")
            if role == "original":
                wrong_roots.add(one.family)
        elif one.kind not in ALONE and role not in ("original", "unresolved"):
            wrong_roots.add(one.family)
    misses += [f"the original of the family '{name}' is named wrongly" for name in sorted(wrong_roots)]
    return Score(
        families=len(true),
        exact=sum(members in groups for members in true.values()),
        parents=sum(bool(one.parent) for one in made),
        right=right,
        roots=len(true) - len(wrong_roots),
        misses=misses,
    )
