"""What people decide: a file of their own, which goes before what the machine says and can be taken back."""

from __future__ import annotations

import os
import shlex
import stat
from pathlib import Path
from typing import cast

import pyarrow as pa
import pytest
from rich.console import Console

import stemmata as st
from stemmata.deriving import _components
from stemmata.errors import FolderError, FormatError, LockedError, MissingSource, OptionError
from stemmata.locks import locked
from stemmata.report.answer_page import render_answer
from stemmata.report.library import render_found
from stemmata.rulings import FILE, Rulings, make_ruling, read_rulings
from tests.articles import FERRY, FERRY_SPUN, ORCHARD
from tests.conftest import Run
from tests.test_report_html import Page

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


def answered(library: st.Library, doc: str) -> tuple[str, str]:
    """Return the answer of a find, on the terminal and on the page, on one line each."""
    found = library.find(doc)
    said = render_found(found, Console(width=500), report=None), Page(render_answer(found)).text
    return " ".join(said[0].split()), " ".join(said[1].split())


def test_a_find_says_which_kind_a_person_gave_and_that_one_was_dismissed(tmp_path: Path) -> None:
    library = st.Library(tmp_path / "library")
    library.add([st.Text(FERRY, doc="ferry"), st.Text(FERRY_SPUN, doc="spun")])
    assert all("A person" not in said for said in answered(library, "spun"))
    library.decide("relabel", "ferry", "spun", value="edited", by="<b>\x1b[31m", note="it is no machine's work")
    for said in answered(library, "spun"):
        assert "A person decided: called edited by <b>␛[31m on " in said
        assert "it is no machine's work (the machine had said: spun," in said
    library.decide("dismiss", "ferry", "spun", by="Ada")
    assert library.find("spun").dismissed == 1
    for said in answered(library, "spun"):
        assert "spun shares no text with the 1 other document of the library, as far as can be told" in said
        assert "told, but for 1 document that a person dismissed." in said


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
        ("relabel", ("ferry", "spun"), "none", "'none' is no kind of reuse"),
        ("same", ("ferry", "spun", "half"), "", "it names 3 documents"),
        ("dis\udce9", ("ferry", "spun"), "", "'verb' holds signs that no text can hold"),
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
    assert caught.value.where.endswith("decisions.csv, line 4"), "the note has two"


def test_two_people_do_not_write_at_once(library: st.Library) -> None:
    with locked(library.path), pytest.raises(LockedError):
        library.decide("dismiss", "ferry", "spun")


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ({"note": "n" * 10_001}, "its 'note' has 10,001 signs, and 10,000 are kept"),
        ({"by": "b" * 201}, "its 'by' has 201 signs"),
        ({"note": "caf\udce9"}, "its 'note' holds signs that no text can hold"),
    ],
)
def test_a_note_that_could_not_be_read_again_is_refused(library: st.Library, said: dict[str, str], says: str) -> None:
    with pytest.raises(OptionError, match=says):
        library.decide("note", "ferry", **{"by": "Ada", "note": "seen", **said})
    assert not (library.path / FILE).exists()


def test_a_note_comes_back_whatever_signs_it_has(library: st.Library) -> None:
    note = 'a "word", and\r\nlines\rof\nall sorts; \0 ,'
    library.decide("note", "ferry", by="Ada", note=note)
    library.decide("note", "ferry", by="Ada", note="n" * 10_000)
    assert [one.note for one in library.decisions.listed] == [note, "n" * 10_000]


def test_a_note_that_was_made_too_long_by_hand_is_named_by_its_line(library: st.Library) -> None:
    library.decide("dismiss", "ferry", "spun", by="Ada")
    file = library.path / FILE
    text = file.read_text("utf-8")
    for size in (20_000, 140_000):
        file.write_text(f"{text}2026-11-29,Ada,note,spun,ferry,,{'n' * size}\n", "utf-8")
        with pytest.raises(FormatError, match="the decisions cannot be read") as caught:
            library.trace()
        assert caught.value.where.endswith("decisions.csv, line 3")


def test_a_quotation_mark_that_is_left_open_takes_no_decision_away(library: st.Library) -> None:
    library.decide("note", "ferry", by="Ada", note="seen")
    file = library.path / FILE
    text = file.read_text("utf-8")
    file.write_text(f'{text}2026-11-29,Ada,note,spun,,,"open\n2026-11-29,Ada,dismiss,spun,ferry,,\n', "utf-8")
    with pytest.raises(FormatError) as caught:
        library.trace()
    assert caught.value.where.endswith("line 3")


def test_an_empty_file_is_not_taken_for_no_decisions(library: st.Library) -> None:
    """A disk that lost what was in it must not let everything that was dismissed come back."""
    for text in ("", "\n", "2026-11-29,Ada,dismiss,ferry,spun,,\n"):
        (library.path / FILE).write_text(text, "utf-8")
        with pytest.raises(FormatError, match="its columns must be when,by,verb,a,b,value,note"):
            library.trace()
        with pytest.raises(FormatError):
            library.decide("note", "ferry", by="Ada", note="seen")


