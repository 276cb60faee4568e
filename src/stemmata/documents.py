"""Read: from files, tables and texts to one table of witnesses.

The result does not depend on the order in which the sources are given. What is not read has a row in
``skipped``, what was cut or replaced a row in ``notes``; both travel with the table.
"""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, fields
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any, Protocol, TypeAlias

import pyarrow as pa
import pyarrow.compute as pc

from stemmata import schemas
from stemmata.engines import Engine, LocalEngine
from stemmata.errors import ClashError, MissingSource, OptionError, SourceError, check_option
from stemmata.readers import find_format
from stemmata.readers.columns import take_records
from stemmata.readers.encoding import well_formed
from stemmata.readers.files import is_there, read_bytes
from stemmata.readers.frames import is_frame, read_frame
from stemmata.readers.language import SAMPLE_CHARACTERS, identify_language
from stemmata.readers.places import join, place, remark_as, skip

Moment: TypeAlias = "datetime | date | str | None"


class ArrowTable(Protocol):
    """A table that Arrow can take over: of pyarrow, pandas or polars, among others."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...


@dataclass(frozen=True)
class Text:
    """A text that is at hand already, as a source.

    Parameters
    ----------
    text : str
        The text; lone surrogates, which no file could hold, become U+FFFD.
    doc : str
        Its id.
    title, author, site, group, siglum, ours, published, modified, first_seen, not_before, not_after, \
