"""What the rules leave alone, and what they say of the small CRM."""

from __future__ import annotations

from typing import Any

import crm
import pytest

from sartor.platform.definitions.compile import Compiler
from sartor.platform.definitions.documents import applied
from sartor.platform.definitions.extensions import Extensions
from sartor.platform.definitions.kinds import Kinds
from sartor.platform.definitions.system import system_documents
from sartor.platform.linting.finding import fixed_by
from sartor.platform.linting.linter import Linter
from sartor.platform.linting.mending import mended

LINTER = Linter(Compiler(Kinds(Extensions.stock().seal())))


def found(edits: dict[str, Any], **more: Any) -> set[tuple[str, str, str]]:
    documents = {**crm.documents(), **edits}
    return {(each.code, each.key, each.pointer) for each in LINTER.lint(documents, **more)}


def changed(key: str, **parts: Any) -> dict[str, Any]:
    return {key: {**crm.documents()[key], **parts}}


def with_field(entity: str, name: str, **part: Any) -> dict[str, Any]:
    document = crm.documents()[f"entity/{entity}"]
    return changed(f"entity/{entity}", fields={**document["fields"], name: {"type": "text", "label": "X", **part}})


FORM = {
    "form/contact.main": {
        "label": "Contact", "entity": "contact",
        "sections": {"all": {"label": "All", "fields": {
            "name": {}, "account": {}, "mobile": {}, "email": {}, "is_primary": {}}}},
    }
}  # fmt: skip


def test_a_field_that_only_its_own_rule_and_a_role_name_is_dead() -> None:
    rule = {"long": {"test": "x is blank or len(x) > 2", "message": "Longer."}}
    edits = with_field("contact", "x", checks=rule) | FORM
    assert ("L101", "entity/contact", "/fields/x") in found(edits)


@pytest.mark.parametrize(
    "use",
    [
        {"view/contact.x": {"label": "By x", "entity": "contact", "type": "list", "columns": {"x": {}}}},
        {"view/contact.x": {
            "label": "By x", "entity": "contact", "type": "list", "columns": {"name": {}}, "filter": "x = 'a'"}},
        {"view/deal.x": {
            "label": "By x", "entity": "deal", "type": "list", "columns": {"c": {"path": "account.primary_contact.x"}},
        }},
    ],
    ids=["column", "filter", "path"],
)  # fmt: skip
def test_a_field_that_some_page_names_is_alive(use: dict[str, Any]) -> None:
    assert ("L101", "entity/contact", "/fields/x") not in found(with_field("contact", "x") | FORM | use)


def test_without_a_form_every_field_is_on_the_page() -> None:
    assert ("L101", "entity/product", "/fields/x") not in found(with_field("product", "x"))


def test_what_is_filled_in_by_itself_needs_nobody_to_write_it() -> None:
    codes = {each[0] for each in found(with_field("contact", "x", required=True, default="'a'") | FORM)}
    assert not codes & {"L102", "L103"}


def test_a_pipeline_in_which_every_move_is_permitted_has_no_unreachable_stage() -> None:
    pipeline = {key: each for key, each in crm.documents()["pipeline/deal"].items() if key != "transitions"}
    assert not [each for each in found({"pipeline/deal": pipeline}) if each[0] == "L201"]


def test_a_role_counts_as_needed_when_somebody_has_it_or_another_includes_it() -> None:
    role = {"label": "Fitter", "grants": {"product": {"operations": ["read"], "scope": "all", "fields": {"*": "read"}}}}
    idle = ("L501", "role/fitter", "")
    assert idle in found({"role/fitter": role}, held=())
    assert idle not in found({"role/fitter": role}, held=("fitter",))
    assert idle not in found({"role/fitter": role})
    boss = {"label": "Boss", "grants": {}, "includes": ["fitter"]}
    assert idle not in found({"role/fitter": role, "role/boss": boss}, held=())


def test_a_translation_is_offered_where_the_same_words_are_translated_elsewhere() -> None:
    edits = with_field("contact", "x", label={"en": "Account"}) | FORM
    documents = {**crm.documents(), **edits}
    findings = [each for each in LINTER.lint(documents) if each.pointer == "/fields/x/label"]
    assert [each.code for each in findings] == ["L401"]
    after = mended(documents, findings)["entity/contact"]
    assert after is not None
    assert after["fields"]["x"]["label"] == {"en": "Account", "zh": "客户"}


