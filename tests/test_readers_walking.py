"""Folders and patterns: which files they stand for, and what is said of the rest."""

from __future__ import annotations

import os
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import nullcontext
from itertools import permutations
from pathlib import Path

import pytest

from stemmata import catalog, schemas
from stemmata.errors import ClashError, MissingSource
from stemmata.readers.walking import find_files

HIDDEN = "files and folders that are hidden, left out"
RUNS = "folders of earlier runs, left out"
OUT = "it is a link that leads out of the folder."
AGAIN = "files to which several of the sources lead, read once"
FOLLOWED = "it is a link to a folder, which is not followed."


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("news/weir.txt", "news/2024/baths.txt", "news/2024/may/ferry.html", "news/.DS_Store", "notes.txt"):
        write(name)


def write(name: str) -> None:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("The weir gave way.")


def find(*paths: str, apart: str | None = None) -> dict[str, str]:
    """Return the places of the files by their names."""
    rows = find_files(dict(enumerate(paths)), apart=apart).to_pylist()
    assert len({row["name"] for row in rows}) == len(rows)
    assert all(os.path.samefile(row["path"], row["uri"]) for row in rows)
    return {row["name"]: row["uri"] for row in rows}


def skipped(*paths: str) -> dict[str, str]:
    rows = schemas.remarks([find_files(dict(enumerate(paths)))], "skipped").to_pylist()
    assert all(row["mend"] for row in rows)
    return {row["uri"]: row["reason"] for row in rows}


def notes(*paths: str) -> dict[str, int]:
    rows = schemas.remarks([find_files(dict(enumerate(paths)))], "notes").to_pylist()
    return {row["what"]: row["count"] for row in rows}


# Folders


def test_a_folder_stands_for_all_files_in_it_and_below() -> None:
    """Named by their paths in it, whatever the folder is called and however it is given."""
    named = ["2024/baths.txt", "2024/may/ferry.html", "weir.txt"]
    for folder in ("news", "news/", "./news", os.path.abspath("news")):
        assert list(find(folder)) == named
    os.chdir("news")
    assert find(".") == {name: name for name in named}


def test_a_file_is_named_by_its_name() -> None:
    assert find("news/2024/baths.txt") == {"baths.txt": "news/2024/baths.txt"}


def test_hidden_files_and_folders_are_left_out_and_counted() -> None:
    write("news/.git/config")
    write("news/.git/objects/aa")
    assert ".git/config" not in find("news")
    assert notes("news") == {HIDDEN: 2}
    assert find("news/.git/config", "news/.git/objects") == {"config": "news/.git/config", "aa": "news/.git/objects/aa"}


def test_links_to_files_are_read_and_links_to_folders_are_not_followed() -> None:
    os.symlink("weir.txt", "news/again.txt")
    os.symlink("2024", "news/last year")
    os.symlink("..", "news/2024/up")
    assert sorted(find("news")) == ["2024/baths.txt", "2024/may/ferry.html", "again.txt", "weir.txt"]
    assert skipped("news") == {"news/last year": FOLLOWED, "news/2024/up": FOLLOWED}


def test_a_link_to_a_folder_may_be_a_source() -> None:
    os.symlink("news/2024", "year")
    assert list(find("year")) == ["baths.txt", "may/ferry.html"]


def test_a_link_to_a_file_elsewhere_is_skipped_and_may_be_a_source() -> None:
    """Else whoever can put a link into the folder could have any file read."""
    os.symlink("../notes.txt", "news/a.txt")
    os.symlink(os.path.abspath("notes.txt"), "news/2024/b.txt")
    os.symlink(os.path.abspath("news/weir.txt"), "news/2024/c.txt")
    assert list(find("news")) == ["2024/baths.txt", "2024/c.txt", "2024/may/ferry.html", "weir.txt"]
    assert skipped("news") == dict.fromkeys(["news/a.txt", "news/2024/b.txt"], OUT)
    assert find("news/a.txt") == {"a.txt": "news/a.txt"}


def test_a_link_out_of_the_folder_to_what_is_not_there_says_so() -> None:
    os.symlink("../gone.txt", "news/a.txt")
    assert list(find("news")) == ["2024/baths.txt", "2024/may/ferry.html", "weir.txt"]
    assert skipped("news") == {"news/a.txt": "it is a link that leads nowhere."}


def test_links_are_compared_with_where_the_folder_truly_is() -> None:
    os.symlink("news", "press")
    os.symlink("weir.txt", "news/again.txt")
    assert "again.txt" in find("press")


