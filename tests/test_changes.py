"""What the copy changed: each type from a small story, and what must hold for all of them."""

from __future__ import annotations

from itertools import product
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stemmata import schemas
from stemmata.alignments import align
from stemmata.changes import ChangeOptions, list_changes
from stemmata.engines import LocalEngine
from stemmata.errors import OptionError, SchemaError

BEFORE = (
    "The ferry between Ostrava Quay and the island of Lund has run every summer since the war ended, and the town "
    "council pays for most of it. "
)
AFTER = (
    " Tickets are sold at the harbour office, where a painted board shows the hours, and in the bakery beside the "
    "chapel when the office is closed."
)
STYLE = ("wording", "restyled", "moved", "disguised")


def documents(*texts: str, language: str | None = "en", ids: str = "abcdefgh") -> pa.Table:
    return pa.table(
        {
            "doc": list(ids[: len(texts)]),
            "text": pa.array(texts, pa.large_string()),
            "language": pa.array([language] * len(texts), pa.string()),
        }
    )


def directed(*pairs: tuple[str, str]) -> pa.Table:
    """Return directions in which the first of each pair is the source."""
    return schemas.DIRECTIONS.table(
        {
            "a": min(pair),
            "b": max(pair),
            "verdict": "copy",
            "source": pair[0],
            "copy": pair[1],
            "via_lost": 0.0,
            "confidence": 0.9,
            "evidence": [],
        }
        for pair in pairs
    )


def changed(source: str, copy: str, language: str | None = "en", **options: Any) -> list[dict[str, Any]]:
    """Return the changes from one text to another."""
    texts = documents(source, copy, language=language)
    alignments = align(texts, pa.table({"a": ["a"], "b": ["b"], "copy": ["b"]}))
    found = list_changes(texts, alignments, directed(("a", "b")), options=ChangeOptions(**options))
    rows: list[dict[str, Any]] = found.to_pylist()
    return rows


def told(source: str, copy: str, language: str | None = "en") -> list[tuple[str, str, str]]:
    """Return type, before and after of the changes between two sentences that stand in one frame."""
    rows = changed(BEFORE + source + AFTER, BEFORE + copy + AFTER, language)
    return [(row["type"], row["before"], row["after"]) for row in rows]


STORIES = [
    ("number", "The boat carries 120 people.", "The boat carries 210 people.", "120 ", "210 "),
    ("number", "It cost three thousand crowns.", "It cost four thousand crowns.",
     "three thousand crowns", "four thousand crowns"),
    ("percent", "Fares rose by 5 % in May.", "Fares rose by 8 percent in May.", "5 %", "8 percent"),
    ("unit", "The strait is 12 miles wide.", "The strait is 12 kilometres wide.", "12 miles", "12 kilometres"),
    ("unit", "The engine cost $400 to mend.", "The engine cost €400 to mend.", "$400", "€400"),
    ("unit", "The pier cost 2 million crowns.", "The pier cost 2 billion crowns.",
     "2 million crowns", "2 billion crowns"),
    ("date", "It sailed first on 4 July 1951.", "It sailed first on 4 June 1951.", "4 July 1951", "4 June 1951"),
    ("date", "The crew rests on Monday.", "The crew rests on Friday.", "Monday", "Friday"),
    ("name", "The first captain was Ilse Marnow.", "The first captain was Greta Marnow.", "Ilse", "Greta"),
    ("attribution", "“We sail in any weather,” said Marnow.", "“We sail in any weather,” said Petrov.",
     "Marnow", "Petrov"),
    ("attribution", "The hull, according to the harbour master, is sound.", "The hull is sound.",
     "according to the harbour master", ""),
    ("attribution", "An anonymous clerk kept the books.", "A trusted clerk kept the books.", "anonymous", "trusted"),
    ("quote", "She called it “a stubborn old tub” in her diary.", "She called it “a lovely old tub” in her diary.",
     "stubborn", "lovely"),
    ("negation", "The mate was not on board that night.", "The mate was on board that night.", "not", ""),
    ("negation", "The rope was likely to break.", "The rope was unlikely to break.", "likely", "unlikely"),
    ("negation", "They sailed with a pilot.", "They sailed without a pilot.", "with", "without"),
    ("hedge", "Rust may have weakened the keel.", "Rust must have weakened the keel.", "may", "must"),
    ("hedge", "The fire was possibly set by thieves.", "The fire was set by thieves.", "possibly", ""),
    ("quantifier", "Some passengers were ill.", "All passengers were ill.", "Some", "All"),
    ("quantifier", "The bell seldom rings.", "The bell often rings.", "seldom", "often"),
    ("comparison", "The crossing takes longer before noon.", "The crossing takes longer after noon.",
     "before", "after"),
    ("comparison", "Traffic increased that year.", "Traffic decreased that year.", "increased", "decreased"),
    ("causal", "It was sold because the owner died.", "It was sold although the owner died.", "because", "although"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "source", "copy", "before", "after"), STORIES)
