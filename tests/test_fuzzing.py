"""Damaged files of all formats: a bounded run, and what the harness promises. ``python -m tests.fuzzing`` has more."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from stemmata import schemas
from stemmata.documents import read_placed_documents
from stemmata.readers import EITHER, EITHER_MARKDOWN, FORMATS, PLAIN, find_format
from stemmata.readers.crawls import packing_of
from stemmata.readers.packed import CODECS, codec_of
from tests.fuzzing import judging
from tests.fuzzing.inputs import make
from tests.fuzzing.layers import take_apart
from tests.fuzzing.seeds import ABOUT, READERS, SEEDS

BOUNDED = 384  # inputs, twelve for each reader
DIGEST = """
import hashlib
from tests.fuzzing.inputs import make
print(hashlib.sha256(b"".join(make(3, k).data for k in range(96))).hexdigest())
"""


def run(*command: str | Path, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), **variables}
    called = [sys.executable, *map(str, command)]
    return subprocess.run(called, capture_output=True, text=True, check=False, env=environment, timeout=600)


def test_some_hundred_damaged_files_are_read_or_refused_and_harm_nothing(tmp_path: Path) -> None:
    done = run("-m", "tests.fuzzing", "--inputs", str(BOUNDED), "--seed", "11", "--keep", tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "no findings" in done.stdout
    assert all(f"\n{reader} " in f"\n{done.stdout}" for reader in READERS)


def test_no_format_lacks_seeds() -> None:
    seeds = [seed for seeds in SEEDS.values() for seed in seeds]
    found = {find_format(data, f"a{suffix}") for suffix, data in seeds}
    assert found == {*FORMATS, PLAIN, EITHER, EITHER_MARKDOWN}
    assert {codec_of(data) for _, data in seeds} == {None, *CODECS}
    assert {packing_of(data) for _, data in seeds} == {None, "plain", "gzip", "zstd", "zstd with a dictionary"}
    assert {"zip", "tar"} < SEEDS.keys()


def test_seeds_are_sound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All are read, but for rows without text, and a scan and a file that is locked."""
    monkeypatch.chdir(tmp_path)
    sound = [(reader, seed) for reader in READERS if reader not in ("unread", ABOUT) for seed in SEEDS[reader]]
    for number, (reader, (suffix, data)) in enumerate(sound):
        Path(f"{number}-{reader}{suffix}").write_bytes(data.replace(b"k@-", b"k%d-" % number))
    table = read_placed_documents(".")
    assert len({uri.partition("-")[0] for uri in table["uri"].to_pylist()}) == len(sound) - 2
    told = [row["reason"] for row in schemas.remarks([table], "skipped").to_pylist()]
    assert {reason for reason in told if "without text" not in reason and "has no text." not in reason} == {
        "it is locked with a password.",
        "it has no text layer: 1 page of images.",
    }


def test_an_input_is_the_same_bytes_in_each_process() -> None:
    digest = hashlib.sha256(b"".join(make(3, k).data for k in range(96))).hexdigest()
    for seed in ("1", "2"):
        assert run("-c", DIGEST, PYTHONHASHSEED=seed).stdout.strip() == digest
    assert len({make(seed, 40).data for seed in range(9)}) == 9


@pytest.mark.parametrize("reader", ["zip", "docx", "odt", "epub", "gzip", "bzip2", "xz", "zstd", "warc", "pdf"])
def test_what_files_hold_is_damaged_behind_packing_and_checksums(reader: str) -> None:
    """So that some are unpacked whole, and something is amiss in what comes out."""
    sound = {part for _, data in SEEDS[reader] for held in [take_apart(data)] if held for part in held.parts}
    assert sound
    amiss = 0
    for number in range(READERS.index(reader), 60 * len(READERS), len(READERS)):
        with suppress(Exception):  # of those that are damaged in their packing
            held = take_apart(make(5, number).data)
            amiss += held is not None and not sound.issuperset(held.parts)
    assert amiss >= 20


ROW: dict[str, Any] = {
    "doc": "a.txt",
    "text": "The weir gave way.",
    "sha256": "0" * 64,
    "media_type": "text/html",
    "language": "en",
    "locators": [{"offset": 0, "label": "p. 1"}, {"offset": 18, "label": "p. 2"}],
    "hidden": None,
}


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({}, []),
        ({"text": " \n"}, ["a text has no letter", "locators lie beyond the text"]),
        ({"sha256": "x"}, ["sha256 is no digest"]),
        ({"language": "English"}, ["language is 'English'"]),
        ({"locators": ROW["locators"][::-1]}, ["locators are in no order"]),
        ({"hidden": [{"offset": 19, "what": "tiny", "text": "a b c"}]}, ["hidden lie beyond the text"]),
        ({"text": "The \ufdd0weir gave way"}, ["marks of hidden text are left in a text"]),
    ],
)
def test_rows_that_are_not_as_they_should_be_are_found(change: dict[str, Any], fault: list[str]) -> None:
    assert judging.faults([ROW | change], []) == fault


@pytest.mark.parametrize(
    ("reason", "faulty"),
    [
        ("it is empty.", False),
        ("it took over 5 seconds to read.", False),
        ("its reader failed (KeyError: 'a').", True),
        ("it crashed its reader (SIGSEGV).", True),
        ("it is \x1b[2J.", True),
        ("", True),
    ],
)
def test_reasons_that_are_no_refusal_of_a_readers_own_are_found(reason: str, faulty: bool) -> None:
    assert bool(judging.faults([], [{"uri": "a", "reason": reason, "mend": "give another."}])) is faulty
    assert judging.faults([], []) == ["there are neither rows nor a reason why not"]


def test_one_file_can_be_read_by_itself(tmp_path: Path) -> None:
    (tmp_path / "weir.txt").write_text("The weir gave way on Sunday night.")
    done = run("-m", "tests.fuzzing", "--one", tmp_path / "weir.txt")
    assert done.returncode == 0, done.stderr
    assert '"findings": []' in done.stdout
