"""The hardware company's deals: the real files where they are, else our look-alike with the same breakages, and what
both must add up to, counted here by plain reading."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

LOOKALIKE = Path(__file__).parent.parent / "data" / "hardware"
REAL = Path("pipeline") / "maven_crm_sales"

BLUEPRINT = Path(__file__).parents[2] / "docs" / "tutorial" / "hardware"
OPTIONS = {"series": ("products", "series"), "office": ("sales_teams", "regional_office")}
"""Option sets of the tutorial's blueprint, and the column whose words they are."""

Record = dict[str, str]


def hardware_folder(shared_data: Path) -> Path:
    """Where to read from: `accounts.csv`, `products.csv`, `sales_teams.csv`, `sales_pipeline.csv` and, with US dates,
    `variant_us_dates/sales_pipeline.csv`."""
    real = shared_data / REAL
    return real if (real / "sales_pipeline.csv").is_file() else LOOKALIKE


def options_of(folder: Path) -> dict[str, dict[str, Any]]:
    """The blueprint's option sets as documents by key, with the words of a folder's files: the look-alike has other
    series and offices than the company behind the tutorial."""
    found = {}
    for name, (file, column) in OPTIONS.items():
        shipped = json.loads((BLUEPRINT / "options" / f"{name}.json").read_text(encoding="utf-8"))
        words = sorted({row[column] for row in _read(folder, file)})
        choices = {word: {"label": word, "order": place} for place, word in enumerate(words)}
        found[f"options/{name}"] = shipped | {"choices": choices}
    return found


def known(folder: Path) -> dict[str, object]:
    """Counts and sums of a folder, as an import must reproduce them."""
    accounts, products = _read(folder, "accounts"), _read(folder, "products")
    agents, deals = _read(folder, "sales_teams"), _read(folder, "sales_pipeline")
    names = {row["product"] for row in products}
    team = {row["sales_agent"]: row for row in agents}
    won = [row for row in deals if row["deal_stage"] == "Won"]
    means = {_bare(name): name for name in names}
    return {
        "counts": {"account": len(accounts), "product": len(products), "agent": len(agents), "deal": len(deals)},
        "stages": _counts(row["deal_stage"] for row in deals),
        "amount_total": _total(deals),
        "amount_blank": sum(not row["close_value"] for row in deals),
        "engaged_blank": sum(not row["engage_date"] for row in deals),
        "closed_blank": sum(not row["close_date"] for row in deals),
        "account_blank": _counts(row["deal_stage"] for row in deals if not row["account"]),
        "product_misses": _counts(row["product"] for row in deals if row["product"] not in names),
        "product_means": {
            name: means[_bare(name)] for name in sorted({row["product"] for row in deals}) if name not in names
        },
        "agents_without_deals": sorted(set(team) - {row["sales_agent"] for row in deals}),
        "accounts_with_parent": sum(bool(row["subsidiary_of"]) for row in accounts),
        "parents_further_down": _further_down(accounts),
        "won_by_office": _sums((team[row["sales_agent"]]["regional_office"], row) for row in won),
        "won_by_manager": _sums((team[row["sales_agent"]]["manager"], row) for row in won),
        "won_by_product": _sums((means[_bare(row["product"])], row) for row in won),
        "won_by_month": _sums((row["close_date"][:7], row) for row in won),
        "deals_won_by_manager": _counts(team[row["sales_agent"]]["manager"] for row in won),
        "engaged": _range(row["engage_date"] for row in deals),
        "closed": _range(row["close_date"] for row in deals),
    }


def _read(folder: Path, name: str) -> list[Record]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _bare(name: str) -> str:
    return name.replace(" ", "").lower()


def _counts(values: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(values).items()))


def _total(deals: Iterable[Record]) -> int:
    return sum(int(row["close_value"] or 0) for row in deals)


def _sums(pairs: Iterable[tuple[str, Record]]) -> dict[str, int]:
    sums: Counter[str] = Counter()
    for key, row in pairs:
        sums[key] += int(row["close_value"])
    return dict(sorted(sums.items()))


def _further_down(accounts: list[Record]) -> int:
    """Accounts whose parent stands in a later row: an import has to link these in a second pass."""
    place = {row["account"]: at for at, row in enumerate(accounts)}
    return sum(place[row["subsidiary_of"]] > at for at, row in enumerate(accounts) if row["subsidiary_of"])


def _range(days: Iterable[str]) -> list[str]:
    filled = [day for day in days if day]
    return [min(filled), max(filled)]
