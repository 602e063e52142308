"""Inviting by link: the person chooses a password with it once; nobody becomes somebody who may do more."""

from __future__ import annotations

import re

GOOD = "correct horse battery"


def link_for(visit, email: str) -> str:
    boss = visit("boss")
    made = boss.send(boss.get("/people/invite").form("/people/invite"), email=email, name="Nia")
    found = re.search(r"/invite/[\w-]+", made.text)
    assert found, made.text
    return found[0]


def test_a_link_lets_somebody_choose_a_password_once(visit):
    link, browser = link_for(visit, "nia@example.com"), visit()
    form = browser.get(link).form(link)
    assert browser.send(form, password="short").status == 422
    done = browser.send(form, password=GOOD)
    assert (done.status, done.location) == (303, "/app")
    spent = visit().get(link)
    assert spent.status == 404
    assert "Have you chosen a password already?" in spent.text
    assert 'href="/sign-in"' in spent.markup
    assert 'href="/sign-in"' not in visit("ann").get(link).markup
    assert visit().send(form, password=GOOD).status == 404


def test_a_newer_link_makes_the_older_one_worthless(visit):
    older = link_for(visit, "mia@example.com")
    newer = link_for(visit, "mia@example.com")
    assert (visit().get(older).status, visit().get(newer).status) == (404, 200)


def test_only_administrators_invite(visit):
    assert visit("ann").get("/people/invite").status == 403


def test_nobody_invites_somebody_who_may_do_more(office, visit):
    role = {"label": {"en": "Clerk", "zh": "文员"}, "abilities": ["administer"], "grants": {}}
    office.publish({"role/clerk": role})
    office.hire("clerk", "clerk")
    assert office.post("clerk", f"/users/{office.hire('chief', 'administrator')}/invite", {}).status == 403


def test_roles_for_somebody_who_is_here_already_are_refused_not_dropped(visit):
    link_for(visit, "pia@example.com")
    boss = visit("boss")
    form = boss.get("/people/invite").form("/people/invite")
    told = boss.send(form, email="pia@example.com", more={"roles[]": "seller"})
    assert told.status == 422
    assert "here already" in told.text


def test_a_role_says_what_it_is_for(office, visit):
    said = {"en": "Answers the phone.", "zh": "接听电话。"}
    office.publish({"role/desk": {"label": {"en": "Desk", "zh": "前台"}, "description": said, "grants": {}}})
    assert 'data-hint="Answers the phone."' in visit("boss").get("/people/invite").markup


def test_roles_stand_in_the_order_of_their_labels(office, visit):
    office.publish({"role/zebra": {"label": {"en": "Apprentice", "zh": "学徒"}, "grants": {}}})
    roles = re.search(r'name="roles\[\]".*?</select>', visit("boss").get("/people/invite").markup, re.S)
    assert roles is not None
    labels = re.findall(r"<option[^>]*>([^<]+)</option>", roles[0])
    assert labels[:-1] == sorted(labels[:-1], key=str.casefold)
    assert len(labels) > 2
