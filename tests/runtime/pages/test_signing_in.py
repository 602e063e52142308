"""Getting in and out: the one-time link, sign-in, sign-out, and what holds before."""

from __future__ import annotations

import pytest
from offices import Office

from sartor.platform.access import one_time
from sartor.platform.access.setup import setup_key
from sartor.platform.workspace import Workspace

GOOD = "correct horse battery"


@pytest.fixture(scope="module")
def ann(office: Office) -> str:
    """Ann has a password."""
    here, user = office.workspace, office.people["ann"]
    person = here.directory(here.stamp()).people[user]
    hashed = here.identity.hash_good(GOOD, person)
    here.database.run(lambda work: here.identity.set_password(work, user, hashed))
    return "ann@example.com"


def test_a_page_sends_strangers_to_the_sign_in_and_back(visit, ann):
    browser = visit()
    first = browser.get("/app/crm/deal/all")
    assert (first.status, first.location) == (303, "/sign-in?next=%2Fapp%2Fcrm%2Fdeal%2Fall")
    done = browser.send(browser.follow(first).form("/sign-in"), email=ann, password=GOOD)
    assert (done.status, done.location) == (303, "/app/crm/deal/all")
    assert browser.follow(done).status == 200


def test_pages_carry_the_name_of_the_workspace(office, visit, monkeypatch):
    monkeypatch.setattr(office.workspace.name, "otherwise", "Acme 工具")
    monkeypatch.setattr(office.workspace.name, "_known", (-1, ""))
    before, inside = visit().get("/sign-in"), visit("ann").get("/app/crm/deal/all")
    assert "<title>Sign in · Acme 工具</title>" in before.markup
    assert "Sign in to Acme 工具" in before.text
    assert "· Acme 工具</title>" in inside.markup
    assert '<span class="clip">Acme 工具</span>' in inside.markup


def test_a_wrong_password_keeps_the_address_and_says_no_more_than_needed(visit, ann):
    browser = visit()
    again = browser.send(browser.get("/sign-in").form("/sign-in"), email=ann, password="wrong")
    assert again.status == 401
    assert "The mail address or the password is not right." in again.text
    assert again.form("/sign-in").value("email") == ann


@pytest.mark.parametrize("elsewhere", ["https://evil.example", "//evil.example", "/\\evil.example", "evil"])
def test_sign_in_leads_only_to_pages_of_ours(elsewhere, visit, ann):
    browser = visit()
    done = browser.send(browser.get(f"/sign-in?next={elsewhere}").form("/sign-in"), email=ann, password=GOOD)
    assert done.location == "/app"


def test_signing_out_ends_the_session(visit):
    browser = visit("ann")
    assert browser.post("/sign-out").location == "/sign-in"
    assert browser.get("/app").location.startswith("/sign-in")


def test_a_form_of_another_site_is_refused(visit, account):
    browser = visit("ann")
    url = f"/app/crm/account/r/{account}/delete"
    assert browser.post(url, {"_csrf": "guessed"}).status == 403
    assert browser.post("/sign-out", **{"Sec-Fetch-Site": "cross-site"}).status == 403
    assert visit().post("/sign-in", {"email": "x"}, **{"Sec-Fetch-Site": "cross-site"}).status == 403


def test_the_one_time_link_makes_the_first_administrator_and_is_gone(office, visit):
    key, browser = setup_key(office.workspace.database), visit()
    form = browser.get(f"/setup/{key}").form(key)
    weak = browser.send(form, name="Eve", email="eve@example.com", password="short")
    assert weak.status == 422
    assert weak.form(key).value("name") == "Eve"
    done = browser.send(form, name="Eve", email="eve@example.com", password=GOOD)
    assert (done.status, done.location) == (303, "/build/main/start")
    assert "Eve" in browser.get("/app").text
    assert visit().get(f"/setup/{key}").status == 404


def test_a_spent_link_says_where_to_go_and_no_more_than_one_that_was_never_given(office, visit):
    older, other = setup_key(office.workspace.database), setup_key(office.workspace.database)
    office.workspace.database.run(lambda work: one_time.use(work, one_time.SETUP, other))
    spent, guessed = visit().get(f"/setup/{older}"), visit().get("/setup/guessed")
    assert (spent.status, guessed.status) == (404, 404)
    assert spent.text == guessed.text
    assert "This link does not work" in spent.text
    assert "sartor init" in spent.text
    assert 'href="/sign-in"' in spent.markup


def test_language_and_theme_hold_before_and_after_sign_in(office, visit):
    browser = visit()
    browser.post("/preferences", {"language": "zh", "theme": "dark", "density": "huge"})
    page = browser.get("/sign-in")
    assert 'lang="zh-Hans"' in page.markup
    assert 'data-theme="dark"' in page.markup
    assert "登录" in page.text


def test_what_a_person_chose_follows_to_another_browser(office, visit, ann):
    visit("ann").post("/preferences", {"theme": "dark"})
    other = visit()
    other.send(other.get("/sign-in").form("/sign-in"), email=ann, password=GOOD)
    assert 'data-theme="dark"' in other.get("/app").markup


def test_the_profile_changes_the_password_and_keeps_this_browser(office, visit, ann):
    browser, other = visit("ann"), visit("ann")
    form = browser.get("/profile").form("/profile/password")
    assert browser.send(form, current_password="wrong", password="another fine secret").status == 422
    assert browser.send(form, current_password=GOOD, password="another fine secret").status == 303
    assert "Your password was changed" in browser.get("/profile").text
    assert other.get("/profile").location.startswith("/sign-in")
    form = browser.get("/profile").form("/profile/password")
    assert browser.send(form, current_password="another fine secret", password=GOOD).status == 303


def test_a_token_is_shown_once_and_can_be_revoked(office, visit):
    browser = visit("max")
    made = browser.send(browser.get("/profile").form("/profile/tokens"), name="Nightly export", days="30")
    assert "it is not shown again" in made.text
    assert "sartor_" in made.text
    page = browser.get("/profile")
    assert "Nightly export" in page.text
    assert "sartor_" not in page.text
    assert browser.send(page.form("/revoke")).status == 303


def test_an_administrator_renames_the_workspace_for_everybody_at_once(office, visit):
    elsewhere = Workspace.open(office.workspace.settings)
    assert elsewhere.name.at(elsewhere.stamp()) == "Sartor"
    boss = visit("boss")
    assert boss.send(boss.get("/profile").form("/profile/workspace"), name=" ").status == 422
    assert boss.send(boss.get("/profile").form("/profile/workspace"), name="上海 Tailors").status == 303
    assert elsewhere.name.at(elsewhere.stamp()) == "上海 Tailors"
    elsewhere.close()
    assert all("上海 Tailors" in visit("ann").get(page).markup for page in ("/app/crm/deal/all", "/profile"))
    assert "上海 Tailors" in visit().get("/sign-in").markup
    assert "/profile/workspace" not in visit("ann").get("/profile").markup
