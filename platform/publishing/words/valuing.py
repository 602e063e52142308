"""Values of properties in words: a type by its label, a path by its fields, a list by what is in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sartor.platform.publishing.diff import ABSENT
from sartor.platform.publishing.names.rekeying import parts_of_set
from sartor.platform.publishing.words.calling import Calling, Spot
from sartor.platform.publishing.words.conditions import condition_said
from sartor.platform.publishing.words.part_words import lowered, property_words, schema_word, value_words
from sartor.platform.text import LANGUAGES, listed, pick
from sartor.platform.text import gettext as _

FIELDS = frozenset({
    "title", "currency_field", "field", "fields", "per", "lookup", "group", "copy", "path", "sort", "text", "at", "on",
})  # fmt: skip
STAGES = frozenset({"from", "to", "first"})
TAKES = "takes"
ROLES = frozenset({"roles", "includes"})
KINDS_OF = {"entity": "entity", "origin": "blueprint"}
REGISTRIES = {"field type": "fields", "view type": "views", "chart": "charts"}
SHOWN = 3
"""Properties of a whole part that are told; the rest is counted."""
LONGEST = 120


class Valuing:
    """Says values. calling: the names of the documents they stand in."""

    def __init__(self, calling: Calling) -> None:
        self.calling = calling
        self.words = value_words()
        self.property_words = property_words()

    def say(self, key: str, spot: Spot, value: Any) -> str:
        """A value that stands (or stood) at a place of a definition."""
        name = next((step.name for step in reversed(spot.steps) if not step.name.isdigit()), "")
        return self._said(key, spot, name, spot.steps[-1].schema if spot.steps else {}, value)

    def in_all_languages(self, value: Any) -> str:
        """A label with every language that it has; nothing for what is none."""
        if isinstance(value, Mapping) and value and not value.keys() - set(LANGUAGES):
            return " / ".join(_quoted(str(value[each])) for each in LANGUAGES if each in value)
        return _quoted(value) if isinstance(value, str) else ""

    def _said(self, key: str, spot: Spot, name: str, schema: Mapping[str, Any], value: Any) -> str:
        if value is ABSENT or value is None:
            default = schema.get("default")
            return _("empty") if default in (None, {}) else self._said(key, spot, name, schema, default)
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(value, list):
            items = schema.get("items", {})
            return listed(self._said(key, spot, name, items, each) for each in value) or _("empty")
        if isinstance(value, Mapping):
            return self._part(key, spot, schema, value)
        return self._text(key, spot, name, schema, value) if isinstance(value, str) else str(value)

    def _part(self, key: str, spot: Spot, schema: Mapping[str, Any], value: Mapping[str, Any]) -> str:
        if value and not value.keys() - set(LANGUAGES):
            return _quoted(pick(value))
        known = schema.get("properties", {})
        said = [
            f"{schema_word(known.get(name, {}), name, self.property_words)} "
            + self._said(key, spot, name, known.get(name, {}), each)
            for name, each in list(value.items())[:SHOWN]
        ]
        return listed(said) + (" …" if len(value) > SHOWN else "") or _("empty")

    def _text(self, key: str, spot: Spot, name: str, schema: Mapping[str, Any], value: str) -> str:
        registry = REGISTRIES.get(schema.get("x-registry", ""))
        widget, _colon, kind = str(schema.get("x-widget", "")).partition(":")
        if registry:
            known = getattr(self.calling.kinds.extensions, registry)
            return pick(known[value].label) if value in known else value
        if "enum" in schema:
            said = schema.get("x-texts", {}).get(value)
            return lowered(_(said)) if said else self.words.get(value, value)
        if widget == "picture":
            return _("a picture (%(n)s KB)", n=len(value) * 3 // 4096)
        if widget in ("expression", "condition"):
            return condition_said(self.calling, spot.entity, value) or _quoted(value)
        if widget in ("field", "path"):
            return self.calling.path(spot.entity, value) or value
        return self._named(key, spot, name, kind if widget == "definition" else "", value) or _quoted(value)

    def _named(self, key: str, spot: Spot, name: str, kind: str, value: str) -> str | None:
        """A value that is the name of something."""
        kind = kind or ("role" if name in ROLES else KINDS_OF.get(name, ""))
        if kind:
            return self.calling.label(f"{kind}/{value}")
        if name in STAGES:
            return self._entry(key, key, value)
        if name == TAKES:
            fields = [f"{key}#{step.name}" for step in spot.steps] if key.startswith("entity/") else [key]
            return next((said for owner in fields if (said := self._entry(key, owner, value))), None)
        if "/" in value and any(value in world for world in self.calling.worlds):
            return self.calling.definition(value)
        if name not in FIELDS:
            return None
        found = self.calling.path(spot.entity, value.removeprefix("-"))
        return f"{found} ↓" if found and value.startswith("-") else found

    def _entry(self, key: str, owner: str, value: str) -> str | None:
        """What a choice or a stage is called, or was; owner: what says it, see `parts_of_set`."""
        for document in reversed(self.calling.states(key)):
            entry = (parts_of_set({key: document or {}}, owner) or {}).get(value)
            if entry:
                return pick(entry.get("label"))
        return None


def _quoted(text: str) -> str:
    short = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
    return _("“%(text)s”", text=short)
