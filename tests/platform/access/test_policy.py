"""Route policies, and requests that another site made."""

from __future__ import annotations

import pytest

from sartor.platform.access import policy, setup_context
from sartor.platform.access.csrf import require_own_page
from sartor.platform.errors import Forbidden, NotFound, Unauthenticated

ORIGIN = "https://crm.example.com"


@pytest.mark.parametrize("rule", [policy.signed_in, policy.ability("design")])
def test_nobody_passes_without_signing_in(rule, model):
    for context in (None, setup_context(model())):
        with pytest.raises(Unauthenticated):
            rule.check(context)


def test_an_ability_is_asked_for(context_of, role):
    rule = policy.ability("design")
    rule.check(context_of(role("designer", abilities=["design"])))
    with pytest.raises(Forbidden):
        rule.check(context_of())


def test_anybody_may_ask_for_what_is_public(context_of):
    policy.public.check(None)
    policy.public.check(context_of())


def test_the_set_up_is_there_only_for_its_link(context_of, model):
    policy.setup.check(setup_context(model()))
    for context in (None, context_of()):
        with pytest.raises(NotFound):
            policy.setup.check(context)


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": ORIGIN}, {}])
def test_a_page_of_ours_may_change_things(headers):
    require_own_page("POST", headers, ORIGIN, "token", "token")


@pytest.mark.parametrize(
    ("headers", "sent"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, "token"),
        ({"Sec-Fetch-Site": "same-site"}, "token"),
        ({"Origin": "https://evil.example"}, "token"),
        ({"Origin": "null"}, "token"),
        ({"Sec-Fetch-Site": "same-origin"}, "other"),
        ({"Sec-Fetch-Site": "same-origin"}, None),
        ({}, ""),
    ],
)
def test_another_site_may_not(headers, sent):
    with pytest.raises(Forbidden):
        require_own_page("POST", headers, ORIGIN, "token", sent)


def test_reading_needs_no_proof():
    require_own_page("GET", {"Sec-Fetch-Site": "cross-site"}, ORIGIN, "token", None)
