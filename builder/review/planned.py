"""A plan as a page shows it: steps in order with what they cost, and what speaks against publishing it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from sartor.builder.bench import Bench
from sartor.builder.lists.definitions import link_to
from sartor.builder.palettes.record_lists import record_of
from sartor.builder.review.role_effects import holders
from sartor.platform.access.roles import ADMINISTRATOR
from sartor.platform.publishing.openness import shows
from sartor.platform.publishing.plan import Grade, Plan, PlanStep
from sartor.platform.publishing.publisher import LONG
from sartor.platform.publishing.steps.converted import TRIED
from sartor.platform.publishing.values.convert_rows import Conversion
from sartor.platform.publishing.words.access_changes import AccessChange
from sartor.platform.publishing.words.calling import Calling
from sartor.platform.publishing.words.telling import Told
from sartor.platform.storage.catalogue import COUNTED
from sartor.platform.text import gettext as _
from sartor.platform.text import listed, ngettext
from sartor.platform.ui.format import number, span
from sartor.platform.ui.pages.parts import Cell, Head, Link, Pill, Table

PEOPLE = 5
"""People of a role who are named."""
TAKE_OVER = "take_over"
KEPT = ("retire_field", "retire_entity", "adopt", TAKE_OVER)
SHORT = ("add", "change", "remove")
"""Steps about a document as such: they are told by its changes."""
GOING = ("remove", "retire_entity")
"""Steps after which a definition is not there any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One line. time: how long it takes. undo: what a rollback brings back. said: the changes behind it, in sentences.

    open: shown at once, see `_opened`. losses_url: all values that would be lost, as a file.
    """

    pill: Pill
    text: str
    about: str
    rows: str
    time: str
    undo: str
    kept: bool
    open: bool = False
    said: tuple[str, ...] = ()
    counts: tuple[tuple[str, str, str], ...] = ()
    samples: Table | None = None
    closed: str = ""
    losses_url: str | None = None
    dependents: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Concerned:
    """What changes for whoever has a role. people: how many, and the first of them by name; texts: what changes."""

    role: Link
    people: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """facts: (label, text, tone). access: role by role. obstacles, notes: sentences. consent: ticked before values go.

    blocked: why it cannot be published yet, shown beside the button. may_later: whether a time can be set all the same.
    is_long: whether a worker does it while one looks on. way_back: what a rollback brings back.
    """

    steps: tuple[Step, ...]
    facts: tuple[tuple[str, str, str], ...]
    access: tuple[Concerned, ...]
    obstacles: tuple[str, ...]
    notes: tuple[str, ...]
    fingerprint: str
    time: str
    consent: str | None
    blocked: str
    may_later: bool = False
    is_long: bool = False
    way_back: str = ""

    @property
    def grave(self) -> tuple[Step, ...]:
        """The steps that somebody has to look at: they take time or lose something."""
        return tuple(step for step in self.steps if step.pill.tone != "good")


def planned(here: Bench, plan: Plan, changes: Sequence[Told], losses: str = "") -> Planned:
    """changes: what the plan publishes, in sentences. losses: where all lost values can be asked for, if anywhere."""
    serving = here.workspace.serving(here.revision)
    names = Calling(here.workspace.kinds, serving.model, here.published, plan.design.documents)
    said, going = _by_key(changes), {step.subject for step in plan.steps if step.kind in GOING}
    steps = (replace(_step(here, names, each, said, losses), open=_opened(each, going)) for each in plan.steps)
    return Planned(
        steps=tuple(steps),
        facts=tuple(_facts(plan)),
        access=tuple(_concerned(here, names, plan.access)),
        obstacles=tuple(each.message for each in plan.obstacles),
        notes=plan.notes,
        fingerprint=plan.fingerprint,
        time=_about(plan.between) or _("a moment"),
        consent=_consent(plan),
        blocked=_("The records do not allow it yet; see the checks.") if plan.obstacles else "",
        way_back=_way_back(plan),
        is_long=plan.waited_for >= LONG or any(each.counts and each.counts.estimated for each in plan.steps),
    )


def _way_back(plan: Plan) -> str:
    if any(step.kind == TAKE_OVER and step.rows for step in plan.steps):
        return _(
            "Rolling back brings back every field, stage and choice. Records that another stage or choice has taken "
            "over stay with it. Nothing is deleted until somebody runs a purge."
        )
    return _("Rolling back brings back every field, stage and value. Nothing is deleted until somebody runs a purge.")


def _concerned(here: Bench, names: Calling, access: Sequence[AccessChange]) -> Iterator[Concerned]:
    """Role by role, with the people who have it."""
    published = here.workspace.serving(here.revision).model
    for role, found in groupby(access, key=lambda each: each.role):
        held = holders(here, role, published)
        count = ngettext("%(n)s person", "%(n)s people", len(held))
        named = listed(held[:PEOPLE]) + (" …" if len(held) > PEOPLE else "")
        people = f"{count}: {named}" if held else _unheld(here)
        yield Concerned(link_to(names, f"role/{role}"), people, tuple(each.text for each in found))


def _unheld(here: Bench) -> str:
    """Of a role that nobody has. Who has the built-in one may do what it says all the same."""
    roles = (each.roles for each in here.context.directory.people.values() if each.active)
    if any(ADMINISTRATOR in each for each in roles):
        return _("given to nobody yet; administrators may do all of it anyway")
    return _("given to nobody yet")


def _by_key(changes: Sequence[Told]) -> Mapping[str, tuple[str, ...]]:
    return {key: tuple(each.sentence for each in changes if each.key == key) for key in {each.key for each in changes}}


def _facts(plan: Plan) -> list[tuple[str, str, str]]:
    count = Counter(step.grade for step in plan.steps)
    tones = {Grade.SAFE: "good", Grade.SLOW: "warn", Grade.LOSSY: "bad"}
    words = {Grade.SAFE: _("Safe"), Grade.SLOW: _("Slow"), Grade.LOSSY: _("Lossy")}
    facts = [
        (words[grade], ngettext("%(n)s step", "%(n)s steps", count[grade]), tones[grade] if count[grade] else "faint")
        for grade in Grade
    ]
    return [*facts, (_("Expected time"), _about(plan.between) or _("a moment"), "" if plan.seconds else "faint")]


def _about(between: tuple[int, int]) -> str:
    """`about 2 min`; where it is not known well, `1 min to 4 min`; nothing for less than a second."""
    least, most = map(span, between)
    if least != most:
        return _("%(least)s to %(most)s", least=least, most=most)
    return _("about %(time)s", time=most) if between[1] else ""


def _rows(count: int) -> str:
    """Nothing for none; of a big table that nobody counted to its end, `50,000+`."""
    return f"{number(COUNTED - 1)}+" if count == COUNTED else number(count) if count else ""


def _step(here: Bench, names: Calling, step: PlanStep, said: Mapping[str, tuple[str, ...]], losses: str) -> Step:
    text, about_what = step.text, names.label(step.subject.partition("#")[0])
    shown = bool(step.samples) and shows(here.context, step)
    return Step(
        pill=_pill(step.grade),
        text=text,
        about="" if step.kind in SHORT or about_what in text else about_what,
        rows=_rows(step.rows),
        time=_about(step.between) if step.seconds else "",
        undo=_undo(step),
        kept=step.kind in KEPT or step.counts is not None,
        said=said.get(step.subject, ()) if step.kind in SHORT else (),
        counts=_counts(step),
        samples=_samples(here, step) if shown else None,
        closed=_("Samples are not shown: the values are not all open to you.") if step.samples and not shown else "",
        losses_url=f"{losses}?{urlencode({'subject': step.subject})}" if shown and losses else None,
        dependents=tuple(link_to(names, key) for key in step.dependents if key != step.subject),
    )


def _opened(step: PlanStep, going: set[str]) -> bool:
    """Closed, too, where everything that depends on it goes with it."""
    inside = step.counts or step.samples or not going.issuperset(step.dependents)
    return step.grade is Grade.LOSSY and bool(inside)


def _pill(grade: Grade) -> Pill:
    return {
        Grade.SAFE: Pill(_("Safe"), "good"),
        Grade.SLOW: Pill(_("Slow"), "warn", "hourglass"),
        Grade.LOSSY: Pill(_("Lossy"), "bad", "alert-triangle"),
    }[grade]


def _undo(step: PlanStep) -> str:
    if step.kind in KEPT:
        return _("values kept")
    if step.counts is not None:
        return _("former values kept")
    return _("exact")


def _counts(step: PlanStep) -> tuple[tuple[str, str, str], ...]:
    counts = step.counts
    if counts is None:
        return ()
    of_all, more = (_of_all(step), "~ ") if counts.estimated else (int, "")
    return (
        (_("Exact"), more + number(of_all(counts.exact)), ""),
        (_("Lose something"), more + number(of_all(counts.inexact)), "warn" if counts.inexact else ""),
        (_("Become blank"), more + number(of_all(counts.failed)), "bad" if counts.failed else ""),
    )


def _of_all(step: PlanStep) -> Callable[[int], int]:
    """How many of all records it would be, when so many are of the first that were tried."""
    return lambda found: round(found * max(step.rows / TRIED, 1))


def _lost(step: PlanStep) -> int:
    return _of_all(step)(step.lost) if step.counts and step.counts.estimated else step.lost


def _samples(here: Bench, step: PlanStep) -> Table:
    heads = (Head(_("Now")), Head(_("Then")), Head(_("Why")))
    return Table(_("Samples"), heads, tuple(_row(here, step, each.as_dict()) for each in step.samples))


def _row(here: Bench, step: PlanStep, sample: Mapping[str, Any]) -> tuple[Cell, ...]:
    """The value leads to its record, where it can be mended."""
    blank = sample["result"] is None
    tone = "bad" if blank else "warn"
    value = str(sample["value"])
    now = Cell(kind="code", text=value, href=_record(here, step, sample["record"]), title=_("Open the record"))
    then = Cell(text=_("blank") if blank else str(sample["result"]), tone=tone)
    return (now, then, Cell(kind="long", text=sample["reason"], tone=tone))


def _record(here: Bench, step: PlanStep, key: str) -> str | None:
    if not isinstance(step.job, Conversion):
        return None
    model = here.workspace.serving(here.revision).model
    return record_of(model, here.context, step.job.old.entity, key)


def _consent(plan: Plan) -> str | None:
    if plan.grade is not Grade.LOSSY:
        return None
    lossy = [step for step in plan.steps if step.grade is Grade.LOSSY]
    lost = sum(map(_lost, lossy))
    if any(step.counts and step.counts.estimated for step in lossy):
        return _(
            "I have seen that about %(n)s values are lost or go out of sight; "
            "when every value has been tried, I am asked again",
            n=number(lost),
        )
    return ngettext(
        "I have seen that %(n)s value is lost or goes out of sight",
        "I have seen that %(n)s values are lost or go out of sight",
        lost,
        n=number(lost),
    )
