"""Plugins that are installed for one test: a package and its metadata, in a folder of its own on the path."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

NUMBERS = itertools.count(1)
Install = Callable[..., str]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Installs `files` as the plugin `name`, and answers its package. Each has a package of a name of its own."""

    def install(name: str, files: Mapping[str, str], distribution: str = "") -> str:
        package, folder = f"plugged_{next(NUMBERS)}", tmp_path / f"site{next(NUMBERS)}"
        about = folder / f"{distribution or package}-1.2.dist-info"
        written = {f"{package}/__init__.py": "", **{f"{package}/{path}": text for path, text in files.items()}}
        written[f"{about.name}/METADATA"] = f"Metadata-Version: 2.1\nName: {distribution or package}\nVersion: 1.2\n"
        written[f"{about.name}/entry_points.txt"] = f"[sartor.plugins]\n{name} = {package}\n"
        for path, text in written.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
        monkeypatch.syspath_prepend(str(folder))
        return package

    yield install
    for each in [each for each in sys.modules if each.startswith("plugged_")]:
        del sys.modules[each]
