"""The two documents of each pair laid beside it, so that a stage can work on a slice of pairs alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from stemmata import schemas
from stemmata.engines import Engine
from stemmata.errors import SchemaError
from stemmata.languages import common_language
from stemmata.readers.language import SAMPLE_CHARACTERS, identify_language
from stemmata.tokens import Words, read_words


class Sides(NamedTuple):
    """A pair's texts, words and language, beside the row that it comes from."""

    row: int
    a_text: str
    b_text: str
    a: Words
    b: Words
    language: str | None


def described(documents: pa.Table, engine: Engine, *columns: str) -> pa.Table:
    """Return ``doc``, ``text``, ``language`` and further columns of the documents, checked.

    Where there is no column ``language`` at all, each text's own letters tell it.
    """
    told = "language" in documents.column_names
    documents = schemas.DOCUMENTS.only("doc", "text", "language", *columns).check(documents)
    return documents if told else engine.map(_name_languages, documents)


def _name_languages(part: pa.Table) -> pa.Table:
    samples = pc.utf8_slice_codeunits(part.column("text"), 0, SAMPLE_CHARACTERS).to_pylist()
    languages = pa.array([identify_language(sample) for sample in samples], pa.string())
    return part.set_column(part.column_names.index("language"), "language", languages)


def attach(documents: pa.Table, pairs: pa.Table, engine: Engine, *columns: str) -> pa.Table:
    """Return ``pairs`` with ``a_text``, ``b_text``, ``a_language``, ``b_language`` and further columns, by key.

    Pairs whose document is not in ``documents`` are left out; callers check that there are none.
    """
    for side in ("a", "b"):
        names = ["doc", "text", "language", *columns]
        texts = documents.select(names).rename_columns([f"{side}_{name}" for name in names])
        pairs = engine.cogroup(_join, pairs, texts, side, f"{side}_doc", side)
    return pairs.sort_by([("a", "ascending"), ("b", "ascending")]) if pairs.num_rows else pairs


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


def known_documents(documents: pa.Table, pairs: pa.Table, table: str) -> None:
    """Refuse pairs of a table that name a document which is not there.

    Raises
    ------
    SchemaError
        Names the first such document and the table.
    """
    for side in ("a", "b"):
        named = pairs.column(side)
        absent = named.filter(pc.invert(pc.is_in(named, documents.column("doc").combine_chunks())))
        if len(absent):
            raise SchemaError(
                f"the {table} name a document {absent[0].as_py()!r} that is not there.",
                where=f"table '{table}', column {side}",
                mend="give the document, or leave the pair out.",
            )


def read_sides(part: pa.Table) -> Iterator[Sides]:
    """Yield the sides of each row of a table that ``attach`` made; each text is cut into words once."""
    both = pa.chunked_array([*part.column("a_text").chunks, *part.column("b_text").chunks], pa.large_string())
    distinct = both.dictionary_encode().combine_chunks() if len(both) else None
    if distinct is None:
        return
    place = distinct.indices.to_pylist()
    tokens = read_words(distinct.dictionary)
    texts = distinct.dictionary.to_pylist()
    languages = zip(part.column("a_language").to_pylist(), part.column("b_language").to_pylist(), strict=True)
    rows = part.num_rows
    for row, (a_language, b_language) in enumerate(languages):
        a, b = place[row], place[rows + row]
        yield Sides(row, texts[a], texts[b], tokens[a], tokens[b], common_language(a_language, b_language))


def _join(left: pa.Table, right: pa.Table, side: str) -> pa.Table:
    return left.join(right, side, f"{side}_doc", "inner", use_threads=False)
