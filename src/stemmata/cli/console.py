"""What all commands share: options, exit statuses, and how they show what they do."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import typer

from stemmata.errors import StemmataError

if TYPE_CHECKING:
    from rich.console import Console

    from stemmata.documents import DocumentOptions
    from stemmata.engines import Listener, LocalEngine, Progress
    from stemmata.statistics import StatisticsOptions

EXIT_UNREAD = 1
EXIT_USAGE = 2
EXIT_FAILED = 3
EXIT_INTERRUPTED = 130
EXIT_UNHEARD = 141
LEAST_MEMORY = 10_000_000  # of less, parts are so small that most of the time goes into cutting them

COUNTS = typer.Option(
    metavar="FILE",
    help="Counts of words and word pairs, as 'stemmata counts build' writes them; may be given several times.",
)
MISREAD = typer.Option(
    metavar="SHARE",
    help="Texts of which so many words are unknown and look like known ones seem to be recognised from pictures, and "
    "are compared by the words that they look like: 0 to 1, by default 0.08; 0: all texts, 1: none.",
)
JSON = typer.Option("--json", help="Print one JSON document, and nothing else.")
STRICT = typer.Option("--strict", help="Exit 1 if any input was skipped.")
ANONYMISE = typer.Option(
    "--anonymise", help="Let documents, sites and authors go by numbers in the report; texts stay, without their names."
)
LIMIT_BYTES = typer.Option(metavar="N", help="Skip longer files; by default 100,000,000 bytes.")
TEXT = typer.Option(
    "--text",
    metavar="COLUMN",
    help="The column of tables that holds the texts; by default text, else one that is taken for it, which is noted.",
)
ID = typer.Option(
    "--id",
    metavar="COLUMN",
    help="The column of tables that holds the ids; by default doc, else id, else one that is taken for it.",
)
PAGES = typer.Option(
    "--pages",
    metavar="HOW",
    help="What of an HTML page is its text: main, its main text, as by default; fast, the same found more simply, in a "
    "third of the time; or whole, all that its readers see.",
)
WORKERS = typer.Option(metavar="N", help="Threads at work; by default one a processor.")
MEMORY = typer.Option(
    metavar="SIZE",
    help="How much memory to use for texts and tables, such as 2GB or 500MB, at least 10MB: what exceeds it lies in "
    "the system's folder for temporary files (TMPDIR), which should be on a disk. Some 400 MB are needed beside it. By "
    "default all is held in memory.",
)


def local_engine(workers: int | None, memory: str | None) -> LocalEngine:
    """Return the engine that a command line asks for."""
    from stemmata.engines import LocalEngine
    from stemmata.engines.sizes import read_size, write_size

    if memory is not None and (given := read_size(memory, "memory")) < LEAST_MEMORY:
        raise typer.BadParameter(
            f"{write_size(given)} is too little to work with; give {write_size(LEAST_MEMORY)} or more, such as 500MB.",
            param_hint="--memory",
        )
    return LocalEngine(workers=workers, memory=memory)


def document_options(
    limit_bytes: int | None,
    pages: str | None,
    text: str | None = None,
    own_id: str | None = None,
    *,
    otherwise: DocumentOptions | None = None,
) -> DocumentOptions:
    """Return how a command line has documents read; what it does not say is as in ``otherwise``."""
    from stemmata.documents import DocumentOptions

    given = {"limit_bytes": limit_bytes, "pages": pages, "text": text, "id": own_id}
    said: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    return replace(otherwise or DocumentOptions(), **said)


def statistics_options(counts: list[str] | None, misread: float | None) -> StatisticsOptions:
    """Return what a command line says of the facts about a collection."""
    from stemmata.statistics import StatisticsOptions

    own = StatisticsOptions(counts=tuple(counts or ()))
    return own if misread is None else replace(own, misread=misread)


@contextmanager
def printing() -> Iterator[None]:
    """Print on stdout, whole; leave quietly where no one listens any more, else say why it cannot be done."""
    try:
        yield
        sys.stdout.flush()
    except StemmataError:  # some of them are an OSError too
        raise
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is left is flushed on leaving
        if isinstance(error, BrokenPipeError):
            raise typer.Exit(EXIT_UNHEARD) from error
        typer.echo(f"the answer cannot be printed: {error.strerror}.", err=True)
        raise typer.Exit(EXIT_FAILED) from error


@contextmanager
def breaking_off(said: str) -> Iterator[None]:
    """Where Ctrl-C breaks off what is done here, say on a terminal what is left."""
    try:
        yield
    except SystemExit as leaving:
        if leaving.code == EXIT_INTERRUPTED and sys.stderr.isatty():
            typer.echo(said, err=True)
        raise


@contextmanager
def progress_on(console: Console) -> Iterator[Listener]:
    """Say how far the stage at work is, on a terminal only; and say once why the first words take their time."""
    from stemmata.kernels import cache_folder, compiled
    from stemmata.warming import warm_up

    waiting = not compiled()
    with console.status("documents") as status:  # shows nothing but on a terminal

        def announce(progress: Progress) -> None:
            nonlocal waiting
            if waiting and progress.stage != "documents":
                waiting = False
                console.print("compiling kernels for this machine, once: ten to twenty seconds", style="dim")
                if cache_folder() is not None:
                    warm_up()
            status.update(str(progress))

        yield announce
