"""What must hold of the rows that come of damaged files."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

import pyarrow as pa

from stemmata import schemas

NUMBER = re.compile(r"\w+/(\d{9})\b")  # in the address of a file
FAILED = (
    "its reader failed",
    "it crashed its reader",
    "no process could be started",
)  # faults, whatever the file is like
ENDED = ("seconds to read.", "GiB of memory.")  # how what a limit ended is told
LONGEST_REASON = 1_000
CONTROL = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")
MARKS = re.compile("[\ufdd0-\ufdef]")  # stand in a text only while it is put together
MARKLESS = re.compile(
    r"(?:text/html|text/vnd|message/|application/(?:pdf|mbox|tei|alto|rss|atom|epub|x-mediawiki|vnd\.(?:oasis|openxml|prima)))"
)
BRIEF = re.compile(r"'[^']*'|\"[^\"]*\"|[\d,.]*\d")


def number_of(uri: str) -> int:
    """Return which input an address is of; -1 of none."""
    found = NUMBER.match(uri)
    return int(found[1]) if found else -1


def brief(reason: str) -> str:
    """Return a reason without what is particular to one file."""
    return BRIEF.sub("…", reason)[:70]


def by_input(rows: pa.Table, name: str) -> dict[int, list[dict[str, Any]]]:
    """Return rows, or those that travel with them as ``name``, by the inputs that they are of."""
    found = defaultdict(list)
    for row in rows.to_pylist() if not name else schemas.remarks([rows], name).to_pylist():
        found[number_of(row["uri"])].append(row)
    return found


def faults(rows: Iterable[Mapping[str, Any]], skipped: Iterable[Mapping[str, str]]) -> list[str]:
    """Return what is wrong with the rows and the reasons that come of one file."""
    rows, skipped = list(rows), list(skipped)
    found = [] if rows or skipped else ["there are neither rows nor a reason why not"]
    for row in rows:
        found += _of_row(row)
    for row in skipped:
        reason = row["reason"]
        if any(fault in reason for fault in FAILED):
            found.append(reason)
        if not reason.strip() or not row["mend"].strip():
            found.append(f"a reason or its mend is empty: {row}")
        if is_no_line(reason + row["mend"]):
            found.append(f"a reason is no line: {reason[:200]!r}")
    return list(Counter(found))


def is_no_line(said: str) -> bool:
    """Tell whether what is told of a file could not be printed on a line."""
    return bool(CONTROL.search(said)) or len(said) > LONGEST_REASON


def _of_row(row: Mapping[str, Any]) -> list[str]:
    found, text = [], row["text"]
    if not text.strip():
        found.append("a text has no letter")
    if not re.fullmatch("[0-9a-f]{64}", row["sha256"]):
        found.append("sha256 is no digest")
    if not row["doc"] or not row["media_type"]:
        found.append("doc or media_type is empty")
    if row["language"] is not None and not re.fullmatch("[a-z]{2,3}", row["language"]):
        found.append(f"language is {row['language']!r}")
    for name in ("locators", "hidden"):
        offsets = [one["offset"] for one in row[name] or ()]
        if any(not 0 <= offset <= len(text) for offset in offsets):
            found.append(f"{name} lie beyond the text")
        if any(one > other for one, other in pairwise(offsets)):
            found.append(f"{name} are in no order")
    if MARKS.search(text) and MARKLESS.match(row["media_type"]):
        found.append("marks of hidden text are left in a text")
    return found
