"""Watching a folder: what appears is added once, and copies of one's own documents are told once."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import pyarrow as pa
import pytest
from rich.console import Console

import stemmata as st
from stemmata.engines import LocalEngine
from stemmata.engines.engine import Function
from stemmata.errors import FolderError, FormatError, LockedError, MissingSource, OptionError
from stemmata.finding import find_matches
from stemmata.locks import locked
from stemmata.readers.walking import find_files
from stemmata.report.found import render_round, told
from stemmata.vigil import Round
from tests.articles import FERRY, FERRY_SPUN, ORCHARD
from tests.conftest import Run

ATOM = "{http://www.w3.org/2005/Atom}"
EVERY = 0.02
GREEK = (
    "Το πλοίο της γραμμής Πειραιάς – Αίγινα καθυστέρησε χθες τρεις ώρες, επειδή ο λιμενάρχης Νίκος Παπαδόπουλος "
    "απαγόρευσε τον απόπλου λόγω ανέμων εννέα μποφόρ. Οι 240 επιβάτες περίμεναν στην αίθουσα του λιμανιού, όπου "
    "μοιράστηκε καφές και νερό. «Προτιμώ να φτάσω αργά παρά ποτέ», είπε μια συνταξιούχος από την Αίγινα."
)


@pytest.fixture
def library(tmp_path: Path) -> st.Library:
    """A library that holds one article of one's own, and one that is not; and an empty folder beside it."""
    made = st.Library(tmp_path / "library")
    made.add(
        [st.Text(FERRY, doc="ferry.txt", ours=True, language="en"), st.Text(ORCHARD, doc="orchard", language="en")]
    )
    (tmp_path / "inbox").mkdir()
    return made


def put(tmp_path: Path, name: str, text: str) -> Path:
    path = tmp_path / "inbox" / name
    path.parent.mkdir(exist_ok=True, parents=True)
    path.write_text(text, "utf-8")
    return path


def look(library: st.Library, tmp_path: Path, **given: Any) -> list[Round]:
    return [*library.watch(tmp_path / "inbox", every=EVERY, once=True, **given)]


def docs(library: st.Library) -> list[str]:
    return [str(doc) for doc in library.documents["doc"].to_pylist()]


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def entries(path: Path) -> list[dict[str, str]]:
    feed = ElementTree.parse(path).getroot()
    return [{part.tag.removeprefix(ATOM): part.text or "" for part in entry} for entry in feed.iter(f"{ATOM}entry")]


def test_what_appears_is_added_and_a_spun_copy_of_ours_is_told(library: st.Library, tmp_path: Path) -> None:
    put(tmp_path, "deep/copy.txt", FERRY_SPUN)
    put(tmp_path, "other.txt", ORCHARD.replace("Callow", "Hallow"))
    (one,) = look(library, tmp_path, jsonl=tmp_path / "finds.jsonl", atom=tmp_path / "finds.xml")
    assert one.added == ["deep/copy.txt", "other.txt"]
    (find,) = lines(tmp_path / "finds.jsonl")
    assert [find] == one.finds
    assert (find["doc"], find["source"], find["stands"], find["kind"]) == (
        "deep/copy.txt",
        "ferry.txt",
        "source",
        "spun",
    )
    assert find["confidence"] > 0.8
    assert find["change"]["says"]
    (entry,) = entries(tmp_path / "finds.xml")
    assert entry["id"] == find["id"]
    said = "deep/copy.txt derives from ferry.txt, with its words swapped one for one ("
    assert entry["title"].startswith(said)
    assert find["says"] == entry["title"]
    assert re.search(
        r"It holds 9\d% of ferry.txt, which holds 9\d% of it\.\nThe gravest change of fact: ", entry["content"]
    )


def test_a_find_of_which_it_is_open_who_copied_whom_says_so_in_a_sentence() -> None:
    find = {"doc": "a.txt", "source": "b.txt", "stands": "unknown", "kind": "verbatim"}
    assert told(find) == "a.txt and b.txt share text, word for word; which of the two came first the text cannot tell."


def test_what_is_one_is_not_told_as_many() -> None:
    console = Console()
    assert render_round(Round(["a@2"], 1, 0, [], [], []), console) == "1 document added, 1 of them a later version\n"
    assert render_round(Round(["a@2", "b@2"], 2, 0, [], [], []), console).endswith("2 of them later versions\n")


