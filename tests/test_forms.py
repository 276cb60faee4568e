"""Wording that recurs in a collection with other names and numbers in it: a form, which nobody copied from anybody."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, product

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as some

from stemmata import schemas, statistics
from stemmata.alignments import align
from stemmata.engines import LocalEngine
from stemmata.facts import Facts
from stemmata.forms import FEWEST, RARE, Slots, find_facts, find_slots, form_sentences, gather_slots
from stemmata.relations import classify
from stemmata.statistics import collect_statistics
from stemmata.tokens import read_keys, words_of
from tests.oracles import slots as oracle

FIRMS = (
    ("Hollin Weaving Co", "18", "March 3", "February 20", "Anna Reeve"),
    ("Tarrant Quarries Ltd", "25", "May 14", "April 30", "Piers Lund"),
    ("Skerrow Ferries Plc", "7.5", "June 9", "May 29", "Moira Vane"),
    ("Okenmoor Peat Group", "31", "August 21", "August 7", "Karl Ostley"),
    ("Corrow Optical Works", "12", "November 2", "October 16", "Ruth Dace"),
)
NOTICES = [
    f"{firm} said it will pay a quarterly dividend of {cents} cents a share on {payable} to all holders of record on "
    f"{record}. The directors, led by {chair}, described the year as satisfactory and said that the order books were "
    f"well filled. The dividend is subject to the approval of the annual meeting, which {firm} will hold on {payable}."
    for firm, cents, payable, record, chair in FIRMS
]
STORY = (
    "The keeper of the light at Skerrow has been given a medal for the night in November when he rowed out alone to "
    "the wreck of a trawler and brought nine men ashore. Tarrant, who is sixty, said that anybody would have done it."
)
STORIES = [
    STORY.replace("nine", number).replace("November", month)
    for number, month in (("nine", "November"), ("ten", "November"), ("nine", "December"))
]
GERMAN = [
    f"Der Pegel der Oker stand am Morgen bei {level} Zentimetern und fiel bis zum Abend um {fall} Zentimeter; das "
    f"Wasser hatte {warm} Grad."
    for level, fall, warm in ((81, 3, 9), (94, 5, 11), (77, 2, 13), (102, 8, 12), (88, 4, 10))
]
NAMES = ("Berta", "Gustav", "Jonas", "Lene", "Oskar", "Ruth", "Selma", "Tilo", "Uwe", "Wanda")
PLACES = ("Amrum", "Borkum", "Juist", "Sylt", "Texel")
CHINESE = [
    f"今天早上河水水位为{level}厘米,比昨天下降{fall}厘米。"
    for level, fall in ((81, 3), (94, 5), (77, 2), (102, 8), (88, 4))
]


def table(texts: Sequence[str], language: str | None = "en") -> pa.Table:
    return schemas.DOCUMENTS.table(
        {"doc": f"{k:03}", "text": text, "language": language, "sha256": f"{k:064x}"} for k, text in enumerate(texts)
    )


def forms(texts: Sequence[str], language: str | None = "en", *, parts: int = 1) -> list[int]:
    """The forms of a collection, by its statistics."""
    found = collect_statistics(table(texts, language), engine=LocalEngine(parts=parts, workers=1))
    return list(map(int, Facts.of(found).hashes("form")))


def slots_of(text: str, *, names: bool) -> Slots:
    words = words_of(text)
    return find_slots(words, find_facts(words, names=names))


def marked(text: str, found: list[int], *, names: bool = True) -> str:
    """The words of a text that stand in sentences of a form."""
    words = words_of(text)
    held = form_sentences(words, find_facts(words, names=names), np.array(found, np.uint64))
    return " ".join(text[words.start[k] : words.end[k]] for k in np.flatnonzero(held))


@pytest.mark.parametrize("parts", [1, 3])
def test_sentences_that_many_documents_fill_in_each_in_its_own_way_are_a_form(parts: int) -> None:
    found = forms([*NOTICES, STORY], parts=parts)
    assert marked(NOTICES[0], found) == NOTICES[0].replace(".", "").replace(",", "")
    assert marked(STORY, found) == ""


def test_copies_that_say_the_same_make_no_form() -> None:
    """However many there are, and though one of them has a number altered."""
    assert forms([NOTICES[0]] * 9 + STORIES * 4) == []


def test_a_form_takes_so_many_documents() -> None:
    assert forms([*NOTICES[: FEWEST - 1], STORY]) == []
    assert forms([*NOTICES[:FEWEST], STORY]) != []


def test_one_document_that_repeats_itself_makes_no_form() -> None:
    assert forms([" ".join(NOTICES), STORY]) == []


def test_a_large_collection_asks_for_more() -> None:
    """What is merely idiom recurs in a large one as well."""
    filler = ["It weighs 7 pounds."] * (RARE * len(NOTICES))
    assert forms([*NOTICES, *filler[: -len(NOTICES)]]) != []
    assert forms([*NOTICES, *filler]) == []


@pytest.mark.parametrize(("texts", "language"), [(GERMAN, "de"), (CHINESE, "zh")])
def test_where_capitals_mark_no_names_numbers_fill_the_slots(texts: list[str], language: str) -> None:
    found = forms(texts, language)
    assert marked(texts[0], found, names=False) == " ".join(
        texts[0][start:end] for start, end in zip(words_of(texts[0]).start, words_of(texts[0]).end, strict=True)
    )


def test_the_order_of_documents_does_not_count() -> None:
    assert forms([*NOTICES, STORY]) == forms([STORY, *NOTICES[::-1]])


@given(some.text("ab .A1\n界", max_size=60), some.booleans())
def test_slots_are_those_of_a_slow_twin(text: str, names: bool) -> None:
    """Spans and number; equal surroundings give equal hashes, equal fillings equal fillings."""
    found = slots_of(text, names=names)
    expected = oracle.find_slots(text, names=names)
    assert list(zip(found.first.tolist(), found.last.tolist(), strict=True)) == [one[:2] for one in expected]
    for left, right in combinations(range(len(expected)), 2):
        assert (found.slot[left] == found.slot[right]) == (expected[left][2] == expected[right][2])
        assert (found.filling[left] == found.filling[right]) == (expected[left][3] == expected[right][3])


@given(some.lists(some.text("ab .A1\n界", max_size=30), max_size=4), some.integers(0, 15))
def test_many_texts_at_once_have_the_slots_of_each(texts: list[str], named: int) -> None:
    names = np.array([bool(named >> k & 1) for k in range(len(texts))], bool)
    sizes, slot, filling = gather_slots(read_keys(pa.array(texts, pa.large_string())), names)
    alone = [slots_of(text, names=bool(own)) for text, own in zip(texts, names, strict=True)]
    assert sizes.tolist() == [len(one.slot) for one in alone]
    assert slot.tolist() == [key for one in alone for key in one.slot.tolist()]
    assert filling.tolist() == [key for one in alone for key in one.filling.tolist()]


def test_notices_of_one_form_are_templates_and_a_copy_of_one_is_a_copy() -> None:
    """The pair alone cannot tell the two; the collection can. A copy keeps what was filled in."""
    reprint = NOTICES[0].replace("described the year as satisfactory", "called the year good")
    texts = [*NOTICES, reprint, *STORIES]
    documents = table(texts)
    statistics = collect_statistics(documents)
    pairs = pa.table({"a": ["000", "000", "005", "006"], "b": ["001", "005", "001", "007"]})
    found = {
        (row["a"], row["b"]): row["kind"]
        for row in classify(documents, pairs, align(documents, pairs, statistics)).to_pylist()
    }
    assert found == {
        ("000", "001"): "template",
        ("000", "005"): "edited",
        ("001", "005"): "template",
        ("006", "007"): "edited",
    }


def kinds_of(texts: Sequence[str], pairs: Sequence[tuple[int, int]]) -> list[str]:
    """What pairs of a collection are called, by the collection's own statistics."""
    documents = table(texts)
    wanted = pa.table({"a": [f"{a:03}" for a, _ in pairs], "b": [f"{b:03}" for _, b in pairs]})
    found = classify(documents, wanted, align(documents, wanted, collect_statistics(documents)))
    return [row["kind"] for row in found.select(["kind"]).to_pylist()]


