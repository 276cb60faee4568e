"""Statistics: facts about a collection that is large enough to speak for itself."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from stemmata import schemas, statistics
from stemmata.countfiles import Provenance, write_counts
from stemmata.counting import count_pairs, count_rows
from stemmata.engines import LocalEngine
from stemmata.errors import MissingSource, OptionError
from stemmata.facts import Facts
from stemmata.statistics import StatisticsOptions, collect_statistics
from stemmata.tokens import hash_words
from tests.prose import GERMAN, RUSSIAN, texts

SMALL = StatisticsOptions(own_words=1_000, own_names=10)
LOG = "Wind north-west, and the lamp was lit at 7. Two ships passed Skerrow; the keeper, Tarrant, saw them go by. "
LOGBUCH = "Der Wärter der Insel sah am Abend zwei Schiffe, und die Lampe am Turm brannte bis zum Morgen. "
ЖУРНАЛ = "Ветер с моря, и лампа горела всю ночь. Смотритель видел, как мимо острова прошли два парохода. "


def collection(*texts: tuple[str, str | None]) -> pa.Table:
    """Documents of (text, language)."""
    return schemas.DOCUMENTS.table(
        {"doc": f"{number:03}", "text": text, "language": language, "sha256": f"{number:064x}"}
        for number, (text, language) in enumerate(texts)
    )


MIXED = collection(*[(LOG * 5, "en")] * 12, *[(LOGBUCH * 4, "de")] * 12, *[(ЖУРНАЛ, "ru")] * 3, ("x y z", None))


def facts(table: pa.Table, fact: str, language: str = "") -> dict[str, float]:
    """The values of one fact in one language, by word."""
    rows: list[dict[str, Any]] = table.to_pylist()
    return {row["word"]: row["value"] for row in rows if (row["fact"], row["language"]) == (fact, language)}


def test_every_collection_has_its_size_and_cap() -> None:
    table = collect_statistics(MIXED)
    assert facts(table, "documents") == {"": 28}
    assert facts(table, "cap") == {"": 50}
    assert facts(table, "words", "ru") == {"": 3 * 16}
    assert facts(table, "words") == {"": 3}
    assert schemas.STATISTICS.check(table).equals(table)


def test_a_small_collection_leaves_the_rest_to_its_languages() -> None:
    assert {row["fact"] for row in collect_statistics(MIXED).to_pylist()} == {"documents", "cap", "misread", "words"}


def test_an_empty_collection_has_no_words() -> None:
    assert collect_statistics(schemas.DOCUMENTS.empty()).to_pylist() == [
        {"fact": "cap", "language": "", "word": "", "value": 50},
        {"fact": "documents", "language": "", "word": "", "value": 0},
        {"fact": "misread", "language": "", "word": "", "value": 0.08},
    ]


@pytest.mark.parametrize(("documents", "cap"), [(1_000, 50), (30_000, 50)])
def test_the_cap_does_not_grow_with_the_collection(documents: int, cap: int) -> None:
    """Pairs would grow with its square; copies in large families are looked at a second time instead."""
    assert facts(collect_statistics(collection(*[("", None)] * documents)), "cap") == {"": cap}


def test_a_large_collection_has_function_words_of_its_own() -> None:
    """Ranked by how often they stand, then by spelling; numbers are none."""
    table = collect_statistics(MIXED, options=SMALL)
    own = facts(table, "function_word", "en")
    assert sorted(own, key=own.__getitem__)[:4] == ["the", "and", "at", "by"]
    assert sorted(own.values()) == list(range(1, len(own) + 1))
    assert len(own) <= 50
    assert not {"two", "7", "2"} & set(own)
    assert not facts(table, "function_word", "ru")
    known = Facts.of(table)
    assert hash_words(["tarrant"])[0] in known.function_words("en")


def test_words_are_counted_under_their_small_letters() -> None:
    table = collect_statistics(MIXED, options=SMALL)
    counts = facts(table, "word_count", "en")
    assert counts["the"] == 12 * 5 * 2
    assert counts["wind"] == 12 * 5
    assert "Wind" not in counts
    assert sum(counts.values()) + 2 * 12 * 5 == facts(table, "words", "en")[""]
    assert Facts.of(table).frequencies("en").look_up(hash_words(["the"]), 0.0)[0] == pytest.approx(2 / 21)


def test_names_are_off_where_capitals_are_common() -> None:
    """German writes every noun with a capital; measured, not assumed, where there are documents enough."""
    table = collect_statistics(MIXED, options=SMALL)
    assert facts(table, "names", "en") == {"": 1}
    assert facts(table, "names", "de") == {"": 0}
    assert facts(table, "names", "ru") == {}
    lower = collection(*[(LOGBUCH.lower(), "de")] * 10)
    assert facts(collect_statistics(lower, options=SMALL), "names", "de") == {"": 1}


def test_scripts_without_capitals_say_nothing_of_names() -> None:
    table = collect_statistics(collection(*[("灯塔的灯亮了一夜。", "zh")] * 10), options=SMALL)
    assert facts(table, "names", "zh") == {}


@pytest.mark.parametrize("parts", [1, 2, 7])
def test_facts_do_not_depend_on_parts_or_order(parts: int) -> None:
    whole = collect_statistics(MIXED, options=SMALL)
    turned = MIXED.take(list(range(MIXED.num_rows))[::-1])
    found = collect_statistics(turned, options=SMALL, engine=LocalEngine(parts=parts))
    assert found.equals(whole)
    assert Facts.of(found).digest == Facts.of(whole).digest


@pytest.mark.parametrize("parts", [2, 7])
def test_spellings_of_one_word_do_not_depend_on_parts(parts: int) -> None:
    texts = [f"the café and the cafe and don{quote}t " * 20 for quote in "'’'’'’'’'’"]
    documents = collection(*((text, "en") for text in texts))
    one = collect_statistics(documents, options=SMALL, engine=LocalEngine(parts=1))
    assert collect_statistics(documents, options=SMALL, engine=LocalEngine(parts=parts)).equals(one)


def test_the_options_decide_from_when_a_collection_speaks() -> None:
    found = [
        Counter(row["fact"] for row in collect_statistics(MIXED, options=options).to_pylist())
        for options in (SMALL, StatisticsOptions(own_words=1_000), StatisticsOptions(own_names=10))
    ]
    assert [bool(facts["word_count"]) for facts in found] == [True, True, False]
    assert [facts["names"] for facts in found] == [2, 0, 2]


def test_words_of_a_large_collection_are_counted_in_some_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    """As many as stand for all of them; drawn by the texts' own hashes."""
    many = collection(*((f"{text} {LOG} {k}", "en") for k, text in enumerate([LOG, LOG * 2, "One gull."] * 40)))
    whole = collect_statistics(many, options=SMALL)
    monkeypatch.setattr(statistics, "ENOUGH_WORDS", 2_000)
    some = collect_statistics(many, options=SMALL)
    turned = many.take(list(range(many.num_rows))[::-1])
    assert collect_statistics(turned, options=SMALL, engine=LocalEngine(parts=5)).equals(some)
    assert facts(some, "words", "en") == facts(whole, "words", "en")
    counts, counted = facts(whole, "word_count", "en"), facts(some, "word_count", "en")
    assert counted != counts
    assert counted["the"] == pytest.approx(counts["the"], rel=0.1)
    assert facts(some, "function_word", "en")["the"] == 1


