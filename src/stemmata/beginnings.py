"""How large files begin that are read one record after another: so much of them that the rest can be reckoned."""

from __future__ import annotations

import os
from collections.abc import Mapping

from stemmata.readers.piecemeal import LINE_NAMES

CRAWLS = tuple(f"{form}{packed}" for form in (".warc", ".wet", ".arc") for packed in ("", ".gz", ".zst"))
PACKED_LINES = tuple(f".jsonl{packed}" for packed in (".gz", ".bz2", ".xz", ".zst"))
STREAMS = CRAWLS + LINE_NAMES + PACKED_LINES


def take_beginnings(files: Mapping[str, int], most: int, folder: str) -> dict[str, int]:
    """Return what to read for some files, and how many bytes it has.

    Parameters
    ----------
    files : mapping of str to int
        Paths, and the bytes of each.
    most : int
        From how many bytes on no more than these are read of a file. Web archives and JSON Lines are cut so, by their
        names; other files are read whole, and one that cannot be opened is left to who reads it.
    folder : str
        Where the beginnings are written to; empty.

    Returns
    -------
    dict of str to int
        Paths in the same order: of files, or of their beginnings.
    """
    taken = {}
    for number, (path, size) in enumerate(files.items()):
        if size <= most or not path.lower().endswith(STREAMS):
            taken[path] = size
            continue
        try:
            with open(path, "rb") as whole:
                data = whole.read(most)
        except OSError:
            taken[path] = size
            continue
        if path.lower().endswith(LINE_NAMES):
            data = data[: data.rfind(b"\n") + 1] or data
        copy = os.path.join(folder, str(number), os.path.basename(path))
        os.mkdir(os.path.dirname(copy))
        with open(copy, "wb") as beginning:
            beginning.write(data)
        taken[copy] = len(data)
    return taken
