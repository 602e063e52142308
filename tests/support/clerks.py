"""Records by chance in whatever design there is: made, changed, deleted and brought back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from random import Random
from typing import Any

from everything import VALUES
from offices import Office

from sartor.platform.errors import Conflict, Invalid
from sartor.platform.model import Entity, Field
from sartor.platform.model.ids import decode_id, encode_id
from sartor.platform.query.question import LARGEST_PAGE, Question
from sartor.platform.records.wish import Wish

Value = Callable[[Random, Field, Mapping[str, list[int]]], Any]


def plain_fields(entity: Entity) -> list[Field]:
    """Fields that a record may be asked for; lines are read as records of their own."""
    return [each for each in entity.fields.values() if each.type.key != "children"]


def records(office: Office, entity: str, *, deleted: bool = False) -> dict[int, dict[str, Any]]:
    """All records of an entity with all their values, as JSON."""
    serving, context = office.workspace.serving(), office.workspace.system("test")
    paths = tuple((field.name,) for field in plain_fields(serving.model.entity(entity)))
    question = Question(entity, paths, limit=LARGEST_PAGE, deleted=deleted)
    page = serving.reader.page(context, question)
    assert page.next is None, "these tests keep to few records"
    return {decode_id(row["id"]): row for row in page.rows}


class Clerk:
    """Writes by chance; what the rules refuse is not written."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.chance = Random(0)

    def entities(self) -> list[str]:
        found = self.office.workspace.serving().model.entities.values()
        return [each.name for each in found if not each.system and each.line_of is None]

    def work(self) -> str:
        """One write; what it was, in words."""
        entity = self.chance.choice(self.entities())
        there, gone = records(self.office, entity), records(self.office, entity, deleted=True)
        if not there or self.chance.random() < 0.4:
            return self._make(entity)
        record = self.chance.choice(sorted(there))
        if gone and self.chance.random() < 0.2:
            return self._try(f"restore of {entity}", lambda: self._restore(entity, self.chance.choice(sorted(gone))))
        if self.chance.random() < 0.2:
            return self._try(f"deletion in {entity}", lambda: self._delete(entity, record))
        return self._change(entity, record)

    def _make(self, entity: str) -> str:
        values = dict(self._values(entity, 0.8))
        return self._try(f"new {entity} {values}", lambda: self.office.make(entity, values))

    def _change(self, entity: str, record: int) -> str:
        values = dict(self._values(entity, 0.2))
        return self._try(
            f"change of {entity} {encode_id(record)} {values}", lambda: self._update(entity, record, values)
        )

    def _update(self, entity: str, record: int, values: dict[str, Any]) -> None:
        here = self.office.workspace
        here.serving().writer.update(here.system("test"), entity, record, Wish(values))

    def _delete(self, entity: str, record: int) -> None:
        here = self.office.workspace
        here.serving().writer.delete(here.system("test"), entity, record)

    def _restore(self, entity: str, record: int) -> None:
        here = self.office.workspace
        here.serving().writer.restore(here.system("test"), entity, record)

    def _try(self, what: str, write: Callable[[], Any]) -> str:
        try:
            write()
        except (Invalid, Conflict) as error:
            model = self.office.workspace.serving().model
            numbered = {
                field.name for each in model.entities.values() for field in each.fields.values()
                if field.type.key == "auto_number"
            }  # fmt: skip
            plainly = {problem.field for problem in error.problems if problem.code == "taken"}
            if numbered & plainly:
                raise AssertionError(f"an automatic number is given twice: {what}: {error.message}") from None
            return f"refused: {what}: {error.message}"
        return what

    def _values(self, entity: str, often: float) -> Iterator[tuple[str, Any]]:
        """Values for some fields; blanks among them."""
        model = self.office.workspace.serving().model
        for field in model.entities[entity].fields.values():
            if field.system or field.type.computed or field.read_only or field.name in ("owner", "department"):
                continue
            if self.chance.random() < (often if not field.required else max(often, 0.9)):
                value = None if self.chance.random() < 0.1 else self.value(field)
                yield field.name, value

    def value(self, field: Field) -> Any:
        """Something that the field may hold, or nearly so; None where it points to nothing that is there."""
        key, options = field.type.key, field.options
        if key in ("choice", "choices", "stage"):
            return self._chosen(field)
        if key == "children" or key not in VALUES:
            return None
        if key in ("lookup", "link", "reference", "user", "department"):
            return self._pointer(field)
        if key == "decimal":
            return f"{self.chance.randint(-999, 999)}.{'5' * options.get('scale', 2)}"
        if key == "integer":
            return self.chance.choice((0, 1, -1, 7, 42, 10**9, self.chance.randint(1, 10**6)))
        if key == "money":
            currency = options.get("currency") or self.chance.choice(("CNY", "USD"))
            return {"amount": str(self.chance.randint(-9, 10**6)), "currency": currency}
        if key == "rating":
            return self.chance.randint(1, options.get("max", 5))
        if key in ("text", "long_text"):
            return self.chance.choice(
                (*("7", "12.50", "2026-05-01", "red", "张三", "a b", "yes"), VALUES[key](self.chance, {}))
            )
        return VALUES[key](self.chance, {})

    def _chosen(self, field: Field) -> Any:
        model = self.office.workspace.serving().model
        if field.type.key == "stage":
            pipelines = [model.pipelines[name] for name in field.type.pipelines(field)]
            return self.chance.choice([stage for each in pipelines for stage in each.stages])
        named = field.options.get("set")
        choices = model.options[named].choices if named else field.options.get("choices", {})
        names = sorted(name for name, each in choices.items() if not each.get("retired"))
        if not names:
            return None
        return self.chance.sample(names, 1) if field.type.key == "choices" else self.chance.choice(names)

    def _pointer(self, field: Field) -> Any:
        target = self.chance.choice(field.type.targets(field))
        found = sorted(records(self.office, target))
        if not found:
            return None
        if field.type.key == "link":
            return [encode_id(each) for each in self.chance.sample(found, min(2, len(found)))]
        key = encode_id(self.chance.choice(found))
        return {"entity": target, "id": key} if field.type.key == "reference" else key
