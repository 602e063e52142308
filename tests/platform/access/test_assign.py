"""Giving and taking roles: nobody gives what he lacks, somebody always administers, and it holds at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from sartor.platform.access import Actor, person_context
from sartor.platform.access.assign import Assignment, administrators, people_changed, require_own_changes
from sartor.platform.access.compare import lacking
from sartor.platform.access.roles import Rights
from sartor.platform.errors import Forbidden, Invalid, NotFound
from sartor.platform.model import Operation
from sartor.platform.storage.system.history import sys_history


@pytest.fixture
def assignment(database, tables, people) -> Assignment:
    return Assignment(database, tables)


@pytest.fixture
def do(database, assignment):
    """`do("assign", context, 2, "seller")`."""
    return lambda verb, *given: database.run(lambda work: getattr(assignment, verb)(work, *given))


@pytest.fixture
def company(model, role, give):
    return model(
        role("seller", give("deal", "cru", "own")),
        role("boss", give("deal", "crud", "all"), abilities=["administer"]),
        role("designer", abilities=["design"]),
    )


@pytest.fixture
def as_person(directory, company):
    return lambda user: person_context(company, directory().actor(user))


def test_a_role_holds_from_the_next_look_on(do, system, company, as_person, directory):
    assert not as_person(2).access.may(Operation.READ, "deal")
    before = directory().authz
    do("assign", system(company), 2, "seller")
    assert as_person(2).access.may(Operation.READ, "deal")
    assert directory().authz > before


def test_a_role_that_was_taken_is_gone_at_the_next_look(do, system, company, as_person, directory):
    context = system(company)
    do("assign", context, 1, "boss")
    do("assign", context, 2, "seller")
    before = directory().authz
    do("revoke", context, 2, "seller")
    assert not as_person(2).access.may(Operation.READ, "deal")
    assert directory().authz > before


def test_giving_twice_is_giving_once(do, system, company, directory):
    for _n in range(2):
        do("assign", system(company), 2, "seller")
    assert directory().people[2].roles == ("seller",)


def test_only_administrators_give(do, system, company, as_person):
    do("assign", system(company), 2, "seller")
    with pytest.raises(Forbidden):
        do("assign", as_person(2), 3, "seller")


@pytest.mark.parametrize("role_name", ["designer", "administrator"])
def test_nobody_gives_a_right_that_he_lacks(role_name, do, system, company, as_person, directory):
    do("assign", system(company), 1, "boss")
    with pytest.raises(Forbidden, match="Nobody can give a right that he lacks"):
        do("assign", as_person(1), 2, role_name)
    assert directory().people[2].roles == ()


def test_what_one_has_one_may_give(do, system, company, as_person, directory):
    do("assign", system(company), 1, "boss")
    do("assign", as_person(1), 2, "seller")
    assert directory().people[2].roles == ("seller",)


@pytest.mark.parametrize(("verb", "user", "role_name"), [("assign", 99, "seller"), ("assign", 2, "sellr")])
def test_unknown_people_and_roles_are_refused(verb, user, role_name, do, system, company):
    with pytest.raises(NotFound) as refused:
        do(verb, system(company), user, role_name)
    assert user == 99 or "Did you mean seller?" in refused.value.message


def test_the_last_administrator_stays(do, system, company, directory):
    do("assign", system(company), 1, "boss")
    with pytest.raises(Invalid, match="last administrator"):
        do("revoke", system(company), 1, "boss")
    assert directory().people[1].roles == ("boss",)
    do("assign", system(company), 2, "administrator")
    do("revoke", system(company), 1, "boss")


def test_who_has_left_does_not_count_as_administrator(do, system, company):
    do("assign", system(company), 1, "boss")
    do("assign", system(company), 5, "boss")
    with pytest.raises(Invalid, match="last administrator"):
        do("revoke", system(company), 1, "boss")


@pytest.fixture
def leave(database, tables):
    """Somebody's record says that he has left."""

    def job(work, user):
        person = tables.of("user")
        work.connection.execute(sa.update(person).where(person.c.id == user).values(active=False))
        people_changed(work, tables, user)

    return lambda user: database.run(lambda work: job(work, user))


def test_who_leaves_may_not_act_from_the_next_look_on(leave, directory, people):
    before = directory().authz
    leave(2)
    assert directory().actor(2) is None
    assert directory().authz > before


