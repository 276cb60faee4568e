"""The command line: what is printed where, and how the program leaves."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import stemmata as st
from stemmata import schemas
from stemmata._version import __version__
from stemmata.engines import Progress
from stemmata.errors import (
    ClashError,
    FolderError,
    MissingSource,
    OptionError,
    SourceError,
    StemmataError,
)
from stemmata.report.grouped import TYPES
from stemmata.traced import Trace
from tests.conftest import Run
from tests.prose import GERMAN, texts
from tests.test_report_example import example, with_tables


@dataclass
class Compare:
    """Stands in for the comparison: it notes how it was called and answers with ``answer``."""

    answer: Trace | BaseException
    called: dict[str, Any]

    def __call__(self, a: str, b: str, **options: Any) -> Trace:
        self.called.update(options, a=a, b=b)
        for stage in ("documents", "fingerprints", "alignments"):
            options["progress"](Progress(stage))
        if isinstance(self.answer, BaseException):
            raise self.answer
        return self.answer


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> Compare:
    stand_in = Compare(example(), {})
    monkeypatch.setattr("stemmata.tracing.compare", stand_in, raising=False)
    monkeypatch.setattr("stemmata.kernels.compiled", lambda: True)
    return stand_in


def test_compare_prints_the_verdict(run: Run, compared: Compare) -> None:
    """Two files in: the verdict on stdout, nothing on the side, exit 0."""
    status, out, err = run("compare", "bridge.txt", "farm.txt")
    assert (status, err) == (0, "")
    assert out.strip().startswith("farm.txt is a spun copy of bridge.txt.")
    assert (compared.called["a"], compared.called["b"]) == ("bridge.txt", "farm.txt")
    assert compared.called["copy"] is None


@pytest.mark.usefixtures("compared")
def test_json_is_one_document_and_nothing_else(run: Run) -> None:
    status, out, err = run("compare", "bridge.txt", "farm.txt", "--json")
    assert (status, err) == (0, "")
    assert json.loads(out)["relation"]["kind"] == "spun"


@pytest.mark.usefixtures("compared")
def test_report_is_written_and_named(run: Run, tmp_path: Path) -> None:
    report = tmp_path / "report.html"
    status, out, _ = run("compare", "bridge.txt", "farm.txt", "-o", report)
    assert status == 0
    assert report.read_text("utf-8").startswith("<!doctype html>")
    assert "report.html" in out.replace("\n", "").replace(" ", "")


@pytest.mark.usefixtures("compared")
def test_run_is_saved(run: Run, tmp_path: Path) -> None:
    from stemmata.opening import open_trace

    status, out, _ = run("compare", "bridge.txt", "farm.txt", "--save", tmp_path / "run")
    assert status == 0
    assert "  Saved  " in out
    assert open_trace(tmp_path / "run").relations.num_rows == 1


@pytest.mark.parametrize(
    ("name", "side"),
    [("in/farm.txt", "b"), ("farm.txt", "b"), ("bridge.txt", "a"), ("a", "a"), ("b", "b"), ("A", "a"), ("B", "b")],
)
def test_known_copy_is_named_as_given_by_file_name_or_by_letter(
    run: Run, compared: Compare, name: str, side: str
) -> None:
    assert run("compare", "in/bridge.txt", "in/farm.txt", "--copy", name)[0] == 0
    assert compared.called["copy"] == side


@pytest.mark.parametrize("given", [(), ("--text-only",)])
def test_metadata_is_left_out_where_it_is_asked_for(run: Run, compared: Compare, given: tuple[str, ...]) -> None:
    run("compare", "bridge.txt", "farm.txt", *given)
    assert compared.called["options"].directions.text_only == bool(given)


def test_file_called_by_a_letter_is_meant_before_the_letter(run: Run, compared: Compare) -> None:
    """Of two files called b and a, ``--copy a`` is the second."""
    run("compare", "b", "a", "--copy", "a")
    assert compared.called["copy"] == "b"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--copy", "third.txt"), "neither a, which is"),
        (("-o", "no/such/folder/report.html"), "no folder"),
        (("--limit-bytes", "many"), "--limit-bytes"),
        (("--pages", "all"), "pages must be one of main, fast, whole, and is 'all'"),
        (("--exclude", "quotations"), "quotes, references and short:N"),
        (("--colour",), "--colour"),
        (("--changes", "number,names"), "'names' is no type of change: number, unit,"),
        (("--changes", ""), "'' is no type of change"),
        (("--changes", "all", "--json"), "the JSON document holds all of them"),
    ],
)
def test_wrong_call_is_refused_before_anything_is_read(
    run: Run, compared: Compare, arguments: tuple[str, ...], says: str
) -> None:
    """Exit 2, the reason on the side, nothing on stdout."""
    status, out, err = run("compare", "bridge.txt", "farm.txt", *arguments)
    assert (status, out) == (2, "")
    assert says in err
    assert compared.called == {}


@pytest.fixture
def untraced(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing be traced or planned."""

    def refuse(*_: Any, **__: Any) -> Trace:
        raise AssertionError("it was begun")

    monkeypatch.setattr("stemmata.tracing.trace", refuse)
    monkeypatch.setattr("stemmata.planning.plan_run", refuse)


