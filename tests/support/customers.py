"""The customer and the deal that tests of pages begin with; a conftest takes these fixtures over by name."""

from __future__ import annotations

import pytest
from offices import Office


@pytest.fixture
def account(office: Office) -> str:
    return office.make("account", {"name": "Huawei 华为"}, by="ann")


@pytest.fixture
def deal(office: Office, account: str) -> str:
    values = {"name": "Towers", "account": account, "amount": {"amount": "1200.00", "currency": "CNY"}}
    return office.make("deal", values, by="ann")
