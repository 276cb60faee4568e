"""Files of counts: rows of ``schemas.STATISTICS`` with what is to be known of them, in one Parquet file.

The file's metadata say under one key, in JSON, which language was counted and in how many texts, which were left out
and why, what the user says about the source, and a check value of the words' hashes.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from stemmata import schemas
from stemmata._version import __version__
from stemmata.catalog import refuse_within
from stemmata.errors import FolderError, MissingSource, SourceError, StemmataError, cause
from stemmata.placing import place_file
from stemmata.readers.addresses import shown
from stemmata.surroundings import surroundings_of
from stemmata.tokens import words_of
from stemmata.wordpairs import PAIR, WORD, WORDS

FORMAT = 1
KEY = b"stemmata.counts"
CHECKED = "Nothing’s naïve: don't mix 1,200 word-pairs, ελλάδα, Москва or 東京 up."
MEND = "give a file that 'stemmata counts build' has written."
AGAIN = "build the file anew, with 'stemmata counts build'."


@dataclass(frozen=True, kw_only=True)
class Provenance:
    """What a file of counts says of itself.

    Parameters
    ----------
    language : str
        ISO 639-1 code.
    texts, words : int
        Texts that were counted, and words in them.
    pairs : int
        Pairs of words that the file holds.
    least : int
        How often a pair, or a word, must have been seen to stand in it.
    left_out : mapping of str to int
        Texts that were not counted, by reason.
    about : str
        What the user says about the source and its terms.
    version : str
        Of the stemmata that counted.
    """

    language: str
    texts: int
    words: int
    pairs: int
    least: int
    left_out: Mapping[str, int]
    about: str = ""
    version: str = __version__


def check_place(path: str | os.PathLike[str]) -> None:
    """Refuse a place for a file of counts before anything is counted: another file must not be lost to it.

    Raises
    ------
    FolderError
        There is no such folder, or what is there is no file of counts.
    OptionError
        As ``catalog.refuse_within``.
    """
    refuse_within(path)
    path = Path(path)
    if not path.absolute().parent.is_dir():
        raise FolderError(
            "there is no folder to write the file of counts into.", where=str(path), mend="make it first."
        )
    if os.path.lexists(path) and not _is_counts(path):
        raise FolderError(
            "what is there is no file of counts, and would be overwritten.",
            where=str(path),
            mend="choose the name of a new file, or of a file of counts.",
        )


def _is_counts(path: Path) -> bool:
    try:
        return path.is_file() and KEY in (pq.read_metadata(path).metadata or {})
    except (OSError, pa.ArrowException):
        return False


def write_counts(path: str | os.PathLike[str], rows: pa.Table, provenance: Provenance) -> Path:
    """Write counts into a file that appears whole or not at all, and return its path.

    Raises
    ------
    FolderError
        It cannot be written, or something that is not a file of counts is there.
    """
    told = {"format": FORMAT, "check": _check_value(), **asdict(provenance)}
    table = rows.replace_schema_metadata({KEY: json.dumps(told)})

    def write(fresh: Path) -> None:
        pq.write_table(
            table,
            fresh,
            compression="zstd",
            compression_level=19,
            use_dictionary=["fact", "language", "value"],
            column_encoding={"word": "DELTA_BYTE_ARRAY"},
        )

    return place_file(path, write, "the file of counts")


def read_provenance(path: str | os.PathLike[str]) -> Provenance:
    """Return what a file of counts says of itself; its rows are not read.

    Raises
    ------
    MissingSource
        There is no such file.
    SourceError
        It is no file of counts, was written by a newer stemmata, or its words were cut in another way.
    """
    where = shown(path)
    if not os.path.isfile(path):
        raise MissingSource("there is no such file of counts.", where=where, mend=MEND)
    try:
        told = json.loads((pq.read_metadata(path).metadata or {})[KEY])
        version, check = told.pop("format"), told.pop("check")
        if version > FORMAT:
            raise SourceError(
                f"the file of counts has format {version}; this stemmata knows up to {FORMAT}.",
                where=where,
                mend="upgrade: pip install --upgrade stemmata; or " + AGAIN,
            )
        if check != _check_value():
            raise SourceError(
                "the words of this file were cut or hashed in another way than this stemmata does.",
                where=f"{where}, written by stemmata {told['version']}",
                mend=AGAIN,
            )
        return Provenance(**{field.name: told[field.name] for field in fields(Provenance)})
    except StemmataError:
        raise
    except (OSError, pa.ArrowException, KeyError, TypeError, ValueError, AttributeError) as error:
        raise SourceError("this is no file of counts.", where=where, mend=MEND) from error


def read_counts(paths: Iterable[str | os.PathLike[str]]) -> list[pa.Table]:
    """Return the rows of files of counts.

    Raises
    ------
    MissingSource, SourceError
        As ``read_provenance``; or a file's rows are not what it promises.
    """
    return [_read(path) for path in paths]


def _read(path: str | os.PathLike[str]) -> pa.Table:
    language = read_provenance(path).language
    try:
        rows = schemas.STATISTICS.check(pq.read_table(path))
        if not _are_counts(rows, language):
            raise pa.ArrowInvalid("a row is no count")
        return rows.replace_schema_metadata(None)
    except (OSError, pa.ArrowException, StemmataError) as error:
        raise SourceError(
            f"the file of counts is damaged: {cause(error)}.", where=os.fspath(path), mend=AGAIN
        ) from error


def _are_counts(rows: pa.Table, language: str) -> bool:
    keyed = pc.match_substring_regex(rows.column("word"), "^[0-9a-f]{8}$")
    total = pc.equal(rows.column("fact"), WORDS)
    known: tuple[Any, ...] = (
        pc.equal(rows.column("language"), language),
        pc.is_in(rows.column("fact"), pa.array([PAIR, WORD, WORDS])),
        pc.or_(total, keyed),
        pc.and_(pc.greater(rows.column("value"), 0), pc.is_finite(rows.column("value"))),
    )
    return pc.sum(total).as_py() == 1 and all(pc.all(each).as_py() for each in known)


def _check_value() -> str:
    """Return what the hashes of a fixed line come to: another tokeniser, or another hash, gives another value."""
    found = surroundings_of([words_of(CHECKED)])
    return f"{int(found.places.sum()) ^ int(found.words.sum()):016x}"
