"""A folder of good and of broken files: all good ones are read, each broken one is explained, and nothing hangs."""

from __future__ import annotations

import hashlib
import io
import json
import os
import random
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from stemmata import schemas
from stemmata.documents import DocumentOptions, read_documents, read_pair
from stemmata.engines import LocalEngine
from stemmata.errors import SourceError
from stemmata.readers import isolation

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the folder holds a pipe and links")

IN_ENGLISH = DocumentOptions(language="en")
SENTENCES = (
    "The weir at Harrow Mill gave way on Sunday night after three days of rain.",
    "Nobody was hurt, but the towpath will stay closed until the county has looked at the footbridge.",
    "В воскресенье ночью не выдержала плотина у старой мельницы.",
    "انهار السد عند المطحنة القديمة ليلة الأحد بعد ثلاثة أيام من المطر.",
)


def page(text: str) -> str:
    return f"<!doctype html><html lang=en><title>Weir</title><body><article><p>{text}</p></article></body></html>"


def pdf(text: str, pages: int = 1) -> bytes:
    """A PDF with a line for each sentence, once or on several pages."""
    lines = "".join(f"({line}) Tj 0 -16 Td\n" for line in text.split("\n"))
    stream = f"BT /F1 11 Tf 60 720 Td\n{lines}ET".encode("latin-1")
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b"3 0 R " * pages, pages),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    data = b"%PDF-1.4\n"
    starts = []
    for number, body in enumerate(objects, 1):
        starts.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    end = b"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(data)
    return data + b"xref\n0 6\n0000000000 65535 f \n" + table + end


def within(**limits: Any) -> DocumentOptions:
    return DocumentOptions(**{"language": "en", **limits})


def packed(**files: str | bytes) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("_", "."), data)
    return sink.getvalue()


def bombs(width: int, depth: int) -> bytes:
    """Archives of archives of archives …, at the bottom of which lie zeros."""
    data = packed(zeros_txt=bytes(2_000_000))
    for level in range(depth):
        data = packed(**{f"{level}{n}_zip": data + bytes([n]) for n in range(width)})
    return data


NOISE = random.Random(7).randbytes(20_000)
GOOD: dict[str, str | bytes] = {
    "weir.txt": "\n".join(SENTENCES),
    "sub/weir.html": page(" ".join(SENTENCES[:2]) * 3),
    "sub/weir.pdf": pdf("\n".join(SENTENCES[:2])),
    "rows.jsonl": "".join(json.dumps({"text": sentence}) + "\n" for sentence in SENTENCES),
    "good.zip": packed(page_html=page(SENTENCES[1] * 4), text_txt=SENTENCES[2]),
    "folder.txt/inner.txt": SENTENCES[3],
}
READ = {
    *("weir.txt", "sub/weir.html", "sub/weir.pdf", "good.zip/page.html", "good.zip/text.txt", "folder.txt/inner.txt"),
    *(f"rows.jsonl#{n}" for n in (1, 2, 3, 4)),
}
BROKEN: dict[str, tuple[str | bytes, str]] = {
    "cut.pdf": (pdf(SENTENCES[0])[:-200], "it is damaged or cut off"),
    "noise.pdf": (b"%PDF-1.7\n" + NOISE, "it is damaged or cut off"),
    "deep.html": ("<html><body>" + "<div>" * 100_000 + "deep", "nested"),
    "empty.html": ("<html><body></body></html>", "without text"),
    "bomb.zip": (packed(inner_zip=packed(zeros_txt=bytes(10_000_000))), "over 200 times its packed size"),
    "cut.zip": (packed(text_txt=SENTENCES[0])[:-30], "its zip archive is damaged"),
    "word.docx": (packed(**{"word/document_xml": "<w/>"}), "it is a Word document"),
    "noise.bin": (NOISE, "it is binary"),
    "nul.txt": ("The weir\0gave way.", "it is binary"),
    "noise.parquet": (b"PAR1\x15" + NOISE + b"PAR1", "Parquet is damaged"),
    "noise.arrow": (b"ARROW1\0\0" + NOISE + b"ARROW1", "Arrow data is damaged"),
    "deep.json": ('[{"a":' + "[" * 100_000, "nested too deep"),
    "picture.txt": (b"\x89PNG\r\n\x1a\n" + NOISE, "it is an image"),
    "empty.txt": ("", "it is empty"),
    "blank.txt": (" \n\t\n", "white space"),
}


@pytest.fixture(scope="module")
def pile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pile")
    for name, data in {**GOOD, **{name: data for name, (data, _) in BROKEN.items()}}.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
    (folder / "nest.zip").write_bytes(bombs(width=6, depth=5))
    (folder / "sub/loop").symlink_to("..")
    (folder / "circle").symlink_to("circle")
    (folder / "nowhere.txt").symlink_to("gone.txt")
    os.mkfifo(folder / "pipe.txt")
    (folder / ".hidden.txt").write_text(SENTENCES[0])
    if os.geteuid():  # nothing is kept from root
        (folder / "secret.txt").write_text(SENTENCES[0])
        (folder / "secret.txt").chmod(0)
    return folder


