"""The founding case: its report is one small file, which opens where there is no network."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browsing import Watch, looking
from tests.conftest import Run

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SEEDS = Path("/work/shared/seeds")
