"""One retired field comes back by way of a change set: with its values, its rights, in the names of now."""

from __future__ import annotations

from typing import Any

import pytest
from workshops import Workshop, text, with_field, without_field

from sartor.platform.definitions.compile import Compiler
from sartor.platform.definitions.documents import applied
from sartor.platform.errors import Conflict, InvalidDefinition, NotFound
from sartor.platform.model.ids import encode_id
from sartor.platform.publishing.applying import Publication
from sartor.platform.publishing.names.renaming import Rename
from sartor.platform.publishing.retired.bringing_back import BringingBack, Comeback
from sartor.platform.publishing.uses.mending import mended
from sartor.platform.publishing.uses.retiring import without
from sartor.platform.publishing.words.telling import told
from sartor.platform.query.cursor import Cursors
from sartor.platform.query.reader import Reader

RESULT = {"type": "integer"}


def read(workshop: Workshop, record: int, *names: str) -> list[Any]:
    reader = Reader(workshop.database, workshop.design.tables, Cursors(b"secret"))
    found = reader.record(workshop.system, "account", record, tuple((name,) for name in names))
    return [found[name] for name in names]


def leaving(workshop: Workshop) -> BringingBack:
    return BringingBack(workshop.models, workshop.publisher.sets.documents())


def only(workshop: Workshop) -> Comeback:
    (found,) = leaving(workshop).all()
    return found


def bring_back(workshop: Workshop) -> dict[str, Any]:
    return dict(leaving(workshop).edits(only(workshop).id))


@pytest.fixture
def record(workshop: Workshop) -> int:
    """A record whose field `size` is retired."""
    workshop.publish(with_field(workshop, "size", text("Size")))
    made = workshop.make("account", name="A", size="about 7")
    workshop.publish(without_field(workshop, "size"))
    return made


def test_a_field_comes_back_with_its_values_and_leaves_the_list(workshop: Workshop, record: int) -> None:
    found = only(workshop)
    assert (found.entity, found.field, found.definition["label"], found.values) == ("account", "size", "Size", 1)
    assert (leaving(workshop).all("account"), leaving(workshop).all("deal")) == ([found], [])
    plan = workshop.edit(bring_back(workshop))
    assert [step.text for step in plan.steps][:1] == ["Bring back Size with 1 value"]
    workshop.publish({})
    assert read(workshop, record, "size") == ["about 7"]
    assert leaving(workshop).all() == []
    assert "brings_back" not in workshop.document("entity/account")["fields"]["size"]


