"""Models in memory, and rights in plans."""

import threading

from workshops import connect, text, with_field

from sartor.platform.definitions.compile import Compiler, compiler
from sartor.platform.publishing.models import ModelCache
from sartor.platform.publishing.store import DocumentStore


def test_a_revision_is_compiled_once_however_many_ask(workshop, monkeypatch):
    other = connect(workshop.database)
    compiled = []
    compile_ = type(other.models.compiler).compile
    monkeypatch.setattr(
        type(other.models.compiler), "compile", lambda self, *given: (compiled.append(1), compile_(self, *given))[1]
    )
    threads = [threading.Thread(target=lambda: other.models.get(1)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert compiled == [1]


def test_the_publisher_does_not_compile_what_it_has_just_planned(workshop, monkeypatch):
    assert workshop.design.revision == 1
    compiled = []
    compile_ = type(workshop.models.compiler).compile
    monkeypatch.setattr(
        type(workshop.models.compiler), "compile", lambda self, *given: (compiled.append(1), compile_(self, *given))[1]
    )
    workshop.publish(with_field(workshop, "nick", text()))
    assert workshop.design.revision == 2
    assert compiled == [1]


def test_published_documents_are_not_checked_by_schema_again(workshop, monkeypatch):
    checked = []
    monkeypatch.setattr(compiler, "validate", lambda kinds, key, document: checked.append(key))
    fresh = ModelCache(workshop.database, Compiler(workshop.models.compiler.kinds), DocumentStore())
    assert "deal" in fresh.get(1).model.entities
    assert checked == []


def test_tables_that_stay_the_same_are_the_same_objects(workshop):
    before = workshop.design.tables
    workshop.publish(with_field(workshop, "nick", text()))
    after = workshop.design.tables
    assert after.of("deal") is before.of("deal")
    assert after.of("account") is not before.of("account")


def test_the_model_before_stays_for_requests_in_flight(workshop):
    workshop.publish(with_field(workshop, "nick", text()))
    assert "nick" not in workshop.models.get(1).model.entity("account").fields


def test_the_stamp_moves_with_every_publish(workshop):
    before = workshop.models.stamp()
    workshop.publish(with_field(workshop, "nick", text()))
    after = workshop.models.stamp()
    assert (after.revision, after.number) == (before.revision + 1, before.number + 1)


def test_only_some_models_are_kept(workshop):
    for number in range(5):
        workshop.publish(with_field(workshop, f"nick{number}", text()))
    assert len(workshop.models._designs) <= 3
    assert isinstance(workshop.models, ModelCache)


# ---- rights


def grants(workshop, role="rep"):
    return workshop.document(f"role/{role}")


def access(workshop, role):
    return [each.text for each in workshop.edit({"role/rep": role}).access]


def test_wider_and_narrower_scopes_are_said(workshop):
    role = grants(workshop)
    role["grants"]["deal"]["scope"] = "all"
    role["grants"]["product"]["scope"] = "own"
    assert access(workshop, role) == ["Sales sees more of Deal: all.", "Sales sees less of Product: one's own."]


def test_scopes_of_single_operations_are_said(workshop):
    role = grants(workshop)
    role["grants"]["deal"] |= {"scope": "all", "scopes": {"update": "own"}, "operations": ["read", "update"]}
    workshop.publish({"role/rep": role})
    role["grants"]["deal"]["scopes"] = {"update": "department"}
    assert access(workshop, role) == ["Sales may update more of Deal: the department's."]
    role["grants"]["deal"]["scopes"] = {"update": "own", "read": "own"}
    assert access(workshop, role) == ["Sales may read less of Deal: one's own."]


def test_roles_that_are_included_are_said(workshop):
    role = grants(workshop)
    role["includes"] = ["seller"]
    assert access(workshop, role) == ["Sales also has the rights of Seller."]
    workshop.publish({"role/rep": role})
    assert access(workshop, {**role, "includes": []}) == ["Sales no longer has the rights of Seller."]


def test_operations_and_fields_are_said(workshop):
    role = grants(workshop)
    role["grants"]["account"]["operations"].append("delete")
    role["grants"]["account"]["fields"]["phone"] = "hidden"
    role["grants"]["product"]["fields"]["cost"] = "read"
    assert access(workshop, role) == [
        "Sales may delete Account: one's own.",
        "Sales: Phone of Account was write and is now hidden.",
        "Sales: Cost of Product was hidden and is now read.",
    ]


def test_which_records_an_operation_reaches_is_said(workshop):
    role = grants(workshop)
    held = role["grants"].pop("account")
    workshop.publish({"role/rep": role})
    role["grants"]["account"] = {**held, "operations": ["create", "read", "update"], "scope": "all"}
    role["grants"]["account"]["scopes"] = {"update": "own"}
    assert access(workshop, role) == ["Sales gets rights in Account: create, read (all), update (one's own)."]
    workshop.publish({"role/rep": role})
    role["grants"]["account"]["operations"] = ["create", "read", "update", "delete", "import"]
    assert access(workshop, role) == ["Sales may delete Account: all.", "Sales may import Account."]


def test_a_role_that_comes_or_goes_is_said(workshop):
    plan = workshop.edit({"role/boss": {"label": "Boss", "grants": {}}, "role/seller": None})
    assert tuple(each.text for each in plan.access) == (
        "The role Boss is new.",
        "The role Seller is gone; who had it loses its rights.",
    )
