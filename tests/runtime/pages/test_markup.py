"""Whatever is written anywhere, by designers or by staff, is shown as it was written: it is never markup."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from crm import DOCUMENTS
from numbers_of_crm import DOCUMENTS as NUMBERS
from offices import Office
from visits import Visitor

CANARY = "<svg onload=alert(1)>\"'{{7*7}}"
SAID = {"label", "plural", "message", "help", "definition", "description"}


def marked(value: Any, said: bool = False) -> Any:
    """Every text for people with the canary behind it."""
    if isinstance(value, dict):
        return {name: marked(each, said or name in SAID) for name, each in value.items()}
    return value + CANARY if said and isinstance(value, str) else value


@pytest.fixture(scope="module")
def people() -> dict[str, list[str]]:
    return {"boss": ["administrator", "manager"]}


@pytest.fixture(scope="module")
def design() -> dict[str, Any]:
    return {key: marked(deepcopy(document)) for key, document in {**DOCUMENTS, **NUMBERS}.items()}


@pytest.fixture(scope="module")
def pages(office: Office) -> list[str]:
    account = office.make("account", {"name": CANARY, "tags": [CANARY[:20]], "industry": "it"}, by="boss")
    contact = office.make("contact", {"name": CANARY, "account": account, "mobile": "13800000000"}, by="boss")
    product = office.make("product", {"name": CANARY, "list_price": "3"}, by="boss")
    lines = [{"product": product, "quantity": "2"}]
    values = {"name": CANARY, "account": account, "amount": "5", "contacts": [contact], "lines": lines}
    deal = office.make("deal", values, by="boss")
    one, other = f"/app/crm/deal/r/{deal}", f"/app/crm/account/r/{account}"
    return [
        "/app", "/app/crm/deal/all", "/app/crm/deal/board", "/app/crm/account", one, f"{one}/edit", f"{one}/tab/lines",
        f"{one}/tab/details", f"{one}/tab/stages", f"{one}/move/lost", other, f"{other}/edit", "/app/crm/deal/r/new",
        "/app/crm/deal/r/bin", "/app/crm/-/dashboard/all", "/app/crm/-/search?q=svg", "/app/crm/deal/r/import",
        "/app/crm/deal/all?filter=name = '<svg onload=1>'", "/app/crm/-/jobs", "/profile", "/app/crm/user",
        "/app/crm/<svg onload=1>",
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_page_takes_a_text_for_markup(office: Office, pages: list[str], language: str) -> None:
    visitor = Visitor(office, "boss", language)
    seen = 0
    for path in pages:
        page = visitor.get(path)
        assert page.status < 500, path
        assert "<svg onload" not in page.markup, path
        assert "&#39;49" not in page.markup, path
        seen += "&lt;svg onload" in page.markup
    assert seen > len(pages) // 2