@pytest.mark.usefixtures("compared", "untraced")
@pytest.mark.parametrize(
    "command", [("trace", "pile", "-o"), ("demo", "-o"), ("compare", "bridge.txt", "farm.txt", "--save")]
)
def test_folder_that_cannot_be_written_is_refused_before_anything_is_read(
    run: Run, tmp_path: Path, command: tuple[str, ...]
) -> None:
    """Exit 3, the reason on the side; what is there stays as it is."""
    place = tmp_path / "run"
    place.mkdir()
    (place / "letters.txt").write_text("Dear editor,", "utf-8")
    status, out, err = run(*command, tmp_path if command[0] == "demo" else place)
    assert (status, out) == (3, "")
    assert "the folder holds other files (letters.txt)" in err
    assert [path.name for path in tmp_path.rglob("*")] == ["run", "letters.txt"]


@pytest.mark.usefixtures("untraced")
@pytest.mark.parametrize(
    "options",
    [
        ("-o", "run"),
        ("--metadata", "known.csv"),
        ("--base", "task.txt"),
        ("--counts", "de"),
        ("--names", "de_core_news_sm"),
        ("--json",),
        ("--strict",),
    ],
)
def test_plan_refuses_what_it_would_ignore(run: Run, options: tuple[str, ...]) -> None:
    status, out, err = run("trace", "pile", "--plan", *options)
    assert (status, out) == (2, "")
    assert options[0] in err


@pytest.mark.parametrize("other", ["farm.txt", "link.txt", "./bridge.txt"])
def test_report_never_overwrites_a_text(
    run: Run, compared: Compare, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, other: str
) -> None:
    """An input is refused as the report's file under whatever name, before anything is read."""
    monkeypatch.chdir(tmp_path)
    for name in ("bridge.txt", "farm.txt"):
        Path(name).write_text(name, encoding="utf-8")
    Path("link.txt").symlink_to("farm.txt")
    status, out, err = run("compare", "bridge.txt", "farm.txt", "-o", other)
    assert (status, out, compared.called) == (2, "", {})
    assert "overwritten" in err
    assert [Path(name).read_text("utf-8") for name in ("bridge.txt", "farm.txt")] == ["bridge.txt", "farm.txt"]


@pytest.mark.usefixtures("compared")
def test_copy_that_names_both_is_refused(run: Run) -> None:
    status, _, err = run("compare", "old/text.txt", "new/text.txt", "--copy", "text.txt")
    assert status == 2
    assert "names both" in err


@pytest.mark.parametrize(
    ("words", "exclude"),
    [
        ((), ("quotes", "references")),
        (("--exclude", "quotes, short:12"), ("quotes", "short:12")),
        (("--exclude", "none"), ()),
    ],
)
def test_what_does_not_count_is_listed_with_commas(
    run: Run, compared: Compare, words: tuple[str, ...], exclude: tuple[str, ...]
) -> None:
    run("compare", "bridge.txt", "farm.txt", *words)
    assert compared.called["options"].relations.exclude == exclude


@pytest.mark.usefixtures("compared")
def test_types_of_changes_are_listed_with_commas(run: Run) -> None:
    """They are shown whole; without a list the gravest are, and style is counted."""
    whole, out, _ = run("compare", "bridge.txt", "farm.txt", "--changes", "wording, name")
    assert whole == 0
    assert "of type wording or name: 3 of 10 changes" in " ".join(out.split())
    assert "Bicyclists" in out
    assert "Bicyclists" in run("compare", "bridge.txt", "farm.txt", "--changes", "all")[1]
    assert "Bicyclists" not in run("compare", "bridge.txt", "farm.txt")[1]


