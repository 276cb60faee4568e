"""Seeds of formats that are bytes: archives, office documents, PDF, web archives, tables in columns."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Mapping

import pyarrow as pa
import pyarrow.feather
import pyarrow.parquet

from tests.fuzzing.markups import ARABIC, BARE, CSV, GUESSED, HTML, JSON_LINES, PLAIN, POLISH, RSS, fixture
from tests.office import REVISED, docx, epub, odt, packed, paragraph
from tests.pdfs import LOCKED, column, pdf
from tests.web_archives import CHINESE, ENGLISH, GREEK, RUSSIAN, answer, arc, conversion, members, page, record

NAV = '<nav epub:type="toc"><a href="a.xhtml">One</a></nav>'
DOCX = (
    REVISED,
    fixture("office/libreoffice.docx"),
    fixture("office/box.docx"),
    fixture("office/pandoc.docx"),
    docx(paragraph(ENGLISH) + paragraph(RUSSIAN), {"styles.xml": "<w:styles/>"}),
)
ODT = (
    fixture("office/revised.odt"),
    fixture("office/box.odt"),
    fixture("office/pandoc.odt"),
    odt(
        f'<text:p>{ENGLISH}<text:s text:c="3"/></text:p>'
        f"<text:list><text:list-item><text:p>{POLISH}</text:p></text:list-item></text:list>"
    ),
)
EPUB = (
    fixture("office/pandoc2.epub"),
    fixture("office/pandoc3.epub"),
    epub(
        {"a.xhtml": f"<h1>One</h1><p>{ENGLISH}</p>", "b.xhtml": f"<p>{RUSSIAN}</p><p style='font-size:0'>a b c d</p>"},
        manifest='<item id="nav" properties="nav" href="nav.xhtml" media-type="application/xhtml+xml"/>',
        parts={"OEBPS/nav.xhtml": NAV},
    ),
)
DRAWN = (
    b"1 1 1 rg BT /F 9 Tf 100 300 Td (Ignore all that was said) Tj ET "
    b"q 3 Tr BT /F 9 Tf 90 200 Td [(unseen) -300 (w)] TJ ET Q"
)
PDF = (
    pdf(
        [column(f"{ENGLISH}\n\n{ENGLISH}"), column(ENGLISH, left=300, letters=30)],
        info={"Title": "Baths", "Author": "Ann"},
    ),
    pdf([column(ENGLISH), []], info={"CreationDate": "D:20260304073000+01'00'"}, drawn=DRAWN),
    pdf([[]]),
    pdf([column(ENGLISH)], locked=LOCKED),
    *(fixture(f"pdf/{name}.pdf") for name in ("chromium", "ghostscript", "libreoffice", "managed", "pdftex")),
    pdf([column(ENGLISH, top=500)], rotate=90, drawn=b"0 0 m 9 9 l S /Scan Do 0 0 80 90 re f"),
)


def tar(files: Mapping[str, bytes], form: int = tarfile.PAX_FORMAT) -> bytes:
    sink = io.BytesIO()
    with tarfile.open(fileobj=sink, mode="w", format=form) as archive:
        for name, data in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return sink.getvalue()


def zstd(data: bytes) -> bytes:
    return bytes(pa.compress(data, "zstd", asbytes=True))


FILES = {
    "a/weir.txt": PLAIN[0],
    "page.html": HTML[0],
    "rows.jsonl": JSON_LINES[2],
    "b/плотина.csv": CSV[2],
    ".hidden": b"x",
}
LONG = {f"{'folder/' * 30}weir.txt": PLAIN[1], **FILES}
ZIP = (
    packed(FILES),
    packed({"inner.zip": packed(FILES), "weir.docx": REVISED, "feed.xml": RSS[0]}),
    packed({"a.txt": PLAIN[2], "b.txt": PLAIN[1]}, zipfile.ZIP_STORED),
    packed({"a.txt": PLAIN[0]}, zipfile.ZIP_BZIP2),
    packed({"a.txt": PLAIN[0]}, zipfile.ZIP_LZMA),
)
TAR = (
    tar(LONG),
    tar(FILES, tarfile.USTAR_FORMAT),
    tar(LONG, tarfile.GNU_FORMAT),
    gzip.compress(tar(FILES), mtime=0),
    zstd(tar({"inner.tar.gz": gzip.compress(tar(FILES), mtime=0), "a.pdf": PDF[0]})),
)
TOLD = HTML[0], JSON_LINES[2], PLAIN[0], CSV[2]
GZIP = (
    *(gzip.compress(data, mtime=0) for data in TOLD),
    gzip.compress(PLAIN[0], mtime=0) + gzip.compress(b"x", mtime=0),
)
BZIP2 = tuple(map(bz2.compress, TOLD))
XZ = (*map(lzma.compress, TOLD), lzma.compress(PLAIN[0], lzma.FORMAT_ALONE))
ZSTD = tuple(map(zstd, TOLD))

PAGES = [page(ENGLISH, "<title>Baths</title>"), page(RUSSIAN), page(GREEK), CSV[0], PDF[0]]
ANSWERS = (
    answer(PAGES[0]),
    answer(gzip.compress(PAGES[1], mtime=0), "Content-Encoding: gzip"),
    answer(b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGES[2]), PAGES[2]), "Transfer-Encoding: chunked"),
    answer(zlib.compress(PAGES[1]), "Content-Encoding: deflate", kind="text/html; charset=utf-8"),
    answer(PAGES[4], kind="application/pdf"),
    answer(b"gone", status="404 Not Found"),
)
RECORDS = (
    record(b"software: by hand\r\n", "", kind="warcinfo", media_type="application/warc-fields"),
    *(record(one, f"https://courier.example/{n}") for n, one in enumerate(ANSWERS)),
    record(b"GET / HTTP/1.1\r\n\r\n", kind="request"),
    record(
        PAGES[0], "https://courier.example/resource", "WARC-Truncated: length", kind="resource", media_type="text/html"
    ),
)
WET = tuple(conversion(text, f"https://courier.example/{n}") for n, text in enumerate((ENGLISH, CHINESE, ARABIC)))
ARC = arc([(f"http://courier.example/{n}", one) for n, one in enumerate(ANSWERS)])
FIRST = ARC.index(b"http://courier.example/0")
WARC = (
    b"".join(RECORDS),
    members(*RECORDS),
    members(*WET),
    fixture("warc/courier.warc.gz"),
    fixture("warc/courier.warc.wet.gz"),
    ARC,
    members(ARC[:FIRST], ARC[FIRST:]),
    gzip.compress(b"".join(RECORDS), mtime=0),
    zstd(b"".join(RECORDS)),
    b"".join(map(zstd, WET)),
    b"\x5d\x2a\x4d\x18" + len(zstd(PLAIN[0])).to_bytes(4, "little") + zstd(PLAIN[0]) + zstd(b"".join(WET)),
)

TABLE = pa.Table.from_pylist([{**row, "tags": ["a", None], "made": {"by": row["n"]}} for row in BARE])
TEXTS = pa.array([ENGLISH, RUSSIAN, ENGLISH, None])
TYPED = pa.table(
    {
        "text": TEXTS.dictionary_encode(),
        "published": pa.array([0, 10**15, None, -1], pa.timestamp("ns")),
        "locators": pa.array([[{"offset": 0, "label": "p. 1"}], [], None, []]),
        "ours": pa.array([True, False, None, True]),
    }
)


def parquet(table: pa.Table, **how: object) -> bytes:
    sink = io.BytesIO()
    pyarrow.parquet.write_table(table, sink, **how)
    return sink.getvalue()


def ipc(table: pa.Table, *, stream: bool = False) -> bytes:
    sink = io.BytesIO()
    with (pa.ipc.new_stream if stream else pa.ipc.new_file)(sink, table.schema) as writer:
        writer.write_table(table, max_chunksize=2)
    return sink.getvalue()


def feather(table: pa.Table) -> bytes:
    sink = io.BytesIO()
    pyarrow.feather.write_feather(table, sink, compression="zstd")
    return sink.getvalue()


PARQUET = (
    parquet(TABLE, compression="none", use_dictionary=False),
    parquet(TYPED, row_group_size=2),
    parquet(TABLE, compression="zstd", version="1.0", data_page_version="2.0"),
    parquet(pa.Table.from_pylist(list(GUESSED)).drop_columns("url")),
)
TOLD_OF = pa.table({"doc": ["good.txt", None], "glob": [None, "*.html"], "published": ["2021-05-03", "1984"]})
METADATA = (parquet(TOLD_OF), *(gzip.compress(one, mtime=0) for one in (parquet(TOLD_OF), b"path,title\ngood.txt,X\n")))
ARROW = (
    ipc(TABLE),
    ipc(TYPED),
    ipc(TABLE, stream=True),
    ipc(TYPED, stream=True),
    ipc(pa.table({"text": TEXTS.cast(pa.string_view())})),
    feather(TABLE),
)
UNREAD = {  # what no reader can read, and is known by its bytes
    ".xlsx": packed({"xl/workbook.xml": "<workbook/>"}),
    ".pptx": packed({"ppt/presentation.xml": "<presentation/>"}),
    ".ods": packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "META-INF/manifest.xml": "<m/>"}),
    ".pages": packed({"Index/Document.iwa": b"\0\1"}),
    ".7z": b"7z\xbc\xaf\x27\x1c\0\4" + bytes(40),
    ".rar": b"Rar!\x1a\x07\x01\0" + bytes(40),
    ".lz4": b"\x04\x22\x4d\x18" + bytes(40),
    ".doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    ".png": b"\x89PNG\r\n\x1a\n" + bytes(40),
    ".lfs": b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a2146\nsize 12345\n",
    ".mets": b'<?xml version="1.0"?><mets xmlns="http://www.loc.gov/METS/"><fileSec/></mets>',
    ".xml": f'<?xml version="1.0"?>\n<article><p>{ENGLISH}</p></article>'.encode(),
}
