"""Words: one tokeniser for all stages, checked against regular expressions and by example."""

from __future__ import annotations

from importlib.resources import files
from itertools import pairwise
from unicodedata import unidata_version

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scripts.build_unicode_tables import PLANES, folded, properties

from stemmata.errors import SchemaError
from stemmata.kernels.tokenise import EXPANDED
from stemmata.tokens import (
    CAPITAL,
    DISGUISED,
    FIRST,
    LINE,
    LOWERCASE,
    NUMBER,
    PARAGRAPH,
    SENTENCE,
    Tokens,
    Words,
    among,
    distinct,
    hash_words,
    read_keys,
    read_words,
    words_of,
)
from tests.oracles import tokens as oracle
from tests.texts import texts


def spelled(text: str) -> list[str]:
    """The words of a text as they stand in it."""
    words = words_of(text)
    return [text[start:end] for start, end in zip(words.start, words.end, strict=True)]


def flagged(text: str, flag: int) -> list[str]:
    """The words of a text that carry a flag."""
    return [word for word, flags in zip(spelled(text), words_of(text).flags, strict=True) if flags & flag]


def equal(*words: str) -> bool:
    """Whether all of these are one word, and the same one."""
    found = {tuple(words_of(word).word.tolist()) for word in words}
    return len(found) == 1 and len(found.pop()) == 1


def rows(words: Words) -> list[tuple[int, ...]]:
    """Words as plain tuples."""
    return list(zip(*(a.tolist() for a in (words.start, words.end, words.word, words.form, words.flags)), strict=True))


@given(texts)
def test_keys_are_the_words_without_where_they_stand(text: str) -> None:
    column = pa.array([text, "Two more, then.", text], pa.large_string())
    words = read_words(column)
    keys, bare = read_keys(column), read_keys(column, flags=False)
    assert len(bare.flags) == 0
    assert keys.flags.tolist() == words.words.flags.tolist()
    for found in (keys, bare):
        assert found.first.tolist() == words.first.tolist()
        assert found.word.tolist() == words.words.word.tolist()
    chosen = read_keys(column, np.array([2, 1]))
    assert chosen.word.tolist() == [*words[2].word.tolist(), *words[1].word.tolist()]
    assert np.diff(chosen.first).tolist() == [len(words[2]), len(words[1])]


@given(texts)
@example("don'\u200b x")  # a sign that is not seen after an apostrophe that does not go on
@example("10,\u200b x")
@example("ʼtis Hawaiʼ ʼ")
@example("word\u200b wo\u200brd")
def test_words_are_those_of_the_rules(text: str) -> None:
    """Spans and flags are those of the regular expressions; hashes are equal where folded words are."""
    words, expected = words_of(text), oracle.read_words(text)
    assert list(zip(words.start, words.end, strict=True)) == [(w.start, w.end) for w in expected]
    assert words.flags.tolist() == [w.flags for w in expected]
    hashes = words.word.tolist()
    folded = [w.folded for w in expected]
    assert len({*zip(folded, hashes, strict=True)}) == len({*folded}) == len({*hashes})


@given(st.text("aопд сеaeopTТ μαοκρν𝐚𝐛ｂé' \u0301\u0336\u200b\ufe0f\U000e0061", max_size=40))
@example("we saw а ship and а boat")
@example("TNFα NFκB NFκb ρc νοe oν αο αTο ο'α")
@example("𝐩𝐚𝐬𝐬 p𝐚ss pass𝐚")
@example("пaрoход θaλαρ μm kΩ")
def test_disguised_words_are_those_of_the_rules(text: str) -> None:
    """The same of texts that are made of look-alike letters and hidden signs, which are rare in others."""
    words, expected = words_of(text), oracle.read_words(text)
    assert words.flags.tolist() == [w.flags for w in expected]
    hashes = words.word.tolist()
    folded = [w.folded for w in expected]
    assert len({*zip(folded, hashes, strict=True)}) == len({*folded}) == len({*hashes})


@given(st.lists(texts, max_size=5), st.data())
def test_any_slicing_and_chunking_gives_the_same_words(documents: list[str], data: st.DataObject) -> None:
    """A batch equals its documents one by one, however the column is typed, sliced and chunked."""
    kind = data.draw(st.sampled_from([pa.string(), pa.large_string()]))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(documents)), max_size=3)))
    padded = pa.array(["before", *documents, "after"], kind)
    edges = [1, *(cut + 1 for cut in cuts), len(documents) + 1]
    column = pa.chunked_array([padded.slice(a, b - a) for a, b in pairwise(edges)], kind)
    for texts_column in (column, padded.slice(1, len(documents))):
        tokens = read_words(texts_column)
        assert [rows(tokens[d]) for d in range(len(tokens))] == [rows(words_of(text)) for text in documents]


