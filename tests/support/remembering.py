"""What a workspace must not lose: a second, simple account of every value by the column that holds it.

A publish may put columns out of use and bring them back; it may make one column from another. It never changes a value
otherwise, and the account says so column by column, record by record.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from clerks import plain_fields, records
from offices import Office

from sartor.platform.model import Field
from sartor.platform.publishing.models import Design
from sartor.platform.publishing.names.rekeying import parts_of_set
from sartor.platform.publishing.plan import Plan
from sartor.platform.publishing.steps.rekeyed import sets_of
from sartor.platform.records.history.story import Story


@dataclass(frozen=True)
class Chosen:
    """A choice or a stage as a value: the key that is written, and what people call it."""

    key: str
    label: str | None


Column = tuple[str, str]
"""Physical names of a table and of a field in it."""
Values = dict[int, Any]
WORKED_OUT = ("formula", "rollup", "children")


@dataclass(frozen=True)
class Live:
    """A column in use. mark: of the field; by its place where it has none."""

    subject: str
    mark: str
    type: str
    kept: bool
    values: Values
    labels: Mapping[str, str] = field(default_factory=dict)
    """Of its choices or stages, by key."""


@dataclass
class Gone:
    """A column out of use. unsure: records whose value of the field was changed since, in another column."""

    mark: str
    type: str
    values: Values
    unsure: set[int] = field(default_factory=set)


class Account:
    """The values of a workspace, taken before a change and compared after it."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.gone: dict[Column, Gone] = {}
        self.live = self._read()
        self.stories = self._stories()
        self.holders = self._holders()
        self.former: dict[str, frozenset[str]] = {}

    def note_write(self) -> None:
        """Take in what was written; a field that changed is not what its former columns say any more."""
        before, self.live = self.live, self._read()
        for column, now in self.live.items():
            changed = {record for record, value in now.values.items() if before[column].values.get(record) != value}
            for other, each in self.gone.items():
                if each.mark == now.mark and other[0] == column[0]:
                    each.unsure |= changed
        self.stories = self._stories()

    def judge_publish(self, plan: Plan, *, back: bool = False) -> None:
        """Compare with what is there after a publish, and go on from that. back: it was a rollback."""
        self._judge_holders(back)
        before, now = self.live, self._read()
        failed = self._failures(plan)
        self._judge_marks(before, now, plan)
        for column, each in now.items():
            if column in before:
                _same(column, before[column], each)
            elif column in self.gone:
                self._is_back(column, each, before)
            else:
                known = {} if (column[0], each.mark) in _twice(now) else before
                self._is_new(column, each, known, failed)
        for column, was in before.items():
            if column not in now:
                self.gone[column] = Gone(was.mark, was.type, was.values)
        for column in now:
            self.gone.pop(column, None)
        self.live = now
        self._judge_stories()

    def _judge_marks(self, before: Mapping[Column, Live], now: Mapping[Column, Live], plan: Plan) -> None:
        """A field has its values wherever they are, unless the plan said that they are converted."""
        converted = {step.subject for step in plan.steps if step.kind == "convert_field"}
        was = {(column[0], each.mark): each for column, each in before.items()}
        twice = _twice(now)
        for column, each in now.items():
            old = was.get((column[0], each.mark))
            if old is not None and (column[0], each.mark) not in twice and each.subject not in converted:
                _same(column, old, each)

    # ---- who has which role

    def note_holders(self) -> None:
        self.holders = self._holders()

    def _holders(self) -> dict[str, frozenset[str]]:
        """The people of each role, which is told from another one by its label."""
        here = self.office.workspace
        people = here.directory(here.stamp()).people.values()
        roles = here.serving().model.roles.values()
        return {str(role.label): frozenset(p.name for p in people if role.name in p.roles) for role in roles}

    def _judge_holders(self, back: bool) -> None:
        before, self.holders = self.holders, self._holders()
        for role, people in self.holders.items():
            expected = before.get(role, self.former.get(role, frozenset()) if back else frozenset())
            assert people == expected, f"{role} has {people}, not {expected}"
        self.former |= {role: people for role, people in before.items() if role not in self.holders}

    # ---- kinds of columns

    def _is_back(self, column: Column, now: Live, before: Mapping[Column, Live]) -> None:
        was = self.gone[column]
        if not now.kept:
            return
        for record, value in was.values.items():
            if record not in was.unsure and not _alike(value, now.values.get(record), now):
                raise AssertionError(f"{column} of {record} came back as {now.values.get(record)!r}, was {value!r}")

    def _is_new(self, column: Column, now: Live, before: Mapping[Column, Live], failed: Mapping[Column, int]) -> None:
        if not now.kept or now.type == "auto_number":
            return
        source = next((each for other, each in before.items() if each.mark == now.mark and other[0] == column[0]), None)
        filled = {record for record, value in now.values.items() if not _blank(value)}
        if source is None or not source.kept:
            assert not filled, f"{column} is new and says {[now.values[each] for each in filled]}"
            return
        had = {record for record, value in source.values.items() if not _blank(value)}
        assert filled <= had, f"{column} has values that {source.type} did not have"
        lost = len(had - filled)
        assert lost == failed.get(column, 0), f"{column} lost {lost}, the plan said {failed.get(column, 0)}"

    def _failures(self, plan: Plan) -> dict[Column, int]:
        model, found = plan.design.model, {}
        for step in plan.steps:
            if step.kind == "convert_field" and step.counts:
                entity, name = step.subject.removeprefix("entity/").split("#")
                found[model.entities[entity].table, model.entities[entity].fields[name].stored_as] = step.counts.failed
        return found

    # ---- reading

    def _read(self) -> dict[Column, Live]:
        return dict(self._columns())

    def _columns(self) -> Iterator[tuple[Column, Live]]:
        design = self.office.workspace.serving().design
        tables = {each.name: each.table for each in design.model.entities.values()}
        for entity in design.model.entities.values():
            if entity.system:
                continue
            rows = records(self.office, entity.name) | records(self.office, entity.name, deleted=True)
            for item in plain_fields(entity):
                part = design.documents[f"entity/{entity.name}"]["fields"].get(item.name, {})
                column = (entity.table, item.stored_as)
                labels = _labels(design, item)
                values = {record: _named(_bare(row[item.name], tables), labels) for record, row in rows.items()}
                mark = str(part.get("help", f"{column}"))
                subject = f"entity/{entity.name}#{item.name}"
                yield column, Live(subject, mark, item.type.key, item.type.key not in WORKED_OUT, values, labels)

    # ---- what is told about records

    def _stories(self) -> dict[tuple[str, int], Any]:
        """What the history, the stays and the comments say of each record, by marks of fields."""
        here, found = self.office.workspace, {}
        serving, context = here.serving(), here.system("test")
        story = Story(here.database, serving.reader)
        for entity in serving.model.entities.values():
            if entity.system:
                continue
            marks = {name: self._mark(entity.name, item) for name, item in entity.fields.items()}
            labels = {name: _labels(serving.design, item) for name, item in entity.fields.items()}

            def called(stay: Mapping[str, Any], labels: Mapping[str, Any] = labels) -> str:
                return str(labels[stay["field"]].get(stay["stage"], stay["stage"]))

            for record in records(self.office, entity.name):
                told = [
                    (each.kind, each.body["version"], {marks[name] for name in each.body["changes"]})
                    for each in story.history(context, entity.name, record)
                ]
                stays = [
                    (marks[each["field"]], called(each), each["at"])
                    for each in story.stays(context, entity.name, record)
                ]
                said = [each.body["text"] for each in story.comments.all(context, entity.name, record)]
                found[entity.table, record] = (told, stays, said)
        return found

    def _mark(self, entity: str, item: Field) -> str:
        part = self.office.workspace.serving().design.documents[f"entity/{entity}"]["fields"].get(item.name, {})
        return str(part.get("help", item.stored_as))

    def _judge_stories(self) -> None:
        before, self.stories = self.stories, self._stories()
        marks = {each.mark for each in self.live.values()} | {column[1] for column in self.live}
        called = {(each.mark, label) for each in self.live.values() for label in each.labels.values()}
        for key, (told, stays, said) in self.stories.items():
            if key not in before:
                continue
            told_before, stays_before, said_before = before[key]
            known = {mark for _kind, _version, changes in told_before for mark in changes} & marks
            for one, other in zip(told_before, told, strict=True):
                missing = (one[2] & known) - other[2]
                assert one[:2] == other[:2], f"the history of {key} was {one}, is {other}"
                assert not missing, f"the history of {key} lacks {missing} of {one}"
            when = {(mark, at) for mark, _stage, at in stays}  # of a stage that was taken out the name is gone
            lost = [
                (mark, stage, at)
                for mark, stage, at in stays_before
                if mark in marks
                and (mark, stage, at) not in stays
                and ((mark, stage) in called or (mark, at) not in when)
            ]
            assert not lost, f"{key} stayed in {lost}, now {stays}"
            assert said == said_before, f"comments on {key}"


