"""Sources at addresses: listed, fetched when they are read, and gone after; told without what is secret in them."""

from __future__ import annotations

import itertools
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from base64 import b64decode
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import pyarrow as pa
import pytest

import stemmata as st
from stemmata import catalog, schemas
from stemmata.documents import DocumentOptions, read_arrivals, read_placed_documents
from stemmata.engines import LocalEngine
from stemmata.errors import ClashError, MissingSource, OptionError, SourceError
from stemmata.readers import fetching, lines, pieces
from stemmata.readers.walking import find_files
from tests.articles import FERRY, FERRY_SPUN, ORCHARD
from tests.conftest import Run
from tests.test_readers_pieces import FORMS, records

fsspec = pytest.importorskip("fsspec", reason="fsspec, which the extra [remote] brings, is not installed")

DATASETS = Path(__file__).parent / "fixtures" / "datasets"
PILE = {"ferry.txt": FERRY, "far/spun.txt": FERRY_SPUN, "far/off/orchard.md": ORCHARD}
AGAIN = "files to which several of the sources lead, read once"


class Store:
    """Files in memory, which fsspec opens as ``memory://``, and how often each was opened."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.system = fsspec.filesystem("memory")
        self.opened: Counter[str] = Counter()
        asked = type(self.system)._open

        def count(system: Any, path: str, *given: Any, **more: Any) -> Any:
            self.opened[path] += 1
            return asked(system, path, *given, **more)

        monkeypatch.setattr(type(self.system), "_open", count)

    def put(self, files: dict[str, bytes], folder: str = "pile") -> None:
        for name, data in files.items():
            self.system.pipe(f"/{folder}/{name}", data)
        self.opened.clear()


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    store = Store(monkeypatch)
    store.put({name: text.encode() for name, text in PILE.items()})
    yield store
    store.system.store.clear()
    store.system.pseudo_dirs[:] = [""]


@pytest.fixture(autouse=True)
def rooms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where files are fetched into; nothing is left there after any test."""
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    monkeypatch.chdir(tmp_path)
    yield place
    assert not [*place.glob("stemmata-*")]


def read(*sources: str | Path, engine: LocalEngine | None = None, **options: Any) -> pa.Table:
    return read_placed_documents(sources, options=DocumentOptions(**{"language": "en", **options}), engine=engine)


def docs(*sources: str) -> list[str]:
    return list(map(str, read(*sources)["doc"].to_pylist()))


def told(table: pa.Table, side: str = "skipped") -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = schemas.remarks([table], side).to_pylist()
    return rows


