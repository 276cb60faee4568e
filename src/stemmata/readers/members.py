"""Files of many gzip members, as web archives are: a member at a time, and where such files can be cut.

A damaged member costs itself: reading goes on at the next one that begins as a record does. Bytes are counted while
they are unpacked, and what is passed over is bounded, however often something is amiss.
"""

from __future__ import annotations

import sys
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from stemmata.errors import SourceError
from stemmata.readers.archives import FREE_BYTES
from stemmata.readers.records import begins_record

MEMBER = b"\x1f\x8b\x08"
RAW_BYTES = 1 << 18  # read from the file at a time
FEED_BYTES = 1 << 15  # handed to zlib at a time, which gives back what stands behind a member
OUT_BYTES = 1 << 17  # unpacked at a time
TRIED_BYTES = 512  # that tell whether a record begins where a member seems to
LINE_BYTES = 16  # of which WARC needs no more
NOWHERE = sys.maxsize
BACK_BYTES = 1 << 16  # a little before the place where damage shows


class Members:
    """The members of a file, one after another.

    Parameters
    ----------
    file : binary file
        Can be sought in.
    begin : int
        Where a member begins.
    ratio : int
        How many times its packed size a member may have once unpacked.
    """

    def __init__(self, file: BinaryIO, begin: int, ratio: int) -> None:
        self.at = begin
        self._file = file
        self._ratio = ratio
        self._held = b""
        self._from = begin  # where in the file what is held stands
        self._gone_over = begin  # how far damaged members have led

    def begins(self) -> bool:
        """Tell whether there is anything more: NULs, with which tapes and disks are filled, are passed over."""
        while held := self._peek(FEED_BYTES):
            rest = held.lstrip(b"\0")
            self.at += len(held) - len(rest)
            if rest:
                return True
        return False

    def unpack(self) -> Iterator[bytes]:
        """Yield what the member that begins here holds, some at a time; then the next one begins here.

        Raises
        ------
        SourceError
            It is damaged, or swells too much. Where that showed, :meth:`pass_on` looks for the next one.
        """
        begin, found = self.at, 0
        packed = zlib.decompressobj(31)
        while not packed.eof:
            held = self._peek(FEED_BYTES)
            if not held:
                raise SourceError("its gzip member ends too early.", mend="fetch or write the archive anew.")
            try:
                some = packed.decompress(held, OUT_BYTES)
            except zlib.error as error:
                said = str(error).partition(": ")[2] or str(error)
                what = f"its gzip member is damaged: {said}."
                raise SourceError(what, mend="fetch or write the archive anew.") from error
            # at the end zlib may give the rest twice: also as the tail of an earlier call that was cut short
            self.at += len(held) - len(packed.unused_data if packed.eof else packed.unconsumed_tail)
            found += len(some)
            if found > max(FREE_BYTES, self._ratio * (self.at - begin)):
                mend = "if it is no bomb, unpack the archive or raise the limit (in Python, limit_ratio)."
                raise SourceError(f"it unpacks to over {self._ratio:,} times its packed size.", mend=mend)
            if some:
                yield some

    def pass_on(self, begin: int, until: int = NOWHERE) -> None:
        """Go to the next member that begins as a record does, behind ``begin``, where a damaged one began.

        Where there is none, go to the end of the file, or as far as ``until``. A member that was cut off may be
        unpacked through all of the next one, which is therefore looked for from ``begin`` on; but in a stretch that
        was gone over so already, only a little before the damage: members may lie in one another by the million.
        """
        back = begin if begin >= self._gone_over else self.at - BACK_BYTES
        self._gone_over = max(self._gone_over, self.at)
        self.at = max(begin + 1, back)
        while self.at < until and (held := self._peek(FEED_BYTES)):
            here = held.find(MEMBER)
            if here < 0:
                self.at += max(1, len(held) - len(MEMBER) + 1)
                continue
            self.at += here
            if self._is_record():
                return
            self.at += 1

    def _is_record(self) -> bool:
        """Tell whether a record begins where a member seems to; whether it is sound is seen when it is read."""
        held = self._peek(TRIED_BYTES)
        for size in (LINE_BYTES, TRIED_BYTES):
            try:
                if begins_record(zlib.decompressobj(31).decompress(held, size)):
                    return True
            except zlib.error:
                return False
        return False

    def _peek(self, size: int) -> bytes:
        """Return so many bytes from here on, fewer only at the end of the file."""
        start = self.at - self._from
        if start < 0 or start + size > len(self._held):
            kept = self._held[start:] if start >= 0 else b""
            self._file.seek(self.at + len(kept))
            self._held, self._from, start = kept + self._file.read(RAW_BYTES), self.at, 0
        return self._held[start : start + size]


def walk(file: BinaryIO, begin: int, until: int, ratio: int) -> int:
    """Return where the first member begins that does so at ``until`` or later; else where the file ends."""
    members = Members(file, begin, ratio)
    while members.at < until and members.begins():
        here = members.at
        if here >= until:
            break
        try:
            for _ in members.unpack():
                pass
        except SourceError:
            members.pass_on(here)
    return members.at


def first_member(file: BinaryIO, begin: int, until: int, ratio: int) -> int:
    """Return where between two places a member seems to begin that holds a record; -1 where none does.

    What looks like one may lie within another: a web archive may hold web archives.
    """
    members = Members(file, begin, ratio)
    if begin:
        members.pass_on(begin - 1, until)
    return members.at if members.at < until else -1