def test_one_change_of_fact_is_one_row(kind: str, source: str, copy: str, before: str, after: str) -> None:
    """A single altered fact gives its type, the words before and after, and no other matter of fact."""
    factual = [row for row in told(source, copy) if row[0] not in STYLE]
    assert factual == [(kind, before.strip(), after.strip())]


STYLES = [
    ("restyled", "The boat has ten seats.", "The boat has 10 seats.", "ten", "10"),
    ("restyled", "It has 1,000 rivets.", "It has 1000 rivets.", "1,000", "1000"),
    ("restyled", "Fares rose by 5 % again.", "Fares rose by 5 percent again.", "5 %", "5 percent"),
    ("restyled", "The pier cost $2 million then.", "The pier cost $2,000,000 then.", "$2 million", "$2,000,000"),
    ("restyled", "It sailed on Feb. 10 at last.", "It sailed on 10 February at last.", "Feb. 10", "10 February"),
    ("restyled", "It was built in the U.S. by hand.", "It was built in the United States by hand.",
     "U.S", "United States"),
    ("restyled", "The colour of the hull is grey.", "The color of the hull is grey.", "colour", "color"),
    ("restyled", "The mate does not drink.", "The mate doesn't drink.", "does not", "doesn't"),
    ("wording", "The pilot is highly skilled.", "The pilot is extremely skilled.", "highly", "extremely"),
    ("wording", "The cook is unable to swim.", "The cook is not able to swim.", "unable to", "not able to"),
    ("wording", "It is about 70 years old.", "It is around 70 years old.", "about", "around"),
    ("wording", "Several passengers were ill.", "A number of passengers were ill.", "Several", "A number of"),
    ("wording", "The hold was full of flammable goods.", "The hold was full of inflammable goods.",
     "flammable", "inflammable"),
    ("wording", "She went away after the fall of a tree.", "She went away after the spring of a tree.",
     "fall", "spring"),
    ("wording", "They ate french fries at night.", "They ate belgian fries at night.", "french", "belgian"),
    ("wording", "Rain is not unlikely there.", "Rain is likely there.", "not unlikely", "likely"),
    ("wording", "The mate was there, I hope.", "The mate was there, 1 hope.", "I", "1"),
    ("wording", "They play old films on deck.", "They display old films on deck.", "play", "display"),
    ("disguised", "The password of the mate is kept.", "The pаssword of the mate is kept.", "password", "pаssword"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "source", "copy", "before", "after"), STYLES)
def test_the_same_in_other_words_is_style(kind: str, source: str, copy: str, before: str, after: str) -> None:
    """Values are compared as values and words by what they mean: nothing here is a matter of fact."""
    assert told(source, copy) == [(kind, before, after)]


def test_another_person_is_named_for_what_it_is_and_is_not_grave() -> None:
    """A wife may be a mother as well; that one word stands for another all the same is notable."""
    (row,) = changed(BEFORE + "Her mother came on deck." + AFTER, BEFORE + "Her wife came on deck." + AFTER)
    assert (row["type"], row["says"]) == ("name", "The person changes: “mother” becomes “wife”.")
    assert 0.4 <= row["severity"] < 0.7


