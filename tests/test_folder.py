"""The folder of a run: whole generations or nothing, verified, and never a stranger's files touched."""

import errno
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

from stemmata import catalog, schemas
from stemmata import folder as folder_module
from stemmata.catalog import FORMAT, Origin, digest
from stemmata.errors import FolderError, FormatError, LockedError, SchemaError
from stemmata.folder import Folder
from stemmata.locks import locked

posix = pytest.mark.skipif(os.name != "posix", reason="needs POSIX")
COLUMNS = {
    "doc": pa.string(),
    "text": pa.large_string(),
    "first_seen": schemas.TIME,
    "lineage": pa.list_(pa.string()),
    "locators": pa.list_(schemas.LOCATOR),
    "shared": schemas.SHARED,
    "hash": pa.uint64(),
}
LETTERS = pa.Table.from_pylist(
    [
        {
            "doc": "письмо.txt",
            "text": "Здравствуй!\r\n\tمرحبا 你好 \U0001d11e\0",
            "first_seen": datetime(1912, 4, 15, 2, 20, 0, 1, UTC),
            "lineage": ["rsid:00A1", None, ""],
            "locators": [{"offset": 0, "label": "f. 1r"}, {"offset": 2**40, "label": None}],
            "shared": {"skeleton": 3, "surface": None, "quotation": 0},
            "hash": 2**64 - 1,
        },
        {"doc": "", "lineage": [], "locators": []},
        {"doc": "empty"},
    ],
    schema=pa.schema(COLUMNS),
)


def numbered(number: int) -> pa.Table:
    return pa.table({"doc": ["a", "b"], "n": [number, number]})


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """A folder with one generation."""
    path = tmp_path / "run"
    Folder.create(path).write({"documents": LETTERS, "pairs": numbered(1)}, about={"command": "compare a b"})
    return path


def files(path: Path) -> dict[str, bytes]:
    return {file.relative_to(path).as_posix(): file.read_bytes() for file in path.rglob("*") if file.is_file()}


def test_a_table_comes_back_exactly_as_it_was_written(run: Path) -> None:
    """Lists, structs, times, big numbers, nulls, and every character; in memory and as a dataset."""
    folder = Folder.open(run)
    assert folder.read("documents").equals(LETTERS)
    assert folder.read("documents").schema.equals(LETTERS.schema)
    assert folder.dataset("documents").to_table().equals(LETTERS)
    assert folder.dataset("documents").to_table(filter=ds.field("doc") == "empty").num_rows == 1
    folder.check()


@pytest.mark.parametrize("schema", schemas.BY_NAME.values(), ids=lambda schema: schema.name)
def test_every_table_of_stemmata_keeps_its_schema_even_without_rows(schema: schemas.Schema, tmp_path: Path) -> None:
    folder = Folder.create(tmp_path / "run")
    folder.write({schema.name: schema.empty()})
    assert folder.read(schema.name).schema.equals(schema.arrow)


def test_equal_tables_make_equal_files_however_they_are_chunked(tmp_path: Path) -> None:
    """Arrow begins pages anew at the chunks of a table, and chunks depend on who worked on it."""
    whole = pa.table({"text": [f"лист {n} " * 200 for n in range(5_000)]})
    chunked = pa.concat_tables([whole.slice(0, 1_987), whole.slice(1_987)])
    padded = pa.concat_tables([whole, whole]).combine_chunks().slice(5_000)
    contents = []
    for number, table in enumerate((whole, chunked, padded)):
        folder = Folder.create(tmp_path / str(number))
        folder.write({"documents": table})
        contents.append(folder.catalog.tables["documents"][0].sha256)
    assert len(set(contents)) == 1


def test_what_travels_in_the_metadata_is_kept_out_of_the_files(tmp_path: Path) -> None:
    table = schemas.remark(numbered(1), notes=[{"stage": "pairs", "what": "cap", "count": 1}])
    folder = Folder.create(tmp_path / "run")
    folder.write({"pairs": table})
    assert folder.read("pairs").schema.metadata is None
    metadata = pq.read_metadata(tmp_path / "run/tables/pairs/1.parquet").metadata
    assert set(metadata or ()) <= {b"ARROW:schema"}


