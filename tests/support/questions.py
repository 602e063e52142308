"""Questions to the API by chance, about anything: fields that are open or not, records that are there or not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from concealed import DOCUMENTS, ENTITIES, NUMBERS, PLAIN
from offices import Answer, encode_id
from twins import BASE, DERIVED, STRIDE, Data, Maker, kind_of, sent

REPORTS = tuple(key.removeprefix("report/") for key in NUMBERS if key.startswith("report/"))
METRICS = tuple(key.removeprefix("metric/") for key in NUMBERS if key.startswith("metric/"))
EVERY = (*ENTITIES, "line")
PIECES = ("Ann", "n", "Bo", "华为", "上", "hw", "13800000001", "ann@", "secret", "story", "a%_b", "O'Neil", "", "hello")
TARGETS = {
    (entity, name): part["options"]["entity"]
    for entity in EVERY
    for name, part in DOCUMENTS[f"entity/{entity}"]["fields"].items()
    if part["type"] == "lookup"
}
SYSTEM = ("id", "version", "created_at", "created_by", "updated_at", "owner", "department", "deleted_at")
BUCKETED = {"date", "datetime"}
OFTEN = ("list", "list", "list", "record", "aggregate", "aggregate", "search", "options", "report", "metric")


Then = Callable[[Answer], "Asked | None"]


@dataclass(frozen=True)
class Asked:
    """One request. route: the endpoint that it is meant for; form: of a file that is sent, bytes by name.

    does: whether a job that it begins is done at once. then: what is asked next, made of what was told.
    """

    route: str
    method: str
    path: str
    query: dict[str, Any] = field(default_factory=dict)
    body: Any = None
    form: dict[str, bytes] = field(default_factory=dict)
    does: bool = True
    then: tuple[Then, ...] = field(default=(), repr=False)


Make = Callable[["Asker"], Asked]


class Asker:
    """Asks by chance."""

    def __init__(self, chance: Random, data: Data) -> None:
        self.chance = chance
        self.data = data
        self.maker = Maker(chance)
        self.maker.data = data

    def often(self) -> Asked:
        """One of the more telling questions."""
        return READING[self.chance.choice(OFTEN)](self)

    # ---- pieces

    def entity(self) -> str:
        return self.chance.choice(EVERY)

    def record(self) -> tuple[str, str]:
        """A record that is there, or hidden, or in the recycle bin, or absent in one of the two, or nowhere."""
        if self.chance.random() < 0.06:
            return self.entity(), encode_id(BASE + 999_999)
        plot = self.chance.choice(list(self.data.values()))
        if plot.entity == "deal" and self.chance.random() < 0.1:
            return "line", encode_id(BASE + plot.slot * STRIDE + self.chance.randint(1, 3))
        return plot.entity, plot.key

    def name(self, entity: str) -> str:
        return self.chance.choice((*PLAIN[entity], *SYSTEM))

    def path(self, entity: str, depth: int = 0) -> tuple[str, str]:
        """A path, and the kind of field at its end."""
        ways = [name for one, name in TARGETS if one == entity]
        if ways and depth < 3 and self.chance.random() < 0.35:
            way = self.chance.choice(ways)
            rest, kind = self.path(TARGETS[entity, way], depth + 1)
            return f"{way}.{rest}", kind
        name = self.chance.choice(PLAIN[entity])
        return name, kind_of(entity, name)

    def condition(self, entity: str) -> str:
        path, kind = self.path(entity)
        text = self.chance.choice(CONDITIONS.get(kind, ("{0} is blank", "{0} is not blank"))).format(path)
        if self.chance.random() < 0.2:
            return f"{text} {self.chance.choice(('and', 'or'))} not ({self.condition(entity)})"
        return text

    def fields(self, entity: str) -> str:
        return ",".join(self.path(entity)[0] for _number in range(self.chance.randint(1, 4)))

    def sort(self, entity: str) -> str:
        return ",".join(
            self.chance.choice(("", "-")) + self.name(entity) for _number in range(self.chance.randint(1, 2))
        )

    def values(self, entity: str) -> dict[str, Any]:
        """Values as somebody might send them, records among them that exist or not."""
        names = [name for name in PLAIN[entity] if kind_of(entity, name) not in DERIVED | {"children"}]
        chosen = self.chance.sample(names, k=self.chance.randint(1, 3))
        return {name: self._value(entity, name) for name in chosen}

    def _value(self, entity: str, name: str) -> Any:
        """Mostly one that fits the field; the record may be one that nobody can see."""
        if self.chance.random() < 0.2:
            return self.chance.choice(("Ann", 3, None, True, {"amount": "5", "currency": "CNY"}, self.record()[1]))
        return sent(self.maker.value(entity, name), name)


CONDITIONS: dict[str, tuple[str, ...]] = {
    "text": (
        "{0} = 'Ann'",
        "contains({0}, 'n')",
        "{0} is blank",
        "{0} > 'B'",
        "startswith({0}, 'C')",
        "{0} in ['Bob', 'Ann']",
    ),
    "long_text": ("contains({0}, 'story')", "{0} is blank"),
    "integer": ("{0} > 2", "{0} = 3", "{0} between 1 and 4"),
    "rating": ("{0} > 2",),
    "decimal": ("{0} > 2", "{0} < 5.5", "{0} is blank"),
    "percent": ("{0} > 0.2",),
    "money": ("{0} > 2", "{0}.currency = 'CNY'", "{0} is not blank"),
    "choice": ("{0} = 'a'", "{0} != 'b'"),
    "choices": ("'a' in {0}", "{0} is blank"),
    "tags": ("'hot' in {0}",),
    "date": ("{0} > d'2026-03-01'", "{0} is blank", "year({0}) = 2026"),
    "datetime": ("{0} is blank", "{0} > now()"),
    "yes_no": ("{0}", "not {0}"),
    "stage": ("{0} = 'open'", "{0}.outcome = 'won'"),
    "rollup": ("{0} > 1", "{0} is blank"),
    "formula": ("{0} is blank", "{0} is not blank"),
    "lookup": ("{0} is blank", "{0} is not blank"),
    "link": ("{0} is blank",),
    "phone": ("contains({0}, '138')", "{0} is blank"),
    "email": ("{0} = 'ann@example.com'",),
}


def _list(asker: Asker) -> Asked:
    entity = asker.entity()
    wanted: dict[str, Any] = {
        "count": asker.chance.choice(("none", "exact", "capped")),
        "limit": asker.chance.choice((1, 2, 50)),
    }
    if asker.chance.random() < 0.7:
        wanted["filter"] = asker.condition(entity)
    if asker.chance.random() < 0.6:
        wanted["sort"] = asker.sort(entity)
    if asker.chance.random() < 0.6:
        wanted["fields"] = asker.fields(entity)
    if asker.chance.random() < 0.15:
        wanted["deleted"] = "true"
    return Asked("list_records", "GET", f"/records/{entity}", wanted)


def _record(asker: Asker) -> Asked:
    entity, key = asker.record()
    wanted = {"fields": asker.fields(entity)} if asker.chance.random() < 0.4 else {}
    pointing = [f"{one}.{name}" for (one, name), target in TARGETS.items() if target == entity and one != "line"]
    if pointing and asker.chance.random() < 0.3:
        wanted["related"] = asker.chance.choice(pointing)
    return Asked("get_record", "GET", f"/records/{entity}/{key}", wanted)


def _aggregate(asker: Asker) -> Asked:
    entity = asker.entity()
    wanted: dict[str, Any] = {
        "measure": ",".join(_measure(asker, entity) for _number in range(asker.chance.randint(1, 2)))
    }
    if asker.chance.random() < 0.7:
        path, kind = asker.path(entity)
        wanted["group"] = path + (asker.chance.choice((":month", ":year", "")) if kind in BUCKETED else "")
    if asker.chance.random() < 0.4:
        wanted["filter"] = asker.condition(entity)
    return Asked("aggregate_records", "GET", f"/records/{entity}/aggregate", wanted)


ADDED_UP = {"integer", "decimal", "money", "percent", "rating", "rollup"}


def _measure(asker: Asker, entity: str) -> str:
    path, kind = asker.path(entity)
    functions = ("sum", "avg", "max", "min", "median") if kind in ADDED_UP else ("distinct", "count")
    return asker.chance.choice(("count()", *(f"{each}({path})" for each in functions)))


def _search(asker: Asker) -> Asked:
    wanted = {"q": asker.chance.choice(PIECES)}
    if asker.chance.random() < 0.3:
        wanted["entities"] = asker.entity()
    return Asked("search_records", "GET", "/search", wanted)


def _options(asker: Asker) -> Asked:
    entity = asker.entity()
    wanted = {"field": asker.name(entity), "q": asker.chance.choice(("", "", "n", "a", "华"))}
    if asker.chance.random() < 0.3:
        wanted["entity"] = asker.entity()
    return Asked("get_options", "GET", f"/records/{entity}/options", wanted)


def _titles(asker: Asker) -> Asked:
    wanted = {"q": asker.chance.choice(("", "n", "a", "华"))}
    return Asked("get_titles", "GET", f"/records/{asker.entity()}/titles", wanted)


def _about(route: str, what: str) -> Make:
    def make(asker: Asker) -> Asked:
        entity, key = asker.record()
        return Asked(route, "GET", f"/records/{entity}/{key}/{what}")

    return make


def _fixed(route: str, path: str) -> Make:
    return lambda asker: Asked(route, "GET", path)


GROUPED = ("company", "owner", "code", "stage", "margin", "period:month", "company.code", "company.parent")
CHOSEN = {
    "owner": ("me", "team"),
    "department": ("mine", "below"),
    "period": ("this_year()", "2026-Q2", "2026-01-01/2026-03-31", "all"),
    "compare": ("previous_period", "previous_year", "none"),
}


def _numbers(route: str, kind: str, names: tuple[str, ...]) -> Make:
    def make(asker: Asker) -> Asked:
        wanted = {name: asker.chance.choice(choices) for name, choices in CHOSEN.items() if asker.chance.random() < 0.2}
        if route == "get_metric" and asker.chance.random() < 0.5:
            wanted["group"] = asker.chance.choice(GROUPED)
        return Asked(route, "GET", f"/{kind}/{asker.chance.choice(names)}", wanted)

    return make


READING: dict[str, Make] = {
    "list": _list,
    "record": _record,
    "aggregate": _aggregate,
    "search": _search,
    "options": _options,
    "titles": _titles,
    "history": _about("get_history", "history"),
    "stages": _about("get_stages", "stages"),
    "timeline": _about("get_timeline", "timeline"),
    "comments": _about("get_comments", "comments"),
    "links": _about("get_links", "links"),
    "report": _numbers("get_report", "reports", REPORTS),
    "metric": _numbers("get_metric", "metrics", METRICS),
    "dashboard": _numbers("get_dashboard", "dashboards", ("all",)),
    "me": _fixed("get_me", "/me"),
    "openapi": _fixed("get_openapi", "/openapi.json"),
    "users": _fixed("list_records_of_user", "/users"),
    "departments": _fixed("list_records_of_department", "/departments"),
}


def _create(asker: Asker) -> Asked:
    entity = asker.entity()
    return Asked("create_record", "POST", f"/records/{entity}", body=asker.values(entity))


def _update(asker: Asker) -> Asked:
    entity, key = asker.record()
    return Asked("update_record", "PATCH", f"/records/{entity}/{key}", body=asker.values(entity))


def _delete(asker: Asker) -> Asked:
    entity, key = asker.record()
    return Asked("delete_record", "DELETE", f"/records/{entity}/{key}")


def _restore(asker: Asker) -> Asked:
    entity, key = asker.record()
    return Asked("restore_record", "POST", f"/records/{entity}/{key}/restore")


def _preview(asker: Asker) -> Asked:
    entity = asker.entity()
    return Asked("preview_new", "POST", f"/records/{entity}/preview", body=asker.values(entity))


def _preview_change(asker: Asker) -> Asked:
    entity, key = asker.record()
    return Asked("preview_change", "POST", f"/records/{entity}/{key}/preview", body=asker.values(entity))


def _comment(asker: Asker) -> Asked:
    entity, key = asker.record()
    path = f"/records/{entity}/{key}/comments"
    return Asked("add_comment", "POST", path, body={"body": "seen"}, then=(_uncommented(path),))


def _uncommented(path: str) -> Then:
    def ask(told: Answer) -> Asked | None:
        return Asked("remove_comment", "DELETE", f"{path}/{told.json['id']}") if told.status == 201 else None

    return ask


def _uncomment(asker: Asker) -> Asked:
    entity, key = asker.record()
    return Asked("remove_comment", "DELETE", f"/records/{entity}/{key}/comments/{asker.record()[1]}")


def _batch(asker: Asker) -> Asked:
    entity, key = asker.record()
    operations = [
        {"action": "update", "id": key, "values": asker.values(entity)},
        {"action": "delete", "id": asker.record()[1]},
        {"values": asker.values(entity)},
    ]
    return Asked("batch_records", "POST", f"/records/{entity}/batch", body={"operations": operations, "partial": True})


WRITING: dict[str, Make] = {
    "preview": _preview,
    "preview_change": _preview_change,
    "preview_again": _preview_change,
    "update": _update,
    "update_again": _update,
    "create": _create,
    "comment": _comment,
    "uncomment": _uncomment,
    "batch": _batch,
    "delete": _delete,
    "restore": _restore,
}
