"""Data sets of Hugging Face among files: which files are their data, and which only say something about these.

There are two kinds of folders. One that the library *datasets* wrote (``save_to_disk``) names its data in
``state.json``; what it kept beside them is derived. A repository, downloaded or cloned, has a card: a README.md whose
head may say which files are data.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatch
from itertools import takewhile
from pathlib import PurePath
from typing import Any

from stemmata.errors import SourceError
from stemmata.readers.patterns import MAGIC, matches

STATE, INFO, SPLITS, INDICES, CARD = (
    "state.json",
    "dataset_info.json",
    "dataset_dict.json",
    "indices.arrow",
    "README.md",
)
ABOUT = (CARD, "LICENSE*", "CITATION*", "dataset_infos.json", INFO, "*.py")  # what of a repository is no text of it
OF_DATASETS = frozenset(
    ["configs", "dataset_info", "task_categories", "task_ids", "size_categories", "annotations_creators"]
)  # what the head of a card has, and that of no other README
KNOWN_BYTES = 16 << 20  # of a file of bookkeeping: state.json may name a hundred thousand shards
MOST_TRIED = 20_000_000  # parts of patterns with signs such as *, each of which is tried on each name
HEAD = re.compile(r"---[ \t]*\r?\n(.*?)^---[ \t]*$", re.DOTALL | re.MULTILINE)
ENTRY = re.compile(r"(?P<lead> *(?:- +)*)(?:(?P<key>[\w.-]+):(?= |$) *)?(?P<value>.*)")
REMARK = re.compile(r"(?:^| )#.*")

Read = Callable[[str], bytes]


@dataclass
class Sifted:
    """What of some files is to be read.

    Parameters
    ----------
    beside : set of str
        Names of files that belong to a data set and are no data of it.
    refused : dict of str to SourceError
        Names of files for which a data set, or a part of it, is not read, and why.
    """

    beside: set[str] = field(default_factory=set)
    refused: dict[str, SourceError] = field(default_factory=dict)


def sift(names: Iterable[str], read: Read) -> Sifted:
    """Tell which files of a folder, and of the folders in it, are no data of the data sets that they belong to.

    Parameters
    ----------
    names : iterable of str
        The paths of all files, relative to the folder.
    read : callable
        From a name to the bytes of the file; raises ``SourceError`` where that cannot be. Asked for files of
        bookkeeping alone.
    """
    ordered = sorted(names)
    folders: dict[str, set[str]] = {}
    for name in ordered:
        folder, slash, file = name.rpartition("/")
        folders.setdefault(folder + slash, set()).add(file)
    found = Sifted()
    complete = [(folder, files) for folder, files in folders.items() if {STATE, INFO} <= files]
    saved = {folder for folder, files in complete if _sift_saved(folder, files, read, found)}
    for folder, files in folders.items():
        if SPLITS in files and any(f"{folder}{split}/" in saved for split in _splits(folder, read)):
            found.beside.add(folder + SPLITS)
    for folder, files in folders.items():
        if CARD in files and (head := _head_of_card(folder, read)) is not None:
            below = set(_beginning_with(folder, ordered))
            loose = {name for name in below if name.rpartition("/")[0] + "/" not in saved}
            if data := _data(below - found.beside, head, len(folder)):
                found.beside |= loose - data
    return found


def blobs_of(folder: str) -> str | None:
    """Return where the hub's cache keeps the files to which those of a snapshot are links; None of other folders."""
    path = PurePath(folder)
    for part in (path, *path.parents):
        if part.parent.name == "snapshots" and part.parent.parent.name.startswith("datasets--"):
            return str(part.parent.parent / "blobs")
    return None


