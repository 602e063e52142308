"""The tutorial's walk by commands: an empty workspace, the hardware company's blueprint, its files, its totals."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import pytest
from click.testing import CliRunner, Result
from hardware import BLUEPRINT, LOOKALIKE, hardware_folder, known, options_of
from totals import require_totals

from sartor.runtime.cli.main import main


@dataclass(frozen=True)
class Run:
    """Runs a command with --json in a workspace of its own; its answer. `code`: the exit code expected."""

    folder: Path
    database_url: str

    def __call__(self, *words: str, code: int = 0) -> Any:
        environment = {"SARTOR_DATA": str(self.folder / "var"), "SARTOR_DATABASE_URL": self.database_url}
        found: Result = CliRunner().invoke(main, [*words, "--json"], env=environment, catch_exceptions=False)
        assert found.exit_code == code, found.output
        return orjson.loads(found.stdout)


@pytest.fixture
def run(tmp_path: Path, database_url: str) -> Run:
    return Run(tmp_path, database_url)


def walk(run: Run, folder: Path, deals: Path) -> dict[str, Any]:
    expected: dict[str, Any] = known(folder)
    run("init")
    run("blueprint", "install", str(BLUEPRINT))
    cut_to_size(run, folder)
    tried = run("import", "account", str(folder / "accounts.csv"), "--dry-run", code=1)
    (missed,) = tried["misses"][0]["values"]
    assert (missed["value"], missed["near"][0]["value"]) == ("technolgy", "Technology")
    run("import", "account", str(folder / "accounts.csv"), "--value", "industry:technolgy=technology")
    run("import", "product", str(folder / "products.csv"))
    run("import", "agent", str(folder / "sales_teams.csv"))
    tried = run("import", "deal", str(deals), "--map", "opportunity_id=name", "--dry-run", code=1)
    means = expected["product_means"]
    found = {each["value"]: each["near"][0]["value"] for each in tried["misses"][0]["values"]}
    assert found == means
    values = [word for said, meant in means.items() for word in ("--value", f"product:{said}={meant}")]
    made = run("import", "deal", str(deals), "--map", "opportunity_id=name", "--key", "name", *values)
    assert made["counts"]["create"] == expected["counts"]["deal"]
    again = run("import", "deal", str(deals), "--map", "opportunity_id=name", "--key", "name", *values)
    assert (again["counts"]["create"], again["counts"]["update"]) == (0, 0)
    assert again["counts"]["skip"] == made["counts"]["create"]
    return expected


def cut_to_size(run: Run, folder: Path) -> None:
    """Publish the option sets that the files need."""
    for key, document in options_of(folder).items():
        path = run.folder / f"{key.rpartition('/')[2]}.json"
        path.write_bytes(orjson.dumps(document))
        run("change", "put", key, str(path))
    plan = run("plan")
    run("publish", "--confirm", plan["fingerprint"])


@pytest.mark.parametrize("variant", ["", "variant_us_dates"])
def test_the_lookalikes_totals_are_those_of_its_files(run: Run, variant: str) -> None:
    expected = walk(run, LOOKALIKE, LOOKALIKE / variant / "sales_pipeline.csv")
    require_totals(run, expected)


def test_the_real_companys_totals_are_those_of_its_files(run: Run, shared_data: Path) -> None:
    folder = hardware_folder(shared_data)
    if not folder.is_relative_to(shared_data):
        pytest.skip("the real files are not here; the look-alike was walked")
    if "SARTOR_KILLS" not in os.environ:
        pytest.skip("the tutorial's own commands walked the real files; `make faults` walks them on both databases")
    require_totals(run, walk(run, folder, folder / "sales_pipeline.csv"))
