"""How far fields are open: one grant, several, derived values, lines, writing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sartor.platform.model import FieldLevel, Operation

HIDDEN, READ, WRITE = FieldLevel


def test_what_is_not_listed_is_hidden(context_of, give):
    access = context_of(give("deal", "ru", fields={"name": "read", "amount": "write"})).access
    assert [access.level("deal", each) for each in ("name", "amount", "cost")] == [READ, WRITE, HIDDEN]


def test_the_star_is_every_field_not_named(context_of, give):
    access = context_of(give("deal", "ru", fields={"*": "write", "cost": "hidden"})).access
    assert [access.level("deal", each) for each in ("amount", "cost")] == [WRITE, HIDDEN]


def test_a_sensitive_field_must_be_named(context_of, give):
    assert context_of(give("deal", "r")).access.level("deal", "mobile") == HIDDEN
    named = context_of(give("deal", "r", fields={"*": "read", "mobile": "read"})).access
    assert named.level("deal", "mobile") == READ


def test_without_reading_no_field_is_readable(context_of, give):
    assert context_of(give("deal", "cu")).access.readable("deal") == ()


@pytest.mark.parametrize("name", ["id", "version", "created_at", "created_by", "owner", "department"])
def test_what_the_system_keeps_and_whose_it_is_can_be_seen(name, context_of, give):
    access = context_of(give("deal", "r", fields={"name": "read"})).access
    assert access.level("deal", name) == READ


def test_who_made_a_record_can_be_hidden_by_name(context_of, give):
    access = context_of(give("deal", "r", fields={"*": "read", "created_by": "hidden", "id": "hidden"})).access
    assert access.level("deal", "created_by") == HIDDEN
    assert access.level("deal", "id") == READ


@pytest.mark.parametrize("name", ["id", "created_at", "margin"])
def test_nobody_writes_what_the_system_makes(name, context_of, give):
    access = context_of(give("deal", "ru", fields={"*": "write", name: "write"})).access
    assert access.level("deal", name) == READ
    assert name not in access.writable(Operation.UPDATE, "deal")


def test_a_poorer_grant_with_more_records_closes_the_field(context_of, give):
    access = context_of(give("deal", "r", "own"), give("deal", "r", "all", fields={"name": "read"})).access
    assert access.level("deal", "name") == READ
    assert access.level("deal", "amount") == HIDDEN
    assert "another of your roles" in access.explain(Operation.READ, "deal", "amount").message


def test_a_poorer_grant_with_fewer_records_closes_nothing(context_of, give):
    access = context_of(give("deal", "r", "department"), give("deal", "r", "own", fields={"name": "read"})).access
    assert access.level("deal", "amount") == READ


def test_scopes_that_only_overlap_close_what_one_of_them_hides(context_of, give):
    access = context_of(give("deal", "r", "department"), give("deal", "r", "reports", fields={"name": "read"})).access
    assert access.level("deal", "amount") == HIDDEN


def test_two_grants_open_a_field_together_where_each_opens_it_for_its_own_records(context_of, give):
    fields = {"name": "read", "amount": "read"}
    access = context_of(give("deal", "r", "department", fields=fields), give("deal", "r", "reports")).access
    assert access.level("deal", "amount") == READ
    assert access.level("deal", "cost") == HIDDEN


def test_a_condition_makes_a_grant_smaller(context_of, give, condition):
    said = condition("amount >= 5")
    access = context_of(give("deal", "r", "all", condition=said), give("deal", "r", "own", fields={})).access
    assert access.level("deal", "amount") == HIDDEN
    same = context_of(
        give("deal", "r", "all", condition=said), give("deal", "r", "own", fields={}, condition=said)
    ).access
    assert same.level("deal", "amount") == READ


def test_a_grant_that_does_not_read_closes_nothing(context_of, give):
    access = context_of(give("deal", "r", "own"), give("deal", "c", "all", fields={"name": "write"})).access
    assert access.level("deal", "amount") == READ


# ---- derived values


def test_a_formula_is_readable_where_all_its_inputs_are(context_of, give):
    assert context_of(give("deal", "r")).access.level("deal", "margin") == READ
    closed = context_of(give("deal", "r", fields={"*": "read", "cost": "hidden"})).access
    assert closed.level("deal", "margin") == HIDDEN


def test_a_formula_through_a_lookup_needs_each_step(context_of, give, role):
    assert context_of(give("deal", "r")).access.level("deal", "region") == HIDDEN
    both = context_of(role("both", give("deal", "r"), give("account", "r", "own"))).access
    assert both.level("deal", "region") == READ
    closed = context_of(
        role("both", give("deal", "r", fields={"*": "read", "account": "hidden"}), give("account", "r"))
    )
    assert closed.access.level("deal", "region") == HIDDEN


@pytest.mark.parametrize(("scope", "level"), [("own", HIDDEN), ("department_below", HIDDEN), ("all", READ)])
def test_a_roll_up_needs_all_the_counted_records(scope, level, context_of, give, role):
    access = context_of(role("both", give("account", "r"), give("deal", "r", scope))).access
    assert access.level("account", "won") == level


def test_a_grant_may_disclose_roll_ups_of_the_fields_it_opens(context_of, give, role):
    def level(fields):
        told = give("deal", "", "none", fields=fields, discloses=True)
        return context_of(role("both", give("account", "r"), told)).access.level("account", "won")

    assert level({"amount": "read", "account": "read"}) == READ
    assert level({"account": "read"}) == HIDDEN


def test_a_roll_up_of_a_hidden_field_is_hidden(context_of, give, role):
    deals = give("deal", "r", "all", fields={"*": "read", "amount": "hidden"})
    assert context_of(role("both", give("account", "r"), deals)).access.level("account", "won") == HIDDEN


def test_a_roll_up_of_ones_own_lines_tells_nothing_new(context_of, give):
    assert context_of(give("deal", "r", "own")).access.level("deal", "lines_total") == READ
    closed = context_of(give("deal", "r", "own", fields={"*": "read", "lines": "hidden"})).access
    assert closed.level("deal", "lines_total") == HIDDEN


def test_stays_are_readable_where_the_stage_is(context_of, give):
    assert context_of(give("deal", "r")).access.level("deal@stages", "days") == READ
    closed = context_of(give("deal", "r", fields={"*": "read", "stage": "hidden"})).access
    assert closed.level("deal@stages", "days") == HIDDEN
    assert not closed.path_is_readable("deal@stages", ("record", "name"))


@pytest.mark.parametrize(
    ("path", "readable"),
    [
        (("old", "amount"), True),
        (("old", "cost"), False),
        (("account", "region"), False),
        (("owner", "name"), True),
        (("owner", "email"), False),
        (("nothing",), False),
        (("stage", "outcome"), True),
    ],
)
def test_a_path_is_as_open_as_its_steps(path, readable, context_of, give):
    access = context_of(give("deal", "r", fields={"*": "read", "cost": "hidden"})).access
    assert access.path_is_readable("deal", path) is readable


# ---- lines


@pytest.mark.parametrize("level", [READ, WRITE])
def test_lines_are_as_open_as_the_field_that_holds_them(level, context_of, give):
    access = context_of(give("deal", "ru", fields={"lines": level.name.lower()})).access
    assert access.level("deal_line", "price") == level


def test_a_grant_for_lines_narrows_their_fields(context_of, give, role):
    lines = give("deal_line", "", fields={"*": "write", "cost": "hidden"})
    access = context_of(role("seller", give("deal", "ru"), lines)).access
    assert [access.level("deal_line", each) for each in ("price", "cost")] == [WRITE, HIDDEN]


def test_the_record_above_is_reached_as_parent(context_of, give):
    access = context_of(give("deal", "r", fields={"*": "read", "cost": "hidden"})).access
    assert access.path_is_readable("deal_line", ("parent", "amount"))
    assert not access.path_is_readable("deal_line", ("parent", "cost"))


# ---- writing


def test_writing_is_judged_by_the_grants_that_reach_the_record(context_of, give):
    access = context_of(give("deal", "ru", "own"), give("deal", "ru", "all", fields={"name": "write"})).access

    def writable(owner):
        return access.writable(Operation.UPDATE, "deal", lambda scope: scope.admits(owner, None, bool))

    assert {"name", "amount"} <= writable(1)
    assert writable(4) == {"name"}


def test_creating_and_changing_may_open_different_fields(context_of, give):
    access = context_of(give("deal", "c"), give("deal", "ru", fields={"name": "write"})).access
    assert "amount" in access.writable(Operation.CREATE, "deal")
    assert access.writable(Operation.UPDATE, "deal") == {"name"}


WORDS = st.sampled_from(["own", "reports", "department", "department_below", "all", "none"])
FIELDS = st.dictionaries(
    st.sampled_from(["*", "name", "amount", "mobile"]), st.sampled_from(["hidden", "read", "write"]), max_size=3
)
GIVEN = st.tuples(st.sampled_from(["r", "ru", "cu", "d"]), WORDS, FIELDS)
ROWS = [(owner, department) for owner in (None, 1, 2, 4) for department in (None, 10, 11, 99)]


@given(several=st.lists(GIVEN, min_size=1, max_size=4))
def test_a_readable_field_is_open_on_every_visible_record_by_some_grant(several, context_of, give):
    grants = [give("deal", operations, scope, fields=fields) for operations, scope, fields in several]
    together, apart = context_of(*grants).access, [context_of(each).access for each in grants]
    visible = [row for row in ROWS if together.scope(Operation.READ, "deal").admits(*row, bool)]
    for field in together.readable("deal"):
        if field.name == "margin":
            continue  # a formula: readable with its inputs, and those may come from several grants
        openers = [each for each in apart if each.level("deal", field.name) >= READ]
        for row in visible:
            assert any(each.scope(Operation.READ, "deal").admits(*row, bool) for each in openers), (field.name, row)


def test_the_inputs_of_a_formula_may_come_from_two_grants(context_of, give):
    one = give("deal", "r", "own", fields={"*": "hidden", "amount": "read"})
    other = give("deal", "r", "own", fields={"*": "read", "amount": "hidden"})
    assert context_of(one, other).access.level("deal", "margin") == READ
    assert [context_of(each).access.level("deal", "margin") for each in (one, other)] == [HIDDEN, HIDDEN]


@given(several=st.lists(GIVEN, min_size=1, max_size=4))
def test_a_further_role_never_takes_away_records_or_writing(several, context_of, give):
    grants = [give("deal", operations, scope, fields=fields) for operations, scope, fields in several]
    fewer, more = context_of(*grants[:-1]).access, context_of(*grants).access
    for row in ROWS:
        if fewer.scope(Operation.READ, "deal").admits(*row, bool):
            assert more.scope(Operation.READ, "deal").admits(*row, bool)
    for access in (Operation.CREATE, Operation.UPDATE):
        assert fewer.writable(access, "deal") <= more.writable(access, "deal")


def test_levels_are_the_same_from_many_threads(context_of, give):
    access = context_of(give("deal", "ru")).access
    with ThreadPoolExecutor(8) as pool:
        levels = list(pool.map(lambda _n: access.level("deal", "margin"), range(64)))
    assert set(levels) == {READ}
