"""Who stays, the slow way."""

from __future__ import annotations

from collections.abc import Sequence


def choose_keepers(targets: Sequence[Sequence[int]]) -> list[int]:
    """For each node, in order, the first kept one before it that it may go for, else itself."""
    keeper: list[int] = []
    for node, may_go_for in enumerate(targets):
        kept = [other for other in range(node) if keeper[other] == other and other in may_go_for]
        keeper.append(kept[0] if kept else node)
    return keeper
