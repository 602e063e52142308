"""What roles open: operations, scopes, the union of several, and reasons."""

from __future__ import annotations

import pytest

from sartor.platform.access.combined import AnyOf
from sartor.platform.access.scopes import EVERYTHING, NOBODY, Condition, Departments, Owner, Owners, Through
from sartor.platform.errors import Forbidden
from sartor.platform.model import Operation

CREATE, READ, UPDATE, DELETE, EXPORT = (
    Operation.CREATE, Operation.READ, Operation.UPDATE, Operation.DELETE, Operation.EXPORT,
)  # fmt: skip

# Owner and department of a record, and which scopes reach it, for person 1 of department 10 (11 below, 2 and 3 report).
MATRIX = [
    ((1, 10), {"own", "reports", "department", "department_below", "all"}),
    ((1, 99), {"own", "reports", "department", "department_below", "all"}),
    ((2, 99), {"reports", "all"}),
    ((3, 11), {"reports", "department_below", "all"}),
    ((4, 10), {"department", "department_below", "all"}),
    ((4, 11), {"department_below", "all"}),
    ((4, 99), {"all"}),
    ((None, None), {"all"}),
]
SCOPES = ("own", "reports", "department", "department_below", "all", "none")


@pytest.mark.parametrize("operation", [READ, UPDATE, DELETE, EXPORT, CREATE])
@pytest.mark.parametrize("scope", SCOPES)
def test_a_scope_reaches_exactly_its_records(operation, scope, context_of, give):
    access = context_of(give("deal", "crudx", scope)).access
    reached = [place for place, _words in MATRIX if access.scope(operation, "deal").admits(*place, bool)]
    assert reached == [place for place, words in MATRIX if scope in words]
    assert access.may(operation, "deal") is (scope != "none")


@pytest.mark.parametrize("operation", list(Operation))
def test_what_is_not_granted_is_refused(operation, context_of, give):
    access = context_of(give("note", "crudxi")).access
    assert not access.may(operation, "deal")
    assert access.scope(operation, "deal") == NOBODY
    with pytest.raises(Forbidden, match="None of your roles may"):
        access.require(operation, "deal")


def test_two_roles_reach_what_either_reaches(context_of, give):
    access = context_of(give("deal", "r", "reports"), give("deal", "r", "department")).access
    assert access.scope(READ, "deal") == AnyOf(
        (Owners("reports", (1, 2, 3)), Owner(1), Departments("department", (10,)))
    )


def test_the_wider_of_two_scopes_stands_alone(context_of, give):
    access = context_of(give("deal", "r", "own"), give("deal", "r", "all")).access
    assert access.scope(READ, "deal") == EVERYTHING


def test_an_operation_may_have_a_scope_of_its_own(context_of, give):
    access = context_of(give("deal", "ru", "all", scopes={"update": "own"})).access
    assert access.scope(READ, "deal") == EVERYTHING
    assert access.scope(UPDATE, "deal") == Owner(1)


def test_nothing_is_changed_or_exported_that_cannot_be_read(context_of, give):
    access = context_of(give("deal", "rux", "own", scopes={"update": "all", "export": "reports"})).access
    for operation in (UPDATE, EXPORT):
        scope = access.scope(operation, "deal")
        assert scope.admits(1, None, bool)
        assert not scope.admits(2, None, bool)


def test_what_may_be_made_need_not_be_readable(context_of, give):
    assert context_of(give("deal", "c")).access.scope(CREATE, "deal") == EVERYTHING


def test_a_condition_narrows_the_scope(context_of, give, condition):
    said = condition("amount >= 5")
    scope = context_of(give("deal", "r", "own", condition=said)).access.scope(READ, "deal")
    assert scope.admits(1, None, lambda formula: formula is said)
    assert not scope.admits(1, None, lambda formula: False)
    assert not scope.admits(2, None, lambda formula: True)


def test_the_scope_expression_is_the_condition_alone(context_of, give, condition):
    said = condition("amount >= 5")
    scope = context_of(give("deal", "r", "expression", condition=said)).access.scope(READ, "deal")
    assert scope == Condition(said)


def test_included_roles_count_in_circles_too(context_of, give, role):
    inner = role("inner", give("deal", "r"), includes=["outer"])
    access = context_of(role("outer", includes=["inner"]), others=[inner]).access
    assert access.may(READ, "deal")


