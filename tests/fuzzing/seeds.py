"""Small sound files of every format, by what their readers are called here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tests.fuzzing import bundles, markups


class Seed(NamedTuple):
    """A sound file, and how its name ends."""

    suffix: str
    data: bytes


def _all(suffix: str, data: Sequence[bytes]) -> tuple[Seed, ...]:
    return tuple(Seed(suffix, one) for one in data)


ABOUT = "metadata"  # not read as documents, but as what is known of them
SEEDS: dict[str, tuple[Seed, ...]] = {
    "plain": _all(".txt", markups.PLAIN),
    "markdown": _all(".md", markups.MARKDOWN),
    "jsonl": _all(".jsonl", markups.JSON_LINES),
    "json": _all(".json", markups.JSON),
    "either": (*_all(".txt", markups.JSON), *_all(".md", markups.JSON_LINES)),
    "csv": _all(".csv", markups.CSV),
    "tsv": _all(".tsv", markups.TSV),
    ABOUT: _all(".csv", (*markups.METADATA, *bundles.METADATA)),
    "html": _all(".html", markups.HTML),
    "tei": _all(".xml", markups.TEI),
    "alto": _all(".xml", markups.ALTO),
    "page": _all(".xml", markups.PAGE),
    "hocr": _all(".hocr", markups.HOCR),
    "rss": _all(".rss", markups.RSS),
    "atom": _all(".atom", markups.ATOM),
    "wiki": _all(".xml", markups.WIKI),
    "mail": _all(".eml", markups.MAIL),
    "mbox": _all(".mbox", markups.MBOX),
    "pdf": _all(".pdf", bundles.PDF),
    "docx": _all(".docx", bundles.DOCX),
    "odt": _all(".odt", bundles.ODT),
    "epub": _all(".epub", bundles.EPUB),
    "parquet": _all(".parquet", bundles.PARQUET),
    "arrow": _all(".arrow", bundles.ARROW),
    "zip": _all(".zip", bundles.ZIP),
    "tar": _all(".tar", bundles.TAR),
    "gzip": _all(".gz", bundles.GZIP),
    "bzip2": _all(".bz2", bundles.BZIP2),
    "xz": _all(".xz", bundles.XZ),
    "zstd": _all(".zst", bundles.ZSTD),
    "warc": _all(".warc", bundles.WARC),
    "unread": tuple(Seed(suffix, data) for suffix, data in bundles.UNREAD.items()),
}
READERS = tuple(SEEDS)
