"""Questions by chance that carry records in and out as files: several requests, each told what the one before said."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any

import orjson
from concealed import PLAIN
from offices import Answer
from questions import READING, WRITING, Asked, Asker, Make
from twins import DERIVED, TEXTS, kind_of

EXPORTS = ("company", "deal", "person", "call", "asset", "deal", "company")
ROWS = 4


def _job(told: Answer) -> str | None:
    return told.json.get("job") if told.status == 202 else None


def _about_job(route: str, ending: str = "", method: str = "GET") -> Any:
    def ask(told: Answer) -> Asked | None:
        job = _job(told)
        return Asked(route, method, f"/jobs/{job}{ending}") if job else None

    return ask


def _jobs(told: Answer) -> Asked:
    return Asked("list_jobs", "GET", "/jobs")


# ---- out


def _plan(asker: Asker) -> dict[str, Any]:
    """What is to be exported: mostly in the reader's reach, filtered and sorted by anything."""
    chance, entity = asker.chance, asker.chance.choice(EXPORTS)
    plan: dict[str, Any] = {"entity": entity, "purpose": chance.choice(("spreadsheet", "transfer"))}
    if chance.random() < 0.3:
        plan["format"] = "xlsx"
    if chance.random() < 0.4:
        plan["condition"] = asker.condition(entity)
    if chance.random() < 0.5:
        plan["sort"] = asker.sort(entity)
    if chance.random() < 0.5:
        plan["paths"] = asker.fields(entity)
    if chance.random() < 0.1:
        plan["deleted"] = True
    return plan


def _export(asker: Asker) -> Asked:
    then = (_about_job("get_job"), _about_job("get_job_file", "/file"), _about_job("get_job_errors", "/errors"), _jobs)
    return Asked("export_records", "POST", "/jobs/export", body=_plan(asker), then=then)


# ---- in


def _import(asker: Asker) -> Asked:
    """A file is brought, looked at, tried, written and taken back."""
    entity = asker.chance.choice(EXPORTS)
    left_out = DERIVED | {"children", "link"} | ({"lookup", "reference"} if asker.chance.random() < 0.5 else set())
    names = [name for name in PLAIN[entity] if kind_of(entity, name) not in left_out]
    heads = asker.chance.sample(names, k=min(len(names), asker.chance.randint(2, 4)))
    if asker.chance.random() < 0.8 and names[0] not in heads:
        heads.append(names[0])
    plan: dict[str, Any] = {"entity": entity, "columns": {name: name for name in heads}}
    if asker.chance.random() < 0.6:
        plan["key"] = asker.chance.choice(heads)
        plan["on_match"] = asker.chance.choice(("update", "skip", "create"))
    file = _file(asker, entity, heads)
    form = {"file": file, "plan": orjson.dumps(plan)}

    def step(name: str, *then: Any) -> Any:
        def ask(told: Answer) -> Asked | None:
            stored = told.json.get("file") if told.status in (200, 201) else None
            body = {"file": stored, "plan": plan, "step": name}
            return Asked("import_records", "POST", "/jobs/import", body=body, then=then) if stored else None

        return ask

    written = (_about_job("get_job"), _about_job("get_job_errors", "/errors"), _about_import, _refused, _undo, _jobs)
    steps = (
        step("preview"),
        step("check", _about_job("get_job")),
        step("run", *written),
        _found,
    )
    return Asked("import_records", "POST", "/jobs/import", form=form, then=steps)


def _file(asker: Asker, entity: str, heads: list[str]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(heads)
    for _number in range(asker.chance.randint(1, ROWS)):
        writer.writerow([_cell(asker, entity, name) for name in heads])
    return text.getvalue().encode()


def _cell(asker: Asker, entity: str, name: str) -> str:
    """What somebody might write: records by what they are called, be they there, hidden or nowhere."""
    kind = kind_of(entity, name)
    if kind in ("lookup", "reference", "text"):
        return asker.chance.choice((*TEXTS, "Nobody", "Bo")) or ""
    value = asker.maker.value(entity, name)
    if isinstance(value, Mapping):
        return f"{value['amount']} {value['currency']}"
    return "; ".join(value) if isinstance(value, list) else "" if value is None else str(value)


def _about_import(told: Answer) -> Asked | None:
    number = told.json.get("import") if told.status == 202 else None
    return Asked("get_import", "GET", f"/imports/{number}") if number else None


def _refused(told: Answer) -> Asked | None:
    number = told.json.get("import") if told.status == 202 else None
    return Asked("get_import_errors", "GET", f"/imports/{number}/errors") if number else None


def _undo(told: Answer) -> Asked | None:
    number = told.json.get("import") if told.status == 202 else None
    path = f"/imports/{number}/undo"
    return Asked("undo_import", "POST", path, body={}, then=(_about_job("get_job"),)) if number else None


def _found(told: Answer) -> Asked:
    """Whatever was brought in may be found."""
    return Asked("search_records", "GET", "/search", {"q": "Ann"})


def _cancel(asker: Asker) -> Asked:
    then = (_about_job("cancel_job", "/cancel", "POST"), _about_job("get_job"))
    return Asked("export_records", "POST", "/jobs/export", body=_plan(asker), does=False, then=then)


CARRYING_OUT: dict[str, Make] = {"export": _export, "export_again": _export, "cancel": _cancel}
CARRYING_IN: dict[str, Make] = {"import": _import}


def questions(asker: Asker, count: int) -> list[Asked]:
    """Each route at least once, the more telling ones more often; what changes something comes last."""
    often = [asker.often() for _number in range(count)]
    more = [asker.often() for _number in range(count // 3)]
    asked = [make(asker) for make in (*READING.values(), *CARRYING_OUT.values())] + often
    return [*asked, *(make(asker) for make in (*WRITING.values(), *CARRYING_IN.values())), *more]