def test_a_season_is_another_in_its_frame() -> None:
    """A *fall* may be anything else."""
    rows = told("It sank in the spring of the year.", "It sank in the fall of the year.")
    assert rows == [("date", "in the spring", "in the fall")]


def test_a_style_only_rewrite_has_no_matter_of_fact() -> None:
    """Spelling, contractions, figures, quotation marks and synonyms together."""
    source = BEFORE + 'The neighbours do not mind: "It is a quiet boat", says one who lives twenty metres away.' + AFTER
    copy = BEFORE + "The neighbors don't care: “It is a quiet boat”, says one who lives 20 meters off." + AFTER
    rows = changed(source, copy)
    assert rows
    assert not [row for row in rows if row["factual"]]


def test_a_sentence_left_out_is_an_omission_and_one_put_in_an_addition() -> None:
    """Both are given whole, with their full stop; the other side is an empty span at the place."""
    extra = "Nobody was ever charged with the theft of the bell."
    source, copy = BEFORE + extra + AFTER, BEFORE[:-1] + AFTER
    left_out, put_in = changed(source, copy), changed(copy, source)
    assert [(row["type"], row["before"], row["after"]) for row in left_out] == [("omission", extra, "")]
    assert [(row["type"], row["before"], row["after"]) for row in put_in] == [("addition", "", extra)]
    assert left_out[0]["copy_start"] == left_out[0]["copy_end"]
    assert left_out[0]["says"] == "A sentence of 10 words is left out."


PARAGRAPH = (
    "The winter of the great ice is still told of at every table. For nine weeks no boat could leave, and the doctor "
    "walked across the strait with a sledge and two goats. He was paid in herring, which he gave to the school."
)
REPAIRS = (
    "This year the hull was scraped down to the oak and every second plank replaced. A carpenter from Brandal did the "
    "work alone, with tools that his grandfather had left him, and asked for nothing but his meals and a dry bed."
)


def test_a_paragraph_between_two_passages_is_left_out_or_put_in() -> None:
    """Even where the aligner parts the text at it; a headline or byline of its own is neither."""
    first, last = BEFORE + AFTER.strip(), REPAIRS
    source, copy = f"{first}\n\n{PARAGRAPH}\n\n{last}", f"{first}\n\n{last}"
    (omission,) = (row for row in changed(source, copy) if row["factual"])
    assert (omission["type"], omission["after"]) == ("omission", "")
    assert omission["before"].startswith("The winter of the great ice")
    (addition,) = (row for row in changed(copy, source) if row["factual"])
    assert (addition["type"], addition["after"]) == ("addition", omission["before"])
    headed = "An island and its ferry\n\nBy our correspondent\n\n"
    assert changed(first, headed + first) == changed(headed + first, first) == []


def test_a_footnote_number_is_no_number_of_the_text() -> None:
    assert told("The hull is sound [7] and dry.", "The hull is sound and dry.") == [("wording", "7", "")]
    assert told("The hull holds 7,000 fish and is dry.", "The hull holds fish and is dry.") == [("number", "7,000", "")]


def test_how_long_a_run_must_be_is_an_option() -> None:
    """Four words without a pause are wording by default."""
    source = BEFORE + "The crew repaints the hull with black tar every spring." + AFTER
    copy = BEFORE + "The crew repaints the hull every spring." + AFTER
    assert [row["type"] for row in changed(source, copy)] == ["wording"]
    assert [row["type"] for row in changed(source, copy, omission=3)] == ["omission"]


def test_a_clause_that_moved_is_neither_left_out_nor_put_in() -> None:
    """The share of words by which it is known again is an option."""
    source = BEFORE + "If a storm broke out, the pilot stayed ashore with his dog." + AFTER
    copy = BEFORE + "The pilot stayed ashore with his dog if a gale broke out." + AFTER
    assert "moved" in {row["type"] for row in changed(source, copy)}
    assert not [row for row in changed(source, copy) if row["factual"]]
    assert "moved" not in {row["type"] for row in changed(source, copy, moved=1.0)}


