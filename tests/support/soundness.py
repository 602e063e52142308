"""What must hold in the small CRM whatever happened to those who wrote in it: nothing is half there.

Everything is worked out again here from the records alone, and compared with what the product keeps beside them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import orjson
import sqlalchemy as sa
from worlds import World

from sartor.platform.model.ids import decode_id
from sartor.platform.query.question import LARGEST_PAGE, Question
from sartor.platform.storage.search import SearchTable, searched_fields
from sartor.platform.storage.system.events import sys_event
from sartor.platform.storage.system.history import sys_history
from sartor.platform.storage.system.numbers import sys_counter
from sartor.platform.storage.system.stays import sys_stay
from sartor.platform.storage.tokens import field_code, tokens_for

Row = dict[str, Any]
ENTITIES = ("account", "contact", "product", "deal", "deal_line")


class State:
    """The records, living and deleted, as the reader tells them, and what stands beside them."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.living = {name: self._records(name, deleted=False) for name in ENTITIES}
        self.deleted = {name: self._records(name, deleted=True) for name in ENTITIES}
        self.history = self._table(sys_history)
        self.events = self._table(sys_event)
        self.stays = self._table(sys_stay)
        self.counters = self._table(sys_counter)

    def _records(self, entity: str, *, deleted: bool) -> dict[int, Row]:
        fields = self.world.model.entity(entity).fields
        paths = tuple((name,) for name, item in fields.items() if item.type.key != "children")
        question, found = Question(entity, paths, limit=LARGEST_PAGE, deleted=deleted), dict[int, Row]()
        while True:
            page = self.world.reader.page(self.world.system, question)
            found |= {decode_id(row["id"]): row for row in page.rows}
            if page.next is None:
                return found
            question = Question(
                entity, paths, limit=LARGEST_PAGE, deleted=deleted, cursor=page.next,
            )  # fmt: skip

    def _table(self, table: sa.Table) -> list[Row]:
        order = list(table.primary_key.columns)
        with self.world.database.read() as connection:
            return [dict(row) for row in connection.execute(sa.select(table).order_by(*order)).mappings()]

    @property
    def every(self) -> dict[tuple[str, int], Row]:
        return {
            (entity, key): row for part in (self.living, self.deleted) for entity in part
            for key, row in part[entity].items()
        }  # fmt: skip


def faults(state: State) -> list[str]:
    """Everything that does not hold."""
    return [f"{rule.__name__}: {each}" for rule in RULES for each in rule(state)]


# ---- records among each other


def lines_have_their_deal(state: State) -> Iterator[str]:
    for key, line in state.living["deal_line"].items():
        if decode_id(line["deal"]["id"]) not in state.living["deal"]:
            yield f"line {key} lives without its deal"


def lines_are_reckoned(state: State) -> Iterator[str]:
    for key, line in state.living["deal_line"].items():
        discount = Decimal(state.living["deal"][decode_id(line["deal"]["id"])]["discount"] or 0)
        wanted = round(Decimal(line["quantity"]) * Decimal(line["unit_price"]["amount"]) * (1 - discount), 2)
        if Decimal(line["amount"]["amount"]) != wanted:
            yield f"line {key} says {line['amount']}, it is {wanted}"


def totals_equal_a_recount(state: State) -> Iterator[str]:
    lines, deals = defaultdict(list), defaultdict(list)
    for line in state.living["deal_line"].values():
        lines[decode_id(line["deal"]["id"])].append(Decimal(line["amount"]["amount"]))
    for deal in state.living["deal"].values():
        if deal["stage"] in ("qualify", "proposal"):
            deals[decode_id(deal["account"]["id"])].append(Decimal(deal["amount"]["amount"]))
    for key, deal in state.living["deal"].items():
        yield from _differs(f"lines of deal {key}", deal["lines_total"], lines[key])
    for key, account in state.living["account"].items():
        yield from _differs(f"deals of account {key}", account["open_amount"], deals[key])
        if account["open_deals"] != len(deals[key]):
            yield f"account {key} says {account['open_deals']} open deals, there are {len(deals[key])}"


