"""Designs at random, with records in them: whatever an admin does in whatever order, everything loads, nothing is lost,
and what was can come back."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from random import Random
from tempfile import mkdtemp
from typing import Any

import everything
import pytest
import tailor as tailoring
from clerks import Clerk
from fitter import Fitter
from hypothesis import note, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test
from offices import Office, open_office
from remembering import Account
from servers import PostgresServer
from sqlalchemy import make_url
from standing import require_standing
from tailor import Tailor
from trimmings import EVERY, NAMES_OF_EDITS

from sartor.platform.access.assign import Assignment
from sartor.platform.errors import Conflict, Invalid, InvalidDefinition
from sartor.platform.packaging.installing.bringing import load
from sartor.platform.packaging.installing.drafting import Draft
from sartor.platform.packaging.samples.files import RECORDS, SAMPLES
from sartor.platform.publishing.applying import Publication
from sartor.platform.publishing.change_sets.changes import MAIN
from sartor.platform.publishing.change_sets.deciding import Choice, Decisions

CHANCE = st.integers(0, 2**32 - 1).map(Random)
THEIRS = "theirs"
LONG = "SARTOR_EXAMPLES" in os.environ
EXAMPLES = int(os.environ.get("SARTOR_EXAMPLES", "0")) // 5 or 2
STEPS = 30 if LONG else 12
NAMED = [each for each in NAMES_OF_EDITS if each.startswith(("rename", "swap"))]
FIELDS = [each for each in NAMES_OF_EDITS if each in ("add_field", "retype", "retire_field", "change_options")]
OTHERS = [each for each in NAMES_OF_EDITS if each not in (*NAMED, *FIELDS)]
Fresh = Callable[[ExitStack], Office]


class Designing(RuleBasedStateMachine):
    """One workspace and an admin in it. fresh: opens a copy of the workspace that every example begins with; empty: of
    one that nobody has designed anything in."""

    fresh: Fresh
    empty: Fresh

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.office = type(self).fresh(self.stack)
        self.tailor = Tailor()
        self.tailor._marks = 1000
        self.clerk = Clerk(self.office)
        self.account = Account(self.office)
        self.fitter = Fitter(self.office)

    @property
    def sets(self) -> Any:
        return self.office.workspace.publisher.sets

    # ---- in the change set

    @rule(what=st.sampled_from(FIELDS), chance=CHANCE)
    def edit_fields(self, what: str, chance: Random) -> None:
        self._edit(what, chance)

    @rule(what=st.sampled_from(NAMED), chance=CHANCE)
    def give_other_names(self, what: str, chance: Random) -> None:
        self._edit(what, chance)

    @rule(what=st.sampled_from(OTHERS), chance=CHANCE)
    def edit_others(self, what: str, chance: Random) -> None:
        self._edit(what, chance)

    @rule(what=st.sampled_from(NAMES_OF_EDITS), chance=CHANCE)
    def edit_and_publish(self, what: str, chance: Random) -> None:
        self._edit(what, chance)
        self._publish()

    @rule(what=st.sampled_from(NAMES_OF_EDITS), choice=st.sampled_from((Choice.KEEP, Choice.TAKE)), chance=CHANCE)
    def somebody_else_publishes(self, what: str, choice: Choice, chance: Random) -> None:
        """What is edited here goes on upon that; what both changed is decided in one way."""
        self.sets.discard(name=THEIRS)
        self._edit(what, chance, THEIRS)
        if not self._publish(THEIRS):
            return
        decisions = Decisions(self.sets)
        note(f"asked: {[each.thing for each in decisions.questions()]}: {choice}")
        try:
            decisions.decide_all(choice)
        except InvalidDefinition as error:  # both halves are sound, together they are not
            note(f"not decided: {error.message}")
            self.sets.discard()
        assert not decisions.questions()

    def _edit(self, what: str, chance: Random, name: str = MAIN) -> None:
        self.tailor.chance = chance
        documents = self.sets.documents(name)
        changes = EVERY[what][1](self.tailor, documents)
        drafted = {key: each for key, each in {**documents, **changes}.items() if each is not None}
        wrong = self.office.workspace.compiler.check(drafted)
        note(
            f"{what}: {sorted(changes)}"
            + (f", refused: {wrong[0].message} at {wrong[0].file}{wrong[0].field}" if wrong else "")
        )
        if wrong:
            # Somebody else may have published or rolled back what these edits meant; then they do not hold as they are.
            held = not self.office.workspace.compiler.check(documents)
            assert not (held and what.startswith(("rename", "swap"))), wrong
        elif changes:
            self.sets.put_all(changes, name=name)

    @rule(chance=CHANCE)
    def bring_one_field_back(self, chance: Random) -> None:
        documents = self.sets.documents()
        gone = self.fitter.gone(documents)
        if gone:
            edits = dict(self.fitter.comebacks(documents).edits(chance.choice(gone).id))
            wrong = self.office.workspace.compiler.check({**documents, **edits})
            note(f"brings back: {sorted(edits)}" + (f", refused: {wrong[0].message}" if wrong else ""))
            if not wrong:
                self.sets.put_all(edits)

    @rule(chance=CHANCE)
    def bring_one_entity_back(self, chance: Random) -> None:
        documents = self.sets.documents()
        gone = self.fitter.entities_gone(documents)
        if gone:
            edits = dict(self.fitter.entities(documents).edits(chance.choice(gone).id))
            wrong = self.office.workspace.compiler.check({**documents, **edits})
            note(f"brings back: {sorted(edits)}" + (f", refused: {wrong[0].message}" if wrong else ""))
            if not wrong:
                self.sets.put_all(edits)

    @rule(chance=CHANCE)
    def give_a_role(self, chance: Random) -> None:
        here = self.office.workspace
        serving, role = here.serving(), chance.choice(["administrator", *here.serving().model.roles])
        give = Assignment(here.database, serving.tables).assign
        here.database.run(lambda work: give(work, here.system("test"), self.office.people["ann"], role))
        self.account.note_holders()

    @rule()
    def discard(self) -> None:
        self.sets.discard()

    # ---- records

    @rule(chance=CHANCE)
    def work(self, chance: Random) -> None:
        self.clerk.chance = chance
        for _time in range(3):
            note(self.clerk.work())
            self.account.note_write()

    # ---- blueprints

    @rule(chance=CHANCE)
    def fit(self, chance: Random) -> None:
        """A blueprint is installed, upgraded or taken out; whoever does that has no other edits under way."""
        self.sets.discard()
        self.fitter.chance = chance
        draft = self.fitter.draft()
        note(self.fitter.said)
        if draft is None or not self.fitter.drafts.put(draft):
            return
        if self._publish(draft.name):
            self._bring_records(draft)
            self.account.note_write()

    def _bring_records(self, draft: Draft) -> None:
        try:
            load(self.office.workspace, draft.shipped, RECORDS)
            load(self.office.workspace, draft.shipped, SAMPLES)
        except (Invalid, Conflict) as error:  # rules that were designed here refuse what the blueprint brings
            note(f"its records are refused: {error.message}")

    # ---- publishing

    @rule()
    def publish(self) -> None:
        self._publish()

    @rule()
    def take_everything_elsewhere(self) -> None:
        self.fitter.require_same_elsewhere(type(self).empty)

    def _publish(self, name: str = MAIN) -> bool:
        publisher = self.office.workspace.publisher
        try:
            plan = publisher.plan(name)
        except InvalidDefinition as error:  # what was edited needs something that has been rolled away
            note(f"not published: {error.message}")
            self.sets.discard(name=name)
            return False
        if plan.obstacles:
            note(f"not published: {plan.obstacles}")
            self.sets.discard(name=name)
            return False
        if plan.is_empty:
            return True
        try:
            publisher.publish(Publication("by chance", confirm=plan.fingerprint), name)
        except Conflict as error:  # what was edited has been rolled away
            note(f"not published: {error.message}")
            self.sets.discard(name=name)
            return False
        self._judge(plan)
        return True

    @precondition(lambda self: self.office.workspace.stamp().revision > 2)
    @rule(chance=CHANCE)
    def roll_back(self, chance: Random) -> None:
        publisher = self.office.workspace.publisher
        number = chance.randint(2, self.office.workspace.stamp().revision)
        plan = publisher.plan_rollback(number)
        if plan.is_empty:
            return
        if plan.obstacles:
            note(f"not back to {number}: {plan.obstacles}")
            return
        note(f"back to {number}")
        publisher.rollback(number, Publication(confirm=plan.fingerprint))
        assert dict(publisher.documents(number)) == dict(self.office.workspace.serving().design.documents)
        self._judge(plan, back=True)

    def _judge(self, plan: Any, *, back: bool = False) -> None:
        note(f"published: {[step.text for step in plan.steps]}")
        self.account.judge_publish(plan, back=back)
        require_standing(self.office)

    def teardown(self) -> None:
        self.stack.close()


# ---- a workspace for each example


@pytest.fixture(scope="session")
def beginning() -> dict[str, Any]:
    documents = everything.documents() | dict(tailoring.start())
    return Tailor().marked(documents)


def _found(url: str, folder: Path, documents: dict[str, Any]) -> None:
    with open_office(url, folder, documents) as office:
        office.hire("boss", "administrator")
        office.hire("ann", "clerk")
        clerk = Clerk(office)
        clerk.chance = Random(7)
        for name in ("other", "thing"):
            for _time in range(3):
                clerk._make(name)


def _found_empty(url: str, folder: Path) -> None:
    with open_office(url, folder):
        pass


Make = Callable[[Callable[[str, Path], None]], Fresh]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def templates(request: pytest.FixtureRequest, tmp_path: Path) -> Make:
    """Founds a workspace once and gives copies of it."""

    def make(found: Callable[[str, Path], None]) -> Fresh:
        folder = Path(mkdtemp(dir=tmp_path))
        if request.param == "sqlite":
            found(f"sqlite:///{folder / 'sartor.db'}", folder)
            return lambda stack: _copied(stack, folder)
        server: PostgresServer = request.getfixturevalue("postgres_server")
        url = server.create()
        found(url, folder)
        return lambda stack: _copied(stack, folder, server, make_url(url).database or "")

    return make


def _copied(stack: ExitStack, folder: Path, server: PostgresServer | None = None, template: str = "") -> Office:
    home = Path(mkdtemp(prefix="sartor-design-"))
    stack.callback(shutil.rmtree, home)
    if server is None:
        shutil.copy(folder / "sartor.db", home)
        url = f"sqlite:///{home / 'sartor.db'}"
    else:
        url = server.create(template)
        stack.callback(server.drop, url)
    office = stack.enter_context(open_office(url, home))
    _know(office, "boss", "ann")
    return office


def _know(office: Office, *names: str) -> None:
    here = office.workspace
    people = here.directory(here.stamp()).people
    office.people.update({each.name: number for number, each in people.items() if each.name in names})


@pytest.mark.hypothesis
def test_a_design_may_change_in_any_order(templates: Make, beginning: dict[str, Any]) -> None:
    fresh = templates(lambda url, folder: _found(url, folder, beginning))
    copies = {"fresh": staticmethod(fresh), "empty": staticmethod(templates(_found_empty))}
    machine = type("Designs", (Designing,), copies)
    chosen = settings(max_examples=EXAMPLES, stateful_step_count=STEPS, derandomize=not LONG, database=None)
    run_state_machine_as_test(machine, settings=chosen)