def test_folders_of_earlier_runs_are_left_out_and_counted() -> None:
    """Whatever is in them; the pile may be the folder in which one works."""
    for run in ("news/run", "news/2024/run"):
        write(f"{run}/report.html")
        catalog.make(Path(run))
    assert list(find("news")) == list(find("news/**")) == ["2024/baths.txt", "2024/may/ferry.html", "weir.txt"]
    assert notes("news") == {HIDDEN: 1, RUNS: 2}
    assert find("news/r*") == {}
    assert notes("news/r*") == {RUNS: 1}


def test_a_run_is_no_pile() -> None:
    os.mkdir("run")
    catalog.make(Path("run"))
    for source in ("run", "run/*"):
        assert find(source) == {}
        assert skipped(source) == {
            "run": "it is a folder of stemmata's own (a run or a library), not a pile of documents."
        }


def test_another_programs_catalogue_makes_no_run() -> None:
    connection = sqlite3.connect("news/catalog.sqlite")
    connection.execute("CREATE TABLE books (title TEXT)")
    connection.close()
    write("news/2024/catalog.sqlite")
    os.mkfifo("news/2024/may/catalog.sqlite")
    assert {"weir.txt", "catalog.sqlite", "2024/catalog.sqlite", "2024/may/catalog.sqlite"} <= find_names("news")
    assert not catalog.is_run("nowhere")


def find_names(path: str) -> set[str]:
    return set(map(str, find_files({0: path})["name"].to_pylist()))


@pytest.mark.parametrize("ask", ["is_dir", "is_symlink"])
def test_an_entry_that_may_not_be_looked_at_is_skipped(monkeypatch: pytest.MonkeyPatch, ask: str) -> None:
    """On some file systems the folder does not say what its entries are, and who asks may be refused."""
    scan = os.scandir

    class Entry:
        def __init__(self, entry: os.DirEntry[str]) -> None:
            self.name, self.path, self._entry = entry.name, entry.path, entry

        def __getattr__(self, name: str) -> object:
            if name == ask and self.name == "2024":
                raise_refusal()
            return getattr(self._entry, name)

    def raise_refusal() -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", lambda path: nullcontext([Entry(entry) for entry in scan(path)]))
    assert list(find("news")) == ["weir.txt"]
    assert skipped("news") == {"news/2024": "it cannot be opened: Permission denied."}


def test_names_that_are_not_utf8_stay_apart() -> None:
    """Each byte is written as its number, and only there the sign for that too."""
    try:
        for name in (b"news/caf\xe9.txt", b"news/caf\xe8.txt", b"news/100% \xff.txt", b"news/100% sure.txt"):
            write(os.fsdecode(name))
    except OSError:
        pytest.skip("this file system knows only Unicode")
    rows = find_files({0: "news/[1c]*"}).to_pylist()
    assert {row["name"]: row["path"] for row in rows} == {
        "100% sure.txt": b"news/100% sure.txt",
        "100%25 %FF.txt": b"news/100% \xff.txt",
        "caf%E8.txt": b"news/caf\xe8.txt",
        "caf%E9.txt": b"news/caf\xe9.txt",
    }
    assert [row["uri"] for row in rows] == [f"news/{row['name']}" for row in rows]


def test_an_empty_folder_says_so() -> None:
    os.makedirs("empty/and this")
    write("empty/.hidden")
    assert find("empty") == {}
    assert skipped("empty") == {"empty": "it has no files."}


def test_a_folder_named_like_a_file_is_a_folder() -> None:
    write("news/page.txt/inner.txt")
    assert "page.txt/inner.txt" in find("news")


def test_what_is_no_ordinary_file_is_handed_on_to_be_refused() -> None:
    """The reader of bytes says why; here nothing is opened."""
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no named pipes")
    os.mkfifo("news/pipe")
    os.symlink("nowhere", "news/broken")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("news/socket")
    names = find_files({0: "news"})["name"].to_pylist()
    assert {"pipe", "broken", "socket"} <= set(names)


def test_a_folder_that_may_not_be_read_is_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    scan = os.scandir

    def refuse(path: str) -> Iterator[os.DirEntry[str]]:
        if path.endswith("2024"):
            raise PermissionError(13, "Permission denied")
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)  # file modes do not bind root
    assert list(find("news")) == ["weir.txt"]
    assert skipped("news") == {"news/2024": "it cannot be opened: Permission denied."}


