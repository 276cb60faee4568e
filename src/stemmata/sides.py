"""The two documents of each pair laid beside it, so that a stage can work on a slice of pairs alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from stemmata import schemas
from stemmata.engines import Engine, check_rows, sort_rows, telling
from stemmata.engines.parting import Rows
from stemmata.errors import SchemaError
from stemmata.languages import common_language
from stemmata.misreadings import is_misread, read_anew
from stemmata.readers.language import identify_languages
from stemmata.tokens import Words, read_words

KEY = ("a", "b")
BYTES_AT_ONCE = 64_000_000  # of text laid beside pairs; a document stands in many


class Sides(NamedTuple):
    """A pair's texts, words and language, beside the row that it comes from.

    Where one text seems to be recognised from a picture with errors (``misread``), the words of both are read anew.
    """

    row: int
    a_text: str
    b_text: str
    a: Words
    b: Words
    language: str | None
    languages: tuple[str | None, str | None]
    misread: bool

    @property
    def texts(self) -> tuple[tuple[str | None, str, Words], ...]:
        """Each text with its own language and its words."""
        return (self.languages[0], self.a_text, self.a), (self.languages[1], self.b_text, self.b)


def described(documents: pa.Table, engine: Engine, *columns: str) -> pa.Table:
    """Return ``doc``, ``text``, ``language`` and further columns of the documents, checked.

    Where there is no column ``language`` at all, each text's own letters tell it.
    """
    told = "language" in documents.column_names
    documents = check_rows(schemas.DOCUMENTS.only("doc", "text", "language", *columns), documents, engine)
    if told:
        return documents
    languages = engine.map(_languages, documents.select(["doc", "text"])).column("language")
    return documents.set_column(documents.column_names.index("language"), "language", languages)


def _languages(part: pa.Table) -> pa.Table:
    return pa.table({"language": identify_languages(part.column("text"))})


def over_pairs(
    function: Callable[..., pa.Table],
    documents: pa.Table,
    pairs: pa.Table,
    engine: Engine,
    *shared: object,
    columns: Sequence[str] = (),
    alignments: pa.Table | None = None,
) -> pa.Table:
    """Apply a function to parts of ``pairs`` with both documents of each pair beside it.

    Texts are laid beside as many pairs at a time as take some 64 MB of them: a document stands in many pairs.

    Parameters
    ----------
    function : callable
        Called as ``function(part, *shared)``, or with ``alignments`` as ``function(part, passages, *shared)``. A part
        has the columns of ``pairs`` and of each side ``a_text``, ``a_language``, …; rows are sorted by ``a, b``.
    documents : pyarrow.Table
        Columns ``doc``, ``text``, ``language`` and those of ``columns``. Pairs whose document is not there are left
        out; callers check that there are none.
    columns : sequence of str
        Further columns of the documents.
    alignments : pyarrow.Table, optional
        Passages, of which a part gets those of its own pairs.

    Returns
    -------
    pyarrow.Table
        What the calls returned, one after another, with their remarks added up.
    """
    pairs = pairs.sort_by([("a", "ascending"), ("b", "ascending")]) if pairs.num_rows else pairs

    def results() -> Iterator[pa.Table]:
        with telling(pairs.num_rows, "pairs") as tell:
            for start, end in batches(documents, pairs, BYTES_AT_ONCE):
                some = pairs.slice(start, end - start)
                both = _attach(documents, some, engine, columns)
                if alignments is None:
                    yield engine.map(function, both, *shared)
                else:
                    yield engine.cogroup(function, both, passages_of(alignments, some), KEY, KEY, *shared)
                tell(some.num_rows)

    return engine.concat(results())


def batches(documents: pa.Table, pairs: pa.Table, most: int) -> Iterator[tuple[int, int]]:
    """Yield from and to of rows of pairs whose texts have ``most`` bytes; at least one row, of no pairs none."""
    sizes = pc.binary_length(documents.column("text"))
    docs = documents.column("doc").combine_chunks()
    sides = (sizes.take(pc.index_in(pairs.column(side), docs)) for side in ("a", "b"))
    both = sum(pc.fill_null(side, 0).to_numpy().astype(np.int64) for side in sides)
    batch = np.cumsum(both) // most
    edges = [0, *(np.flatnonzero(np.diff(batch)) + 1).tolist(), pairs.num_rows]
    yield from pairwise(edges)


def _attach(documents: pa.Table, pairs: pa.Table, engine: Engine, columns: Sequence[str]) -> pa.Table:
    for side in ("a", "b"):
        names = ["doc", "text", "language", *columns]
        texts = documents.filter(pc.is_in(documents.column("doc"), pairs.column(side).combine_chunks()))
        texts = texts.select(names).rename_columns([f"{side}_{name}" for name in names])
        pairs = engine.cogroup(_join, pairs, texts, side, f"{side}_doc", side)
    return sort_rows(pairs, KEY, engine)


def passages_of(alignments: pa.Table, pairs: pa.Table) -> pa.Table:
    """Return the rows of ``alignments`` that are of some pairs, with ``a`` and ``b``; in their order."""
    rows = alignments.select(list(KEY)).append_column("row", pa.array(np.arange(alignments.num_rows)))
    rows = rows.join(pairs.select(list(KEY)), list(KEY), join_type="inner", use_threads=False)
    return Rows(alignments).take(np.sort(rows.column("row").to_numpy()))


def turned_pairs(pairs: pa.Table) -> pa.Table:
    """Return the columns a, b and copy of a caller's pairs, checked, each pair with a < b.

    Raises
    ------
    SchemaError
        A column is absent or holds nulls, ``copy`` is neither "a" nor "b", or a pair is given twice.
    """
    schema = schemas.PAIRS.only("a", "b", "copy")
    rows = []
    for row in replace(schema, unique=False).check(pairs).to_pylist():
        if row["copy"] not in (None, "a", "b"):
            raise SchemaError(
                f"copy is {row['copy']!r}.",
                where=f"table 'pairs', a = {row['a']!r}, b = {row['b']!r}",
                mend="say 'a' or 'b', or nothing where the copy is not known.",
            )
        swap = {"a": "b", "b": "a", None: None}
        turned = {"a": row["b"], "b": row["a"], "copy": swap[row["copy"]]}
        rows.append(turned if row["a"] > row["b"] else row)
    return schema.check(schema.table(rows))


def known_documents(documents: pa.Table, rows: pa.Table, table: str, columns: Sequence[str] = KEY) -> None:
    """Refuse rows of a table that name a document which is not there.

    Raises
    ------
    SchemaError
        Names the first such document, the table and the column.
    """
    for column in columns:
        named = rows.column(column)
        absent = named.filter(pc.invert(pc.is_in(named, documents.column("doc").combine_chunks())))
        if len(absent):
            raise SchemaError(
                f"the {table} name a document {absent[0].as_py()!r} that is not there.",
                where=f"table '{table}', column {column}",
                mend="give the document, or leave out what names it.",
            )


def read_sides(part: pa.Table, misread: float) -> Iterator[Sides]:
    """Yield the sides of each row of a part that ``over_pairs`` hands out; each text is cut into words once.

    Parameters
    ----------
    misread : float
        ``least`` of ``misreadings.find_misread``.
    """
    both = pa.chunked_array([*part.column("a_text").chunks, *part.column("b_text").chunks], pa.large_string())
    distinct = both.dictionary_encode().combine_chunks() if len(both) else None
    if distinct is None:
        return
    place = distinct.indices.to_pylist()
    tokens = read_words(distinct.dictionary)
    texts = distinct.dictionary.to_pylist()
    languages = zip(part.column("a_language").to_pylist(), part.column("b_language").to_pylist(), strict=True)
    rows = part.num_rows

    @cache
    def is_odd(number: int, language: str | None) -> bool:
        return is_misread(texts[number], tokens[number], language, misread)

    @cache
    def anew(number: int, language: str | None) -> Words:
        return read_anew(texts[number], tokens[number], language).words

    for row, own in enumerate(languages):
        a, b = place[row], place[rows + row]
        language = common_language(*own)
        odd = is_odd(a, language) or is_odd(b, language)
        words = (anew(a, language), anew(b, language)) if odd else (tokens[a], tokens[b])
        yield Sides(row, texts[a], texts[b], *words, language, own, odd)


def _join(left: pa.Table, right: pa.Table, side: str) -> pa.Table:
    return left.join(right, side, f"{side}_doc", "inner", use_threads=False)
