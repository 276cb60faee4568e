"""What ``align`` is asked with: tables of several forms, statistics, and options that each change something."""

from __future__ import annotations

import re
from typing import Any

import pyarrow as pa
import pytest

from stemmata import schemas
from stemmata.alignments import AlignmentOptions, align
from stemmata.errors import OptionError, SchemaError
from stemmata.tokens import words_of
from tests.aligned import aligned, coverage, documents
from tests.reports import CARP
from tests.texts import summarised
from tests.witnesses import WITNESSES

ENGLISH = WITNESSES["en"]


def test_the_language_may_be_unknown() -> None:
    """Without the column the texts themselves tell it; where it is null, all words count as rare."""
    pairs = pa.table({"a": ["a"], "b": ["b"]})
    table = documents("en", a=ENGLISH.text, b=ENGLISH.edited)
    assert align(table.drop_columns("language"), pairs).equals(align(table, pairs))
    assert coverage(aligned(ENGLISH.text, ENGLISH.edited, None), ENGLISH.text, "a") > 0.9


def test_what_a_collection_says_everywhere_is_no_sign_of_reuse() -> None:
    """Words that the statistics call common make no seed."""
    words = set(re.findall(r"\w+", ENGLISH.text.lower()))
    facts = [("words", "en", "", 20.0), *(("word_count", "en", word, 1.0) for word in words)]
    names = schemas.STATISTICS.arrow.names
    statistics = schemas.STATISTICS.table(dict(zip(names, fact, strict=True)) for fact in facts)
    table, pairs = documents("en", a=ENGLISH.text, b=ENGLISH.edited), pa.table({"a": ["a"], "b": ["b"]})
    assert align(table, pairs).num_rows > 0
    assert align(table, pairs, statistics).num_rows == 0


def test_a_document_that_is_not_there_is_named() -> None:
    with pytest.raises(SchemaError, match="a document 'c' that is not there") as caught:
        align(documents(a="one", b="two"), pa.table({"a": ["a"], "b": ["c"]}))
    assert caught.value.where == "table 'pairs', column b"
    assert caught.value.mend


def test_a_pair_stands_once() -> None:
    with pytest.raises(SchemaError, match="'a', 'b' stands 2 times"):
        align(documents(a="one", b="two"), pa.table({"a": ["a", "b"], "b": ["b", "a"]}))


PAIRS = pa.table({"a": ["a"], "b": ["b"]})


@pytest.mark.parametrize(
    ("column", "kind"),
    [
        ("a", pa.large_string()),
        ("b", pa.dictionary(pa.int32(), pa.string())),
        ("language", pa.dictionary(pa.int32(), pa.string())),
        ("doc", pa.large_string()),
        ("text", pa.string()),
        ("text", pa.string_view()),
    ],
)
def test_text_columns_may_be_of_any_string_type(column: str, kind: pa.DataType) -> None:
    """Data frames come with large strings, and with dictionaries."""

    def cast(table: pa.Table) -> pa.Table:
        names = table.column_names
        return table if column not in names else table.set_column(names.index(column), column, table[column].cast(kind))

    table = documents("en", a=ENGLISH.text, b=ENGLISH.edited)
    assert align(cast(table), cast(PAIRS)).equals(align(table, PAIRS))


@pytest.mark.parametrize(
    ("table", "pairs"),
    [
        (documents(a="one", b="two"), PAIRS.drop_columns("b")),
        (documents(a="one", b="two"), pa.table({"a": ["a"], "b": pa.array([None], pa.string())})),
        (documents(a="one", b="two"), PAIRS.append_column("copy", pa.array(["left"]))),
        (documents(a="one", b="two").drop_columns("text"), PAIRS),
        (pa.table({"doc": ["a", "b"], "text": pa.array(["one", None], pa.large_string())}), PAIRS),
    ],
    ids=["no b", "null b", "unknown copy", "no text", "null text"],
)
def test_tables_that_do_not_hold_what_they_should_are_refused(table: pa.Table, pairs: pa.Table) -> None:
    with pytest.raises(SchemaError):
        align(table, pairs)


def test_no_pairs_give_no_rows() -> None:
    none = pa.table({"a": pa.array([], pa.string()), "b": pa.array([], pa.string())})
    assert align(documents(a="one", b="two"), none).equals(schemas.ALIGNMENTS.empty())


def test_a_higher_threshold_finds_less() -> None:
    """A paragraph in a text of other matter, which few words of the whole are."""
    piece = ENGLISH.edited.split("\n\n")[1]
    host = f"{ENGLISH.stranger}\n\n{piece}"
    assert aligned(ENGLISH.text, host, accept=-6, accept_short=20)
    assert aligned(ENGLISH.text, host, accept=20, accept_short=20) == []


