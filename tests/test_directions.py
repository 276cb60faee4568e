"""Who copied whom: every reason has its sign, points add up, and swapping the texts swaps the answer."""

from __future__ import annotations

import math

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemmata import schemas
from stemmata.alignments import align
from stemmata.direction.content import shorter
from stemmata.direction.text import measure_shape
from stemmata.direction.wording import longer_words, rarer_swaps, rarer_words, unknown_words
from stemmata.directions import DirectionOptions, find_directions
from stemmata.engines import LocalEngine
from stemmata.errors import OptionError, SchemaError
from stemmata.relations import classify
from stemmata.tokens import words_of
from tests.directed import (
    DEFAULT,
    LIGHTHOUSE,
    SPUN,
    Row,
    assert_adds_up,
    compare_by_textbook,
    examples,
    judge,
    reasons,
    span_of,
)
from tests.oracles import direction as oracle

PRESS = """Skarvik harbour news for the week. Ferries leave an hour later from Friday. """
SEQUEL = """ The council meets on the first of March to vote on the money. Members of the public may speak. """

# --- the answer as a whole


def test_a_spun_copy_is_told_from_its_source_with_true_reasons() -> None:
    """Wider words, slipped-in intensifiers, "as well as" for "and", digits: each is named with its words."""
    row = judge(SPUN, LIGHTHOUSE)
    assert (row["verdict"], row["source"], row["copy"]) == ("copy", "b", "a")
    assert row["confidence"] >= 0.9
    assert "said → uttered" in examples(row, "swapped words are rarer in the copy")
    assert "has guided → has actually steered" not in str(row["evidence"])  # a swap beside it: no bare insertion
    assert "have asked → have certainly implored" not in str(row["evidence"])
    assert "ten → 10" in examples(row, "digits in the copy, number words in the source")
    phrases = examples(row, "“as well as” and the like in the copy, “and” in the source")
    assert any(each.endswith("as well as") for each in phrases)
    assert_adds_up(row)


def test_swapping_the_texts_swaps_the_verdict_to_the_last_bit() -> None:
    """Which text is called a must not matter: same figures, same reasons, other names."""
    one, other = judge(SPUN, LIGHTHOUSE), judge(LIGHTHOUSE, SPUN)
    assert (one["source"], other["source"]) == ("b", "a")
    for column in ("verdict", "confidence", "evidence", "via_lost"):
        assert one[column] == other[column]


def test_equal_texts_have_no_direction_and_say_why() -> None:
    row = judge(LIGHTHOUSE, LIGHTHOUSE)
    assert (row["verdict"], row["source"], row["copy"], row["confidence"]) == ("unknown", None, None, 0.5)
    assert reasons(row) == {"the texts are the same, word for word": 0}


def test_two_texts_without_evidence_say_so() -> None:
    """One word changed for one as common: nobody can know."""
    row = judge(LIGHTHOUSE, LIGHTHOUSE.replace("On Monday", "On Tuesday"))
    assert (row["verdict"], row["confidence"]) == ("unknown", 0.5)
    assert reasons(row) == {"nothing in the texts or their metadata tells which came first": 0}
    assert row["likelier"] is None


def test_the_likelier_source_is_told_where_it_is_too_unsure_for_a_verdict() -> None:
    """And of a verdict it is the source."""
    retold = LIGHTHOUSE.replace("On Monday", "On a cold Monday").replace("ten", "10")
    rows = judge(retold, LIGHTHOUSE), judge(LIGHTHOUSE, retold)
    assert [row["verdict"] for row in rows] == ["unknown", "unknown"]
    assert all(0.5 < row["confidence"] < 0.65 for row in rows)
    assert [row["likelier"] for row in rows] == ["b", "a"]
    sure = judge(SPUN, LIGHTHOUSE)
    assert sure["likelier"] == sure["source"]


@pytest.mark.parametrize(("copy", "source"), [("a", "b"), ("b", "a")])
def test_a_copy_that_the_caller_knows_is_not_questioned(copy: str, source: str) -> None:
    """The caller's word overrules the texts and is the only reason; that they say otherwise is mentioned."""
    row = judge(SPUN, LIGHTHOUSE, copy=copy)
    assert (row["verdict"], row["copy"], row["source"]) == ("copy", copy, source)
    assert row["confidence"] > 0.99
    said = list(reasons(row))
    assert said[0] == "the caller says so"
    assert said[1:] == (["without the caller's word it would be the other way round, at 97 %"] if copy == "b" else [])
    assert_adds_up(row)


