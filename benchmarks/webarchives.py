"""How fast web archives and JSON Lines are read, beside what the libraries alone take; and in how much memory.

::

    python -m benchmarks.webarchives                    a .warc.gz of 600 pages and one of 6,000, JSON Lines of 100 MB
    python -m benchmarks.webarchives --pages 100 --megabytes 20

Pages are news of spun-news in HTML with a menu, a column of links and a footer; a tenth of the records is none. Each
figure comes from a process of its own. Beside stemmata, with one worker, stand for archives FastWARC and the extraction
that stemmata uses, in one process: its reader of pages, and trafilatura alone, which tells neither what is hidden nor
dates of four kinds; for JSON Lines, with the language given and with languages to be identified, ``pyarrow.json``. A
share of 1 is as fast. Before JSON Lines are timed, some others are read, so that kernels, the model of languages and
Arrow's code are loaded. Seconds of work are those that processors took, also for worker processes; shares are of these.
Memory is the peak of the process beyond what it holds before it reads and less what its table holds at last; archives
are read with a budget of 200 MB, so that large tables lie on disk. Figures depend on the machine, which must run Linux.
"""

from __future__ import annotations

import argparse
import gzip
import json
import resource
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from html import escape
from pathlib import Path
from threading import Event, Thread

from benchmarks.corpora import spun_rows
from stemmata.documents import DocumentOptions, read_documents
from stemmata.engines import LocalEngine

TIMES = 10  # how much larger the large archive is
BUDGET = "200MB"
LOADING = ".loading.jsonl"  # of lines that are read beforehand
LINKS = "".join(f'<li><a href="/section/{n}">Section number {n}</a></li>' for n in range(40))
TEASERS = "".join(
    f'<div class="teaser"><a href="/story/{n}"><h3>Another story, number {n}</h3></a><p>In short.</p></div>'
    for n in range(20)
)
PAGE = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title} | The Courier</title>'
    '<meta property="og:site_name" content="The Courier"><meta property="article:published_time" content="{date}">'
    "<style>nav {{ float: left }} .teaser {{ display: block }}</style><script>var page = {number};</script></head>"
    '<body><header><nav><ul>{links}</ul></nav></header><main><article><h1>{title}</h1><p class="byline">By Ann Weir</p>'
    "{body}</article></main><aside>{teasers}</aside><footer><p>© The Courier. All rights reserved.</p></footer></html>"
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure in processes of their own and print what they say."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=600)
    parser.add_argument("--megabytes", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--one", nargs=2, metavar=("WHAT", "FILE"), help=argparse.SUPPRESS)
    chosen = parser.parse_args(arguments)
    if chosen.one:
        print(json.dumps(MEASURES[chosen.one[0]](chosen.one[1])))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        small, large, lines = (Path(folder) / name for name in ("small.warc.gz", "large.warc.gz", "rows.jsonl"))
        for path, pages in ((small, chosen.pages), (large, TIMES * chosen.pages)):
            write_archive(path, pages)
            print(f"{path.name}: {pages:,} pages, {path.stat().st_size / 1e6:.1f} MB")
        ours = _report("archive, stemmata", "archive", small, chosen.rounds)
        fast = _report("archive, stemmata, pages fast", "fast", small, chosen.rounds)
        print(f"times as fast as by default: {ours / fast:.1f}")
        for what in ("pages", "trafilatura"):
            theirs = _report(f"archive, FastWARC and {what}", what, small, chosen.rounds)
            print(f"share of the speed of FastWARC and {what}: {theirs / ours:.2f}")
        _report("archive, ten times larger", "archive", large, 1)
        lines.write_bytes(b"".join(_lines(chosen.megabytes)))
        lines.with_suffix(LOADING).write_bytes(b"".join(_lines(3)))
        theirs = _report("JSON Lines, pyarrow.json", "arrow", lines, chosen.rounds)
        for said, what in (("language given", "lines"), ("languages identified", "lines identified")):
            ours = _report(f"JSON Lines, {said}", what, lines, chosen.rounds)
            print(f"share of the speed of pyarrow.json, {said}: {theirs / ours:.2f}")
    return 0


def _report(said: str, what: str, path: Path, rounds: int) -> float:
    command = [sys.executable, "-m", "benchmarks.webarchives", "--one", what, str(path)]
    found = [json.loads(subprocess.run(command, check=True, capture_output=True).stdout) for _ in range(rounds)]
    best = {name: min(float(one[name]) for one in found) for name in ("seconds", "worked")}
    one = found[0]
    print(
        f"{said:34} {best['seconds']:7.2f} s, of work {best['worked']:7.2f} s, {one['rows']:7,} rows,"
        f" {one['MB']:5.0f} MB, workers {one['workers']:.0f} MB"
    )
    return best["worked"]


def write_archive(path: Path, pages: int) -> None:
    """Write an archive of so many pages, a gzip member a record, with records that are no pages among them."""
    texts = [row["text"] for row in spun_rows() if row["kind"] == "original"]
    with path.open("wb") as file:
        for number in range(pages):
            first, *paragraphs = texts[number % len(texts)].split("\n")
            body = "".join(f"<p>{escape(line)}</p>" for line in [first, *paragraphs] if line.strip())
            page = PAGE.format(
                title=escape(" ".join(first.split()[:8])),
                number=number,
                links=LINKS,
                teasers=TEASERS,
                body=body,
                date="2024-05-01",
            )
            answer = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}".encode()
            file.write(_record("response", f"https://courier.example/story/{number}", answer))
            if number % 10 == 0:
                file.write(_record("request", f"https://courier.example/story/{number}", b"GET / HTTP/1.1\r\n\r\n"))