def test_the_catalogue_says_what_the_run_is_and_can_be_read_without_stemmata(run: Path) -> None:
    origin = Origin(digest(["a", "b"]), digest({"cap": 50}), digest([]))
    folder = Folder.open(run)
    about = {
        "version": "0.1.0",
        "options": {"align": {"gap": 3}},
        "seconds": {"read": 0.5, "align": 2},
        "copy": None,
    }
    folder.write({"documents": LETTERS, "pairs": numbered(2)}, about=about, origin=origin)
    again = Folder.open(run).catalog
    assert (again.generation, again.about, again.tables["pairs"][0].origin) == (2, about, origin)
    assert list(again.about) == list(about)
    database = sqlite3.connect(run / "catalog.sqlite")
    assert database.execute("PRAGMA application_id").fetchone() == (0x73746D61,)
    assert database.execute("PRAGMA user_version").fetchone() == (FORMAT,)
    assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert database.execute("SELECT name, file, rows FROM tables ORDER BY name").fetchall() == [
        ("documents", "tables/documents/2.parquet", 3),
        ("pairs", "tables/pairs/2.parquet", 2),
    ]
    database.close()


def test_a_digest_does_not_depend_on_the_order_of_keys() -> None:
    assert digest({"a": 1, "b": [2]}) == digest({"b": [2], "a": 1}) != digest({"a": 1, "b": [3]})
    assert len(digest("é\ud800")) == 64


def test_writing_again_replaces_the_tables_and_removes_their_files(run: Path) -> None:
    """A generation holds what was written and nothing older; foreign files beside it stay."""
    (run / "tables" / "pairs" / "remarks.txt").write_text("mine")
    Folder.open(run).write({"pairs": numbered(2)})
    folder = Folder.open(run)
    assert folder.read("pairs").equals(numbered(2))
    assert set(files(run)) == {
        "catalog.sqlite",
        "catalog.lock",
        "tables/pairs/2.parquet",
        "tables/pairs/remarks.txt",
    }
    with pytest.raises(SchemaError, match="no table 'documents'") as caught:
        folder.read("documents")
    assert caught.value.mend == "the folder holds: pairs."


@posix
def test_a_reader_keeps_the_generation_it_opened(run: Path) -> None:
    """A commit takes no file away from whoever reads; the next one to open sees the new generation."""
    reader = Folder.open(run)
    dataset = reader.dataset("pairs")
    Folder.open(run).write({"pairs": numbered(2)})
    assert reader.read("pairs").equals(numbered(1))
    assert reader.read("documents").equals(LETTERS)
    assert dataset.to_table().equals(numbered(1))
    assert Folder.open(run).read("pairs").equals(numbered(2))


