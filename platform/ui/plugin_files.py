"""The folder `static/` of a plugin: scripts, styles and pictures, under an address that is new whenever one of them is.

The hash is of all files together and stands in the address as a folder, so that scripts may import one another and
styles name pictures by their plain names.
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from sartor.platform.errors import UnknownKey
from sartor.platform.text import did_you_mean, near
from sartor.platform.text import gettext as _


@dataclass(frozen=True)
class PluginFiles:
    """As they were when somebody first asked: what is changed later counts from the next start on."""

    plugin: str
    folder: Path

    @cached_property
    def contents(self) -> dict[str, bytes]:
        """Every file by its path below the folder."""
        found = sorted(path for path in self.folder.rglob("*") if path.is_file())
        return {path.relative_to(self.folder).as_posix(): path.read_bytes() for path in found}

    @cached_property
    def fingerprint(self) -> str:
        total = sha256()
        for name, content in self.contents.items():
            total.update(f"{name}\0{len(content)}\0".encode() + content)
        return total.hexdigest()[:8]

    @cached_property
    def _packed(self) -> dict[str, bytes]:
        return {}

    def packed(self, name: str) -> bytes:
        """The same file as gzip, made at the first asking."""
        if name not in self._packed:
            self._packed[name] = gzip.compress(self.contents[name], mtime=0)
        return self._packed[name]

    def url(self, name: str) -> str:
        """The address of a file, behind that of all static files. :raises UnknownKey: naming the near match."""
        if name not in self.contents:
            said = _("The plugin %(plugin)s has no file static/%(name)s.", plugin=self.plugin, name=name)
            raise UnknownKey(said + did_you_mean(near(name, self.contents)))
        return f"{self.plugin}/{self.fingerprint}/{name}"
