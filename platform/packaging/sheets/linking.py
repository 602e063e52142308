"""Keys and lookups: which column tells the rows of a table apart, and which columns name rows of another table.

Texts that stand in a key column are evidence by themselves. Small whole numbers stand in every key of whole numbers, so
there the names have to agree: `AlbumId` in tracks and the table `Album`, `SupportRepId` and a table of people.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sartor.platform.fields.wording import cell_text
from sartor.platform.packaging.sheets.looking import Seen
from sartor.platform.packaging.sheets.names import singular
from sartor.platform.records.files.guess import BLANK_WORDS
from sartor.platform.records.files.mapping import meanings, spelled
from sartor.platform.records.files.matching import Matcher
from sartor.platform.text import fold

KEYED = re.compile(r"(?:^| )(?:id|ids|key|code|no|number|uuid|guid|编号|编码|代码)$")
PERSON = re.compile(
    r"\b(?:rep|representative|agent|manager|owner|supervisor|reports to|boss|assignee|assigned to|seller|salesperson"
    r"|employee|staff|created by|handled by)\b|负责人|经理|销售|业务员|上级|员工"
)
PEOPLE = re.compile(
    r"\b(?:employee|staff|user|person|people|sales team|team member|agent|sales rep|salesperson)\b|员工|人员|用户|销售"
)
TEXT_SHARE, NUMBER_SHARE = 0.6, 0.9
"""Share of the values that has to be found; of numbers less is enough where the names leave no doubt."""
NUMBERS = ("integer",)
KEYS = ("text", "integer", "email", "phone")
FROM = ("text", "integer", "choice", "long_text", "email")
NEAR, COMPARED = 3, 200
NAMED = 3
SURE = 100
"""Only what differs in case, spaces and punctuation is read as the near value, and told: `C-1001` is no `C-1007`."""


@dataclass(frozen=True, slots=True)
class Side:
    """A column of one of the tables. subject: what the rows of its table are called, one of them."""

    sheet: str
    subject: str
    type: str
    seen: Seen
    is_first: bool = False

    @property
    def spelled(self) -> str:
        return spelled(self.seen.name)

    @property
    def stem(self) -> str:
        """What an id is of: `album` of `AlbumId`."""
        return KEYED.sub("", self.spelled).strip()

    @property
    def own(self) -> str:
        return spelled(singular(self.subject))

    @property
    def is_number(self) -> bool:
        return self.type in NUMBERS


@dataclass(frozen=True, slots=True)
class Link:
    """A lookup. share: percent of the filled cells that name a row there; missed: values that name none, with rows."""

    source: Side
    target: Side
    share: int
    missed: tuple[tuple[str, int], ...] = ()


def keys(sides: Sequence[Side]) -> dict[str, Side]:
    """The key of each table, by the table: at most one."""
    found: dict[str, Side] = {}
    ranked = sorted((side for side in sides if _may_be_key(side)), key=_likely_key, reverse=True)
    for side in ranked:
        if _likely_key(side) > 0:
            found.setdefault(side.sheet, side)
    return found


def _may_be_key(side: Side) -> bool:
    return side.type in KEYS and side.seen.is_key


def _likely_key(side: Side) -> int:
    """How much the name and the place of a column say that it tells rows apart."""
    score = 1 if side.is_first else 0
    if side.stem in (side.own, "") and KEYED.search(side.spelled):
        score += 4
    elif side.spelled == side.own or meanings(side.spelled) & meanings(side.own):
        score += 3
    elif KEYED.search(side.spelled):
        score += 1
    return score


def links(sides: Sequence[Side], found_keys: dict[str, Side]) -> list[Link]:
    """The lookups: for each column the best table that it could name rows of, if any is good."""
    targets = [side for side in sides if _may_be_key(side) and _may_be_named(side, found_keys)]
    found = []
    for side in sides:
        if side.type not in FROM or found_keys.get(side.sheet) is side and _is_its_own(side):
            continue
        best = max(_possible(side, targets), key=lambda pair: pair[0], default=None)
        if best is not None:
            found.append(best[1])
    by_key = {(each.source.sheet, each.target.sheet) for each in found if each.target in found_keys.values()}
    return [each for each in found if each.target in found_keys.values() or _between(each) not in by_key]


def _between(link: Link) -> tuple[str, str]:
    """A table that names rows by their key does not name them once more by what they are called."""
    return link.source.sheet, link.target.sheet


def _may_be_named(side: Side, found_keys: dict[str, Side]) -> bool:
    """Rows are named by the key of their table, texts also by what its records are called."""
    return found_keys.get(side.sheet) is side or (not side.is_number and _names(side))


def _names(side: Side) -> bool:
    return _likely_key(side) > 0 or bool(meanings(side.spelled) & meanings("name"))


def _is_its_own(side: Side) -> bool:
    """A key that is named after its own table, or stands first there, does not name rows of another."""
    return side.is_first or side.stem in (side.own, "") or side.spelled == side.own


def _possible(side: Side, targets: Iterable[Side]) -> Iterator[tuple[tuple[int, float, int], Link]]:
    for target in targets:
        if target.seen is side.seen or target.is_number != side.is_number:
            continue
        named = _named_after(side, target)
        if side.sheet == target.sheet and not named and target.is_number:
            continue
        share, distinct, missed = _shared(side.seen, target.seen)
        least = NUMBER_SHARE if target.is_number and named < NAMED else TEXT_SHARE
        if share < least or distinct < least or (target.is_number and not named):
            continue
        if not target.is_number and not named and len(side.seen.values) < 2:
            continue
        yield (named, share, -len(target.seen.keys or ())), Link(side, target, int(share * 100), missed)


def _named_after(side: Side, target: Side) -> int:
    """How well the name of a column says whose rows it names: 0 not at all."""
    if side.sheet != target.sheet:
        if side.spelled == target.spelled and KEYED.search(target.spelled):
            return 4
        if side.stem == target.own or side.spelled == target.own:
            return 4
        if side.spelled == target.spelled:
            return 3
        if target.own and side.stem.endswith(f" {target.own}"):
            return 2
    elif side.stem in (f"parent {target.own}", "parent", "上级"):
        return 3
    if PERSON.search(side.stem) and PEOPLE.search(target.own):
        return 1
    return 0


def _shared(seen: Seen, target: Seen) -> tuple[float, float, tuple[tuple[str, int], ...]]:
    """Shares of the cells and of the different values that stand in the target, and those that do not."""
    known = target.keys or set()
    texts = {text: count for text, count in seen.texts().items() if fold(text) not in BLANK_WORDS}
    if not texts:
        return 0.0, 0.0, ()
    missed = {text: count for text, count in texts.items() if seen.hashed()[text] not in known}
    there = 1 - sum(missed.values()) / sum(texts.values())
    return there, 1 - len(missed) / len(texts), tuple(sorted(missed.items(), key=lambda one: (-one[1], one[0])))


def link_to(source: Side, target: Side) -> Link:
    """A lookup that somebody asked for, however many values it finds."""
    share, _distinct, missed = _shared(source.seen, target.seen)
    return Link(source, target, int(share * 100), missed)


def near_to(link: Link) -> Iterator[tuple[str, int, tuple[str, ...], bool]]:
    """Values that name nothing: text, rows, what is near (to the most frequent ones), and whether that is near enough
    to be meant."""
    matcher = Matcher(text for value in link.target.seen.values if (text := cell_text(value[1])))
    for place, (text, rows) in enumerate(link.missed):
        near = () if link.target.is_number or place >= COMPARED else matcher.near(text, NEAR)
        yield text, rows, tuple(each.value for each in near), bool(near and near[0].score >= SURE)


def in_order(sheets: Sequence[str], needs: dict[str, set[str]]) -> list[str]:
    """Tables so that each comes after those that it names; in a circle the order of the files decides."""
    done: list[str] = []
    waiting = list(sheets)
    while waiting:
        ready = [each for each in waiting if not (needs.get(each, set()) & set(waiting)) - {each}]
        chosen = ready[0] if ready else waiting[0]
        done.append(chosen)
        waiting.remove(chosen)
    return done