hashes = st.lists(st.integers(0, 9) | st.integers(2**64 - 3, 2**64 - 1), max_size=12).map(
    lambda values: np.array(values, np.uint64)
)


@given(hashes, hashes)
def test_hashes_are_looked_up_as_numpy_does(some: NDArray[np.uint64], others: NDArray[np.uint64]) -> None:
    chosen = distinct(others)
    assert chosen.tolist() == np.unique(others).tolist()
    assert among(some, chosen).tolist() == np.isin(some, others).tolist()


@given(st.lists(st.sampled_from(["ten", "10", "Straße", "don’t", "two words", "", "，", "人", "人民"])))
def test_hash_words_is_what_read_words_finds(words: list[str]) -> None:
    """The hash of one word; 0 for nothing, and for what is more than one word."""
    found = [words_of(word).word.tolist() for word in words]
    assert hash_words(words).tolist() == [hashes[0] if len(hashes) == 1 else 0 for hashes in found]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Well-known_facts, e.g. U.S.", ["Well", "known", "facts", "e", "g", "U", "S"]),
        ("don't rock’n’roll, the dogs' 'tis", ["don't", "rock’n’roll", "the", "dogs", "tis"]),
        ("1,000,000 or 3.14. 10, 5%", ["1,000,000", "or", "3.14", "10", "5"]),
        ("1a1a1a", ["1", "a", "1", "a", "1", "a"]),
        ("2½", ["2"]),
        ("ที่นี่", ["ที่", "นี่"]),
        ("老茶馆，1932年", ["老", "茶", "馆", "1932", "年"]),
        ("カﾊ々〇", ["カ", "ﾊ", "々", "〇"]),
        ("한국어", ["한국어"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("الكِتَاب الجديد", ["الكِتَاب", "الجديد"]),
        ("👍🏽 👩\u200d🚀 🇬🇷", []),
        ("cafe\u0301s", ["cafe\u0301s"]),
        ("\U00020b9f\U0002f80f", ["\U00020b9f", "\U0002f80f"]),
        ("п’ять пʼять", ["п’ять", "пʼять"]),
        ("ʼ Hawaiʼ", ["Hawai"]),
        ("", []),
        (" \n…—", []),
        ("a", ["a"]),
    ],
)
def test_what_a_word_is(text: str, words: list[str]) -> None:
    assert spelled(text) == words


@pytest.mark.parametrize(
    "words",
    [
        ("ten", "Ten", "TEN", "10", "１０", "١٠", "१०"),
        ("1,000", "1000", "١,٠٠٠"),
        ("don't", "don’t", "DON'T", "donʼt"),
        ("café", "cafe", "cafe\u0301", "CAFÉ", "ｃａｆé"),
        ("straße", "STRASSE", "strasse", "STRAẞE"),
        ("ﬁne", "fine"),
        ("paypal", "pаypal", "раypal"),
        ("anti\u00adfreeze", "antifreeze", "anti\u200bfreeze"),
        ("ΣΊΣΥΦΟΣ", "σίσυφος", "Σισυφος"),
        ("ёлка", "елка", "ЁЛКА"),
        ("كِتَاب", "كتاب"),
        ("क़लम", "\u0958लम"),
        ("ﾊ", "ハ"),
    ],
)
def test_words_that_are_one(words: tuple[str, ...]) -> None:
    """Case, compatibility forms, loose marks, hidden signs, commas and look-alike letters are folded."""
    assert equal(*words)


@pytest.mark.parametrize(
    "words",
    [
        ("one", "1"),  # a word of too many meanings
        ("3.14", "314"),
        ("सर", "सिर"),  # a vowel that is a mark
        ("сор", "cop"),  # a Russian word, and an English one in letters that look alike
        ("10", "1O"),
    ],
)
def test_words_that_differ(words: tuple[str, str]) -> None:
    assert not equal(*words)


@pytest.mark.skipif(unidata_version != "14.0.0", reason="the tables are pinned to Unicode 14")
def test_the_shipped_tables_are_those_that_the_script_writes() -> None:
    with np.load(str(files("stemmata") / "data" / "unicode.npz")) as tables:
        bits, fold, expansions = (tables[name].tolist() for name in ("properties", "fold", "expansions"))
        assert tables["unicode_version"] == unidata_version
    for point in range(PLANES):
        at = fold[point] - EXPANDED
        points = [fold[point]] if at < 0 else expansions[at + 1 : at + 1 + expansions[at]]
        assert (bits[point], points) == (properties(point), [ord(sign) for sign in folded(point)])


