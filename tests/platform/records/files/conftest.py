"""Fixtures of the tests that read files."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def real_files(shared_data: Path) -> Path:
    """Files made by others; skipped where they are absent."""
    if not (shared_data / "badinput").is_dir():
        pytest.skip(f"the real files are not in {shared_data.name} (SARTOR_TEST_DATA)")
    return shared_data
