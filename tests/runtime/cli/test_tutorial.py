"""The page of the tutorial: each of its commands runs, and prints what the page says."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Any

import orjson
import pytest
from click.testing import CliRunner, Result
from hardware import BLUEPRINT, hardware_folder, known
from told import told
from totals import require_totals

from sartor.runtime.cli.main import main

PAGE = BLUEPRINT.parent.parent / "tutorial.md"
FILES = ("accounts.csv", "products.csv", "sales_teams.csv", "sales_pipeline.csv")
NOT_HERE = ("export ", "sartor run")


def run(command: str) -> Result:
    """One command, as a shell would: what stands before a pipe is its input."""
    sent, _bar, rest = command.rpartition(" | ")
    words = ["docs/tutorial/hardware", str(BLUEPRINT)]
    line = shlex.split((rest or command).replace(*words))
    assert line[0] == "sartor", command
    given = shlex.split(sent)[1] + "\n" if sent else None
    return CliRunner().invoke(main, line[1:], input=given, catch_exceptions=False)


def asked(*words: str) -> Any:
    found = CliRunner().invoke(main, [*words, "--json"], catch_exceptions=False)
    assert found.exit_code == 0, found.output
    return orjson.loads(found.stdout)


def test_every_command_of_the_page_prints_what_it_says(
    shared_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = hardware_folder(shared_data)
    if not folder.is_relative_to(shared_data):
        pytest.skip("the real files are not here; the walk of the look-alike was tested")
    for name in FILES:
        (tmp_path / name).symlink_to(folder / name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SARTOR_DATA", str(tmp_path / "var"))
    for command, shown in told(PAGE):
        if command.startswith(NOT_HERE):
            continue
        found = run(command)
        assert found.exit_code == (1 if command.endswith("--dry-run") and shown else 0), found.output
        if shown is not None:
            assert found.stdout == shown, command
    require_totals(asked, known(folder))


def test_the_page_shows_what_commands_print() -> None:
    pairs = dict(told(PAGE))
    assert pairs["sartor import account accounts.csv --dry-run"].startswith("Tried, nothing kept: 73 made")
    assert pairs["sartor init"] is None
    assert sum(command.startswith("sartor ") for command in pairs) > 12