def test_the_help_names_every_type_of_change(run: Run) -> None:
    _, out, _ = run("compare", "--help")
    told = " ".join(out.split()).partition("--changes")[2]
    assert {type_ for type_ in TYPES if not re.search(rf"\b{type_}\b", told)} == set()


def test_an_unknown_type_of_change_is_answered_with_all_that_there_are(run: Run, compared: Compare) -> None:
    _, _, err = run("compare", "bridge.txt", "farm.txt", "--changes", "numbers")
    assert f"'numbers' is no type of change: {', '.join(TYPES)}; or all." in " ".join(err.split())
    assert compared.called == {}


def test_files_of_counts_are_handed_on(run: Run, compared: Compare) -> None:
    """Each ``--counts`` names one."""
    run("compare", "bridge.txt", "farm.txt")
    assert compared.called["options"].statistics.counts == ()
    run("compare", "bridge.txt", "farm.txt", "--counts", "de.parquet", "--counts", "more.parquet")
    assert compared.called["options"].statistics.counts == ("de.parquet", "more.parquet")


def test_base_texts_are_handed_on(run: Run, compared: Compare) -> None:
    """Each ``--base`` names one."""
    run("compare", "bridge.txt", "farm.txt")
    assert compared.called["base"] is None
    run("compare", "bridge.txt", "farm.txt", "--base", "task.txt", "--base", "form.pdf")
    assert compared.called["base"] == ["task.txt", "form.pdf"]


def test_limit_reaches_the_readers(run: Run, compared: Compare) -> None:
    run("compare", "bridge.txt", "farm.txt", "--limit-bytes", "1234")
    assert compared.called["options"].documents.limit_bytes == 1234


def test_what_of_pages_is_text_reaches_the_readers(run: Run, compared: Compare) -> None:
    run("compare", "bridge.html", "farm.html")
    assert compared.called["options"].documents.pages == "main"
    run("compare", "bridge.html", "farm.html", "--pages", "whole")
    assert compared.called["options"].documents.pages == "whole"


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (SourceError, 1),
        (MissingSource, 2),
        (ClashError, 2),
        (OptionError, 2),
        (FolderError, 3),
        (StemmataError, 3),
    ],
)
@pytest.mark.parametrize("options", [(), ("--json",)], ids=["plain", "json"])
def test_errors_are_three_lines_on_the_side(
    run: Run, compared: Compare, error: type[StemmataError], status: int, options: tuple[str, ...]
) -> None:
    """What, where and the mend, without a traceback; stdout stays empty, with ``--json`` too."""
    compared.answer = error("bad.txt cannot be read.", where="bad.txt, byte 7", mend="save it anew.")
    assert run("compare", "bad.txt", "farm.txt", *options) == (
        status,
        "",
        "bad.txt cannot be read.\n  where: bad.txt, byte 7\n  mend:  save it anew.\n",
    )


def test_error_cannot_paint_the_terminal(run: Run, compared: Compare) -> None:
    """A file's name may hold escape sequences."""
    compared.answer = MissingSource("there is no \x1b[2J.txt.")
    assert run("compare", "x", "y")[2] == "there is no ␛[2J.txt.\n"


def test_other_faults_are_shown_whole(run: Run, compared: Compare) -> None:
    """A fault of ours keeps its traceback, and is told from a document that could not be read."""
    compared.answer = ZeroDivisionError("of ours")
    status, out, err = run("compare", "x", "y")
    assert (status, out) == (3, "")
    assert "ZeroDivisionError: of ours" in err


def test_nothing_compared_is_exit_1_with_the_reason(run: Run, compared: Compare) -> None:
    row = {"uri": "farm.txt", "reason": "it holds no text", "mend": "look at it."}
    compared.answer = with_tables(example(), relations=schemas.RELATIONS.empty(), skipped=schemas.SKIPPED.table([row]))
    status, out, _ = run("compare", "bridge.txt", "farm.txt")
    assert status == 1
    assert "it holds no text" in out


def test_skipped_inputs_fail_under_strict_only(run: Run, compared: Compare) -> None:
    row = {"uri": "third.txt", "reason": "it is empty", "mend": "look at it."}
    compared.answer = with_tables(example(), skipped=schemas.SKIPPED.table([row]))
    assert run("compare", "bridge.txt", "farm.txt")[0] == 0
    assert run("compare", "bridge.txt", "farm.txt", "--strict")[0] == 1


