"""JSON in one piece: an array of objects, each a document, or one object over several lines."""

from __future__ import annotations

import json
import re

import pyarrow as pa

from stemmata import schemas
from stemmata.errors import SourceError
from stemmata.readers.called import ITSELF, Called
from stemmata.readers.columns import take_records
from stemmata.readers.encoding import decode, glance
from stemmata.readers.headings import plain_keys
from stemmata.readers.jsonlines import OBJECT
from stemmata.readers.places import Unread

ARRAY = re.compile(r"\s*\[" + OBJECT.pattern)


def looks_like_json(data: bytes) -> bool:
    """Tell whether an array of objects, or an object, begins here."""
    head = glance(data)
    return bool(ARRAY.match(head) or OBJECT.match(head))


def read_json(data: bytes, *, about: bool = False, called: Called = ITSELF) -> pa.Table:
    """Return a row for each object of the array; other items are remarked on as skipped.

    Raises
    ------
    SourceError
        The bytes are binary or not JSON, or no object has a ``text``.
    """
    decoded = decode(data)
    mend = "check the file; where each line is an object, the first must be whole."
    try:
        value = json.loads(decoded.text)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise SourceError(f"it is not JSON: {error.msg}, at {where}.", mend=mend) from error
    except (RecursionError, ValueError) as error:
        raise SourceError("its JSON is nested too deep, or has too long a number.", mend=mend) from error
    objects, unread = {}, Unread()
    for row, item in enumerate(value if isinstance(value, list) else [value], 1):
        if isinstance(item, dict):
            objects[row] = plain_keys(item) if about else item
        else:
            unread.add(f"#{row}", "are no object", f"item {row} is no object.", "make it an object with a 'text'.")
    table = take_records(list(objects.values()), list(objects), about=about, called=called, foreign=True)
    return schemas.remark(table, skipped=unread.skipped(), notes=decoded.notes)
