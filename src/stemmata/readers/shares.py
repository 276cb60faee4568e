"""Shares of the sources: which files, and which pieces of large ones, each of several machines reads by itself.

The files, in the order of their paths, are one long stretch of bytes, cut into so many equal ones; a piece belongs to
the share in which its middle lies. So what each machine reads depends on the sources alone, and none asks another.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from hashlib import sha256

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from stemmata import schemas
from stemmata.errors import OptionError
from stemmata.readers.pieces import Pieces

MOST = 100_000  # shares
WRITTEN = re.compile(r"(\d{1,6})/(\d{1,6})", re.ASCII)


@dataclass(frozen=True)
class Share:
    """One share of several.

    Parameters
    ----------
    number : int
        Which one, from 1.
    of : int
        How many there are, 1 to 100,000.
    """

    number: int
    of: int

    @classmethod
    def read(cls, text: str) -> Share:
        """Return the share that is written as ``"3/7"``.

        Raises
        ------
        OptionError
            It is written in another way, or there is no such share.
        """
        if (parts := WRITTEN.fullmatch(text)) and 1 <= int(parts[1]) <= int(parts[2]) <= MOST:
            return cls(int(parts[1]), int(parts[2]))
        raise OptionError(
            f"shard must be one of several, and is {text!r}.",
            where="shard",
            mend=f"write which one, from 1, and of how many, at most {MOST:,}: 3/7.",
        )

    def __str__(self) -> str:
        return f"{self.number}/{self.of}"


@dataclass(frozen=True)
class Cut:
    """How the files are shared out.

    Parameters
    ----------
    files : pyarrow.Table
        In the schema ``walking.FILES``: those of which the share may read something.
    told : bool array, by row of ``files``
        Whether it is this share that tells of the file: that it is there, or that it is damaged.
    bytes, time : int64 array, by row of ``files``
        Its size, and when it was last changed, in nanoseconds; 0 where it cannot be looked at.
    digest : str
        The sha256 of the paths, names and sizes of all files: equal for all shares that were cut alike.
    """

    files: pa.Table
    told: NDArray[np.bool_]
    bytes: NDArray[np.int64]
    time: NDArray[np.int64]
    digest: str
    _begins: NDArray[np.int64]
    _edges: NDArray[np.int64]
    _number: int

    @classmethod
    def of(cls, files: pa.Table, share: Share) -> Cut:
        """Share files out.

        Parameters
        ----------
        files : pyarrow.Table
            All of them, in the schema ``walking.FILES``.
        """
        files = files.take(pc.sort_indices(files, [("uri", "ascending"), ("name", "ascending")]))
        paths = files["path"].to_pylist()
        sizes = files["size"].to_numpy().astype(np.int64)
        ends = np.cumsum(sizes)
        total = int(sizes.sum())
        edges = np.array([total * number // share.of for number in range(1, share.of)], np.int64)
        first, middle, last = (
            1 + np.searchsorted(edges, spots, "right") for spots in (ends - sizes, ends - sizes + sizes // 2, ends)
        )
        rows = np.flatnonzero((first <= share.number) & (share.number <= last))
        time = np.array([_changed(paths[row]) for row in rows.tolist()], np.int64)
        digest = _digest(files, sizes)
        told = (middle == share.number)[rows]
        return cls(
            files.take(pa.array(rows)), told, sizes[rows], time, digest, (ends - sizes)[rows], edges, share.number
        )

    def own(self, pieces: Pieces) -> Pieces:
        """Return the pieces of the share; what travels with them is kept of files that it tells of."""
        row = self.row(pieces.rows["path"])
        size = pieces.sizes
        ends = np.cumsum(size)
        first = np.flatnonzero(np.diff(row, prepend=-1))  # pieces of one file stand together
        within = ends - size - np.repeat((ends - size)[first], np.diff(np.append(first, len(row))))
        share = 1 + np.searchsorted(self._edges, self._begins[row] + within + size // 2, "right")
        rows = pieces.rows.filter(pa.array(share == self._number)).replace_schema_metadata(None)
        told = set(self.files["uri"].filter(pa.array(self.told)).to_pylist())
        skipped = [one for one in schemas.remarks([pieces.rows], "skipped").to_pylist() if one["uri"] in told]
        return Pieces(schemas.remark(rows, skipped=skipped))

    def row(self, paths: pa.ChunkedArray) -> NDArray[np.int64]:
        """Return the row in ``files`` of each path."""
        rows: NDArray[np.int64] = pc.index_in(paths, self.files["path"].combine_chunks()).to_numpy().astype(np.int64)
        return rows


def _digest(files: pa.Table, sizes: NDArray[np.int64]) -> str:
    found = sha256()
    for uri, name, size in zip(files["uri"].to_pylist(), files["name"].to_pylist(), sizes.tolist(), strict=True):
        found.update(f"{uri}\0{name}\0{size}\n".encode())
    return found.hexdigest()


def _changed(path: bytes) -> int:
    try:
        return os.stat(path).st_mtime_ns
    except OSError:
        return 0