@pytest.mark.usefixtures("compared")
def test_first_run_says_why_it_takes_its_time(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line on the side, once, and not before the files were read."""
    monkeypatch.setattr("stemmata.kernels.compiled", lambda: False)
    warmed: list[bool] = []
    monkeypatch.setattr("stemmata.warming.warm_up", lambda: warmed.append(True))
    _, out, err = run("compare", "bridge.txt", "farm.txt", "--json")
    assert err == "compiling kernels for this machine, once: ten to twenty seconds\n"
    assert warmed == [True]
    json.loads(out)


@pytest.mark.usefixtures("compared")
def test_interrupt_is_quiet(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C leaves with 130 and without a word."""

    def interrupted(*_: Any, **__: Any) -> Trace:
        os.kill(os.getpid(), signal.SIGINT)
        raise AssertionError("unreachable")

    monkeypatch.setattr("stemmata.tracing.compare", interrupted)
    assert run("compare", "bridge.txt", "farm.txt") == (130, "", "")


BREAKING = """
import os, signal, sys
from stemmata import library, vigil
from stemmata.__main__ import main
def interrupted(*_, **__):
    os.kill(os.getpid(), signal.SIGINT)
    os.kill(os.getpid(), signal.SIGINT)
    raise AssertionError("unreachable")
def rounds(*_):
    yield interrupted()
library.read_arrivals = library.find_matches = interrupted
vigil._rounds = rounds
main(sys.argv[1:])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such terminals")
@pytest.mark.parametrize(
    ("command", "says"),
    [
        (("add", "library", "more.txt"), "Broken off. What was added stays, and nothing is half added"),
        (("find", "library", "more.txt"), "Broken off. A find writes nothing"),
        (("watch", "library", "inbox"), "nothing is lost.\r\nBroken off. What was added and told"),
    ],
    ids=["add", "find", "watch"],
)
def test_an_interrupt_on_a_terminal_says_what_is_left(tmp_path: Path, command: tuple[str, ...], says: str) -> None:
    """In one line; where it is no terminal, nothing."""
    st.Library(tmp_path / "library").add(st.Text("The ferry to Skerrow was late, as it often is.", doc="ferry"))
    (tmp_path / "more.txt").write_text("The ferry to Skerrow was late.", "utf-8")
    (tmp_path / "inbox").mkdir()
    call = [sys.executable, "-c", BREAKING, *command]
    ours, theirs = os.openpty()
    done = subprocess.run(call, cwd=tmp_path, stderr=theirs, stdout=subprocess.PIPE, check=False)
    os.close(theirs)
    said = ""
    with suppress(OSError), open(ours, "rb", buffering=0) as terminal:  # which ends in an error once all is read
        while some := terminal.read(1_000):
            said += some.decode()
    assert (done.returncode, done.stdout) == (130, b"")
    assert says in said
    done = subprocess.run(call, cwd=tmp_path, capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


PRINTING = """
import sys
from stemmata import tracing
from stemmata.__main__ import main
from tests.test_report_example import example
tracing.compare = lambda *_, **__: example()
main(sys.argv[1:])
"""


@pytest.mark.parametrize("options", [(), ("--json",)], ids=["plain", "json"])
def test_reader_that_leaves_is_no_fault(options: tuple[str, ...]) -> None:
    """Where no one reads what is printed, as behind ``head``, the program leaves with 141 and without a word."""
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-c", PRINTING, "compare", "x", "y", *options]
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, check=False, text=True)
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
def test_full_disk_is_said_in_one_line() -> None:
    command = [sys.executable, "-c", PRINTING, "compare", "x", "y"]
    with open("/dev/full", "w", encoding="utf-8") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False, text=True)
    assert done.returncode == 3
    assert done.stderr.startswith("the answer cannot be printed: ")
    assert done.stderr.count("\n") == 1


def test_version_and_help(run: Run) -> None:
    assert run("--version") == (0, f"stemmata {__version__}\n", "")
    assert "compare" in run("--help")[1]
    assert "--copy" in run("compare", "--help")[1]
    assert "build" in run("counts", "--help")[1]
    assert "--leave-out" in run("counts", "build", "--help")[1]


@pytest.mark.parametrize(
    "arguments",
    [("--help",), ("compare", "--help"), ("counts", "--help"), ("counts", "build", "--help"), ("--version",)],
)
def test_help_imports_nothing_heavy(arguments: tuple[str, ...]) -> None:
    """Who asks for help waits for no array library, no compiler and no painter."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "stemmata", *arguments],
        capture_output=True,
        text=True,
        check=True,
    )
    imported = {line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.splitlines()}
    assert "stemmata" in imported
    assert not imported & {"numpy", "pyarrow", "numba", "rich", "jinja2"}