def test_a_verbatim_copy_is_told_though_its_file_is_called_as_ours(library: st.Library, tmp_path: Path) -> None:
    """And it is said that nobody can tell who copied whom."""
    put(tmp_path, "ferry.txt", FERRY)
    (told,) = look(library, tmp_path)
    assert told.added == ["inbox/ferry.txt"]
    (find,) = told.finds
    assert (find["stands"], find["kind"], find["coverage"]) == ("unknown", "verbatim", 1.0)


def test_what_nobody_marked_as_ours_is_not_looked_for(library: st.Library, tmp_path: Path) -> None:
    library.remove("ferry.txt")
    put(tmp_path, "copy.txt", FERRY_SPUN)
    (told,) = look(library, tmp_path)
    assert told.added
    assert not told.finds


def test_the_source_of_ours_is_no_find(tmp_path: Path) -> None:
    """Where ours is the copy, nobody copied us."""
    library = st.Library(tmp_path / "library")
    library.add(st.Text(FERRY_SPUN, doc="ours", ours=True, language="en"))
    put(tmp_path, "original.txt", FERRY)
    (told,) = look(library, tmp_path)
    assert told.added == ["original.txt"]
    assert not told.finds


def test_decisions_that_cannot_be_read_do_not_end_a_watch_which_goes_on_with_those_it_read_last(
    library: st.Library, tmp_path: Path
) -> None:
    """It says so once; one that begins is refused: nobody knows which finds a person has dismissed."""
    library.add(st.Text(FERRY_SPUN, doc="first.txt"))
    library.decide("note", "orchard", by="Ada", note="about apples")
    decisions = library.path / "decisions.csv"
    good = decisions.read_bytes()
    stop = Event()
    rounds = library.watch(tmp_path / "inbox", every=EVERY, stop=stop)
    put(tmp_path, "one.txt", ORCHARD.replace("Callow", "Hallow"))
    assert next(rounds).added == ["one.txt"]
    decisions.write_bytes(good + b"no decision\n")
    said: list[Round] = []
    for name in ("two.txt", "three.txt"):
        put(tmp_path, name, FERRY_SPUN.replace("the", "that", len(name)))
        while not (said and said[-1].added == [name]):
            said.append(next(rounds))
    assert [len(one.failures) for one in said] == [1, 0, 0]
    assert "decisions.csv" in said[0].failures[0]
    assert [len(one.finds) for one in said] == [0, 1, 1]
    stop.set()
    assert not [*rounds]
    with pytest.raises(FormatError):
        look(library, tmp_path)
    decisions.write_bytes(good)
    assert not look(library, tmp_path)


def test_what_a_person_dismissed_is_no_find(library: st.Library, tmp_path: Path) -> None:
    """Decided while the watch was broken off between adding and looking, or before the document was put back."""
    put(tmp_path, "copy.txt", FERRY_SPUN)
    assert look(library, tmp_path)[0].finds
    library.decide("dismiss", "copy.txt", "ferry.txt", by="Ada")
    library.remove("copy.txt")
    put(tmp_path, "copy.txt", FERRY_SPUN + " It rained.")
    (told,) = look(library, tmp_path)
    assert told.added == ["copy.txt"]
    assert not told.finds
    library.decide("withdraw", "copy.txt", "ferry.txt", by="Ada")
    library.remove("copy.txt")
    put(tmp_path, "copy.txt", FERRY_SPUN + " It snowed.")
    assert look(library, tmp_path)[0].finds


def test_what_is_ours_itself_and_a_later_version_of_ours_are_no_finds(library: st.Library, tmp_path: Path) -> None:
    rows = [
        {"doc": "ferry.txt", "text": FERRY.replace("34", "43")},
        {"doc": "second edition", "text": FERRY.replace("34", "44"), "ours": True},
    ]
    put(tmp_path, "rows.jsonl", "".join(json.dumps(row) + "\n" for row in rows))
    (told,) = look(library, tmp_path)
    assert told.added == ["ferry.txt@2", "second edition"]
    assert told.versions == 1
    assert not told.finds


