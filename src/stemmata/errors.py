"""Every error that stemmata raises.

::

    StemmataError
    ├── SourceError      a source cannot be read                (OSError)
    │   └── MissingSource    it is not there                    (FileNotFoundError)
    ├── ClashError       two documents under one id             (ValueError)
    ├── SchemaError      a table is not of the promised form    (ValueError)
    ├── OptionError      an option is out of its range          (ValueError)
    └── FolderError      a run's folder cannot be used          (OSError)
        ├── FormatError      its format is not ours, or newer
        └── LockedError      another process is writing it

Each descends from the built-in that a caller would expect as well.
"""

from __future__ import annotations

_SAID = 200  # signs of somebody else's error that are told


class StemmataError(Exception):
    """What is wrong, where, and how to mend it.

    Parameters
    ----------
    what : str
        One sentence: the fault.
    where : str, optional
        The place: a file, a row, a column, a byte.
    mend : str, optional
        What the reader can do about it.
    """

    def __init__(self, what: str, *, where: str = "", mend: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.mend = mend

    def __str__(self) -> str:
        lines = [self.what]
        if self.where:
            lines.append(f"  where: {self.where}")
        if self.mend:
            lines.append(f"  mend:  {self.mend}")
        return "\n".join(lines)


class SourceError(StemmataError, OSError):
    """A source cannot be read as a document."""


class MissingSource(SourceError, FileNotFoundError):
    """A source is not where the caller says it is."""


class ClashError(StemmataError, ValueError):
    """Two documents would carry the same id: texts or rows at hand, or one that a library holds of another file."""


class SchemaError(StemmataError, ValueError):
    """A table lacks a column, or holds values that its schema forbids."""


class OptionError(StemmataError, ValueError):
    """An option is outside the range in which it means something."""


class FolderError(StemmataError, OSError):
    """A run's folder cannot be read or written."""


class FormatError(FolderError):
    """The folder is not stemmata's, or was written by a newer version."""


class LockedError(FolderError):
    """Another process is writing the folder."""


def cause(error: Exception) -> str:
    """Return what somebody else's error says, on one line and without its full stop: as the end of a sentence.

    It may quote what a stranger wrote: signs that cannot be printed become U+FFFD. The name of a file that a parser of
    bytes makes up is left out.
    """
    own = error.what if isinstance(error, StemmataError) else error.msg if isinstance(error, SyntaxError) else error
    told = " ".join(str(own).split())[:_SAID]
    said = "".join(sign if sign.isprintable() else "\ufffd" for sign in told).rstrip(". ")
    return said or type(error).__name__


def check_option(owner: object, name: str, low: float, high: float) -> None:
    """Refuse an option that is no number, outside [low, high], or a fraction where its default is whole.

    Raises
    ------
    OptionError
        Names the option, its range and the value given.
    """
    value = getattr(owner, name)
    whole = not isinstance(getattr(type(owner), name, 0.0), float)
    known = isinstance(value, int if whole else int | float) and not isinstance(value, bool)
    if not (known and low <= value <= high):
        raise OptionError(
            f"{name} must lie between {low:,} and {high:,}, and is {value!r}.",
            where=f"option {name}",
            mend=f"choose {name} between {low:,} and {high:,}.",
        )
