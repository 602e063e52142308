"""Templates as the web server compiles them: kept for its next start, and only as long as they say what is there."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from sartor.platform.founding import found_workspace
from sartor.platform.settings import Settings
from sartor.platform.workspace import Workspace

START = """
from jinja2 import Environment
generate, compiled = Environment._generate, []
def generating(env, source, name, *more, **others):
    compiled.append(name)
    return generate(env, source, name, *more, **others)
Environment._generate = generating
from sartor.runtime import wsgi
page = wsgi.app.test_client().get("/sign-in")
assert page.status_code == 200 and "<html" in page.text, page.status
print(*compiled)
"""
"""The web server's own module, its sign-in page, and which templates it compiled for that."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    workspace = Workspace.open(replace(Settings.from_environment({"SARTOR_DATA": str(tmp_path)}), data=tmp_path))
    found_workspace(workspace)
    workspace.close()
    return tmp_path


def compiled_at_start(folder: Path) -> set[str]:
    environment = {"PATH": os.defpath, "SARTOR_DATA": str(folder)}
    done = subprocess.run([sys.executable, "-c", START], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


def kept(folder: Path) -> list[Path]:
    return sorted((folder / "compiled").rglob("*.cache"))


def test_a_second_start_compiles_nothing(folder: Path) -> None:
    first = compiled_at_start(folder)
    assert len(first) == len(kept(folder)) > 1
    assert compiled_at_start(folder) == set()


def test_what_was_kept_and_is_damaged_is_compiled_again(folder: Path) -> None:
    first = compiled_at_start(folder)
    for file in kept(folder):
        file.write_bytes(file.read_bytes()[:-40])
    assert compiled_at_start(folder) == first
    assert compiled_at_start(folder) == set()