def test_a_name_that_lost_a_part_is_shortened_unless_it_stands_in_full_elsewhere() -> None:
    source = BEFORE + "This account was first printed by the Lund Harbour Society." + AFTER
    assert told("It was printed by the Lund Harbour Society.", "It was printed by the Lund Harbour.") == [
        ("name", "Society", "")
    ]
    again = BEFORE + "The Lund Harbour Society keeps it. It was printed by the Lund Harbour Society." + AFTER
    short = BEFORE + "The Lund Harbour Society keeps it. It was printed by the Lund Harbour." + AFTER
    assert [row["type"] for row in changed(again, short)] == ["wording"]
    assert changed(source, source) == []


def test_a_negation_that_stands_elsewhere_in_the_sentence_is_not_lost() -> None:
    source = "The mate did not see any light on the shore."
    copy = "The mate saw no light on the shore."
    assert not [row for row in told(source, copy) if row[0] not in STYLE]


def test_a_misquotation_is_one_finding_for_a_sentence() -> None:
    """However many words of it were exchanged."""
    source = "She wrote: “The old tub will outlive every captain in this harbour.”"
    copy = "She wrote: “The ancient tub will outlast every skipper in this port.”"
    factual = [row for row in told(source, copy) if row[0] not in STYLE]
    assert factual == [
        (
            "quote",
            "old tub will outlive every captain in this harbour",
            "ancient tub will outlast every skipper in this port",
        )
    ]


def test_a_misquotation_is_found_behind_an_inner_quotation() -> None:
    """What follows the inner quotation still stands in the outer one."""
    quoted = "She wrote: “He told us ‘yes’ and left for the {} islands before dawn.”"
    assert told(quoted.format("northern"), quoted.format("southern")) == [("quote", "northern", "southern")]


def test_what_is_the_same_is_no_change_where_the_passages_have_no_partner_for_it() -> None:
    """Words that stand alike on both sides, unmatched, are neither restyled nor reworded."""
    texts = documents("Nobody knew how much. Nobody said how much.", "Nobody knew how much. Nobody said How much.")
    spans = [(0, 21, 0, 21, [("match", 0, 11, 0, 11)]), (22, 43, 22, 43, [("match", 22, 33, 22, 33)])]
    assert list_changes(texts, aligned("edited", spans), directed(("a", "b"))).num_rows == 0


def test_columns_that_are_not_read_are_not_needed() -> None:
    texts = documents(BEFORE + "It carries 120 people." + AFTER, BEFORE + "It carries 210 people." + AFTER)
    alignments = align(texts, pa.table({"a": ["a"], "b": ["b"]}))
    directions = pa.table({"a": ["a"], "b": ["b"], "source": ["b"]})
    stemma = pa.table({"family": ["f", "f"], "doc": ["a", "b"], "parent": ["b", None], "role": ["copy", "original"]})
    (row,) = list_changes(texts, alignments.drop_columns(["matched", "identity"]), directions, stemma).to_pylist()
    assert (row["source"], row["before"], row["after"]) == ("b", "210", "120")


@pytest.mark.parametrize("column", ["a", "b", "source"])
def test_a_column_that_is_read_is_asked_for(column: str) -> None:
    """A direction without its pair says which column is absent; one without a source is none."""
    texts = documents(BEFORE + "It carries 120 people." + AFTER, BEFORE + "It carries 210 people." + AFTER)
    alignments = align(texts, pa.table({"a": ["a"], "b": ["b"]}))
    directions = directed(("b", "a")).drop_columns([column])
    if column == "source":
        assert not list_changes(texts, alignments, directions).column("oriented")[0].as_py()
    else:
        with pytest.raises(SchemaError, match=f"'{column}' is absent"):
            list_changes(texts, alignments, directions)