def test_a_second_name_is_taken_from_where_its_other_language_is_translated() -> None:
    fields = {"a": {"type": "text", "label": {"en": "Name", "zh": "产品"}, "order": 900}}
    document = crm.documents()["entity/contact"]
    documents = {**crm.documents(), "entity/contact": {**document, "fields": {**document["fields"], **fields}}}
    (finding,) = [each for each in LINTER.lint(documents) if each.code == "L402"]
    after = mended(documents, [finding])["entity/contact"]
    assert after is not None
    assert after["fields"]["a"]["label"] == {"en": "Product", "zh": "产品"}


def test_choices_that_came_out_of_a_file_are_one_finding_with_one_fix() -> None:
    choices = {f"c{n}": {"label": {"en": f"Place {n}"}, "order": n} for n in range(300)}
    documents = {**crm.documents(), "options/place": {"label": {"en": "Place", "zh": "地点"}, "choices": choices}}
    (finding,) = [each for each in LINTER.lint(documents) if (each.code, each.key) == ("L401", "options/place")]
    assert finding.pointer == "/choices"
    assert finding.said["en"] == "300 choices are said in one language only: “Place 0”, “Place 1”, “Place 2” …"
    after = mended(documents, [finding])["options/place"]
    assert after is not None
    assert after["choices"]["c7"]["label"] == {"en": "Place 7", "zh": "Place 7"}
    assert not [each for each in LINTER.lint({**documents, "options/place": after}) if each.key == "options/place"]


def test_several_fixes_of_one_definition_follow_one_another() -> None:
    document = crm.documents()["entity/contact"]
    more = {name: {"type": "text", "label": name.upper(), "order": 900} for name in ("x", "y")}
    documents = {**crm.documents(), **FORM, "entity/contact": {**document, "fields": {**document["fields"], **more}}}
    findings = [each for each in LINTER.lint(documents) if each.code == "L101"]
    form = mended(documents, findings)["form/contact.main"]
    assert form is not None
    assert {"x", "y"} <= form["sections"]["all"]["fields"].keys()


def test_faults_come_alone_and_in_both_languages() -> None:
    broken = changed("view/deal.all", sort=["nmae"])
    (finding,) = LINTER.lint({**crm.documents(), **broken})
    assert (finding.code, finding.key, finding.pointer) == ("L001", "view/deal.all", "/sort/0")
    assert finding.said["en"] != finding.said["zh"]


def test_what_a_schema_refuses_is_mended_where_it_is_plain_what_was_meant() -> None:
    deals = crm.documents()["view/deal.all"]
    broken = {key: each for key, each in deals.items() if key != "columns"} | {"colunms": deals["columns"]}
    documents = {**crm.documents(), "view/deal.all": {**broken, "tpye": "x", "type": "lits"}}
    findings = LINTER.lint(documents)
    said = {each.pointer: each.fix.text for each in findings if each.fix}
    assert said == {
        "/colunms": "Write “columns” for “colunms”",
        "/tpye": "Take out view All deals: tpye",
        "/type": "Write “list” for “lits”",
    }
    assert LINTER.mended(documents, fixed_by(findings)) == {"view/deal.all": deals}


PIE = {
    "report/deals": {
        "label": "Deals", "entity": "deal", "chart": "pie", "dimensions": {"gone": {"order": 1}}, "sort": ["-gone"],
        "measures": {"count": {"formula": "count()", "label": "Number", "order": 1}}}
}  # fmt: skip


def test_a_report_that_lost_what_it_groups_by_goes_on_in_another_way() -> None:
    documents = {**crm.documents(), **PIE}
    (finding,) = (each for each in LINTER.lint(documents) if each.pointer == "/dimensions/gone")
    ways = {each.name: each.text for each in finding.offers}
    assert ways["by_stage"] == "Group by Stage instead"
    assert (ways["number"], ways["out"]) == ("Keep it as one number", "Take out report Deals")
    for name in ways:
        after = LINTER.mended(documents, fixed_by([finding], name))
        assert LINTER.compiler.check(applied(documents, after)) == []
    assert (finding.fix, after) == (None, {"report/deals": None})


