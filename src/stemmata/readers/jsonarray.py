"""JSON in one piece: an array of objects, each a document, or one object over several lines."""

from __future__ import annotations

import json
import re

import pyarrow as pa

from stemmata import schemas
from stemmata.errors import SourceError
from stemmata.readers.columns import take_records
from stemmata.readers.encoding import decode, glance
from stemmata.readers.jsonlines import OBJECT

ARRAY = re.compile(r"\s*\[" + OBJECT.pattern)


def looks_like_json(data: bytes) -> bool:
    """Tell whether an array of objects, or an object, begins here."""
    head = glance(data)
    return bool(ARRAY.match(head) or OBJECT.match(head))


def read_json(data: bytes, *, about: bool = False) -> pa.Table:
    """Return a row for each object of the array; other items are remarked on as skipped.

    Raises
    ------
    SourceError
        The bytes are binary or not JSON, or no object has a ``text``.
    """
    decoded = decode(data)
    mend = "check the file; for one object a line, name it .jsonl."
    try:
        value = json.loads(decoded.text)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise SourceError(f"it is not JSON: {error.msg}, at {where}.", mend=mend) from error
    except (RecursionError, ValueError) as error:
        raise SourceError("its JSON is nested too deep, or has too long a number.", mend=mend) from error
    items = list(enumerate(value if isinstance(value, list) else [value], 1))
    objects = {row: item for row, item in items if isinstance(item, dict)}
    skipped = [
        {"uri": f"#{row}", "reason": f"item {row} is no object.", "mend": "make it an object with a 'text'."}
        for row, _ in items
        if row not in objects
    ]
    table = take_records(list(objects.values()), list(objects), about=about)
    return schemas.remark(table, skipped=skipped, notes=decoded.notes)