def test_a_commit_while_a_folder_is_being_opened_gives_the_new_generation(
    run: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between reading the catalogue and opening the files, these may have been replaced."""
    writer, read = Folder.open(run), catalog.read

    def overtaken(path: Path) -> catalog.Catalog:
        before = read(path)
        monkeypatch.setattr(catalog, "read", read)
        writer.write({"pairs": numbered(2)})
        return before

    monkeypatch.setattr(catalog, "read", overtaken)
    reader = Folder.open(run)
    assert reader.catalog.generation == 2
    assert reader.read("pairs").equals(numbered(2))


@posix
def test_readers_see_whole_generations_while_another_process_writes(run: Path) -> None:
    program = """
import sys, pyarrow as pa
from stemmata.folder import Folder
from stemmata.locks import locked
folder = Folder.open(sys.argv[1])
for n in range(2, 60):
    table = pa.table({"doc": ["a", "b"], "n": [n, n]})
    folder.write({"documents": table, "pairs": table}, about={"n": n})
"""
    writer = subprocess.Popen([sys.executable, "-c", program, str(run)])
    seen = set()
    while writer.poll() is None:
        folder = Folder.open(run)
        seen.add(folder.catalog.generation)
        if folder.catalog.generation > 1:
            n = folder.catalog.about["n"]
            assert folder.read("documents")["n"].to_pylist() == folder.read("pairs")["n"].to_pylist() == [n, n]
    assert writer.returncode == 0
    assert len(seen) > 1
    assert Folder.open(run).catalog.generation == 59


def test_a_second_writer_is_told_who_holds_the_folder_and_readers_are_not(
    run: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit = catalog.commit

    def meanwhile(*arguments: Any) -> None:
        monkeypatch.setattr(catalog, "commit", commit)
        with pytest.raises(LockedError, match="another process is writing") as caught:
            Folder.open(run).write({"pairs": numbered(3)})
        assert f"process {os.getpid()} on " in caught.value.where
        assert caught.value.mend
        assert Folder.open(run).read("pairs").equals(numbered(1))
        commit(*arguments)

    monkeypatch.setattr(catalog, "commit", meanwhile)
    Folder.open(run).write({"pairs": numbered(2)})
    assert Folder.open(run).read("pairs").equals(numbered(2))
    assert (run / "catalog.lock").read_text() == ""


def test_a_folder_that_another_process_makes_meanwhile_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the look for a catalogue and the lock, another process may make the folder and commit to it."""
    path = tmp_path / "run"

    def overtaken(place: Path) -> AbstractContextManager[None]:
        monkeypatch.setattr(folder_module, "locked", locked)
        Folder.create(path).write({"documents": LETTERS})
        return locked(place)

    monkeypatch.setattr(folder_module, "locked", overtaken)
    folder = Folder.create(path)
    assert folder.catalog.generation == 1
    assert folder.read("documents").equals(LETTERS)


KILLED = """
import json, os, signal, sys
from pathlib import Path
import pyarrow as pa
from stemmata import catalog, folder, generations, locks

path, ours = Path(sys.argv[1]), {module.__file__ for module in (catalog, folder, generations, locks)}

def killed_at(step):
    lines = 0
    def trace(frame, event, arg):
        nonlocal lines
        if frame.f_code.co_filename not in ours:
            return None
        lines += event == "line"
        if lines == step:
            os.kill(os.getpid(), signal.SIGKILL)
        return trace
    return trace

def write(step):
    sys.settrace(killed_at(step))
    table = pa.table({"n": [step]})
    folder.Folder.create(path).write({"documents": table, "pairs": table}, about={"n": step})

def look(step, status):
    try:
        after = folder.Folder.open(path)
    except folder.FolderError as error:
        print(json.dumps([step, status, 0, 0, [type(error).__name__, "catalog.sqlite" in os.listdir(path)]]))
        return
    after.check()
    rows = [after.read(name)["n"][0].as_py() for name in after.catalog.tables]
    print(json.dumps([step, status, after.catalog.generation, after.catalog.about.get("n", 0), rows]))

def forked(function, *given):  # nothing of Arrow runs here, whose threads a fork does not take along
    child = os.fork()
    if not child:
        try:
            function(*given)
            sys.stdout.flush()
            os._exit(0)
        except BaseException as error:
            print(repr(error), file=sys.stderr, flush=True)
            os._exit(1)
    return os.waitpid(child, 0)[1]

step, status = 0, signal.SIGKILL
while status == signal.SIGKILL:
    step += 1
    status = forked(write, step)
    if forked(look, step, status):
        break
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks")
def test_a_writer_killed_before_any_line_leaves_a_whole_generation(tmp_path: Path) -> None:
    """kill -9 before every line of making and of writing a folder: what was valid still is, or the new is.

    After each kill the folder opens, its digests are right, all its tables are of one generation, and the
    next writer goes on; nothing of the killed ones is left in the end.
    """
    path = tmp_path / "run"
    path.mkdir()
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", KILLED, str(path)],
        capture_output=True,
        check=True,
        timeout=300,
    )
    steps = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(steps) > 100
    assert [status for _, status, *_ in steps] == [9] * (len(steps) - 1) + [0]
    made = [step for step in steps if step[2:4] != [0, 0] or step[4] == []]
    for step in steps[: -len(made)]:
        assert step[4] == ["FormatError", False]
    before = 0
    for step, _, generation, number, rows in made:
        assert number in (before, step)
        assert rows == ([number, number] if generation else [])
        before = number
    assert {before for *_, before, _ in made[:-1]} - {0}, "some were killed after the commit"
    assert set(files(path)) == {
        "catalog.sqlite",
        "catalog.lock",
        f"tables/documents/{made[-1][2]}.parquet",
        f"tables/pairs/{made[-1][2]}.parquet",
    }


def test_a_full_disk_leaves_the_generation_before_and_no_rubbish(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Folder.open(run)
    before = files(run)

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(FolderError, match=r"cannot be written: .*No space left") as caught:
        folder.write({"pairs": numbered(2)})
    assert caught.value.where == str(run)
    assert "make room" in caught.value.mend
    assert files(run) == before
    assert folder.read("pairs").equals(numbered(1))


@contextmanager
def no_room() -> Iterator[None]:
    """Let no file grow, as on a full disk."""
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_can_be_read(run: Path) -> None:
    """SQLite's index of the log needs room; where the log is empty, the catalogue is read without it."""
    with no_room():
        folder = Folder.open(run)
        assert folder.read("pairs").equals(numbered(1))
        folder.check()


def test_a_disk_that_is_full_asks_for_room_not_for_a_copy(run: Path) -> None:
    other = sqlite3.connect(run / "catalog.sqlite")
    other.execute("UPDATE about SET value = ?", ('"told"',))
    other.commit()  # a log that the index is needed for, as a process leaves it that was killed
    with tempfile.TemporaryDirectory() as name:
        left = Path(name)
        for end in ("", "-wal"):
            (left / f"catalog.sqlite{end}").write_bytes((run / f"catalog.sqlite{end}").read_bytes())
        with no_room(), pytest.raises(FolderError) as caught:
            Folder.open(left)
        assert caught.value.mend == "make room on the disk, and see that the folder may be written."
        assert Folder.open(left).catalog.about == {"command": "told"}
    other.close()


def test_what_a_change_wrote_is_removed_where_the_catalogue_cannot_be_read_afterwards(
    run: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, folder = files(run), Folder.open(run)

    def unreadable(_: Path) -> None:
        raise FolderError("the catalogue cannot be read.", where=str(run), mend="make room on the disk.")

    def fill() -> None:
        with folder.change() as change:
            change.put("pairs", numbered(2))
            monkeypatch.setattr(catalog, "read", unreadable)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(FolderError, match="No space left"):
        fill()
    assert files(run) == before


def test_what_a_killed_writer_left_is_removed_before_anything_is_written(run: Path) -> None:
    before, folder = files(run), Folder.open(run)
    for left in ("pairs/2.parquet", "postings/2.arrow.tmp"):
        (run / "tables" / left).parent.mkdir(exist_ok=True)
        (run / "tables" / left).write_bytes(b"rubbish")
    with folder.change():
        assert files(run).keys() == before.keys()


def test_a_newer_format_is_refused_with_the_mend_and_not_touched(run: Path) -> None:
    database = sqlite3.connect(run / "catalog.sqlite")
    database.execute(f"PRAGMA user_version = {FORMAT + 1}")
    database.close()
    before = files(run)
    for use in (Folder.open, Folder.create):
        with pytest.raises(FormatError, match=f"has format {FORMAT + 1}") as caught:
            use(run)
        assert caught.value.mend == "upgrade: pip install --upgrade stemmata."
    assert files(run) == before


def test_what_is_not_a_stemmata_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("a letter")
    (tmp_path / "other").mkdir()
    database = sqlite3.connect(tmp_path / "other" / "catalog.sqlite")
    database.execute("CREATE TABLE maps (sheet TEXT)")
    database.close()
    for name, error, what in (
        ("empty", FormatError, "not a stemmata folder"),
        ("other", FormatError, "catalog.sqlite is not stemmata's"),
        ("file", FolderError, "there is no folder"),
        ("absent", FolderError, "there is no folder"),
    ):
        with pytest.raises(error, match=what) as caught:
            Folder.open(tmp_path / name)
        assert caught.value.where == str(tmp_path / name)
        assert caught.value.mend


def test_a_folder_with_files_of_others_is_refused_and_not_touched(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_bytes(b"PK")
    with pytest.raises(FormatError, match=r"holds other files \(thesis.docx\)") as caught:
        Folder.create(tmp_path)
    assert caught.value.mend == "choose a new or an empty folder."
    assert files(tmp_path) == {"thesis.docx": b"PK"}


def test_a_folder_cannot_be_made_where_a_file_is(tmp_path: Path) -> None:
    (tmp_path / "run").write_text("a letter")
    with pytest.raises(FolderError, match="cannot be written"):
        Folder.create(tmp_path / "run")


def test_a_truncated_catalogue_is_named_with_the_mend(run: Path) -> None:
    file = run / "catalog.sqlite"
    whole = file.read_bytes()
    for size in [0, 1, 50, 99, 100, 101, 4095, *range(4096, len(whole), 4096), len(whole) - 1]:
        file.write_bytes(whole[:size])
        with pytest.raises(FolderError, match=r"the catalogue (is cut short|cannot be read)") as caught:
            Folder.open(run)
        assert caught.value.where == str(file)
        assert "from a copy" in caught.value.mend


def test_a_missing_table_file_is_named_and_the_others_are_read(run: Path) -> None:
    missing = run / "tables" / "pairs" / "1.parquet"
    missing.unlink()
    folder = Folder.open(run)
    assert folder.read("documents").equals(LETTERS)
    for use in (folder.read, folder.dataset):
        with pytest.raises(FolderError, match="the file is missing") as caught:
            use("pairs")
        assert caught.value.where == str(missing)
        assert "from a copy" in caught.value.mend
    with pytest.raises(FolderError, match="1 of 2 files") as caught:
        folder.check()
    assert caught.value.where == f"{missing}: the file is missing."


def test_a_flipped_byte_anywhere_in_a_table_is_found(run: Path) -> None:
    file = run / "tables" / "pairs" / "1.parquet"
    whole = file.read_bytes()
    for place in range(len(whole)):
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 0x10]) + whole[place + 1 :])
        folder = Folder.open(run)
        with pytest.raises(FolderError, match="the file is damaged") as caught:
            folder.read("pairs")
        assert caught.value.where == str(file)
        with pytest.raises(FolderError, match="1 of 2 files cannot be used") as caught:
            folder.check()
        assert str(file) in caught.value.where