def _sift_saved(folder: str, files: set[str], read: Read, found: Sifted) -> bool:
    """Tell whether ``save_to_disk`` wrote a folder; if so, keep its data alone."""
    state = _object(folder + STATE, read)
    named = state.get("_data_files")
    if not isinstance(named, list) or not all(map(_is_named, named)):
        return False
    listed = [one["filename"] for one in named]
    if files.isdisjoint(listed):
        return False
    found.beside |= {folder + file for file in files.difference(listed)}
    if INDICES in files or any(value for key, value in state.items() if key.startswith("_indices")):
        found.beside |= {folder + file for file in files}
        found.refused[folder + STATE] = SourceError(
            "it is a selection of rows, which indices.arrow names; their table has others as well.",
            mend="save it anew: dataset.flatten_indices().save_to_disk(…), and give that folder.",
        )
        return True
    for file in listed:
        if file not in files:
            found.refused[folder + file] = SourceError(
                "state.json names it as data, and it is not there.", mend="copy or save the data set anew."
            )
    return True


def _is_named(entry: Any) -> bool:
    return isinstance(entry, dict) and isinstance(entry.get("filename"), str)


def _splits(folder: str, read: Read) -> list[str]:
    splits = _object(folder + SPLITS, read).get("splits")
    return [split for split in splits if isinstance(split, str)] if isinstance(splits, list) else []


def _object(name: str, read: Read) -> dict[str, Any]:
    try:
        found = json.loads(read(name))
    except (SourceError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _beginning_with(folder: str, ordered: Sequence[str]) -> Iterator[str]:
    first = bisect_left(ordered, folder)
    return takewhile(lambda name: name.startswith(folder), (ordered[at] for at in range(first, len(ordered))))


def _head_of_card(folder: str, read: Read) -> list[str] | None:
    """Return the lines of the head of a README that is the card of a data set."""
    try:
        head = HEAD.match(read(folder + CARD).decode(errors="replace"))
    except SourceError:
        return None
    lines = head[1].splitlines() if head else []
    keys = {line.partition(":")[0] for line in lines}
    return lines if keys & OF_DATASETS else None


def _data(names: set[str], head: Sequence[str], skip: int) -> set[str]:
    """Return the data of a repository: what its card names, if that is there, else all but what is about it.

    A card of more patterns than can be tried names nothing.

    Parameters
    ----------
    skip : int
        The length of the repository's own name, with which all names begin.
    """
    patterns = {tuple(part for part in one.split("/") if part not in ("", ".")) for one in _patterns(head)}
    signed = [pattern for pattern in patterns if any(MAGIC.intersection(part) for part in pattern)]
    named: set[str] = set()
    if sum(map(len, signed)) * len(names) <= MOST_TRIED:
        named |= _named(names, patterns.difference(signed), skip)
        named |= {name for name in names if any(matches(name[skip:].split("/"), pattern) for pattern in signed)}
    return named or {name for name in names if "/" in name[skip:] or not _is_about(name[skip:])}


def _named(names: set[str], paths: set[tuple[str, ...]], skip: int) -> set[str]:
    """Return the files that are named, or lie in a folder that is."""
    parted = {name: tuple(name[skip:].split("/")) for name in names}
    return {name for name, parts in parted.items() if any(parts[:at] in paths for at in range(len(parts) + 1))}


def _is_about(file: str) -> bool:
    return any(fnmatch(file, pattern) for pattern in ABOUT)


def _patterns(head: Sequence[str]) -> Iterator[str]:
    """Yield the paths and patterns that stand as ``data_files`` or ``data_dir`` in the ``configs`` of a card.

    Of YAML this understands what cards have: blocks, one entry a line, and lists in brackets.
    """
    within, files_at = False, -1
    for line in head:
        if not (entry := ENTRY.fullmatch(REMARK.sub("", line).rstrip())) or not (entry["key"] or entry["value"]):
            continue
        at, key = len(entry["lead"]), entry["key"]
        if key and not at:
            within, files_at = key == "configs", -1
            continue
        if key and at <= files_at:
            files_at = -1
        if not within or (files_at < 0 and key not in ("data_files", "data_dir")):
            continue
        if key == "data_files":
            files_at = at
        if key != "split":
            yield from filter(None, (value.strip(" \"'") for value in entry["value"].strip("[]").split(",")))