def lay(folder: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


# What an address stands for


def test_a_folder_at_an_address_is_its_files(store: Store) -> None:
    """Called by their paths in it; their place is the address."""
    rows = read("memory://pile")
    assert rows["doc"].to_pylist() == ["far/off/orchard.md", "far/spun.txt", "ferry.txt"]
    assert rows["text"].to_pylist()[1:] == [FERRY_SPUN, FERRY]
    places = [f"memory://pile/{doc}" for doc in rows["doc"].to_pylist()]
    assert rows["uri"].to_pylist() == places
    assert rows["path"].to_pylist() == [place.encode() for place in places]
    assert dict(store.opened) == {f"/pile/{name}": 1 for name in PILE}


def test_so_are_a_file_and_a_pattern(store: Store) -> None:
    assert docs("memory://pile/far/spun.txt") == ["spun.txt"]
    assert docs("memory://pile/*.txt") == ["ferry.txt"]
    assert docs("memory://pile/**/*.txt") == ["far/spun.txt", "ferry.txt"]
    assert docs("memory://pile/f*") == ["far/off/orchard.md", "far/spun.txt", "ferry.txt"]
    store.put({"[1].txt": b"One note, on the weir."}, "notes")
    assert docs("memory://notes/[1].txt") == ["[1].txt"]


def test_a_file_to_which_several_sources_lead_is_read_once(store: Store) -> None:
    rows = read("memory://pile/ferry.txt", "memory://pile", "memory://pile/f*")
    assert rows["doc"].to_pylist() == ["far/off/orchard.md", "far/spun.txt", "ferry.txt"]
    assert {row["what"]: row["count"] for row in told(rows, "notes")}[AGAIN] == 3
    assert set(store.opened.values()) == {1}


def test_hidden_files_and_earlier_runs_are_left_out_and_counted(store: Store) -> None:
    store.put({".git/config": b"x", "run/report.html": b"<html>", f"run/{catalog.FILE}": b"SQLite"})
    rows = read("memory://pile")
    assert rows.num_rows == 3
    assert {row["what"]: row["count"] for row in told(rows, "notes")} == {
        "files and folders that are hidden, left out": 1,
        "folders of earlier runs, left out": 1,
    }


@pytest.mark.parametrize("address", ["memory://nowhere", "memory://pile/*.pdf", "memory://pile/far/none.txt"])
def test_an_address_that_leads_nowhere_is_missing(address: str, store: Store) -> None:
    with pytest.raises(MissingSource) as error:
        read(address)
    assert error.value.where == address
    assert not store.opened


def test_all_of_a_store_is_a_folder_too(store: Store) -> None:  # noqa: ARG001
    assert docs("memory://") == ["pile/far/off/orchard.md", "pile/far/spun.txt", "pile/ferry.txt"]
    assert docs("memory://p*/*.txt") == ["pile/ferry.txt"]


def test_a_folder_may_be_written_in_two_ways(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the hub has short names for its branches: what is listed is called by the long ones."""
    folder, files_there = store.system.info("/pile"), store.system.find("/pile", detail=True)
    monkeypatch.setattr(store.system, "info", lambda _: folder)
    monkeypatch.setattr(store.system, "find", lambda _, **__: files_there)
    files = find_files({0: "memory://short"})
    assert files["name"].to_pylist() == ["far/off/orchard.md", "far/spun.txt", "ferry.txt"]
    assert files["address"].to_pylist()[2] == "memory://short/ferry.txt"


def test_an_address_is_given_once(store: Store) -> None:  # noqa: ARG001
    with pytest.raises(ClashError, match="an address is given twice"):
        read("memory://pile", "memory://pile")


@pytest.mark.parametrize("folder", ["saved", "repository"])
def test_a_data_set_at_an_address_is_its_data(folder: str, store: Store) -> None:
    files = {str(file.relative_to(DATASETS)): file.read_bytes() for file in (DATASETS / folder).rglob("*.*")}
    store.put(files, "sets")
    here, there = read(DATASETS / folder), read(f"memory://sets/{folder}")
    assert there.num_rows == 6
    assert there.select(["doc", "text", "title"]) == here.select(["doc", "text", "title"])
    assert told(there, "notes") == told(here, "notes")


def test_no_address_in_a_document_or_a_card_is_followed(store: Store) -> None:
    card = b"---\nconfigs:\n- data_files: memory://pile/ferry.txt\n---\n"
    rows = b'{"text": "See memory://pile/ferry.txt", "path": "memory://pile/ferry.txt"}\n'
    store.put({"README.md": card, "a.jsonl": rows, "b.html": b'<a href="memory://pile/ferry.txt">See</a>'}, "set")
    read("memory://set")
    assert set(store.opened) == {"/set/README.md", "/set/a.jsonl", "/set/b.html"}


# What is fetched


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("engine", [LocalEngine(workers=1), LocalEngine(workers=3, memory=10_000)])
def test_a_large_table_has_the_rows_that_it_has_here(
    name: str, engine: LocalEngine, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fetched once, however many pieces it is read in, and far over the limit for files of other kinds."""
    for module in (lines, pieces):
        monkeypatch.setattr(module, "BLOCK_BYTES", 1_000)
    files = {name: FORMS[name](records(100)), "note.txt": FERRY[:400].encode()}
    store.put(files, "tables")
    here = read(lay(tmp_path / "tables", files), limit_bytes=500)
    there = read("memory://tables", engine=engine, limit_bytes=500)
    columns = ["doc", "text", "row", "member", "sha256"]
    assert there.num_rows == 100
    assert there.select(columns) == here.select(columns)
    assert told(there) == told(here) == []


def test_what_is_read_whole_and_is_too_large_is_not_fetched(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(address: str, *_: object) -> AbstractContextManager[str]:
        raise AssertionError(address)

    monkeypatch.setattr(fetching, "fetched", refuse)
    rows = read("memory://pile/ferry.txt", limit_bytes=200)
    assert not rows.num_rows
    [row] = told(rows)
    assert row["uri"] == "memory://pile/ferry.txt"
    assert f"it has {len(FERRY.encode()):,} bytes, and the limit is 200." == row["reason"]
    assert store.opened


def test_what_there_is_no_room_for_is_not_fetched(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=10))
    [*rows] = told(read("memory://pile"))
    assert len(rows) == 3
    assert all("has room for 10." in row["reason"] and "TMPDIR" in row["mend"] for row in rows)
    assert not store.opened


def test_no_more_files_lie_here_than_threads_read(store: Store, rooms: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store.put({f"{number}.txt": FERRY.encode() for number in range(20)})
    most, fetch = 0, fetching._fetch

    def watched(*given: Any) -> None:
        nonlocal most
        fetch(*given)
        most = max(most, len([*rooms.glob("stemmata-*")]))

    monkeypatch.setattr(fetching, "_fetch", watched)
    assert read("memory://pile", engine=LocalEngine(workers=2)).num_rows == 23
    assert 1 <= most <= 2


@pytest.mark.skipif(os.name != "posix", reason="sends the signals of a terminal and of a batch system")
@pytest.mark.parametrize(("ends", "status"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGHUP", 129)])
def test_nothing_lies_here_once_the_program_is_ended_while_it_fetches(
    ends: str, status: int, rooms: Path, tmp_path: Path
) -> None:
    program = """
import io, signal, sys, time, fsspec
from stemmata.__main__ import main
from stemmata.readers import fetching
for name in ("SIGTERM", "SIGHUP"):
    signal.signal(getattr(signal, name), signal.SIG_DFL)  # whoever started the tests may have them ignored
class Slow(io.BytesIO):
    def read(self, size):
        print("begun", flush=True)
        time.sleep(600)
fetching._reading = lambda *_: Slow()
fsspec.filesystem("memory").pipe("/pile/ferry.txt", b"The ferry sails at noon.")
main(["trace", "memory://pile", "-o", sys.argv[1]])
"""
    command = [sys.executable, "-c", program, str(tmp_path / "run")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, env={**os.environ, "TMPDIR": str(rooms)})
    assert process.stdout is not None
    assert process.stdout.readline() == b"begun\n"
    assert [*rooms.glob("stemmata-*")]
    process.send_signal(getattr(signal, ends))
    process.communicate(timeout=60)
    assert process.returncode == status
    assert not [*rooms.iterdir()]


def test_what_comes_too_slowly_is_given_up(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001
    hours = itertools.count(step=3_600)
    monkeypatch.setattr(fetching, "monotonic", lambda: next(hours))
    [row] = told(read("memory://pile/ferry.txt"))
    assert "it comes too slowly" in row["reason"]


def test_what_vanishes_before_it_is_fetched_is_skipped(store: Store) -> None:
    files = find_files({0: "memory://pile"})
    store.system.rm("/pile/ferry.txt")
    rows = read_arrivals("memory://pile", only=files)
    assert rows["doc"].to_pylist() == ["far/off/orchard.md", "far/spun.txt"]
    assert told(rows) == [
        {"uri": "memory://pile/ferry.txt", "reason": "it is not there any more.", "mend": "run again."}
    ]


def test_a_damaged_file_is_skipped_by_its_address(store: Store) -> None:
    store.put({"a.parquet": b"PAR1\x15" + bytes(3_000_000), "b.docx": b"PK\3\4" + bytes(100)}, "damaged")
    assert {row["uri"] for row in told(read("memory://damaged"))} == {
        "memory://damaged/a.parquet",
        "memory://damaged/b.docx",
    }


# What is not installed, and what is no address


def test_without_fsspec_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    with pytest.raises(SourceError, match="needs fsspec") as error:
        read("s3://bucket/a.txt")
    assert "pip install 'stemmata[remote]'" in error.value.mend


def test_a_package_that_a_kind_of_address_needs_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "s3fs", None)
    with pytest.raises(SourceError, match="s3:// need s3fs") as error:
        read("s3://key:hunter2@bucket/a.txt")
    assert error.value.mend == "pip install s3fs"
    assert "hunter2" not in str(error.value)


@pytest.mark.parametrize(
    "address", ["zip://a.txt::memory://pile/a.zip", "file:///a.txt", "nothing://a", "http://[::1]/a"]
)
def test_other_addresses_are_refused(address: str) -> None:
    with pytest.raises(SourceError) as error:
        read(address)
    assert error.value.mend


def test_a_server_that_is_asked_before_anything_is_listed_may_be_away(store: Store) -> None:  # noqa: ARG001
    """FTP logs in when its address is opened: that it cannot is told of this address, and ends no run."""
    rows = read("ftp://ada:hunter2@127.0.0.1:9/a.txt", "memory://pile/ferry.txt")
    assert rows["doc"].to_pylist() == ["ferry.txt"]
    (row,) = told(rows)
    assert row["uri"] == "ftp://127.0.0.1:9/a.txt"
    assert row["reason"].startswith("it cannot be fetched")


def test_a_chain_of_addresses_is_refused_without_its_password() -> None:
    with pytest.raises(SourceError, match="such an address cannot be a source") as error:
        read("simplecache::ftp://ada:hunter2@127.0.0.1:9/a.txt")
    assert "hunter2" not in str(error.value)


# The web


class Web(BaseHTTPRequestHandler):
    """Pages, some of them behind a password or a token."""

    def do_GET(self) -> None:
        path = urlsplit(self.path)
        answers: dict[str, Callable[[], tuple[int, bytes]]] = {
            "/ferry.txt": lambda: (200, FERRY.encode()),
            "/spun%20copy.txt": lambda: (200, FERRY_SPUN.encode()),
            "/signed.txt": lambda: (200, ORCHARD.encode()) if "token=t0k3n-s3cr3t" in path.query else (403, b""),
            "/page": lambda: (200, f"{ORCHARD} {path.query}".encode()),
            "/broken.txt": lambda: (500, b""),
            "/private.txt": lambda: (200, FERRY_SPUN.encode()) if self.is_known() else (401, b""),
        }
        status, body = answers.get(path.path, lambda: (404, b""))()
        self.send_response(status)
        if "endless" not in path.query:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    do_HEAD = do_GET  # noqa: N815

    def is_known(self) -> bool:
        _, _, known = self.headers.get("Authorization", "").partition(" ")
        return b64decode(known) == b"ada:hunter2-s3cr3t"

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def web() -> Iterator[str]:
    pytest.importorskip("aiohttp", reason="aiohttp, which the extra [remote] brings, is not installed")
    server = ThreadingHTTPServer(("127.0.0.1", 0), Web)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_page_of_the_web_is_a_document(web: str) -> None:
    rows = read(f"http://{web}/ferry.txt", f"http://{web}/spun%20copy.txt")
    assert rows["doc"].to_pylist() == ["ferry.txt", "spun copy.txt"]
    assert rows["text"].to_pylist() == [FERRY, FERRY_SPUN]
    assert rows["uri"].to_pylist() == [f"http://{web}/ferry.txt", f"http://{web}/spun%20copy.txt"]


def test_two_pages_are_compared(web: str, run: Run) -> None:
    status, out, _ = run("compare", f"http://{web}/ferry.txt", f"http://{web}/spun%20copy.txt")
    assert status == 0
    assert "spun" in out


def test_a_page_that_is_not_there_is_missing(web: str) -> None:
    with pytest.raises(MissingSource):
        read(f"http://{web}/none.txt", f"http://{web}/ferry.txt")
    with pytest.raises(MissingSource, match="a source is not there") as error:  # a query is no pattern
        read(f"http://{web}/none.txt?page=2")
    assert "not a folder or a pattern" in error.value.mend


def test_what_may_not_be_read_or_cannot_be_is_skipped_with_the_mend(web: str) -> None:
    refused = [f"http://{web}/signed.txt?token=wr0ng-t0k3n", f"http://{web}/broken.txt", "http://127.0.0.1:9/a.txt"]
    rows = read(f"http://{web}/ferry.txt", *refused)
    assert rows["doc"].to_pylist() == ["ferry.txt"]
    reasons = {row["uri"]: (row["reason"], row["mend"]) for row in told(rows)}
    assert set(reasons) == {f"http://{web}/signed.txt?token=…", f"http://{web}/broken.txt", "http://127.0.0.1:9/a.txt"}
    assert all(mend for _, mend in reasons.values())
    assert "may not be read" in reasons[f"http://{web}/signed.txt?token=…"][0]
    assert "cannot be fetched" in reasons["http://127.0.0.1:9/a.txt"][0]
    assert "wr0ng" not in str(reasons)


def test_of_what_does_not_tell_its_size_no_more_than_the_limit_is_fetched(web: str) -> None:
    assert docs(f"http://{web}/ferry.txt?endless=1") == ["ferry.txt"]
    [row] = told(read(f"http://{web}/ferry.txt?endless=1", limit_bytes=100))
    assert row["reason"] == "it has over 100 bytes, and the limit is 100."


def test_pages_that_differ_in_their_query_are_told_apart(web: str) -> None:
    """By what of it may be told, else by a number."""
    assert docs(f"http://{web}/page?id=1", f"http://{web}/page?id=2") == [
        f"http://{web}/page?id=1",
        f"http://{web}/page?id=2",
    ]
    assert docs(f"http://{web}/page?key=first", f"http://{web}/page?key=other") == ["page", "page (2)"]


def test_no_secret_of_an_address_is_in_anything_that_is_written(web: str, run: Run, tmp_path: Path) -> None:
    """Nor in the tables of a run and its report, a library, a shard, or what is printed."""
    sources = [
        f"http://ada:hunter2-s3cr3t@{web}/private.txt",
        f"http://{web}/signed.txt?token=t0k3n-s3cr3t",
        f"http://{web}/ferry.txt",
        f"http://ada:hunter2-s3cr3t@{web}/broken.txt?token=t0k3n-s3cr3t",
    ]
    said = [run("trace", *sources, "-o", "run"), run("trace", *sources, "--json"), run("add", "library", *sources)]
    said.append(run("fingerprint", *sources, "-o", "shard"))
    said.append(run("find", "library", sources[0]))
    said.append(run("trace", f"http://ada:hunter2-s3cr3t@{web}/none.txt?token=t0k3n-s3cr3t"))
    assert [status for status, *_ in said] == [0, 0, 0, 0, 0, 2]
    told = str(said).encode() + b"".join(file.read_bytes() for file in tmp_path.rglob("*.*") if file.is_file())
    for table in (tmp_path / "run").rglob("*.parquet"):
        told += str(pa.parquet.read_table(table).to_pylist()).encode()
    assert FERRY[:60].encode() in told
    assert f"{web}/private.txt".encode() in told
    assert b"s3cr3t" not in told
    assert b"ada:" not in told


# What is done with them


def test_what_is_to_be_a_file_of_this_machine_is_told_without_them_too(run: Run, tmp_path: Path) -> None:
    (tmp_path / "ferry.txt").write_text(FERRY)
    address = "https://ada:hunter2@a.example/table.csv?token=t0k3n"
    for option in ("--metadata", "--counts"):
        status, out, err = run("trace", tmp_path / "ferry.txt", option, address, "-o", tmp_path / "run")
        assert (status, out) == (2, "")
        assert "https://a.example/table.csv?token=…" in err
        assert "hunter2" not in err
        assert "t0k3n" not in err


def test_a_trace_of_addresses_is_that_of_the_files(store: Store, tmp_path: Path) -> None:
    here = lay(tmp_path / "pile", {name: text.encode() for name, text in PILE.items()})
    there = st.trace("memory://pile")
    assert there.families.num_rows
    assert there.families == st.trace(here).families
    assert set(store.opened.values()) == {1}


def test_a_plan_lists_and_fetches_nothing(store: Store, run: Run, tmp_path: Path) -> None:
    status, out, _ = run("trace", "memory://pile", "--plan")
    size = sum(len(text.encode()) for text in PILE.values())
    assert status == 0
    assert f"To read: 3 files, {size / 1000:.1f} kB; none was fetched to tell more." in out
    (tmp_path / "weir.txt").write_text(ORCHARD, "utf-8")
    status, out, _ = run("trace", "memory://pile", tmp_path / "weir.txt", "--plan")
    assert status == 0
    assert "files at addresses, of which none is fetched for a plan" in " ".join(out.split())
    assert not store.opened


def test_shares_of_addresses_are_fetched_each_by_its_machine(store: Store) -> None:
    store.put({f"{number}.txt": FERRY.encode() + b"%d" % number for number in range(9)})
    for shard in ("1/2", "2/2"):
        st.fingerprint_shard("memory://pile", f"shards/{shard[0]}", shard=shard)
    assert set(store.opened.values()) == {1}
    assert st.join_shards("shards", "joined").counts["documents"] == 12
    with pytest.raises(SourceError, match="this is an address"):
        st.dedup("joined")


def test_a_library_takes_addresses_and_passes_over_what_it_holds(store: Store) -> None:
    library = st.Library("library")
    assert library.add("memory://pile").docs == ["far/off/orchard.md", "far/spun.txt", "ferry.txt"]
    again = library.add("memory://pile")
    assert (again.docs, again.held) == ([], 3)
    store.put({"ferry.txt": FERRY.replace("ferry", "boat").encode()})
    assert library.add("memory://pile").versions == 1
    assert library.find("memory://pile/far/spun.txt").matches.num_rows


def test_evidence_says_that_an_address_is_not_asked_again(store: Store, run: Run) -> None:
    library = st.Library("library")
    library.add("memory://pile")
    store.opened.clear()
    library.evidence("ferry.txt", "far/spun.txt", "pack.zip")
    assert not store.opened
    assert run("verify", "pack.zip")[0] == 0


def test_rows_are_not_taken_out_of_addresses_nor_are_they_watched(store: Store) -> None:
    st.Library("library").add("memory://pile")
    store.opened.clear()
    with pytest.raises(SourceError, match="rows are taken out of files of this machine"):
        st.dedup("memory://pile")
    with pytest.raises(OptionError, match="a folder of this machine is watched"):
        next(iter(st.Library("library").watch("memory://pile")))
    assert not store.opened


def test_protected_texts_may_lie_at_addresses(store: Store, tmp_path: Path) -> None:  # noqa: ARG001
    (tmp_path / "rows.jsonl").write_text(json.dumps({"text": FERRY_SPUN}) + "\n" + json.dumps({"text": ORCHARD}) + "\n")
    assert st.dedup("rows.jsonl", against="memory://pile/ferry.txt").table().num_rows == 1