def test_a_known_copy_of_a_pair_given_the_other_way_round_is_turned() -> None:
    """Pairs may be given with a > b; the table of relations never is."""
    documents, alignments, relations = made_by_hand()
    pairs = pa.table({"a": ["spun"], "b": ["lamp"], "copy": ["a"]})
    row = find_directions(documents, pairs, alignments, relations).to_pylist()[0]
    assert (row["a"], row["b"], row["copy"]) == ("lamp", "spun", "spun")


@pytest.mark.parametrize("kind", ["none", "template"])
def test_pairs_without_reuse_have_a_row_that_says_why(kind: str) -> None:
    row = judge(SPUN, LIGHTHOUSE, relation={"kind": kind})
    assert (row["verdict"], row["source"], row["confidence"], row["via_lost"]) == ("unknown", None, 0.5, 0.0)
    (reason,) = reasons(row)
    assert ("no reuse" in reason) == (kind == "none")


def test_nothing_is_claimed_beyond_what_text_alone_can_bear() -> None:
    """However many signs agree, text alone stops at 97 %, and the difference is a reason of its own."""
    garbled = SPUN + "\n\nLeave a reply\n\nShare this\n"
    for word in ("murky", "tempest", "comprehend", "lantern", "shoal", "pedestal", "fissure", "boulder", "jetty"):
        garbled = garbled.replace(word, f"{word}ish")
    row = judge(LIGHTHOUSE, garbled)
    assert (row["verdict"], row["source"]) == ("copy", "a")
    assert row["confidence"] == pytest.approx(0.97)
    assert reasons(row)["text alone never claims more than 97 %"] < 0
    assert_adds_up(row)


# --- the reasons, one by one: in each pair b is a's copy, altered in one way

HABITS = {
    "intensifiers slipped into b": (
        ("does not know", "does really not know"),
        ("small lamp", "very small lamp"),
    ),
    "“as well as” and the like in b, “and” in a": (
        ("boats and ferries", "boats as well as ferries"),
        ("books and the keys", "books along with the keys"),
    ),
    "digits in b, number words in a": (("ten divers", "10 divers"), ("two miles", "2 miles")),
    "page furniture stands in b only": (("miles away.", "miles away.\n\nLeave a reply\n\nShare this on\n"),),
}


@pytest.mark.parametrize(("reason", "edits"), HABITS.items())
def test_each_habit_speaks_for_the_text_without_it(reason: str, edits: tuple[tuple[str, str], ...]) -> None:
    """The text that has the habit is the likelier copy, whichever side it is."""
    altered = LIGHTHOUSE
    for before, after in edits:
        assert before in altered
        altered = altered.replace(before, after)
    row = judge(LIGHTHOUSE, altered)
    assert reasons(row).keys() == {reason}
    assert reasons(row)[reason] > 0
    assert len(examples(row, reason)) >= len(edits)
    turned = reason.replace("in b", "in %").replace("in a", "in b").replace("into b", "into a").replace("%", "a")
    assert reasons(judge(altered, LIGHTHOUSE)).keys() == {turned}
    assert_adds_up(row)


def test_a_single_habit_does_not_make_a_verdict() -> None:
    """Writers use intensifiers too."""
    row = judge(LIGHTHOUSE, LIGHTHOUSE.replace("small lamp", "very small lamp"))
    assert row["verdict"] == "unknown"
    assert 0.5 < row["confidence"] < 0.65


def test_also_after_and_is_counted_once() -> None:
    """ "and also" is one habit, not two."""
    row = judge(LIGHTHOUSE, LIGHTHOUSE.replace("boats and ferries", "boats and also ferries"))
    assert list(reasons(row)) == ["“as well as” and the like in b, “and” in a"]
    assert examples(row, "“as well as” and the like in b, “and” in a") == ["and → and also"]


