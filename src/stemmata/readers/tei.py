"""TEI P5: the transcription of a witness, and what its header says of it.

How it is parsed, and what of it is not, :mod:`stemmata.readers.xmltree` says.
"""

from __future__ import annotations

from collections import Counter
from hashlib import sha256
from typing import Any

import pyarrow as pa

from stemmata import schemas
from stemmata.errors import SourceError
from stemmata.readers.columns import take_records
from stemmata.readers.page import decode_page
from stemmata.readers.tei_header import read_header
from stemmata.readers.tei_text import TeiText, read_text
from stemmata.readers.xmltree import UNKNOWN, local, parse_xml, root_name

ROOTS = ("TEI", "teiCorpus")


def looks_like_tei(data: bytes) -> bool:
    """Tell whether the root of an XML file is that of TEI P5, after declarations and comments."""
    return root_name(data) in ROOTS


def read_tei(data: bytes, *, depth: int = 1_000) -> pa.Table:
    """Return the text of the witness, and its metadata; a corpus has a row for each of its texts.

    See :func:`stemmata.readers.tei_text.read_text` for what is text, and
    :func:`stemmata.readers.tei_header.read_header` for what a header says. A corpus's texts without words are
    remarked on as skipped.

    Parameters
    ----------
    data : bytes
        The file.
    depth : int
        How deep elements may be nested, 1 to 2,000.

    Raises
    ------
    SourceError
        It is binary, not well-formed, nested deeper than ``depth``, or has no text.

    References
    ----------
    TEI Consortium, TEI P5: Guidelines for Electronic Text Encoding and Interchange.
    """
    decoded = decode_page(data)
    root, unknown = parse_xml(decoded.text, depth)
    texts = [root] if local(root) == "TEI" else list(root.iter("{*}TEI"))
    notes = Counter({UNKNOWN: unknown})
    records: list[dict[str, Any]] = []
    rows: list[int | None] = []
    skipped = []
    for number, one in enumerate(texts, 1):
        read = read_text(one)
        notes += Counter(read.notes)
        if read.text:
            header = read_header(one)
            notes += Counter(header.notes)
            records.append(header.said | _record(read, data if one is root else read.text.encode()))
            rows.append(None if one is root else number)
        else:
            skipped.append({"uri": f"#{number}", "reason": "it has no text.", "mend": "transcribe it, or drop it."})
    if not records:
        raise SourceError("it is TEI without text.", mend="give a file whose body holds a transcription.")
    said = [{"stage": "documents", "what": what, "count": count} for what, count in sorted(notes.items())]
    return schemas.remark(take_records(records, rows), skipped=skipped, notes=[*decoded.notes, *said])


def _record(read: TeiText, data: bytes) -> dict[str, Any]:
    return {"text": read.text, "locators": read.locators or None, "sha256": sha256(data).hexdigest()}