def _differs(what: str, told: Any, amounts: list[Decimal]) -> Iterator[str]:
    said = Decimal(told["amount"]) if told else Decimal(0)
    if said != sum(amounts):
        yield f"the total of {what} says {said}, it is {sum(amounts)}"


def one_contact_is_primary(state: State) -> Iterator[str]:
    primary = {}
    for key, contact in state.living["contact"].items():
        if contact["is_primary"] and primary.setdefault(contact["account"]["id"], key) != key:
            yield f"account {contact['account']['id']} has two primary contacts"
    for key, account in state.living["account"].items():
        told = account["primary_contact"]
        if (decode_id(told["id"]) if told else None) != primary.get(account["id"]):
            yield f"account {key} names {told} as its primary contact"


# ---- what stands beside records


def history_tells_the_records(state: State) -> Iterator[str]:
    """Entry after entry, the history comes to what the record is now."""
    told: dict[tuple[str, int], Row] = defaultdict(dict)
    made, last = Counter[tuple[str, int]](), dict[tuple[str, int], Row]()
    for entry in state.history:
        key = (entry["entity"], entry["record"])
        if key[0] not in ENTITIES:
            continue
        for name, (_before, after) in entry["changes"].items():
            told[key][name] = after
        made[key] += entry["action"] == "create"
        if last.setdefault(key, entry)["version"] > entry["version"]:
            yield f"the version of {key} falls in its history"
        last[key] = entry
    for key, row in state.every.items():
        if made[key] != 1:
            yield f"{key} was made {made[key]} times, says its history"
        elif last[key]["version"] != row["version"]:
            yield f"{key} has version {row['version']}, its history comes to {last[key]['version']}"
        for name, value in told[key].items():
            if _plain(row[name]) != _plain(value):
                yield f"{key}: {name} is {row[name]}, its history comes to {value}"
    yield from (f"the history tells of {key}, which is not there" for key in made.keys() - state.every.keys())


def _plain(value: Any) -> Any:
    """A value without titles, which the history does not repeat; blank lists as nothing."""
    if isinstance(value, list):
        return sorted((_plain(each) for each in value), key=repr) or None
    return value.get("id", value) if isinstance(value, dict) else value


def events_tell_the_history(state: State) -> Iterator[str]:
    def fact(entity: str, record: int, version: int, kind: str, changes: Any) -> str:
        return f"{entity} {record} {version} {kind} {orjson.dumps(changes, option=orjson.OPT_SORT_KEYS).decode()}"

    told = Counter(fact(e["entity"], e["record"], e["version"], e["action"], e["changes"]) for e in state.history)
    sent = Counter(
        fact(e["entity"], e["record"], e["body"]["version"], e["kind"], e["body"]["changes"]) for e in state.events
    )
    yield from (f"only in the history: {each}" for each in (told - sent))
    yield from (f"only in the outbox: {each}" for each in (sent - told))


def stays_lead_to_the_stage(state: State) -> Iterator[str]:
    stays: dict[int, list[Row]] = defaultdict(list)
    for stay in state.stays:
        if not stay["skipped"]:
            stays[stay["record"]].append(stay)
    for (entity, key), deal in state.every.items():
        if entity == "deal":
            yield from _broken_chain(key, deal["stage"], stays.pop(key, []))
    yield from (f"stays of deal {key}, which is not there" for key in stays)


def _broken_chain(key: int, stage: str, stays: list[Row]) -> Iterator[str]:
    open_ones = [stay["stage"] for stay in stays if stay["left_at"] is None]
    if open_ones != [stage]:
        yield f"deal {key} is in {stage}, its open stays are {open_ones}"
    for before, after in zip(stays, stays[1:], strict=False):
        if after["source"] != before["stage"] or before["left_at"] != after["at"]:
            yield f"deal {key} came to {after['stage']} from {after['source']} after {before['stage']}"


