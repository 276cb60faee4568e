"""Plain text in any encoding: the file is the document."""

from __future__ import annotations

from hashlib import sha256

import pyarrow as pa

from stemmata import schemas
from stemmata.errors import SourceError
from stemmata.readers.attribution import find_attribution
from stemmata.readers.columns import take_records
from stemmata.readers.encoding import decode


def read_plain(data: bytes) -> pa.Table:
    """Return the text as decoded, line ends and all; see :func:`stemmata.readers.encoding.decode`.

    Raises
    ------
    SourceError
        The bytes are binary, or nothing but white space.
    """
    decoded = decode(data)
    if not decoded.text.strip():
        raise SourceError("it holds nothing but white space.", mend="give a file with text in it.")
    record = {
        "text": decoded.text,
        "attribution": find_attribution(decoded.text),
        "sha256": sha256(data).hexdigest(),
    }
    return schemas.remark(take_records([record], [None]), notes=decoded.notes)