def _same(column: Column, before: Live, now: Live) -> None:
    if before.kept and now.kept and before.type == now.type:
        for record, value in before.values.items():
            found = now.values.get(record)
            assert _alike(value, found, now), f"{column} ({now.type}) of {record} was {value!r}, is {found!r}"


def _labels(design: Design, item: Field) -> dict[str, str]:
    """What the choices or stages of a field are called: that stays when their keys are others. Not of those that two
    are called: an older version of a blueprint brings a renamed choice once more."""
    owners = sets_of(item, design.model) if item.type.key not in WORKED_OUT else ()
    parts = [(key, part) for owner in owners for key, part in (parts_of_set(design.documents, owner) or {}).items()]
    labels = {key: str(part["label"]) for key, part in parts}
    often = Counter(labels.values())
    return {key: label for key, label in labels.items() if often[label] == 1}


def _named(value: Any, labels: Mapping[str, str]) -> Any:
    if isinstance(value, list):
        return [_named(each, labels) for each in value]
    return Chosen(value, labels.get(value)) if labels and isinstance(value, str) else value


def _alike(was: Any, now: Any, live: Live) -> bool:
    """Whether a value is the same: of a choice that there is still, what it is called; else its key."""
    if isinstance(was, list) and isinstance(now, list) and any(isinstance(each, Chosen) for each in was):
        return len(was) == len(now) and all(any(_alike(one, other, live) for other in now) for one in was)
    if isinstance(was, Chosen):
        if was.label is not None and was.label in live.labels.values():
            return isinstance(now, Chosen) and now.label == was.label
        return (now.key if isinstance(now, Chosen) else now) is not None
    return bool(was == (now.key if isinstance(now, Chosen) else now))


def _twice(live: Mapping[Column, Live]) -> set[Column]:
    """Marks that two fields of a table have: an older version of a blueprint brings a renamed field once more."""
    found = Counter((column[0], each.mark) for column, each in live.items())
    return {each for each, count in found.items() if count > 1}


def _blank(value: Any) -> bool:
    return value is None or value == []


def _bare(value: Any, tables: Mapping[str, str]) -> Any:
    """A value without titles; an entity by its table, which keeps its name."""
    if isinstance(value, list):
        return [_bare(each, tables) for each in value]
    if isinstance(value, dict) and "id" in value:
        entity = value.get("entity")
        return (tables.get(entity, f"? {entity}") if entity else None, value["id"])
    return value
