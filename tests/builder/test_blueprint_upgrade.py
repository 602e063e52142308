"""The page of an upgrade: what is asked, decided and kept, and the button that comes when nothing is open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from offices import Office, open_office
from taking import edit

from sartor.platform.packaging.files.shape import Blueprint, Parts
from sartor.platform.packaging.files.shelf import Shelf
from sartor.platform.packaging.installing.install import find_blueprint, install
from sartor.platform.packaging.versions.rulings import RulingBook
from sartor.platform.packaging.versions.upgrading import Ruling
from sartor.platform.publishing.change_sets.deciding import Choice

PAGE = "/build/main/blueprints/base/upgrade"


def newer() -> Blueprint:
    """The stock base with another word for its customers, and with a list of rare ones in place of the silent ones."""
    ours = find_blueprint("base")
    documents = dict(ours.own.documents)
    documents["entity/account"] = {**documents["entity/account"], "label": {"en": "Buyer", "zh": "买家"}}
    label = {"en": "Rare ones", "zh": "稀客"}
    documents["view/account.rare"] = {**documents.pop("view/account.silent_30"), "label": label}
    return replace(ours, manifest={**ours.manifest, "version": "1.9.0"}, own=Parts(documents, ours.own.extends))


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A workspace that calls the customers of `base` clients."""
    folder: Path = tmp_path_factory.mktemp("shop")
    with open_office(f"sqlite:///{folder / 'sartor.db'}", folder) as office:
        office.hire("boss", "administrator")
        install(office.workspace, [find_blueprint("base")], "L2")
        edit(office.workspace, "entity/account", lambda each: each.update(label={"en": "Client", "zh": "客户方"}))
        yield office


@pytest.fixture(scope="module")
def to(shop: Office) -> str:
    return Shelf(shop.workspace.database, shop.workspace.store).keep(newer())


@pytest.fixture
def designer(shop: Office, boss: Any) -> Any:
    return type(boss)(shop, "boss")


def test_the_page_asks_and_offers_no_button_until_it_is_decided(designer, to):
    page = designer.get(f"{PAGE}?to={to}").text
    assert "2 things to decide" in page
    assert all(text in page for text in ("“Customer”", "“Client”", "“Buyer”", "Keep mine", "Take theirs"))
    assert "It stays, since missing never means delete." in page
    assert "data-deed" not in page
    assert ">List Rare ones<" in page  # what is new goes by its label, too


def test_it_asks_in_chinese_too(designer, to):
    page = designer.get(f"{PAGE}?to={to}", language="zh").text
    assert "保留我的" in page
    assert "Keep mine" not in page


def test_with_the_same_version_there_is_nothing_to_do(designer):
    assert "There is nothing to do" in designer.get(PAGE).text
    assert f'{PAGE}"' not in designer.get("/build/main/blueprints/base").text


def test_an_upgrade_by_the_api_is_refused_until_decided_and_then_done(shop, to):
    look = shop.get("boss", "/blueprints/base/upgrade", to=to).json
    assert (look["from"], look["to"], look["open"]) == ("1.0.0", "1.9.0", 2)
    told = shop.post("boss", "/blueprints/base/upgrade", {"to": to})
    assert (told.status, told.json["type"]) == (409, "about:blank#undecided")
    decisions = [{"key": "entity/account", "path": f"/label/{language}", "choice": "take"} for language in ("en", "zh")]
    left = shop.post("boss", "/blueprints/base/upgrade/decide", {"to": to, "decisions": decisions}).json
    assert left["open"] == 0
    assert shop.post("boss", "/blueprints/base/upgrade", {"to": to}).status == 200
    documents = shop.workspace.serving().design.documents
    assert documents["entity/account"]["label"]["en"] == "Buyer"
    assert "view/account.silent_30" in documents
    assert shop.post("boss", "/blueprints/base/upgrade?dry_run=true", {"to": to}).json["steps"] == []


def test_a_decision_about_a_record_is_taken_back_only_by_whoever_may_bring_records(shop, to):
    shop.publish({"role/drafting": {"label": "Drafting", "abilities": ["design"], "grants": {}}})
    shop.hire("drafter", "drafting")
    book = RulingBook(shop.workspace.database, "base")
    book.add([Ruling("record/account/a", "/name", Choice.KEEP)])
    answers = {who: forgotten(shop, who, to, "record/account/a", "/name") for who in ("drafter", "boss")}
    assert answers == {"drafter": (409, True), "boss": (303, False)}