def _record(kind: str, address: str, data: bytes) -> bytes:
    header = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <{uuid.uuid5(uuid.NAMESPACE_URL, kind + address).urn}>\r\n"
        f"WARC-Target-URI: {address}\r\nWARC-Date: 2024-05-01T12:00:00Z\r\n"
        f"Content-Type: application/http; msgtype={kind}\r\nContent-Length: {len(data)}\r\n\r\n"
    )
    return gzip.compress(header.encode() + data + b"\r\n\r\n", 6)


def _lines(megabytes: int) -> Iterator[bytes]:
    texts = [row["text"] for row in spun_rows()]
    left, number = megabytes * 1_000_000, 0
    while left > 0:
        record = {
            "id": f"row {number}",
            "text": texts[number % len(texts)],
            "title": f"Story {number}",
            "site": "courier",
        }
        line = json.dumps(record).encode() + b"\n"
        left, number = left - len(line), number + 1
        yield line


def _ours(path: str, pages: str = "main") -> dict[str, float]:
    def read() -> tuple[int, int]:
        table = read_documents(path, options=DocumentOptions(pages=pages), engine=LocalEngine(workers=1, memory=BUDGET))
        return table.num_rows, 0

    return _timed(read)


def _lines_ours(path: str, language: str | None = "en") -> dict[str, float]:
    def read(path: str) -> tuple[int, int]:
        table = read_documents(path, options=DocumentOptions(language=language), engine=LocalEngine(workers=1))
        return table.num_rows, table.nbytes

    read(str(Path(path).with_suffix(LOADING)))
    return _timed(lambda: read(path))


def _arrow(path: str) -> dict[str, float]:
    from pyarrow.json import ReadOptions, read_json

    def read(path: str) -> tuple[int, int]:
        table = read_json(path, ReadOptions(use_threads=False))
        return table.num_rows, table.nbytes

    read(str(Path(path).with_suffix(LOADING)))
    return _timed(lambda: read(path))


def _alone(extract: Callable[[bytes], object]) -> Callable[[str], dict[str, float]]:
    def measure(path: str) -> dict[str, float]:
        from fastwarc.warc import ArchiveIterator, WarcRecordType

        def read() -> tuple[int, int]:
            count = 0
            with open(path, "rb") as file:
                for record in ArchiveIterator(file, record_types=WarcRecordType.response, parse_http=True):
                    extract(record.reader.read())
                    count += 1
            return count, 0

        return _timed(read)

    return measure


def _page(data: bytes) -> object:
    from stemmata.readers.html import read_html

    return read_html(data)


def _trafilatura(data: bytes) -> object:
    import trafilatura

    return trafilatura.bare_extraction(data.decode(), include_comments=False)


def _own() -> int:
    """Return the kilobytes that the process holds by itself, without what the system keeps of files for it."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("RssAnon:"))


def _worked() -> float:
    """Return the seconds that this process and its ended children have computed: other programs do not slow those."""
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in both)


def _timed(read: Callable[[], tuple[int, int]]) -> dict[str, float]:
    """Return seconds, those of work, rows, and megabytes: beyond what was held before, and in the largest worker."""
    before, peak, over = _own(), 0, Event()

    def watch() -> None:
        nonlocal peak
        while not over.wait(0.02):
            peak = max(peak, _own())

    Thread(target=watch, daemon=True).start()
    begun, worked = time.perf_counter(), _worked()
    rows, held = read()
    seconds, worked = time.perf_counter() - begun, _worked() - worked
    over.set()
    workers = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return {
        "seconds": seconds,
        "worked": worked,
        "rows": rows,
        "MB": (peak - before) / 1024 - held / 2**20,
        "workers": workers / 1024,
    }


MEASURES = {
    "archive": _ours,
    "fast": lambda path: _ours(path, "fast"),
    "pages": _alone(_page),
    "trafilatura": _alone(_trafilatura),
    "lines": _lines_ours,
    "lines identified": lambda path: _lines_ours(path, None),
    "arrow": _arrow,
}

if __name__ == "__main__":
    raise SystemExit(main())