def test_a_decision_is_forced_onto_the_disk_with_its_name(library: st.Library, monkeypatch: pytest.MonkeyPatch) -> None:
    forced: list[tuple[str, bool]] = []
    fsync = os.fsync

    def watched(descriptor: int) -> None:
        kind = "folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file"
        forced.append((kind, (library.path / FILE).exists()))
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", watched)
    library.decide("note", "ferry", by="Ada", note="seen")
    assert forced == [("file", False), ("folder", True)], "the file before it has its name, then the name"


def test_a_user_without_a_name_is_asked_for_one(library: st.Library, monkeypatch: pytest.MonkeyPatch) -> None:
    pwd = pytest.importorskip("pwd")
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(os, "getuid", lambda: 3_999_999_999)
    with pytest.raises(KeyError):
        pwd.getpwuid(os.getuid())
    with pytest.raises(OptionError, match="nobody knows who decides") as caught:
        library.decide("note", "ferry", note="seen")
    assert "--by" in caught.value.mend
    assert library.decide("note", "ferry", by="Ada", note="seen").by == "Ada"


def test_a_file_that_cannot_be_read_or_written_is_named(tmp_path: Path) -> None:
    library = st.Library(tmp_path / "library")
    library.add(st.Text(FERRY, doc="ferry"))
    (library.path / FILE).mkdir()
    with pytest.raises(FolderError, match="the decisions cannot be read") as caught:
        library.trace()
    assert "decisions.csv" in caught.value.where
    (library.path / FILE).rmdir()
    (library.path / "catalog.lock").unlink(missing_ok=True)
    (library.path / "catalog.lock").mkdir()  # root may write whatever is marked as read-only, but no folder as a file
    with pytest.raises(FolderError, match="the decisions cannot be written"):
        library.decide("note", "ferry", by="Ada", note="seen")


@pytest.mark.parametrize(
    ("verb", "docs", "value", "mend"),
    [
        ("dismiss", ("ferry",), "", "decide dismiss ferry B"),
        ("root", ("ferry", "a spun one"), "", "decide root ferry; or decide root 'a spun one'"),
        ("root", ("ferry", "ferry"), "", "alone: decide root ferry."),
        ("root", ("ferry", "spun", "half"), "", "one for each of them: decide root ferry."),
        ("same", ("ferry", "spun", "half"), "", "one for each two of them: decide same ferry spun."),
        ("relabel", ("ferry", "spun"), "none", "decide dismiss ferry spun"),
        ("relabel", ("ferry", "spun"), "", "decide relabel ferry spun --kind edited"),
        ("confirm", ("ferry", "spun"), "half", "decide confirm ferry spun --copy spun"),
        ("same", ("ferry", "ferry"), "", "decide same ferry B"),
        ("note", ("ferry",), "", "decide note ferry --note TEXT"),
    ],
)
def test_the_mend_of_what_is_no_decision_is_a_call_that_is_one(
    library: st.Library, verb: str, docs: tuple[str, ...], value: str, mend: str
) -> None:
    with pytest.raises(OptionError) as caught:
        library.decide(verb, *docs, value=value, by="Ada")
    assert mend in caught.value.mend


def test_a_note_that_says_nothing_is_refused_and_one_that_was_written_down_stays_readable(library: st.Library) -> None:
    for note in ("", " \n"):
        with pytest.raises(OptionError, match="a note must say something"):
            library.decide("note", "ferry", by="Ada", note=note)
    (library.path / FILE).write_text("when,by,verb,a,b,value,note\n2026-11-29,Ada,note,ferry,,,\n", "utf-8")
    assert [one.verb for one in library.decisions.listed] == ["note"]


def test_what_was_written_by_hand_cannot_steer_a_terminal(library: st.Library, run: Run) -> None:
    row = "\x1b[2J,\x1b[2J,relabel,\x1b[2J,spun,edited,\x1b[2J"
    (library.path / FILE).write_text(f"when,by,verb,a,b,value,note\n{row}\n", "utf-8")
    status, out, _ = run("decide", library.path)
    assert status == 0
    assert "relabel" in out
    assert "\x1b" not in out