def aligned(kind: str, passages: list[tuple[int, int, int, int, list[tuple[str, int, int, int, int]]]]) -> pa.Table:
    """Return passages of a and b, each as its spans and its edits."""
    edits = ("op", "a_start", "a_end", "b_start", "b_end")
    return schemas.ALIGNMENTS.table(
        dict(zip(edits[1:], spans, strict=True))
        | {"a": "a", "b": "b", "rank": rank, "matched": 0, "identity": 0.5, "kind": kind, "role": "reuse"}
        | {"edits": [dict(zip(edits, edit, strict=True)) for edit in listed]}
        for rank, (*spans, listed) in enumerate(passages, 1)
    )


RETOLD = [
    ("Gulls slept. She did not sail that night.", "Gulls slept. She did sail that night.", "negation",
     "A negation is lost: “not”."),
    ("Gulls slept. The harbour bell rang until morning. She rowed.", "Gulls slept. She rowed.", "omission",
     "A sentence of 6 words is left out."),
    ("Gulls slept. She rowed.", "Gulls slept. The harbour bell rang until morning. She rowed.", "addition",
     "A sentence of 6 words is added."),
    ("Gulls slept, it seems, because the rain fell.", "Gulls slept, it seems, although the rain fell.", "wording",
     "Told in other words: “because” becomes “although”."),
    ("She rowed possibly home.", "She rowed home.", "wording", "Left out: “possibly”."),
    ("She rowed home.", "She rowed possibly home.", "wording", "Put in: “possibly”."),
]  # fmt: skip


@pytest.mark.parametrize(("source", "copy", "kind", "says"), RETOLD)
def test_a_retold_passage_keeps_what_no_accident_makes(source: str, copy: str, kind: str, says: str) -> None:
    """A negation and a whole sentence that one side lacks are listed as such; the rest in true words of its own."""
    texts = documents(source, copy)
    head = next(k for k, (one, other) in enumerate(zip(source, copy, strict=False)) if one != other)
    head = source.rfind(" ", 0, head + 1) + 1
    tail = next(k for k in range(1, 80) if source[-k] != copy[-k]) - 1
    tail -= source[len(source) - tail :].index(" ") + 1
    ends = len(source) - tail, len(copy) - tail
    same = [("match", 0, head, 0, head), ("match", ends[0], len(source), ends[1], len(copy))]
    passages = aligned("summarised", [(0, len(source), 0, len(copy), same)])
    rows = list_changes(texts, passages, directed(("a", "b"))).to_pylist()
    assert [(row["type"], row["says"]) for row in rows] == [(kind, says)]


@pytest.mark.parametrize(("ending", "kinds"), [("Petrov at dawn", ["name"]), ("Petrov of the mill", [])])
def test_a_name_in_a_retold_passage_changes_between_the_words_that_stood_round_it(
    ending: str, kinds: list[str]
) -> None:
    """Among other words it is another sentence's name that met it by accident."""
    head, tail = "Gulls slept. Word came by ", ". She rowed."
    source, copy = f"{head}Marnow at dawn{tail}", f"{head}{ending}{tail}"
    ends = len(source) - len(tail) + 2, len(copy) - len(tail) + 2
    same = [("match", 0, len(head), 0, len(head)), ("match", ends[0], len(source), ends[1], len(copy))]
    passages = aligned("summarised", [(0, len(source), 0, len(copy), same)])
    rows = list_changes(documents(source, copy), passages, directed(("a", "b"))).to_pylist()
    assert [row["type"] for row in rows if row["factual"]] == kinds


def test_page_furniture_is_never_left_out() -> None:
    """A line that a site adds to every page is no sentence of the source."""
    source = BEFORE + "\n\nRelated article: The bakery by the chapel closes for good\n\n" + AFTER.strip()
    assert not [row for row in changed(source, BEFORE + "\n\n" + AFTER.strip()) if row["factual"]]


