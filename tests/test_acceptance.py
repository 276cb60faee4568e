"""Which passages are accepted, and as what: asked through ``align``, with texts as they are found."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from stemmata.kinds import MODELLED, Trees, using
from tests.aligned import Row, aligned, coverage, covered, mirrored, touched
from tests.reports import CARP, DIVIDENDS, FABLE, FLOOD
from tests.test_short import QUOTED, inserted
from tests.witnesses import REWRITTEN, SPUN, WITNESSES

ENGLISH = WITNESSES["en"]
LANGUAGES = sorted(WITNESSES)
BREAK = "\n\n"
SENTENCE = "He never told us what he had seen, but from that day on he would not go near the reef."


def kinds(rows: list[Row]) -> list[str]:
    return [row["kind"] for row in rows]


def paragraphs(text: str) -> list[str]:
    return text.strip().split(BREAK)


@pytest.mark.parametrize(
    ("copy", "kind"),
    [
        (ENGLISH.text, "verbatim"),
        (ENGLISH.text.replace("keeper's", "keeper’s").replace("nine nights", "9 nights"), "verbatim"),
        (ENGLISH.text.replace("27 people", "72 people"), "edited"),
        (ENGLISH.edited, "edited"),
        (SPUN, "spun"),
        (REWRITTEN, "paraphrased"),
    ],
    ids=["same", "restyled", "one number", "edited", "spun", "rewritten"],
)
def test_the_kind_of_an_article(copy: str, kind: str) -> None:
    """One passage from end to end, more likely so than not; and of the same pair the other way round."""
    for a, b in ((ENGLISH.text, copy), (copy, ENGLISH.text)):
        (row,) = aligned(a, b)
        assert row["kind"] == kind
        assert 0.5 < row["confidence"] <= 1
        assert min(coverage([row], a, "a"), coverage([row], b, "b")) > 0.8


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_edited_copy_is_edited_in_every_script(language: str) -> None:
    """The Russian one holds enough of an editor's own words to pass for told anew."""
    text, edited, _ = WITNESSES[language]
    rows = aligned(text, edited, language)
    assert kinds(rows) in (["edited"], ["paraphrased"] if language == "ru" else ["edited"])
    assert min(coverage(rows, text, "a"), coverage(rows, edited, "b")) > 0.9


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_paragraph_in_a_text_of_other_matter_is_verbatim_in_every_script(language: str) -> None:
    """However little of either text it is."""
    text, _, stranger = WITNESSES[language]
    first, *rest = paragraphs(stranger)
    for piece in paragraphs(text):
        if len(piece) > 50:
            host = BREAK.join([first, piece, *rest])
            (row,) = aligned(text, host, language)
            assert (row["kind"], row["role"], row["moved"]) == ("verbatim", "reuse", False)
            assert (text[row["a_start"] : row["a_end"]], host[row["b_start"] : row["b_end"]]) == (piece, piece)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_and_itself_is_one_verbatim_passage_that_nothing_is_surer_than(language: str) -> None:
    text = WITNESSES[language].text.strip()
    (row,) = aligned(text, text, language)
    assert (row["kind"], row["confidence"], row["moved"], row["identity"]) == ("verbatim", 1.0, False, 1.0)
    assert (row["a_start"], row["a_end"], row["b_start"], row["b_end"]) == (0, len(text), 0, len(text))


def test_other_trees_may_be_lent_for_a_while() -> None:
    """To what runs in the block, on whichever thread; after it the package's own weigh again."""
    never = np.zeros((1, len(MODELLED), 4))
    never[0, MODELLED.index("summarised")] = 9
    lent = Trees(np.zeros((1, len(MODELLED), 3), np.intp), np.zeros((1, len(MODELLED), 3)), never)
    with using(lent):
        assert kinds(aligned(ENGLISH.text, REWRITTEN)) == ["summarised"]
    assert kinds(aligned(ENGLISH.text, REWRITTEN)) == ["paraphrased"]


def test_a_form_filled_in_anew_is_a_template() -> None:
    """Its wording is shared on purpose, its names and figures are not; the same notice mended is edited."""
    assert kinds(aligned(*DIVIDENDS)) == ["template"]
    mended = DIVIDENDS[0].replace("17.5", "18.5").replace("2,300", "2,500")
    assert kinds(aligned(DIVIDENDS[0], mended)) == ["edited"]