def test_swapped_words_that_are_rarer_tell_the_copy() -> None:
    """One for one, each from a wider stock; the rarest swaps are the examples, from a to b."""
    swapped = LIGHTHOUSE
    for before, after in {
        "storm": "tempest",
        "know": "comprehend",
        "burn": "scorch",
        "built": "fabricated",
        "found": "discerned",
        "crack": "fissure",
        "rock": "boulder",
        "repair": "refurbish",
        "small": "diminutive",
        "asked": "implored",
    }.items():
        swapped = swapped.replace(before, after, 1)
    row = judge(LIGHTHOUSE, swapped)
    found = reasons(row)
    assert found["swapped words are rarer in the copy"] > 0
    assert found["words found only in the copy are rarer"] > 0
    assert "small → diminutive" in examples(row, "swapped words are rarer in the copy")
    assert {"refurbish", "implored"} < set(examples(row, "words found only in the copy are rarer"))
    assert (row["verdict"], row["source"]) == ("copy", "a")


def test_words_that_no_list_knows_tell_the_copy() -> None:
    """A spinner's misspellings count, once enough words were swapped for it to be no slip of the pen."""
    swapped = LIGHTHOUSE
    for word in (
        "dark",
        "storm",
        "office",
        "burn",
        "guided",
        "reef",
        "winters",
        "crack",
        "door",
        "rock",
        "books",
    ):
        swapped = swapped.replace(word, f"{word}erly", 1)
    found = reasons(judge(LIGHTHOUSE, swapped))
    assert found["words that no list knows stand in the copy"] > 0


def test_one_swapped_word_is_a_slip_of_the_pen() -> None:
    """A misspelling may as well have been put right."""
    row = judge(LIGHTHOUSE, LIGHTHOUSE.replace("guided", "giuded"))
    assert (row["verdict"], row["confidence"]) == ("unknown", 0.5)


def test_a_word_with_an_apostrophe_is_as_rare_as_its_parts() -> None:
    """No list knows "lighthouse's"; it is no misspelling."""
    swapped = LIGHTHOUSE
    for word in ("storm", "office", "lamp", "base", "door", "rock", "town", "pier", "spring", "pilots"):
        swapped = swapped.replace(f" {word} ", f" {word}’s ", 1)
    assert not [reason for reason in reasons(judge(LIGHTHOUSE, swapped)) if "no list" in reason]


RETOLD = """The lamp at the harbour mouth has been dark since last week and nobody there can say when it \
will burn again. Specialists investigated the foundations and discovered considerable deterioration \
between entrance and bedrock. Restoration is impossible before the ice is gone, according to the \
accountant. The town will put a small lamp on the pier until spring."""


def test_a_retelling_is_shorter_has_fewer_names_and_longer_words() -> None:
    """Each is a reason, and each is for the fuller text."""
    row = by_textbook(LIGHTHOUSE, RETOLD, "paraphrased", options=DirectionOptions(decide=1))
    found = reasons(row)
    assert found["b is shorter"] > 0
    assert found["names and numbers stand in a only"] > 0
    assert examples(row, "names and numbers stand in a only") == ["Skarvik", "1911", "Monday", "ten", "Runa"]
    assert found["words found only in b are longer"] > 0
    assert found["contractions of a are written out in b"] > 0
    assert examples(row, "b is shorter") == ["105 words → 58 words"]


def test_capitals_are_no_names_where_every_noun_has_one() -> None:
    """In German a lost noun is no lost name; numbers still count."""
    row = by_textbook(LIGHTHOUSE, RETOLD, "paraphrased", language="de", options=DirectionOptions(decide=1))
    assert examples(row, "names and numbers stand in a only") == ["1911", "ten", "two"]


def test_a_retelling_is_named_only_when_the_text_is_very_sure() -> None:
    """On rewrites of an unknown kind text is a coin toss: they need 90 %, by an option."""
    cautious = by_textbook(LIGHTHOUSE, RETOLD, "paraphrased", options=DirectionOptions(decide_rewritten=0.95))
    bold = by_textbook(LIGHTHOUSE, RETOLD, "paraphrased", options=DirectionOptions(decide_rewritten=0.75))
    assert (cautious["verdict"], bold["verdict"], bold["source"]) == ("unknown", "copy", "a")
    assert cautious["confidence"] == bold["confidence"]


