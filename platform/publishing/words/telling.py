"""A change of documents told in sentences: what was, and what will be.

A rename is told once and not again wherever the name stands; entries that were put in another order are told as
moves, whatever numbers that took; a type is told together with the options that came and went with it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sartor.platform.definitions.documents import Documents, digest, split
from sartor.platform.definitions.kinds import Kinds
from sartor.platform.definitions.places import at, inside, parts_of, pointer_to
from sartor.platform.model import Model
from sartor.platform.publishing.diff import ABSENT, Difference, differences
from sartor.platform.publishing.names.lineage import Lineage, lineage
from sartor.platform.publishing.names.new_names import in_new_names
from sartor.platform.publishing.names.pairing import BRINGS_BACK
from sartor.platform.publishing.words.calling import Calling, Spot
from sartor.platform.publishing.words.moves import moved
from sartor.platform.publishing.words.part_words import raised, switch_words
from sartor.platform.publishing.words.standing import entry_called, is_order, names_in_order
from sartor.platform.publishing.words.valuing import Valuing
from sartor.platform.text import gettext as _
from sartor.platform.text import ngettext, pick

CAME = ("blueprint", "/shipped")
"""A checksum, which tells nobody anything."""
ADDED, REMOVED, CHANGED, MOVED, RENAMED = "added", "removed", "changed", "moved", "renamed"


@dataclass(frozen=True, slots=True)
class Told:
    """One change. key: the definition. places: JSON pointers of the properties that it stands for; `""` the whole.

    before, after: what stands at the first of them; ABSENT where nothing does. former: for a rename, the name before,
    `entity/deal#size`. back: what was added has been there before.
    """

    key: str
    kind: str
    sentence: str
    places: tuple[str, ...] = ("",)
    before: Any = ABSENT
    after: Any = ABSENT
    former: str | None = None
    back: bool = False

    @property
    def id(self) -> str:
        """The same as long as it is the same change to the same content."""
        said = None if self.after is ABSENT else self.after
        return digest({"key": self.key, "kind": self.kind, "places": list(self.places), "after": said})[:16]


def told(
    kinds: Kinds,
    model: Model,
    before: Documents,
    after: Documents,
    pairs: Lineage | None = None,
    back: Collection[str] = (),
) -> list[Told]:
    """Every difference between two sets of documents, by definition. model: the published one.

    pairs: what was which before, where former names do not say it, as on the way back. back: what had been out of use,
    `entity/deal#size`.
    """
    return Telling(kinds, model, before, after, pairs, back).all()


class Telling:
    """Tells one change of documents."""

    def __init__(
        self,
        kinds: Kinds,
        model: Model,
        before: Documents,
        after: Documents,
        pairs: Lineage | None = None,
        back: Collection[str] = (),
    ) -> None:
        self.back = back
        self.lineage = pairs or _lineage(after, before)
        self.renames = list(self.lineage.renamed())
        self.before = in_new_names(before, self.lineage, kinds) if self.renames else before
        self.original = before
        self.after = after
        self.calling = Calling(kinds, model, self.before, after)
        self.valuing = Valuing(self.calling)
        self.switches = switch_words()

    def all(self) -> list[Told]:
        found = [self._rename(old, new) for old, new in self.renames]
        for key, group in groupby(differences(self.before, self.after), key=lambda each: each.key):
            found += self._of_definition(key, list(group))
        return sorted(found, key=lambda each: each.key)

    # ---- sorts of changes

    def _rename(self, old: str, new: str) -> Told:
        key, place, subject = self._renamed_thing(new)
        followers = sum(
            each != self.before.get(name) for name, each in self.original.items() if name not in (old, key)
        )  # fmt: skip
        said = ngettext(
            "%(thing)s: name %(now)s, was %(was)s; %(n)s other definition follows",
            "%(thing)s: name %(now)s, was %(was)s; %(n)s other definitions follow",
            followers,
            thing=subject,
            now=_short(new),
            was=_short(old),
        )
        former = new.removesuffix(_short(new)) + _short(old) if place else old
        return Told(key, RENAMED, raised(said), ("",), _short(old), _short(new), former)

    def _renamed_thing(self, new: str) -> tuple[str, str, str]:
        """The definition, the place in it, and what people call it."""
        owner, _at, entry = new.partition("@")
        key, _hash, field = owner.partition("#")
        places = [("fields", field)] if field else []
        if entry:
            places.append(("choices" if field or key.startswith("options/") else "stages", entry))
        names = [name for each in places for name in each]
        if field and entry:
            names[2:2] = ["options"]
        place = pointer_to(*names) if names else ""
        return key, place, self.calling.spot(key, place).subject if place else self.calling.definition(key)

    def _of_definition(self, key: str, found: Sequence[Difference]) -> Iterator[Told]:
        if found[0].pointer == "":
            yield self._whole(found[0])
            return
        orders: dict[str, list[str]] = {}
        rest = []
        for each in self._entry_by_entry(found):
            parts = parts_of(each.pointer)
            if self.renames and parts[-1] == "formerly":
                continue  # told as a rename
            if is_order(each.pointer, each.before, each.after):
                orders.setdefault(pointer_to(*parts[:-2]), []).append(each.pointer)
            else:
                rest.append(each)
        told = [self._property(group) for group in _with_their_type(rest) if not _is_placing(group[0])]
        told += [self._placing(group) for group in _by_card(rest)]
        told += [each for place, pointers in orders.items() for each in self._moves(key, place, tuple(pointers))]
        yield from told or [self._numbers(key, place, tuple(pointers)) for place, pointers in orders.items()]

    def _whole(self, found: Difference) -> Told:
        thing = self.calling.definition(found.key)
        if found.after is ABSENT:
            return Told(
                found.key, REMOVED, raised(_("%(thing)s taken out", thing=thing)), before=found.before, after=ABSENT
            )
        said, back = _("%(thing)s added", thing=thing), self._is_back(found)
        if back:
            said = _("%(thing)s brought back with its records", thing=thing)
        elif fields := found.after.get("fields"):
            said = ngettext(
                "%(thing)s added with %(n)s field", "%(thing)s added with %(n)s fields", len(fields), thing=thing
            )
        return Told(found.key, ADDED, raised(said), before=ABSENT, after=found.after, back=back)

    def _property(self, group: Sequence[Difference]) -> Told:
        first = self._only_entry(group[0])
        spot = self.calling.spot(first.key, first.pointer)
        kind = CHANGED
        if spot.owner and not spot.what and ABSENT in (first.before, first.after):
            kind = REMOVED if first.after is ABSENT else ADDED
        said = {ADDED: self._added, REMOVED: self._removed, CHANGED: self._changed}[kind](spot, first)
        places = tuple(each.pointer for each in group)
        back = kind == ADDED and self._is_back(first)
        return Told(first.key, kind, raised(said), places, group[0].before, group[0].after, back=back)

    def _only_entry(self, found: Difference) -> Difference:
        """The first entry of a map, or its last one: that is what somebody added or took out, not the map."""
        map_ = found.after if found.before is ABSENT else found.before
        if ABSENT not in (found.before, found.after) or not isinstance(map_, Mapping) or len(map_) != 1:
            return found
        (name,) = map_
        return _entry_of(found, name) if self._is_entry(found, name) else found

    def _entry_by_entry(self, found: Iterable[Difference]) -> Iterator[Difference]:
        """Several entries of a map that was not there, or is not any more, are as many changes."""
        for each in found:
            map_ = each.after if each.before is ABSENT else each.before
            is_whole = ABSENT in (each.before, each.after) and isinstance(map_, Mapping) and len(map_) > 1
            if is_whole and all(self._is_entry(each, name) for name in map_):
                yield from (_entry_of(each, name) for name in map_)
            else:
                yield each

    def _is_entry(self, map_: Difference, name: str) -> bool:
        return self.calling.spot(map_.key, pointer_to(*parts_of(map_.pointer), name)).steps[-1].is_entry

    def _is_back(self, found: Difference) -> bool:
        """Of a draft it is written in what is added; of what is published, whoever asks knows."""
        names = parts_of(found.pointer) if found.pointer else ()
        is_field = len(names) == 2 and names[0] == "fields"
        subject = f"{found.key}#{names[1]}" if is_field else found.key
        known = subject in self.back and (is_field or not names)
        return known or (isinstance(found.after, Mapping) and BRINGS_BACK in found.after)

    def _added(self, spot: Spot, found: Difference) -> str:
        fields = self.calling.kinds.extensions.fields
        type_ = found.after.get("type") if isinstance(found.after, Mapping) else None
        if self._is_back(found):
            if isinstance(type_, str) and type_ in fields and fields[type_].computed:
                return _("%(thing)s brought back to %(owner)s", thing=spot.thing, owner=spot.owner)
            return _("%(thing)s brought back to %(owner)s with its values", thing=spot.thing, owner=spot.owner)
        said = self._put_in(spot, found)
        if isinstance(found.after, str):
            return f"{said}: {self.valuing.say(found.key, spot, found.after)}"
        if "/fields/" in found.pointer and isinstance(type_, str) and type_ in fields:
            return _("%(said)s, type %(type)s", said=said, type=pick(fields[type_].label))
        return said

    def _put_in(self, spot: Spot, found: Difference) -> str:
        names = parts_of(found.pointer)
        siblings = _ordered(at(self.after[found.key], pointer_to(*names[:-1])))
        place = siblings.index(names[-1]) if names[-1] in siblings else 0
        if place == 0:
            return _("%(thing)s added to %(owner)s", thing=spot.thing, owner=spot.owner)
        neighbour = entry_called(self.calling, found.key, (*names[:-1], siblings[place - 1]))
        return _("%(thing)s added to %(owner)s after %(other)s", thing=spot.thing, owner=spot.owner, other=neighbour)

    def _removed(self, spot: Spot, found: Difference) -> str:
        return _("%(thing)s taken out of %(owner)s", thing=spot.thing, owner=spot.owner)

    def _changed(self, spot: Spot, found: Difference) -> str:
        if (split(found.key)[0], found.pointer) == CAME:
            return _("%(thing)s came in other files", thing=spot.subject)
        switch = self.switches.get(spot.steps[-1].name)
        if switch and spot.what and spot.steps[-1].schema.get("type") == "boolean":
            on = bool(spot.steps[-1].schema.get("default", False) if found.after is ABSENT else found.after)
            now, was = switch if on else switch[::-1]
            return _("%(thing)s: %(now)s, was %(was)s", thing=spot.subject, now=now, was=was)
        now, was = (self.valuing.say(found.key, spot, each) for each in (found.after, found.before))
        if now == was:
            now, was = (self.valuing.in_all_languages(each) or now for each in (found.after, found.before))
        if not spot.what:
            return _("%(thing)s: %(now)s, was %(was)s", thing=spot.subject, now=now, was=was)
        said = _("%(property)s %(now)s, was %(was)s", property=spot.what, now=now, was=was)
        return _("%(thing)s: %(said)s", thing=spot.subject, said=said)

    def _placing(self, group: Sequence[Difference]) -> Told:
        """A card that stands elsewhere: nobody counts its columns and rows."""
        first = group[0]
        place = pointer_to(*parts_of(first.pointer)[:-1])
        said = _("%(thing)s moved", thing=self.calling.spot(first.key, place).subject)
        states = [{parts_of(each.pointer)[-1]: state for each, state in zip(group, found, strict=True)} for found in (
            [each.before for each in group], [each.after for each in group],
        )]  # fmt: skip
        return Told(first.key, MOVED, raised(said), tuple(each.pointer for each in group), states[0], states[1])

    def _moves(self, key: str, place: str, pointers: tuple[str, ...]) -> Iterator[Told]:
        """Entries in another order; nothing where they stand in the order they had, in other numbers."""
        names = parts_of(place)
        now = names_in_order(at(self.after[key], place))
        gone = moved(names_in_order(at(self.before[key], place)), now)
        if gone:
            spots = {name: self.calling.spot(key, pointer_to(*names, name)) for name in gone}
            clauses = [self._move(key, names, spots[name].thing, name, now) for name in gone]
            said = _("%(owner)s: %(said)s", owner=spots[gone[0]].owner, said="; ".join(clauses))
            yield self._ordered(key, place, pointers, said)

    def _numbers(self, key: str, place: str, pointers: tuple[str, ...]) -> Told:
        """Told only where nothing else is, so that no definition is edited for no reason that one could see."""
        owner = self.calling.spot(key, pointers[0].removesuffix("/order")).owner
        return self._ordered(key, place, pointers, _("%(owner)s: the same order in other numbers", owner=owner))

    def _ordered(self, key: str, place: str, pointers: tuple[str, ...], said: str) -> Told:
        names = parts_of(place)
        now = names_in_order(at(self.after[key], place))
        orders = [{name: _order_of(each.get(key), names, name) for name in now} for each in (self.before, self.after)]
        return Told(key, MOVED, raised(said), pointers, orders[0], orders[1])

    def _move(self, key: str, names: tuple[str, ...], thing: str, name: str, now: Sequence[str]) -> str:
        place = now.index(name)
        if place == 0:
            return _("%(thing)s moved to the beginning", thing=thing)
        other = entry_called(self.calling, key, (*names, now[place - 1]))
        return _("%(thing)s moved after %(other)s", thing=thing, other=other)


def _lineage(after: Documents, before: Documents) -> Lineage:
    """Of what is sound; the command line keeps edits that are not."""
    sound = {key: each for key, each in after.items() if isinstance(each, Mapping) and _is_sound(key, each)}
    return lineage(sound, before)


def _is_sound(key: str, document: Mapping[str, Any]) -> bool:
    return not key.startswith("entity/") or isinstance(document.get("fields"), Mapping)


def _with_their_type(found: Iterable[Difference]) -> Iterator[list[Difference]]:
    """Differences one by one; those of options with the difference of their type, which comes first."""
    rest = list(found)
    for each in [each for each in rest if each.pointer.endswith("/type") and ABSENT not in (each.before, each.after)]:
        options = each.pointer.removesuffix("type") + "options"
        group = [other for other in rest if other.key == each.key and (other.pointer + "/").startswith(options + "/")]
        yield [each, *group]
        rest = [other for other in rest if other is not each and other not in group]
    yield from ([each] for each in rest)


def _entry_of(map_: Difference, name: str) -> Difference:
    before, after = (each if each is ABSENT else each[name] for each in (map_.before, map_.after))
    return Difference(map_.key, pointer_to(*parts_of(map_.pointer), name), before, after)


def _is_placing(found: Difference) -> bool:
    """Whether a card of a dashboard was put elsewhere."""
    names = parts_of(found.pointer)
    return len(names) == 3 and names[0] == "cards" and names[2] in ("x", "y")


def _by_card(found: Iterable[Difference]) -> Iterator[list[Difference]]:
    placed = [each for each in found if _is_placing(each)]
    for _card, group in groupby(placed, key=lambda each: parts_of(each.pointer)[1]):
        yield list(group)


def _ordered(entries: Any) -> list[str]:
    """The names of a map's entries in their order; none where entries have no order."""
    names = names_in_order(entries)
    return names if any("order" in entries[name] for name in names) else []


def _order_of(document: Any, names: Sequence[str], name: str) -> Any:
    return inside(at(document, pointer_to(*names, name)), "order")


def _short(subject: str) -> str:
    return subject.partition("@")[2] or subject.partition("#")[2] or subject.partition("/")[2]
