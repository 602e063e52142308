"""A record on paper and in a mail: what is offered, what it says, and what it refuses."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import crm
import letters
import pytest
from offices import Office
from visits import Visitor

KINDS = {"call": {"label": "Call", "order": 1}, "mail": {"label": "Mail", "order": 2}}
BRIEF = {"result": {"type": "text"}}
MAILED = {"kind": "'mail'"}
SECTIONS = {"main": {"label": "Visit", "order": 1, "fields": {"note": {"order": 1}, "kind": {"order": 2}}}}
VISIT = {
    "label": "Visit",
    "title": "brief",
    "fields": {
        "note": {"type": "long_text", "label": "Note", "order": 1},
        "brief": {"type": "formula", "label": "Brief", "formula": "left(note, 60)", "options": BRIEF, "order": 5},
        "kind": {"type": "choice", "label": "Kind", "order": 2, "default": "'call'", "options": {"choices": KINDS}},
        "deal": {"type": "lookup", "label": "Deal", "order": 3, "options": {"entity": "deal"}},
        "at": {"type": "datetime", "label": "At", "order": 4, "default": "now()"},
    },
    "feeds": {
        "deals": {"entity": "deal", "lookup": "deal", "at": "at", "label": "Visit", "text": "note", "mail": MAILED}
    },
}
TEMPLATES = {
    "template/quote": letters.quote(signed=None),
    "template/mail": letters.MAIL,
    "template/long": {**letters.MAIL, "label": "Long", "blocks": {"body": letters.text("文字" * 300)}},
    "template/phone": letters.one_text("{{ account.phone }}", label="Phone"),
    "entity/visit": VISIT,
    "form/visit.quick": {"entity": "visit", "purpose": "quick", "label": "Visit", "sections": SECTIONS},
    "template/won": letters.one_text("Won", label="Thanks", offered_if="stage = 'won'"),
}


@pytest.fixture(scope="module")
def design() -> dict[str, Any]:
    return crm.documents(**TEMPLATES)


@pytest.fixture(scope="module")
def one(office: Office) -> str:
    account = office.make("account", {"name": "<b>华为</b>"}, by="ann")
    person = {"name": "Li", "email": "li@example.com", "account": account, "is_primary": True}
    office.make("contact", person, by="ann")
    price = {"amount": "1234.50", "currency": "CNY"}
    return f"/app/crm/deal/r/{office.make('deal', {'name': 'Towers', 'account': account, 'amount': price}, by='ann')}"


def test_the_menu_of_a_record_offers_what_suits_it_and_is_open(office, one):
    markup = Visitor(office, "ann").get(one).markup
    assert f"{one}/print/quote" in markup
    assert f"{one}/mail/mail" in markup
    assert f"{one}/print/won" not in markup
    assert f"{one}/print/phone" not in markup
    assert f"{one}/print/phone" in Visitor(office, "max").get(one).markup


def test_a_paper_says_its_values_and_escapes_them(office, one):
    markup = Visitor(office, "ann").get(f"{one}/print/quote").markup
    assert "<title>Quotation D-0001" in markup
    assert "&lt;b&gt;华为&lt;/b&gt;" in markup
    assert "<b>华为" not in markup
    assert "<strong>¥1,234.50</strong>" in markup


def test_a_paper_may_be_in_another_language_than_the_page(office, one):
    markup = Visitor(office, "ann").get(f"{one}/print/quote?language=zh").markup
    assert 'lang="zh-Hans"' in markup
    assert "Li，您好：" in markup


def test_a_paper_with_something_closed_is_refused_with_the_reason(office, one):
    refused = Visitor(office, "ann").get(f"{one}/print/phone")
    assert (refused.status, "None of your roles may read “Phone” of Accounts" in refused.text) == (403, True)
    assert Visitor(office, "rep").get(f"{one}/print/quote").status == 404


def test_a_mail_opens_in_ones_own_program(office, one):
    page = Visitor(office, "ann").get(f"{one}/mail/mail")
    [address] = page.links("mailto:")
    parts = urlsplit(address)
    assert parts.path == "li@example.com"
    assert parse_qs(parts.query) == {"subject": ["Offer Towers"], "body": ["Phone: <b>华为</b>"]}


def test_a_text_too_long_for_a_link_is_to_be_copied(office, one):
    page = Visitor(office, "ann").get(f"{one}/mail/long")
    [address] = page.links("mailto:")
    assert "body=" not in address
    assert "too long for a link" in page.markup


def test_a_mail_that_is_logged_is_no_call(office, one):
    page = Visitor(office, "boss").get(f"{one}/mail/mail")
    [address] = page.links("/visit/r/new")
    made = parse_qs(urlsplit(address).query)
    assert (made["kind"], made["note"]) == (["mail"], ["Offer Towers\nli@example.com"])


def test_what_is_logged_is_said_once_though_its_title_is_one_line(office, one):
    office.make("visit", {"note": "Offer Towers\nli@example.com", "deal": one.rsplit("/", 1)[-1]}, by="boss")
    feed = Visitor(office, "boss").get(one).markup.split('class="feed', 1)[1]
    assert (feed.count("li@example.com"), "Offer Towers" in feed) == (1, True)


def test_there_is_no_such_template_for_a_record(office, one):
    refused = Visitor(office, "ann").get(f"{one}/print/quot")
    assert (refused.status, "Did you mean quote?" in refused.text) == (404, True)
