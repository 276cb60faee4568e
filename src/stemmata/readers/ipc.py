"""Arrow IPC, as a file (also called Feather) or as a stream: each row a document."""

from __future__ import annotations

import pyarrow as pa

from stemmata.errors import SourceError, cause
from stemmata.readers.called import ITSELF, Called
from stemmata.readers.columns import take_columns

FILE, STREAM = b"ARROW1\0\0", b"\xff\xff\xff\xff"


def looks_like_arrow(data: bytes) -> bool:
    """Tell whether the bytes begin as Arrow's do; a stream with the length of its first message."""
    length = int.from_bytes(data[4:8], "little")
    return data.startswith(FILE) or (data.startswith(STREAM) and 0 < length < len(data))


def read_arrow(data: bytes, *, about: bool = False, called: Called = ITSELF) -> pa.Table:
    """Return the rows.

    Raises
    ------
    SourceError
        There is no column ``text``, or the file is damaged.
    """
    try:
        opened = pa.ipc.open_file(data) if data.startswith(FILE) else pa.ipc.open_stream(data)
        return take_columns(opened.read_all(), about=about, called=called)
    except (SourceError, MemoryError):
        raise
    except (pa.ArrowException, OSError, ValueError) as error:
        raise SourceError(f"its Arrow data is damaged: {cause(error)}.", mend="write it anew.") from error
