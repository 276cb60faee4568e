"""Roles: what two texts share and none of them took from the other, from ``align`` to the relation."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest

from stemmata.alignments import align
from stemmata.errors import OptionError, SchemaError
from stemmata.passages.roles import QUOTING, Boilerplate, Roles, Text
from stemmata.relations import RelationOptions, classify
from stemmata.statistics import collect_statistics
from stemmata.tokens import words_of
from tests.aligned import Row, coverage, covered
from tests.witnesses import WITNESSES

TASK = (
    "Describe the old bridge of Velma in five hundred words, explain who built it and why it was closed for two years, "
    "and say what the people of the town think of it today."
)
SPEECH = (
    "Cars will never again be allowed to cross this bridge, because its piers were made for carts, and a heavy lorry "
    "would be more than they can bear, as our engineers have told us every year since the great flood"
)
ENTRIES = (
    "References\n\nQuill, A. (2010). The light of Skerrow. Journal of Islands, 12(3), 44–51.\n\n"
    "Tarrant, Edwin. A Keeper's Book of the Southern Reef. Harbour Press, 1914.\n\n"
    "Haddad, S. Libraries and Their Towns. Cairo, 1998, pp. 3-9. https://libraries.example/haddad"
)
PARAGRAPHS = WITNESSES["en"].text.strip().split("\n\n")
ONE, OTHER = "\n\n".join(PARAGRAPHS[:3]), WITNESSES["en"].stranger.strip()


def tables(a: str, b: str, copy: str | None = None, **more: Any) -> tuple[pa.Table, pa.Table, pa.Table]:
    """Documents, pairs and alignments of two texts."""
    site, language = more.pop("site", (None, None)), more.pop("language", "en")
    documents = pa.table(
        {"doc": ["a", "b"], "text": [a, b], "language": [language, language], "site": pa.array(site, pa.string())}
    )
    pairs = pa.table({"a": ["a"], "b": ["b"], "copy": pa.array([copy], pa.string())})
    return documents, pairs, align(documents, pairs, **more)


def passages(a: str, b: str, copy: str | None = None, **more: Any) -> list[Row]:
    rows: list[Row] = tables(a, b, copy, **more)[2].to_pylist()
    return rows


def relation(a: str, b: str, *exclude: str, copy: str | None = None, **more: Any) -> Row:
    options = RelationOptions(exclude=exclude) if exclude else RelationOptions()
    (row,) = classify(*tables(a, b, copy, **more), options=options).to_pylist()
    return dict(row)


def left_out(row: Row) -> dict[str, str]:
    return {one["feature"]: one["says"] for one in row["evidence"] if one["feature"].startswith("left_out")}


def roles(rows: list[Row]) -> list[str]:
    return sorted(row["role"] for row in rows)


NAMED = f"{ONE}\n\nThe mayor, Nina Orlova, said on Friday: “{SPEECH}.”"
AGAIN = f"{OTHER}\n\n“{SPEECH},” said Nina Orlova last week, when she was asked about it."
NAMELESS = f"{OTHER}\n\nOver the door of the hall stands: “{SPEECH}”, in letters of gold."
UNMARKED = f"{OTHER}\n\n{SPEECH}."


def test_a_quotation_that_both_texts_name_is_quoted() -> None:
    """It stands among the passages, and does not count."""
    assert roles(passages(NAMED, AGAIN)) == ["quoted"]
    row = relation(NAMED, AGAIN)
    assert (row["kind"], row["coverage_a"], row["coverage_b"]) == ("none", 0, 0)
    assert row["evidence"][0]["says"] == "what both texts share is no reuse: quotations that name their source"
    assert list(left_out(row)) == ["left_out_quoted"]


@pytest.mark.parametrize(("a", "b"), [(NAMED, UNMARKED), (UNMARKED, NAMED)])
def test_a_copy_that_drops_the_marks_reuses(a: str, b: str) -> None:
    """Where the copy is known, the marks have to be in the copy, and the source there."""
    quoting = "a" if a is NAMED else "b"
    assert roles(passages(a, b, copy=quoting)) == ["quoted"]
    assert roles(passages(a, b, copy="b" if quoting == "a" else "a")) == ["reuse"]
    assert roles(passages(a, b)) == ["quoted"]


def test_marks_without_a_name_are_reuse() -> None:
    assert roles(passages(NAMELESS, f"{ONE}\n\n{SPEECH}.")) == ["reuse"]
    assert roles(passages(NAMED, NAMELESS, copy="b")) == ["reuse"]


def test_a_rewording_is_no_quotation() -> None:
    """Marks round other words than the source's do not make them the source's."""
    quoting, source = (Text(text, words_of(text), None) for text in (f"“{SPEECH},” said Nina Orlova.", SPEECH))
    found = Roles(quoting, source, known=False, boilerplate=Boilerplate())
    last = len(source.words)
    assert found.name(0, last, 0, last, QUOTING) == "quoted"
    assert found.name(0, last, 0, last, QUOTING - 0.01) == "reuse"


def test_a_quotation_inside_a_longer_passage_is_reused_with_it() -> None:
    copied = (
        f"{PARAGRAPHS[1]}\n\n{PARAGRAPHS[2]}\n\nThe mayor, Nina Orlova, said on Friday: “{SPEECH}.”\n\n{PARAGRAPHS[3]}"
    )
    rows = passages(copied, f"{OTHER}\n\n{copied}")
    assert roles(rows) == ["reuse"]
    assert coverage(rows, copied, "a") == 1


@pytest.mark.parametrize(
    ("language", "says", "opening", "closing"),
    [
        ("ru", "Городской архитектор Нина Орлова сказала: ", "«", "»."),
        ("ar", "وقالت مديرة المكتبة سلمى الحداد: ", "«", "»."),
        ("zh", "林秋月说：", "「", "」。"),
    ],
)
def test_quotations_in_every_script(language: str, says: str, opening: str, closing: str) -> None:
    """A paragraph of an article, quoted in another text and named, or merely put there."""
    witness = WITNESSES[language]
    paragraph = witness.text.strip().split("\n\n")[1]
    quoting = f"{witness.stranger.strip()}\n\n{says}{opening}{paragraph}{closing}"
    assert roles(passages(quoting, witness.text, copy="a", language=language)) == ["quoted"]
    merely = f"{witness.stranger.strip()}\n\n{paragraph}"
    assert roles(passages(merely, witness.text, copy="a", language=language)) == ["reuse"]


def test_a_bibliography_that_both_texts_have_is_no_reuse() -> None:
    row = relation(f"{ONE}\n\n{ENTRIES}", f"{OTHER}\n\n{ENTRIES}")
    assert row["kind"] == "none"
    assert list(left_out(row)) == ["left_out_reference"]


def test_a_bibliography_after_copied_text_is_a_passage_of_its_own() -> None:
    rows = passages(f"{ONE}\n\n{ENTRIES}", f"{ONE}\n\n{OTHER}\n\n{ENTRIES}")
    assert roles(rows) == ["reference", "reuse"]
    assert covered(rows, f"{ONE}\n\n{ENTRIES}", "a", "Tarrant, Edwin. A Keeper's Book", role="reference")


def test_an_entry_between_copied_paragraphs_was_copied_with_them() -> None:
    entry = ENTRIES.split("\n\n")[1]
    copied = f"{PARAGRAPHS[1]}\n\n{PARAGRAPHS[2]}\n\n{entry}\n\n{PARAGRAPHS[3]}"
    assert roles(passages(copied, f"{copied}\n\n{OTHER}")) == ["reuse"]


BASE = pa.table({"text": [TASK]})


def test_what_everybody_was_given_is_no_reuse() -> None:
    a, b = f"{TASK}\n\n{ONE}", f"{TASK}\n\n{OTHER}"
    assert roles(passages(a, b)) == ["reuse"]
    assert roles(passages(a, b, base=BASE)) == ["base"]
    row = relation(a, b, base=BASE)
    assert row["kind"] == "none"
    assert "they do not count" in left_out(row)["left_out_base"]


def test_base_text_is_cut_out_of_a_copy() -> None:
    """The copied paragraphs round it stay reuse."""
    a = f"{PARAGRAPHS[1]}\n\n{TASK}\n\n{PARAGRAPHS[2]}\n\n{PARAGRAPHS[3]}"
    b = f"{a}\n\n{OTHER}"
    rows = passages(a, b, base=BASE)
    assert roles(rows) == ["base", "reuse", "reuse"]
    assert covered(rows, a, "a", TASK, role="base")
    assert relation(a, b, base=BASE)["coverage_a"] < relation(a, b)["coverage_a"] == 1


def test_what_one_text_changed_in_the_base_text_is_base_text_all_the_same() -> None:
    """Its counterpart, word for word the base, shows what it is."""
    changed = (
        TASK.replace("five hundred", "600")
        .replace("explain", "tell")
        .replace("people", "folk")
        .replace("years", "winters")
    )
    (row,) = passages(f"{TASK}\n\n{ONE}", f"{changed}\n\n{OTHER}", base=BASE)
    assert row["role"] == "base"


def test_two_texts_that_are_the_base_text_do_not_relate() -> None:
    assert roles(passages(TASK, TASK, base=BASE)) == ["base"]
    assert relation(TASK, TASK, base=BASE)["kind"] == "none"


def test_a_base_table_needs_texts() -> None:
    with pytest.raises(SchemaError, match="column 'text' is absent"):
        passages(ONE, OTHER, base=pa.table({"doc": ["task"]}))


LINES = (
    "The island's own paper since the year 1888, printed at the harbour\n"
    "Write to the editors before noon on Thursday, please"
)


def test_lines_that_a_site_puts_on_many_pages_are_furniture() -> None:
    """Two pages of one site share them; a page of another site that has them took them along."""
    texts = [ONE, OTHER, *(WITNESSES[language].text for language in ("ru", "ar"))]
    documents = pa.table(
        {
            "doc": ["a", "b", "c", "d", "e"],
            "text": [f"{text.strip()}\n\n{LINES}" for text in [*texts, ONE]],
            "site": ["gazette.example"] * 4 + ["copies.example"],
        }
    )
    pairs = pa.table({"a": ["a", "a"], "b": ["b", "e"]})
    found = align(documents, pairs, collect_statistics(documents)).to_pylist()
    assert {row["role"] for row in found if row["b"] == "b"} == {"furniture"}
    assert [row["role"] for row in found if row["b"] == "e"] == ["reuse"]
    without = align(documents, pairs, collect_statistics(documents.drop_columns(["site"]))).to_pylist()
    assert "reuse" in {row["role"] for row in without if row["b"] == "b"}


def test_nothing_is_deleted_and_the_figures_are_given_with_and_without() -> None:
    """The coverage leaves quotations out; the evidence says what it would be with them."""
    a, b = f"{TASK}\n\n{NAMED}", f"{TASK}\n\n{AGAIN}"
    without, with_them = relation(a, b), relation(a, b, "references")
    assert 0 < without["coverage_a"] < with_them["coverage_a"]
    says = left_out(without)["left_out_quoted"]
    assert f"(with them {with_them['coverage_a']:.0%} and {with_them['coverage_b']:.0%})" in says
    assert left_out(with_them) == {}


def test_short_passages_can_be_left_out() -> None:
    a, b = f"{ONE}\n\n{TASK}", f"{OTHER}\n\n{TASK}"
    words = len(TASK.split())
    assert relation(a, b, f"short:{words}")["kind"] == "verbatim"
    row = relation(a, b, f"short:{words + 1}")
    assert row["kind"] == "none"
    assert row["evidence"][0]["says"] == "what both texts share is no reuse: passages shorter than was asked for"


@pytest.mark.parametrize("wrong", ["quoted", "short", "short:", "short:0", "short:x", "short:100000", "", "base"])
def test_what_cannot_be_excluded_is_refused(wrong: str) -> None:
    with pytest.raises(OptionError, match=r"none of quotes, references and short:N") as caught:
        RelationOptions(exclude=("quotes", wrong))
    assert "short:12" in caught.value.mend


def test_roles_are_mirrored_with_their_texts() -> None:
    pairs = [
        (NAMED, AGAIN),
        (f"{ONE}\n\n{ENTRIES}", f"{ONE}\n\n{OTHER}\n\n{ENTRIES}"),
        (f"{TASK}\n\n{ONE}", f"{TASK}\n\n{OTHER}"),
    ]
    for a, b in pairs:
        there = [(r["a_start"], r["a_end"], r["b_start"], r["b_end"], r["role"]) for r in passages(a, b, base=BASE)]
        back = [(r["b_start"], r["b_end"], r["a_start"], r["a_end"], r["role"]) for r in passages(b, a, base=BASE)]
        assert sorted(there) == sorted(back)


def test_a_related_article_line_is_cut_though_the_site_has_it_on_every_page() -> None:
    """Two sites that both have it: it is not what the one took along from the other."""
    related = "Read also: The harbour master of Velma retires after thirty years at sea"
    head, tail = ONE.strip().rsplit("\n\n", 1)
    page = f"{head}\n\n{related}\n\n{tail}"
    others = [OTHER, *(WITNESSES[language].text for language in ("ru", "ar"))]
    documents = pa.table(
        {
            "doc": list("abcdefgh"),
            "text": [page, f"{page} The end.", *(f"{text.strip()}\n\n{related}" for text in others * 2)],
            "site": ["gazette.example", "copies.example", *["gazette.example"] * 3, *["copies.example"] * 3],
        }
    )
    found = align(documents, pa.table({"a": ["a"], "b": ["b"]}), collect_statistics(documents)).to_pylist()
    assert [row["role"] for row in found] == ["reuse", "furniture", "reuse"]
