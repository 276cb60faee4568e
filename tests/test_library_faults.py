"""A library when something goes wrong: kills, a full disk, other processes, damaged files."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from pathlib import Path
from typing import TypeAlias

import numpy as np
import pyarrow as pa
import pytest
from numpy.typing import NDArray

import stemmata as st
from stemmata import accessions, schemas
from stemmata.errors import FolderError, LockedError
from stemmata.logbook import Stamp, opened
from stemmata.postings import POSTINGS
from stemmata.workings import MADE
from tests.conftest import Run
from tests.crashing import crash, text
from tests.witnesses import WITNESSES

posix = pytest.mark.skipif(os.name != "posix", reason="needs POSIX")
COMMITS = int(os.environ.get("STEMMATA_COMMITS", "12"))
MENDS = {"documents": "from a copy", "statistics": "from a copy", "postings": "stemmata compact"}
EXPORT = "stemmata export"  # mends all others
TABLES = [name for name in schemas.BY_NAME if name not in ("fingerprints", "skipped")]
KB = 1 << 10
ENGLISH, RUSSIAN = WITNESSES["en"], WITNESSES["ru"]
COPY = st.Text(ENGLISH.edited, doc="copy")
Squeezed: TypeAlias = Callable[[int], AbstractContextManager[None]]


@pytest.fixture
def library(tmp_path: Path) -> st.Library:
    return filled(tmp_path / "library")


def filled(path: Path) -> st.Library:
    """Articles in two languages with a copy of each, traced."""
    made = st.Library(path)
    made.add([st.Text(ENGLISH.text, doc="article"), st.Text(RUSSIAN.text, doc="статья")])
    made.add([st.Text(ENGLISH.edited, doc="page"), st.Text(RUSSIAN.edited, doc="страница")])
    made.trace()
    return made


def held(path: Path) -> dict[str, str]:
    documents = st.Library(path).documents
    return dict(zip(documents["doc"].to_pylist(), documents["text"].to_pylist(), strict=True))


def matches(path: Path) -> list[str]:
    found: list[str] = st.Library(path).find(COPY).matches["doc"].to_pylist()
    return found


def flip(file: Path, place: int, bits: int = 0x10) -> None:
    content = bytearray(file.read_bytes())
    content[place] ^= bits
    file.write_bytes(content)


def the_file(path: Path, table: str) -> Path:
    return max((path / "tables" / table).iterdir(), key=lambda file: file.stat().st_size)


@posix
def test_a_killed_process_leaves_every_acknowledged_document_and_none_by_half(tmp_path: Path) -> None:
    """``python -m tests.crashing`` kills two hundred times."""
    kills, faults = crash(tmp_path, moments=4, seed=2, count=12)
    assert kills.total() >= 4
    assert faults == []


def changes(number: int) -> list[Callable[[st.Library], object]]:
    """Every way in which a library is written."""
    return [
        lambda library: library.add([text(f"{number}-{k}") for k in range(3)]),
        lambda library: library.remove("page"),
        st.Library.trace,
        st.Library.compact,
        st.Library.rebuild,
    ]


def squeeze(path: Path, squeezed: Squeezed, rooms: list[int]) -> int:
    """Change a library while there is little room, and return how often that failed; it is whole after each."""
    refused: list[FolderError] = []
    for number, room in enumerate(rooms):
        for change in changes(number):
            before, library = held(path), st.Library(path)
            try:
                with squeezed(room):
                    change(library)
            except FolderError as error:
                refused.append(error)
            after = held(path)
            st.Library(path).check()
            there = [doc for doc in before if doc in after or doc == "page"]
            assert there == list(before), "nothing was lost"
            assert len(after) - len(before) in (0, 3, -1), "all of an addition is there, or nothing"
            if "page" not in after:
                st.Library(path).add(st.Text(ENGLISH.edited, doc="page"))
            assert set(matches(path)) == {"article", "page"}
    assert all("cannot be" in error.what and "make room" in error.mend for error in refused)
    return len(refused)


@posix
def test_a_full_disk_loses_nothing_and_it_goes_on_when_there_is_room(tmp_path: Path) -> None:
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)]
    try:
        mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        mounted = False
    if not mounted:
        pytest.skip("a small disk cannot be mounted here")

    @contextmanager
    def squeezed(room: int) -> Iterator[None]:
        status = os.statvfs(place)
        (place / "filler").write_bytes(bytes(max(0, status.f_bavail * status.f_frsize - room)))
        try:
            yield
        finally:
            (place / "filler").unlink()

    try:
        filled(place / "library")
        failed = squeeze(place / "library", squeezed, [0, 4 * KB, 20 * KB, 48 * KB, 96 * KB])
        assert failed >= 5
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)  # files of it may still be mapped


@posix
def test_a_limit_of_a_files_size_loses_nothing(library: st.Library) -> None:
    """Of the catalogue's log, or of a table's file: whichever comes first."""
    resource = pytest.importorskip("resource")
    most = resource.getrlimit(resource.RLIMIT_FSIZE)

    @contextmanager
    def squeezed(room: int) -> Iterator[None]:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, most[1]))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, most)

    assert squeeze(library.path, squeezed, [100, 3 * KB, 20 * KB, 60 * KB]) >= 5


@posix
def test_a_folder_that_must_not_be_written_is_searched_all_the_same() -> None:
    """In a process that has no right to write there: adding says what to do, and changes nothing."""
    program = """
