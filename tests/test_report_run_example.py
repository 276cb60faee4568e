"""The example that the tests of a run's page share: a pile put together by hand, table by table."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from stemmata import schemas
from stemmata.traced import Trace
from tests.test_report_example import ARTICLE, COPY, edits

FAMILY = "0123456789abcdef"
OPTIONS = {"pairs": {"verified": 6, "neighbours": 9}}
ABOUT = {
    "version": "0.2.0",
    "verb": "trace",
    "command": "stemmata trace harbour/ -o run",
    "sources": ["harbour/"],
    "options": OPTIONS,
    "started": "2026-11-21T22:00:00+00:00",
    "seconds": {"documents": 0.012, "alignments": 0.034},
}


class Witness(NamedTuple):
    """A member of the example's family, or with ``role`` empty a document without one."""

    doc: str
    parent: str | None = None
    kind: str = "edited"
    role: str = "copy"
    text: str = "Rain fell on the harbour all night, and the ferry stayed where it was."
    confidence: float = 0.9
    others: tuple[str, ...] = ()
    published: str | None = None
    row: Mapping[str, Any] = {}
    exact_of: str | None = None
    via: str | None = None
    family: str = FAMILY


def pile(
    witnesses: Sequence[Witness],
    *,
    changes: Iterable[Mapping[str, Any]] = (),
    relations: Iterable[Mapping[str, Any]] = (),
    skipped: Iterable[Mapping[str, Any]] = (),
    notes: Iterable[Mapping[str, Any]] = (),
    about: Mapping[str, Any] = ABOUT,
) -> Trace:
    """Build the trace of a run; each edge of the tree is a relation, aligned from end to end."""
    here = {one.doc: one for one in witnesses if one.role != "lost"}
    members = [one for one in witnesses if one.role]
    edges = [(here[one.parent], one) for one in members if one.parent in here and one.doc in here]
    edges += [(here[one.via], one) for one in members if one.via in here and one.via < one.doc]
    tables = {schema.name: schema.empty() for schema in schemas.TABLES + schemas.SIDE_TABLES}
    tables |= {
        "documents": schemas.DOCUMENTS.table(map(_document, here.values())),
        "families": schemas.FAMILIES.table(
            {
                "family": one.family,
                "doc": one.doc,
                "size": sum(other.family == one.family for other in members),
                "exact_of": one.exact_of,
                "via": one.via or one.parent,
                "keeper": one.parent is None,
                "reason": "the longest text of the family",
            }
            for one in members
            if one.role != "lost"
        ),
        "stemma": schemas.STEMMA.table(
            {
                "family": one.family,
                "doc": one.doc,
                "parent": one.parent,
                "role": one.role,
                "other_parents": list(one.others),
                "confidence": one.confidence,
            }
            for one in members
        ),
        "relations": schemas.RELATIONS.table([*(_relation(*edge) for edge in edges), *relations]),
        "pairs": schemas.PAIRS.table(dict(zip("ab", sorted((s.doc, c.doc)), strict=True)) for s, c in edges),
        "alignments": schemas.ALIGNMENTS.table(_passage(*edge) for edge in edges),
        "changes": schemas.CHANGES.table(
            {"oriented": True, "inherited": False, "carried_by": 1, "introduced_by": change["copy"]} | dict(change)
            for change in changes
        ),
        "skipped": schemas.SKIPPED.table(skipped),
        "notes": schemas.NOTES.table(notes),
    }
    return Trace(tables, about=about)


def _document(one: Witness) -> dict[str, Any]:
    published = datetime.fromisoformat(one.published).replace(tzinfo=UTC) if one.published else None
    known = {"language": "en", "media_type": "text/plain", "published": published}
    return {
        "doc": one.doc,
        "text": one.text,
        "sha256": hashlib.sha256(one.text.encode()).hexdigest(),
        **known,
        **one.row,
    }


def _relation(source: Witness, copy: Witness) -> dict[str, Any]:
    a, b = sorted((source.doc, copy.doc))
    shares = {"coverage_a": 1.0, "coverage_b": 1.0, "confidence": 0.97}
    return {"a": a, "b": b, "kind": copy.kind, "extent": "whole", **shares, "evidence": []}