def test_two_reports_of_one_event_in_words_of_their_own_are_no_reuse() -> None:
    """They share the place, the names and the figures; a passage, if any, is of kind none."""
    assert set(kinds(aligned(*FLOOD))) <= {"none"}


def test_a_short_text_told_in_other_words_is_paraphrased() -> None:
    """A fable of 78 words, told again with every thought in its place."""
    rows = aligned(*FABLE)
    assert kinds(rows) == ["paraphrased"]
    assert min(coverage(rows, FABLE[0], "a"), coverage(rows, FABLE[1], "b")) > 0.9


@pytest.mark.parametrize("text", FABLE)
def test_a_short_text_and_one_on_another_matter_share_nothing(text: str) -> None:
    assert aligned(text, ENGLISH.stranger) == []


def test_weak_evidence_counts_where_it_takes_up_half_of_a_text() -> None:
    """A fable retold is the whole of two texts here, and there a third of longer ones on different matters."""
    weak: dict[str, Any] = {"accept": 8, "accept_short": 20}
    assert kinds(aligned(*FABLE, **weak)) == ["paraphrased"]
    a, b = f"{ENGLISH.text}\n{FABLE[0]}", f"{ENGLISH.stranger}\n{FABLE[1]}"
    assert aligned(a, b, **weak) == []
    assert kinds(aligned(a, b)) == ["paraphrased"]


