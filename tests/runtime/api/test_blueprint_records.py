"""Records that travel with a blueprint, by REST: chosen ones, those that one may export, and those that come later."""

from __future__ import annotations

import base64
from typing import Any

from offices import Office

from sartor.platform.packaging.archive import unpacked

ASKED = {"name": "trip", "label": "Trip", "keys": []}


def export(office: Office, who: str = "boss", **asked: Any) -> Any:
    return office.post(who, "/blueprint-files/export", {**ASKED, **asked})


def test_chosen_records_are_in_the_file_with_their_entity(office: Office, account: str) -> None:
    told = export(office, records=[{"entity": "account", "as": "records", "filter": "name = 'Acme'"}]).json
    assert told["records"]["records/account"] >= 1
    assert "entity/account" in told["definitions"]
    again = export(office, records=[{"entity": "account", "as": "records", "filter": "name = 'Acme'"}]).json
    assert again["checksum"] == told["checksum"]
    assert "Acme" in unpacked(base64.b64decode(told["file"])).table("records")["account"]


def test_who_sees_no_records_exports_none(office: Office, account: str) -> None:
    assert export(office, "designer", records=[{"entity": "account", "as": "samples"}]).status == 403


def test_records_of_what_is_not_installed_do_not_come(office: Office) -> None:
    assert office.post("boss", "/blueprints/trip/records", {"what": "records"}).status == 404
