"""Blueprint files: the same bytes every time, brought in beside what is there, and nothing to do the second time."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from taking import edit

from sartor.platform.errors import BadRequest, InvalidDefinition, NotFound
from sartor.platform.packaging.comparing import as_it_came, as_shipped, customised, selecting
from sartor.platform.packaging.exporting import exported
from sartor.platform.packaging.files.archive import packed, unpacked
from sartor.platform.packaging.files.folder import read_folder
from sartor.platform.packaging.files.shape import Blueprint, Parts
from sartor.platform.packaging.installing.drafting import Draft, Drafts
from sartor.platform.packaging.installing.importing import Collides, Importing, import_plan
from sartor.platform.packaging.installing.install import install, installed
from sartor.platform.packaging.samples.files import SampleFiles
from sartor.platform.packaging.selected import left_scenarios, selected_blueprint
from sartor.platform.workspace import Workspace

MANIFEST = {"name": "visits", "version": "1.0.0", "label": {"en": "Visits", "zh": "拜访"}, "languages": ["en", "zh"]}


@pytest.fixture
def both(workspace: Workspace, small: Path, more: Path) -> Workspace:
    """A workspace with two blueprints that we do not ship."""
    for folder in (small, more):
        install(workspace, [read_folder(folder)], "L3")
    return workspace


@pytest.fixture
def file_of() -> Callable[[bytes], Blueprint]:
    return unpacked


def documents(workspace: Workspace) -> dict[str, Any]:
    return dict(workspace.serving().design.documents)


def packed_visits(workspace: Workspace) -> bytes:
    found = selecting(workspace).select(["entity/visit"])
    return packed(blueprint_of(found.parts, requires=dict(found.requires)))


def blueprint_of(parts: Parts, **more: Any) -> Blueprint:
    return Blueprint("visits", {**MANIFEST, **more}, parts)


def bring_in(workspace: Workspace, blueprint: Blueprint, **choices: str) -> None:
    meant = {key.replace("__", "/"): choice for key, choice in choices.items()}
    coming = Importing(workspace, blueprint)
    Drafts(workspace).carry_out(coming.draft(meant), "import")
    coming.remember(meant)


def test_a_selection_takes_along_what_it_needs_without_origins(both: Workspace) -> None:
    found = selecting(both).select(["entity/visit"])
    assert sorted(found.parts.documents) == ["entity/client", "entity/visit"]
    assert found.needed == ("entity/client",)
    assert "origin" not in str(found.parts.documents)


def test_a_definition_that_is_not_there_cannot_be_selected(both: Workspace) -> None:
    with pytest.raises(NotFound, match="Did you mean entity/visit"):
        selecting(both).select(["entity/vist"])


def test_the_same_definitions_give_the_same_bytes(both: Workspace) -> None:
    assert packed_visits(both) == packed_visits(both)


def test_names_that_are_taken_are_told_and_nothing_happens(both: Workspace, file_of) -> None:
    with pytest.raises(Collides) as refused:
        import_plan(both, file_of(packed_visits(both)))
    assert [each.file for each in refused.value.problems] == ["entity/client", "entity/visit"]


def test_keeping_what_is_there_changes_no_definition(both: Workspace, file_of) -> None:
    before = documents(both)
    bring_in(both, file_of(packed_visits(both)), **{"*": "keep"})
    after = documents(both)
    assert {key for key in after if after[key] is not before.get(key)} == {"blueprint/visits"}


def test_keeping_both_gives_free_names_wherever_they_are_used(both: Workspace, file_of) -> None:
    bring_in(both, file_of(packed_visits(both)), **{"*": "both"})
    after = documents(both)
    assert after["entity/visit_2"]["fields"]["client"]["options"] == {"entity": "client_2"}
    assert after["entity/visit"]["fields"]["client"]["options"] == {"entity": "client"}
    assert after["entity/client_2"]["origin"] == "visits"


def test_what_was_chosen_an_earlier_time_is_told(both: Workspace, file_of) -> None:
    """So that it can be chosen otherwise, after a rollback, say."""
    coming = Importing(both, file_of(packed_visits(both)))
    assert coming.chosen() == {}
    coming.remember({"*": "keep", "entity/visit": "both"})
    assert Importing(both, coming.blueprint).chosen() == {"entity/client": "keep", "entity/visit": "both"}


def test_records_follow_the_free_names(both: Workspace, file_of) -> None:
    found = selecting(both).select(["entity/visit"])
    rows = {"samples": {"visit": "key,subject\na,Hello\n", "client.stages": "key\n"}}
    blueprint = replace(blueprint_of(found.parts), tables=rows)
    drafts, coming = Drafts(both), Importing(both, blueprint)
    draft = coming.draft({"*": "both"})
    assert set(draft.shipped[-1].tables["samples"]) == {"visit_2", "client_2.stages"}
    draft = coming.draft({"*": "keep"})
    assert set(draft.shipped[-1].tables["samples"]) == {"visit", "client.stages"}
    assert drafts.plan(draft)


def test_additions_to_others_follow_the_free_names(both: Workspace, file_of) -> None:
    own = selecting(both).select(["entity/visit"]).parts.documents["entity/visit"]
    count = {"type": "rollup", "label": "Calls", "order": 50,
             "options": {"over": "visit", "by": "client", "function": "count"}}  # fmt: skip
    file = packed(blueprint_of(Parts({"entity/visit": own}, {"entity/client": {"fields": {"calls": count}}})))
    bring_in(both, file_of(file), **{"*": "both"})
    fields = documents(both)["entity/client"]["fields"]
    assert fields["calls"]["options"]["over"] == "visit_2"
    assert fields["calls"]["origin"] == "visits"
    assert fields["visits"]["options"]["over"] == "visit"
    assert import_plan(both, file_of(file), {"*": "both"}).is_empty


def test_adding_brings_only_what_is_missing(both: Workspace, file_of) -> None:
    edit(both, "entity/client", lambda each: each["fields"].update(note={"type": "text", "label": "Note", "order": 30}))
    data = packed_visits(both)

    def other(client: Any) -> None:
        del client["fields"]["note"]
        client["label"] = {"en": "Customer", "zh": "顾客"}

    edit(both, "entity/client", other)
    bring_in(both, file_of(data), entity__client="merge", entity__visit="keep")
    client = documents(both)["entity/client"]
    assert client["label"]["en"] == "Customer"
    assert client["fields"]["note"]["origin"] == "visits"


def test_what_comes_with_what_is_required_is_asked_about_where_it_differs(workspace: Workspace) -> None:
    base = read_folder(_stock("base"))
    same, other = base.own.documents["options/currency"], base.own.documents["options/source"]
    file = blueprint_of(
        Parts({"options/currency": same, "options/source": other | {"label": "Way"}}), requires={"base": "^1"}
    )
    with pytest.raises(Collides) as refused:
        import_plan(workspace, file)
    assert [each.file for each in refused.value.problems] == ["options/source"]
    bring_in(workspace, file, options__source="replace")
    assert documents(workspace)["options/source"]["label"] == "Way"
    assert documents(workspace)["options/currency"]["origin"] == "base"
    assert import_plan(workspace, file).is_empty


def test_samples_of_what_is_required_do_not_come_with_those_of_the_file(workspace: Workspace) -> None:
    rows = {"samples": {"product_category": "key,name\na,Tools\n"}}
    file = replace(blueprint_of(Parts(), requires={"base": "^1"}), tables=rows)
    drafts, draft = Drafts(workspace), Importing(workspace, file).draft()
    drafts.carry_out(draft, "import", samples=True)
    assert drafts.fill(draft) == 1


@pytest.mark.parametrize(("choice", "said"), [("keep", "Client"), ("replace", "Guest")])
def test_what_a_file_says_otherwise_of_another_definition_is_asked(both: Workspace, choice: str, said: str) -> None:
    more = {"label": {"en": "Guest"}, "fields": {"host": {"type": "text", "label": "Host", "order": 90}}}
    file = blueprint_of(Parts({}, {"entity/client": more}))
    with pytest.raises(Collides) as refused:
        import_plan(both, file)
    assert [each.file for each in refused.value.problems] == ["entity/client"]
    assert Importing(both, file).otherwise() == {"entity/client": ["/label/en"]}
    bring_in(both, file, entity__client=choice)
    client = documents(both)["entity/client"]
    assert client["label"]["en"] == said
    assert client["fields"]["host"]["origin"] == "visits"
    assert import_plan(both, file).is_empty


def test_replacing_puts_the_file_in_place_and_keeps_the_records(both: Workspace, file_of) -> None:
    data = packed_visits(both)
    both.serving().writer.create(both.system("test"), "client", {"name": "A"})
    edit(both, "entity/client", lambda each: each.update(label={"en": "Customer", "zh": "顾客"}))
    bring_in(both, file_of(data), **{"*": "replace"})
    assert documents(both)["entity/client"]["label"]["en"] == "Client"
    assert documents(both)["entity/client"]["origin"] == "visits"
    assert both.models.current().tables.of("client").name == "client"


def test_a_second_time_there_is_nothing_to_do(both: Workspace, file_of) -> None:
    blueprint = file_of(packed_visits(both))
    for choice in ("both", "merge", "replace"):
        bring_in(both, blueprint, **{"*": choice})
        assert import_plan(both, blueprint, {"*": choice}).is_empty, choice


def test_export_import_export_gives_the_same_bytes(workspace: Workspace, both: Workspace, file_of) -> None:
    data = packed_visits(both)
    bring_in(both, file_of(data), **{"*": "replace"})
    assert packed(exported(both, "visits")) == data


def test_what_the_file_has_no_more_stays(both: Workspace, file_of) -> None:
    bring_in(both, file_of(packed_visits(both)), **{"*": "both"})
    client = selecting(both).select(["entity/client"]).parts.documents["entity/client"]
    alone = {**client, "fields": {"name": client["fields"]["name"]}}
    less = packed(blueprint_of(Parts({"entity/client": alone})))
    bring_in(both, file_of(less), **{"*": "both"})
    assert "entity/visit_2" in documents(both)


def test_a_damaged_file_is_named_before_anything_is_read(both: Workspace, file_of) -> None:
    data = packed_visits(both)
    with pytest.raises(BadRequest, match=r"entities/visit\.json is damaged"):
        file_of(_rezipped(data, "entities/visit.json", b"{}"))
    with pytest.raises(BadRequest, match="does not belong into a blueprint"):
        file_of(_rezipped(data, "../evil.json", b"{}"))
    with pytest.raises(BadRequest, match="not a blueprint file"):
        file_of(b"PK\x03\x04 something else")
    with pytest.raises(BadRequest, match="not a blueprint file"):
        file_of(data[:-40])


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_file_that_another_program_packed_and_something_damaged_is_refused(method: int) -> None:
    stream, chance, refused = io.BytesIO(), Random(1), 0
    with zipfile.ZipFile(stream, "w", method) as archive:
        archive.writestr("blueprint.json", json.dumps({**MANIFEST, "description": "abc" * 200}))
    whole = stream.getvalue()
    assert unpacked(whole).name == "visits"
    for _time in range(300):
        place = chance.randrange(len(whole))
        damaged = whole[:place] + bytes([chance.randrange(256)]) + whole[place + 1 :]
        try:
            unpacked(damaged)
        except (BadRequest, InvalidDefinition):
            refused += 1
    assert refused


def _rezipped(data: bytes, name: str, content: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for each in {*old.namelist(), name}:
            new.writestr(each, content if each == name else old.read(each))
    return stream.getvalue()


def test_what_was_changed_is_told_beside_what_was_shipped(both: Workspace) -> None:
    shipped = as_shipped(both, "small")
    assert shipped is not None
    assert customised(shipped, documents(both), "small") == []
    edit(both, "entity/client", lambda each: each.update(label={"en": "Customer", "zh": "客户"}))
    (found,) = customised(shipped, documents(both), "small")
    assert (found.key, found.pointer, found.before, found.after) == (
        "entity/client", "/label/en", "Client", "Customer",
    )  # fmt: skip
    shipped_still = as_shipped(both, "small")
    assert shipped_still is not None
    assert customised(shipped_still, documents(both), "small") == [found]


def test_what_was_changed_can_be_put_back_and_what_others_added_stays(both: Workspace) -> None:
    def change(client: Any) -> None:
        client["label"] = {"en": "Customer", "zh": "客户"}
        client["fields"]["note"] = {"type": "text", "label": "Note", "order": 30}

    shipped = as_shipped(both, "small")
    assert shipped is not None
    edit(both, "entity/client", change)
    changes = customised(shipped, documents(both), "small")
    back = as_it_came(changes, documents(both), "small", "entity/client")
    assert back is not None
    assert back["label"]["en"] == "Client"
    assert back["fields"].keys() == {"name", "visits"}
    assert back["fields"]["visits"]["origin"] == "more"


PLAYED = {
    "label": {"en": "A name is enough", "zh": "有名称即可"},
    "clock": "2026-05-20 12:00",
    "when": [{"create": "visit", "name": "one", "values": {"subject": "First"}}],
    "then": [{"in": "visit", "count": 1}],
}


def test_scenarios_of_what_is_chosen_go_along(workspace: Workspace, small: Path, more: Path, folder_of: Any) -> None:
    other = {**PLAYED, "then": [{"metric": "visits_of_all", "is": 1}]}
    folder_of("more", {"scenarios/named.json": PLAYED, "scenarios/counted.json": other})
    for folder in (small, more):
        install(workspace, [read_folder(folder)], "L3")
    context = workspace.system("export")
    made, found = selected_blueprint(workspace, context, MANIFEST, ["entity/visit"], {})
    assert made.carried.keys() == {"scenarios/named.json"}
    assert [(each.scenario.name, each.lacks) for each in left_scenarios(workspace, found)] == [
        ("counted", ("metric/visits_of_all",))
    ]
    data = packed(made)
    assert unpacked(data).carried == made.carried
    assert packed(selected_blueprint(workspace, context, MANIFEST, ["entity/visit"], {})[0]) == data


def test_what_we_ship_is_required_and_what_was_added_to_it_goes_along(workspace: Workspace, file_of) -> None:
    install(workspace, [read_folder(_stock("base"))], "L3")
    line = {"type": "text", "label": {"en": "Line", "zh": "线路"}, "order": 900}
    edit(workspace, "entity/account", lambda each: each["fields"].update(line=line))
    view = {"label": {"en": "Lines", "zh": "线路"}, "entity": "account", "type": "list",
            "columns": {"name": {"order": 1}, "line": {"order": 2}}}  # fmt: skip
    together = {**documents(workspace), "view/account.lines": view}
    Drafts(workspace).carry_out(Draft("view", "View", together), "view")
    found = selecting(workspace).select(["view/account.lines"])
    assert found.requires == {"base": "^1"}
    assert found.parts.documents.keys() == {"view/account.lines"}
    assert found.parts.extends == {"entity/account": {"fields": {"line": line}}}
    assert found.left == ()
    assert [each.name for each in installed(documents(workspace))] == ["base"]
    beside = selecting(workspace).select(["view/account.lines"], along=["entity/product"])
    assert beside.parts.documents.keys() == {"view/account.lines"}


def test_what_was_added_to_people_goes_along(workspace: Workspace) -> None:
    install(workspace, [read_folder(_stock("base"))], "L3")
    shift = {"type": "text", "label": {"en": "Shift", "zh": "班次"}, "order": 900}
    edit(workspace, "entity/user", lambda each: each["fields"].update(shift=shift))
    view = {"label": {"en": "Own", "zh": "自己"}, "entity": "account", "type": "list", "filter": "owner.shift is blank",
            "columns": {"name": {"order": 1}}}  # fmt: skip
    Drafts(workspace).carry_out(Draft("view", "View", {**documents(workspace), "view/account.own": view}), "view")
    found = selecting(workspace).select(["view/account.own"])
    assert found.parts.extends == {"entity/user": {"fields": {"shift": shift}}}
    assert found.requires == {"base": "^1"}
    assert found.left == ()
    # What `base` put into it is needed, too, where its own definitions are copied.
    every = [key for key in documents(workspace) if not key.startswith("blueprint/")]
    found = selecting(workspace).select(every)
    assert found.parts.extends["entity/user"]["fields"].keys() == {"birthday", "employee_no", "shift", "skills"}
    assert not found.requires


def _stock(name: str) -> Path:
    return Path(__file__).parents[3] / "blueprints" / name


def test_what_others_use_of_something_that_is_replaced_stays_and_the_rest_is_retired(both: Workspace, file_of) -> None:
    def more(client: Any) -> None:
        text = {"type": "text", "label": {"en": "Text", "zh": "文字"}}
        loud = {"type": "formula", "formula": "city & '!'", "options": {"result": {"type": "text"}}}
        client["fields"] |= {
            "city": {**text, "order": 30}, "phone": {**text, "order": 40}, "gone": {**text, "order": 50},
            "loud": {**text, **loud, "order": 60},
        }  # fmt: skip

    data = packed_visits(both)
    edit(both, "entity/client", more)
    edit(both, "view/client.all", lambda view: view["columns"].update(phone={"order": 20}, loud={"order": 30}))
    ann = both.serving().writer.create(both.system("test"), "client", {"name": "Ann", "city": "Ulm", "gone": "x"})
    coming = Importing(both, file_of(data))
    plan = Drafts(both).plan(coming.draft({"*": "replace"}))
    assert [(key, name) for key, _map, name in coming.stays] == [
        ("entity/client", "loud"), ("entity/client", "phone"), ("entity/client", "city"),
    ]  # fmt: skip
    assert [step.grade for step in plan.steps if "Text" in step.text] == ["lossy"]
    bring_in(both, file_of(data), **{"*": "replace"})
    context, paths = both.system("test"), (("name",), ("loud",))
    assert both.serving().reader.record(context, "client", ann.id, paths)["loud"] == "Ulm!"
    assert documents(both)["entity/client"]["origin"] == "visits"
    assert import_plan(both, file_of(data), {"*": "replace"}).is_empty


TEXT = {"type": "text", "label": {"en": "Name", "zh": "名称"}, "order": 10}
CATS = {"cat": {"label": {"en": "Cat", "zh": "猫"}, "order": 10}}
PETS = {
    "blueprint.json": {"name": "pets", "version": "1.0.0", "label": {"en": "Pets", "zh": "宠物"}, "languages": ["en"]},
    "entities/pet.json": {
        "label": {"en": "Pet", "zh": "宠物"}, "title": "name",
        "fields": {
            "name": TEXT,
            "kind": {**TEXT, "type": "choice", "order": 20, "options": {"choices": CATS}},
            "size": {**TEXT, "type": "choice", "order": 30, "options": {"set": "size"}},
            "stage": {**TEXT, "type": "stage", "order": 40, "options": {"pipelines": ["pet"]}},
        },
    },
    "options/size.json": {"label": {"en": "Size", "zh": "大小"}, "choices": CATS},
    "pipelines/pet.json": {
        "label": {"en": "Pet", "zh": "宠物"}, "entity": "pet", "field": "stage", "transitions": {},
        "stages": {"new": {"label": {"en": "New", "zh": "新"}, "order": 10}},
    },
    "views/pet.all.json": {"label": "Pets", "entity": "pet", "type": "list", "columns": {"name": {}}},
}  # fmt: skip


def test_the_same_sample_in_two_blueprints_has_the_past_that_the_later_one_tells(
    workspace: Workspace, folder_of: Any
) -> None:
    pets = read_folder(folder_of("pets", PETS))
    install(workspace, [pets], "L3")
    rows = {"pet": "key,name,stage\nrex,Rex,new\n", "pet.stages": "key,stage,at\nrex,new,-9d\n"}
    first, second = (replace(pets, name=name, tables={"samples": rows}) for name in ("first", "second"))
    found = SampleFiles.of([first, second], "samples", workspace.serving().design)
    assert found.stages == {("pet", "rex"): [("new", "-9d")]}


def test_choices_and_stages_of_what_is_replaced_stay_where_others_name_them(
    workspace: Workspace, folder_of: Any
) -> None:
    install(workspace, [read_folder(folder_of("pets", PETS))], "L3")
    found = selecting(workspace).select(["entity/pet", "options/size"])
    data = packed(blueprint_of(found.parts, requires=dict(found.requires)))

    def more(key: str, where: list[str], names: tuple[str, ...]) -> None:
        def change(document: Any) -> None:
            for each in where:
                document = document[each]
            document.update({name: {"label": {"en": name, "zh": name}, "order": 90} for name in names})

        edit(workspace, key, change)

    more("entity/pet", ["fields", "kind", "options", "choices"], ("fish", "newt"))
    more("options/size", ["choices"], ("huge", "odd"))
    more("pipeline/pet", ["stages"], ("lost", "gone"))
    said = "kind = 'fish' and size != 'huge' and stage = 'lost'"
    edit(workspace, "view/pet.all", lambda each: each.update(filter=said))
    workspace.serving().writer.create(workspace.system("test"), "pet", {"name": "Nemo", "kind": "newt", "size": "odd"})
    coming = Importing(workspace, unpacked(data))
    plan = Drafts(workspace).plan(coming.draft({"*": "replace"}))
    assert {name for _key, _map, name in coming.stays} == {"fish", "huge", "lost"}
    assert [step.grade for step in plan.steps if step.rows] == ["lossy", "lossy"]
    bring_in(workspace, unpacked(data), **{"*": "replace"})
    after = documents(workspace)
    assert after["entity/pet"]["fields"]["kind"]["options"]["choices"].keys() == {"cat", "fish"}
    assert after["options/size"]["choices"].keys() == {"cat", "huge"}
    assert after["pipeline/pet"]["stages"].keys() == {"new", "lost"}
    assert import_plan(workspace, unpacked(data), {"*": "replace"}).is_empty