def test_form_tells_spellings_of_one_word_apart() -> None:
    """The form keeps what the hash folds, case aside."""

    def same(one: str, other: str) -> bool:
        return bool(words_of(one).form[0] == words_of(other).form[0])

    assert same("Harbour", "HARBOUR")
    assert not same("ten", "10")
    assert not same("1,000", "1000")
    assert not same("café", "cafe")


@pytest.mark.parametrize("words", ["École école", "Йод йод", "Άρης άρης"])
def test_form_leaves_case_aside_in_letters_with_marks(words: str) -> None:
    form = words_of(words).form
    assert form[0] == form[1]


def test_flags_of_a_word() -> None:
    text = "The Tower, ten feet or 3 yards, of pаypal, in 12th wo\u200brds\u200b from Москва"
    assert flagged(text, CAPITAL) == ["The", "Tower", "Москва"]
    assert flagged(text, LOWERCASE)[:3] == ["ten", "feet", "or"]
    assert flagged(text, NUMBER) == ["ten", "3", "12"]
    assert flagged(text, DISGUISED) == ["pаypal", "wo\u200brds\u200b"]
    assert not flagged("人 ١٢ كتاب", CAPITAL | LOWERCASE)


def test_a_sign_that_does_not_show_after_a_word_is_no_disguise() -> None:
    """Texts of two directions put marks behind words; only inside a word do they hide something. Tags always do."""
    assert flagged("Halcyon\u200e שלום می\u200cخواهم", DISGUISED) == []
    assert flagged("look\U000e0061\U000e0062 here", DISGUISED) == ["look\U000e0061\U000e0062"]


@pytest.mark.parametrize(
    ("plain", "disguised"),
    [
        ("password", "pаsswоrd"),  # Cyrillic а and о
        ("model", "mοdel"),  # Greek ο
        ("hello", "hellο"),  # at the end as well: no sign
        ("pavilion", "paνilion"),  # Greek ν within
        ("paypal", "pаypal"),
        ("ABLE", "ΑBLE"),  # Greek Α
        ("пароход", "пaрoход"),  # Latin a and o
        ("θάλασσα", "θάλaσσα"),  # Latin a
        ("password", "p𝐚ssword"),
        ("password", "𝓹𝓪𝓼𝓼𝔀𝓸𝓻𝓭"),
        ("password", "pａsｓword"),
        ("password", "pass\u200dword"),
        ("password", "pass\u2060word"),
        ("password", "pass\u061cword"),
        ("password", "pass\u202eword"),
        ("password", "pass\u2063word"),
        ("password", "pass\u3164word"),
        ("password", "pass\ufe0fword"),
        ("password", "pass\u034fword"),
        ("password", "p\u0336a\u0336s\u0336sword"),
        ("password", "pa\u0301\u0302\u0303\u0304ssword"),
        ("password", "pass\U000e0061word"),
        ("password", "pass\U000e0150word"),
        ("пароход", "паро\u200bход"),
    ],
)
def test_a_disguised_word_is_the_same_word_and_flagged(plain: str, disguised: str) -> None:
    assert equal(plain, disguised)
    assert flagged(plain, DISGUISED) == []
    assert flagged(disguised, DISGUISED) == [disguised]


def test_a_word_of_another_script_means_itself() -> None:
    """Foreign words and signs of science stand among Latin words; only a word that mixes scripts is disguised."""
    assert flagged("there was а ship, and оnly а boat", DISGUISED) == ["оnly"]
    assert not equal("the value of ρ is", "the value of p is")
    assert not equal("TNFα", "TNFa")
    assert not equal("the word сор means", "the word cop means")


