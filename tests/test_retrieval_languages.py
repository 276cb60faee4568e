"""Copies are found in every language: spun, cut out, without capitals; and nothing else is."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pyarrow as pa
import pyarrow.compute as pc
import pytest

import stemmata as st
from stemmata.facts import Facts
from stemmata.fingerprints import FingerprintOptions, fingerprint
from stemmata.pairs import find_pairs
from stemmata.statistics import StatisticsOptions, collect_statistics
from stemmata.tokens import CAPITAL, FIRST, read_keys, words_of
from stemmata.views import Frame
from tests.dispatches import CASELESS, CROWDED, DISPATCHES, UNSPACED, Dispatch
from tests.prose import GERMAN, texts
from tests.witnesses import WITNESSES

SPACED = [language for language in DISPATCHES if language not in UNSPACED]
CASED = [language for language in DISPATCHES if language not in CASELESS]
LISTED = [language for language in DISPATCHES if language != "th"]  # no list of words ships for Thai
NAMED, NAMELESS = "with names", "without names"
ENOUGH = 6  # shared k-grams with which a pair stays: ``PairOptions.verified``
COPIES: dict[str, Callable[[Dispatch], str]] = {
    "spun": lambda piece: piece.spun,
    "spun, in small letters": lambda piece: piece.spun.lower(),
    "spun, in capitals": lambda piece: piece.spun.upper(),
    "an excerpt": lambda piece: piece.text[len(piece.text) // 4 : len(piece.text) * 3 // 4],
    "spun, in short lines": lambda piece: broken(piece.spun),
}
PLANTED = {
    (f"{language}, {kind}", f"{language}, {kind}: copy") for language in DISPATCHES for kind in (NAMED, NAMELESS)
}


def broken(text: str, width: int = 16) -> str:
    """The text in lines; words stay whole, as far as they are parted by spaces."""
    if " " not in text:
        return "\n".join(text[place : place + width] for place in range(0, len(text), width))
    words = text.split(" ")
    return "\n".join(" ".join(words[place : place + 4]) for place in range(0, len(words), 4))


@cache
def pile(copy: str) -> pa.Table:
    """All pieces of all languages, each beside one kind of copy, and strangers; their languages are found out."""
    strangers = [
        st.Text(text, doc=f"{language}, stranger {number}")
        for language, witness in WITNESSES.items()
        for number, text in enumerate((witness.text, witness.stranger))
    ]
    return st.read_documents(
        [
            st.Text(text, doc=f"{language}, {kind}{mark}")
            for language, pieces in DISPATCHES.items()
            for kind, piece in zip((NAMED, NAMELESS), pieces, strict=True)
            for mark, text in (("", piece.text), (": copy", COPIES[copy](piece)))
        ]
        + strangers
    )


@cache
def found(copy: str, options: FingerprintOptions) -> dict[tuple[str, str], dict[str, int]]:
    """What each pair shares that is found in the pile."""
    documents = pile(copy)
    statistics = collect_statistics(documents)
    pairs = find_pairs(documents, fingerprint(documents, statistics, options=options), statistics)
    return {(row["a"], row["b"]): row["shared"] for row in pairs.to_pylist()}


def skeleton(text: str, language: str | None, statistics: pa.Table | None = None, **more: bool) -> list[str]:
    """The words of a text's skeleton, as they stand."""
    frame = Frame(Facts.of(statistics), [language])
    keys, words = read_keys(pa.array([text], pa.large_string())), words_of(text)
    places = frame.skeletons(keys, [language], **more).grams.places
    return [text[words.start[place] : words.end[place]] for place in places]


@pytest.mark.parametrize("options", [FingerprintOptions(), FingerprintOptions(sample_from=0)], ids=["whole", "sampled"])
@pytest.mark.parametrize("copy", COPIES)
def test_in_every_language_each_copy_is_found_beside_its_source_and_nothing_else(
    copy: str, options: FingerprintOptions
) -> None:
    """One pile of 27 languages, of pieces with and without names."""
    assert len(DISPATCHES) >= 20
    assert set(found(copy, options)) == PLANTED


@pytest.mark.parametrize("copy", COPIES)
def test_the_languages_of_the_pile_are_told_apart(copy: str) -> None:
    """A text and its copy would have other function words if they were taken for two languages."""
    for row in pile(copy).to_pylist():
        assert row["language"] == row["doc"][:2]


@pytest.mark.parametrize("copy", [copy for copy in COPIES if copy.startswith("spun")])
@pytest.mark.parametrize("language", LISTED)
def test_the_skeleton_alone_finds_a_spun_copy(language: str, copy: str) -> None:
    """Of all words, where spaces part them, the copy shares no more than a fifth of the runs of five."""
    alone, both = found(copy, FingerprintOptions(views=("skeleton",))), found(copy, FingerprintOptions())
    for piece, kind in zip(DISPATCHES[language], (NAMED, NAMELESS), strict=True):
        pair = f"{language}, {kind}", f"{language}, {kind}: copy"
        assert alone[pair]["skeleton"] >= ENOUGH
        assert language in UNSPACED or both[pair]["surface"] < 0.2 * len(words_of(piece.text))