@pytest.fixture
def press(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of German texts; and a hundredth of the words that counts need are enough."""
    from stemmata import counts

    monkeypatch.setattr(counts, "LEAST_WORDS", 1_000)
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "presse"
    folder.mkdir()
    for number, text in enumerate(texts(GERMAN, 8)):
        (folder / f"{number}.txt").write_text(text, "utf-8")
    return folder


BUILD = ("counts", "build", "presse", "-o", "de.parquet", "--language", "de")


@pytest.mark.usefixtures("press")
def test_counts_are_built_and_used(run: Run, tmp_path: Path) -> None:
    """The file is named; and the run that used it says so, as its sources: as it was given."""
    status, out, err = run(*BUILD, "--about", "Erfundenes", "--least", "1")
    assert (status, err) == (0, "")
    assert "pairs of words counted in 8 texts." in out
    assert "de.parquet" in out
    status, out, _ = run("compare", "presse/0.txt", "presse/1.txt", "--counts", "de.parquet", "--json")
    told = json.loads(out)["about"]
    assert status == 0
    assert told["command"] == "stemmata compare presse/0.txt presse/1.txt --counts de.parquet"
    assert told["options"]["statistics"]["counts"] == ["de.parquet"]
    assert str(tmp_path) not in out


def test_counts_for_programs_are_one_document(run: Run, press: Path) -> None:
    """What will be judged is left out, with what was copied from it."""
    article = "Die Fähre nach Norden fährt ab Mai nur noch montags, weil dem Amt der zweite Lotse fehlt."
    for name in ("Artikel.txt", "Nachdruck.txt"):
        (press / name).write_text(f"{name}: {article}", "utf-8")
    status, out, err = run(*BUILD, "--json", "--leave-out", "presse/Artikel.txt")
    assert (status, err) == (0, "")
    told = json.loads(out)
    assert (told["texts"], sum(told["left_out"].values())) == (8, 2)


@pytest.mark.usefixtures("press")
@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (("--least", "0"), 2, "least must lie between 1 and 1,000"),
        (("--language", "German"), 2, "a code of two small letters"),
        (("--language", "ru"), 1, "there is no text of language 'ru' to count"),
        (("--leave-out", "nowhere.txt"), 2, "nowhere.txt"),
        (("-o", "presse/0.txt"), 3, "no file of counts, and would be overwritten"),
        (("-o", "nowhere/de.parquet"), 3, "there is no folder"),
    ],
)
def test_counts_that_cannot_be_built_say_why(run: Run, arguments: tuple[str, ...], status: int, says: str) -> None:
    found, out, err = run(*BUILD, *arguments)
    assert (found, out) == (status, "")
    assert says in err
    assert not Path("de.parquet").exists()


@pytest.mark.usefixtures("press")
@pytest.mark.parametrize(
    ("file", "status", "says"),
    [("nowhere.parquet", 2, "there is no such file of counts"), ("presse/0.txt", 1, "this is no file of counts")],
)
@pytest.mark.parametrize("command", [("compare", "presse/0.txt", "not there"), ("trace", "not there")])
def test_a_file_that_holds_no_counts_is_refused_before_anything_is_read(
    run: Run, command: tuple[str, ...], file: str, status: int, says: str
) -> None:
    found, out, err = run(*command, "--counts", file)
    assert (found, out) == (status, "")
    assert says in err


def test_memory_is_checked_before_anything_is_read(run: Run) -> None:
    status, _, err = run("trace", "absent", "--memory", "plenty")
    assert status == 2
    assert "memory must be an amount of bytes" in err
    assert "option memory" in err
    for command in ("trace", "dedup"):
        status, _, err = run(command, "absent", "-o", "out.jsonl", "--memory", "1KB")
        assert status == 2
        assert "10 MB or more" in " ".join(err.split())
