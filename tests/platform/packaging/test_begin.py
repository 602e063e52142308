"""What a new workspace begins with comes whole and once, wherever the process that makes it is killed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest
from killing import KILLS, SEED, die_at, killed
from taking import take_out

from sartor.platform.errors import Conflict
from sartor.platform.founding import found_workspace
from sartor.platform.packaging.installing.begin import go_on, want_more, wanted
from sartor.platform.packaging.installing.bringing import Say
from sartor.platform.packaging.installing.drafting import Draft, Drafts
from sartor.platform.packaging.installing.install import find_blueprint, installed, installing
from sartor.platform.query.question import Question
from sartor.platform.settings import Settings
from sartor.platform.storage import unfinished
from sartor.platform.storage.unfinished import Unfinished
from sartor.platform.workspace import Workspace

STATEMENTS = 300
"""About as many as it takes to found a workspace with the two blueprints and their samples, commits included."""


class Ended(Exception):
    """The process ends here."""


def ending_at(word: str) -> Say:
    """Says everything, and ends before what it calls so."""

    def say(text: str) -> None:
        if text.startswith(word):
            raise Ended

    return say


def quietly(text: str) -> None:
    """Says nothing."""


@pytest.fixture
def begins_with(small: Path, more: Path) -> Unfinished:
    (more / "samples").mkdir()
    (more / "samples" / "client.csv").write_text("key,name\nc1,Ann\nc2,Bob\n")
    (more / "samples" / "visit.csv").write_text("key,subject,client,created_at\nv1,Hello,c1,-3d 10:00\n")
    return wanted((str(small), str(more)), samples=True)


@pytest.fixture
def opening(database_url: str, tmp_path: Path) -> Callable[[], Workspace]:
    """Opens the workspace as another process would."""
    environment = {"SARTOR_DATA": str(tmp_path), "SARTOR_DATABASE_URL": database_url, "SARTOR_SECRET_KEY": "s" * 40}
    return lambda: Workspace.open(Settings.from_environment(environment))


@pytest.fixture
def workspace(opening: Callable[[], Workspace]) -> Iterator[Workspace]:
    """One whose database is still empty."""
    opened = opening()
    yield opened
    opened.close()


def begin(workspace: Workspace, begins_with: Unfinished, say: Say = quietly) -> None:
    found_workspace(workspace, begins_with)
    go_on(workspace, say)


def names(workspace: Workspace) -> list[str]:
    return [each.name for each in installed(workspace.serving().design.documents)]


def clients(workspace: Workspace) -> list[str]:
    rows = workspace.serving().reader.page(workspace.system("test"), Question("client", (("name",),))).rows
    return sorted(row["name"] for row in rows)


@pytest.mark.parametrize("step", ["Installing", "Writing"])
def test_the_next_start_goes_on_where_one_ended(workspace: Workspace, begins_with: Unfinished, step: str) -> None:
    with pytest.raises(Ended):
        begin(workspace, begins_with, ending_at(step))
    assert not unfinished.is_founded(workspace.database)
    begin(workspace, begins_with)
    assert unfinished.is_founded(workspace.database)
    assert (names(workspace), clients(workspace)) == (["more", "small"], ["Ann", "Bob"])


def test_what_is_done_is_not_done_again(workspace: Workspace, begins_with: Unfinished) -> None:
    begin(workspace, begins_with)
    take_out(workspace, "more")
    revision = workspace.stamp().revision
    begin(workspace, begins_with)
    assert (workspace.stamp().revision, names(workspace), clients(workspace)) == (revision, ["small"], ["Ann", "Bob"])


def test_what_was_taken_out_before_its_samples_came_stays_out(workspace: Workspace, begins_with: Unfinished) -> None:
    with pytest.raises(Ended):
        begin(workspace, begins_with, ending_at("Writing"))
    take_out(workspace, "more")
    begin(workspace, begins_with)
    assert unfinished.is_founded(workspace.database)
    assert (names(workspace), clients(workspace)) == (["small"], [])


def test_a_workspace_gets_more_only_once(workspace: Workspace, small: Path, begins_with: Unfinished) -> None:
    begin(workspace, wanted((str(small),), samples=False))
    for _time in range(2):
        want_more(workspace, begins_with)
        go_on(workspace, quietly)
    assert (names(workspace), clients(workspace)) == (["more", "small"], ["Ann", "Bob"])


def test_a_workspace_may_begin_with_nothing(workspace: Workspace) -> None:
    begin(workspace, wanted((), samples=True))
    assert unfinished.is_founded(workspace.database)


def test_of_two_processes_that_go_on_one_is_refused(workspace: Workspace, begins_with: Unfinished) -> None:
    found_workspace(workspace, begins_with)
    workspace.database.run(lambda work: unfinished.move_on(work, begins_with))
    with pytest.raises(Conflict, match="Another process"):
        workspace.database.run(lambda work: unfinished.move_on(work, begins_with))


def install_later(workspace: Workspace, folders: Unfinished) -> Draft:
    """Into a workspace that is at work; the samples are noted and do not come yet."""
    wanted_now = [find_blueprint(each) for each in folders.blueprints]
    draft = installing(workspace.serving().design.documents, wanted_now, "L3")
    if draft.shipped:
        Drafts(workspace).carry_out(draft, "install", samples=True)
    return draft


def test_samples_that_a_later_install_has_left_come_at_the_next_start(
    workspace: Workspace, begins_with: Unfinished
) -> None:
    begin(workspace, wanted((), samples=False))
    install_later(workspace, begins_with)
    assert not unfinished.is_founded(workspace.database)
    assert clients(workspace) == []
    go_on(workspace, quietly)
    assert unfinished.is_founded(workspace.database)
    assert clients(workspace) == ["Ann", "Bob"]


def test_samples_that_are_refused_do_not_keep_a_workspace_from_starting(
    workspace: Workspace, more: Path, begins_with: Unfinished
) -> None:
    (more / "samples" / "client.csv").write_text("key,nothing\nc1,Ann\n")
    begin(workspace, wanted((), samples=False))
    install_later(workspace, begins_with)
    said: list[str] = []
    go_on(workspace, said.append)
    assert unfinished.is_founded(workspace.database)
    assert "There is no field nothing" in said[-1]


@pytest.mark.faults
def test_a_later_install_killed_anywhere_is_finished_or_was_never_begun(
    opening: Callable[[], Workspace], begins_with: Unfinished, tmp_path: Path
) -> None:
    chance = Random(SEED)
    first = opening()
    begin(first, wanted((), samples=False))
    first.close()

    def start(place: int) -> None:
        opened = opening()
        die_at(opened.database, place)
        go_on(opened, quietly)
        Drafts(opened).fill(install_later(opened, begins_with))

    for place in [chance.randint(1, STATEMENTS) for _kill in range(max(4, KILLS // 5))]:
        killed(lambda place=place: start(place), tmp_path / "journal", None)
        opened = opening()
        go_on(opened, quietly)
        assert (names(opened), clients(opened)) in (([], []), (["more", "small"], ["Ann", "Bob"]))
        opened.close()


@pytest.mark.faults
def test_killed_anywhere_it_becomes_whole(
    opening: Callable[[], Workspace], begins_with: Unfinished, tmp_path: Path
) -> None:
    """Several starts of one workspace, each killed at some statement, and a last one that is left alone."""
    chance = Random(SEED)
    places = [chance.randint(1, STATEMENTS) for _kill in range(max(4, KILLS // 5))]

    def start(place: int) -> None:
        opened = opening()
        die_at(opened.database, place)
        begin(opened, begins_with)

    died = [killed(lambda place=place: start(place), tmp_path / "journal", None) for place in places]
    opened = opening()
    begin(opened, begins_with)
    assert (names(opened), clients(opened)) == (["more", "small"], ["Ann", "Bob"])
    opened.close()
    assert any(died)
