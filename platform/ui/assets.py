"""Where the built front end is: plain names of files to their hashed addresses, and the icon sprite.

`npm run build` writes `static/built/manifest.json`; nothing else knows the hashes. What plugins bring has the name of
the plugin before its own: `rating/rating.js`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from markupsafe import Markup

from sartor.platform.errors import UnknownKey
from sartor.platform.text import gettext as _
from sartor.platform.text import near
from sartor.platform.ui.plugin_files import PluginFiles

BUILT = Path(__file__).parent / "static" / "built"


class Assets:
    """The files of one build, and those of plugins. folder: where they are; url: the address they are served under,
    ending in `/`."""

    def __init__(
        self, folder: Path = BUILT, url: str = "/static/", plugins: Mapping[str, PluginFiles] | None = None
    ) -> None:
        self.folder = folder
        self.url_prefix = url
        self.plugins = plugins or {}

    @cached_property
    def _manifest(self) -> dict[str, str]:
        path = self.folder / "manifest.json"
        if not path.is_file():
            raise UnknownKey(_("The front end is not built: %(path)s is missing. Run “make setup”.", path=path))
        return json.loads(path.read_text(encoding="utf-8"))

    @cached_property
    def icons(self) -> frozenset[str]:
        """Names of the icons in the sprite."""
        return frozenset(json.loads((self.folder / "icons.json").read_text(encoding="utf-8")))

    def url(self, name: str) -> str:
        """The address of a built file (`app.js`), or of a plugin's (`rating/rating.js`).

        :raises UnknownKey: naming the near match.
        """
        plugin, _slash, file = name.partition("/")
        if file and plugin in self.plugins:
            return self.url_prefix + self.plugins[plugin].url(file)
        if name not in self._manifest:
            raise UnknownKey(
                _(
                    "The front end has no file “%(name)s”; nearest: %(near)s.",
                    name=name,
                    near=near(name, self._manifest) or "-",
                )
            )
        return self.url_prefix + self._manifest[name]

    def icon(self, name: str, title: str | None = None) -> Markup:
        """An icon beside a word (hidden from readers), or alone with a title. An unknown one is drawn as a dot."""
        shown = name if name in self.icons else "point"
        words = Markup('role="img" aria-label="{}"').format(title) if title else Markup('aria-hidden="true"')
        return Markup('<svg class="ti ti-{}" {}><use href="{}#{}"></use></svg>').format(
            shown, words, self.url("icons.svg"), shown
        )