def test_add_marks_as_ours_what_does_not_say_otherwise(tmp_path: Path, run: Run) -> None:
    rows = [{"doc": "a", "text": FERRY}, {"doc": "b", "text": ORCHARD, "ours": False}]
    (tmp_path / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    assert run("add", tmp_path / "library", tmp_path / "rows.jsonl", "--ours")[0] == 0
    held = st.Library(tmp_path / "library").documents
    assert dict(zip(held["doc"].to_pylist(), held["ours"].to_pylist(), strict=True)) == {"a": True, "b": False}


def test_a_second_look_adds_and_tells_nothing_again(library: st.Library, tmp_path: Path) -> None:
    put(tmp_path, "copy.txt", FERRY_SPUN)
    outlets = {"jsonl": tmp_path / "finds.jsonl", "atom": tmp_path / "finds.xml"}
    look(library, tmp_path, **outlets)
    feed = (tmp_path / "finds.xml").read_bytes()
    assert look(st.Library(tmp_path / "library"), tmp_path, **outlets) == []
    assert len(lines(tmp_path / "finds.jsonl")) == 1
    assert (tmp_path / "finds.xml").read_bytes() == feed
    put(tmp_path, "again.txt", FERRY_SPUN + " And then it rained.")
    look(library, tmp_path, **outlets)
    assert [entry["id"] for entry in entries(tmp_path / "finds.xml")] == [
        find["id"] for find in reversed(lines(tmp_path / "finds.jsonl"))
    ]


def test_a_removed_document_does_not_come_back(library: st.Library, tmp_path: Path) -> None:
    put(tmp_path, "copy.txt", FERRY_SPUN)
    look(library, tmp_path)
    library.remove("copy.txt")
    assert look(library, tmp_path) == []
    assert "copy.txt" not in docs(library)


def test_nothing_of_a_removed_document_is_left_in_the_library_after_compact(
    library: st.Library, tmp_path: Path
) -> None:
    """What was found of it quotes it."""
    put(tmp_path, "copy.txt", FERRY_SPUN.replace("410,000", "410,777"))
    (told,) = look(library, tmp_path)
    assert told.finds[0]["change"]
    said = json.dumps(told.finds[0]["change"]["says"]).encode()
    assert said in (tmp_path / "library" / "watched.sqlite").read_bytes()
    library.remove("copy.txt")
    library.compact()
    files = [path.read_bytes() for path in (tmp_path / "library").rglob("*") if path.is_file()]
    assert not any(said in held for held in files)
    assert look(library, tmp_path, atom=tmp_path / "finds.xml") == []
    assert entries(tmp_path / "finds.xml") == []


@pytest.mark.parametrize("doc", ["copy.txt", "ferry.txt"], ids=["the copy", "ours"])
def test_nothing_is_found_of_what_was_removed_while_it_was_looked_at(
    library: st.Library, tmp_path: Path, doc: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where another text has its id by then."""

    def removed(*given: Any, **more: Any) -> Any:
        found = find_matches(*given, **more)
        other = st.Library(tmp_path / "library")
        other.remove(doc)
        other.compact()
        other.add(st.Text(ORCHARD + " Hail fell.", doc=doc, language="en"))
        return found

    put(tmp_path, "copy.txt", FERRY_SPUN)
    monkeypatch.setattr("stemmata.ours.find_matches", removed)
    (told,) = look(library, tmp_path, jsonl=tmp_path / "finds.jsonl")
    assert told.added == ["copy.txt"]
    assert not told.finds
    assert not (tmp_path / "finds.jsonl").exists()
    assert b"410,000" not in (tmp_path / "library" / "watched.sqlite").read_bytes()


def test_a_file_that_changed_is_a_later_version(library: st.Library, tmp_path: Path) -> None:
    put(tmp_path, "news.txt", ORCHARD.replace("sixty", "seventy"))
    look(library, tmp_path)
    put(tmp_path, "news.txt", FERRY_SPUN)
    (told,) = look(library, tmp_path)
    assert told.added == ["news.txt@2"]
    assert [find["doc"] for find in told.finds] == ["news.txt@2"]


def test_a_file_that_is_being_written_is_left_until_it_stays(library: st.Library, tmp_path: Path) -> None:
    class Writing:
        """Writes on in every interval between two looks, as a slow download does, for a while."""

        waits = 0

        def is_set(self) -> bool:
            return self.waits > 4

        def wait(self, _seconds: float) -> None:
            self.waits += 1
            if self.waits < 3:
                with open(tmp_path / "inbox" / "slow.txt", "a", encoding="utf-8") as file:
                    file.write(FERRY_SPUN[1000 * self.waits : 1000 * self.waits + 1000])

    put(tmp_path, "slow.txt", FERRY_SPUN[:1000])
    stop: Any = Writing()
    rounds = [*library.watch(tmp_path / "inbox", every=EVERY, stop=stop)]
    assert [told.added for told in rounds] == [["slow.txt"]]
    assert len(docs(library)) == 3


def test_what_cannot_be_read_is_told_once(library: st.Library, tmp_path: Path) -> None:
    (tmp_path / "inbox" / "broken.zip").write_bytes(b"PK\x03\x04 no archive")
    put(tmp_path, "fine.txt", ORCHARD + " It rained.")
    (told,) = look(library, tmp_path)
    assert [Path(row["uri"]).name for row in told.skipped] == ["broken.zip"]
    assert told.added == ["fine.txt"]
    assert look(library, tmp_path) == []


def test_a_file_that_could_not_be_opened_is_taken_once_it_can(library: st.Library, tmp_path: Path) -> None:
    path = put(tmp_path, "copy.txt", FERRY_SPUN)
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("nothing is kept from root")
    (told,) = look(library, tmp_path)
    assert "cannot be opened" in told.skipped[0]["reason"]
    assert look(library, tmp_path) == []
    path.chmod(0o644)
    (told,) = look(library, tmp_path)
    assert told.added == ["copy.txt"]


def test_two_rows_of_one_id_are_both_added_and_keep_nothing_else_out(library: st.Library, tmp_path: Path) -> None:
    row = json.dumps({"doc": "twice", "text": ORCHARD + " Again."}) + "\n"
    put(tmp_path, "twice.jsonl", row + row.replace("Again", "And again"))
    put(tmp_path, "fine.txt", ORCHARD + " It rained.")
    (told,) = look(library, tmp_path)
    assert sorted(told.added) == ["fine.txt", "twice.jsonl:twice", "twice.jsonl:twice (2)"]
    assert not told.skipped


def test_other_scripts_are_found_as_well(library: st.Library, tmp_path: Path) -> None:
    library.add(st.Text(GREEK, doc="το δικό μας", ours=True))
    put(tmp_path, "αντίγραφο.txt", GREEK.replace("χθες", "προχθές") + " Τέλος.")
    (told,) = look(library, tmp_path, atom=tmp_path / "finds.xml")
    assert [find["source"] for find in told.finds] == ["το δικό μας"]
    assert "αντίγραφο.txt" in entries(tmp_path / "finds.xml")[0]["title"]


@pytest.mark.usefixtures("library")
@pytest.mark.skipif(os.name == "nt", reason="no file is called so there")
def test_hostile_names_and_texts_break_neither_lines_nor_feed(tmp_path: Path, run: Run) -> None:
    name = 'a"]]>&amp;<script>\n\x1b[31m\u202e.txt'
    put(tmp_path, name, FERRY_SPUN.replace("not", "]]></content><x>\x0b\x1b[2J"))
    outlets = ["--jsonl", tmp_path / "finds.jsonl", "--atom", tmp_path / "finds.xml"]
    status, out, _ = run("watch", tmp_path / "library", tmp_path / "inbox", "--once", "--every", "0.02", *outlets)
    assert status == 0
    assert "\x1b" not in out
    assert "\u202e" not in out
    (find,) = lines(tmp_path / "finds.jsonl")
    assert find["doc"].startswith('a"]]>&amp;<script>')
    (entry,) = entries(tmp_path / "finds.xml")
    assert 'a"]]>&amp;<script>' in entry["title"]
    assert not ElementTree.parse(tmp_path / "finds.xml").getroot().findall(".//x")


def test_a_command_gets_the_find_on_its_input_and_no_text_on_its_line(library: st.Library, tmp_path: Path) -> None:
    script = tmp_path / "tell.py"
    script.write_text(
        "import sys, pathlib\npathlib.Path(sys.argv[1]).write_text(sys.stdin.read() + repr(sys.argv[2:]))"
    )
    put(tmp_path, "$(touch x); copy.txt", FERRY_SPUN)
    command = f"'{sys.executable}' '{script}' '{tmp_path / 'told'}' '$HOME;'"
    (told,) = look(library, tmp_path, on_find=command)
    find, words = (tmp_path / "told").read_text().splitlines()
    assert json.loads(find) == told.finds[0]
    assert words == "['$HOME;']"
    assert not told.failures


@pytest.mark.parametrize("command", ["no-such-program --at-all", f"'{sys.executable}' -c 'raise SystemExit(4)'"])
def test_a_command_that_fails_is_told_and_stops_nothing(library: st.Library, tmp_path: Path, command: str) -> None:
    put(tmp_path, "copy.txt", FERRY_SPUN)
    put(tmp_path, "copy 2.txt", FERRY_SPUN + " It rained.")
    (told,) = look(library, tmp_path, on_find=command, jsonl=tmp_path / "finds.jsonl")
    assert len(told.finds) == len(told.failures) == len(lines(tmp_path / "finds.jsonl")) == 2
    assert all("copy" in failure for failure in told.failures)
    assert look(library, tmp_path, on_find=command) == []


def test_a_find_is_told_after_a_break_between_adding_and_looking(
    library: st.Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "copy.txt", FERRY_SPUN)

    def broken(*_: object, **__: object) -> Any:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("stemmata.ours.find_matches", broken)
        with pytest.raises(KeyboardInterrupt):
            look(library, tmp_path, jsonl=tmp_path / "finds.jsonl")
    assert "copy.txt" in docs(library)
    assert not (tmp_path / "finds.jsonl").exists()
    (told, *_) = look(library, tmp_path, jsonl=tmp_path / "finds.jsonl")
    assert [find["doc"] for find in told.finds] == ["copy.txt"]
    assert len(lines(tmp_path / "finds.jsonl")) == 1
    assert look(library, tmp_path, jsonl=tmp_path / "finds.jsonl") == []


@pytest.mark.parametrize("written", [0, 40, -1, None], ids=["nothing", "half a line", "all but its end", "the line"])
def test_a_line_that_broke_off_is_written_whole_and_once(
    library: st.Library, tmp_path: Path, written: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The watch ended after a find was known, and before all were told of it."""
    put(tmp_path, "copy.txt", FERRY_SPUN)
    finds = tmp_path / "finds.jsonl"

    def broken(*_: object) -> Any:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("stemmata.outlets.Outlets._publish", broken)
        patched.setattr("stemmata.outlets.Outlets.begin", lambda *_: [])
        with pytest.raises(KeyboardInterrupt):
            look(library, tmp_path, jsonl=finds)
    whole = finds.read_bytes()
    finds.write_bytes(b'{"of": "somebody else"}\n' + whole[:written])
    look(library, tmp_path, jsonl=finds, atom=tmp_path / "finds.xml")
    assert finds.read_bytes() == b'{"of": "somebody else"}\n' + whole
    assert len(entries(tmp_path / "finds.xml")) == 1


def test_while_another_process_writes_the_watch_waits(library: st.Library, tmp_path: Path) -> None:
    class Waits:
        """Holds the lock for the first looks."""

        waits = 0

        def is_set(self) -> bool:
            return self.waits > 5

        def wait(self, _seconds: float) -> None:
            self.waits += 1
            if self.waits == 4:
                lock.__exit__(None, None, None)

    put(tmp_path, "copy.txt", FERRY_SPUN)
    stop: Any = Waits()
    lock = locked(tmp_path / "library")
    lock.__enter__()
    rounds = [*library.watch(tmp_path / "inbox", every=EVERY, stop=stop)]
    assert [len(told.failures) for told in rounds] == [1, 0]
    assert rounds[1].added == ["copy.txt"]


def test_one_folder_is_watched_by_one_at_a_time(library: st.Library, tmp_path: Path) -> None:
    put(tmp_path, "copy.txt", FERRY_SPUN)
    (tmp_path / "other").mkdir()
    rounds = library.watch(tmp_path / "inbox", every=EVERY)
    assert next(rounds).added == ["copy.txt"]
    with pytest.raises(LockedError, match=r"another process watches[^:]*: \S*inbox: process \d+"):
        look(st.Library(tmp_path / "library"), tmp_path)
    assert [*library.watch(tmp_path / "other", every=EVERY, once=True)] == []
    rounds.close()  # type: ignore[attr-defined]
    assert look(library, tmp_path) == []
    library.check()


def test_a_folder_is_walked_once_a_look_however_many_files_are_new(
    library: st.Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    walks = []

    def counted(*given: Any, **more: Any) -> pa.Table:
        walks.append(given)
        return find_files(*given, **more)

    for name in ("a.txt", "b.txt", "c.txt"):
        put(tmp_path, name, f"{ORCHARD} {name}")
    monkeypatch.setattr("stemmata.vigil.AT_ONCE", 1)
    for module in ("stemmata.vigil", "stemmata.documents"):
        monkeypatch.setattr(f"{module}.find_files", counted)
    assert [told.added for told in look(library, tmp_path)] == [["a.txt"], ["b.txt"], ["c.txt"]]
    assert len(walks) == 2


def test_a_file_that_goes_or_grows_between_look_and_reading_is_left_for_the_next_look(
    library: st.Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        put(tmp_path, name, f"{ORCHARD} {name}")
    monkeypatch.setattr("stemmata.vigil.AT_ONCE", 1)
    rounds = library.watch(tmp_path / "inbox", every=EVERY)
    assert next(rounds).added == ["a.txt"]
    (tmp_path / "inbox" / "b.txt").unlink()
    put(tmp_path, "c.txt", f"{ORCHARD} c.txt It rained.")
    told = next(rounds)
    assert (told.added, told.skipped) == (["c.txt"], [])
    assert docs(library) == ["a.txt", "c.txt", "ferry.txt", "orchard"]


def test_what_was_skipped_while_another_process_writes_is_told_later(library: st.Library, tmp_path: Path) -> None:
    (tmp_path / "inbox" / "broken.zip").write_bytes(b"PK\x03\x04 no archive")
    put(tmp_path, "fine.txt", ORCHARD + " It rained.")
    with locked(tmp_path / "library"), pytest.raises(LockedError):
        look(library, tmp_path)
    (told,) = look(library, tmp_path)
    assert told.added == ["fine.txt"]
    assert [Path(row["uri"]).name for row in told.skipped] == ["broken.zip"]


def test_a_library_that_another_process_rebuilds_is_watched_on(library: st.Library, tmp_path: Path) -> None:
    put(tmp_path, "first.txt", ORCHARD + " It rained.")
    rounds = library.watch(tmp_path / "inbox", every=EVERY)
    assert next(rounds).added == ["first.txt"]
    st.Library(tmp_path / "library").rebuild()
    put(tmp_path, "copy.txt", FERRY_SPUN)
    told = next(rounds)
    assert told.added == ["copy.txt"]
    assert [find["source"] for find in told.finds] == ["ferry.txt"]


def test_a_library_that_is_rebuilt_while_files_are_added_gets_them(library: st.Library, tmp_path: Path) -> None:
    class Rebuilds(LocalEngine):
        """Lets another process rebuild the library when what was read is fingerprinted."""

        done = False

        def map(self, function: Function, *given: Any, **more: Any) -> pa.Table:
            if function.__module__ == "stemmata.fingerprints" and not self.done:
                self.done = True
                st.Library(tmp_path / "library").rebuild()
            return super().map(function, *given, **more)

    put(tmp_path, "copy.txt", FERRY_SPUN)
    engine = Rebuilds()
    (told,) = look(st.Library(tmp_path / "library", engine=engine), tmp_path)
    assert engine.done
    assert told.added == ["copy.txt"]
    library.check()


def test_a_folder_that_goes_away_and_comes_back_is_told_once(library: st.Library, tmp_path: Path) -> None:
    class Moves:
        waits = 0

        def is_set(self) -> bool:
            return self.waits > 6

        def wait(self, _seconds: float) -> None:
            self.waits += 1
            if self.waits == 1:
                (tmp_path / "inbox").rename(tmp_path / "away")
            if self.waits == 4:
                (tmp_path / "away").rename(tmp_path / "inbox")

    put(tmp_path, "copy.txt", FERRY_SPUN)
    stop: Any = Moves()
    rounds = [*library.watch(tmp_path / "inbox", every=EVERY, stop=stop)]
    assert [(told.added, len(told.failures)) for told in rounds] == [([], 1), (["copy.txt"], 0)]


Refused = Callable[[Path], dict[str, Any]]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (lambda at: {"jsonl": at / "inbox" / "finds.jsonl"}, "read as a document"),
        (lambda at: {"atom": at / "library" / "finds.xml"}, "in the library"),
        (lambda at: {"atom": at / "kept.xml"}, "--atom .* no watch has written"),
        (lambda at: {"jsonl": at / "nowhere" / "finds.jsonl"}, "--jsonl cannot be written there"),
        (lambda at: {"atom": at / "nowhere" / "finds.xml"}, "--atom cannot be written there"),
        (lambda at: {"jsonl": at / "same", "atom": at / "same"}, "one file"),
        (lambda _: {"on_find": "tell 'open"}, "cannot be read"),
        (lambda _: {"on_find": " "}, "is empty"),
        (lambda _: {"every": 0}, "every must lie between"),
    ],
)
def test_what_would_go_wrong_is_refused_before_anything_is_added(
    library: st.Library, tmp_path: Path, given: Refused, said: str
) -> None:
    (tmp_path / "kept.xml").write_text("<opml>mine</opml>")
    put(tmp_path, "copy.txt", FERRY_SPUN)
    options: dict[str, Any] = {"every": EVERY} | given(tmp_path)
    with pytest.raises(OptionError, match=said):
        library.watch(tmp_path / "inbox", **options)
    assert len(docs(library)) == 2
    assert (tmp_path / "kept.xml").read_text() == "<opml>mine</opml>"


def test_a_library_and_a_folder_must_be_there(library: st.Library, tmp_path: Path) -> None:
    with pytest.raises(MissingSource, match="no such folder"):
        library.watch(tmp_path / "nowhere")
    with pytest.raises(MissingSource, match="no library"):
        st.Library(tmp_path / "none").watch(tmp_path / "inbox")


def test_a_damaged_logbook_is_named_with_the_mend(library: st.Library, tmp_path: Path) -> None:
    (tmp_path / "library" / "watched.sqlite").write_bytes(b"no database, but long enough to be looked at as one" * 9)
    with pytest.raises(FolderError, match=r"watched\.sqlite"):
        look(library, tmp_path)


def test_a_feed_keeps_the_last_hundred(library: st.Library, tmp_path: Path) -> None:
    short = " ".join(FERRY.split()[:60])
    rows = [{"doc": f"{n:03}", "text": f"{short} {n}", "language": "en"} for n in range(101)]
    put(tmp_path, "rows.jsonl", "".join(json.dumps(row) + "\n" for row in rows))
    look(library, tmp_path, jsonl=tmp_path / "finds.jsonl", atom=tmp_path / "finds.xml")
    assert len(lines(tmp_path / "finds.jsonl")) == 101
    listed = entries(tmp_path / "finds.xml")
    assert len(listed) == len({entry["id"] for entry in listed}) == 100


def test_the_command_says_when_nothing_can_be_found(tmp_path: Path, run: Run) -> None:
    (tmp_path / "inbox").mkdir()
    (tmp_path / "orchard.txt").write_text(ORCHARD, "utf-8")
    assert run("add", tmp_path / "library", tmp_path / "orchard.txt")[0] == 0
    put(tmp_path, "new.txt", FERRY)
    status, out, _ = run("watch", tmp_path / "library", tmp_path / "inbox", "--once", "--every", "0.02")
    assert status == 0
    assert out.startswith("1 document added\n")
    assert "none of them is marked as yours" in out


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_ctrl_c_ends_it_cleanly_and_the_next_start_goes_on(library: st.Library, tmp_path: Path) -> None:
    put(tmp_path, "copy.txt", FERRY_SPUN)
    finds = tmp_path / "finds.jsonl"
    arguments = ["watch", library.path, tmp_path / "inbox", "--every", "0.1", "--jsonl", finds]
    command = [sys.executable, "-m", "stemmata", *map(str, arguments)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "1 document added\n"
    time.sleep(0.3)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, "")
    put(tmp_path, "later.txt", ORCHARD + " It rained.")
    done = subprocess.run([*command, "--once"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("1 document added\n")
    assert len(lines(finds)) == 1
    library = st.Library(library.path)
    library.check()
    assert docs(library) == ["copy.txt", "ferry.txt", "later.txt", "orchard"]
