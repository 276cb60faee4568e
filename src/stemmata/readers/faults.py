"""What ends the reading of a file, as the reason that is told: also faults of ours, alike wherever it is read."""

from __future__ import annotations

import re

from stemmata.errors import SourceError, StemmataError, cause

ADDRESS = re.compile(r"\b0x[0-9a-f]+")  # of objects, in what errors say: another one each time
REPORT = "give its text as .txt; if it opens elsewhere, report this."


def fault(error: Exception) -> SourceError:
    """Return an error as the reason why a file is not read: as the reader said it, or that the reader failed.

    Raises
    ------
    StemmataError, MemoryError
        Errors that are not the file's are raised again.
    """
    if isinstance(error, SourceError):
        return error
    if isinstance(error, StemmataError | MemoryError):
        raise error
    said = ADDRESS.sub("…", f"{type(error).__name__}: {cause(error)}")
    return SourceError(f"its reader failed ({said}).", mend=REPORT)