VISITORS = (
    "The lighthouse trust took in {} pounds from visitors last year, and spent most of it on the roof of the keeper's "
    "house. Nobody lives on the point today, but the lamp is still lit by hand on the first night of every winter."
)


def test_copies_of_one_text_that_each_altered_one_number_are_copies() -> None:
    """Four such numbers look like a form that was filled in; what else they say is the same in all."""
    altered = [VISITORS.format(pounds) for pounds in (4100, 5100, 4900, 4700)]
    assert kinds_of(altered, [(0, 1), (1, 2), (2, 3)]) == ["edited"] * 3


def test_copies_that_altered_some_of_many_numbers_are_copies() -> None:
    """At each place most of them keep what the source has, so that no place is a slot of a form."""
    counts = [17, 23, 31, 45, 52, 64, 78, 83, 91, 12]
    sentences = "The {} boats of the bay took {} barrels of herring and sold them for a good price in the town. "
    page = (sentences * 5).strip()
    source = page.format(*counts)
    copies = [
        page.format(*(n + 100 + k if (place + k) % 10 < 3 else n for place, n in enumerate(counts))) for k in range(20)
    ]
    assert "template" not in kinds_of([source, *copies], [(0, k) for k in range(1, 21)])


def test_what_a_copy_left_out_it_did_not_fill_in_otherwise() -> None:
    """A notice cut short, and one that calls its people by their last names, are copies."""
    cut = (
        NOTICES[0]
        .replace(" on March 3 to all holders of record on February 20", "")
        .replace("Hollin Weaving Co will", "it will")
    )
    shorter = NOTICES[0].replace("Anna Reeve", "Reeve").replace("Hollin Weaving Co", "Hollin Weaving")
    assert kinds_of([*NOTICES, cut, shorter], [(0, 5), (0, 6)]) == ["edited", "edited"]


