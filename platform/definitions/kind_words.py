"""What people call the kinds of definition, as the word stands in the middle of a sentence."""

from __future__ import annotations

from sartor.platform.text import gettext as _


def kind_words() -> dict[str, str]:
    """By kind, in the reader's language."""
    return {
        "entity": _("entity"),
        "form": _("form"),
        "view": _("view"),
        "pipeline": _("pipeline"),
        "options": _("option set"),
        "template": _("template"),
        "metric": _("metric"),
        "report": _("report"),
        "dashboard": _("dashboard"),
        "role": _("role"),
        "app": _("app"),
        "blueprint": _("blueprint"),
    }
