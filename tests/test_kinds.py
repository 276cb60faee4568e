"""Kinds of reuse: figures of an aligned passage, and the name that they earn."""

from __future__ import annotations

from dataclasses import asdict, replace

import numpy as np
import pytest
from hypothesis import given
from numpy.typing import NDArray

from stemmata import kinds
from stemmata.kernels.edits import DELETE, INSERT, MATCH, MOVE, RESTYLE, SUBSTITUTE
from stemmata.kinds import BLOCK, FRAME_WORDS, Features, measure, name_kind
from stemmata.languages import frequencies, function_words
from stemmata.passages.pair import prepare
from stemmata.passages.rectangles import Rectangle
from stemmata.passages.wording import list_edits, set_words
from stemmata.tokens import Words, hash_words, words_of
from tests.test_kernels_edits import Sides, sides
from tests.witnesses import WITNESSES, replaced

FRAME = hash_words(["the", "of", "and", "a", "to", "in", "was", "it"])
FRAME.sort()
SENTENCE = "the keeper of the lamp saw a ship in the storm and it was lost to the reef"  # 18 words
ENGLISH = WITNESSES["en"].text


def rows(*runs: tuple[int, int, int]) -> NDArray[np.int32]:
    """Edits that tile both texts, from (op, words of a, words of b)."""
    table, i, j = [], 0, 0
    for op, in_a, in_b in runs:
        table.append((op, i, i + in_a, j, j + in_b))
        i, j = i + in_a, j + in_b
    return np.array(table, np.int32).reshape(-1, 5)


def figures(a: str, b: str, *runs: tuple[int, int, int]) -> Features:
    """The figures of two short texts whose edits are given."""
    sides = words_of(a), words_of(b)
    assert (sum(r[1] for r in runs), sum(r[2] for r in runs)) == (len(sides[0]), len(sides[1]))
    return measure(rows(*runs), *sides, FRAME)


def compared(a: str, b: str) -> Features:
    """The figures of two texts set against each other from end to end."""
    x, y = words_of(a), words_of(b)
    pair = prepare(a, x, b, y, frequencies("en"))
    whole = (0, len(x), 0, len(y))
    edits = list_edits(pair, set_words(pair, Rectangle(*whole, 0.0, 0.0, 0.0)), whole)
    return measure(edits, x, y, function_words("en", FRAME_WORDS))


def test_equal_texts_have_nothing_changed() -> None:
    f = figures(SENTENCE, SENTENCE, (MATCH, 18, 18))
    assert f == Features(
        words=18, identity=1, frame=0, windows=0, substituted=0, one_for_one=0, run=18, changed=0, facts=0, facts_kept=1
    )
    assert name_kind(f)[0] == "verbatim"


def test_a_word_for_a_word() -> None:
    """One of six content words, in the only window; the frame matches whole."""
    f = figures(SENTENCE, SENTENCE.replace("ship", "boat"), (MATCH, 7, 7), (SUBSTITUTE, 1, 1), (MATCH, 10, 10))
    assert (f.words, f.changed, f.one_for_one, f.windows) == (18, 2, 1, 1)
    assert f.identity == pytest.approx(17 / 18)
    assert f.run == pytest.approx(17 / 2)
    assert f.substituted == pytest.approx(1 / 7)
    assert f.frame == pytest.approx(1 - 6 / 7)


def test_restyled_and_moved_words_are_not_changed() -> None:
    a = "the lamp was lit ten nights in a row and then no more"
    f = figures(a, a.replace("ten", "10"), (MATCH, 4, 4), (RESTYLE, 1, 1), (MATCH, 8, 8))
    assert (f.changed, f.identity, f.run) == (0, 1, 13)
    moved = np.array([(MOVE, 0, 4, 3, 7), (MATCH, 4, 7, 0, 3)], np.int32)
    assert measure(moved, words_of("a b c d e f g"), words_of("e f g a b c d"), FRAME).changed == 0


def test_a_long_replacement_is_not_one_for_one() -> None:
    """Up to two words by up to three count as a swap; what stands between two matches counts as one."""

    def share(in_a: int, in_b: int) -> float:
        words = ["w"] * 20
        return figures(
            " ".join(words[: 10 + in_a]),
            " ".join(words[: 10 + in_b]),
            (MATCH, 5, 5),
            (SUBSTITUTE, in_a, in_b),
            (MATCH, 5, 5),
        ).one_for_one

    assert [share(1, 1), share(2, 3), share(3, 2)] == [1, 1, 1]
    assert [share(3, 3), share(1, 4)] == [0, 0]
    cut = figures("x a b c", "y a b c", (DELETE, 1, 0), (INSERT, 0, 1), (MATCH, 3, 3))
    assert cut.one_for_one <= 1
    split = figures("a b x c", "a b y z c", (MATCH, 2, 2), (SUBSTITUTE, 1, 1), (INSERT, 0, 1), (MATCH, 1, 1))
    assert split.one_for_one == 1


