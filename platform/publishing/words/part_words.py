"""What people call the parts of definitions where their schema has no word for them, in the reader's language.

A word is as it stands in the middle of a sentence: `schema_word` takes the `title` of a schema down to that.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sartor.platform.text import gettext as _


def entry_words() -> dict[str, str]:
    """What one entry of a map is, by the name of the map."""
    return {
        "fields": _("field"),
        "keys": _("unique key"),
        "checks": _("rule"),
        "effects": _("effect"),
        "feeds": _("timeline entry"),
        "mail": _("value for mails of"),
        "stages": _("stage"),
        "transitions": _("transition"),
        "to_enter": _("entry rule"),
        "to_leave": _("exit rule"),
        "on_enter": _("entry value of"),
        "on_leave": _("exit value of"),
        "columns": _("column"),
        "sections": _("section"),
        "tabs": _("tab"),
        "head": _("key fact"),
        "blocks": _("block"),
        "parties": _("party"),
        "cards": _("card"),
        "items": _("menu entry"),
        "grants": _("rights in"),
        "dimensions": _("dimension"),
        "measures": _("measure"),
        "choices": _("choice"),
        "entities": _("entity"),
        "parts": _("part"),
        "values": _("value of"),
        "set": _("value of"),
        "actions": _("row action"),
        "colours": _("row colour"),
        "buttons": _("button"),
        "filter_fields": _("filter by"),
    }


def property_words() -> dict[str, str]:
    """Properties that no designer shows, so that their schemas have no title."""
    return {
        "options": _("options"),
        "order": _("place"),
        "level": _("level"),
        "origin": _("origin"),
        "formerly": _("former names"),
        "kind": _("kind"),
        "en": _("English"),
        "zh": _("Chinese"),
    }


def switch_words() -> dict[str, tuple[str, str]]:
    """Properties that are on or off: what a thing is with them, and without."""
    return {
        "required": (_("required"), _("optional")),
        "unique": (_("unique"), _("may repeat")),
        "read_only": (_("read-only"), _("open for typing")),
        "sensitive": (_("sensitive"), _("not sensitive")),
        "history": (_("kept in the history"), _("not kept in the history")),
        "searchable": (_("searchable"), _("not searchable")),
        "owned": (_("with owner"), _("without owner")),
        "timeline": (_("with timeline"), _("without timeline")),
        "collapsed": (_("collapsed"), _("open")),
        "retired": (_("no longer offered"), _("offered")),
        "discloses": (_("discloses totals"), _("does not disclose totals")),
        "note": (_("asks for a reason"), _("asks for no reason")),
        "default": (_("opened first"), _("not opened first")),
    }


def value_words() -> dict[str, str]:
    """Values of enumerations."""
    return {
        "hidden": _("hidden"),
        "read": _("read"),
        "write": _("write"),
        "own": _("one's own"),
        "reports": _("one's own and those of one's reports"),
        "department": _("the department's"),
        "department_below": _("the department's and those below"),
        "all": _("all"),
        "none": _("none"),
        "create": _("create"),
        "update": _("update"),
        "delete": _("delete"),
        "export": _("export"),
        "import": _("import"),
        "design": _("design"),
        "administer": _("administer"),
        "migrate": _("migrate"),
        "share": _("share"),
        "sum": _("sum"),
        "avg": _("average"),
        "min": _("smallest"),
        "max": _("largest"),
        "count": _("count"),
        "always": _("always"),
    }


def schema_word(schema: Mapping[str, Any], name: str, words: Mapping[str, str]) -> str:
    """The word for a property: of its schema, else of the table, else its name."""
    title = schema.get("title")
    return lowered(_(title)) if title else words.get(name) or _plain(name)


def lowered(word: str) -> str:
    """For the middle of a sentence; `E-mail` and `URL` stay as they are."""
    return word[:1].lower() + word[1:] if word[1:2].islower() or word[1:2] == " " else word


def raised(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def _plain(name: str) -> str:
    return name.replace("_", " ")
