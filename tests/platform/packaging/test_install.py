"""Blueprints: put in, taken out, exported; beside whatever else is there."""

from __future__ import annotations

from pathlib import Path

import pytest
from smalls import MORE
from taking import edit, take_out

from sartor.platform.automation.jobs import Cancelled
from sartor.platform.definitions.documents import without_engine_keys
from sartor.platform.errors import Conflict, Invalid, InvalidDefinition, NotFound
from sartor.platform.model.ids import encode_id
from sartor.platform.packaging.exporting import export
from sartor.platform.packaging.files.check import check_folder
from sartor.platform.packaging.files.folder import read_folder
from sartor.platform.packaging.installing.install import find_blueprint, install, install_plan, installed
from sartor.platform.packaging.installing.uninstall import uninstall_plan
from sartor.platform.packaging.samples.removing import remove_samples
from sartor.platform.packaging.samples.writing import SampleLoader
from sartor.platform.query.question import Question
from sartor.platform.storage import shipped
from sartor.platform.workspace import Workspace


def put(workspace: Workspace, *folders: Path) -> None:
    for folder in folders:
        install(workspace, [read_folder(folder)], "L3")


def files_below(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*.json"))}


def test_an_extension_becomes_part_of_the_definition_and_remembers_its_origin(
    workspace: Workspace, small: Path, more: Path
) -> None:
    put(workspace, small, more)
    client = workspace.serving().design.documents["entity/client"]
    assert client["origin"] == "small"
    assert client["fields"]["visits"]["origin"] == "more"


def test_taking_a_blueprint_out_leaves_nothing_of_it_and_keeps_records(
    workspace: Workspace, small: Path, more: Path
) -> None:
    put(workspace, small)
    before = workspace.serving().design.documents
    put(workspace, more)
    workspace.serving().writer.create(workspace.system("test"), "client", {"name": "A"})
    take_out(workspace, "more")
    assert workspace.serving().design.documents == before
    page = workspace.serving().reader.page(workspace.system("test"), Question("client", (("name",),)))
    assert [row["name"] for row in page.rows] == ["A"]


def test_installed_again_it_goes_on_with_its_records_their_links_and_what_was_added(
    workspace: Workspace, small: Path, more: Path, folder_of
) -> None:
    rank = {"type": "integer", "label": {"en": "Rank", "zh": "名次"}, "order": 900}
    added = MORE["extends/entities/client.json"]["fields"]
    folder_of("more", {"extends/entities/client.json": {"fields": {**added, "rank": rank}}})
    put(workspace, small, more)
    edit(workspace, "entity/visit", lambda each: each["fields"].update(own={**rank, "type": "tags"}))
    writer, system = workspace.serving().writer, workspace.system("test")
    client = writer.create(system, "client", {"name": "A", "rank": 3}).id
    visit = writer.create(system, "visit", {"subject": "First", "client": encode_id(client), "own": ["x"]}).id
    take_out(workspace, "more")
    put(workspace, more)
    reader, system = workspace.serving().reader, workspace.system("test")
    row = reader.record(system, "visit", visit, (("subject",), ("client",), ("own",)))
    assert (row["subject"], row["client"]["title"], row["own"]) == ("First", "A", ["x"])
    assert reader.record(system, "client", client, (("rank",),))["rank"] == 3


def test_what_would_be_more_open_than_it_was_is_left_and_begins_anew(
    workspace: Workspace, small: Path, more: Path, folder_of
) -> None:
    role = {"label": {"en": "Guest", "zh": "访客"}}
    grants = {"visit": {"operations": ["read"], "scope": "all", "fields": {"*": "read"}}}
    folder_of("more", {"roles/guest.json": {**role, "grants": {}}})
    put(workspace, small, more)
    workspace.serving().writer.create(workspace.system("test"), "visit", {"subject": "First"})
    take_out(workspace, "more")
    folder_of("more", {"roles/guest.json": {**role, "grants": grants}})
    put(workspace, more)
    page = workspace.serving().reader.page(workspace.system("test"), Question("visit", (("subject",),)))
    assert page.rows == []


def test_what_another_blueprint_needs_stays(workspace: Workspace, small: Path, more: Path) -> None:
    put(workspace, small, more)
    with pytest.raises(Conflict, match="Small is needed by More"):
        uninstall_plan(workspace, "small")


def test_export_install_elsewhere_export_gives_the_same_bytes(
    workspace: Workspace, small: Path, more: Path, tmp_path: Path
) -> None:
    put(workspace, small, more)
    for name in ("small", "more"):
        export(workspace, name, tmp_path / "first" / name)
    take_out(workspace, "more")
    take_out(workspace, "small")
    put(workspace, tmp_path / "first" / "small", tmp_path / "first" / "more")
    for name in ("small", "more"):
        export(workspace, name, tmp_path / "second" / name)
        assert files_below(tmp_path / "second" / name) == files_below(tmp_path / "first" / name)


def test_the_order_of_installing_makes_no_difference(workspace: Workspace, small: Path, more: Path) -> None:
    put(workspace, small, more)
    first = without_engine_keys(workspace.serving().design.documents)
    take_out(workspace, "more")
    put(workspace, more)
    assert without_engine_keys(workspace.serving().design.documents) == first
    assert [each.name for each in installed(first)] == ["more", "small"]


def test_a_name_that_is_taken_is_refused(workspace: Workspace, small: Path, folder_of) -> None:
    put(workspace, small)
    rival = folder_of("rival", {
        "blueprint.json": {"name": "rival", "version": "1.0.0", "label": "The rival"},
        "entities/client.json": {"label": "C", "title": "name", "fields": {"name": {"type": "text", "label": "N"}}},
    })  # fmt: skip
    with pytest.raises(InvalidDefinition) as caught:
        install_plan(workspace, [read_folder(rival)])
    assert caught.value.problems[0].code == "collision"
    assert caught.value.message == "The rival does not fit in."


def test_an_extension_that_changes_what_is_there_is_refused(workspace: Workspace, small: Path, folder_of) -> None:
    put(workspace, small)
    rival = folder_of("rival", {
        "blueprint.json": {"name": "rival", "version": "1.0.0", "label": "Rival", "requires": {"small": "^1"}},
        "extends/entities/client.json": {"fields": {"name": {"required": False}}},
    })  # fmt: skip
    with pytest.raises(InvalidDefinition) as caught:
        install_plan(workspace, [read_folder(rival)])
    assert caught.value.problems[0].field == "/fields/name/required"


def test_an_unknown_blueprint_gets_the_near_match() -> None:
    with pytest.raises(NotFound, match="Did you mean sales"):
        find_blueprint("sale")


def test_the_check_names_file_place_and_what_was_meant(workspace: Workspace, folder_of) -> None:
    folder = folder_of("broken", {
        "blueprint.json": {"name": "broken", "version": "1.0.0", "label": "B"},
        "entities/client.json": {"label": "C", "title": "name", "fields": {"name": {"type": "txt", "label": "N"}}},
    })  # fmt: skip
    (problem,) = check_folder(folder, workspace.kinds)
    assert (problem.file, problem.field, problem.near) == ("entities/client.json", "/fields/name/type", "text")


@pytest.mark.parametrize("text", ["{", "[1]", '{"a": 1, "a": 2}', '{"a": NaN}'])
def test_a_broken_file_is_refused_by_name(workspace: Workspace, small: Path, text: str) -> None:
    (small / "views" / "client.all.json").write_text(text)
    problems = check_folder(small, workspace.kinds)
    assert [problem.file for problem in problems] == ["views/client.all.json"]


def test_samples_come_and_go(workspace: Workspace, small: Path, more: Path) -> None:
    (more / "samples").mkdir()
    (more / "samples" / "client.csv").write_text("key,name\nc1,Ann\nc2,Bob\n")
    (more / "samples" / "visit.csv").write_text("key,subject,client,created_at\nv1,Hello,c1,-3d 10:00\n")
    put(workspace, small, more)
    assert SampleLoader(workspace).load([read_folder(more)]) == 3
    reader, context = workspace.serving().reader, workspace.system("test")
    rows = reader.page(context, Question("client", (("name",), ("visits",)))).rows
    assert [(row["name"], row["visits"]) for row in rows] == [("Ann", 1), ("Bob", 0)]
    assert remove_samples(workspace) == 3
    assert reader.page(context, Question("client", (("name",),))).rows == []


def sampled(workspace: Workspace, small: Path, more: Path) -> list[int]:
    """Three clients and a visit as samples, and one of one's own to the first client; the numbers of the samples."""
    (more / "samples").mkdir()
    (more / "samples" / "client.csv").write_text("key,name\nc1,Ann\nc2,Bob\nc3,Cid\n")
    (more / "samples" / "visit.csv").write_text("key,subject,client\nv1,Hello,c2\n")
    visit = more / "entities" / "visit.json"
    visit.write_text(visit.read_text().replace('"entity": "client"', '"entity": "client", "on_delete": "refuse"'))
    put(workspace, small, more)
    SampleLoader(workspace).load([read_folder(more)])
    found = workspace.database.run(shipped.samples)
    first = next(each.record for each in found if each.key == "c1")
    writer, context = workspace.serving().writer, workspace.system("test")
    writer.create(context, "visit", {"subject": "Mine", "client": encode_id(first)})
    return [each.record for each in found]


def test_samples_go_together_and_one_that_is_needed_stays(workspace: Workspace, small: Path, more: Path) -> None:
    sampled(workspace, small, more)
    told: list[tuple[int, int]] = []
    assert remove_samples(workspace, progress=lambda *far: told.append(far)) == 3
    assert told == [(3, 4), (3, 4)]  # the second look finds that nothing has changed for the last one
    rows = workspace.serving().reader.page(workspace.system("test"), Question("client", (("name",), ("visits",)))).rows
    assert [(row["name"], row["visits"]) for row in rows] == [("Ann", 1)]


def test_a_sample_that_somebody_put_into_the_bin_is_gone_already(workspace: Workspace, small: Path, more: Path) -> None:
    visit = sampled(workspace, small, more)[0]
    workspace.serving().writer.delete(workspace.system("test"), "visit", visit)
    remove_samples(workspace)
    assert [each.key for each in workspace.database.run(shipped.samples)] == ["c1"]


def test_what_was_taken_out_until_it_was_stopped_stays_out(workspace: Workspace, small: Path, more: Path) -> None:
    sampled(workspace, small, more)

    def stop(_done: int, _total: int) -> None:
        raise Cancelled("stop")

    with pytest.raises(Cancelled):
        remove_samples(workspace, progress=stop)
    assert len(workspace.database.run(shipped.samples)) == 1


def test_a_wrong_sample_names_its_file_and_row_and_leaves_nothing(workspace: Workspace, small: Path) -> None:
    (small / "samples").mkdir()
    (small / "samples" / "client.csv").write_text("key,name\nc1,Ann\nc2,\n")
    put(workspace, small)
    with pytest.raises(Invalid, match=r"client.csv, row 3 \(c2\)"):
        SampleLoader(workspace).load([read_folder(small)])
    assert workspace.serving().reader.page(workspace.system("test"), Question("client", (("name",),))).rows == []