def _passage(source: Witness, copy: Witness) -> dict[str, Any]:
    a, b = sorted((source, copy), key=lambda one: one.doc)
    span = {"a_start": 0, "a_end": len(a.text), "b_start": 0, "b_end": len(b.text)}
    measures = {"matched": 10, "identity": 0.8, "kind": copy.kind, "confidence": 0.9, "role": "reuse", "moved": False}
    return {"a": a.doc, "b": b.doc, "rank": 1, **span, **measures, "edits": edits(a.text, b.text, span)}


def change(
    source: tuple[str, str],
    copy: tuple[str, str],
    n: int,
    type_: str,
    before: str,
    after: str,
    severity: float,
    **more: Any,
) -> dict[str, Any]:
    """Return a change between two documents, each given as its name and text."""
    start, place = (text.index(words) if words else 0 for (_, text), words in ((source, before), (copy, after)))
    return {
        "source": source[0],
        "copy": copy[0],
        "n": n,
        "type": type_,
        "before": before,
        "after": after,
        "source_start": start,
        "source_end": start + len(before),
        "copy_start": place,
        "copy_end": place + len(after),
        "factual": type_ in schemas.FACTUAL_TYPES,
        "severity": severity,
        "says": f"The {type_} becomes another.",
        **more,
    }


FARM = COPY.replace("aged", "ageing")
MIRROR = FARM + "\nMore from this site.\n"


def harbour() -> Trace:
    """Return a small run: an article, a spun copy that alters facts, copies of that, and what stands beside."""
    gazette, spun, farm, mirror = (
        ("gazette.txt", ARTICLE),
        ("spun.txt", COPY),
        ("farm.txt", FARM),
        ("mirror.txt", MIRROR),
    )
    altered = [
        (gazette, spun, 1, "number", "40", "14", 0.9),
        (gazette, spun, 2, "name", "Lindqvist", "Lundgren", 0.8),
        (gazette, spun, 3, "attribution", ", according to the harbour office", "", 0.6),
        (gazette, spun, 4, "wording", "old", "aged", 0.0),
        (spun, farm, 1, "wording", "aged", "ageing", 0.0),
    ]
    handed = {"introduced_by": "spun.txt", "inherited": True, "carried_by": 3}
    changes = [
        *(change(*one, carried_by=3 if one[3] == "number" else 1) for one in altered),
        change(gazette, farm, 1, "number", "40", "14", 0.9, **handed),
        change(gazette, mirror, 1, "number", "40", "14", 0.9, **handed),
    ]
    return pile(
        [
            Witness(
                "gazette.txt",
                None,
                "",
                "original",
                ARTICLE,
                published="2024-03-01",
                row={"title": "Harbour bridge to be repaired", "site": "gazette.example"},
            ),
            Witness("spun.txt", "gazette.txt", "spun", text=COPY, published="2024-03-03", row={"site": "spin.example"}),
            Witness("farm.txt", "spun.txt", "edited", text=FARM, others=("repost.txt",)),
            Witness("mirror.txt", "farm.txt", "verbatim", text=MIRROR, published="2024-03-09"),
            Witness("repost.txt", "gazette.txt", "verbatim", text=ARTICLE, exact_of="gazette.txt"),
            Witness("bread.txt", role="", text="Flour and water are all that it takes."),
            Witness("form-1.txt", role="", text="The market in Vessby opens at nine on Monday."),
            Witness("form-2.txt", role="", text="The market in Tarn opens at ten on Friday."),
        ],
        changes=changes,
        relations=[
            {
                "a": "form-1.txt",
                "b": "form-2.txt",
                "kind": "template",
                "extent": "whole",
                "confidence": 0.9,
                "coverage_a": 0.7,
                "coverage_b": 0.7,
                "evidence": [],
            }
        ],
        skipped=[{"uri": "broken.pdf", "reason": "it ends in the middle of a page", "mend": "get the whole file."}],
        notes=[{"stage": "alignments", "what": "passages under 20 words", "count": 3}],
    )


def test_example_is_what_the_stages_promise() -> None:
    """Every table of the example passes its own schema."""
    trace = harbour()
    for schema in schemas.TABLES + schemas.SIDE_TABLES:
        schema.check(getattr(trace, schema.name))
