"""Pages of change sets and publishing, asked without a browser: what they say, refuse, and leave out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from werkzeug.test import TestResponse

from sartor.builder.pages import losses
from sartor.builder.pages.under_way import left
from sartor.builder.review import planned
from sartor.platform.publishing import drawn_up, publisher, under_way
from sartor.platform.publishing.applying import Application, Publication
from sartor.platform.publishing.change_sets.reviewing import Reviews
from sartor.platform.publishing.names.renaming import renamed
from sartor.platform.publishing.names.rewriting import Rename
from sartor.platform.publishing.steps import computed as compute_steps
from sartor.platform.publishing.steps import converted as convert_steps
from sartor.platform.publishing.steps import indexes as index_steps
from sartor.platform.publishing.values import convert_rows
from sartor.platform.publishing.values.pace import WRITE, Pace
from sartor.platform.storage.system.jobs import sys_job
from sartor.runtime.handlers import jobs_of

HOUR = timedelta(hours=1)
TYPED = {"type": "integer", "label": "Loss reason", "order": 90}


@pytest.fixture(autouse=True)
def clean(office) -> Iterator[None]:
    yield
    for name in office.workspace.publisher.sets.names():
        office.workspace.publisher.sets.discard(name=name)


@pytest.fixture
def send(office) -> Callable[..., TestResponse]:
    """Sends a form as the boss."""
    key, csrf = office.sign_in("boss")
    client = office.app.test_client()
    client.set_cookie("sartor_session", key)
    return lambda path, **fields: client.post(path, data={"_csrf": csrf, **fields})


@pytest.fixture
def deals(office) -> None:
    account = office.make("account", {"name": "A"})
    for reason in ("=2+5", "保密"):
        office.make("deal", {"name": reason, "account": account, "loss_reason": reason})


def edit(office, change: Callable[[Any], object], key: str = "entity/deal", name: str = "main") -> None:
    sets = office.workspace.publisher.sets
    document = deepcopy(dict(sets.document(key, name)))
    change(document)
    sets.put(key, document, name=name)


def retype(document: Any) -> None:
    document["fields"]["loss_reason"] = TYPED


def work_off(office) -> list[int]:
    """What a worker does with the jobs that wait."""
    jobs = jobs_of(office.workspace)
    return [each for each in jobs.waiting() if jobs.run(each, "test")]


def signed_in(office, who: str, language: str) -> Callable[[str], str]:
    """Asks for pages as somebody, also while nobody else can write."""
    client = office.app.test_client()
    client.set_cookie("sartor_session", office.sign_in(who)[0])
    client.set_cookie("language", language)
    return lambda path: client.get(path).text


def hidden(page: TestResponse, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page.text)
    assert found is not None
    return found.group(1)


def test_changes_are_told_in_the_readers_language(office, boss):
    edit(office, lambda document: document["fields"]["amount"].update(required=True))
    assert "Field Amount of Deal: required, was optional" in boss.get("/build/main/changes").text
    assert "商机的字段「Amount」：改为必填，原为选填" in boss.get("/build/main/changes", "zh").text


def test_a_change_that_others_stand_on_goes_with_them_or_not_at_all(office, boss, send):
    edit(office, lambda document: document["fields"].update(nick={"type": "text", "label": "Nick"}))
    edit(office, lambda document: document["columns"].update(nick={"order": 99}), "view/deal.all")
    change = next(each.id for each in Reviews(office.workspace.publisher.sets).told() if "Field Nick" in each.sentence)
    refused = send("/build/main/changes/take-out", change=change)
    assert refused.status_code == 409
    assert "Column Nick added to list All deals" in refused.text
    assert "Discard them together" in refused.text
    also = hidden(refused, "also\\[\\]")
    assert send("/build/main/changes/take-out", change=change, **{"also[]": also}).status_code == 303
    assert Reviews(office.workspace.publisher.sets).told() == []


def test_a_value_that_is_lost_leads_to_its_record(office, boss, deals):
    edit(office, retype)
    page = boss.get("/build/main/plan").text
    assert re.search(r'<a href="/app/crm/deal/r/[0-9A-Z]{13}" title="Open the record"><code>', page)


def test_a_file_of_lost_values_begins_before_every_value_is_tried(office, boss, deals, monkeypatch):
    edit(office, retype)
    tried = []
    monkeypatch.setattr(losses, "lost_values", lambda *_of: iter(tried.append("now") or ()))
    file = boss.get("/build/main/plan/losses.csv?subject=entity/deal%23loss_reason", "zh")
    assert (next(file.response), tried) == ("\ufeff记录,当前,之后,原因,链接,id\r\n".encode(), [])


def test_a_file_of_lost_values_holds_no_formula(office, boss, deals):
    edit(office, retype)
    address = "/build/main/plan/losses.csv?subject=entity/deal%23loss_reason"
    told = boss.get(address)
    assert told.headers["Content-Disposition"] == 'attachment; filename="entity-deal-loss_reason.csv"'
    assert ",'=2+5," in told.text
    assert re.search(r"^保密,保密,,.*,http://localhost/app/crm/deal/r/(\w{13}),\1\r?$", told.text, re.M)
    assert boss.get("/build/main/plan/losses.csv?subject=entity/deal%23nothing").status_code == 403


def test_what_going_back_loses_is_a_file_as_well(office, boss):
    edit(office, lambda document: document["fields"].update(size=TYPED))
    number = office.workspace.publisher.publish(Publication())
    edit(office, lambda document: document["fields"]["size"].update(type="text"))
    office.workspace.publisher.publish(Publication())
    office.make("deal", {"name": "Big", "account": office.make("account", {"name": "A"}), "size": "=wide"})
    page = boss.get(f"/build/main/revisions/{number}/rollback").text
    assert "You can undo this" in page
    assert "Nothing is lost" not in page
    address = f"/build/main/revisions/{number}/rollback/losses.csv?subject=entity%2Fdeal%23size"
    assert f'href="{address}" download' in page
    assert re.search(r"^Big,'=wide,,.*,http://localhost/app/crm/deal/r/\w{13},\w{13}\r?$", boss.get(address).text, re.M)
    assert boss.get(address.replace("size", "nothing")).status_code == 403


def test_a_change_set_that_was_edited_meanwhile_is_not_published_unseen(office, boss, send):
    edit(office, lambda document: document["fields"]["amount"].update(help="One"))
    seen = hidden(boss.get("/build/main/plan"), "seen")
    edit(office, lambda document: document["fields"]["amount"].update(help="Two"))
    refused = send("/build/main/plan/publish", seen=seen, note="Mine <b>")
    assert (refused.status_code, "Nothing was published." in refused.text) == (409, True)
    assert "Mine &lt;b&gt;</textarea>" in refused.text
    done = send("/build/main/plan/publish", seen=hidden(refused, "seen"))
    assert done.headers["Location"].endswith(f"/revisions/{office.workspace.stamp().revision}?done=yes")
    assert re.search(
        r'href="/app/\w+/deal/\w+"[^>]*>(<svg.*?</svg>)?Look at it', boss.get(done.headers["Location"]).text
    )


def test_how_long_it_takes_is_a_range_until_something_of_the_kind_was_measured(office, boss, deals, monkeypatch):
    monkeypatch.setattr(drawn_up, "pace_of", lambda _of: Pace({WRITE: 0.01}))
    edit(office, retype)
    assert re.search(r"\d+ (min|h) to \d+ (min|h)", boss.get("/build/main/plan").text)
    assert re.search(r"\d+ (分钟|小时) 至 \d+ (分钟|小时)", boss.get("/build/main/plan", "zh").text)


def test_what_loses_values_needs_the_tick(office, boss, send, deals):
    edit(office, retype)
    before = office.workspace.stamp().revision
    seen = hidden(boss.get("/build/main/plan"), "seen")
    assert send("/build/main/plan/publish", seen=seen).status_code == 409
    assert office.workspace.stamp().revision == before


def test_values_of_a_big_table_are_converted_before_they_are_published(office, boss, send, deals, monkeypatch):
    for module in (compute_steps, convert_steps, index_steps):
        monkeypatch.setattr(module, "BIG", 0)
    monkeypatch.setattr(convert_rows, "BATCH", 1)
    edit(office, retype)
    page = boss.get("/build/main/plan")
    sent = {"seen": hidden(page, "seen"), "confirm": hidden(page, "confirm")}
    address = "/build/main/plan/publishing"
    assert send("/build/main/plan/publish", **sent, note="Numbers").headers["Location"] == address
    assert "It begins in a moment" in boss.get(address).text
    assert "“Main change set” by boss" in boss.get("/build/other").text
    assert send("/build/main/plan/publish", **sent).status_code == 409
    send(f"{address}/stop")
    assert "Stopped" in boss.get(address).text
    assert ">Numbers</textarea>" in boss.get("/build/main/plan").text
    send("/build/main/plan/publish", **sent)
    work_off(office)
    done = boss.get(address)
    assert "?done=yes" in done.headers["Location"]
    number = int(done.headers["Location"].partition("/revisions/")[2].partition("?")[0]) - 1
    back = boss.get(f"/build/main/revisions/{number}/rollback")
    fields = {name: hidden(back, name) for name in ("seen", "confirm") if f'name="{name}"' in back.text}
    office.make("deal", {"name": "Late", "account": office.make("account", {"name": "B"}), "loss_reason": 7})
    assert send(f"/build/main/revisions/{number}/rollback", **fields).headers["Location"] == address
    assert len(work_off(office)) == 1
    assert boss.get(address).headers["Location"].endswith(f"/revisions/{number + 2}?done=yes")


def test_what_is_lost_beyond_the_estimate_is_looked_at_before_it_is_published(office, boss, send, deals, monkeypatch):
    for module in (compute_steps, convert_steps, index_steps):
        monkeypatch.setattr(module, "BIG", 0)
    for module in (convert_steps, planned):
        monkeypatch.setattr(module, "TRIED", 1)
    edit(office, retype)
    page = boss.get("/build/main/plan")
    assert "I have seen that about" in page.text
    send("/build/main/plan/publish", seen=hidden(page, "seen"), confirm=hidden(page, "confirm"))
    work_off(office)
    assert "look at the plan once more" in boss.get("/build/main/plan/publishing").text
    again = boss.get("/build/main/plan").text
    assert "I have seen that" in again
    assert "I have seen that about" not in again


def test_what_takes_long_is_published_by_a_worker_once(office, boss, send, monkeypatch):
    monkeypatch.setattr(publisher, "LONG", 0)
    edit(office, lambda document: document["fields"]["amount"].update(help="Long"))
    before = office.workspace.stamp().revision
    send("/build/main/plan/publish", seen=hidden(boss.get("/build/main/plan"), "seen"))
    job = work_off(office)[0]
    office.workspace.database.run(  # its worker died after the publish, before it could say so
        lambda work: work.connection.execute(
            sa.update(sys_job).where(sys_job.c.id == job).values(state="running", lease_until=work.now - HOUR)
        )
    )
    assert work_off(office) == [job]
    assert boss.get("/build/main/plan/publishing").headers["Location"].endswith(f"/revisions/{before + 1}?done=yes")
    assert office.workspace.stamp().revision == before + 1


def test_another_admin_sees_in_her_language_what_is_published_or_taken_back(office, boss, send, deals, monkeypatch):
    monkeypatch.setattr(publisher, "LONG", 0)
    monkeypatch.setattr(under_way, "EVERY", 0)
    edit(office, retype)
    page, seen, before = boss.get("/build/main/plan"), [], office.workspace.stamp().revision
    office.hire("zoe", "administrator")
    ask, address = signed_in(office, "zoe", "zh"), "/build/main/plan/publishing"
    do = Application._do_job
    monkeypatch.setattr(Application, "_do_job", lambda *of: seen.append(ask(address)) or do(*of))
    send("/build/main/plan/publish", seen=hidden(page, "seen"), confirm=hidden(page, "confirm"))
    work_off(office)
    assert any("商机的字段「Loss reason」：正在转换值" in page and "由boss" in page for page in seen)

    back = boss.get(f"/build/main/revisions/{before}/rollback")
    fields = {name: hidden(back, name) for name in ("seen", "confirm", "long") if f'name="{name}"' in back.text}
    going = send(f"/build/main/revisions/{before}/rollback", **fields)
    assert going.headers["Location"] == address
    assert f"正在回滚到版本 {before}" in ask("/build/other")
    assert send(f"/build/main/revisions/{before}/rollback", **fields).status_code == 409
    work_off(office)
    assert office.workspace.stamp().revision == before + 2


def test_the_time_that_is_left_counts_only_what_was_done_since_it_went_on():
    assert left(10, 600, 1000, before=500) == "about 40 s left"
    assert left(10, 505, 1000, before=500) == ""


def test_going_back_is_refused_after_another_publication(office, boss, send):
    number = office.workspace.stamp().revision
    edit(office, lambda document: document["fields"]["amount"].update(help="Three"))
    send("/build/main/plan/publish", seen=hidden(boss.get("/build/main/plan"), "seen"))
    seen = hidden(boss.get(f"/build/main/revisions/{number}/rollback"), "seen")
    edit(office, lambda document: document["fields"]["amount"].update(help="Four"))
    send("/build/main/plan/publish", seen=hidden(boss.get("/build/main/plan"), "seen"))
    refused = send(f"/build/main/revisions/{number}/rollback", seen=seen)
    assert (refused.status_code, "published meanwhile" in refused.text) == (409, True)


def test_a_rename_is_a_rename_on_the_way_back_too(office, boss, send):
    sets, before = office.workspace.publisher.sets, office.workspace.stamp().revision
    sets.put_all(renamed(sets.documents(), Rename("entity/deal", "worth", "amount"), office.workspace.kinds))
    send("/build/main/plan/publish", seen=hidden(boss.get("/build/main/plan"), "seen"))
    after = office.workspace.stamp().revision
    back = boss.get(f"/build/main/revisions/{before}/rollback")
    assert "name amount, was worth" in back.text
    assert "Amount taken out" not in back.text
    fields = {name: hidden(back, name) for name in ("seen", "confirm") if f'name="{name}"' in back.text}
    assert send(f"/build/main/revisions/{before}/rollback", **fields).status_code == 303
    compared = boss.get(f"/build/main/revisions/compare?from={after}&to={after + 1}").text
    assert "name amount, was worth" in compared
    assert "Amount taken out" not in compared


def test_a_change_set_is_named_after_its_title(office, send):
    assert send("/build/main/sets/new", title="Spring clean-up").headers["Location"] == "/build/spring_clean_up"
    assert send("/build/main/sets/new", title="Spring clean-up").headers["Location"] == "/build/spring_clean_up_2"
    assert send("/build/main/sets/new", title="春季整理").headers["Location"] == "/build/chun_ji_zheng_li"
    assert send("/build/main/sets/new", title="!!!").headers["Location"] == "/build/set"
    assert send("/build/main/sets/new", title="  ").status_code == 422


def test_typing_another_value_is_a_decision_for_it(office, boss, send):
    edit(office, lambda document: document["fields"]["close_on"].update(label="Mine"))
    edit(office, lambda document: document["fields"]["close_on"].update(label="Theirs"), name="other")
    seen = hidden(boss.get("/build/other/plan"), "seen")
    send("/build/other/plan/publish", seen=seen, note="Brought the design over")
    page = boss.get("/build/main/changes")
    assert "Brought the design over" in page.text
    assert "Brought the design over" not in boss.get("/build/main/changes", "zh").text
    fields = {name: hidden(page, name) for name in ("key", "place", "was", "as")}
    assert "boss" in page.text
    send("/build/main/changes/decide", choice="keep", value="Both", **fields)
    document = office.workspace.publisher.sets.document("entity/deal")
    assert document["fields"]["close_on"]["label"] == "Both"


def test_a_definition_shows_what_uses_it(boss):
    page = boss.get("/build/main/definitions/view/deal.all").text
    assert "Menu entry All deals of app CRM: target" in page
    panel = boss.get("/build/main/uses?key=entity/deal&field=stage").text
    assert "Column Stage of list All deals" in panel
    assert "<html" not in panel


def test_what_is_no_revision_is_no_page(boss):
    for path in (
        "revisions/999",
        "revisions/compare?from=1&to=x",
        "revisions/999/rollback",
        "definitions/entity/nothing",
    ):
        assert boss.get(f"/build/main/{path}").status_code == 404


def test_nothing_can_be_published_before_it_is_decided(office, boss, send):
    edit(office, lambda document: document["fields"]["discount"].update(label="Mine"))
    edit(office, lambda document: document["fields"]["discount"].update(label="Theirs"), name="other")
    send("/build/other/plan/publish", seen=hidden(boss.get("/build/other/plan"), "seen"))
    page = boss.get("/build/main/plan")
    assert "There is something to decide first." in page.text
    assert send("/build/main/plan/publish", seen=hidden(page, "seen")).status_code == 409


def test_what_does_not_hold_together_is_mended_with_one_click(office, boss, send):
    edit(office, lambda document: document["columns"].update(nothing={"order": 99}), "view/deal.all")
    page = boss.get("/build/main/plan")
    assert "Take out column nothing of list All deals" in page.text
    assert 'href="/build/main/views/deal.all#/columns/nothing"' in page.text
    fields = {name: hidden(page, name) for name in ("key", "pointer")}
    assert send("/build/main/plan/mend", **fields).status_code == 303
    assert "nothing" not in office.workspace.publisher.sets.document("view/deal.all")["columns"]


def test_everything_that_named_what_is_gone_is_mended_together(office, boss, send):
    edit(office, lambda document: document["fields"].pop("amount"))
    assert "Mend all" in boss.get("/build/main/plan").text
    send("/build/main/plan/mend", all="yes")
    assert "does not hold together" not in boss.get("/build/main/plan").text


def test_what_could_not_come_into_a_stage_is_said_and_tried_again(office, boss, send):
    office.make("account", {"name": "Much too long"})
    account = deepcopy(dict(office.workspace.serving().design.documents["entity/account"]))
    account["fields"]["code"] = {"type": "text", "label": "Code", "order": 90, "options": {"max_length": 3}}
    account["fields"]["care"] = {"type": "stage", "label": "Care", "order": 91, "options": {"pipelines": ["care"]}}
    stages = {
        "new": {"label": "New", "order": 1, "on_enter": {"code": "name"}},
        "done": {"label": "Done", "order": 2, "outcome": "won"},
    }
    care = {"label": "Caring", "entity": "account", "field": "care", "stages": stages}
    office.publish({"entity/account": account, "pipeline/care": care})
    number = office.workspace.serving().model.revision
    for path in (f"/build/main/revisions/{number}", "/build/main/pipelines/care"):
        page = boss.get(path).text
        assert "no stage of “Caring” yet" in page
        assert "at most 3 are allowed" in page
        assert "filter=care+is+blank" in page
    tried = send("/build/main/pipelines/care/adopt")
    assert tried.headers["Location"].endswith("/pipelines/care?come=0")
    assert "None could come in." in boss.get("/build/main/pipelines/care?come=0").text


def test_a_change_set_that_was_published_leads_on(office, boss, send):
    edit(office, lambda each: each.update(description="Told."), name="spring")
    done = send("/build/spring/plan/publish", confirm=office.workspace.publisher.plan("spring").fingerprint)
    where = done.headers["Location"]
    assert where.endswith(f"/build/main/revisions/{office.workspace.stamp().revision}?done=set")
    assert "its change set is finished" in boss.get(where).text
    for page in ("changes", "plan"):
        text = boss.get(f"/build/spring/{page}").text
        assert "This change set is finished" in text
        assert "/build/main/revisions" in text


@pytest.mark.parametrize("number", ["0", "99", "9" * 30])
def test_there_is_no_way_back_to_what_never_was(boss, send, number):
    for page in ("", "/losses.csv"):
        assert boss.get(f"/build/main/revisions/{number}/rollback{page}").status_code == 404
    assert send(f"/build/main/revisions/{number}/rollback", seen="1").status_code == 404
