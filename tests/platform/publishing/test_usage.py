"""Where things are used: every place, and none forgotten that the compiler knows of."""

import crm
import pytest
from worlds import COMPILER

from sartor.platform.definitions.places import at
from sartor.platform.errors import NotFound
from sartor.platform.publishing.uses.references import Notes
from sartor.platform.publishing.uses.usage import uses

DOCUMENTS = crm.documents()
MODEL = COMPILER.compile(DOCUMENTS, 1)
BY_THE_ENGINE = ("entity/user", "entity/department")
"""What every owned record refers to without anybody's saying so."""


def used(subject):
    return {(each.key, each.pointer): each.said for each in uses(DOCUMENTS, Notes(COMPILER.kinds), MODEL, subject)}


def test_a_field_is_used_in_columns_formulas_and_conditions():
    found = used("entity/deal#stage")
    assert found["view/deal.all", "/columns/stage"] == "Column Stage of list All deals"
    assert found["entity/account", "/fields/open_deals/options/filter"] == "Field Open deals of Account: filter"
    assert ("entity/deal", "/fields/loss_reason/required_if") in found


def test_a_field_behind_a_lookup_is_used_by_the_path():
    assert ("entity/deal", "/fields/industry_of_account/formula") in used("entity/account#name")


def test_a_definition_is_used_where_it_is_named():
    assert list(used("view/deal.all")) == [("app/crm", "/items/deals/target")]


def test_what_does_not_exist_is_refused_with_what_was_meant():
    with pytest.raises(NotFound, match="Did you mean amount"):
        used("entity/deal#amuont")


def test_every_dependent_that_a_plan_names_is_found_with_a_place_that_is_there():
    for subject, users in MODEL.dependents.items():
        key, _hash, field = subject.partition("#")
        if key in BY_THE_ENGINE or key not in DOCUMENTS or (field and field not in DOCUMENTS[key].get("fields", {})):
            continue
        found = used(subject)
        assert users - {each for each, _pointer in found} - {key} == set(), subject
        for where, pointer in found:
            assert pointer == "" or at(DOCUMENTS[where], pointer) is not None, (subject, where, pointer)
