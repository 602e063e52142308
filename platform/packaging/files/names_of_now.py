"""Tables of records under the names that a design has now for what they speak of.

A file says what things were called when it was written. A design that has renamed them since keeps their former names
(`formerly`), so what the file brings still finds its entity, its fields, its choices and its stages.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from io import StringIO

from sartor.platform.definitions.documents import Document, Documents, of_kind
from sartor.platform.packaging.files.shape import Blueprint

Names = Mapping[str, str]
"""Names of now by former ones."""


def tables_of_now(blueprint: Blueprint, what: str, documents: Documents) -> dict[str, str]:
    """CSV texts by name. what: `samples` or `records`. documents: of the design that they are brought into."""
    return _Tables(documents).renamed(blueprint.table(what))


class _Tables:
    def __init__(self, documents: Documents) -> None:
        self.documents = documents
        self.entities = _former({name: each for name, each in of_kind(documents, "entity")})

    def renamed(self, tables: Mapping[str, str]) -> dict[str, str]:
        made = {}
        for name, text in tables.items():
            said, dot, rest = name.partition(".")
            entity = self.entities.get(said, said)
            made[entity + dot + rest] = self._stays(entity, text) if dot else self._rows(entity, text)
        return made

    def _rows(self, entity: str, text: str) -> str:
        fields = self.documents.get(f"entity/{entity}", {}).get("fields", {})
        former = _former(fields)

        def change(head: str) -> Callable[[str], str] | None:
            name = former.get(head, head)
            return self._cell(entity, name, fields.get(name, {}).get("options", {}))

        def called(head: str) -> str:
            name, dot, part = head.partition(".")
            return former.get(name, name) + dot + part

        return _rewritten(text, called, change)

    def _stays(self, entity: str, text: str) -> str:
        """Where records have been: the column `stage` names stages."""
        words = self._stages(entity)
        return _rewritten(text, lambda head: head, lambda head: _each(words) if head == "stage" and words else None)

    def _cell(self, entity: str, field: str, options: Document) -> Callable[[str], str] | None:
        """What becomes of the cells of a field; None where they name nothing that could have another name."""
        if "entities" in options:
            return self._pointers if self.entities else None
        owner = self.documents.get(f"options/{options['set']}", {}) if "set" in options else options
        words = {**_former(owner.get("choices", {})), **self._stages(entity, field)}
        return _each(words) if words else None

    def _stages(self, entity: str, field: str | None = None) -> Names:
        """Of one field; of all that the entity has where none is named."""
        pipelines = (each for _name, each in of_kind(self.documents, "pipeline") if each.get("entity") == entity)
        own = (each for each in pipelines if field in (None, each.get("field")))
        return {old: new for each in own for old, new in _former(each.get("stages", {})).items()}

    def _pointers(self, cell: str) -> str:
        """`account:acc001`, of which there may be several."""
        parted = (each.partition(":") for each in cell.split(";"))
        return ";".join(self.entities.get(head.strip(), head) + colon + key for head, colon, key in parted)


def _former(parts: Mapping[str, Document]) -> dict[str, str]:
    """A former name is not that of a part which is called so now."""
    return {old: name for name, part in parts.items() for old in part.get("formerly", ()) if old not in parts}


def _each(words: Names) -> Callable[[str], str]:
    return lambda cell: ";".join(words.get(each.strip(), each) for each in cell.split(";"))


def _rewritten(text: str, called: Callable[[str], str], change: Callable[[str], Callable[[str], str] | None]) -> str:
    """The same bytes where nothing is called otherwise."""
    rows = list(csv.reader(StringIO(text, newline="")))
    if not rows:
        return text
    changes = [change(head) for head in rows[0]]
    made = [[called(head) for head in rows[0]], *(list(_changed(row, changes)) for row in rows[1:])]
    if made == rows:
        return text
    stream = StringIO(newline="")
    csv.writer(stream, lineterminator="\n").writerows(made)
    return stream.getvalue()


def _changed(row: list[str], changes: list[Callable[[str], str] | None]) -> Iterator[str]:
    for number, cell in enumerate(row):
        change = changes[number] if number < len(changes) else None
        yield change(cell) if change and cell else cell