def test_where_direction_is_unknown_a_stands_for_the_source() -> None:
    """Nothing is said then of who introduced the change."""
    texts = documents(BEFORE + "It carries 120 people." + AFTER, BEFORE + "It carries 210 people." + AFTER)
    alignments = align(texts, pa.table({"a": ["a"], "b": ["b"]}))
    (row,) = list_changes(texts, alignments, schemas.DIRECTIONS.empty()).to_pylist()
    assert (row["source"], row["copy"], row["oriented"], row["introduced_by"]) == ("a", "b", False, None)
    (turned,) = list_changes(texts, alignments, directed(("b", "a"))).to_pylist()
    assert (turned["source"], turned["copy"], turned["oriented"], turned["introduced_by"]) == ("b", "a", True, "a")
    assert (turned["before"], turned["after"]) == (row["after"], row["before"])
    assert (turned["source_start"], turned["copy_start"]) == (row["copy_start"], row["source_start"])


@pytest.mark.parametrize(("kind", "source", "copy", "before", "after"), STORIES)
def test_the_other_direction_exchanges_before_and_after(
    kind: str, source: str, copy: str, before: str, after: str
) -> None:
    """What one direction lost the other gained; the type is the same."""
    factual = [row for row in told(copy, source) if row[0] not in STYLE]
    assert factual == [(kind, after.strip(), before.strip())]


def tree(*members: tuple[str, str | None, str], others: dict[str, list[str]] | None = None) -> pa.Table:
    return schemas.STEMMA.table(
        {
            "family": "f",
            "doc": doc,
            "parent": parent,
            "role": role,
            "other_parents": (others or {}).get(doc, []),
            "confidence": 0.9,
        }
        for doc, parent, role in members
    )


def test_a_member_is_listed_against_its_parents_and_the_root_above_it() -> None:
    """Where no tree is known all that was aligned is listed; members that it does not place, with their closest."""
    texts = documents(*(BEFORE + f"It carries {number} people." + AFTER for number in (120, 210, 230, 240)))
    pairs = pa.table({"a": ["a", "a", "b"], "b": ["b", "c", "c"]})
    alignments = align(texts, pairs)
    directions = directed(("a", "b"), ("a", "c"), ("b", "c"))

    def listed(stemma: pa.Table | None) -> list[str]:
        rows = list_changes(texts, alignments, directions, stemma).to_pylist()
        return sorted({row["source"] + row["copy"] for row in rows})

    chain = (("a", None, "original"), ("b", "a", "copy"), ("c", "b", "copy"), ("d", "c", "copy"))
    assert listed(None) == ["ab", "ac", "bc"]
    assert listed(tree(*chain)) == ["ab", "ac", "ad", "bc", "cd"]
    assert listed(tree(*chain, others={"d": ["b"]})) == ["ab", "ac", "ad", "bc", "bd", "cd"]
    assert listed(tree(*((doc, None, "unresolved") for doc in "abc"))) == ["ab", "ac"]
    assert listed(tree(("lost:f/1", None, "lost"), *((doc, "lost:f/1", "copy") for doc in "abc"))) == ["ab", "ac"]
    assert listed(tree(("a", None, "original"), ("b", "a", "copy"), ("c", "a", "copy"))) == ["ab", "ac"]


def test_copies_of_a_lost_text_did_not_alter_one_another() -> None:
    """Whatever the direction of the pair: neither derives from the other."""
    texts = documents(*(BEFORE + f"It carries {number} people." + AFTER for number in (120, 210)))
    alignments = align(texts, pa.table({"a": ["a"], "b": ["b"]}))
    below = tree(("lost:f/1", None, "lost"), ("a", "lost:f/1", "copy"), ("b", "lost:f/1", "copy"))
    (row,) = list_changes(texts, alignments, directed(("a", "b")), below).to_pylist()
    assert (row["oriented"], row["introduced_by"]) == (False, None)


@pytest.mark.parametrize(
    ("members", "says"),
    [
        ((("a", "b", "copy"), ("b", "a", "copy")), "'a' stands above itself"),
        ((("a", "a", "copy"),), "'a' stands above itself"),
        ((("a", None, "original"), ("b", "z", "copy")), "name a document 'z'"),
    ],
)
def test_a_tree_that_is_none_is_refused(members: tuple[tuple[str, str | None, str], ...], says: str) -> None:
    texts = documents(BEFORE, BEFORE)
    alignments = align(texts, pa.table({"a": ["a"], "b": ["b"]}))
    with pytest.raises(SchemaError, match=says) as caught:
        list_changes(texts, alignments, directed(("a", "b")), tree(*members))
    assert "stemma" in caught.value.where


