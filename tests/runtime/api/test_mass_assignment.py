"""Names that nobody offered: columns, system fields, rights. Each is refused, and nothing changes."""

from __future__ import annotations

from typing import Any

import pytest
from offices import Office

SYSTEM = ("id", "version", "created_at", "created_by", "updated_at", "updated_by", "deleted_at")
GUESSES = (
    "role",
    "roles",
    "is_admin",
    "admin",
    "owner_id",
    "workspace_id",
    "user_id",
    "stored_as",
    "$where",
    "__class__",
)
VALUES: tuple[Any, ...] = (1, "x", True, {"id": "0000000000001"})


def columns(office: Office, entity: str) -> list[str]:
    """Columns of a table that are no names of fields."""
    serving = office.workspace.serving()
    fields = serving.model.entity(entity).fields
    return [str(each.name) for each in serving.tables.of(entity).c if each.name not in fields]


@pytest.mark.parametrize("value", VALUES, ids=str)
def test_a_column_is_no_field(office: Office, account: str, value: Any) -> None:
    before = office.rows()
    for name in (*SYSTEM, *GUESSES, *columns(office, "account")):
        for method, path in (("POST", "/records/account"), ("PATCH", f"/records/account/{account}")):
            told = office.ask("rep", method, path, {"name": "Taken over", name: value})
            assert told.status in (403, 422), name
            assert name in told.problems, name
    assert office.rows() == before


def test_nobody_moves_himself_to_another_department(office: Office) -> None:
    home = office.make("department", {"name": "Board"})
    me = office.get("rep", "/me").json["id"]
    before = office.rows()
    for values in ({"department": home}, {"manager": None}, {"roles": ["administrator"]}, {"active": True}):
        assert office.ask("rep", "PATCH", f"/users/{me}", values).status == 403
    assert office.rows() == before


def test_a_document_has_no_other_properties(office: Office) -> None:
    document = {"label": "Size", "choices": {"s": {"label": "S", "order": 1}}, "stored_as": "user", "owner": "me"}
    told = office.ask("designer", "PUT", "/change-sets/main/documents/options/size", document)
    assert told.status == 422
    assert "/owner" in told.problems
    assert office.get("designer", "/change-sets/main").json["edits"] == []


@pytest.mark.parametrize("extra", ["user", "owner", "workspace", "as", "role"])
def test_who_acts_is_never_a_parameter(office: Office, account: str, extra: str) -> None:
    assert office.get("rep", f"/records/account/{account}", **{extra: "boss"}).status == 422
    told = office.post("rep", "/records/account/batch", {"operations": [], extra: "boss"})
    assert f"/{extra}" in told.problems
