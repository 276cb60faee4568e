"""Many damaged files read at a time, through the door of users' files, beside some sound ones."""

from __future__ import annotations

import os
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from stemmata import schemas
from stemmata.documents import DocumentOptions, read_documents, read_placed_documents
from stemmata.engines import LocalEngine
from stemmata.errors import StemmataError
from stemmata.readers import cuts, isolation, lines, pieces
from tests.fuzzing import judging
from tests.fuzzing.inputs import LARGE_BYTES, Input
from tests.fuzzing.seeds import ABOUT, READERS, SEEDS

SECONDS = 5.0  # that a file may take
SLACK_SECONDS = 5.0  # for a worker that has to be started anew
HOLDING = ("zip", "tar", "gzip", "bzip2", "xz", "zstd", "warc", "mbox", "docx", "odt", "epub")
TIMES = 10  # so many times as long may all files of an archive take, and all pieces of a large file
LIMIT = DocumentOptions(limit_bytes=4_000_000, limit_seconds=SECONDS)
WORKER_BYTES = 2 << 30  # of addresses
MOST_BYTES = 900 << 20  # that this process, or a worker, may hold of memory
AGAIN = 16  # every so manieth is read a second time
CUT = 3  # of so many one is read in pieces
PIECES = {"BLOCK_BYTES": 1_000, "GROUPS_BYTES": 4_000, "CUT_BYTES": 2_000}
PILE, SECOND, SOUND = "pile", "second", "sound"


@dataclass
class Told:
    """What came of some inputs."""

    findings: list[tuple[int, str]] = field(default_factory=list)
    read: Counter[str] = field(default_factory=Counter)  # by reader
    skipped: Counter[str] = field(default_factory=Counter)
    reasons: dict[str, Counter[str]] = field(default_factory=lambda: {reader: Counter() for reader in SEEDS})
    ended: list[tuple[int, str]] = field(default_factory=list)  # by a limit of time or memory
    seconds: dict[str, float] = field(default_factory=dict)
    slowest: dict[str, tuple[float, int]] = field(default_factory=dict)
    largest: tuple[int, int] = (0, 0)  # bytes of memory, and the input


@dataclass(frozen=True, kw_only=True)
class OneByOne(LocalEngine):
    """An engine that reads one file after another, and tells of each, before and after."""

    around: Callable[[str], Any]

    def map(
        self,
        function: Callable[..., Any],
        table: pa.Table,
        *shared: object,
        weights: npt.NDArray[np.int64] | None = None,
        amounts: npt.NDArray[np.int64] | None = None,
    ) -> pa.Table:
        if "uri" not in table.column_names or not table.num_rows:
            return super().map(function, table, *shared, weights=weights, amounts=amounts)
        made = []
        for number, uri in enumerate(table["uri"].to_pylist()):
            with self.around(uri):
                made.append(super().map(function, table.slice(number, 1), *shared))
        return self.concat(made)


