"""Lookups that are called like parts of an address: what points to a record is listed, added and comes back to it."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from crm import DOCUMENTS
from visits import Visitor

NAMES = ["app", "name", "entity", "what", "key", "view", "back", "form"]


@pytest.fixture(scope="module")
def design() -> dict[str, Any]:
    found: dict[str, Any] = deepcopy(dict(DOCUMENTS))
    point = {"type": "lookup", "options": {"entity": "account"}}
    fields = {name: {**point, "label": name, "order": place} for place, name in enumerate(NAMES, 1)}
    fields["title"] = {"type": "text", "label": "Title", "order": 0}
    found["entity/pointer"] = {"label": "Pointer", "plural": "Pointers", "title": "title", "fields": fields}
    found["form/account.main"] = {
        "label": "Account",
        "entity": "account",
        "sections": {"basics": {"label": "Basics", "order": 1, "fields": {"name": {"order": 1}}}},
        "tabs": {
            f"by_{name}": {"label": name, "kind": "related", "order": place, "entity": "pointer", "lookup": name}
            for place, name in enumerate(NAMES)
        },
    }
    return found


@pytest.mark.parametrize("name", NAMES)
def test_one_is_added_from_the_record_and_leads_back(office, name):
    visitor = Visitor(office, "boss")
    account = office.make("account", {"name": f"Hotel {name}"}, by="boss")
    here = f"/app/crm/account/r/{account}"
    tab = visitor.get(f"{here}/tab/by_{name}")
    assert tab.status == 200
    (add,) = {link for link in tab.links("/pointer/r/new") if f"?{name}={account}" in link}
    form = visitor.get(add)
    saved = visitor.send(form.form("/new"), title=f"To {name}")
    assert saved.location.startswith(here)
    assert f"To {name}" in visitor.get(f"{here}/tab/by_{name}").text