def forgotten(shop: Office, who: str, to: str, key: str, place: str) -> tuple[int, bool]:
    """The status of asking again, and whether the decision is there still."""
    session, csrf = shop.sign_in(who)
    client = shop.app.test_client()
    client.set_cookie("sartor_session", session)
    status = client.post(f"{PAGE}/again", data={"_csrf": csrf, "to": to, "key": key, "place": place}).status_code
    return status, any(each.key == key for each in RulingBook(shop.workspace.database, "base").read())


def test_installing_may_go_into_a_change_set(shop):
    done = shop.post("boss", "/blueprints", {"names": ["sales"], "set": "spring"}).json
    assert "entity/deal" in done["changed"]
    assert "blueprint/sales" not in shop.workspace.serving().design.documents
    shop.post("boss", "/change-sets/spring/publish", {})
    assert "entity/deal" in shop.workspace.serving().design.documents
    refused = shop.post("boss", "/blueprints", {"names": ["sales"], "set": "spring", "sample_data": True})
    assert refused.status == 400


def test_people_in_its_records_are_chosen_beside_the_button(shop, designer):
    """A file leads here where something has to be decided; nothing is asked about people before that is."""
    name = {"type": "text", "label": "Name", "order": 10}
    fields = {"name": name, "whose": {"type": "user", "label": "Whose", "order": 20}}

    def doll(version: str, label: str, whose: str) -> Blueprint:
        head = {"name": "doll", "version": version, "label": "Doll"}
        parts = Parts({"entity/doll": {"label": label, "title": "name", "fields": fields}})
        tables = {"records": {"doll": f"key,name,whose\na,Ann,{whose}\n"}}
        return Blueprint("doll", head, parts, tables=tables)

    install(shop.workspace, [doll("1.0.0", "Doll", "")], "L3")
    edit(shop.workspace, "entity/doll", lambda each: each.update(label="Puppet"))
    to = Shelf(shop.workspace.database, shop.workspace.store).keep(doll("2.0.0", "Toy", "boss@there.example"))
    page = f"/build/main/blueprints/doll/upgrade?to={to}"
    assert "boss@there.example" not in designer.get(page).text
    shop.post("boss", "/blueprints/doll/upgrade/decide", {"to": to, "decisions": decisions("take")})
    shown = designer.get(page).text
    assert 'data-person="boss@there.example"' in shown
    assert '"people":{"boss@there.example":"boss@example.com"}' in unescape(shown).replace(" ", "")


def decisions(choice: str) -> list[dict[str, str]]:
    return [{"key": "entity/doll", "path": "/label", "choice": choice}]


def test_an_upgrade_shows_at_once_what_it_loses_and_that_is_what_one_agrees_to(shop, designer):
    def box(version: str, type_: str) -> Blueprint:
        fields = {"size": {"type": type_, "label": "Size", "order": 10}}
        parts = Parts({"entity/box": {"label": "Box", "title": "size", "fields": fields}})
        return Blueprint("box", {"name": "box", "version": version, "label": "Box"}, parts)

    install(shop.workspace, [box("1.0.0", "text")], "L3")
    shop.make("box", {"size": "big"})
    to = Shelf(shop.workspace.database, shop.workspace.store).keep(box("2.0.0", "integer"))
    page = designer.get(f"/build/main/blueprints/box/upgrade?to={to}").text
    assert '<details class="folded" open><summary>' in page.partition("steps</summary>")[0].rpartition("</details>")[2]
    assert "I have seen that 1 value is lost or goes out of sight" in page
    page = _upgraded(shop, designer, to)
    assert "Blueprint Box came in other files" in page


def _upgraded(shop: Office, designer: Any, to: str) -> str:
    plan = shop.post("boss", "/blueprints/box/upgrade?dry_run=true", {"to": to}).json
    made = shop.post("boss", "/blueprints/box/upgrade", {"to": to, "confirm": plan["fingerprint"]})
    return str(designer.get(f"/build/main/revisions/{made.json['revision']}").text)