def test_the_last_administrator_cannot_leave(do, system, company, leave, directory):
    do("assign", system(company), 1, "administrator")
    with pytest.raises(Invalid, match="last administrator"):
        leave(1)
    assert directory().people[1].active
    do("assign", system(company), 2, "administrator")
    leave(1)


def test_who_gave_what_is_in_the_history_of_the_person(do, database, system, company):
    do("assign", system(company), 2, "seller")
    with database.read() as connection:
        row = connection.execute(sa.select(sys_history).order_by(sys_history.c.id.desc())).first()
    assert (row.entity, row.record, row.action, row.changes) == ("user", 2, "assign", {"role": [None, "seller"]})
    assert row.cause == {"reason": "test"}


def test_two_administrators_cannot_remove_each_other_at_once(do, system, company, directory):
    context = system(company)
    for user in (1, 2):
        do("assign", context, user, "administrator")
    with ThreadPoolExecutor(2) as pool:
        tries = [pool.submit(do, "revoke", context, user, "administrator") for user in (1, 2)]
    assert sorted(isinstance(each.exception(), Invalid) for each in tries) == [False, True]
    assert len(administrators(directory(), company)) == 1


# ---- what one role opens that another does not


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("r", "all", {"*": "read"}), "read Deals"),
        (("rd", "own", {"*": "read"}), "delete Deals"),
        (("ru", "own", {"*": "read", "cost": "write"}), "change “Cost” of Deals"),
        (("r", "own", {"mobile": "read"}), "read “Mobile” of Deals"),
    ],
)
def test_what_is_lacking_is_named(given, said, model, role, give):
    operations, scope, fields = given
    mine = give("deal", "ru", "department", fields={"*": "write", "cost": "read"})
    company = model(role("mine", mine), role("theirs", give("deal", operations, scope, fields=fields)))
    assert said in lacking(Rights(company, ["mine"]), Rights(company, ["theirs"]))


def test_disclosing_totals_is_a_right_too(model, role, give):
    company = model(role("mine", give("deal", "r", "own")), role("theirs", give("deal", "", "none", discloses=True)))
    assert "read totals of Deals" in lacking(Rights(company, ["mine"]), Rights(company, ["theirs"]))


words = st.sampled_from(["own", "reports", "department", "department_below", "all", "none"])
levels = st.dictionaries(
    st.sampled_from(["*", "name", "amount", "cost", "mobile"]), st.sampled_from(["hidden", "read", "write"]), max_size=4
)
operations = st.lists(st.sampled_from("crudxi"), unique=True, max_size=5).map("".join)
grants = st.lists(st.tuples(operations, words, levels), min_size=1, max_size=3)


@given(mine=grants, theirs=grants)
def test_whoever_lacks_nothing_may_do_all_that_the_other_may(mine, theirs, model, role, give):
    def roles(prefix, given):
        return [role(f"{prefix}{n}", give("deal", o, s, fields=f)) for n, (o, s, f) in enumerate(given)]

    own, other = roles("mine", mine), roles("theirs", theirs)
    company = model(*own, *other)
    have, get = (Rights(company, [each.name for each in part]) for part in (own, other))
    if not lacking(have, get):
        both = Rights(company, [each.name for each in (*own, *other)])
        for operation in Operation:
            assert bool(have.allowing(operation, "deal")) == bool(both.allowing(operation, "deal"))
        for name in company.entity("deal").fields:
            assert both.level("deal", name) <= have.level("deal", name)


@given(before=grants, after=grants)
def test_nobody_opens_in_a_role_what_he_lacks(before, after, model, role, give):
    def company(given):
        return model(*(role(f"r{n}", give("deal", o, s, fields=f)) for n, (o, s, f) in enumerate(given)))

    old, new = company(before), company(after)
    access = person_context(old, _designer(old))
    more = [name for name in new.roles if lacking(access.access.rights, Rights(new, [name]))]
    if not more:
        require_own_changes(access, new)
    elif any(name not in old.roles or new.roles[name].grants != old.roles[name].grants for name in more):
        with pytest.raises(Forbidden):
            require_own_changes(access, new)


def _designer(model):
    return Actor(1, "Designer", roles=tuple(list(model.roles)[:1]))


def test_an_unchanged_role_is_nobodys_doing(company, as_person):
    require_own_changes(as_person(2), company)
