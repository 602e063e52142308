"""Numbers on the command line, as people read them."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from sartor.runtime.cli.main import main

SALE = {
    "label": "Sale",
    "title": "name",
    "fields": {
        "name": {"type": "text", "label": "Name", "order": 1},
        "place": {"type": "text", "label": "Place", "order": 2},
        "amount": {"type": "money", "label": "Amount", "order": 3},
    },
}


def test_sums_stand_with_their_currency_and_several_are_said_to_be_so(tmp_path: Path) -> None:
    def run(*words: str) -> list[list[str]]:
        environment = {"SARTOR_DATA": str(tmp_path / "workspace")}
        found = CliRunner().invoke(main, words, env=environment, catch_exceptions=False)
        assert found.exit_code == 0, found.output
        return [line.split() for line in found.output.splitlines()]

    folder, file = tmp_path / "shop", tmp_path / "sales.csv"
    (folder / "entities").mkdir(parents=True)
    (folder / "blueprint.json").write_text(json.dumps({"name": "shop", "label": "Shop", "version": "1.0.0"}))
    (folder / "entities" / "sale.json").write_text(json.dumps(SALE))
    file.write_text("name,place,amount\nA,East,10 USD\nB,East,10 CNY\nC,West,2.50 USD\n")
    run("init")
    run("blueprint", "install", str(folder))
    run("import", "sale", str(file))
    rows = run("query", "sale", "--group", "place", "--measure", "sum(amount),count()")
    assert [row for row in rows if row and row[0] in ("East", "West")] == [
        ["East", "several", "currencies", "2"],
        ["West", "2.5", "USD", "1"],
    ]