def test_whoever_decides_is_told_what_holds_no_more(library: st.Library, run: Run) -> None:
    def decided(*words: str) -> str:
        status, out, _ = run("decide", library.path, *words, "--by", "Ada")
        assert status == 0
        return " ".join(out.split())

    assert "Replaced" not in decided("same", "ferry", "spun")
    assert "Replaced put into one family by Ada" in decided("not-same", "spun", "ferry")
    assert "Replaced" not in decided("dismiss", "ferry", "spun"), "it is on something else"
    assert "Replaced dismissed by Ada" in decided("relabel", "spun", "ferry", "--kind", "edited")
    assert "Replaced" not in decided("note", "spun", "ferry", "--note", "seen"), "it takes no place"
    withdrawn = decided("withdraw", "ferry", "spun")
    assert "Withdrawn called edited by Ada" in withdrawn
    assert "Withdrawn kept out of one family by Ada" in withdrawn
    assert "Withdrawn nothing" in decided("withdraw", "ferry", "spun")
    listed = decided()
    assert "same ferry and spun (replaced)" in listed
    assert "not-same spun and ferry (withdrawn)" in listed
    assert "dismiss ferry and spun (replaced)" in listed
    assert "relabel edited spun and ferry (withdrawn)" in listed


def test_of_a_pair_that_is_dismissed_and_still_of_one_family_a_note_says_through_what(library: st.Library) -> None:
    assert not [row for row in library.trace().notes.to_pylist() if "dismissed" in row["what"]]
    library.decide("dismiss", "spun", "ferry", by="Ada")
    notes = [row["what"] for row in library.trace().notes.to_pylist() if row["stage"] == "families"]
    assert notes == ["ferry and spun, dismissed, and still of one family through half"]
    library.decide("dismiss", "half", "ferry", by="Ada")
    notes = [row["what"] for row in library.trace().notes.to_pylist() if row["stage"] == "families"]
    assert notes == [], "nothing holds them together any more"


def test_what_was_dismissed_is_not_found_and_a_note_says_so(library: st.Library) -> None:
    asked = st.Text(FERRY, doc="ferry")
    assert set(library.find(asked).matches["doc"].to_pylist()) == {"half", "spun"}
    library.decide("dismiss", "spun", "ferry", by="Ada")
    found = library.find(asked, most=1)
    assert found.matches["doc"].to_pylist() == ["half"], "it takes no other's place"
    assert {"stage": "find", "what": "documents that a person dismissed, left out", "count": 1} in (
        found.trace.notes.to_pylist()
    )
    stranger = library.find(st.Text(f"{FERRY} Nobody else has this.", doc="ferry"))
    assert "spun" in stranger.matches["doc"].to_pylist(), "another text under that id is another document"


def test_what_is_found_has_the_kind_and_the_copy_that_a_person_named(library: st.Library) -> None:
    library.decide("relabel", "ferry", "spun", value="paraphrased", by="Ada")
    library.decide("root", "half", by="Ada")
    matches = {row["doc"]: row for row in library.find(st.Text(FERRY, doc="ferry")).matches.to_pylist()}
    assert matches["spun"]["kind"] == "paraphrased"
    assert matches["half"]["stands"] == "source"


def test_the_command_that_found_something_finds_it_again(library: st.Library, tmp_path: Path, run: Run) -> None:
    file = tmp_path / "a text; of ours.txt"
    file.write_text(FERRY, "utf-8")
    found = library.find(str(file), most=3)
    words = shlex.split(str(found.trace.about["command"]))
    assert words == ["stemmata", "find", str(library.path), str(file), "--most", "3"]
    assert run(*words[1:])[0] == 0
    assert library.find(st.Text(FERRY, doc="x")).trace.about["command"] == "", "no command can name a text"


def test_a_decision_about_a_document_that_is_gone_says_so_where_all_are_listed(tmp_path: Path, run: Run) -> None:
    library = st.Library(tmp_path / "library")
    library.add([st.Text(FERRY, doc="ferry"), st.Text(FERRY_SPUN, doc="spun")])
    library.decide("dismiss", "ferry", "spun", by="Ada")
    assert "not held any more" not in run("decide", str(library.path))[1]
    library.remove("spun")
    listed = " ".join(run("decide", str(library.path))[1].split())
    assert "ferry and spun (not held any more)" in listed


def test_a_component_has_another_name_once_two_of_its_documents_are_kept_apart_and_no_other_has() -> None:
    related = pa.table({"a": ["a", "b", "x"], "b": ["b", "c", "y"], "unit": ["0:1", "1:2", "3:4"]})
    docs = pa.array(["a", "b", "c", "x", "y"])

    def names(*pairs: tuple[str, str]) -> list[str]:
        listed = tuple(make_ruling("not-same", pair, by="Ada") for pair in pairs)
        return cast(list[str], _components(related, docs, Rulings(listed)).to_pylist())

    plain = names()
    assert plain[0] == plain[1] != plain[2]
    assert names(("a", "x"), ("c", "gone")) == plain, "they are of no component together"
    ruled = names(("c", "a"))
    assert ruled[0] == ruled[1] != plain[0]
    assert ruled[2] == plain[2]
    assert names(("b", "a"), ("c", "a")) == names(("c", "a"), ("b", "a"))
