"""What is mended when something goes that others stand on, and what takes its place."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import crm
import numbered
import pytest
from worlds import COMPILER

from sartor.platform.definitions.documents import applied
from sartor.platform.errors import Conflict, NotFound
from sartor.platform.publishing.names.rewriting import Rename
from sartor.platform.publishing.uses.mending import mended, mending, problems
from sartor.platform.publishing.uses.replacing import replaced
from sartor.platform.publishing.uses.retiring import without

KINDS = COMPILER.kinds


@pytest.fixture
def documents() -> dict[str, Any]:
    return deepcopy(dict(crm.documents()))


def taken_out(documents, key: str, field: str | None = None) -> dict[str, Any]:
    return applied(documents, without(documents, KINDS, key, field))


@pytest.mark.parametrize("field", ["amount", "stage", "account", "close_on", "discount"])
def test_after_mending_everything_holds_together(documents, field):
    left = taken_out(documents, "entity/deal", field)
    whole = applied(left, mended(left, KINDS))
    assert problems(whole, KINDS) == []
    assert "entity/deal" in whole


def test_a_column_of_what_is_gone_is_taken_out(documents):
    documents["view/deal.all"]["columns"]["nothing"] = {"order": 99}
    (found,) = problems(documents, KINDS)
    made = mending(documents, KINDS, found)
    assert (made.key, made.pointer) == ("view/deal.all", "/columns/nothing")
    assert "nothing" not in made.changed["view/deal.all"]["columns"]


def test_what_shows_something_of_a_higher_level_gets_that_level(documents):
    documents["entity/deal"]["fields"]["discount"]["level"] = "L2"
    documents["view/fresh"] = {"label": "Fresh", "entity": "deal", "type": "list", "columns": {"discount": {}}}
    (found,) = (each for each in problems(documents, KINDS) if each.file == "view/fresh")
    assert "needs “Discount”, which is there from level L2 on" in found.message
    made = mending(documents, KINDS, found)
    assert (made.pointer, made.level) == ("/columns/discount", "L2")
    assert made.changed["view/fresh"]["columns"] == {"discount": {"level": "L2"}}


def test_of_what_reads_it_only_the_expression_goes(documents):
    documents["entity/deal"]["fields"]["discount"]["visible_if"] = "nothing > 3"
    (found,) = problems(documents, KINDS)
    made = mending(documents, KINDS, found)
    assert (made.key, made.pointer) == ("entity/deal", "/fields/discount/visible_if")


def test_a_right_never_loses_its_condition_alone(documents):
    grant = {"operations": ["read"], "scope": "condition", "fields": {"*": "read"}, "condition": "nothing = 1"}
    documents["role/seller"]["grants"]["deal"] = grant
    found = problems(documents, KINDS)
    made = mending(documents, KINDS, found[0])
    assert (made.key, made.pointer) == ("role/seller", "/grants/deal")


def test_what_is_nothing_without_it_goes_as_a_whole(documents):
    documents["view/deal.all"]["entity"] = "nothing"
    found = next(each for each in problems(documents, KINDS) if each.field == "/entity")
    made = mending(documents, KINDS, found)
    assert (made.pointer, made.changed["view/deal.all"]) == ("", None)


def test_a_number_never_becomes_another_one_under_its_name():
    documents = deepcopy(dict(numbered.documents()))
    name = next(key for key, each in documents.items() if key.startswith("metric/") and "measure" in each)
    documents[name]["measure"] = "sum(nothing)"
    found = next(each for each in problems(documents, KINDS) if each.file == name)
    assert mending(documents, KINDS, found).changed[name] is None


def test_problems_that_were_there_before_are_left_alone(documents):
    documents["view/deal.all"]["columns"]["nothing"] = {"order": 99}
    assert mended(documents, KINDS, problems(documents, KINDS)) == {}


def test_another_field_takes_the_place_of_one(documents):
    documents["entity/deal"]["fields"]["worth"] = deepcopy(documents["entity/deal"]["fields"]["amount"])
    whole = applied(documents, replaced(documents, KINDS, Rename("entity/deal", "worth", "amount")))
    assert problems(whole, KINDS) == []
    assert "amount" not in whole["entity/deal"]["fields"]
    assert "formerly" not in whole["entity/deal"]["fields"]["worth"]


def test_where_both_stood_the_other_one_stays(documents):
    view = documents["view/deal.all"]
    view["columns"].setdefault("close_on", {"order": 50})
    view["columns"].setdefault("amount", {"order": 51})
    whole = applied(documents, replaced(documents, KINDS, Rename("entity/deal", "close_on", "amount")))
    assert whole["view/deal.all"]["columns"]["close_on"] == view["columns"]["close_on"]
    assert "amount" not in whole["view/deal.all"]["columns"]


def test_another_view_takes_the_place_of_one(documents):
    whole = applied(documents, replaced(documents, KINDS, Rename("view/deal.board", "deal.all")))
    assert "view/deal.board" not in whole
    assert problems(whole, KINDS) == []


@pytest.mark.parametrize(
    ("rename", "error"),
    [
        (Rename("entity/deal", "nothing", "amount"), NotFound),
        (Rename("entity/deal", "amount", "amount"), Conflict),
        (Rename("entity/deal", "account"), Conflict),
        (Rename("view/deal.bord", "deal.all"), NotFound),
    ],
)
def test_what_cannot_take_its_place_is_refused(documents, rename, error):
    with pytest.raises(error):
        replaced(documents, KINDS, rename)


def test_of_a_filter_only_the_condition_that_is_broken_goes(documents):
    documents["view/deal.all"]["filter"] = "amount > 5 and nothing = 1 and (stage = 'won' or stage = 'lost')"
    (found,) = problems(documents, KINDS)
    made = mending(documents, KINDS, found)
    assert made.text.gone == ("nothing = 1",)
    assert made.changed["view/deal.all"]["filter"] == "amount > 5 and (stage = 'won' or stage = 'lost')"


def test_a_field_that_was_probably_meant_takes_the_place_of_one_that_is_not_there(documents):
    documents["view/deal.all"]["filter"] = "amount > 5 and discuont = 0"
    (found,) = problems(documents, KINDS)
    made = mending(documents, KINDS, found)
    assert made.text.instead == (("discuont = 0", "discount = 0"),)
    assert made.changed["view/deal.all"]["filter"] == "amount > 5 and discount = 0"


def test_what_merely_resembles_does_not_take_the_place_of_what_was_retired(documents):
    """close_on is no closed_at: the condition goes."""
    documents["view/deal.all"]["filter"] = "amount > 5 and close_on < today()"
    left = taken_out(documents, "entity/deal", "close_on")
    whole = applied(left, mended(left, KINDS))
    assert whole["view/deal.all"]["filter"] == "amount > 5"


def test_a_button_loses_what_it_sets_and_goes_with_the_last_of_it(documents):
    documents["form/deal.main"]["buttons"] = {
        "both": {"label": "Both", "set": {"close_on": "today()", "name": "name & '!'"}},
        "only": {"label": "Only", "set": {"close_on": "today()"}},
    }
    left = taken_out(documents, "entity/deal", "close_on")
    whole = applied(left, mended(left, KINDS))
    assert whole["form/deal.main"]["buttons"] == {"both": {"label": "Both", "set": {"name": "name & '!'"}}}


def test_the_filter_of_a_report_loses_what_is_broken_and_a_metric_goes_whole(documents):
    documents |= deepcopy(dict(numbered.documents()))
    report = next(key for key, each in documents.items() if key.startswith("report/") and each.get("entity") == "deal")
    documents[report] = {**documents[report], "filter": "amount > 5 and nothing = 1"}
    found = next(each for each in problems(documents, KINDS) if each.file == report)
    assert mending(documents, KINDS, found).changed[report]["filter"] == "amount > 5"


def test_the_condition_of_a_right_does_not_come_apart(documents):
    grant = {"operations": ["read"], "scope": "condition", "fields": {"*": "read"}}
    documents["role/seller"]["grants"]["deal"] = {**grant, "condition": "amount > 5 and nothing = 1"}
    made = mending(documents, KINDS, problems(documents, KINDS)[0])
    assert (made.pointer, made.text) == ("/grants/deal", None)


def test_a_text_keeps_what_its_broken_braces_do_not_say(documents):
    block = {"kind": "text", "order": 1, "content": "For {{ name }} of {{ nothing.name }}, {{ nothing ?? amount }}"}
    documents["template/offer"] = {"label": "Offer", "entity": "deal", "purpose": "print", "blocks": {"one": block}}
    found = next(each for each in problems(documents, KINDS) if each.file == "template/offer")
    made = mending(documents, KINDS, found)
    assert made.changed["template/offer"]["blocks"]["one"]["content"] == "For {{ name }} of , {{ amount }}"