def test_a_flipped_byte_in_the_pages_stops_a_dataset(run: Path) -> None:
    folder = Folder.open(run)
    folder.write({"fingerprints": pa.table({"hash": [n * n for n in range(10_000)]})})
    file = run / "tables" / "fingerprints" / "2.parquet"
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    with pytest.raises(OSError, match="CRC"):
        folder.dataset("fingerprints").to_table()


def test_a_row_count_that_the_file_does_not_have_is_found(run: Path) -> None:
    database = sqlite3.connect(run / "catalog.sqlite")
    with database:
        database.execute("UPDATE tables SET rows = 3 WHERE name = 'pairs'")
    database.close()
    with pytest.raises(FolderError, match="1 of 2 files"):
        Folder.open(run).check()


@pytest.mark.parametrize("change", ["name = '../../pairs'", "generation = '../1'", "name = 'a b'"])
def test_a_catalogue_cannot_point_out_of_its_folder(run: Path, change: str) -> None:
    """A folder may come from someone else; its catalogue is not trusted with paths."""
    database = sqlite3.connect(run / "catalog.sqlite")
    with database:
        database.execute(f"UPDATE tables SET {change} WHERE name = 'pairs'")
    database.close()
    with pytest.raises(FolderError, match="the catalogue cannot be read"):
        Folder.open(run)


