"""A profile that grows by one witness at a time: what is read at each place, and where each witness's words stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from stemmata.kernels.anchors import NOWHERE, anchor
from stemmata.kernels.profiles import add_witness, shares, take_out
from stemmata.kernels.weaving import gaps, weave_gaps

Kinds: TypeAlias = NDArray[np.int32]

GRAM = 3  # words in a row that stand once in two witnesses: there they meet
LARGE = 40_000  # cells of a gap above which it is looked for more places where the witness meets others
RARE = 200  # a word that is one of so many counts in full; common words count less, but not below ``LEAST``


class Profile:
    """What witnesses read at each place.

    Parameters
    ----------
    texts : sequence of int32 arrays
        The kinds of words of each witness, numbered from 0.
    letters : uint64 array
        By kind, what it is spelt with, as ``spelling`` says; 0 where that is not known.
    rounds : int
        How often each witness may be added.
    """

    def __init__(self, texts: Sequence[Kinds], letters: NDArray[np.uint64], rounds: int) -> None:
        self.texts = texts
        self.letters = letters
        words = sum(map(len, texts))
        often = np.bincount(np.concatenate([*texts, np.zeros(0, np.int32)]), minlength=len(letters))
        share = np.maximum(often, 1) / (words + RARE * len(texts) + 1)  # short texts do not say how common a word is
        self.rarity = -np.log(share)
        self.size = self.places = self.readings = 0
        room = rounds * words + 1
        self.order, self.rank, self.held, self.head, self.starts, self.stops = (
            np.zeros(room, np.int32) for _ in range(6)
        )
        self.share, self.depth = np.zeros(room), np.zeros(0)
        self.after, self.kind, self.count = (np.zeros(room, np.int32) for _ in range(3))
        self.where = [np.zeros(len(text), np.int32) for text in texts]
        self.aside = [np.zeros(len(text), bool) for text in texts]

    def add(self, witness: int, nearest: Sequence[int]) -> None:
        """Add a witness; those that are in already and most like it show where it meets the profile."""
        x, aside = self.texts[witness], self.aside[witness]
        aside[:] = False
        shares(self.order[: self.size], self.held, self.starts, self.stops, self.rank, self.share)
        self.depth = np.cumsum(self.share[: self.size])
        at = np.full(len(x), NOWHERE, np.int32)
        taken = np.zeros(self.size, bool)
        if self.size:
            if nearest:
                self._meet(x, (0, len(x), 0, self.size), nearest[0], GRAM, at, aside, taken)
            for other, k in _tries(nearest):
                parts = gaps(at, aside, self.size)
                large = parts[(parts[:, 3] - parts[:, 2]).astype(np.int64) * parts[:, 4] > LARGE]
                if not len(large):
                    break
                for part in large.tolist():
                    self._meet(x, part[:4], other, k, at, aside, taken)
            self._weave(x, gaps(at, aside, self.size), at, aside, taken, moving=False)
        self.size, self.places, self.readings = add_witness(
            x, at, aside, self.order, self.size, self.places, self.readings, self.held, self.head, self.after,
            self.kind, self.count, self.starts, self.stops, self.where[witness],
        )  # fmt: skip

    def take_out(self, witness: int) -> None:
        """Take a witness out that was added."""
        self.size = take_out(
            self.texts[witness], self.where[witness], self.aside[witness], self.order, self.size, self.held, self.head,
            self.after, self.kind, self.count, self.starts, self.stops,
        )  # fmt: skip

    def _meet(
        self,
        x: Kinds,
        part: Sequence[int],
        other: int,
        k: int,
        at: NDArray[np.int32],
        aside: NDArray[np.bool_],
        taken: NDArray[np.bool_],
    ) -> None:
        x_from, x_to, low, high = part
        ranks = self.rank[self.where[other]]
        inside = np.flatnonzero((ranks >= low) & (ranks < high))
        if not len(inside):
            return
        y_from, y_to = int(inside[0]), int(inside[-1]) + 1
        moved = anchor(
            x, x_from, x_to, self.texts[other], y_from, y_to, k, ranks, low, high, self.depth, at, aside, taken
        )
        if k == GRAM and len(moved):
            self._weave(x, moved, at, aside, taken, moving=True)

    def _weave(
        self,
        x: Kinds,
        parts: NDArray[np.int32],
        at: NDArray[np.int32],
        aside: NDArray[np.bool_],
        taken: NDArray[np.bool_],
        *,
        moving: bool,
    ) -> None:
        weave_gaps(
            x, parts, self.order, self.share, self.head, self.after, self.kind, self.count, self.held, self.rarity,
            self.letters, at, aside, taken, moving,
        )  # fmt: skip


def _tries(nearest: Sequence[int]) -> list[tuple[int, int]]:
    """Return which witness to ask next, and about how many words in a row: the surest first."""
    tries = [(other, k) for other in nearest for k in (GRAM, GRAM - 1)]
    return [*tries[1:], *((other, 1) for other in nearest)]
