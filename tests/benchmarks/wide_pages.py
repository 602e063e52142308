"""What stands around the wide design: a form and a list for each of its entities, and one of everything else that has a
designer."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from documents import field
from wide_design import ENTITIES, wide_design

NAMES = [f"thing_{number}" for number in range(ENTITIES)]
SHOWN = ("text_0", "integer_1", "decimal_2", "date_3", "choice_0", "lookup_0", "formula_1")
STAGES = ("fresh", "talk", "offer", "won", "lost")
OUTCOMES = {"won": "won", "lost": "lost"}
REPORT = {
    "label": "By choice", "chart": "bar", "entity": "thing_7",
    "dimensions": {"choice_0": {"order": 1}}, "measures": {"count": {"metric": "things", "order": 1}},
}  # fmt: skip
CARD = {"target": "report/by_choice", "width": 4, "height": 4}
ONES: dict[str, dict[str, Any]] = {
    "pipeline/thing": {
        "label": "Stages", "entity": "thing_7", "field": "stage",
        "stages": {
            name: {"label": name, "order": n, "outcome": OUTCOMES.get(name, "open")} for n, name in enumerate(STAGES)
        },
    },
    "options/colours": {"label": "Colours", "choices": {f"c{n}": {"label": f"C {n}", "order": n} for n in range(12)}},
    "metric/things": {"label": "Things", "definition": "Counted.", "entity": "thing_7", "measure": "count()"},
    "report/by_choice": REPORT,
    "dashboard/home": {
        "label": "Home",
        "cards": {f"card_{n}": {**CARD, "x": n % 3 * 4, "y": n // 3 * 4, "order": n} for n in range(6)},
    },
    "template/letter": {
        "label": "Letter", "entity": "thing_7", "purpose": "print",
        "blocks": {"hello": {"kind": "text", "content": "Dear {{ text_0 }}", "order": 1}},
    },
    "app/all": {
        "label": "Everything",
        "items": {name: {"target": f"view/{name}.all", "order": n} for n, name in enumerate(NAMES)},
    },
    "role/clerk": {
        "label": "Clerk",
        "grants": {
            name: {"operations": ["create", "read", "update"], "scope": "all", "fields": {"*": "write"}}
            for name in NAMES
        },
    },
}  # fmt: skip


def wide_pages() -> dict[str, dict[str, Any]]:
    """The wide design with its pages."""
    made = deepcopy(wide_design())
    made["entity/thing_7"]["fields"]["stage"] = field("stage", "Stage", 80, options={"pipelines": ["thing"]})
    for name in NAMES:
        made[f"form/{name}.main"] = _form(name, list(made[f"entity/{name}"]["fields"]))
        made[f"view/{name}.all"] = _view(name)
    return made | ONES


def _form(name: str, fields: list[str]) -> dict[str, Any]:
    basics = {"label": "Basics", "columns": 2, "fields": {each: {"order": n} for n, each in enumerate(fields)}}
    return {"label": f"Form of {name}", "entity": name, "sections": {"basics": basics}}


def _view(name: str) -> dict[str, Any]:
    columns = {each: {"order": n} for n, each in enumerate(SHOWN)}
    return {"label": f"All of {name}", "entity": name, "type": "list", "columns": columns, "sort": ["text_0"]}
