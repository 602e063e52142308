"""The Jinja2 environment of all pages: autoescape on, gettext in the reader's language, formats as filters.

No Flask: `runtime` and `builder` each make one and render page objects with it. A plugin's templates are put before
ours, so that a new widget or panel is a file beside the plugin's code; none of them may have the name of another one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from contextlib import suppress
from itertools import groupby
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import BaseLoader, ChoiceLoader, Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup

from sartor.platform import text
from sartor.platform.ui import format as formats
from sartor.platform.ui.assets import Assets
from sartor.platform.ui.marked_up import marked_up
from sartor.platform.ui.pages.widget import Option
from sartor.platform.ui.print_style import css_text, page_margin, page_numbers, page_size

TEMPLATES = Path(__file__).parent / "templates"
HTML_LANGUAGES = {"en": "en", "zh": "zh-Hans"}
FILTERS = (
    "number", "money", "compact", "money_compact", "percent", "day", "day_long", "day_near", "ago", "moment", "span",
    "letters",
)  # fmt: skip


def environment(assets: Assets, loaders: Sequence[BaseLoader] = (), **globals_: Any) -> Environment:
    """Make the environment. loaders: of further templates, asked before ours; globals_: further names for templates.

    Templates know `asset(name)`, `icon(name, title)`, `_`, `ngettext`, `html_language()` and the filters of `format`.
    """
    env = Environment(
        loader=ChoiceLoader([*loaders, FileSystemLoader(TEMPLATES)]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
    )
    env.install_gettext_callables(_gettext, _ngettext, newstyle=True)  # type: ignore[attr-defined]
    env.globals.update(asset=assets.url, icon=assets.icon, html_language=_html_language, joint=text.joint, **globals_)
    env.filters.update({name: getattr(formats, name) for name in FILTERS}, attribute_json=_attribute_json, runs=_runs,
                       listed=text.listed, marked_up=marked_up)  # fmt: skip
    env.filters.update({each.__name__: each for each in (page_size, page_margin, page_numbers, css_text)})
    return env


class _Kept(FileSystemBytecodeCache):
    """Compiled templates in files. Where they cannot be written, nothing is kept, and pages are drawn all the same."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            super().dump_bytecode(bucket)


def keep_compiled(env: Environment, data: Path) -> None:
    """Let the next process find the templates as this one compiled them: to compile those of the first page takes a
    fifth of a start. Templates are known by what they say, compilers by their version."""
    folder = data / "compiled" / jinja2.__version__
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        env.bytecode_cache = _Kept(str(folder))


def _gettext(message: str) -> str:
    # newstyle fills the arguments in itself, escaped; text.gettext must not touch them.
    return text.gettext(message)


def _ngettext(one: str, many: str, n: int) -> str:
    return text.plural(one, many, n)


def _html_language() -> str:
    return HTML_LANGUAGES[text.language()]


def _attribute_json(value: Any) -> str:
    """JSON for an attribute's value; Jinja2's own escaping quotes it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_plain)


def _runs(options: Iterable[Option]) -> list[tuple[str, list[Option]]]:
    """Options in their order, cut where the group's heading changes."""
    return [(group, list(run)) for group, run in groupby(options, lambda option: option.group)]


def _plain(value: Any) -> Any:
    if isinstance(value, Markup):
        return str(value)
    raise TypeError(f"{type(value).__name__} does not go into an attribute")


def render(env: Environment, page: Any, template: str | None = None) -> str:
    """A page object as HTML, by its own template unless another one is named."""
    return env.get_template(template or page.template).render(page=page)
