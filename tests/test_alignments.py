"""Alignments: the passages that two texts share, word by word."""

from __future__ import annotations

import time

import pyarrow as pa
import pytest

from stemmata.alignments import AlignmentOptions, align
from stemmata.engines import LocalEngine
from stemmata.tokens import words_of
from tests.aligned import aligned, coverage, covered, documents, mirrored, touched
from tests.witnesses import WITNESSES, replaced

ENGLISH = WITNESSES["en"]
LANGUAGES = sorted(WITNESSES)


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
        assert mirrored(aligned(a, b, language), aligned(b, a, language))


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


@pytest.mark.parametrize("language", ["ar", "en", "ru", "zh"])
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
    ("line", "both"),
    [
        ("Related article: Ten songs about the sea", False),
        ("Related article: Ten songs about the sea", True),
        ("https://island.example/skerrow?page=2", False),
        ("Advertisement", False),
    ],
)
def test_furniture_lies_outside_every_passage_of_reuse(line: str, both: bool) -> None:
    """What stands around it stays reuse; of what both sides carry at one place a related-article line alone is cut."""
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


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("The council voted by 14 to 6 on Thursday to drop plans for 42 new homes.", "by 14 to 7 on Thursday"),
        ("Совет отменил строительство сорока домов на холме у реки.", "тридцати домов на холме"),
    ],
)
def test_two_sentences_that_are_mostly_the_same_are_one_passage(a: str, b: str) -> None:
    """Too short to find a passage in, long enough to be compared as wholes; strangers share nothing."""
    before = {"by 14 to 7 on Thursday": "by 14 to 6 on Thursday", "тридцати домов на холме": "сорока домов на холме"}
    changed = a.replace(before[b], b)
    assert changed != a
    rows = aligned(a, changed)
    assert [(row["a_start"], row["a_end"]) for row in rows] == [(0, len(a))]
    assert aligned(a, "Bees slept under the warm roof while rain fell on the harbour all that night.") == []


@pytest.mark.parametrize(
    "repeated", ['"a" ', '"a ', "the ship ", '"the lamp burnt all night" he said. ', '7" ', "'a' ", "« a » "]
)
def test_what_is_repeated_thousands_of_times_does_not_hold_up(repeated: str) -> None:
    """Quotations of nobody, marks without a partner, equal runs: a second or two on any machine, not minutes."""
    began = time.process_time()
    rows = aligned(repeated * 20_000, repeated * 19_990 + "b")
    assert time.process_time() - began < 20
    assert len(rows) == 1
