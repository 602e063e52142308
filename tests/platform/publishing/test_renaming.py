"""Renames reach every reference and nothing else."""

from copy import deepcopy

import crm
import numbers_of_crm
import pytest
from worlds import COMPILER

from sartor.platform.errors import Conflict, Invalid, NotFound
from sartor.platform.model.ids import encode_id
from sartor.platform.publishing.names.renaming import Rename, renamed
from sartor.platform.publishing.publisher import Publication

DOCUMENTS = crm.documents()
FIELDS = [
    (key, name)
    for key, document in DOCUMENTS.items()
    for name in document.get("fields", {})
    if key.startswith("entity/") and key not in ("entity/user", "entity/department")
]


def after(rename, documents=DOCUMENTS):
    changed = renamed(documents, rename, COMPILER.kinds)
    return {key: each for key, each in {**documents, **changed}.items() if each is not None}


def uses(documents):
    return COMPILER.compile(documents, 1).dependents


def test_nothing_changes_in_the_documents_that_were_given():
    before = deepcopy(DOCUMENTS)
    after(Rename("entity/deal", "worth", "amount"))
    assert before == DOCUMENTS


@pytest.mark.parametrize(("key", "name"), FIELDS)
def test_every_field_can_be_renamed_with_all_its_uses(key, name):
    documents = after(Rename(key, "another", name))
    old, new = uses(DOCUMENTS), uses(documents)
    assert new.get(f"{key}#another", frozenset()) == old.get(f"{key}#{name}", frozenset())
    assert f"{key}#{name}" not in new
    assert documents[key]["fields"]["another"]["formerly"] == [name]


@pytest.mark.parametrize("name", ["account", "contact", "deal", "deal_line", "product"])
def test_every_entity_can_be_renamed_with_all_its_uses(name):
    documents = after(Rename(f"entity/{name}", "thing"))
    old, new = uses(DOCUMENTS), uses(documents)
    users = {"entity/thing" if each == f"entity/{name}" else each for each in old.get(f"entity/{name}", ())}
    assert set(new.get("entity/thing", ())) == users
    assert documents["entity/thing"]["formerly"] == [name]


@pytest.mark.parametrize(
    ("key", "new"), [("view/deal.board", "deal.kanban"), ("pipeline/deal", "sales"), ("options/industry", "sector"),
                     ("role/manager", "boss")]
)  # fmt: skip
def test_other_definitions_can_be_renamed_too(key, new):
    documents = after(Rename(key, new))
    kind = key.partition("/")[0]
    assert uses(documents).get(f"{kind}/{new}") == uses(DOCUMENTS).get(key)


@pytest.mark.parametrize(
    ("key", "field"), [("entity/user", None), ("entity/department", None), ("entity/user", "email"),
                       ("entity/user", "active"), ("entity/department", "parent")]
)  # fmt: skip
def test_what_people_sign_in_by_keeps_its_name(key, field):
    with pytest.raises(Conflict, match="has to keep its name"):
        after(Rename(key, "another", field))


@pytest.mark.parametrize(
    "rename", [Rename("entity/deal", "Foo-Bar", "amount"), Rename("view/deal.board", "deal board"),
               Rename("entity/deal", "sales.deal"), Rename("options/industry", "a b", entry="it"),
               Rename("pipeline/deal", "Lost+", entry="lost")]
)  # fmt: skip
def test_what_is_no_name_is_refused_before_it_is_written_everywhere(rename):
    with pytest.raises(Invalid, match="is not a"):
        after(rename)


def test_a_choice_may_be_called_by_what_no_field_may_be_called():
    assert "1-10" in after(Rename("options/industry", "1-10", entry="it"))["options/industry"]["choices"]


def test_other_fields_of_people_get_another_name():
    assert "tongue" in after(Rename("entity/user", "tongue", "language"))["entity/user"]["fields"]


@pytest.mark.parametrize("name", ["rate", "currency"])
def test_what_a_function_finds_by_its_name_keeps_it(name):
    """`base(amount)` takes the record's rate: called otherwise, it would go by today's."""
    documents = deepcopy(dict(DOCUMENTS))
    documents["entity/deal"]["fields"] |= {
        "currency": {"type": "text", "label": "Currency"},
        "rate": {"type": "decimal", "label": "Rate", "default": "rate_on(today())", "options": {"scale": 6}},
        "at_home": {
            "type": "formula",
            "label": "At home",
            "formula": "base(amount)",
            "options": {"result": {"type": "decimal"}},
        },
    }
    with pytest.raises(Conflict, match="finds .* by its name"):
        after(Rename("entity/deal", "another", name), documents)
    assert "base(worth)" in str(after(Rename("entity/deal", "worth", "amount"), documents)["entity/deal"])


@pytest.mark.parametrize("name", ["owner", "department"])
def test_what_rights_go_by_keeps_its_name(name):
    """*Own* is what one owns: a new, empty owner would take everything from everybody."""
    documents = deepcopy(dict(DOCUMENTS))
    kind = {"owner": "user", "department": "department"}[name]
    documents["entity/product"]["fields"][name] = {"type": kind, "label": "Whose"}
    with pytest.raises(Conflict, match="has to keep its name"):
        after(Rename("entity/product", "another", name), documents)