@pytest.mark.parametrize("language", UNSPACED)
def test_where_no_spaces_part_words_each_sign_is_one_and_all_of_them_find_a_spun_copy(language: str) -> None:
    shared = found("spun", FingerprintOptions(views=("surface",)))
    for kind in (NAMED, NAMELESS):
        assert shared[f"{language}, {kind}", f"{language}, {kind}: copy"]["surface"] >= ENOUGH


@pytest.mark.parametrize("language", DISPATCHES)
def test_line_ends_inside_a_copy_change_nothing(language: str) -> None:
    """Neither between words nor, where there are no spaces, between any two signs."""
    for kind in (NAMED, NAMELESS):
        pair = f"{language}, {kind}", f"{language}, {kind}: copy"
        whole, lines = (found(copy, FingerprintOptions())[pair] for copy in ("spun", "spun, in short lines"))
        assert lines == whole


@pytest.mark.parametrize("language", CASED)
def test_prose_without_names_has_a_skeleton_of_function_words_alone(language: str) -> None:
    """And is found by them; one with names has these beside, but in German."""
    named, nameless = DISPATCHES[language]
    assert skeleton(nameless.text, language) == skeleton(nameless.text, language, names=False) != []
    assert (skeleton(named.text, language) == skeleton(named.text, language, names=False)) == (language == "de")


@pytest.mark.parametrize("turned", [str.lower, str.upper], ids=["small letters", "capitals"])
def test_where_names_are_everywhere_a_copy_without_capitals_is_found_by_what_stands_between_them(
    turned: Callable[[str], str],
) -> None:
    """Its skeleton has no names, and its source's has hardly anything else: only a collection that has met both knows.

    Nobody's skeleton would be looked up without names, else: it costs as much again.
    """
    documents = st.read_documents(
        [
            st.Text(text, doc=f"{language}{mark}")
            for language, piece in CROWDED.items()
            for mark, text in (("", piece.text), (": copy", turned(piece.spun)))
        ]
    )
    only, statistics = FingerprintOptions(views=("skeleton",)), collect_statistics(documents)
    pairs = find_pairs(documents, fingerprint(documents, statistics, options=only), statistics).to_pylist()
    assert {(row["a"], row["b"]) for row in pairs} == {(language, f"{language}: copy") for language in CROWDED}
    assert find_pairs(documents, fingerprint(documents, options=only)).num_rows == 0


# --- German, where every noun has a capital


def capitals(text: str) -> set[str]:
    """The words that have a capital though no sentence begins with them."""
    words = words_of(text)
    inside = [
        text[start:end]
        for start, end, flags in zip(words.start, words.end, words.flags, strict=True)
        if flags & CAPITAL and not flags & FIRST
    ]
    return set(inside)


def test_the_skeleton_of_a_german_text_has_no_nouns() -> None:
    """Nor names, which nobody could tell from them; an English one has its names."""
    german, english = DISPATCHES["de"][0].text, DISPATCHES["en"][0].text
    assert len(capitals(german)) > 25
    assert not capitals(german) & set(skeleton(german, "de"))
    assert {"Harrow", "Skell", "Lindqvist"} <= capitals(english) & set(skeleton(english, "en"))


def test_german_copies_with_other_nouns_are_found_since_nouns_are_no_names() -> None:
    """Were they, what a spinner exchanges would be what is looked for."""
    documents = pile("spun").filter(pc.equal(pile("spun").column("language"), "de"))
    only = FingerprintOptions(views=("skeleton",))

    def pairs(names: float) -> list[tuple[str, int]]:
        told = pa.table({"fact": ["names"], "language": ["de"], "word": [""], "value": [names]})
        rows = find_pairs(documents, fingerprint(documents, told, options=only), told).to_pylist()
        return [(row["a"], row["shared"]["skeleton"]) for row in rows if row["shared"]["skeleton"] >= 2 * ENOUGH]

    assert [doc for doc, _ in pairs(0)] == [f"de, {NAMED}", f"de, {NAMELESS}"]
    assert pairs(1) == []
    told = pa.table({"fact": ["names"], "language": ["de"], "word": [""], "value": [1.0]})
    nouns = skeleton(DISPATCHES["de"][0].text, "de", told)
    assert len(capitals(DISPATCHES["de"][0].text) & set(nouns)) > len(nouns) / 3


def test_that_capitals_mark_no_names_is_measured_where_the_language_is_unknown() -> None:
    """Among texts enough, whose nouns all have capitals."""
    german = [st.Text(text, doc=f"{number:02}") for number, text in enumerate(texts(GERMAN, 10, 8))]
    piece = DISPATCHES["de"][0]
    documents = st.read_documents([*german, st.Text(piece.text, doc="source"), st.Text(piece.spun, doc="spun")])
    unknown = documents.set_column(
        documents.column_names.index("language"), "language", pa.nulls(documents.num_rows, pa.string())
    )
    statistics = collect_statistics(unknown, options=StatisticsOptions(own_words=1_000, own_names=10))
    assert not Facts.of(statistics).names(None)
    assert Facts().names(None)
    assert not capitals(piece.text) & set(skeleton(piece.text, None, statistics))
    pairs = find_pairs(unknown, fingerprint(unknown, statistics), statistics).to_pylist()
    assert ("source", "spun") in {(row["a"], row["b"]) for row in pairs}
