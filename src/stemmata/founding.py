"""Make a library: what is known of the collection, and how texts are sampled, is settled then and stays."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from stemmata import catalog, schemas
from stemmata._version import __version__
from stemmata.errors import FormatError, MissingSource, OptionError
from stemmata.facts import CAP, Facts
from stemmata.folder import Folder, of_another
from stemmata.joined import HASHES
from stemmata.pipeline import Options
from stemmata.shards import read_statistics
from stemmata.sketches import check_value

EXPECTED = 100_000  # documents, where nobody says how many there will be


def found_library(
    path: Path, expect: int | None, statistics: str | os.PathLike[str] | None, options: Options
) -> Folder:
    """Make a library without documents.

    Parameters
    ----------
    expect : int, optional
        About how many documents it will hold; by default as many as the statistics are of, else 100,000.
    statistics : path, optional
        Of a pile like it.

    Raises
    ------
    OptionError
        ``expect`` is out of its range.
    FormatError, FolderError, MissingSource, SourceError
        The folder cannot be made; or there are no such statistics.
    """
    check_expected(expect)
    known = None if statistics is None else read_statistics(statistics).table
    folder = Folder.create(path, catalog.LIBRARY)
    with folder.change() as change:
        if "statistics" in change.before.tables:  # another process has made it since
            return folder
        change.put("statistics", expecting(known, expect))
        change.about = {
            "version": __version__,
            "verb": catalog.LIBRARY,
            HASHES: check_value(),
            "options": options.to_dict(),
            "started": datetime.now(UTC).isoformat(),
        }
    return folder


def expecting(statistics: pa.Table | None, expect: int | None) -> pa.Table:
    """Return ``schemas.STATISTICS`` of a collection of so many documents; of none, nothing but that is known."""
    facts = [("documents", "", "", float(expect or EXPECTED)), ("cap", "", "", float(CAP))]
    if statistics is None:
        return schemas.STATISTICS.table(dict(zip(schemas.STATISTICS.arrow.names, fact, strict=True)) for fact in facts)
    if expect is None:
        return statistics
    others = statistics.filter(pc.not_equal(statistics["fact"], "documents"))
    rows = [dict(zip(schemas.STATISTICS.arrow.names, facts[0], strict=True)), *others.to_pylist()]
    return schemas.STATISTICS.table(rows)


def check_expected(expect: int | None) -> None:
    """Refuse a number of documents that no library has.

    Raises
    ------
    OptionError
        It is out of its range.
    """
    if expect is not None and not (isinstance(expect, int) and 1 <= expect <= 10**9):
        raise OptionError(
            f"a library of {expect!r} documents cannot be.", where="expect", mend="choose a number from 1 to 10**9."
        )


def own_options(folder: Folder) -> Options:
    """Return the options with which a library was made.

    Raises
    ------
    FormatError
        The folder is no library.
    """
    about: Any = folder.catalog.about
    if about.get("verb") != catalog.LIBRARY:
        raise FormatError(
            f"this is no library, but a folder that 'stemmata {about.get('verb', 'trace')}' has written.",
            where=str(folder.path),
            mend="give a folder that 'stemmata add' has made, or a new one.",
        )
    return Options.of(folder)


def refuse_outdated(folder: Folder) -> None:
    """Refuse a library whose postings another version made, in which no k-gram of ours would be found.

    Raises
    ------
    FormatError
        It is.
    """
    if folder.catalog.about.get(HASHES) != check_value():
        raise of_another(
            folder,
            "its words were cut or hashed in another way than this stemmata does.",
            "fingerprint its documents anew: stemmata rebuild.",
        )


def refuse_other(
    folder: Folder, expect: int | None, statistics: str | os.PathLike[str] | None, options: Options | None
) -> None:
    """Refuse what a library, once it is made, does not change by itself.

    Its statistics are read only if any are given: where they are damaged, it can be opened, checked and compacted.

    Raises
    ------
    OptionError
        Names what differs.
    """
    mend = "leave it out; or make another library with it."
    if expect is not None and (made_for := _facts(folder).documents(0)) != expect:
        raise OptionError(
            f"the library was made for {made_for:,} documents, not for {expect:,}.", where=str(folder.path), mend=mend
        )
    if statistics is not None:
        known = Facts.of(expecting(read_statistics(statistics).table, expect))
        if known.digest != _facts(folder).digest:
            raise OptionError("the library was made with other statistics.", where=str(folder.path), mend=mend)
    if options is None:
        return
    made, given = (asdict(one.fingerprints) for one in (own_options(folder), options))
    for name, value in made.items():
        if given[name] != value:
            raise OptionError(
                f"the library was made with fingerprints.{name} = {value}, not {given[name]}.",
                where=str(folder.path),
                mend=mend,
            )


def _facts(folder: Folder) -> Facts:
    return Facts.of(folder.read("statistics"))


def no_library(path: Path) -> MissingSource:
    """Return the error that a library is not there.

    Raises
    ------
    FolderError
        It is there, without its catalogue.
    """
    catalog.refuse_lost(path)
    return MissingSource("there is no library.", where=str(path), mend="check the path; 'stemmata add' makes one.")


def refuse_inside(library: Path, paths: Iterable[str]) -> None:
    """Refuse to take for documents what lies in the library's own folder.

    Raises
    ------
    OptionError
        A path, or a pattern, leads there.
    """
    own = os.path.realpath(library)
    for path in paths:
        if "\0" not in path and Path(os.path.realpath(path)).is_relative_to(own):
            raise OptionError(
                "these are files of the library itself, not documents.",
                where=path,
                mend="give the files that hold the documents; what the library holds need not be added.",
            )
