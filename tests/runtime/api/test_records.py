"""Records by REST: the walk of one record through every route."""

from __future__ import annotations

from offices import Office


def test_a_record_walks_through_every_route(office: Office) -> None:
    made = office.post("rep", "/records/account", {"name": "Huawei 华为", "industry": "it"})
    assert made.status == 201
    assert made.headers["Location"].endswith(made.json["id"])
    one = f"/records/account/{made.json['id']}"
    assert office.get("rep", one).json["name"] == "Huawei 华为"
    assert office.ask("rep", "PATCH", one, {"name": "Huawei"}).json["version"] == 2
    assert [each["kind"] for each in office.get("rep", f"{one}/history").json["data"]] == ["change", "create"]
    assert office.ask("rep", "DELETE", one).status == 403
    assert office.ask("manager", "DELETE", one).status == 200
    assert office.get("rep", one).status == 404
    assert office.ask("manager", "POST", f"{one}/restore").status == 200
    assert office.get("rep", one).json["version"] == 4
