"""What a caller may give as a source: paths, texts and tables."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, fields
from datetime import date, datetime
from hashlib import sha256
from typing import Any, NamedTuple, Protocol, TypeAlias

import pyarrow as pa

from stemmata.errors import SourceError
from stemmata.readers.called import Called
from stemmata.readers.columns import take_records
from stemmata.readers.frames import is_frame, read_frame
from stemmata.readers.places import Address, place, skip

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


class Sources(NamedTuple):
    """The caller's sources by kind; the keys are their numbers, from 0."""

    paths: dict[int, str]
    texts: dict[int, Text]
    tables: dict[int, Any]

    @property
    def listed(self) -> list[Source]:
        """All of them as they were given, so that they can be gone through again."""
        return [source for _, source in sorted({**self.paths, **self.texts, **self.tables}.items())]


def part_sources(sources: Source | Iterable[Source]) -> Sources:
    """Return one source, or several, by kind.

    Raises
    ------
    SourceError
        There is none, or something that cannot be a source.
    """
    found = Sources({}, {}, {})
    for number, source in enumerate(_listed(sources)):
        if isinstance(source, Text):
            found.texts[number] = source
        elif is_frame(source):
            found.tables[number] = source
        elif isinstance(source, str | os.PathLike):
            found.paths[number] = os.fsdecode(source)
        else:
            raise SourceError(
                f"a source cannot be of {type(source).__name__}.",
                mend="give paths, texts as stemmata.Text, or tables of Arrow, pandas or polars.",
            )
    if not any(found):
        raise SourceError("there is no source.", mend="give at least one file, text or table.")
    return found


def read_texts(texts: Mapping[int, Text]) -> pa.Table:
    """Return texts at hand, in the schema ``places.PLACED``."""
    names = [field.name for field in fields(Text)]
    records = [{name: getattr(text, name) for name in names} for text in texts.values()]
    addresses = [Address(f"Text(doc={text.doc!r})", "", source=number) for number, text in texts.items()]
    return place(take_records(records, [None] * len(texts), foreign=True), "text/plain", addresses)


def read_table(table: Any, source: int, alone: bool, called: Called) -> pa.Table:
    """Return a table at hand, in the schema ``places.PLACED``.

    Of several tables each is named by what it holds, so that their order does not show.
    """
    try:
        rows = read_frame(table, called=called)
    except SourceError as error:
        return skip("table", error)
    name = "table" if alone else f"table-{sha256(repr(rows['text'].to_pylist()).encode()).hexdigest()[:8]}"
    return place(rows, "text/plain", Address(name, name, source=source))


def _listed(sources: Source | Iterable[Source]) -> Iterable[object]:
    """Return the sources as several, also where there is one, though a table may be iterated over."""
    one = isinstance(sources, str | bytes | Mapping) or is_frame(sources)
    return sources if isinstance(sources, Iterable) and not one else [sources]