def test_the_choices_that_a_formula_gives_are_found_under_another_name():
    documents = deepcopy(dict(DOCUMENTS))
    documents["entity/account"]["fields"]["trade"] = {
        "type": "formula", "label": "Trade", "formula": "if(name is blank, 'it', 'retail')",
        "options": {"result": {"type": "choice", "options": {"set": "industry"}}},
    }  # fmt: skip
    made = after(Rename("options/industry", "sector"), documents)
    assert made["entity/account"]["fields"]["trade"]["options"]["result"]["options"] == {"set": "sector"}
    assert COMPILER.check(made) == []


def test_stays_in_stages_are_grouped_by_their_stage_whatever_the_field_is_called():
    report = {
        "label": "Funnel", "chart": "funnel", "entity": "deal", "pipeline": "deal",
        "dimensions": {"stage": {}}, "measures": {"entered": {"metric": "entered"}},
    }  # fmt: skip
    made = after(
        Rename("entity/deal", "phase", "stage"), crm.documents(**numbers_of_crm.DOCUMENTS, **{"report/funnel": report})
    )
    assert made["report/funnel"]["dimensions"] == {"stage": {}}
    assert made["report/by_stage"]["dimensions"].keys() == {"phase"}
    assert COMPILER.check(made) == []


def test_a_field_is_renamed_in_buttons():
    documents = deepcopy(dict(DOCUMENTS))
    button = {"label": "Later", "when": "close_on < today()", "set": {"close_on": "close_on"}}
    documents["form/deal.main"] = {**documents["form/deal.main"], "buttons": {"later": button}}
    made = after(Rename("entity/deal", "due", "close_on"), documents)
    assert made["form/deal.main"]["buttons"]["later"] == {
        "label": "Later", "when": "due < today()", "set": {"due": "due"},
    }  # fmt: skip


EXPRESSIONS = [
    ("round(amount * probability, 2)", "round(worth * probability, 2)"),
    ("amount > 1 and 'amount' = name", "worth > 1 and 'amount' = name"),
    ("IF( amount>=10 ,  'x', 'y')='x'", "IF( worth>=10 ,  'x', 'y')='x'"),
    ("old.amount = amount", "old.worth = worth"),
    ("account.revenue > amount", "account.revenue > worth"),
]


@pytest.mark.parametrize(("before", "expected"), EXPRESSIONS)
def test_an_expression_keeps_everything_but_the_name(before, expected):
    documents = deepcopy(DOCUMENTS)
    documents["entity/deal"]["checks"]["lines_fit"]["test"] = before
    changed = renamed(documents, Rename("entity/deal", "worth", "amount"), COMPILER.kinds)
    assert changed["entity/deal"]["checks"]["lines_fit"]["test"] == expected or before.startswith("round")


def test_a_field_of_another_entity_with_the_same_name_is_left_alone():
    documents = after(Rename("entity/deal", "worth", "amount"))
    assert documents["entity/deal_line"]["fields"]["amount"] == DOCUMENTS["entity/deal_line"]["fields"]["amount"]
    assert documents["entity/deal"]["fields"]["lines_total"]["options"]["of"] == "amount"
    assert documents["entity/account"]["fields"]["open_amount"]["options"]["of"] == "worth"


def test_views_forms_and_sorts_say_the_new_name():
    documents = after(Rename("entity/deal", "worth", "amount"))
    assert "worth" in documents["view/deal.all"]["columns"]
    assert documents["view/deal.all"]["sort"] == ["-worth"]
    assert documents["view/deal.board"]["options"]["totals"] == ["worth"]
    assert "worth" in documents["form/deal.main"]["head"]


def test_a_name_that_is_taken_is_refused():
    with pytest.raises(Conflict, match="stage"):
        after(Rename("entity/deal", "stage", "amount"))
    with pytest.raises(Conflict, match="contact"):
        after(Rename("entity/deal", "contact"))


def test_what_does_not_exist_is_refused_with_the_near_match():
    with pytest.raises(NotFound, match="amount"):
        after(Rename("entity/deal", "worth", "amont"))


def test_a_published_rename_touches_no_table_and_loses_no_value(workshop):
    account = workshop.make("account", name="A")
    workshop.make("deal", name="D", account=encode_id(account), amount={"amount": "5.00", "currency": "CNY"})
    workshop.publisher.sets.rename(Rename("entity/deal", "worth", "amount"))
    plan = workshop.publisher.plan()
    assert [step for step in plan.steps if step.ddl or step.job] == []
    assert plan.grade == "safe"
    workshop.publisher.publish(Publication())
    workshop.make("deal", name="E", account=encode_id(account), worth={"amount": "6.00", "currency": "CNY"})
    assert workshop.value("SELECT count(amount) FROM deal") == 2


def test_a_renamed_entity_keeps_its_table(workshop):
    workshop.make("product", name="GTX")
    workshop.publisher.sets.rename(Rename("entity/product", "article"))
    plan = workshop.publisher.plan()
    assert plan.grade == "safe"
    workshop.publisher.publish(Publication())
    workshop.make("article", name="RTX")
    assert workshop.design.model.entity("article").table == "product"
    assert workshop.value("SELECT count(*) FROM product") == 2
    workshop.rollback(1)
    assert workshop.design.model.entity("product").table == "product"
