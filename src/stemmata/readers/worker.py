"""What a worker process does: wait for a file, read it, answer with its rows, until nobody is left to ask.

Whatever ends the process here ends one file's reading, not the run; see :mod:`stemmata.readers.isolation`.
"""

from __future__ import annotations

import os
import signal
import warnings
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from typing import IO, Any

import pyarrow as pa

from stemmata.readers.faults import fault
from stemmata.readers.messages import Message, receive, send

SPENT = 77  # the exit status that says: out of memory
THREADS = 2  # of Arrow, for the reading of tables; each takes of the addresses, and there are other workers
GRACE_SECONDS = 2  # after which a worker ends itself, should nobody be left to do it


def main(limit_memory: int) -> None:
    """Answer requests on the standard streams.

    Parameters
    ----------
    limit_memory : int
        How many bytes of addresses the process may use, where the system can limit them.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that asks
    requests, answers = _take_streams()
    _limit_memory(limit_memory)
    pa.set_cpu_count(THREADS)
    pa.set_io_thread_count(THREADS)
    warnings.simplefilter("ignore")
    send(answers, Message({}))  # ready
    with suppress(EOFError, BrokenPipeError):
        while True:
            for answer in _answers(receive(requests)):
                send(answers, answer)


def _take_streams() -> tuple[IO[bytes], IO[bytes]]:
    """Take the standard streams away, lest a library print into an answer or wait for a question.

    Until then, errors are for the process that asks: they tell why there is no worker.
    """
    streams = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nothing, standard)
    return streams


def _limit_memory(limit: int) -> None:
    with suppress(ImportError, OSError, ValueError):  # not on Windows; some systems refuse
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _answers(request: Message) -> Iterator[Message]:
    """Yield the table that the reader returns; or those that it yields, each with word that there is more."""
    try:
        _wake_after(request.head["seconds"] + GRACE_SECONDS)
        module, _, name = request.head["reader"].partition(":")
        made = getattr(import_module(module), name)(request.body, **request.head["keywords"])
        if isinstance(made, pa.Table):
            answer = Message({}, _packed(made))
        else:
            for table in made:
                more = Message({"more": True}, _packed(table))
                _wake_after(0)  # until it is taken
                yield more
                _wake_after(request.head["seconds"] + GRACE_SECONDS)
            answer = Message({})
    except MemoryError:
        os._exit(SPENT)  # what is left of the memory may be in pieces
    except Exception as error:  # a fault in a reader is one file's, too
        reason = fault(error)
        answer = Message({"what": reason.what, "mend": reason.mend})
    _wake_after(0)
    yield answer


def _wake_after(seconds: float) -> None:
    """Have the system end this process after some time, whatever it is doing then; 0: never."""
    if hasattr(signal, "setitimer"):  # not on Windows
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _packed(table: pa.Table) -> Any:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return sink.getvalue()
