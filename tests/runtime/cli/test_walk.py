"""The tutorial's walk by commands: an empty workspace, the hardware company's blueprint, its files, its totals."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest
from click.testing import CliRunner, Result
from hardware import BLUEPRINT, LOOKALIKE, hardware_folder, known, options_of

from sartor.runtime.cli.main import main

Run = Callable[..., Any]


@pytest.fixture
def run(tmp_path: Path, database_url: str) -> Run:
    """Runs a command with --json in a workspace of its own; its answer. `code`: the exit code expected."""
    environment = {"SARTOR_DATA": str(tmp_path / "var"), "SARTOR_DATABASE_URL": database_url}

    def run(*words: str, code: int = 0) -> Any:
        found: Result = CliRunner().invoke(main, [*words, "--json"], env=environment, catch_exceptions=False)
        assert found.exit_code == code, found.output
        return orjson.loads(found.stdout)

    run.folder = tmp_path  # type: ignore[attr-defined]
    return run


def walk(run: Run, folder: Path, deals: Path) -> dict[str, object]:
    expected = known(folder)
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
    assert isinstance(means, dict)
    found = {each["value"]: each["near"][0]["value"] for each in tried["misses"][0]["values"]}
    assert found == means
    values = [word for said, meant in means.items() for word in ("--value", f"product:{said}={meant}")]
    made = run("import", "deal", str(deals), "--map", "opportunity_id=name", "--key", "name", *values)
    assert made["counts"]["create"] == expected["counts"]["deal"]  # type: ignore[index]
    again = run("import", "deal", str(deals), "--map", "opportunity_id=name", "--key", "name", *values)
    assert (again["counts"]["create"], again["counts"]["update"]) == (0, made["counts"]["create"])
    return expected


def cut_to_size(run: Run, folder: Path) -> None:
    """Publish the option sets that the files need."""
    for key, document in options_of(folder).items():
        path = folder_of(run) / f"{key.rpartition('/')[2]}.json"
        path.write_bytes(orjson.dumps(document))
        run("change", "put", key, str(path))
    plan = run("plan")
    run("publish", "--confirm", plan["fingerprint"])


def folder_of(run: Run) -> Path:
    folder: Path = run.folder  # type: ignore[attr-defined]
    return folder


def sums(run: Run, group: str) -> dict[str, int]:
    rows = run("query", "deal", "--filter", "stage = 'won'", "--group", group, "--measure", "sum(amount)")
    return {shown(row[group.partition(":")[0]]): int(float(row["sum(amount)"])) for row in rows}


def shown(value: Any) -> str:
    return str(value.get("title") if isinstance(value, dict) else value)


def require_totals(run: Run, expected: dict[str, Any]) -> None:
    rows = run("query", "deal", "--group", "stage", "--measure", "count()")
    assert {row["stage"].title(): row["count()"] for row in rows} == expected["stages"]
    assert sums(run, "product") == expected["won_by_product"]
    assert sums(run, "agent.office") == expected["won_by_office"]
    assert sums(run, "agent.manager") == expected["won_by_manager"]
    months = {key[:7]: value for key, value in sums(run, "closed_on:month").items()}
    assert months == expected["won_by_month"]
    parents = run("query", "account", "--filter", "parent is not blank", "--limit", "200")
    assert len(parents) == expected["accounts_with_parent"]
    won = run("query", "product", "--fields", "name,won_amount")
    assert sum(float((row["won_amount"] or {"amount": 0})["amount"]) for row in won) == expected["amount_total"]


@pytest.mark.parametrize("variant", ["", "variant_us_dates"])
def test_the_lookalikes_totals_are_those_of_its_files(run: Run, variant: str) -> None:
    expected = walk(run, LOOKALIKE, LOOKALIKE / variant / "sales_pipeline.csv")
    require_totals(run, expected)


def test_the_real_companys_totals_are_those_of_its_files(run: Run, shared_data: Path, database_url: str) -> None:
    folder = hardware_folder(shared_data)
    if not folder.is_relative_to(shared_data):
        pytest.skip("the real files are not here; the look-alike was walked")
    if not database_url.startswith("sqlite") and "SARTOR_KILLS" not in os.environ:
        pytest.skip("the look-alike was walked on PostgreSQL; `make faults` walks the real files there too")
    require_totals(run, walk(run, folder, folder / "sales_pipeline.csv"))
