"""The command that shows a run in the browser."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer


def serve(
    run: Annotated[Path, typer.Argument(metavar="RUN", file_okay=False, help="The folder of a run.")],
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="Where to listen.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65_535, help="0: any that is free.")] = 8_000,
) -> None:
    """Show a run in the browser, and answer programs over HTTP."""
    import uvicorn

    from stemmata.server.app import make_app
    from stemmata.server.shelves import RunShelf

    app = make_app(RunShelf(run), host=host)
    sys.stderr.write(f"http://{host}:{port}/\n")
    uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False)
