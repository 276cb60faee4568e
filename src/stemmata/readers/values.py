"""One value at a time: what a record says, as what its column holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from stemmata import schemas
from stemmata.readers.encoding import well_formed

FLAGS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


def read_value(value: Any, kind: pa.DataType) -> Any:
    """Return a Python value as one that Arrow can hold under ``kind``, a type of a column of documents, but for dates.

    Raises
    ------
    TypeError, ValueError, LookupError, OverflowError
        It cannot become one.
    """
    if kind == pa.bool_():
        return FLAGS[str(value).strip().lower()]
    if isinstance(kind, pa.ListType):
        read = READERS.get(str(kind.value_type), _name)
        if isinstance(value, str | bytes | Mapping):
            raise TypeError("one value where a list should be")
        return [read(item) for item in value]
    return _name(value)


def is_unknown(value: Any) -> bool:
    """Tell whether there is nothing; data frames put a NaN, which is unlike itself, where that is so."""
    return (
        value is None or (isinstance(value, float) and value != value) or (isinstance(value, str) and not value.strip())
    )


def _name(value: Any) -> str:
    if not isinstance(value, str | int | float):
        raise TypeError("no name")
    return well_formed(str(value))[0]


def _locator(value: Any) -> dict[str, Any]:
    offset, label = (value["offset"], value["label"]) if isinstance(value, Mapping) else value
    return {"offset": _offset(offset), "label": _name(label)}


def _hidden(value: Any) -> dict[str, Any]:
    return {"offset": _offset(value["offset"]), "what": _name(value["what"]), "text": _name(value["text"])}


def _offset(value: Any) -> int:
    if not 0 <= value < 2**63:
        raise ValueError("no place in a text")
    return int(value)


READERS = {str(schemas.LOCATOR): _locator, str(schemas.HIDDEN): _hidden}