def skipped(table: pa.Table) -> dict[str, str]:
    rows = schemas.remarks([table], "skipped").to_pylist()
    assert all(row["reason"] and row["mend"] for row in rows)
    return {row["uri"]: row["reason"] for row in rows}


@pytest.mark.usefixtures("linear")
def test_all_good_files_are_read_and_each_broken_one_is_explained(pile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(pile.parent)
    name = pile.name
    table = read_documents(name, options=IN_ENGLISH)
    assert set(table["doc"].to_pylist()) == READ
    told = skipped(table)
    expected = {file: reason for file, (_, reason) in BROKEN.items()} | {
        "bomb.zip/inner.zip/zeros.txt": "over 200 times its packed size",
        "sub/loop": "it is a link to a folder, which is not followed.",
        "circle": "it is a link that leads back to itself.",
        "nowhere.txt": "it is a link that leads nowhere.",
        "pipe.txt": "it is a device, a pipe or a socket.",
    }
    del expected["bomb.zip"]
    if os.geteuid():
        expected["secret.txt"] = "it cannot be opened: Permission denied."
    for file, reason in expected.items():
        assert reason in told.pop(f"{name}/{file}")
    assert told
    assert all(uri.startswith(f"{name}/nest.zip") for uri in told)
    notes = {row["what"]: row["count"] for row in schemas.remarks([table], "notes").to_pylist()}
    assert notes["files and folders that are hidden, left out"] == 1


@pytest.mark.usefixtures("linear")
def test_thirty_thousand_rows_of_one_id_are_numbered_in_one_pass(tmp_path: Path) -> None:
    """Whether it is the user's own, or an address that a crawler fetched again and again."""
    rows = [f"https://a.example/,The {number}th of many notes on the weir.\n" for number in range(30_000)]
    for column in ("id", "url"):
        (tmp_path / f"{column}.csv").write_text(f"{column},text\n" + "".join(rows))
        docs = read_documents(tmp_path / f"{column}.csv", options=IN_ENGLISH)["doc"].to_pylist()
        stem = "id.csv:https://a.example/" if column == "id" else "https://a.example/"
        assert set(docs) == {stem, *(f"{stem} ({number})" for number in range(2, 30_001))}


def test_texts_and_digests_are_those_of_the_files(pile: Path) -> None:
    rows = {row["doc"]: row for row in read_documents(pile, options=IN_ENGLISH).to_pylist()}
    assert rows["weir.txt"]["text"] == GOOD["weir.txt"]
    assert rows["good.zip/text.txt"]["text"] == SENTENCES[2]
    assert SENTENCES[1] in rows["good.zip/page.html"]["text"]
    assert SENTENCES[0] in rows["sub/weir.pdf"]["text"].replace("\n", " ")
    assert rows["sub/weir.html"]["title"] == "Weir"
    assert rows["sub/weir.pdf"]["locators"] == [{"offset": 0, "label": "p. 1"}]
    for name in ("weir.txt", "sub/weir.pdf", "sub/weir.html"):
        assert rows[name]["sha256"] == hashlib.sha256((pile / name).read_bytes()).hexdigest()


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux says what a process has had")
def test_memory_is_bounded(pile: Path) -> None:
    """What this process has at its fullest, in a process of its own."""
    program = (
        "import sys\n"
        "from stemmata.documents import DocumentOptions, read_documents\n"
        "rows = read_documents(sys.argv[1], options=DocumentOptions(language='en'))\n"
        "said = dict(line.split(':') for line in open('/proc/self/status'))\n"
        "print(rows.num_rows, said['VmHWM'].split()[0])\n"
    )
    paths = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    command = [sys.executable, "-c", program, str(pile)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=paths, timeout=60)
    rows, kilobytes = map(int, done.stdout.split())
    assert rows == len(READ)
    assert kilobytes < 500_000


@pytest.fixture(scope="module")
def sorted_files(pile: Path) -> list[str]:
    return sorted(str(path) for path in pile.iterdir() if not path.name.startswith(("circle", "nowhere", ".")))


@pytest.fixture(scope="module")
def read_in_order(sorted_files: list[str]) -> pa.Table:
    return read_documents(sorted_files, options=IN_ENGLISH)


@pytest.mark.parametrize("engine", [LocalEngine(parts=1, workers=1), LocalEngine(workers=2), LocalEngine(workers=8)])
def test_neither_workers_nor_the_order_of_sources_show(
    sorted_files: list[str], read_in_order: pa.Table, engine: LocalEngine
) -> None:
    shuffled = random.Random(engine.workers).sample(sorted_files, len(sorted_files))
    assert read_documents(shuffled, options=IN_ENGLISH, engine=engine).equals(read_in_order, check_metadata=True)


def test_a_file_that_takes_too_long_is_skipped_and_the_next_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A limit that no reader can keep, once it has to be imported."""
    monkeypatch.chdir(tmp_path)
    while isolation._idle:
        isolation._idle.pop().end()
    Path("a.html").write_text(page(SENTENCES[0] * 20_000))
    Path("b.txt").write_text(SENTENCES[1])
    table = read_documents(["a.html", "b.txt"], options=DocumentOptions(language="en", limit_seconds=0.1))
    assert skipped(table) == {"a.html": "it took over 0.1 seconds to read."}
    assert table["doc"].to_pylist() == ["b.txt"]
    assert read_documents("a.html", options=IN_ENGLISH).num_rows == 1


@pytest.mark.parametrize(
    ("name", "data", "limit", "low", "enough"),
    [
        ("a.txt", SENTENCES[0], "limit_bytes", 20, 200),
        ("a.html", page("<div>" * 50 + SENTENCES[0]), "limit_nesting", 50, 60),
        ("a.pdf", pdf(SENTENCES[0], pages=3), "limit_pages", 2, 3),
        ("a.zip", packed(b_zip=packed(c_txt=SENTENCES[0])), "limit_depth", 0, 1),
        ("a.zip", packed(b_txt=SENTENCES[0] * 20_000), "limit_ratio", 10, 10_000),
        ("a.zip", packed(b_zip=packed(c_txt=SENTENCES[0])), "limit_files", 1, 2),
    ],
)
def test_each_limit_holds_and_can_be_raised(
    name: str, data: str | bytes, limit: str, low: int, enough: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(name, data)
    kept, whole = (read_documents(name, options=within(**{limit: value})) for value in (low, enough))
    assert kept.num_rows == 0
    assert all(uri.startswith(name) for uri in skipped(kept))
    assert whole.num_rows == 1
    assert not skipped(whole)


# What the caller gives: ids over several sources, and pairs


def write(name: str, data: str | bytes) -> str:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return name


def test_ids_are_relative_to_the_source_and_as_given_where_two_are_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("one/a.txt", "one/sub/b.txt", "two/a.txt", "two/c.txt"):
        write(name, f"{SENTENCES[0]} {name}")
    for name in ("x.zip", "y.zip"):
        write(name, packed(a_txt=f"{SENTENCES[0]} {name}", **{f"{name[0]}_txt": f"{SENTENCES[1]} {name}"}))
    write("one/z.zip", packed(c_txt=SENTENCES[1]))
    sources = ["one", "two/*.txt", "x.zip", "y.zip"]
    expected = ["one/a.txt", "sub/b.txt", "two/a.txt", "c.txt", "x.zip/a.txt", "x.txt", "y.zip/a.txt", "y.txt"]
    for order in (sources, sources[::-1]):
        assert read_documents(order, options=IN_ENGLISH)["doc"].to_pylist() == sorted([*expected, "z.zip/c.txt"])


def test_an_id_does_not_depend_on_whether_another_file_can_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write("one/a.txt", SENTENCES[0])
    write("two/a.txt", "")
    assert read_documents(["one", "two"], options=IN_ENGLISH)["doc"].to_pylist() == ["one/a.txt"]


def test_a_pair_may_lie_in_a_folder_and_an_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write("folder/z.txt", SENTENCES[0])
    write("a.zip", packed(b_txt=SENTENCES[1]))
    assert read_pair("folder", "a.zip", options=IN_ENGLISH)[1] == ("z.txt", "b.txt")
    assert read_pair("a.zip", "folder", options=IN_ENGLISH)[1] == ("b.txt", "z.txt")


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: write("folder/b.txt", SENTENCES[1]), "the sources hold 3"),
        (lambda: write("a.txt", ""), "not read: it is empty"),
        (lambda: os.remove("folder/z.txt"), "not read: it has no files"),
    ],
)
def test_a_pair_is_one_document_from_each_source(
    make: Callable[[], object], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write("folder/z.txt", SENTENCES[0])
    write("a.txt", SENTENCES[1])
    make()
    with pytest.raises(SourceError, match=says):
        read_pair("folder", "a.txt", options=IN_ENGLISH)


def test_two_documents_of_one_source_are_no_pair(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write("folder/y.txt", SENTENCES[0])
    write("folder/z.txt", SENTENCES[1])
    write("a.txt", "")
    with pytest.raises(SourceError, match="not read: it is empty"):
        read_pair("folder", "a.txt", options=IN_ENGLISH)
    with pytest.raises(SourceError, match="one of the sources holds both"):
        read_pair("folder/z.txt", "folder", options=IN_ENGLISH)
