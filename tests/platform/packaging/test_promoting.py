"""A design goes from a test workspace to production: merged, with nothing to do the second time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from taking import edit, take_out

from sartor.platform.errors import BadRequest
from sartor.platform.founding import found_workspace
from sartor.platform.packaging.files.folder import read_folder
from sartor.platform.packaging.installing import drafting
from sartor.platform.packaging.installing.install import install
from sartor.platform.packaging.versions.promoted import Promoted
from sartor.platform.packaging.versions.promoting import Promotion, packed_design, unpacked_design
from sartor.platform.packaging.versions.upgrades import Undecided
from sartor.platform.publishing.applying import Publication
from sartor.platform.publishing.change_sets.approving import Approvals, Unapproved
from sartor.platform.publishing.change_sets.deciding import Choice
from sartor.platform.publishing.kept_settings import APPROVAL, keep
from sartor.platform.publishing.names.rewriting import Rename
from sartor.platform.publishing.publisher import Unconfirmed
from sartor.platform.publishing.steps import computed as compute_steps
from sartor.platform.publishing.steps import converted as convert_steps
from sartor.platform.publishing.steps import indexes as index_steps
from sartor.platform.publishing.values.preparing import Preparing
from sartor.platform.settings import Settings
from sartor.platform.storage import coming
from sartor.platform.workspace import Workspace

CLIENT = "entity/client"


@pytest.fixture
def test_side(tmp_path: Path, small: Path, more: Path) -> Iterator[Workspace]:
    """The workspace where things are tried, with two blueprints in it."""
    folder = tmp_path / "test side"
    folder.mkdir()
    opened = Workspace.open(Settings.from_environment({"SARTOR_DATA": str(folder), "SARTOR_SECRET_KEY": "s" * 40}))
    found_workspace(opened)
    install(opened, [read_folder(small), read_folder(more)], "L3")
    yield opened
    opened.close()


def promote(here: Workspace, there: Workspace, rest: Choice | None = None) -> int:
    promotion = Promotion(there, unpacked_design(packed_design(here)))
    draft = promotion.decided(rest=rest)
    plan = promotion.drafts.plan(draft)
    return promotion.publish(draft, Publication("over", None, plan.fingerprint))


def called(workspace: Workspace, name: str) -> None:
    edit(workspace, CLIENT, lambda each: each.update(label={"en": name, "zh": "客户"}))


def label(workspace: Workspace) -> str:
    return str(workspace.serving().design.documents[CLIENT]["label"]["en"])


def test_the_second_time_there_is_nothing_to_do(test_side: Workspace, workspace: Workspace) -> None:
    revision = promote(test_side, workspace)
    assert packed_design(workspace) == packed_design(test_side)
    assert promote(test_side, workspace) == revision == workspace.stamp().revision


def test_what_was_changed_only_in_production_stays(test_side: Workspace, workspace: Workspace) -> None:
    promote(test_side, workspace)
    called(workspace, "Customer")
    edit(test_side, CLIENT, lambda each: each["fields"]["name"].update(label={"en": "Full name", "zh": "全称"}))
    promote(test_side, workspace)
    client = workspace.serving().design.documents[CLIENT]
    assert (client["label"]["en"], client["fields"]["name"]["label"]["en"]) == ("Customer", "Full name")


def test_the_first_time_the_same_blueprint_is_what_both_began_with(
    test_side: Workspace, workspace: Workspace, small: Path, more: Path
) -> None:
    install(workspace, [read_folder(small), read_folder(more)], "L3")
    called(workspace, "Customer")
    edit(test_side, CLIENT, lambda each: each["fields"]["name"].update(label={"en": "Full name", "zh": "全称"}))
    promote(test_side, workspace)
    client = workspace.serving().design.documents[CLIENT]
    assert (client["label"]["en"], client["fields"]["name"]["label"]["en"]) == ("Customer", "Full name")


@pytest.mark.parametrize("entity_here", [True, False])
def test_an_entity_that_one_renamed_and_its_field_that_the_other_one_did_are_the_same(
    test_side: Workspace, workspace: Workspace, entity_here: bool
) -> None:
    promote(test_side, workspace)
    visit = workspace.serving().writer.create(workspace.system("test"), "visit", {"subject": "First"}).id
    renames = [Rename("entity/visit", "call"), Rename("entity/visit", "about", "subject")]
    for here, rename in zip((workspace, test_side) if entity_here else (test_side, workspace), renames, strict=True):
        here.publisher.sets.rename(rename)
        here.publisher.publish(Publication())
    promote(test_side, workspace)
    assert workspace.serving().reader.record(workspace.system("test"), "call", visit, (("about",),))["about"] == "First"


def test_what_both_changed_is_decided_once(test_side: Workspace, workspace: Workspace) -> None:
    promote(test_side, workspace)
    called(workspace, "Customer")
    called(test_side, "Buyer")
    with pytest.raises(Undecided, match="One property"):
        promote(test_side, workspace)
    promote(test_side, workspace, Choice.TAKE)
    assert label(workspace) == "Buyer"
    revision = workspace.stamp().revision
    assert promote(test_side, workspace) == revision


def test_what_both_added_is_told_by_what_is_different_in_it(test_side: Workspace, workspace: Workspace) -> None:
    promote(test_side, workspace)
    for here, name in ((workspace, "Pen"), (test_side, "Ink")):
        entity = {"label": name, "title": "name", "fields": {"name": {"type": "text", "label": "Name", "order": 10}}}
        documents = {**here.serving().design.documents, "entity/thing": entity}
        drafting.Drafts(here).carry_out(drafting.Draft("add", "Add", documents), "add")
    promotion = Promotion(workspace, unpacked_design(packed_design(test_side)))
    ((_issue, asked),) = promotion.questions(promotion.look())
    assert (asked.was, asked.mine, asked.theirs) == ("not there", "added: label “Pen”", "added: label “Ink”")


def test_after_a_rollback_it_comes_over_again(test_side: Workspace, workspace: Workspace) -> None:
    before = promote(test_side, workspace)
    called(test_side, "Buyer")
    promote(test_side, workspace)
    plan = workspace.publisher.plan_rollback(before)
    workspace.publisher.rollback(before, Publication("back", None, plan.fingerprint))
    assert label(workspace) == "Client"
    promote(test_side, workspace)
    assert label(workspace) == "Buyer"


def test_what_is_gone_goes_after_its_plan_was_confirmed(test_side: Workspace, workspace: Workspace) -> None:
    promote(test_side, workspace)
    workspace.serving().writer.create(workspace.system("test"), "visit", {"subject": "Hello"})
    take_out(test_side, "more")
    promotion = Promotion(workspace, unpacked_design(packed_design(test_side)))
    with pytest.raises(Unconfirmed):
        promotion.publish(promotion.decided(), Publication("over"))
    promote(test_side, workspace)
    assert "entity/visit" not in workspace.serving().design.documents


def test_a_damaged_file_is_refused(test_side: Workspace) -> None:
    data = packed_design(test_side)
    place = data.index(b"Client")
    with pytest.raises(BadRequest):
        unpacked_design(data[:place] + b"Xlient" + data[place + 6 :])


def test_what_came_over_is_noted_in_the_transaction_that_publishes_it(
    test_side: Workspace, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    promotion = Promotion(workspace, unpacked_design(packed_design(test_side)))
    draft = promotion.decided()

    def killed(*_what: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(drafting, "bring", killed)
    with pytest.raises(KeyboardInterrupt):
        promotion.publish(draft, Publication("over", None, promotion.drafts.plan(draft).fingerprint))
    assert CLIENT in Promoted(workspace).documents()


def test_a_promotion_that_waits_for_an_approval_is_noted_when_that_is_published(
    test_side: Workspace, workspace: Workspace
) -> None:
    workspace.database.run(lambda work: keep(work, APPROVAL, True))
    with pytest.raises(Unapproved, match=r"goes on in the change set .* \(promote\)") as refused:
        promote(test_side, workspace)
    assert refused.value.values == {"set": "promote"}
    assert (CLIENT in Promoted(workspace).documents(), coming.read(workspace.database)) == (False, [])
    approvals, plan = Approvals(workspace.publisher.sets), workspace.publisher.plan("promote")
    approvals.approve("promote", 8, approvals.get("promote").content)
    revision = workspace.publisher.publish(Publication("over", 7, plan.fingerprint), "promote")
    assert CLIENT in Promoted(workspace).documents()
    assert [each.what for each in coming.read(workspace.database)] == ["records"]
    assert promote(test_side, workspace) == revision


def test_a_promotion_that_waits_for_values_to_be_converted_is_noted_when_that_is_published(
    test_side: Workspace, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    promote(test_side, workspace)
    for name in ("7", "12", "none"):
        workspace.serving().writer.create(workspace.system("test"), "client", {"name": name})
    for module in (compute_steps, convert_steps, index_steps):
        monkeypatch.setattr(module, "BIG", 1)
    edit(test_side, CLIENT, lambda each: each["fields"]["name"].update(type="long_text"))
    with pytest.raises(Preparing):
        promote(test_side, workspace)
    assert Promoted(workspace).documents()[CLIENT]["fields"]["name"]["type"] == "text"
    assert workspace.publisher.prepare("promote", seconds=60)
    plan = workspace.publisher.plan("promote")
    revision = workspace.publisher.publish(Publication("over", 7, plan.fingerprint), "promote")
    assert Promoted(workspace).documents()[CLIENT]["fields"]["name"]["type"] == "long_text"
    assert promote(test_side, workspace) == revision == workspace.stamp().revision
    assert packed_design(workspace) == packed_design(test_side)
