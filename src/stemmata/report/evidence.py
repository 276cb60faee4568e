"""What a pack of evidence says: a summary on one page, the alignment for programs, and how to check the pack."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from stemmata.redaction import WITHHELD
from stemmata.report import words
from stemmata.report.blocks import block, printed
from stemmata.report.comparison_page import weigh
from stemmata.report.environment import environment
from stemmata.report.escape import oneline
from stemmata.report.finding import Finding, Witness
from stemmata.report.findings import about, find
from stemmata.report.json import write_json

if TYPE_CHECKING:
    from stemmata.evidence import Evidence
    from stemmata.packing import Checked
    from stemmata.rulings import Ruling
    from stemmata.traced import Trace

_REASONS, _CHANGES = 4, 5  # as many as leave the summary on one page
_SPANS = (
    "Unicode code points into a/text.txt and b/text.txt (UTF-8, line ends as they stand), from 0, half-open: the text "
    "of a span is text[start:end]."
)
_OPS = (
    "match: the same words; restyle: the same value in another form; substitute: other words; insert: only in b; "
    "delete: only in a; move: elsewhere in the other text."
)
_OF_RELATIONS = ("confirm", "dismiss", "relabel")  # decisions that the relation's own evidence tells
_DISMISSED = " is a reuse of the other."
_DATES = ("published", "modified", "first_seen", "not_before", "not_after")
_WITHHELD_COLUMNS = ("says", "oriented", "introduced_by", "inherited", "carried_by")
_SIDES = {"source": "a", "copy": "b", "before": "in_a", "after": "in_b"}
_README = """\
What this is
============

Two documents, what they share, and what stemmata, a program, found out about
them:

a  {a}
b  {b}

It says nothing about permission, and nothing about what anyone meant to do.
{provisos}
What is in it
-------------

{files}
Which document is a and which is b tells nothing: it is the order of their
names. summary.html and report.html need no network and no other file.

To verify it without stemmata
-----------------------------

Unpack it, and in its folder run

    sha256sum -c SHA256SUMS

(on macOS: shasum -a 256 -c SHA256SUMS). Every line must end in OK, and no file
may be there that is not listed, but for SHA256SUMS itself, request.tsq and
response.tsr. With stemmata:

    stemmata verify pack.zip

That shows that the pack is whole. Whoever alters a file can write all digests
anew, so have the time stamped, or give the SHA-256 of SHA256SUMS to somebody
who keeps it.

To have the time stamped
------------------------

request.tsq asks an authority (RFC 3161) to sign that SHA256SUMS, and so every
file here, was there at that time. Only its SHA-256 is sent, nothing of the texts.
With the address of an authority of your choice in place of URL:

    curl -H 'Content-Type: application/timestamp-query' \\
         --data-binary @request.tsq URL > response.tsr

Keep the answer beside the pack (as pack.tsr beside pack.zip), or put it into
the pack as response.tsr. It is checked with the certificates of the authority:

    openssl ts -verify -data SHA256SUMS -in response.tsr -CAfile authority.pem
