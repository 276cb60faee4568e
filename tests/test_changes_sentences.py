"""Sentences left out, put in, exchanged and moved, also at the edges of what the aligner found."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemmata.alterations.collation import Run
from stemmata.alterations.edges import ALONE, BOTH, widen
from stemmata.alterations.strangers import are_strangers
from stemmata.tokens import hash_words
from tests.marked import marked
from tests.test_changes import AFTER, BEFORE, STYLE, changed, told

BODY = BEFORE + AFTER.strip()


def factual(source: str, copy: str) -> list[tuple[str, str, str]]:
    return [(row["type"], row["before"], row["after"]) for row in changed(source, copy) if row["factual"]]


def test_a_clause_at_a_text_s_end_is_seen() -> None:
    """The aligner ends a passage at the last word that both have."""
    longer = BODY.removesuffix(".") + ", with help from a fund abroad."
    assert factual(BODY, longer) == [("addition", "", "with help from a fund abroad")]
    assert factual(longer, BODY) == [("omission", "with help from a fund abroad", "")]


def test_other_words_at_a_text_s_beginning_are_seen() -> None:
    opened = "{} boats were sold in the spring to a man from the north. " + BODY
    assert factual(opened.format("Twelve"), opened.format("Seven")) == [("number", "Twelve", "Seven")]
    assert factual(opened.format("A number of"), opened.format("Several")) == []
    said = "The pilot said he would never sail again. " + BODY
    assert factual(said, said.replace("The pilot said he", "He")) == [("attribution", "The pilot said", "")]


def test_a_text_that_goes_on_with_a_stranger_s_sentence_lost_nothing() -> None:
    """A copy that ends in its own words after a common beginning has its own words, and the source's are not lost."""
    source = BODY.removesuffix("is closed.") + "is locked, as it often was in those years of war and want."
    copy = BODY.removesuffix("is closed.") + "burns, because a spark had leapt over from the mill by the bridge."
    assert factual(source, copy) == []


EXCHANGED = (
    "Lightning struck the chapel twice and split its oldest bell.",
    "Our correspondent will report on wages and taxes from the capital.",
)


def test_a_sentence_exchanged_for_another_was_left_out_and_the_other_put_in() -> None:
    """Though *the* and *and* stand in both, no word of the one became a word of the other."""
    source, copy = (BEFORE + sentence + AFTER for sentence in EXCHANGED)
    assert sorted(factual(source, copy)) == [("addition", "", EXCHANGED[1]), ("omission", EXCHANGED[0], "")]
    assert sorted(factual(copy, source)) == [("addition", "", EXCHANGED[0]), ("omission", EXCHANGED[1], "")]


@pytest.mark.parametrize(
    "copy",
    [
        "A flash hit the church two times and broke the most ancient bell.",  # a word in common
        "Lightnings smote the church and broke it.",  # a word in another form
    ],
)
def test_a_sentence_in_other_words_was_reworded(copy: str) -> None:
    assert factual(BEFORE + EXCHANGED[0] + AFTER, BEFORE + copy + AFTER) == []


COMMON = np.sort(hash_words(["the", "and", "of", "it", "a", "by"]))


SENTENCES = st.lists(
    st.lists(st.sampled_from(["the", "and", "of", "boats", "boating", "gull", "harbour", "war", "bread", "mill"]),
             min_size=1, max_size=8),
    min_size=1, max_size=4,
).map(lambda sentences: " ".join(" ".join(words).capitalize() + "." for words in sentences))  # fmt: skip


@given(SENTENCES, SENTENCES)
def test_strangers_have_no_word_with_content_in_common(first: str, second: str) -> None:
    """Whichever comes first: five words each, three of them no common ones, and no four letters alike at the start."""
    a, b = marked(first, common=COMMON), marked(second, common=COMMON)
    plain = [[word.strip(".").lower() for word in text.split()] for text in (first, second)]
    telling = [{word[:4] for word in words if word not in ("the", "and", "of")} for words in plain]
    many = [sum(word not in ("the", "and", "of") for word in words) >= 3 and len(words) >= 5 for words in plain]
    expected = all(many) and not telling[0] & telling[1]
    assert are_strangers(Run(0, len(a.words), 0, len(b.words)), a, b) == expected
    assert are_strangers(Run(0, len(b.words), 0, len(a.words)), b, a) == expected


@st.composite
def passages(draw: st.DrawFn, source: int, copy: int) -> list[Run]:
    """Passages in one order, none of which overlap."""
    count = draw(st.integers(0, 3))
    ours, theirs = (
        sorted(draw(st.lists(st.integers(0, n), min_size=2 * count, max_size=2 * count))) for n in (source, copy)
    )
    return [Run(*ours[2 * k : 2 * k + 2], *theirs[2 * k : 2 * k + 2]) for k in range(count)]


