"""`sartor doctor`, `backup` and `restore`: what is wrong is told with what to do; what was kept comes back whole."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import orjson
import pytest
from click.testing import CliRunner

from sartor.platform.founding import found_workspace
from sartor.platform.settings import Settings
from sartor.platform.storage.vitals import note_round
from sartor.platform.workspace import Workspace
from sartor.runtime.cli.main import main

Run = Callable[..., str]


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    here = Workspace.open(Settings.from_environment({"SARTOR_DATA": str(tmp_path / "var")}).with_secret_key())
    found_workspace(here)
    here.files.put(BytesIO("合同".encode()), "contract.txt", "text/plain", None)
    here.database.run(note_round)
    here.close()
    return here


@pytest.fixture
def run(workspace: Workspace, tmp_path: Path) -> Run:
    def run(*words: str, code: int = 0, **more: str) -> str:
        environment = {"SARTOR_DATA": str(tmp_path / "var"), **more}
        found = CliRunner().invoke(main, words, env=environment, catch_exceptions=False)
        assert found.exit_code == code, found.output
        return found.output

    return run


def stored(workspace: Workspace) -> list[Path]:
    return sorted((workspace.settings.data / "files").glob("??/*"))


def lines(run: Run, code: int) -> dict[str, dict[str, str]]:
    return {each["about"]: each for each in orjson.loads(run("doctor", "--json", code=code))}


def test_a_workspace_that_is_in_order_is_called_so(run):
    assert all(each["good"] for each in lines(run, 0).values())
    assert "ok     scheduler" in run("doctor")


def test_what_is_wrong_is_told_with_what_to_do(run, workspace):
    stored(workspace)[0].unlink()
    found = lines(run, 1)
    assert "1 of 1 files" in found["files"]["said"]
    assert "backup" in found["files"]["todo"]
    assert found["database"]["good"] is True


def test_a_broker_that_is_away_is_named(run):
    found = lines(lambda *words, code: run(*words, code=code, SARTOR_BROKER_URL="redis://127.0.0.1:1/0"), 1)
    assert found["broker"]["todo"] == "Start the broker, or correct SARTOR_BROKER_URL."


def test_a_backup_brings_records_files_and_key_back(run, workspace, tmp_path):
    run("backup", str(tmp_path / "kept.zip"))
    key = (workspace.settings.data / "secret_key").read_text()
    run("user", "add", "late@example.com", "--name", "Late")
    stored(workspace)[0].write_bytes(b"spoilt")
    (workspace.settings.data / "secret_key").write_text("x" * 64)
    run("restore", str(tmp_path / "kept.zip"), "--replace")
    assert "late@example.com" not in run("query", "user", "--fields", "email")
    assert stored(workspace)[0].read_bytes() == "合同".encode()
    assert (workspace.settings.data / "secret_key").read_text() == key


def test_a_workspace_is_not_replaced_unasked_and_a_backup_replaces_no_file(run, tmp_path):
    run("backup", str(tmp_path / "kept.zip"))
    run("backup", str(tmp_path / "kept.zip"), code=1)
    run("restore", str(tmp_path / "kept.zip"), code=1)


def test_a_damaged_backup_changes_nothing(run, workspace, tmp_path):
    run("backup", str(tmp_path / "kept.zip"))
    with ZipFile(tmp_path / "kept.zip") as whole, ZipFile(tmp_path / "bad.zip", "w") as bad:
        for name in whole.namelist():
            bad.writestr(name, b"spoilt" if name.startswith("files/") else whole.read(name))
    before = (workspace.settings.data / "sartor.db").read_bytes()
    run("restore", str(tmp_path / "bad.zip"), "--replace", code=1)
    assert (workspace.settings.data / "sartor.db").read_bytes() == before
    assert stored(workspace)[0].read_bytes() == "合同".encode()


@pytest.mark.parametrize("cut", [slice(0, -300), slice(0, 2000)])
def test_a_backup_that_is_cut_off_is_refused(run, tmp_path, cut):
    run("backup", str(tmp_path / "kept.zip"))
    (tmp_path / "bad.zip").write_bytes((tmp_path / "kept.zip").read_bytes()[cut])
    run("restore", str(tmp_path / "bad.zip"), "--replace", code=1)


def test_a_backup_with_a_spoilt_byte_is_refused(run, tmp_path):
    run("backup", str(tmp_path / "kept.zip"))
    whole = (tmp_path / "kept.zip").read_bytes()
    with ZipFile(tmp_path / "kept.zip") as archive:
        begin = next(each.header_offset for each in archive.infolist() if each.compress_type == ZIP_DEFLATED)
    for place in range(begin + 60, begin + 100):
        (tmp_path / "bad.zip").write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        run("restore", str(tmp_path / "bad.zip"), "--replace", code=1)


def test_what_is_kept_beside_has_its_last_transactions(run, workspace, tmp_path):
    run("backup", str(tmp_path / "kept.zip"))
    database, log = (workspace.settings.data / name for name in ("sartor.db", "sartor.db-wal"))
    with closing(sqlite3.connect(database)) as open_still:
        open_still.execute("CREATE TABLE late (x)")
        run("restore", str(tmp_path / "kept.zip"), "--replace", code=1)
        shutil.copy(log, tmp_path / "log")
        shutil.copy(database, tmp_path / "database")
    shutil.copy(tmp_path / "log", log)
    shutil.copy(tmp_path / "database", database)
    run("restore", str(tmp_path / "kept.zip"), "--replace")
    (beside,) = workspace.settings.data.glob("sartor.db.before-*")
    with closing(sqlite3.connect(beside)) as kept:
        assert kept.execute("SELECT count(*) FROM late").fetchone() == (0,)


def test_a_damaged_workspace_is_replaced_as_any_other(run, workspace, tmp_path):
    run("backup", str(tmp_path / "kept.zip"))
    (workspace.settings.data / "sartor.db").write_bytes(b"spoilt" * 2000)
    (workspace.settings.data / "sartor.db-wal").write_bytes(b"spoilt")
    run("restore", str(tmp_path / "kept.zip"), "--replace")
    assert len([*workspace.settings.data.glob("sartor.db.before-*-wal")]) == 1


def test_on_postgresql_its_own_tools_are_named(run):
    address = {"SARTOR_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}
    found = CliRunner().invoke(main, ["restore", "any.zip"], env={"SARTOR_DATA": "unused", **address})
    assert (found.exit_code, "pg_restore" in found.output) == (1, True)
