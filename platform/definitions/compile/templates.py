"""Templates: texts with values of a record in them, lists of its fields, tables of what belongs to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sartor.platform.definitions.compile.draft import Draft, Place, Wish, level_of
from sartor.platform.definitions.compile.page_items import shown_items, sort_terms
from sartor.platform.definitions.compile.pictures import fault_of
from sartor.platform.definitions.documents import Document, in_order
from sartor.platform.expressions.type_words import type_words
from sartor.platform.expressions.types import TEXT
from sartor.platform.model import Block, Field, Labelled, Lines, Merged, Paper, Party, Template
from sartor.platform.model.formula import Formula
from sartor.platform.model.template import formulas_in
from sartor.platform.text import gettext as _

SENDER = "sender"
"""In expressions of a template whoever prints or writes: `{{ sender.name }}`."""
NEEDED = {
    "heading": "content",
    "text": "content",
    "picture": "picture",
    "fields": "fields",
    "lines": "entity",
    "signature": "parties",
}
"""What a block of a kind cannot do without."""
OWN = {
    "heading": ("content", "size", "align"),
    "text": ("content", "size", "align"),
    "picture": ("picture", "label", "size", "align"),
    "fields": ("fields", "across"),
    "lines": ("entity", "lookup", "filter", "sort", "columns", "numbered", "empty"),
    "signature": ("parties",),
}
"""Properties that mean something for blocks of that kind alone."""
EVERY = {name for names in OWN.values() for name in names}
ON_SHEETS = {"paper", "size", "margins", "header", "footer", "page_numbers", "letterhead"}
OF_ANOTHER = {"print": {"to"}, "mail": ON_SHEETS}
"""Properties that mean something for the other purpose only."""
ON_PAPER = ("picture", "signature", "break")
PLAIN = ("text", "integer", "decimal", "boolean", "date", "instant", "choice", "null")
"""Types of which a value can be written out as it is."""


def compile_template(draft: Draft, name: str, document: Document) -> Template | None:
    place = Place(f"template/{name}", level=level_of(document))
    entity = document["entity"]
    if not draft.named(place.at("entity"), "entity", entity):
        return None
    writing = Writing(draft, entity, document.get("purpose", "print"))
    if writing.purpose == "mail" and "subject" not in document:
        draft.say(place, "required", _("A mail needs a subject."))
    for name in sorted(document.keys() & OF_ANOTHER[writing.purpose]):
        draft.say(place.at(name), "unused", _("%(name)s means nothing for this purpose.", name=name))
    return Template(
        name=name,
        entity=entity,
        label=document["label"],
        purpose=writing.purpose,
        blocks=tuple(
            writing.block(place.at("blocks", key, level=part.get("level")), key, part)
            for key, part in in_order(document["blocks"])
        ),
        subject=writing.text(place.at("subject"), document.get("subject")),
        to=draft.formula(place.at("to"), document.get("to"), Wish(entity, TEXT, writing.roots)),
        paper=writing.paper(place, document),
        letterhead=document.get("letterhead", True),
        offered_if=draft.condition(place.at("offered_if"), document.get("offered_if"), entity),
        order=float(document.get("order", 1000)),
        level=place.level,
    )


class Writing:
    """Compiles the parts of one template."""

    def __init__(self, draft: Draft, entity: str, purpose: str) -> None:
        self.draft = draft
        self.entity = entity
        self.purpose = purpose
        self.roots = {SENDER: "user"}

    def paper(self, place: Place, document: Document) -> Paper:
        return Paper(
            size=document.get("size", "a4"),
            landscape=document.get("paper") == "landscape",
            margins=document.get("margins", "normal"),
            header=self.text(place.at("header"), document.get("header")),
            footer=self.text(place.at("footer"), document.get("footer")),
            numbers=document.get("page_numbers", False),
        )

    def block(self, place: Place, name: str, part: Document) -> Block:
        kind = part["kind"]
        self._refuse_misplaced(place, kind, part)
        return Block(
            name=name,
            kind=kind,
            content=self.text(place.at("content"), part.get("content")),
            picture=self._picture(place.at("picture"), part.get("picture", "")),
            label=part.get("label"),
            size=part.get("size", "normal"),
            align=part.get("align", "start"),
            across=part.get("across", 2),
            pairs=tuple(self._pairs(place.at("fields"), part.get("fields", {}))),
            lines=self._lines(place, part) if kind == "lines" else None,
            parties=tuple(self._parties(place.at("parties"), part.get("parties", {}))),
            visible_if=self.draft.condition(place.at("visible_if"), part.get("visible_if"), self.entity),
        )

    def _refuse_misplaced(self, place: Place, kind: str, part: Document) -> None:
        if kind in NEEDED and NEEDED[kind] not in part:
            self.draft.say(place, "required", _("%(name)s is missing.", name=NEEDED[kind]))
        for name in sorted((part.keys() & EVERY) - set(OWN.get(kind, ()))):
            self.draft.say(place.at(name), "unused", _("%(name)s means nothing for this kind of block.", name=name))
        if self.purpose == "mail" and kind in ON_PAPER:
            self.draft.say(place.at("kind"), "purpose", _("This block is for paper; a mail cannot have it."))

    def _picture(self, place: Place, picture: str) -> str:
        fault = fault_of(picture) if picture else None
        if fault:
            self.draft.say(place, "picture", fault)
        return picture

    # ---- texts with values

    def text(self, place: Place, said: Any) -> Merged | None:
        """A text with values of the record in it."""
        found = self.draft.merged(place, said, Wish(self.entity, roots=self.roots))
        for language, parts in found.texts.items() if found else ():
            for each in formulas_in(parts):
                self._refuse_unwritable(place.at(language) if language else place, each)
        return found

    def _refuse_unwritable(self, place: Place, formula: Formula) -> None:
        """What is not one value cannot stand in a text."""
        field = self._field(formula)
        if field is None and formula.type.name not in PLAIN:
            told = {"text": formula.text, "type": type_words(formula.type, self.draft.scope)}
            said = _("“%(text)s” is %(type)s, which cannot be written out.", **told)
            self.draft.say(place, "type", said)
        elif field is not None:
            self._refuse_several(place, field, formula.term.value)

    def _field(self, formula: Formula) -> Field | None:
        """The field that an expression merely names."""
        owner = formula.term.owner if formula.term.op == "field" else None
        return self.draft.model.entities[owner[0]].fields.get(owner[1]) if owner else None

    def _refuse_several(self, place: Place, field: Field, path: tuple[str, ...]) -> None:
        name = ".".join(path)
        if field.type.owns(field):
            said = _("%(name)s are other records; show them in a table of lines.", name=name)
        elif field.type.members(field) and len(path) > 1:
            said = _("%(name)s has many values; there is no single one to show here.", name=name)
        else:
            return
        self.draft.say(place, "several", said)

    # ---- lists

    def _pairs(self, place: Place, parts: Document) -> Iterator[Labelled]:
        for key, part in in_order(parts):
            here = place.at(key, level=part.get("level"))
            if "value" in part:
                yield Labelled(key, None, part.get("label"), self.text(here.at("value"), part["value"]))
            elif path := self.draft.path(here, self.entity, part.get("path", key)):
                self._refuse_path(here, self.entity, path)
                yield Labelled(key, path, part.get("label"), None)

    def _refuse_path(self, place: Place, entity: str, path: tuple[str, ...]) -> None:
        here: str | None = entity
        for step in path:
            field = self.draft.model.entities[here].fields.get(step) if here else None
            if field is None:
                return
            self._refuse_several(place, field, path)
            kind = self.draft.scope.sound(field.entity, step)
            here = kind.entity if kind else None

    def _parties(self, place: Place, parts: Document) -> Iterator[Party]:
        for key, part in in_order(parts):
            here = place.at(key, level=part.get("level"))
            yield Party(key, part["label"], self.text(here.at("name"), part.get("name")), part.get("seal", False))

    def _lines(self, place: Place, part: Document) -> Lines | None:
        draft, other, lookup = self.draft, part.get("entity"), part.get("lookup")
        if not other or not lookup:
            draft.say(place, "related", _("A table of lines needs an entity and its lookup back to here."))
            return None
        if not draft.named(place.at("entity"), "entity", other) or not draft.field_named(
            place.at("lookup"), other, lookup
        ):
            return None
        field = draft.model.entities[other].fields[lookup]
        if self.entity not in field.type.targets(field):
            said = _("%(name)s does not point to %(entity)s.", name=lookup, entity=self.entity)
            draft.say(place.at("lookup"), "lookup", said)
            return None
        for key, each in part.get("columns", {}).items():
            self._refuse_path(place.at("columns", key), other, tuple(each.get("path", key).split(".")))
        return Lines(
            entity=other,
            lookup=lookup,
            columns=shown_items(draft, place.at("columns"), other, part.get("columns", {})),
            filter=draft.condition(place.at("filter"), part.get("filter"), other),
            sort=sort_terms(draft, place.at("sort"), other, part.get("sort", ())),
            numbered=part.get("numbered", False),
            empty=part.get("empty"),
        )