@given(SENTENCES, SENTENCES, st.data())
def test_passages_grow_to_sentences_and_never_into_one_another(first: str, second: str, data: st.DataObject) -> None:
    """Each holds what it held; what it took is free and little; where it took any, a sentence ends on both sides."""
    a, b = marked(first, common=COMMON), marked(second, common=COMMON)
    before = data.draw(passages(len(a.words), len(b.words)))
    after = widen(before, before, a, b)
    for side, text in ((0, a), (2, b)):
        taken = [word for run in after for word in range(run[side], run[side + 1])]
        assert len(taken) == len(set(taken))
        for old, new in zip(before, after, strict=True):
            assert new[side] <= old[side] <= old[side + 1] <= new[side + 1]
            assert max(old[side] - new[side], new[side + 1] - old[side + 1]) <= max(ALONE, BOTH)
            if new[side] < old[side]:
                assert text.begins_sentence(new[side])
            if new[side + 1] > old[side + 1]:
                assert text.begins_sentence(new[side + 1])


def test_where_one_text_s_passage_ends_far_behind_the_last_common_word_the_other_s_does_too() -> None:
    """One sentence, all of it reworded, at the end of both: the aligner may take it into the passage on one side."""
    a = marked("Gulls slept on the mill. It rained upon every quiet harbour that night until dawn.", common=COMMON)
    b = marked(
        "Gulls slept on the mill. Showers fell over all silent ports throughout those dark hours.", common=COMMON
    )
    one_sided = [Run(0, 5, 0, len(b.words))]
    assert widen(one_sided, [Run(0, 5, 0, 5)], a, b) == [Run(0, len(a.words), 0, len(b.words))]


def test_a_sentence_that_moved_into_a_longer_new_passage_was_not_left_out() -> None:
    moved = "The mate plays the fiddle on quiet evenings and keeps two hens in the hold."
    new = (
        "Nobody knows how old the boat is. {} Its flag was sewn by the wives of the quarrymen in a hard winter, when "
        "there was neither work nor bread, and the priest blessed it."
    )
    source = f"{moved}\n\n{BODY}"
    copy = f"{BODY}\n\n{new.format(moved)}"
    assert "omission" not in {kind for kind, *_ in factual(source, copy)}
    assert ("omission", moved, "") in factual(source, f"{BODY}\n\n{new.format('')}")


def test_a_number_altered_in_a_paragraph_that_moved_is_seen() -> None:
    """The paragraph stands in another place, and says another thing there."""
    moved = "It was bought for {} crowns from a widow in Brandal, who wept when it sailed, and it had no bell then."
    source = "\n\n".join((BEFORE, AFTER.strip(), moved.format("15,000")))
    copy = "\n\n".join((moved.format("12,000"), BEFORE, AFTER.strip()))
    assert factual(source, copy) == [("number", "15,000 crowns", "12,000 crowns")]


PERSONS = [
    ("name", "the ferry was built by a german firm.", "the ferry was built by a danish firm."),
    ("name", "the mate moved from texas to the island.", "the mate moved from ohio to the island."),
    ("name", "it sails on to stockholm in may.", "it sails on to helsinki in may."),
    ("name", "it was paid for by his mother at last.", "it was paid for by his father at last."),
    ("comparison", "It carries more than 70 people.", "It carries 70 people."),
    ("quantifier", "Almost every boat was lost.", "Every boat was lost."),
    ("quantifier", "Several boats were lost.", "Countless boats were lost."),
    ("hedge", "The hull is said to be sound.", "The hull is known to be sound."),
    ("causal", "The storm led to the loss.", "The storm preceded the loss."),
    ("negation", "The divers did not find the bell.", "The divers found the bell."),
    ("negation", "They sail if it rains.", "They sail unless it rains."),
    ("date", "It sailed last week with sheep.", "It sailed last month with sheep."),
    ("attribution", "The statement said it was sound.", "It was sound."),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "source", "copy"), PERSONS)
def test_families_of_words_tell_what_was_altered(kind: str, source: str, copy: str) -> None:
    """Also where a text has no capitals to know a name by; where it has some, a word without one is no place."""
    for before, after in ((source, copy), (copy, source)):
        framed = (BEFORE + sentence + AFTER for sentence in (before, after))
        lower = source == source.lower()
        rows = changed(*(text.lower() if lower else text for text in framed))
        assert [row["type"] for row in rows if row["factual"]] == [kind]


SAME = [
    ("It was a scottish boat in those days.", "It was a british boat in those days."),
    ("They came from russia with the thaw.", "They came from the soviet union with the thaw."),
    ("The mate is believed to be ill.", "The mate is believed ill."),
    ("It is more likely to sink.", "It is even more likely to sink."),
    ("It came not long after the war.", "It came shortly after the war."),
    ("That is why they sail.", "That's why they sail."),
    ("They watch TV on board.", "They watch television on board."),
    ("It lies near Tampa, Fla., in winter.", "It lies near Tampa, Florida, in winter."),
    ("The hull was not identifiable then.", "The hull was obscure then."),
    ("His marriage in 1959 was short.", "The 1959 marriage was short."),
    ("The gulls are fed by children.", "The gulls may eat with children."),
    ("It sank through neglect.", "It sank due to neglect."),
]  # fmt: skip


@pytest.mark.parametrize(("source", "copy"), SAME)
def test_what_another_word_says_as_well_is_not_lost(source: str, copy: str) -> None:
    for rows in (told(source, copy), told(copy, source)):
        assert [row for row in rows if row[0] not in STYLE] == []
