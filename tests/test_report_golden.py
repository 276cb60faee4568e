"""Whole answers as people see them, in files to be read: ``tests/golden``.

``python -m tests.test_report_golden`` writes them anew; what differs is then read in the diff.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from rich.console import Console

from stemmata import schemas
from stemmata.report.grouped import TYPES
from stemmata.report.html import render_html
from stemmata.report.summary import render_summary
from stemmata.report.svg import draw_family
from stemmata.report.terminal import render_verdict
from stemmata.traced import Trace
from tests.test_report_example import change, example, with_tables
from tests.test_report_run_example import harbour
from tests.test_report_run_page import with_swaps

GOLDEN = Path(__file__).parent / "golden"


def article() -> Trace:
    """The example, with more words out of place, one of them twice, and a disguise."""
    rows = example().changes.to_pylist()
    swaps = [("idea", "suggestion"), ("beams", "light beams"), ("beam", "light beam"), ("beams", "light beams")]
    rows += [
        rows[0] | change("tortured", before, after, before, 0.3, "A word of another sense stands for it.")
        for before, after in swaps
    ]
    says = "The copy writes “ships” with look-alike letters or hidden signs."
    rows.append(rows[0] | change("disguised", "ships", "ships", "larger", 0.35, says))
    table = schemas.CHANGES.table(row | {"n": n} for n, row in enumerate(rows, 1))
    return with_tables(example(), changes=table)


class Outline(HTMLParser):
    """Read the changes of a page as an outline: titles, entries, what is folded, and where links lead."""

    BLOCKS = ("h2", "h3", "h4", "h5", "li", "summary", "p", "legend", "label", "dt", "button")
    FOLDS = ("details", "ol", "ul")

    def __init__(self, html: str, after: str, before: str) -> None:
        super().__init__()
        self.depth = 0
        self.lines = [""]
        self.links: list[str] = []
        self.feed(html.split(after)[1].split(before)[0])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.BLOCKS:
            self.line()
        if tag in self.FOLDS:
            self.line()
            self.depth += 1
        if tag == "summary":
            self.lines[-1] += "▸ "
        if tag == "a":
            self.links.append(dict(attrs)["href"] or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.BLOCKS:
            self.line()
        if tag in self.FOLDS:
            self.line()
            self.depth -= 1

    def handle_data(self, data: str) -> None:
        self.lines[-1] += " ".join(data.split()) + " " if data.strip() else ""

    def line(self) -> None:
        if self.lines[-1].strip():
            self.lines[-1] = "  " * self.depth + " ".join([*self.lines[-1].split(), *self.links])
            self.lines.append("")
        self.links = []

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


def terminal(width: int = 90) -> Console:
    return Console(file=io.StringIO(), width=width)


def tree() -> str:
    """The tree of the example's family."""
    trace = harbour()
    return draw_family(trace.stemma, trace.documents, trace.relations)


ANSWERS: dict[str, Callable[[], str]] = {
    "compare.txt": lambda: render_verdict(article(), terminal()),
    "compare-changes-all.txt": lambda: render_verdict(article(), terminal(), types=TYPES),
    "compare-changes-number-name.txt": lambda: render_verdict(article(), terminal(), types=("number", "name")),
    "compare-page.txt": lambda: Outline(render_html(article()), 'id="changes-title">', '<section id="reading"').text,
    "trace.txt": lambda: render_summary(harbour(), terminal()),
    "trace-swaps.txt": lambda: render_summary(with_swaps(3), terminal()),
    "tree.svg": tree,
    "trace-page.txt": lambda: (
        Outline(render_html(with_swaps(13)), "</table>\n\n</details>", '<section id="reading"').text
    ),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_answers_read_as_they_are_kept(name: str) -> None:
    """To the last sign."""
    assert ANSWERS[name]() == (GOLDEN / name).read_text("utf-8")


def test_no_answer_is_kept_that_nothing_gives() -> None:
    assert {path.name for path in GOLDEN.iterdir()} == set(ANSWERS)


if __name__ == "__main__":
    for file, answer in ANSWERS.items():
        (GOLDEN / file).write_text(answer(), "utf-8", newline="\n")
