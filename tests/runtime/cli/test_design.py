"""A design edited by commands, as docs/admin.md walks it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest
from click.testing import CliRunner

from sartor.platform.automation import publishing
from sartor.platform.publishing import publisher
from sartor.runtime.cli import publishing as cli_publishing
from sartor.runtime.cli.main import main
from sartor.runtime.handlers import jobs_of

Run = Callable[..., str]
ENTITY = {"label": "Account", "title": "name", "fields": {"name": {"type": "text", "label": "Name", "order": 10}}}
RENEWAL = {"type": "date", "label": "Renewal date", "order": 20}


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs a command in a workspace of its own; what it prints. `sent`: its standard input."""
    environment = {"SARTOR_DATA": str(tmp_path / "var")}

    def run(*words: str, sent: str = "", code: int = 0) -> str:
        found = CliRunner().invoke(main, words, input=sent, env=environment, catch_exceptions=False)
        assert found.exit_code == code, found.output
        return found.output

    run("init")
    run("change", "put", "entity/account", sent=orjson.dumps(ENTITY).decode())
    run("publish", "-m", "Accounts")
    return run


def test_a_field_is_added_published_and_taken_back(run: Run) -> None:
    document = orjson.loads(run("change", "get", "entity/account"))
    document["fields"]["renewal_date"] = RENEWAL
    run("change", "put", "entity/account", sent=orjson.dumps(document).decode())
    assert "Add the field Renewal date" in run("plan")
    run("publish", "-m", "Renewals")
    assert "renewal_date" in run("change", "get", "entity/account")
    run("rollback", "2")
    assert "renewal_date" not in run("change", "get", "entity/account")


def test_what_would_be_lost_is_listed_value_by_value(run: Run, tmp_path: Path) -> None:
    document = orjson.loads(run("change", "get", "entity/account"))
    for revision, kind in ((3, "integer"), (4, "text")):
        document["fields"]["size"] = {"type": kind, "label": "Size", "order": 60}
        run("change", "put", "entity/account", sent=orjson.dumps(document).decode())
        assert f"Revision {revision} is published" in run("publish")
    file, subject = tmp_path / "sizes.csv", "entity/account#size"
    file.write_text("Name,Size\nA,wide\nB,7\n", "utf-8")
    run("import", "account", str(file))
    told = orjson.loads(run("rollback", "3", "--losses", subject, "--json"))
    assert ([each["value"] for each in told["data"]], told["cut"]) == (["wide"], False)
    run("rollback", "3", "--losses", subject, "-o", str(file))
    assert re.fullmatch("\ufeffrecord,value,result,reason\r\n\\w{13},wide,,.+\r\n", file.read_bytes().decode())
    assert "size" in run("change", "get", "entity/account")
    document["fields"]["size"]["type"] = "integer"
    run("change", "put", "entity/account", sent=orjson.dumps(document).decode())
    assert ",wide," in run("plan", "--losses", subject)
    assert "converts no values" in run("plan", "--losses", "entity/account#name", code=1)


def test_what_does_not_fit_is_refused_and_not_kept(run: Run) -> None:
    said = run("change", "put", "entity/account", sent=orjson.dumps({**ENTITY, "label": 5}).decode(), code=1)
    assert "entity/account /label: A text is needed here, not 5." in said
    assert "entity/account" not in run("change", "show")


def test_what_takes_long_is_a_job_that_the_command_does_and_tells_of(run: Run, monkeypatch: Any) -> None:
    monkeypatch.setattr(publisher, "LONG", 0)
    document = orjson.loads(run("change", "get", "entity/account"))
    document["fields"]["renewal_date"] = RENEWAL
    run("change", "put", "entity/account", sent=orjson.dumps(document).decode())
    assert "Revision 3 is published" in run("publish", "-m", "Renewals")
    assert "Revision 4 is published" in run("rollback", "2")
    assert orjson.loads(run("revisions", "--json"))[1]["note"] == "Renewals"


def test_whoever_stops_it_reads_what_stays_and_how_to_go_on(run: Run, monkeypatch: Any) -> None:
    monkeypatch.setattr(publisher, "LONG", 0)
    document = orjson.loads(run("change", "get", "entity/account"))
    document["fields"]["renewal_date"] = RENEWAL
    run("change", "put", "entity/account", sent=orjson.dumps(document).decode())

    def interrupted(workspace: Any, number: int, _work: Any) -> None:
        publishing.stop(workspace.publisher, number)
        jobs_of(workspace).run(number, "test")
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(cli_publishing, "_follow", interrupted)
        said = run("publish", code=130)
        assert "nothing was published. `sartor publish` begins again" in said
        assert "`sartor rollback 1` begins again" in run("rollback", "1", code=130)
    assert "Revision 3 is published" in run("publish")


def test_a_rename_says_both_names(run: Run) -> None:
    run("change", "rename", "entity/account#name", "called")
    assert "Rename name to called" in run("plan")


def test_a_definition_that_is_not_there_is_refused_with_the_near_match(run: Run) -> None:
    assert "entity/account" in run("change", "get", "entity/acount", code=1)