import os, sys, tempfile
from pathlib import Path
import stemmata as st
import stemmata.deriving
from stemmata.errors import FolderError
from tests.test_library_faults import COPY, changes, filled
with tempfile.TemporaryDirectory() as place:  # what is needed is loaded while it may be
    warm = filled(Path(place) / "warm")
    warm.find(COPY)
    warm.decide("confirm", "article", "page", by="Ada")
    for change in changes(0):
        change(warm)
if os.getuid() == 0:
    os.setuid(65534)
stemmata.deriving.SECONDS = 0.0  # what is worked out would be saved at once
library = st.Library(sys.argv[1])
library.check()
print(sorted(library.find(COPY).matches["doc"].to_pylist()), library.trace().relations.num_rows)
for change in changes(0):
    try:
        change(library)
    except FolderError as error:
        print(error.what.partition(":")[0], "|", error.mend)
"""
    with tempfile.TemporaryDirectory() as place:
        library = filled(Path(place) / "library")
        library.decide("confirm", "article", "page", by="Ada")  # so that there is something to be worked out
        folders = [library.path, *(path for path in library.path.rglob("*") if path.is_dir())]
        os.chmod(place, 0o755)
        for folder in folders:
            folder.chmod(0o555)
        paths = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        command = [sys.executable, "-c", program, str(library.path)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=300, env=paths, check=False)
        for folder in folders:
            folder.chmod(0o755)
        assert len(held(library.path)) == 4
    first, *refused = done.stdout.splitlines()
    assert first == "['article', 'page'] 2", done.stderr
    what = "the folder cannot be written | make room on the disk, or choose a folder in which you may write."
    assert refused == [what] * 4, "what was traced is not saved, and told all the same"


def test_a_second_writer_is_told_who_holds_the_library_and_readers_are_not(library: st.Library) -> None:
    program = """
import sys
from pathlib import Path
from stemmata.locks import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.readline()
"""
    command = [sys.executable, "-c", program, str(library.path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        for change in changes(0)[:2] + changes(0)[3:]:
            with pytest.raises(LockedError, match="another process is writing") as caught:
                change(st.Library(library.path))
            assert f"process {holder.pid} on " in caught.value.where
            assert caught.value.mend
        assert set(matches(library.path)) == {"article", "page"}
        holder.communicate("\n", timeout=30)
    assert library.add(text("0-0")).docs == ["0-0"]


@posix
def test_a_reader_keeps_its_answers_while_others_write_and_a_new_one_sees_the_new(library: st.Library) -> None:
    """Additions, merges, removals and files written anew, by another process; ``STEMMATA_COMMITS`` says how many."""
    program = f"""
import sys
import stemmata as st
from tests.crashing import text
from tests.test_library_faults import COPY
library = st.Library(sys.argv[1])
for number in range({COMMITS}):
    library.add([text(f"{{number}}-0"), st.Text(COPY.text, doc=f"copy {{number}}")])
    if number % 3 == 2:
        library.remove(f"copy {{number - 1}}")
    if number % 10 == 9:
        library.compact()
