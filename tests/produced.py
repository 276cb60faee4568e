"""A small file of each format, made by a program that people use; ``fixtures/README.md`` says how."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

FIXTURES = Path(__file__).parent / "fixtures"
WEIR = "The weir gave way on Sunday night, after three days of rain"
BATHS = "В четверг совет решил закрыть городские бани"
FERRY = "crossed the\nriver eleven times on the day"
NINETY = "Ferry service ends after ninety years"


class Produced(NamedTuple):
    """A file, and what it holds.

    Parameters
    ----------
    file : str
        In ``fixtures``.
    format : str
        As the table in ``docs/formats.md`` calls it.
    producer : str
        The program that made it.
    holds : tuple of str
        Passages that stand in its texts.
    documents : int
        How many it has.
    title : str, optional
        Of one of them.
    """

    file: str
    format: str
    producer: str
    holds: tuple[str, ...]
    documents: int = 1
    title: str | None = None


TITLE = "The weir at Harrow"
PRODUCED = (
    Produced("packed/weir.txt", "plain text", "printf", (WEIR,)),
    Produced("markdown/weir.md", "Markdown", "pandoc", ("gave way on Sunday night",), 1, "The weir at Harrow Mill"),
    Produced("html/pandoc.html", "HTML", "pandoc", (WEIR, BATHS), 1, TITLE),
    Produced("html/hugo.html", "HTML", "Hugo", (WEIR,), 1, TITLE),
    Produced("pdf/chromium.pdf", "PDF", "Chromium", (NINETY,)),
    Produced("pdf/libreoffice.pdf", "PDF", "LibreOffice", (NINETY,)),
    Produced("pdf/pdftex.pdf", "PDF", "pdfTeX", (NINETY,)),
    Produced("pdf/weasyprint.pdf", "PDF", "WeasyPrint", (NINETY,)),
    Produced("pdf/ghostscript.pdf", "PDF", "Ghostscript", (NINETY,)),
    Produced("office/libreoffice.docx", "DOCX", "LibreOffice", (WEIR, BATHS), 1, TITLE),
    Produced("office/pandoc.docx", "DOCX", "pandoc", (WEIR, BATHS), 1, TITLE),
    Produced("office/libreoffice.odt", "ODT", "LibreOffice", (WEIR, BATHS), 1, TITLE),
    Produced("office/pandoc.odt", "ODT", "pandoc", (WEIR, BATHS), 1, TITLE),
    Produced("office/pandoc2.epub", "EPUB", "pandoc", (WEIR, BATHS), 1, TITLE),
    Produced("office/pandoc3.epub", "EPUB", "pandoc", (WEIR, BATHS), 1, TITLE),
    Produced("tei/pandoc.xml", "TEI P5", "pandoc", (WEIR, BATHS), 1, TITLE),
    Produced("alto/ferry.xml", "ALTO", "Tesseract", (FERRY,)),
    Produced("hocr/ferry.hocr", "hOCR", "Tesseract", (FERRY,)),
    Produced("page/ocrd.xml", "PAGE XML", "OCR-D", ("The weir gave way on Sunday night",)),
    Produced("mail/mutt.eml", "mail (RFC 5322)", "Mutt", (WEIR,), 1, TITLE),
    Produced("mail/mutt.mbox", "mbox", "Mutt", (WEIR, BATHS), 2, TITLE),
    Produced("feeds/hugo.xml", "RSS", "Hugo", (WEIR, BATHS), 2, TITLE),
    Produced("feeds/feedgen.atom", "Atom", "feedgen", (WEIR, BATHS), 2, TITLE),
    Produced("wiki/mediawiki.xml", "MediaWiki", "MediaWiki", ("The weir at the old mill gave way",), 3, "Weir"),
    Produced("warc/wget.warc.gz", "WARC", "Wget", (WEIR, BATHS), 4, TITLE),
    Produced("warc/courier.warc.gz", "WARC", "warcio", ("The council met on Thursday evening",), 4),
    Produced("warc/courier.warc.wet.gz", "WET", "warcio", ("The council met on Thursday evening",), 3),
    Produced("warc/warc3.arc.gz", "ARC", "warc3", (WEIR, BATHS), 2, TITLE),
    Produced("tables/duckdb.jsonl", "JSON Lines", "DuckDB", (WEIR, BATHS), 2, TITLE),
    Produced("tables/duckdb.json", "JSON", "DuckDB", (WEIR, BATHS), 2, TITLE),
    Produced("tables/duckdb.csv", "CSV", "DuckDB", (WEIR, BATHS), 2, TITLE),
    Produced("tables/duckdb.tsv", "TSV", "DuckDB", (WEIR, BATHS), 2, TITLE),
    Produced("tables/duckdb.parquet", "Parquet", "DuckDB", (WEIR, BATHS), 2, TITLE),
    Produced("tables/polars.arrow", "Arrow", "Polars", (WEIR, BATHS), 2, TITLE),
    Produced("packed/infozip.zip", "zip", "Info-ZIP", (WEIR, BATHS), 2),
    Produced("packed/gnu.tar.gz", "tar", "GNU tar", (WEIR, BATHS), 2),
    Produced("packed/weir.txt.gz", "gzip", "gzip", (WEIR,)),
    Produced("packed/weir.txt.bz2", "bzip2", "bzip2", (WEIR,)),
    Produced("packed/weir.txt.xz", "xz", "XZ Utils", (WEIR,)),
    Produced("packed/weir.txt.zst", "zstd", "zstd", (WEIR,)),
)
