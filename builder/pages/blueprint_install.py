"""Installing a blueprint and taking it out: the plan first, with the choices beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from flask import Response, request, url_for

from sartor.builder.bench import Bench, bench
from sartor.builder.frame import Frame, frame
from sartor.builder.gallery.sketches import Sketch
from sartor.builder.lists.designers import Named, named
from sartor.builder.pages.blueprints import LEVELS, Tile, drawn, found, tile_of
from sartor.builder.rendering import html
from sartor.builder.review.planned import Planned, planned
from sartor.builder.routes import route
from sartor.platform.errors import Conflict, InvalidDefinition, Problem
from sartor.platform.packaging.files.shape import FOLDERS
from sartor.platform.packaging.gallery import Shown
from sartor.platform.packaging.installing.install import find_blueprint, install_plan, with_required
from sartor.platform.packaging.installing.uninstall import DATA, KEEP, RETIRE, uninstall_plan
from sartor.platform.publishing.plan import Plan
from sartor.platform.text import gettext as _
from sartor.platform.text import pick
from sartor.platform.ui.pages.parts import Link

SINGULAR = {folder: kind for kind, folder in FOLDERS.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """The button that does what was looked at, by the API. consent: what is ticked first, where values go.

    aside: the body that puts it into the change set instead; aside_then: where that leads. waits: the plan of SET, the
    change set in which it goes on when it has to wait, for an approval or for values that are converted first.
    """

    text: str
    url: str
    body: dict[str, Any]
    then: str
    consent: str | None
    aside: dict[str, Any] | None
    aside_then: str
    waits: str
    danger: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What installing may ask: level, and samples, as far as the level has room for them."""

    level: str
    levels: tuple[tuple[str, str], ...]
    samples: bool
    count: int


@dataclass(frozen=True, slots=True)
class Data:
    """What may become of the data of a blueprint that is taken out."""

    name: str
    text: str
    about: str
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class InstallPage:
    """plan: all steps. grave: those that take time or lose something, which are shown at once.

    collisions: definitions whose names are taken; refusal: why it cannot be done otherwise; stand: one's own
    definitions that are in the way of it. brings: blueprints that come along. about, sketches: what it is, for
    somebody who is about to install it. data: what may become of the data of one that is taken out.
    """

    template: ClassVar[str] = "build/blueprint_plan.html"

    frame: Frame
    lead: str
    plan: Planned | None = None
    grave: Planned | None = None
    deed: Deed | None = None
    chosen: Chosen | None = None
    data: tuple[Data, ...] = ()
    collisions: tuple[Named, ...] = ()
    refusal: str = ""
    stand: tuple[Named, ...] = ()
    brings: tuple[str, ...] = ()
    about: Tile | None = None
    sketches: tuple[Sketch, ...] = ()


@route("/blueprints/<name>/install")
def install(name: str) -> Response:
    here, shown = bench(), found(bench(), name)
    samples = request.args.get("samples") == "yes"
    level = request.args.get("level", "")
    level = level if level in LEVELS else "L1"
    wanted = with_required([find_blueprint(name)], here.published) if shown.level is None else []
    top = _frame(shown, _("Install %(name)s", name=pick(shown.label)))
    brings = tuple(pick(each.manifest["label"]) for each in wanted if each.name != name)
    try:
        plan = install_plan(here.workspace, wanted, level)
    except InvalidDefinition as error:
        taken = tuple(_collisions(here, error.problems))
        refusal = "" if taken else str(error)
        return html(InstallPage(frame=top, lead="", collisions=taken, refusal=refusal, brings=brings), 409)
    lead = _("%(name)s comes in as a revision of its own; rolling back takes it out again.", name=pick(shown.label))
    shown_plan = planned(here, plan, ())
    body = {"names": [name], "level": level, "sample_data": samples}
    return html(
        InstallPage(
            frame=top,
            lead=lead,
            plan=shown_plan,
            grave=_grave(shown_plan),
            deed=deed_of(here, plan, _("Install"), "/api/v1/blueprints", body, url_for("builder.blueprint", name=name)),
            chosen=_chosen(shown, level, samples),
            brings=brings,
            about=tile_of(here, shown),
            sketches=drawn(here, shown),
        )
    )


