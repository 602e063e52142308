"""Every route of the API is asked by the test of leaks, or is named here as one that carries no records."""

from __future__ import annotations

from random import Random

from questions import READING, WRITING, Asker
from twins import Maker

OF_RECORDS = {
    # The same handlers as those of `records`, at an address of their own.
    *(f"{name}_of_{entity}" for entity in ("user", "department")
      for name in ("list_records", "get_record", "create_record", "update_record", "delete_record", "restore_record")),
}  # fmt: skip

NO_RECORDS = {
    "design": {
        "list_sets", "get_set", "discard_set", "list_documents", "get_document", "put_document", "delete_document",
        "rename_in_set", "publish_set", "list_revisions", "get_revision", "compare_revisions", "list_blueprints",
        "install_blueprints", "export_blueprint", "uninstall_blueprint", "list_kinds", "get_schema",
    },
    "samples of values only where the designer may read all of them (test_plans_show_no_hidden_values)": {
        "plan_set", "roll_back",
    },
    "people, roles and keys, for administrators or of oneself": {
        "get_roles", "give_role", "take_role", "disable_user", "enable_user", "invite_user", "accept_invitation",
        "list_tokens", "create_token", "revoke_token", "list_sessions", "end_session", "change_password",
    },
}  # fmt: skip


def asked_routes() -> set[str]:
    data = Maker(Random(1)).make({"product": 1, "company": 2, "person": 1, "asset": 1, "deal": 2, "call": 1})
    asker = Asker(Random(1), data)
    return {make(asker).route for make in (*READING.values(), *WRITING.values())}


def test_every_route_is_asked_or_carries_no_records(bureau):
    app = bureau.office.app
    routes = {
        rule.endpoint.removeprefix("api.") for rule in app.url_map.iter_rules() if rule.endpoint.startswith("api.")
    }
    named = asked_routes() | OF_RECORDS | set().union(*NO_RECORDS.values())
    assert routes - named == set(), "ask these in tests/support/questions.py"
    assert named - routes == set(), "these are no routes any more"