def test_an_alteration_is_named_by_the_copy_in_which_it_entered() -> None:
    """The number enters with b, the colour with c; d has both, and a reading of its own.

    Nothing but a and b was aligned: the other pairs are aligned on demand.
    """
    told = "It carries {} people and is painted {}, which {} like, and each crossing takes about forty minutes."
    readings = [(120, "green", "most"), (210, "green", "most"), (210, "red", "most"), (210, "red", "few")]
    texts = documents(*(BEFORE + told.format(*reading) + AFTER for reading in readings))
    alignments = align(texts, pa.table({"a": ["a"], "b": ["b"]}))
    chain = tree(("a", None, "original"), ("b", "a", "copy"), ("c", "b", "copy"), ("d", "c", "copy"))
    rows = list_changes(texts, alignments, directed(("a", "b")), chain).to_pylist()
    assert all(row["oriented"] for row in rows)
    found = [
        (row["source"] + row["copy"], row["after"], row["introduced_by"], row["inherited"], row["carried_by"])
        for row in rows
    ]
    assert found == [
        ("ab", "210", "b", False, 3),
        ("ac", "210", "b", True, 3),
        ("ac", "red", "c", False, 2),
        ("ad", "210", "b", True, 3),
        ("ad", "red", "c", True, 2),
        ("ad", "few", "d", False, 1),
        ("bc", "red", "c", False, 2),
        ("cd", "few", "d", False, 1),
    ]


def test_what_was_left_out_once_is_an_omission_that_later_copies_inherit() -> None:
    gone = "The council has said twice that it may end the subsidy before the next winter comes. "
    kept = "Both boats were built in the yard at Lund and are older than their captains by some years. "
    texts = documents(
        BEFORE + gone + kept + AFTER, BEFORE + kept + AFTER, BEFORE + kept.replace("some", "many") + AFTER
    )
    chain = tree(("a", None, "original"), ("b", "a", "copy"), ("c", "b", "copy"))
    rows = list_changes(
        texts, align(texts, pa.table({"a": ["a"], "b": ["b"]})), directed(("a", "b")), chain
    ).to_pylist()
    found = [(row["copy"], row["introduced_by"], row["carried_by"]) for row in rows if row["type"] == "omission"]
    assert found == [("b", "b", 2), ("c", "b", 2)]


def test_what_was_cut_or_not_found_in_pairs_aligned_on_demand_is_noted() -> None:
    texts = documents(BEFORE + AFTER, BEFORE + AFTER, "Nothing of all this stands here, and it is about a cat.")
    chain = tree(("a", None, "original"), ("b", "a", "copy"), ("c", "b", "copy"))
    found = list_changes(texts, schemas.ALIGNMENTS.empty(), directed(("a", "b")), chain)
    assert schemas.remarks([found], "notes").to_pylist() == [
        {"stage": "changes", "what": "pairs of a tree without a passage in common", "count": 2}
    ]


def test_siblings_that_made_the_same_change_each_introduced_it() -> None:
    texts = documents(*(BEFORE + f"It carries {number} people." + AFTER for number in (120, 210, 210)))
    alignments = align(texts, pa.table({"a": ["a", "a"], "b": ["b", "c"]}))
    star = tree(("a", None, "original"), ("b", "a", "copy"), ("c", "a", "copy"))
    rows = list_changes(texts, alignments, directed(("a", "b"), ("a", "c")), star).to_pylist()
    assert [(row["introduced_by"], row["inherited"], row["carried_by"]) for row in rows] == [
        ("b", False, 1),
        ("c", False, 1),
    ]