def test_length_alone_never_decides() -> None:
    """Half the words are gone and half of the rest are others, no rarer and no longer."""
    long = " ".join(f"wa{letter}er" for letter in "abcdefghijklmnopqrstuvwxyz")
    short = " ".join(f"wa{letter}er" if letter < "j" else f"ra{letter}er" for letter in "abcdefghijklmn")
    row = by_textbook(long, short, "summarised", language=None, options=DirectionOptions(decide_uncounted=0.5))
    assert reasons(row)["b is shorter"] > 0
    assert row["confidence"] > 0.5
    assert row["verdict"] == "unknown"


def test_a_piece_that_begins_inside_the_longer_text_is_cut_out_of_it() -> None:
    """Twelve words stand before it and many after it."""
    row = judge(LIGHTHOUSE, PRESS * 3 + LIGHTHOUSE + SEQUEL * 3)
    assert (row["verdict"], row["source"], row["copy"]) == ("copy", "b", "a")
    assert list(reasons(row)) == ["the copy begins inside the source, as a piece cut out of it"]


GARDEN = """Roses want sun and deep soil. Water them in the morning, never on the leaves, and cut in June what has \
flowered. A late frost does little harm to them, but it kills young beans and every tomato that was set out early. """


def test_a_page_that_reprints_a_whole_article_among_others_is_not_its_source() -> None:
    """What stands around it speaks of something else: nobody cut the lighthouse out of a page on roses."""
    row = judge(LIGHTHOUSE, GARDEN * 2 + LIGHTHOUSE + GARDEN * 2)
    assert (row["verdict"], row["source"]) == ("contained", None)
    assert not any("cut out of it" in reason for reason in reasons(row))


def test_a_text_that_the_other_begins_with_is_contained_without_direction() -> None:
    """An excerpt of the longer, or the shorter enlarged: the text cannot tell."""
    row = judge(LIGHTHOUSE, LIGHTHOUSE + SEQUEL * 4)
    assert (row["verdict"], row["source"], row["copy"]) == ("contained", None, None)


def test_the_threshold_is_an_option() -> None:
    """What is likely at 75 % is unknown to who wants certainty."""
    assert judge(LIGHTHOUSE, SPUN, options=DirectionOptions(decide=1))["verdict"] == "unknown"
    with pytest.raises(OptionError, match="decide"):
        DirectionOptions(decide=0.4)


# --- the lost source


def test_a_related_article_line_in_both_texts_points_to_a_lost_page() -> None:
    """It belongs to the page, not to the article: both come from that page, and neither is it for certain."""
    line = "\n\nRelated article: Ferry timetable of Skarvik for the winter months\n\n"
    head, tail = LIGHTHOUSE.split("On Monday")
    spun_head, spun_tail = SPUN.split("On Monday")
    row = judge(f"{head}{line}On Monday{tail}", f"{spun_head}{line}On Monday{spun_tail}")
    assert row["via_lost"] >= 0.5
    (lost,) = (each for each in row["evidence"] if "line of one page" in each["reason"])
    assert lost["points"] == 0
    assert lost["examples"] == ["Related article: Ferry timetable of Skarvik for the winter months"]
    assert row["source"] == "a"
    assert judge(LIGHTHOUSE, SPUN)["via_lost"] == 0.0


def test_a_source_that_the_copy_names_is_not_lost() -> None:
    """The copy points to the very page that is in the pile."""
    line = "\n\nRelated article: Ferry timetable of Skarvik for the winter months\n\n"
    head, tail = LIGHTHOUSE.split("On Monday")
    spun_head, spun_tail = SPUN.split("On Monday")
    page = {"canonical": "https://skarvik-posten.example/lamp"}
    row = judge(
        f"{head}{line}On Monday{tail}",
        f"{spun_head}{line}On Monday{spun_tail}",
        about=(page | {"site": "skarvik-posten.example"}, page | {"site": "copies.example"}),
    )
    assert (row["source"], row["via_lost"]) == ("a", 0.0)


# --- other languages

RUSSIAN = """Старый маяк в Скарвике не горит с ночи большого шторма, и никто в порту не знает, когда его \
зажгут снова. Лампу построили в 1911 году, и сто зим она вела рыбацкие лодки мимо рифов. В понедельник \
водолазы осмотрели основание и нашли трещину от двери до скалы. Город поставит на причале маленькую \
лампу до весны."""
ARABIC = """لم يضئ المنارة القديمة في الميناء منذ ليلة العاصفة الكبيرة ولا يعرف أحد متى ستضيء مرة أخرى. بني \
المصباح في عام 1911 وقاد قوارب الصيد حول الصخور مئة شتاء. يوم الاثنين فحص الغواصون القاعدة ووجدوا شقا من \
الباب إلى الصخر. ستضع المدينة مصباحا صغيرا على الرصيف حتى الربيع."""
CHINESE = """自从那场大风暴以来，港口的旧灯塔一直没有亮过，没有人知道它什么时候会再次点亮。\
这盏灯建于1911年，一百个冬天里引导渔船绕过礁石。星期一，潜水员检查了底座，\
发现一条从门口到岩石的裂缝。春天之前，市政府将在码头上放一盏小灯。"""


