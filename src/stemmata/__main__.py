"""The program: ``stemmata``, or ``python -m stemmata``."""

from __future__ import annotations

import signal
import sys
import traceback
from collections.abc import Sequence
from types import FrameType
from typing import NoReturn

from stemmata.cli import app
from stemmata.cli.console import EXIT_FAILED, EXIT_INTERRUPTED, EXIT_UNREAD, EXIT_USAGE
from stemmata.errors import ClashError, MissingSource, OptionError, SourceError, StemmataError
from stemmata.report.escape import visible

ENDING = ("SIGTERM", "SIGHUP")


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and leave with its exit status.

    Parameters
    ----------
    arguments : sequence of str, optional
        Instead of the process's own.

    Raises
    ------
    SystemExit
        0: done. 1: nothing could be read, or inputs were skipped under ``--strict``. 2: a wrong call.
        3: failed. 130: interrupted; 143 and 129: ended, or hung up. 141: no one listens to what is printed.
    """
    signal.signal(signal.SIGINT, _leave)
    for name in ENDING:
        ends = getattr(signal, name, None)  # Windows has no SIGHUP
        if ends is not None and signal.getsignal(ends) is signal.SIG_DFL:  # nohup has it ignored
            signal.signal(ends, _leave)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal that lacks a sign is no reason to fail
    try:
        app(arguments, prog_name="stemmata")
    except StemmataError as error:
        print(visible(str(error)), file=sys.stderr)
        sys.exit(_status(error))
    except Exception:  # a fault of ours: shown whole, and told from a document that could not be read
        traceback.print_exc()
        sys.exit(EXIT_FAILED)
    sys.exit(0)


def _status(error: StemmataError) -> int:
    if isinstance(error, MissingSource | ClashError | OptionError):
        return EXIT_USAGE
    return EXIT_UNREAD if isinstance(error, SourceError) else EXIT_FAILED


def _leave(number: int, _frame: FrameType | None) -> NoReturn:
    """Leave as from any other place, so that nothing is left behind: files that were fetched, workers."""
    sys.exit(EXIT_INTERRUPTED + number - signal.SIGINT)


if __name__ == "__main__":
    main()