def test_rows_are_the_same_for_any_order_and_number_of_parts() -> None:
    """Ids decide the order of the rows and nothing else."""
    kinds = [story[1:3] for story in STORIES[:4]]
    texts = [BEFORE + sentence + AFTER for pair in kinds for sentence in pair]
    table = documents(*texts)
    pairs = pa.table({"a": list("aceg"), "b": list("bdfh")})
    directions = directed(*(("aceg"[k], "bdfh"[k]) for k in range(4)))
    alignments = align(table, pairs)
    once = list_changes(table, alignments, directions, engine=LocalEngine(parts=1, workers=1))
    turned = table.take(pa.array(range(table.num_rows - 1, -1, -1)))
    for parts in (2, 7):
        again = list_changes(turned, alignments, directions, engine=LocalEngine(parts=parts, workers=2))
        assert again.equals(once)
    assert once.column("n").to_pylist() == [1, 1, 1, 1]


def test_severity_ranks_an_altered_number_above_four_hundred_synonyms() -> None:
    """What matters comes first, however much style stands round it."""
    syllables = ("ka", "lo", "mi", "ren", "su", "tav", "bor", "ek", "nil", "osh", "pru", "wen")
    source = ["".join(parts) for parts in product(syllables, repeat=3)][:1600]
    copy = source.copy()
    copy[2::4] = [word + "ish" for word in source[2::4]]
    rows = changed(" ".join(source) + " carries 120 men", " ".join(copy) + " carries 210 men")
    assert len(rows) == 401
    assert max(rows, key=lambda row: row["severity"])["before"] == "120"


def test_an_unknown_document_is_named() -> None:
    texts = documents(BEFORE, BEFORE)
    alignments = align(texts, pa.table({"a": ["a"], "b": ["b"]}))
    with pytest.raises(SchemaError, match="'b'"):
        list_changes(texts.slice(0, 1), alignments, schemas.DIRECTIONS.empty())


def test_options_out_of_range_are_refused() -> None:
    with pytest.raises(OptionError):
        ChangeOptions(omission=0)
    with pytest.raises(OptionError):
        ChangeOptions(moved=0.4)


WORDS = st.sampled_from((
    "the", "a", "boat", "not", "all", "some", "ten", "10", "5", "%", "$3", "million", "May", "1951", "Lund", "Marnow",
    "said", "“", "”", '"', ",", ".", "!", "because", "may", "more", "less", "don't", "pаss", "U.S.", "according", "to",
    "in", "never", "一", "二", "Паром", "\n\n", "hence", "about", "anonymous", "'s", "Feb. 3", "half", "of", "(", ")",
    "–", "1,000", "2.5", "km", "€",
))  # fmt: skip


@settings(max_examples=60)
@given(st.lists(WORDS, max_size=40), st.lists(WORDS, max_size=40), st.sampled_from(["en", "de", None]))
def test_every_row_is_a_slice_of_both_texts(first: list[str], second: list[str], language: str | None) -> None:
    """Spans lie in their texts, ``before`` and ``after`` are what stands there, n counts in the source's order."""
    source, copy = (BEFORE + " ".join(words) + AFTER for words in (first, second))
    rows = changed(source, copy, language)
    for row in rows:
        assert 0 <= row["source_start"] <= row["source_end"] <= len(source)
        assert 0 <= row["copy_start"] <= row["copy_end"] <= len(copy)
        assert row["before"] == source[row["source_start"] : row["source_end"]]
        assert row["after"] == copy[row["copy_start"] : row["copy_end"]]
        assert row["before"] or row["after"]
        assert row["type"] in schemas.FACTUAL_TYPES + schemas.STYLE_TYPES
        assert row["type"] != "tortured"
        assert row["factual"] == (row["type"] in schemas.FACTUAL_TYPES)
        assert 0 <= row["severity"] <= 1
        assert row["says"].endswith(".")
        assert "\n" not in row["says"]
    assert [row["n"] for row in rows] == list(range(1, len(rows) + 1))
    assert [row["source_start"] for row in rows] == sorted(row["source_start"] for row in rows)


@settings(max_examples=30)
@given(st.lists(WORDS, max_size=60), st.sampled_from(["en", "ru", None]))
def test_the_same_text_has_no_changes(words: list[str], language: str | None) -> None:
    text = BEFORE + " ".join(words) + AFTER
    assert changed(text, text, language) == []