def test_its_plan_compiles_no_revision_whole(workshop: Workshop, record: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(4):
        workshop.publish(with_field(workshop, f"more_{number}", text()))
    whole: list[int] = []
    compiled = Compiler.compile
    monkeypatch.setattr(Compiler, "compile", lambda *given: whole.append(given[-1]) or compiled(*given))
    plan = workshop.edit(bring_back(workshop))
    assert ([step.kind for step in plan.steps][:1], whole) == (["restore_field"], [])


def test_it_is_told_in_a_sentence(workshop: Workshop, record: int) -> None:
    published = workshop.design.documents
    drafted = {**published, **bring_back(workshop)}
    said = told(workshop.models.compiler.kinds, workshop.design.model, published, drafted)
    assert [each.sentence for each in said] == ["Field Size brought back to Account with its values"]


def test_a_formula_comes_back_without_counting_values(workshop: Workshop) -> None:
    formula = {"type": "formula", "label": "Twice", "order": 999, "formula": "2", "options": {"result": RESULT}}
    workshop.publish(with_field(workshop, "twice", formula))
    gone = workshop.edit(without_field(workshop, "twice"))
    assert gone.steps[0].text == "Take out Twice"
    workshop.publish({})
    edits = bring_back(workshop)
    said = told(workshop.models.compiler.kinds, workshop.design.model, workshop.design.documents, applied(
        workshop.design.documents, edits))  # fmt: skip
    assert [(each.sentence, each.back) for each in said] == [("Field Twice brought back to Account", True)]
    assert workshop.edit(edits).steps[0].text == "Bring back Twice"


def test_a_revision_says_what_came_back(workshop: Workshop, record: int) -> None:
    before = workshop.design.documents
    workshop.publish(bring_back(workshop))
    kinds, after = workshop.models.compiler.kinds, workshop.design.documents
    (known,) = told(kinds, workshop.design.model, before, after, back={"entity/account#size"})
    assert (known.sentence, known.back) == ("Field Size brought back to Account with its values", True)


def test_a_field_whose_name_is_taken_comes_back_under_another_one(workshop: Workshop, record: int) -> None:
    workshop.publish(with_field(workshop, "size", text("Another")))
    other = workshop.make("account", name="B", size="new")
    workshop.publish(bring_back(workshop))
    assert (read(workshop, record, "size", "size_2"), read(workshop, other, "size", "size_2")) == (
        [None, "about 7"],
        ["new", None],
    )


def test_it_speaks_the_names_of_now_even_of_this_change_set(workshop: Workshop) -> None:
    workshop.publish(with_field(workshop, "main_deal", {**text("Deal"), "type": "lookup", "options": {"entity": "deal"},
                                                        "visible_if": "tax_id is not blank"}))  # fmt: skip
    account = workshop.make("account", name="A")
    deal = workshop.make("deal", name="D", account=encode_id(account))
    other = workshop.make("account", name="B", main_deal=encode_id(deal))
    workshop.publish(without_field(workshop, "main_deal"))
    workshop.publisher.sets.rename(Rename("entity/deal", "chance"))
    workshop.publish({})
    workshop.publisher.sets.rename(Rename("entity/account", "tax_number", "tax_id"))
    edits = bring_back(workshop)
    part = edits["entity/account"]["fields"]["main_deal"]
    assert (part["options"], part["visible_if"]) == ({"entity": "chance"}, "tax_number is not blank")
    workshop.publish(edits)
    assert read(workshop, other, "main_deal")[0]["id"] == encode_id(deal)


def test_rights_that_were_said_of_it_come_back_and_are_not_opened_on_the_way(workshop: Workshop) -> None:
    role = workshop.document("role/rep")
    role["grants"]["account"]["fields"] = {"*": "write", "size": "hidden"}
    workshop.publish({**with_field(workshop, "size", text("Size", sensitive=True)), "role/rep": role})
    kinds = workshop.models.compiler.kinds
    workshop.publish(without(workshop.design.documents, kinds, "entity/account", "size"))
    edits = bring_back(workshop)
    assert edits["role/rep"]["grants"]["account"]["fields"] == {"*": "write", "size": "hidden"}
    part = edits["entity/account"]["fields"]["size"]
    edits["entity/account"]["fields"]["size"] = {name: each for name, each in part.items() if name != "sensitive"}
    with pytest.raises(InvalidDefinition) as refused:
        workshop.edit({"entity/account": edits["entity/account"]})
    assert [each.file for each in refused.value.problems] == ["entity/account", "role/rep"]


def test_it_stays_closed_to_a_role_that_is_called_otherwise_since(workshop: Workshop) -> None:
    role = workshop.document("role/rep")
    role["grants"]["account"]["fields"] = {"*": "write", "size": "hidden"}
    workshop.publish({**with_field(workshop, "size", text("Size")), "role/rep": role})
    workshop.publish(without(workshop.design.documents, workshop.models.compiler.kinds, "entity/account", "size"))
    workshop.publisher.sets.rename(Rename("role/rep", "agent"))
    workshop.publish({})
    edits = bring_back(workshop)
    assert edits["role/agent"]["grants"]["account"]["fields"] == {"*": "write", "size": "hidden"}
    with pytest.raises(InvalidDefinition) as refused:
        workshop.edit({"entity/account": edits["entity/account"]})
    assert [each.file for each in refused.value.problems] == ["role/agent"]
    workshop.publish(edits)


def test_what_was_not_listed_was_closed_and_stays_so(workshop: Workshop) -> None:
    role = workshop.document("role/rep")
    role["grants"]["account"]["fields"] = {"name": "write"}
    workshop.publish({**with_field(workshop, "size", text("Size")), "role/rep": role})
    workshop.publish(without_field(workshop, "size"))
    role["grants"]["account"]["fields"] = {"*": "read"}
    workshop.publish({"role/rep": role})
    edits = bring_back(workshop)
    assert edits["role/rep"]["grants"]["account"]["fields"] == {"*": "read", "size": "hidden"}
    with pytest.raises(InvalidDefinition):
        workshop.edit({"entity/account": edits["entity/account"]})


def test_it_chooses_from_its_set_under_the_name_of_now(workshop: Workshop) -> None:
    sizes = {"label": "Sizes", "choices": {"big": {"label": "Big", "order": 1}}}
    field = {**text(), "type": "choice", "options": {"set": "sizes"}}
    workshop.publish({"options/sizes": sizes, **with_field(workshop, "size", field)})
    workshop.publish(without_field(workshop, "size"))
    workshop.publisher.sets.rename(Rename("options/sizes", "extents"))
    workshop.publish({})
    edits = bring_back(workshop)
    assert edits["entity/account"]["fields"]["size"]["options"] == {"set": "extents"}
    workshop.publish(edits)


def test_what_is_no_longer_there_or_wanted_otherwise_is_refused(workshop: Workshop, record: int) -> None:
    edits, number = bring_back(workshop), only(workshop).id
    part = edits["entity/account"]["fields"]["size"]
    for wrong in ({**part, "brings_back": "name"}, {**part, "type": "integer"}):
        with pytest.raises(InvalidDefinition):
            workshop.edit(with_field(workshop, "size", wrong))
    workshop.edit(edits)
    with pytest.raises(Conflict):
        leaving(workshop).edits(number)
    workshop.publish({})
    with pytest.raises(NotFound):
        leaving(workshop).edits(number)


def test_two_who_bring_back_the_same_field_bring_back_one(workshop: Workshop, record: int) -> None:
    edits = bring_back(workshop)
    workshop.edit(edits, "other")
    workshop.publish(edits)
    workshop.publisher.publish(Publication(), "other")
    assert read(workshop, record, "size") == ["about 7"]
    assert [name for name in workshop.document("entity/account")["fields"] if name.startswith("size")] == ["size"]


SECTIONS = {
    "main": {"label": "Main", "order": 1, "fields": {"name": {"order": 1}, "size": {"order": 2}}},
    "big": {"label": "Big", "order": 2, "visible_if": "size = town", "fields": {"tax_id": {"order": 1}}},
}
CHECK = {"test": "size is blank or size != name", "message": "Another one.", "fields": ["name"]}
FORM = {"label": "Main", "entity": "account", "sections": SECTIONS}
VIEW = {"label": "All", "entity": "account", "type": "list", "columns": {"name": {"order": 1}, "size": {"order": 2}}}


@pytest.fixture
def shown(workshop: Workshop) -> None:
    """A field `size` that was on a form, in a rule of it and on a list when it was retired with what read it."""
    workshop.publish(with_field(workshop, "town", text("Town")))
    sized = with_field(workshop, "size", text("Size"))
    sized["entity/account"]["checks"] = {"fits": CHECK}
    workshop.publish({**sized, "form/account.big": FORM, "view/account.big": VIEW})
    published, kinds = workshop.design.documents, workshop.models.compiler.kinds
    gone = without(published, kinds, "entity/account", "size")
    workshop.publish({**gone, **mended(applied(published, gone), kinds)})
    assert "size" not in str([workshop.document(key) for key in ("form/account.big", "view/account.big")])


@pytest.mark.usefixtures("shown")
def test_it_stands_again_where_it_stood_and_is_read_again(workshop: Workshop) -> None:
    workshop.publish(bring_back(workshop))
    assert workshop.document("entity/account")["checks"] == {"fits": CHECK}
    assert (workshop.document("form/account.big"), workshop.document("view/account.big")) == (FORM, VIEW)


@pytest.mark.usefixtures("shown")
def test_what_was_changed_meanwhile_stays_so_and_is_called_as_it_is_now(workshop: Workshop) -> None:
    workshop.publisher.sets.rename(Rename("view/account.big", "account.size"))
    workshop.publish({})
    view = workshop.document("view/account.size")
    view["columns"]["tax_id"] = {"order": 2}
    workshop.publish({"view/account.size": view, "form/account.big": None})
    workshop.publisher.sets.rename(Rename("entity/account", "title", "name"))
    edits = bring_back(workshop)
    assert sorted(edits["view/account.size"]["columns"]) == ["size", "tax_id", "title"]
    assert "form/account.big" not in edits
    workshop.publish(edits)


@pytest.mark.usefixtures("shown")
def test_what_would_not_hold_together_by_now_stays_out(workshop: Workshop) -> None:
    workshop.publish(without_field(workshop, "town"))
    edits = leaving(workshop).edits(leaving(workshop).all()[-1].id)
    assert "visible_if" not in edits["form/account.big"]["sections"]["big"]
    assert "size" in edits["form/account.big"]["sections"]["main"]["fields"]
    workshop.publish(edits)