"""
    reader = st.Library(library.path)
    found, documents = reader.find(COPY), reader.documents
    paths = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    writer = subprocess.Popen([sys.executable, "-c", program, str(library.path)], env=paths)
    seen = set()
    while writer.poll() is None:
        assert reader.find(COPY).matches.equals(found.matches)
        assert reader.documents.equals(documents)
        new = st.Library(library.path)
        docs = new.documents["doc"].to_pylist()
        assert sum(doc.endswith("-0") for doc in docs) >= sum(doc.startswith("copy") for doc in docs)
        seen.add(len(docs))
    assert writer.returncode == 0
    assert len(seen) > 1
    new = st.Library(library.path)
    assert len(new) == 4 + 2 * COMMITS - COMMITS // 3
    assert "copy 0" in new.find(COPY).matches["doc"].to_pylist()
    new.check()


def test_a_flipped_byte_in_any_file_is_named_with_the_mend(library: st.Library) -> None:
    """Documents and statistics come back from a copy, postings are made of them again, all else worked out."""
    tables = sorted(file.name for file in (library.path / "tables").iterdir())
    assert {"alignments", "documents", "pairs", "postings", "relations", "statistics"} <= set(tables)
    for table in tables:
        file = the_file(library.path, table)
        place = file.stat().st_size // 2
        flip(file, place)
        with pytest.raises(FolderError, match="file") as caught:
            st.Library(library.path).check()
        assert str(file) in caught.value.where
        assert MENDS.get(table, EXPORT) in caught.value.mend
        flip(file, place)
    library.check()


def test_damaged_statistics_hide_no_other_damage_and_keep_no_removed_text_in_the_folder(library: st.Library) -> None:
    for table in ("statistics", "relations"):
        file = the_file(library.path, table)
        flip(file, file.stat().st_size // 2)
    with pytest.raises(FolderError, match="2 of") as caught:
        st.Library(library.path).check()
    assert "relations" in caught.value.where
    st.Library(library.path).remove("article")
    st.Library(library.path).compact()
    assert sorted(held(library.path)) == ["page", "статья", "страница"]
    assert st.Library(library.path)._holdings.folder.catalog.removed == ()
    with pytest.raises(FolderError, match="1 of") as caught:
        st.Library(library.path).check()
    assert caught.value.where.startswith(str(the_file(library.path, "statistics")))


def test_what_another_process_adds_while_a_library_is_checked_is_no_damage(
    library: st.Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = accessions.numbers

    def late(connection: sqlite3.Connection) -> NDArray[np.int64]:
        st.Library(library.path).add(text("late"))
        return numbers(connection)

    with monkeypatch.context() as patch:
        patch.setattr(accessions, "numbers", late)
        with pytest.raises(LockedError, match="another process has written meanwhile"):
            library.check()
    library.check()


def test_where_several_files_are_damaged_the_mend_is_one_that_mends_all(library: st.Library) -> None:
    for table, mend in (
        ("alignments", "work the tables out again: stemmata export."),
        ("postings", "make the postings anew: stemmata compact; then work the tables out again: stemmata export."),
        ("documents", MENDS["documents"]),
    ):
        file = the_file(library.path, table)
        flip(file, file.stat().st_size // 2)
        with pytest.raises(FolderError) as caught:
            st.Library(library.path).check()
        assert mend in caught.value.mend


@pytest.mark.parametrize(("table", "command"), [("postings", "compact"), ("relations", "export"), ("units", "export")])
def test_what_is_made_of_documents_is_mended_by_the_command_that_check_names(
    run: Run, library: st.Library, table: str, command: str
) -> None:
    file = the_file(library.path, table)
    flip(file, file.stat().st_size // 2)
    status, _, err = run("check", library.path)
    assert (status, f"stemmata {command}" in err, str(file) in err.replace("\n", "")) == (3, True, True)
    assert run(command, library.path, *(["-o", library.path.parent / "run"] if command == "export" else []))[0] == 0
    assert run("check", library.path)[0] == 0
    assert set(matches(library.path)) == {"article", "page"}
    assert st.open(library.path).relations.num_rows == 2


@pytest.mark.parametrize(
    "damage", [Path.unlink, lambda file: flip(file, file.stat().st_size // 2)], ids=["gone", "bad"]
)
@pytest.mark.parametrize("table", MADE)
def test_what_was_worked_out_is_worked_out_again_where_a_file_of_it_is_damaged(
    library: st.Library, table: str, damage: Callable[[Path], None]
) -> None:
    """With the same outcome, and the statistics as they are; only the others must be as they were written."""
    before, kept = library.trace(), library._holdings.folder.catalog.tables["statistics"]
    assert "alignments" not in dict(before.about["seconds"])  # type: ignore[call-overload]
    damage(the_file(library.path, table))
    again = st.Library(library.path)
    after = again.trace()
    assert "alignments" in dict(after.about["seconds"])  # type: ignore[call-overload]
    for name in TABLES:
        assert getattr(after, name).equals(getattr(before, name)), name
    assert again._holdings.folder.catalog.tables["statistics"] == kept
    again.check()


def trace_until(path: Path, stage: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work the tables out, saving at once, in a process that is killed as it comes to a function."""

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("stemmata.deriving.SECONDS", 0.0)
        patch.setattr(stage, killed)
        with pytest.raises(KeyboardInterrupt):
            st.Library(path).trace()


