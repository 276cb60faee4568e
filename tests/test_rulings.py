"""What people decide: a file of their own, which goes before what the machine says and can be taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

import stemmata as st
from stemmata.errors import FormatError, LockedError, MissingSource, OptionError
from stemmata.locks import locked
from stemmata.rulings import FILE, read_rulings
from tests.articles import FERRY, FERRY_SPUN, ORCHARD

EXCERPT = FERRY[: len(FERRY) // 2]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of an article, a spun copy, an excerpt, and an article on something else."""
    path = tmp_path_factory.mktemp("rulings") / "library"
    texts = {"ferry": FERRY, "spun": FERRY_SPUN, "half": EXCERPT, "orchard": ORCHARD}
    library = st.Library(path)
    library.add([st.Text(text, doc=doc) for doc, text in texts.items()])
    library.trace()
    return path


@pytest.fixture
def library(made: Path) -> st.Library:
    """The library without decisions."""
    (made / FILE).unlink(missing_ok=True)
    return st.Library(made)


def kinds(trace: st.Trace) -> dict[tuple[str, str], str]:
    return {(row["a"], row["b"]): row["kind"] for row in trace.relations.to_pylist()}


def groups(trace: st.Trace) -> set[frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in trace.families.to_pylist():
        found.setdefault(row["family"], set()).add(row["doc"])
    return {frozenset(members) for members in found.values()}


def test_a_pair_that_is_dismissed_is_no_reuse_and_the_evidence_says_who_said_so(library: st.Library) -> None:
    before = kinds(library.trace())["ferry", "spun"]
    library.decide("dismiss", "spun", "ferry", by="Ada", note="both printed the same press release")
    (row,) = [row for row in library.trace().relations.to_pylist() if (row["a"], row["b"]) == ("ferry", "spun")]
    assert (row["kind"], row["extent"], row["coverage_a"], row["confidence"]) == ("none", None, 0.0, 1.0)
    said = row["evidence"][0]
    assert said["feature"] == "decision"
    assert said["says"].startswith("dismissed by Ada on ")
    assert "press release" in said["says"]
    assert f"the machine had said: {before}" in said["says"]


def test_a_relation_can_be_given_another_kind(library: st.Library) -> None:
    library.decide("relabel", "ferry", "spun", value="paraphrased", by="Ada")
    assert kinds(library.trace())["ferry", "spun"] == "paraphrased"


def test_the_copy_that_a_person_names_is_the_copy_whatever_the_text_says(library: st.Library) -> None:
    library.decide("confirm", "ferry", "spun", value="ferry", by="Ada")
    (row,) = [row for row in library.trace().directions.to_pylist() if (row["a"], row["b"]) == ("ferry", "spun")]
    assert (row["verdict"], row["source"], row["copy"]) == ("copy", "spun", "ferry")
    assert row["evidence"][0]["reason"] == "the caller says so"


def test_the_root_that_a_person_names_is_the_source_of_all_that_it_is_paired_with(library: st.Library) -> None:
    library.decide("root", "half", by="Ada")
    found = library.trace().directions.to_pylist()
    assert {row["source"] for row in found if "half" in (row["a"], row["b"]) and row["verdict"] == "copy"} == {"half"}


def test_documents_can_be_put_into_one_family_and_kept_out_of_it(library: st.Library) -> None:
    assert groups(library.trace()) == {frozenset({"ferry", "half", "spun"})}
    library.decide("same", "orchard", "ferry", by="Ada")
    assert groups(library.trace()) == {frozenset({"ferry", "half", "orchard", "spun"})}
    library.decide("withdraw", "ferry", "orchard", by="Ada")
    library.decide("not-same", "ferry", "half", by="Ada")
    (family,) = groups(library.trace())
    assert not {"ferry", "half"} <= family


def test_a_later_decision_takes_the_place_of_an_earlier_one_and_none_is_lost(library: st.Library) -> None:
    before = kinds(library.trace())
    library.decide("dismiss", "ferry", "spun", by="Ada")
    library.decide("confirm", "spun", "ferry", by="Grace")
    assert kinds(library.trace()) == before
    library.decide("withdraw", "ferry", "spun", by="Grace")
    assert [one.verb for one in library.decisions.listed] == ["dismiss", "confirm", "withdraw"]
    assert not library.decisions.relations


def test_decisions_survive_additions_rebuilding_and_compaction(library: st.Library) -> None:
    library.decide("dismiss", "ferry", "spun", by="Ada")
    library.add(st.Text("Nobody saw the harbour master leave before the second bell had rung.", doc="bell"))
    library.rebuild()
    library.remove("bell")
    library.compact()
    assert kinds(st.Library(library.path).trace())["ferry", "spun"] == "none"


def test_with_all_decisions_taken_back_the_tables_are_as_before(library: st.Library) -> None:
    before = library.trace()
    library.decide("dismiss", "ferry", "spun", by="Ada")
    library.decide("not-same", "ferry", "half", by="Ada")
    library.trace()
    library.decide("withdraw", "ferry", "spun", by="Ada")
    library.decide("withdraw", "ferry", "half", by="Ada")
    after = library.trace()
    assert all(getattr(after, name).equals(getattr(before, name)) for name in ("relations", "families", "changes"))


def test_a_pair_can_be_dismissed_and_taken_back_again_and_again(tmp_path: Path) -> None:
    """What it had before lies in the files still, and is not taken for what it has now."""
    library = st.Library(tmp_path / "library")
    library.add([st.Text(FERRY, doc="ferry"), st.Text(FERRY_SPUN, doc="spun")])
    before = library.trace()
    for _ in range(3):
        library.decide("dismiss", "ferry", "spun", by="Ada")
        assert kinds(library.trace()) == {("ferry", "spun"): "none"}
        library.decide("withdraw", "ferry", "spun", by="Ada")
        after = library.trace()
        assert all(getattr(after, name).equals(getattr(before, name)) for name in ("alignments", "stemma", "changes"))


@pytest.mark.parametrize(
    ("verb", "docs", "value", "says"),
    [
        ("dismis", ("ferry", "spun"), "", "'dismis' is not known"),
        ("dismiss", ("ferry",), "", "about two documents"),
        ("root", ("ferry", "spun"), "", "about one document"),
        ("relabel", ("ferry", "spun"), "stolen", "the kind must be one of"),
        ("confirm", ("ferry", "spun"), "orchard", "one of the two"),
        ("same", ("ferry", "ferry"), "", "twice"),
    ],
)
def test_what_is_no_decision_is_refused(
    library: st.Library, verb: str, docs: tuple[str, ...], value: str, says: str
) -> None:
    with pytest.raises(OptionError, match=says):
        library.decide(verb, *docs, value=value)
    assert not (library.path / FILE).exists()


def test_a_document_that_is_not_there_cannot_be_decided_about(library: st.Library) -> None:
    with pytest.raises(MissingSource, match="holds no document nobody"):
        library.decide("dismiss", "ferry", "nobody")


def test_the_file_can_be_mended_by_hand_and_a_wrong_line_is_named(library: st.Library) -> None:
    library.decide("note", "ferry", by="Ada", note='told to "the desk",\nby telephone')
    file = library.path / FILE
    assert read_rulings(library.path).listed[0].note == 'told to "the desk",\nby telephone'
    text = file.read_text(encoding="utf-8")
    file.write_text(f"\ufeff{text}2026-11-29,Ada,dismiss,spun,ferry,,\n\n", encoding="utf-8")
    assert read_rulings(library.path).relations["ferry", "spun"].by == "Ada"
    file.write_text(f"{text}2026-11-29,Ada,dismiss,spun\n", encoding="utf-8")
    with pytest.raises(FormatError, match="it has 4 values, not 7") as caught:
        library.trace()
    assert caught.value.where.endswith("decisions.csv, line 3")


def test_two_people_do_not_write_at_once(library: st.Library) -> None:
    with locked(library.path), pytest.raises(LockedError):
        library.decide("dismiss", "ferry", "spun")
