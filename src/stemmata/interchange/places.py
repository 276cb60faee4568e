"""A collation place by place, as other formats have it; and what is refused of one that is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from stemmata.collating.collation import MISSING, Collation
from stemmata.errors import SourceError


def by_place(collation: Collation) -> Iterator[list[str | None]]:
    """Yield what each witness reads at each place: an empty text is an omission, None is missing."""
    for codes, readings in zip(collation.codes.T.tolist(), collation.readings, strict=True):
        yield [None if code == MISSING else readings[code] for code in codes]


def check_sigla(sigla: Sequence[str], where: str) -> None:
    """Refuse witnesses without a name, or two of one name.

    Raises
    ------
    SourceError
        Names the witness.
    """
    first: dict[str, int] = {}
    for n, siglum in enumerate(sigla, 1):
        if not siglum.strip():
            raise SourceError(f"witness {n} has no siglum.", where=where, mend="give each witness a name.")
        if siglum in first:
            raise SourceError(
                f"witnesses {first[siglum]} and {n} are both called {siglum!r}.",
                where=where,
                mend="give each witness a name of its own.",
            )
        first[siglum] = n
