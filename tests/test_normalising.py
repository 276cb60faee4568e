"""Rules that make spellings equal: what they do to words, and what no rule may be."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemmata.collating.normalising import ABBREVIATION, Rule, Rules, normalised_words, read_rules
from stemmata.errors import MissingSource, SourceError
from stemmata.tokens import words_of

LATIN = Rules(
    (Rule("ſ", "s"), Rule("v", "u"), Rule("j", "i"), Rule("/que$/", "q"), Rule("dns", "dominus", ABBREVIATION))
)


def written(path: Path, rows: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(rows.encode(encoding))
    return path


def hashes(text: str, rules: Rules) -> list[int]:
    found: list[int] = normalised_words(text, words_of(text), rules).tolist()
    return found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Arma virumque cano", "arma uirumq; cano"),
        ("Dns iuſtus", "dominus justus"),
        ("VNIVERSITAS", "universitas"),
    ],
)
def test_latin_spellings_are_made_equal(one: str, other: str) -> None:
    assert hashes(one, LATIN) == hashes(other, LATIN)
    assert hashes(one, Rules()) != hashes(other, Rules())


def test_patterns_keep_what_stands_in_groups() -> None:
    """Initial v before a consonant is u, as in Middle English *vp*, *vs*; other v stay."""
    rules = Rules((Rule("/^v([^aeiouy])/", r"u\1"), Rule("/([aeo])u([aeiou])/", r"\1v\2")))
    assert [rules.apply(word) for word in ("vp", "Vs", "vertu", "euery", "loue")] == [
        "up",
        "us",
        "vertu",
        "every",
        "love",
    ]


def test_greek_and_hebrew_words_meet_rules_as_well() -> None:
    greek = Rules((Rule("/ν$/", ""), Rule("ςς", "ττ")))
    assert hashes("ἔστιν θάλαςςα", greek) == hashes("ἔστι θάλαττα", greek)
    hebrew = Rules((Rule("/יי/", "י"),))
    assert hashes("בניין", hebrew) == hashes("בנין", hebrew)


def test_rules_are_applied_once_in_their_order_and_abbreviations_first() -> None:
    swap = Rules((Rule("a", "b"), Rule("b", "a")))
    assert swap.apply("ab") == "aa"
    assert Rules((Rule("u", "v"), Rule("qu", "quod", ABBREVIATION))).apply("qu") == "qvod"
    assert Rules((Rule("u", "v"), Rule("qu", "quod", ABBREVIATION))).apply("qu", (ABBREVIATION,)) == "quod"


def test_composed_and_loose_accents_are_one() -> None:
    assert Rules((Rule("e\u0301", "ee"),)).apply("caf\u00e9") == "cafee"
    assert Rules((Rule("\u00e9", "ee"),)).apply("CAFE\u0301") == "cafee"


def test_words_that_no_rule_changes_keep_their_hash() -> None:
    text = "Two men sang, TWELVE prayed; naïve ﬁsh."
    words = words_of(text)
    assert np.array_equal(normalised_words(text, words, Rules((Rule("zz", "z"),))), words.word)
    assert np.array_equal(normalised_words(text, words, Rules()), words.word)


def test_a_word_that_becomes_several_is_equal_to_others_that_do_and_one_that_vanishes_has_no_hash() -> None:
    rules = Rules((Rule("/^etc$/", "et cetera"), Rule("/^ec$/", "et cetera"), Rule("/^x$/", "")))
    etc, ec, gone, cetera = hashes("etc ec x cetera", rules)
    assert etc == ec not in (0, cetera)
    assert gone == 0


@given(
    st.text("abuvſ ,.", max_size=40),
    st.lists(st.tuples(st.text("abuvſ", min_size=1), st.text("abu", max_size=3)), max_size=4),
)
def test_what_rules_make_of_a_word_does_not_depend_on_its_neighbours(text: str, pairs: list[tuple[str, str]]) -> None:
    rules = Rules(tuple(Rule(*pair) for pair in pairs))
    words = words_of(text)
    alone = [
        normalised_words(one, words_of(one), rules)[0]
        for one in (text[a:b] for a, b in zip(words.start, words.end, strict=True))
    ]
    assert normalised_words(text, words, rules).tolist() == alone


def test_rules_come_from_a_table(tmp_path: Path) -> None:
    rows = 'from,to,kind\nſ,s,\n\n/^v([^aeiou])/,u\\1,Spelling\n"dns",dominus,abbreviation\n'
    rules = read_rules(written(tmp_path / "rules.csv", rows))
    assert rules.listed == (
        Rule("ſ", "s"),
        Rule("/^v([^aeiou])/", r"u\1"),
        Rule("dns", "dominus", ABBREVIATION),
    )
    assert rules.listed[2].where.endswith("rules.csv, line 5")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_tables_of_spreadsheets_are_read(tmp_path: Path, encoding: str) -> None:
    assert read_rules(written(tmp_path / "r.csv", "From;To\r\nþ;th\r\n", encoding)).apply("Þat") == "that"


@pytest.mark.parametrize(
    ("rows", "what", "line"),
    [
        ("from\nv\n", "lacks the column 'to'", 1),
        ("from,to,why\nv,u,x\n", "has a column 'why' that is not known", 1),
        ("from,to,to\nv,u,x\n", "has two columns 'to'", 1),
        ("from,to\nv,u\nj\n", "has 1 values, and the table 2 columns", 3),
        ('from,to\nv,u\n"j,i\n', "no table can be made of it", 3),
        ("from,to\n,u\n", "does not say what it replaces", 2),
        ("from,to\n//,u\n", "does not say what it replaces", 2),
        ("from,to\nin quo,inquo\n", "is about one word", 2),
        ("from,to,kind\nv,u,sound\n", "not 'sound'", 2),
        (f"from,to\nv,{'u' * 101}\n", "puts in more than 100", 2),
        ("from,to\n/(v)/,\\2\n", "puts in group 2, and its pattern has 1", 2),
        ("from,to\n/(a/,b\n", "cannot be used from its letter", 2),
        ("from,to\n/V/,u\n", "has a capital letter", 2),
        ("from,to\n/[z-a]/,u\n", "is no pattern", 2),
        (" \n", "lacks the column 'from'", 1),
    ],
)
def test_what_is_no_rule_is_refused_by_file_and_line(tmp_path: Path, rows: str, what: str, line: int) -> None:
    with pytest.raises(SourceError, match=what) as caught:
        read_rules(written(tmp_path / "rules.csv", rows))
    assert caught.value.where.endswith(f"rules.csv, line {line}")
    assert caught.value.mend


def test_a_table_that_is_not_there_is_missed(tmp_path: Path) -> None:
    with pytest.raises(MissingSource):
        read_rules(tmp_path / "none.csv")


@pytest.mark.parametrize(
    "pattern",
    ["(a+)+$", "(a|aa)*", "(a*)*", "a*a*a*b", "a**", "a+?", "(?=a)", r"(a)\1", "(?P<x>a)", "*a", "^*",
     "a{1,50}a{1,50}a?a?", "[a--b]", "[[a]", "a{", ")", "a" * 1_001, r"\q"],
)  # fmt: skip
def test_patterns_that_some_word_could_make_slow_or_that_do_more_than_match_are_refused(pattern: str) -> None:
    with pytest.raises(SourceError):
        Rule(f"/{pattern}/", "b")


@pytest.mark.parametrize(
    ("pattern", "word", "gives"),
    [
        ("^con|^com|^cum", "comparo", "-paro"),
        ("[aeiou]{2}", "coelum", "c-lum"),
        ("(?:a|o)e", "caelum", "c-lum"),
        (r"\.?n+\b", "annn", "a-"),
        (r"[\u0591-\u05c7]", "בְ", "ב-"),
        ("u.*s$", "unus", "-"),
    ],
)
def test_sets_choices_and_quantifiers_of_letters_are_understood(pattern: str, word: str, gives: str) -> None:
    assert Rule(f"/{pattern}/", "-").apply(word) == gives


def test_the_slowest_pattern_that_is_let_in_ends_on_the_longest_word_that_it_meets() -> None:
    rules = Rules((Rule("/a*a*(a|b)c$/", ""),))
    for word in ("a" * 50, "a" * 100_000):  # the second is too long for any rule
        assert rules.apply(word) == word


def test_rules_that_make_a_word_longer_and_longer_stop() -> None:
    rules = Rules(tuple(Rule("a", "aa") for _ in range(60)))
    assert rules.apply("a") == "a" * 64
