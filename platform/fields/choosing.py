"""The choices of a field: in order, found by key or by what people call them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from sartor.platform.errors import InvalidDefinition, Problem
from sartor.platform.fields.refusal import Refused
from sartor.platform.fields.schemas import COLOUR, KEY, LABEL, ORDER, ORIGIN, closed
from sartor.platform.fields.wording import brief
from sartor.platform.model import Field, Model
from sartor.platform.text import Label, between, fold, listed, near, pick
from sartor.platform.text import gettext as _

OPTIONS_SCHEMA = {
    **closed(
        {
            "set": {
                "type": "string",
                "title": "Option set",
                "description": "A shared list of choices.",
                "x-widget": "definition:options",
            },
            "choices": {
                "type": "object",
                "title": "Choices",
                "description": "Choices of this field alone, by stable key.",
                "propertyNames": KEY,
                "minProperties": 1,
                "additionalProperties": {
                    **closed(
                        {
                            "label": LABEL,
                            "order": ORDER,
                            "colour": COLOUR,
                            "retired": {
                                "type": "boolean",
                                "title": "Retired",
                                "description": "Kept for old records, no longer offered.",
                                "default": False,
                            },
                            "level": {
                                "enum": ["L1", "L2", "L3"],
                                "title": "Level",
                                "description": "From which level on it is offered.",
                            },
                            "origin": ORIGIN,
                            "formerly": {
                                "type": "array",
                                "items": KEY,
                                "maxItems": 50,
                                "description": "Keys it had before; kept by renames.",
                                "x-widget": "hidden",
                            },
                            "takes": {
                                "type": "array",
                                "items": KEY,
                                "minItems": 1,
                                "uniqueItems": True,
                                "title": "Takes over the records of",
                                "description": "Choices that are taken out: publishing gives their records this one.",
                                "x-widget": "hidden",
                            },
                        },
                        "label",
                    ),
                    "description": "One choice.",
                },
            },
        }
    ),
    "minProperties": 1,
    "maxProperties": 1,
}

FIRST_CHOICES = {
    "first": {"label": {"en": "First choice", "zh": "选项一"}, "order": 10},
    "second": {"label": {"en": "Second choice", "zh": "选项二"}, "order": 20},
}
"""What a new field offers until its designer has said what to choose from."""

SAID_OF_EVERY_CHOICE = frozenset({"label", "order", "colour", "retired", "level", "origin", "formerly", "takes"})


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose. attributes: what else its definition says."""

    key: str
    label: Label
    order: Decimal
    colour: str | None = None
    retired: bool = False
    attributes: Mapping[str, Any] = field(default_factory=dict)


class Choices(Mapping[str, Choice]):
    """Choices by key, in order."""

    def __init__(self, choices: Iterable[Choice]) -> None:
        self._items = {each.key: each for each in sorted(choices, key=lambda each: (each.order, each.key))}

    @cached_property
    def _words(self) -> dict[str, str]:
        """Key by everything that people may call it; worked out when somebody does."""
        words = {fold(word): each.key for each in reversed(self._items.values()) for word in _names(each)}
        return words | {fold(key): key for key in self._items}

    def __getitem__(self, key: str) -> Choice:
        return self._items[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    @property
    def labels(self) -> dict[str, Label]:
        return {key: each.label for key, each in self._items.items()}

    def known(self, key: Any) -> str:
        """`key` itself, if it is one."""
        if isinstance(key, str) and key in self._items:
            return key
        raise self._unknown(key)

    def called(self, word: str) -> bool:
        """Whether a choice has this key or label."""
        return word in self._items or fold(word) in self._words

    def meant(self, word: str) -> str:
        """The key of the choice that people call so, in any language."""
        if word in self._items:
            return word
        found = self._words.get(fold(word))
        if found is None:
            raise self._unknown(word, in_words=True)
        return found

    def label(self, key: str | None, language: str) -> str:
        """What people read; the key itself where the choice is gone."""
        if key is None:
            return ""
        return pick(self._items[key].label, language) if key in self._items else key

    def offered(self, language: str) -> list[dict[str, Any]]:
        """For an input: without those that are retired."""
        return [
            {"value": each.key, "text": pick(each.label, language)} | ({"colour": each.colour} if each.colour else {})
            for each in self._items.values()
            if not each.retired
        ]

    def _unknown(self, value: Any, *, in_words: bool = False) -> Refused:
        """in_words: choices are named as people read them, who wrote the value, rather than by their keys."""
        said = (lambda key: pick(self._items[key].label)) if in_words else str
        guess = near(fold(value), self._words) if isinstance(value, str) and len(value) <= 200 else None
        key = self._words[guess] if guess else None
        text = _("%(value)s is not one of the choices.", value=brief(value))
        if key:
            return Refused(text + between() + _("Did you mean %(near)s?", near=said(key)), "unknown", key)
        return Refused(
            text + between() + _("Known: %(known)s.", known=listed([said(each) for each in list(self._items)[:10]])),
            "unknown",
        )


def _names(choice: Choice) -> list[str]:
    return [choice.label] if isinstance(choice.label, str) else list(choice.label.values())


def choices_of(field: Field, model: Model) -> Choices:
    """The choices of a field: its own, or those of the set that it names."""
    name = field.options.get("set")
    if name is None:
        return Choices(make_choice(key, each) for key, each in field.options["choices"].items())
    if name in model.options:
        return Choices(make_choice(key, each) for key, each in model.options[name].choices.items())
    raise wrong_option(field, "set", _("There is no option set %(name)s.", name=name), near(name, model.options))


def said_by(field: Field) -> tuple[str, ...]:
    """The definition that says the choices of a field: a set, or the field itself."""
    name = field.options.get("set")
    return (f"options/{name}" if name else f"entity/{field.entity}#{field.name}",)


def make_choice(key: str, part: Mapping[str, Any]) -> Choice:
    return Choice(
        key=key,
        label=part["label"],
        order=Decimal(str(part.get("order", 1000))),
        colour=part.get("colour"),
        retired=part.get("retired", False),
        attributes={name: value for name, value in part.items() if name not in SAID_OF_EVERY_CHOICE},
    )


def wrong_option(
    field: Field,
    option: str,
    message: str,
    guess: str | None = None,
    refusal: type[InvalidDefinition] = InvalidDefinition,
) -> InvalidDefinition:
    """The refusal of an option that fits its schema and not the rest of the definitions."""
    if guess:
        message += between() + _("Did you mean %(near)s?", near=guess)
    return refusal(message, [Problem(f"/options/{option}", "unknown", message, guess)])