def test_what_is_less_likely_reuse_than_was_asked_for_is_of_kind_none() -> None:
    """Few words retold between texts on different matters: listed all the same, but not as reuse."""
    a, b = f"{ENGLISH.text}\n{CARP[0]}", f"{ENGLISH.stranger}\n{CARP[1]}"
    kinds = [{row["kind"] for row in aligned(a, b, accept=-2, reuse=reuse)} for reuse in (0.05, 0.95)]
    assert kinds == [{"paraphrased"}, {"none"}]


@pytest.mark.parametrize(("copy", "option"), [("a", "accept_summary"), (None, "accept_summary_unknown")])
def test_a_summary_is_accepted_by_a_threshold_of_its_own(copy: str | None, option: str) -> None:
    """One where the copy is known, another where it is not; the source of a summary is all of its text."""
    source, summary, host = summarised()
    [row] = aligned(host, source, copy=copy)
    assert host[row["a_start"] : row["a_end"]] == summary
    assert (row["b_start"], row["b_end"]) == (0, len(source))
    assert (row["kind"], row["role"]) == ("summarised", "reuse")
    threshold: dict[str, Any] = {option: 20}
    strict = aligned(host, source, copy=copy, **threshold)
    assert "summarised" not in {row["kind"] for row in strict}


def test_a_summary_is_not_looked_for_in_the_known_source() -> None:
    source, _, host = summarised()
    assert "summarised" not in {row["kind"] for row in aligned(host, source, copy="b")}


def test_short_passages_are_left_out() -> None:
    """Characters on either side; what stands in both texts word for word has a threshold of its own."""
    piece = ENGLISH.text.split("\n\n")[1]
    host = f"{ENGLISH.stranger}\n\n{piece}\n"
    [row] = aligned(ENGLISH.text, host)
    size = min(row["a_end"] - row["a_start"], row["b_end"] - row["b_start"])
    assert aligned(ENGLISH.text, host, shortest=size) == [row]
    assert aligned(ENGLISH.text, host, shortest=size + 1, accept_short=20) == []


def test_seeds_that_are_not_tried_are_noted() -> None:
    paragraphs = ENGLISH.text.strip().split("\n\n")
    host = f"{paragraphs[3]}\n\n{ENGLISH.stranger}\n\n{paragraphs[1]}\n"
    table, pairs = documents("en", a=ENGLISH.text, b=host), pa.table({"a": ["a"], "b": ["b"]})
    once = align(table, pairs, options=AlignmentOptions(tries=1, accept_short=20))
    [note] = schemas.remarks([once], "notes").to_pylist()
    assert (note["stage"], note["what"]) == ("alignments", "seeds beyond the number of tries")
    assert once.num_rows < align(table, pairs).num_rows == 2
    assert schemas.remarks([align(table, pairs)], "notes").num_rows == 0


def test_words_beyond_the_longest_are_noted() -> None:
    """Two texts of more than 1,000 words are cut there; beside a short one more of a long one is read."""
    a = (ENGLISH.stranger + "\n\n") * 9 + ENGLISH.text
    b = ENGLISH.text + "\n\n" + (WITNESSES["ru"].stranger + "\n\n") * 14
    extra = len(words_of(a)) - 1_000, len(words_of(b)) - 1_000
    assert min(extra) > 0
    table, pairs = documents("en", a=a, b=b, c=ENGLISH.edited), pa.table({"a": ["a"], "b": ["b"]})
    options = AlignmentOptions(longest=1_000)
    cut = align(table, pairs, options=options)
    assert cut.num_rows == 0
    [note] = schemas.remarks([cut], "notes").to_pylist()
    assert (note["stage"], note["what"]) == ("alignments", "words beyond the longest text aligned")
    assert note["count"] > 0
    assert align(table, pairs).num_rows > 0
    beside_a_short_text = align(table, pa.table({"a": ["a"], "b": ["c"]}), options=options)
    assert beside_a_short_text.num_rows > 0
    assert schemas.remarks([beside_a_short_text], "notes").num_rows == 0


def test_two_equal_texts_of_any_length_are_one_passage() -> None:
    text = ENGLISH.text * 20
    [row] = aligned(text, text, longest=1_000)
    assert row["matched"] == len(words_of(text))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("accept", 21),
        ("accept_summary", -21),
        ("accept_summary_unknown", 21),
        ("shortest", 0),
        ("tries", 0),
        ("longest", 999),
    ],
)
def test_options_outside_their_range_are_refused(name: str, value: Any) -> None:
    with pytest.raises(OptionError, match=f"{name} must lie between"):
        AlignmentOptions(**{name: value})
