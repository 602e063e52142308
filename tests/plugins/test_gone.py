"""A plugin goes whose types a published design uses: the workspace opens, shows what is kept, and loses nothing."""

from __future__ import annotations

from contextlib import closing

import pytest
from crm import documents
from offices import Office, open_office
from visits import Visitor

from sartor.platform.definitions.extensions import Extensions
from sartor.platform.publishing.publisher import Publication
from sartor.platform.workspace import Workspace
from sartor.runtime.app import create_app

EAN = "4006381333931"
LABEL = {"type": "barcode", "label": "Code", "order": 90}


def without_plugins() -> Extensions:
    return Extensions.stock().seal()


@pytest.fixture
def gone(database_url, tmp_path):
    """The office with a barcode, opened again without the plugin; and the record."""
    design = documents()
    design["entity/account"]["fields"]["code"] = LABEL
    design["view/account.coded"] = {"label": "Coded", "entity": "account", "type": "list", "order": 9,
                                    "columns": {"name": {"order": 1}, "code": {"order": 2}}}  # fmt: skip
    with open_office(database_url, tmp_path, design) as office:
        office.hire("boss", "administrator")
        record = office.make("account", {"name": "Contoso", "code": EAN})
        with closing(Workspace.open(office.workspace.settings, without_plugins())) as workspace:
            yield Office(workspace, create_app(workspace), office.people, office.keys), record, office


def test_what_was_kept_is_shown_and_survives_a_write(gone):
    here, record, before = gone
    boss = Visitor(here, "boss")
    assert EAN in boss.get("/app/crm/account/coded").text
    assert EAN in boss.get(f"/app/crm/account/r/{record}").text
    read = here.get("boss", f"/records/account/{record}")
    assert read.json["code"] == EAN
    version = {"If-Match": read.headers["ETag"]}
    assert here.ask("boss", "PATCH", f"/records/account/{record}", {"code": "1"}, headers=version).status == 403
    assert here.ask("boss", "PATCH", f"/records/account/{record}", {"name": "Tailors"}, headers=version).status == 200
    assert here.ask("boss", "POST", "/records/account", {"name": "Fabrikam"}).status == 201
    assert before.get("boss", f"/records/account/{record}").json["code"] == EAN


def test_the_check_says_what_is_missing(gone):
    here, _record, before = gone
    boss = Visitor(here, "boss")
    assert "There is no type" in boss.get("/build/main/check").text
    assert boss.get("/build/main/entities/account").status == 200


def test_everything_else_can_still_be_published(gone):
    here, record, before = gone
    here.publish({"view/account.coded": None})
    assert here.get("boss", f"/records/account/{record}").json["code"] == EAN
    before.workspace.models.current()
    assert before.get("boss", f"/records/account/{record}").json["code"] == EAN


def test_going_back_to_what_needs_it_is_refused_in_words_and_loses_nothing(gone):
    here, record, before = gone
    boss, with_it = Visitor(here, "boss"), before.workspace.serving().design.revision
    before.publish({"entity/account": documents()["entity/account"], "view/account.coded": None})
    now = here.workspace.models.current().revision
    pages = ("revisions", f"revisions/{with_it}", f"revisions/compare?from={now}&to={with_it}", "plan", "changes")
    assert {each: boss.get(f"/build/main/{each}").status for each in pages} == dict.fromkeys(pages, 200)
    page = boss.get(f"/build/main/revisions/{with_it}/rollback")
    assert "Entity Account › Field Code › type: There is no type “barcode”. If a plugin brought it" in page.text
    asked = {"_csrf": boss.csrf, "seen": str(now), "note": "Back", "confirm": ""}
    assert boss.client.post(f"/build/main/revisions/{with_it}/rollback", data=asked).status_code == 409
    assert here.post("boss", f"/revisions/{with_it}/rollback", {}).status == 422
    assert here.workspace.models.current().revision == now
    before.workspace.publisher.rollback(with_it, Publication("Back", None))
    assert before.get("boss", f"/records/account/{record}").json["code"] == EAN
