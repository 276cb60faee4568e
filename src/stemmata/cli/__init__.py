"""The command line: it parses, calls and shows. What a command needs is imported when it runs."""

from __future__ import annotations

from typing import Annotated

import typer

from stemmata._version import __version__
from stemmata.cli import counts, dedup, evidence, families, library, runs, serve, shards, watch

app = typer.Typer(
    name="stemmata",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"stemmata {__version__}")
        raise typer.Exit


@app.callback()
def stemmata(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Say which texts derive from which, which is the original, and what each copy changed."""


for command in (
    runs.compare,
    runs.trace,
    dedup.dedup,
    runs.demo,
    serve.serve,
    library.add,
    library.find,
    library.decide,
    library.remove,
    library.compact,
    library.check,
    library.rebuild,
    families.export,
    families.follow,
    evidence.evidence,
    evidence.verify,
    watch.watch,
    watch.queries,
    shards.statistics,
    shards.fingerprint,
    shards.join,
):
    app.command()(command)
count = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Count what words stand together in a language.")
count.command("build")(counts.build_counts)
app.add_typer(count, name="counts")