def test_long_blocks_of_one_side_are_left_out() -> None:
    """Twelve words and more do not count as the passage's own words, though they keep it from being verbatim.

    Words cut at a passage's ends do neither.
    """
    words = " w" * 40

    def measured(*runs: tuple[int, int, int]) -> tuple[float, int]:
        f = figures(words[: 2 * sum(r[1] for r in runs)], words[: 2 * sum(r[2] for r in runs)], *runs)
        return f.identity, f.changed

    assert measured((MATCH, 5, 5), (INSERT, 0, BLOCK), (MATCH, 5, 5)) == (1.0, BLOCK)
    assert measured((MATCH, 5, 5), (INSERT, 0, BLOCK - 1), (MATCH, 5, 5)) == (20 / 31, BLOCK - 1)
    assert measured((DELETE, 3, 0), (MATCH, 5, 5), (INSERT, 0, 2)) == (1.0, 0)


def test_facts_are_numbers_and_names() -> None:
    """Counted on the side that has fewer; a capital at a sentence's beginning is no name."""
    a = "Later the steamer Halcyon sank in 1912 with 27 aboard"
    b = "Later the steamer Belle sank in 1912 with 31 aboard"
    f = figures(a, b, (MATCH, 3, 3), (SUBSTITUTE, 1, 1), (MATCH, 4, 4), (SUBSTITUTE, 1, 1), (MATCH, 1, 1))
    assert f.facts == 3
    assert f.facts_kept == pytest.approx(1 / 3)


def test_facts_are_asked_of_the_side_that_has_fewer() -> None:
    """A name that an editor put in is no fact that was lost, whichever side he wrote."""
    a, b = "Later the steamer Halcyon sank", "Later the steamer Halcyon of Oban sank"
    for x, y, change in ((a, b, (INSERT, 0, 2)), (b, a, (DELETE, 2, 0))):
        f = figures(x, y, (MATCH, 4, 4), change, (MATCH, 1, 1))
        assert (f.facts, f.facts_kept) == (1, 1)


def test_no_edits_have_figures_all_the_same() -> None:
    f = measure(rows(), words_of(""), words_of(""), FRAME)
    assert (f.words, f.identity, f.run, f.facts_kept) == (0, 0, 0, 1)


@given(sides)
def test_shares_are_shares_and_sides_are_alike(pair: Sides) -> None:
    """From 0 to 1; exchanging the sides exchanges nothing but which side holds the facts."""
    edits = np.array([(kinds_op, *spans) for kinds_op, *spans in _numbered(pair)], np.int32).reshape(-1, 5)
    a, b = _words(pair.a), _words(pair.b)
    f = measure(edits, a, b, np.arange(10, dtype=np.uint64))
    shares = (f.identity, f.windows, f.substituted, f.one_for_one, f.facts_kept)
    assert all(0 <= share <= 1 for share in shares)
    assert -1 <= f.frame <= 1
    kind, confidence = name_kind(f)
    assert kind in ("verbatim", "template", *kinds.MODELLED)
    assert 1 / 3 - 1e-9 <= confidence <= 1


def _numbered(pair: Sides) -> list[tuple[int, ...]]:
    names = ("match", "restyle", "substitute", "insert", "delete", "move")
    return [(names.index(op), *spans) for op, *spans in pair.edits()]


def _words(ids: NDArray[np.int32]) -> Words:
    none = np.zeros(len(ids), np.int32)
    return Words(none, none, ids.astype(np.uint64), ids.astype(np.uint32), (ids % 5 == 0).astype(np.uint8) * 4)