@route("/blueprints/<name>/uninstall")
def uninstall(name: str) -> Response:
    here, shown = bench(), found(bench(), name)
    title = pick(shown.label)
    top = _frame(shown, _("Take %(name)s out", name=title))
    data = request.args.get("data", RETIRE)
    data = data if data in DATA else RETIRE
    try:
        plan = uninstall_plan(here.workspace, name, data)
    except Conflict as error:
        return html(InstallPage(frame=top, lead="", refusal=error.message), 409)
    except InvalidDefinition as error:
        stand = tuple(_in_the_way(here, error))
        refusal = _stands_on_it(data) if stand else error.message
        return html(InstallPage(frame=top, lead="", refusal=refusal, stand=stand, data=tuple(_data(data))), 409)
    lead = {
        RETIRE: _("The pages and rules of %(name)s go. The records stay in the database as retired, and come back with "
                  "a rollback or when it is installed again.", name=title),
        KEEP: _("The apps, reports and roles of %(name)s go, unless the rest needs them. Its entities with their "
                "records, forms and lists become your own.", name=title),
    }  # fmt: skip
    url, then = f"/api/v1/blueprints/{name}/uninstall", url_for("builder.blueprints")
    deed = deed_of(here, plan, _("Take it out"), url, {"data": data}, then)
    shown_plan = planned(here, plan, ())
    page = InstallPage(
        frame=top, lead=lead[data], plan=shown_plan, grave=_grave(shown_plan),
        deed=_danger(deed),
        data=tuple(_data(data)),
    )  # fmt: skip
    return html(page)


def _data(chosen: str) -> Iterator[Data]:
    retire = _("Out of sight: values stay in the database until somebody purges them.")
    yield Data(RETIRE, _("Retire the data"), retire, chosen == RETIRE)
    keep = _("Entities, choices, stages, forms and lists stay, as your own.")
    yield Data(KEEP, _("Keep the data"), keep, chosen == KEEP)


def _grave(plan: Planned) -> Planned | None:
    """The steps that somebody has to look at; the others are a list of everything that the blueprint holds."""
    return replace(plan, steps=plan.grave) if plan.grave else None


def _frame(shown: Shown, title: str) -> Frame:
    trail = (
        Link(_("Blueprints"), url_for("builder.blueprints")),
        Link(pick(shown.label), url_for("builder.blueprint", name=shown.name)),
    )
    return frame(title, "blueprints", trail=trail)


def _chosen(shown: Shown, level: str, samples: bool) -> Chosen:
    said = shown.contents.levels or {}
    levels = tuple((each, pick(said.get(each))) for each in LEVELS)
    return Chosen(level=level, levels=levels, samples=samples, count=shown.contents.samples)


def deed_of(here: Bench, plan: Plan, text: str, url: str, body: dict[str, Any], then: str) -> Deed | None:
    """None for a plan that does nothing."""
    if plan.is_empty:
        return None
    lossy = any(str(step.grade) == "lossy" for step in plan.steps)
    consent = _("I have seen what goes out of sight") if lossy else None
    aside = None if body.get("sample_data") else {**body, "set": here.set}
    return Deed(
        text=text, url=url, body={**body, "confirm": plan.fingerprint}, then=then, consent=consent,
        aside=aside, aside_then=url_for("builder.plan"), waits=waits_at(),
    )  # fmt: skip


def waits_at() -> str:
    """The plan of a change set that has to wait, with SET for its name."""
    return url_for("builder.plan", change_set="SET")


def _danger(deed: Deed | None) -> Deed | None:
    return replace(deed, danger=True) if deed else None


def _collisions(here: Bench, problems: tuple[Problem, ...]) -> Iterator[Named]:
    """The workspace's own definitions whose names the blueprint brings too."""
    by_file = {_key_of(problem.file or ""): problem for problem in problems if problem.code == "collision"}
    return (named(here.published, key) for key in sorted(by_file) if key in here.published)


def _key_of(file: str) -> str:
    """`entities/deal.json` (or `entity/deal`) as the key of a definition."""
    folder, _slash, name = file.rpartition("/")
    return f"{SINGULAR.get(folder.rpartition('/')[2], folder)}/{name.removesuffix('.json')}"


def _stands_on_it(data: str) -> str:
    if data == RETIRE:
        return _("Something that you made stands on it: change that first, or keep the data.")
    return _("Something that you made stands on it: change that first.")


def _in_the_way(here: Bench, error: InvalidDefinition) -> Iterator[Named]:
    """Definitions of the workspace that stand on what would go, each at the first place where it does."""
    places: dict[str, str] = {}
    for problem in error.problems:
        places.setdefault(problem.file or "", problem.field)
    found = (named(here.published, key, place) for key, place in places.items() if key in here.published)
    return iter(sorted(found, key=lambda each: (each.text, each.key)))