def test_capitals_in_a_sentence_of_capitals_are_no_names() -> None:
    """Four unrelated texts in capitals have no slot in common, whatever fills it."""
    shouted = [text.upper() for text in (STORY, VISITORS.format("no"), GERMAN[0].replace("81", "so"), "THE END OF IT")]
    assert forms(shouted) == []
    assert slots_of(shouted[1], names=True).slot.tolist() == []


def test_where_the_language_is_not_known_only_numbers_fill_slots() -> None:
    """As in a language that writes every noun with a capital."""
    assert forms(NOTICES, None) == forms(NOTICES, "de")
    assert 0 < len(forms(NOTICES, None)) < len(forms(NOTICES))


def test_a_collection_decides_whether_names_fill_slots() -> None:
    """What the capitals of a language say is known when all its texts were read: fifty are then read anew."""
    said = [f"am abend sah {name} das licht von {place} und schwieg." for name, place in product(NAMES, PLACES)]
    assert forms(said[:49], "de") == []
    assert forms(said, "de") == forms(said, "en") != []


def test_a_large_collection_is_looked_at_in_part(monkeypatch: pytest.MonkeyPatch) -> None:
    """Texts are drawn by their hashes: order and parts do not count, and what is common enough is found as before."""
    many = [NOTICES[k % 5].replace("holders", f"{k} holders") for k in range(200)]
    whole = forms(many)
    monkeypatch.setattr(statistics, "ENOUGH_TEXT", sum(len(text.encode()) for text in many) // 4)
    some = forms(many)
    assert some == forms(many[::-1], parts=7)
    assert len(set(some) & set(whole)) > 0.8 * len(whole)
