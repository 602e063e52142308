"""Contexts: who acts, and what expressions may know of it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sartor.platform.access import Authority, person_context, setup_context, system_context
from sartor.platform.errors import Forbidden
from sartor.platform.model import Operation


def test_the_system_may_do_everything_for_a_reason(model):
    context = system_context(model(), "nightly purge")
    assert context.actor.reason == "nightly purge"
    assert context.access.may(Operation.DELETE, "user")
    with pytest.raises(ValueError, match="reason"):
        system_context(model(), " ")


def test_the_set_up_may_do_nothing_with_records(model):
    access = setup_context(model()).access
    assert not [entity for entity in model().entities if access.may(Operation.UPDATE, entity)]


def test_expressions_know_who_asks_and_when(context_of):
    now = datetime(2026, 5, 4, 20, tzinfo=UTC)
    env = context_of(clock=lambda: now, zone="Asia/Shanghai", currency="USD").env()
    assert (env.user, env.department, env.departments, env.reports) == (1, 10, (10, 11), (2, 3))
    assert (env.now, env.today.isoformat(), env.currency) == (now, "2026-05-05", "USD")


def test_migrating_needs_its_ability(context_of, role):
    with pytest.raises(Forbidden):
        context_of().but(purpose="migrate")
    assert context_of(role("mover", abilities=["migrate"])).but(purpose="migrate").purpose == "migrate"


def test_an_unknown_purpose_is_refused(context_of):
    with pytest.raises(ValueError, match="no purpose"):
        context_of(purpose="fun")


def test_equal_actors_share_what_was_worked_out(model, rep):
    authority, company = Authority(), model()
    one, two = (person_context(company, rep, authority) for _n in range(2))
    assert one.access is two.access
    assert person_context(model(), rep, authority).access is not one.access