@pytest.mark.parametrize(
    ("text", "language"),
    [(RUSSIAN, "ru"), (ARABIC, "ar"), (CHINESE, "zh"), (LIGHTHOUSE, None), (LIGHTHOUSE, "la")],
)
def test_english_habits_are_not_looked_for_elsewhere_and_it_is_said(text: str, language: str | None) -> None:
    """The text is asked in its own script; what only means something in English is left out."""
    shorter_text = text[: len(text) * 4 // 5]
    row = judge(text, shorter_text + " very very", language=language)
    assert any("English rewriting were not looked at" in reason for reason in reasons(row))
    unlisted = any("how rare the words are was not looked at" in reason for reason in reasons(row))
    assert unlisted == (language in (None, "la"))
    assert_adds_up(row)


# --- laws

VOCABULARY = ["the", "lamp", "and", "reef", "very", "also", "as", "well", "ten", "10", "2", "two", "Skarvik"]
VOCABULARY += ["don't", "dark", "murky", "tempest", "storm", "boat", "vessel."]
texts = st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=40).map(" ".join)


@given(
    texts,
    texts,
    st.sampled_from(["spun", "edited", "paraphrased", "summarised"]),
    st.sampled_from(schemas.EXTENTS),
)
def test_points_add_up_and_swapping_mirrors_for_any_texts(a: str, b: str, kind: str, extent: str) -> None:
    """Whatever the texts and their alignment: sums hold, and the answer is antisymmetric bit for bit."""
    one, other = by_textbook(a, b, kind, extent), by_textbook(b, a, kind, extent)
    assert_adds_up(one)
    assert one["confidence"] == other["confidence"]
    assert one["verdict"] == other["verdict"]
    names = {"a": "b", "b": "a", None: None}
    if a != b:
        assert one["source"] == names[other["source"]]
    if one["source"]:
        assert one["evidence"] == other["evidence"]
    else:
        assert [each["points"] for each in one["evidence"]] == [each["points"] for each in other["evidence"]]


ZIPF = {
    "the": 7.0,
    "lamp": 4.0,
    "and": 6.9,
    "reef": 3.5,
    "dark": 4.8,
    "murky": 2.9,
    "storm": 4.5,
    "tempest": 3.0,
}
SHARES = {word: 10 ** (zipf - 9) for word, zipf in ZIPF.items()}
words = st.lists(
    st.sampled_from(["the", "lamp", "and", "reef", "dark", "murky", "storm", "tempest", "gloam", "ten", "7"]),
    min_size=1,
    max_size=30,
)


@given(words, words)
def test_the_figures_are_those_of_the_textbook(x: list[str], y: list[str]) -> None:
    """The arrays give what loops over words give."""
    comparison = compare_by_textbook(x, y, SHARES)
    parts = oracle.segments(x, y)
    x_own, y_own = oracle.own(parts)
    zipf = [[ZIPF.get(word, 0.0) for word in side] for side in (x_own, y_own)]
    lengths = [[float(len(word)) for word in side] for side in (x_own, y_own)]
    assert rarer_swaps(comparison).value == pytest.approx(oracle.rarer_swaps(parts, ZIPF))
    assert rarer_words(comparison).value == pytest.approx(oracle.difference_of_means(*zipf))
    assert longer_words(comparison).value == pytest.approx(oracle.difference_of_means(*lengths[::-1]))
    assert unknown_words(comparison).value == pytest.approx(oracle.unknown_words(parts, ZIPF))
    assert shorter(comparison).value == pytest.approx(math.log((len(x) + 5) / (len(y) + 5)))
    shape = measure_shape(comparison)
    assert shape.swap_share == pytest.approx(oracle.swap_share(parts))
    assert shape.common == pytest.approx(oracle.common(x, y))
    assert shape.longest == pytest.approx(oracle.longest(x, y))