"""
_OPEN_WITH_CARE = """
original.bin holds the bytes of a document as they were read. To look at it, give
it the ending of its name in metadata.json; a page may run scripts and ask the
network, so open it with care.
"""
_REDACTED = """
Redacted: text that the two documents do not share is blacked out (█) in every
file, the inputs are left out, and so are titles, labels and readings that the
shared passages do not hold. The digests of the inputs stay in metadata.json.
"""
_UNDIRECTED = """
Who copied whom is left out of all files, as was asked. What differs is listed as
a has it and as b has it.
"""


def render_summary(trace: Trace, told: Mapping[str, Mapping[str, Any]], decided: Sequence[Ruling] = ()) -> str:
    """Return the summary: one HTML document that fits on one printed page.

    Parameters
    ----------
    trace : Trace
        The comparison of the two documents.
    told : mapping of str to mapping
        By ``a`` and ``b``: ``place``, and ``original``: what became of the input.
    decided : sequence of Ruling
        What people decided about the two.
    """
    finding = find(trace)
    assert finding is not None, "two documents were compared"
    css = environment().get_template("evidence.css").render()
    withheld = finding.direction["verdict"] == WITHHELD
    sides = sorted(_sides(finding, told), key=lambda side: side["letter"])
    weighed = weigh(finding.weighed)
    return (
        environment()
        .get_template("evidence.html.jinja")
        .render(
            css=css,
            css_digest=f"sha256-{base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()}",
            about=about(trace),
            finding=finding,
            decided=_decided(finding, decided),
            verdict=_verdict(finding),
            arrows=words.arrows(finding),
            sides=sides,
            withheld=withheld,
            reasons=weighed["reasons"][:_REASONS],
            further=weighed["reasons"][_REASONS:],
            total=weighed["total"],
            changes=finding.factual[:_CHANGES],
            limits=words.LIMITS[withheld:],  # the first is on directions
            notes=[note for note in trace.notes.to_pylist() if note["stage"] == "evidence"],
        )
    )


def _verdict(finding: Finding) -> words.Sentence:
    """Return the verdict in one sentence; of a pair that was dismissed, whose verdict it is."""
    if finding.relation["kind"] != "none" or not _ruled(finding):
        return words.verdict(finding)
    a, b = (oneline(finding.relation[side], 80) for side in "ab")
    return ("A person decided that neither of ", False), (a, True), (" and ", False), (b, True), (_DISMISSED, False)


def _ruled(finding: Finding) -> list[str]:
    """Return what a person decided about the relation, and what the machine had said."""
    return [row["says"] for row in finding.relation["evidence"] if row["feature"] == "decision"]


def _decided(finding: Finding, decided: Sequence[Ruling]) -> list[str]:
    return [*_ruled(finding), *(one.says for one in decided if one.verb not in _OF_RELATIONS)]


def _sides(finding: Finding, told: Mapping[str, Mapping[str, Any]]) -> Iterable[dict[str, Any]]:
    for witness in (finding.source, finding.copy):
        letter = _letter(finding, witness)
        dates = [f"{name.replace('_', ' ')} {words.day(witness.row[name])}" for name in _DATES if witness.row[name]]
        yield {"letter": letter, "witness": witness, "dates": dates, **told[letter]}


def _letter(finding: Finding, witness: Witness) -> str:
    return "a" if witness.doc == finding.relation["a"] else "b"


def render_alignment(trace: Trace, decided: Sequence[Ruling] = ()) -> str:
    """Return passages, edits, relation, direction, changes and what people decided as one JSON document, in ASCII.

    A direction that was left out is in none of it: changes then speak of a and b, not of source and copy.
    """
    (relation,), (direction,) = trace.relations.to_pylist(), trace.directions.to_pylist()
    withheld = direction["verdict"] == WITHHELD
    changes = trace.changes.to_pylist()
    document = {
        "spans": _SPANS,
        "ops": _OPS,
        "a": relation["a"],
        "b": relation["b"],
        "decisions": [asdict(one) for one in decided],
        "relation": relation,
        **({} if withheld else {"direction": direction}),
        "passages": trace.alignments.to_pylist(),
        "changes": [_turned(change) for change in changes] if withheld else changes,
        "notes": trace.notes.to_pylist(),
    }
    return write_json(document)


def _turned(change: Mapping[str, Any]) -> dict[str, Any]:
    """Return a change without saying which side is the source: its first side is a."""
    told = {name: value for name, value in change.items() if name not in _WITHHELD_COLUMNS}
    return {_SIDES.get(name, name.replace("source_", "a_").replace("copy_", "b_")): told[name] for name in told}


def render_readme(a: str, b: str, files: Mapping[str, str], *, redacted: bool, directed: bool) -> str:
    """Return the plain words that go with a pack.

    Parameters
    ----------
    a, b : str
        The ids of the documents.
    files : mapping of str to str
        What each file holds, by name.
    """
    provisos = _REDACTED if redacted else _OPEN_WITH_CARE if any(name.endswith(".bin") for name in files) else ""
    width = max(map(len, files))
    return _README.format(
        a=oneline(a, 200),
        b=oneline(b, 200),
        provisos=provisos + ("" if directed else _UNDIRECTED),
        files="".join(f"{name:<{width}}  {holds}\n" for name, holds in sorted(files.items())),
    )


def render_evidence(made: Evidence, console: Console) -> str:
    """Return what was packed, for a person to read."""
    finding = find(made.trace)
    assert finding is not None, "two documents were compared"

    def show() -> None:
        _headline(console, words.plain(_verdict(finding)))
        docs = zip("ab", made.trace.documents["doc"].to_pylist(), strict=True)
        rows = []
        for side, doc in docs:
            told = Text(oneline(doc, 100), "cyan").append(f"\noriginal: {made.originals[side]}", "dim")
            rows.append((Text(f"In {side}", "dim"), told))
        files = words.counted(made.files, "file")
        rows.append((Text("Pack", "dim"), Text(f"{oneline(str(made.path))}, {files}", "bold")))
        rows.append((Text("SHA256SUMS", "dim"), Text(made.sha256)))
        block(console, "", rows)

    return printed(console, show)


def render_check(checked: Checked, path: Path, console: Console) -> str:
    """Return whether a pack is as it was made, and what is not, for a person to read."""

    def show() -> None:
        if checked.differs:
            _headline(console, f"{oneline(str(path))} is not as it was made.")
            block(console, "", [(Text("Differs", "red"), Text(oneline(said))) for said in checked.differs])
            return
        _headline(console, f"{oneline(str(path))} is whole: {words.counted(checked.files, 'file')}, all as listed.")
        block(console, "", [(Text(name, "dim"), Text(said)) for name, said in _checked(checked)])

    return printed(console, show)


def _checked(checked: Checked) -> Sequence[tuple[str, str]]:
    rows = [
        ("Of", words.joined(oneline(str(one.get("doc", "")), 80) for one in _documents(checked))),
        ("SHA256SUMS", checked.sha256),
    ]
    if not checked.stamp:
        return [*rows, ("Time stamp", "none yet: request.tsq asks for it, as README.txt says")]
    how = (
        f"{oneline(checked.stamp)} names this SHA256SUMS; whether to trust it tells: openssl ts -verify -data "
        f"SHA256SUMS -in {oneline(checked.stamp)} -CAfile authority.pem"
    )
    return [*rows, ("Time stamp", how)]


def _documents(checked: Checked) -> list[Mapping[str, Any]]:
    held = checked.about.get("documents")
    return [one for one in held.values() if isinstance(one, Mapping)] if isinstance(held, Mapping) else []


def _headline(console: Console, said: str) -> None:
    console.print()
    console.print(Padding(Text(said, "bold"), (0, 2), expand=False))
    console.print()
