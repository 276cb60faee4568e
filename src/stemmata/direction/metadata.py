"""What documents say of themselves that may tell which came first."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple


class Metadata(NamedTuple):
    """The columns of ``schemas.DOCUMENTS`` that speak of origin; None where unknown."""

    doc: str
    title: str | None = None
    author: str | None = None
    site: str | None = None
    published: datetime | None = None
    modified: datetime | None = None
    first_seen: datetime | None = None
    not_before: datetime | None = None
    not_after: datetime | None = None
    dated_by: str | None = None
    canonical: str | None = None
    attribution: str | None = None
    lineage: str | None = None  # one identifier a line: as ``lineage.in_lines`` makes it