def test_names_and_facts_that_cannot_be_written_are_refused_before_anything_is(run: Path) -> None:
    folder = Folder.open(run)
    before = files(run)
    with pytest.raises(SchemaError, match="cannot be the name of a table"):
        folder.write({"../pairs": numbered(2)})
    with pytest.raises(SchemaError, match="not JSON serializable") as caught:
        folder.write({"pairs": numbered(2)}, about={"options": {"cap": {1, 2}}})
    assert caught.value.mend
    assert files(run) == before


def test_a_folder_may_have_any_name(tmp_path: Path) -> None:
    path = tmp_path / "50% ?#&=;' 实验 run"
    Folder.create(path).write({"pairs": numbered(1)})
    assert Folder.open(str(path)).read("pairs").equals(numbered(1))


@pytest.fixture
def shared() -> Iterator[Path]:
    """A place that every user of the machine may enter."""
    with tempfile.TemporaryDirectory() as place:
        os.chmod(place, 0o755)
        yield Path(place)


@posix
def test_a_folder_that_must_not_be_written_is_read_all_the_same(shared: Path) -> None:
    """In a process that has no right to write there: reading works, writing says what to do."""
    program = """
import os, sys, pyarrow as pa, pyarrow.dataset, pyarrow.parquet
from stemmata.errors import FolderError
from stemmata.folder import Folder
from stemmata.locks import locked
if os.getuid() == 0:
    os.setuid(65534)
folder = Folder.open(sys.argv[1])
folder.check()
print(folder.read("pairs")["n"].to_pylist())
try:
    folder.write({"pairs": pa.table({"n": [2]})})
except FolderError as error:
    print(error.what, error.mend)
"""
    run = shared / "run"
    Folder.create(run).write({"pairs": numbered(1)})
    run.chmod(0o555)
    (run / "catalog.lock").chmod(0o444)
    before = files(run)
    done = subprocess.run([sys.executable, "-c", program, str(run)], capture_output=True, text=True, timeout=60)
    run.chmod(0o755)
    assert done.stdout.startswith("[1, 1]\n"), done.stderr
    assert "cannot be written" in done.stdout
    assert "in which you may write" in done.stdout
    assert files(run) == before