@pytest.mark.parametrize(
    "text",
    [
        "soft\u00adhyphen",
        "cafe\u0301 Vie\u0323\u0302t",
        "μm kΩ ΔG",  # units and formulas
        "the value of α is, that of ν 12, that of ρ2 no more, and α1 and β2 are receptors",
        "TNFα and NFκB, IκBα and PPARγ; ρc, νe and αs",
        "the Russian word сор means litter, and the letter а is the first",
        "the Greek word νοτα is none, and οχι is no",
        "он купил Apple, а она Linux с диском: цена а не вес",
        "ＡＢＣ股票",  # wide letters in Chinese type
        "𝑥 𝑑𝑦 log𝑛",
        "XVIᵉ 1ª nº ﬁne Ⅷ",
        "كتاب ﻛﺘﺎﺏ",  # Arabic letters by the forms that they take
        "क्\u200dष क्\u200cष",
        "می\u200cخواهم",
        "שלו\u200dם",
        "👩\u200d🚀 👨\u200d👩\u200d👧 ☂\ufe0f 1\ufe0f\u20e3",
        "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
        "ภาษา\u200bไทย",
        "葛\U000e0100城",
        "ᠮᠣᠩᠭᠣᠯ\u180bᠢ",
    ],
)
def test_what_a_script_needs_is_no_disguise(text: str) -> None:
    """Joiners, selectors, marks, and letters that mean themselves."""
    assert flagged(text, DISGUISED) == []


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("He left. She stayed! Did he? No… Yes", ["He", "She", "Did", "No", "Yes"]),
        ("He said it (twice.) Then left", ["He", "Then"]),
        ("“Go.” “Why?” he asked", ["Go", "Why", "he"]),
        ('It was 10. "Late," he said', ["It", "Late"]),
        ("他走了。她留下？是", ["他", "她", "是"]),
        ("see v1.2 and e.g.this", ["see"]),
        ("He said: never", ["He"]),
    ],
)
def test_where_sentences_begin(text: str, begins: list[str]) -> None:
    """After a full stop and white space, whatever brackets and quotes close with it; after 。 at once."""
    assert flagged(text, SENTENCE) == begins


def test_where_a_capital_says_nothing() -> None:
    """A word is sentence-first also after a colon, an opening quote and a blank line."""
    text = 'The Times said: Ask “Ada Quill” or "Bob Tarrant".\n\nNo Reply\nBut Yes'
    assert flagged(text, FIRST) == ["The", "Ask", "Ada", "Bob", "No"]


def test_line_ends_and_blank_lines() -> None:
    text = "One\nTwo\r\n\r\nThree four\u2028five\x0csix"
    assert flagged(text, LINE) == ["One", "Two", "Three", "five", "six"]
    assert flagged(text, PARAGRAPH) == ["One", "Three"]


def test_a_text_without_prose_needs_more_room_than_prose() -> None:
    """The first try leaves room for a word every three bytes; a word a byte is cut all the same."""
    text = "1a" * 5_000
    assert len(words_of(text)) == 10_000
    assert words_of(text).start.tolist() == list(range(10_000))
    assert spelled("1a1a1a" * 300)[-1] == "a"


def test_two_megabytes_on_one_line() -> None:
    sentence = "The keeper's log of 1912, “lost” in the Skerrow – найден. "
    words = words_of(sentence * (2_000_000 // len(sentence.encode())))
    single = words_of(sentence)
    times = 2_000_000 // len(sentence.encode())
    assert len(words) == times * len(single)
    assert np.array_equal(words.word, np.tile(single.word, times))
    assert words.end[-1] == single.end[-1] + (times - 1) * len(sentence)


def test_a_very_long_word_is_known_whole() -> None:
    """Letters past the 256 that are kept count as well, case aside."""
    assert spelled("x" * 10_000) == ["x" * 10_000]
    assert not equal("x" * 256, "x" * 10_000)
    assert not equal("x" * 300 + "y", "x" * 300 + "z")
    assert equal("x" * 300 + "Y", "X" * 300 + "y")


def test_nulls_are_refused() -> None:
    with pytest.raises(SchemaError, match="holds 1 nulls"):
        read_words(pa.array(["a", None]))


@pytest.mark.parametrize("column", [pa.array([], pa.string()), pa.chunked_array([], pa.large_string())])
def test_an_empty_column_has_no_words(column: pa.Array | pa.ChunkedArray) -> None:
    tokens = read_words(column)
    assert len(tokens) == 0
    assert len(tokens.words) == 0


def test_documents_are_asked_for_by_their_number() -> None:
    tokens = read_words(pa.array(["one two", "", "three"]))
    assert [len(tokens[d]) for d in range(3)] == [2, 0, 1]
    assert isinstance(tokens, Tokens)
    for absent in (-1, 3):
        with pytest.raises(IndexError):
            tokens[absent]


def test_words_within_a_span_are_those_that_begin_in_it() -> None:
    words = words_of("one two three four")
    assert words.within(4, 8) == slice(1, 2)
    assert words.within(5, 18) == slice(2, 4)
    assert words.within(0, 0) == slice(0, 0)