@pytest.mark.parametrize(
    ("none", "accept", "alone", "beside"),
    [
        (0.2, 0, ["paraphrased"], ["paraphrased"]),
        (0.2, 5, ["paraphrased"], []),
        (0.5, 0, ["none"], ["none"]),
        (0.5, 5, [], []),
        (0.9, 0, ["none"], ["none"]),
        (0.9, 2, [], []),
    ],
)
def test_what_is_accepted_by_its_evidence_its_place_and_the_probability_of_none(
    none: float, accept: float, alone: list[str], beside: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The fable retold, alone and beside other matter; its evidence lies below 5.

    Evidence and kind are weighed together; weak evidence counts where the text as a whole looks like reuse.
    """
    shares = np.array([{"paraphrased": 1 - none, "none": none}.get(kind, 0.0) for kind in MODELLED])
    monkeypatch.setattr("stemmata.passages.acceptance.weigh", lambda _: shares)
    options: dict[str, Any] = {"accept": accept, "accept_short": 20}
    assert kinds(aligned(*FABLE, **options)) == alone
    a, b = f"{ENGLISH.text}\n{FABLE[0]}", f"{ENGLISH.stranger}\n{FABLE[1]}"
    assert kinds(aligned(a, b, **options)) == beside


def test_a_sentence_word_for_word_counts_inside_wording_that_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    """It takes the place of the passage of kind none that it stands in."""
    shares = np.array([0.5 * (kind in ("paraphrased", "none")) for kind in MODELLED])
    monkeypatch.setattr("stemmata.passages.acceptance.weigh", lambda _: shares)
    a, b = (f"{text.strip()} {QUOTED['en']}" for text in FABLE)
    (row,) = aligned(a, b)
    assert (row["kind"], a[row["a_start"] : row["a_end"]]) == ("verbatim", QUOTED["en"])
    assert kinds(aligned(a, b, accept_short=20)) == ["none"]


def test_words_that_may_be_shared_by_chance_of_subject_are_no_reuse() -> None:
    """Thirty words retold are reuse where they are all of both texts, and not where they are a sixth of longer ones."""
    assert kinds(aligned(*CARP)) == ["paraphrased"]
    a, b = f"{ENGLISH.text}\n{CARP[0]}", f"{ENGLISH.stranger}\n{CARP[1]}"
    assert set(kinds(aligned(a, b))) <= {"none"}


def test_a_sentence_of_twenty_words_is_found_in_texts_that_share_nothing_else() -> None:
    """It is short reuse, and has a threshold of its own."""
    a, b = (inserted(text, SENTENCE) for text in (ENGLISH.text, ENGLISH.stranger))
    (row,) = aligned(a, b)
    assert (row["kind"], row["role"], row["moved"]) == ("verbatim", "reuse", False)
    assert (a[row["a_start"] : row["a_end"]], b[row["b_start"] : row["b_end"]]) == (SENTENCE, SENTENCE)
    assert aligned(a, b, accept_short=20) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_stands_elsewhere_in_the_order_of_the_other_text_has_moved(language: str) -> None:
    """The last paragraph, put first and parted from the others by other matter; the others stayed."""
    text, _, stranger = WITNESSES[language]
    *before, last = paragraphs(text)
    host = BREAK.join([last, stranger.strip(), *before])
    stayed, moved = aligned(text, host, language)
    assert (stayed["moved"], moved["moved"]) == (False, True)
    assert host[moved["b_start"] : moved["b_end"]] == last
    straight = aligned(text, BREAK.join([*before, stranger.strip(), last]), language)
    assert [row["moved"] for row in straight] == [False, False]


EXCHANGED = (  # twenty-four words each
    "The old ferry crosses the grey water slowly while gulls circle above the rusted chimney and children wave at "
    "strangers standing beside the rail.",
    "Bakers in the valley knead their sour dough before sunrise because the ovens need three quiet hours to reach an "
    "even glowing heat inside.",
)


def test_of_two_passages_as_long_as_each_other_the_same_has_moved_on_both_sides() -> None:
    first, second = EXCHANGED
    a, b = BREAK.join([first, ENGLISH.stranger, second]), BREAK.join([second, ENGLISH.text, first])
    one, other = aligned(a, b), aligned(b, a)
    assert sorted(row["moved"] for row in one) == [False, True]
    assert mirrored(one, other)


HOST = BREAK.join([paragraphs(ENGLISH.text)[3], ENGLISH.stranger, *paragraphs(ENGLISH.edited)[1:3]])
PAIRS = {
    "edited": (ENGLISH.text, ENGLISH.edited),
    "spun": (ENGLISH.text, SPUN),
    "rewritten": (ENGLISH.text, REWRITTEN),
    "moved": (ENGLISH.text, HOST),
    "form": DIVIDENDS,
    "fable": FABLE,
    "fable in other matter": (f"{ENGLISH.text}\n{FABLE[0]}", f"{FABLE[1]}\n{ENGLISH.stranger}"),
    "one event": FLOOD,
}


@pytest.mark.parametrize("name", PAIRS)
def test_exchanging_the_sides_mirrors_every_column(name: str) -> None:
    """Kind, confidence and what has moved among them; and so where the copy is known."""
    a, b = PAIRS[name]
    assert mirrored(aligned(a, b), aligned(b, a))
    assert mirrored(aligned(a, b, copy="b"), aligned(b, a, copy="a"))


def test_a_source_used_twice_has_moved_once_whichever_text_is_called_a() -> None:
    piece = paragraphs(ENGLISH.text)[3]
    host = BREAK.join([piece, ENGLISH.stranger, piece])
    assert mirrored(aligned(piece, host, copy="b"), aligned(host, piece, copy="a"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_foreign_paragraph_costs_no_passage(language: str) -> None:
    """Put anywhere into a copy, it lies outside; all that the copy has in common with its source is still found."""
    text, edited, stranger = WITNESSES[language]
    foreign = paragraphs(stranger)[-1]
    parts = paragraphs(edited)
    for place in range(len(parts) + 1):
        host = BREAK.join([*parts[:place], foreign, *parts[place:]])
        rows = aligned(text, host, language)
        assert coverage(rows, text, "a") > 0.9
        assert not touched(rows, host, "b", foreign)
        assert set(kinds(rows)) <= {"verbatim", "edited", "paraphrased"}


def test_a_foreign_paragraph_leaves_what_is_kept_word_for_word_as_it_was() -> None:
    """Every paragraph around it lies in a passage that is verbatim."""
    parts = paragraphs(ENGLISH.text)
    foreign = paragraphs(ENGLISH.stranger)[-1]
    rows = aligned(ENGLISH.text, BREAK.join([*parts[:3], foreign, *parts[3:]]))
    assert set(kinds(rows)) == {"verbatim"}
    assert all(covered(rows, ENGLISH.text, "a", part) for part in parts)