def test_a_role_that_no_longer_exists_gives_nothing(context_of, role):
    access = context_of(role("outer", includes=["gone"])).access
    assert not access.may(READ, "deal")


def test_what_has_no_owner_belongs_to_whoever_made_it(context_of, give):
    assert context_of(give("note", "r", "own")).access.scope(READ, "note") == Owner(1)


def test_without_a_department_its_scopes_mean_ones_own(context_of, give):
    assert context_of(give("note", "r", "department_below")).access.scope(READ, "note") == Owner(1)


def test_lines_are_reached_through_their_record(context_of, give):
    access = context_of(give("deal", "ru", "reports", scopes={"update": "own"})).access
    assert access.scope(READ, "deal_line") == Through("deal", Owners("reports", (1, 2, 3)))
    for operation in (CREATE, UPDATE, DELETE):
        assert access.scope(operation, "deal_line") == Through("deal", Owner(1))


def test_lines_of_a_hidden_field_do_not_exist(context_of, give):
    access = context_of(give("deal", "ru", fields={"name": "write"})).access
    assert not access.may(READ, "deal_line")


def test_stays_in_stages_are_reached_with_their_record(context_of, give):
    assert context_of(give("deal", "r", "own")).access.scope(READ, "deal@stages") == Owner(1)


def test_everybody_knows_colleagues_by_name(context_of):
    access = context_of().access
    assert access.scope(READ, "user") == EVERYTHING
    assert "name" in [field.name for field in access.readable("user")]
    assert "email" not in [field.name for field in access.readable("user")]


def test_only_administrators_change_people(context_of, give, role):
    assert not context_of(give("user", "crudxi")).access.may(UPDATE, "user")
    assert context_of(role("boss", abilities=["administer"])).access.may(UPDATE, "user")


def test_a_reader_of_people_sees_more_than_names(context_of, give):
    access = context_of(give("user", "r", fields={"email": "read"})).access
    assert "email" in [field.name for field in access.readable("user")]


def test_a_read_only_token_changes_nothing(context_of, give, role):
    access = context_of(role("all", give("deal", "crudx"), abilities=["design"]), read_only=True).access
    assert access.may(READ, "deal")
    assert access.may(EXPORT, "deal")
    assert not access.may(UPDATE, "deal")
    assert not access.ability("design")
    assert "only read" in access.explain(UPDATE, "deal").message


def test_a_refusal_names_the_roles_that_would_do(context_of, give, role):
    access = context_of(give("deal", "r"), others=[role("Closers", give("deal", "rd"))]).access
    reason = access.explain(DELETE, "deal")
    assert (reason.allowed, reason.roles) == (False, ("Closers",))
    assert "delete Deals" in reason.message


def test_what_is_allowed_has_its_reason_too(context_of, give, role):
    reason = context_of(role("Sellers", give("deal", "r"))).access.explain(READ, "deal")
    assert (reason.allowed, reason.roles) == (True, ("Sellers",))


def test_abilities_belong_to_roles(context_of, role):
    access = context_of(role("designer", abilities=["design"]), others=[role("boss", abilities=["migrate"])]).access
    access.require_ability("design")
    with pytest.raises(Forbidden, match="boss"):
        access.require_ability("migrate")


def test_the_administrator_needs_no_grant(context_of, role):
    access = context_of(role("administrator")).access
    assert access.scope(DELETE, "deal") == EVERYTHING
    assert access.ability("design")
    assert "mobile" in [field.name for field in access.readable("deal")]


def test_a_record_out_of_reach_is_told_from_a_missing_right(context_of, give):
    access = context_of(give("deal", "ru", "all", scopes={"update": "reports"})).access
    said = access.unreached(UPDATE, "deal").message
    assert said == "Your roles let you change Deals only as far as these: your own and those of your reports."
    assert "None of your roles" in access.unreached(DELETE, "deal").message


def test_who_may_only_make_records_knows_what_to_fill_in(context_of, give):
    access = context_of(give("deal", "c", fields={"name": "write", "amount": "read"})).access
    assert access.known("deal") == {"name"}
    assert access.readable("deal") == ()
