"""The page onto which files are dropped."""

from __future__ import annotations

from typing import Any

from stemmata.engines.sizes import write_size


def tell(limit: int, files: int) -> dict[str, Any]:
    """Return what the page shows.

    Parameters
    ----------
    limit : int
        Bytes of one drop.
    files : int
        How many may come.
    """
    return {"size": write_size(limit), "files": files}
