"""Alignments: the passages that two texts share, word by word."""

from __future__ import annotations

import re
from typing import Any

import pyarrow as pa
import pytest

from stemmata import schemas
from stemmata.alignments import AlignmentOptions, align
from stemmata.engines import LocalEngine
from stemmata.errors import OptionError, SchemaError
from stemmata.tokens import words_of
from tests.texts import summarised
from tests.witnesses import WITNESSES, replaced

ENGLISH = WITNESSES["en"]
LANGUAGES = sorted(WITNESSES)
Row = dict[str, Any]


def documents(language: str | None = None, **texts: str) -> pa.Table:
    """Documents by id, with the columns that suffice."""
    return pa.table(
        {
            "doc": list(texts),
            "text": pa.array(texts.values(), pa.large_string()),
            "language": pa.array([language] * len(texts), pa.string()),
        }
    )


def aligned(a: str, b: str, language: str | None = "en", copy: str | None = None, **options: Any) -> list[Row]:
    """The passages of two texts."""
    pairs = pa.table({"a": ["a"], "b": ["b"], "copy": pa.array([copy], pa.string())})
    rows: list[Row] = align(documents(language, a=a, b=b), pairs, options=AlignmentOptions(**options)).to_pylist()
    return rows


def coverage(rows: list[Row], text: str, side: str) -> float:
    """The share of a text's words that lie in passages of role reuse."""
    words = words_of(text)
    inside = set()
    for row in rows:
        if row["role"] == "reuse":
            part = words.within(row[f"{side}_start"], row[f"{side}_end"])
            inside |= set(range(part.start, part.stop))
    return len(inside) / len(words)


def covered(rows: list[Row], text: str, side: str, piece: str, role: str = "reuse") -> bool:
    """Whether a piece of a text lies inside one passage of a role."""
    start = text.index(piece)
    return any(
        row[f"{side}_start"] <= start and start + len(piece) <= row[f"{side}_end"]
        for row in rows
        if row["role"] == role
    )


def touched(rows: list[Row], text: str, side: str, piece: str, role: str = "reuse") -> bool:
    """Whether a passage of a role holds any of a piece of a text."""
    start = text.index(piece)
    return any(
        row[f"{side}_start"] < start + len(piece) and start < row[f"{side}_end"] for row in rows if row["role"] == role
    )


