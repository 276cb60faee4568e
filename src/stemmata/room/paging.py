"""Long lists in pages: which rows are wanted, and where the others are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from stemmata.errors import OptionError
from stemmata.report.links import address

PAGE, MOST = 50, 1_000  # rows of a page by default, and at most


@dataclass(frozen=True, kw_only=True)
class Paging:
    """A part of a list.

    Parameters
    ----------
    total : int
        Rows of the whole list.
    page : int
        From 1; beyond the last there are no rows.
    size : int
        Rows of a page, 1 to 1,000.
    """

    total: int
    page: int = 1
    size: int = PAGE

    def __post_init__(self) -> None:
        if self.page < 1 or not 1 <= self.size <= MOST:
            raise OptionError(
                f"page {self.page:,} of {self.size:,} rows cannot be shown.",
                mend=f"ask for page 1 or later, and for 1 to {MOST:,} rows.",
            )

    @property
    def first(self) -> int:
        """The place of the first row, from 0."""
        return (self.page - 1) * self.size

    @property
    def last(self) -> int:
        """The place behind the last row."""
        return min(self.first + self.size, self.total)

    @property
    def pages(self) -> int:
        """How many pages there are, one at least."""
        return max(1, -(-self.total // self.size))

    @property
    def told(self) -> dict[str, int]:
        """What a twin tells of it."""
        return {"total": self.total, "page": self.page, "pages": self.pages, "size": self.size}

    def links(self, page: str, query: Mapping[str, str | int]) -> list[tuple[int, str]]:
        """Return numbers and addresses of the first, the last and the neighbouring pages.

        Parameters
        ----------
        page : str
            The address of the list.
        query : mapping
            What else is asked of it; what is empty is left out.
        """
        near = {1, self.pages, *range(self.page - 2, self.page + 3)}
        kept = {name: value for name, value in query.items() if value}
        if self.size != PAGE:
            kept["size"] = self.size
        return [
            (number, address(page, **kept, **({"page": number} if number > 1 else {})))
            for number in sorted(near)
            if 1 <= number <= self.pages
        ]


def check_word(name: str, value: str, known: Sequence[str]) -> None:
    """Refuse a word that is none of those that a list knows.

    Raises
    ------
    OptionError
        Names the words that are known.
    """
    if value not in known:
        raise OptionError(f"'{value}' is no {name}.", mend=f"choose one of {', '.join(known)}.")
