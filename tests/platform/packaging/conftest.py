"""A founded workspace of each engine, and two small blueprints as folders."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from smalls import BASE, MORE

from sartor.platform.founding import found_workspace
from sartor.platform.settings import Settings
from sartor.platform.workspace import Workspace


@pytest.fixture
def folder_of(tmp_path: Path) -> Callable[[str, dict[str, Any]], Path]:
    """Writes files of a blueprint into a folder."""

    def write(name: str, files: dict[str, Any]) -> Path:
        for path, document in files.items():
            target = tmp_path / "blueprints" / name / path
            target.parent.mkdir(parents=True, exist_ok=True)
            text = document if isinstance(document, str) else json.dumps(document, ensure_ascii=False)
            target.write_text(text, "utf-8")
        return tmp_path / "blueprints" / name

    return write


@pytest.fixture
def small(folder_of: Callable[[str, dict[str, Any]], Path]) -> Path:
    return folder_of("small", BASE)


@pytest.fixture
def more(folder_of: Callable[[str, dict[str, Any]], Path]) -> Path:
    return folder_of("more", MORE)


@pytest.fixture
def workspace(database_url: str, tmp_path: Path) -> Iterator[Workspace]:
    environment = {"SARTOR_DATA": str(tmp_path), "SARTOR_DATABASE_URL": database_url, "SARTOR_SECRET_KEY": "s" * 40}
    opened = Workspace.open(Settings.from_environment(environment))
    found_workspace(opened)
    yield opened
    opened.close()
