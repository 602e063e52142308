"""References follow renames, and mean the same after."""

from __future__ import annotations

import pytest

from sartor.platform.expressions import rename

NEW = {
    ("deal", "amount"): "value",
    ("deal", "account"): "customer",
    ("account", "region"): "area",
    ("deal", "stage"): "step",
}

CASES = [
    ("amount > 3", "value > 3"),
    ("account.region = 'east'", "customer.area = 'ost'"),
    ("amount.currency = 'CNY'", "value.currency = 'CNY'"),
    ("stage.outcome = 'won'", "step.outcome = 'won'"),
    ("stage in ['won', 'new']", "step in ['gained', 'new']"),
    ("if(active, stage, 'won') = 'won'", "if(active, step, 'gained') = 'gained'"),
    ("label(stage) = 'won'", "label(step) = 'won'"),
    ("any_of(regions, ['east', 'north'])", "any_of(regions, ['ost', 'north'])"),
    ("name = 'amount'", "name = 'amount'"),
    ("base(amount) + old.amount", "base(value) + old.value"),
    ("sum(amount) / count(stage = 'won')", "sum(value) / count(step = 'gained')"),
]


@pytest.mark.parametrize(("before", "after"), CASES)
def test_a_rename_reaches_every_reference(model, before: str, after: str) -> None:
    keys = {
        ("deal", "stage", "won"): "gained",
        ("account", "region", "east"): "ost",
        ("deal", "regions", "east"): "ost",
    }
    found = rename(
        before,
        lambda entity, field: NEW.get((entity, field), field),
        model,
        "deal",
        roots={"old": "deal"},
        options=lambda entity, field, key: keys.get((entity, field, key), key),
    )
    assert found == after
