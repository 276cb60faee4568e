"""Facts: what the table ``statistics`` says, and the language's own where it is silent."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pytest

from stemmata import schemas
from stemmata.errors import SchemaError
from stemmata.facts import CAP, Facts
from stemmata.languages import frequencies, function_words
from stemmata.tokens import hash_words

ROWS = [
    ("cap", "", "", 80.0),
    ("documents", "", "", 1600.0),
    ("names", "en", "", 0.0),
    ("names", "de", "", 1.0),
    ("words", "en", "", 1000.0),
    ("function_word", "en", "thee", 1.0),
    ("function_word", "en", "ye", 2.0),
    ("word_count", "en", "ye", 40.0),
    ("word_count", "en", "café", 6.0),
    ("word_count", "en", "cafe", 4.0),
]


def statistics(rows: Sequence[tuple[str, str, str, float]] = ROWS) -> pa.Table:
    """A table of facts, in the order of the rows."""
    columns = list(zip(*rows, strict=True)) if rows else [()] * 4
    return pa.table(
        {
            name: pa.array(values, kind)
            for name, values, kind in zip(
                schemas.STATISTICS.arrow.names, columns, schemas.STATISTICS.arrow.types, strict=True
            )
        }
    )


@pytest.mark.parametrize("silent", [None, schemas.STATISTICS.empty()])
def test_without_statistics_the_languages_speak(silent: pa.Table | None) -> None:
    facts = Facts.of(silent)
    assert facts.cap == CAP == 50
    assert facts.function_words("ru").tolist() == function_words("ru", 50).tolist()
    assert facts.frequencies("ru") is frequencies("ru")
    assert len(facts.function_words(None)) == 0
    assert len(facts.frequencies("xx").words) == 0


def test_capitals_mark_names_except_where_every_noun_has_one() -> None:
    facts = Facts()
    assert [language for language in ("en", "de", "lb", "ru", None) if facts.names(language)] == ["en", "ru", None]


def test_what_the_table_says_comes_first() -> None:
    facts = Facts.of(statistics())
    assert facts.cap == 80
    assert not facts.names("en")
    assert facts.names("de")
    assert facts.function_words("en").tolist() == sorted(hash_words(["ye", "thee"]).tolist())
    assert facts.names("ru")
    assert facts.function_words("ru").tolist() == function_words("ru", 50).tolist()


def test_counts_become_shares_and_spellings_of_one_word_are_added() -> None:
    known = Facts.of(statistics()).frequencies("en")
    assert known.look_up(hash_words(["ye", "CAFÉ", "the"]), 0.001).tolist() == pytest.approx([0.04, 0.01, 0.001])
    assert np.all(np.diff(known.words.astype(float)) > 0)


def test_a_fact_of_an_unknown_language_is_its_own() -> None:
    """The empty language is that of documents whose language is not known, not every language."""
    facts = Facts.of(statistics([("function_word", "", "ye", 1.0), ("names", "", "", 0.0)]))
    assert facts.function_words(None).tolist() == hash_words(["ye"]).tolist()
    assert not facts.names(None)
    assert facts.names("en")


def test_the_digest_is_that_of_the_rows() -> None:
    """Not of their order, their chunks, or how the table came about."""
    digest = Facts.of(statistics()).digest
    table = statistics(ROWS[::-1])
    assert Facts.of(table).digest == digest
    assert Facts.of(pa.concat_tables([table.slice(4), table.slice(0, 4)])).digest == digest
    assert Facts.of(schemas.remark(table, notes=[{"stage": "x", "what": "y", "count": 1}])).digest == digest
    assert Facts.of(statistics(ROWS[1:])).digest != digest
    assert Facts.of(None).digest == Facts().digest != digest
    assert len(digest) == 64


def test_a_fact_stands_once() -> None:
    with pytest.raises(SchemaError, match="stands 2 times"):
        Facts.of(statistics([("cap", "", "", 80.0), ("cap", "", "", 90.0)]))
