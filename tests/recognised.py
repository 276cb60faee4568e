"""Files as OCR engines write them, made of texts of our own.

Those in ``fixtures/alto`` and ``fixtures/hocr`` were made by Tesseract 5.3.0, from pages drawn with Pillow in DejaVu
Serif of 22 points: ``tesseract list.txt ferry alto hocr``, where the list names the images of two pages; with
``-l ell`` and ``-l deu`` the lighthouse and the ferryman; ``blank`` is a white image. That in
``fixtures/page`` a script wrote, which lies beside it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from stemmata import schemas
from stemmata.readers import find_format

FIXTURES = Path(__file__).parent / "fixtures"
FERRY = """\
The ferry of Linden crossed the
river eleven times on the day
when the ice broke, and its old
keeper counted every passenger
in a book that nobody but
his daughter could decipher.

In the evening a well-known
pedlar asked to be taken over
for nothing. He was refused,
and walked across the floes to
the other bank, singing loudly.

The harbour master wrote to the
town of Harrow that no boat had
come since the thaw, and that the
warehouse stood wholly empty."""
SECOND_PAGE = FERRY.index("The harbour master")


def read(data: bytes) -> dict[str, Any]:
    """Return the one row of a file, read as its bytes tell."""
    (row,) = find_format(data, "page").read(data).to_pylist()
    return dict(row)


def labels(data: bytes) -> dict[str, str]:
    """Return the first word of each page by what the page is called."""
    row = read(data)
    return {one["label"]: row["text"][one["offset"] :].split()[0] for one in row["locators"]}


def notes(data: bytes) -> dict[str, int]:
    """Return what was remarked on a file."""
    rows = find_format(data, "page").read(data)
    return {note["what"]: note["count"] for note in schemas.remarks([rows], "notes").to_pylist() if note["count"]}


def truncated(data: bytes) -> list[bytes]:
    """Return a file cut off at every tenth byte."""
    return [data[:end] for end in range(0, len(data), 10)]
