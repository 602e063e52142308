"""Lookups of a chunk of rows: every text that names a record is looked for once for all rows that hold it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sartor.platform.errors import BadRequest, Problem
from sartor.platform.fields.base import Wanted
from sartor.platform.model import Entity, Model
from sartor.platform.model.ids import decode_id, encode_id
from sartor.platform.records.importing.columns import Read, Refusal, Want
from sartor.platform.records.importing.finding import Finder, named_records, told_several, ways_to_find
from sartor.platform.text import fold, listed, pick
from sartor.platform.text import gettext as _
from sartor.platform.work import Work

Named = tuple[str, str | None, str]
"""Entity, the field to find by, text."""


class Lookups:
    """What texts name, remembered from chunk to chunk as far as it was found.

    own: folded titles that the file itself brings, for lookups from the entity to itself: such a record may come in a
    later row, so its name is not a miss.
    """

    def __init__(self, model: Model, finder: Finder, own: Mapping[str, frozenset[str]] | None = None) -> None:
        self.model = model
        self.finder = finder
        self.own = own or {}
        self._found: dict[Named, int] = {}
        self._unsure = False

    def forget_if_undone(self) -> None:
        """What was found in a transaction that was undone may not be there; called when the next one begins."""
        if self._unsure:
            self._found.clear()
        self._unsure = True

    def keep(self) -> None:
        """The transaction holds, and so does what was found in it."""
        self._unsure = False

    def resolve(self, rows: Sequence[Read], work: Work) -> list[list[Want]]:
        """Put ids where texts stood; a refusal for each that names nothing, or several records.

        :return: for each row, what has to wait for a later row of the file.
        """
        self._look(rows, work)
        return [self._fill(row) for row in rows]

    def _look(self, rows: Iterable[Read], work: Work) -> None:
        self._several: dict[Named, int] = {}
        open_texts: dict[tuple[str, str | None], set[str]] = defaultdict(set)
        for row in rows:
            for want in row.wants:
                for wanted in want.wanted:
                    for entity in wanted.targets:
                        named = (entity, want.column.part, meant(want, wanted))
                        if named not in self._found:
                            open_texts[entity, want.column.part].add(named[2])
        for (name, by), texts in open_texts.items():
            self._search(self.model.entities[name], by, texts, work)

    def _search(self, entity: Entity, by: str | None, texts: set[str], work: Work) -> None:
        """What `named_records` finds, then ids as they stand in addresses."""
        found = named_records(entity, texts, ways_to_find(entity, self.finder.context, by), self.finder, work)
        for text, ids in found.items():
            if len(ids) == 1:
                self._found[entity.name, by, text] = ids[0]
            else:
                self._several[entity.name, by, text] = len(ids)
        waiting = texts - found.keys()
        if by is None and waiting:
            self._search_ids(entity, waiting, work)

    def _search_ids(self, entity: Entity, texts: set[str], work: Work) -> None:
        numbers = {text: number for text in texts if (number := _as_id(text)) is not None}
        there = self.finder.existing(entity, numbers.values(), work) if numbers else set()
        for text, number in numbers.items():
            if number in there:
                self._found[entity.name, None, text] = number

    def _fill(self, row: Read) -> list[Want]:
        later = []
        for want in row.wants:
            found = [self._one(want, wanted) for wanted in want.wanted]
            refused = [each for each in found if isinstance(each, Refusal)]
            if refused and self._comes_later(want, refused):
                later.append(want)
            elif refused:
                row.refusals += refused
                row.problems += [each.problem for each in refused]
            else:
                row.values[want.column.field.name] = found if want.several else found[0]
        return later

    def _comes_later(self, want: Want, refused: Sequence[Refusal]) -> bool:
        item = want.column.field
        titles = self.own.get(item.entity, frozenset())
        mine = item.entity in item.type.targets(item) and not item.required
        return mine and all(fold(each.text) in titles for each in refused if each.problem.code == "missing")

    def _one(self, want: Want, wanted: Wanted) -> Any:
        """JSON of the record that a text names, or why there is none."""
        text, by = meant(want, wanted), want.column.part
        hits = [(name, self._found[name, by, text]) for name in wanted.targets if (name, by, text) in self._found]
        if len(hits) == 1:
            entity, number = hits[0]
            item = want.column.field
            of_any = len(item.type.columns(item)) > 1
            return {"entity": entity, "id": encode_id(number)} if of_any else encode_id(number)
        return Refusal(want.column.path, text, self._problem(want, wanted, text, len(hits)))

    def _problem(self, want: Want, wanted: Wanted, text: str, hits: int) -> Problem:
        by, column = want.column.part, want.column.column
        for name in wanted.targets:
            if (name, by, text) in self._several:
                said = told_several(self.model.entities[name], text, self._several[name, by, text])
                return Problem(column, "several", said)
        if hits > 1:
            said = _("%(text)s names records of several entities; write %(how)s.", text=repr(text), how="entity: title")
            return Problem(column, "several", said)
        labels = listed(pick(self.model.entities[name].label) for name in wanted.targets)
        return Problem(column, "missing", _("There is no %(entity)s %(text)s.", entity=labels, text=repr(text)))


def meant(want: Want, wanted: Wanted) -> str:
    """The text, or what a person said it means."""
    return want.column.means.get(fold(wanted.text)) or wanted.text


def _as_id(text: str) -> int | None:
    try:
        return decode_id(text)
    except BadRequest:
        return None