SPUN = replaced(
    ENGLISH,
    ("come home", "returned home"),
    ("private attic", "personal loft"),
    ("the logbook of", "the journal of"),
    ("lighthouse was handed", "beacon was given"),
    ("island museum on", "island gallery on"),
    ("Its 312 pages cover", "Its 312 leaves span"),
    ("small upright hand", "little erect hand"),
    ("The book was thought lost", "The volume was believed gone"),
    ("tower was automated", "turret was mechanised"),
    ("retired postman found", "pensioned mailman discovered"),
    ("beneath a pile", "below a stack"),
    ("clearing the house", "emptying the dwelling"),
    ("I nearly put it", "I almost placed it"),
    ("told the director", "informed the manager"),
    ("entries are short", "notes are brief"),
    ("passing ships", "passing vessels"),
    ("wrote at length", "scribbled at length"),
    ("steamer Halcyon ran", "steamship Halcyon drove"),
    ("27 people aboard", "27 persons aboard"),
    ("account differs", "report deviates"),
    ("blamed the captain", "faulted the skipper"),
    ("harbour light had", "port lamp had"),
    ("nobody had answered", "no one had replied"),
    ("remain cautious", "stay careful"),
    ("may be mistaken", "might be wrong"),
    ("yet to be examined", "yet to be inspected"),
    ("museum will show", "gallery will display"),
)
REWRITTEN = """A family attic on the island has given up a treasure: the record that Edwin Tarrant, keeper of the \
Skerrow lighthouse, made of each night between March 1911 and autumn 1913. It went to the museum on Friday.

People had believed the 312 pages gone since the tower became automatic. They lay under old fishing nets in a house \
that a former postman was emptying after his aunt's death; he admits to director Ada Quill that it almost ended up \
on the bonfire.

Usually there is little more than weather and ships. Nine times, however, the entries are long, and one of them \
tells how the Halcyon, a steamer carrying 27 people, struck the southern reef in the storm of 4 November 1912. The \
captain was blamed at the inquiry; Tarrant, though, wrote of a harbour light that was dark after midnight and of \
signals without an answer.

That is one man's word, historians warn, and nobody has examined the ink so far. Visitors will find the book open at \
that storm next spring.
"""


@pytest.mark.parametrize(
    ("copy", "kind"),
    [
        (ENGLISH, "verbatim"),
        (ENGLISH.replace("keeper's", "keeper’s").replace("nine nights", "9 nights"), "verbatim"),
        (WITNESSES["en"].edited, "edited"),
        (SPUN, "spun"),
        (REWRITTEN, "paraphrased"),
    ],
    ids=["same", "restyled", "edited", "spun", "rewritten"],
)
def test_the_kind_of_an_article(copy: str, kind: str) -> None:
    """And of the same pair the other way round."""
    assert name_kind(compared(ENGLISH, copy))[0] == kind
    assert name_kind(compared(copy, ENGLISH))[0] == kind


FORM = (
    "The annual meeting of the {} will be held on {} {} at {} in the {}, {}. Members are asked to bring their card. "
    "The chair, {} {}, will give the report for {}, and the accounts will be laid before the meeting. Apologies "
    "should reach {} {} at {} {} by {} {}."
)


def test_one_form_with_other_facts_is_a_template() -> None:
    """Names and numbers differ, the words between them do not."""
    one = FORM.format(
        "Ashdown Rowing Club", 14, "March", 7, "Corn Hall", "Millham", "Ruth", "Adeyemi", 2023, "Colin", "Barr", 9,
        "Weir Lane", 1, "March",
    )  # fmt: skip
    other = FORM.format(
        "Pendle Bee Society", 30, "June", 8, "Old Chapel", "Roughlee", "Tom", "Hargreaves", 2021, "Edith", "Moss", 41,
        "Ford Street", 16, "June",
    )  # fmt: skip
    assert name_kind(compared(one, other))[0] == "template"
    assert name_kind(compared(one, replaced(one, ("asked to bring", "begged to show"))))[0] != "template"


def test_few_words_lower_the_confidence() -> None:
    """Down to an even chance of the three kinds that the model tells apart."""
    features = compared(ENGLISH, WITNESSES["en"].edited)
    confidences = [name_kind(replace(features, words=words))[1] for words in (0, 10, 50, 100, 500)]
    assert confidences[0] == pytest.approx(1 / 3)
    assert confidences[:4] == sorted(confidences[:4])
    assert confidences[3] == confidences[4] > 0.5


def test_what_the_model_looks_at_may_come_without_facts() -> None:
    """Relations hand in figures that they added up themselves."""
    known = asdict(compared(ENGLISH, SPUN))
    without = {name: value for name, value in known.items() if name != "facts_kept"}
    assert kinds.describe(without) == kinds.describe(known | {"facts_kept": 1.0})
    assert len(kinds.describe(known)) == len(kinds.WEIGHTS)