def laid_out(row: Row, a: str, b: str, insert: str, delete: str) -> dict[str, Any]:
    """A row without ids and rank, its edits in no order, as it looks with its sides named anew."""
    ops = {"insert": insert, "delete": delete}
    figures = {name: row[name] for name in ("matched", "identity", "kind", "role")}
    spans = [tuple(x[f"{side}_{end}"] for side in (a, b) for end in ("start", "end")) for x in (row, *row["edits"])]
    edits = sorted((ops.get(e["op"], e["op"]), span) for e, span in zip(row["edits"], spans[1:], strict=True))
    return {**figures, "span": spans[0], "edits": edits}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_and_itself_share_one_whole_passage(language: str) -> None:
    text = WITNESSES[language].text
    [row] = aligned(text, text, language)
    assert (row["a_start"], row["a_end"]) == (row["b_start"], row["b_end"]) == (0, len(text.rstrip()))
    assert (row["kind"], row["role"], row["identity"]) == ("verbatim", "reuse", 1.0)
    assert row["matched"] == len(words_of(text))
    assert [edit["op"] for edit in row["edits"]] == ["match"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_edited_copy_is_aligned_in_every_script(language: str) -> None:
    text, edited, _ = WITNESSES[language]
    rows = aligned(text, edited, language)
    assert coverage(rows, text, "a") > 0.9
    assert coverage(rows, edited, "b") > 0.9
    assert {row["kind"] for row in rows} <= {"edited", "paraphrased"}
    assert all(0.5 < row["identity"] < 1 for row in rows)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_excerpt_is_found_inside_another_text(language: str) -> None:
    """The second paragraph of one text between two paragraphs of another."""
    text, _, stranger = WITNESSES[language]
    piece = text.split("\n\n")[1].strip()
    first, *rest = stranger.split("\n\n")
    host = "\n\n".join([first, piece, *rest])
    [row] = aligned(text, host, language)
    start, end = text.index(piece), text.index(piece) + len(piece)
    assert (row["a_start"], row["a_end"]) == (start, end)
    assert host[row["b_start"] : row["b_end"]] == piece
    assert row["kind"] == "verbatim"


@pytest.mark.parametrize("language", LANGUAGES)
def test_strangers_share_no_passage(language: str) -> None:
    text, _, stranger = WITNESSES[language]
    assert aligned(text, stranger, language) == []


def test_strangers_in_two_languages_share_no_passage() -> None:
    texts = [witness.text for witness in WITNESSES.values()]
    assert all(aligned(a, b, None) == [] for k, a in enumerate(texts) for b in texts[:k])


@pytest.mark.parametrize(
    ("a", "b"), [("", ""), ("", "word"), ("word", "other"), ("…", "?!"), ("one two three", "one two")]
)
def test_texts_too_short_for_a_passage_have_none(a: str, b: str) -> None:
    assert aligned(a, b) == []


def test_one_equal_word_is_the_same_text() -> None:
    """Whatever its length: two texts of the same words are one passage."""
    [row] = aligned("Tarrant.", " tarrant", None)
    assert (row["a_start"], row["a_end"], row["b_start"], row["b_end"]) == (0, 8, 1, 8)
    assert row["kind"] == "verbatim"


def test_two_spellings_of_the_same_words_are_restyled() -> None:
    a = ENGLISH.text
    b = replaced(a, ("nine nights", "9 nights"), ("keeper's", "keeper’s"))
    [row] = aligned(a, b)
    assert row["kind"] == "verbatim"
    restyled = [
        (a[e["a_start"] : e["a_end"]], b[e["b_start"] : e["b_end"]]) for e in row["edits"] if e["op"] == "restyle"
    ]
    assert restyled == [("keeper's", "keeper’s"), ("nine", "9")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_exchanging_the_sides_mirrors_the_rows(language: str) -> None:
    """Ids and the order of a pair do not matter: the same passages, their sides exchanged."""
    text, edited, stranger = WITNESSES[language]
    host = stranger + text.split("\n\n")[1] + "\n" + edited
    for a, b in ((text, edited), (text, host), (edited, stranger)):
        one, other = aligned(a, b, language), aligned(b, a, language)
        expected = [laid_out(row, "b", "a", insert="delete", delete="insert") for row in one]
        found = [laid_out(row, "a", "b", insert="insert", delete="delete") for row in other]
        assert found == sorted(expected, key=lambda row: row["span"])
        assert [row["rank"] for row in other] == list(range(1, len(other) + 1))
        assert [row["a_start"] for row in other] == sorted(row["a_start"] for row in other)


def test_a_pair_given_the_other_way_round_is_turned() -> None:
    """Its known copy with it."""
    table = documents(a=ENGLISH.text, b=ENGLISH.edited)
    for copy, turned in (("a", "b"), ("b", "a"), (None, None)):
        given = pa.table({"a": ["b"], "b": ["a"], "copy": pa.array([copy], pa.string())})
        expected = pa.table({"a": ["a"], "b": ["b"], "copy": pa.array([turned], pa.string())})
        assert align(table, given).equals(align(table, expected))


@pytest.mark.parametrize("parts", [1, 2, 7])
def test_rows_do_not_depend_on_parts_or_order(parts: int) -> None:
    """Nor on what other pairs are aligned beside."""
    texts = {
        f"{language}-{name}": text for language in LANGUAGES for name, text in WITNESSES[language]._asdict().items()
    }
    names = sorted(texts)
    table = documents(None, **texts)
    pairs = [(a, b) for k, a in enumerate(names) for b in names[k + 1 :] if a[:2] == b[:2] or "text" in a + b]
    backwards = pa.table({"a": [a for a, _ in pairs[::-1]], "b": [b for _, b in pairs[::-1]]})
    found = align(table.take(list(range(len(names)))[::-1]), backwards, engine=LocalEngine(parts=parts))
    one_by_one = [align(table, pa.table({"a": [a], "b": [b]})) for a, b in pairs]
    assert found.equals(pa.concat_tables(one_by_one).combine_chunks())


def test_edits_tile_a_passage_on_both_sides() -> None:
    """Every word of a passage stands in exactly one edit; one-sided edits are empty on the other side."""
    a, b = ENGLISH.text, ENGLISH.edited
    for row in aligned(a, b):
        for side, text in (("a", a), ("b", b)):
            words = words_of(text)
            spans = sorted((e[f"{side}_start"], e[f"{side}_end"]) for e in row["edits"])
            inside = [words.within(*span) for span in spans if span[0] < span[1]]
            assert [k for part in inside for k in range(part.start, part.stop)] == list(
                range(*words.within(row[f"{side}_start"], row[f"{side}_end"]).indices(len(words))[:2])
            )
        assert row["matched"] == sum(
            len(words_of(a[e["a_start"] : e["a_end"]])) for e in row["edits"] if e["op"] in ("match", "restyle", "move")
        )
        empty = {e["op"] for e in row["edits"] if e["a_start"] == e["a_end"] or e["b_start"] == e["b_end"]}
        assert empty <= {"insert", "delete"}


def test_a_changed_number_is_one_substitution() -> None:
    a, b = ENGLISH.text, ENGLISH.edited
    edits = [edit for row in aligned(a, b) for edit in row["edits"]]
    changed = [(a[e["a_start"] : e["a_end"]], b[e["b_start"] : e["b_end"]]) for e in edits if e["op"] == "substitute"]
    assert ("27", "72") in changed


def test_a_sentence_that_moved_is_a_move() -> None:
    sentence = "His account differs from the official inquiry, which blamed the captain. "
    b = replaced(ENGLISH.text, (sentence, ""), ("Most entries are short", sentence + "Most entries are short"))
    [row] = aligned(ENGLISH.text, b)
    [move] = [e for e in row["edits"] if e["op"] == "move"]
    assert ENGLISH.text[move["a_start"] : move["a_end"]] == b[move["b_start"] : move["b_end"]] == sentence[:-2]


DRAWN_AWAY = pytest.mark.xfail(reason="a seed of the smaller part grows into the larger part instead", strict=True)


@pytest.mark.parametrize(
    "language", ["zh", *(pytest.param(language, marks=DRAWN_AWAY) for language in ("ar", "en", "ru"))]
)
def test_a_foreign_paragraph_costs_no_reuse(language: str) -> None:
    """A paragraph of other matter in the copy lies outside; what stands before and after it is kept."""
    text, _, stranger = WITNESSES[language]
    paragraphs = text.strip().split("\n\n")
    foreign = stranger.strip().split("\n\n")[-1]
    for place in range(1, len(paragraphs)):
        before, after = "\n\n".join(paragraphs[:place]), "\n\n".join(paragraphs[place:])
        host = f"{before}\n\n{foreign}\n\n{after}"
        rows = aligned(text, host, language)
        assert not touched(rows, host, "b", foreign)
        for part in (before, after):
            assert len(part) < AlignmentOptions().shortest or covered(rows, text, "a", part)


@pytest.mark.parametrize(
    "line", ["Related article: Ten songs about the sea", "https://island.example/skerrow?page=2", "Advertisement"]
)
@pytest.mark.parametrize("both", [False, True])
def test_furniture_lies_outside_every_passage_of_reuse(line: str, both: bool) -> None:
    """Where only one side has it, and where both have; what stands around it stays reuse."""
    break_ = "Ada Quill.\n\n"
    a = replaced(ENGLISH.text, (break_, f"{break_}{line}\n\n"))
    b = replaced(ENGLISH.edited, (break_, f"{break_}{line}\n\n")) if both else ENGLISH.edited
    rows = aligned(a, b)
    assert not touched(rows, a, "a", line)
    assert not (both and touched(rows, b, "b", line))
    assert coverage(rows, b, "b") > 0.85
    assert covered(rows, a, "a", "Most entries are short: wind, cloud, passing ships.")


def test_a_shared_line_of_furniture_is_a_passage_of_its_own() -> None:
    line = "Related article: Ten songs about the sea and its lamps"
    a, b = (replaced(t, ("Ada Quill.\n\n", f"Ada Quill.\n\n{line}\n\n")) for t in (ENGLISH.text, ENGLISH.edited))
    rows = [row for row in aligned(a, b) if row["role"] == "furniture"]
    assert [(a[r["a_start"] : r["a_end"]], b[r["b_start"] : r["b_end"]]) for r in rows] == [(line, line)]


@pytest.mark.xfail(reason="whatever is cut on both sides is called furniture if three words match", strict=True)
def test_a_paragraph_that_was_replaced_is_no_furniture() -> None:
    """Prose that nothing supports is no passage at all, whichever three words both paragraphs hold."""
    bakers, travellers = (
        "Bakers disagree about rye. Some add a spoonful every evening because the grain brings its own yeast; others "
        "swear by plain wheat and a wooden.",
        "If you travel, dry a thin layer on paper, crumble it and keep the flakes in a tin. Two spoons of warm water "
        "wake them.",
    )
    a, b = (replaced(ENGLISH.text, ("Most entries", f"{foreign}\n\nMost entries")) for foreign in (bakers, travellers))
    rows = aligned(a, b)
    assert coverage(rows, a, "a") > 0.8
    assert not any(row["role"] == "furniture" for row in rows)


def test_passages_do_not_overlap_on_the_shorter_text() -> None:
    """One paragraph that the longer text holds twice is taken from one place."""
    piece = ENGLISH.text.split("\n\n")[3]
    host = f"{piece}\n\n{ENGLISH.stranger}\n\n{piece}\n"
    rows = aligned(piece, host)
    assert len(rows) == 1
    assert coverage(rows, piece, "a") == 1


def test_two_places_of_reuse_are_two_passages() -> None:
    """In the order of a, ranked from 1."""
    paragraphs = ENGLISH.text.strip().split("\n\n")
    host = f"{paragraphs[3]}\n\n{ENGLISH.stranger}\n\n{paragraphs[1]}\n"
    rows = aligned(ENGLISH.text, host)
    assert [row["rank"] for row in rows] == [1, 2]
    assert [host[row["b_start"] : row["b_end"]] for row in rows] == [paragraphs[1], paragraphs[3]]


def test_a_known_copy_decides_which_side_is_searched() -> None:
    """Passages do not overlap on the copy; a source may be used twice."""
    piece = ENGLISH.text.split("\n\n")[3]
    host = f"{piece}\n\n{ENGLISH.stranger}\n\n{piece}\n"
    assert len(aligned(piece, host, copy="a")) == 1
    twice = aligned(piece, host, copy="b")
    assert [host[row["b_start"] : row["b_end"]] for row in sorted(twice, key=lambda r: r["b_start"])] == [piece, piece]


def test_the_language_may_be_unknown() -> None:
    """The column may be left out; words that no list knows count as rare."""
    table = documents(None, a=ENGLISH.text, b=ENGLISH.edited)
    rows = align(table.drop_columns("language"), pa.table({"a": ["a"], "b": ["b"]}))
    assert rows.equals(align(table, pa.table({"a": ["a"], "b": ["b"]})))
    assert coverage(rows.to_pylist(), ENGLISH.text, "a") > 0.9


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


NOT_CAST = pytest.mark.xfail(reason="the documents are not checked against their schema", strict=True)
PAIRS = pa.table({"a": ["a"], "b": ["b"]})


@pytest.mark.parametrize(
    ("column", "kind"),
    [
        ("a", pa.large_string()),
        ("b", pa.dictionary(pa.int32(), pa.string())),
        ("language", pa.dictionary(pa.int32(), pa.string())),
        pytest.param("doc", pa.large_string(), marks=NOT_CAST),
        pytest.param("text", pa.string(), marks=NOT_CAST),
        pytest.param("text", pa.string_view(), marks=NOT_CAST),
    ],
)
def test_text_columns_may_be_of_any_string_type(column: str, kind: pa.DataType) -> None:
    """Data frames come with large strings, and with dictionaries."""

    def cast(table: pa.Table) -> pa.Table:
        names = table.column_names
        return table if column not in names else table.set_column(names.index(column), column, table[column].cast(kind))

    table = documents("en", a=ENGLISH.text, b=ENGLISH.edited)
    assert align(cast(table), cast(PAIRS)).equals(align(table, PAIRS))


@NOT_CAST
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
    assert aligned(ENGLISH.text, ENGLISH.edited, accept=20) == []
    assert aligned(ENGLISH.text, ENGLISH.edited, accept=-20)


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
    """Characters on either side; a line of furniture stays, however short."""
    piece = ENGLISH.text.split("\n\n")[1]
    host = f"{ENGLISH.stranger}\n\n{piece}\n"
    [row] = aligned(ENGLISH.text, host)
    size = min(row["a_end"] - row["a_start"], row["b_end"] - row["b_start"])
    assert aligned(ENGLISH.text, host, shortest=size) == [row]
    assert aligned(ENGLISH.text, host, shortest=size + 1) == []


def test_seeds_that_are_not_tried_are_noted() -> None:
    paragraphs = ENGLISH.text.strip().split("\n\n")
    host = f"{paragraphs[3]}\n\n{ENGLISH.stranger}\n\n{paragraphs[1]}\n"
    table, pairs = documents("en", a=ENGLISH.text, b=host), pa.table({"a": ["a"], "b": ["b"]})
    once = align(table, pairs, options=AlignmentOptions(tries=1))
    [note] = schemas.remarks([once], "notes").to_pylist()
    assert (note["stage"], note["what"]) == ("alignments", "seeds beyond the number of tries")
    assert once.num_rows == 1
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