def test_thousands_of_folders_in_one_another_are_walked() -> None:
    """Without recursion, and to where the system gives up."""
    for _ in range(3_000):
        os.mkdir("d")
        os.chdir("d")
    for _ in range(3_000):
        os.chdir("..")
    try:
        assert find("d") == {}
        assert all("too long" in reason for reason in skipped("d").values())
        assert skipped("d")
    finally:  # what removes folders of tests may not bear it
        for _ in range(2_999):
            os.chdir("d")
        for _ in range(2_999):
            os.rmdir("d")
            os.chdir("..")


# Patterns


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("news/*.txt", ["weir.txt"]),
        ("news/*", ["2024/baths.txt", "2024/may/ferry.html", "weir.txt"]),
        ("news/**", ["2024/baths.txt", "2024/may/ferry.html", "weir.txt"]),
        ("news/**/*.txt", ["2024/baths.txt", "weir.txt"]),
        ("news/**/**/*.html", ["2024/may/ferry.html"]),
        ("**/may", ["news/2024/may/ferry.html"]),
        ("n*/20[0-9][0-9]/*", ["news/2024/baths.txt", "news/2024/may/ferry.html"]),
        ("news/202?/may/*", ["2024/may/ferry.html"]),
        ("./news/[!a-v0-9]*", ["weir.txt"]),
        ("*.txt", ["notes.txt"]),
        ("{cwd}/*.txt", ["notes.txt"]),
        ("news/.*", [".DS_Store"]),
    ],
)
def test_a_pattern_stands_for_what_matches(pattern: str, names: list[str]) -> None:
    """Files are named by their paths from where the pattern begins to vary; folders bring all that is in them."""
    assert list(find(pattern.format(cwd=os.getcwd()))) == names


def test_what_is_there_under_the_very_name_is_no_pattern() -> None:
    write("[draft] weir.txt")
    write("d weir.txt")
    assert find("[draft] weir.txt") == {"[draft] weir.txt": "[draft] weir.txt"}


def test_hidden_files_that_would_match_are_counted() -> None:
    write("news/2024/.old.txt")
    assert notes("news/*") == {HIDDEN: 2}
    assert notes("news/**/*.txt") == {HIDDEN: 1}
    assert notes("news/*.txt") == {}


def test_links_in_a_circle_do_not_hold_a_pattern_up() -> None:
    for name in ("a", "b", "c"):
        os.symlink(".", f"news/{name}")
    assert list(find("news/**/*.txt")) == ["2024/baths.txt", "weir.txt"]
    assert skipped("news/**/*.txt") == dict.fromkeys(["news/a", "news/b", "news/c"], FOLLOWED)


@pytest.mark.parametrize("pattern", ["*.pdf", "nowhere/*", "news/*/*/*/*", "Is this right?", "a\x00*", "*/" * 5_000])
def test_a_pattern_that_matches_nothing_is_an_error(pattern: str) -> None:
    with pytest.raises(MissingSource, match="nothing matches a pattern") as caught:
        find("notes.txt", pattern)
    assert caught.value.where == pattern[:200]
    assert caught.value.mend


def test_a_pattern_that_matches_an_empty_folder_says_so() -> None:
    os.mkdir("news/empty")
    assert skipped("news/emp*") == {"news/emp*": "it has no files."}


# Several


def test_a_file_to_which_several_sources_lead_is_there_once_by_its_longest_name() -> None:
    sources = ("news", "news/2024", "news/2024/may/*", "news/weir.txt", "n*/weir.txt")
    for order in permutations(sources):
        assert find(*order) == {
            "2024/baths.txt": "news/2024/baths.txt",
            "2024/may/ferry.html": "news/2024/may/ferry.html",
            "news/weir.txt": "news/weir.txt",
        }
        assert notes(*order) == {HIDDEN: 1, AGAIN: 3}


def test_several_ways_into_a_folder_are_one() -> None:
    os.symlink("news", "press")
    assert list(find("news", "press")) == ["2024/baths.txt", "2024/may/ferry.html", "weir.txt"]


@pytest.mark.parametrize("again", ["news", "news/", "./news", "news/2024/.."])
def test_a_folder_that_is_given_twice_is_an_error(again: str) -> None:
    os.mkdir("other")
    with pytest.raises(ClashError, match="a folder is given twice") as caught:
        find("news", "other", again)
    assert set(caught.value.where.split(" and ")) == {"news", again}


def test_what_is_missing_is_an_error_also_among_patterns() -> None:
    with pytest.raises(MissingSource, match="2 sources are not there"):
        find("news", "nowhere.txt", "*.pdf")


def test_a_file_that_is_no_document_may_lie_among_them() -> None:
    write("news/meta.csv")
    assert "meta.csv" not in find("news", apart="./news/meta.csv")
    assert find("news/*.csv", apart="news/meta.csv") == {}