def test_an_order_keeps_what_an_index_can_hold() -> None:
    age = {"type": "formula", "formula": "days(today(), created_at)", "options": {"result": {"type": "integer"}}}
    edits = with_field("contact", "age", **age) | {
        "view/contact.x": {
            "label": "By age", "entity": "contact", "type": "list", "columns": {"age": {}}, "sort": ["-age", "name"]},
    }  # fmt: skip
    documents = {**crm.documents(), **edits}
    findings = [each for each in LINTER.lint(documents) if each.code == "L301"]
    after = mended(documents, findings)["view/contact.x"]
    assert after is not None
    assert after["sort"] == ["name"]


def test_the_only_column_of_a_view_stays() -> None:
    rule = LINTER.rules["L306"]
    documents = {**rule.example, "view/machine.all": {**rule.example["view/machine.all"], "columns": {"load": {}}}}
    (finding,) = [each for each in LINTER.lint(system_documents() | documents) if each.code == "L306"]
    assert finding.fix is None


def role(deal: dict[str, Any]) -> dict[str, Any]:
    return {"role/fitter": {"label": "Fitter", "grants": {"deal": {"scope": "all", **deal}}}}


@pytest.mark.parametrize(
    ("grant", "is_told"),
    [
        ({"operations": ["read", "update"], "fields": {"*": "write", "loss_reason": "read"}}, True),
        ({"operations": ["create", "read"], "fields": {"*": "write", "loss_reason": "read"}}, True),
        ({"operations": ["read", "update"], "fields": {"*": "read", "amount": "write"}}, False),
        ({"operations": ["read"], "fields": {"*": "read"}}, False),
        ({"operations": ["read", "update"], "fields": {"*": "write"}}, False),
    ],
    ids=["moves the stage", "makes it so", "cannot make it so", "reads", "writes it"],
)
def test_what_is_required_at_times_must_be_open_to_whoever_makes_it_so(grant: dict[str, Any], is_told: bool) -> None:
    assert (("L102", "role/fitter", "/grants/deal") in found(role(grant))) is is_told


def test_a_required_field_that_nobody_types_is_told_once_and_opened() -> None:
    documents = crm.documents() | with_field("contact", "x", required=True, read_only=True) | FORM
    (finding,) = [each for each in LINTER.lint(documents) if each.code == "L102"]
    assert (finding.key, finding.pointer) == ("entity/contact", "/fields/x")
    assert LINTER.lint({**documents, **mended(documents, [finding])}) != LINTER.lint(documents)
    filled = with_field("contact", "x", required=True, read_only=True, default="'a'") | FORM
    assert "L102" not in {each[0] for each in found(filled)}


def test_the_main_form_asks_for_what_is_required_at_times() -> None:
    form = crm.documents()["form/deal.main"]
    basics = form["sections"]["basics"]
    fields = {name: each for name, each in basics["fields"].items() if name != "loss_reason"}
    sections = {**form["sections"], "basics": {**basics, "fields": fields}}
    assert ("L103", "form/deal.main", "/sections") in found(changed("form/deal.main", sections=sections))
    short = {**form, "purpose": "quick", "sections": sections, "tabs": {}, "head": {}}
    assert "L103" not in {each[0] for each in found({"form/deal.quick": short})}


def test_lines_whose_columns_lack_what_they_need_can_be_mended() -> None:
    form = crm.documents()["form/deal.main"]
    lines = {**form["sections"]["lines"], "fields": {"lines": {"columns": {"quantity": {"order": 5}}}}}
    documents = crm.documents() | changed("form/deal.main", sections={**form["sections"], "lines": lines})
    findings = [each for each in LINTER.lint(documents) if each.key == "form/deal.main"]
    assert [(each.code, each.pointer) for each in findings] == [("L103", "/sections/lines/fields/lines/columns")]
    after = mended(documents, findings)["form/deal.main"]
    assert after is not None
    assert after["sections"]["lines"]["fields"]["lines"]["columns"]["product"] == {"order": 15}


def test_a_field_of_lines_that_no_table_shows_is_dead() -> None:
    form = crm.documents()["form/deal.main"]
    lines = {**form["sections"]["lines"], "fields": {"lines": {"columns": {"product": {}, "quantity": {}}}}}
    edits = changed("form/deal.main", sections={**form["sections"], "lines": lines}) | with_field("deal_line", "x")
    assert ("L101", "entity/deal_line", "/fields/x") in found(edits)
    assert ("L101", "entity/deal_line", "/fields/x") not in found(with_field("deal_line", "x"))
