"""A proposal as definitions: option sets, entities, forms, lists, boards, a dashboard, a role and the application."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sartor.platform.definitions.compile.entities import SYSTEM_ENTITIES
from sartor.platform.definitions.compile.system import OWNED
from sartor.platform.definitions.documents import Document, digest
from sartor.platform.packaging.sheets.boards import board_documents, board_name, pipeline_name, stage_of
from sartor.platform.packaging.sheets.icons import icon_of
from sartor.platform.packaging.sheets.names import LONGEST, Label, low
from sartor.platform.packaging.sheets.overview import HOME, about, dashboard_name, overview_documents
from sartor.platform.packaging.sheets.proposal import CHOICE, DAYS, LOOKUP, MONEY, Column, Proposal, Sheet
from sartor.platform.packaging.sheets.titles import COMPOSED

LISTED, BESIDE = 8, 5
"""Columns of a list, and of a related one; the others stand on the form."""
HOME_ICON = "layout-dashboard"
NUMBER = "record_number"
TELLING = (LOOKUP, MONEY, CHOICE, *DAYS)
"""Types of columns that a list has before others."""
LONG = ("long_text", "tags")
EVERYTHING = ["create", "read", "update", "delete", "export", "import"]


def documents(proposal: Proposal, *, role: bool) -> dict[str, Document]:
    """All of them. role: also one that may work with everything in the application."""
    made: dict[str, Document] = {}
    for sheet in proposal.taken:
        made |= _option_sets(sheet)
        made[f"entity/{sheet.entity}"] = _entity(proposal, sheet)
        made[f"form/{sheet.entity}.main"] = _form(proposal, sheet)
        made[f"view/{sheet.entity}.all"] = _view(sheet)
        made |= dict(board_documents(sheet))
    made |= dict(overview_documents(proposal))
    made[f"app/{proposal.name}"] = _app(proposal, role=role)
    if role:
        made[f"role/{_role(proposal)}"] = {
            "label": {language: f"{text} · {WORKS[language]}" for language, text in proposal.label.items()},
            "grants": {sheet.entity: _grant() for sheet in proposal.taken},
        }
    return made


def left_closed(proposal: Proposal) -> list[str]:
    """Entities that are there already, to which its tables point, and that its role leaves closed.

    Who sees their records was decided before. Even their names alone, opened for all of them, would hide the other
    fields from somebody whose role opens only some of the records, and those in full: see `access/levels.py`.
    """
    found = (each for sheet in proposal.taken for each in sheet.taken if each.points and not _is_ours(each))
    return sorted({each.target for each in found if proposal.target(each) is None})


WORKS = {"en": "works with it", "zh": "使用者"}
ALL = {"en": "All {plural}", "zh": "全部{plural}"}
BASICS = {"en": "Basics", "zh": "基本信息"}
TIMELINE = {"en": "Timeline", "zh": "动态"}


def _role(proposal: Proposal) -> str:
    return f"{proposal.name[:35]}_user"


def _grant() -> Document:
    return {"operations": EVERYTHING, "scope": "all", "fields": {"*": "write"}}


def _set_name(sheet: Sheet, column: Column) -> str:
    """Entities are named apart from one another, so the names of their columns are, too; a mark keeps long ones so."""
    name = f"{sheet.entity}_{column.field}"
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 9]}_{digest({'name': name})[:8]}"


def _option_sets(sheet: Sheet) -> dict[str, Document]:
    return {
        f"options/{_set_name(sheet, each)}": {"label": each.label, "choices": each.options["choices"]}
        for each in sheet.taken
        if "choices" in each.options and each is not stage_of(sheet)
    }


# ---- entities


def _entity(proposal: Proposal, sheet: Sheet) -> Document:
    fields = {
        column.field: _field(proposal, sheet, column, (place + 1) * 10) for place, column in enumerate(sheet.taken)
    }
    title = sheet.title if sheet.title in (*fields, COMPOSED) else ""
    if title == COMPOSED and sheet.composed and set(sheet.composed) <= fields.keys():
        fields[COMPOSED] = _composed(sheet)
    elif title not in fields:
        title, fields[NUMBER] = NUMBER, _number()
    return {
        "label": sheet.label,
        "plural": sheet.plural,
        "icon": icon_of(sheet.label),
        "title": title,
        "fields": fields,
    }


def _field(proposal: Proposal, sheet: Sheet, column: Column, order: int) -> Document:
    stage = column is stage_of(sheet)
    made: dict[str, Any] = {"type": "stage" if stage else _type(column), "label": column.label, "order": order}
    options = {"pipelines": [pipeline_name(sheet, column)]} if stage else _options(proposal, sheet, column)
    if options:
        made["options"] = options
    if column.required:
        made["required"] = True
    if column.unique:
        made["unique"] = True
    if _is_ours(column) and "default" in OWNED.get(column.field, {}):
        made["default"] = OWNED[column.field]["default"]
    return made


def _type(column: Column) -> str:
    """What names people or departments is a field of theirs, which is called like their entity."""
    return column.target if _is_ours(column) else column.type


def _is_ours(column: Column) -> bool:
    return column.points and column.target in SYSTEM_ENTITIES


def _options(proposal: Proposal, sheet: Sheet, column: Column) -> Mapping[str, Any]:
    if _is_ours(column):
        return {}
    if column.points:
        found = proposal.target(column)
        return {"entity": found[0].entity if found else column.target}
    if "choices" in column.options:
        return {"set": _set_name(sheet, column)}
    return column.options


def _composed(sheet: Sheet) -> Document:
    text = " & ' ' & ".join(f"({name} ?? '')" for name in sheet.composed)
    result = {"result": {"type": "text"}}
    label = {"en": "Full name", "zh": "姓名"}
    return {"type": "formula", "label": label, "order": 5, "formula": f"trim({text})", "options": result}


def _number() -> Document:
    parts = {"count": {"kind": "counter", "digits": 4, "order": 10}}
    return {"type": "auto_number", "label": {"en": "Number", "zh": "编号"}, "order": 5, "options": {"parts": parts}}


# ---- pages


def _form(proposal: Proposal, sheet: Sheet) -> Document:
    fields = {column.field: _on_form(column, (place + 1) * 10) for place, column in enumerate(sheet.taken)}
    tabs: dict[str, Document] = {"timeline": {"label": TIMELINE, "kind": "timeline", "order": 10}}
    for other in proposal.taken:
        for column in other.taken:
            found = proposal.target(column) if column.points else None
            if found and found[0].id == sheet.id:
                tabs[f"{other.entity[:30]}_{len(tabs)}"] = _related(sheet, other, column, (len(tabs) + 1) * 10)
    sections = {"basics": {"label": BASICS, "order": 10, "fields": fields}}
    return {"label": sheet.label, "entity": sheet.entity, "purpose": "main", "sections": sections, "tabs": tabs}


def _on_form(column: Column, order: int) -> Document:
    return {"order": order, **({"width": 12} if column.type in LONG else {})}


def _related(sheet: Sheet, other: Sheet, column: Column, order: int) -> Document:
    """What points here, called by its field where it is not the only one, and where a table points to itself."""
    pointing = [each for each in other.taken if each.points and each.target.startswith(f"{sheet.id}#")]
    label = _beside(other.plural, column.label) if other is sheet or len(pointing) > 1 else other.plural
    columns = {name: {"order": (place + 1) * 10} for place, name in enumerate(_listed(other, BESIDE, column))}
    made = {"label": label, "kind": "related", "order": order, "entity": other.entity, "lookup": column.field}
    return {**made, **({"columns": columns} if columns else {})}


def _beside(label: Label, more: Label) -> Label:
    return {language: f"{text} ({more.get(language) or next(iter(more.values()))})" for language, text in label.items()}


def _view(sheet: Sheet) -> Document:
    label = {language: ALL[language].format(plural=low(text, language)) for language, text in sheet.plural.items()}
    return {
        "label": label,
        "entity": sheet.entity,
        "type": "list",
        "default": True,
        "columns": {name: {"order": (place + 1) * 10} for place, name in enumerate(_listed(sheet) or ["id"])},
    }


def _listed(sheet: Sheet, most: int = LISTED, but: Column | None = None) -> list[str]:
    """The title, then what tells most about a record, in the order of the file: plain texts are left out first."""
    fields = [each for each in sheet.taken if each.type not in LONG and each is not but]
    title = [sheet.title] if sheet.title in ({each.field for each in fields} | {COMPOSED}) else []
    others = [each for each in fields if each.field not in title]
    telling = sorted(others, key=lambda each: each.type not in TELLING)[: most - len(title)]
    return [*title, *(each.field for each in others if each in telling)]


def _app(proposal: Proposal, *, role: bool) -> Document:
    items: dict[str, Document] = {}
    if about(proposal):
        items["home"] = {
            "target": f"dashboard/{dashboard_name(proposal)}",
            "label": HOME,
            "icon": HOME_ICON,
            "order": 10,
        }
    for place, sheet in enumerate(_by_weight(proposal), 2):
        target = f"view/{board_name(sheet) if stage_of(sheet) else f'{sheet.entity}.all'}"
        name = sheet.entity if sheet.entity != "home" else "home_list"
        items[name] = {"target": target, "label": sheet.plural, "icon": icon_of(sheet.label), "order": place * 10}
    icon = icon_of(proposal.label)
    made: dict[str, Any] = {"label": proposal.label, "icon": icon, "colour": proposal.colour, "items": items}
    if items:
        made["home"] = next(iter(items.values()))["target"]
    if role:
        made["roles"] = [_role(proposal)]
    return made


def _by_weight(proposal: Proposal) -> list[Sheet]:
    """What the dashboard is about comes first, then what many others point to; what is only pointed from comes last."""

    def weight(sheet: Sheet) -> int:
        return -sum(
            found is not None and found[0].id == sheet.id
            for other in proposal.taken
            for column in other.taken
            for found in (proposal.target(column),)
        )

    return sorted(proposal.taken, key=lambda sheet: (sheet != about(proposal), weight(sheet)))
