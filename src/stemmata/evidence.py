"""Evidence on two documents of a library: both inputs, what they share and what was found of it, in one pack.

No other document of the library is in it, nor named in it: the two are compared as :func:`stemmata.compare` compares
two files, with what the library knows of its collection.
"""

from __future__ import annotations

import json
import os
import shlex
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from pathlib import Path, PurePath
from platform import python_version
from typing import Any, NamedTuple

import pyarrow as pa

from stemmata import catalog, schemas
from stemmata._version import __version__
from stemmata.engines import Engine
from stemmata.errors import OptionError
from stemmata.fingerprints import fingerprint
from stemmata.holdings import Holdings, missing
from stemmata.originals import Original, find_original
from stemmata.packing import File, write_pack
from stemmata.pairs import find_pairs
from stemmata.pipeline import Clock, Options
from stemmata.readers.files import legible
from stemmata.readers.limits import Limits
from stemmata.readers.places import numbered
from stemmata.redaction import redact, undirected, withhold_direction
from stemmata.report.evidence import render_alignment, render_readme, render_summary
from stemmata.report.html import render_html
from stemmata.report.json import write_json
from stemmata.rows.origins import refuse_files
from stemmata.ruled import run_ruled
from stemmata.rulings import Rulings
from stemmata.traced import Trace

LIBRARIES = (
    "babel",
    "charset-normalizer",
    "jinja2",
    "lxml",
    "numba",
    "numpy",
    "py3langid",
    "pyarrow",
    "pypdfium2",
    "resiliparse",
    "trafilatura",
    "wordfreq",
)
CALLERS, UNCALLED = "the caller says so", "without the caller's word"  # reasons for a direction that was given
HOLDS = {
    "README.txt": "what this pack is, and how to verify it",
    "SHA256SUMS": "SHA-256 of every other file",
    "manifest.json": "what each file holds, its size and SHA-256",
    "request.tsq": "the request for a time stamp of SHA256SUMS",
    "a/text.txt": "the text of a, as it was extracted",
    "b/text.txt": "the text of b, as it was extracted",
    "a/headers.txt": "how a was served to the crawler that fetched it",
    "b/headers.txt": "how b was served to the crawler that fetched it",
    "a/original.bin": "the input of a, byte for byte",
    "b/original.bin": "the input of b, byte for byte",
    "a/metadata.json": "what is known of a, and where it was read",
    "b/metadata.json": "what is known of b, and where it was read",
    "alignment.json": "passages, edits, relation and changes, for programs",
    "report.html": "both texts side by side, and all that was found",
    "summary.html": "the same on one page",
    "versions.json": "what made this, with which options and statistics",
}


class Evidence(NamedTuple):
    """A pack of evidence that was written.

    Parameters
    ----------
    path : Path
        The pack.
    sha256 : str
        Of its list of digests, and so of all that is in it: what a time stamp is asked for.
    files : int
        How many it has.
    originals : mapping of str to str
        By ``a`` and ``b``, which are the two in the order of their ids: what became of the input.
    trace : Trace
        What was found, as far as the pack tells it.
    """

    path: Path
    sha256: str
    files: int
    originals: Mapping[str, str]
    trace: Trace


def gather_evidence(
    holdings: Holdings,
    docs: tuple[str, str],
    path: Path,
    *,
    redact_others: bool,
    direction: bool,
    paths: bool,
    rulings: Rulings,
    options: Options,
    engine: Engine,
    clock: Clock,
) -> Evidence:
    """Write a pack of evidence on two documents.

    Parameters
    ----------
    docs : two str
        Their ids; the pack is the same in either order.
    redact_others : bool
        Black out text that the two do not share.
    direction : bool
        Say who copied whom.
    paths : bool
        Name the files by their whole paths.
    rulings : Rulings
        What people decided, which goes before what the machine says. Notes are free text, and may tell what is to be
        left out: they are in the whole pack alone.

    Raises
    ------
    MissingSource
        The library does not hold one.
    OptionError
        Both are one document; or the pack would be written over the file of one.
    FolderError
        The pack cannot be written.
    """
    with clock.stage("documents"):
        held = _held(holdings, docs)
        refuse_files([path], [row["path"] for row in held.values() if row["path"] is not None])
        originals = {
            side: Original(None, "left out, as text that the two do not share is blacked out")
            if redact_others
            else find_original(row, Limits(bytes=options.documents.limit_bytes))
            for side, row in held.items()
        }
    about = _about(docs, redact_others, direction, options)
    rulings = rulings.without(notes=redact_others or not direction, direction=not direction)
    trace = _compared(holdings, about, redact_others, direction, rulings, options, engine, clock, held.values())
    decided = rulings.on(held["a"]["doc"], held["b"]["doc"])
    shown = dict(zip("ab", trace.documents.to_pylist(), strict=True))
    told = {side: {"place": _place(held[side], paths), "original": originals[side].says} for side in "ab"}
    contents = {
        "alignment.json": render_alignment(trace, decided).encode(),
        "report.html": render_html(trace).encode(),
        "summary.html": render_summary(trace, told, decided).encode(),
        "versions.json": write_json(_versions(holdings, about)).encode(),
    }
    for side in "ab":
        contents[f"{side}/text.txt"] = shown[side].pop("text").encode()
        contents[f"{side}/metadata.json"] = write_json({**shown[side], **told[side]}).encode()
        for name, data in (("original.bin", originals[side].data), ("headers.txt", originals[side].headers)):
            if data is not None:
                contents[f"{side}/{name}"] = data
    listed = {name: HOLDS[name] for name in (*contents, "README.txt", "SHA256SUMS", "manifest.json", "request.tsq")}
    readme = render_readme(held["a"]["doc"], held["b"]["doc"], listed, redacted=redact_others, directed=direction)
    contents["README.txt"] = readme.encode()
    manifest = {
        "made_by": f"stemmata {__version__}",
        "redacted": redact_others,
        "direction": direction,
        "documents": {
            side: {"doc": row["doc"], "sha256": row["sha256"], **told[side]} for side, row in sorted(held.items())
        },
    }
    packed = write_pack(path, {name: File(data, HOLDS[name]) for name, data in contents.items()}, manifest)
    return Evidence(*packed, {side: original.says for side, original in originals.items()}, trace)


