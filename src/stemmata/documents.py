"""Read: from files, folders, archives, tables and texts to one table of witnesses.

The result does not depend on the order in which the sources are given. What is not read has a row in
``skipped``, what was cut or replaced a row in ``notes``; both travel with the table.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from stemmata import schemas
from stemmata.engines import Engine, LocalEngine, check_rows, sort_rows
from stemmata.errors import OptionError, SourceError, check_option
from stemmata.readers.addresses import absolute_place
from stemmata.readers.isolation import Reading, reading
from stemmata.readers.language import identify_languages
from stemmata.readers.limits import PROFILES, Limits
from stemmata.readers.naming import is_own, name_documents
from stemmata.readers.pieces import find_pieces
from stemmata.readers.places import bundle, join, remark_as
from stemmata.readers.reading import read_pieces
from stemmata.readers.shares import Cut, Share
from stemmata.readers.sources import ArrowTable, Source, Text, part_sources, read_table, read_texts
from stemmata.readers.walking import find_files

__all__ = [
    "ArrowTable",
    "DocumentOptions",
    "ShareOfDocuments",
    "Source",
    "Text",
    "called_columns",
    "read_all",
    "read_arrivals",
    "read_documents",
    "read_one",
    "read_pair",
    "read_placed_documents",
    "read_share",
]


@dataclass(frozen=True, kw_only=True)
class DocumentOptions:
    """How sources are read.

    Parameters
    ----------
    limit_bytes : int
        The largest file that is read, also once unpacked, 1 to 2,147,483,647 bytes; of JSON Lines, Parquet and
        Arrow, the longest line or text, of web archives the longest record: such files may have any size. What is
        larger is skipped unread. All files of an archive together may unpack to ten times as much.
    limit_pages : int
        The most pages of a PDF, 1 to 1,000,000; files with more are skipped.
    limit_nesting : int
        How deep the elements of HTML (pages, mails, entries of feeds), of XML (TEI, ALTO, PAGE, feeds, dumps of
        wikis), of an office document or of a book may be nested, 1 to 2,000; deeper ones are skipped.
    limit_depth : int
        How deep archives, and compressed files, may lie in one another, 0 to 20; with 0, none within another is
        opened. A compressed tar archive is one.
    limit_ratio : int
        How many times its packed size a compressed file, a file or record of an archive, or a part of an office
        document or book, may have once unpacked, 1 to 1,000,000; one that swells more is skipped as a bomb. Up to a
        megabyte, any may.
    limit_files : int
        The most files in an archive, 1 to 10,000,000, those of archives in it among them; an archive with
        more is skipped.
    limit_seconds : float
        The longest that the reader of one file may take, 0.1 to 86,400 seconds; it is then ended, and the
        file skipped. It holds for what is read in worker processes: HTML, XML, mail, PDF, office documents, books,
        Parquet, Arrow, large Markdown, records of web archives, and files of a megabyte and more. All files of an
        archive together may take ten times as long.
    language : str, optional
        ISO 639-1 code of the language of all documents, whatever they say; by default each document's own,
        else the one that its letters suggest.
    text : str
        The column of tables that holds the texts; where there is no ``text``, and no other is named, one is taken for
        it by its name or by the length of its values, and a note says which.
    id : str, optional
        The column of tables that holds the ids; by default ``doc``, else ``id``, else one that is taken for it.
    pages : str
        What of an HTML page is its text: ``main``, the main text; ``fast``, the same found more simply, in a third of
        the time, for crawls; or ``whole``, all that a reader of the page sees, menus and comments too.

    Raises
    ------
    OptionError
        An option is out of its range.
    """

    limit_bytes: int = Limits.bytes
    limit_pages: int = Limits.pages
    limit_nesting: int = Limits.depth
    limit_depth: int = Limits.levels
    limit_ratio: int = Limits.ratio
    limit_files: int = Limits.files
    limit_seconds: float = Limits.seconds
    language: str | None = None
    text: str = "text"
    id: str | None = None
    pages: str = Limits.profile

    def __post_init__(self) -> None:
        check_option(self, "limit_bytes", 1, 2**31 - 1)
        check_option(self, "limit_pages", 1, 1_000_000)
        check_option(self, "limit_nesting", 1, 2_000)
        check_option(self, "limit_depth", 0, 20)
        check_option(self, "limit_ratio", 1, 1_000_000)
        check_option(self, "limit_files", 1, 10_000_000)
        check_option(self, "limit_seconds", 0.1, 86_400)
        for option in ("text", "id"):
            if not isinstance(getattr(self, option), str | None if option == "id" else str):
                raise OptionError(
                    f"{option} must be the name of a column, and is {getattr(self, option)!r}.",
                    where=f"option {option}",
                    mend="give the name as text.",
                )
        if self.pages not in PROFILES:
            raise OptionError(
                f"pages must be one of {', '.join(PROFILES)}, and is {self.pages!r}.",
                where="option pages",
                mend="choose 'main', unless a crawl is to be read 'fast' or all of a page counts: 'whole'.",
            )
        code = self.language
        if code is not None and not (len(code) == 2 and code.isascii() and code.isalpha() and code.islower()):
            raise OptionError(
                f"language must be a code of two small letters, and is {code!r}.",
                where="option language",
                mend="choose a code of ISO 639-1, e.g. 'en'.",
            )


DEFAULTS = DocumentOptions()


class ShareOfDocuments(NamedTuple):
    """What one machine of several read.

    Parameters
    ----------
    documents : pyarrow.Table
        ``schemas.DOCUMENTS``; ``skipped`` and ``notes`` travel with it. Ids are those that documents have among all
        sources, unless two of different shares would have one.
    places : pyarrow.Table
        ``schemas.PLACES``: where each stands, in the same order.
    files : pyarrow.Table
        ``schemas.FILES``: files that may give their names; those of all shares are all files.
    digest : str
        Equal for all shares of the same files.
    """

    documents: pa.Table
    places: pa.Table
    files: pa.Table
    digest: str


def read_documents(
    sources: Source | Iterable[Source],
    *,
    metadata: str | os.PathLike[str] | ArrowTable | None = None,
    apart: str | os.PathLike[str] | None = None,
    options: DocumentOptions = DEFAULTS,
    engine: Engine | None = None,
) -> pa.Table:
    """Read sources into a table of documents.

    A file of text or Markdown, an HTML page, a TEI text, a mail, a PDF, an office document, a book and a file of
    ALTO, PAGE XML or hOCR are a document each; so is each mail of an mbox, each entry of a feed and each article in
    a dump of MediaWiki; of a table in a file (JSON Lines, a JSON array, CSV, TSV, Parquet, Arrow) or at hand, each
    row is one. Tables need a column ``text``. A zip or tar archive stands for the files in it, a compressed file
    (gzip, bzip2, xz, zstd) for what is in it, a web archive (WARC, WET, ARC) for the pages and texts that were
    fetched. Formats are told by their bytes, then by the name; encodings by
    :func:`stemmata.readers.encoding.decode`. What C code parses (HTML, XML, office documents, books, PDF, Parquet,
    Arrow), mail, records of web archives and large files are read in worker processes.

    The id of a document is the user's own (``doc`` or ``id``), of several rows of files with one the file and it
    (``a.csv:7``); else the path of its file, relative to the folder, to the fixed part of the pattern or inside the
    archive that was given; of a file that was given itself, its name; for a row without an id, that and the row's
    number: ``a.csv#3``. Where two files would be called the same, both are called by their paths as given. The id of a
    page of a web archive is its address; of one that was fetched again, with the time behind it.

    Parameters
    ----------
    sources : path, Text, table, or several of them
        Paths of files; of folders, read with all folders in them; patterns with ``*``, ``?``, ``[…]`` and
        ``**``; addresses of these, such as ``s3://bucket/folder`` (the extra ``remote``); ``Text``; tables of Arrow,
        pandas or polars. Hidden files and links to folders are left out.
        A file to which several folders or patterns lead is read once.
    metadata : path or table, optional
        What is known of the documents: a table with ``doc`` (or ``id``), ``path`` or ``glob``, and columns of
        ``schemas.DOCUMENTS``; see :func:`stemmata.readers.metadata.describe`.
    apart : path, optional
        A file that is no document, should a folder or a pattern lead to it, as one of metadata is none.
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
        A path leads nowhere, or a pattern matches nothing.
    ClashError
        A path is given twice, or two texts or rows at hand have one id.
    SourceError
        Nothing is given, or something that cannot be a source; or the metadata cannot be read, or contradict
        themselves.
    """
    engine = engine or LocalEngine()
    return check_rows(schemas.DOCUMENTS, _read_rows(sources, metadata, options, engine, apart), engine)


def read_placed_documents(
    sources: Source | Iterable[Source],
    *,
    metadata: str | os.PathLike[str] | ArrowTable | None = None,
    apart: str | os.PathLike[str] | None = None,
    options: DocumentOptions = DEFAULTS,
    engine: Engine | None = None,
) -> pa.Table:
    """Read sources as :func:`read_documents` does, and say of each document where it stands.

    Returns
    -------
    pyarrow.Table
        ``schemas.PLACED_DOCUMENTS``, sorted by ``doc``: the columns of ``schemas.DOCUMENTS``, then ``source``, ``uri``,
        ``path``, ``member`` and ``row``. ``skipped`` and ``notes`` travel with it.
    """
    engine = engine or LocalEngine()
    rows = _read_rows(sources, metadata, options, engine, apart)
    return check_rows(schemas.PLACED_DOCUMENTS, rows, engine)


def read_arrivals(
    sources: Source | Iterable[Source],
    *,
    metadata: str | os.PathLike[str] | ArrowTable | None = None,
    only: pa.Table | None = None,
    options: DocumentOptions = DEFAULTS,
    engine: Engine | None = None,
) -> pa.Table:
    """Read sources as :func:`read_documents` does, for a library.

    Parameters
    ----------
    only : pyarrow.Table, optional
        Of the files to which the sources lead, those that are read: rows of :func:`find_files`, which looks no more.

    Returns
    -------
    pyarrow.Table
        ``schemas.HELD_DOCUMENTS`` with numbers from 0, sorted by ``doc``; paths are absolute. ``skipped`` and ``notes``
        travel with it.
    """
    engine = engine or LocalEngine()
    rows = _read_rows(sources, metadata, options, engine, only=only)
    paths = rows["path"].combine_chunks().dictionary_encode()
    absolute = pa.array(map(absolute_place, paths.dictionary.to_pylist()), pa.binary())
    rows = rows.set_column(rows.column_names.index("path"), "path", absolute.take(paths.indices))
    told = rows.schema.metadata  # apart: what travels with each part of a table is added up
    rows = sort_rows(rows.replace_schema_metadata(None), schemas.DOCUMENTS.key, engine)
    rows = rows.append_column("number", pa.array(np.arange(rows.num_rows, dtype=np.uint32)))
    return schemas.HELD_DOCUMENTS.conform(rows).replace_schema_metadata(told)


def read_share(
    sources: Source | Iterable[Source],
    share: Share,
    *,
    apart: str | os.PathLike[str] | None = None,
    options: DocumentOptions = DEFAULTS,
    engine: Engine | None = None,
) -> ShareOfDocuments:
    """Read the share of one machine of several, as ``read_documents`` would among all.

    Which files these are, and which pieces of large JSON Lines and Parquet, is decided by the files alone, not by the
    order of the sources.

    Parameters
    ----------
    sources : path, or several of them
    share : Share
        Which one, of how many.
    apart : path, optional
        A file that is no document, should a folder or a pattern lead to it.

    Raises
    ------
    SourceError
        A source is a text or a table at hand. Further as ``read_documents``.
    """
    engine, limits = engine or LocalEngine(), limits_of(options)
    paths, texts, tables = part_sources(sources)
    if texts or tables:
        raise SourceError("only files can be shared out.", where="sources", mend="write texts and tables into a file.")
    files = find_files(paths, apart=None if apart is None else os.fsdecode(apart))
    cut = Cut.of(files, share)
    with reading() as run:
        pieces = cut.own(find_pieces(cut.files, limits, engine))
        read = engine.map(_read_part, pieces.rows, limits, run, weights=pieces.held, amounts=pieces.sizes)
    rows = name_documents(read, files)
    rows = in_languages(rows.append_column("own", read["doc"]), options.language, engine)
    row = cut.row(rows["path"])
    for name, stamp in (("bytes", cut.bytes), ("time", cut.time)):
        rows = rows.append_column(name, pa.array(stamp[row]))
    places = pa.array(map(absolute_place, cut.files["path"].to_pylist()), pa.binary())
    rows = rows.set_column(rows.column_names.index("path"), "path", places.take(pa.array(row)))
    rows = rows.replace_schema_metadata(None)
    told = schemas.FILES.check(cut.files.filter(pa.array(cut.told)))
    remarked = [read, pieces.rows, *([files] if share.number == 1 else [])]  # what is met on the way, once
    documents = check_rows(schemas.DOCUMENTS, remark_as(rows, remarked), engine)
    return ShareOfDocuments(documents, schemas.PLACES.check(rows), told, cut.digest)


def read_all(
    sources: Source | Iterable[Source], what: str, *, options: DocumentOptions = DEFAULTS, engine: Engine | None = None
) -> pa.Table:
    """Read sources of which none may be missed in silence, as ``read_documents`` does.

    Raises
    ------
    SourceError
        One could not be read; ``what`` says what it is: "a base text". Further as ``read_documents``.
    """
    documents = read_documents(sources, options=options, engine=engine)
    for row in schemas.remarks([documents], "skipped").to_pylist():
        raise SourceError(f"{what} was not read: {row['reason']}", where=row["uri"], mend=row["mend"])
    return documents


def read_one(
    source: Source, what: str, *, options: DocumentOptions = DEFAULTS, engine: Engine | None = None
) -> pa.Table:
    """Read a source that holds one document.

    Parameters
    ----------
    what : str
        What it is, for the error: "a text to be found".

    Raises
    ------
    SourceError
        It holds none or several. Further as :func:`read_all`.
    """
    documents = read_all(source, what, options=options, engine=engine)
    if documents.num_rows != 1:
        docs = documents["doc"].to_pylist()
        raise SourceError(
            f"{what} is one document, and the source holds {len(docs)}.",
            where=", ".join(docs[:5]),
            mend="give a source of one document.",
        )
    return documents


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
    rows = _read_rows([a, b], None, options, engine or LocalEngine())
    docs = list(map(str, rows["doc"].to_pylist()))
    of = dict(zip(rows["source"].to_pylist(), docs, strict=True))
    if len(docs) != 2 or len(of) != 2:
        raise _not_two(docs, schemas.remarks([rows], "skipped").to_pylist())
    return schemas.DOCUMENTS.check(rows), (of[0], of[1])


def _not_two(docs: list[str], skipped: list[dict[str, str]]) -> SourceError:
    if len(docs) > 2 or not skipped:
        both = "one of the sources holds both" if len(docs) == 2 else f"the sources hold {len(docs)}"
        return SourceError(
            f"two documents are compared, one from each source, and {both}.",
            where=", ".join(docs[:5]),
            mend="give two sources of one document each.",
        )
    reasons, mends = (" ".join(dict.fromkeys(row[part] for row in skipped)) for part in ("reason", "mend"))
    return SourceError(f"not read: {reasons}", where=", ".join(row["uri"] for row in skipped), mend=mends)


def _read_rows(
    sources: Source | Iterable[Source],
    metadata: str | os.PathLike[str] | ArrowTable | None,
    options: DocumentOptions,
    engine: Engine,
    apart: str | os.PathLike[str] | None = None,
    only: pa.Table | None = None,
) -> pa.Table:
    """Return the documents with ids and the places that they come from."""
    paths, texts, tables = part_sources(sources)
    apart = metadata if isinstance(metadata, str | os.PathLike) else apart
    beside = None if apart is None else os.fsdecode(apart)
    limits = replace(limits_of(options), apart=beside or "")
    files = find_files(paths, apart=beside) if only is None else only
    with reading() as run:
        pieces = find_pieces(files, limits, engine)
        read = engine.map(_read_part, pieces.rows, limits, run, weights=pieces.held, amounts=pieces.sizes)
        parts = [read, read_texts(texts)]
        parts += [read_table(table, source, len(tables) == 1, limits.called) for source, table in tables.items()]
        read = join(parts)
        named = name_documents(read, files)
        remarked = [read, files, pieces.rows, named]
        rows = named.replace_schema_metadata(None).append_column("own", is_own(read, named))
        if metadata is not None:
            from stemmata.readers.metadata import describe, read_metadata

            rows = describe(rows, read_metadata(metadata, limits))
            remarked.append(rows)
    rows = in_languages(rows, options.language, engine)
    return remark_as(rows.replace_schema_metadata(None), remarked)


def in_languages(rows: pa.Table, language: str | None, engine: Engine) -> pa.Table:
    """Return the rows with the language for all, else each document's own, else by its letters, else as declared."""
    if language:
        languages = pa.chunked_array([pa.repeat(pa.scalar(language), rows.num_rows)])
    else:
        languages = engine.map(_languages, rows.select(["language", "declared", "text"])).column("language")
    return rows.set_column(rows.column_names.index("language"), "language", languages).drop_columns("declared")


