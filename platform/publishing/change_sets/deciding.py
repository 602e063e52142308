"""What is to stay where two people changed the same property: the decision is kept as soon as it is made.

A decision moves the state that the edit began with to what is published, at that place: from then on the value is an
edit like any other, and it is asked again only when somebody publishes yet another one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from sartor.platform.definitions.documents import without_engine_keys
from sartor.platform.definitions.validate import validate
from sartor.platform.errors import Conflict, Invalid, InvalidDefinition
from sartor.platform.publishing.change_sets.changes import MAIN, ChangeSets
from sartor.platform.publishing.change_sets.edits import ChangeSet, Edit
from sartor.platform.publishing.change_sets.merging import Clash, put_at, taken_from
from sartor.platform.publishing.diff import ABSENT
from sartor.platform.publishing.retired.bringing_back import kept_field
from sartor.platform.publishing.words.calling import Calling
from sartor.platform.publishing.words.part_words import raised
from sartor.platform.publishing.words.standing import is_order, standing
from sartor.platform.publishing.words.valuing import Valuing
from sartor.platform.text import gettext as _


class Choice(StrEnum):
    """KEEP: mine. TAKE: what was published. EDIT: another value."""

    KEEP = "keep"
    TAKE = "take"
    EDIT = "edit"


@dataclass(frozen=True, slots=True)
class Decision:
    """key, place: of the clash. value: for EDIT."""

    key: str
    place: str
    choice: Choice
    value: Any = None


@dataclass(frozen=True, slots=True)
class Question:
    """A clash in words. thing: what it is about. was, mine, theirs: the three values."""

    key: str
    clash: Clash
    thing: str
    was: str
    mine: str
    theirs: str

    @property
    def place(self) -> str:
        return self.clash.places[0]

    @property
    def may_edit(self) -> bool:
        """Whether another value than these may be given: not where there are only two, nor a number for a place."""
        if is_order(self.place, self.clash.base, self.clash.mine, self.clash.theirs):
            return False
        return len(self.clash.places) == 1 and self.place != "" and not isinstance(self.clash.mine, bool)


class Decisions:
    """Asks about clashes and takes decisions."""

    def __init__(self, sets: ChangeSets) -> None:
        self.sets = sets
        self.models = sets.models

    def questions(self, name: str = MAIN) -> list[Question]:
        """What has to be decided before a change set can be published, in the reader's language."""
        published = self.models.current()
        found = self.sets.get(name)
        calling = Calling(
            self.models.compiler.kinds, published.model, published.documents, found.applied(published.documents)
        )
        valuing = Valuing(calling)
        return [
            asked(calling, valuing, edit.key, clash)
            for _key, edit in sorted(found.edits.items())
            for clash in edit.clashes
        ]

    def decide(self, decision: Decision, *, by: int | None = None, name: str = MAIN) -> None:
        """Settle one clash.

        :raises Conflict: when it has been decided already. :raises InvalidDefinition: when the value does not fit.
        """

        def decided(found: ChangeSet, now: datetime) -> Mapping[str, Edit | None]:
            edit = found.edits.get(decision.key)
            clashes = edit.clashes if edit else ()
            clash = next((each for each in clashes if each.places[0] == decision.place), None)
            if edit is None or clash is None:
                raise Conflict(_("This has been decided already; look at the change set again."))
            return {edit.key: self._checked(self._settled(replace(edit, by=by, at=now), clash, decision))}

        self.sets.rewrite(decided, name=name)
        if decision.choice is Choice.KEEP:
            self._bring_back([(decision.key, decision.place)], by, name)

    def decide_all(self, choice: Choice, *, by: int | None = None, name: str = MAIN) -> None:
        """Settle every clash in the same way: mine stays everywhere, or what was published.

        :raises InvalidDefinition: when a definition does not fit any more.
        """

        kept = [(each.key, each.place) for each in self.questions(name) if choice is Choice.KEEP]

        def decided(found: ChangeSet, now: datetime) -> Mapping[str, Edit | None]:
            clashing = (replace(each, by=by, at=now) for each in found.edits.values() if each.clashes)
            return {each.key: self._checked(self._settled_all(each, choice)) for each in clashing}

        self.sets.rewrite(decided, name=name)
        self._bring_back(kept, by, name)

    def _bring_back(self, kept: Iterable[tuple[str, str]], by: int | None, name: str) -> None:
        """Fields that somebody else retired and that stay here come with their values, not as blank ones."""
        for key, place in kept:
            entity, field = key.partition("/")[2], place.removeprefix("/fields/")
            if key.startswith("entity/") and place == f"/fields/{field}" and "/" not in field:
                changed = kept_field(self.models, self.sets.documents(name), entity, field)
                if changed:
                    self.sets.put_all(changed, by=by, name=name)

    def _settled_all(self, edit: Edit, choice: Choice) -> Edit | None:
        made: Edit | None = edit
        for clash in edit.clashes:
            made = made and self._settled(made, clash, Decision(edit.key, clash.places[0], choice))
        return made

    def _checked(self, edit: Edit | None) -> Edit | None:
        if edit is not None and edit.document is not None:
            problems = validate(self.models.compiler.kinds, edit.key, edit.document)
            if problems:
                raise InvalidDefinition(_("%(key)s was not saved.", key=edit.key[:120]), problems)
        return edit

    def _settled(self, edit: Edit, clash: Clash, decision: Decision) -> Edit | None:
        published = self.models.current().documents
        theirs: Any = without_engine_keys(published[edit.key]) if edit.key in published else ABSENT
        document: Any = ABSENT if edit.document is None else edit.document
        base: Any = ABSENT if edit.base is None else edit.base
        if decision.choice is Choice.EDIT and (len(clash.places) > 1 or decision.place == ""):
            raise Invalid(_("Here only one of the two can be chosen."))
        for place in clash.places:
            there = taken_from(theirs, place)
            base = put_at(base, place, there)
            if decision.choice is not Choice.KEEP:
                document = put_at(document, place, decision.value if decision.choice is Choice.EDIT else there)
        if document == theirs:
            return None
        made = replace(edit, document=None if document is ABSENT else document)
        if base == theirs:
            manifest = self.models.store.manifest_of(published)
            return replace(made, base=None, base_hash=manifest.get(edit.key))
        known = None if base is ABSENT else base
        return replace(made, base=known, base_hash=self.models.store.hash_of(known) if known is not None else None)