PAIRS = StatisticsOptions(own_pairs=1_000)
BOTH = collection(*[(text, "de") for text in texts(GERMAN, 8)], *[(text, "ru") for text in texts(RUSSIAN, 2)])


def file(path: Path, *made: str) -> str:
    """A file of counts of German texts."""
    table = pa.table({"text": pa.array(made, pa.large_string())})
    told = Provenance(language="de", texts=len(made), words=0, pairs=0, least=1, left_out={})
    return str(write_counts(path, count_rows("de", *count_pairs(table, LocalEngine()), 1), told))


def test_a_large_collection_counts_its_own_pairs_of_words() -> None:
    """Language by language, of those that it holds enough of; seen twice or more."""
    table = collect_statistics(BOTH, options=PAIRS)
    pairs = facts(table, "counted_pair", "de")
    assert pairs
    assert min(pairs.values()) == 2
    assert facts(table, "counted_share", "de") == {"": 1}
    assert facts(table, "counted_words", "de")[""] >= sum(facts(table, "counted_word", "de").values())
    assert not facts(table, "counted_pair", "ru")
    assert not facts(table, "word_count", "de")
    assert schemas.STATISTICS.check(table).equals(table)


def test_texts_of_unknown_language_have_no_pairs() -> None:
    """No word of theirs could be looked up."""
    table = collect_statistics(collection(*[(text, None) for text in texts(GERMAN, 8)]), options=PAIRS)
    assert not facts(table, "counted_pair")


@pytest.mark.parametrize("parts", [2, 7])
def test_pairs_do_not_depend_on_parts_or_order(parts: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where only some texts are counted."""
    monkeypatch.setattr(statistics, "ENOUGH_WORDS", 1_500)
    whole = collect_statistics(BOTH, options=PAIRS)
    assert 0 < facts(whole, "counted_share", "de")[""] < 1
    turned = BOTH.take(list(range(BOTH.num_rows))[::-1])
    assert collect_statistics(turned, options=PAIRS, engine=LocalEngine(parts=parts)).equals(whole)


def test_files_of_counts_are_added(tmp_path: Path) -> None:
    """To one another, and to the collection's own; each pair stands once."""
    one, other = file(tmp_path / "one", *texts(GERMAN, 3)), file(tmp_path / "other", *texts(GERMAN, 5)[2:])
    tables = [
        collect_statistics(BOTH, options=StatisticsOptions(own_pairs=own, counts=counts))
        for own, counts in (
            (10**9, (one,)),
            (10**9, (other,)),
            (1_000, ()),
            (1_000, (one, other)),
            (1_000, (other, one)),
        )
    ]
    alone = [facts(table, "counted_pair", "de") for table in tables]
    assert alone[3] == {
        pair: sum(held.get(pair, 0) for held in alone[:3]) for pair in {*alone[0], *alone[1], *alone[2]}
    }
    assert tables[3].equals(tables[4])
    assert schemas.STATISTICS.check(tables[3]).equals(tables[3])
    assert len({Facts.of(table).digest for table in tables}) == 4
    assert not facts(tables[0], "counted_share", "de")


def test_a_file_of_counts_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(MissingSource, match="no such file of counts"):
        collect_statistics(BOTH, options=StatisticsOptions(counts=(str(tmp_path / "counts-de.parquet"),)))


def test_one_file_may_be_given_by_itself(tmp_path: Path) -> None:
    """A path, or a string; kept as strings, which a record of options can hold."""
    path = tmp_path / "counts"
    for given in (path, str(path), [path]):
        assert StatisticsOptions(counts=given).counts == (str(path),)  # type: ignore[arg-type]


@pytest.mark.parametrize(("name", "value"), [("own_words", 999), ("own_names", 9), ("own_pairs", 999)])
def test_options_below_their_range_are_refused(name: str, value: int) -> None:
    with pytest.raises(OptionError, match=name):
        StatisticsOptions(**{name: value})  # type: ignore[arg-type]