def called_columns(options: DocumentOptions) -> dict[str, str]:
    """Return what the columns ``text`` and ``doc`` of tables are called, where other than that."""
    own = {"text": options.text, "doc": options.id}
    return {name: at for name, at in own.items() if at is not None and at != name}


def limits_of(options: DocumentOptions) -> Limits:
    """Return what readers stop at."""
    return Limits(
        bytes=options.limit_bytes,
        pages=options.limit_pages,
        depth=options.limit_nesting,
        levels=options.limit_depth,
        ratio=options.limit_ratio,
        files=options.limit_files,
        seconds=options.limit_seconds,
        profile=options.pages,
        called=called_columns(options),
    )


def _read_part(pieces: pa.Table, limits: Limits, run: Reading) -> Iterator[pa.Table]:
    with reading():  # also where another machine reads
        yield from bundle(read_pieces(pieces, limits, run))


def _languages(rows: pa.Table) -> pa.Table:
    languages = rows["language"].combine_chunks()
    unknown = pc.is_null(languages)
    if pc.any(unknown).as_py():
        texts = rows["text"] if languages.null_count == len(languages) else rows["text"].filter(unknown)
        found = identify_languages(texts).combine_chunks()
        languages = pc.coalesce(pc.replace_with_mask(languages, unknown, found), rows["declared"].combine_chunks())
    return pa.table({"language": languages})
