"""An import that was stopped goes on where it was: no row missing, none twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy as sa
from bringing import Bringing
from worlds import World

from sartor.platform.records.importing import importer
from sartor.platform.records.importing.errors import write_errors
from sartor.platform.records.importing.opening import open_file

KILLS = max(5, int(os.environ.get("SARTOR_KILLS", "0")) // 10)
ROWS = 3000
CHILD = Path(__file__).parent.parent.parent.parent / "support" / "importing_child.py"


class Stopped(Exception):
    pass


def test_it_goes_on_after_the_last_row_in_the_books(
    world: World, bring: Bringing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importer, "in_chunks", partial(importer.in_chunks, size=25))
    path = bring.file("name", *(f"A{number}" for number in range(60)))
    found = bring.begin("account", path)

    def stop(done: int, total: int | None) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        bring.importer(found, path).run(stop)
    assert len(bring.entries(found)) == 25
    assert bring.importer(found, path).run()["create"] == 60
    assert len(set(world.names("account", limit=200))) == 60


def test_refused_rows_come_back_as_a_file_to_correct(bring: Bringing) -> None:
    path = bring.file("name,industry", "A,IT", "B,Mining", ",IT")
    found, _counts = bring.run("account", path)
    errors = bring.folder / "errors.csv"
    assert write_errors(bring.world.database, found.id, open_file(path, path.name, found.plan), errors) == 2
    text = errors.read_text(encoding="utf-8-sig")
    assert text.splitlines()[0] == "name,industry,row,reason"
    assert "Mining" in text
    assert ",IT,4," in text
    errors.write_text(text.replace("Mining", "IT"), encoding="utf-8")
    assert bring.run("account", errors)[1]["create"] == 1


@pytest.mark.faults
@pytest.mark.parametrize("rows", [ROWS])
def test_no_row_is_missing_or_doubled_however_often_it_is_killed(
    world: World, bring: Bringing, database_url: str, rows: int
) -> None:
    path = bring.file("name,tax_id", *(f"A{number},{number}" for number in range(rows)))
    found = bring.begin("account", path)
    world.database.close()
    for kill in range(KILLS):
        child = subprocess.Popen([sys.executable, str(CHILD), database_url, str(path), str(found.id)])
        time.sleep(1.5 + 0.17 * kill)
        child.send_signal(signal.SIGKILL)
        child.wait()
    subprocess.run([sys.executable, str(CHILD), database_url, str(path), str(found.id)], check=True, timeout=300)
    table = world.tables.of("account")
    with world.database.read() as connection:
        count, distinct = connection.execute(
            sa.select(sa.func.count(), sa.func.count(sa.distinct(table.c.tax_id)))
        ).one()
    assert (count, distinct) == (rows, rows)
    assert len(bring.entries(found)) == rows