def _held(holdings: Holdings, docs: tuple[str, str]) -> dict[str, dict[str, Any]]:
    """Return the two documents by ``a`` and ``b``, in the order of their ids."""
    if docs[0] == docs[1]:
        raise OptionError("both are one document.", where=docs[0], mend="name two; a later version is called ID@2.")
    rows = {row["doc"]: row for row in holdings.take(holdings.numbers_of(docs)).to_pylist()}
    if absent := [doc for doc in docs if doc not in rows]:
        raise missing(absent, str(holdings.folder.path))
    return {side: rows[doc] for side, doc in zip("ab", sorted(docs), strict=True)}


def _compared(
    holdings: Holdings,
    about: Mapping[str, object],
    redact_others: bool,
    direction: bool,
    rulings: Rulings,
    options: Options,
    engine: Engine,
    clock: Clock,
    rows: Iterable[Mapping[str, Any]],
) -> Trace:
    """Return what is found of the two, as far as it is to be told."""
    documents = schemas.DOCUMENTS.table({name: row[name] for name in schemas.DOCUMENTS.arrow.names} for row in rows)
    a, b = documents["doc"].to_pylist()
    statistics, given = holdings.statistics, schemas.PAIRS.table([{"a": a, "b": b}])
    with clock.stage("fingerprints"):
        kept = fingerprint(documents, statistics, options=options.fingerprints, engine=engine)
    with clock.stage("pairs"):
        pairs = find_pairs(documents, kept, statistics, given=given, options=options.pairs, engine=engine)
    made = {"statistics": statistics, "fingerprints": kept, "pairs": pairs}
    if not direction:
        made["directions"] = undirected(a, b, "unknown")
    tables = run_ruled(documents, rulings, options, engine, made=made, clock=clock)
    tables["directions"] = _attributed(tables["directions"])
    if not direction:
        tables = withhold_direction(tables)
    for name in ("statistics", "fingerprints"):  # of the collection, not of the two
        tables[name] = tables[name].slice(0, 0)
    return Trace(redact(tables) if redact_others else tables, about=about)


def _attributed(directions: pa.Table) -> pa.Table:
    """Return directions that tell a reader of the pack, who is no caller, that a person gave them."""
    rows = directions.to_pylist()
    for reason in (reason for row in rows for reason in row["evidence"]):
        if reason["reason"] == CALLERS:
            reason["reason"] = "a person decided so"
        elif reason["reason"].startswith(UNCALLED):
            reason["reason"] = reason["reason"].replace(UNCALLED, "without that decision", 1)
    return schemas.DIRECTIONS.table(rows).replace_schema_metadata(directions.schema.metadata)


def _about(docs: tuple[str, str], redact_others: bool, direction: bool, options: Options) -> dict[str, object]:
    """Return how the pack is made: without times and folders, so that it comes out the same anywhere."""
    flags = ["--redact-others"] * redact_others + ["--no-direction"] * (not direction)
    words = ["stemmata", "evidence", "LIBRARY", *map(shlex.quote, sorted(docs)), "-o", "pack.zip", *flags]
    chosen = json.loads(json.dumps(options.to_dict()))  # tuples and lists alike, as a library opened anew has them
    chosen["statistics"]["counts"] = [PurePath(path).name for path in options.statistics.counts]
    chosen["changes"]["names"] = PurePath(options.changes.names).name
    return {"version": __version__, "verb": "compare", "command": " ".join(words), "options": chosen}


def _versions(holdings: Holdings, about: Mapping[str, object]) -> dict[str, Any]:
    return {
        "stemmata": __version__,
        "python": python_version(),
        "libraries": {name: version(name) for name in LIBRARIES},
        "library": {
            "format": catalog.FORMAT,
            "generation": holdings.folder.catalog.generation,
            "documents": len(holdings),
            "statistics": holdings.facts.digest,
        },
        "options": about["options"],
    }


def _place(row: Mapping[str, Any], paths: bool) -> str:
    """Return where a document was read: as it was given, but for folders of this machine that nobody asked for."""
    if row["path"] is None:
        return str(row["uri"]) + numbered(row["row"])
    path = legible(os.fsdecode(row["path"]))
    member = f"/{row['member']}" if row["member"] else ""
    if not paths and not os.path.isabs(row["uri"]):
        return str(row["uri"]) + numbered(row["row"])
    return (path if paths else PurePath(path).name) + member + numbered(row["row"])