class Reading:
    """The reading of inputs in the current folder.

    Parameters
    ----------
    before : callable
        Called with the number of each input before it is read.
    """

    def __init__(self, before: Callable[[int], None]) -> None:
        self.before = before
        self.told = Told()
        self._inputs: dict[int, Input] = {}
        self._seconds: dict[int, float] = {}
        isolation.LIMIT_MEMORY = WORKER_BYTES
        os.mkdir(SOUND)
        for name, reader in (
            ("good.txt", "plain"),
            ("page.html", "html"),
            ("weir.pdf", "pdf"),
            ("rows.jsonl", "jsonl"),
        ):
            Path(SOUND, name).write_bytes(SEEDS[reader][0].data)
        self._sound = sorted(read_documents(SOUND).drop_columns("doc").to_pylist(), key=_text)

    def read(self, inputs: Sequence[Input]) -> None:
        """Read inputs, and note what is wrong with what comes of them."""
        self._inputs = {one.number: one for one in inputs}
        for small in (False, True):
            with _cut(small):
                self._read_files([one for one in inputs if one.reader != ABOUT and _is_cut(one) is small])
        for one in inputs:
            if one.reader == ABOUT:
                self._read_metadata(one)
        for one in inputs:
            self._judge_time(one)
        self._seconds.clear()

    def _read_files(self, inputs: Sequence[Input]) -> None:
        if not inputs:
            return
        try:
            rows = self._rows(PILE, inputs, OneByOne(workers=1, parts=1, around=self._around))
        except Exception as error:
            for one in inputs:
                self._seconds.pop(one.number, None)
            if len(inputs) > 1:  # which one it is, halves of them tell
                for some in (inputs[: len(inputs) // 2], inputs[len(inputs) // 2 :]):
                    self._read_files(some)
            else:
                self._find(inputs[0].number, f"it ends the run ({type(error).__name__}: {error})"[:300])
            return
        held, skipped = judging.by_input(rows, ""), judging.by_input(rows, "skipped")
        for one in inputs:
            self._judge(one, held.get(one.number, []), skipped.get(one.number, []))
        sound = [{name: row[name] for name in self._sound[0]} for row in held.pop(-1, [])]
        if sorted(sound, key=_text) != self._sound or skipped.get(-1):
            self._find(
                inputs[0].number,
                "sound files beside it, or one of those after it, are not read as they are by themselves",
            )
        again = [one for one in inputs if one.number % AGAIN == inputs[0].number // 7 % AGAIN]
        for note in schemas.remarks([rows], "notes")["what"].to_pylist():
            if judging.is_no_line(note):
                self._find(inputs[0].number, f"a note of it, or of one of those after it, is no line: {note!r}")
        if again:
            self._read_again(again, held, skipped)

    def _rows(self, folder: str, inputs: Sequence[Input], engine: LocalEngine) -> pa.Table:
        with suppress(FileNotFoundError):
            shutil.rmtree(folder)
        shutil.copytree(SOUND, folder)
        for one in inputs:
            Path(folder, f"{one.number:09}{one.suffix}").write_bytes(one.data)
        rows = read_placed_documents(folder, options=LIMIT, engine=engine)
        rows.validate(full=True)
        return rows

    def _read_again(self, inputs: Sequence[Input], held: Any, skipped: Any) -> None:
        rows = self._rows(SECOND, inputs, LocalEngine(workers=2))
        for name, before in (("", held), ("skipped", skipped)):
            after = judging.by_input(rows, name)
            for one in inputs:
                told = [_bare(of.get(one.number, [])) for of in (before, after)]
                if told[0] != told[1] and not _is_ended(skipped.get(one.number, [])):
                    self._find(one.number, f"read again it is another: {_difference(*told)}")

    def _read_metadata(self, one: Input) -> None:
        path = f"{one.number:09}{one.suffix}"
        Path(path).write_bytes(one.data)
        with self._around(f"{PILE}/{path}"):
            try:
                read_documents(SOUND, metadata=path, options=LIMIT)
                self.told.read[one.reader] += 1
            except StemmataError as error:
                self.told.skipped[one.reader] += 1
                self.told.reasons[one.reader][judging.brief(error.what)] += 1
                for fault in judging.faults([], [{"reason": error.what, "mend": error.mend}]):
                    self._find(one.number, fault)
            except Exception as error:
                self._find(one.number, f"it ends the run ({type(error).__name__}: {error})"[:300])
        os.unlink(path)

    def _judge(self, one: Input, rows: list[dict[str, Any]], skipped: list[dict[str, str]]) -> None:
        (self.told.read if rows else self.told.skipped)[one.reader] += 1
        self.told.reasons[one.reader].update({judging.brief(row["reason"]) for row in skipped})
        for fault in judging.faults(rows, skipped):
            self._find(one.number, fault)
        for row in skipped:
            if _is_ended([row]):
                self.told.ended.append((one.number, row["reason"][:100]))

    def _judge_time(self, one: Input) -> None:
        seconds = self._seconds.get(one.number, 0)
        self.told.seconds[one.reader] = self.told.seconds.get(one.reader, 0) + seconds
        if seconds > self.told.slowest.get(one.reader, (0, 0))[0]:
            self.told.slowest[one.reader] = (round(seconds, 3), one.number)
        many = one.reader in HOLDING or len(one.data) > LARGE_BYTES
        if seconds > SECONDS * (TIMES if many else 1) + SLACK_SECONDS:
            self._find(one.number, f"it took {seconds:.1f} seconds")

    def _find(self, number: int, what: str) -> None:
        self.told.findings.append((number, what))

    @contextmanager
    def _around(self, uri: str) -> Iterator[None]:
        number = judging.number_of(uri)
        self.before(number)
        _forget_peaks()
        begun = time.monotonic()
        yield
        self._seconds[number] = self._seconds.get(number, 0) + time.monotonic() - begun
        peak = max(map(_peak, _processes()))
        self.told.largest = max(self.told.largest, (peak, number))
        if peak > MOST_BYTES:
            self._find(number, f"it takes {peak >> 20} MiB of memory")


def _text(row: dict[str, Any]) -> str:
    return str(row["text"])


def _bare(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return rows without what their folder, and ids in other files, add to them."""
    bare = ({**row, "uri": row["uri"].partition("/")[2], "path": None, "doc": None} for row in rows)
    return sorted(bare, key=repr)


def _is_cut(one: Input) -> bool:
    return one.number // len(READERS) % CUT == 0 and len(one.data) < LARGE_BYTES


@contextmanager
def _cut(small: bool) -> Iterator[None]:
    """Have files of a kilobyte and more read as large ones are, in pieces."""
    names = [(module, name) for module in (lines, pieces, cuts) for name in PIECES if hasattr(module, name)]
    before = [getattr(module, name) for module, name in names]
    for module, name in names if small else ():
        setattr(module, name, PIECES[name])
    yield
    for (module, name), value in zip(names, before, strict=True):
        setattr(module, name, value)


def _is_ended(skipped: Sequence[dict[str, str]]) -> bool:
    return any(end in row["reason"] for row in skipped for end in judging.ENDED)


def _difference(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> str:
    if len(before) != len(after):
        return f"{len(before)} and {len(after)} rows"
    names = {name for one, other in zip(before, after, strict=True) for name in one if one[name] != other[name]}
    return ", ".join(sorted(names))


def _processes() -> list[int]:
    return [os.getpid(), *(worker.process.pid for worker in [*isolation._all])]


def _peak(process: int) -> int:
    """Return the most memory that a process has held since its peak was forgotten; 0 where nobody says."""
    try:
        said = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0
    return 1024 * next((int(line.split()[1]) for line in said.splitlines() if line.startswith("VmHWM")), 0)


def _forget_peaks() -> None:
    for process in _processes():
        with suppress(OSError):
            Path(f"/proc/{process}/clear_refs").write_text("5")