def numbers_are_given_once(state: State) -> Iterator[str]:
    numbers = [row["number"] for (entity, _key), row in state.every.items() if entity == "deal"]
    yield from (f"{number} was given {count} times" for number, count in Counter(numbers).items() if count > 1)
    highest = max((int(number.removeprefix("D-")) for number in numbers), default=0)
    counter = sum(each["value"] for each in state.counters if each["entity"] == "deal")
    if counter < highest:
        yield f"the counter says {counter}, {highest} was given"


def search_finds_what_is_there(state: State) -> Iterator[str]:
    for name in ("account", "contact", "product", "deal"):
        kept = _kept_tokens(state.world, name)
        made = {key: _tokens(state.world, name, row) for key, row in state.living[name].items()}
        yield from (f"{name} {key} is not found by what it says" for key in made if kept.get(key) != made[key])
        yield from (f"{name} {key} is found and is not there" for key in kept.keys() - made.keys())


def _kept_tokens(world: World, entity: str) -> dict[int, set[str]]:
    search = SearchTable(world.model.entity(entity).table, world.database.dialect)
    text = "tokens" if world.database.dialect == "sqlite" else "array_to_string(tsvector_to_array(tokens), ' ')"
    number = "rowid" if world.database.dialect == "sqlite" else "record"
    with world.database.read() as connection:
        rows = connection.execute(sa.text(f"SELECT {number}, {text} FROM {search.name}"))
        return {row[0]: set(row[1].split()) for row in rows}


def _tokens(world: World, entity: str, row: Row) -> set[str]:
    found = set[str]()
    for item in searched_fields(world.model.entity(entity)):
        if row[item.name]:
            text = item.type.search_text(item, item.type.schema_field(item).deserialize(row[item.name]))
            found |= set(tokens_for(field_code(item.stored_as), text))
    return found


RULES = (
    lines_have_their_deal, lines_are_reckoned, totals_equal_a_recount, one_contact_is_primary,
    history_tells_the_records, events_tell_the_history, stays_lead_to_the_stage, numbers_are_given_once,
    search_finds_what_is_there,
)  # fmt: skip


# ---- what was promised


def broken_promises(state: State, told: list[Row]) -> list[str]:
    """Acknowledged writes that the history does not know as they were acknowledged."""
    history: dict[tuple[str, int, int], list[Row]] = defaultdict(list)
    for entry in state.history:
        history[entry["entity"], entry["record"], entry["version"]].append(entry)
    found = []
    for ack in told:
        if "action" not in ack:
            continue
        entries = history[ack["entity"], ack["id"], ack["version"]]
        # A change to what is there already has no entry of its own.
        changed = ack["sent"] or ack["action"] != "update"
        entry = next((each for each in entries if not changed or each["action"] == ack["action"]), None)
        if entry is None:
            found.append(f"acknowledged and lost: {ack}")
        elif not all(_kept(entry, name, value) for name, value in ack["sent"].items()):
            found.append(f"acknowledged was {ack}, kept is {entry['changes']}")
    return found


def _kept(entry: Row, name: str, sent: Any) -> bool:
    """Whether the history has a sent value; what is no plain text is judged by the records."""
    if not isinstance(sent, str) or name not in ("name", "tax_id", "stage", "loss_reason"):
        return True
    return name in entry["changes"] and entry["changes"][name][1] == sent


def half_batches(state: State, size: int) -> list[str]:
    found = Counter(
        row["tax_id"].rpartition("/")[0]
        for (entity, _key), row in state.every.items()
        if entity == "account" and (row["tax_id"] or "").startswith("batch/")
    )
    return [f"{name} has {count} of {size}" for name, count in found.items() if count != size]
