"""Where a command runs: on this machine, or on a Spark cluster."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from stemmata.cli.console import local_engine

if TYPE_CHECKING:
    from stemmata.engines import LocalEngine
    from stemmata.engines.spark import SparkEngine

ENGINE = typer.Option("--engine", metavar="NAME", help="Where to run: local, as by default, or spark (docs/spark.md).")
MASTER = typer.Option(
    "--master",
    metavar="URL",
    help="With --engine spark: its master, such as spark://host:7077; by default that of Spark's settings, else all "
    "cores of this machine.",
)
TABLES = typer.Option(
    "--tables",
    metavar="FOLDER",
    help="With --engine spark: where its tables lie, a path or an address, and where a run goes on that was ended.",
)


def chosen_engine(
    name: str, master: str | None, tables: str | None, workers: int | None, memory: str | None
) -> LocalEngine | SparkEngine:
    """Return the engine that a command line asks for."""
    if name not in ("local", "spark"):
        raise typer.BadParameter(f"{name!r} is no engine: choose local or spark.", param_hint="--engine")
    on_spark, here = {"--master": master, "--tables": tables}, {"--workers": workers, "--memory": memory}
    for option, given in (on_spark if name == "local" else here).items():
        if given is not None:
            other = "spark" if name == "local" else "local"
            raise typer.BadParameter(f"it is about --engine {other}: leave it out.", param_hint=option)
    if name == "local":
        return local_engine(workers, memory)
    from stemmata.engines.sessions import start_session
    from stemmata.engines.spark import SparkEngine

    return SparkEngine(start_session(master), folder=tables)


def sources_of(engine: LocalEngine | SparkEngine, sources: list[str]) -> list[Any]:
    """Return tables as an engine takes them: the paths, or with Spark the one table that it reads of them."""
    from stemmata.engines.spark import SparkEngine

    if not isinstance(engine, SparkEngine):
        return [*sources]
    from stemmata.crawl.reading import open_table

    return [open_table(engine.session, sources)]
