"""Blueprints as files on the command line: packed in one workspace, brought in to another, nothing to do twice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import orjson
import pytest
from click.testing import CliRunner

from sartor.runtime.cli import drafting
from sartor.runtime.cli.main import main

Run = Callable[..., str]
ENTITY = {"label": "Machine", "title": "name", "fields": {"name": {"type": "text", "label": "Name", "order": 10}}}
PACK = ("blueprint", "pack", "entity/machine", "--name", "works")


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs a command in one of several workspaces; what it prints."""

    def run(*words: str, here: str = "test", sent: str = "", code: int = 0) -> str:
        environment = {"SARTOR_DATA": str(tmp_path / here)}
        found = CliRunner().invoke(main, words, input=sent, env=environment, catch_exceptions=False)
        assert found.exit_code == code, found.output
        return found.output

    for here in ("test", "production"):
        run("init", here=here)
    run("change", "put", "entity/machine", sent=orjson.dumps(ENTITY).decode())
    run("publish")
    return run


def test_a_file_goes_from_test_to_production_twice(run: Run, tmp_path: Path) -> None:
    file = str(tmp_path / "works.zip")
    run(*PACK, "-o", file)
    assert "Add the entity Machine" in run("blueprint", "import", file, "--dry-run", here="production")
    run("blueprint", "import", file, here="production")
    assert "Nothing would change." in run("blueprint", "import", file, "--dry-run", here="production")
    again = tmp_path / "again.zip"
    run("blueprint", "pack", "--name", "works", "-o", str(again), here="production")
    assert again.read_bytes() == (tmp_path / "works.zip").read_bytes()


def test_a_taken_name_needs_a_choice(run: Run, tmp_path: Path) -> None:
    file = str(tmp_path / "works.zip")
    run(*PACK, "-o", file)
    assert "entity/machine is there already" in run("blueprint", "import", file, code=1)
    run("blueprint", "import", file, "--choose", "entity/machine=both")
    assert "Machine" in run("change", "get", "entity/machine_2")
    run("blueprint", "import", file, "--choose", "entity/machine=perhaps", code=2)


def test_what_was_changed_is_told(run: Run, tmp_path: Path) -> None:
    file = str(tmp_path / "works.zip")
    run(*PACK, "-o", file)
    run("blueprint", "import", file, here="production")
    assert "As it was shipped." in run("blueprint", "diff", "works", here="production")
    document = orjson.loads(run("change", "get", "entity/machine", here="production"))
    document["label"] = "Engine"
    run("change", "put", "entity/machine", here="production", sent=orjson.dumps(document).decode())
    run("publish", here="production")
    assert "entity/machine#/label: Machine -> Engine" in run("blueprint", "diff", "works", here="production")


def test_a_whole_design_is_promoted_twice_with_nothing_to_do_the_second_time(run: Run, tmp_path: Path) -> None:
    file = str(tmp_path / "design.zip")
    run("promote", "-o", file)
    assert "Add the entity Machine" in run("promote", file, "--dry-run", here="production")
    first = run("promote", file, "--json", here="production")
    assert "Nothing would change." in run("promote", file, "--dry-run", here="production")
    assert run("promote", file, "--json", here="production") == first
    run("promote", code=2)


def test_an_upgrade_asks_until_a_file_of_decisions_answers(run: Run, tmp_path: Path) -> None:
    file, decisions = str(tmp_path / "works.zip"), tmp_path / "decisions.json"
    run(*PACK, "-o", file)
    run("blueprint", "import", file, here="production")
    for here, label in (("test", "Device"), ("production", "Engine")):
        document = {**orjson.loads(run("change", "get", "entity/machine", here=here)), "label": label}
        run("change", "put", "entity/machine", here=here, sent=orjson.dumps(document).decode())
        run("publish", here=here)
    run(*PACK, "--version", "1.1.0", "-o", file)
    told = run("blueprint", "upgrade", file, here="production", code=1)
    assert "One property was changed here and in the new version" in told
    run("blueprint", "upgrade", file, "--save", str(decisions), here="production")
    decisions.write_text(decisions.read_text().replace('"choice": null', '"choice": "take"'))
    run("blueprint", "upgrade", file, "--decisions", str(decisions), here="production")
    assert '"label": "Device"' in run("change", "get", "entity/machine", here="production")
    assert "Nothing would change." in run("blueprint", "upgrade", file, "--dry-run", here="production")


def test_scenarios_are_run_and_what_fails_ends_with_one(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "works"
    run("blueprint", "pack", "entity/machine", "--name", "works", "-o", str(tmp_path / "works.zip"))
    run("blueprint", "import", str(tmp_path / "works.zip"), here="production")
    run("blueprint", "export", "works", "-o", str(folder), here="production")
    (folder / "checksums.json").unlink()
    (folder / "scenarios").mkdir()
    scenario = {"label": "One", "clock": "2026-05-20 12:00", "then": [{"in": "machine", "count": 1}]}
    (folder / "scenarios" / "one.json").write_bytes(orjson.dumps(scenario))
    assert "there are 0, and 1 were expected" in run("blueprint", "check", str(folder), "--scenarios", code=1)
    (folder / "scenarios" / "one.json").write_bytes(orjson.dumps({**scenario, "then": []}))
    run("blueprint", "upgrade", str(folder), here="production")
    assert "0 did not hold" in run("test", here="production")


def test_taking_a_blueprint_out_asks_first(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = str(tmp_path / "works.zip")
    run(*PACK, "-o", file)
    run("blueprint", "import", file, here="production")
    out = ("blueprint", "uninstall", "works")
    assert "--yes does it" in run(*out, here="production", code=1)
    monkeypatch.setattr(drafting, "_somebody_is_there", lambda: True)
    assert "Take out Machine" in run(*out, here="production", sent="n\n", code=1)
    assert "Machine" in run("change", "get", "entity/machine", here="production")
    assert "blueprint works" in run(*out, here="production", sent="y\n")
    run("blueprint", "import", file, here="production")
    assert "blueprint works" in run(*out, "--yes", here="production")
