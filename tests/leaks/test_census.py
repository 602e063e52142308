"""Every route of the API is asked by the test of leaks, or is named here as one that carries no records."""

from __future__ import annotations

from random import Random

import pytest
from browsing import LOOKING, pages
from carrying import questions
from offices import Answer
from questions import Asked, Asker
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
        "check_published", "check_set", "fix_in_set", "compare_blueprint", "export_selection", "export_blueprint_file",
        "import_blueprint_file", "title_set", "list_changes", "take_out_change", "list_conflicts",
        "decide_conflict", "prepare_set", "list_uses", "list_revision_changes",
        "get_prepared", "list_remarks", "say_remark", "take_remark_back", "list_revision_remarks", "get_approval",
        "ask_approval", "withdraw_approval", "approve_set", "refuse_set", "get_publishing", "set_publishing",
        "get_schedule", "set_schedule", "cancel_schedule",
        "look_at_upgrade", "decide_upgrade", "upgrade_blueprint", "bring_blueprint_records",
        "complete_expression", "list_condition_fields", "list_functions",
        "export_design", "bring_design", "look_at_promotion", "decide_promotion", "promote",
        "list_retired", "list_retired_entities", "propose_comeback", "run_blueprint_scenarios",
        "put_documents", "problems_of_draft", "propose_rename", "propose_retirement", "propose_name",
    },
    "a result on one record, by the designer's own rights (test_only_records_and_fields_that_are_open_are_tried)": {
        "judge_expression",
    },
    "samples of values only where the designer may read all of them (test_plans_show_no_hidden_values)": {
        "plan_set", "roll_back", "list_losses", "list_rollback_losses",
    },
    "people, roles and keys, for administrators or of oneself": {
        "get_roles", "give_role", "take_role", "disable_user", "enable_user", "invite_user", "accept_invitation",
        "list_tokens", "create_token", "revoke_token", "list_sessions", "end_session", "change_password",
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def asked(bureau) -> list[tuple[Asked, Answer]]:
    """All sorts of questions by somebody to whom everything is open, and the answers."""
    bureau.give(("open",))
    data = Maker(Random(1)).make({"product": 1, "company": 3, "person": 2, "asset": 1, "deal": 3, "call": 2})
    often = [each for seed in range(4) for each in questions(Asker(Random(seed), data), 0)]
    return bureau.answers(data, often)


def test_every_route_is_asked_or_carries_no_records(bureau, asked):
    app = bureau.office.app
    routes = {
        rule.endpoint.removeprefix("api.") for rule in app.url_map.iter_rules() if rule.endpoint.startswith("api.")
    }
    named = {each.route for each, _told in asked} | OF_RECORDS | set().union(*NO_RECORDS.values())
    assert routes - named == set(), "ask these in tests/support"
    assert named - routes == set(), "these are no routes any more"


def test_every_sort_of_page_is_shown_to_somebody(bureau):
    bureau.give(("open",))
    data = Maker(Random(1)).make({"product": 1, "company": 3, "person": 2, "asset": 1, "deal": 3, "call": 2})
    told = bureau.answers(data, [each for seed in range(3) for each in pages(Asker(Random(seed), data), len(LOOKING))])
    assert {each.route for each, answer in told if answer.status < 400} == {each.route for each, _answer in told}
    assert [each for each, answer in told if answer.status >= 500] == []


def test_a_title_that_is_closed_stands_on_no_page(bureau):
    bureau.give(("r8",))
    data = Maker(Random(1)).make({"product": 0, "company": 0, "person": 0, "asset": 1, "deal": 0, "call": 0})
    (asset,) = data.values()
    asset.values |= {"name": "Lathe", "serial": "Q-77"}
    looked = [Asked("any", "GET", path) for path in ("/app", "/app/all/asset/all", f"/app/all/asset/r/{asset.key}")]
    told = bureau.answers(data, looked)
    assert [answer.status for _each, answer in told] == [200, 200, 200]
    assert [each.path for each, answer in told if b"Q-77" in answer.data] == []


def test_every_route_tells_something_to_somebody(asked):
    told = {each.route for each, answer in asked if answer.status < 300}
    assert {each.route for each, _answer in asked} - told == set(), "the questions never hit"
    assert [each for each, answer in asked if answer.status >= 500] == []
