"""Write the pages of the docs that are made from the code; ``--check`` fails where they are out of date.

::

    python -m scripts.document
    python -m scripts.document --check
"""

from __future__ import annotations

import argparse
import dataclasses
import inspect
import os
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from typer import Typer

from stemmata import errors, schemas
from stemmata.cli import app
from stemmata.engines import LocalEngine
from stemmata.keepers import KeepOptions
from stemmata.pipeline import Options

DOCS = Path(__file__).resolve().parent.parent / "docs"
MADE = "<!-- made by scripts/document.py -->\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write or check all pages."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a page is out of date")
    check = parser.parse_args(arguments).check
    stale = []
    for name, page in PAGES.items():
        text = MADE + page()
        path = DOCS / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
            if not check:
                path.write_text(text, encoding="utf-8", newline="\n")
    if stale:
        print(("out of date: " if check else "written: ") + ", ".join(stale))
    return 1 if stale and check else 0


def tables() -> str:
    """Return the page of all tables."""
    lines = [
        "# The tables",
        "",
        "Made from `schemas.py`. Spans are Unicode code points into `documents.text`, half-open.",
        "",
    ]
    groups = {
        "The stages": schemas.TABLES,
        "Beside them": schemas.SIDE_TABLES,
        "Of dedup": schemas.DEDUP_TABLES,
        "Of shards": schemas.SHARD_TABLES,
        "Of libraries": schemas.FOUND_TABLES,
    }
    for title, group in groups.items():
        lines += [f"## {title}", ""]
        for schema in group:
            key = f" Key: {', '.join(f'`{k}`' for k in schema.key)}." if schema.key else ""
            lines += [
                f"### {schema.name}",
                "",
                f"One row is {schema.row}.{key}",
                "",
                "| column | type | holds |",
                "|---|---|---|",
            ]
            lines += [
                f"| `{c.name}` | {_type(str(c.type))}{' or null' if c.null else ''} | {_cell(c.holds)} |"
                for c in schema.columns
            ]
            lines.append("")
    return "\n".join(lines)


def options() -> str:
    """Return the page of all options."""
    lines = [
        "# Options",
        "",
        "`Options` is frozen and keyword-only: one dataclass a stage, checked when it is made.",
        "",
    ]
    lines += ["```python", "import stemmata as st", "from stemmata.alignments import AlignmentOptions", ""]
    lines += [
        "options = st.Options(alignments=AlignmentOptions(shortest=60))",
        'trace = st.compare("examples/ferry.txt", "examples/ferry-spun.txt", options=options)',
        "```",
        "",
    ]
    for field in dataclasses.fields(Options):
        lines += _dataclass(field.name, type(getattr(Options(), field.name)))
    return "\n".join([*lines, *_dataclass("dedup", KeepOptions), *_dataclass("engine", LocalEngine)])


def errors_page() -> str:
    """Return the page of all errors."""
    tree = inspect.getdoc(errors) or ""
    lines = [
        "# Errors",
        "",
        "Every error says what is wrong, where, and how to mend it; the three are attributes `what`, `where`, `mend`.",
        "",
    ]
    lines += ["```", tree.split("::\n\n")[1].split("\n\n")[0], "```", "", "| error | means |", "|---|---|"]
    for name, kind in inspect.getmembers(errors, inspect.isclass):
        if issubclass(kind, errors.StemmataError):
            lines.append(f"| `{name}` | {_cell((inspect.getdoc(kind) or '').splitlines()[0])} |")
    lines += [
        "",
        "On the command line an error goes to stderr, and stdout stays empty.",
        "",
        "| exit code | means |",
        "|---|---|",
        "| 0 | done |",
        "| 1 | a document could not be read, or inputs were skipped under `--strict`; a pack of evidence was altered |",
        "| 2 | a wrong call: an option, a file that is not there, the same file twice, `-o` on an input |",
        "| 3 | failed: a folder or an answer could not be written, a pack could not be read |",
        "| 130 | interrupted; 143 and 129: ended by SIGTERM or SIGHUP |",
        "| 141 | whoever was to read the answer closed the pipe |",
        "",
    ]
    return "\n".join(lines)


def command_line() -> str:
    """Return the page of the command line: what ``--help`` prints."""
    lines = ["# The command line", ""]
    calls = [[], *([name] for name in _names(app))]
    for group in app.registered_groups:
        calls += [[str(group.name), name] for name in _names(group.typer_instance)]
    for words in calls:
        called = subprocess.run(
            [sys.executable, "-m", "stemmata", *words, "--help"],
            capture_output=True,
            text=True,
            check=True,
            env=os.environ | {"COLUMNS": "100", "TERM": "dumb", "NO_COLOR": "1"},
        )
        shown = "\n".join(line.rstrip() for line in called.stdout.strip("\n").splitlines())
        lines += [f"## `{' '.join(['stemmata', *words])}`", "", "```", shown, "```", ""]
    return "\n".join(lines)


def _names(of: Typer | None) -> list[str]:
    commands = of.registered_commands if of else []
    return [command.name or command.callback.__name__ for command in commands if command.callback]


def _dataclass(name: str, kind: type) -> list[str]:
    doc = inspect.getdoc(kind) or ""
    lines = [f"## {name}: `{kind.__name__}`", "", doc.split("\n\n")[0], ""]
    meanings = dict(_parameters(doc))
    rows = [
        f"| `{f.name}` | `{getattr(kind(), f.name)!r}` | {_cell(meanings[f.name])} |" for f in dataclasses.fields(kind)
    ]
    return [*lines, "| option | default | means |", "|---|---|---|", *rows, ""] if rows else lines


def _parameters(doc: str) -> list[tuple[str, str]]:
    """Return names and meanings from the section Parameters of a numpydoc docstring."""
    section = re.search(r"Parameters\n-+\n(.*?)(?:\n\n\w+\n-+|\Z)", doc, re.DOTALL)
    found = []
    for head, body in re.findall(r"^(\S.*?) : .*\n((?:    .*\n?)+)", section.group(1) if section else "", re.MULTILINE):
        found += [(name.strip(), " ".join(body.split())) for name in head.split(",")]
    return found


def _type(name: str) -> str:
    return name.replace("list<element: ", "list<").replace("timestamp[us, tz=UTC]", "timestamp (UTC)")


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


PAGES: dict[str, Callable[[], str]] = {
    "cli.md": command_line,
    "errors.md": errors_page,
    "options.md": options,
    "tables.md": tables,
}

if __name__ == "__main__":
    raise SystemExit(main())
