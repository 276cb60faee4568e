"""Facts: what the table ``statistics`` says, and the language's own where it is silent."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pytest

from stemmata import schemas
from stemmata.counting import count_pairs, count_rows
from stemmata.engines import LocalEngine
from stemmata.errors import SchemaError
from stemmata.facts import CAP, Facts
from stemmata.languages import frequencies, function_words
from stemmata.sampling import drawn, in_sample, text_hashes
from stemmata.surroundings import word_keys
from stemmata.tokens import hash_words, words_of
from stemmata.wordpairs import word_pairs

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


LATIN = (
    "pharus vetus in portu stat",
    "pharus vetus in litore ardet",
    "nauta in portu pharum videt",
    "puella in litore stat",
)


def background(language: str, *texts: str, share: float = 0.0) -> pa.Table:
    """Statistics that hold the counts of texts; with a share, as those of the collection itself."""
    table = pa.table({"text": pa.array(texts, pa.large_string())})
    table = table.filter(pa.array(drawn(text_hashes(table.column("text")), share or 1.0)))
    rows = count_rows(language, *count_pairs(table, LocalEngine()), 1)
    if share:
        rows = pa.concat_tables([rows, statistics([("counted_share", language, "", share)]).cast(rows.schema)])
    return rows


def seen(facts: Facts, language: str | None, pair: str, judged: Sequence[tuple[str | None, str]] = ()) -> float:
    """How much likelier the second word is after the first than anywhere, both being one in a thousand."""
    texts = [(own, text, words_of(text)) for own, text in judged]
    return float(facts.word_pairs(language, texts).links(words_of(pair).word, np.full(2, 1e-3))[0])


def test_pairs_of_words_are_those_that_ship_until_the_table_has_more() -> None:
    assert Facts().word_pairs("en") is word_pairs("en")
    assert not Facts().word_pairs("la")
    assert Facts.of(background("la", *LATIN)).word_pairs("en") is word_pairs("en")
    assert seen(Facts.of(background("la", *LATIN)), "la", "in portu") > 1
    with_ours = Facts.of(background("en", "the gloam reef", "a gloam reef", "that gloam reef"))
    assert seen(with_ours, "en", "gloam reef") > 1 > seen(Facts(), "en", "gloam reef")
    assert seen(with_ours, "en", "the president") == pytest.approx(seen(Facts(), "en", "the president"), abs=1e-3)


def test_a_text_does_not_speak_for_itself_where_it_was_counted() -> None:
    """Only what is of the language, and in the sample, was; what came by a file is not the collection's."""
    judged = [("la", LATIN[0]), ("la", LATIN[2])]
    own = Facts.of(background("la", *LATIN, share=1.0))
    assert seen(own, "la", "in portu") > seen(own, "la", "in portu", judged[:1]) > seen(own, "la", "in portu", judged)
    assert seen(own, "la", "in portu", judged) < 0 < seen(own, "la", "in litore", judged)
    assert seen(own, "la", "in portu", [(None, text) for _, text in judged]) == seen(own, "la", "in portu")
    given = Facts.of(background("la", *LATIN))
    assert seen(given, "la", "in portu", judged) == seen(given, "la", "in portu")


def test_a_text_outside_the_sample_takes_nothing_out() -> None:
    samples = {text: in_sample(text, 0.5) for text in LATIN}
    assert len(set(samples.values())) == 2, "the test wants some inside and some outside"
    facts = Facts.of(background("la", *LATIN, share=0.5))
    for text, inside in samples.items():
        first = " ".join(text.split()[:2])
        assert (seen(facts, "la", first, [("la", text)]) < seen(facts, "la", first)) == inside


def test_a_language_without_a_list_takes_its_frequencies_from_the_background() -> None:
    """By the keys of words; one that has a list, or whose words the collection counted, keeps those."""
    words = hash_words(["in", "pharus", "ardet", "gloam"])
    known = Facts.of(background("la", *LATIN)).frequencies("la")
    assert known.look_up(words, 0.001).tolist() == pytest.approx([4 / 14, 1 / 14, 0.001, 0.001])
    assert np.all(np.diff(known.words.astype(float)) > 0)
    assert word_keys(known.words).tolist() == (known.words >> np.uint64(32)).tolist()
    assert Facts.of(background("ru", "маяк горит")).frequencies("ru") is frequencies("ru")
    own = pa.concat_tables([background("en", "ye lamp"), statistics().cast(schemas.STATISTICS.arrow)])
    assert Facts.of(own).frequencies("en").look_up(hash_words(["ye"]), 0.0).tolist() == [0.04]