dated_by, canonical, attribution, lineage, language, locators : optional
        As in ``schemas.DOCUMENTS``. Dates are times, days or strings of ISO 8601; without a time zone, UTC.
        ``locators`` are pairs of an offset in code points and a label.

    Raises
    ------
    SourceError
        ``text`` is not a string, or ``doc`` is not one that names something.
    """

    text: str
    _: KW_ONLY
    doc: str
    title: str | None = None
    author: str | None = None
    site: str | None = None
    group: str | None = None
    siglum: str | None = None
    ours: bool | None = None
    published: Moment = None
    modified: Moment = None
    first_seen: Moment = None
    not_before: Moment = None
    not_after: Moment = None
    dated_by: str | None = None
    canonical: str | None = None
    attribution: str | None = None
    lineage: Sequence[str] | None = None
    language: str | None = None
    locators: Sequence[tuple[int, str]] | None = None

    def __post_init__(self) -> None:
        for name, value in (("text", self.text), ("doc", self.doc)):
            if not isinstance(value, str):
                raise SourceError(
                    f"{name} must be a string, and is of {type(value).__name__}.",
                    where="Text",
                    mend=f"give {name} as a string.",
                )
        if not self.doc.strip():
            raise SourceError("doc is empty.", where="Text", mend="give the text an id of its own.")


Source: TypeAlias = "str | os.PathLike[str] | Text | ArrowTable"


@dataclass(frozen=True, kw_only=True)
class DocumentOptions:
    """How sources are read.

    Parameters
    ----------
    limit_bytes : int
        The largest file that is read, 1 to 2,147,483,647 bytes; larger ones are skipped unopened.
    language : str, optional
        ISO 639-1 code of the language of all documents, whatever they say; by default each document's own,
        else the one that its letters suggest.

    Raises
    ------
    OptionError
        An option is out of its range.
    """

    limit_bytes: int = 100_000_000
    language: str | None = None

    def __post_init__(self) -> None:
        check_option(self, "limit_bytes", 1, 2**31 - 1)
        code = self.language
        if code is not None and not (len(code) == 2 and code.isascii() and code.isalpha() and code.islower()):
            raise OptionError(
                f"language must be a code of two small letters, and is {code!r}.",
                where="DocumentOptions",
                mend="choose a code of ISO 639-1, e.g. 'en'.",
            )


DEFAULTS = DocumentOptions()


def read_documents(
    sources: Source | Iterable[Source], *, options: DocumentOptions = DEFAULTS, engine: Engine | None = None
) -> pa.Table:
    """Read sources into a table of documents.

    A file of text is a document; of a table in a file (JSON Lines, a JSON array, CSV, TSV, Parquet, Arrow)
    or at hand, each row is one. Tables need a column ``text``. Formats are told by their bytes, then by the
    name; encodings by :func:`stemmata.readers.encoding.decode`.

    The id of a document is the user's own (``doc`` or ``id``); else a file's name, or its path as given
    where two of the sources have one name; for a row without an id, that and the row's number: ``a.csv#3``.

    Parameters
    ----------
    sources : path, Text, table, or several of them
        Paths of files; ``Text``; tables of Arrow, pandas or polars.
    options : DocumentOptions
        Limits, and a language for all.
    engine : Engine, optional
        Where to read; by default this machine.

    Returns
    -------
    pyarrow.Table
        ``schemas.DOCUMENTS``, sorted by ``doc``; ``skipped`` and ``notes`` travel with it. If nothing could
        be read, no rows.

    Raises
    ------
    MissingSource
        A file is not there.
    ClashError
        A file is given twice, or two documents have one id.
    SourceError
        Nothing is given, or something that cannot be a source.
    """
    rows = _read_rows(sources, options, engine or LocalEngine())
    return schemas.DOCUMENTS.check(rows)


def read_pair(
    a: Source, b: Source, *, options: DocumentOptions = DEFAULTS, engine: Engine | None = None
) -> tuple[pa.Table, tuple[str, str]]:
    """Read two sources of one document each.

    Returns
    -------
    documents : pyarrow.Table
        ``schemas.DOCUMENTS``, two rows; ``skipped`` and ``notes`` travel with it.
    ids : tuple of str
        The ids of a's document and of b's.

    Raises
    ------
    SourceError
        A document could not be read, or a source holds more than one. Further as ``read_documents``.
    """
    rows = _read_rows([a, b], options, engine or LocalEngine())
    docs = list(map(str, rows["doc"].to_pylist()))
    if len(docs) != 2:
        raise _not_two(docs, schemas.remarks([rows], "skipped").to_pylist())
    # paths are read first, then texts, then tables; within these in the order given
    turned = _rank(a) > _rank(b)
    ids = (docs[1], docs[0]) if turned else (docs[0], docs[1])
    return schemas.DOCUMENTS.check(rows), ids


def _not_two(docs: list[str], skipped: list[dict[str, str]]) -> SourceError:
    if not skipped:
        return SourceError(
            f"two documents are compared, and the sources hold {len(docs)}.",
            where=", ".join(docs[:5]),
            mend="give two sources of one document each.",
        )
    reasons, mends = (" ".join(dict.fromkeys(row[part] for row in skipped)) for part in ("reason", "mend"))
    return SourceError(f"not read: {reasons}", where=", ".join(row["uri"] for row in skipped), mend=mends)


def _rank(source: Source) -> int:
    return 1 if isinstance(source, Text) else 2 if is_frame(source) else 0


def _read_rows(sources: Source | Iterable[Source], options: DocumentOptions, engine: Engine) -> pa.Table:
    """Return the documents with their places, in the order read: paths, texts, tables."""
    paths, texts, tables = _parted(sources)
    files = engine.map(_read_files, _files(paths), options)
    rows = join([files, _read_texts(texts), *(_read_table(table, len(tables) == 1) for table in tables)])
    _refuse_clashes(rows)
    return remark_as(engine.map(_name_languages, rows, options.language), [rows])


def _parted(sources: Source | Iterable[Source]) -> tuple[list[str], list[Text], list[Any]]:
    """Return the paths, the texts and the tables among the sources."""
    paths: list[str] = []
    texts: list[Text] = []
    tables: list[Any] = []
    for source in _listed(sources):
        if isinstance(source, Text):
            texts.append(source)
        elif is_frame(source):
            tables.append(source)
        elif isinstance(source, str | os.PathLike):
            paths.append(os.fsdecode(source))
        else:
            raise SourceError(
                f"a source cannot be of {type(source).__name__}.",
                mend="give paths, texts as stemmata.Text, or tables of Arrow, pandas or polars.",
            )
    if not (paths or texts or tables):
        raise SourceError("there is no source.", mend="give at least one file, text or table.")
    return paths, texts, tables


def _listed(sources: Source | Iterable[Source]) -> Iterable[object]:
    """Return the sources as several, also where there is one, though a table may be iterated over."""
    one = isinstance(sources, str | bytes | Mapping) or is_frame(sources)
    return sources if isinstance(sources, Iterable) and not one else [sources]


def _files(paths: Sequence[str]) -> pa.Table:
    """Return the files and the names that stand for them, once it is sure that each is there, and once."""
    missing = sorted(path for path in paths if not is_there(path))
    if missing:
        raise MissingSource(
            "a source is not there." if len(missing) == 1 else f"{len(missing)} sources are not there.",
            where=", ".join(path[:200] for path in missing[:5]) or "''",
            mend="check the path; to hand in a text itself, use stemmata.Text(text, doc='…').",
        )
    for (a_place, a), (b_place, b) in pairwise(sorted((os.path.abspath(path), path) for path in paths)):
        if a_place == b_place:
            raise ClashError("a file is given twice.", where=f"{a} and {b}", mend="give it once.")
    uris = [well_formed(Path(path).as_posix())[0] for path in paths]
    names = [well_formed(Path(path).name)[0] for path in paths]
    often = Counter(names)
    names = [name if often[name] == 1 else uri for name, uri in zip(names, uris, strict=True)]
    encoded = pa.array([os.fsencode(path) for path in paths], pa.binary())
    return pa.table([encoded, pa.array(uris, pa.string()), pa.array(names, pa.string())], ["path", "uri", "name"])


def _read_files(files: pa.Table, options: DocumentOptions) -> pa.Table:
    return join([_read_file(**file, limit_bytes=options.limit_bytes) for file in files.to_pylist()])


def _read_file(path: bytes, uri: str, name: str, limit_bytes: int) -> pa.Table:
    try:
        data = read_bytes(path, limit_bytes)
        kind = find_format(data, uri)
        return place(kind.read(data), kind.media_type, name=name, uri=uri)
    except SourceError as error:
        return skip(uri, error)


def _read_texts(texts: Sequence[Text]) -> pa.Table:
    names = [field.name for field in fields(Text)]
    records = [{name: getattr(text, name) for name in names} for text in texts]
    places = [f"Text(doc={text.doc!r})" for text in texts]
    return place(take_records(records, [None] * len(texts)), "text/plain", places=places)


def _read_table(table: Any, alone: bool) -> pa.Table:
    try:
        rows = read_frame(table)
        # of several tables each is named by what it holds, so that their order does not show
        name = "table" if alone else f"table-{hashlib.sha256(repr(rows['text'].to_pylist()).encode()).hexdigest()[:8]}"
        return place(rows, "text/plain", name=name, uri=name)
    except SourceError as error:
        return skip("table", error)


def _refuse_clashes(rows: pa.Table) -> None:
    """Refuse two rows of one id; of several such ids, the first in order is named."""
    docs = list(map(str, rows["doc"].to_pylist()))
    if len(set(docs)) == len(docs):
        return
    doc = min(doc for doc, count in Counter(docs).items() if count > 1)
    places = sorted(str(rows["place"][row]) for row, own in enumerate(docs) if own == doc)
    raise ClashError(
        f"{len(places)} documents have the id {doc!r}.",
        where=" and ".join(places[:2]),
        mend="give each an id of its own: in a column 'doc', or as Text(…, doc='…').",
    )


def _name_languages(rows: pa.Table, language: str | None) -> pa.Table:
    """Fill the column ``language``: with the one for all, else the document's own, else by its letters."""
    if language:
        languages: list[str | None] = [language] * rows.num_rows
    else:
        own, samples = rows["language"], pc.utf8_slice_codeunits(rows["text"], 0, SAMPLE_CHARACTERS)
        pairs = zip(own.to_pylist(), samples.to_pylist(), strict=True)
        languages = [known or identify_language(str(sample)) for known, sample in pairs]
    column = rows.column_names.index("language")
    return rows.set_column(column, "language", pa.array(languages, pa.string()))