def test_what_was_saved_half_way_is_not_taken_for_all_once_the_library_is_as_it_was(
    library: st.Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was added is removed again, what was decided withdrawn: the pairs are those that were saved before."""
    before = library.trace()
    library.add(st.Text(ENGLISH.edited + " It rained.", doc="a copy"))
    trace_until(library.path, "stemmata.workings.Workings.finish", monkeypatch)
    library.remove("a copy")
    for name in TABLES:
        assert getattr(library.trace(), name).equals(getattr(before, name)), name
    library.decide("dismiss", "article", "page", by="Ada")
    trace_until(library.path, "stemmata.workings.Workings.finish", monkeypatch)
    library.decide("withdraw", "article", "page", by="Ada")
    for name in TABLES:
        assert getattr(library.trace(), name).equals(getattr(before, name)), name


def test_what_was_saved_half_way_stays_where_the_pairs_had_been_damaged(
    library: st.Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    the_file(library.path, "pairs").unlink()
    trace_until(library.path, "stemmata.deriving._trace", monkeypatch)
    trace = st.Library(library.path).trace()
    assert "alignments" not in dict(trace.about["seconds"])  # type: ignore[call-overload]
    assert trace.relations.num_rows == 2


@pytest.mark.parametrize(
    "damage", [Path.unlink, lambda file: flip(file, file.stat().st_size // 2)], ids=["gone", "bad"]
)
@pytest.mark.parametrize("rebuilt", [False, True], ids=["as added", "rebuilt"])
def test_postings_that_are_damaged_are_made_anew_as_they_were(
    library: st.Library, tmp_path: Path, damage: Callable[[Path], None], rebuilt: bool
) -> None:
    """To the byte those that writing anew makes of whole ones, whatever was added, removed and given a new text."""
    library.add([st.Text(ENGLISH.edited + " It rained.", doc="a copy"), st.Text(RUSSIAN.stranger, doc="gone")])
    if rebuilt:
        library.rebuild(expect=20)
    library.add([st.Text(ENGLISH.text + " It snowed.", doc="article"), st.Text(ENGLISH.text, doc="0")])
    library.remove("gone")
    whole = shutil.copytree(library.path, tmp_path / "whole")
    st.Library(whole).compact()
    damage(the_file(library.path, "postings"))
    library = st.Library(library.path)
    with pytest.raises(FolderError, match="file") as caught:
        library.export(tmp_path / "run")
    assert "stemmata compact" in caught.value.mend
    library.compact()
    for table in ("documents", "postings", "statistics"):
        (written,) = (library.path / "tables" / table).iterdir()
        assert written.read_bytes() == the_file(whole, table).read_bytes(), table
    library.check()
    for name in TABLES:
        assert getattr(library.trace(), name).equals(getattr(st.Library(whole).trace(), name)), name
    damage(the_file(library.path, "postings"))  # now the only file: there is nothing to merge
    st.Library(library.path).compact()
    st.Library(library.path).check()
    assert the_file(library.path, "postings").read_bytes() == the_file(whole, "postings").read_bytes()


def test_postings_of_other_documents_are_made_anew(library: st.Library) -> None:
    """Though their digests are those in the catalogue."""
    with library._holdings.folder.change() as change:
        change.drop(*change.before.tables["postings"])
        change.put("postings", pa.table([[1], [99], [0], [0]], schema=POSTINGS), kind="arrow")
    with pytest.raises(FolderError, match="do not fit") as caught:
        st.Library(library.path).check()
    assert "stemmata compact" in caught.value.mend
    st.Library(library.path).compact()
    st.Library(library.path).check()
    assert set(matches(library.path)) == {"article", "page"}


@pytest.mark.parametrize("damage", [lambda whole: whole[: len(whole) // 2], lambda whole: whole[:4096] + whole[:-4096]])
def test_a_damaged_logbook_is_found_by_check_with_the_mend(
    library: st.Library, damage: Callable[[bytes], bytes]
) -> None:
    with opened(library.path) as book:
        book.took(b"inbox", {b"%d.txt" % number: Stamp(number, number) for number in range(2_000)})
    library.check()
    file = library.path / "watched.sqlite"
    file.write_bytes(damage(file.read_bytes()))
    with pytest.raises(FolderError, match="what was watched") as caught:
        library.check()
    assert caught.value.where == str(file)
    assert "remove it" in caught.value.mend
    file.unlink()
    library.check()


@pytest.mark.parametrize("find", ["{", "[]", '{"id": "a"}'])
def test_a_find_that_cannot_be_read_is_named_with_the_mend(library: st.Library, find: str) -> None:
    """By a check, and by a compaction, which would keep what was found of documents that were removed."""
    file = library.path / "watched.sqlite"
    with opened(library.path):
        pass
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("INSERT INTO finds (id, find) VALUES ('a', ?)", (find,))
    for use in (library.check, library.compact):
        with pytest.raises(FolderError, match="what was watched cannot be read or written: a find") as caught:
            use()
        assert caught.value.where == str(file)
        assert "remove it" in caught.value.mend
    file.unlink()
    library.check()


@pytest.mark.parametrize("table", ["documents", "postings"])
def test_damage_is_not_written_on_under_a_new_digest(library: st.Library, table: str) -> None:
    """Whatever reads all of a file verifies it first: merging, writing anew, tracing, exporting.

    Damaged postings are not read where they are made anew.
    """
    file = the_file(library.path, table)
    flip(file, file.stat().st_size // 2)
    uses: list[Callable[[st.Library], object]] = [lambda damaged: damaged.export(file.parents[3] / "run")]
    for use in uses + [st.Library.rebuild, st.Library.compact] * (table == "documents"):
        with pytest.raises(FolderError) as caught:
            use(st.Library(library.path))
        assert str(file) in caught.value.where
    for number in range(8):  # until files are to be merged
        with suppress(FolderError):
            st.Library(library.path).add(text(f"{number}-0"))
    with pytest.raises(FolderError) as caught:
        st.Library(library.path).check()
    assert str(file) in caught.value.where
    flip(file, file.stat().st_size // 2)
    st.Library(library.path).compact()
    assert {f"{number}-0" for number in range(8)} <= set(held(library.path))


@pytest.mark.parametrize("table", ["documents", "postings"])
def test_damaged_files_give_the_right_answer_or_an_error_that_names_them(library: st.Library, table: str) -> None:
    """Bytes flipped anywhere, half of them where the file says what lies where."""
    file = the_file(library.path, table)
    whole, draw = file.read_bytes(), random.Random(7)
    expected, documents = set(matches(library.path)), held(library.path)
    refused: list[FolderError] = []
    for number in range(40):
        behind = len(whole) if number % 2 else min(len(whole), 3 * KB)
        flip(file, len(whole) - 1 - draw.randrange(behind), 1 << draw.randrange(8))
        for answer, right in ((matches, expected), (held, documents)):
            try:
                found = answer(library.path)
                assert (set(found) if answer is matches else found) == right
            except FolderError as error:
                refused.append(error)
        file.write_bytes(whole)
    assert len(refused) > 5
    assert {error.where for error in refused} <= {str(file), str(library.path)}
    assert all(error.mend for error in refused)


def test_a_missing_file_is_named(library: st.Library) -> None:
    for table in ("postings", "documents"):
        file = the_file(library.path, table)
        content = file.read_bytes()
        file.unlink()
        for use in (st.Library.check, lambda damaged: damaged.find(COPY)):
            with pytest.raises(FolderError) as caught:
                use(st.Library(library.path))
            assert str(file) in caught.value.where
            assert MENDS[table] in caught.value.mend
        file.write_bytes(content)
    library.check()


def test_a_missing_catalogue_is_named_with_the_mend_and_the_library_is_not_made_anew(
    run: Run, library: st.Library, tmp_path: Path
) -> None:
    library.decide("note", "article", by="Ada", note="about a ferry")
    file = library.path / "catalog.sqlite"
    file.unlink()
    before = sorted(library.path.rglob("*"))
    for command in (["check"], ["find", "article"], ["add", str(tmp_path)]):
        status, _, err = run(command[0], library.path, *command[1:])
        assert status == 3
        assert f"the catalogue is missing.\n  where: {file}\n  mend:  bring the folder back from a copy" in err
    with pytest.raises(FolderError, match="the catalogue is missing"):
        st.open(library.path)
    assert sorted(library.path.rglob("*")) == before
    (tmp_path / "own" / "tables").mkdir(parents=True)
    assert "there is no library" in run("check", tmp_path / "own")[2]


def test_a_truncated_catalogue_is_named_and_nothing_is_written(library: st.Library) -> None:
    file = library.path / "catalog.sqlite"
    whole = file.read_bytes()
    for size in (0, 50, 4096, len(whole) // 2, len(whole) - 1):
        file.write_bytes(whole[:size])
        with pytest.raises(FolderError) as caught:
            st.Library(library.path).add(text("0-0"))
        assert str(library.path) in caught.value.where
        assert caught.value.mend
        assert file.read_bytes() == whole[:size]
    file.write_bytes(whole)
    assert len(held(library.path)) == 4
