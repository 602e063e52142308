"""The gallery of blueprints, installed and available, each drawn from its own samples; and the page of one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from flask import Response, url_for

from sartor.builder.bench import Bench, bench
from sartor.builder.frame import Frame, frame
from sartor.builder.gallery.showcases import Showcase, showcase
from sartor.builder.gallery.sketches import Sketch
from sartor.builder.lists.definitions import ICONS
from sartor.builder.lists.designers import designer, kind_words
from sartor.builder.pages.samples import taking_out
from sartor.builder.rendering import html
from sartor.builder.routes import route
from sartor.builder.starting.steps import is_over
from sartor.platform.definitions.documents import Documents, of_kind, without_engine_keys
from sartor.platform.errors import NotFound
from sartor.platform.packaging.comparing import as_shipped, customised, shipped_blueprint
from sartor.platform.packaging.files.shape import Blueprint
from sartor.platform.packaging.gallery import Shown, gallery
from sartor.platform.packaging.installing.install import switched
from sartor.platform.packaging.records.upgrade import RecordUpgrade
from sartor.platform.packaging.samples.completing import Completing
from sartor.platform.packaging.samples.files import RECORDS, SAMPLES
from sartor.platform.packaging.samples.writing import missing_rows
from sartor.platform.packaging.scenarios.format import scenarios_of
from sartor.platform.packaging.versions.upgrades import is_newer
from sartor.platform.text import did_you_mean, near, ngettext, pick
from sartor.platform.text import gettext as _
from sartor.platform.ui.format import number
from sartor.platform.ui.pages.parts import Action, Link, Pill

LEVELS = ("L1", "L2", "L3")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """A blueprint in the gallery. inside: counts by kind, in words. action: the next thing to do with it."""

    name: str
    title: str
    about: str
    url: str
    version: str
    pills: tuple[Pill, ...]
    inside: tuple[str, ...]
    sketch: Sketch | None
    action: Action


@dataclass(frozen=True, slots=True)
class GalleryPage:
    template: ClassVar[str] = "build/blueprints.html"

    frame: Frame
    installed: tuple[Tile, ...]
    available: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """The definitions of one kind."""

    text: str
    icon: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Level:
    """A level that a blueprint can be switched to. body: what the change set gets; others: blueprints that are switched
    with it, since one stands on the other."""

    name: str
    text: str
    current: bool
    body: Mapping[str, Any] | None
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BlueprintPage:
    template: ClassVar[str] = "build/blueprint.html"

    frame: Frame
    tile: Tile
    sketches: tuple[Sketch, ...]
    parts: tuple[Part, ...]
    levels: tuple[Level, ...]
    level_url: str
    requires: tuple[Link, ...]
    actions: tuple[Action, ...]
    file_url: str | None
    bring_url: str
    missing: tuple[tuple[str, str], ...]


@route("/blueprints")
def blueprints() -> Response:
    here = bench()
    shown = gallery(here.published)
    actions = (
        Action(text=_("From test to production"), url=url_for("builder.promote"), icon="transfer"),
        Action(text=_("Export"), url=url_for("builder.export_blueprint"), icon="package-export"),
        Action(text=_("Import"), url=url_for("builder.import_blueprint"), icon="package-import"),
    )
    return html(
        GalleryPage(
            frame(_("Blueprints"), "blueprints", actions=actions),
            tuple(tile_of(here, each) for each in shown if each.level is not None),
            tuple(tile_of(here, each) for each in shown if each.level is None),
        )
    )


@route("/blueprints/<name>")
def blueprint(name: str) -> Response:
    here, shown = bench(), found(bench(), name)
    tile = tile_of(here, shown)
    trail = (Link(_("Blueprints"), url_for("builder.blueprints")),)
    return html(
        BlueprintPage(
            frame=frame(tile.title, "blueprints", trail=trail),
            tile=tile,
            sketches=drawn(here, shown),
            parts=tuple(_parts(_documents(here, shown), shown)),
            levels=tuple(_levels(here, shown)),
            level_url=f"/api/v1/change-sets/{here.set}/documents",
            requires=tuple(_requires(here, shown)),
            actions=tuple(_actions(here, shown)),
            file_url=f"/api/v1/blueprints/{shown.name}/file" if shown.level else None,
            bring_url=f"/api/v1/blueprints/{shown.name}/records",
            missing=tuple(_missing(here, shown)) if shown.level else (),
        )
    )


def _requires(here: Bench, shown: Shown) -> Iterator[Link]:
    for each in shown.requires:
        yield Link(here.blueprint_called(each), url_for("builder.blueprint", name=each))


def _missing(here: Bench, shown: Shown) -> Iterator[tuple[str, str]]:
    """What of the records of an installed blueprint has not come, for whoever may bring it."""
    came = shipped_blueprint(here.workspace, shown.name)
    if came is None or not here.context.access.ability("migrate"):
        return
    if count := missing_rows(here.workspace, came, RECORDS) + len(RecordUpgrade(here.workspace, came).changes):
        yield (
            RECORDS,
            ngettext("Bring its reference record", "Bring its %(n)s reference records", count, n=number(count)),
        )
    if count := missing_rows(here.workspace, came, SAMPLES):
        yield SAMPLES, ngettext("Bring its sample record", "Bring its %(n)s sample records", count, n=number(count))
    elif count := len(Completing(here.workspace, [came]).found):
        yield (
            SAMPLES,
            ngettext("Complete its sample record", "Complete its %(n)s sample records", count, n=number(count)),
        )


def found(here: Bench, name: str) -> Shown:
    """:raises NotFound: with the near match."""
    shown = {each.name: each for each in gallery(here.published)}
    if name not in shown:
        hint = did_you_mean(near(name, shown))
        raise NotFound(_("There is no blueprint %(name)s.", name=name[:80]) + hint)
    return shown[name]


def tile_of(here: Bench, shown: Shown) -> Tile:
    pictures = drawn(here, shown)
    installed = shown.level is not None
    install = Action(
        text=_("Install"), url=url_for("builder.install", name=shown.name), icon="download", look="primary"
    )
    look = Action(text=_("Open"), url=url_for("builder.blueprint", name=shown.name))
    return Tile(
        name=shown.name,
        title=pick(shown.label),
        about=pick(shown.summary),
        url=url_for("builder.blueprint", name=shown.name),
        version=shown.version,
        pills=tuple(_pills(here, shown)),
        inside=tuple(_inside(shown)),
        sketch=pictures[0] if pictures else None,
        action=look if installed else install,
    )


def _pills(here: Bench, shown: Shown) -> Iterator[Pill]:
    if shown.level is None:
        return
    yield Pill(_("Installed"), "good", "check")
    yield Pill(shown.level, title=_("The level that is switched on"))
    if shown.shipped and is_newer(here.workspace, shown.name, shown.shipped):
        yield Pill(_("Version %(version)s is there", version=shown.shipped.manifest["version"]), "accent")
    shipped = as_shipped(here.workspace, shown.name)
    changes = len({each.key for each in customised(shipped, here.published, shown.name)}) if shipped else 0
    if changes:
        said = ngettext("One definition customised", "%(n)s definitions customised", changes)
        yield Pill(said, "warn", icon="scissors")


def _inside(shown: Shown) -> Iterator[str]:
    counted = {
        "entity": lambda n: ngettext("%(n)s entity", "%(n)s entities", n, n=number(n)),
        "pipeline": lambda n: ngettext("%(n)s pipeline", "%(n)s pipelines", n, n=number(n)),
        "view": lambda n: ngettext("%(n)s view", "%(n)s views", n, n=number(n)),
        "template": lambda n: ngettext("%(n)s template", "%(n)s templates", n, n=number(n)),
        "report": lambda n: ngettext("%(n)s report", "%(n)s reports", n, n=number(n)),
        "dashboard": lambda n: ngettext("%(n)s dashboard", "%(n)s dashboards", n, n=number(n)),
        "role": lambda n: ngettext("%(n)s role", "%(n)s roles", n, n=number(n)),
        "app": lambda n: ngettext("%(n)s app", "%(n)s apps", n, n=number(n)),
    }
    for kind, count in shown.contents.kinds.items():
        if kind in counted:
            yield counted[kind](count)
    if shown.contents.samples:
        yield ngettext(
            "%(n)s sample record", "%(n)s sample records", shown.contents.samples, n=number(shown.contents.samples)
        )


def drawn(here: Bench, shown: Shown) -> tuple[Sketch, ...]:
    """Pictures of a blueprint that ships; one that came by file has no samples."""
    return tuple(_case(here, shown.shipped).drawn(shown.name)) if shown.shipped else ()


def _case(here: Bench, shipped: Blueprint) -> Showcase:
    return showcase(shipped, here.workspace.compiler)


def _documents(here: Bench, shown: Shown) -> Documents:
    """The definitions as they stand or, of one that is not installed, as they ship."""
    return _case(here, shown.shipped).documents if shown.shipped and not shown.level else here.published


def _parts(documents: Documents, shown: Shown) -> Iterator[Part]:
    words = kind_words()
    for kind in shown.contents.kinds:
        keys = sorted(key for key, each in documents.items() if each.get("origin") == shown.name)
        links = tuple(
            Link(pick(documents[key].get("label")) or key, designer(key) if shown.level else "")
            for key in keys
            if key.startswith(f"{kind}/")
        )
        if links:
            yield Part(words.get(kind, kind), ICONS.get(kind, "file"), links)


def _levels(here: Bench, shown: Shown) -> Iterator[Level]:
    said, itself = shown.contents.levels or {}, f"blueprint/{shown.name}"
    for level in LEVELS:
        if itself not in here.documents:
            yield Level(level, pick(said.get(level)), False, None)
            continue
        changed = switched(here.documents, shown.name, level)
        others = tuple(pick(each["label"]) for key, each in changed.items() if key != itself)
        body = {"documents": {key: without_engine_keys(each) for key, each in changed.items()}}
        current = itself not in changed
        yield Level(level, pick(said.get(level)), current, None if current else body, () if current else others)


def _actions(here: Bench, shown: Shown) -> Iterator[Action]:
    if shown.level is None:
        url = url_for("builder.install", name=shown.name)
        yield Action(text=_("Install"), url=url, icon="download", look="primary")
        return
    if not is_over(here):
        yield Action(text=_("First steps"), url=url_for("builder.start"), icon="list-check")
    newer = shown.shipped is not None and is_newer(here.workspace, shown.name, shown.shipped)
    if newer:
        url = url_for("builder.upgrade", name=shown.name)
        yield Action(text=_("Upgrade"), url=url, icon="arrow-up", look="primary")
    for name, document in of_kind(here.published, "app"):
        if document.get("origin") == shown.name:
            text = _("Open %(name)s", name=pick(document["label"]))
            yield Action(text=text, url=f"/app/{name}", icon="arrow-right", look="default" if newer else "primary")
    compare = url_for("builder.compare_blueprint", name=shown.name)
    yield Action(text=_("Compare with what was shipped"), url=compare, icon="arrows-diff")
    came = shipped_blueprint(here.workspace, shown.name)
    if came is not None and scenarios_of(came):
        play = url_for("builder.play_scenarios", name=shown.name)
        yield Action(text=_("Play its scenarios"), url=play, method="post", icon="player-play")
    yield from taking_out(here, shown.name)
    out = url_for("builder.uninstall", name=shown.name)
    yield Action(text=_("Take it out"), url=out, icon="trash", look="danger")
