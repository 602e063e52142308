"""Plugins: packages that bring types, templates and words of their own, found by the entry points `sartor.plugins`.

Which ones there are is what is installed beside Sartor, and nothing else: no name of a plugin stands in the platform.
A plugin that cannot work keeps the workspace from opening until somebody leaves it out, so that nobody is surprised.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from pkgutil import iter_modules

from sartor.platform.errors import BrokenPlugin, NotRegistrable
from sartor.platform.fields import FieldType
from sartor.platform.registry import Plugin, Registry
from sartor.platform.text import gettext as _
from sartor.platform.text import read_words_in
from sartor.platform.ui.environment import TEMPLATES
from sartor.platform.ui.plugin_files import PluginFiles
from sartor.platform.views import ViewType
from sartor.platform.views.base import CANVASES

GROUP = "sartor.plugins"


@dataclass(frozen=True)
class Plugged:
    """One plugin. package: the folder of its code; distribution, version: what was installed to get it."""

    name: str
    package: str
    distribution: str
    version: str

    @property
    def source(self) -> str:
        return f"{self.distribution} {self.version}".strip()

    @property
    def folder(self) -> Path:
        return Path(import_module(self.package).__path__[0])

    @property
    def templates(self) -> Path:
        return self.folder / "templates"

    @cached_property
    def files(self) -> PluginFiles:
        """What browsers get from it."""
        return PluginFiles(self.name, self.folder / "static")

    def broken(self, reason: str) -> BrokenPlugin:
        said = _(
            "The plugin %(name)s (%(source)s, package %(package)s) cannot be loaded: %(reason)s. Mend it or take it "
            "out (pip uninstall %(distribution)s); SARTOR_PLUGINS_OFF=%(name)s starts without it.",
            name=self.name,
            source=self.source,
            package=self.package,
            reason=reason.rstrip("."),
            distribution=self.distribution,
        )
        return BrokenPlugin(said)


def named(setting: str) -> frozenset[str]:
    """The plugins that the setting SARTOR_PLUGINS_OFF names."""
    return frozenset(each.strip() for each in setting.split(",") if each.strip())


def installed() -> list[Plugged]:
    """What the entry points name, by name.

    :raises BrokenPlugin: where two have one name.
    """
    found: dict[str, Plugged] = {}
    for point in entry_points(group=GROUP):
        one = _plugged(point)
        other = found.setdefault(one.name, one)
        if other != one:
            raise one.broken(_("%(source)s brings a plugin of the same name", source=other.source))
    return sorted(found.values(), key=lambda each: each.name)


def _plugged(point: EntryPoint) -> Plugged:
    source = (point.dist.name, point.dist.version) if point.dist else ("?", "")
    return Plugged(point.name, point.module, *source)


def join(plugins: Sequence[Plugged], registries: Sequence[Registry]) -> None:
    """Let every plugin bring its types into the registries, and its words."""
    owners: dict[str, str] = dict.fromkeys(_templates_in(TEMPLATES), "sartor")
    for plugin in plugins:
        package = _imported(plugin)
        _claim_templates(plugin, owners)
        brought = [each for registry in registries for each in _registered(plugin, package, registry)]
        for reason in _faults(brought, owners):
            raise plugin.broken(reason)
        read_words_in(plugin.folder / "locale")


def _imported(plugin: Plugged) -> str:
    """The package, imported with all its modules: whatever they raise is the plugin's fault and is told as such."""
    try:
        package = import_module(plugin.package)
        for each in iter_modules(getattr(package, "__path__", ())):
            import_module(f"{plugin.package}.{each.name}")
    except Exception as error:
        raise plugin.broken(f"{type(error).__name__}: {error}") from error
    if not hasattr(package, "__path__"):
        raise plugin.broken(_("%(module)s is one module, and a plugin is a folder with modules", module=plugin.package))
    if package.__file__ is None:
        # Started beside a folder of the package's name, Python takes that for it, finds no types there and is content.
        raise plugin.broken(_("%(folder)s has no file __init__.py", folder=plugin.folder))
    return package.__name__


def _registered(plugin: Plugged, package: str, registry: Registry) -> list[Plugin]:
    """What a plugin has brought into one registry."""
    before = set(registry.keys())
    try:
        registry.discover(package)
    except NotRegistrable as error:
        raise plugin.broken(error.message) from error
    return [each for each in registry if each.key not in before]


def _templates_in(folder: Path) -> Iterator[str]:
    return (path.relative_to(folder).as_posix() for path in folder.rglob("*.html"))


def _claim_templates(plugin: Plugged, owners: dict[str, str]) -> None:
    """A template is added, never put in place of another one."""
    for name in _templates_in(plugin.templates):
        if name in owners:
            raise plugin.broken(
                _("its template %(file)s is there already, from %(owner)s", file=name, owner=owners[name])
            )
        owners[name] = plugin.name


def _faults(brought: Iterable[Plugin], templates: Collection[str]) -> Iterator[str]:
    """What would fail at the first use only: a template that is not there."""
    for each in brought:
        for needed in sorted({*_needed(each)} - {*templates}):
            yield _("its type “%(key)s” is drawn by the template %(file)s, which is nowhere", key=each.key, file=needed)


def _needed(brought: Plugin) -> Iterator[str]:
    """The templates that a type names; charts are drawn by none."""
    if isinstance(brought, FieldType):
        yield f"widgets/{brought.widget}.html"
    if isinstance(brought, ViewType):
        yield brought.template
        yield from () if brought.canvas in CANVASES else (brought.canvas,)
