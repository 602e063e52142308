"""Imports into the small CRM, in a database of each engine."""

from __future__ import annotations

from pathlib import Path

import pytest
from bringing import Bringing
from worlds import World


@pytest.fixture
def bring(world: World, tmp_path: Path) -> Bringing:
    return Bringing(world, tmp_path, lambda: world.system)
