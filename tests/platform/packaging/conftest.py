"""A founded workspace of each engine, and two small blueprints as folders."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from sartor.platform.founding import found_workspace
from sartor.platform.settings import Settings
from sartor.platform.workspace import Workspace

BASE = {
    "blueprint.json": {
        "name": "small", "version": "1.0.0", "label": {"en": "Small", "zh": "小"}, "languages": ["en", "zh"],
    },
    "entities/client.json": {
        "label": {"en": "Client", "zh": "客户"}, "title": "name",
        "fields": {"name": {"type": "text", "label": {"en": "Name", "zh": "名称"}, "order": 10, "required": True}},
    },
    "views/client.all.json": {
        "label": {"en": "Clients", "zh": "客户"}, "entity": "client", "type": "list",
        "columns": {"name": {"order": 10}},
    },
}  # fmt: skip
MORE = {
    "blueprint.json": {
        "name": "more", "version": "1.0.0", "label": {"en": "More", "zh": "更多"},
        "requires": {"small": "^1"}, "languages": ["en", "zh"],
    },
    "entities/visit.json": {
        "label": {"en": "Visit", "zh": "拜访"}, "title": "subject",
        "fields": {
            "subject": {"type": "text", "label": {"en": "Subject", "zh": "主题"}, "order": 10},
            "client": {"type": "lookup", "label": {"en": "Client", "zh": "客户"}, "order": 20,
                       "options": {"entity": "client"}},
        },
    },
    "extends/entities/client.json": {
        "fields": {"visits": {"type": "rollup", "label": {"en": "Visits", "zh": "拜访次数"}, "order": 1000,
                              "options": {"over": "visit", "by": "client", "function": "count"}}},
    },
    "extends/views/client.all.json": {"columns": {"visits": {"order": 1000}}},
}  # fmt: skip


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
