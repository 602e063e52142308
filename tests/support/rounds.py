"""One request for each route of the API: what tests send round to see who is let in, and what is left behind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from offices import Office, encode_id

from sartor.runtime.api import api
from sartor.runtime.api.endpoint import Endpoint, endpoints

NOWHERE = encode_id(2**50 + 12345)

BODIES: dict[str, Any] = {
    "create_record": {"name": "Round"},
    "update_record": {"name": "Round"},
    "create_record_of_user": {"name": "Round", "email": "round@example.com"},
    "update_record_of_user": {"name": "Round"},
    "create_record_of_department": {"name": "Round"},
    "update_record_of_department": {"name": "Round"},
    "batch_records": {"operations": [{"values": {"name": "Round"}}]},
    "add_comment": {"body": "Round"},
    "preview_new": {"name": "Round"},
    "preview_change": {"name": "Round"},
    "put_document": {"label": "Round", "choices": {"one": {"label": "One", "order": 1}}},
    "rename_in_set": {"key": "entity/account", "to": "client"},
    "title_set": {"title": "Round"},
    "take_out_change": {"change": "0123456789abcdef"},
    "decide_conflict": {"key": "options/round", "path": "/label", "choice": "keep"},
    "publish_set": {"note": "Round"},
    "fix_in_set": {"code": "L101"},
    "roll_back": {"note": "Round"},
    "install_blueprints": {"names": ["base"]},
    "uninstall_blueprint": {"note": "Round"},
    "bring_blueprint_records": {"what": "records"},
    "decide_upgrade": {"decisions": []},
    "upgrade_blueprint": {"note": "Round"},
    "bring_design": {"file": "UEs="},
    "decide_promotion": {"decisions": []},
    "promote": {"note": "Round"},
    "export_selection": {"name": "round", "label": "Round", "keys": ["entity/account"]},
    "import_blueprint_file": {"file": "UEs="},
    "accept_invitation": {"password": "a long and good one"},
    "create_token": {"name": "Round"},
    "change_password": {"current_password": "wrong", "password": "a long and good one"},
    "import_file": {"entity": "account"},
    "export_records": {"entity": "account"},
}
QUERIES = {
    "get_options": {"field": "name"},
    "compare_revisions": {"with": 1},
    "list_revision_changes": {"with": 1},
    "list_losses": {"subject": "entity/account#name"},
    "list_rollback_losses": {"subject": "entity/account#name"},
}


@dataclass(frozen=True)
class Round:
    """A request to one route. record: the id that it speaks of, where it speaks of one."""

    endpoint: Endpoint
    path: str
    record: str

    def send(self, office: Office, who: str | None) -> Any:
        name = self.endpoint.name
        body = BODIES.get(name, {} if self.endpoint.says.body is not None else None)
        return office.ask(who, self.endpoint.method, self.path, body, query=QUERIES.get(name))


def rounds(office: Office, record: str, user: str, entity: str = "account") -> Iterator[Round]:
    """One for each route. record: of the entity; user: the person that routes about people speak of."""
    for each in endpoints(api):
        told = "user" in (each.says.entity or "") or "user" in each.places
        places = {
            "entity": entity, "record": user if told else record, "user": user, "name": _name(each), "kind": "options",
            "document": "round", "number": "1", "role": "rep", "comment": NOWHERE, "token": NOWHERE, "job": NOWHERE,
            "handle": "0123456789abcdef", "key": "nothing",
            "digest": "0" * 64,
        }  # fmt: skip
        path = each.template
        for name, value in places.items():
            path = path.replace("{" + name + "}", value)
        assert "{" not in path, f"say in tests/support/rounds.py what stands in {path}"
        yield Round(each, path, places["record"])


def _name(each: Endpoint) -> str:
    return "base" if "blueprints" in each.rule else "main"
