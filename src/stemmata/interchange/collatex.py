"""Collations as JSON of CollateX, in the form of its Python version; read in that of the Java version as well.

Both have ``witnesses``, their sigla, and ``table``. In Python's, a row of the table is a witness, and a cell a list of
tokens (objects with the text ``t``), or null where a witness has nothing. In Java's, a row is a place, a token may be
a plain text, and a list may be empty. Neither knows what is missing: the token ``#LACUNA#`` stands for it, as in
Text::Tradition and Stemmaweb.
"""

from __future__ import annotations

import json
import re
from typing import Any

from stemmata.collating.collation import LACUNA, OMISSION, Collation
from stemmata.errors import SourceError
from stemmata.interchange.places import by_place, check_sigla
from stemmata.interchange.signs import spaced
from stemmata.readers.encoding import decode, well_formed

_SIGIL = "_sigil"  # Python's CollateX says in each token whose it is
_MEND = "export it from CollateX as JSON: 'witnesses', and a 'table' of tokens."
_ENDS_BLANK = re.compile(r"\s\Z")


def render_collatex(collation: Collation) -> str:
    """Return the document, in UTF-8; a witness is a line. Texts of tokens end in a blank, as those of CollateX do."""
    rows = list(by_place(collation))
    lines = []
    for siglum, readings in zip(collation.witnesses, zip(*rows, strict=True) if rows else iter(()), strict=False):
        cells = [None if reading == OMISSION else [_token(siglum, reading)] for reading in readings]
        lines.append(_json(cells))
    table = ",\n  ".join(lines)
    return f'{{"table": [\n  {table}\n ],\n "witnesses": {_json(list(collation.witnesses))}}}\n'


def parse_collatex(data: bytes) -> Collation:
    """Read a collation; a reading is what its tokens say, without white space at either end.

    Tokens of a place stand one behind the other as they are; a blank parts them where no token of the document ends
    in white space, which then was cut off. What could be of either version is Java's if ``witnesses`` stand first.

    Raises
    ------
    SourceError
        It is not JSON, or not of either form; or two witnesses have one name.
    """
    document = _load(data)
    if not isinstance(document, dict) or not all(
        isinstance(document.get(name), list) for name in ("witnesses", "table")
    ):
        raise SourceError("it has no lists 'witnesses' and 'table'.", where="the document", mend=_MEND)
    sigla = [well_formed(siglum)[0] if isinstance(siglum, str) else "" for siglum in document["witnesses"]]
    check_sigla(sigla, "witnesses")
    cells = [
        [_tokens(cell, f"table, row {r}, cell {c}") for c, cell in enumerate(row, 1)] for r, row in _rows(document)
    ]
    blank = "" if any(_ENDS_BLANK.search(token) for row in cells for cell in row for token in cell) else " "
    readings = [[_reading(cell, blank) for cell in row] for row in cells]
    if not _by_witness(document, sigla):
        return Collation.of(sigla, readings)
    return Collation.of(sigla, list(zip(*readings, strict=True)))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")  # the one control sign that JSON lets stand


def _token(siglum: str, reading: str | None) -> dict[str, str]:
    if reading is None:
        return {_SIGIL: siglum, "n": LACUNA, "t": LACUNA}
    return {_SIGIL: siglum, "n": reading.strip(), "t": spaced(reading)}


def _load(data: bytes) -> Any:
    try:
        return json.loads(decode(data).text)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise SourceError(f"it is not JSON: {error.msg}.", where=where, mend=_MEND) from error
    except (RecursionError, ValueError) as error:
        raise SourceError("its JSON is nested too deep, or has too long a number.", mend=_MEND) from error


def _rows(document: dict[str, Any]) -> list[tuple[int, list[Any]]]:
    rows = list(enumerate(document["table"], 1))
    for n, row in rows:
        if not isinstance(row, list) or not row:
            raise SourceError("the row is no list of cells.", where=f"table, row {n}", mend=_MEND)
        if len(row) != len(rows[0][1]):
            cells = f"the row has {len(row)} cells, and the first has {len(rows[0][1])}."
            raise SourceError(cells, where=f"table, row {n}", mend=_MEND)
    if not rows:
        raise SourceError("it has no places.", where="table", mend=_MEND)
    return rows


def _tokens(cell: Any, where: str) -> list[str]:
    if cell is None:
        return []
    tokens = cell if isinstance(cell, list) else [None]
    texts = [token.get("t") if isinstance(token, dict) else token for token in tokens]
    said = [well_formed(text)[0] for text in texts if isinstance(text, str)]
    if len(said) < len(texts):
        raise SourceError("the cell is no list of tokens with a text 't'.", where=where, mend=_MEND)
    return said


def _reading(tokens: list[str], blank: str) -> str | None:
    reading = blank.join(tokens).strip()
    return None if reading == LACUNA else reading


def _by_witness(document: dict[str, Any], sigla: list[str]) -> bool:
    """Tell whether a row is a witness, as in Python's form, and not a place."""
    table = document["table"]
    fits = {True: len(table) == len(sigla), False: len(table[0]) == len(sigla)}
    if not any(fits.values()):
        raise SourceError(
            f"there are {len(sigla)} witnesses, and {len(table)} rows of {len(table[0])} cells.",
            where="table",
            mend=_MEND,
        )
    if not all(fits.values()):
        return fits[True]
    cells = [(sigla[r], sigla[c], cell) for r, row in enumerate(table) for c, cell in enumerate(row)]
    tokens = [(of_row, of_cell, token) for of_row, of_cell, cell in cells for token in cell or ()]
    said = [(token[_SIGIL], of_row, of_cell) for of_row, of_cell, token in tokens if _says(token)]
    if any(whose == of_row != of_cell for whose, of_row, of_cell in said):
        return True
    if any(whose == of_cell != of_row for whose, of_row, of_cell in said):
        return False
    if any(cell is None for _, _, cell in cells):
        return True
    if any(cell == [] for _, _, cell in cells) or any(isinstance(token, str) for _, _, token in tokens):
        return False
    return list(document).index("table") < list(document).index("witnesses")


def _says(token: Any) -> bool:
    return isinstance(token, dict) and _SIGIL in token
