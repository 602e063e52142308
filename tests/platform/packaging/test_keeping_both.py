"""Keeping both: a file beside what it was made from gives a second copy that works, with records and scenarios."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from smalls import MORE
from taking import edit

from sartor.platform.definitions.compile import Compiler
from sartor.platform.definitions.extensions import Extensions
from sartor.platform.definitions.kinds import Kinds
from sartor.platform.errors import InvalidDefinition
from sartor.platform.packaging.files.archive import packed, unpacked
from sartor.platform.packaging.files.folder import read_folder
from sartor.platform.packaging.files.shape import Blueprint, Parts
from sartor.platform.packaging.installing.compose import add_blueprint, compose
from sartor.platform.packaging.installing.drafting import Drafts
from sartor.platform.packaging.installing.free_names import free_names
from sartor.platform.packaging.installing.importing import Importing, import_plan, settled
from sartor.platform.packaging.installing.install import find_blueprint, install
from sartor.platform.packaging.records.tables import Wanted
from sartor.platform.packaging.samples.writing import SampleLoader
from sartor.platform.packaging.scenarios.asked import run_installed
from sartor.platform.packaging.selected import selected_blueprint
from sartor.platform.packaging.selection import Selecting, bare
from sartor.platform.publishing.uses.references import noted
from sartor.platform.query.question import Question
from sartor.platform.workspace import Workspace

COPY = {"name": "copy", "version": "1.0.0", "label": {"en": "Copy", "zh": "副本"}, "languages": ["en", "zh"]}
NOTE = {
    "label": {"en": "Note", "zh": "便条"}, "title": "text",
    "fields": {
        "text": {"type": "text", "label": {"en": "Text", "zh": "文字"}, "order": 10},
        "about": {"type": "reference", "label": {"en": "About", "zh": "关于"}, "order": 20,
                  "options": {"entities": {"client": {"order": 1}, "visit": {"order": 2}}}},
        "kind": {"type": "choice", "label": {"en": "Kind", "zh": "类别"}, "order": 30, "options": {"choices": {
            "quick": {"label": {"en": "Quick", "zh": "快"}, "order": 1},
            "slow": {"label": {"en": "Slow", "zh": "慢"}, "order": 2}}}},
        "stage": {"type": "stage", "label": {"en": "Stage", "zh": "阶段"}, "order": 40,
                  "options": {"pipelines": ["quick", "slow"], "by": "kind"}},
    },
}  # fmt: skip
PIPELINE = {
    "label": {"en": "Way", "zh": "流程"}, "entity": "note", "field": "stage",
    "stages": {"new": {"label": {"en": "New", "zh": "新"}, "order": 1},
               "done": {"label": {"en": "Done", "zh": "完"}, "order": 2, "outcome": "won"}},
    "transitions": {"any": {"from": ["new"], "to": ["done"]}},
}  # fmt: skip
ROLE = {
    "label": {"en": "Writer", "zh": "记录员"},
    "grants": {each: {"operations": ["read", "create"], "scope": "all", "fields": {"*": "write"}}
               for each in ("note", "client", "visit")},
}  # fmt: skip
TOLD = {
    "label": {"en": "A note is about a client", "zh": "便条关于客户"},
    "clock": "2026-05-20 12:00",
    "people": {"mia": {"roles": ["writer"]}},
    "given": [{"create": "client", "name": "ann", "values": {"name": "Ann"}}],
    "when": [{"as": "mia", "create": "note", "name": "one",
              "values": {"text": "Hi", "kind": "slow", "about": {"entity": "client", "id": "@ann"}}}],
    "then": [{"of": "one", "has": {"about": {"entity": "client", "id": "@ann"}, "kind": "slow"}},
             {"in": "note", "where": "kind = 'slow'", "count": 1}],
}  # fmt: skip


@pytest.fixture
def noting(workspace: Workspace, small: Path, folder_of: Any) -> Workspace:
    """Clients with visits, and notes about both, whose pipeline is a choice; with samples."""
    files = {
        **MORE, "entities/note.json": NOTE, "pipelines/quick.json": PIPELINE, "pipelines/slow.json": PIPELINE,
        "roles/writer.json": ROLE, "scenarios/about.json": TOLD,
        "samples/client.csv": "key,name\nc1,Ann\n", "samples/visit.csv": "key,subject,client\nv1,Hello,c1\n",
        "samples/note.csv": "key,text,about,kind,stage\nn1,account:x,client:c1,slow,new\nn2,Two,visit:v1,quick,done\n",
    }  # fmt: skip
    blueprints = [read_folder(small), read_folder(folder_of("more", files))]
    install(workspace, blueprints, "L3")
    SampleLoader(workspace).load(blueprints)
    return workspace


def everything_in(workspace: Workspace, samples: tuple[str, ...] = ()) -> Blueprint:
    keys = [
        key for key, each in workspace.serving().design.documents.items() if each.get("origin") in ("small", "more")
    ]
    wanted = [key for key in keys if not key.startswith("blueprint/")]
    records = {"samples": [Wanted(each) for each in samples]}
    made, _found = selected_blueprint(workspace, workspace.system("export"), COPY, wanted, records)
    return unpacked(packed(made))


def bring_in(workspace: Workspace, blueprint: Blueprint) -> None:
    draft, drafts = Importing(workspace, blueprint).draft({"*": "both"}), Drafts(workspace)
    drafts.carry_out(draft, "import", samples=True)
    drafts.fill(draft)


def rows(workspace: Workspace, entity: str, *names: str) -> list[tuple[Any, ...]]:
    question = Question(entity, tuple((name,) for name in names))
    found = workspace.serving().reader.page(workspace.system("test"), question).rows
    return sorted((tuple(row[name] for name in names) for row in found), key=str)


def test_records_of_the_copy_point_to_records_of_the_copy(noting: Workspace) -> None:
    bring_in(noting, everything_in(noting, ("note",)))
    found = rows(noting, "note_2", "text", "kind", "stage")
    assert found == [("Two", "quick_2", "done"), ("account:x", "slow_2", "new")]
    assert {about["entity"] for (about,) in rows(noting, "note_2", "about")} == {"client_2", "visit_2"}
    assert [name for (name,) in rows(noting, "client_2", "name")] == ["Ann"]


def test_scenarios_of_the_copy_are_about_the_copy(noting: Workspace) -> None:
    bring_in(noting, everything_in(noting))
    assert [(each.scenario.name, each.problems) for each in run_installed(noting, ["copy"])] == [("about", ())]
    assert [each.problems for each in run_installed(noting)] == [(), ()]


def test_the_copy_a_second_time_has_nothing_to_do(noting: Workspace) -> None:
    file = everything_in(noting, ("note",))
    bring_in(noting, file)
    assert import_plan(noting, file, {"*": "both"}).is_empty


def test_a_copy_was_never_called_otherwise(noting: Workspace) -> None:
    bring_in(noting, everything_in(noting))
    copies = [each for each in noting.serving().design.documents.values() if each.get("origin") == "copy"]
    assert copies
    assert "formerly" not in json.dumps(copies)


def test_copies_are_told_apart_by_their_labels(noting: Workspace) -> None:
    edit(noting, "entity/note", lambda each: each.update(plural={"en": "Notes", "zh": "便条"}))
    app = {"label": "Ours", "items": {"all": {"label": {"en": "Clients", "zh": "客户"}, "order": 1,
                                              "target": "view/client.all"}}}  # fmt: skip
    file = everything_in(noting)
    file = replace(file, own=Parts({**file.own.documents, "app/ours": app}))
    bring_in(noting, file)
    bring_in(noting, replace(everything_in(noting), name="third", manifest={**COPY, "name": "third"}))
    after = noting.serving().design.documents
    assert [after[f"entity/note_{n}"]["label"] for n in (2, 3)] == [
        {"en": f"Note ({n})", "zh": f"便条（{n}）"} for n in (2, 3)
    ]
    assert after["entity/note_2"]["plural"] == {"en": "Notes (2)", "zh": "便条（2）"}
    assert after["view/client.all_2"]["label"] == {"en": "Clients (2)", "zh": "客户（2）"}
    assert after["app/ours"]["label"] == "Ours"
    assert after["app/ours"]["items"]["all"]["label"] == {"en": "Clients (2)", "zh": "客户（2）"}
    assert import_plan(noting, file, {"*": "both"}).is_empty


def test_a_copy_of_a_copy_counts_on(noting: Workspace) -> None:
    bring_in(noting, everything_in(noting))
    bare_copy = Blueprint("third", {**COPY, "name": "third"}, Parts(dict(shipped(noting, "copy"))))
    bring_in(noting, unpacked(packed(bare_copy)))
    after = noting.serving().design.documents
    assert "entity/note_2_2" not in after
    assert after["entity/note_3"]["label"] == {"en": "Note (3)", "zh": "便条（3）"}


def shipped(workspace: Workspace, origin: str) -> Iterator[tuple[str, Any]]:
    """The definitions of a blueprint as a file has them."""
    for key, each in workspace.serving().design.documents.items():
        if each.get("origin") == origin and not key.startswith("blueprint/"):
            yield key, bare(each)


def alone(workspace: Workspace, key: str) -> Blueprint:
    """A file with one definition and nothing that belongs to it."""
    document = bare(workspace.serving().design.documents[key])
    return unpacked(packed(Blueprint("copy", COPY, Parts({key: document}))))


def test_what_belongs_to_what_is_kept_twice_comes_along_when_it_is_asked(noting: Workspace) -> None:
    coming = Importing(noting, alone(noting, "entity/note"))
    both = {"entity/note": "both"}
    with pytest.raises(InvalidDefinition):
        Drafts(noting).plan(coming.draft(both))
    lacking = coming.lacking(both)
    assert lacking == ["pipeline/quick", "pipeline/slow"]
    chosen = {**both, **dict.fromkeys(lacking, "along")}
    Drafts(noting).carry_out(coming.draft(chosen), "import")
    coming.remember(chosen)
    after = noting.serving().design.documents
    assert after["pipeline/quick_2"]["entity"] == "note_2"
    assert after["entity/note_2"]["fields"]["stage"]["options"]["pipelines"] == ["quick_2", "slow_2"]
    edit(noting, "pipeline/quick", lambda each: each.update(label={"en": "Fast", "zh": "快"}))
    again = Importing(noting, alone(noting, "entity/note"))
    assert again.chosen() == chosen
    assert Drafts(noting).plan(again.draft()).is_empty


def test_a_free_name_is_not_longer_than_a_name_may_be() -> None:
    keys = [f"entity/{'a' * 40}", f"view/{'a' * 40}.{'b' * 39}", "view/deal.all"]
    found = free_names(Blueprint("copy", COPY, Parts(dict.fromkeys(keys, {}))), dict.fromkeys(keys, {}), keys)
    assert [*found.values()] == [f"entity/{'a' * 38}_2", f"view/{'a' * 40}.{'b' * 38}_2", "view/deal.all_2"]


def test_parts_for_another_blueprint_follow_the_free_names(noting: Workspace) -> None:
    file = alone(noting, "entity/client")
    del file.own.documents["entity/client"]["fields"]["visits"]
    view = {"label": "Clients", "entity": "client", "type": "list", "columns": {"name": {}}}
    field = {"type": "lookup", "label": "Client", "order": 90, "options": {"entity": "client"}}
    parts = Parts({"view/client.all": view}, {"entity/client": {"fields": {"host": field}}})
    bring_in(noting, unpacked(packed(replace(file, bridges={"more": parts, "absent": parts}))))
    after = noting.serving().design.documents
    assert after["view/client.all_2"]["entity"] == "client_2"
    assert after["entity/client_2"]["fields"]["host"]["options"] == {"entity": "client_2"}
    assert "host" not in after["entity/client"]["fields"]


def test_no_copy_of_what_we_ship_refers_to_an_original() -> None:
    kinds = Kinds(Extensions.stock().seal())
    ours = [find_blueprint(name) for name in ("base", "sales")]
    there = compose(ours)
    keys = [key for key, each in there.items() if "origin" in each and not key.startswith("blueprint/")]
    parts = Selecting(there, kinds, {}, ()).select(keys).parts
    copy = settled(Blueprint("copy", COPY, parts), there, {"*": "both"}, kinds).blueprint
    both = dict(there)
    add_blueprint(both, copy)
    assert Compiler(kinds).check(both) == []
    uses = noted(both, kinds)
    said = {(each.key, target) for each in uses.found for target in each.targets}
    said |= {(place.key, target.partition("#")[0]) for place, target in uses.reaches}
    assert [each for each in sorted(said) if each[0] in copy.own.documents and each[1] in parts.documents] == []
