"""Definitions as lists name them: label, kind, icon, and the address of the designer, at one of their parts."""

from __future__ import annotations

from dataclasses import dataclass

from sartor.builder.lists.definitions import address_of, icon_of
from sartor.platform.definitions.documents import Documents
from sartor.platform.text import gettext as _
from sartor.platform.text import pick


@dataclass(frozen=True, slots=True)
class Named:
    """A definition as a page names it. url: its designer's."""

    key: str
    text: str
    kind: str
    icon: str
    url: str


def named(documents: Documents, key: str, pointer: str = "") -> Named:
    """A definition by its label; `pointer` says which part of it the designer should show."""
    kind = key.partition("/")[0]
    text = pick(documents.get(key, {}).get("label")) or key
    return Named(key, text, kind_words().get(kind, kind), icon_of(key), designer(key, pointer))


def designer(key: str, pointer: str = "") -> str:
    """The address of a definition's designer, at one of its parts."""
    return address_of(key) + (f"#{pointer}" if pointer else "")


def kind_words() -> dict[str, str]:
    """Each kind of definition in the reader's language."""
    return {
        "entity": _("Entity"), "form": _("Form"), "view": _("View"), "pipeline": _("Pipeline"),
        "options": _("Option set"), "report": _("Report"), "metric": _("Metric"), "dashboard": _("Dashboard"),
        "template": _("Template"), "role": _("Role"), "app": _("App"), "blueprint": _("Blueprint"),
    }  # fmt: skip