def asked(calling: Calling, valuing: Valuing, key: str, clash: Clash) -> Question:
    """A clash in the reader's language."""
    spot = calling.spot(key, clash.places[0])
    if is_order(clash.places[0], clash.base, clash.mine, clash.theirs):
        orders = (clash.base, clash.mine, clash.theirs)
        said = [standing(calling, key, clash.places[0], each) for each in orders]
        return Question(key, clash, raised(_("place of %(thing)s", thing=spot.subject)), *said)
    if not spot.what and spot.owner == "" or ABSENT in (clash.mine, clash.theirs):

        def state(value: Any, other: Any) -> str:
            against = other if clash.base is ABSENT else clash.base
            return _state(clash.base, value, lambda: valuing.say(key, spot, _apart(value, against)))

        was = _("not there") if clash.base is ABSENT else _("there")
        said = [was, state(clash.mine, clash.theirs), state(clash.theirs, clash.mine)]
    else:
        said = [valuing.say(key, spot, each) for each in (clash.base, clash.mine, clash.theirs)]
    return Question(key, clash, raised(spot.said), *said)


def _state(base: Any, value: Any, told: Callable[[], str]) -> str:
    """A part or a whole definition that is not on both sides, or new on both: whether it is there, and what it is."""
    if value is ABSENT:
        return _("not there") if base is ABSENT else _("taken out")
    if value == base:
        return _("as it was")
    if base is ABSENT:
        return _("added: %(what)s", what=told())
    return _("changed: %(what)s", what=told())


def _apart(value: Any, other: Any) -> Any:
    """Of a part what it says and another one does not, where that is anything."""
    if not isinstance(value, Mapping) or not isinstance(other, Mapping):
        return value
    return {name: each for name, each in value.items() if other.get(name, ABSENT) != each} or value