def test_a_place_is_checked_before_a_run_is_spent_on_it(run: Path, tmp_path: Path) -> None:
    """A new, an empty and our own folder will do; none is made by asking, and nothing in it touched."""
    (tmp_path / "empty").mkdir()
    before = files(tmp_path)
    for place in (run, tmp_path / "empty", tmp_path / "new", tmp_path / "far" / "down" / "new"):
        Folder.check_place(place)
    assert files(tmp_path) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty", "run"]


def test_a_place_where_no_folder_can_be_made_is_refused(run: Path, tmp_path: Path) -> None:
    """Files of others, a file where a folder should be, a link that leads nowhere, a damaged catalogue."""
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "a.txt").write_text("Dear editor,", "utf-8")
    with pytest.raises(FormatError, match=r"other files \(a\.txt\)"):
        Folder.check_place(tmp_path / "letters")
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    for place in ("letters/a.txt", "letters/a.txt/run", "dangling"):
        with pytest.raises(FolderError, match="Not a directory") as refused:
            Folder.check_place(tmp_path / place)
        assert refused.value.where == str(tmp_path / place)
    (run / "catalog.sqlite").write_bytes(b"")
    with pytest.raises(FolderError, match="cut short"):
        Folder.check_place(run)


@posix
@pytest.mark.skipif(os.name == "posix" and os.geteuid() == 0, reason="root may write anywhere")
def test_a_place_that_must_not_be_written_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(FolderError, match="Permission denied"):
        Folder.check_place(tmp_path / "run")
    tmp_path.chmod(0o700)
