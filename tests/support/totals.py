"""The hardware company's totals, asked by commands and compared with those of its files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Run = Callable[..., Any]
"""Runs a command with --json; its answer."""


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
