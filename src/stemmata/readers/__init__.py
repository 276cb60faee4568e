"""The formats that documents come in, and how each is recognised and read.

A reader is a plain function: the bytes of a file in, rows in the schema ``columns.ROWS`` out. What it leaves
out travels with the rows as remarks; of a skipped row, ``uri`` is ``#`` and the row's number. A file that
it cannot read at all is a ``SourceError``. Archives, which hold files of any format, and compressed files of any
format are unpacked in :mod:`stemmata.readers.contents`; documents that are archives of their parts are formats here.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass

import pyarrow as pa

from stemmata.readers import unread
from stemmata.readers.alto import looks_like_alto, read_alto
from stemmata.readers.delimited import read_delimited
from stemmata.readers.docx import looks_like_docx, read_docx
from stemmata.readers.either import MARKDOWN, TEXTS, read_either, read_either_markdown
from stemmata.readers.epub import looks_like_epub, read_epub
from stemmata.readers.feeds import looks_like_atom, looks_like_rss, read_feed
from stemmata.readers.hocr import looks_like_hocr, read_hocr
from stemmata.readers.html import looks_like_html, read_html
from stemmata.readers.ipc import looks_like_arrow, read_arrow
from stemmata.readers.jsonarray import looks_like_json, read_json
from stemmata.readers.jsonlines import looks_like_json_lines, read_json_lines
from stemmata.readers.mail import looks_like_mail, looks_like_mbox, read_mail, read_mbox
from stemmata.readers.markdown import read_markdown
from stemmata.readers.odt import MANIFEST, looks_like_odt, read_odt
from stemmata.readers.packages import holds
from stemmata.readers.packed import bare
from stemmata.readers.pagexml import looks_like_page, read_page
from stemmata.readers.parquet import looks_like_parquet, read_parquet
from stemmata.readers.pdf import looks_like_pdf, read_pdf
from stemmata.readers.plain import read_plain
from stemmata.readers.tei import looks_like_tei, read_tei
from stemmata.readers.wiki import looks_like_wiki, read_wiki

LARGE_BYTES = 1_000_001  # to start a worker takes longer than to read what is smaller
MANY_MARKS = 20_000  # bytes of Markdown, in which marks that are never closed may take long
NEVER = sys.maxsize
OF_PAGES = ("depth", "profile")


@dataclass(frozen=True)
class Format:
    """One format.

    Parameters
    ----------
    media_type : str
        As registered with IANA, where it is.
    read : callable
        From bytes to rows.
    looks : callable, optional
        Whether bytes look like it; without it, only the name can tell.
    suffixes : tuple of str
        How names of such files end, in lower case; asked only where no format is told by the bytes.
    isolated_from : int
        From how many bytes on it is read in a worker process: always (0) where its parser is C code over whatever
        a stranger wrote; else where it may take long or much memory. Its reader is a function of a module.
    bounded : tuple of str
        The fields of :class:`stemmata.readers.limits.Limits` that its reader takes as keywords.
    tabular : bool
        Whether it is a table; its reader then takes the keyword ``about``, for rows about documents.
    packed : bool
        Whether it is a zip archive, told from others by the names of its parts.
    """

    media_type: str
    read: Callable[..., pa.Table]
    looks: Callable[[bytes], bool] | None = None
    suffixes: tuple[str, ...] = ()
    isolated_from: int = LARGE_BYTES
    bounded: tuple[str, ...] = ()
    tabular: bool = False
    packed: bool = False


def _unread(
    media_type: str,
    what: str,
    looks: Callable[[bytes], bool],
    suffixes: tuple[str, ...] = (),
    mend: str = "save its text as .txt and give that.",
    *,
    packed: bool = False,
) -> Format:
    return Format(media_type, unread.refuse(what, mend), looks, suffixes, NEVER, packed=packed)


def _package(media_type: str, read: Callable[..., pa.Table], looks: Callable[[bytes], bool]) -> Format:
    return Format(media_type, read, looks, isolated_from=0, bounded=("depth", "bytes", "ratio", "files"), packed=True)


PLAIN = Format("text/plain", read_plain)
EITHER = Format("text/plain", read_either, tabular=True)
EITHER_MARKDOWN = Format("text/markdown", read_either_markdown, isolated_from=MANY_MARKS, tabular=True)
JSON_LINES = "application/x-ndjson"
JSON = (JSON_LINES, "application/json")

OOXML = "application/vnd.openxmlformats-officedocument."
SHEET, SLIDES = "save its cells as .csv and give that.", "save its text as .txt, or its slides as PDF, and give that."

FORMATS = (  # the first that fits: documents in archives before all, what is marked before what is not, XML by its root
    _package(f"{OOXML}wordprocessingml.document", read_docx, looks_like_docx),
    _package("application/epub+zip", read_epub, looks_like_epub),
    _package("application/vnd.oasis.opendocument.text", read_odt, looks_like_odt),
    _unread(
        f"{OOXML}spreadsheetml.sheet",
        "an Excel workbook",
        holds("xl/workbook.xml", "xl/workbook.bin"),
        mend=SHEET,
        packed=True,
    ),
    _unread(
        f"{OOXML}presentationml.presentation",
        "a PowerPoint presentation",
        holds("ppt/presentation.xml"),
        mend=SLIDES,
        packed=True,
    ),
    _unread(
        "application/vnd.oasis.opendocument",
        "an OpenDocument file other than a text",
        holds(MANIFEST),
        mend="save its text as .txt, or its cells as .csv, and give that.",
        packed=True,
    ),
    _unread(
        "application/vnd.apple.iwork",
        "a document of Pages, Numbers or Keynote",
        holds("Index/Document.iwa"),
        packed=True,
    ),
    Format("application/vnd.apache.parquet", read_parquet, looks_like_parquet, isolated_from=0, tabular=True),
    Format("application/vnd.apache.arrow.file", read_arrow, looks_like_arrow, isolated_from=0, tabular=True),
    _unread("application/x-7z-compressed", "a 7z archive", unread.begins_with(unread.SEVEN), mend=unread.UNPACK),
    _unread("application/vnd.rar", "a RAR archive", unread.begins_with(unread.RAR), mend=unread.UNPACK),
    _unread("application/octet-stream", "compressed", unread.begins_with(*unread.PACKED), mend="unpack it first."),
    _unread(
        "application/vnd.git-lfs",
        "a pointer of Git LFS, not the file itself",
        unread.begins_with(unread.LFS),
        mend="fetch the files of the repository: git lfs pull.",
    ),
    _unread("application/msword", "an old office document", unread.begins_with(*unread.OFFICE)),
    _unread("image/*", "an image", unread.begins_with(*unread.IMAGE), mend="recognise its text (OCR) and give that."),
    Format("text/vnd.hocr+html", read_hocr, looks_like_hocr, (".hocr",), isolated_from=0, bounded=OF_PAGES),
    Format(
        "text/html",
        read_html,
        looks_like_html,
        (".html", ".htm", ".xhtml"),
        isolated_from=0,
        bounded=OF_PAGES,
    ),
    Format("application/tei+xml", read_tei, looks_like_tei, isolated_from=0, bounded=("depth",)),
    Format("application/alto+xml", read_alto, looks_like_alto, isolated_from=0, bounded=("depth",)),
    Format("application/vnd.prima.page+xml", read_page, looks_like_page, isolated_from=0, bounded=("depth",)),
    Format("application/rss+xml", read_feed, looks_like_rss, (".rss",), isolated_from=0, bounded=("depth",)),
    Format("application/atom+xml", read_feed, looks_like_atom, (".atom",), isolated_from=0, bounded=("depth",)),
    Format("application/x-mediawiki+xml", read_wiki, looks_like_wiki, isolated_from=0, bounded=("depth",)),
    _unread(
        "application/mets+xml",
        "METS, a list of files",
        unread.looks_like_mets,
        mend="give the folder of its ALTO files.",
    ),
    _unread("application/xml", "XML", unread.looks_like_xml, (".xml",)),
    Format(JSON_LINES, read_json_lines, looks_like_json_lines, (".jsonl", ".ndjson"), tabular=True),
    Format("application/json", read_json, looks_like_json, (".json",), tabular=True),
    Format("application/pdf", read_pdf, looks_like_pdf, isolated_from=0, bounded=("pages",)),
    Format("application/mbox", read_mbox, looks_like_mbox, (".mbox",), isolated_from=0, bounded=("depth",)),
    Format("message/rfc822", read_mail, looks_like_mail, (".eml",), isolated_from=0, bounded=("depth",)),
    Format("text/markdown", read_markdown, suffixes=MARKDOWN, isolated_from=MANY_MARKS),
    Format("text/csv", read_delimited, suffixes=(".csv",), tabular=True),
    Format("text/tab-separated-values", read_delimited, suffixes=(".tsv", ".tab"), tabular=True),
)


def find_format(data: bytes, name: str) -> Format:
    """Return the format of a file: by its bytes, else by its name, else plain text.

    What a name says of compression is passed over: the bytes are those that were compressed, or never were.
    """
    name = bare(name).lower()
    by_bytes = (one for one in FORMATS if one.looks and one.looks(data))
    by_name = (one for one in FORMATS if name.endswith(one.suffixes))
    kind = next(by_bytes, None) or next(by_name, PLAIN)
    if kind.media_type in JSON and name.endswith((*TEXTS, *MARKDOWN)):
        return EITHER if name.endswith(TEXTS) else EITHER_MARKDOWN
    return kind