def by_textbook(
    a: str,
    b: str,
    kind: str,
    extent: str = "whole",
    *,
    language: str | None = "en",
    options: DirectionOptions = DEFAULT,
) -> Row:
    """The direction of two texts that are one passage, aligned by the textbook, always in one order."""
    turned = (len(b), b) < (len(a), a)
    x, y = (b, a) if turned else (a, b)
    edits = []
    sides = words_of(x), words_of(y)
    for op, i, j, k, m in oracle.rows(*([str(w) for w in side.word] for side in sides)):
        spans = [*span_of(sides[0], i, j), *span_of(sides[1], k, m)]
        if turned:
            spans = spans[2:] + spans[:2]
            op = {"insert": "delete", "delete": "insert"}.get(op, op)
        edits.append(dict(zip(("a_start", "a_end", "b_start", "b_end"), spans, strict=True), op=op))
    key = {"a": "a", "b": "b"}
    passage: Row = {
        "rank": 1,
        "a_start": 0,
        "a_end": len(a),
        "b_start": 0,
        "b_end": len(b),
        "matched": 1,
        "identity": 0.5,
    }
    passage |= {"kind": kind, "confidence": 0.9, "role": "reuse", "moved": False, "edits": edits}
    relation: Row = {
        "kind": kind,
        "extent": extent,
        "confidence": 0.9,
        "coverage_a": 1.0,
        "coverage_b": 1.0,
        "evidence": [],
    }
    found = find_directions(
        schemas.DOCUMENTS.table(
            {"doc": doc, "text": text, "language": language, "sha256": ""} for doc, text in (("a", a), ("b", b))
        ),
        schemas.PAIRS.table([key]),
        schemas.ALIGNMENTS.table([key | passage]),
        schemas.RELATIONS.table([key | relation]),
        options=options,
        engine=LocalEngine(workers=1),
    )
    return dict(found.to_pylist()[0])


# --- the stage as a stage


def made_by_hand() -> tuple[pa.Table, pa.Table, pa.Table]:
    """Documents, alignments and relations of the lighthouse and its copy."""
    documents = schemas.DOCUMENTS.table(
        {"doc": doc, "text": text, "language": "en", "sha256": ""}
        for doc, text in (("lamp", LIGHTHOUSE), ("spun", SPUN))
    )
    pairs = schemas.PAIRS.table([{"a": "lamp", "b": "spun"}])
    alignments = align(documents, pairs)
    return documents, alignments, classify(documents, pairs, alignments)


def test_every_relation_has_a_row_and_no_pair_needs_a_passage() -> None:
    """A pair that the aligner found nothing in is unknown, with the reason."""
    documents, alignments, relations = made_by_hand()
    found = find_directions(documents, relations.select(["a", "b"]), alignments.slice(0, 0), relations)
    row = found.to_pylist()[0]
    assert (row["verdict"], row["confidence"]) == ("unknown", 0.5)
    assert list(reasons(row)) == ["no passage is aligned, so there is nothing to judge by"]


def test_no_relations_give_no_rows() -> None:
    documents, alignments, relations = made_by_hand()
    empty = relations.slice(0, 0)
    assert find_directions(documents, empty.select(["a", "b"]), alignments, empty).num_rows == 0


def test_columns_that_a_caller_leaves_out_are_unknown() -> None:
    """doc and text suffice: the letters tell the language. One that is given as unknown is not taken for English."""
    documents, alignments, relations = made_by_hand()
    pairs = relations.select(["a", "b"])
    found = find_directions(documents.select(["doc", "text"]), pairs, alignments, relations)
    assert not any("not known to be English" in reason for reason in reasons(found.to_pylist()[0]))
    unknown = documents.select(["doc", "text"]).append_column("language", pa.nulls(documents.num_rows, pa.string()))
    found = find_directions(unknown, pairs, alignments, relations)
    assert any("not known to be English" in reason for reason in reasons(found.to_pylist()[0]))


def test_a_relation_of_an_absent_document_is_refused_by_name() -> None:
    documents, alignments, relations = made_by_hand()
    with pytest.raises(SchemaError, match="'spun'"):
        find_directions(documents.slice(0, 1), relations.select(["a", "b"]), alignments, relations)
