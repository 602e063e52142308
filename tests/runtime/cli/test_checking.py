"""`sartor check`: findings with codes, exit codes, and fixes that go into a change set."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import orjson
import pytest
from click.testing import CliRunner

from sartor.platform.linting.rules.form_lacks_required import FormLacksRequired
from sartor.runtime.cli.main import main

Run = Callable[..., str]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs a command in a workspace in which a form lacks a required field; what it prints."""
    environment = {"SARTOR_DATA": str(tmp_path / "var")}

    def run(*words: str, sent: str = "", code: int = 0) -> str:
        found = CliRunner().invoke(main, words, input=sent, env=environment, catch_exceptions=False)
        assert found.exit_code == code, found.output
        return found.output

    run("init")
    for key, document in FormLacksRequired.example.items():
        run("change", "put", key, sent=orjson.dumps(document).decode())
    return run


def test_what_is_published_is_checked_unless_a_change_set_is_named(run: Run) -> None:
    assert "No problem found." in run("check")
    told = run("check", "--set", "main", code=1)
    assert "L103 error   form/machine.main#/sections:" in told
    assert "L502 hint    entity/machine:" in told
    assert "2 findings." in told


def test_programs_get_findings_in_both_languages(run: Run) -> None:
    found, _unopened = orjson.loads(run("check", "--set", "main", "--json", code=1))["findings"]
    assert (found["code"], found["severity"], found["key"]) == ("L103", "error", "form/machine.main")
    assert found["message"].keys() == {"en", "zh"}
    assert found["fix"]["edits"][0]["path"] == "/sections/all/fields/weight"


def test_a_fix_goes_into_the_change_set(run: Run) -> None:
    assert "One definition was mended: form/machine.main." in run("check", "--fix", "L103")
    assert "weight" in run("change", "get", "form/machine.main")
    assert run("revisions").count("\n") == 2
    assert "L103" not in run("check", "--set", "main")


def test_a_code_that_is_not_there_is_refused(run: Run) -> None:
    assert "Did you mean L103?" in run("check", "--fix", "L1O3", code=1)


def test_faults_come_with_a_code_too(run: Run) -> None:
    document = orjson.loads(run("change", "get", "form/machine.main"))
    document["sections"]["all"]["fields"]["wieght"] = {}
    run("change", "put", "form/machine.main", sent=orjson.dumps(document).decode())
    assert "L001 error   form/machine.main#/sections/all/fields/wieght" in run("check", "--set", "main", code=1)


def test_strict_refuses_for_less(run: Run) -> None:
    role = {"label": {"en": "Fitter", "zh": "装配工"}, "grants": {}}
    run("check", "--fix", "L103")
    run("change", "put", "role/fitter", sent=orjson.dumps(role).decode())
    assert "L501 hint" in run("check", "--set", "main")
    run("check", "--set", "main", "--strict", code=1)
